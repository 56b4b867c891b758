package sqlfn

import (
	"math"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Age returns from b to a in months, days and time: as many whole months as there
// are, then what is left.
func Age(f *fault.Fault, a, b int64) sqltime.Interval {
	if a < b {
		return Age(f, b, a).Neg()
	}
	months := sqltime.MonthsBetween(b, a)
	if months > math.MaxInt32 {
		f.Set(outOfRange)
		return sqltime.Interval{}
	}
	rest := a - sqltime.AddTimestamp(f, b, sqltime.Interval{Months: int32(months)})
	return sqltime.Interval{Months: int32(months), Days: int32(rest / sqltime.MicrosPerDay), Micros: rest % sqltime.MicrosPerDay}
}

// Spans of one unit, times n; they fail out of range.

// Years is n years.
func Years(f *fault.Fault, n int32) sqltime.Interval {
	return sqltime.Mul(f, sqltime.Interval{Months: 12}, int64(n))
}

// Months is n months.
func Months(_ *fault.Fault, n int32) sqltime.Interval { return sqltime.Interval{Months: n} }

// Weeks is n weeks.
func Weeks(f *fault.Fault, n int32) sqltime.Interval {
	return sqltime.Mul(f, sqltime.Interval{Days: 7}, int64(n))
}

// Days is n days.
func Days(_ *fault.Fault, n int32) sqltime.Interval { return sqltime.Interval{Days: n} }

// Hours is n hours.
func Hours(f *fault.Fault, n int64) sqltime.Interval {
	return sqltime.Mul(f, sqltime.Interval{Micros: sqltime.MicrosPerHour}, n)
}

// Minutes is n minutes.
func Minutes(f *fault.Fault, n int64) sqltime.Interval {
	return sqltime.Mul(f, sqltime.Interval{Micros: sqltime.MicrosPerMinute}, n)
}

// Seconds is n seconds, with a fraction.
func Seconds(f *fault.Fault, n float64) sqltime.Interval {
	us := math.Round(n * 1e6)
	if !(us > -1e18 && us < 1e18) {
		f.Set(outOfRange)
		return sqltime.Interval{}
	}
	return sqltime.Interval{Micros: int64(us)}
}

// Milliseconds is n milliseconds.
func Milliseconds(f *fault.Fault, n int64) sqltime.Interval {
	return sqltime.Mul(f, sqltime.Interval{Micros: 1000}, n)
}

// Microseconds is n microseconds.
func Microseconds(_ *fault.Fault, n int64) sqltime.Interval { return sqltime.Interval{Micros: n} }

// MakeInterval puts an interval together, and fails out of range.
func MakeInterval(f *fault.Fault, years, months, weeks, days, hours, minutes int32, seconds float64) sqltime.Interval {
	out := Seconds(f, seconds)
	for _, v := range [...]sqltime.Interval{Years(f, years), Months(f, months), Weeks(f, weeks), Days(f, days), Hours(f, int64(hours)), Minutes(f, int64(minutes))} {
		out = sqltime.Add(f, out, v)
	}
	return out
}

// EpochSeconds returns seconds since the epoch with their fraction.
func EpochSeconds(ts int64) float64 { return float64(ts) / 1e6 }

// Century returns the century, 21 for 2001 to 2100.
func Century(ts int64) int32 { return int32(sqltime.PartCentury.Of(ts)) }

// Decade returns the year divided by ten, rounded down.
func Decade(ts int64) int32 { return int32(sqltime.PartDecade.Of(ts)) }

// Millennium returns the millennium, 3 for 2001 to 3000.
func Millennium(ts int64) int32 { return int32(sqltime.PartMillennium.Of(ts)) }

// ISOYear returns the year that the week of ISO 8601 belongs to.
func ISOYear(ts int64) int32 { return int32(sqltime.PartISOYear.Of(ts)) }

// YearWeek returns the year and week of ISO 8601 as one number, 202601.
func YearWeek(ts int64) int32 {
	y := ISOYear(ts)
	if y < 0 {
		return y*100 - Week(ts)
	}
	return y*100 + Week(ts)
}
