package terminal

import (
	"unicode/utf8"
)

// clean makes text safe to print on one line: control characters, invalid
// bytes and characters that turn the direction of text are escaped.
func clean(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c >= 0x7f {
			return escape(s, i)
		}
	}
	return s
}

func escape(s string, from int) string {
	out := append(make([]byte, 0, len(s)+8), s[:from]...)
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, '\\', 'x', hex[s[i]>>4], hex[s[i]&15])
		case r == '\n':
			out = append(out, `\n`...)
		case r == '\t':
			out = append(out, `\t`...)
		case r == '\r':
			out = append(out, `\r`...)
		case r < 0x20 || r == 0x7f:
			out = append(out, '\\', 'x', hex[r>>4], hex[r&15])
		case r < 0xa0 && r > 0x7f, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			out = append(out, `\u`...)
			for shift := 12; shift >= 0; shift -= 4 {
				out = append(out, hex[r>>shift&15])
			}
		default:
			out = append(out, s[i:i+n]...)
		}
		i += n
	}
	return string(out)
}

const hex = "0123456789abcdef"

// span is a range of characters.
type span struct{ lo, hi rune }

// Characters that take no column and those that take two, by the blocks that
// matter: combining marks, East Asian scripts, emoji.
var (
	zeroWidth = []span{
		{0x300, 0x36f},
		{0x483, 0x489},
		{0x591, 0x5bd},
		{0x610, 0x61a},
		{0x64b, 0x65f},
		{0x6d6, 0x6dc},
		{0x93c, 0x93c},
		{0x941, 0x948},
		{0x94d, 0x94d},
		{0xe31, 0xe31},
		{0xe34, 0xe3a},
		{0xe47, 0xe4e},
		{0x1ab0, 0x1aff},
		{0x1dc0, 0x1dff},
		{0x200b, 0x200d},
		{0x20d0, 0x20ff},
		{0x2060, 0x2064},
		{0x3099, 0x309a},
		{0xfe00, 0xfe0f},
		{0xfe20, 0xfe2f},
		{0x1f3fb, 0x1f3ff},
		{0xe0100, 0xe01ef},
	}
	doubleWidth = []span{
		{0x1100, 0x115f},
		{0x231a, 0x231b},
		{0x23e9, 0x23ec},
		{0x25fd, 0x25fe},
		{0x2614, 0x2615},
		{0x2648, 0x2653},
		{0x26a1, 0x26a1},
		{0x26bd, 0x26be},
		{0x2705, 0x2705},
		{0x270a, 0x270b},
		{0x2728, 0x2728},
		{0x274c, 0x274c},
		{0x2753, 0x2755},
		{0x2757, 0x2757},
		{0x2795, 0x2797},
		{0x2b50, 0x2b50},
		{0x2b55, 0x2b55},
		{0x2e80, 0x303e},
		{0x3041, 0x3096},
		{0x309b, 0x3247},
		{0x3250, 0x4dbf},
		{0x4e00, 0xa4cf},
		{0xa960, 0xa97f},
		{0xac00, 0xd7a3},
		{0xf900, 0xfaff},
		{0xfe10, 0xfe19},
		{0xfe30, 0xfe6f},
		{0xff01, 0xff60},
		{0xffe0, 0xffe6},
		{0x16fe0, 0x18cff},
		{0x1aff0, 0x1b2ff},
		{0x1f004, 0x1f004},
		{0x1f0cf, 0x1f0cf},
		{0x1f18e, 0x1f18e},
		{0x1f191, 0x1f19a},
		{0x1f1e6, 0x1f1ff},
		{0x1f200, 0x1f320},
		{0x1f32d, 0x1f335},
		{0x1f337, 0x1f37c},
		{0x1f37e, 0x1f393},
		{0x1f3a0, 0x1f3ca},
		{0x1f3cf, 0x1f3d3},
		{0x1f3e0, 0x1f3f0},
		{0x1f3f4, 0x1f3f4},
		{0x1f3f8, 0x1f43e},
		{0x1f440, 0x1f440},
		{0x1f442, 0x1f4fc},
		{0x1f4ff, 0x1f53d},
		{0x1f54b, 0x1f54e},
		{0x1f550, 0x1f567},
		{0x1f595, 0x1f596},
		{0x1f5a4, 0x1f5a4},
		{0x1f5fb, 0x1f64f},
		{0x1f680, 0x1f6c5},
		{0x1f6cc, 0x1f6cc},
		{0x1f6d0, 0x1f6d2},
		{0x1f6d5, 0x1f6d7},
		{0x1f6dc, 0x1f6df},
		{0x1f6eb, 0x1f6ec},
		{0x1f6f4, 0x1f6fc},
		{0x1f7e0, 0x1f7eb},
		{0x1f90c, 0x1f93a},
		{0x1f93c, 0x1f945},
		{0x1f947, 0x1f9ff},
		{0x1fa70, 0x1faff},
		{0x20000, 0x3fffd},
	}
)

func in(spans []span, r rune) bool {
	lo, hi := 0, len(spans)
	for lo < hi {
		mid := (lo + hi) / 2
		if spans[mid].hi < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(spans) && spans[lo].lo <= r
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case in(zeroWidth, r):
		return 0
	case r >= 0x1100 && in(doubleWidth, r):
		return 2
	}
	return 1
}

// width counts the columns that text takes on a terminal.
func width(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			n = i
			for _, r := range s[i:] {
				n += runeWidth(r)
			}
			return n
		}
	}
	return len(s)
}

// shorten cuts text to a number of columns, the last of them an ellipsis.
func shorten(s string, columns int) (string, int) {
	n := 0
	for i, r := range s {
		w := runeWidth(r)
		if n+w > columns-1 {
			return s[:i] + "…", n + 1
		}
		n += w
	}
	return s, n
}
