package sqlzone

import (
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Format is a compiled pattern for timestamps in a zone.
type Format struct {
	layout *sqltime.Layout
	zone   *Zone
}

// NewFormat compiles a pattern: of strftime if it has a %, else of Java.
func NewFormat(pattern, name string) (Format, error) {
	l, err := sqltime.CompileAny(pattern)
	if err != nil {
		return Format{}, err
	}
	z, err := NewZone(name)
	return Format{l, z}, err
}

// MustFormat is NewFormat for what was checked when compiling; it panics on a bad
// pattern or an unknown zone.
func MustFormat(pattern, name string) Format {
	f, err := NewFormat(pattern, name)
	if err != nil {
		panic(err)
	}
	return f
}

// MustFormatUTC is MustFormat for texts in UTC that may name another zone.
func MustFormatUTC(pattern string) Format { return MustFormat(pattern, "UTC") }

// lastLayout is the last pattern that was not constant.
var lastLayout atomic.Pointer[sqltime.Layout]

// format returns the format of what is not constant, and fails for a bad pattern
// or an unknown zone.
func format(f *fault.Fault, pattern, name string) Format {
	z := zone(f, name)
	if l := lastLayout.Load(); l != nil && l.Pattern() == pattern {
		return Format{l, z}
	}
	l, err := sqltime.CompileAny(pattern)
	if err != nil {
		f.Set(err.Error())
		return Format{}
	}
	lastLayout.Store(l)
	return Format{l, z}
}

// Format returns a timestamp as text, as clocks of the zone show it. It never
// fails.
func (m Format) Format(_ *fault.Fault, ts int64) string {
	var room [64]byte
	ahead, abbreviation := m.zone.offset(ts)
	return string(m.layout.FormatLocal(room[:0], ts+ahead, ahead, abbreviation, m.zone.name))
}

// FormatMillis is Format of milliseconds since the epoch.
func (m Format) FormatMillis(f *fault.Fault, millis int64) string {
	return m.Format(f, micros(f, millis))
}

// micros fails for milliseconds that are no timestamp.
func micros(f *fault.Fault, millis int64) int64 {
	ts := millis * sqltime.MicrosPerMilli
	if ts/sqltime.MicrosPerMilli != millis {
		f.Set("the milliseconds are out of range")
		return 0
	}
	return ts
}

// Parse reads a timestamp of the zone, unless the text tells another one, and
// fails if it does not fit the pattern.
func (m Format) Parse(f *fault.Fault, s string) int64 {
	r, err := m.layout.Read(s)
	if err != nil {
		f.Set("cannot read the text with the time pattern " + m.layout.Pattern() + ": " + err.Error())
		return 0
	}
	switch {
	case r.Fixed:
		return r.Local - r.Offset
	case r.Zone != "":
		return written(f, r.Zone).instant(r.Local)
	}
	return m.zone.instant(r.Local)
}

// ParseMillis is Parse to milliseconds since the epoch.
func (m Format) ParseMillis(f *fault.Fault, s string) int64 {
	return floor(m.Parse(f, s), sqltime.MicrosPerMilli)
}

func floor(x, by int64) int64 {
	q := x / by
	if x%by < 0 {
		q--
	}
	return q
}

// abbreviations are names of times that texts have in place of a zone. As in
// Java they stand for the zone, with its summer time.
var abbreviations = map[string]string{
	"PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MDT": "America/Denver", "CST": "America/Chicago", "CDT": "America/Chicago",
	"EDT": "America/New_York", "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "BST": "Europe/London", "WEST": "Europe/Lisbon",
	"CEST": "Europe/Paris", "EEST": "Europe/Bucharest", "MSK": "Europe/Moscow", "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
	"EST": "America/New_York", "MST": "America/Denver",
}

// written is the zone that a text names, and fails for an unknown one.
func written(f *fault.Fault, name string) *Zone {
	if full, ok := abbreviations[name]; ok {
		name = full
	}
	return zone(f, name)
}

// FormatTimestamp is Format.Format for what is not constant.
func FormatTimestamp(f *fault.Fault, ts int64, pattern, name string) string {
	m := format(f, pattern, name)
	if m.layout == nil {
		return ""
	}
	return m.Format(f, ts)
}

// ParseTimestamp is Format.Parse for what is not constant.
func ParseTimestamp(f *fault.Fault, s, pattern, name string) int64 {
	m := format(f, pattern, name)
	if m.layout == nil {
		return 0
	}
	return m.Parse(f, s)
}

// FormatMillis is Format.FormatMillis for what is not constant.
func FormatMillis(f *fault.Fault, millis int64, pattern, name string) string {
	return FormatTimestamp(f, micros(f, millis), pattern, name)
}

// ParseMillis is Format.ParseMillis for what is not constant.
func ParseMillis(f *fault.Fault, s, pattern, name string) int64 {
	return floor(ParseTimestamp(f, s, pattern, name), sqltime.MicrosPerMilli)
}

// ParseUTC is ParseTimestamp in UTC, unless the text tells another zone.
func ParseUTC(f *fault.Fault, s, pattern string) int64 { return ParseTimestamp(f, s, pattern, "UTC") }

// FormatMillisUTC is FormatMillis in UTC.
func FormatMillisUTC(f *fault.Fault, millis int64, pattern string) string {
	return FormatMillis(f, millis, pattern, "UTC")
}

// ParseMillisUTC is ParseMillis in UTC, unless the text tells another zone.
func ParseMillisUTC(f *fault.Fault, s, pattern string) int64 {
	return ParseMillis(f, s, pattern, "UTC")
}
