package sqlfn

import (
	"strings"

	"github.com/velocsql/veloc/runtime/nested"
)

// SplitIndex returns the part of s at an index, counted from 0, between
// separators; false if there is none.
func SplitIndex(s, separator string, index int32) (string, bool) {
	if index < 0 || separator == "" {
		return "", false
	}
	for ; ; index-- {
		part, rest, more := strings.Cut(s, separator)
		switch {
		case index == 0:
			return part, true
		case !more:
			return "", false
		}
		s = rest
	}
}

// SubstringIndex returns what is before the n-th separator or, if n is negative,
// behind the n-th from the end; all of s if there are fewer.
func SubstringIndex(s, separator string, n int32) string {
	if separator == "" || n == 0 {
		return ""
	}
	if n > 0 {
		end := 0
		for ; n > 0; n-- {
			i := strings.Index(s[end:], separator)
			if i < 0 {
				return s
			}
			end += i + len(separator)
		}
		return s[:end-len(separator)]
	}
	from := len(s)
	for ; n < 0; n++ {
		i := strings.LastIndex(s[:from], separator)
		if i < 0 {
			return s
		}
		from = i
	}
	return s[from+len(separator):]
}

// StrToMap is SplitToMap with commas between entries and = behind keys.
func StrToMap(s string) (nested.Map[string, string], bool) { return SplitToMap(s, ",", "=") }

// ParseURL returns a part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, PORT; false
// if it has none, or there is no such part.
func ParseURL(s, part string) (string, bool) {
	switch part {
	case "HOST":
		return URLHost(s)
	case "PATH":
		return URLPath(s)
	case "QUERY":
		return URLQuery(s)
	case "REF":
		return URLFragment(s)
	case "PROTOCOL":
		return URLProtocol(s)
	}
	return "", false
}

// ParseURLKey returns the value of a key of the query of a URL, if the part is
// QUERY; false if it has none.
func ParseURLKey(s, part, key string) (string, bool) {
	if part != "QUERY" {
		return "", false
	}
	return URLParameter(s, key)
}
