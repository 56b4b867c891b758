package window

import "github.com/velocsql/veloc/runtime/event"

// sessions are the open sessions of a key. They do not touch. They are in order, cut
// into runs of some dozens, so that a session that opens between thousands of others
// moves few of them.
type sessions[K comparable, S any] struct {
	key    K
	hash   uint64
	starts []event.Time    // of the first session of each run
	runs   [][]reach[K, S] // none is empty
	next   *sessions[K, S] // with the same slot
}

// reach is a session with the times of its first and last row, so that a search does
// not look into sessions.
type reach[K comparable, S any] struct {
	start, last event.Time
	session     *Session[K, S]
}

// runLength is how many sessions a run has at most.
const runLength = 32

// place is where a session of a key is: in which run, and where in that. It is
// negative before the first.
type place struct{ run, at int }

// until returns the place of the last session that starts by t.
func (o *sessions[K, S]) until(t event.Time) place {
	r := 0
	for n := len(o.starts); n > 1; {
		half := n / 2
		if o.starts[r+half] <= t {
			r += half
		}
		n -= half
	}
	if len(o.starts) == 0 || o.starts[r] > t {
		return place{0, -1}
	}
	list, at := o.runs[r], 0
	for n := len(list); n > 1; {
		half := n / 2
		if list[at+half].start <= t {
			at += half
		}
		n -= half
	}
	return place{r, at}
}

// of returns the place of a session, which is mostly the one given.
func (o *sessions[K, S]) of(s *Session[K, S], p place) place {
	if p.at >= 0 && p.run < len(o.runs) && p.at < len(o.runs[p.run]) && o.runs[p.run][p.at].session == s {
		return p
	}
	return o.until(s.Start)
}

// before returns the place before another.
func (o *sessions[K, S]) before(p place) place {
	if p.at == 0 && p.run > 0 {
		return place{p.run - 1, len(o.runs[p.run-1]) - 1}
	}
	return place{p.run, p.at - 1}
}

// add adds a session behind the place p.
func (o *sessions[K, S]) add(s *Session[K, S], p place) {
	if len(o.runs) == 0 {
		o.insertRun(0)
	}
	if len(o.runs[p.run]) == runLength {
		o.split(p.run)
		p = o.until(s.Start)
	}
	list := append(o.runs[p.run], reach[K, S]{})
	copy(list[p.at+2:], list[p.at+1:])
	list[p.at+1] = reach[K, S]{s.Start, s.Last, s}
	o.runs[p.run], o.starts[p.run] = list, list[0].start
}

// split makes two runs of one. Nearly all of the last stay in it: sessions mostly
// open in order.
func (o *sessions[K, S]) split(r int) {
	n := runLength / 2
	if r == len(o.runs)-1 {
		n = runLength - 1
	}
	o.insertRun(r + 1)
	from := o.runs[r]
	o.runs[r+1] = append(o.runs[r+1], from[n:]...)
	o.starts[r+1] = from[n].start
	clear(from[n:])
	o.runs[r] = from[:n]
}

// insertRun makes room for a run, with the memory of one that was removed.
func (o *sessions[K, S]) insertRun(r int) {
	n := len(o.runs)
	o.starts = append(o.starts, 0)
	if n < cap(o.runs) {
		o.runs = o.runs[:n+1]
	} else {
		o.runs = append(o.runs, nil)
	}
	list := o.runs[n][:0]
	copy(o.starts[r+1:], o.starts[r:])
	copy(o.runs[r+1:], o.runs[r:])
	o.runs[r] = list
}

// extend makes the session at p reach to t.
func (o *sessions[K, S]) extend(s *Session[K, S], p place, t event.Time) {
	s.Start, s.Last = min(s.Start, t), max(s.Last, t)
	list := o.runs[p.run]
	list[p.at].start, list[p.at].last = s.Start, s.Last
	o.starts[p.run] = list[0].start
}

// remove takes out the session at p.
func (o *sessions[K, S]) remove(p place) {
	list := o.runs[p.run]
	last := len(list) - 1
	copy(list[p.at:], list[p.at+1:])
	list[last] = reach[K, S]{}
	list = list[:last]
	if last > 0 {
		o.runs[p.run], o.starts[p.run] = list, list[0].start
		return
	}
	n := len(o.runs) - 1
	copy(o.starts[p.run:], o.starts[p.run+1:])
	copy(o.runs[p.run:], o.runs[p.run+1:])
	o.runs[n] = list // insertRun finds its memory
	o.starts, o.runs = o.starts[:n], o.runs[:n]
}
