package rt

import (
	"fmt"
	"slices"
	"time"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// follower are the clocks of one source, for the summary.
type follower struct {
	name    string
	workers int
	clocks  []*event.Clock
}

// Follow makes the summary tell of a clock of a source; generated code calls it.
func (c *Connect) Follow(source int, clock *event.Clock) {
	s := c.run.stats
	for len(s.sources) <= source {
		s.sources = append(s.sources, follower{})
	}
	f := &s.sources[source]
	f.name, f.workers = c.run.prog.Sources[source].Name, c.Workers
	f.clocks = append(f.clocks, clock)
}

// FollowColumn is Follow for a clock over another column than the event time of
// the source.
func (c *Connect) FollowColumn(source int, column string, clock *event.Clock) {
	s := c.run.stats
	name := c.run.prog.Sources[source].Name + " by " + column
	for i := range s.columns {
		if f := &s.columns[i]; f.name == name {
			f.clocks = append(f.clocks, clock)
			return
		}
	}
	s.columns = append(s.columns, follower{name: name, workers: c.Workers, clocks: []*event.Clock{clock}})
}

// times tells per source how far time has come, for those with a watermark.
func (s *Stats) times(now int64) []string {
	var lines []string
	for _, f := range slices.Concat(s.sources, s.columns) {
		newest, watermark := event.Earliest, event.Latest
		over := true
		for _, c := range f.clocks {
			newest, watermark = max(newest, c.Seen()), min(watermark, c.Watermark())
			over = over && c.Over()
		}
		if newest == event.Earliest {
			continue
		}
		line := fmt.Sprintf("time of %s: newest row %s", f.name, sqltime.AppendTimestamp(nil, newest))
		switch {
		case f.workers > 1: // each has seen a part of the rows
		case over:
			line += ", end of input"
		case watermark == event.Earliest:
			line += ", no watermark yet"
		default:
			line += fmt.Sprintf(", watermark %s, %s behind the clock", sqltime.AppendTimestamp(nil, watermark), time.Duration(now-watermark)*time.Microsecond)
		}
		lines = append(lines, line)
	}
	return lines
}
