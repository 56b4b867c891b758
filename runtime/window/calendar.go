package window

import "github.com/velocsql/veloc/runtime/event"

// calendar has the sessions by the time at which they close, then by their order
// of opening. Those that close soon are in a small heap; the others are in buckets
// of some width each, so that with thousands of open sessions none of them is
// compared with many.
type calendar[K comparable, S any] struct {
	near    heap[K, S] // of sessions that close before the horizon
	horizon event.Time // where the first bucket begins, a multiple of the width
	width   int64
	after   int64           // from the last row of a session to its closing
	buckets [][]entry[K, S] // a ring
	in      int             // how many sessions are in buckets
	beyond  heap[K, S]      // of sessions that close after all buckets
}

// entry is a session with the time at which it closes. It closes later if it has
// grown since.
type entry[K comparable, S any] struct {
	due     event.Time
	seq     uint64 // order of opening
	session *Session[K, S]
}

// bucketCount is a power of two.
const bucketCount = 1024

func (c *calendar[K, S]) init(after int64) {
	c.after, c.width = after, max(after/4, 1)
	c.buckets = make([][]entry[K, S], bucketCount)
}

// size is how many sessions there are.
func (c *calendar[K, S]) size() int { return len(c.near) + c.in + len(c.beyond) }

// add adds a session.
func (c *calendar[K, S]) add(e entry[K, S]) {
	if c.in+len(c.beyond) == 0 && (len(c.near) < few || e.due < c.horizon) {
		if len(c.near) == 0 || e.due >= c.horizon { // few sessions are all near
			c.horizon = event.Ahead(Floor(e.due, c.width, 0), c.width)
		}
		c.near.add(e)
		return
	}
	c.enter(e)
}

// enter adds a session where it belongs.
func (c *calendar[K, S]) enter(e entry[K, S]) {
	switch {
	case e.due < c.horizon:
		c.near.add(e)
	case c.reaches(e.due):
		c.put(e)
	default:
		c.beyond.add(e)
		if len(c.beyond) > bucketCount+c.in && c.width < 1<<40 {
			c.widen()
		}
	}
}

// reaches reports whether a time at or after the horizon has a bucket.
func (c *calendar[K, S]) reaches(t event.Time) bool {
	return uint64(t-c.horizon) < uint64(c.width)*bucketCount
}

// put adds a session to its bucket.
func (c *calendar[K, S]) put(e entry[K, S]) {
	b := &c.buckets[number(e.due, c.width, 0)&(bucketCount-1)]
	*b = append(*b, e)
	c.in++
}

// widen makes buckets wider, since too many sessions are beyond all of them.
func (c *calendar[K, S]) widen() {
	var all []entry[K, S]
	for i, b := range c.buckets {
		all = append(all, b...)
		clear(b)
		c.buckets[i] = b[:0]
	}
	c.in = 0
	c.width *= 4
	c.horizon = Floor(c.horizon, c.width, 0)
	for _, e := range all {
		c.put(e)
	}
	c.near, all = nil, append(all[:0], c.near...)
	for _, e := range all { // the horizon has moved back
		c.enter(e)
	}
	c.reach()
}

// reach takes over what is no longer beyond the buckets.
func (c *calendar[K, S]) reach() {
	for len(c.beyond) > 0 && c.reaches(c.beyond[0].due) {
		c.put(c.beyond[0])
		c.beyond.pop()
	}
}

// first returns the session that closes first, nil if none does before the
// watermark.
func (c *calendar[K, S]) first(watermark event.Time) *entry[K, S] {
	for len(c.near) == 0 {
		if c.in+len(c.beyond) == 0 || c.horizon >= watermark {
			return nil
		}
		c.advance()
	}
	if c.near[0].due >= watermark && watermark < event.Latest {
		return nil
	}
	return &c.near[0]
}

// advance moves the horizon behind the next bucket.
func (c *calendar[K, S]) advance() {
	if c.in == 0 {
		c.horizon = Floor(c.beyond[0].due, c.width, 0)
		c.reach()
	}
	i := number(c.horizon, c.width, 0) & (bucketCount - 1)
	b := c.buckets[i]
	c.buckets[i] = nil
	c.horizon += c.width
	c.in -= len(b)
	for _, e := range b {
		e.due = max(e.due, event.Ahead(e.session.Last, c.after)) // it may have grown
		c.enter(e)
	}
	clear(b)
	if c.buckets[i] == nil {
		c.buckets[i] = b[:0]
	}
	c.reach()
}

// postpone moves the session that closes first to a later time.
func (c *calendar[K, S]) postpone(due event.Time) {
	if due < c.horizon {
		c.near[0].due = due
		c.near.down()
		return
	}
	e := c.near[0]
	e.due = due
	c.near.pop()
	c.add(e)
}

// heap has sessions in their order: every entry is before four others.
type heap[K comparable, S any] []entry[K, S]

func (e *entry[K, S]) before(o *entry[K, S]) bool {
	return e.due < o.due || e.due == o.due && e.seq < o.seq
}

func (c *heap[K, S]) add(e entry[K, S]) {
	*c = append(*c, e)
	h := *c
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 4
		if !e.before(&h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = e
}

// pop removes the first.
func (c *heap[K, S]) pop() {
	h := *c
	last := len(h) - 1
	h[0] = h[last]
	h[last] = entry[K, S]{}
	*c = h[:last]
	c.down()
}

// down puts the first in its place, after it has moved back.
func (c *heap[K, S]) down() {
	h := *c
	if len(h) == 0 {
		return
	}
	e, i := h[0], 0
	for {
		least := &e
		to := i
		for k := 4*i + 1; k < min(4*i+5, len(h)); k++ {
			if h[k].before(least) {
				least, to = &h[k], k
			}
		}
		if to == i {
			break
		}
		h[i] = *least
		i = to
	}
	h[i] = e
}
