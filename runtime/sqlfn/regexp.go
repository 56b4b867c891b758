package sqlfn

import (
	"regexp"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/velocsql/veloc/runtime/fault"
)

// Regexp is a compiled regular expression in RE2 syntax.
type Regexp struct {
	source string
	re     *regexp.Regexp
	all    bool // flag g: every match is replaced
}

// NewRegexp compiles a regular expression.
func NewRegexp(pattern string) (*Regexp, error) {
	pattern = strings.Clone(pattern) // it is kept
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	return &Regexp{source: pattern, re: re}, nil
}

// MustRegexp is NewRegexp for patterns that were checked when compiling; it
// panics on a bad one.
func MustRegexp(pattern string) *Regexp {
	r, err := NewRegexp(pattern)
	if err != nil {
		panic(err)
	}
	return r
}

// recent is the last pattern that was not constant.
var recent atomic.Pointer[Regexp]

// compiled returns the expression of a pattern that is not constant. It fails
// for a bad pattern and returns nil.
func compiled(f *fault.Fault, pattern string) *Regexp {
	if r := recent.Load(); r != nil && r.source == pattern {
		return r
	}
	r, err := NewRegexp(pattern)
	if err != nil {
		f.Set("bad regular expression " + quote(pattern))
		return nil
	}
	recent.Store(r)
	return r
}

// Like reports whether the expression matches some part of s. It never fails.
func (r *Regexp) Like(_ *fault.Fault, s string) bool { return r.re.MatchString(s) }

// Replace replaces every match in s. In the replacement \1 or $1 stands for
// what group 1 matched, \0, \& or $0 for the whole match; a backslash makes
// other characters stand for themselves. It never fails.
func (r *Regexp) Replace(_ *fault.Fault, s, replacement string) string {
	if !r.re.MatchString(s) {
		return s
	}
	if !strings.ContainsAny(replacement, `\$`) {
		return r.re.ReplaceAllLiteralString(s, replacement)
	}
	var out strings.Builder
	end := 0
	for _, m := range r.re.FindAllStringSubmatchIndex(s, -1) {
		out.WriteString(s[end:m[0]])
		expand(&out, s, replacement, m)
		end = m[1]
	}
	out.WriteString(s[end:])
	return out.String()
}

// expand writes a replacement for a match with its groups at m.
func expand(out *strings.Builder, s, replacement string, m []int) {
	for i := 0; i < len(replacement); i++ {
		c := replacement[i]
		if (c != '\\' && c != '$') || i+1 == len(replacement) {
			out.WriteByte(c)
			continue
		}
		next := replacement[i+1]
		group := int(next - '0')
		switch {
		case c == '\\' && next == '&':
			group = 0
		case next-'0' > 9 && c == '\\':
			i++
			out.WriteByte(next)
			continue
		case next-'0' > 9:
			out.WriteByte(c)
			continue
		}
		i++
		if 2*group+1 < len(m) && m[2*group] >= 0 {
			out.WriteString(s[m[2*group]:m[2*group+1]])
		}
	}
}

// Extract returns the first match in s; false if there is none.
func (r *Regexp) Extract(f *fault.Fault, s string) (string, bool) { return r.ExtractGroup(f, s, 0) }

// ExtractGroup returns what a group of the first match in s has matched, group 0
// being the whole match; false if there is no match or no such group.
func (r *Regexp) ExtractGroup(_ *fault.Fault, s string, group int32) (string, bool) {
	if group == 0 {
		found := r.re.FindString(s)
		return found, found != "" || r.re.MatchString(s)
	}
	m := r.re.FindStringSubmatchIndex(s)
	if m == nil || group < 0 || int(group) > r.re.NumSubexp() || m[2*group] < 0 {
		return "", false
	}
	return s[m[2*group]:m[2*group+1]], true
}

// Count returns the number of matches in s. It never fails.
func (r *Regexp) Count(_ *fault.Fault, s string) int32 {
	return int32(len(r.re.FindAllStringIndex(s, -1)))
}

// Position returns where the first match begins, counted in characters from 1;
// 0 if there is none. It never fails.
func (r *Regexp) Position(_ *fault.Fault, s string) int32 {
	if found := r.re.FindString(s); found != "" { // tells the place without memory for it
		at := uintptr(unsafe.Pointer(unsafe.StringData(found))) - uintptr(unsafe.Pointer(unsafe.StringData(s)))
		return Length(s[:at]) + 1
	}
	m := r.re.FindStringIndex(s)
	if m == nil {
		return 0
	}
	return Length(s[:m[0]]) + 1
}

// ReplaceFirst is Replace of the first match only. It never fails.
func (r *Regexp) ReplaceFirst(_ *fault.Fault, s, replacement string) string {
	m := r.re.FindStringSubmatchIndex(s)
	if m == nil {
		return s
	}
	var out strings.Builder
	out.WriteString(s[:m[0]])
	expand(&out, s, replacement, m)
	out.WriteString(s[m[1]:])
	return out.String()
}

// RegexpPosition is Regexp.Position with a pattern that is not constant, and
// fails for a bad one.
func RegexpPosition(f *fault.Fault, s, pattern string) int32 {
	r := compiled(f, pattern)
	if r == nil {
		return 0
	}
	return r.Position(f, s)
}

// RegexpReplaceFirst is Regexp.ReplaceFirst with a pattern that is not constant,
// and fails for a bad one.
func RegexpReplaceFirst(f *fault.Fault, s, pattern, replacement string) string {
	r := compiled(f, pattern)
	if r == nil {
		return ""
	}
	return r.ReplaceFirst(f, s, replacement)
}

// RegexpExtractKsql is RegexpExtract with its arguments the other way round, as
// ksqlDB has them.
func RegexpExtractKsql(f *fault.Fault, pattern, s string) (string, bool) {
	return RegexpExtractGroup(f, s, pattern, 0)
}

// RegexpExtractGroupKsql is RegexpExtractGroup with its arguments the other way
// round, as ksqlDB has them.
func RegexpExtractGroupKsql(f *fault.Fault, pattern, s string, group int32) (string, bool) {
	return RegexpExtractGroup(f, s, pattern, group)
}

// RegexpLike reports whether a pattern matches some part of s, and fails for a
// bad pattern.
func RegexpLike(f *fault.Fault, s, pattern string) bool {
	r := compiled(f, pattern)
	return r != nil && r.Like(f, s)
}

// RegexpReplace is Regexp.Replace with a pattern that is not constant, and fails
// for a bad one.
func RegexpReplace(f *fault.Fault, s, pattern, replacement string) string {
	r := compiled(f, pattern)
	if r == nil {
		return ""
	}
	return r.Replace(f, s, replacement)
}

// RegexpExtract is Regexp.Extract with a pattern that is not constant, and fails
// for a bad one.
func RegexpExtract(f *fault.Fault, s, pattern string) (string, bool) {
	return RegexpExtractGroup(f, s, pattern, 0)
}

// RegexpExtractGroup is Regexp.ExtractGroup with a pattern that is not constant,
// and fails for a bad one.
func RegexpExtractGroup(f *fault.Fault, s, pattern string, group int32) (string, bool) {
	r := compiled(f, pattern)
	if r == nil {
		return "", false
	}
	return r.ExtractGroup(f, s, group)
}

// RegexpCount is Regexp.Count with a pattern that is not constant, and fails for
// a bad one.
func RegexpCount(f *fault.Fault, s, pattern string) int32 {
	r := compiled(f, pattern)
	if r == nil {
		return 0
	}
	return r.Count(f, s)
}
