package agg

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// owned returns a value that does not share memory with a batch. It is called
// when a value is kept, not for every row.
func owned[T any](x T) T {
	switch p := any(&x).(type) {
	case *string:
		*p = strings.Clone(*p)
	case *[]byte:
		*p = bytes.Clone(*p)
	}
	return x
}

// By is ARG_MIN and ARG_MAX by an ordered key: the value of the first row whose
// key is the lowest or highest. It copies what it keeps.
type By[T any, K cmp.Ordered] struct {
	x    T
	key  K
	some bool
}

// Lowest takes x if its key is below all before.
func (s *By[T, K]) Lowest(x T, key K) {
	if !s.some || key < s.key {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// Highest takes x if its key is above all before.
func (s *By[T, K]) Highest(x T, key K) {
	if !s.some || key > s.key {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// MergeLowest takes over the value of another state, whose rows come later.
func (s *By[T, K]) MergeLowest(o *By[T, K]) {
	if o.some {
		s.Lowest(o.x, o.key)
	}
}

// MergeHighest takes over the value of another state, whose rows come later.
func (s *By[T, K]) MergeHighest(o *By[T, K]) {
	if o.some {
		s.Highest(o.x, o.key)
	}
}

// LowestLast takes x if no key before was below its own.
func (s *By[T, K]) LowestLast(x T, key K) {
	if !s.some || key <= s.key {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// HighestLast takes x if no key before was above its own.
func (s *By[T, K]) HighestLast(x T, key K) {
	if !s.some || key >= s.key {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// MergeLowestLast takes over the value of another state, whose rows come later.
func (s *By[T, K]) MergeLowestLast(o *By[T, K]) {
	if o.some {
		s.LowestLast(o.x, o.key)
	}
}

// MergeHighestLast takes over the value of another state, whose rows come later.
func (s *By[T, K]) MergeHighestLast(o *By[T, K]) {
	if o.some {
		s.HighestLast(o.x, o.key)
	}
}

// Value returns the value that was taken.
func (s *By[T, K]) Value() T { return s.x }

// ByFloat is By for a floating point key, where NaN is above every number.
type ByFloat[T any] struct {
	x    T
	key  float64
	some bool
}

// Lowest takes x if its key is below all before.
func (s *ByFloat[T]) Lowest(x T, key float64) {
	if !s.some || sqlfn.LessFloat(key, s.key) {
		s.x, s.key, s.some = owned(x), key, true
	}
}

// Highest takes x if its key is above all before.
func (s *ByFloat[T]) Highest(x T, key float64) {
	if !s.some || sqlfn.LessFloat(s.key, key) {
		s.x, s.key, s.some = owned(x), key, true
	}
}

// MergeLowest takes over the value of another state, whose rows come later.
func (s *ByFloat[T]) MergeLowest(o *ByFloat[T]) {
	if o.some {
		s.Lowest(o.x, o.key)
	}
}

// MergeHighest takes over the value of another state, whose rows come later.
func (s *ByFloat[T]) MergeHighest(o *ByFloat[T]) {
	if o.some {
		s.Highest(o.x, o.key)
	}
}

// LowestLast takes x if no key before was below its own.
func (s *ByFloat[T]) LowestLast(x T, key float64) {
	if !s.some || !sqlfn.LessFloat(s.key, key) {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// HighestLast takes x if no key before was above its own.
func (s *ByFloat[T]) HighestLast(x T, key float64) {
	if !s.some || !sqlfn.LessFloat(key, s.key) {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// MergeLowestLast takes over the value of another state, whose rows come later.
func (s *ByFloat[T]) MergeLowestLast(o *ByFloat[T]) {
	if o.some {
		s.LowestLast(o.x, o.key)
	}
}

// MergeHighestLast takes over the value of another state, whose rows come later.
func (s *ByFloat[T]) MergeHighestLast(o *ByFloat[T]) {
	if o.some {
		s.HighestLast(o.x, o.key)
	}
}

// Value returns the value that was taken.
func (s *ByFloat[T]) Value() T { return s.x }

// ByDec is By for a key that is a decimal of more than 18 digits.
type ByDec[T any] struct {
	x    T
	key  decimal.Int128
	some bool
}

// Lowest takes x if its key is below all before.
func (s *ByDec[T]) Lowest(x T, key decimal.Int128) {
	if !s.some || key.Less(s.key) {
		s.x, s.key, s.some = owned(x), key, true
	}
}

// Highest takes x if its key is above all before.
func (s *ByDec[T]) Highest(x T, key decimal.Int128) {
	if !s.some || s.key.Less(key) {
		s.x, s.key, s.some = owned(x), key, true
	}
}

// MergeLowest takes over the value of another state, whose rows come later.
func (s *ByDec[T]) MergeLowest(o *ByDec[T]) {
	if o.some {
		s.Lowest(o.x, o.key)
	}
}

// MergeHighest takes over the value of another state, whose rows come later.
func (s *ByDec[T]) MergeHighest(o *ByDec[T]) {
	if o.some {
		s.Highest(o.x, o.key)
	}
}

// LowestLast takes x if no key before was below its own.
func (s *ByDec[T]) LowestLast(x T, key decimal.Int128) {
	if !s.some || !s.key.Less(key) {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// HighestLast takes x if no key before was above its own.
func (s *ByDec[T]) HighestLast(x T, key decimal.Int128) {
	if !s.some || !key.Less(s.key) {
		s.x, s.key, s.some = owned(x), owned(key), true
	}
}

// MergeLowestLast takes over the value of another state, whose rows come later.
func (s *ByDec[T]) MergeLowestLast(o *ByDec[T]) {
	if o.some {
		s.LowestLast(o.x, o.key)
	}
}

// MergeHighestLast takes over the value of another state, whose rows come later.
func (s *ByDec[T]) MergeHighestLast(o *ByDec[T]) {
	if o.some {
		s.HighestLast(o.x, o.key)
	}
}

// Value returns the value that was taken.
func (s *ByDec[T]) Value() T { return s.x }

// FirstOrNull is the value of the first row, NULL or not.
type FirstOrNull[T any] struct {
	x          T
	some, null bool
}

// Add takes x if it is the first.
func (s *FirstOrNull[T]) Add(x T, null bool) {
	if !s.some {
		s.x, s.null, s.some = owned(x), null, true
	}
}

// Merge takes over the value of another state, whose rows come later.
func (s *FirstOrNull[T]) Merge(o *FirstOrNull[T]) {
	if o.some {
		s.Add(o.x, o.null)
	}
}

// Value returns the first value; false is NULL.
func (s *FirstOrNull[T]) Value() (T, bool) { return s.x, s.some && !s.null }

// LastOrNull is the value of the last row, NULL or not.
type LastOrNull[T any] struct {
	last Last[T]
	null bool
}

// Add takes x.
func (s *LastOrNull[T]) Add(x T, null bool) {
	s.last.Add(x)
	s.null = null
}

// Merge takes over the value of another state, whose rows come later.
func (s *LastOrNull[T]) Merge(o *LastOrNull[T]) {
	if o.last.some {
		*s = *o
	}
}

// Value returns the last value; false is NULL.
func (s *LastOrNull[T]) Value() (T, bool) { return s.last.Value(), s.last.some && !s.null }

// LastOrNullText is LastOrNull of STRING. It copies each text into memory that
// it uses again.
type LastOrNullText struct {
	last LastText
	null bool
}

// Add takes x.
func (s *LastOrNullText) Add(x string, null bool) {
	s.last.Add(x)
	s.null = null
}

// Merge takes over the text of another state, whose rows come later.
func (s *LastOrNullText) Merge(o *LastOrNullText) {
	if o.last.some {
		s.last.Merge(&o.last)
		s.null = o.null
	}
}

// Value returns the last text; false is NULL.
func (s *LastOrNullText) Value() (string, bool) {
	if !s.last.some || s.null {
		return "", false
	}
	return s.last.Value(), true
}

// LastOrNullBytes is LastOrNull of BYTES. It copies what it keeps into memory
// that it uses again.
type LastOrNullBytes struct {
	last LastBytes
	null bool
}

// Add takes x.
func (s *LastOrNullBytes) Add(x []byte, null bool) {
	s.last.Add(x)
	s.null = null
}

// Merge takes over the bytes of another state, whose rows come later.
func (s *LastOrNullBytes) Merge(o *LastOrNullBytes) {
	if o.last.some {
		s.Add(o.last.x, o.null)
	}
}

// Value returns a copy of the last bytes; false is NULL.
func (s *LastOrNullBytes) Value() ([]byte, bool) {
	if !s.last.some || s.null {
		return nil, false
	}
	return s.last.Value(), true
}
