package json

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/format/scan"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Each method for a value takes the current one. ok is false for null, and for
// a failure, which Done tells.

// null takes a null literal if there is one.
func (r *Reader) null() bool { return r.at() == 'n' && r.word("null") }

// numeral takes a number and returns its text.
func (r *Reader) numeral(typ string) (s string, ok bool) {
	from := r.i
	if r.lenient && r.at() == '"' {
		s, ok = r.stringText(typ)
		return strings.TrimSpace(s), ok
	}
	if c := r.at(); c != '-' && c-'0' > 9 {
		r.other(typ)
		return "", false
	}
	if !r.number() {
		return "", false
	}
	return scan.View(r.b, from, r.i), true
}

// stringText takes a string and returns its text without escapes.
func (r *Reader) stringText(typ string) (s string, ok bool) {
	if r.at() != '"' {
		r.other(typ)
		return "", false
	}
	from := r.i + 1
	end, escaped, ok := r.quoted()
	if !ok {
		return "", false
	}
	if escaped {
		return r.unescape(from, end), true
	}
	return scan.View(r.b, from, end), true
}

// other records that the current value is of another type than typ.
func (r *Reader) other(typ string) {
	from := r.i
	if r.Skip(); r.err == nil {
		r.mismatch(cut(scan.View(r.b, from, r.i)), typ)
	}
}

// cut shortens text for a message.
func cut(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + ".. (" + strconv.Itoa(len(s)) + " bytes)"
	}
	return s
}

// whole reports that a number which the fast functions have read up to next is
// all of the value, and moves behind it.
func (r *Reader) whole(next int) bool {
	if next < 0 || next >= len(r.b) {
		return false
	}
	switch r.b[next] {
	case ',', '}', ']', ' ', '\t', '\r', '\n':
		r.i = next
		return true
	}
	return false
}

// Int64 returns a BIGINT.
func (r *Reader) Int64() (v int64, ok bool) {
	if v, next := scan.Int(r.b, r.i); r.whole(next) {
		return v, true
	}
	if r.null() {
		return 0, false
	}
	s, ok := r.numeral("BIGINT")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseInt64(s); !ok {
		if v, ok = r.truncated(s, math.MinInt64, math.MaxInt64); ok {
			return v, true
		}
		r.mismatch(cut(s), "BIGINT")
		return 0, false
	}
	return v, true
}

// truncated is the whole part of a number for a lenient Reader.
func (r *Reader) truncated(s string, lo, hi float64) (int64, bool) {
	f, ok := scan.ParseFloat64(s)
	if !r.lenient || !ok || f < lo || f >= hi {
		return 0, false
	}
	return int64(f), true
}

// Int32 returns an INT.
func (r *Reader) Int32() (v int32, ok bool) {
	if v, next := scan.Int32(r.b, r.i); r.whole(next) {
		return v, true
	}
	if r.null() {
		return 0, false
	}
	s, ok := r.numeral("INT")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseInt32(s); !ok {
		if whole, ok := r.truncated(s, math.MinInt32, math.MaxInt32); ok {
			return int32(whole), true
		}
		r.mismatch(cut(s), "INT")
		return 0, false
	}
	return v, true
}

// Float64 returns a DOUBLE.
func (r *Reader) Float64() (v float64, ok bool) {
	if v, next := scan.Float(r.b, r.i); r.whole(next) {
		return v, true
	}
	if r.null() {
		return 0, false
	}
	if (r.keys || r.lenient) && r.at() == '"' {
		return r.wordFloat()
	}
	s, ok := r.numeral("DOUBLE")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseFloat64(s); !ok {
		r.mismatch(cut(s), "DOUBLE")
		return 0, false
	}
	return v, true
}

// Float32 returns a FLOAT.
func (r *Reader) Float32() (v float32, ok bool) {
	if v, next := scan.Float32(r.b, r.i); r.whole(next) {
		return v, true
	}
	if r.null() {
		return 0, false
	}
	if r.keys && r.at() == '"' {
		f, ok := r.wordFloat()
		return float32(f), ok
	}
	s, ok := r.numeral("FLOAT")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseFloat32(s); !ok {
		r.mismatch(cut(s), "FLOAT")
		return 0, false
	}
	return v, true
}

