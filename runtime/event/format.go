// Package event turns fields into event times and follows how far event time
// has come in the partitions of a relation.
package event

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/format/scan"
)

// Time is a point in event time: microseconds since the epoch, UTC.
type Time = int64

// Earliest is the watermark before any row, Latest the one when every
// partition has ended.
const (
	Earliest Time = math.MinInt64
	Latest   Time = math.MaxInt64
)

// First and Last bound the event times of rows: the years 1 to 9999. A number
// beyond them is mostly one in another unit.
const (
	First Time = -62135596800_000000
	Last  Time = 253402300799_999999
)

// Format is how a field spells event times. The zero value, and the one of an
// empty event.time.format, goes by the value: an integer is milliseconds since
// the epoch, text is ISO 8601.
type Format struct {
	name   string
	kind   kind
	field  string
	fields []string

	// An integer of the span from lo on is that many times microseconds.
	lo, times int64
	span      uint64
	unit      int // epoch: its microseconds are 10^unit, -3 for nanoseconds
	layout    layout
}

type kind uint8

const (
	detect kind = iota
	epoch
	iso
	pattern
)

// layout is a compiled strftime pattern.
type layout interface {
	Parse(s string) (us int64, err error)
}

// ParseFormat reads the value of event.time.format: epoch_millis,
// epoch_seconds, epoch, epoch_micros, epoch_nanos, iso8601 in any case, or a
// strftime pattern.
func ParseFormat(s string) (Format, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "":
		return Detect(), nil
	case "epoch_seconds", "epoch":
		return EpochSeconds(), nil
	case "epoch_millis":
		return EpochMillis(), nil
	case "epoch_micros":
		return EpochMicros(), nil
	case "epoch_nanos":
		return EpochNanos(), nil
	case "iso8601", "iso_8601", "iso-8601":
		return ISO8601(), nil
	}
	if !strings.Contains(s, "%") && javaLike(s) {
		return Pattern(s)
	}
	if !strings.Contains(s, "%") {
		return Format{}, &FormatError{s, "it is none of epoch_millis, epoch_seconds, epoch_micros, epoch_nanos, iso8601, and no pattern such as %Y-%m-%d %H:%M:%S"}
	}
	return Pattern(s)
}

// javaLike reports a pattern of letters, as ksqlDB has them: it has a year and a
// month or day.
func javaLike(s string) bool {
	return strings.ContainsAny(s, "yu") && strings.ContainsAny(s, "MdDL")
}

// FormatError is an event.time.format that cannot be used.
type FormatError struct {
	Format, Reason string
}

func (e *FormatError) Error() string {
	return "event time format " + strconv.Quote(e.Format) + ": " + e.Reason
}

// Detect goes by the value.
func Detect() Format {
	f := EpochMillis()
	f.name, f.kind = "", detect
	return f
}

// EpochSeconds is a count of seconds.
func EpochSeconds() Format { return ofEpoch("epoch_seconds", 1_000_000, 6) }

// EpochMillis is a count of milliseconds.
func EpochMillis() Format { return ofEpoch("epoch_millis", 1000, 3) }

// EpochMicros is a count of microseconds.
func EpochMicros() Format { return ofEpoch("epoch_micros", 1, 0) }

// EpochNanos is a count of nanoseconds.
func EpochNanos() Format { return Format{name: "epoch_nanos", kind: epoch, unit: -3} }

func ofEpoch(name string, times int64, unit int) Format {
	return Format{name: name, kind: epoch, unit: unit, times: times, lo: First / times, span: uint64(Last/times - First/times + 1)}
}

// ISO8601 is a date and a time, with T or a blank between them and an optional
// zone; without one it is UTC.
func ISO8601() Format { return Format{name: "iso8601", kind: iso} }

// Of returns the format with the name of the field, and of the other fields
// there are, for messages.
func (f Format) Of(field string, fields ...string) Format {
	f.field, f.fields = field, fields
	return f
}

// String returns the format as event.time.format spells it.
func (f *Format) String() string {
	if f.kind == detect {
		return "by value"
	}
	return f.name
}

// TakesNumbers and TakesText report which fields the format fits.
func (f *Format) TakesNumbers() bool { return f.kind == detect || f.kind == epoch }

// TakesText reports whether a text field fits.
func (f *Format) TakesText() bool { return true }

// FromInt returns the event time of an integer field.
func (f *Format) FromInt(v int64) (Time, error) {
	if uint64(v-f.lo) < f.span {
		return v * f.times, nil
	}
	return f.fromInt(v)
}

