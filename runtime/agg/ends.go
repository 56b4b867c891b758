package agg

import (
	"bytes"
	"strings"
)

// First is FIRST of values without memory of their own: the value of the first
// row.
type First[T any] struct {
	x    T
	some bool
}

// Add keeps x if it is the first.
func (s *First[T]) Add(x T) {
	if !s.some {
		s.x, s.some = x, true
	}
}

// Merge takes over the value of another state, whose rows come later.
func (s *First[T]) Merge(o *First[T]) {
	if !s.some {
		*s = *o
	}
}

// Value returns the first value.
func (s *First[T]) Value() T { return s.x }

// FirstText is FIRST of STRING. It copies the text that it keeps.
type FirstText struct {
	x    string
	some bool
}

// Add keeps x if it is the first.
func (s *FirstText) Add(x string) {
	if !s.some {
		s.x, s.some = strings.Clone(x), true
	}
}

// Merge takes over the text of another state, whose rows come later.
func (s *FirstText) Merge(o *FirstText) {
	if !s.some {
		*s = *o
	}
}

// Value returns the first text.
func (s *FirstText) Value() string { return s.x }

// FirstBytes is FIRST of BYTES. It copies the bytes that it keeps.
type FirstBytes struct {
	x    []byte
	some bool
}

// Add keeps x if it is the first.
func (s *FirstBytes) Add(x []byte) {
	if !s.some {
		s.x, s.some = bytes.Clone(x), true
	}
}

// Merge takes over the bytes of another state, whose rows come later.
func (s *FirstBytes) Merge(o *FirstBytes) {
	if !s.some {
		*s = *o
	}
}

// Value returns the first bytes, which the caller does not change.
func (s *FirstBytes) Value() []byte { return s.x }

// Last is LAST of values without memory of their own: the value of the newest
// row.
type Last[T any] struct {
	x    T
	some bool
}

// Add keeps x.
func (s *Last[T]) Add(x T) { s.x, s.some = x, true }

// Merge takes over the value of another state, whose rows come later.
func (s *Last[T]) Merge(o *Last[T]) {
	if o.some {
		*s = *o
	}
}

// Value returns the newest value.
func (s *Last[T]) Value() T { return s.x }

// LastText is LAST of STRING. It copies each text into memory that it uses
// again; only Value makes a string.
type LastText struct {
	x     []byte
	text  string
	some  bool
	fresh bool // text is a copy of x
}

// Add keeps x.
func (s *LastText) Add(x string) {
	s.x = append(s.x[:0], x...)
	s.some, s.fresh = true, false
}

// Merge takes over the text of another state, whose rows come later.
func (s *LastText) Merge(o *LastText) {
	if o.some {
		s.x = append(s.x[:0], o.x...)
		s.some, s.fresh = true, false
	}
}

// Value returns the newest text.
func (s *LastText) Value() string {
	if !s.fresh {
		s.text, s.fresh = string(s.x), true
	}
	return s.text
}

// LastBytes is LAST of BYTES. It copies what it keeps into memory that it uses
// again.
type LastBytes struct {
	x    []byte
	some bool
}

// Add keeps x.
func (s *LastBytes) Add(x []byte) {
	s.x = append(s.x[:0], x...)
	s.some = true
}

// Merge takes over the bytes of another state, whose rows come later.
func (s *LastBytes) Merge(o *LastBytes) {
	if o.some {
		s.Add(o.x)
	}
}

// Value returns a copy of the newest bytes.
func (s *LastBytes) Value() []byte { return bytes.Clone(s.x) }

// StringAgg is STRING_AGG: the texts in order of arrival, each but the first
// with its separator before it.
type StringAgg struct {
	text []byte // with the first separator
	skip int    // its length
	some bool
}

// Add appends x.
func (s *StringAgg) Add(x, separator string) {
	if !s.some {
		s.skip, s.some = len(separator), true
	}
	s.text = append(s.text, separator...)
	s.text = append(s.text, x...)
}

// AddComma appends x with a comma as separator.
func (s *StringAgg) AddComma(x string) { s.Add(x, ",") }

// Merge appends the texts of another state, whose rows come later.
func (s *StringAgg) Merge(o *StringAgg) {
	if !o.some {
		return
	}
	if !s.some {
		s.skip, s.some = o.skip, true
	}
	s.text = append(s.text, o.text...)
}

// Value returns the joined texts.
func (s *StringAgg) Value() string { return string(s.text[s.skip:]) }
