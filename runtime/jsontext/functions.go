package jsontext

import (
	"sort"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/nested"
)

// recent is the last path that was not constant.
var recent atomic.Pointer[recentPath]

type recentPath struct {
	text string
	path *Path
}

// path reads a path that is not constant. It fails for a bad one.
func path(f *fault.Fault, text string) *Path {
	if r := recent.Load(); r != nil && r.text == text {
		return r.path
	}
	p, err := NewPath(text)
	if err != nil {
		f.Set("bad path of JSON: " + err.Error())
		return nil
	}
	recent.Store(&recentPath{strings.Clone(text), p})
	return p
}

// noJSON notes that a text is no JSON.
func noJSON(f *fault.Fault) { f.Set("the text is no valid JSON") }

// text is a value as a text: a string without its quotes, null as NULL.
func text(raw string) (string, bool) {
	switch raw[0] {
	case '"':
		return unquoted(raw[1 : len(raw)-1]), true
	case 'n':
		return "", false
	}
	return compact(raw), true
}

// Text gives the value at the end of the path as a text; false for null and
// where there is none.
func (p *Path) Text(f *fault.Fault, s string) (string, bool) {
	raw, ok, bad := p.find(s)
	if bad {
		noJSON(f)
	}
	if !ok {
		return "", false
	}
	return text(raw)
}

// Scalar is Text of values that are no arrays and objects; false for what is no
// JSON.
func (p *Path) Scalar(_ *fault.Fault, s string) (string, bool) {
	raw, ok, _ := p.find(s)
	if !ok || raw[0] == '{' || raw[0] == '[' {
		return "", false
	}
	return text(raw)
}

// Query gives an array or object as JSON; false for others and for what is no
// JSON.
func (p *Path) Query(_ *fault.Fault, s string) (string, bool) {
	raw, ok, _ := p.find(s)
	if !ok || raw[0] != '{' && raw[0] != '[' {
		return "", false
	}
	return compact(raw), true
}

// QueryArray is Query that puts values which are no array or object into an
// array.
func (p *Path) QueryArray(_ *fault.Fault, s string) (string, bool) {
	raw, ok, _ := p.find(s)
	if !ok {
		return "", false
	}
	if raw[0] == '{' || raw[0] == '[' {
		return compact(raw), true
	}
	return "[" + compact(raw) + "]", true
}

// QueryWrapped puts any value into an array.
func (p *Path) QueryWrapped(_ *fault.Fault, s string) (string, bool) {
	raw, ok, _ := p.find(s)
	if !ok {
		return "", false
	}
	return "[" + compact(raw) + "]", true
}

// PathQueryArray is Path.QueryArray with a path that is not constant.
func PathQueryArray(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.QueryArray(f, s)
	}
	return "", false
}

// PathQueryWrapped is Path.QueryWrapped with a path that is not constant.
func PathQueryWrapped(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.QueryWrapped(f, s)
	}
	return "", false
}

// TypeOf names the kind of a value: object, array, string, number, boolean or
// null; false for what is no JSON.
func TypeOf(s string) (string, bool) {
	if !Valid(s) {
		return "", false
	}
	switch c := s[space(s, 0)]; c {
	case '{':
		return "object", true
	case '[':
		return "array", true
	case '"':
		return "string", true
	case 't', 'f':
		return "boolean", true
	case 'n':
		return "null", true
	}
	return "number", true
}

// Extract gives any value as JSON; false where there is none.
func (p *Path) Extract(f *fault.Fault, s string) (string, bool) {
	raw, ok, bad := p.find(s)
	if bad {
		noJSON(f)
	}
	if !ok {
		return "", false
	}
	return compact(raw), true
}

// Exists reports whether there is a value, also null.
func (p *Path) Exists(_ *fault.Fault, s string) bool {
	_, ok, _ := p.find(s)
	return ok
}

// PathText is Path.Text with a path that is not constant.
func PathText(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.Text(f, s)
	}
	return "", false
}

