package sqlfn

import (
	"fmt"
	"math"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Reasons of failures.
const (
	noUnit        = "not a unit of time"
	outOfRange    = "TIMESTAMP out of range"
	dateRange     = "DATE out of range"
	noSuchDay     = "there is no such day"
	noSuchTime    = "there is no such time"
	notPositive   = "the width of a time bucket is not above zero"
	mixedInterval = "a time bucket is months, or days and time, not both"
)

// CurrentDate returns the day of the clock.
func CurrentDate(now int64) int32 { return sqltime.DateOf(now) }

// CurrentTime returns the time of day of the clock.
func CurrentTime(now int64) int64 { return sqltime.TimeOf(now) }

// CurrentSeconds returns the seconds since the epoch of the clock.
func CurrentSeconds(now int64) int64 { return floorDiv(now, sqltime.MicrosPerSecond) }

// DatePart reads a part of timestamps or intervals: year, hour, epoch ..
type DatePart struct{ part sqltime.Part }

// NewDatePart finds a part by its name.
func NewDatePart(name string) (DatePart, error) {
	p, ok := sqltime.PartOf(name)
	if !ok {
		return DatePart{}, fmt.Errorf("%q is no part of a timestamp: %s, dow, isodow, doy, isoyear, epoch", name, sqltime.UnitNames())
	}
	return DatePart{p}, nil
}

// MustDatePart is NewDatePart for names that were checked when compiling; it
// panics on a bad one.
func MustDatePart(name string) DatePart {
	p, err := NewDatePart(name)
	if err != nil {
		panic(err)
	}
	return p
}

// Of returns the part of a timestamp. It never fails.
func (p DatePart) Of(_ *fault.Fault, ts int64) int64 { return p.part.Of(ts) }

// OfInterval returns the part of an interval, and fails for one that intervals
// do not have.
func (p DatePart) OfInterval(f *fault.Fault, v sqltime.Interval) int64 {
	x, ok := p.part.OfInterval(v)
	return fits(f, x, ok, "intervals do not have this part")
}

// PartOf is DatePart.Of for a name that is not constant, and fails for a bad
// one.
func PartOf(f *fault.Fault, name string, ts int64) int64 {
	p, ok := sqltime.PartOf(name)
	if !ok {
		unreadable(f, name, "a part of a timestamp")
		return 0
	}
	return p.Of(ts)
}

// PartOfInterval is DatePart.OfInterval for a name that is not constant, and
// fails for a bad one.
func PartOfInterval(f *fault.Fault, name string, v sqltime.Interval) int64 {
	p, ok := sqltime.PartOf(name)
	if !ok {
		unreadable(f, name, "a part of an interval")
		return 0
	}
	return DatePart{p}.OfInterval(f, v)
}

// Year returns the year.
func Year(ts int64) int32 { return int32(sqltime.PartYear.Of(ts)) }

// Quarter returns 1 to 4.
func Quarter(ts int64) int32 { return int32(sqltime.PartQuarter.Of(ts)) }

// Month returns 1 to 12.
func Month(ts int64) int32 { return int32(sqltime.PartMonth.Of(ts)) }

// Week returns the week of ISO 8601, 1 to 53.
func Week(ts int64) int32 { return int32(sqltime.PartWeek.Of(ts)) }

// Day returns the day of the month.
func Day(ts int64) int32 { return int32(sqltime.PartDay.Of(ts)) }

// DayOfWeek returns 1 for Sunday to 7 for Saturday.
func DayOfWeek(ts int64) int32 { return int32(sqltime.PartDayOfWeek.Of(ts)) + 1 }

// DayOfYear returns 1 to 366.
func DayOfYear(ts int64) int32 { return int32(sqltime.PartDayOfYear.Of(ts)) }

// Hour returns 0 to 23.
func Hour(ts int64) int32 { return int32(sqltime.PartHour.Of(ts)) }

// Minute returns 0 to 59.
func Minute(ts int64) int32 { return int32(sqltime.PartMinute.Of(ts)) }

// Second returns 0 to 59.
func Second(ts int64) int32 { return int32(sqltime.PartSecond.Of(ts)) }

// MonthName returns the English name of the month.
func MonthName(ts int64) string { return sqltime.MonthName(int(Month(ts))) }

// LastDay returns the last day of the month.
func LastDay(ts int64) int32 {
	days, _ := sqltime.Split(ts)
	y, m, d := sqltime.Civil(days)
	return int32(days + sqltime.DaysIn(y, m) - d)
}

// TimeUnit is a unit of time that functions count in.
type TimeUnit struct {
	unit sqltime.Unit
	part sqltime.Part
}

// NewTimeUnit finds a unit by its name.
func NewTimeUnit(name string) (TimeUnit, error) {
	u, ok := unitOf(name)
	if !ok {
		return TimeUnit{}, fmt.Errorf("%q is no unit of time: %s", name, sqltime.UnitNames())
	}
	return u, nil
}

// MustTimeUnit is NewTimeUnit for names that were checked when compiling; it
// panics on a bad one.
func MustTimeUnit(name string) TimeUnit {
	u, err := NewTimeUnit(name)
	if err != nil {
		panic(err)
	}
	return u
}

func unitOf(name string) (TimeUnit, bool) {
	u, ok := sqltime.UnitOf(name)
	p, known := sqltime.PartOf(name)
	return TimeUnit{u, p}, ok && known
}

// Trunc returns the start of the unit that a timestamp is in. It never fails.
func (u TimeUnit) Trunc(_ *fault.Fault, ts int64) int64 { return u.part.Trunc(ts) }

// Add adds n units to a timestamp, and fails out of range.
func (u TimeUnit) Add(f *fault.Fault, n, ts int64) int64 {
	return sqltime.AddTimestamp(f, ts, sqltime.Mul(f, sqltime.Interval(u.unit), n))
}

// Subtract takes n units from a timestamp, and fails out of range.
func (u TimeUnit) Subtract(f *fault.Fault, n, ts int64) int64 {
	return u.Add(f, NegInt64(f, n), ts)
}

// Between returns how many whole units lie from a to b; less than 0 if b is
// before a. It never fails.
func (u TimeUnit) Between(_ *fault.Fault, a, b int64) int64 {
	if u.unit.Months > 0 {
		return sqltime.MonthsBetween(a, b) / int64(u.unit.Months)
	}
	size := int64(u.unit.Days)*sqltime.MicrosPerDay + u.unit.Micros
	return (b - a) / size
}

// DateTrunc is TimeUnit.Trunc for a unit that is not constant, and fails for a
// bad one.
func DateTrunc(f *fault.Fault, unit string, ts int64) int64 {
	u, ok := unitOf(unit)
	if !ok {
		f.Set(noUnit)
		return 0
	}
	return u.part.Trunc(ts)
}

// AddUnits is TimeUnit.Add for a unit that is not constant, and fails for a bad
// one.
func AddUnits(f *fault.Fault, unit string, n, ts int64) int64 {
	u, ok := unitOf(unit)
	if !ok {
		f.Set(noUnit)
		return 0
	}
	return u.Add(f, n, ts)
}

// SubtractUnits is TimeUnit.Subtract for a unit that is not constant, and fails
// for a bad one.
func SubtractUnits(f *fault.Fault, unit string, n, ts int64) int64 {
	return AddUnits(f, unit, NegInt64(f, n), ts)
}

// UnitsBetween is TimeUnit.Between for a unit that is not constant, and fails
// for a bad one.
func UnitsBetween(f *fault.Fault, unit string, a, b int64) int64 {
	u, ok := unitOf(unit)
	if !ok {
		f.Set(noUnit)
		return 0
	}
	return u.Between(f, a, b)
}

// SubtractInterval returns ts - v, and fails out of range.
func SubtractInterval(f *fault.Fault, ts int64, v sqltime.Interval) int64 {
	return sqltime.AddTimestamp(f, ts, v.Neg())
}

// SubtractFromDate returns the date days - v, and fails out of range.
func SubtractFromDate(f *fault.Fault, days int32, v sqltime.Interval) int32 {
	return sqltime.AddDate(f, days, v.Neg())
}

// DaysBetween returns the days from the day of b to that of a, a - b.
func DaysBetween(a, b int64) int32 { return sqltime.DateOf(a) - sqltime.DateOf(b) }

// TimeBucket returns the start of the span of a width, counted from the epoch,
// that a timestamp is in. It fails for a width that is not above zero, or of
// months and other units.
func TimeBucket(f *fault.Fault, width sqltime.Interval, ts int64) int64 {
	if width.Months != 0 {
		if width.Days != 0 || width.Micros != 0 {
			f.Set(mixedInterval)
			return 0
		}
		if width.Months < 0 {
			f.Set(notPositive)
			return 0
		}
		return sqltime.MonthBucket(ts, int(width.Months))
	}
	if width.Days > math.MaxInt32/32 {
		f.Set(outOfRange)
		return 0
	}
	size := int64(width.Days)*sqltime.MicrosPerDay + width.Micros
	if size <= 0 {
		f.Set(notPositive)
		return 0
	}
	return sqltime.Bucket(ts, size)
}

// MakeDate returns a date, and fails if there is no such day.
func MakeDate(f *fault.Fault, year, month, day int32) int32 {
	if month < 1 || month > 12 || day < 1 || year < -5_000_000 || year > 5_000_000 || int(day) > sqltime.DaysIn(int(year), int(month)) {
		f.Set(noSuchDay)
		return 0
	}
	return int32(sqltime.Days(int(year), int(month), int(day)))
}

// MakeTimestamp returns a timestamp, and fails if there is no such time.
func MakeTimestamp(f *fault.Fault, year, month, day, hour, minute int32, second float64) int64 {
	ts := DateToTimestamp(f, MakeDate(f, year, month, day))
	if uint32(hour) > 23 || uint32(minute) > 59 || !(second >= 0 && second < 60) {
		f.Set(noSuchTime)
		return 0
	}
	us := int64(math.Round(second * 1e6))
	return AddInt64(f, ts, int64(hour)*sqltime.MicrosPerHour+int64(minute)*sqltime.MicrosPerMinute+us)
}

// FromSeconds returns the timestamp of seconds since the epoch, and fails out
// of range.
func FromSeconds(f *fault.Fault, seconds int64) int64 {
	if seconds > math.MaxInt64/sqltime.MicrosPerSecond || seconds < math.MinInt64/sqltime.MicrosPerSecond {
		f.Set(outOfRange)
		return 0
	}
	return seconds * sqltime.MicrosPerSecond
}

// FromSecondsFloat is FromSeconds with a fraction, rounded to microseconds.
func FromSecondsFloat(f *fault.Fault, seconds float64) int64 {
	us := math.Round(seconds * 1e6)
	if !(us >= -1<<63 && us < 1<<63) {
		f.Set(outOfRange)
		return 0
	}
	return int64(us)
}

// ToSeconds returns seconds since the epoch, rounded down.
func ToSeconds(ts int64) int64 { return floorDiv(ts, sqltime.MicrosPerSecond) }

// ToMillis returns milliseconds since the epoch, rounded down.
func ToMillis(ts int64) int64 { return floorDiv(ts, sqltime.MicrosPerMilli) }
