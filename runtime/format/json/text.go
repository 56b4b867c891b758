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
	next = i
	for {
		next = plainEnd(b, next, 2*ones, ('"'^2+1)*ones, '\\'*ones, ones, highs)
		c := scan.At(b, next)
		if c == '"' {
			return scan.View(b, i, next), next + 1
		}
		if c < utf8.RuneSelf {
			return "", -1
		}
		if next = scan.Rune(b, next); next < 0 {
			return "", -1
		}
	}
}

// SkipText checks the string whose text begins at i, which may have escapes, and
// returns the index behind the closing quote, or next < 0.
func SkipText(b []byte, i int) (next int) {
	next = i
	for {
		next = plainEnd(b, next, 2*ones, ('"'^2+1)*ones, '\\'*ones, ones, highs)
		c := scan.At(b, next)
		switch {
		case c == '"':
			return next + 1
		case c == '\\':
			n := escape(b, next)
			if n == 0 {
				return -1
			}
			next += n
		case c < utf8.RuneSelf:
			return -1
		default:
			if next = scan.Rune(b, next); next < 0 {
				return -1
			}
		}
	}
}

// plainEnd returns the index of the first byte that is not plain text of a
// string. It is special over two words at a time; the constants are arguments
// to have them in registers all the time.
//
//go:noinline
func plainEnd(b []byte, i int, turn, low, slash, one, high uint64) int {
	for {
		w, v := scan.Load(b, i), scan.Load(b, i+8)
		m := ((w ^ turn) - low) | ((w ^ slash) - one) | w
		n := ((v ^ turn) - low) | ((v ^ slash) - one) | v
		if (m|n)&high != 0 {
			if m &= high; m != 0 {
				return i + bits.TrailingZeros64(m)>>3
			}
			return i + 8 + bits.TrailingZeros64(n&high|1<<63)>>3
		}
		i += 16
	}
}

// special marks the first byte of w that is a quote, a backslash, a control
// character, or not ASCII. Marks above the first may be wrong. (With bit 1
// turned over, a quote comes right behind the control characters.)
func special(w uint64) uint64 {
	return (((w ^ 2*ones) - ('"'^2+1)*ones) | ((w ^ '\\'*ones) - ones) | w) & highs
}

// escape returns the length of the escape at b[i], 0 if it is none.
func escape(b []byte, i int) int {
	switch scan.At(b, i+1) {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if _, ok := hex4(b, i+2); ok {
			return 6
		}
	}
	return 0
}

// hex4 returns the number that four hexadecimal digits spell.
func hex4(b []byte, i int) (v rune, ok bool) {
	for k := range 4 {
		c := scan.At(b, i+k)
		switch {
		case c-'0' <= 9:
			c -= '0'
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		v = v<<4 | rune(c)
	}
	return v, true
}
