package scan

import (
	"strings"

	"github.com/velocsql/veloc/runtime/sqltime"
)

// TimeForm is a way to write columns of type TIMESTAMP other than ISO 8601: a count
// since the epoch, or a pattern.
type TimeForm struct {
	name   string
	times  int64 // a count of one is so many microseconds; 0 for nanoseconds
	places int   // decimal places between the count and nanoseconds
	layout *sqltime.Layout
}

// The counts since the epoch.
var (
	Seconds = &TimeForm{name: "seconds", times: 1_000_000, places: 9}
	Millis  = &TimeForm{name: "milliseconds", times: 1000, places: 6}
	Micros  = &TimeForm{name: "microseconds", times: 1, places: 3}
	Nanos   = &TimeForm{name: "nanoseconds"}
)

// MustTimePattern is a pattern such as %d/%m/%Y %H:%M:%S. The compiler has checked
// it, so it panics only on code that was edited by hand.
func MustTimePattern(pattern string) *TimeForm {
	l, err := sqltime.CompileAny(pattern)
	if err != nil {
		panic(err)
	}
	return &TimeForm{name: pattern, layout: l}
}

// String names the form in messages: "TIMESTAMP in seconds since the epoch".
func (f *TimeForm) String() string {
	if f.layout != nil {
		return "TIMESTAMP as " + f.name
	}
	return "TIMESTAMP in " + f.name + " since the epoch"
}

// Text reports whether the form is text; others are numbers.
func (f *TimeForm) Text() bool { return f.layout != nil }

// The microseconds of the years 1 to 9999. A count beyond them is mostly one in
// another unit.
const (
	firstMicro = -62135596800_000000
	lastMicro  = 253402300799_999999
)

// Parse reads the text of a value: what follows the pattern, or a count. Where a
// count is wanted, ISO 8601 will do too.
func (f *TimeForm) Parse(s string) (us int64, ok bool) {
	if f.layout != nil {
		us, err := f.layout.Parse(s)
		return us, err == nil
	}
	if v, ok := ParseInt64(s); ok {
		return f.count(v)
	}
	if us, ok = ParseTimestamp(s); ok {
		return us, true
	}
	if strings.ContainsAny(s, "eExX") {
		return 0, false
	}
	v, ok := ParseDec128(s, 38, f.places)
	if !ok || v.Hi != int64(v.Lo)>>63 {
		return 0, false
	}
	return Nanos.count(int64(v.Lo))
}

// count is the time of a whole number.
func (f *TimeForm) count(v int64) (us int64, ok bool) {
	if f.times == 0 {
		return floorDiv(v, 1000), true
	}
	if v < firstMicro/f.times || v > lastMicro/f.times {
		return 0, false
	}
	return v * f.times, true
}

func floorDiv(v, by int64) int64 {
	q := v / by
	if v%by < 0 {
		q--
	}
	return q
}

// EpochSeconds reads a count of seconds as microseconds since the epoch.
func EpochSeconds(b []byte, i int) (us int64, next int) { return Seconds.scan(b, i) }

// EpochMillis reads a count of milliseconds.
func EpochMillis(b []byte, i int) (us int64, next int) { return Millis.scan(b, i) }

// EpochMicros reads a count of microseconds.
func EpochMicros(b []byte, i int) (us int64, next int) { return Micros.scan(b, i) }

// EpochNanos reads a count of nanoseconds; parts of a microsecond are cut towards
// the past.
func EpochNanos(b []byte, i int) (us int64, next int) {
	v, n := natural(b, i)
	if n >= 0 {
		return int64(v / 1000), n
	}
	return Nanos.scan(b, i)
}

func (f *TimeForm) scan(b []byte, i int) (us int64, next int) {
	v, next := Int(b, i)
	us, ok := f.count(v)
	if !ok {
		return 0, -1
	}
	return us, next
}

// AppendSeconds appends a time as seconds since the epoch; parts of a second are
// cut towards the past.
func AppendSeconds(dst []byte, us int64) []byte { return AppendInt(dst, floorDiv(us, 1_000_000)) }

// AppendNanos appends a time as nanoseconds since the epoch. They need not fit in
// 64 bits.
func AppendNanos(dst []byte, us int64) []byte {
	dst = AppendInt(dst, us)
	if us != 0 {
		dst = append(dst, "000"...)
	}
	return dst
}

// Append appends a time by the pattern.
func (f *TimeForm) Append(dst []byte, us int64) []byte { return f.layout.Format(dst, us) }
