package window

import (
	"math"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Sliced has the windows of Hopping, for groups whose states can be put together. A
// row is counted once, in the slice of time that it lies in, which is as long as the
// advance. A window is put together from its slices when it closes.
//
// States must be values: a copy of one is a state of its own.
type Sliced[K comparable, S any] struct {
	size, advance, offset int64
	begin                 event.Time // no window starts before
	from                  event.Time
	last                  *Pane[K, S] // the slice of the last row, which starts then
	next                  event.Time  // no window that ends before comes out any more
	whole                 Groups[K, S]
	// The slices. A slice ends, for its pane, when the last window that it is part
	// of does: it takes rows until then.
	panes[K, S]
}

// Init sets size, advance, offset and grace period. The size is a multiple of the
// advance.
func (w *Sliced[K, S]) Init(size, advance, offset, grace int64) {
	w.size, w.advance, w.offset = size, advance, offset
	w.begin, w.next = event.Earliest, event.Earliest
	w.init(grace)
}

// Begin makes the first window the one that starts at t.
func (w *Sliced[K, S]) Begin(t event.Time) { w.begin = t }

// At returns the slice of a row, nil if all windows of the row have closed already:
// it is late.
func (w *Sliced[K, S]) At(t event.Time) *Pane[K, S] {
	if p := w.last; p != nil && uint64(t-w.from) < uint64(w.advance) {
		return p
	}
	return w.find(t)
}

// find looks for the slice of t and opens it if need be.
func (w *Sliced[K, S]) find(t event.Time) *Pane[K, S] {
	n := number(t, w.advance, w.offset)
	start := n*w.advance + w.offset
	if start < w.begin {
		return nil
	}
	p := w.get(n, start, event.Ahead(start, w.size))
	if p != nil {
		w.last, w.from = p, start
	}
	return p
}

// Close closes the windows that end, with grace, at or before the watermark, the
// oldest first, and calls emit for each of their groups. merge adds the second
// state to the first.
func (w *Sliced[K, S]) Close(watermark event.Time, merge func(g, h *S), emit func(start event.Time, e *state.Entry[K, S])) {
	w.CloseEach(watermark, merge, emit, func() {})
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Sliced[K, S]) CloseEach(watermark event.Time, merge func(g, h *S), emit func(start event.Time, e *state.Entry[K, S]), done func()) {
	for len(w.open) > 0 {
		end := max(w.next, w.open[0].Start+w.advance)
		if event.Ahead(end, w.grace) > watermark {
			break
		}
		if start := end - w.size; start >= w.begin {
			for _, p := range w.open {
				if p.Start >= end {
					break
				}
				w.whole.take(&p.Groups, merge)
			}
			groups := w.whole.All()
			for i := range groups {
				emit(start, &groups[i])
			}
			w.whole.reset()
			done()
		}
		w.next = end + w.advance
		w.close(event.Ahead(end, w.grace), func(*Pane[K, S]) {}) // slices that no other window has
		w.last = nil
	}
	w.closed = max(w.closed, watermark)
	if after := w.Next(watermark); after < event.Latest && after > math.MinInt64+w.grace+1 {
		w.next = max(w.next, after-w.grace)
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Sliced[K, S]) Next(watermark event.Time) event.Time {
	return w.panes.next(watermark, w.advance, w.offset+w.size)
}

// Window returns the last window that a row belongs to.
func (w *Sliced[K, S]) Window(t event.Time) (start, end event.Time) {
	start = Floor(t, w.advance, w.offset)
	return start, event.Ahead(start, w.size)
}
