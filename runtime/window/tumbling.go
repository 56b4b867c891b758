package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Tumbling divides time into windows of one size, [Start, Start+size), aligned
// to the epoch plus an offset.
type Tumbling[K comparable, S any] struct {
	size, offset int64
	from         event.Time
	last         *Pane[K, S] // the window of the last row, which starts then
	panes[K, S]
}

// Init sets size, offset and grace period.
func (w *Tumbling[K, S]) Init(size, offset, grace int64) {
	w.size, w.offset = size, offset
	w.init(grace)
}

// At returns the window of a row, nil if it has closed already: the row is late.
func (w *Tumbling[K, S]) At(t event.Time) *Pane[K, S] {
	if p := w.last; p != nil && uint64(t-w.from) < uint64(w.size) {
		return p
	}
	return w.find(t)
}

// find looks for the window of t among the open ones and opens it if need be.
func (w *Tumbling[K, S]) find(t event.Time) *Pane[K, S] {
	n := number(t, w.size, w.offset)
	start := n*w.size + w.offset
	p := w.get(n, start, event.Ahead(start, w.size))
	if p != nil {
		w.last, w.from = p, start
	}
	return p
}

// Close closes the windows that end, with grace, at or before the watermark,
// the oldest first, and calls emit for each of their groups in order of arrival.
func (w *Tumbling[K, S]) Close(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	if w.close(watermark, emitStarts(emit)) {
		w.last = nil
	}
}

// emitStarts calls emit for each group of a window of a fixed size.
func emitStarts[K comparable, S any](emit func(start event.Time, e *state.Entry[K, S])) func(*Pane[K, S]) {
	return func(p *Pane[K, S]) {
		groups := p.Groups.All()
		for i := range groups {
			emit(p.Start, &groups[i])
		}
	}
}

// Drop closes windows as Close does, without a result: their groups have been
// emitted with every change.
func (w *Tumbling[K, S]) Drop(watermark event.Time) {
	if w.close(watermark, func(*Pane[K, S]) {}) {
		w.last = nil
	}
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Tumbling[K, S]) CloseEach(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S]), done func()) {
	each := emitStarts(emit)
	if w.close(watermark, func(p *Pane[K, S]) { each(p); done() }) {
		w.last = nil
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Tumbling[K, S]) Next(watermark event.Time) event.Time {
	return w.next(watermark, w.size, w.offset)
}
