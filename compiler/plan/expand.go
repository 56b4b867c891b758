package plan

import "github.com/velocsql/veloc/compiler/bound"

// expand makes the input of an aggregate with grouping sets: keys and arguments
// are computed once, so that a row that fails has changed no group, and then
// taken to a group of each set. It changes the aggregate to read what comes out.
func expand(a *Aggregate, q *bound.Select) {
	e := &Expand{Sets: q.Sets, Loc: q.GroupLoc}
	var items []bound.Computed
	pass := func(c *bound.Col, x bound.Expr) bound.Expr {
		items = append(items, bound.Computed{Col: c, Expr: x, Loc: x.Span()})
		return read(c, x)
	}
	a.Keys = nil
	for _, k := range q.Keys {
		from, to := *k.Col, *k.Col
		from.Nullable = k.Expr.Nullable()
		pass(&from, k.Expr)
		e.Keys = append(e.Keys, ExpandedKey{&from, &to})
		e.props.Cols = append(e.props.Cols, &to)
		a.Keys = append(a.Keys, bound.Computed{Col: k.Col, Expr: read(&to, k.Expr), Loc: k.Loc})
	}
	set := *q.Set
	e.Set = &set
	e.props.Cols = append(e.props.Cols, e.Set)
	a.Keys = append(a.Keys, bound.Computed{Col: q.Set, Expr: &bound.Ref{Node: bound.Node{T: set.Type, Loc: set.Loc}, Col: e.Set}, Loc: set.Loc})
	a.Aggs = nil
	for _, g := range q.Aggs {
		a.Aggs = append(a.Aggs, passArguments(g, pass))
	}
	if w := q.Window; w != nil && w.Time != nil {
		pass(w.Time, &bound.Ref{Node: bound.Node{T: w.Time.Type, Null: w.Time.Nullable, Loc: w.Loc}, Col: w.Time})
	}
	p := project(a.In, items, nil, q.GroupLoc)
	e.In = p
	for _, it := range items[len(q.Keys):] {
		e.props.Cols = append(e.props.Cols, it.Col)
	}
	e.props.Bounded = p.props.Bounded
	a.In = e
}

// passArguments is an aggregate over columns that hold its arguments.
func passArguments(g *bound.Agg, pass func(*bound.Col, bound.Expr) bound.Expr) *bound.Agg {
	out := *g
	out.Args = make([]bound.Expr, len(g.Args))
	for i, x := range g.Args {
		if _, fixed := x.(*bound.Const); fixed {
			out.Args[i] = x // stands where it is used
			continue
		}
		name := "argument"
		if r, ok := x.(*bound.Ref); ok {
			name = r.Col.Name
		}
		out.Args[i] = pass(&bound.Col{Name: name, Type: x.Type(), Nullable: x.Nullable(), Loc: x.Span(), SQL: "argument of " + g.Col.SQL}, x)
	}
	if g.Filter != nil {
		out.Filter = pass(&bound.Col{Name: "counts", Type: g.Filter.Type(), Nullable: g.Filter.Nullable(), Loc: g.Filter.Span(), SQL: "FILTER of " + g.Col.SQL}, g.Filter)
	}
	return &out
}

// read is a column in the place of an expression.
func read(c *bound.Col, instead bound.Expr) bound.Expr {
	return &bound.Ref{Node: bound.Node{T: c.Type, Null: c.Nullable, Loc: instead.Span()}, Col: c}
}
