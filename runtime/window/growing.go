package window

import (
	"math"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Growing has the windows of Cumulate, for groups whose states can be put together:
// a row is counted once, in the slice of time that it lies in, which is as long as a
// step. Each window is the one before it, which began with it, and a slice more.
//
// States must be values: a copy of one is a state of its own.
type Growing[K comparable, S any] struct {
	step, size, offset int64
	last               *Pane[K, S] // the slice of the last row
	from               event.Time  // the start of last
	next               event.Time  // no window that ends before comes out any more
	whole              Groups[K, S]
	start              event.Time // of the window in whole
	grown              bool       // there is a window in whole, which has come out and grows on
	watermark          event.Time
	delay              int64 // the grace period
	panes[K, S]              // the slices, which close with the first window that they are in
}

// Init sets step, size, offset and grace period. The size is a multiple of the
// step.
func (w *Growing[K, S]) Init(step, size, offset, grace int64) {
	w.step, w.size, w.offset, w.delay = step, size, offset, grace
	w.next, w.watermark = event.Earliest, event.Earliest
	w.init(0)
}

// At returns the slice of a row, nil if all windows of the row have closed already:
// it is late.
func (w *Growing[K, S]) At(t event.Time) *Pane[K, S] {
	if p := w.last; p != nil && uint64(t-w.from) < uint64(w.step) {
		return p
	}
	return w.find(t)
}

// find looks for the slice of t and opens it if need be. A row whose own slice has
// closed counts in the next one of its windows that comes out.
func (w *Growing[K, S]) find(t event.Time) *Pane[K, S] {
	start := Floor(t, w.step, w.offset)
	if w.next != event.Earliest && start < w.next-w.step {
		start = w.next - w.step
		if Floor(t, w.size, w.offset) != Floor(start, w.size, w.offset) {
			return nil
		}
		return w.get(number(start, w.step, w.offset), start, w.next)
	}
	p := w.get(number(t, w.step, w.offset), start, event.Ahead(start, w.step))
	if p != nil {
		w.last, w.from = p, start
	}
	return p
}

// Close closes the windows that end, with grace, at or before the watermark, the
// oldest first, and calls emit for each of their groups. merge adds the second
// state to the first.
func (w *Growing[K, S]) Close(watermark event.Time, merge func(g, h *S), emit func(start, end event.Time, e *state.Entry[K, S])) {
	w.CloseEach(watermark, merge, emit, func() {})
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Growing[K, S]) CloseEach(watermark event.Time, merge func(g, h *S), emit func(start, end event.Time, e *state.Entry[K, S]), done func()) {
	for w.grown || len(w.open) > 0 {
		end := w.next
		if !w.grown {
			end = max(end, w.open[0].Start+w.step)
		}
		if event.Ahead(end, w.delay) > watermark {
			break
		}
		if !w.grown {
			w.start, w.grown = Floor(w.open[0].Start, w.size, w.offset), true
		}
		w.close(end, func(p *Pane[K, S]) { w.whole.take(&p.Groups, merge) })
		w.last = nil
		groups := w.whole.All()
		for i := range groups {
			emit(w.start, end, &groups[i])
		}
		done()
		w.next = end + w.step
		if end == w.start+w.size {
			w.whole.reset()
			w.grown = false
		}
	}
	w.watermark = max(w.watermark, watermark)
	if after := w.Next(watermark); after < event.Latest && after > math.MinInt64+w.delay+1 {
		w.next = max(w.next, after-w.delay)
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Growing[K, S]) Next(watermark event.Time) event.Time {
	next := w.panes.next(event.Back(watermark, w.delay), w.step, w.offset)
	return event.Ahead(next, w.delay)
}

// Watermark returns the watermark at which windows have been closed last.
func (w *Growing[K, S]) Watermark() event.Time { return w.watermark }

// Window returns the last window that a row belongs to.
func (w *Growing[K, S]) Window(t event.Time) (start, end event.Time) {
	start = Floor(t, w.size, w.offset)
	return start, event.Ahead(start, w.size)
}
