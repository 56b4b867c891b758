// Package nested holds the Go types of ARRAY and MAP values and what is done
// with them. A STRUCT is a struct of the generated package.
//
// Values are never changed in place by the functions here: results that hold
// other elements than their argument have memory of their own, results that are
// a part of it share its memory.
package nested

import (
	"math/bits"
	"slices"
)

// Array is a value of ARRAY<T>: its elements in order. The zero value is empty.
type Array[T any] struct {
	Items []T
	// Nulls has one bit per element, 1 = NULL, as far as it reaches. The item of
	// a NULL is the zero value.
	Nulls []uint64
}

// Of is an array without NULLs.
func Of[T any](items ...T) Array[T] { return Array[T]{Items: items} }

// Len is the number of elements.
func (a Array[T]) Len() int { return len(a.Items) }

// IsNull reports whether element i, counted from 0, is NULL.
func (a Array[T]) IsNull(i int) bool { return i>>6 < len(a.Nulls) && a.Nulls[i>>6]>>(i&63)&1 != 0 }

// HasNulls reports whether some element is NULL.
func (a Array[T]) HasNulls() bool {
	for _, w := range a.Nulls {
		if w != 0 {
			return true
		}
	}
	return false
}

// SetNull makes element i NULL; its item must be the zero value.
func (a *Array[T]) SetNull(i int) {
	for len(a.Nulls) <= i>>6 {
		a.Nulls = append(a.Nulls, 0)
	}
	a.Nulls[i>>6] |= 1 << (i & 63)
}

// putNull makes element i NULL or takes that back.
func (a *Array[T]) putNull(i int, null bool) {
	if null {
		a.SetNull(i)
	} else if i>>6 < len(a.Nulls) {
		a.Nulls[i>>6] &^= 1 << (i & 63)
	}
}

// Add appends an element, NULL if null is true.
func (a *Array[T]) Add(v T, null bool) {
	if null {
		a.SetNull(len(a.Items))
		var zero T
		v = zero
	}
	a.Items = append(a.Items, v)
}

// addFrom appends element i of another array.
func (a *Array[T]) addFrom(b Array[T], i int) { a.Add(b.Items[i], b.IsNull(i)) }

// At is element i, counted from 1, or from the end if i is negative. It is false
// for a NULL and where there is no such element.
func (a Array[T]) At(i int64) (v T, ok bool) {
	switch n := int64(len(a.Items)); {
	case i > 0 && i <= n:
		i--
	case i < 0 && i >= -n:
		i += n
	default:
		return v, false
	}
	return a.Items[i], !a.IsNull(int(i))
}

// nullCount is the number of NULLs.
func (a Array[T]) nullCount() int {
	n := 0
	for _, w := range a.Nulls {
		n += bits.OnesCount64(w)
	}
	return n
}

// CloneArray is a copy that shares no memory. clone copies an element; nil means
// that assigning one does.
func CloneArray[T any](a Array[T], clone func(T) T) Array[T] {
	out := Array[T]{Items: slices.Clone(a.Items), Nulls: slices.Clone(a.Nulls)}
	if clone != nil {
		for i, v := range out.Items {
			out.Items[i] = clone(v)
		}
	}
	return out
}

// CompareArrays compares element by element; a NULL is above every other
// element and equal to another NULL, and a shorter array is below a longer one
// that begins with it.
func CompareArrays[T any](a, b Array[T], compare func(T, T) int) int {
	for i := range min(len(a.Items), len(b.Items)) {
		if c := CompareNulls(a.IsNull(i), b.IsNull(i)); c != 0 {
			return c
		}
		if c := compare(a.Items[i], b.Items[i]); c != 0 {
			return c
		}
	}
	return len(a.Items) - len(b.Items)
}

// CompareNulls orders values that are NULL above those that are not.
func CompareNulls(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Set replaces element i, by NULL if null is true.
func (a *Array[T]) Set(i int, v T, null bool) {
	if null {
		var zero T
		v = zero
	}
	a.Items[i] = v
	a.putNull(i, null)
}

// Insert puts an element before element i.
func (a *Array[T]) Insert(i int, v T, null bool) {
	a.Add(v, null)
	if i == len(a.Items)-1 {
		return
	}
	copy(a.Items[i+1:], a.Items[i:])
	if a.HasNulls() {
		for k := len(a.Items) - 1; k > i; k-- {
			a.putNull(k, a.IsNull(k-1))
		}
	}
	a.Set(i, v, null)
}
