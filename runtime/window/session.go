package window

import (
	"sort"

	"github.com/velocsql/veloc/runtime/event"
)

// Session is one open session of a key. Its rows are no more than the gap apart.
type Session[K comparable, S any] struct {
	Key         K
	State       S
	Start, Last event.Time // of its first and last row

	owner *sessions[K, S] // nil when it has been joined to another
	due   event.Time      // as the calendar knows it: the session has perhaps grown since
	seq   uint64          // order of opening
}

// sessions are the open sessions of a key, in order. They do not touch.
type sessions[K comparable, S any] struct {
	key  K
	hash uint64
	list []*Session[K, S]
	next *sessions[K, S] // with the same slot
}

// Sessions groups the rows of a key that are at most a gap apart, inclusive. A
// session closes when the watermark has passed its last row by more than the gap
// and the grace period.
type Sessions[K comparable, S any] struct {
	gap, grace int64
	slots      []*sessions[K, S] // by hash of the key
	keys       int
	calendar   []*Session[K, S] // a heap by due, then by order of opening
	seq        uint64
	open       int
	closed     event.Time // the highest watermark so far
	free       []*Session[K, S]
	freeKeys   []*sessions[K, S]
}

// Init sets the gap and the grace period.
func (w *Sessions[K, S]) Init(gap, grace int64) {
	w.gap, w.grace = gap, grace
	w.closed = event.Earliest
	w.slots = make([]*sessions[K, S], 16)
}

// Covers reports whether t lies between the first and the last row.
func (s *Session[K, S]) Covers(t event.Time) bool { return s.Start <= t && t <= s.Last }

// Find returns the open session of a key that a row at t belongs to, nil if there
// is none, and the one after it if the row makes one session of both.
func (w *Sessions[K, S]) Find(hash uint64, key K, t event.Time) (s, later *Session[K, S]) {
	of := w.of(hash, key)
	if of == nil {
		return nil, nil
	}
	from := event.Back(t, w.gap)
	i := len(of.list) - 1
	if i > 0 && of.list[i-1].Last >= from { // not only the newest is within reach
		i = sort.Search(i, func(i int) bool { return of.list[i].Last >= from })
	}
	if s = of.list[i]; s.Last < from || event.Back(s.Start, w.gap) > t {
		return nil, nil
	}
	if i+1 < len(of.list) && event.Back(of.list[i+1].Start, w.gap) <= t {
		later = of.list[i+1]
	}
	return s, later
}

// of returns the open sessions of a key, nil if there are none.
func (w *Sessions[K, S]) of(hash uint64, key K) *sessions[K, S] {
	of := w.slots[hash&uint64(len(w.slots)-1)]
	for of != nil && (of.hash != hash || of.key != key) {
		of = of.next
	}
	return of
}

// Closed reports whether a session of a row at t alone would have closed: the row
// is late.
func (w *Sessions[K, S]) Closed(t event.Time) bool { return w.due(t) < w.closed }

// due is the last watermark at which a session whose last row is at t is open.
func (w *Sessions[K, S]) due(t event.Time) event.Time { return event.Ahead(t, w.gap+w.grace) }

// New opens a session for a row at t that Find found none for. It keeps the key,
// which must own its memory.
func (w *Sessions[K, S]) New(hash uint64, key K, t event.Time) *Session[K, S] {
	of := w.of(hash, key)
	if of == nil {
		of = w.newKey(hash, key)
	}
	s := &Session[K, S]{}
	if n := len(w.free); n > 0 {
		s = w.free[n-1]
		w.free = w.free[:n-1]
	}
	w.seq++
	w.open++
	s.Key, s.Start, s.Last, s.owner, s.seq, s.due = of.key, t, t, of, w.seq, w.due(t)
	i := len(of.list)
	if i > 0 && of.list[i-1].Start > t {
		i = sort.Search(i, func(i int) bool { return of.list[i].Start > t })
	}
	of.list = append(of.list, nil)
	copy(of.list[i+1:], of.list[i:])
	of.list[i] = s
	w.calendar = append(w.calendar, s)
	w.up(len(w.calendar) - 1)
	return s
}

