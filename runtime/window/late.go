package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Watermark returns the watermark at which windows have been closed last.
func (w *panes[K, S]) Watermark() event.Time { return w.closed }

// Watermark returns the watermark at which sessions have been closed last.
func (w *Sessions[K, S]) Watermark() event.Time { return w.closed }

// Window returns the session that a row would be alone.
func (w *Sessions[K, S]) Window(t event.Time) (start, end event.Time) {
	return t, event.Ahead(t, w.gap)
}

// earliest returns the first end of a window that is not closed yet, if windows
// end every step from offset on. There has been a late row, so that there is a
// watermark.
func (w *panes[K, S]) earliest(step, offset int64) event.Time {
	return Floor(w.closed-w.grace, step, offset) + step
}

// Earliest returns the earliest window that still takes rows, for a row that is
// late for its own.
func (w *Tumbling[K, S]) Earliest() *Pane[K, S] {
	end := w.earliest(w.size, w.offset)
	return w.get((end-w.size-w.offset)/w.size, end-w.size, end)
}

// Window returns the window that a row belongs to.
func (w *Tumbling[K, S]) Window(t event.Time) (start, end event.Time) {
	start = Floor(t, w.size, w.offset)
	return start, event.Ahead(start, w.size)
}

// Earliest returns the earliest window that still takes rows, for a row that is
// late for all its own. The slice is valid until the next call.
func (w *Hopping[K, S]) Earliest() []*Pane[K, S] {
	end := w.earliest(w.advance, w.offset+w.size)
	return w.only(w.get((end-w.size-w.offset)/w.advance, end-w.size, end))
}

// Window returns the last window that a row belongs to.
func (w *Hopping[K, S]) Window(t event.Time) (start, end event.Time) {
	start = Floor(t, w.advance, w.offset)
	return start, event.Ahead(start, w.size)
}

// Earliest returns the earliest window that still takes rows, for a row that is
// late for all its own. The slice is valid until the next call.
func (w *Cumulate[K, S]) Earliest() []*Pane[K, S] {
	end := w.earliest(w.step, w.offset)
	return w.only(w.get((end-w.offset)/w.step, Floor(end-1, w.size, w.offset), end))
}

// Window returns the last window that a row belongs to.
func (w *Cumulate[K, S]) Window(t event.Time) (start, end event.Time) {
	start = Floor(t, w.size, w.offset)
	return start, event.Ahead(start, w.size)
}

// only is p as what At returns.
func (w *overlapping[K, S]) only(p *Pane[K, S]) []*Pane[K, S] {
	w.forget()
	w.at = append(w.at[:0], p)
	return w.at
}

// fire calls emit for each window that the watermark has reached the end of and
// that has not been emitted yet, the oldest first, and closes those whose grace
// period is over too. A window that has been emitted takes rows until then.
func (w *panes[K, S]) fire(watermark event.Time, emit func(*Pane[K, S])) bool {
	for _, p := range w.open {
		if p.End > watermark {
			break
		}
		if !p.Fired {
			p.Fired = true
			emit(p)
		}
	}
	return w.close(watermark, func(*Pane[K, S]) {})
}

// Fire emits the groups of the windows that the watermark has reached the end
// of, each once, and closes those whose grace period is over.
func (w *Tumbling[K, S]) Fire(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	if w.fire(watermark, emitStarts(emit)) {
		w.last = nil
	}
}

// Fire emits the groups of the windows that the watermark has reached the end
// of, each once, and closes those whose grace period is over.
func (w *Hopping[K, S]) Fire(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	if w.fire(watermark, emitStarts(emit)) {
		w.forget()
	}
}

// Fire emits the groups of the windows that the watermark has reached the end
// of, each once, and closes those whose grace period is over.
func (w *Cumulate[K, S]) Fire(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S])) {
	closed := w.fire(watermark, func(p *Pane[K, S]) {
		groups := p.Groups.All()
		for i := range groups {
			emit(p.Start, p.End, &groups[i])
		}
	})
	if closed {
		w.forget()
	}
}

// nextFire returns the first watermark after the given one at which some window
// fires or closes.
func (w *panes[K, S]) nextFire(watermark event.Time, step, offset int64) event.Time {
	grace := w.grace
	closing := w.next(watermark, step, offset)
	w.grace = 0
	firing := w.next(watermark, step, offset)
	w.grace = grace
	return min(closing, firing)
}

// NextFire returns the first watermark after the given one at which some window
// fires or closes.
func (w *Tumbling[K, S]) NextFire(watermark event.Time) event.Time {
	return w.nextFire(watermark, w.size, w.offset)
}

// NextFire returns the first watermark after the given one at which some window
// fires or closes.
func (w *Hopping[K, S]) NextFire(watermark event.Time) event.Time {
	return w.nextFire(watermark, w.advance, w.offset+w.size)
}

// NextFire returns the first watermark after the given one at which some window
// fires or closes.
func (w *Cumulate[K, S]) NextFire(watermark event.Time) event.Time {
	return w.nextFire(watermark, w.step, w.offset)
}
