package plan

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// changes makes the scan of a declared table one of rows that replace each other
// by the primary key. A record without a value, which only topics have, deletes.
func (b *builder) changes(s *Scan, in *bound.Read) {
	rel := s.Rel
	switch {
	case len(rel.Key) == 0:
		b.diags.Err(diag.TableSource, in.Loc, fmt.Sprintf("the table %q has no primary key, so that its records replace nothing", rel.Name),
			"mark a column with PRIMARY KEY, or declare it with CREATE STREAM")
		return
	}
	for _, k := range rel.Key {
		s.props.Key = append(s.props.Key, in.Cols[k])
	}
	s.props.Updating, s.props.Deletes = true, rel.Source.Message != nil
}

// byKey reports a node whose rows come one by one, each in place of the one with
// its key: a filter over it knows which row it has let through before.
func byKey(n Node) bool {
	switch n := n.(type) {
	case *Scan, *Derived, *Aggregate:
		p := n.Props()
		return !p.Updating || p.Key != nil || p.Single
	case *Filter:
		return byKey(n.In)
	case *Project:
		return byKey(n.In)
	case *Union:
		ok := true
		for _, in := range n.Ins {
			ok = ok && byKey(in)
		}
		return ok
	}
	return false
}

// united refuses rows of several updating inputs as a result: rows of one would
// replace those of another with its key, and only operators know them apart.
func (b *builder) united(n Node, r *bound.Relation) {
	at := n
	for {
		switch x := at.(type) {
		case *Filter:
			at = x.In
			continue
		case *Project:
			at = x.In
			continue
		case *Limit:
			at = x.In
			continue
		case *Union:
			b.refuseUpdating(n, r.Query.Span(), "UNION ALL")
		}
		return
	}
}

// takeChanges is byKey of a node whose rows an operator takes as changes: the groups
// that they come from have to say which they are.
func takeChanges(n Node) bool {
	if !byKey(n) {
		return false
	}
	walk(n, func(x Node) {
		if a, ok := x.(*Aggregate); ok && a.props.Updating {
			a.Feeds = true
		}
	})
	return true
}

// content is the node over which operators that need all rows at once can work: of
// an updating input, its content at the end.
func (b *builder) content(n Node, at source.Span, what string) Node {
	if !n.Props().Updating {
		return n
	}
	if !takeChanges(n) {
		b.refuseUpdating(n, at, what)
		return n
	}
	if b.inner == nil && endless(n) {
		b.diags.Err(diag.FinalUnbounded, at, what+" over a relation whose rows replace each other needs an input that ends", "read a file, or leave it out")
	}
	c := &Content{In: n, Loc: at}
	c.props = *n.Props()
	c.props.Updating, c.props.Deletes, c.props.Final, c.props.Key = false, false, true, nil
	return c
}

// distinctChanges makes the rows of an updating input unique: they are groups
// without aggregates.
func (b *builder) distinctChanges(n Node, q *bound.Select) Node {
	a := &Aggregate{In: n, Changes: !b.atEnd(q), Loc: q.DistinctLoc}
	for _, c := range q.Out() {
		a.Keys = append(a.Keys, bound.Computed{Col: c, Expr: &bound.Ref{Node: bound.Node{T: c.Type, Null: c.Nullable, Loc: q.DistinctLoc}, Col: c}, Loc: q.DistinctLoc})
	}
	a.Retracts = b.retracts(n, a, q)
	p := &a.props
	p.Cols, p.Key, p.Bounded = q.Out(), q.Out(), n.Props().Bounded
	p.Updating, p.Deletes, p.Final = a.Changes, a.Changes, !a.Changes
	if !a.Changes && b.inner == nil && endless(n) {
		b.diags.Err(diag.FinalUnbounded, q.DistinctLoc, "DISTINCT over a relation whose rows replace each other needs an input that ends to be final", "read a file, or use EMIT CHANGES")
	}
	return a
}

// atEnd reports a query whose rows come out at the end of its input: it is sorted,
// or EMIT FINAL says so, or it is a subquery.
func (b *builder) atEnd(q *bound.Select) bool {
	return b.inner != nil || q.Emit == bound.EmitFinal || q.Emit == bound.EmitDefault && len(q.OrderBy) > 0
}

