package goemit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Comment is a text as a line comment: `// text`. Names of columns, relations
// and files are part of comments and may hold anything; what would end the
// comment, or is not allowed in Go source, is written as an escape.
func Comment(text string) string {
	text = strings.TrimRight(text, " ")
	if text == "" {
		return "//"
	}
	if text[0] == '\t' {
		return "//" + "\t" + printable(text[1:]) // code in a doc comment
	}
	return "// " + printable(text)
}

// printable escapes control characters, line separators, byte order marks and
// bytes that are not UTF-8.
func printable(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(`\x` + hex(text[i]))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case odd(r) && r < utf8.RuneSelf:
			b.WriteString(`\x` + hex(byte(r)))
		case odd(r):
			b.WriteByte(' ')
		default:
			b.WriteString(text[i : i+n])
		}
		i += n
	}
	return b.String()
}

// odd reports a character that has no place in a comment.
func odd(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\uFEFF'
}

func hex(c byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[c>>4], digits[c&15]})
}
