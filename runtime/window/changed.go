package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Change notes that the result of a group of the window waits to be emitted. The
// caller notes a group once.
func (p *Pane[K, S]) Change(e *state.Entry[K, S]) {
	if p.changed == nil {
		p.changed = new([]int32)
	}
	*p.changed = append(*p.changed, state.IndexOf(p.Groups.All(), e))
}

// Changed calls emit for the groups that wait to be emitted, in the order of their
// changes, of the windows that end, with grace, at or before the watermark.
func (w *panes[K, S]) Changed(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	w.ChangedIn(watermark, func(start, _ event.Time, e *state.Entry[K, S]) { emit(start, e) })
}

// ChangedIn is Changed for windows whose end does not follow from their start.
func (w *panes[K, S]) ChangedIn(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S])) {
	for _, p := range w.open {
		if event.Ahead(p.End, w.grace) > watermark {
			return
		}
		if p.changed == nil || len(*p.changed) == 0 {
			continue
		}
		groups := p.Groups.All()
		for _, i := range *p.changed {
			emit(p.Start, p.End, &groups[i])
		}
		*p.changed = (*p.changed)[:0]
	}
}
