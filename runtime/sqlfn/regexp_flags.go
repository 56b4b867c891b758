package sqlfn

import (
	"errors"
	"strings"
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/fault"
)

// NewRegexpFlags compiles a regular expression with flags: i, m or n, s, c and g.
func NewRegexpFlags(pattern, flags string) (*Regexp, error) {
	var set strings.Builder
	all := false
	for _, c := range flags {
		switch c {
		case 'g':
			all = true
		case 'i', 's':
			set.WriteRune(c)
		case 'm', 'n':
			set.WriteByte('m')
		case 'c':
			set.Reset()
		default:
			return nil, errors.New("the flags of a regular expression are i, m, n, s, c and g, not " + quote(string(c)))
		}
	}
	if set.Len() > 0 {
		pattern = "(?" + set.String() + ")" + pattern
	}
	r, err := NewRegexp(pattern)
	if err != nil {
		return nil, err
	}
	r.all = all
	return r, nil
}

// MustRegexpFlags is NewRegexpFlags for what was checked when compiling; it panics
// on a bad one.
func MustRegexpFlags(pattern, flags string) *Regexp {
	r, err := NewRegexpFlags(pattern, flags)
	if err != nil {
		panic(err)
	}
	return r
}

// flagsOf is NewRegexpFlags of arguments that are not constant. It fails for bad
// ones and returns nil.
func flagsOf(f *fault.Fault, pattern, flags string) *Regexp {
	return recentFlagged.compiled(f, pattern, flags, NewRegexpFlags)
}

// memo is the last expression of a kind that was not constant.
type memo struct{ last atomic.Pointer[memoized] }

type memoized struct {
	pattern, flags string
	r              *Regexp
}

var recentFlagged, recentWhole, recentSimilar memo

// compiled returns the expression of a pattern and flags. It fails for bad ones
// and returns nil.
func (m *memo) compiled(f *fault.Fault, pattern, flags string, compile func(pattern, flags string) (*Regexp, error)) *Regexp {
	if l := m.last.Load(); l != nil && l.pattern == pattern && l.flags == flags {
		return l.r
	}
	r, err := compile(pattern, flags)
	if err != nil {
		f.Set("bad regular expression " + quote(pattern) + ": " + err.Error())
		return nil
	}
	m.last.Store(&memoized{strings.Clone(pattern), strings.Clone(flags), r})
	return r
}

// ReplaceAsFlagged is Replace of every match with the flag g, else of the first.
func (r *Regexp) ReplaceAsFlagged(f *fault.Fault, s, replacement string) string {
	if r.all {
		return r.Replace(f, s, replacement)
	}
	return r.ReplaceFirst(f, s, replacement)
}

// RegexpLikeFlags is RegexpLike with flags.
func RegexpLikeFlags(f *fault.Fault, s, pattern, flags string) bool {
	r := flagsOf(f, pattern, flags)
	return r != nil && r.Like(f, s)
}

// RegexpReplaceFlags is Regexp.ReplaceAsFlagged with a pattern or flags that are
// not constant.
func RegexpReplaceFlags(f *fault.Fault, s, pattern, replacement, flags string) string {
	r := flagsOf(f, pattern, flags)
	if r == nil {
		return ""
	}
	return r.ReplaceAsFlagged(f, s, replacement)
}

// NewWholeRegexp compiles an expression that has to match the whole text.
func NewWholeRegexp(pattern string) (*Regexp, error) {
	if _, err := NewRegexp(pattern); err != nil {
		return nil, err
	}
	return NewRegexp(`\A(?:` + pattern + `)\z`)
}

// MustWholeRegexp is NewWholeRegexp for patterns that were checked when compiling.
func MustWholeRegexp(pattern string) *Regexp {
	r, err := NewWholeRegexp(pattern)
	if err != nil {
		panic(err)
	}
	return r
}

// RegexpFullMatch reports whether a pattern that is not constant matches the
// whole of s.
func RegexpFullMatch(f *fault.Fault, s, pattern string) bool {
	r := recentWhole.compiled(f, pattern, "", func(p, _ string) (*Regexp, error) { return NewWholeRegexp(p) })
	return r != nil && r.Like(f, s)
}

// NewSimilar compiles a pattern of SIMILAR TO.
func NewSimilar(pattern string) (*Regexp, error) {
	source, err := similar(pattern)
	if err != nil {
		return nil, err
	}
	return NewRegexp(source)
}

// similar translates a pattern of SIMILAR TO into a regular expression.
func similar(pattern string) (string, error) {
	var b strings.Builder
	b.WriteString(`(?s)\A(?:`)
	inside := false // brackets
	runes := []rune(pattern)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		switch {
		case c == '\\':
			if i++; i == len(runes) {
				return "", errors.New("a pattern of SIMILAR TO cannot end with its escape character")
			}
			if strings.ContainsRune(`\.+*?()|[]{}^$%_-`, runes[i]) && runes[i] != '%' && runes[i] != '_' {
				b.WriteByte('\\')
			}
			b.WriteRune(runes[i])
		case inside:
			inside = c != ']'
			b.WriteRune(c)
		case c == '%':
			b.WriteString(".*")
		case c == '_':
			b.WriteByte('.')
		case c == '[':
			inside = true
			b.WriteRune(c)
		case c == '.' || c == '^' || c == '$':
			b.WriteByte('\\')
			b.WriteRune(c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteString(`)\z`)
	return b.String(), nil
}

// MustSimilar is NewSimilar for patterns that were checked when compiling.
func MustSimilar(pattern string) *Regexp {
	r, err := NewSimilar(pattern)
	if err != nil {
		panic(err)
	}
	return r
}

// SimilarTo reports whether s fits a pattern of SIMILAR TO that is not constant.
func SimilarTo(f *fault.Fault, s, pattern string) bool {
	r := recentSimilar.compiled(f, pattern, "", func(p, _ string) (*Regexp, error) { return NewSimilar(p) })
	return r != nil && r.Like(f, s)
}