// decimalText takes a number or a string with one.
func (r *Reader) decimalText(precision, scale int) (s string, ok bool) {
	if r.at() == '"' {
		return r.stringText("")
	}
	if c := r.at(); c != '-' && c-'0' > 9 {
		r.other(decimalType(precision, scale))
		return "", false
	}
	return r.numeral("")
}

// decimalType names a decimal type.
func decimalType(precision, scale int) string {
	return "DECIMAL(" + strconv.Itoa(precision) + "," + strconv.Itoa(scale) + ")"
}

// Dec64 returns a DECIMAL(precision, scale), precision at most 18, from a
// number or a string.
func (r *Reader) Dec64(precision, scale int) (v int64, ok bool) {
	if v, next := scan.DecP(r.b, r.i, precision, scale); r.whole(next) {
		return v, true
	}
	if r.null() {
		return 0, false
	}
	s, ok := r.decimalText(precision, scale)
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseDec64(s, precision, scale); !ok {
		r.mismatch(scan.Quote(s), decimalType(precision, scale))
		return 0, false
	}
	return v, true
}

// Dec128 is Dec64 for a precision up to 38.
func (r *Reader) Dec128(precision, scale int) (v decimal.Int128, ok bool) {
	if r.null() {
		return v, false
	}
	s, ok := r.decimalText(precision, scale)
	if !ok {
		return v, false
	}
	if v, ok = scan.ParseDec128(s, precision, scale); !ok {
		r.mismatch(scan.Quote(s), decimalType(precision, scale))
	}
	return v, ok
}

// Bool returns a BOOLEAN.
func (r *Reader) Bool() (v, ok bool) {
	switch r.at() {
	case 'n':
		r.null()
		return false, false
	case 't':
		return true, r.word("true")
	case 'f':
		return false, r.word("false")
	case '"':
		if !r.lenient {
			break
		}
		s, ok := r.stringText("BOOLEAN")
		if !ok {
			return false, false
		}
		if v, ok = scan.ParseBool(s); !ok {
			r.mismatch(scan.Quote(s), "BOOLEAN")
		}
		return v, ok
	}
	r.other("BOOLEAN")
	return false, false
}

// Text returns a STRING.
func (r *Reader) Text() (v string, ok bool) {
	if r.at() == '"' {
		if v, next := Text(r.b, r.i+1); next >= 0 && next <= len(r.b) {
			r.i = next
			return v, true
		}
	}
	if r.null() {
		return "", false
	}
	if r.lenient && r.at() != '"' {
		from := r.i
		if r.Skip(); r.err != nil {
			return "", false
		}
		return scan.View(r.b, from, r.i), true
	}
	return r.stringText("STRING")
}

// Bytes returns a BYTES, from base64.
func (r *Reader) Bytes() (v []byte, ok bool) {
	if r.null() {
		return nil, false
	}
	s, ok := r.stringText("BYTES in base64")
	if !ok {
		return nil, false
	}
	from := len(r.scratch)
	if r.scratch, ok = scan.ParseBytes(r.scratch, s); !ok {
		r.mismatch(scan.Quote(s), "BYTES in base64")
		return nil, false
	}
	return r.scratch[from:len(r.scratch):len(r.scratch)], true
}

// Date returns a DATE in days since the epoch, from a string or from the number
// of these days.
func (r *Reader) Date() (v int32, ok bool) {
	if r.null() {
		return 0, false
	}
	if r.at() != '"' {
		s, ok := r.numeral("DATE")
		if !ok {
			return 0, false
		}
		if v, ok = scan.DayNumber(s); !ok {
			r.mismatch(cut(s), "DATE")
		}
		return v, ok
	}
	s, ok := r.stringText("DATE")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseDate(s); !ok {
		r.mismatch(scan.Quote(s), "DATE")
		return 0, false
	}
	return v, true
}

