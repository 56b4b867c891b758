package agg

import (
	"bytes"
	"slices"
)

// StringAggBy is STRING_AGG with ORDER BY: the texts in the order of their keys,
// each but the first with its separator before it. Keys compare as bytes; rows
// with equal keys keep the order of arrival.
type StringAggBy struct {
	room  []byte // keys, separators and texts, one after the other
	items []sortedText
	order bool // items are in order
}

// sortedText is where a row is in the room.
type sortedText struct{ at, key, separator, text int }

func (s *StringAggBy) keyOf(i sortedText) []byte { return s.room[i.at : i.at+i.key] }

// Add adds x.
func (s *StringAggBy) Add(x, separator string, key []byte) {
	s.items = append(s.items, sortedText{len(s.room), len(key), len(separator), len(x)})
	s.room = append(append(append(s.room, key...), separator...), x...)
	s.order = false
}

// AddComma adds x with a comma as separator.
func (s *StringAggBy) AddComma(x string, key []byte) { s.Add(x, ",", key) }

// Merge adds the texts of another state, whose rows come later.
func (s *StringAggBy) Merge(o *StringAggBy) {
	base := len(s.room)
	s.room = append(s.room, o.room...)
	for _, i := range o.items {
		i.at += base
		s.items = append(s.items, i)
	}
	s.order = false
}

// Value returns the joined texts.
func (s *StringAggBy) Value() string {
	if !s.order {
		slices.SortStableFunc(s.items, func(a, b sortedText) int { return bytes.Compare(s.keyOf(a), s.keyOf(b)) })
		s.order = true
	}
	var out []byte
	for n, i := range s.items {
		from := i.at + i.key
		if n == 0 {
			from += i.separator
		}
		out = append(out, s.room[from:i.at+i.key+i.separator+i.text]...)
	}
	return string(out)
}
