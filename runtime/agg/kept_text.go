package agg

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/velocsql/veloc/runtime/nested"
	"github.com/velocsql/veloc/runtime/state"
)

// Joined is STRING_AGG of rows that can be taken back: the texts in the order of
// keys that compare as bytes, and those with equal keys in order of arrival.
type Joined struct {
	rows bag[joined]
	size int // of all texts with their separators
}

type joined struct {
	x, separator string
	key          []byte
	at           int64
}

func byKeyOfJoined(a, b joined) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return cmp.Compare(a.at, b.at)
}

// Add adds x.
func (s *Joined) Add(x, separator string, at int64) { s.AddBy(x, separator, nil, at) }

// Remove takes x out.
func (s *Joined) Remove(x, separator string, at int64) { s.RemoveBy(x, separator, nil, at) }

// AddComma adds x with a comma as separator.
func (s *Joined) AddComma(x string, at int64) { s.AddBy(x, ",", nil, at) }

// RemoveComma takes x out.
func (s *Joined) RemoveComma(x string, at int64) { s.RemoveBy(x, ",", nil, at) }

// AddCommaBy adds x with a comma as separator.
func (s *Joined) AddCommaBy(x string, key []byte, at int64) { s.AddBy(x, ",", key, at) }

// RemoveCommaBy takes x out.
func (s *Joined) RemoveCommaBy(x string, key []byte, at int64) { s.RemoveBy(x, ",", key, at) }

// AddBy adds x.
func (s *Joined) AddBy(x, separator string, key []byte, at int64) {
	s.rows.add(joined{x, separator, key, at}, byKeyOfJoined)
	s.size += len(x) + len(separator)
}

// RemoveBy takes x out.
func (s *Joined) RemoveBy(x, separator string, key []byte, at int64) {
	if s.rows.remove(joined{key: key, at: at}, byKeyOfJoined) {
		s.size -= len(x) + len(separator)
	}
}

// Value returns the joined texts: each but the first with its separator before it.
func (s *Joined) Value() string {
	var out strings.Builder
	out.Grow(s.size)
	first := true
	s.rows.up(func(r *joined) bool {
		if !first {
			out.WriteString(r.separator)
		}
		first = false
		out.WriteString(r.x)
		return true
	})
	return out.String()
}

// KeptMap is MAP_AGG of rows that can be taken back: the last value of each key.
type KeptMap[T, K any] struct {
	rows    bag[beside[nullable[K], T]] // the value beside its key
	compare func(T, T) int
}

type nullable[T any] struct {
	x    T
	null bool
}

// Add sets the value of a key; NULL is no key.
func (s *KeptMap[T, K]) Add(k T, noKey bool, v K, null bool, compare func(T, T) int, at int64) {
	if s.compare = compare; !noKey {
		s.rows.add(beside[nullable[K], T]{nullable[K]{v, null}, k, at}, s.order)
	}
}

// Remove takes a row out.
func (s *KeptMap[T, K]) Remove(k T, noKey bool, _ K, _ bool, _ func(T, T) int, at int64) {
	if !noKey {
		s.rows.remove(beside[nullable[K], T]{key: k, at: at}, s.order)
	}
}

func (s *KeptMap[T, K]) order(a, b beside[nullable[K], T]) int {
	return cmp.Or(s.compare(a.key, b.key), cmp.Compare(a.at, b.at))
}

// Value returns the map.
func (s *KeptMap[T, K]) Value() (m nested.Map[T, K]) {
	s.rows.up(func(r *beside[nullable[K], T]) bool {
		if n := len(m.Keys); n > 0 && s.compare(m.Keys[n-1], r.key) == 0 {
			m.Values.Set(n-1, r.x.x, r.x.null)
			return true
		}
		m.Keys = append(m.Keys, r.key)
		m.Values.Add(r.x.x, r.x.null)
		return true
	})
	return m
}

// Tally is COUNT_DISTINCT of rows that can be taken back.
type Tally[T comparable] struct{ tally[T] }

// Add counts x.
func (s *Tally[T]) Add(x T) { s.add(x, 1) }

// Remove takes x out.
func (s *Tally[T]) Remove(x T) { s.add(x, -1) }

// Value returns the number of different values.
func (s *Tally[T]) Value() int64 { return int64(len(s.n)) }

// TallyFloat is Tally of FLOAT or DOUBLE, where NaNs are one value and so are the
// two zeros.
type TallyFloat[T floating] struct{ bits Tally[uint64] }

// Add counts x.
func (s *TallyFloat[T]) Add(x T) { s.bits.Add(state.FloatKey(float64(x))) }

// Remove takes x out.
func (s *TallyFloat[T]) Remove(x T) { s.bits.Remove(state.FloatKey(float64(x))) }

// Value returns the number of different values.
func (s *TallyFloat[T]) Value() int64 { return s.bits.Value() }

// TallyBytes is Tally of BYTES.
type TallyBytes struct{ texts Tally[string] }

// Add counts x.
func (s *TallyBytes) Add(x []byte) { s.texts.Add(string(x)) }

// Remove takes x out.
func (s *TallyBytes) Remove(x []byte) { s.texts.Remove(string(x)) }

// Value returns the number of different values.
func (s *TallyBytes) Value() int64 { return s.texts.Value() }

// Truths is BOOL_AND and BOOL_OR of rows that can be taken back.
type Truths struct{ no, yes int64 }

// Add counts x.
func (s *Truths) Add(x bool) { s.count(x, 1) }

// Remove takes x out.
func (s *Truths) Remove(x bool) { s.count(x, -1) }

func (s *Truths) count(x bool, n int64) {
	if x {
		s.yes += n
	} else {
		s.no += n
	}
}

// And returns whether all values are true.
func (s *Truths) And() bool { return s.no == 0 && s.yes > 0 }

// Or returns whether some value is true.
func (s *Truths) Or() bool { return s.yes > 0 }

// Bits is BIT_AND and BIT_OR of rows that can be taken back: for each bit, how
// many of the values have it.
type Bits[T int32 | int64] struct {
	n    int64
	ones [64]int64
}

// Add counts the bits of x.
func (s *Bits[T]) Add(x T) { s.count(x, 1) }

// Remove takes x out.
func (s *Bits[T]) Remove(x T) { s.count(x, -1) }

func (s *Bits[T]) count(x T, n int64) {
	s.n += n
	for i, u := 0, uint64(x); u != 0; i, u = i+1, u>>1 {
		s.ones[i] += int64(u&1) * n
	}
}

// And returns the bits that all values have.
func (s *Bits[T]) And() T { return s.where(func(n int64) bool { return n == s.n && n > 0 }) }

// Or returns the bits that some value has.
func (s *Bits[T]) Or() T { return s.where(func(n int64) bool { return n > 0 }) }

func (s *Bits[T]) where(holds func(n int64) bool) T {
	var out uint64
	for i, n := range s.ones {
		if holds(n) {
			out |= 1 << i
		}
	}
	return T(out)
}
