package sqlfn

import (
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
)

// url are the parts of a URL, as they are written.
type url struct {
	scheme, host, path, query, fragment string
	port                                int32
	hasPort, hasQuery, hasFragment      bool
}

// splitURL takes a text apart; false if it is no URL.
func splitURL(s string) (u url, ok bool) {
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c == '"', c == '<', c == '>', c == '\\', c == '^', c == '`', c == '{', c == '|', c == '}', c == 0x7f:
			return url{}, false
		case c == '%' && (i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0):
			return url{}, false
		}
	}
	s, u.fragment, u.hasFragment = strings.Cut(s, "#")
	s, u.query, u.hasQuery = strings.Cut(s, "?")
	if i := strings.IndexByte(s, ':'); i > 0 && isScheme(s[:i]) {
		u.scheme, s = s[:i], s[i+1:]
		if s == "" {
			return url{}, false
		}
	}
	rest, hasAuthority := strings.CutPrefix(s, "//")
	if !hasAuthority {
		u.path = s
		return u, true
	}
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		i = len(rest)
	}
	u.authority(rest[:i])
	u.path = rest[i:]
	return u, true
}

// authority takes user@host:port apart.
func (u *url) authority(s string) {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	colon := strings.LastIndexByte(s, ':')
	if colon < 0 || strings.HasSuffix(s, "]") { // a bare address of IPv6 has colons
		u.host = s
		return
	}
	u.host = s[:colon]
	digits := s[colon+1:]
	if digits == "" || len(digits) > 9 {
		return
	}
	port := int32(0)
	for i := range len(digits) {
		if digits[i]-'0' > 9 {
			return
		}
		port = port*10 + int32(digits[i]-'0')
	}
	u.port, u.hasPort = port, true
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c-'0' > 9 && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

func hexDigit(c byte) int {
	switch {
	case c-'0' <= 9:
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// unescape replaces %xx, and + by a blank if plus says so; false if a % is
// followed by something else.
func unescape(s string, plus bool) (string, bool) {
	if !strings.ContainsAny(s, "%+") {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+' && plus:
			b = append(b, ' ')
		case c != '%':
			b = append(b, c)
		case i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0:
			return "", false
		default:
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
		}
	}
	return strings.ToValidUTF8(textOf(b), "\uFFFD"), true
}

// URLProtocol returns the scheme of a URL; false if there is none.
func URLProtocol(s string) (string, bool) {
	u, _ := splitURL(s)
	return u.scheme, u.scheme != ""
}

// URLHost returns the host of a URL; false if there is none.
func URLHost(s string) (string, bool) {
	u, _ := splitURL(s)
	return u.host, u.host != ""
}

// URLPort returns the port of a URL; false if there is none.
func URLPort(s string) (int32, bool) {
	u, _ := splitURL(s)
	return u.port, u.hasPort
}

// URLPath returns the path of a URL, decoded; false if it is no URL.
func URLPath(s string) (string, bool) {
	u, ok := splitURL(s)
	if !ok {
		return "", false
	}
	return unescape(u.path, false)
}

// URLQuery returns what follows the question mark, decoded; false if there is
// nothing.
func URLQuery(s string) (string, bool) {
	u, _ := splitURL(s)
	if !u.hasQuery {
		return "", false
	}
	return unescape(u.query, false)
}

// URLFragment returns what follows the #, decoded; false if there is nothing.
func URLFragment(s string) (string, bool) {
	u, _ := splitURL(s)
	if !u.hasFragment {
		return "", false
	}
	return unescape(u.fragment, false)
}

// URLParameter returns the value of a parameter of the query, decoded, which is
// empty if it has no value; false if there is no such parameter.
func URLParameter(s, name string) (string, bool) {
	u, _ := splitURL(s)
	for rest := u.query; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		key, value, _ := strings.Cut(pair, "=")
		if k, ok := unescape(key, false); ok && k == name {
			return unescape(value, false)
		}
	}
	return "", false
}

// URLEncode writes a text so that it can be a parameter of a URL: blanks become
// +, all but letters, digits and . - * _ becomes %XX.
func URLEncode(s string) string {
	plain := func(c byte) bool {
		return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '.' || c == '-' || c == '*' || c == '_'
	}
	grow := 0
	for i := range len(s) {
		if s[i] == ' ' {
			grow++
		} else if !plain(s[i]) {
			grow += 2
		}
	}
	if grow == 0 {
		return s
	}
	const digits = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+grow)
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b = append(b, '+')
		case plain(c):
			b = append(b, c)
		default:
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	return textOf(b)
}

// URLDecode undoes URLEncode, and fails for a % without two digits behind it.
func URLDecode(f *fault.Fault, s string) string {
	out, ok := unescape(s, true)
	if !ok {
		f.Set("cannot decode " + quote(s) + ": % needs two hexadecimal digits")
	}
	return out
}
