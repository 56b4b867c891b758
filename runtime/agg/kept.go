package agg

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/velocsql/veloc/runtime/nested"
)

// The states of this file are for rows that can be taken back, where a state that
// has forgotten a value could not do without it: they keep all values of a group.
// The values that they are given own their memory. at is the number of a row in
// order of arrival.

// Kept is MIN, MAX and TOPK.
type Kept[T any] struct {
	values  bag[T]
	compare func(T, T) int
}

// Add adds x.
func (s *Kept[T]) Add(x T, compare func(T, T) int) {
	s.compare = compare
	s.values.add(x, compare)
}

// Remove takes x out.
func (s *Kept[T]) Remove(x T, compare func(T, T) int) { s.values.remove(x, compare) }

// Min returns the lowest value.
func (s *Kept[T]) Min() T { return s.values.first() }

// Max returns the highest value.
func (s *Kept[T]) Max() T { return s.values.last() }

// Top returns the n highest values, in descending order.
func (s *Kept[T]) Top(n int32) nested.Array[T] {
	var out []T
	s.values.down(func(x *T) bool {
		if len(out) >= int(n) {
			return false
		}
		out = append(out, *x)
		return true
	})
	return nested.Array[T]{Items: out}
}

// TopDistinct returns the n highest different values, in descending order.
func (s *Kept[T]) TopDistinct(n int32) nested.Array[T] {
	var out []T
	s.values.down(func(x *T) bool {
		if len(out) > 0 && s.compare(out[len(out)-1], *x) == 0 {
			return true
		}
		if len(out) >= int(n) {
			return false
		}
		out = append(out, *x)
		return true
	})
	return nested.Array[T]{Items: out}
}

// Arrivals is FIRST, LAST and ARRAY_AGG: the values in order of arrival.
type Arrivals[T any] struct {
	rows  bag[arrival[T]]
	nulls int // for DISTINCT, how many rows the one NULL stands for
	// nullAt is the row of that NULL.
	nullAt int64
}

type arrival[T any] struct {
	x    T
	at   int64
	null bool
}

func byArrival[T any](a, b arrival[T]) int { return cmp.Compare(a.at, b.at) }

// Add adds x.
func (s *Arrivals[T]) Add(x T, at int64) { s.AddAny(x, false, at) }

// AddAny adds x, or NULL.
func (s *Arrivals[T]) AddAny(x T, null bool, at int64) {
	s.rows.add(arrival[T]{x, at, null}, byArrival[T])
}

// AddNull adds a NULL that stands for all NULLs, for DISTINCT.
func (s *Arrivals[T]) AddNull(at int64) {
	if s.nulls++; s.nulls == 1 {
		var zero T
		s.nullAt = at
		s.AddAny(zero, true, at)
	}
}

// Remove takes a row out.
func (s *Arrivals[T]) Remove(_ T, at int64) { s.rows.remove(arrival[T]{at: at}, byArrival[T]) }

// RemoveAny takes a row out.
func (s *Arrivals[T]) RemoveAny(x T, _ bool, at int64) { s.Remove(x, at) }

// RemoveNull takes a row out that was added by AddNull.
func (s *Arrivals[T]) RemoveNull(_ int64) {
	if s.nulls--; s.nulls == 0 {
		s.rows.remove(arrival[T]{at: s.nullAt}, byArrival[T])
	}
}

// First returns the first value.
func (s *Arrivals[T]) First() T { return s.rows.first().x }

// Last returns the last value.
func (s *Arrivals[T]) Last() T { return s.rows.last().x }

// FirstOrNull returns the first value; false is NULL.
func (s *Arrivals[T]) FirstOrNull() (T, bool) {
	r := s.rows.first()
	return r.x, s.rows.n > 0 && !r.null
}

// LastOrNull returns the last value; false is NULL.
func (s *Arrivals[T]) LastOrNull() (T, bool) {
	r := s.rows.last()
	return r.x, s.rows.n > 0 && !r.null
}

// List returns all values in order.
func (s *Arrivals[T]) List() nested.Array[T] { return s.FirstN(int32(min(s.rows.n, 1<<31-1))) }

