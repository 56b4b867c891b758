package sqlfn

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// Printf writes values into a format as C does: %d, %s, %f, %e, %g, %x, %X, %o, %c
// and %%, with the flags - + 0 blank and comma, a width and a precision. Values
// come as texts. It fails for other directives, for too few values, and for those
// that are no number where one is wanted.
func Printf(f *fault.Fault, format string, args ...string) string {
	var b strings.Builder
	next := 0
	for {
		before, rest, found := strings.Cut(format, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		v, n := parseVerb(rest)
		format = rest[n:]
		switch {
		case n == 0 || v.width > mostText || v.precision > 1000:
			f.Set("PRINTF knows %d, %s, %f, %e, %g, %x, %X, %o, %c and %%")
			return ""
		case v.verb == '%':
			b.WriteByte('%')
			continue
		case next >= len(args):
			f.Set("PRINTF has more places than values")
			return ""
		}
		text, ok := v.text(args[next])
		if !ok {
			f.Set("PRINTF: " + quote(args[next]) + " is not what %" + string(v.verb) + " wants")
			return ""
		}
		v.pad(&b, text)
		next++
	}
}

// verb is a directive of PRINTF.
type verb struct {
	left, plus, zero, space, comma bool
	width, precision               int // precision -1: none is said
	verb                           byte
}

// parseVerb reads the directive behind a %; 0 bytes are none.
func parseVerb(s string) (v verb, n int) {
	v.precision = -1
	for ; n < len(s); n++ {
		switch s[n] {
		case '-':
			v.left = true
		case '+':
			v.plus = true
		case '0':
			v.zero = true
		case ' ':
			v.space = true
		case ',':
			v.comma = true
		default:
			goto width
		}
	}
width:
	number := func() int {
		x := 0
		for n < len(s) && s[n]-'0' <= 9 && x <= mostText {
			x = x*10 + int(s[n]-'0')
			n++
		}
		return x
	}
	v.width = number()
	if n < len(s) && s[n] == '.' {
		n++
		v.precision = number()
	}
	for n < len(s) && s[n] == 'l' { // lengths of C say nothing here
		n++
	}
	if n == len(s) || strings.IndexByte("diusfFeEgGxXoc%", s[n]) < 0 {
		return v, 0
	}
	v.verb = s[n]
	return v, n + 1
}

// text is a value as the directive wants it, before it is filled up.
func (v *verb) text(x string) (string, bool) {
	switch v.verb {
	case 's':
		if v.precision >= 0 && utf8.RuneCountInString(x) > v.precision {
			x = Left(x, int32(v.precision))
		}
		return x, true
	case 'c':
		if code, err := strconv.ParseInt(x, 10, 32); err == nil {
			return string(rune(code)), true
		}
		return Left(x, 1), x != ""
	case 'd', 'i', 'u':
		if !isWhole(x) {
			return "", false
		}
		return v.signed(x), true
	case 'x', 'X', 'o':
		n, err := strconv.ParseInt(x, 10, 64)
		base := 16
		if v.verb == 'o' {
			base = 8
		}
		out := strconv.FormatUint(uint64(n), base)
		if v.verb == 'X' {
			out = strings.ToUpper(out)
		}
		return out, err == nil
	case 'f', 'F':
		return v.fixed(x)
	}
	y, err := strconv.ParseFloat(x, 64)
	precision := v.precision
	if precision < 0 {
		precision = 6
	}
	return v.signed(strconv.FormatFloat(y, v.verb, precision, 64)), err == nil
}

func isWhole(x string) bool {
	if x != "" && x[0] == '-' {
		x = x[1:]
	}
	for i := range len(x) {
		if x[i]-'0' > 9 {
			return false
		}
	}
	return x != ""
}

// fixed writes a number with digits behind the point, decimals exactly.
func (v *verb) fixed(x string) (string, bool) {
	precision := v.precision
	if precision < 0 {
		precision = 6
	}
	y, err := strconv.ParseFloat(x, 64)
	if err != nil && y == 0 || x == "" {
		return "", false
	}
	if y-y != 0 {
		return v.signed(x), true
	}
	if strings.ContainsAny(x, "eEpPxX_") {
		x = strconv.FormatFloat(y, 'f', -1, 64)
	}
	negative, whole, fraction := digitsOf(nil, []byte(strings.TrimPrefix(x, "+")), precision)
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	if len(whole) == 0 {
		b.WriteByte('0')
	}
	b.Write(whole)
	if precision > 0 {
		b.WriteByte('.')
		b.Write(fraction)
	}
	return v.signed(b.String()), true
}

// signed adds the plus or blank before a number that is not negative, and commas.
func (v *verb) signed(x string) string {
	sign := ""
	switch {
	case x[0] == '-':
		sign, x = "-", x[1:]
	case v.plus:
		sign = "+"
	case v.space:
		sign = " "
	}
	if v.comma {
		end := strings.IndexByte(x, '.')
		if end < 0 {
			end = len(x)
		}
		for i := end - 3; i > 0; i -= 3 {
			x = x[:i] + "," + x[i:]
		}
	}
	return sign + x
}

// pad writes a text, filled up to the width.
func (v *verb) pad(b *strings.Builder, x string) {
	fill := v.width - utf8.RuneCountInString(x)
	switch {
	case fill <= 0:
		b.WriteString(x)
	case v.left:
		b.WriteString(x)
		b.WriteString(strings.Repeat(" ", fill))
	case v.zero && v.verb != 's' && v.verb != 'c':
		if x != "" && strings.IndexByte("+- ", x[0]) >= 0 {
			b.WriteByte(x[0])
			x = x[1:]
		}
		b.WriteString(strings.Repeat("0", fill))
		b.WriteString(x)
	default:
		b.WriteString(strings.Repeat(" ", fill))
		b.WriteString(x)
	}
}
