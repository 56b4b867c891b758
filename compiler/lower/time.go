package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
)

// eventTime makes a process function extract the event time of its records if
// anything downstream looks at it, and offer the system columns of the source.
func (l *queryLowering) eventTime(b *body, n *plan.Scan) {
	needs := l.wantsTime()
	for _, s := range n.Read.System {
		needs = needs || s.Name == "_event_time"
	}
	if needs {
		l.extractTime(b, n)
	}
	l.systemColumns(b, n.Read)
}

func (l *queryLowering) extractTime(b *body, n *plan.Scan) {
	spec := ownTime(l.rel.Root, n, nil)
	t := &p.EventTime{Own: spec != nil}
	if spec == nil {
		spec = n.Rel.Source.Time
	}
	if spec == nil {
		spec = l.windowColumn(n)
	}
	for _, c := range n.Rel.Cols {
		t.Names = append(t.Names, c.Name)
	}
	b.fn.Time = t
	b.names.used["t"] = true
	b.env.time = v("t")
	if spec == nil {
		return // arrival time
	}
	t.Column, t.Format, t.OutOfOrderness = spec.Col.Name, spec.Format, spec.OutOfOrderness
	for i, c := range n.Rel.Cols {
		if c == spec.Col {
			val := b.col(n.Read.Cols[i])
			t.X, t.Null, t.Kind = val.x, val.null, c.Type.Kind
		}
		if c == spec.Mark {
			b.punctuation(t, c, n.Read.Cols[i])
		}
	}
}

// punctuation sets what moves a punctuated watermark: a BOOLEAN to the event time
// of the row, a time to itself.
func (b *body) punctuation(t *p.EventTime, c, read *bound.Col) {
	if !b.l.wantsTime() {
		return
	}
	val := b.col(read)
	if val.null != nil {
		t.Marks = p.Not(val.null)
	}
	switch c.Type.Kind {
	case types.Boolean:
		t.MarkTime, t.Marks = v("t"), p.And(t.Marks, val.x)
	case types.BigInt:
		t.MarkTime = binary("*", val.x, intLit(1000))
	default:
		t.MarkTime = val.x
	}
}

// windowColumn is the declared column that a window names, which becomes the
// event time of a source that declares none.
func (l *queryLowering) windowColumn(n *plan.Scan) *bound.EventTime {
	var found *bound.EventTime
	var look func(x plan.Node)
	look = func(x plan.Node) {
		if w := windowOf(x); w != nil && w.Time != nil {
			for i, c := range n.Read.Cols {
				if c == w.Time {
					found = &bound.EventTime{Col: n.Rel.Cols[i], Loc: w.Loc}
				}
			}
		}
		for _, in := range x.Inputs() {
			look(in)
		}
	}
	look(l.rel.Root)
	return found
}

// ownTime is the event time that the innermost window above a scan takes from its
// source beside the declared one; nil: it takes that.
func ownTime(x plan.Node, n *plan.Scan, inner *bound.EventTime) *bound.EventTime {
	if x == plan.Node(n) {
		return inner
	}
	if w := windowOf(x); w != nil {
		inner = nil
		if w.Own != nil && w.Own.Rel == n.Rel {
			inner = &w.Own.EventTime
		}
	}
	for _, in := range x.Inputs() {
		if t := ownTime(in, n, inner); t != nil {
			return t
		}
	}
	return nil
}

// windowOf is the window of an operator, nil if it has none.
func windowOf(n plan.Node) *bound.Window {
	switch n := n.(type) {
	case *plan.Aggregate:
		return n.Window
	case *plan.Windows:
		return n.Window
	}
	return nil
}
