package window

import (
	"github.com/velocsql/veloc/runtime/event"
)

// Session is one open session of a key. Its rows are no more than the gap apart.
type Session[K comparable, S any] struct {
	Key         K
	State       S
	Start, Last event.Time // of its first and last row
	Fired       bool       // its result has been emitted, and changes emit it again

	owner *sessions[K, S] // nil when it has been joined to another
}

// Sessions groups the rows of a key that are at most a gap apart, inclusive. A
// session closes when the watermark has passed its last row by more than the gap
// and the grace period.
type Sessions[K comparable, S any] struct {
	gap, grace int64
	slots      []*sessions[K, S] // by hash of the key
	keys       int
	calendar   calendar[K, S]
	firing     *calendar[K, S] // by the time at which they end, if they fire then
	seq        uint64
	open       int
	closed     event.Time // the highest watermark so far
	free       []*Session[K, S]
	freeKeys   []*sessions[K, S]

	// What Find has found last: whose, and the place of the last session that starts
	// by foundAt plus the gap, or of the one before that.
	foundOf *sessions[K, S]
	foundAt event.Time
	found   place
}

// spare is how many sessions and keys that have closed are kept for use again,
// beside as many as are open.
const spare = 64

// Init sets the gap and the grace period.
func (w *Sessions[K, S]) Init(gap, grace int64) {
	w.gap, w.grace = gap, grace
	w.closed = event.Earliest
	w.slots = make([]*sessions[K, S], 16)
	w.calendar.init(gap + grace)
}

// Refire makes sessions fire at their end, and be kept for their grace period.
func (w *Sessions[K, S]) Refire() {
	w.firing = &calendar[K, S]{}
	w.firing.init(w.gap)
}

// Fire calls emit for the sessions that end before the watermark and have not
// fired, the oldest first, and closes those whose grace period is over too.
func (w *Sessions[K, S]) Fire(watermark event.Time, emit func(*Session[K, S])) {
	for first := w.firing.first(watermark); first != nil; first = w.firing.first(watermark) {
		s := first.session
		if s.owner != nil && !s.Fired {
			if due := event.Ahead(s.Last, w.gap); due > first.due { // it has grown
				w.firing.postpone(due)
				continue
			}
			s.Fired = true
			emit(s)
		}
		w.firing.near.pop()
	}
	w.Drop(watermark)
}

// NextFire returns the first watermark after the given one at which some session
// may fire or close.
func (w *Sessions[K, S]) NextFire(watermark event.Time) event.Time { return w.Next(watermark) }

// Covers reports whether t lies between the first and the last row.
func (s *Session[K, S]) Covers(t event.Time) bool { return s.Start <= t && t <= s.Last }

// Find returns the open session of a key that a row at t belongs to, nil if there
// is none, and the one after it if the row makes one session of both.
func (w *Sessions[K, S]) Find(hash uint64, key K, t event.Time) (s, later *Session[K, S]) {
	of := w.of(hash, key)
	w.foundOf = of
	if of == nil {
		return nil, nil
	}
	p := of.until(event.Ahead(t, w.gap))
	w.foundAt, w.found = t, p
	if p.at < 0 {
		return nil, nil
	}
	last := &of.runs[p.run][p.at]
	if last.start > t { // the row may be in the one before too
		if p = of.before(p); p.at >= 0 {
			if r := &of.runs[p.run][p.at]; r.last >= event.Back(t, w.gap) {
				w.found = p
				return r.session, last.session
			}
		}
		return last.session, nil
	}
	if last.last < event.Back(t, w.gap) {
		return nil, nil
	}
	return last.session, nil
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
	of := w.foundOf
	if of == nil || w.foundAt != t || of.hash != hash || of.key != key {
		of = w.of(hash, key)
		if of == nil {
			of = w.newKey(hash, key)
		}
		w.found = of.until(t)
	}
	var s *Session[K, S]
	if n := len(w.free); n > 0 {
		s = w.free[n-1]
		w.free = w.free[:n-1]
	} else {
		s = &Session[K, S]{}
	}
	w.seq++
	w.open++
	s.Key, s.Start, s.Last, s.owner = of.key, t, t, of
	of.add(s, w.found)
	w.foundOf = nil
	w.calendar.add(entry[K, S]{w.due(t), w.seq, s})
	if w.firing == nil {
		return s
	}
	if end := event.Ahead(t, w.gap); end < w.closed {
		s.Fired = true // it comes out with its first row, which is in its grace period
	} else {
		w.firing.add(entry[K, S]{end, w.seq, s})
	}
	return s
}

func (w *Sessions[K, S]) newKey(hash uint64, key K) *sessions[K, S] {
	if w.keys >= len(w.slots) {
		w.resize(2 * len(w.slots))
	}
	var of *sessions[K, S]
	if n := len(w.freeKeys); n > 0 {
		of = w.freeKeys[n-1]
		w.freeKeys = w.freeKeys[:n-1]
	} else {
		of = &sessions[K, S]{}
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
	s.owner.extend(s, s.owner.of(s, w.found), t)
}

// Join makes one session of s and the one after it, whose state the caller has
// taken over.
func (w *Sessions[K, S]) Join(s, later *Session[K, S]) {
	last := later.Last
	s.Fired = s.Fired || later.Fired
	w.leave(later, later.owner.until(later.Start))
	w.Extend(s, last)
	var none S
	later.State, later.owner = none, nil // the calendar still has it
}

// leave takes the session at p out of those of its key.
func (w *Sessions[K, S]) leave(s *Session[K, S], p place) {
	w.open--
	w.foundOf = nil
	of := s.owner
	of.remove(p)
	if len(of.runs) > 0 {
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
	if len(w.freeKeys) <= w.keys+spare {
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
	for {
		first := w.calendar.first(watermark)
		if first == nil {
			return
		}
		s := first.session
		if s.owner != nil {
			if due := w.due(s.Last); due > first.due { // it has grown
				w.calendar.postpone(due)
				continue
			}
			emit(s)
			w.leave(s, s.owner.of(s, place{0, 0})) // the first of its key, which has opened before the others
		}
		w.calendar.near.pop()
		if len(w.free) <= w.open+spare {
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
