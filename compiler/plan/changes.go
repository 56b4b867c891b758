package plan

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/diag"
)

// changes makes the scan of a declared table one of rows that replace each other
// by the primary key. A record without a value, which only topics have, deletes.
func (b *builder) changes(s *Scan, in *bound.Read) {
	rel := s.Rel
	switch {
	case b.inner != nil:
		b.diags.Err(diag.TableSource, in.Loc, fmt.Sprintf("reading the table %q in a subquery is not supported yet", rel.Name),
			"declare it with CREATE STREAM to read its records as they come")
		return
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
	if n.Props().Updating && n.Props().Key == nil {
		return false
	}
	switch n := n.(type) {
	case *Scan, *Derived:
		return true
	case *Filter:
		return byKey(n.In)
	case *Project:
		return byKey(n.In)
	}
	return false
}

// retracts reports that an aggregate over rows that replace each other can take
// the earlier ones back; else it says what cannot.
func (b *builder) retracts(a *Aggregate, q *bound.Select) bool {
	switch {
	case !byKey(a.In), !a.Changes, a.Window != nil, q.Sets != nil, q.Repeat != nil:
		b.refuseUpdating(a.In, q.GroupLoc, "GROUP BY")
		return false
	}
	ok := true
	for _, k := range a.Keys {
		if t := k.Expr.Type(); t.IsNested() || t.Kind == types.Bytes {
			b.refuseUpdating(a.In, k.Loc, "GROUP BY of "+t.String())
			ok = false
		}
	}
	aggs := make([]*bound.Agg, len(a.Aggs))
	for i, g := range a.Aggs {
		if aggs[i] = b.retracting(g); aggs[i] == nil {
			aggs[i], ok = g, false
		}
	}
	a.Aggs = aggs
	return ok
}

// retracting is an aggregate with the overload that can take rows back.
func (b *builder) retracting(g *bound.Agg) *bound.Agg {
	if g.Overload == nil {
		return g
	}
	o := g.Overload.Retracting()
	if o == nil {
		b.diags.Err(diag.NoRetraction, g.Loc, g.Col.SQL+" cannot take a value back, and the rows of its input replace each other", retractHints[g.Func.Name])
		return nil
	}
	for _, e := range g.Args[len(g.Args)-o.Final:] {
		if _, ok := e.(*bound.Const); !ok {
			b.diags.Err(diag.NoRetraction, e.Span(), g.Col.SQL+" over rows that replace each other needs a constant here", "write a number")
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
	if !p.Deletes || p.Key != nil {
		return
	}
	grouped := false
	walk(n, func(x Node) {
		_, ok := x.(*Aggregate)
		grouped = grouped || ok
	})
	if !grouped {
		b.diags.Err(diag.KeyGone, r.Query.Span(), "the key of the table is not selected, so that its rows could not be withdrawn",
			"select the primary key too")
	}
}

// filtersChanges reports a filter over rows that replace each other whose rows go
// out as they are.
func filtersChanges(n Node) bool {
	if !byKey(n) {
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
