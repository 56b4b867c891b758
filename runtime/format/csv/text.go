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
	// Up to 15 bytes without a branch on the length, which is as good as random.
	delims := uint64(delim) * ones
	w, x := scan.Load(b, i), scan.Load(b, i+8)
	m, n := special(w, delims), special(x, delims)
	t := bits.TrailingZeros64(m)
	t += bits.TrailingZeros64(n) & -(t >> 6) // only if t is 64
	next = i + t>>3
	if c := scan.At(b, next); c != delim && c != '\n' || t < 8 || (w|x)&highs != 0 {
		if next = textOn(b, i, next, delim); next < 0 {
			return "", -1
		}
	}
	return scan.View(b, i, next), next
}

// Short is Text for up to seven characters, but next may also be the index of a
// character that Text would not take: look at b[next]. It is inlined; ask Text
// where it gives up.
func Short(b []byte, i int, delim byte) (s string, next int) {
	w := scan.Load(b, i)
	n := bits.TrailingZeros64(special(w, uint64(delim)*ones)|w&highs) >> 3
	if n&7 == 0 {
		return "", -1
	}
	return scan.View(b, i, i+n), i + n
}

// Skip checks what Text reads.
func Skip(b []byte, i int, delim byte) (next int) {
	_, next = Text(b, i, delim)
	return next
}

// special marks the first byte of w that is the delimiter, a quote or a control
// character. Marks above the first may be wrong. (With bit 1 turned over, a
// quote comes right behind the control characters.)
func special(w, delims uint64) uint64 {
	return (((w ^ 2*ones) - ('"'^2+1)*ones) | ((w ^ delims) - ones)) &^ w & highs
}

// textOn is Skip for text with characters beyond ASCII, of any length, or of
// none. There is nothing special before next.
//
//go:noinline
func textOn(b []byte, i, next int, delim byte) int {
	w, x := scan.Load(b, i), scan.Load(b, i+8)
	if (w|x)&highs != 0 {
		c := scan.At(b, next)
		if n := next - i; 0 < n && n < 16 && (c == delim || c == '\n') && pairs(w, x, n) {
			return next
		}
		next = i
	}
	return skipOn(b, i, next, delim)
}

// pairs reports whether the first n bytes of w and x are ASCII and characters of
// two bytes; an ASCII character follows them.
func pairs(w, x uint64, n int) bool {
	lead, next := w&(w<<1)&highs, w&^(w<<1)&highs
	bad := lead<<8 ^ next | longOrFalse(w, lead)
	lead2, next2 := x&(x<<1)&highs, x&^(x<<1)&highs
	bad2 := (lead2<<8 | lead>>56) ^ next2 | longOrFalse(x, lead2)
	e := bits.TrailingZeros64(bad)
	e += bits.TrailingZeros64(bad2) & -(e >> 6) // only if e is 64
	return e>>3 > n
}

// longOrFalse marks, of the first bytes of characters in w, those of three bytes
// and more, and those of a character that needs just one.
func longOrFalse(w, lead uint64) uint64 {
	return lead & (w<<2 | ^(w&(0x1e*ones) + 0x7e*ones))
}

// skipOn is Skip from an index up to which there is nothing special.
func skipOn(b []byte, i, next int, delim byte) int {
	for {
		w := scan.Load(b, next)
		m := special(w, uint64(delim)*ones) | w&highs
		if m == 0 {
			next += 8
			continue
		}
		next += bits.TrailingZeros64(m) >> 3
		c := scan.At(b, next)
		switch {
		case c == delim || c == '\n':
			if next == i {
				return -1
			}
			return next
		case c == '"' || c == '\r':
			return -1
		case c < utf8.RuneSelf: // a harmless control character
			next++
		}
		for scan.At(b, next) >= utf8.RuneSelf {
			if next = scan.Rune(b, next); next < 0 {
				return -1
			}
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

// QuoteFrom puts what has been appended behind dst[:from] in quotes if it needs
// them as a field.
func QuoteFrom(dst []byte, from int, delim byte) []byte {
	if !needsQuotes(scan.View(dst, from, len(dst)), delim) {
		return dst
	}
	return AppendText(dst[:from], string(dst[from:]), delim)
}

// AppendTime appends a time by a pattern, in quotes if it needs them.
func AppendTime(dst []byte, us int64, form *scan.TimeForm, delim byte) []byte {
	from := len(dst)
	return QuoteFrom(form.Append(dst, us), from, delim)
}
