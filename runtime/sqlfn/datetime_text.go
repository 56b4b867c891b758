package sqlfn

import (
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// TimeFormat is a compiled pattern for timestamps.
type TimeFormat struct{ layout *sqltime.Layout }

// NewTimeFormat compiles a pattern: of strftime if it has a %, else of Java, such
// as `yyyy-MM-dd HH:mm:ss`.
func NewTimeFormat(pattern string) (TimeFormat, error) {
	l, err := sqltime.CompileAny(pattern)
	return TimeFormat{l}, err
}

// MustTimeFormat is NewTimeFormat for patterns that were checked when compiling;
// it panics on a bad one.
func MustTimeFormat(pattern string) TimeFormat {
	t, err := NewTimeFormat(pattern)
	if err != nil {
		panic(err)
	}
	return t
}

// lastFormat is the last pattern that was not constant.
var lastFormat atomic.Pointer[sqltime.Layout]

// timeFormat returns the format of a pattern that is not constant. It fails for
// a bad pattern.
func timeFormat(f *fault.Fault, pattern string) (TimeFormat, bool) {
	if l := lastFormat.Load(); l != nil && l.Pattern() == pattern {
		return TimeFormat{l}, true
	}
	t, err := NewTimeFormat(pattern)
	if err != nil {
		f.Set(err.Error())
		return t, false
	}
	lastFormat.Store(t.layout)
	return t, true
}

// Format returns a timestamp as text, in UTC. It never fails.
func (t TimeFormat) Format(_ *fault.Fault, ts int64) string {
	var room [64]byte
	return string(t.layout.Format(room[:0], ts))
}

// Parse reads a timestamp, and fails if the text does not fit the pattern.
func (t TimeFormat) Parse(f *fault.Fault, s string) int64 {
	ts, err := t.layout.Parse(s)
	if err != nil && !f.Failed() {
		f.Set("cannot read " + quote(s) + " with the time pattern " + t.layout.Pattern() + ": " + err.Error())
	}
	return ts
}

// ParseDate reads a date, and fails if the text does not fit the pattern.
func (t TimeFormat) ParseDate(f *fault.Fault, s string) int32 { return sqltime.DateOf(t.Parse(f, s)) }

// FormatTimestamp is TimeFormat.Format with a pattern that is not constant, and
// fails for a bad one.
func FormatTimestamp(f *fault.Fault, ts int64, pattern string) string {
	t, ok := timeFormat(f, pattern)
	if !ok {
		return ""
	}
	return t.Format(f, ts)
}

// ParseTimestamp is TimeFormat.Parse with a pattern that is not constant, and
// fails for a bad one.
func ParseTimestamp(f *fault.Fault, s, pattern string) int64 {
	t, ok := timeFormat(f, pattern)
	if !ok {
		return 0
	}
	return t.Parse(f, s)
}

// ParseDate is TimeFormat.ParseDate with a pattern that is not constant, and
// fails for a bad one.
func ParseDate(f *fault.Fault, s, pattern string) int32 {
	return sqltime.DateOf(ParseTimestamp(f, s, pattern))
}

// FormatDate returns a date as text. It never fails.
func (t TimeFormat) FormatDate(f *fault.Fault, days int32) string {
	return t.Format(f, int64(days)*sqltime.MicrosPerDay)
}

// ParseTimeOfDay reads a time, and fails if the text does not fit the pattern.
func (t TimeFormat) ParseTimeOfDay(f *fault.Fault, s string) int64 {
	return sqltime.TimeOf(t.Parse(f, s))
}

// FormatDate is TimeFormat.FormatDate with a pattern that is not constant, and
// fails for a bad one.
func FormatDate(f *fault.Fault, days int32, pattern string) string {
	return FormatTimestamp(f, int64(days)*sqltime.MicrosPerDay, pattern)
}

// ParseTimeOfDay is TimeFormat.ParseTimeOfDay with a pattern that is not
// constant, and fails for a bad one.
func ParseTimeOfDay(f *fault.Fault, s, pattern string) int64 {
	return sqltime.TimeOf(ParseTimestamp(f, s, pattern))
}

// NewToChar compiles a pattern of TO_CHAR.
func NewToChar(pattern string) (TimeFormat, error) {
	l, err := sqltime.CompileToChar(pattern)
	return TimeFormat{l}, err
}

// MustToChar is NewToChar for patterns that were checked when compiling; it
// panics on a bad one.
func MustToChar(pattern string) TimeFormat {
	t, err := NewToChar(pattern)
	if err != nil {
		panic(err)
	}
	return t
}

// NewWritten compiles a pattern of strftime, PostgreSQL or Java, whichever it
// looks like.
func NewWritten(pattern string) (TimeFormat, error) {
	l, err := sqltime.CompileWritten(pattern)
	return TimeFormat{l}, err
}

// MustWritten is NewWritten for patterns that were checked when compiling; it
// panics on a bad one.
func MustWritten(pattern string) TimeFormat {
	t, err := NewWritten(pattern)
	if err != nil {
		panic(err)
	}
	return t
}

// The last patterns of TO_CHAR and of TO_TIMESTAMP that were not constant.
var lastToChar, lastWritten atomic.Pointer[sqltime.Layout]

// kept returns the last pattern if it is this one, else compiles it. It fails
// for a bad one.
func kept(f *fault.Fault, last *atomic.Pointer[sqltime.Layout], pattern string, compile func(string) (*sqltime.Layout, error)) (TimeFormat, bool) {
	if l := last.Load(); l != nil && l.Pattern() == pattern {
		return TimeFormat{l}, true
	}
	l, err := compile(pattern)
	if err != nil {
		f.Set(err.Error())
		return TimeFormat{}, false
	}
	last.Store(l)
	return TimeFormat{l}, true
}

// ToChar is TO_CHAR with a pattern that is not constant, and fails for a bad one.
func ToChar(f *fault.Fault, ts int64, pattern string) string {
	t, ok := kept(f, &lastToChar, pattern, sqltime.CompileToChar)
	if !ok {
		return ""
	}
	return t.Format(f, ts)
}

// ToTimestamp is TO_TIMESTAMP with a pattern that is not constant, and fails for
// a bad one.
func ToTimestamp(f *fault.Fault, s, pattern string) int64 {
	t, ok := kept(f, &lastWritten, pattern, sqltime.CompileWritten)
	if !ok {
		return 0
	}
	return t.Parse(f, s)
}

// ToDate is TO_DATE with a pattern that is not constant, and fails for a bad one.
func ToDate(f *fault.Fault, s, pattern string) int32 {
	return sqltime.DateOf(ToTimestamp(f, s, pattern))
}
