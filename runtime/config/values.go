package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/spec"
)

// Check reports whether value is legal for an option. Options of type String
// and Path take anything; an empty value is legal where the default is empty.
func Check(o *spec.Option, value string) error {
	var err error
	switch {
	case value == "" && o.Default == "" && !o.Required:
	case o.Type == spec.Int:
		_, err = Int(o, value)
	case o.Type == spec.Bool:
		_, err = Bool(o, value)
	case o.Type == spec.Duration:
		_, err = Duration(o, value)
	case o.Type == spec.Size:
		_, err = Size(o, value)
	case o.Type == spec.Enum:
		_, err = Enum(o, value)
	case o.Type == spec.Char:
		_, err = Char(o, value)
	case value == "":
		err = illegal(o, value, "a value")
	}
	return err
}

// Value returns the value of an option from a set of options: what is set, or
// the default.
func Value(o *spec.Option, set map[string]string) string {
	if v, ok := set[o.Key]; ok {
		return v
	}
	return o.Default
}

func illegal(o *spec.Option, value, want string) error {
	return fmt.Errorf("'%s' = '%s': want %s", o.Key, value, want)
}

// Int parses an integer; digits may be grouped with underscores.
func Int(o *spec.Option, value string) (int64, error) {
	n, err := strconv.ParseInt(strings.ReplaceAll(strings.TrimSpace(value), "_", ""), 10, 64)
	if err != nil {
		return 0, illegal(o, value, "a whole number")
	}
	return n, nil
}

// Bool parses true or false; yes, no, on, off, 1 and 0 are accepted too.
func Bool(o *spec.Option, value string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "true", "yes", "on", "1":
		return true, nil
	case "false", "no", "off", "0":
		return false, nil
	}
	return false, illegal(o, value, "true or false")
}

// Enum returns the canonical spelling of one of the values of an option. Case
// does not count, nor does '-' against '_'.
func Enum(o *spec.Option, value string) (string, error) {
	fold := func(s string) string {
		return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "-", "_")
	}
	for _, v := range o.Values {
		if fold(v) == fold(value) {
			return v, nil
		}
	}
	want := "one of " + strings.Join(o.Values, ", ")
	if near, ok := Nearest(value, o.Values); ok {
		want += fmt.Sprintf(" (did you mean %q?)", near)
	}
	return "", illegal(o, value, want)
}

var chars = map[string]byte{
	`\t`: '\t', "tab": '\t', "comma": ',', "semicolon": ';', "pipe": '|', "space": ' ', `\\`: '\\', `\0`: 0, "none": 0,
}

// Char parses one ASCII character: itself, \t, or a name such as tab, comma,
// semicolon, pipe, space. "none" is 0, for an option that can be switched off.
func Char(o *spec.Option, value string) (byte, error) {
	if c, ok := chars[strings.ToLower(value)]; ok {
		return c, nil
	}
	if len(value) != 1 || value[0] >= utf8.RuneSelf || value == "\n" || value == "\r" {
		return 0, illegal(o, value, `one ASCII character, \t or tab`)
	}
	return value[0], nil
}

// sizes maps units to bytes. As everywhere where memory and files are counted
// by programs, k, m, g are powers of 1024 with or without the i.
var sizes = map[string]float64{
	"": 1, "b": 1, "byte": 1, "bytes": 1,
	"k": 1 << 10, "kb": 1 << 10, "kib": 1 << 10,
	"m": 1 << 20, "mb": 1 << 20, "mib": 1 << 20,
	"g": 1 << 30, "gb": 1 << 30, "gib": 1 << 30,
	"t": 1 << 40, "tb": 1 << 40, "tib": 1 << 40,
}

// Size parses a number of bytes: 4096, 64k, 1MiB, 1.5g.
func Size(o *spec.Option, value string) (int64, error) {
	const want = "a size such as 4096, 64k, 1MiB"
	text := strings.ReplaceAll(strings.TrimSpace(value), "_", "")
	num, unit := splitNumber(text)
	factor, ok := sizes[strings.ToLower(unit)]
	n, err := strconv.ParseFloat(num, 64)
	if !ok || err != nil || n < 0 || n*factor >= math.MaxInt64 {
		return 0, illegal(o, value, want)
	}
	if whole, err := strconv.ParseInt(num, 10, 64); err == nil {
		return whole * int64(factor), nil
	}
	return int64(n * factor), nil
}

var units = map[string]time.Duration{
	"ns": time.Nanosecond, "nanosecond": time.Nanosecond, "nanoseconds": time.Nanosecond, "nanos": time.Nanosecond,
	"us": time.Microsecond, "µs": time.Microsecond, "microsecond": time.Microsecond, "microseconds": time.Microsecond, "micros": time.Microsecond,
	"": time.Millisecond, "ms": time.Millisecond, "millisecond": time.Millisecond, "milliseconds": time.Millisecond, "millis": time.Millisecond,
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "week": 7 * 24 * time.Hour, "weeks": 7 * 24 * time.Hour,
}

// Duration parses 5s, 100ms, 1m30s, "5 minutes", "1 day 2 hours". A number
// without a unit counts milliseconds.
func Duration(o *spec.Option, value string) (time.Duration, error) {
	const want = "a duration such as 5s, 100ms, 1m30s, 5 minutes (a bare number counts milliseconds)"
	text := strings.ToLower(strings.TrimSpace(value))
	if text == "" {
		return 0, illegal(o, value, want)
	}
	var total float64
	for parts := 0; text != ""; parts++ {
		num, rest := splitNumber(text)
		i := 0
		for i < len(rest) && rest[i] != ' ' && rest[i] != '.' && (rest[i] < '0' || rest[i] > '9') {
			i++
		}
		factor, ok := units[rest[:i]]
		n, err := strconv.ParseFloat(num, 64)
		if !ok || err != nil || rest[:i] == "" && (parts > 0 || rest != "") {
			return 0, illegal(o, value, want)
		}
		total += n * float64(factor)
		text = strings.TrimLeft(rest[i:], " ")
	}
	if total >= math.MaxInt64 {
		return 0, illegal(o, value, "a duration of at most 292 years")
	}
	return time.Duration(math.Round(total)), nil
}

// splitNumber cuts a leading decimal number and the blanks behind it off.
func splitNumber(s string) (num, rest string) {
	i := 0
	for i < len(s) && (s[i] == '.' || '0' <= s[i] && s[i] <= '9') {
		i++
	}
	return s[:i], strings.TrimLeft(s[i:], " ")
}
