// Package jsontext takes values out of JSON that is a text, and makes JSON of
// others, without building a tree of it.
package jsontext

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// deepest is how many arrays and objects may be inside each other.
const deepest = 1000

// space returns the index of the first byte at i or behind that is no white
// space.
func space(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// at is s[i], 0 behind the end.
func at(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// value returns the index behind the value at i, -1 if there is none.
func value(s string, i, depth int) int {
	switch c := at(s, i); {
	case c == '"':
		return quoted(s, i)
	case c == '{' || c == '[':
		if depth == deepest {
			return -1
		}
		end := -1
		ok := parts(s, i, depth, func(_ string, _, _ int) bool { return true }, &end)
		if !ok {
			return -1
		}
		return end
	case c == '-' || c >= '0' && c <= '9':
		return number(s, i)
	case c == 't':
		return word(s, i, "true")
	case c == 'f':
		return word(s, i, "false")
	case c == 'n':
		return word(s, i, "null")
	}
	return -1
}

func word(s string, i int, w string) int {
	if strings.HasPrefix(s[i:], w) {
		return i + len(w)
	}
	return -1
}

func number(s string, i int) int {
	if at(s, i) == '-' {
		i++
	}
	switch c := at(s, i); {
	case c == '0':
		i++
	case c >= '1' && c <= '9':
		i = digits(s, i)
	default:
		return -1
	}
	if at(s, i) == '.' {
		from := i + 1
		if i = digits(s, from); i == from {
			return -1
		}
	}
	if at(s, i)|0x20 == 'e' {
		i++
		if c := at(s, i); c == '+' || c == '-' {
			i++
		}
		from := i
		if i = digits(s, from); i == from {
			return -1
		}
	}
	return i
}

func digits(s string, i int) int {
	for c := at(s, i); c >= '0' && c <= '9'; c = at(s, i) {
		i++
	}
	return i
}

// quoted returns the index behind the string at i.
func quoted(s string, i int) int {
	for i++; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			i++
			switch at(s, i) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				if _, ok := hex4(s, i+1); !ok {
					return -1
				}
				i += 4
			default:
				return -1
			}
		}
	}
	return -1
}

func hex4(s string, i int) (v rune, ok bool) {
	if i+4 > len(s) {
		return 0, false
	}
	for _, c := range []byte(s[i : i+4]) {
		switch {
		case c >= '0' && c <= '9':
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

// parts calls f for each element of the array, or member of the object, at i:
// with its key as it is written, and where its value is. It stops early if f
// returns false, and stores the end of the whole. It returns false for what is
// no valid array or object.
func parts(s string, i, depth int, f func(key string, from, to int) bool, end *int) bool {
	object := s[i] == '{'
	closing := s[i] + 2
	i = space(s, i+1)
	if at(s, i) == closing {
		*end = i + 1
		return true
	}
	for {
		key := ""
		if object {
			if at(s, i) != '"' {
				return false
			}
			next := quoted(s, i)
			if next < 0 {
				return false
			}
			key = s[i+1 : next-1]
			if i = space(s, next); at(s, i) != ':' {
				return false
			}
			i = space(s, i+1)
		}
		next := value(s, i, depth+1)
		if next < 0 {
			return false
		}
		if !f(key, i, next) {
			return true
		}
		switch i = space(s, next); at(s, i) {
		case ',':
			i = space(s, i+1)
		case closing:
			*end = i + 1
			return true
		default:
			return false
		}
	}
}

// Valid reports whether a text is one value of JSON.
func Valid(s string) bool {
	end := value(s, space(s, 0), 0)
	return end >= 0 && space(s, end) == len(s) && utf8.ValidString(s)
}

// unquoted is the text of a string, whose quotes are cut off.
func unquoted(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			out.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'b':
			out.WriteByte('\b')
		case 'f':
			out.WriteByte('\f')
		case 'n':
			out.WriteByte('\n')
		case 'r':
			out.WriteByte('\r')
		case 't':
			out.WriteByte('\t')
		case 'u':
			v, _ := hex4(s, i+1)
			i += 4
			if utf16.IsSurrogate(v) {
				low := rune(-1)
				if i+6 < len(s) && s[i+1] == '\\' && s[i+2] == 'u' {
					low, _ = hex4(s, i+3)
				}
				if v = utf16.DecodeRune(v, low); v != utf8.RuneError {
					i += 6
				}
			}
			out.WriteRune(v)
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// compact is a value without white space between its parts.
func compact(s string) string {
	from := strings.IndexAny(s, " \t\n\r")
	if from < 0 || s[0] == '"' {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r':
		case '"':
			end := quoted(s, i)
			out = append(out, s[i:end]...)
			i = end - 1
		default:
			out = append(out, c)
		}
	}
	return string(out)
}