func (f *Format) fromInt(v int64) (Time, error) {
	switch f.kind {
	case detect:
		if v >= First/1000 && v <= Last/1000 {
			return v * 1000, nil
		}
	case epoch:
		if f.unit < 0 {
			us := v / 1000
			if v%1000 < 0 {
				us--
			}
			return us, nil
		}
	default:
		return 0, f.fail(TypeMismatch, strconv.FormatInt(v, 10))
	}
	return 0, f.fail(OutOfRange, strconv.FormatInt(v, 10))
}

// FromFloat returns the event time of a DOUBLE field, to the nearest
// microsecond.
func (f *Format) FromFloat(v float64) (Time, error) {
	if !f.TakesNumbers() {
		return 0, f.fail(TypeMismatch, strconv.FormatFloat(v, 'g', -1, 64))
	}
	us := math.Round(v * math.Pow10(f.digits()))
	if !(us >= float64(First) && us <= float64(Last)) {
		return 0, f.fail(OutOfRange, strconv.FormatFloat(v, 'g', -1, 64))
	}
	return Time(us), nil
}

// digits is the power of ten between the number and microseconds.
func (f *Format) digits() int {
	if f.kind == detect {
		return 3
	}
	return f.unit
}

// FromDecimal returns the event time of a DECIMAL field, v being a multiple of
// 10^-scale. Parts of a microsecond are cut towards the past.
func (f *Format) FromDecimal(v int64, scale int) (Time, error) {
	if !f.TakesNumbers() {
		return 0, f.fail(TypeMismatch, string(decimal.Append64(nil, v, scale)))
	}
	us, ok := v, true
	for d := f.digits() - scale; d != 0 && ok; {
		if d > 0 {
			us, ok = timesTen(us)
			d--
			continue
		}
		rest := us % 10
		us /= 10
		if rest < 0 {
			us--
		}
		d++
	}
	if !ok || us < First || us > Last {
		return 0, f.fail(OutOfRange, string(decimal.Append64(nil, v, scale)))
	}
	return us, nil
}

// FromDecimal128 is FromDecimal for a precision above 18.
func (f *Format) FromDecimal128(v decimal.Int128, scale int) (Time, error) {
	hi, lo := uint64(v.Hi), v.Lo
	for int64(hi) != int64(lo)>>63 {
		if scale <= f.digits() { // no part of a microsecond is left to cut
			return 0, f.fail(OutOfRange, "a number of more than 19 digits")
		}
		neg := int64(hi) < 0
		if neg { // cut towards the past: the complement rounds down
			hi, lo = ^hi, ^lo
		}
		q, rest := bits.Div64(0, hi, 10)
		hi = q
		lo, _ = bits.Div64(rest, lo, 10)
		if neg {
			hi, lo = ^hi, ^lo
		}
		scale--
	}
	return f.FromDecimal(int64(lo), scale)
}

func timesTen(v int64) (int64, bool) {
	u := uint64(v)
	if v < 0 {
		u = -u
	}
	hi, lo := bits.Mul64(u, 10)
	return v * 10, hi == 0 && lo <= math.MaxInt64
}

// FromText returns the event time of a text field.
func (f *Format) FromText(s string) (Time, error) {
	switch f.kind {
	case epoch:
		return f.epochText(s)
	case pattern:
		us, err := f.layout.Parse(s)
		if err != nil {
			return 0, f.failText(ParseFailure, s)
		}
		return f.inRange(us, s)
	}
	us, ok := scan.ParseTimestamp(s)
	if !ok {
		if f.kind == detect {
			return 0, f.failText(DetectionFailed, s)
		}
		return 0, f.failText(ParseFailure, s)
	}
	return f.inRange(us, s)
}

func (f *Format) inRange(us Time, s string) (Time, error) {
	if us < First || us > Last {
		return 0, f.fail(OutOfRange, strings.Clone(s))
	}
	return us, nil
}

// epochText reads a number in text.
func (f *Format) epochText(s string) (Time, error) {
	s = strings.TrimSpace(s)
	if v, ok := scan.ParseInt64(s); ok {
		return f.FromInt(v)
	}
	const scale = 9
	if v, ok := scan.ParseDec128(s, 38, scale); ok {
		return f.FromDecimal128(v, scale)
	}
	return 0, f.fail(ParseFailure, strings.Clone(s))
}

// failText is fail for text, where a zone name is the better reason.
func (f *Format) failText(k ErrorKind, s string) error {
	if namesZone(s) {
		k = AmbiguousZone
	}
	return f.fail(k, strings.Clone(s))
}

// namesZone reports whether s is a date and a time with a name of a zone behind.
func namesZone(s string) bool {
	i := len(s)
	for i > 0 && (s[i-1]|0x20 >= 'a' && s[i-1]|0x20 <= 'z' || s[i-1] == '/' || s[i-1] == '_') {
		i--
	}
	if len(s)-i < 2 || i < 16 {
		return false
	}
	_, ok := scan.ParseTimestamp(strings.TrimRight(s[:i], " "))
	return ok
}
