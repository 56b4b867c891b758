package agg

import (
	"cmp"
	"math"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/state"
)

// tally counts how often each value came.
type tally[K comparable] struct{ n map[K]int64 }

func (c *tally[K]) add(x K, n int64) {
	if c.n == nil {
		c.n = map[K]int64{}
	}
	c.n[x] += n
	if c.n[x] == 0 {
		delete(c.n, x)
	}
}

func (c *tally[K]) merge(o *tally[K]) {
	for x, n := range o.n {
		c.add(x, n)
	}
}

// most returns the value that came most often, of several the lowest.
func (c *tally[K]) most(less func(a, b K) bool) (best K, ok bool) {
	most := int64(0)
	for x, n := range c.n {
		if n > most || n == most && less(x, best) {
			best, most = x, n
		}
	}
	return best, most > 0
}

// Mode is MODE: the value that came most often, of several the lowest. It copies
// text that is new.
type Mode[T cmp.Ordered] struct{ tally[T] }

// Add counts x.
func (s *Mode[T]) Add(x T) {
	if n, ok := s.n[x]; ok {
		s.n[x] = n + 1
		return
	}
	s.add(owned(x), 1)
}

// Remove takes x out.
func (s *Mode[T]) Remove(x T) { s.add(x, -1) }

// Merge adds the counts of another state.
func (s *Mode[T]) Merge(o *Mode[T]) { s.merge(&o.tally) }

// Value returns the value that came most often; false if there is none.
func (s *Mode[T]) Value() (T, bool) { return s.most(cmp.Less[T]) }

// ModeFloat is MODE of floating point numbers: NaN is one value, and -0 is 0.
type ModeFloat struct{ tally[uint64] }

// Add counts x.
func (s *ModeFloat) Add(x float64) { s.add(state.FloatKey(x), 1) }

// Remove takes x out.
func (s *ModeFloat) Remove(x float64) { s.add(state.FloatKey(x), -1) }

// Merge adds the counts of another state.
func (s *ModeFloat) Merge(o *ModeFloat) { s.merge(&o.tally) }

// Value returns the value that came most often; false if there is none.
func (s *ModeFloat) Value() (float64, bool) {
	bits, ok := s.most(func(a, b uint64) bool {
		x, y := math.Float64frombits(a), math.Float64frombits(b)
		return x < y || y != y && x == x
	})
	return math.Float64frombits(bits), ok
}

// ModeDec is MODE of decimals of more than 18 digits.
type ModeDec struct{ tally[decimal.Int128] }

// Add counts x.
func (s *ModeDec) Add(x decimal.Int128) { s.add(x, 1) }

// Remove takes x out.
func (s *ModeDec) Remove(x decimal.Int128) { s.add(x, -1) }

// Merge adds the counts of another state.
func (s *ModeDec) Merge(o *ModeDec) { s.merge(&o.tally) }

// Value returns the value that came most often; false if there is none.
func (s *ModeDec) Value() (decimal.Int128, bool) { return s.most(decimal.Int128.Less) }

// ModeBool is MODE of truth values.
type ModeBool struct{ no, yes int64 }

// Add counts x.
func (s *ModeBool) Add(x bool) {
	if x {
		s.yes++
	} else {
		s.no++
	}
}

// Remove takes x out.
func (s *ModeBool) Remove(x bool) {
	if x {
		s.yes--
	} else {
		s.no--
	}
}

// Merge adds the counts of another state.
func (s *ModeBool) Merge(o *ModeBool) {
	s.no += o.no
	s.yes += o.yes
}

// Value returns the value that came most often; false if there is none.
func (s *ModeBool) Value() (x, ok bool) { return s.yes > s.no, s.yes+s.no > 0 }
