package window

import (
	"sort"

	"github.com/velocsql/veloc/runtime/event"
)

// Slide is the window of one key that moves from row to row. Its state is that of
// the rows from At less the size to At, both inclusive.
type Slide[K comparable, S, R any] struct {
	Key   K
	State S
	At    event.Time // of the row whose window it is

	rows []slid[R] // by time, those of one time in order of arrival
	// The state has the rows lo..hi. Under Close the windows of those from hi on
	// have not come out.
	lo, hi int

	hash uint64
	next *Slide[K, S, R] // with the same slot
	due  event.Time      // as the calendar knows it: it may be later by now
	seq  uint64          // order of the keys
	heap int             // place in the calendar
}

// slid is a row and its event time.
type slid[R any] struct {
	t   event.Time
	row R
}

// Sliding has a window for each time at which a key has a row: the rows of the key
// from size before it to its own time. A window closes when the watermark has
// passed its time by more than the grace period. Rows enter the state of their key
// and leave it again, in the order of their times, so that a row costs the same
// however many there are in a window.
type Sliding[K comparable, S, R any] struct {
	size, grace  int64
	enter, leave func(*Slide[K, S, R], *R)
	final        bool // windows come out when they close

	slots    []*Slide[K, S, R] // by hash of the key
	calendar []*Slide[K, S, R] // a heap by due, then by the order of the keys
	seq      uint64
	closed   event.Time // the highest watermark so far
	free     []*Slide[K, S, R]
}

// Init sets the size and the grace period, and what a row does to the state of its
// key when it enters the window and when it leaves it.
func (w *Sliding[K, S, R]) Init(size, grace int64, enter, leave func(*Slide[K, S, R], *R)) {
	w.size, w.grace, w.enter, w.leave = size, grace, enter, leave
	w.closed = event.Earliest
	w.slots = make([]*Slide[K, S, R], 16)
}

// Watermark returns the watermark at which windows have been closed last.
func (w *Sliding[K, S, R]) Watermark() event.Time { return w.closed }

// Window returns the window of a row.
func (w *Sliding[K, S, R]) Window(t event.Time) (start, end event.Time) {
	return event.Back(t, w.size), t
}

// Closed reports whether the window of a row at t has closed: the row is late.
func (w *Sliding[K, S, R]) Closed(t event.Time) bool { return event.Ahead(t, w.grace) < w.closed }

// Next returns the first watermark after the given one at which some window may
// close: that of the next row may be the next to.
func (w *Sliding[K, S, R]) Next(watermark event.Time) event.Time { return event.Ahead(watermark, 1) }

// Open returns how many keys have rows.
func (w *Sliding[K, S, R]) Open() int { return len(w.calendar) }

// Find returns the window of a key, nil if it has no rows.
func (w *Sliding[K, S, R]) Find(hash uint64, key K) *Slide[K, S, R] {
	s := w.slots[hash&uint64(len(w.slots)-1)]
	for s != nil && (s.hash != hash || s.Key != key) {
		s = s.next
	}
	return s
}

// New makes a window for a key that has none. It keeps the key, which must own its
// memory. A row has to follow.
func (w *Sliding[K, S, R]) New(hash uint64, key K) *Slide[K, S, R] {
	if len(w.calendar) >= len(w.slots) {
		w.resize(2 * len(w.slots))
	}
	s := &Slide[K, S, R]{}
	if n := len(w.free); n > 0 {
		s = w.free[n-1]
		w.free = w.free[:n-1]
	}
	w.seq++
	slot := &w.slots[hash&uint64(len(w.slots)-1)]
	s.Key, s.hash, s.next, s.seq, s.due, s.heap = key, hash, *slot, w.seq, event.Latest, len(w.calendar)
	*slot = s
	w.calendar = append(w.calendar, s)
	return s
}

func (w *Sliding[K, S, R]) resize(n int) {
	old := w.slots
	w.slots = make([]*Slide[K, S, R], n)
	for _, s := range old {
		for s != nil {
			next := s.next
			slot := &w.slots[s.hash&uint64(n-1)]
			s.next, *slot = *slot, s
			s = next
		}
	}
}

// Add keeps a row at t, which must own its memory, until its window closes.
func (w *Sliding[K, S, R]) Add(s *Slide[K, S, R], t event.Time, row R) {
	w.final = true
	w.put(s, t, row)
	w.plan(s)
}

// Change takes a row at t, which must own its memory, and calls emit for all
// windows that have it, the oldest first. Windows after t have it if it is out of
// order.
func (w *Sliding[K, S, R]) Change(s *Slide[K, S, R], t event.Time, row R, emit func(*Slide[K, S, R])) {
	i := w.put(s, t, row)
	until := event.Ahead(t, w.size)
	for i < len(s.rows) && s.rows[i].t <= until {
		w.move(s, s.rows[i].t)
		emit(s)
		i = s.hi
	}
	w.trim(s, event.Back(event.Back(w.closed, w.grace), w.size))
	w.plan(s)
}

