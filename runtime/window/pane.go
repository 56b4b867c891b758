// Package window keeps the state of windowed groups: which windows are open,
// to which ones a row belongs, and which close when the watermark moves.
//
// Times and lengths are microseconds. A window is half-open, [Start, End), and
// closes when the watermark reaches its end plus the grace period. The memory of
// a closed window is used again.
package window

import (
	"sort"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Pane is one open window with its groups.
type Pane[K comparable, S any] struct {
	Start, End event.Time
	Groups     state.Table[K, S]
	Fired      bool // its groups have been emitted, and late rows emit them again
}

// panes are the open windows of a kind in which no two windows have the same
// end: all but sessions. They are found by their end and close in its order.
type panes[K comparable, S any] struct {
	grace  int64
	open   []*Pane[K, S] // by end
	byEnd  map[event.Time]*Pane[K, S]
	free   []*Pane[K, S] // closed ones whose memory is used again
	closed event.Time    // windows that end (with grace) at or before this are closed
}

func (w *panes[K, S]) init(grace int64) {
	w.grace = grace
	w.byEnd = map[event.Time]*Pane[K, S]{}
	w.closed = event.Earliest
}

// get returns the window from start to end, which it opens if need be; nil if
// it has closed already.
func (w *panes[K, S]) get(start, end event.Time) *Pane[K, S] {
	if event.Ahead(end, w.grace) <= w.closed {
		return nil
	}
	if p := w.byEnd[end]; p != nil {
		return p
	}
	p := w.fresh()
	p.Start, p.End, p.Fired = start, end, false
	i := len(w.open)
	if i > 0 && w.open[i-1].End > end {
		i = sort.Search(i, func(i int) bool { return w.open[i].End > end })
	}
	w.open = append(w.open, nil)
	copy(w.open[i+1:], w.open[i:])
	w.open[i] = p
	w.byEnd[end] = p
	return p
}

func (w *panes[K, S]) fresh() *Pane[K, S] {
	if n := len(w.free); n > 0 {
		p := w.free[n-1]
		w.free = w.free[:n-1]
		return p
	}
	return &Pane[K, S]{}
}

// close closes the windows that end, with grace, at or before the watermark, the
// oldest first, and calls emit for each. It reports whether there were any.
func (w *panes[K, S]) close(watermark event.Time, emit func(*Pane[K, S])) bool {
	w.closed = max(w.closed, watermark)
	n := 0
	for n < len(w.open) && event.Ahead(w.open[n].End, w.grace) <= watermark {
		p := w.open[n]
		emit(p)
		p.Groups.Reset()
		delete(w.byEnd, p.End)
		if len(w.free) < 2+len(w.open)-n {
			w.free = append(w.free, p)
		}
		n++
	}
	if n == 0 {
		return false
	}
	left := copy(w.open, w.open[n:])
	clear(w.open[left:])
	w.open = w.open[:left]
	return true
}

// closeAll closes every window at the end of input.
func (w *panes[K, S]) closeAll(emit func(*Pane[K, S])) { w.close(event.Latest, emit) }

// Open returns how many windows are open.
func (w *panes[K, S]) Open() int { return len(w.open) }

// next returns the first watermark after the given one at which some window
// closes, open or not, if windows end every step from offset on.
func (w *panes[K, S]) next(watermark event.Time, step, offset int64) event.Time {
	if watermark <= event.Earliest+2*step+w.grace {
		return event.Earliest + 1 // before the first row: look again when there is one
	}
	if watermark >= event.Latest-step-w.grace {
		return event.Latest
	}
	return Floor(watermark-w.grace, step, offset) + step + w.grace
}

// Floor returns the start of the window of a size that t lies in, for times
// before the epoch too.
func Floor(t event.Time, size, offset int64) event.Time {
	r := (t - offset) % size
	if r < 0 {
		r += size
	}
	return t - r
}
