package jsontext

import (
	"errors"
	"strconv"
	"strings"
)

// Path is where a value is inside another: $.a.b[0]['c'].
type Path struct{ steps []step }

// step is a key of an object, or the index of an element.
type step struct {
	key   string
	index int
	array bool
}

// NewPath reads a path.
func NewPath(text string) (*Path, error) {
	text = strings.Clone(strings.TrimSpace(text)) // it is kept
	if mode, rest, ok := strings.Cut(text, " "); ok && strings.EqualFold(mode, "lax") {
		text = strings.TrimSpace(rest) // the standard's word for what is done here
	} else if ok && strings.EqualFold(mode, "strict") {
		return nil, errors.New("strict is not known: what is missing on the way gives no value, which is lax")
	}
	if !strings.HasPrefix(text, "$") {
		return nil, errors.New("a path begins with $")
	}
	p := &Path{}
	for rest := text[1:]; rest != ""; {
		var s step
		var err error
		if s, rest, err = nextStep(rest); err != nil {
			return nil, err
		}
		p.steps = append(p.steps, s)
	}
	return p, nil
}

func nextStep(rest string) (step, string, error) {
	switch rest[0] {
	case '.':
		end := strings.IndexAny(rest[1:], ".[") + 1
		if end == 0 {
			end = len(rest)
		}
		key := rest[1:end]
		switch key {
		case "":
			return step{}, "", errors.New("a key is missing behind a point")
		case "*":
			return step{}, "", errors.New("* is no step: a path leads to one value")
		}
		return step{key: strings.Trim(key, `"`)}, rest[end:], nil
	case '[':
		end := strings.IndexByte(rest, ']')
		if end < 0 {
			return step{}, "", errors.New("a bracket is not closed")
		}
		inside := strings.TrimSpace(rest[1:end])
		if n := len(inside); n >= 2 && (inside[0] == '\'' || inside[0] == '"') && inside[n-1] == inside[0] {
			return step{key: inside[1 : n-1]}, rest[end+1:], nil
		}
		i, err := strconv.Atoi(inside)
		if err != nil {
			return step{}, "", errors.New("an index in brackets is a whole number, a key a text")
		}
		return step{index: i, array: true}, rest[end+1:], nil
	}
	return step{}, "", errors.New("a step begins with a point or a bracket")
}

// MustPath is NewPath for paths that were checked when compiling; it panics on a
// bad one.
func MustPath(text string) *Path {
	p, err := NewPath(text)
	if err != nil {
		panic(err)
	}
	return p
}

// find returns the value at the end of the path as it is written. ok is false if
// there is none, bad is true if that is because the text is no JSON.
func (p *Path) find(s string) (raw string, ok, bad bool) {
	i := space(s, 0)
	end := value(s, i, 0)
	if end < 0 {
		return "", false, true
	}
	from, to := i, end
	for _, st := range p.steps {
		if from, to, ok = st.take(s, from); !ok {
			return "", false, false
		}
	}
	return s[from:to], true, false
}

// take goes from the value at i one step down.
func (st *step) take(s string, i int) (from, to int, ok bool) {
	if st.array != (s[i] == '[') || !st.array && s[i] != '{' || st.array && st.index < 0 {
		return 0, 0, false
	}
	n, end := 0, 0
	parts(s, i, 0, func(key string, a, b int) bool {
		if st.array {
			if n == st.index {
				from, to, ok = a, b, true
			}
			n++
			return !ok
		}
		if key == st.key || strings.IndexByte(key, '\\') >= 0 && unquoted(key) == st.key {
			from, to, ok = a, b, true // the last of several counts
		}
		return true
	}, &end)
	return from, to, ok
}
