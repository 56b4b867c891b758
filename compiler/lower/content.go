package lower

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

// content keeps of rows that replace each other the last of each key; a function
// takes them at the end of input.
func (l *queryLowering) content(n *plan.Content, consume consumer) {
	t := &p.Table{Name: l.names.pick("content"), Latest: true, Replaces: true, Final: true, Pos: n.Loc.Start}
	l.q.Tables = append(l.q.Tables, t)
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + exported(t.Name))}
	row.Doc = row.Name + " is a row by its key, which a later one may replace."
	t.State = row
	k := &kept{row: row, names: newMembers()}
	k.names.used["nulls"], k.names.used["own"] = true, true
	var cols []*bound.Col
	for _, c := range n.In.Props().Cols {
		if l.refs[c] > 0 {
			cols = append(cols, c)
		}
	}
	l.produce(n.In, func(b *body) { l.keep(b, n, t, k, cols) }, false)
	l.q.Structs = append(l.q.Structs, row)

	g := l.newFunc(p.PerGroup, "emit"+exported(t.Name), "")
	g.fn.Table = t
	t.Emit = g.fn
	g.add(&p.If{Cond: p.Not(field(v("g"), k.live.Name)), Then: []p.Step{&p.Skip{}}})
	for i, c := range cols {
		g.env.cols[c] = &binding{val: fieldValue("g", row, k.fields[i]), done: true}
	}
	for _, c := range k.carried {
		*c.of(g.env) = field(v("g"), c.field.Name)
	}
	consume(g)
	l.close(g)
}

// kept lays out the struct of a row that is kept.
type kept struct {
	row     *p.Struct
	names   *scope
	fields  []*p.Field // of the columns
	carried []carriedTime
	live    *p.Field
}

func (k *kept) field(name, doc string, t types.Type, nullable bool) *p.Field {
	f := &p.Field{Name: k.names.pick(unexported(name)), Doc: doc, Type: goType(t), SQL: t, Null: -1}
	if nullable {
		f.Null = k.row.NullBits
		k.row.NullBits++
	}
	k.row.Fields = append(k.row.Fields, f)
	return f
}

// keep puts the row at hand in the place of the one with its key. Of a row that is
// withdrawn only the key counts.
func (l *queryLowering) keep(b *body, n *plan.Content, t *p.Table, k *kept, cols []*bound.Col) {
	c := b.change
	for _, col := range cols {
		k.fields = append(k.fields, k.field(col.Name, col.SQL, col.Type, col.Nullable))
	}
	keep := l.newFunc(p.Row, "keep", "")
	keep.fn.In = k.row
	emit, gone := &p.Emit{Out: k.row, To: keep.fn}, &p.Emit{Out: k.row, To: keep.fn}
	key := b.keyInto(k, emit, gone)
	k.carried = l.carried(k.row)
	for _, ct := range k.carried {
		k.names.used[ct.field.Name] = true
		emit.Sets = append(emit.Sets, p.Set{Field: ct.field, X: *ct.of(b.env)})
	}
	k.live = &p.Field{Name: k.names.pick("live"), Type: builtin("bool"), Doc: "the row is there", Null: -1}
	k.row.Fields = append(k.row.Fields, k.live)
	emit.Sets = append(emit.Sets, p.Set{Field: k.live, X: yes})
	b.handChange(k, emit, gone, cols, n.Loc.Start)

	keep.clause("PRIMARY KEY", n.Loc.Start)
	keep.add(&p.FindGroup{Table: t, Key: l.keyFields(t, c.key, key, l.q.Var+exported(t.Name)+"Key")})
	keep.add(&p.Replace{Row: k.row, Live: k.live})
	l.close(keep)
}