// keyless is the name of a relation that n reads whose rows replace each other by a
// key that is not among its columns; "" if there is none.
func keyless(n Node) string {
	name := ""
	walk(n, func(x Node) {
		if d, ok := x.(*Derived); ok && d.props.Updating && d.props.Key == nil && !d.props.Single {
			name = d.Rel.Bound.Name
		}
	})
	return name
}

// keyNames lists the columns by which rows replace each other: those of the source
// of the rows, selected or not.
func keyNames(n Node) string {
	for {
		switch x := n.(type) {
		case *Filter:
			n = x.In
			continue
		case *Project:
			n = x.In
			continue
		}
		if u, ok := n.(*Union); ok {
			return fmt.Sprintf("row of %d inputs", len(u.Ins))
		}
		if key := n.Props().Key; len(key) > 0 {
			return colText(key)
		}
		return "program"
	}
}

// retracts reports that an aggregate over rows that replace each other can take
// the earlier ones back; else it says what cannot.
func (b *builder) retracts(in Node, a *Aggregate, q *bound.Select) bool {
	switch {
	case a.Window != nil:
		b.diags.Err(diag.WindowOverTable, a.Window.Loc, "rows of a table replace each other and are not events: they have no window",
			"count the events in windows first, or read the records with CREATE STREAM")
		return false
	case q.Sets != nil, q.Repeat != nil:
		b.refuseUpdating(in, a.Loc, "GROUP BY with several sets")
		return false
	case !takeChanges(in):
		b.refuseUpdating(in, a.Loc, "GROUP BY")
		return false
	}
	ok, aggs := true, make([]*bound.Agg, len(a.Aggs))
	for i, g := range a.Aggs {
		if aggs[i] = b.retracting(g, "the rows of its input replace each other"); aggs[i] == nil {
			aggs[i], ok = g, false
		}
	}
	a.Aggs = aggs
	return ok
}

// retracting is an aggregate with the overload that can take rows back; why says
// what for.
func (b *builder) retracting(g *bound.Agg, why string) *bound.Agg {
	if g.Overload == nil {
		return g
	}
	o := g.Overload.Retracting()
	if o == nil {
		b.diags.Err(diag.NoRetraction, g.Loc, g.Col.SQL+" cannot take a value back, and "+why, retractHints[g.Func.Name])
		return nil
	}
	for _, e := range g.Args[len(g.Args)-o.Final:] {
		if _, ok := e.(*bound.Const); !ok {
			b.diags.Err(diag.NoRetraction, e.Span(), g.Col.SQL+" needs a constant here: "+why, "write a number")
			return nil
		}
	}
	other := *g
	other.Overload = o
	return &other
}

// retractHints say what to use instead of aggregates that cannot retract.
var retractHints = map[string]string{
	"approx_percentile":     "PERCENTILE_CONT keeps all values and can",
	"approx_count_distinct": "COUNT(DISTINCT x) keeps all values and can",
}

// withdrawable checks that a relation whose rows can be withdrawn has their key.
func (b *builder) withdrawable(n Node, r *bound.Relation) {
	p := n.Props()
	if !p.Deletes || p.Key != nil || p.Single {
		return
	}
	if !grouped(n) {
		b.diags.Err(diag.KeyGone, r.Query.Span(), "the key of the table is not selected, so that its rows could not be withdrawn",
			"select the primary key too")
	}
}

// grouped reports rows that come from groups of the same query.
func grouped(n Node) bool {
	found := false
	walk(n, func(x Node) {
		_, ok := x.(*Aggregate)
		found = found || ok
	})
	return found
}

// filtersChanges reports a filter over rows that replace each other whose rows go
// out as they are.
func filtersChanges(n Node) bool {
	if !byKey(n) || grouped(n) {
		return false
	}
	switch n := n.(type) {
	case *Filter:
		return n.props.Updating
	case *Project:
		return filtersChanges(n.In)
	}
	return false
}

// colText lists the names of columns.
func colText(cols []*bound.Col) string {
	var names []string
	for _, c := range cols {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}
