package sqlzone

import "time"

// Calendar divides time into the days of a zone, which begin at a time of the
// clock. A day is 23 or 25 hours long where clocks change.
type Calendar struct {
	zone   *Zone
	offset int64
}

const microsPerDay = 24 * 60 * 60 * 1_000_000

// Calendar returns the days of a zone that begin so many microseconds after
// midnight.
func (z *Zone) Calendar(offset int64) *Calendar { return &Calendar{z, offset} }

// Begin returns when a day begins, by its number since 1970. A time that clocks
// skip is the one that they show instead.
func (c *Calendar) Begin(day int64) int64 {
	y, m, d := time.Unix(day*(microsPerDay/1_000_000), 0).UTC().Date()
	seconds, micros := c.offset/1_000_000, c.offset%1_000_000
	return time.Date(y, m, d, 0, 0, int(seconds), int(micros)*1000, c.zone.loc).UnixMicro()
}

// Day returns the number of the day that t lies in.
func (c *Calendar) Day(t int64) int64 {
	ahead, _ := c.zone.offset(t)
	local := t + ahead - c.offset
	day := local / microsPerDay
	if local%microsPerDay < 0 {
		day--
	}
	for c.Begin(day) > t {
		day--
	}
	for c.Begin(day+1) <= t {
		day++
	}
	return day
}
