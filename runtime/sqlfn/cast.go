package sqlfn

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// The functions of CAST are named after the Go types of generated code:
// Int32ToBool, TextToDecimal .. and report a fault; those of TRY_CAST have Try
// in front and return false instead. A DECIMAL operand is followed by its
// scale; for a DECIMAL result, precision and scale are the last arguments.

// read returns v, and fails with a reason that shows the text if ok is false.
func read[T any](f *fault.Fault, v T, ok bool, text, kind string) T {
	if !ok {
		unreadable(f, text, kind)
	}
	return v
}

//go:noinline
func unreadable(f *fault.Fault, text, kind string) {
	if !f.Failed() {
		f.Set("cannot read " + quote(text) + " as " + kind)
	}
}

// quote quotes a text for a message, cut to a readable length.
func quote(s string) string {
	const most = 40
	if len(s) <= most {
		return strconv.Quote(s)
	}
	n := most
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strconv.Quote(s[:n]) + ".."
}

// fits returns v, and fails if ok is false.
func fits[T any](f *fault.Fault, v T, ok bool, reason string) T {
	if !ok {
		f.Set(reason)
	}
	return v
}

// Reasons of failing casts.
const (
	tooLargeInt32     = "the value does not fit INT"
	tooLargeInt64     = "the value does not fit BIGINT"
	tooLargeFloat32   = "the value does not fit FLOAT"
	tooLargeDecimal   = "the value has too many digits for its DECIMAL type"
	tooLargeTimestamp = "the value does not fit TIMESTAMP"
	notUTF8           = "the bytes are not UTF-8"
)

// trim cuts white space off both ends, as PostgreSQL does before it reads a
// value.
func trim(s string) string {
	if s == "" || s[0] > ' ' && s[len(s)-1] > ' ' && s[0] < utf8.RuneSelf && s[len(s)-1] < utf8.RuneSelf {
		return s
	}
	return strings.TrimSpace(s)
}
