package rt

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// LateRows counts the rows of one relation that came after their windows had
// closed, by how far they were behind the watermark. All workers share it.
type LateRows struct {
	relation string
	fate     Fate
	counts   [len(lateSteps) + 1]atomic.Int64
}

// Fate is what happens to late rows.
type Fate uint8

// The fates.
const (
	LateDropped Fate = iota
	LateLetter       // written to the dead-letter file
	LateMoved        // counted in the earliest window that is still open
)

func (f Fate) String() string {
	return [...]string{"dropped", "written to the dead-letter file", "counted in the next open window"}[f]
}

// lateSteps are the upper bounds of the counters but the last.
var lateSteps = [...]struct {
	micros int64
	name   string
}{
	{1_000_000, "1s"},
	{10_000_000, "10s"},
	{60_000_000, "1m"},
	{600_000_000, "10m"},
	{3600_000_000, "1h"},
	{24 * 3600_000_000, "1d"},
}

// Add counts a row that is so many microseconds behind the watermark.
func (l *LateRows) Add(behind int64) {
	for i := range lateSteps {
		if behind < lateSteps[i].micros {
			l.counts[i].Add(1)
			return
		}
	}
	l.counts[len(lateSteps)].Add(1)
}

// Count returns how many rows were late.
func (l *LateRows) Count() int64 {
	var n int64
	for i := range l.counts {
		n += l.counts[i].Load()
	}
	return n
}

// String is a line for a person; what is counted must not be zero.
func (l *LateRows) String() string {
	var parts []string
	for i := range l.counts {
		n := l.counts[i].Load()
		switch {
		case n == 0:
		case i < len(lateSteps):
			parts = append(parts, fmt.Sprintf("%d by less than %s", n, lateSteps[i].name))
		default:
			parts = append(parts, fmt.Sprintf("%d by %s or more", n, lateSteps[i-1].name))
		}
	}
	n := l.Count()
	return fmt.Sprintf("%d late row%s of %s %s: %s behind the watermark", n, plural(n), l.relation, l.fate, strings.Join(parts, ", "))
}

// LateRows returns the counter of a relation; generated code keeps it.
func (c *Connect) LateRows(relation string, fate Fate) *LateRows {
	s := c.run.stats
	for _, l := range s.late {
		if l.relation == relation {
			return l
		}
	}
	l := &LateRows{relation: relation, fate: fate}
	s.late = append(s.late, l)
	return l
}

// Late returns how many rows came after their windows had closed.
func (s *Stats) Late() int64 {
	var n int64
	for _, l := range s.late {
		n += l.Count()
	}
	return n
}

// LateBy returns the counters of late rows, one per relation with windows.
func (s *Stats) LateBy() []*LateRows { return s.late }

// Lateness is what a dead letter tells of a row that came too late.
type Lateness struct {
	Watermark  event.Time
	Start, End event.Time // of the last window that the row belongs to
}

func (l *Lateness) appendJSON(b []byte) []byte {
	for _, f := range []struct {
		name string
		t    event.Time
	}{{"watermark", l.Watermark}, {"window_start", l.Start}, {"window_end", l.End}} {
		b = append(b, `,"`...)
		b = append(b, f.name...)
		b = append(b, `":"`...)
		b = sqltime.AppendTimestamp(b, f.t)
		b = append(b, '"')
	}
	return b
}

// Late hands over the current record as one that came after all its windows had
// closed. It is no failure: on.error has no say in it.
func (c *Current) Late(l *LateRows, t event.Time, late Lateness, sql string) {
	l.Add(late.Watermark - t)
	j := &Rejection{Statement: l.relation, SQL: sql, Late: &late}
	j.Reason = "late: the watermark has passed the end of its window"
	if c.batch != nil {
		c.batch.describeRecord(j, c.at, c.next)
	}
	c.rejects.addLate(j)
}
