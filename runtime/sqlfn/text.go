package sqlfn

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// mostText bounds texts that functions build from numbers, so that a bad record
// cannot take all memory.
const mostText = 64 << 20

const textTooLong = "the text would have more than 64 MiB"

// Length returns the number of characters.
func Length(s string) int32 { return int32(utf8.RuneCountInString(s)) }

// OctetLength returns the number of bytes.
func OctetLength(s string) int32 { return int32(len(s)) }

// Trim cuts blanks off both ends.
func Trim(s string) string { return TrimLeft(TrimRight(s)) }

// TrimLeft cuts blanks off the start.
func TrimLeft(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// TrimRight cuts blanks off the end.
func TrimRight(s string) string {
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// offset returns the byte position of character n, at most the length of s.
func offset(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return i
}

// offsetBack returns the byte position n characters before the end, at least 0.
func offsetBack(s string, n int) int {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return i
}

// Substring returns the characters from a position that counts from 1, or from
// the end if it is negative. Position 0 is that of the first character.
func Substring(s string, start int32) string {
	if start < 0 {
		return s[offsetBack(s, -int(start)):]
	}
	return s[offset(s, int(start)-1):]
}

// SubstringFor returns at most n characters of Substring. It fails if n is
// negative.
func SubstringFor(f *fault.Fault, s string, start, n int32) string {
	if n < 0 {
		f.Set("negative length of SUBSTRING")
		return ""
	}
	s = Substring(s, start)
	return s[:offset(s, int(n))]
}

// Left returns the first n characters, or all but the last -n if n is negative.
func Left(s string, n int32) string {
	if n < 0 {
		return s[:offsetBack(s, -int(n))]
	}
	return s[:offset(s, int(n))]
}

// Right returns the last n characters, or all but the first -n if n is negative.
func Right(s string, n int32) string {
	if n < 0 {
		return s[offset(s, -int(n)):]
	}
	return s[offsetBack(s, int(n)):]
}

// Replace replaces every occurrence of a text, which is nothing if that is
// empty.
func Replace(s, from, to string) string {
	if from == "" {
		return s
	}
	return strings.ReplaceAll(s, from, to)
}

// Concat joins texts.
func Concat(parts ...string) string { return join("", parts) }

// ConcatWS joins texts with a separator.
func ConcatWS(separator string, parts ...string) string { return join(separator, parts) }

// join is strings.Join that gives back the only part that is not empty.
func join(separator string, parts []string) string {
	if separator == "" {
		n, only := 0, ""
		for _, p := range parts {
			if p != "" {
				n++
				only = p
			}
		}
		if n <= 1 {
			return only
		}
	}
	return strings.Join(parts, separator)
}

// Position returns where a text begins in s, counted in characters from 1; 0 if
// it is not there.
func Position(part, s string) int32 {
	i := strings.Index(s, part)
	if i < 0 {
		return 0
	}
	return Length(s[:i]) + 1
}

// Instr is Position with its arguments the other way round.
func Instr(s, part string) int32 { return Position(part, s) }

// PadLeft brings s to n characters: fill, repeated, comes before it, or its end
// is cut off. It fails if the text would be very long.
func PadLeft(f *fault.Fault, s string, n int32, fill string) string {
	cut, pad := padding(f, s, n, fill)
	if pad == 0 {
		return s[:cut]
	}
	var b strings.Builder
	b.Grow(len(s) + int(pad)*len(fill))
	writePadding(&b, fill, pad)
	b.WriteString(s)
	return b.String()
}

// PadRight is PadLeft with the filling behind s.
func PadRight(f *fault.Fault, s string, n int32, fill string) string {
	cut, pad := padding(f, s, n, fill)
	if pad == 0 {
		return s[:cut]
	}
	var b strings.Builder
	b.Grow(len(s) + int(pad)*len(fill))
	b.WriteString(s)
	writePadding(&b, fill, pad)
	return b.String()
}

// PadLeftBlank is PadLeft with blanks.
func PadLeftBlank(f *fault.Fault, s string, n int32) string { return PadLeft(f, s, n, " ") }

// PadRightBlank is PadRight with blanks.
func PadRightBlank(f *fault.Fault, s string, n int32) string { return PadRight(f, s, n, " ") }

// padding returns how many bytes of s stay and how many characters of filling
// come.
func padding(f *fault.Fault, s string, n int32, fill string) (cut int, pad int32) {
	length := Length(s)
	if n <= length || fill == "" {
		return offset(s, max(int(n), 0)), 0
	}
	if int(n)*max(len(fill), 1) > mostText {
		f.Set(textTooLong)
		return 0, 0
	}
	return len(s), n - length
}

func writePadding(b *strings.Builder, fill string, n int32) {
	length := Length(fill)
	for ; n >= length; n -= length {
		b.WriteString(fill)
	}
	b.WriteString(fill[:offset(fill, int(n))])
}

// Repeat returns s n times; nothing if n is negative. It fails if the text
// would be very long.
func Repeat(f *fault.Fault, s string, n int32) string {
	if n <= 0 || s == "" {
		return ""
	}
	if int(n) > mostText/len(s) {
		f.Set(textTooLong)
		return ""
	}
	if n == 1 {
		return s
	}
	return strings.Repeat(s, int(n))
}

// Reverse returns the characters in reverse order.
func Reverse(s string) string {
	if len(s) < 2 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := len(s); i > 0; {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		b.WriteString(s[i-w : i])
		i -= w
	}
	return b.String()
}

// SplitPart returns part n, counted from 1, or from the end if it is negative,
// of the text between separators; nothing if there is no such part. It fails if
// n is 0.
func SplitPart(f *fault.Fault, s, separator string, n int32) string {
	if n == 0 {
		f.Set("SPLIT_PART counts from 1, or from -1 at the end")
		return ""
	}
	if separator == "" {
		if n == 1 || n == -1 {
			return s
		}
		return ""
	}
	for ; n < -1; n++ {
		i := strings.LastIndex(s, separator)
		if i < 0 {
			return ""
		}
		s = s[:i]
	}
	if n == -1 {
		if i := strings.LastIndex(s, separator); i >= 0 {
			s = s[i+len(separator):]
		}
		return s
	}
	for ; n > 1; n-- {
		i := strings.Index(s, separator)
		if i < 0 {
			return ""
		}
		s = s[i+len(separator):]
	}
	before, _, _ := strings.Cut(s, separator)
	return before
}

// InitCap returns s with the first letter of each word in upper case and the
// others in lower case; words are runs of letters and digits.
func InitCap(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		out := r
		if start {
			out = unicode.ToUpper(r)
		} else {
			out = unicode.ToLower(r)
		}
		start = !unicode.IsLetter(r) && !unicode.IsDigit(r)
		return out
	}, s)
}

// ASCII returns the code of the first character, 0 of an empty text.
func ASCII(s string) int32 {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// Chr returns the character with a code. It fails if there is none.
func Chr(f *fault.Fault, code int32) string {
	if code <= 0 || !utf8.ValidRune(code) {
		f.Set("no character has this code")
		return ""
	}
	return string(code)
}

// Translate replaces each character of from by the one at the same place in to,
// and removes those that have none there.
func Translate(s, from, to string) string {
	if !strings.ContainsAny(s, from) {
		return s
	}
	return strings.Map(func(r rune) rune {
		i := strings.IndexRune(from, r)
		if i < 0 {
			return r
		}
		n := utf8.RuneCountInString(from[:i])
		at := offset(to, n)
		if at == len(to) {
			return -1
		}
		c, _ := utf8.DecodeRuneInString(to[at:])
		return c
	}, s)
}
