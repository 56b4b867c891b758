package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// values brings the rows of VALUES to a consumer: constants by a loop over a
// table of them, others by a function for each row.
func (l *queryLowering) values(n *plan.Values, consume consumer) {
	cols := n.Props().Cols
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + "Values")}
	row.Doc = row.Name + " is a row of VALUES."
	row.Fields = columnFields(row, cols, unexported)
	l.q.Structs = append(l.q.Structs, row)
	bind := func(b *body) {
		b.fn.In = row
		l.arriveNow(b)
		for i, c := range cols {
			b.env.cols[c] = &binding{val: fieldValue("in", row, row.Fields[i]), done: true}
		}
	}
	if constRows(n.Rows) {
		b := l.newFunc(p.Each, "start", "")
		b.fn.Consts = &p.Consts{Name: l.pl.names.pick(l.q.Var + "Rows"), Row: row}
		b.fn.Consts.Doc = b.fn.Consts.Name + " are the rows of VALUES " + l.pl.place(n.Loc) + "."
		for _, exprs := range n.Rows {
			e := &p.Emit{Out: row}
			b.fillExprs(e, exprs)
			b.fn.Consts.Rows = append(b.fn.Consts.Rows, e.Sets)
		}
		bind(b)
		consume(b)
		l.close(b)
		return
	}
	to := l.newFunc(p.Row, "values", "")
	bind(to)
	for _, exprs := range n.Rows {
		b := l.newFunc(p.Once, "start", "")
		b.clause("VALUES", exprs[0].Span().Start)
		e := &p.Emit{Out: row, To: to.fn}
		b.fillExprs(e, exprs)
		b.settleSets(e, 0)
		b.add(e)
		l.close(b)
	}
	consume(to)
	l.close(to)
}

// arriveNow gives rows that come from no source the time at which they are made, if
// somebody asks for their event time.
func (l *queryLowering) arriveNow(b *body) {
	if l.wantsTime() {
		b.env.time = method(field(field(v("q"), "w"), "connect"), "Now")
	}
}

// fillExprs computes the fields of a row.
func (b *body) fillExprs(e *p.Emit, exprs []bound.Expr) {
	for i, x := range exprs {
		f := e.Out.Fields[i]
		val := b.expr(x, f.Name)
		if f.Null < 0 {
			val.null = nil
		}
		e.Sets = append(e.Sets, p.Set{Field: f, X: val.x, Null: val.null})
	}
}

// settleSets gives names to values that may have failed, from one on, and checks
// them.
func (b *body) settleSets(e *p.Emit, from int) {
	if !b.pending {
		return
	}
	for i := from; i < len(e.Sets); i++ {
		e.Sets[i].X = b.let(unexported(e.Out.Fields[i].Column), e.Sets[i].X)
	}
	b.checkFault(b.fn.Loc.Start)
}

func constRows(rows [][]bound.Expr) bool {
	for _, row := range rows {
		for _, e := range row {
			if _, ok := e.(*bound.Const); !ok {
				return false
			}
		}
	}
	return true
}
