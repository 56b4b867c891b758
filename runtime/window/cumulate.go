package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Cumulate has windows that begin together every size, aligned to the epoch plus
// an offset, and end one step after the other: [0, step), [0, 2 step) .. [0, size).
type Cumulate[K comparable, S any] struct {
	step, size, offset int64
	overlapping[K, S]
}

// Init sets step, size, offset and grace period. The size is a multiple of the
// step.
func (w *Cumulate[K, S]) Init(step, size, offset, grace int64) {
	w.step, w.size, w.offset = step, size, offset
	w.init(grace)
}

// At returns the windows of a row, the shortest first, without those that have
// closed already. If there are none, the row is late. The slice is valid until
// the next call.
func (w *Cumulate[K, S]) At(t event.Time) []*Pane[K, S] {
	if uint64(t-w.from) < w.length {
		return w.at
	}
	return w.find(t)
}

// find looks for the windows of t and opens those that are not.
func (w *Cumulate[K, S]) find(t event.Time) []*Pane[K, S] {
	w.at = w.at[:0]
	start := Floor(t, w.size, w.offset)
	w.from, w.length = Floor(t, w.step, w.offset), uint64(w.step)
	n := number(t, w.step, w.offset)
	for end := w.from + w.step; end <= start+w.size; end += w.step {
		n++
		if p := w.get(n, start, end); p != nil {
			w.at = append(w.at, p)
		}
	}
	return w.at
}

// Close closes the windows that end, with grace, at or before the watermark,
// the oldest first, and calls emit for each of their groups in order of arrival.
func (w *Cumulate[K, S]) Close(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S])) {
	w.CloseEach(watermark, emit, func() {})
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Cumulate[K, S]) CloseEach(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S]), done func()) {
	closed := w.close(watermark, func(p *Pane[K, S]) {
		groups := p.Groups.All()
		for i := range groups {
			emit(p.Start, p.End, &groups[i])
		}
		done()
	})
	if closed {
		w.forget()
	}
}

// Drop closes windows as Close does, without a result.
func (w *Cumulate[K, S]) Drop(watermark event.Time) {
	if w.close(watermark, func(*Pane[K, S]) {}) {
		w.forget()
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Cumulate[K, S]) Next(watermark event.Time) event.Time {
	return w.next(watermark, w.step, w.offset)
}
