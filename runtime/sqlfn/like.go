package sqlfn

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern is a compiled LIKE pattern.
type Pattern struct {
	text   string
	escape rune // -1: none
	fold   bool
	// parts are the literal texts between the % of a pattern without _ that is
	// compared byte by byte; nil for other patterns.
	parts []string
}

// NewLike compiles a pattern in which % stands for any text and _ for one
// character; after the escape character, if it is not empty, a character stands
// for itself. With fold, letters match in either case (ILIKE).
func NewLike(pattern, escape string, fold bool) (*Pattern, error) {
	p := &Pattern{text: pattern, escape: -1, fold: fold}
	if escape != "" {
		r, n := utf8.DecodeRuneInString(escape)
		if n != len(escape) {
			return nil, errors.New("the escape of LIKE is one character")
		}
		p.escape = r
	}
	var part strings.Builder
	plain := !fold
	for rest := pattern; rest != ""; {
		r, n := utf8.DecodeRuneInString(rest)
		rest = rest[n:]
		switch {
		case r == p.escape:
			if rest == "" {
				return nil, errors.New("a LIKE pattern cannot end with its escape character")
			}
			_, n = utf8.DecodeRuneInString(rest)
			part.WriteString(rest[:n])
			rest = rest[n:]
		case r == '%':
			p.parts = append(p.parts, part.String())
			part.Reset()
		case r == '_':
			plain = false
		default:
			part.WriteRune(r)
		}
	}
	p.parts = append(p.parts, part.String())
	if !plain {
		p.parts = nil
	}
	return p, nil
}

// MustLike is NewLike for patterns that were checked when compiling; it panics
// on a bad one.
func MustLike(pattern, escape string, fold bool) *Pattern {
	p, err := NewLike(pattern, escape, fold)
	if err != nil {
		panic(err)
	}
	return p
}

// Match reports whether the pattern matches all of s.
func (p *Pattern) Match(s string) bool {
	switch len(p.parts) {
	case 0:
		return like(s, p.text, p.escape, p.fold)
	case 1:
		return s == p.parts[0]
	}
	first, last := p.parts[0], p.parts[len(p.parts)-1]
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, part := range p.parts[1 : len(p.parts)-1] {
		i := strings.Index(s, part)
		if i < 0 {
			return false
		}
		s = s[i+len(part):]
	}
	return true
}

// Like reports whether a pattern that is not constant matches all of s. A bad
// pattern matches nothing.
func Like(s, pattern, escape string, fold bool) bool {
	e := rune(-1)
	if escape != "" {
		e, _ = utf8.DecodeRuneInString(escape)
	}
	return like(s, pattern, e, fold)
}

// like matches character by character; after a mismatch the last % takes one
// character more.
func like(s, p string, escape rune, fold bool) bool {
	star, from := "", "" // what follows the last %, and the text where it was tried
	starred := false
	for s != "" {
		if p != "" {
			r, n := utf8.DecodeRuneInString(p)
			if r == '%' && r != escape {
				p = p[n:]
				star, from, starred = p, s, true
				continue
			}
			any := r == '_' && r != escape
			if r == escape {
				var m int
				r, m = utf8.DecodeRuneInString(p[n:])
				if m == 0 {
					return false
				}
				n += m
			}
			c, w := utf8.DecodeRuneInString(s)
			if any || c == r || fold && sameFold(c, r) {
				s, p = s[w:], p[n:]
				continue
			}
		}
		if !starred {
			return false
		}
		_, w := utf8.DecodeRuneInString(from)
		from = from[w:]
		s, p = from, star
	}
	for strings.HasPrefix(p, "%") && escape != '%' {
		p = p[1:]
	}
	return p == ""
}

// sameFold reports whether two characters differ only in case.
func sameFold(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return a|0x20 == b|0x20 && a|0x20 >= 'a' && a|0x20 <= 'z'
	}
	for f := unicode.SimpleFold(a); f != a; f = unicode.SimpleFold(f) {
		if f == b {
			return true
		}
	}
	return false
}
