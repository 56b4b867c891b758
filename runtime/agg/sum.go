// Package agg holds the states of aggregate functions that are more than a
// number. A state is a plain struct that lives inside the state of a group; its
// zero value is empty. Add takes the value of one row, which is not NULL,
// Remove undoes an earlier Add, Merge takes over what another worker has added,
// and Value gives the result, 0 for no rows. Nothing allocates per row unless a
// text has to be kept.
//
// Sums of decimals are decimal.Sum64 and decimal.Sum.
package agg

import (
	"math"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// SumInt is SUM of integers, in 128 bits.
type SumInt struct{ sum decimal.Sum64 }

// Add adds x.
func (s *SumInt) Add(x int64) { s.sum.Add(x) }

// Remove takes x away.
func (s *SumInt) Remove(x int64) { s.sum.Remove(x) }

// Merge adds another sum.
func (s *SumInt) Merge(o *SumInt) { s.sum.Merge(&o.sum) }

// Value returns the sum, and fails if it does not fit BIGINT.
func (s *SumInt) Value(f *fault.Fault) int64 {
	x := s.sum.Total()
	if !x.IsInt64() {
		f.Set("BIGINT overflow in SUM")
		return 0
	}
	return int64(x.Lo)
}

// AvgInt is AVG of integers, with an exact sum.
type AvgInt struct {
	sum decimal.Sum64
	n   int64
}

// Add adds x.
func (s *AvgInt) Add(x int64) {
	s.sum.Add(x)
	s.n++
}

// Remove takes x away.
func (s *AvgInt) Remove(x int64) {
	s.sum.Remove(x)
	s.n--
}

// Merge adds the rows of another state.
func (s *AvgInt) Merge(o *AvgInt) {
	s.sum.Merge(&o.sum)
	s.n += o.n
}

// Value returns the average, 0 of no rows.
func (s *AvgInt) Value() float64 {
	if s.n <= 0 {
		return 0
	}
	return decimal.Float64(s.sum.Total(), 0) / float64(s.n)
}

// AvgDec64 is AVG of decimals of at most 18 digits, exact.
type AvgDec64 struct {
	sum decimal.Sum64
	n   int64
}

// Add adds x.
func (s *AvgDec64) Add(x int64) {
	s.sum.Add(x)
	s.n++
}

// Remove takes x away.
func (s *AvgDec64) Remove(x int64) {
	s.sum.Remove(x)
	s.n--
}

// Merge adds the rows of another state.
func (s *AvgDec64) Merge(o *AvgDec64) {
	s.sum.Merge(&o.sum)
	s.n += o.n
}

// Value returns the average of values of scale from, in scale to >= from,
// rounded half away from zero, and fails with more than 38 digits.
func (s *AvgDec64) Value(f *fault.Fault, from, to int) decimal.Int128 {
	return s.sum.Average(f, s.n, from, to)
}

// AvgDec is AVG of decimals of any size, exact.
type AvgDec struct {
	sum decimal.Sum
	n   int64
}

// Add adds x.
func (s *AvgDec) Add(x decimal.Int128) {
	s.sum.Add(x)
	s.n++
}

// Remove takes x away.
func (s *AvgDec) Remove(x decimal.Int128) {
	s.sum.Remove(x)
	s.n--
}

// Merge adds the rows of another state.
func (s *AvgDec) Merge(o *AvgDec) {
	s.sum.Merge(&o.sum)
	s.n += o.n
}

// Value returns the average of values of scale from, in scale to >= from,
// rounded half away from zero, and fails with more than 38 digits.
func (s *AvgDec) Value(f *fault.Fault, from, to int) decimal.Int128 {
	return s.sum.Average(f, s.n, from, to)
}

// SumFloat is SUM of DOUBLE. It keeps what each addition rounds away
// (Neumaier's compensated sum, with Knuth's exact error of an addition), and
// counts NaNs and infinities, so that removing them brings the finite sum back.
type SumFloat struct {
	sum, rest float64
	odd       oddCounts
}

// Add adds x.
func (s *SumFloat) Add(x float64) {
	t := s.sum + x
	if t-t != 0 {
		s.addOdd(x, 1)
		return
	}
	b := t - s.sum
	s.rest += s.sum - (t - b) + (x - b)
	s.sum = t
}

// Remove takes x away.
func (s *SumFloat) Remove(x float64) {
	if x-x != 0 {
		s.addOdd(x, -1)
		return
	}
	s.Add(-x)
}

// addOdd counts what is not finite. A finite x is here only because the sum
// left the range of DOUBLE, where it stays.
//
//go:noinline
func (s *SumFloat) addOdd(x float64, n int) {
	if x-x == 0 {
		s.sum += x
		s.rest = 0
		return
	}
	s.odd.count(x, n)
}

// Merge adds another sum.
func (s *SumFloat) Merge(o *SumFloat) {
	s.Add(o.sum)
	s.Add(o.rest)
	s.odd.merge(o.odd)
}

// Value returns the sum.
func (s *SumFloat) Value() float64 {
	if s.odd != (oddCounts{}) {
		return s.odd.sum()
	}
	return s.sum + s.rest
}

// oddCounts counts NaNs and infinities.
type oddCounts struct{ nan, above, below uint16 }

// count adds n to the count of x. A full count stays: the sum is then
// not finite for good.
func (c *oddCounts) count(x float64, n int) {
	p := &c.nan
	if x > 0 {
		p = &c.above
	} else if x < 0 {
		p = &c.below
	}
	if v := int(*p) + n; *p != math.MaxUint16 && v >= 0 {
		*p = uint16(v)
	}
}

func (c *oddCounts) merge(o oddCounts) {
	c.nan = addFull(c.nan, o.nan)
	c.above = addFull(c.above, o.above)
	c.below = addFull(c.below, o.below)
}

func addFull(a, b uint16) uint16 {
	return uint16(min(uint32(a)+uint32(b), math.MaxUint16))
}

// sum returns the sum of what was counted.
func (c *oddCounts) sum() float64 {
	switch {
	case c.nan > 0 || c.above > 0 && c.below > 0:
		return math.NaN()
	case c.above > 0:
		return math.Inf(1)
	}
	return math.Inf(-1)
}

// AvgFloat is AVG of DOUBLE.
type AvgFloat struct {
	sum SumFloat
	n   int64
}

// Add adds x.
func (s *AvgFloat) Add(x float64) {
	s.sum.Add(x)
	s.n++
}

// Remove takes x away.
func (s *AvgFloat) Remove(x float64) {
	s.sum.Remove(x)
	s.n--
}

// Merge adds the rows of another state.
func (s *AvgFloat) Merge(o *AvgFloat) {
	s.sum.Merge(&o.sum)
	s.n += o.n
}

// Value returns the average, 0 of no rows.
func (s *AvgFloat) Value() float64 {
	if s.n <= 0 {
		return 0
	}
	return s.sum.Value() / float64(s.n)
}
