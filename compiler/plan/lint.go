package plan

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
)

// Lint returns warnings of windows that are legal and often not what is meant:
// results that are complete at another moment than one thinks, and rows that are
// dropped without need. Each is accepted by saying what one wants.
func Lint(p *Program) diag.List {
	l := linter{seen: map[*bound.EventTime]bool{}, silent: map[*bound.Relation]bool{}}
	l.diags.File = p.Bound.File
	for _, r := range p.Relations {
		walk(r.Root, func(n Node) {
			if a, ok := n.(*Aggregate); ok && a.Window != nil {
				l.window(a)
			}
		})
	}
	return l.diags
}

type linter struct {
	diags diag.List
	seen  map[*bound.EventTime]bool // warned of
	// silent are the sources whose silence was warned of.
	silent map[*bound.Relation]bool
}

// window looks at the event times below a window.
func (l *linter) window(a *Aggregate) {
	walk(a.In, func(n Node) {
		s, ok := n.(*Scan)
		if !ok {
			return
		}
		if !a.Changes && !s.Rel.Source.Bounded() && !s.Rel.Source.IdleGiven && !l.silent[s.Rel] {
			l.silent[s.Rel] = true
			l.diags.Warn(diag.IdleUnsaid, s.Rel.NameLoc,
				fmt.Sprintf("while %q is silent, the results of windows wait for the idle timeout of 60 seconds", s.Rel.Name),
				"say how long they may wait: 'watermark.idle.timeout' = '10s', or '0s' for the next row")
		}
		t := s.Rel.Source.Time
		if o := a.Window.Own; o != nil && o.Rel == s.Rel {
			t = &o.EventTime
		}
		if t == nil {
			if a.Window.Time != nil {
				l.diags.Warn(diag.NoLateness, a.Window.Loc,
					fmt.Sprintf("rows of %q that are older than the newest one may be dropped as late", s.Rel.Name),
					"on the source say how much older they may be: 'event.time.field' = '"+a.Window.Time.Name+"', 'watermark.max_out_of_orderness' = '5s', or that there are none: 'watermark.strategy' = 'ascending'")
			}
			return
		}
		if w := a.Window; w.Grace > 0 && w.Grace < t.OutOfOrderness {
			l.diags.Warn(diag.ShortGrace, w.Loc,
				fmt.Sprintf("the grace period of the window is shorter than the out-of-orderness of %q", s.Rel.Name),
				"it comes on top of 'watermark.max_out_of_orderness': make it as long, or leave it out")
		}
		if l.seen[t] {
			return
		}
		l.seen[t] = true
		if t.OutOfOrderness == 0 && t.Strategy != "ascending" && !t.LagGiven {
			l.diags.Warn(diag.NoLateness, t.Loc,
				fmt.Sprintf("rows of %q that are older than the newest one may be dropped as late", s.Rel.Name),
				"say how much older they may be: 'watermark.max_out_of_orderness' = '5s', or that there are none: 'watermark.strategy' = 'ascending'")
		}
		if t.Col.Nullable {
			l.diags.Warn(diag.NullableTime, t.Loc,
				fmt.Sprintf("the event time %q of %q may be NULL; such a row belongs to no window and is rejected", t.Col.Name, s.Rel.Name),
				"declare the column NOT NULL, which means the same and says so")
		}
	})
}
