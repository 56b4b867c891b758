// Package window keeps the state of windowed groups: which windows are open,
// to which one a row belongs, and which close when the watermark moves.
//
// Times and lengths are microseconds.
package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Pane is one open window with its groups.
type Pane[K comparable, S any] struct {
	Start  event.Time
	Groups state.Table[K, S]
}

// Tumbling divides time into windows of one size, [Start, Start+size), aligned
// to the epoch plus an offset. A window closes when the watermark reaches its
// end plus the grace period.
type Tumbling[K comparable, S any] struct {
	size, offset, grace int64

	last   *Pane[K, S]   // the window of the last row
	open   []*Pane[K, S] // by start
	free   []*Pane[K, S] // closed ones whose memory is used again
	closed event.Time    // windows that end (with grace) at or before this are closed
}

// Init sets size, offset and grace period.
func (w *Tumbling[K, S]) Init(size, offset, grace int64) {
	w.size, w.offset, w.grace = size, offset, grace
	w.closed = event.Earliest
}

// At returns the window of a row, nil if it has closed already: the row is late.
func (w *Tumbling[K, S]) At(t event.Time) *Pane[K, S] {
	if p := w.last; p != nil && uint64(t-p.Start) < uint64(w.size) {
		return p
	}
	return w.find(t)
}

// find looks for the window of t among the open ones and opens it if need be.
func (w *Tumbling[K, S]) find(t event.Time) *Pane[K, S] {
	start := Floor(t, w.size, w.offset)
	if w.end(start) <= w.closed {
		return nil
	}
	i := len(w.open)
	for i > 0 && w.open[i-1].Start > start {
		i--
	}
	if i > 0 && w.open[i-1].Start == start {
		w.last = w.open[i-1]
		return w.last
	}
	p := w.fresh(start)
	w.open = append(w.open, nil)
	copy(w.open[i+1:], w.open[i:])
	w.open[i] = p
	w.last = p
	return p
}

func (w *Tumbling[K, S]) fresh(start event.Time) *Pane[K, S] {
	if n := len(w.free); n > 0 {
		p := w.free[n-1]
		w.free = w.free[:n-1]
		p.Start = start
		return p
	}
	return &Pane[K, S]{Start: start}
}

// end is when the window that begins at start closes. It does not overflow.
func (w *Tumbling[K, S]) end(start event.Time) event.Time {
	if start > event.Latest-w.size-w.grace {
		return event.Latest
	}
	return start + w.size + w.grace
}

// Close closes the windows that end, with grace, at or before the watermark,
// the oldest first, and calls emit for each of their groups in order of arrival.
func (w *Tumbling[K, S]) Close(watermark event.Time, emit func(start event.Time, e *state.Entry[K, S])) {
	n := 0
	for n < len(w.open) && w.end(w.open[n].Start) <= watermark {
		p := w.open[n]
		groups := p.Groups.All()
		for i := range groups {
			emit(p.Start, &groups[i])
		}
		p.Groups.Reset()
		w.free = append(w.free, p)
		n++
	}
	if n > 0 {
		w.open = append(w.open[:0], w.open[n:]...)
		w.last = nil
	}
	w.closed = max(w.closed, watermark)
}

// Drop closes windows as Close does, without a result: their groups have been
// emitted with every change.
func (w *Tumbling[K, S]) Drop(watermark event.Time) {
	w.Close(watermark, func(event.Time, *state.Entry[K, S]) {})
}

// CloseAll closes every window at the end of input.
func (w *Tumbling[K, S]) CloseAll(emit func(start event.Time, e *state.Entry[K, S])) {
	w.Close(event.Latest, emit)
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Tumbling[K, S]) Next(watermark event.Time) event.Time {
	if watermark <= event.Earliest+w.size+w.grace {
		return event.Earliest + 1 // before the first row: look again when there is one
	}
	if watermark >= event.Latest-w.size-w.grace {
		return event.Latest
	}
	return Floor(watermark-w.grace, w.size, w.offset) + w.size + w.grace
}

// Open returns how many windows are open.
func (w *Tumbling[K, S]) Open() int { return len(w.open) }

// Floor returns the start of the window of a size that t lies in, for times
// before the epoch too.
func Floor(t event.Time, size, offset int64) event.Time {
	r := (t - offset) % size
	if r < 0 {
		r += size
	}
	return t - r
}
