package agg

import (
	"cmp"
	"math"
	"slices"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// values are all values of a group. Adding one appends it; they are put in order
// when a result is asked for, which costs what was added since.
type values[T any] struct {
	xs      []T
	ordered int // how many of the first are in order
}

func (v *values[T]) add(x T) { v.xs = append(v.xs, x) }

// settle puts the values in order.
func (v *values[T]) settle(order func(a, b T) int) {
	if v.ordered == len(v.xs) {
		return
	}
	late := v.xs[v.ordered:]
	if len(late) == 1 { // one value since the last result: EMIT CHANGES
		x := late[0]
		i, _ := slices.BinarySearchFunc(v.xs[:v.ordered], x, order)
		copy(v.xs[i+1:], v.xs[i:v.ordered])
		v.xs[i] = x
	} else {
		slices.SortFunc(v.xs, order)
	}
	v.ordered = len(v.xs)
}

// remove takes one value out.
func (v *values[T]) remove(x T, order func(a, b T) int) {
	v.settle(order)
	if i, found := slices.BinarySearchFunc(v.xs, x, order); found {
		v.xs = slices.Delete(v.xs, i, i+1)
		v.ordered--
	}
}

func (v *values[T]) merge(o *values[T]) { v.xs = append(v.xs, o.xs...) }

// pick returns the value at a fraction of the order, or of the reverse order; n
// is not 0.
func (v *values[T]) pick(fraction float64, down bool) T {
	n := len(v.xs)
	i := max(int(math.Ceil(fraction*float64(n)))-1, 0)
	if down {
		i = n - 1 - i
	}
	return v.xs[i]
}

// Floats are all values of a group as DOUBLE, for MEDIAN and PERCENTILE_CONT.
type Floats struct{ values[float64] }

// Add adds x.
func (s *Floats) Add(x float64) { s.add(x) }

// Remove takes x out.
func (s *Floats) Remove(x float64) { s.remove(x, sqlfn.CompareFloat) }

// Merge adds the values of another state.
func (s *Floats) Merge(o *Floats) { s.merge(&o.values) }

// Median returns the value in the middle, or the mean of both; false if there is
// none.
func (s *Floats) Median() (float64, bool) { return s.Cont(0.5, false) }

// Cont returns the value at a fraction of the order, or of the reverse order,
// between two values if need be; false if there is none.
func (s *Floats) Cont(fraction float64, down bool) (float64, bool) {
	if len(s.xs) == 0 {
		return 0, false
	}
	s.settle(sqlfn.CompareFloat)
	if down {
		fraction = 1 - fraction
	}
	at := fraction * float64(len(s.xs)-1)
	low := math.Floor(at)
	i := int(low)
	x := s.xs[i]
	if at == low {
		return x, true
	}
	y := s.xs[i+1]
	if x == y {
		return x, true
	}
	return x + (y-x)*(at-low), true
}

// Disc returns the first value at or behind a fraction of the order, or of the
// reverse order; false if there is none.
func (s *Floats) Disc(fraction float64, down bool) (float64, bool) {
	if len(s.xs) == 0 {
		return 0, false
	}
	s.settle(sqlfn.CompareFloat)
	return s.pick(fraction, down), true
}

// Ordered are all values of a group, for PERCENTILE_DISC. It copies text.
type Ordered[T cmp.Ordered] struct{ values[T] }

// Add adds x.
func (s *Ordered[T]) Add(x T) { s.add(owned(x)) }

// Remove takes x out.
func (s *Ordered[T]) Remove(x T) { s.remove(x, cmp.Compare[T]) }

// Merge adds the values of another state.
func (s *Ordered[T]) Merge(o *Ordered[T]) { s.merge(&o.values) }

// Disc returns the first value at or behind a fraction of the order, or of the
// reverse order; false if there is none.
func (s *Ordered[T]) Disc(fraction float64, down bool) (x T, ok bool) {
	if len(s.xs) == 0 {
		return x, false
	}
	s.settle(cmp.Compare[T])
	return s.pick(fraction, down), true
}

// OrderedDec is Ordered for decimals of more than 18 digits.
type OrderedDec struct{ values[decimal.Int128] }

// Add adds x.
func (s *OrderedDec) Add(x decimal.Int128) { s.add(x) }

// Remove takes x out.
func (s *OrderedDec) Remove(x decimal.Int128) { s.remove(x, decimal.Int128.Cmp) }

// Merge adds the values of another state.
func (s *OrderedDec) Merge(o *OrderedDec) { s.merge(&o.values) }

// Disc returns the first value at or behind a fraction of the order, or of the
// reverse order; false if there is none.
func (s *OrderedDec) Disc(fraction float64, down bool) (x decimal.Int128, ok bool) {
	if len(s.xs) == 0 {
		return x, false
	}
	s.settle(decimal.Int128.Cmp)
	return s.pick(fraction, down), true
}
