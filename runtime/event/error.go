package event

import (
	"strconv"
	"strings"
)

// ErrorKind says why there is no event time.
type ErrorKind uint8

// The kinds.
const (
	MissingField    ErrorKind = iota // the record has no such field, or NULL in it
	TypeMismatch                     // the format does not fit the type of the value
	OutOfRange                       // no time between the years 1 and 9999
	ParseFailure                     // the text does not follow the format
	AmbiguousZone                    // the text names a time zone by its abbreviation
	DetectionFailed                  // no format is given, and the text is no ISO 8601
)

var reasons = [...]string{
	MissingField:    "the field is missing or NULL",
	TypeMismatch:    "the format does not fit a value of this type",
	OutOfRange:      "the time is not between the years 1 and 9999 (is it in another unit?)",
	ParseFailure:    "the value does not follow the format",
	AmbiguousZone:   "a time zone given by name is ambiguous, use an offset such as +01:00 or Z",
	DetectionFailed: "the value is neither an integer of milliseconds nor ISO 8601 (set 'event.time.format')",
}

// String returns the reason in words.
func (k ErrorKind) String() string { return reasons[k] }

// Error is a row without an event time.
type Error struct {
	Kind   ErrorKind
	Field  string
	Value  string
	Format string
	Fields []string // the fields there are
}

// Error tells all of it.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("event time")
	if e.Field != "" {
		b.WriteString(" from field " + strconv.Quote(e.Field))
	}
	if e.Kind != MissingField {
		b.WriteString(", value " + quoted(e.Value))
	}
	b.WriteString(", format " + e.Format + ": " + e.Kind.String())
	if len(e.Fields) > 0 {
		b.WriteString("; the fields are " + strings.Join(e.Fields, ", "))
	}
	return b.String()
}

// quoted is a value for a message, cut if it is long.
func quoted(s string) string {
	const most = 60
	if len(s) > most {
		return strconv.Quote(s[:most]) + ".."
	}
	return strconv.Quote(s)
}

// Missing is the error of a record that has no value in the field.
func (f *Format) Missing() error { return f.fail(MissingField, "") }

func (f *Format) fail(k ErrorKind, value string) error {
	return &Error{Kind: k, Field: f.field, Value: value, Format: f.String(), Fields: f.fields}
}