// keyInto adds the key of the change at hand to the struct of a row, and returns
// what reads it there.
func (b *body) keyInto(k *kept, emit, gone *p.Emit) []value {
	var key []value
	for _, kc := range b.change.key {
		val := b.firmly(&bound.Ref{Node: bound.Node{T: kc.Type, Null: kc.Nullable}, Col: kc}, unexported(kc.Name))
		f := k.field(kc.Name+"_key", "the key: "+kc.SQL, kc.Type, val.null != nil)
		set := p.Set{Field: f, X: val.x, Null: val.null}
		emit.Sets, gone.Sets = append(emit.Sets, set), append(gone.Sets, set)
		key = append(key, fieldValue("in", k.row, f))
	}
	return key
}

// handChange hands the change at hand on: gone if the row does not stay, else emit
// with its columns.
func (b *body) handChange(k *kept, emit, gone *p.Emit, cols []*bound.Col, at source.Pos) {
	if b.change.withdraws() {
		if b.pending { // what fails of a row that is not there does not count
			b.add(&p.If{Cond: p.Not(b.change.stays()), Then: []p.Step{&p.Do{X: method(b.fault(), "Clear")}}})
			b.checkFault(at)
		}
		b.add(&p.If{Cond: p.Not(b.change.stays()), Then: []p.Step{gone, &p.Skip{}}})
	}
	for i, col := range cols {
		val := b.col(col)
		if k.fields[i].Null < 0 {
			val.null = nil
		}
		emit.Sets = append(emit.Sets, p.Set{Field: k.fields[i], X: val.x, Null: val.null})
	}
	b.settleSets(emit, 0)
	b.checkFault(at)
	b.add(emit)
}

// unionChanges brings changes of several inputs to one consumer, which tells their
// rows apart by the input and its key.
func (l *queryLowering) unionChanges(n *plan.Union, consume consumer) {
	cols := n.Props().Cols
	k := &kept{row: &p.Struct{Name: l.pl.names.pick(l.q.Var + "Union")}, names: newMembers()}
	k.row.Doc = k.row.Name + " is a row of any input of UNION ALL, and what tells it apart."
	k.names.used["nulls"] = true
	for _, c := range cols {
		k.fields = append(k.fields, k.field(c.Name, c.SQL, c.Type, c.Nullable))
	}
	number := types.Of(types.Int)
	input := k.field("input", "the number of the input", number, false)
	b := l.newFunc(p.Row, "union", "")
	b.fn.In = k.row
	b.change = &change{}
	keyCol := func(name string, t types.Type, val value) {
		c := &bound.Col{Name: name, Type: t, Nullable: val.null != nil, SQL: name}
		b.env.cols[c] = &binding{val: val, done: true}
		b.change.key = append(b.change.key, c)
	}
	keyCol("input", number, fieldValue("in", k.row, input))
	var live *p.Field
	if n.Props().Deletes {
		live = &p.Field{Name: k.names.pick("gone"), Type: builtin("bool"), Doc: "the row is withdrawn", Null: -1}
		k.row.Fields = append(k.row.Fields, live)
		b.change.gone = field(v("in"), live.Name)
	}
	if l.wantsTime() {
		b.fn.HasTime = true
		b.env.time = v("t")
	}
	l.q.Structs = append(l.q.Structs, k.row)
	l.unionInputs(n, false, func(ib *body, i int) {
		sameColumns(ib, cols, n.Outs[i])
		emit, gone := &p.Emit{Out: k.row, To: b.fn}, &p.Emit{Out: k.row, To: b.fn}
		from := p.Set{Field: input, X: intLit(int64(i))}
		emit.Sets, gone.Sets = append(emit.Sets, from), append(gone.Sets, from)
		for j, val := range ib.keyInto(k, emit, gone) {
			keyCol(fmt.Sprintf("%s_%d", ib.change.key[j].Name, i+1), ib.change.key[j].Type, val)
		}
		if live != nil {
			gone.Sets = append(gone.Sets, p.Set{Field: live, X: yes})
		}
		if b.fn.HasTime {
			emit.Time, gone.Time = ib.env.time, ib.env.time
		}
		ib.handChange(k, emit, gone, cols, n.Loc.Start)
	})
	for i, c := range cols {
		b.env.cols[c] = &binding{val: fieldValue("in", k.row, k.fields[i]), done: true}
	}
	consume(b)
	l.close(b)
}
