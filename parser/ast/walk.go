package ast

import "github.com/velocsql/veloc/parser/source"

// Syntax is any part of the tree that Walk visits: expressions, queries, query
// bodies, relations and statements.
type Syntax interface{ Span() source.Span }

// Inspect calls f for n and, as long as f returns true, for everything inside n,
// in the order of the text. Absent parts are not visited.
func Inspect(n Syntax, f func(Syntax) bool) { Walk(n, f, nil) }

// Walk calls enter before and leave after the parts of n. When enter returns
// false, the parts are skipped and leave is not called. Either may be nil.
func Walk(n Syntax, enter func(Syntax) bool, leave func(Syntax)) {
	w := walker{enter: enter, leave: leave}
	w.node(n)
}

type walker struct {
	enter func(Syntax) bool
	leave func(Syntax)
}

func (w *walker) node(n Syntax) {
	if n == nil || w.enter != nil && !w.enter(n) {
		return
	}
	switch n := n.(type) {
	case Expr:
		w.exprParts(n)
	case *Query:
		w.queryParts(n)
	case QueryBody:
		w.bodyParts(n)
	case TableRef:
		w.relationParts(n)
	case Stmt:
		w.stmtParts(n)
	}
	if w.leave != nil {
		w.leave(n)
	}
}

// expr visits an expression that may be absent.
func (w *walker) expr(x Expr) {
	if x != nil {
		w.node(x)
	}
}

func (w *walker) exprs(list []Expr) {
	for _, x := range list {
		w.expr(x)
	}
}

func (w *walker) query(q *Query) {
	if q != nil {
		w.node(q)
	}
}

func (w *walker) order(items []OrderItem) {
	for _, o := range items {
		w.expr(o.Expr)
	}
}

func (w *walker) stmtParts(s Stmt) {
	switch s := s.(type) {
	case *Create:
		w.query(s.Query)
	case *CreateView:
		w.query(s.Query)
	case *CreateFunction:
		w.expr(s.Body)
	case *Insert:
		w.query(s.Query)
	case *Select:
		w.query(s.Query)
	case *Explain:
		w.query(s.Query)
	}
}

func (w *walker) queryParts(q *Query) {
	for _, c := range q.CTEs {
		w.query(c.Query)
	}
	if q.Body != nil {
		w.node(q.Body)
	}
	w.order(q.OrderBy)
	if q.Limit != nil {
		w.node(q.Limit)
	}
}

func (w *walker) bodyParts(b QueryBody) {
	switch b := b.(type) {
	case *SelectBody:
		w.selectParts(b)
	case *SetOp:
		w.node(b.Left)
		w.node(b.Right)
	case *Values:
		for _, r := range b.Rows {
			w.exprs(r)
		}
	case *Nested:
		w.query(b.Query)
	}
}

func (w *walker) selectParts(b *SelectBody) {
	for _, i := range b.Items {
		w.expr(i.Expr)
	}
	for _, r := range b.From {
		w.node(r)
	}
	w.expr(b.Where)
	for _, g := range b.GroupBy {
		w.expr(g.Expr)
		for _, s := range g.Sets {
			w.exprs(s)
		}
	}
	if b.Window != nil {
		w.expr(b.Window.Column)
	}
	w.exprs(b.PartitionBy)
	w.expr(b.Having)
	w.expr(b.Qualify)
	for i := range b.Windows {
		w.over(&b.Windows[i].Spec)
	}
}

func (w *walker) relationParts(r TableRef) {
	switch r := r.(type) {
	case *TableName:
		w.expr(r.AsOf)
	case *TableQuery:
		w.query(r.Query)
	case *TableFunc:
		w.exprs(r.Args)
	case *Join:
		w.node(r.Left)
		w.node(r.Right)
		w.expr(r.Match)
		w.expr(r.On)
	}
}

func (w *walker) exprParts(x Expr) {
	switch x := x.(type) {
	case *Unary:
		w.expr(x.X)
	case *Binary:
		w.expr(x.X)
		w.expr(x.Y)
	case *Is:
		w.expr(x.X)
		w.expr(x.Y)
	case *Between:
		w.exprs([]Expr{x.X, x.Low, x.High})
	case *In:
		w.expr(x.X)
		w.exprs(x.List)
		w.query(x.Query)
	case *Like:
		w.exprs([]Expr{x.X, x.Pattern, x.Escape})
	case *Case:
		w.expr(x.Operand)
		for _, c := range x.Whens {
			w.expr(c.Cond)
			w.expr(c.Then)
		}
		w.expr(x.Else)
	case *Cast:
		w.expr(x.X)
	case *Extract:
		w.expr(x.X)
	case *Call:
		w.callParts(x)
	case *Subquery:
		w.query(x.Query)
	case *Exists:
		w.query(x.Query)
	case *Quantified:
		w.expr(x.X)
		w.query(x.Query)
		w.expr(x.Array)
	default:
		w.valueParts(x)
	}
}

// valueParts visits the parts of constructed values and of accesses to them.
func (w *walker) valueParts(x Expr) {
	switch x := x.(type) {
	case *ArrayLit:
		w.exprs(x.Elems)
	case *MapLit:
		for i := range x.Keys {
			w.expr(x.Keys[i])
			w.expr(x.Values[i])
		}
	case *StructLit:
		w.exprs(x.Values)
	case *Index:
		w.expr(x.X)
		w.expr(x.I)
	case *Field:
		w.expr(x.X)
		w.expr(x.Key)
	case *AtTimeZone:
		w.expr(x.X)
		w.expr(x.Zone)
	case *Lambda:
		w.expr(x.Body)
	case *Row:
		w.exprs(x.Elems)
	case *Paren:
		w.expr(x.X)
	case *TableArg:
		w.expr(x.Rel)
		w.exprs(x.PartitionBy)
	}
}

func (w *walker) callParts(x *Call) {
	w.exprs(x.Args)
	if c := x.JSON; c != nil {
		for _, b := range []*JSONBehavior{c.OnEmpty, c.OnError} {
			if b != nil {
				w.expr(b.Default)
			}
		}
	}
	w.order(x.OrderBy)
	w.order(x.WithinGroup)
	w.expr(x.Filter)
	if x.Over != nil {
		w.over(x.Over)
	}
}

func (w *walker) over(o *Over) {
	w.exprs(o.PartitionBy)
	w.order(o.OrderBy)
	if o.Frame != nil {
		w.expr(o.Frame.Start.Offset)
		w.expr(o.Frame.End.Offset)
	}
}
