package nested

import (
	"slices"
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
)

// Length is the number of elements.
func Length[T any](a Array[T]) int32 { return int32(len(a.Items)) }

// MapLength is the number of entries.
func MapLength[K, V any](m Map[K, V]) int32 { return int32(len(m.Keys)) }

// find is the index of the first element that is x, or NULL if null is true, -1
// if there is none.
func find[T any](a Array[T], x T, null bool, compare func(T, T) int) int {
	for i, v := range a.Items {
		if n := a.IsNull(i); n == null && (n || compare(v, x) == 0) {
			return i
		}
	}
	return -1
}

// Contains reports whether some element is x, or NULL if null is true.
func Contains[T any](a Array[T], x T, null bool, compare func(T, T) int) bool {
	return find(a, x, null, compare) >= 0
}

// Position is where x is first, counted from 1; false if it is nowhere.
func Position[T any](a Array[T], x T, null bool, compare func(T, T) int) (int32, bool) {
	i := find(a, x, null, compare)
	return int32(i + 1), i >= 0
}

// set tells elements apart. Short arrays are gone through, long ones are looked
// up in order.
type set[T any] struct {
	sorted  []T
	null    bool
	compare func(T, T) int
}

// take adds an element and reports whether it is new.
func (s *set[T]) take(v T, null bool) bool {
	if null {
		fresh := !s.null
		s.null = true
		return fresh
	}
	i, found := slices.BinarySearchFunc(s.sorted, v, s.compare)
	if !found {
		s.sorted = slices.Insert(s.sorted, i, v)
	}
	return !found
}

func (s *set[T]) has(v T, null bool) bool {
	if null {
		return s.null
	}
	_, found := slices.BinarySearchFunc(s.sorted, v, s.compare)
	return found
}

func setOf[T any](a Array[T], compare func(T, T) int) *set[T] {
	s := &set[T]{compare: compare}
	for i, v := range a.Items {
		s.take(v, a.IsNull(i))
	}
	return s
}

// Distinct is the array without elements that are there before.
func Distinct[T any](a Array[T], compare func(T, T) int) Array[T] {
	return Union(a, Array[T]{}, compare)
}

// Union has the different elements of a, then those that only b has.
func Union[T any](a, b Array[T], compare func(T, T) int) (out Array[T]) {
	seen := &set[T]{compare: compare}
	for _, in := range []Array[T]{a, b} {
		for i, v := range in.Items {
			if seen.take(v, in.IsNull(i)) {
				out.addFrom(in, i)
			}
		}
	}
	return out
}

// Except has the different elements of a that b has not.
func Except[T any](a, b Array[T], compare func(T, T) int) (out Array[T]) {
	seen := setOf(b, compare)
	for i, v := range a.Items {
		if seen.take(v, a.IsNull(i)) {
			out.addFrom(a, i)
		}
	}
	return out
}

// Intersect has the different elements of a that b has too.
func Intersect[T any](a, b Array[T], compare func(T, T) int) (out Array[T]) {
	other, seen := setOf(b, compare), &set[T]{compare: compare}
	for i, v := range a.Items {
		if null := a.IsNull(i); other.has(v, null) && seen.take(v, null) {
			out.addFrom(a, i)
		}
	}
	return out
}

// Concat has the elements of a, then those of b. It is false if both are NULL.
func Concat[T any](a Array[T], aNull bool, b Array[T], bNull bool) (Array[T], bool) {
	switch {
	case bNull:
		return a, !aNull
	case aNull:
		return b, true
	}
	out := Array[T]{Items: make([]T, 0, len(a.Items)+len(b.Items))}
	for _, in := range []Array[T]{a, b} {
		for i := range in.Items {
			out.addFrom(in, i)
		}
	}
	return out, true
}

// Append has x behind the elements; of a NULL array it is the only one.
func Append[T any](a Array[T], _ bool, x T, null bool) Array[T] {
	out, _ := Concat(a, false, Of[T](), false)
	out.Add(x, null)
	return out
}

