package sqltime

import (
	"math"

	"github.com/velocsql/veloc/runtime/fault"
)

// Interval is an INTERVAL: months, days and microseconds, which are kept apart
// because months and days differ in length. The zero value is no time.
type Interval struct {
	Months, Days int32
	Micros       int64
}

// Reasons of failures.
const (
	intervalOverflow  = "INTERVAL overflow"
	timestampOverflow = "TIMESTAMP out of range"
	dateOverflow      = "DATE out of range"
)

// Neg returns -v. The smallest numbers have no counterpart and stay.
func (v Interval) Neg() Interval { return Interval{-v.Months, -v.Days, -v.Micros} }

// Cmp is Compare as a method.
func (v Interval) Cmp(w Interval) int { return Compare(v, w) }

// Compare returns -1, 0 or 1 as a is shorter than, as long as or longer than b.
// A month counts 30 days and a day 24 hours, so that 1 month equals 30 days.
func Compare(a, b Interval) int {
	ad, ar := a.length()
	bd, br := b.length()
	switch {
	case ad < bd || ad == bd && ar < br:
		return -1
	case ad == bd && ar == br:
		return 0
	}
	return 1
}

// length returns days and the microseconds beyond them.
func (v Interval) length() (days, micros int64) {
	d := floorDiv64(v.Micros, MicrosPerDay)
	return int64(v.Months)*30 + int64(v.Days) + d, v.Micros - d*MicrosPerDay
}

// Add returns a+b, and fails on overflow.
func Add(f *fault.Fault, a, b Interval) Interval {
	us := a.Micros + b.Micros
	if (us^a.Micros)&(us^b.Micros) < 0 {
		f.Set(intervalOverflow)
		return Interval{}
	}
	return join(f, int64(a.Months)+int64(b.Months), int64(a.Days)+int64(b.Days), us)
}

// Sub returns a-b, and fails on overflow.
func Sub(f *fault.Fault, a, b Interval) Interval {
	us := a.Micros - b.Micros
	if (a.Micros^b.Micros)&(us^a.Micros) < 0 {
		f.Set(intervalOverflow)
		return Interval{}
	}
	return join(f, int64(a.Months)-int64(b.Months), int64(a.Days)-int64(b.Days), us)
}

// Mul returns v*n, and fails on overflow.
func Mul(f *fault.Fault, v Interval, n int64) Interval {
	us := v.Micros * n
	months, days := int64(v.Months)*n, int64(v.Days)*n
	if n != 0 && (us/n != v.Micros || months/n != int64(v.Months) || days/n != int64(v.Days)) || n == -1 && v.Micros == math.MinInt64 {
		f.Set(intervalOverflow)
		return Interval{}
	}
	return join(f, months, days, us)
}

func join(f *fault.Fault, months, days, us int64) Interval {
	if months != int64(int32(months)) || days != int64(int32(days)) {
		f.Set(intervalOverflow)
		return Interval{}
	}
	return Interval{int32(months), int32(days), us}
}

// AddTimestamp returns ts + v: months first, which keep the day of the month or
// take the last one, then days and microseconds. It fails out of range.
func AddTimestamp(f *fault.Fault, ts int64, v Interval) int64 {
	if v.Months == 0 && -shortDays < v.Days && v.Days < shortDays {
		return addMicros(f, ts, int64(v.Days)*MicrosPerDay, v.Micros) // days of UTC all have 24 hours
	}
	days, us := Split(ts)
	days = addMonths(days, int(v.Months)) + int(v.Days)
	whole := floorDiv64(v.Micros, MicrosPerDay)
	us += v.Micros - whole*MicrosPerDay
	days += int(whole)
	if days < minDay || days > maxDay {
		f.Set(timestampOverflow)
		return 0
	}
	return addMicros(f, int64(days)*MicrosPerDay, us, 0)
}

// shortDays bounds the days whose microseconds are far from overflow.
const shortDays = 1 << 20

// addMicros returns ts + a + b; a is small.
func addMicros(f *fault.Fault, ts, a, b int64) int64 {
	sum := ts + b
	if (sum^ts)&(sum^b) >= 0 {
		ts = sum + a
		if (ts^sum)&(ts^a) >= 0 {
			return ts
		}
	}
	f.Set(timestampOverflow)
	return 0
}

// The days whose microseconds fit 64 bits.
const (
	minDay = -106751991
	maxDay = 106751990
)

// AddDate returns the date days + v; hours that make up whole days count. It
// fails out of range.
func AddDate(f *fault.Fault, days int32, v Interval) int32 {
	d := addMonths(int(days), int(v.Months)) + int(v.Days) + int(floorDiv64(v.Micros, MicrosPerDay))
	if d != int(int32(d)) {
		f.Set(dateOverflow)
		return 0
	}
	return int32(d)
}

func addMonths(days, n int) int {
	if n == 0 {
		return days
	}
	y, m, d := Civil(days)
	m += n - 1
	y += floorDiv(m, 12)
	m = m - floorDiv(m, 12)*12 + 1
	return Days(y, m, min(d, DaysIn(y, m)))
}

// Between returns the interval from b to a, a - b, in days and microseconds of
// one sign. It wraps only for timestamps that are further apart than 292,000
// years.
func Between(a, b int64) Interval {
	us := a - b
	days := us / MicrosPerDay
	return Interval{0, int32(days), us - days*MicrosPerDay}
}
