package sqltime

import "strings"

// Unit is a unit of time, as the interval that it lasts.
type Unit Interval

// The units. Nanosecond is shorter than what values can hold.
var (
	Nanosecond  = Unit{}
	Microsecond = Unit{Micros: 1}
	Millisecond = Unit{Micros: MicrosPerMilli}
	Second      = Unit{Micros: MicrosPerSecond}
	Minute      = Unit{Micros: MicrosPerMinute}
	Hour        = Unit{Micros: MicrosPerHour}
	Day         = Unit{Days: 1}
	Week        = Unit{Days: 7}
	Month       = Unit{Months: 1}
	Quarter     = Unit{Months: 3}
	Year        = Unit{Months: 12}
	Decade      = Unit{Months: 120}
	Century     = Unit{Months: 1200}
	Millennium  = Unit{Months: 12000}
)

// UnitOf returns the unit of a name: in any case, singular or plural, or one of
// the usual abbreviations. `m` is minutes.
func UnitOf(name string) (u Unit, ok bool) {
	var room [16]byte
	if len(name) > len(room) {
		return Unit{}, false
	}
	for i := range len(name) {
		c := name[i]
		if c-'A' < 26 {
			c += 'a' - 'A'
		}
		room[i] = c
	}
	switch string(room[:len(name)]) {
	case "ns", "nsec", "nanos", "nanosecond", "nanoseconds":
		return Nanosecond, true
	case "us", "usec", "usecs", "micros", "microsecond", "microseconds":
		return Microsecond, true
	case "ms", "msec", "msecs", "millis", "millisecond", "milliseconds":
		return Millisecond, true
	case "s", "sec", "secs", "second", "seconds", "sql_tsi_second":
		return Second, true
	case "m", "min", "mins", "minute", "minutes", "sql_tsi_minute":
		return Minute, true
	case "h", "hr", "hrs", "hour", "hours", "sql_tsi_hour":
		return Hour, true
	case "d", "day", "days", "sql_tsi_day":
		return Day, true
	case "w", "week", "weeks", "sql_tsi_week":
		return Week, true
	case "mon", "mons", "month", "months", "sql_tsi_month":
		return Month, true
	case "q", "quarter", "quarters", "sql_tsi_quarter":
		return Quarter, true
	case "y", "yr", "yrs", "year", "years", "sql_tsi_year":
		return Year, true
	case "decade", "decades":
		return Decade, true
	case "century", "centuries":
		return Century, true
	case "millennium", "millennia":
		return Millennium, true
	}
	return Unit{}, false
}

// UnitNames lists the names of units for messages.
func UnitNames() string {
	return strings.Join([]string{"microsecond", "millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "millennium"}, ", ")
}
