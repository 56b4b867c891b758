package sqlfn

import (
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// TestNumbersToChar has what PostgreSQL writes.
func TestNumbersToChar(t *testing.T) {
	for _, c := range []struct {
		x       int64
		scale   int
		pattern string
		want    string
	}{
		{12, 0, "9990999.9", "    0012.0"},
		{12, 0, "FM9990999.9", "0012."},
		{485, 0, "999", " 485"},
		{-485, 0, "999", "-485"},
		{485, 0, "9 9 9", " 4 8 5"},
		{1485, 0, "9,999", " 1,485"},
		{1485, 0, "9G999", " 1,485"},
		{1485, 1, "999.999", " 148.500"},
		{1485, 1, "FM999.999", "148.5"},
		{1485, 1, "FM999.990", "148.500"},
		{-485, 0, "999S", "485-"},
		{-485, 0, "999MI", "485-"},
		{485, 0, "999MI", "485 "},
		{485, 0, "FM999MI", "485"},
		{485, 0, "PL999", "+485"},
		{485, 0, "SG999", "+485"},
		{-485, 0, "SG999", "-485"},
		{-485, 0, "9SG99", "4-85"},
		{-485, 0, "999PR", "<485>"},
		{485, 0, "999PR", " 485 "},
		{485, 0, "S9999", " +485"},
		{-1, 1, "99.99", "  -.10"},
		{-1, 1, "FM9.99", "-.1"},
		{-1, 1, "FM90.99", "-0.1"},
		{1, 1, "0.9", " 0.1"},
		{0, 0, "9", " 0"},
		{0, 0, "0", " 0"},
		{1234, 0, "999", " ###"},
		{1234567, 0, "9,999,999", " 1,234,567"},
		{995, 2, "9.9", " #.#"},
		{995, 2, "99.9", " 10.0"},
		{945, 2, "9.9", " 9.5"},
		{-4, 1, "9", " 0"},
		{5, 0, `"no. "99`, "no.   5"},
		{12, 0, "9,999", "    12"},
		{12, 0, "FM9,999", "12"},
		{485, 0, `"Good number:"999`, "Good number: 485"},
		{100, 0, "099999", " 000100"},
		{7, 0, "FM000", "007"},
	} {
		var f fault.Fault
		if got := NumberToChar(&f, decimal.FromInt64(c.x), c.scale, c.pattern); got != c.want || f.Failed() {
			t.Errorf("%d e-%d as %q is %q, want %q %s", c.x, c.scale, c.pattern, got, c.want, f.Take())
		}
	}
	for _, bad := range []string{"", "abc", "9.9.9", `9"x`, "RN", "9EEEE", "MI"} {
		if _, err := NewNumberLayout(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestPrintf(t *testing.T) {
	for _, c := range []struct{ format, args, want string }{
		{"%d|%5d|%-5d|%05d|%+d|% d", "1 2 3 4 5 6", "1|    2|3    |00004|+5| 6"},
		{"%05d", "-42", "-0042"},
		{"%f %.2f %.0f", "1.5 2.345 2.5", "1.500000 2.35 3"},
		{"%8.3f|%-8.1f|", "3.14159 2", "   3.142|2.0     |"},
		{"%e %g", "1234.5 0.0001", "1.234500e+03 0.0001"},
		{"%x %X %o", "255 255 8", "ff FF 10"},
		{"%c%c", "65 b", "Ab"},
		{"%s %.2s|%5s|%-4s|", "abc defg x y", "abc de|    x|y   |"},
		{"%,d %,.1f", "1234567 98765.43", "1,234,567 98,765.4"},
		{"100%%", "", "100%"},
		{"%ld", "7", "7"},
		{"%.3f", "123456789012345678901234567890.1235", "123456789012345678901234567890.124"},
		{"%.1f", "1e3", "1000.0"},
	} {
		var f fault.Fault
		if got := Printf(&f, c.format, strings.Fields(c.args)...); got != c.want || f.Failed() {
			t.Errorf("%q of %s: %q, want %q %s", c.format, c.args, got, c.want, f.Take())
		}
	}
	for _, c := range []struct{ format, args string }{{"%d", "x"}, {"%d", "1.5"}, {"%f", "x"}, {"%x", "1.5"}, {"%d", ""}, {"%q", "1"}, {"%", ""}, {"%999999999999d", "1"}, {"%c", ""}} {
		var f fault.Fault
		if Printf(&f, c.format, strings.Fields(c.args)...); !f.Failed() {
			t.Errorf("%q of %q does not fail", c.format, c.args)
		}
	}
}

func FuzzPrintf(f *testing.F) {
	f.Add("%5.2f|%s|%-3d", "1.5", "9G999MI")
	f.Fuzz(func(_ *testing.T, format, x, pattern string) {
		if len(format) > 50 {
			return
		}
		var flt fault.Fault
		Printf(&flt, format, x, x)
		flt.Take()
		NumberToChar(&flt, decimal.MulInt64(int64(len(x))*12345, 987654321), len(x)%30, pattern)
	})
}
