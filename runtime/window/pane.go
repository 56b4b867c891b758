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
)

// Pane is one open window with its groups.
type Pane[K comparable, S any] struct {
	End    event.Time
	Groups Groups[K, S] // after End, so that a row looks at one line of the cache
	Start  event.Time
	Fired  bool // its groups have been emitted, and late rows emit them again

	number  int64
	changed *[]int32 // groups whose results wait to be emitted, by index
	_       [16]byte // to a size that the allocator aligns to lines
}

// panes are the open windows of a kind in which no two windows have the same
// end: all but sessions. They are found by their end and close in its order.
type panes[K comparable, S any] struct {
	grace int64
	open  []*Pane[K, S] // by end
	// ring has the open windows by their number, as far as it has room: windows
	// are numbered in the order of their ends. The others are in far.
	ring   []*Pane[K, S]
	far    map[event.Time]*Pane[K, S] // by end
	free   []*Pane[K, S]              // closed ones whose memory is used again
	closed event.Time                 // windows that end (with grace) at or before this are closed
}

func (w *panes[K, S]) init(grace int64) {
	w.grace = grace
	w.ring = make([]*Pane[K, S], 64)
	w.far = map[event.Time]*Pane[K, S]{}
	w.closed = event.Earliest
}

// maxRing is how many windows the ring has room for.
const maxRing = 1 << 16

// get returns window number n, from start to end, which it opens if need be; nil if
// it has closed already.
func (w *panes[K, S]) get(n int64, start, end event.Time) *Pane[K, S] {
	if p := w.ring[n&int64(len(w.ring)-1)]; p != nil && p.End == end {
		return p
	}
	if event.Ahead(end, w.grace) <= w.closed {
		return nil
	}
	if len(w.far) > 0 {
		if p := w.far[end]; p != nil {
			return p
		}
	}
	p := w.fresh()
	p.Start, p.End, p.number = start, end, n
	p.Fired = end <= w.closed // else its first row would wait for the next window to fire
	w.place(p)
	i := len(w.open)
	if i > 0 && w.open[i-1].End > end {
		i = sort.Search(i, func(i int) bool { return w.open[i].End > end })
	}
	w.open = append(w.open, nil)
	copy(w.open[i+1:], w.open[i:])
	w.open[i] = p
	return p
}

// place makes a window known by its number. If its place in the ring is taken,
// the ring grows; one that would hardly be filled does not.
func (w *panes[K, S]) place(p *Pane[K, S]) {
	at := &w.ring[p.number&int64(len(w.ring)-1)]
	if *at == nil || *at == p {
		*at = p
		return
	}
	if len(w.ring) >= maxRing || len(w.ring) > 8*len(w.open) {
		w.far[p.End] = p
		return
	}
	w.ring = make([]*Pane[K, S], 2*len(w.ring))
	clear(w.far)
	for _, o := range w.open {
		w.place(o)
	}
	w.place(p)
}

// remove takes a closed window out of the ring.
func (w *panes[K, S]) remove(p *Pane[K, S]) {
	if at := &w.ring[p.number&int64(len(w.ring)-1)]; *at == p {
		*at = nil
		return
	}
	delete(w.far, p.End)
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
		p.Groups.reset()
		w.remove(p)
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

// number is the number of the window of a size that t lies in.
func number(t event.Time, size, offset int64) int64 {
	n := (t - offset) / size
	if (t-offset)%size < 0 {
		n--
	}
	return n
}

// Hops returns how many windows of a size that begin every advance t lies in.
func Hops(t event.Time, size, advance, offset int64) int64 {
	return number(t, advance, offset) - number(t, advance, offset+size)
}

// Steps returns how many windows of CUMULATE t lies in.
func Steps(t event.Time, step, size, offset int64) int64 {
	return (Floor(t, size, offset) + size - Floor(t, step, offset)) / step
}
