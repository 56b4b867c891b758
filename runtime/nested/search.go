package nested

import (
	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// Positions are all places of x, or of NULLs if null is true, counted from 1.
func Positions[T any](a Array[T], x T, null bool, compare func(T, T) int) (out Array[int32]) {
	for i, v := range a.Items {
		if n := a.IsNull(i); n == null && (n || compare(v, x) == 0) {
			out.Items = append(out.Items, int32(i+1))
		}
	}
	return out
}

// Replace has y in the places of x; both may be NULL.
func Replace[T any](a Array[T], x T, null bool, y T, yNull bool, compare func(T, T) int) (out Array[T]) {
	for i, v := range a.Items {
		if n := a.IsNull(i); n == null && (n || compare(v, x) == 0) {
			out.Add(y, yNull)
		} else {
			out.Add(v, n)
		}
	}
	return out
}

// Overlap reports whether arrays have an element in common; NULLs do not count.
func Overlap[T any](a, b Array[T], compare func(T, T) int) bool {
	for i, v := range a.Items {
		if !a.IsNull(i) && find(b, v, false, compare) >= 0 {
			return true
		}
	}
	return false
}

// ContainsAll reports whether a has every element of b; NULLs of b do not count.
func ContainsAll[T any](a, b Array[T], compare func(T, T) int) bool {
	for i, v := range b.Items {
		if !b.IsNull(i) && find(a, v, false, compare) < 0 {
			return false
		}
	}
	return true
}

// Flatten joins the arrays of an array; a NULL adds nothing.
func Flatten[T any](a Array[Array[T]]) (out Array[T]) {
	for i, in := range a.Items {
		if a.IsNull(i) {
			continue
		}
		for k := range in.Items {
			out.addFrom(in, k)
		}
	}
	return out
}

// Repeated has n times the value.
func Repeated[T any](x T, null bool, n int32) (out Array[T]) {
	for range min(n, longest) {
		out.Add(x, null)
	}
	return out
}

// Trimmed leaves out the last n elements.
func Trimmed[T any](a Array[T], n int32) Array[T] {
	return a.part(0, max(int64(len(a.Items))-max(int64(n), 0), 0))
}

// SumInts is the sum of the elements that are not NULL, false if there is none. It
// fails on overflow.
func SumInts(f *fault.Fault, a Array[int64]) (int64, bool) {
	var sum decimal.Sum64
	for _, x := range a.Items { // a NULL is 0
		sum.Add(x)
	}
	total := sum.Total()
	if !total.IsInt64() {
		f.Set("BIGINT overflow in ARRAY_SUM")
	}
	return int64(total.Lo), a.nullCount() < len(a.Items)
}

// SumFloats is SumInts of floating point numbers.
func SumFloats(a Array[float64]) (sum float64, ok bool) {
	for _, x := range a.Items {
		sum += x
	}
	return sum, a.nullCount() < len(a.Items)
}
