package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
)

// groupTime is how a group knows the event time of its newest row: by an
// aggregate of its own. The zero value is of groups that need not know.
type groupTime struct {
	row    *bound.Col // the event time of a row
	newest *bound.Col // of the newest row of the group
}

// timed adds the keeping of the newest event time to an aggregate whose results
// have that time: those of groups without windows, and of windows as long as they
// are not complete.
func (l *queryLowering) timed(n *plan.Aggregate) (*plan.Aggregate, groupTime) {
	if !l.q.Time || n.Window != nil && !n.Changes && !n.NewestTime || slides(n) {
		return n, groupTime{}
	}
	typ := types.Of(types.Timestamp)
	t := groupTime{
		row:    &bound.Col{Name: "event_time", Type: typ, SQL: "event time"},
		newest: &bound.Col{Name: "newest", Type: typ, SQL: "newest event time"},
	}
	agg, ok := funcs.FindAgg("max")
	if !ok {
		panic("lower: no function max")
	}
	withTime := *n
	for i := range agg.Overloads {
		o := &agg.Overloads[i]
		if o.Init != funcs.InitMin || o.State != "T" {
			continue // the extreme of an integer is compared with a constant
		}
		withTime.Aggs = append(n.Aggs[:len(n.Aggs):len(n.Aggs)], &bound.Agg{
			Col: t.newest, Func: agg, Overload: o, Loc: n.Loc,
			Args: []bound.Expr{&bound.Ref{Node: bound.Node{T: typ, Loc: n.Loc}, Col: t.row}},
		})
		return &withTime, t
	}
	panic("lower: max has no overload for times")
}

// take binds the event time of the row at hand.
func (t groupTime) take(b *body) {
	if t.row != nil {
		b.env.cols[t.row] = &binding{val: value{x: b.env.time}, done: true}
	}
}

// give makes the newest event time that of the group's result, and the bounds of
// its window those of the row.
func (t groupTime) give(g *body, n *plan.Aggregate) {
	if t.newest != nil {
		g.env.time = g.env.cols[t.newest].make().x
	}
	if w := n.Window; w != nil && g.l.q.Windowed {
		g.env.start, g.env.end = g.col(w.Start).x, g.col(w.End).x
	}
}

// windowedSink reports a relation with a sink that wants the window of a row.
func windowedSink(rel *bound.Relation) bool {
	for _, s := range rel.Sinks {
		if s.Message != nil && s.Message.Windowed {
			return true
		}
	}
	return false
}