// Prepend has x before the elements; of a NULL array it is the only one.
func Prepend[T any](x T, null bool, a Array[T], _ bool) Array[T] {
	var first Array[T]
	first.Add(x, null)
	out, _ := Concat(first, false, a, false)
	return out
}

// Remove has the elements that are not x, or not NULL if null is true.
func Remove[T any](a Array[T], x T, null bool, compare func(T, T) int) (out Array[T]) {
	for i, v := range a.Items {
		if n := a.IsNull(i); n != null || !n && compare(v, x) != 0 {
			out.addFrom(a, i)
		}
	}
	return out
}

// Reverse has the elements in reverse order.
func Reverse[T any](a Array[T]) (out Array[T]) {
	for i := len(a.Items) - 1; i >= 0; i-- {
		out.addFrom(a, i)
	}
	return out
}

// Sorted has the elements in ascending order, NULLs last.
func Sorted[T any](a Array[T], compare func(T, T) int) Array[T] { return order(a, compare) }

// SortedBy is Sorted in a direction, 'asc' or 'desc'; NULLs are last in both.
func SortedBy[T any](f *fault.Fault, a Array[T], direction string, compare func(T, T) int) Array[T] {
	switch strings.ToUpper(strings.TrimSpace(direction)) {
	case "ASC", "ASCENDING":
		return order(a, compare)
	case "DESC", "DESCENDING":
		return order(a, func(x, y T) int { return compare(y, x) })
	}
	f.Set("the direction of ARRAY_SORT is ASC or DESC")
	return Array[T]{}
}

func order[T any](a Array[T], compare func(T, T) int) Array[T] {
	out := Array[T]{Items: make([]T, 0, len(a.Items))}
	for i, v := range a.Items {
		if !a.IsNull(i) {
			out.Items = append(out.Items, v)
		}
	}
	slices.SortStableFunc(out.Items, compare)
	for range a.nullCount() {
		var zero T
		out.Add(zero, true)
	}
	return out
}

// Max is the largest element; false if there is none but NULLs.
func Max[T any](a Array[T], compare func(T, T) int) (v T, ok bool) {
	return extreme(a, compare, 1)
}

// Min is the smallest element; false if there is none but NULLs.
func Min[T any](a Array[T], compare func(T, T) int) (v T, ok bool) {
	return extreme(a, compare, -1)
}

func extreme[T any](a Array[T], compare func(T, T) int, sign int) (v T, ok bool) {
	for i, x := range a.Items {
		if !a.IsNull(i) && (!ok || compare(x, v)*sign > 0) {
			v, ok = x, true
		}
	}
	return v, ok
}

// Slice has the elements from one to another, both included and counted from 1,
// or from the end if negative; what is outside is left out.
func Slice[T any](a Array[T], from, to int32) Array[T] {
	n := int64(len(a.Items))
	place := func(i int32) int64 {
		if i < 0 {
			return n + int64(i) + 1
		}
		return int64(i)
	}
	return a.part(max(place(from)-1, 0), min(place(to), n))
}

// SliceFrom is Slice up to the end.
func SliceFrom[T any](a Array[T], from int32) Array[T] { return Slice(a, from, -1) }

// SliceKsql is Slice as ksqlDB defines it: a NULL is the first or last element,
// and there is no result if an element is not there.
func SliceKsql[T any](a Array[T], from int32, fromNull bool, to int32, toNull bool) (Array[T], bool) {
	start, end := int64(from)-1, int64(to)
	if fromNull {
		start = 0
	}
	if toNull {
		end = int64(len(a.Items))
	}
	if start < 0 || end > int64(len(a.Items)) || start > end {
		return Array[T]{}, false
	}
	return a.part(start, end), true
}

// part is a[from:to].
func (a Array[T]) part(from, to int64) (out Array[T]) {
	if from >= to {
		return out
	}
	out.Items = a.Items[from:to:to]
	for i := from; i < to; i++ {
		if a.IsNull(int(i)) {
			out.SetNull(int(i - from))
		}
	}
	return out
}

