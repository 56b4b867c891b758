package snapshot

import (
	"bytes"
	"math"
	"slices"
)

// Int64 is the form of INT64 values: BIGINT, TIME, TIMESTAMP, short decimals.
func Int64() Form[int64] { return Form[int64]{AppendInt64, (*Reader).Int64} }

// Uint64 is the form of words that may be anything, as of the keys of floating
// point numbers.
func Uint64() Form[uint64] { return Form[uint64]{AppendWord, (*Reader).Word} }

// Int32 is the form of INT and DATE.
func Int32() Form[int32] {
	return Form[int32]{func(to []byte, x int32) []byte { return AppendInt64(to, int64(x)) }, (*Reader).Int32}
}

// Float64 is the form of DOUBLE.
func Float64() Form[float64] { return Form[float64]{AppendFloat64, (*Reader).Float64} }

// Float32 is the form of FLOAT.
func Float32() Form[float32] {
	return Form[float32]{
		func(to []byte, x float32) []byte { return AppendUint64(to, uint64(math.Float32bits(x))) },
		func(r *Reader) float32 {
			x := r.Uint64()
			if x > math.MaxUint32 {
				r.Fail("%d is not a number of 32 bits", x)
				return 0
			}
			return math.Float32frombits(uint32(x))
		},
	}
}

// Bool is the form of BOOLEAN.
func Bool() Form[bool] { return Form[bool]{AppendBool, (*Reader).Bool} }

// Text is the form of STRING and JSON.
func Text() Form[string] { return Form[string]{AppendText, (*Reader).Text} }

// Bytes is the form of BYTES.
func Bytes() Form[[]byte] { return Form[[]byte]{AppendBytes, (*Reader).Bytes} }

// AppendList appends values behind their number.
func AppendList[T any](to []byte, xs []T, form Form[T]) []byte {
	to = AppendUint64(to, uint64(len(xs)))
	for _, x := range xs {
		to = form.Append(to, x)
	}
	return to
}

// List reads what AppendList wrote; nil if there are no values.
func List[T any](r *Reader, form Form[T]) []T {
	n := r.Count()
	if n == 0 {
		return nil
	}
	xs := make([]T, 0, n)
	for range n {
		xs = append(xs, form.Read(r))
	}
	if r.Err() != nil {
		return nil
	}
	return xs
}

// AppendMap appends the entries of a map behind their number, in the order of
// the bytes of their keys.
func AppendMap[K comparable, V any](to []byte, m map[K]V, key Form[K], value func(to []byte, x V) []byte) []byte {
	type place struct{ from, to int }
	var room []byte
	places := make([]place, 0, len(m))
	for k, v := range m {
		from := len(room)
		room = value(key.Append(room, k), v)
		places = append(places, place{from, len(room)})
	}
	// keys differ and none is the beginning of another, so values do not matter
	slices.SortFunc(places, func(a, b place) int { return bytes.Compare(room[a.from:a.to], room[b.from:b.to]) })
	to = AppendUint64(to, uint64(len(m)))
	for _, p := range places {
		to = append(to, room[p.from:p.to]...)
	}
	return to
}

// Map reads what AppendMap wrote; nil if there are no entries.
func Map[K comparable, V any](r *Reader, key Form[K], value func(r *Reader) V) map[K]V {
	n := r.Count()
	if n == 0 {
		return nil
	}
	m := make(map[K]V, n)
	for range n {
		k := key.Read(r)
		if _, twice := m[k]; twice && r.Err() == nil {
			r.Fail("a key is there twice")
		}
		m[k] = value(r)
		if r.Err() != nil {
			return nil
		}
	}
	return m
}
