package event

// Clock is the watermark of a relation as one worker sees it: for each
// partition the newest event time less the out-of-orderness, and of these the
// minimum over the partitions that are live. A partition that has not delivered
// yet is live; one that has ended or is idle does not count.
//
// A worker reads one partition at a time: Enter says which, Observe takes its
// rows. The watermark never moves back.
type Clock struct {
	newest   Time // in the current partition
	alarm    Time // newest event time there that brings the watermark to the deadline
	deadline Time
	current  int
	slack    int64 // the out-of-orderness
	floor    Time  // the watermark never falls below
	others   Time  // minimum over the live partitions but the current one
	parts    []partition
}

type partition struct {
	newest Time
	state  state
}

type state uint8

const (
	live state = iota
	idle
	ended
)

// Init prepares the clock. Partitions that it does not know of yet do not hold
// the watermark back; they count from their first Enter.
func (c *Clock) Init(outOfOrderness int64, partitions int) {
	*c = Clock{
		newest: Earliest, deadline: Latest, current: -1, slack: max(outOfOrderness, 0), floor: Earliest,
		parts: make([]partition, max(partitions, 0)),
	}
	for p := range c.parts {
		c.parts[p].newest = Earliest
	}
	c.arm()
}

// Observe takes the event time of a row of the current partition. It returns
// true if the watermark is then at the deadline or past it.
func (c *Clock) Observe(t Time) bool {
	if t <= c.newest {
		return false
	}
	c.newest = t
	return t >= c.alarm
}

// Enter makes p the current partition, and a live one.
func (c *Clock) Enter(p int) {
	if p == c.current && c.parts[p].state == live {
		return
	}
	c.leave()
	for p >= len(c.parts) {
		c.parts = append(c.parts, partition{newest: Earliest})
	}
	c.current = p
	c.parts[p].state = live
	c.newest = c.parts[p].newest
	c.arm()
}

// End takes out a partition that has delivered everything. Ask Reached after.
func (c *Clock) End(p int) { c.set(p, ended) }

// Idle takes out a partition until it is entered again. Ask Reached after.
func (c *Clock) Idle(p int) { c.set(p, idle) }

func (c *Clock) set(p int, s state) {
	c.leave()
	for p >= len(c.parts) {
		c.parts = append(c.parts, partition{newest: Earliest})
	}
	c.parts[p].state = s
	c.arm()
}

// Raise moves the watermark up to t at least, as when all partitions are idle
// and time goes on. Ask Reached after.
func (c *Clock) Raise(t Time) {
	c.floor = max(c.floor, t)
	c.arm()
}

// SetDeadline sets the watermark that Observe waits for. Ask Reached after.
func (c *Clock) SetDeadline(t Time) {
	c.deadline = t
	c.arm()
}

// Reached reports whether the watermark is at the deadline or past it.
func (c *Clock) Reached() bool { return c.Watermark() >= c.deadline }

// Watermark returns the watermark of the relation.
func (c *Clock) Watermark() Time {
	w := c.others
	if c.counts() {
		w = min(w, c.less(c.newest))
	}
	if w == Latest && !c.over() {
		w = c.floor // all are idle: the clock on the wall decides, by Raise
	}
	c.floor = max(c.floor, w)
	return c.floor
}

// counts reports whether the current partition is a live one.
func (c *Clock) counts() bool { return c.current >= 0 && c.parts[c.current].state == live }

// over reports whether every partition has ended.
func (c *Clock) over() bool {
	for p := range c.parts {
		if c.parts[p].state != ended {
			return false
		}
	}
	return len(c.parts) > 0
}

// leave puts down how far the current partition has come, and the watermark
// with it: what comes may not count that partition.
func (c *Clock) leave() {
	if c.current >= 0 {
		c.parts[c.current].newest = c.newest
		c.Watermark()
	}
}

// less is t without the out-of-orderness.
func (c *Clock) less(t Time) Time {
	if t < Earliest+c.slack {
		return Earliest
	}
	return t - c.slack
}

// arm computes what Observe compares with.
func (c *Clock) arm() {
	c.others = Latest
	for p := range c.parts {
		if p != c.current && c.parts[p].state == live {
			c.others = min(c.others, c.less(c.parts[p].newest))
		}
	}
	switch {
	case c.floor >= c.deadline:
		c.alarm = Earliest
	case c.others < c.deadline || c.deadline > Latest-c.slack:
		c.alarm = Latest
	default:
		c.alarm = c.deadline + c.slack
	}
}