// PathScalar is Path.Scalar with a path that is not constant.
func PathScalar(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.Scalar(f, s)
	}
	return "", false
}

// PathQuery is Path.Query with a path that is not constant.
func PathQuery(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.Query(f, s)
	}
	return "", false
}

// PathExtract is Path.Extract with a path that is not constant.
func PathExtract(f *fault.Fault, s, at string) (string, bool) {
	if p := path(f, at); p != nil {
		return p.Extract(f, s)
	}
	return "", false
}

// PathExists is Path.Exists with a path that is not constant.
func PathExists(f *fault.Fault, s, at string) bool {
	p := path(f, at)
	return p != nil && p.Exists(f, s)
}

// each calls fn for the parts of an array or object; ok is false if the text is
// another value of JSON.
func each(f *fault.Fault, s string, bracket byte, fn func(key string, from, to int) bool) (ok bool) {
	i := space(s, 0)
	end := value(s, i, 0)
	if end < 0 || space(s, end) < len(s) {
		noJSON(f)
		return false
	}
	if s[i] != bracket {
		return false
	}
	return parts(s, i, 0, fn, &end)
}

// ArrayLength is the number of elements of an array; false for other values.
func ArrayLength(f *fault.Fault, s string) (int32, bool) {
	n := int32(0)
	ok := each(f, s, '[', func(string, int, int) bool {
		n++
		return true
	})
	return n, ok
}

// Items are the elements of an array as JSON; false for other values.
func Items(f *fault.Fault, s string) (out nested.Array[string], ok bool) {
	ok = each(f, s, '[', func(_ string, a, b int) bool {
		out.Items = append(out.Items, compact(s[a:b]))
		return true
	})
	return out, ok
}

// Keys are the keys of an object in their order; false for other values.
func Keys(f *fault.Fault, s string) (out nested.Array[string], ok bool) {
	ok = each(f, s, '{', func(key string, _, _ int) bool {
		out.Items = append(out.Items, unquoted(key))
		return true
	})
	return out, ok
}

// Records are the values of an object as JSON, by key; false for other values.
func Records(f *fault.Fault, s string) (out nested.Map[string, string], ok bool) {
	ok = each(f, s, '{', func(key string, a, b int) bool {
		out.Add(unquoted(key), compact(s[a:b]), false)
		return true
	})
	out.Sort(strings.Compare)
	return out, ok
}

// contains reports whether an element of an array is what is asks for.
func contains(s string, is func(raw string) bool) bool {
	var f fault.Fault
	found := false
	each(&f, s, '[', func(_ string, a, b int) bool {
		found = is(s[a:b])
		return !found
	})
	return found && !f.Failed()
}

// ArrayContainsText reports whether an array has a string, or null if null is
// true. What is no array has nothing.
func ArrayContainsText(s string, x string, null bool) bool {
	return contains(s, func(raw string) bool {
		if null {
			return raw == "null"
		}
		return raw[0] == '"' && unquoted(raw[1:len(raw)-1]) == x
	})
}

// ArrayContainsInt is ArrayContainsText of a whole number.
func ArrayContainsInt(s string, x int64, null bool) bool {
	return contains(s, func(raw string) bool {
		v, err := strconv.ParseInt(raw, 10, 64)
		return null && raw == "null" || !null && err == nil && v == x
	})
}

// ArrayContainsFloat is ArrayContainsText of a number.
func ArrayContainsFloat(s string, x float64, null bool) bool {
	return contains(s, func(raw string) bool {
		if c := raw[0]; null || c != '-' && (c < '0' || c > '9') {
			return null && raw == "null"
		}
		v, err := strconv.ParseFloat(raw, 64)
		return err == nil && v == x
	})
}

// ArrayContainsBool is ArrayContainsText of a truth value.
func ArrayContainsBool(s string, x, null bool) bool {
	return contains(s, func(raw string) bool {
		return null && raw == "null" || !null && raw == strconv.FormatBool(x)
	})
}

