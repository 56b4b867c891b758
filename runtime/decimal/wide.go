package decimal

import "math/bits"

// MaxDigits is the number of digits that a DECIMAL can have.
const MaxDigits = 38

// uint128 is a magnitude.
type uint128 struct{ hi, lo uint64 }

// uint256 is an intermediate result, lowest word first.
type uint256 [4]uint64

// pow10 holds the powers of ten that fit 64 bits.
var pow10 = [20]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// ten returns 10^n, 0 <= n <= 38.
func ten(n int) uint128 {
	if n < len(pow10) {
		return uint128{0, pow10[n]}
	}
	hi, lo := bits.Mul64(1e19, pow10[n-19])
	return uint128{hi, lo}
}

func (a uint128) less(b uint128) bool { return a.hi < b.hi || a.hi == b.hi && a.lo < b.lo }

func (a uint128) isZero() bool { return a.hi|a.lo == 0 }

func (a uint128) sub(b uint128) uint128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return uint128{a.hi - b.hi - borrow, lo}
}

// inc returns a+1; a is far from the end.
func (a uint128) inc() uint128 {
	lo, carry := bits.Add64(a.lo, 1, 0)
	return uint128{a.hi + carry, lo}
}

// mul returns a*b.
func (a uint128) mul(b uint128) uint256 {
	h0, l0 := bits.Mul64(a.lo, b.lo)
	if a.hi|b.hi == 0 {
		return uint256{l0, h0}
	}
	h1, l1 := bits.Mul64(a.hi, b.lo)
	h2, l2 := bits.Mul64(a.lo, b.hi)
	h3, l3 := bits.Mul64(a.hi, b.hi)
	var r uint256
	var c1, c2 uint64
	r[0] = l0
	r[1], c1 = bits.Add64(h0, l1, 0)
	r[2], c1 = bits.Add64(h1, l3, c1)
	r[3] = h3 + c1
	r[1], c2 = bits.Add64(r[1], l2, 0)
	r[2], c2 = bits.Add64(r[2], h2, c2)
	r[3] += c2
	return r
}

// mulTen returns a*10^n, 0 <= n <= 38, and whether it fits 256 bits.
func (a uint256) mulTen(n int) (uint256, bool) {
	for n > 0 {
		k := min(n, 19)
		var carry uint64
		for i := range a {
			hi, lo := bits.Mul64(a[i], pow10[k])
			var c uint64
			a[i], c = bits.Add64(lo, carry, 0)
			carry = hi + c
		}
		if carry != 0 {
			return a, false
		}
		n -= k
	}
	return a, true
}

// div returns the quotient and remainder of a/d, d > 0, and whether the
// quotient fits 128 bits.
func (a uint256) div(d uint128) (q, r uint128, ok bool) {
	if !(uint128{a[3], a[2]}).less(d) {
		return q, r, false
	}
	if d.hi == 0 {
		var rem uint64
		q.hi, rem = bits.Div64(a[2], a[1], d.lo)
		q.lo, rem = bits.Div64(rem, a[0], d.lo)
		return q, uint128{0, rem}, true
	}
	// Long division with words as digits: the divisor's first bit is set, so
	// that an estimate from its first word is at most two too high.
	s := uint(bits.LeadingZeros64(d.hi))
	d = uint128{d.hi<<s | d.lo>>(64-s), d.lo << s}
	a3 := a[3]<<s | a[2]>>(64-s)
	a2 := a[2]<<s | a[1]>>(64-s)
	a1 := a[1]<<s | a[0]>>(64-s)
	q.hi, r = div3by2(uint128{a3, a2}, a1, d)
	q.lo, r = div3by2(r, a[0]<<s, d)
	return q, uint128{r.hi >> s, r.lo>>s | r.hi<<(64-s)}, true
}

// div3by2 divides three words by two; top < d, and the first bit of d is set.
func div3by2(top uint128, low uint64, d uint128) (q uint64, r uint128) {
	if top.hi == d.hi {
		q = 1<<64 - 1
	} else {
		q, _ = bits.Div64(top.hi, top.lo, d.hi)
	}
	ph, pl := bits.Mul64(q, d.lo)
	hh, hl := bits.Mul64(q, d.hi)
	// product = hh:hl:0 + ph:pl
	mid, c := bits.Add64(hl, ph, 0)
	high := hh + c
	for {
		lo, b := bits.Sub64(low, pl, 0)
		hi, b2 := bits.Sub64(top.lo, mid, b)
		_, b3 := bits.Sub64(top.hi, high, b2)
		if b3 == 0 {
			return q, uint128{hi, lo}
		}
		q--
		pl, b = bits.Sub64(pl, d.lo, 0)
		mid, b = bits.Sub64(mid, d.hi, b)
		high -= b
	}
}

// divRound returns a/d rounded half away from zero, d > 0.
func (a uint256) divRound(d uint128) (uint128, bool) {
	q, r, ok := a.div(d)
	if !ok {
		return q, false
	}
	if !r.less(d.sub(r)) {
		if q.hi&q.lo == 1<<64-1 {
			return q, false
		}
		q = q.inc()
	}
	return q, true
}

// widen returns a as an intermediate result.
func (a uint128) widen() uint256 { return uint256{a.lo, a.hi} }
