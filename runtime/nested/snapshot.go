package nested

import (
	"math/bits"

	"github.com/velocsql/veloc/runtime/snapshot"
)

// ArrayForm is how an array is kept, given the form of its elements: their
// number, where NULLs are, and the elements that are not NULL.
func ArrayForm[T any](elem snapshot.Form[T]) snapshot.Form[Array[T]] {
	return snapshot.Form[Array[T]]{
		Append: func(to []byte, a Array[T]) []byte { return AppendArray(to, a, elem) },
		Read:   func(r *snapshot.Reader) Array[T] { return ReadArray(r, elem) },
	}
}

// AppendArray appends an array as ArrayForm has it.
func AppendArray[T any](to []byte, a Array[T], elem snapshot.Form[T]) []byte {
	to = snapshot.AppendUint64(to, uint64(len(a.Items)))
	for i := 0; i < len(a.Items); i += 8 {
		to = append(to, byte(a.nullWord(i)))
	}
	for i, x := range a.Items {
		if !a.IsNull(i) {
			to = elem.Append(to, x)
		}
	}
	return to
}

// nullWord has the NULL bits from element i, a multiple of 8, on.
func (a *Array[T]) nullWord(i int) uint64 {
	if i>>6 >= len(a.Nulls) {
		return 0
	}
	return a.Nulls[i>>6] >> (i & 63)
}

// ReadArray reads what AppendArray wrote.
func ReadArray[T any](r *snapshot.Reader, elem snapshot.Form[T]) (a Array[T]) {
	n := r.Uint64()
	if most := uint64(len(r.Rest())); n > 8*most {
		r.Fail("%d elements in %d bytes", n, most)
	}
	if n == 0 || r.Err() != nil {
		return Array[T]{}
	}
	a.Items = make([]T, n)
	for i := 0; i < len(a.Items); i += 8 {
		c := r.Byte()
		for c != 0 {
			k := i + bits.TrailingZeros8(c)
			if k >= len(a.Items) {
				r.Fail("a NULL behind the end of an array")
				break
			}
			a.SetNull(k)
			c &= c - 1
		}
	}
	for i := range a.Items {
		if !a.IsNull(i) {
			a.Items[i] = elem.Read(r)
		}
		if r.Err() != nil {
			return Array[T]{}
		}
	}
	return a
}

// MapForm is how a map is kept, given the forms of keys and values.
func MapForm[K, V any](key snapshot.Form[K], value snapshot.Form[V]) snapshot.Form[Map[K, V]] {
	return snapshot.Form[Map[K, V]]{
		Append: func(to []byte, m Map[K, V]) []byte { return AppendMap(to, m, key, value) },
		Read:   func(r *snapshot.Reader) Map[K, V] { return ReadMap(r, key, value) },
	}
}

// AppendMap appends a map as MapForm has it.
func AppendMap[K, V any](to []byte, m Map[K, V], key snapshot.Form[K], value snapshot.Form[V]) []byte {
	return AppendArray(snapshot.AppendList(to, m.Keys, key), m.Values, value)
}

// ReadMap reads what AppendMap wrote.
func ReadMap[K, V any](r *snapshot.Reader, key snapshot.Form[K], value snapshot.Form[V]) Map[K, V] {
	m := Map[K, V]{Keys: snapshot.List(r, key), Values: ReadArray(r, value)}
	if len(m.Keys) != len(m.Values.Items) {
		r.Fail("a map of %d keys and %d values", len(m.Keys), len(m.Values.Items))
		return Map[K, V]{}
	}
	return m
}
