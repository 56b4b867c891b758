// Package sqlzone holds the SQL functions that know time zones. It brings the
// database of zones along, and is apart from package sqlfn so that only programs
// that name a zone link it.
//
// A zone is resolved once if its name is a constant. Clocks of a zone show a
// local time: a TIMESTAMP whose fields are those of that clock.
package sqlzone

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"
	_ "time/tzdata" // containers often have no database of zones

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Zone is a time zone.
type Zone struct {
	name  string
	loc   *time.Location
	spans []span // of the years that most timestamps are in, in order
}

// span is the time from one change of clocks to the next.
type span struct {
	start, ahead int64
	abbreviation string
}

// The years of spans.
const (
	firstYear = 1970
	lastYear  = 2060
)

var utc = &Zone{name: "UTC", loc: time.UTC}

// newZone lists the changes of clocks, because to look them up takes long.
func newZone(name string, loc *time.Location) *Zone {
	z := &Zone{name: name, loc: loc}
	last := time.Date(lastYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(last); {
		abbreviation, seconds := t.In(loc).Zone()
		next := span{t.UnixMicro(), int64(seconds) * sqltime.MicrosPerSecond, abbreviation}
		if n := len(z.spans); n == 0 || z.spans[n-1].ahead != next.ahead || z.spans[n-1].abbreviation != abbreviation {
			z.spans = append(z.spans, next)
		}
		_, end := t.In(loc).ZoneBounds()
		if end.IsZero() {
			break
		}
		if end = end.UTC(); !end.After(t) { // package time can be a day off at the end of a year
			end = t.Add(24 * time.Hour)
		}
		t = end
	}
	z.spans = append(z.spans, span{start: last.UnixMicro()})
	return z
}

// NewZone finds a zone by its name in the database of zones, such as
// Europe/Berlin, or by how much it is ahead of UTC: +02:00.
func NewZone(name string) (*Zone, error) {
	switch name {
	case "UTC", "Z", "GMT":
		return utc, nil
	case "", "Local":
		return nil, unknown(name)
	}
	name = strings.Clone(name) // it is kept
	if name[0] == '+' || name[0] == '-' {
		offset, ok := sqltime.ParseOffset(name)
		if !ok {
			return nil, unknown(name)
		}
		return newZone(name, time.FixedZone(name, int(offset/sqltime.MicrosPerSecond))), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, unknown(name)
	}
	return newZone(name, loc), nil
}

func unknown(name string) error {
	return fmt.Errorf("there is no time zone %q: they are called Europe/Berlin or +02:00", name)
}

// MustZone is NewZone for names that were checked when compiling; it panics on
// an unknown one.
func MustZone(name string) *Zone {
	z, err := NewZone(name)
	if err != nil {
		panic(err)
	}
	return z
}

// recent is the last zone whose name was not constant.
var recent atomic.Pointer[Zone]

// zone returns the zone of a name that is not constant. It fails for an unknown
// one and returns UTC.
func zone(f *fault.Fault, name string) *Zone {
	if z := recent.Load(); z != nil && z.name == name {
		return z
	}
	z, err := NewZone(name)
	if err != nil {
		f.Set(err.Error())
		return utc
	}
	recent.Store(z)
	return z
}

// offset returns how much clocks are ahead of UTC at an instant, and what the
// time is called then.
func (z *Zone) offset(ts int64) (micros int64, abbreviation string) {
	if z.loc == time.UTC {
		return 0, "UTC"
	}
	low, high := 0, len(z.spans)-1
	if ts >= z.spans[low].start && ts < z.spans[high].start {
		for high-low > 1 {
			middle := int(uint(low+high) / 2)
			if z.spans[middle].start <= ts {
				low = middle
			} else {
				high = middle
			}
		}
		return z.spans[low].ahead, z.spans[low].abbreviation
	}
	abbreviation, seconds := time.UnixMicro(ts).In(z.loc).Zone()
	return int64(seconds) * sqltime.MicrosPerSecond, abbreviation
}

func (z *Zone) ahead(ts int64) int64 {
	micros, _ := z.offset(ts)
	return micros
}

// local returns what clocks show at an instant.
func (z *Zone) local(ts int64) int64 { return ts + z.ahead(ts) }

// instant returns when clocks show a local time. In the hour that is left out in
// spring the offset before it counts, in the hour that comes twice in autumn the
// offset after it, as in PostgreSQL.
func (z *Zone) instant(local int64) int64 {
	before, after := z.ahead(local-sqltime.MicrosPerDay), z.ahead(local+sqltime.MicrosPerDay)
	if before == after {
		return local - before
	}
	if ts := local - after; z.ahead(ts) == after {
		return ts
	}
	return local - before
}

// Local returns what clocks show at an instant. It never fails.
func (z *Zone) Local(_ *fault.Fault, ts int64) int64 { return z.local(ts) }

// Instant returns when clocks show a local time. It never fails.
func (z *Zone) Instant(_ *fault.Fault, local int64) int64 { return z.instant(local) }

// Local is Zone.Local for a name that is not constant, and fails for an unknown
// one.
func Local(f *fault.Fault, ts int64, name string) int64 { return zone(f, name).local(ts) }

// Instant is Zone.Instant for a name that is not constant, and fails for an
// unknown one.
func Instant(f *fault.Fault, local int64, name string) int64 { return zone(f, name).instant(local) }

// LocalFirst is Local with the name first.
func LocalFirst(f *fault.Fault, name string, ts int64) int64 { return zone(f, name).local(ts) }

// Move is a pair of zones.
type Move struct{ from, to *Zone }

// MustMove finds both zones, and panics on an unknown one.
func MustMove(from, to string) Move { return Move{MustZone(from), MustZone(to)} }

// Convert returns what clocks of the second zone show when those of the first
// show a local time. It never fails.
func (m Move) Convert(_ *fault.Fault, local int64) int64 { return m.to.local(m.from.instant(local)) }

// Convert is Move.Convert for names that are not constant, and fails for unknown
// ones.
func Convert(f *fault.Fault, local int64, from, to string) int64 {
	return zone(f, to).local(zone(f, from).instant(local))
}

// Cut is a unit of time in a zone.
type Cut struct {
	part sqltime.Part
	zone *Zone
}

// MustCut finds the unit and the zone, and panics on an unknown one.
func MustCut(unit, name string) Cut {
	p, ok := sqltime.PartOf(unit)
	if !ok || !p.IsUnit() {
		panic("no unit of time: " + unit)
	}
	return Cut{p, MustZone(name)}
}

// Trunc returns when the unit that an instant is in began in the zone. It never
// fails.
func (c Cut) Trunc(_ *fault.Fault, ts int64) int64 { return c.trunc(ts) }

func (c Cut) trunc(ts int64) int64 {
	local := c.zone.local(ts)
	start := c.part.Trunc(local)
	if c.part <= sqltime.PartHour { // no change of clocks lies between but that of an hour
		return ts - (local - start)
	}
	return c.zone.instant(start)
}

// Trunc is Cut.Trunc for a unit and a name that are not constant, and fails for
// unknown ones.
func Trunc(f *fault.Fault, unit string, ts int64, name string) int64 {
	p, ok := sqltime.PartOf(unit)
	if !ok || !p.IsUnit() {
		f.Set("there is no such unit of time")
		return 0
	}
	return Cut{p, zone(f, name)}.trunc(ts)
}
