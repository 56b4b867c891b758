package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// overlapping are the open windows of a kind in which a row is in several.
type overlapping[K comparable, S any] struct {
	// at are the open windows of the last row, the oldest first, and of all rows
	// from .. from+length.
	at     []*Pane[K, S]
	from   event.Time
	length uint64
	panes[K, S]
}

// forget makes the next row look for its windows anew.
func (w *overlapping[K, S]) forget() { w.length = 0 }

// Hopping has windows of one size that begin every advance, aligned to the epoch
// plus an offset: a row is in about size/advance of them.
type Hopping[K comparable, S any] struct {
	size, advance, offset int64
	begin                 event.Time // no window starts before
	overlapping[K, S]
}

// Init sets size, advance, offset and grace period. The advance is no longer
// than the size.
func (w *Hopping[K, S]) Init(size, advance, offset, grace int64) {
	w.size, w.advance, w.offset = size, advance, offset
	w.begin = event.Earliest
	w.init(grace)
}

// Begin makes the first window the one that starts at t.
func (w *Hopping[K, S]) Begin(t event.Time) { w.begin = t }

// At returns the windows of a row, the oldest first, without those that have
// closed already. If there are none, the row is late. The slice is valid until
// the next call.
func (w *Hopping[K, S]) At(t event.Time) []*Pane[K, S] {
	if uint64(t-w.from) < w.length {
		return w.at
	}
	return w.find(t)
}

// find looks for the windows of t and opens those that are not.
func (w *Hopping[K, S]) find(t event.Time) []*Pane[K, S] {
	w.at = w.at[:0]
	last := Floor(t, w.advance, w.offset) // the latest start
	n := number(t, w.advance, w.offset+w.size)
	ended := n*w.advance + w.offset + w.size // the latest end at or before t
	for start := ended + w.advance - w.size; start <= last; start += w.advance {
		n++
		if start < w.begin {
			continue
		}
		if p := w.get(n, start, event.Ahead(start, w.size)); p != nil {
			w.at = append(w.at, p)
		}
	}
	w.from = max(last, ended)
	w.length = uint64(min(last, ended) + w.advance - w.from)
	return w.at
}

// Close closes the windows that end, with grace, at or before the watermark,
// the oldest first, and calls emit for each of their groups in order of arrival.
func (w *Hopping[K, S]) Close(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	if w.close(watermark, emitStarts(emit)) {
		w.forget()
	}
}

// Drop closes windows as Close does, without a result.
func (w *Hopping[K, S]) Drop(watermark event.Time) {
	if w.close(watermark, func(*Pane[K, S]) {}) {
		w.forget()
	}
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Hopping[K, S]) CloseEach(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S]), done func()) {
	each := emitStarts(emit)
	if w.close(watermark, func(p *Pane[K, S]) { each(p); done() }) {
		w.forget()
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Hopping[K, S]) Next(watermark event.Time) event.Time {
	return w.next(watermark, w.advance, w.offset+w.size)
}
