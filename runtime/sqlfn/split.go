package sqlfn

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/nested"
)

// Split cuts a text at each separator, or into characters if that is empty.
func Split(s, sep string) nested.Array[string] {
	if s == "" {
		return nested.Of(s)
	}
	if sep == "" {
		out := make([]string, 0, len(s))
		for len(s) > 0 {
			_, n := utf8.DecodeRuneInString(s)
			out, s = append(out, s[:n]), s[n:]
		}
		return nested.Array[string]{Items: out}
	}
	return nested.Array[string]{Items: strings.Split(s, sep)}
}

// SplitToMap cuts a text into entries, and these into keys and values. What has
// no value separator is left out; of one key the last entry counts.
func SplitToMap(s, entrySep, valueSep string) (m nested.Map[string, string], ok bool) {
	if entrySep == "" || valueSep == "" {
		return m, false
	}
	for _, e := range strings.Split(s, entrySep) {
		if k, v, ok := strings.Cut(e, valueSep); ok {
			if at := strings.Index(v, valueSep); at >= 0 {
				v = v[:at]
			}
			m.Add(k, v, false)
		}
	}
	m.Sort(strings.Compare)
	return m, true
}

// SplitBytes is Split of bytes; an empty separator cuts them one by one.
func SplitBytes(b, sep []byte) nested.Array[[]byte] {
	if len(b) == 0 {
		return nested.Of(b)
	}
	return nested.Array[[]byte]{Items: bytes.Split(b, sep)}
}

// ExtractAll gives all matches. It never fails.
func (r *Regexp) ExtractAll(_ *fault.Fault, s string) nested.Array[string] {
	return nested.Array[string]{Items: r.re.FindAllString(s, -1)}
}

// ExtractAllGroup gives what a group matched in all matches.
func (r *Regexp) ExtractAllGroup(f *fault.Fault, s string, group int32) (out nested.Array[string]) {
	if group < 0 || int(group) > r.re.NumSubexp() {
		f.Set("the regular expression has no such group")
		return out
	}
	for _, m := range r.re.FindAllStringSubmatchIndex(s, -1) {
		i, j := m[2*group], m[2*group+1]
		if i < 0 {
			out.Add("", true)
			continue
		}
		out.Add(s[i:j], false)
	}
	return out
}

// SplitAt cuts a text at each match. It never fails.
func (r *Regexp) SplitAt(_ *fault.Fault, s string) nested.Array[string] {
	return nested.Array[string]{Items: r.re.Split(s, -1)}
}

// RegexpExtractAll is Regexp.ExtractAll with a pattern that is not constant, and
// fails for a bad one.
func RegexpExtractAll(f *fault.Fault, s, pattern string) (out nested.Array[string]) {
	if r := compiled(f, pattern); r != nil {
		return r.ExtractAll(f, s)
	}
	return out
}

// RegexpExtractAllGroup is Regexp.ExtractAllGroup with a pattern that is not
// constant, and fails for a bad one.
func RegexpExtractAllGroup(f *fault.Fault, s, pattern string, group int32) (out nested.Array[string]) {
	if r := compiled(f, pattern); r != nil {
		return r.ExtractAllGroup(f, s, group)
	}
	return out
}

// RegexpExtractAllKsql is RegexpExtractAll with its arguments the other way
// round, as in ksqlDB.
func RegexpExtractAllKsql(f *fault.Fault, pattern, s string) nested.Array[string] {
	return RegexpExtractAll(f, s, pattern)
}

// RegexpExtractAllGroupKsql is RegexpExtractAllGroup with its arguments the
// other way round, as in ksqlDB.
func RegexpExtractAllGroupKsql(f *fault.Fault, pattern, s string, group int32) nested.Array[string] {
	return RegexpExtractAllGroup(f, s, pattern, group)
}

// RegexpSplit is Regexp.SplitAt with a pattern that is not constant, and fails
// for a bad one.
func RegexpSplit(f *fault.Fault, s, pattern string) (out nested.Array[string]) {
	if r := compiled(f, pattern); r != nil {
		return r.SplitAt(f, s)
	}
	return out
}
