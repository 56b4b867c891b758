// Package json reads and writes records that are JSON objects, one per line.
//
// Text and SkipText read plain strings in place, for generated code that has
// found the key it expects. Reader reads every object: keys in any order, white
// space, escapes, nested values.
package json

import (
	"math/bits"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/format/scan"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Text reads the string whose text begins at i, behind the opening quote, if it
// has no escapes and is valid UTF-8. next is behind the closing quote. The
// string is a view of b. Everything else gives next < 0.
func Text(b []byte, i int) (s string, next int) {
	next = SkipText(b, i)
	if next < 0 {
		return "", -1
	}
	return scan.View(b, i, next-1), next
}

// SkipText checks what Text reads.
func SkipText(b []byte, i int) (next int) {
	for next = i; ; next += 8 {
		m := special(scan.Load(b, next))
		if m == 0 {
			continue
		}
		next += bits.TrailingZeros64(m) >> 3
		if scan.At(b, next) == '"' {
			return next + 1
		}
		return skipOdd(b, i, next)
	}
}

// special marks the first byte of w that is a quote, a backslash, a control
// character, or not ASCII. Marks above the first may be wrong.
func special(w uint64) uint64 {
	return (((w ^ '"'*ones) - ones) | ((w ^ '\\'*ones) - ones) | (w - ' '*ones) | w) & highs
}

// skipOdd continues SkipText at a byte that does not simply end the string.
func skipOdd(b []byte, i, next int) int {
	for ; ; next++ {
		switch c := scan.At(b, next); {
		case c == '"':
			if !utf8.ValidString(scan.View(b, i, next)) {
				return -1
			}
			return next + 1
		case c == '\\' || c < ' ':
			return -1
		}
	}
}