// Join puts a separator between texts; NULLs are left out.
func Join(a Array[string], sep string) string {
	if !a.HasNulls() {
		return strings.Join(a.Items, sep)
	}
	var parts []string
	for i, s := range a.Items {
		if !a.IsNull(i) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, sep)
}

// JoinWith is Join with a text that stands for NULLs.
func JoinWith(a Array[string], sep, null string) string {
	if !a.HasNulls() {
		return strings.Join(a.Items, sep)
	}
	parts := slices.Clone(a.Items)
	for i := range parts {
		if a.IsNull(i) {
			parts[i] = null
		}
	}
	return strings.Join(parts, sep)
}

// JoinKsql is Join as ksqlDB defines it: NULLs are written as null, and a NULL
// separator is none.
func JoinKsql(a Array[string], sep string, _ bool) string { return JoinWith(a, sep, "null") }

// JoinCommas is JoinKsql with commas.
func JoinCommas(a Array[string]) string { return JoinWith(a, ",", "null") }

// longest is how many elements a series may have.
const longest = 1 << 24

type whole interface{ int32 | int64 }

// Series has the numbers from one to another.
func Series[T whole](f *fault.Fault, from, to T) Array[T] { return SeriesBy(f, from, to, 1) }

// SeriesKsql is Series that goes down if the second number is the smaller.
func SeriesKsql[T whole](f *fault.Fault, from, to T) Array[T] {
	if from > to {
		return SeriesBy(f, from, to, -1)
	}
	return SeriesBy(f, from, to, 1)
}

// SeriesBy is Series in steps.
func SeriesBy[T whole](f *fault.Fault, from, to, step T) (out Array[T]) {
	if step == 0 {
		f.Set("the step of GENERATE_SERIES is 0")
		return out
	}
	for i := from; step > 0 && i <= to || step < 0 && i >= to; i += step {
		if len(out.Items) == longest {
			f.Set("a series of more than 16777216 numbers")
			return Array[T]{}
		}
		out.Items = append(out.Items, i)
		if next := i + step; (next > i) != (step > 0) { // overflow
			break
		}
	}
	return out
}

// SeriesByKsql is SeriesBy that has an error where the step leads away.
func SeriesByKsql[T whole](f *fault.Fault, from, to, step T) Array[T] {
	if step != 0 && from != to && (from < to) != (step > 0) {
		f.Set("the step of GENERATE_SERIES has the wrong sign")
		return Array[T]{}
	}
	return SeriesBy(f, from, to, step)
}

// AsMap has entries of keys and values at the same places, as many as both have.
func AsMap[K, V any](f *fault.Fault, keys Array[K], values Array[V], compare func(K, K) int) (m Map[K, V]) {
	for i := range min(len(keys.Items), len(values.Items)) {
		if keys.IsNull(i) {
			f.Set("a key of a MAP is NULL")
			return Map[K, V]{}
		}
		m.Add(keys.Items[i], values.Items[i], values.IsNull(i))
	}
	m.Sort(compare)
	return m
}

// MapKeys are the keys of a map in order.
func MapKeys[K, V any](m Map[K, V]) Array[K] { return Array[K]{Items: m.Keys} }

// MapValues are the values of a map in the order of their keys.
func MapValues[K, V any](m Map[K, V]) Array[V] { return m.Values }

// MapUnion has the entries of both maps; of one key that of b. It is false if
// both are NULL.
func MapUnion[K, V any](a Map[K, V], aNull bool, b Map[K, V], bNull bool, compare func(K, K) int) (Map[K, V], bool) {
	switch {
	case bNull:
		return a, !aNull
	case aNull:
		return b, true
	}
	var out Map[K, V]
	for _, m := range []Map[K, V]{a, b} {
		for i, k := range m.Keys {
			out.Add(k, m.Values.Items[i], m.Values.IsNull(i))
		}
	}
	out.Sort(compare)
	return out, true
}

// ToJSON is a value as JSON, with the function that writes it; NULL is null.
func ToJSON[T any](v T, null bool, write func([]byte, T) []byte) string {
	if null {
		return "null"
	}
	return string(write(nil, v))
}
