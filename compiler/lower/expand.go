package lower

import (
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// expand takes each row to a function once per grouping set.
func (l *queryLowering) expand(n *plan.Expand, consume consumer) {
	cols := n.Props().Cols
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + "Grouped")}
	row.Doc = row.Name + " is a row on its way to the group of a grouping set."
	row.Fields = columnFields(row, cols, unexported)
	l.q.Structs = append(l.q.Structs, row)
	to := l.newFunc(p.Row, "group", "")
	to.fn.In = row
	for i, c := range cols {
		to.env.cols[c] = &binding{val: fieldValue("in", row, row.Fields[i]), done: true}
	}
	l.produce(n.In, func(b *body) {
		if l.wantsTime() && b.env.time != nil {
			to.fn.HasTime = true
			to.env.time = v("t")
		}
		for _, c := range n.In.Props().Cols {
			b.col(c)
		}
		b.checkFault(n.Loc.Start)
		for i, set := range n.Sets {
			b.clause("grouping set "+setText(n, set), n.Loc.Start)
			b.add(b.expanded(n, i, row, to.fn))
		}
	}, false)
	consume(to)
	l.close(to)
}

// expanded hands the row at hand on for one grouping set.
func (b *body) expanded(n *plan.Expand, set int, row *p.Struct, to *p.Func) *p.Emit {
	e := &p.Emit{Out: row, To: to, Again: set > 0}
	if to.HasTime {
		e.Time = b.env.time
	}
	has := map[*bound.Col]*bound.Col{}
	for _, k := range n.Sets[set] {
		has[n.Keys[k].To] = n.Keys[k].From
	}
	keys := map[*bound.Col]bool{}
	for _, k := range n.Keys {
		keys[k.To] = true
	}
	for i, c := range n.Props().Cols {
		f := row.Fields[i]
		switch {
		case c == n.Set:
			e.Sets = append(e.Sets, p.Set{Field: f, X: intLit(int64(set))})
			continue
		case keys[c] && has[c] == nil:
			e.Sets = append(e.Sets, p.Set{Field: f, X: zero(c.Type), Null: yes})
			continue
		case keys[c]:
			c = has[c]
		}
		val := b.col(c)
		if f.Null < 0 {
			val.null = nil
		}
		e.Sets = append(e.Sets, p.Set{Field: f, X: val.x, Null: val.null})
	}
	return e
}

func setText(n *plan.Expand, set []int) string {
	var names []string
	for _, k := range set {
		names = append(names, n.Keys[k].To.Name)
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// grandTotal is the key of the grouping set without keys, whose group exists
// even if there are no rows. It is nil if there is no such set, or groups are
// not emitted at the end.
func grandTotal(n *plan.Aggregate, t *p.Table) []p.Expr {
	e, ok := n.In.(*plan.Expand)
	if !ok || n.Changes || n.Window != nil {
		return nil
	}
	set := slices.IndexFunc(e.Sets, func(s []int) bool { return len(s) == 0 })
	if set < 0 {
		return nil
	}
	var key []p.Expr
	for _, k := range n.Keys[:len(n.Keys)-1] {
		_, x := keyForm(k.Col.Type, zero(k.Col.Type))
		key = append(key, &p.Nullable{X: x, Null: yes})
	}
	return append(key, intLit(int64(set)))
}
