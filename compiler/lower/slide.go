package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// slides reports an aggregate over a window for each row.
func slides(n *plan.Aggregate) bool { return n.Window != nil && n.Window.Kind == bound.Sliding }

// slide keeps what the row at hand brings to the windows that it is in. The group
// has one state, which two functions bring a row into and take it from, while the
// window moves from row to row:
//
//	update  finds the group and keeps the row
//	enter   brings a row into the state
//	leave   takes it back
func (l *queryLowering) slide(b *body, n *plan.Aggregate, t *p.Table, prefix string, args []aggArgs, at p.Expr) {
	t.Slides = &p.Slides{Row: &p.Struct{Name: l.pl.names.pick(prefix + "Slid")}}
	row := t.Slides.Row
	row.Doc = row.Name + " is what a row brings to the windows that it is in."
	x := &exchangeRow{row: row, names: newMembers(), byText: map[string]*p.Field{}}
	x.names.used["nulls"], x.names.used["own"] = true, true
	emit := &p.Emit{Out: row, Slides: t, Time: at}
	for i, a := range n.Aggs {
		x.putArgs(emit, l.aggName(a), a, &args[i])
		if a.Overload != nil && a.Overload.Arrival {
			if t.Slides.Arrival == nil {
				t.Slides.Arrival = &p.Field{Name: x.names.pick("arrival"), Type: builtin("int64"), Doc: "its number in order of arrival", Null: -1}
				row.Fields = append(row.Fields, t.Slides.Arrival)
				t.Arrivals = true
			}
			args[i].at = field(v("in"), t.Slides.Arrival.Name)
		}
	}
	l.q.Structs = append(l.q.Structs, row)
	b.add(emit)
	suffix := "" // other groups of the query have functions of the same kind
	if len(l.q.Tables) > 1 {
		suffix = exported(t.Name)
	}
	t.Slides.Enter = l.passing(t, "enter"+suffix, "brings a row into the window of its group.", func(b *body) {
		for i, s := range t.Aggs {
			b.addToState(t, s, args[i])
		}
	})
	t.Slides.Leave = l.passing(t, "leave"+suffix, "takes a row out of the window of its group.", func(b *body) {
		for i, s := range t.Aggs {
			b.takeBack(t, s, args[i])
		}
	})
}

// passing makes the function for a row that enters a window or leaves it.
func (l *queryLowering) passing(t *p.Table, name, doc string, change func(*body)) *p.Func {
	b := l.newFunc(p.Row, name, "")
	b.fn.Doc = b.fn.Name + " " + doc
	b.fn.In, b.fn.Group = t.Slides.Row, t
	change(b)
	l.close(b)
	return b.fn
}
