package agg

import "strings"

// ordered are values that order themselves: decimals above 18 digits and intervals.
type ordered[T any] interface{ Cmp(T) int }

// Min is MIN of values that Go's operators do not order.
type Min[T ordered[T]] struct {
	x    T
	some bool
}

// Add takes x into account.
func (s *Min[T]) Add(x T) {
	if !s.some || x.Cmp(s.x) < 0 {
		s.x, s.some = x, true
	}
}

// Merge takes the rows of another state into account.
func (s *Min[T]) Merge(o *Min[T]) {
	if o.some {
		s.Add(o.x)
	}
}

// Value returns the smallest value.
func (s *Min[T]) Value() T { return s.x }

// Max is MAX of values that Go's operators do not order.
type Max[T ordered[T]] struct {
	x    T
	some bool
}

// Add takes x into account.
func (s *Max[T]) Add(x T) {
	if !s.some || x.Cmp(s.x) > 0 {
		s.x, s.some = x, true
	}
}

// Merge takes the rows of another state into account.
func (s *Max[T]) Merge(o *Max[T]) {
	if o.some {
		s.Add(o.x)
	}
}

// Value returns the largest value.
func (s *Max[T]) Value() T { return s.x }

type floating interface{ ~float32 | ~float64 }

// MinFloat is MIN of FLOAT or DOUBLE, where NaN is above every number.
type MinFloat[T floating] struct {
	x    T
	some bool
}

// Add takes x into account.
func (s *MinFloat[T]) Add(x T) {
	if x < s.x || !s.some || s.x != s.x {
		s.x, s.some = x, true
	}
}

// Merge takes the rows of another state into account.
func (s *MinFloat[T]) Merge(o *MinFloat[T]) {
	if o.some {
		s.Add(o.x)
	}
}

// Value returns the smallest value.
func (s *MinFloat[T]) Value() T { return s.x }

// MaxFloat is MAX of FLOAT or DOUBLE, where NaN is above every number.
type MaxFloat[T floating] struct {
	x    T
	some bool
}

// Add takes x into account.
func (s *MaxFloat[T]) Add(x T) {
	if x > s.x || !s.some || x != x {
		s.x, s.some = x, true
	}
}

// Merge takes the rows of another state into account.
func (s *MaxFloat[T]) Merge(o *MaxFloat[T]) {
	if o.some {
		s.Add(o.x)
	}
}

// Value returns the largest value.
func (s *MaxFloat[T]) Value() T { return s.x }

// MinText is MIN of STRING in the order of bytes. It copies a text that it
// keeps.
type MinText struct {
	x    string
	some bool
}

// Add takes x into account.
func (s *MinText) Add(x string) {
	if !s.some || x < s.x {
		s.x, s.some = strings.Clone(x), true
	}
}

// Merge takes the rows of another state into account.
func (s *MinText) Merge(o *MinText) {
	if o.some && (!s.some || o.x < s.x) {
		*s = *o
	}
}

// Value returns the smallest text.
func (s *MinText) Value() string { return s.x }

// MaxText is MAX of STRING in the order of bytes. It copies a text that it
// keeps.
type MaxText struct {
	x    string
	some bool
}

// Add takes x into account.
func (s *MaxText) Add(x string) {
	if !s.some || x > s.x {
		s.x, s.some = strings.Clone(x), true
	}
}

// Merge takes the rows of another state into account.
func (s *MaxText) Merge(o *MaxText) {
	if o.some && (!s.some || o.x > s.x) {
		*s = *o
	}
}

// Value returns the largest text.
func (s *MaxText) Value() string { return s.x }
