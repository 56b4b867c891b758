package decimal

import "github.com/velocsql/veloc/runtime/fault"

// Reasons of failures.
const (
	overflow = "DECIMAL overflow: the result has more than 38 digits"
	narrow   = "DECIMAL overflow: the value does not fit its type"
	inexact  = "the value has more fraction digits than its type"
)

// fit returns the value if it has at most 38 digits.
func fit(f *fault.Fault, neg bool, m uint128, ok bool) Int128 {
	if !ok || !m.less(uint128{limitHi, limitLo}) {
		f.Set(overflow)
		return Int128{}
	}
	return signed(neg, m)
}

// 10^38, the first magnitude that is too large.
const (
	limitHi = 0x4b3b4ca85a86c47a
	limitLo = 0x098a224000000000
)

// fits38 reports whether |x| < 10^38.
func fits38(x Int128) bool {
	if uint64(x.Hi)+1 <= 1 {
		return true
	}
	_, m := x.magnitude()
	return m.less(uint128{limitHi, limitLo})
}

// Add returns a+b, which fails with more than 38 digits.
func Add(f *fault.Fault, a, b Int128) Int128 {
	s := a.Add(b)
	if (s.Hi^a.Hi)&(s.Hi^b.Hi) < 0 || !fits38(s) {
		f.Set(overflow)
		return Int128{}
	}
	return s
}

// Sub returns a-b, which fails with more than 38 digits.
func Sub(f *fault.Fault, a, b Int128) Int128 {
	s := a.Sub(b)
	if (a.Hi^b.Hi)&(s.Hi^a.Hi) < 0 || !fits38(s) {
		f.Set(overflow)
		return Int128{}
	}
	return s
}

// Mul returns a*b/10^drop rounded half away from zero, which fails with more
// than 38 digits. 0 <= drop <= 38.
func Mul(f *fault.Fault, a, b Int128, drop int) Int128 {
	if drop == 0 && a.IsInt64() && b.IsInt64() {
		return MulInt64(int64(a.Lo), int64(b.Lo))
	}
	an, am := a.magnitude()
	bn, bm := b.magnitude()
	p := am.mul(bm)
	if drop == 0 {
		return fit(f, an != bn, uint128{p[1], p[0]}, p[3]|p[2] == 0)
	}
	m, ok := p.divRound(ten(drop))
	return fit(f, an != bn, m, ok)
}

// Div returns a*10^shift/b rounded half away from zero, which fails with more
// than 38 digits. The scale of the result is that of a, plus shift, less that
// of b. Division by zero, which is NULL in SQL, gives 0.
func Div(f *fault.Fault, a, b Int128, shift int) Int128 {
	if b.IsZero() {
		return Int128{}
	}
	an, am := a.magnitude()
	bn, bm := b.magnitude()
	if shift < 0 {
		d, ok := bm.widen().mulTen(-shift)
		if !ok || d[3]|d[2] != 0 {
			return Int128{} // the divisor is more than twice any dividend
		}
		m, ok := am.widen().divRound(uint128{d[1], d[0]})
		return fit(f, an != bn, m, ok)
	}
	num := am.widen()
	for ok := true; shift > 0; shift -= MaxDigits {
		if num, ok = num.mulTen(min(shift, MaxDigits)); !ok {
			// above 2^256, and b has at most 38 digits
			f.Set(overflow)
			return Int128{}
		}
	}
	m, ok := num.divRound(bm)
	return fit(f, an != bn, m, ok)
}

// Quo returns a/b without its fraction, of operands of one scale; by zero it
// is 0. The result has scale 0.
func Quo(a, b Int128) Int128 {
	q, _ := quoRem(a, b)
	return q
}

// Rem returns the remainder of Quo, with the sign of a and the scale of both;
// by zero it is 0.
func Rem(a, b Int128) Int128 {
	_, r := quoRem(a, b)
	return r
}

func quoRem(a, b Int128) (q, r Int128) {
	if b.IsZero() {
		return q, r
	}
	an, am := a.magnitude()
	bn, bm := b.magnitude()
	qm, rm, _ := am.widen().div(bm)
	return signed(an != bn, qm), signed(an, rm)
}

// Rescale returns x with its scale changed from one to another: more digits
// fail above 38 in all, fewer round half away from zero.
func Rescale(f *fault.Fault, x Int128, from, to int) Int128 {
	neg, m := x.magnitude()
	switch {
	case to == from || m.isZero():
		return x
	case to-from > MaxDigits:
		f.Set(overflow)
		return Int128{}
	case from-to > MaxDigits:
		return Int128{}
	case to > from:
		p := m.mul(ten(to - from))
		return fit(f, neg, uint128{p[1], p[0]}, p[3]|p[2] == 0)
	}
	m, ok := m.widen().divRound(ten(from - to))
	return fit(f, neg, m, ok)
}

// RescaleExact is Rescale that fails where digits other than zero are lost.
func RescaleExact(f *fault.Fault, x Int128, from, to int) Int128 {
	if to < from && !x.IsZero() {
		_, m := x.magnitude()
		if from-to > MaxDigits {
			f.Set(inexact)
			return Int128{}
		}
		if _, r, _ := m.widen().div(ten(from - to)); !r.isZero() {
			f.Set(inexact)
			return Int128{}
		}
	}
	return Rescale(f, x, from, to)
}

// Trunc returns x with its scale changed to a smaller or equal one, digits cut
// off.
func Trunc(x Int128, from, to int) Int128 {
	neg, m := x.magnitude()
	if from-to > MaxDigits {
		return Int128{}
	}
	q, _, _ := m.widen().div(ten(from - to))
	return signed(neg, q)
}

// Fits reports whether x has at most p digits, 1 <= p <= 38.
func Fits(x Int128, p int) bool {
	_, m := x.magnitude()
	return m.less(ten(p))
}

// Fits64 reports whether x has at most p digits, 1 <= p <= 18.
func Fits64(x int64, p int) bool {
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	return u < pow10[p]
}

// Check returns x, and fails if it has more than p digits.
func Check(f *fault.Fault, x Int128, p int) Int128 {
	if !Fits(x, p) {
		f.Set(narrow)
		return Int128{}
	}
	return x
}

// Check64 is Check for a value of at most 18 digits.
func Check64(f *fault.Fault, x int64, p int) int64 {
	if !Fits64(x, p) {
		f.Set(narrow)
		return 0
	}
	return x
}

// Widen returns v in the wide representation.
func Widen(v int64) Int128 { return FromInt64(v) }

// ToInt64 returns x in the representation of at most 18 digits, and fails if
// it does not fit 64 bits. The scale stays.
func ToInt64(f *fault.Fault, x Int128) int64 {
	if !x.IsInt64() {
		f.Set(narrow)
		return 0
	}
	return int64(x.Lo)
}
