package agg

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/velocsql/veloc/runtime/nested"
)

// List is ARRAY_AGG: all values in order of arrival. What it keeps shares no
// memory with a batch.
type List[T any] struct {
	a     nested.Array[T]
	nulls bool
}

// Add adds x, or NULL.
func (s *List[T]) Add(x T, null bool) {
	s.a.Add(x, null)
	s.nulls = s.nulls || null
}

// AddNull adds NULL unless there is one, for DISTINCT.
func (s *List[T]) AddNull() {
	if !s.nulls {
		var zero T
		s.Add(zero, true)
	}
}

// Merge adds the values of another state, whose rows come later.
func (s *List[T]) Merge(o *List[T]) {
	for i, x := range o.a.Items {
		s.Add(x, o.a.IsNull(i))
	}
}

// Value returns the values. Those that are added later are not in it.
func (s *List[T]) Value() nested.Array[T] {
	out := s.a
	out.Items = slices.Clip(out.Items)
	if s.nulls {
		out.Nulls = slices.Clone(out.Nulls)
	}
	return out
}

// ListBy is ARRAY_AGG with ORDER BY: the values in the order of their keys, which
// compare as bytes; values with equal keys keep the order of arrival. What it
// keeps shares no memory with a batch.
type ListBy[T any] struct{ items []keyed[T] }

type keyed[T any] struct {
	x    T
	null bool
	key  []byte
}

// Add adds x, or NULL.
func (s *ListBy[T]) Add(x T, null bool, key []byte, _ bool) {
	s.items = append(s.items, keyed[T]{x, null, key})
}

// Value returns the values in order.
func (s *ListBy[T]) Value() (out nested.Array[T]) {
	sort.SliceStable(s.items, func(i, j int) bool { return bytes.Compare(s.items[i].key, s.items[j].key) < 0 })
	for _, it := range s.items {
		out.Add(it.x, it.null)
	}
	return out
}

// FirstN is EARLIEST_BY_OFFSET of several: the values of the first rows.
type FirstN[T any] struct {
	a nested.Array[T]
	n int32 // how many are kept, known from the first row on
}

// Add keeps x if it is one of the first n.
func (s *FirstN[T]) Add(x T, n int32, clone func(T) T) {
	s.AddAny(x, false, n, false, true, false, clone)
}

// AddAny is Add that keeps NULLs too, unless ignore is true.
func (s *FirstN[T]) AddAny(x T, null bool, n int32, _, ignore, _ bool, clone func(T) T) {
	s.n = n
	if s.a.Len() < int(n) && !(null && ignore) {
		s.a.Add(cloned(x, clone), null)
	}
}

// Merge takes over the first values of another state, whose rows come later.
func (s *FirstN[T]) Merge(o *FirstN[T]) {
	s.n = max(s.n, o.n)
	for i, x := range o.a.Items {
		if s.a.Len() < int(s.n) {
			s.a.Add(x, o.a.IsNull(i))
		}
	}
}

// Value returns the values in order of arrival.
func (s *FirstN[T]) Value() nested.Array[T] { return nested.CloneArray(s.a, nil) }

// LastN is LATEST_BY_OFFSET of several: the values of the last rows.
type LastN[T any] struct{ FirstN[T] }

// Add keeps x, and forgets what is before the last n.
func (s *LastN[T]) Add(x T, n int32, clone func(T) T) {
	s.AddAny(x, false, n, false, true, false, clone)
}

// AddAny is Add that keeps NULLs too, unless ignore is true.
func (s *LastN[T]) AddAny(x T, null bool, n int32, _, ignore, _ bool, clone func(T) T) {
	if s.n = n; n < 1 || null && ignore {
		return
	}
	if s.a.Len() >= int(n) {
		s.a = nested.SliceFrom(s.a, 1-n)
		if n == 1 {
			s.a = nested.Array[T]{}
		}
	}
	s.a.Add(cloned(x, clone), null)
}

// Merge takes over the last values of another state, whose rows come later.
func (s *LastN[T]) Merge(o *LastN[T]) {
	n := max(s.n, o.n)
	for i, x := range o.a.Items {
		s.AddAny(x, o.a.IsNull(i), n, false, false, false, nil)
	}
	s.n = n
}

func cloned[T any](x T, clone func(T) T) T {
	if clone == nil {
		return x
	}
	return clone(x)
}

// Top is TOPK: the largest values, in descending order.
type Top[T any] struct{ items []T }

// Add keeps x if it is one of the n largest.
func (s *Top[T]) Add(x T, n int32, compare func(T, T) int, clone func(T) T) {
	i, _ := slices.BinarySearchFunc(s.items, x, func(a, b T) int {
		if compare(b, a) <= 0 { // behind its equals
			return -1
		}
		return 1
	})
	s.insert(i, x, n, clone)
}

// AddDistinct is Add of a value that is not there yet.
func (s *Top[T]) AddDistinct(x T, n int32, compare func(T, T) int, clone func(T) T) {
	i, found := slices.BinarySearchFunc(s.items, x, func(a, b T) int { return compare(b, a) })
	if !found {
		s.insert(i, x, n, clone)
	}
}

func (s *Top[T]) insert(i int, x T, n int32, clone func(T) T) {
	if i >= int(n) {
		return
	}
	if len(s.items) >= int(n) {
		s.items = s.items[:n-1]
	}
	s.items = slices.Insert(s.items, i, cloned(x, clone))
}

// Value returns the values.
func (s *Top[T]) Value() nested.Array[T] { return nested.Array[T]{Items: slices.Clone(s.items)} }

// Histogram counts the different texts. (The counts are behind pointers, because
// storing to a key of a Go map replaces the text of the key too.)
type Histogram struct{ counts map[string]*int64 }

// Add counts x.
func (s *Histogram) Add(x string) { *s.of(x)++ }

// of is the count of a text, which is copied if it is new.
func (s *Histogram) of(x string) *int64 {
	if s.counts == nil {
		s.counts = map[string]*int64{}
	}
	n := s.counts[x]
	if n == nil {
		n = new(int64)
		s.counts[strings.Clone(x)] = n
	}
	return n
}

// Merge adds the counts of another state.
func (s *Histogram) Merge(o *Histogram) {
	for x, n := range o.counts {
		*s.of(x) += *n
	}
}

// Remove takes a text that was counted back.
func (s *Histogram) Remove(x string) {
	if n := s.of(x); *n > 1 {
		*n--
	} else {
		delete(s.counts, x)
	}
}

// Value returns the counts by text.
func (s *Histogram) Value() nested.Map[string, int64] {
	keys := make([]string, 0, len(s.counts))
	for x := range s.counts {
		keys = append(keys, x)
	}
	slices.Sort(keys)
	m := nested.Map[string, int64]{Keys: keys}
	for _, x := range keys {
		m.Values.Add(*s.counts[x], false)
	}
	return m
}

// MapOf is MAP_AGG: the last value of each key.
type MapOf[T, K any] struct{ m nested.Map[T, K] }

// Add sets the value of a key; NULL is no key.
func (s *MapOf[T, K]) Add(k T, noKey bool, v K, null bool, compare func(T, T) int) {
	if noKey {
		return
	}
	i, found := slices.BinarySearchFunc(s.m.Keys, k, compare)
	values := &s.m.Values
	if !found {
		s.m.Keys = slices.Insert(s.m.Keys, i, k)
		values.Insert(i, v, null)
		return
	}
	values.Set(i, v, null)
}

// Value returns the map.
func (s *MapOf[T, K]) Value() nested.Map[T, K] { return nested.CloneMap(s.m, nil, nil) }
