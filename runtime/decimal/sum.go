package decimal

import (
	"math/bits"

	"github.com/velocsql/veloc/runtime/fault"
)

// Sum64 adds up int64 values in 128 bits, which no number of rows overflows.
// The zero value is an empty sum.
type Sum64 struct {
	hi int64
	lo uint64
}

// Add adds x.
func (s *Sum64) Add(x int64) {
	lo, carry := bits.Add64(s.lo, uint64(x), 0)
	s.lo = lo
	s.hi += x>>63 + int64(carry)
}

// Remove takes x away.
func (s *Sum64) Remove(x int64) {
	lo, borrow := bits.Sub64(s.lo, uint64(x), 0)
	s.lo = lo
	s.hi -= x>>63 + int64(borrow)
}

// Merge adds another sum.
func (s *Sum64) Merge(o *Sum64) {
	lo, carry := bits.Add64(s.lo, o.lo, 0)
	s.lo = lo
	s.hi += o.hi + int64(carry)
}

// Total returns the sum.
func (s *Sum64) Total() Int128 { return Int128{s.hi, s.lo} }

// Value returns the sum, and fails with more than 38 digits.
func (s *Sum64) Value(f *fault.Fault) Int128 {
	if x := s.Total(); fits38(x) {
		return x
	}
	f.Set(overflow)
	return Int128{}
}

// Average returns the sum divided by n, rounded half away from zero, with its
// scale changed from one to another that is not smaller. It is 0 if n is 0.
func (s *Sum64) Average(f *fault.Fault, n int64, from, to int) Int128 {
	w := Sum{hi: s.hi >> 63, mid: uint64(s.hi), lo: s.lo}
	return w.Average(f, n, from, to)
}

// Sum adds up Int128 values in 192 bits, which no number of rows overflows.
// The zero value is an empty sum.
type Sum struct {
	hi      int64
	mid, lo uint64
}

// Add adds x.
func (s *Sum) Add(x Int128) {
	lo, carry := bits.Add64(s.lo, x.Lo, 0)
	mid, carry := bits.Add64(s.mid, uint64(x.Hi), carry)
	s.lo, s.mid = lo, mid
	s.hi += x.Hi>>63 + int64(carry)
}

// Remove takes x away.
func (s *Sum) Remove(x Int128) {
	lo, borrow := bits.Sub64(s.lo, x.Lo, 0)
	mid, borrow := bits.Sub64(s.mid, uint64(x.Hi), borrow)
	s.lo, s.mid = lo, mid
	s.hi -= x.Hi>>63 + int64(borrow)
}

// Merge adds another sum.
func (s *Sum) Merge(o *Sum) {
	lo, carry := bits.Add64(s.lo, o.lo, 0)
	mid, carry := bits.Add64(s.mid, o.mid, carry)
	s.lo, s.mid = lo, mid
	s.hi += o.hi + int64(carry)
}

// Value returns the sum, and fails with more than 38 digits.
func (s *Sum) Value(f *fault.Fault) Int128 {
	if x := (Int128{int64(s.mid), s.lo}); s.hi == x.Hi>>63 && fits38(x) {
		return x
	}
	f.Set(overflow)
	return Int128{}
}

// Average returns the sum divided by n, rounded half away from zero, with its
// scale changed from one to another that is not smaller, and fails with more
// than 38 digits. It is 0 if n is 0.
func (s *Sum) Average(f *fault.Fault, n int64, from, to int) Int128 {
	if n <= 0 {
		return Int128{}
	}
	hi, mid, lo := uint64(s.hi), s.mid, s.lo
	neg := s.hi < 0
	if neg {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		mid, borrow = bits.Sub64(0, mid, borrow)
		hi, _ = bits.Sub64(0, hi, borrow)
	}
	num, ok := uint256{lo, mid, hi}.mulTen(to - from)
	if !ok {
		f.Set(overflow)
		return Int128{}
	}
	m, ok := num.divRound(uint128{0, uint64(n)})
	return fit(f, neg, m, ok)
}
