package sqlfn

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// masking says by what characters of each kind are replaced; an empty text
// leaves them as they are.
type masking struct{ upper, lower, digit, other string }

// usualMasking is that of MASK without further arguments.
var usualMasking = masking{"X", "x", "n", "-"}

// write writes s with its characters replaced.
func (m *masking) write(b *strings.Builder, s string) {
	for _, r := range s {
		by := m.other
		switch {
		case unicode.IsUpper(r):
			by = m.upper
		case unicode.IsLower(r):
			by = m.lower
		case unicode.IsDigit(r):
			by = m.digit
		}
		if by == "" {
			b.WriteRune(r)
			continue
		}
		c, _ := utf8.DecodeRuneInString(by)
		b.WriteRune(c)
	}
}

// mask replaces the characters between two places.
func (m *masking) mask(s string, from, to int) string {
	if from >= to {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:from])
	m.write(&b, s[from:to])
	b.WriteString(s[to:])
	return b.String()
}

const negativeMask = "a number of characters to mask or to keep is negative"

// counted checks a number of characters.
func counted(f *fault.Fault, n int32) int {
	if n < 0 {
		f.Set(negativeMask)
		return 0
	}
	return int(n)
}

// Mask replaces capital letters by X, small ones by x, digits by n and all else
// by -.
func Mask(s string) string { return usualMasking.mask(s, 0, len(s)) }

// MaskWith is Mask with other characters; an empty text leaves the characters of
// a kind as they are.
func MaskWith(s, upper, lower, digit, other string) string {
	return (&masking{upper, lower, digit, other}).mask(s, 0, len(s))
}

// MaskLeft masks the first n characters.
func MaskLeft(f *fault.Fault, s string, n int32) string {
	return usualMasking.mask(s, 0, offset(s, counted(f, n)))
}

// MaskLeftWith is MaskLeft with other characters.
func MaskLeftWith(f *fault.Fault, s string, n int32, upper, lower, digit, other string) string {
	return (&masking{upper, lower, digit, other}).mask(s, 0, offset(s, counted(f, n)))
}

// MaskRight masks the last n characters.
func MaskRight(f *fault.Fault, s string, n int32) string {
	return usualMasking.mask(s, offsetBack(s, counted(f, n)), len(s))
}

// MaskRightWith is MaskRight with other characters.
func MaskRightWith(f *fault.Fault, s string, n int32, upper, lower, digit, other string) string {
	return (&masking{upper, lower, digit, other}).mask(s, offsetBack(s, counted(f, n)), len(s))
}

// MaskKeepLeft masks all but the first n characters.
func MaskKeepLeft(f *fault.Fault, s string, n int32) string {
	return usualMasking.mask(s, offset(s, counted(f, n)), len(s))
}

// MaskKeepLeftWith is MaskKeepLeft with other characters.
func MaskKeepLeftWith(f *fault.Fault, s string, n int32, upper, lower, digit, other string) string {
	return (&masking{upper, lower, digit, other}).mask(s, offset(s, counted(f, n)), len(s))
}

// MaskKeepRight masks all but the last n characters.
func MaskKeepRight(f *fault.Fault, s string, n int32) string {
	return usualMasking.mask(s, 0, offsetBack(s, counted(f, n)))
}

// MaskKeepRightWith is MaskKeepRight with other characters.
func MaskKeepRightWith(f *fault.Fault, s string, n int32, upper, lower, digit, other string) string {
	return (&masking{upper, lower, digit, other}).mask(s, 0, offsetBack(s, counted(f, n)))
}
