package csv

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/format/json"
	"github.com/velocsql/veloc/runtime/format/scan"
	"github.com/velocsql/veloc/runtime/jsontext"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Err returns the first failure of the record since Record, nil if there is
// none.
func (r *Reader) Err() error { return r.err }

// Raw returns the text of column c as it stands, without its quotes.
func (r *Reader) Raw(c int) string { return r.text(r.position[c]) }

// value returns the text of column c, or false for NULL.
func (r *Reader) value(c int) (string, bool) {
	k := r.position[c]
	if f := &r.fields[k]; !f.quoted {
		if f.start == f.end {
			return "", false
		}
		s := scan.View(r.b, f.start, f.end)
		return s, s != r.opt.Null
	}
	return r.text(k), true
}

// trimmed is value without blanks around it.
func (r *Reader) trimmed(c int) (string, bool) {
	s, ok := r.value(c)
	return strings.Trim(s, " \t"), ok
}

// convert passes on v, or records that s is not what column c holds.
func convert[T any](r *Reader, c int, s, typ string, v T, ok bool) (T, bool) {
	if !ok {
		r.fail(c, s, typ)
		var zero T
		return zero, false
	}
	return v, true
}

func (r *Reader) fail(c int, s, typ string) {
	if r.err == nil {
		r.err = fmt.Errorf("column %q: %s is not %s", r.opt.Columns[c], scan.Quote(s), typ)
	}
}

// decimalType names a decimal type.
func decimalType(precision, scale int) string {
	return "DECIMAL(" + strconv.Itoa(precision) + "," + strconv.Itoa(scale) + ")"
}

// Int64 returns BIGINT column c; false is NULL, or a failure that Err tells. So
// do the methods for the other types.
func (r *Reader) Int64(c int) (v int64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	v, ok = scan.ParseInt64(s)
	return convert(r, c, s, "BIGINT", v, ok)
}

// Int32 returns INT column c.
func (r *Reader) Int32(c int) (v int32, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	v, ok = scan.ParseInt32(s)
	return convert(r, c, s, "INT", v, ok)
}

// Float64 returns DOUBLE column c.
func (r *Reader) Float64(c int) (v float64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	v, ok = scan.ParseFloat64(s)
	return convert(r, c, s, "DOUBLE", v, ok)
}

// Float32 returns FLOAT column c.
func (r *Reader) Float32(c int) (v float32, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	v, ok = scan.ParseFloat32(s)
	return convert(r, c, s, "FLOAT", v, ok)
}

// Dec64 returns DECIMAL(precision, scale) column c, precision at most 18.
func (r *Reader) Dec64(c, precision, scale int) (v int64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseDec64(s, precision, scale); !ok {
		r.fail(c, s, decimalType(precision, scale))
		return 0, false
	}
	return v, true
}

// Dec128 returns DECIMAL(precision, scale) column c.
func (r *Reader) Dec128(c, precision, scale int) (v decimal.Int128, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return v, false
	}
	if v, ok = scan.ParseDec128(s, precision, scale); !ok {
		r.fail(c, s, decimalType(precision, scale))
	}
	return v, ok
}

// Text returns STRING column c.
func (r *Reader) Text(c int) (v string, ok bool) {
	s, ok := r.value(c)
	if !ok {
		return "", false
	}
	return convert(r, c, s, "valid UTF-8", s, utf8.ValidString(s))
}

// Bytes returns BYTES column c, in base64.
func (r *Reader) Bytes(c int) (v []byte, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return nil, false
	}
	from := len(r.scratch)
	r.scratch, ok = scan.ParseBytes(r.scratch, s)
	return convert(r, c, s, "BYTES in base64", r.scratch[from:len(r.scratch):len(r.scratch)], ok)
}

// Bool returns BOOLEAN column c.
func (r *Reader) Bool(c int) (v, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return false, false
	}
	v, ok = scan.ParseBool(s)
	return convert(r, c, s, "BOOLEAN", v, ok)
}

// Date returns DATE column c in days since the epoch; an integer is the number of
// these days.
func (r *Reader) Date(c int) (v int32, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseDate(s); !ok {
		v, ok = scan.DayNumber(s)
	}
	return convert(r, c, s, "DATE", v, ok)
}

// Time returns TIME column c in microseconds of the day; an integer is milliseconds.
func (r *Reader) Time(c int) (v int64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	if v, ok = scan.ParseTime(s); !ok {
		v, ok = scan.DayMillis(s)
	}
	return convert(r, c, s, "TIME", v, ok)
}

// Timestamp returns TIMESTAMP column c in microseconds since the epoch; an
// integer is milliseconds.
func (r *Reader) Timestamp(c int) (v int64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	if ms, ok := scan.ParseInt64(s); ok {
		return convert(r, c, s, "TIMESTAMP", ms*1000, scan.MillisFit(ms))
	}
	v, ok = scan.ParseTimestamp(s)
	return convert(r, c, s, "TIMESTAMP", v, ok)
}

// TimestampIn returns TIMESTAMP column c, written in a form of its own.
func (r *Reader) TimestampIn(c int, form *scan.TimeForm) (v int64, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return 0, false
	}
	if v, ok = form.Parse(s); !ok {
		r.fail(c, s, form.String())
		return 0, false
	}
	return v, true
}

// Interval returns INTERVAL column c: an ISO 8601 duration, or words such as
// 1 day 2 hours.
func (r *Reader) Interval(c int) (v sqltime.Interval, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return v, false
	}
	v, ok = sqltime.ParseInterval(s)
	return convert(r, c, s, "INTERVAL", v, ok)
}

// JSON returns column c, whose text is a value in JSON, with a function that
// generated code has for its type, and m, the memory that the function reads
// into.
func JSON[M, T any](r *Reader, c int, m *M, read func(*M, *json.Reader) (T, bool)) (v T, ok bool) {
	f := &r.fields[r.position[c]]
	r.scratch = slices.Grow(r.scratch, f.end-f.start+64) // with readable bytes behind the text
	s, ok := r.trimmed(c)
	if !ok {
		return v, false
	}
	r.cell.Value(unsafe.Slice(unsafe.StringData(s), len(s)))
	v, ok = read(m, &r.cell)
	if err := r.cell.ValueDone(); err != nil {
		if r.err == nil {
			r.err = fmt.Errorf("column %q: %w", r.opt.Columns[c], err)
		}
		var zero T
		return zero, false
	}
	return v, ok
}

// JSONText returns JSON column c: the text as it stands, checked.
func (r *Reader) JSONText(c int) (v string, ok bool) {
	s, ok := r.trimmed(c)
	if !ok {
		return "", false
	}
	return convert(r, c, s, "JSON", s, jsontext.Valid(s))
}