// FirstN returns the first n values in order.
func (s *Arrivals[T]) FirstN(n int32) (out nested.Array[T]) {
	s.rows.up(func(r *arrival[T]) bool {
		if out.Len() >= int(n) {
			return false
		}
		out.Add(r.x, r.null)
		return true
	})
	return out
}

// FirstAnyN returns the first n values in order; it passes over NULL if ignore is
// true.
func (s *Arrivals[T]) FirstAnyN(n int32, ignore bool) (out nested.Array[T]) {
	s.rows.up(func(r *arrival[T]) bool {
		if out.Len() >= int(n) {
			return false
		}
		if !(r.null && ignore) {
			out.Add(r.x, r.null)
		}
		return true
	})
	return out
}

// LastN returns the last n values in order.
func (s *Arrivals[T]) LastN(n int32) nested.Array[T] { return s.LastAnyN(n, false) }

// LastAnyN returns the last n values in order; it passes over NULL if ignore is
// true.
func (s *Arrivals[T]) LastAnyN(n int32, ignore bool) (out nested.Array[T]) {
	var rows []arrival[T]
	s.rows.down(func(r *arrival[T]) bool {
		if len(rows) >= int(n) {
			return false
		}
		if !(r.null && ignore) {
			rows = append(rows, *r)
		}
		return true
	})
	for _, r := range slices.Backward(rows) {
		out.Add(r.x, r.null)
	}
	return out
}

// ArrivalsBy is ARRAY_AGG with ORDER BY: the values in the order of keys that
// compare as bytes, and those with equal keys in order of arrival.
type ArrivalsBy[T any] struct{ rows bag[keyedArrival[T]] }

type keyedArrival[T any] struct {
	arrival[T]
	key []byte
}

func byKeyAndArrival[T any](a, b keyedArrival[T]) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return cmp.Compare(a.at, b.at)
}

// Add adds x, or NULL.
func (s *ArrivalsBy[T]) Add(x T, null bool, key []byte, _ bool, at int64) {
	s.rows.add(keyedArrival[T]{arrival[T]{x, at, null}, key}, byKeyAndArrival[T])
}

// Remove takes a row out.
func (s *ArrivalsBy[T]) Remove(_ T, _ bool, key []byte, _ bool, at int64) {
	s.rows.remove(keyedArrival[T]{arrival[T]{at: at}, key}, byKeyAndArrival[T])
}

// List returns the values in order.
func (s *ArrivalsBy[T]) List() (out nested.Array[T]) {
	s.rows.up(func(r *keyedArrival[T]) bool {
		out.Add(r.x, r.null)
		return true
	})
	return out
}

// Beside is ARG_MIN and ARG_MAX: values in the order of a key beside them.
type Beside[T, K any] struct{ rows bag[beside[T, K]] }

type beside[T, K any] struct {
	x   T
	key K
	at  int64
}

// Add adds x behind those with an equal key.
func (s *Beside[T, K]) Add(x T, key K, compare func(K, K) int, at int64) {
	s.rows.add(beside[T, K]{x, key, at}, func(a, b beside[T, K]) int {
		return cmp.Or(compare(a.key, b.key), cmp.Compare(a.at, b.at))
	})
}

// Remove takes out a row that Add has added.
func (s *Beside[T, K]) Remove(x T, key K, compare func(K, K) int, at int64) {
	s.rows.remove(beside[T, K]{x, key, at}, func(a, b beside[T, K]) int {
		return cmp.Or(compare(a.key, b.key), cmp.Compare(a.at, b.at))
	})
}

// AddBefore adds x before those with an equal key.
func (s *Beside[T, K]) AddBefore(x T, key K, compare func(K, K) int, at int64) {
	s.Add(x, key, compare, -at)
}

// RemoveBefore takes out a row that AddBefore has added.
func (s *Beside[T, K]) RemoveBefore(x T, key K, compare func(K, K) int, at int64) {
	s.Remove(x, key, compare, -at)
}

// Lowest returns the value of the first row.
func (s *Beside[T, K]) Lowest() T { return s.rows.first().x }

// Highest returns the value of the last row.
func (s *Beside[T, K]) Highest() T { return s.rows.last().x }
