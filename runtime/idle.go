package rt

import (
	"math"
	"time"
)

// Idler is a source that may fall silent without having ended.
type Idler interface {
	// CaughtUp reports whether everything that a partition has was read.
	CaughtUp(partition int) bool
}

// idleness follows how long the partitions of a source have been silent. A
// partition is idle when it is caught up and has been silent for the timeout;
// when all are idle, time goes on at the rate of the clock.
type idleness struct {
	timeout int64 // in microseconds; 0: never idle
	opened  int64
	parts   []idlePart
	passed  int64 // up to when time has been passed on while all were idle
}

type idlePart struct {
	last        int64 // when something came last
	idle, ended bool
}

func (d *idleness) init(timeout, now int64, partitions int) {
	*d = idleness{timeout: timeout, opened: now, passed: math.MinInt64}
	d.grow(partitions)
}

func (d *idleness) grow(n int) {
	for len(d.parts) < n {
		d.parts = append(d.parts, idlePart{last: d.opened})
	}
}

// took notes a batch that came at a time.
func (d *idleness) took(b *Batch, at int64) {
	d.grow(b.Partition + 1)
	p := &d.parts[b.Partition]
	switch {
	case b.Mark == MarkEnd:
		p.ended = true
	case b.Mark == MarkIdle || b.Mark == MarkPassed || b.Mark == MarkWatermark:
	default:
		p.last, p.idle = at, false
		d.passed = math.MinInt64
	}
}

// fallen returns a partition that is idle now and was not before, -1 if there is
// none.
func (d *idleness) fallen(now int64, caughtUp func(int) bool) int {
	for i := range d.parts {
		p := &d.parts[i]
		if !p.idle && !p.ended && now-p.last >= d.timeout && caughtUp(i) {
			p.idle = true
			return i
		}
	}
	return -1
}

// pass returns by how much time has gone on since all partitions are idle, or
// since it was asked last. Partitions become idle after the timeout to the
// microsecond, whenever that is noticed.
func (d *idleness) pass(now int64) int64 {
	since := int64(math.MinInt64)
	for i := range d.parts {
		p := &d.parts[i]
		switch {
		case p.ended:
		case !p.idle:
			return 0
		default:
			since = max(since, p.last+d.timeout)
		}
	}
	if since == math.MinInt64 {
		return 0 // all have ended
	}
	since = max(since, d.passed)
	if now <= since {
		return 0
	}
	d.passed = now
	return now - since
}

// look hands marks for what the silence of a source means to process, in a batch
// of its own.
func (d *idleness) look(now int64, caughtUp func(int) bool, process func(mark Mark, partition int, passed int64)) {
	if d.timeout <= 0 {
		return
	}
	for p := d.fallen(now, caughtUp); p >= 0; p = d.fallen(now, caughtUp) {
		process(MarkIdle, p, 0)
	}
	if us := d.pass(now); us > 0 {
		process(MarkPassed, 0, us)
	}
}

// The bounds of how often a running program looks for silence.
const (
	shortestLook = 10 * time.Millisecond
	longestLook  = time.Second
)

// lookEvery is how often to look for sources that are idle after the timeout.
func lookEvery(timeout int64) time.Duration {
	return min(max(time.Duration(timeout)*time.Microsecond/4, shortestLook), longestLook)
}