func (w *Sessions[K, S]) newKey(hash uint64, key K) *sessions[K, S] {
	if w.keys >= len(w.slots) {
		w.resize(2 * len(w.slots))
	}
	of := &sessions[K, S]{}
	if n := len(w.freeKeys); n > 0 {
		of = w.freeKeys[n-1]
		w.freeKeys = w.freeKeys[:n-1]
	}
	slot := &w.slots[hash&uint64(len(w.slots)-1)]
	of.key, of.hash, of.next = key, hash, *slot
	*slot = of
	w.keys++
	return of
}

func (w *Sessions[K, S]) resize(n int) {
	old := w.slots
	w.slots = make([]*sessions[K, S], n)
	for _, of := range old {
		for of != nil {
			next := of.next
			slot := &w.slots[of.hash&uint64(n-1)]
			of.next, *slot = *slot, of
			of = next
		}
	}
}

// Extend makes a session reach to a row at t.
func (w *Sessions[K, S]) Extend(s *Session[K, S], t event.Time) {
	s.Start, s.Last = min(s.Start, t), max(s.Last, t)
}

// Join makes one session of s and the one after it, whose state the caller has
// taken over.
func (w *Sessions[K, S]) Join(s, later *Session[K, S]) {
	s.Last = later.Last
	w.leave(later)
	var none S
	later.State, later.owner = none, nil // the calendar still has it
}

// leave takes a session out of those of its key.
func (w *Sessions[K, S]) leave(s *Session[K, S]) {
	w.open--
	of := s.owner
	if of.list[0] == s { // sessions mostly close in order
		of.list[0] = nil
		of.list = of.list[1:]
	} else {
		i := sort.Search(len(of.list), func(i int) bool { return of.list[i].Start >= s.Start })
		of.list = append(of.list[:i], of.list[i+1:]...)
	}
	if len(of.list) > 0 {
		return
	}
	at := &w.slots[of.hash&uint64(len(w.slots)-1)]
	for *at != of {
		at = &(*at).next
	}
	*at = of.next
	w.keys--
	var none K
	of.key, of.next = none, nil
	if len(w.freeKeys) <= w.keys {
		w.freeKeys = append(w.freeKeys, of)
	}
	if n := len(w.slots) / 2; n >= 16 && w.keys < n/4 {
		w.resize(n)
	}
}

// Close closes the sessions that end, with grace, before the watermark, the
// oldest first, and calls emit for each.
func (w *Sessions[K, S]) Close(watermark event.Time, emit func(*Session[K, S])) {
	w.closed = max(w.closed, watermark)
	for len(w.calendar) > 0 {
		s := w.calendar[0]
		if s.due >= watermark && watermark < event.Latest {
			return
		}
		if s.owner != nil {
			if due := w.due(s.Last); due > s.due { // it has grown
				s.due = due
				w.down(0)
				continue
			}
			emit(s)
			w.leave(s)
		}
		last := len(w.calendar) - 1
		w.calendar[0], w.calendar[last] = w.calendar[last], nil
		w.calendar = w.calendar[:last]
		w.down(0)
		if len(w.free) <= w.open {
			*s = Session[K, S]{}
			w.free = append(w.free, s)
		}
	}
}

// Drop closes sessions as Close does, without a result: they have been emitted
// with every change.
func (w *Sessions[K, S]) Drop(watermark event.Time) { w.Close(watermark, func(*Session[K, S]) {}) }

// Next returns the first watermark after the given one at which some session may
// close. A row that is not late may open one that closes with the next.
func (w *Sessions[K, S]) Next(watermark event.Time) event.Time { return event.Ahead(watermark, 1) }

// Open returns how many sessions are open.
func (w *Sessions[K, S]) Open() int { return w.open }

func (s *Session[K, S]) before(o *Session[K, S]) bool {
	return s.due < o.due || s.due == o.due && s.seq < o.seq
}

func (w *Sessions[K, S]) up(i int) {
	c := w.calendar
	for i > 0 {
		p := (i - 1) / 2
		if !c[i].before(c[p]) {
			return
		}
		c[i], c[p] = c[p], c[i]
		i = p
	}
}

func (w *Sessions[K, S]) down(i int) {
	c := w.calendar
	for {
		k := 2*i + 1
		if k+1 < len(c) && c[k+1].before(c[k]) {
			k++
		}
		if k >= len(c) || !c[k].before(c[i]) {
			return
		}
		c[i], c[k] = c[k], c[i]
		i = k
	}
}