// Time returns a TIME in microseconds of the day, from a string or from an integer
// of milliseconds.
func (r *Reader) Time() (v int64, ok bool) {
	if r.null() {
		return 0, false
	}
	if r.at() != '"' {
		s, ok := r.numeral("TIME")
		if !ok {
			return 0, false
		}
		if v, ok = scan.DayMillis(s); !ok {
			r.mismatch(cut(s), "TIME")
		}
		return v, ok
	}
	s, ok := r.stringText("TIME")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseTime(s); !ok {
		r.mismatch(scan.Quote(s), "TIME")
		return 0, false
	}
	return v, true
}

// Timestamp returns a TIMESTAMP in microseconds since the epoch, from a string
// or from an integer of milliseconds.
func (r *Reader) Timestamp() (v int64, ok bool) {
	if r.at() == '"' {
		if v, next := scan.Timestamp(r.b, r.i+1, &r.minute); next >= 0 && next < len(r.b) && r.b[next] == '"' {
			r.i = next + 1
			return v, true
		}
	}
	if r.null() {
		return 0, false
	}
	if r.at() != '"' {
		s, ok := r.numeral("TIMESTAMP")
		if !ok {
			return 0, false
		}
		ms, ok := scan.ParseInt64(s)
		if !ok || !scan.MillisFit(ms) {
			r.mismatch(cut(s), "TIMESTAMP")
			return 0, false
		}
		return ms * 1000, true
	}
	s, ok := r.stringText("TIMESTAMP")
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseTimestamp(s); !ok {
		r.mismatch(scan.Quote(s), "TIMESTAMP")
		return 0, false
	}
	return v, true
}

// TimestampIn returns a TIMESTAMP written in a form of its own: a number or a text.
func (r *Reader) TimestampIn(form *scan.TimeForm) (v int64, ok bool) {
	if r.null() {
		return 0, false
	}
	var s string
	if r.at() == '"' {
		s, ok = r.stringText("TIMESTAMP")
	} else {
		s, ok = r.numeral("TIMESTAMP")
		if ok && form.Text() {
			r.mismatch(cut(s), form.String())
			return 0, false
		}
	}
	if !ok {
		return 0, false
	}
	if v, ok = form.Parse(s); !ok {
		r.mismatch(scan.Quote(s), form.String())
		return 0, false
	}
	return v, true
}

// JSONText returns a JSON: the value as it stands, checked.
func (r *Reader) JSONText() (v string, ok bool) {
	if r.null() {
		return "", false
	}
	from := r.i
	if r.Skip(); r.err != nil {
		return "", false
	}
	return scan.View(r.b, from, r.i), true
}

// unescape returns the text of the string in b[from:end], which is valid. A
// surrogate without its partner becomes U+FFFD.
func (r *Reader) unescape(from, end int) string {
	out := r.scratch
	begin := len(out)
	for i := from; i < end; {
		c := r.b[i]
		if c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		c = r.b[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			v, _ := hex4(r.b, i)
			i += 4
			if utf16.IsSurrogate(v) {
				low := rune(-1)
				if i+6 <= end && r.b[i] == '\\' && r.b[i+1] == 'u' {
					low, _ = hex4(r.b, i+2)
				}
				if v = utf16.DecodeRune(v, low); v != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, v)
			continue
		}
		out = append(out, c)
	}
	r.scratch = out
	return scan.View(out, begin, len(out))
}

// Interval returns an INTERVAL: an ISO 8601 duration, or words such as 1 day 2
// hours.
func (r *Reader) Interval() (v sqltime.Interval, ok bool) {
	if r.null() {
		return v, false
	}
	s, ok := r.stringText("INTERVAL")
	if !ok {
		return v, false
	}
	if v, ok = sqltime.ParseInterval(s); !ok {
		r.mismatch(scan.Quote(s), "INTERVAL")
	}
	return v, ok
}
