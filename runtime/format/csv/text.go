// Package csv reads and writes records of comma-separated values (RFC 4180,
// with any delimiter and quote).
//
// Text and Skip read plain fields in place. Reader reads everything else: it
// splits one record at a time and converts its fields. Where both apply they
// agree.
package csv

import (
	"math/bits"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/format/scan"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Text reads the field at i if it is plain: not empty, not quoted, valid UTF-8.
// It ends at a delimiter or '\n', whose index is next. The string is a view of
// b. Everything else gives next < 0.
func Text(b []byte, i int, delim byte) (s string, next int) {
	next = Skip(b, i, delim)
	if next < 0 {
		return "", -1
	}
	return scan.View(b, i, next), next
}

// Skip checks what Text reads.
func Skip(b []byte, i int, delim byte) (next int) {
	for next = i; ; next += 8 {
		m := special(scan.Load(b, next), uint64(delim)*ones)
		if m == 0 {
			continue
		}
		next += bits.TrailingZeros64(m) >> 3
		if c := scan.At(b, next); (c == delim || c == '\n') && next > i {
			return next
		}
		return skipOdd(b, i, next, delim)
	}
}

// special marks the first byte of w that is the delimiter, a quote, a control
// character up to CR, or not ASCII. Marks above the first may be wrong.
func special(w, delims uint64) uint64 {
	return (((w ^ delims) - ones) | ((w ^ '"'*ones) - ones) | (w - ('\r'+1)*ones) | w) & highs
}

// skipOdd continues Skip at a byte that does not simply end the field.
func skipOdd(b []byte, i, next int, delim byte) int {
	ascii := true
	for ; ; next++ {
		switch c := scan.At(b, next); {
		case c == delim || c == '\n':
			if next == i || !ascii && !utf8.ValidString(scan.View(b, i, next)) {
				return -1
			}
			return next
		case c == '"' || c == '\r':
			return -1
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
}

// AppendText appends a field that holds s, in quotes if it needs them: the
// empty string, a delimiter, a quote, a line break, a blank at either end.
// (NULL is an empty field without quotes.)
func AppendText(dst []byte, s string, delim byte) []byte {
	if !needsQuotes(s, delim) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	from := 0
	for k := range len(s) {
		if s[k] == '"' {
			dst = append(dst, s[from:k+1]...)
			from = k
		}
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

func needsQuotes(s string, delim byte) bool {
	if s == "" || blank(s[0]) || blank(s[len(s)-1]) {
		return true
	}
	for k := range len(s) {
		if c := s[k]; c == delim || c == '"' || c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

func blank(c byte) bool { return c == ' ' || c == '\t' }
