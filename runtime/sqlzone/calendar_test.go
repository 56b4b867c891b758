package sqlzone

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestCalendar checks that the days of zones follow one another without gaps,
// before 1970 too, and that clocks show the offset where a day begins, unless they
// skip it.
func TestCalendar(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "-03:30"} {
		for _, hours := range []int64{0, 2, 6, 23} {
			c := MustZone(name).Calendar(hours * 3_600_000_000)
			for range 300 {
				at := r.Int64N(150*365*24*3600*1_000_000) - 75*365*24*3600*1_000_000
				day := c.Day(at)
				begin, end := c.Begin(day), c.Begin(day+1)
				if at < begin || at >= end {
					t.Fatalf("%s, %d hours: %d is not in day %d, %d to %d", name, hours, at, day, begin, end)
				}
				if c.Day(begin) != day || begin < end && c.Day(end-1) != day {
					t.Fatalf("%s, %d hours: the ends of day %d are in days %d and %d", name, hours, day, c.Day(begin), c.Day(end-1))
				}
				if length := (end - begin) / 3_600_000_000; length < 22 || length > 26 {
					t.Fatalf("%s: day %d has %d hours", name, day, length)
				}
				if shown := time.UnixMicro(begin).In(c.zone.loc); int64(shown.Hour()) != hours && int64(shown.Hour()) != hours+1 {
					t.Fatalf("%s: day %d begins at %s", name, day, shown)
				}
			}
		}
	}
}
