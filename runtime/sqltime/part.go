package sqltime

import "strings"

// Part is a part of a timestamp: the field of EXTRACT, the unit of DATE_TRUNC.
type Part uint8

// The parts.
const (
	PartMicrosecond Part = iota // of the minute, like PostgreSQL's MICROSECONDS
	PartMillisecond             // of the minute
	PartSecond
	PartMinute
	PartHour
	PartDay
	PartWeek // ISO 8601
	PartMonth
	PartQuarter
	PartYear
	PartDecade
	PartCentury
	PartMillennium
	PartDayOfWeek    // 0 is Sunday
	PartISODayOfWeek // 1 is Monday, 7 is Sunday
	PartDayOfYear
	PartISOYear
	PartEpoch // seconds since 1970
)

var partNames = map[string]Part{
	"dow": PartDayOfWeek, "dayofweek": PartDayOfWeek, "day_of_week": PartDayOfWeek, "isodow": PartISODayOfWeek,
	"doy": PartDayOfYear, "dayofyear": PartDayOfYear, "day_of_year": PartDayOfYear, "isoyear": PartISOYear, "epoch": PartEpoch,
}

var unitParts = []struct {
	unit Unit
	part Part
}{
	{Microsecond, PartMicrosecond},
	{Millisecond, PartMillisecond},
	{Second, PartSecond},
	{Minute, PartMinute},
	{Hour, PartHour},
	{Day, PartDay},
	{Week, PartWeek},
	{Month, PartMonth},
	{Quarter, PartQuarter},
	{Year, PartYear},
	{Decade, PartDecade},
	{Century, PartCentury},
	{Millennium, PartMillennium},
}

// PartOf returns the part of a name: that of a unit, or dow, isodow, doy,
// isoyear, epoch, in any case.
func PartOf(name string) (Part, bool) {
	if u, ok := UnitOf(name); ok {
		for _, up := range unitParts {
			if up.unit == u {
				return up.part, true
			}
		}
		return 0, false
	}
	p, ok := partNames[strings.ToLower(name)]
	return p, ok
}

// IsUnit reports whether Trunc can cut to the part.
func (p Part) IsUnit() bool { return p <= PartMillennium }

// Of returns the part of a timestamp.
func (p Part) Of(ts int64) int64 {
	if p <= PartHour || p == PartEpoch {
		return p.ofTime(ts)
	}
	days, _ := Split(ts)
	y, m, d := Civil(days)
	switch p {
	case PartDay:
		return int64(d)
	case PartWeek:
		_, w := isoWeek(days)
		return int64(w)
	case PartMonth:
		return int64(m)
	case PartQuarter:
		return int64(m+2) / 3
	case PartYear:
		return int64(y)
	case PartDecade:
		return int64(floorDiv(y, 10))
	case PartCentury:
		return int64(floorDiv(y-1, 100) + 1)
	case PartMillennium:
		return int64(floorDiv(y-1, 1000) + 1)
	case PartDayOfWeek:
		return int64(weekday(days))
	case PartISODayOfWeek:
		return int64((weekday(days)+6)%7 + 1)
	case PartDayOfYear:
		return int64(yearDay(days, y))
	}
	y, _ = isoWeek(days)
	return int64(y)
}

// ofTime returns a part of the time of day, or seconds since the epoch.
func (p Part) ofTime(ts int64) int64 {
	if p == PartEpoch {
		return floorDiv64(ts, MicrosPerSecond)
	}
	_, us := Split(ts)
	switch p {
	case PartMicrosecond:
		return us % MicrosPerMinute
	case PartMillisecond:
		return us % MicrosPerMinute / MicrosPerMilli
	case PartSecond:
		return us % MicrosPerMinute / MicrosPerSecond
	case PartMinute:
		return us % MicrosPerHour / MicrosPerMinute
	}
	return us / MicrosPerHour
}

// OfInterval returns the part of an interval, which is its field as it is
// written, or all of it in seconds for the epoch: a month counts 30 days, a
// year 365.25 days. It reports false for parts that intervals do not have.
func (p Part) OfInterval(v Interval) (int64, bool) {
	switch p {
	case PartMicrosecond:
		return v.Micros % MicrosPerMinute, true
	case PartMillisecond:
		return v.Micros % MicrosPerMinute / MicrosPerMilli, true
	case PartSecond:
		return v.Micros % MicrosPerMinute / MicrosPerSecond, true
	case PartMinute:
		return v.Micros / MicrosPerMinute % 60, true
	case PartHour:
		return v.Micros / MicrosPerHour, true
	case PartDay:
		return int64(v.Days), true
	case PartMonth:
		return int64(v.Months % 12), true
	case PartQuarter:
		return int64(v.Months%12/3 + 1), true
	case PartYear:
		return int64(v.Months / 12), true
	case PartEpoch:
		days := int64(v.Months/12)*36525/100 + int64(v.Months%12)*30 + int64(v.Days)
		quarterDays := int64(v.Months/12) * 36525 % 100 * 864 // hundredths of days in seconds
		return days*86400 + quarterDays + v.Micros/MicrosPerSecond, true
	}
	return 0, false
}

// Trunc returns the start of the unit that a timestamp is in. Parts that are no
// units leave it as it is.
func (p Part) Trunc(ts int64) int64 {
	switch p {
	case PartMicrosecond:
		return ts
	case PartMillisecond:
		return Bucket(ts, MicrosPerMilli)
	case PartSecond:
		return Bucket(ts, MicrosPerSecond)
	case PartMinute:
		return Bucket(ts, MicrosPerMinute)
	case PartHour:
		return Bucket(ts, MicrosPerHour)
	case PartDay:
		return Bucket(ts, MicrosPerDay)
	}
	days, _ := Split(ts)
	if p == PartWeek {
		return int64(days-(weekday(days)+6)%7) * MicrosPerDay
	}
	y, m, _ := Civil(days)
	switch p {
	case PartMonth:
	case PartQuarter:
		m = (m-1)/3*3 + 1
	case PartYear:
		m = 1
	case PartDecade:
		y, m = floorDiv(y, 10)*10, 1
	case PartCentury:
		y, m = floorDiv(y-1, 100)*100+1, 1
	case PartMillennium:
		y, m = floorDiv(y-1, 1000)*1000+1, 1
	default:
		return ts
	}
	return int64(Days(y, m, 1)) * MicrosPerDay
}

// Bucket returns the start of the span of size microseconds, counted from the
// epoch, that a timestamp is in.
func Bucket(ts, size int64) int64 {
	r := ts % size
	if r < 0 {
		r += size
	}
	return ts - r
}

// MonthBucket returns the start of the span of n months, counted from 1970,
// that a timestamp is in.
func MonthBucket(ts int64, n int) int64 {
	days, _ := Split(ts)
	y, m, _ := Civil(days)
	months := (y-1970)*12 + m - 1
	months = floorDiv(months, n) * n
	return int64(Days(1970, months+1, 1)) * MicrosPerDay
}

// MonthsBetween returns how many whole months lie between two timestamps, less
// than 0 if b is before a.
func MonthsBetween(a, b int64) int64 {
	ad, au := Split(a)
	bd, bu := Split(b)
	ay, am, aDay := Civil(ad)
	by, bm, bDay := Civil(bd)
	n := (by-ay)*12 + bm - am
	before := bDay < aDay || bDay == aDay && bu < au
	after := bDay > aDay || bDay == aDay && bu > au
	switch {
	case n > 0 && before:
		n--
	case n < 0 && after:
		n++
	}
	return int64(n)
}
