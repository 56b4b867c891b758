package sqlfn

import (
	"fmt"
	"math"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// CheckDayUnit returns an error unless a name is that of a unit of whole days.
func CheckDayUnit(name string) error {
	u, err := NewTimeUnit(name)
	if err == nil && u.unit.Micros != 0 {
		err = fmt.Errorf("a date has no %ss: cast it to TIMESTAMP", name)
	}
	return err
}

// AddToDate adds n units to a date, and fails out of range. Parts of a day are
// rounded down.
func (u TimeUnit) AddToDate(f *fault.Fault, n int64, days int32) int32 {
	return sqltime.AddDate(f, days, sqltime.Mul(f, sqltime.Interval(u.unit), n))
}

// SubtractFromDate takes n units from a date, and fails out of range.
func (u TimeUnit) SubtractFromDate(f *fault.Fault, n int64, days int32) int32 {
	return u.AddToDate(f, NegInt64(f, n), days)
}

// AddToTime adds n units to a time of day, which goes on at midnight.
func (u TimeUnit) AddToTime(f *fault.Fault, n, us int64) int64 {
	v := sqltime.Mul(f, sqltime.Interval(u.unit), n)
	return sqltime.TimeOf(us + v.Micros%sqltime.MicrosPerDay)
}

// SubtractFromTime takes n units from a time of day.
func (u TimeUnit) SubtractFromTime(f *fault.Fault, n, us int64) int64 {
	return u.AddToTime(f, NegInt64(f, n), us)
}

// unitFor returns a unit that is not constant, and fails for a bad one.
func unitFor(f *fault.Fault, name string) TimeUnit {
	u, ok := unitOf(name)
	if !ok {
		f.Set(noUnit)
	}
	return u
}

// AddUnitsToDate is TimeUnit.AddToDate for a unit that is not constant.
func AddUnitsToDate(f *fault.Fault, unit string, n int64, days int32) int32 {
	return unitFor(f, unit).AddToDate(f, n, days)
}

// SubtractUnitsFromDate is TimeUnit.SubtractFromDate for a unit that is not
// constant.
func SubtractUnitsFromDate(f *fault.Fault, unit string, n int64, days int32) int32 {
	return unitFor(f, unit).SubtractFromDate(f, n, days)
}

// AddUnitsToTime is TimeUnit.AddToTime for a unit that is not constant.
func AddUnitsToTime(f *fault.Fault, unit string, n, us int64) int64 {
	return unitFor(f, unit).AddToTime(f, n, us)
}

// SubtractUnitsFromTime is TimeUnit.SubtractFromTime for a unit that is not
// constant.
func SubtractUnitsFromTime(f *fault.Fault, unit string, n, us int64) int64 {
	return unitFor(f, unit).SubtractFromTime(f, n, us)
}

// AddMonths adds months to a timestamp, and fails out of range.
func AddMonths(f *fault.Fault, ts, n int64) int64 {
	return sqltime.AddTimestamp(f, ts, sqltime.Mul(f, sqltime.Interval{Months: 1}, n))
}

// AddMonthsToDate adds months to a date, and fails out of range.
func AddMonthsToDate(f *fault.Fault, days int32, n int64) int32 {
	return sqltime.AddDate(f, days, sqltime.Mul(f, sqltime.Interval{Months: 1}, n))
}

// DateBin returns the start of the span of a width, counted from an origin, that
// a timestamp is in. It fails for a width that is not above zero, or has months.
func DateBin(f *fault.Fault, width sqltime.Interval, ts, origin int64) int64 {
	if width.Months != 0 {
		f.Set("DATE_BIN takes days and time, and no months")
		return 0
	}
	return AddInt64(f, TimeBucket(f, width, SubInt64(f, ts, origin)), origin)
}

// MakeTime returns a time of day, and fails if there is no such time.
func MakeTime(f *fault.Fault, hour, minute int32, second float64) int64 {
	if uint32(hour) > 23 || uint32(minute) > 59 || !(second >= 0 && second < 60) {
		f.Set(noSuchTime)
		return 0
	}
	return int64(hour)*sqltime.MicrosPerHour + int64(minute)*sqltime.MicrosPerMinute + int64(math.Round(second*1e6))
}

// Millisecond returns the milliseconds of the minute.
func Millisecond(ts int64) int32 { return int32(sqltime.PartMillisecond.Of(ts)) }

// Microsecond returns the microseconds of the minute.
func Microsecond(ts int64) int32 { return int32(sqltime.PartMicrosecond.Of(ts)) }

// ISODayOfWeek returns the day of the week, 1 for Monday to 7 for Sunday.
func ISODayOfWeek(ts int64) int32 { return int32(sqltime.PartISODayOfWeek.Of(ts)) }
