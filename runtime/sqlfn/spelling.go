package sqlfn

import (
	"strings"
	"unicode"
)

// QuoteLiteral writes a text as a literal of SQL.
func QuoteLiteral(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// QuoteNullable is QuoteLiteral that writes NULL for NULL.
func QuoteNullable(s string, null bool) string {
	if null {
		return "NULL"
	}
	return QuoteLiteral(s)
}

// QuoteIdent writes a name, in quotes if it needs them.
func QuoteIdent(s string) string {
	plain := s != "" && s[0]-'0' > 9
	for _, c := range s {
		plain = plain && (c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	}
	if plain {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// IsAlpha reports whether s has letters and nothing else.
func IsAlpha(s string) bool { return allRunes(s, unicode.IsLetter) }

// IsDigit reports whether s has digits and nothing else.
func IsDigit(s string) bool { return allRunes(s, unicode.IsDigit) }

func allRunes(s string, is func(rune) bool) bool {
	for _, c := range s {
		if !is(c) {
			return false
		}
	}
	return s != ""
}

// IsDecimal reports whether s is a number: digits with a sign, a point and an
// exponent at most.
func IsDecimal(s string) bool {
	s = strings.TrimSpace(s)
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	digits, point := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c-'0' <= 9:
			digits++
		case c == '.' && !point:
			point = true
		case (c == 'e' || c == 'E') && digits > 0:
			rest := strings.TrimPrefix(strings.TrimPrefix(s[i+1:], "-"), "+")
			return IsDigit(rest)
		default:
			return false
		}
	}
	return digits > 0
}