// put puts a row in its place and returns that.
func (w *Sliding[K, S, R]) put(s *Slide[K, S, R], t event.Time, row R) int {
	i := len(s.rows)
	s.rows = append(s.rows, slid[R]{t, row})
	if i > 0 && s.rows[i-1].t > t {
		i = sort.Search(i, func(i int) bool { return s.rows[i].t > t })
		copy(s.rows[i+1:], s.rows[i:])
		s.rows[i] = slid[R]{t, row}
	}
	if i < s.hi {
		s.hi++
		if i < s.lo {
			s.lo++
		} else {
			w.enter(s, &s.rows[i].row)
		}
	}
	return i
}

// move makes the state that of the window of a row at t.
func (w *Sliding[K, S, R]) move(s *Slide[K, S, R], t event.Time) {
	from := event.Back(t, w.size)
	for s.hi < len(s.rows) && s.rows[s.hi].t <= t {
		w.enter(s, &s.rows[s.hi].row)
		s.hi++
	}
	for s.lo > 0 && s.rows[s.lo-1].t >= from {
		s.lo--
		w.enter(s, &s.rows[s.lo].row)
	}
	for s.rows[s.hi-1].t > t {
		s.hi--
		w.leave(s, &s.rows[s.hi].row)
	}
	for s.rows[s.lo].t < from {
		w.leave(s, &s.rows[s.lo].row)
		s.lo++
	}
	s.At = t
}

// trim forgets rows before a time that have left the state. They are moved out of
// the way when they are half of all.
func (w *Sliding[K, S, R]) trim(s *Slide[K, S, R], before event.Time) {
	n := s.lo
	if n < 8 || n < len(s.rows)-n {
		return
	}
	for n > 0 && s.rows[n-1].t >= before {
		n--
	}
	if n == 0 {
		return
	}
	left := copy(s.rows, s.rows[n:])
	clear(s.rows[left:])
	s.rows = s.rows[:left]
	s.lo -= n
	s.hi -= n
}

// dueAt is the last watermark at which nothing happens to a key: its next window
// closes after it, or no later window has its rows.
func (w *Sliding[K, S, R]) dueAt(s *Slide[K, S, R]) event.Time {
	if w.final && s.hi < len(s.rows) {
		return event.Ahead(s.rows[s.hi].t, w.grace)
	}
	return event.Ahead(event.Ahead(s.rows[len(s.rows)-1].t, w.size), w.grace)
}

// plan makes the calendar know a key's next time if it is earlier than it thinks.
func (w *Sliding[K, S, R]) plan(s *Slide[K, S, R]) {
	if due := w.dueAt(s); due < s.due {
		s.due = due
		w.up(s.heap)
	}
}

// Close closes the windows whose time the watermark has passed by more than the
// grace period, the oldest first, and calls emit for each.
func (w *Sliding[K, S, R]) Close(watermark event.Time, emit func(*Slide[K, S, R])) {
	w.closed = max(w.closed, watermark)
	for len(w.calendar) > 0 {
		s := w.calendar[0]
		if s.due >= watermark && watermark < event.Latest {
			return
		}
		if due := w.dueAt(s); due > s.due {
			s.due = due
			w.down(0)
			continue
		}
		if w.final && s.hi < len(s.rows) {
			w.move(s, s.rows[s.hi].t)
			emit(s)
			w.trim(s, event.Latest)
			s.due = w.dueAt(s)
			w.down(0)
			continue
		}
		w.remove(s)
	}
}

// Drop closes windows as Close does, without a result: they have been emitted with
// every change.
func (w *Sliding[K, S, R]) Drop(watermark event.Time) { w.Close(watermark, nil) }

// remove forgets the first key of the calendar.
func (w *Sliding[K, S, R]) remove(s *Slide[K, S, R]) {
	at := &w.slots[s.hash&uint64(len(w.slots)-1)]
	for *at != s {
		at = &(*at).next
	}
	*at = s.next
	last := len(w.calendar) - 1
	w.calendar[0], w.calendar[last] = w.calendar[last], nil
	w.calendar = w.calendar[:last]
	if last > 0 {
		w.calendar[0].heap = 0
		w.down(0)
	}
	if len(w.free) <= len(w.calendar)+spare {
		rows := s.rows
		clear(rows)
		*s = Slide[K, S, R]{}
		if cap(rows) <= maxSpareRows {
			s.rows = rows[:0]
		}
		w.free = append(w.free, s)
	}
	if n := len(w.slots) / 2; n >= 16 && len(w.calendar) < n/4 {
		w.resize(n)
	}
}

// maxSpareRows is for how many rows the memory of a key is used again.
const maxSpareRows = 64

func (s *Slide[K, S, R]) before(o *Slide[K, S, R]) bool {
	return s.due < o.due || s.due == o.due && s.seq < o.seq
}

func (w *Sliding[K, S, R]) swap(i, j int) {
	c := w.calendar
	c[i], c[j] = c[j], c[i]
	c[i].heap, c[j].heap = i, j
}

func (w *Sliding[K, S, R]) up(i int) {
	for i > 0 {
		p := (i - 1) / 2
		if !w.calendar[i].before(w.calendar[p]) {
			return
		}
		w.swap(i, p)
		i = p
	}
}

func (w *Sliding[K, S, R]) down(i int) {
	c := w.calendar
	for {
		k := 2*i + 1
		if k+1 < len(c) && c[k+1].before(c[k]) {
			k++
		}
		if k >= len(c) || !c[k].before(c[i]) {
			return
		}
		w.swap(i, k)
		i = k
	}
}