// IsJSON reports whether a text is JSON; NULL is none.
func IsJSON(s string) bool { return Valid(s) }

// Concat joins values: the members of objects, of one key the last; the elements
// of arrays; other values become elements.
func Concat(f *fault.Fault, list ...string) (string, bool) {
	objects := true
	for i, s := range list {
		from := space(s, 0)
		end := value(s, from, 0)
		if end < 0 || space(s, end) < len(s) {
			noJSON(f)
			return "", false
		}
		list[i] = s[from:end]
		objects = objects && s[from] == '{'
	}
	if objects {
		return merged(list), true
	}
	out := []byte{'['}
	add := func(raw string) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(out, compact(raw)...)
	}
	for _, s := range list {
		if s[0] != '[' {
			add(s)
			continue
		}
		end := 0
		parts(s, 0, 0, func(_ string, a, b int) bool {
			add(s[a:b])
			return true
		}, &end)
	}
	return string(append(out, ']')), true
}

// merged is an object with the members of several.
func merged(list []string) string {
	var keys []string
	values := map[string]string{}
	for _, s := range list {
		end := 0
		parts(s, 0, 0, func(key string, a, b int) bool {
			if _, ok := values[key]; !ok {
				keys = append(keys, key)
			}
			values[key] = compact(s[a:b])
			return true
		}, &end)
	}
	return object(keys, values)
}

func object(keys []string, values map[string]string) string {
	out := []byte{'{'}
	for i, k := range keys {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, '"'), k...), `":`...)
		out = append(out, values[k]...)
	}
	return string(append(out, '}'))
}

// Canonical is a value with the keys of its objects in order and without white
// space, so that values which differ only in these are alike.
func Canonical(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || s[0] != '{' && s[0] != '[' {
		return s
	}
	end := 0
	if s[0] == '[' {
		out := []byte{'['}
		parts(s, 0, 0, func(_ string, a, b int) bool {
			if len(out) > 1 {
				out = append(out, ',')
			}
			out = append(out, Canonical(s[a:b])...)
			return true
		}, &end)
		return string(append(out, ']'))
	}
	var keys []string
	values := map[string]string{}
	parts(s, 0, 0, func(key string, a, b int) bool {
		if _, ok := values[key]; !ok {
			keys = append(keys, key)
		}
		values[key] = Canonical(s[a:b])
		return true
	}, &end)
	sort.Strings(keys)
	return object(keys, values)
}

// Member is the value of a key of an object as JSON; false if there is none.
func Member(s, key string) (string, bool) {
	st := step{key: key}
	return st.down(s)
}

// MemberText is Member as a text.
func MemberText(s, key string) (string, bool) { return asText(Member(s, key)) }

// ElementText is Element as a text.
func ElementText(s string, i int64) (string, bool) { return asText(Element(s, i)) }

func asText(raw string, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	return text(raw)
}

// Element is an element of an array, counted from 0 or from the end, as JSON;
// false if there is none.
func Element(s string, i int64) (string, bool) {
	if i < 0 {
		var f fault.Fault
		n, _ := ArrayLength(&f, s)
		i += int64(n)
	}
	st := step{array: true, index: int(i)}
	return st.down(s)
}

func (st *step) down(s string) (string, bool) {
	i := space(s, 0)
	if i >= len(s) || value(s, i, 0) < 0 {
		return "", false
	}
	from, to, ok := st.take(s, i)
	return s[from:to], ok
}

// AsText is a value as a text: a string without its quotes, null as NULL.
func AsText(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", false
	}
	return text(s)
}

// Compare orders values by their canonical form.
func Compare(a, b string) int { return strings.Compare(Canonical(a), Canonical(b)) }

// Check passes on a text that is JSON, and fails for others.
func Check(f *fault.Fault, s string) string {
	if !Valid(s) {
		noJSON(f)
		return ""
	}
	return s
}
