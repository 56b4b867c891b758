// Package decimal is the exact arithmetic of DECIMAL values.
//
// A DECIMAL(p, s) is an integer that counts units of 10^-s: an int64 up to 18
// digits, an Int128 above. The scale is not kept with the value; whoever holds
// it knows the type. Results round half away from zero, intermediate values
// have 256 bits, and what has too many digits is reported to a fault.Fault.
package decimal

import "math/bits"

// Int128 is a signed integer of 128 bits in two's complement. The zero value
// is 0.
type Int128 struct {
	Hi int64
	Lo uint64
}

// FromInt64 returns v as an Int128.
func FromInt64(v int64) Int128 { return Int128{v >> 63, uint64(v)} }

// MulInt64 returns a*b, which always fits.
func MulInt64(a, b int64) Int128 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	return Int128{int64(hi) - a>>63&b - b>>63&a, lo}
}

// Add returns x+y modulo 2^128.
func (x Int128) Add(y Int128) Int128 {
	lo, carry := bits.Add64(x.Lo, y.Lo, 0)
	return Int128{x.Hi + y.Hi + int64(carry), lo}
}

// Sub returns x-y modulo 2^128.
func (x Int128) Sub(y Int128) Int128 {
	lo, borrow := bits.Sub64(x.Lo, y.Lo, 0)
	return Int128{x.Hi - y.Hi - int64(borrow), lo}
}

// Neg returns -x modulo 2^128.
func (x Int128) Neg() Int128 { return Int128{}.Sub(x) }

// Abs returns the magnitude of x, which is not -2^127.
func (x Int128) Abs() Int128 {
	if x.Hi < 0 {
		return x.Neg()
	}
	return x
}

// Mul64 returns x*y modulo 2^128.
func (x Int128) Mul64(y int64) Int128 {
	hi, lo := bits.Mul64(x.Lo, uint64(y))
	return Int128{int64(hi) + x.Hi*y - y>>63&int64(x.Lo), lo}
}

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x Int128) Cmp(y Int128) int {
	switch {
	case x == y:
		return 0
	case x.Hi < y.Hi || x.Hi == y.Hi && x.Lo < y.Lo:
		return -1
	}
	return 1
}

// Less reports x < y.
func (x Int128) Less(y Int128) bool { return x.Hi < y.Hi || x.Hi == y.Hi && x.Lo < y.Lo }

// IsZero reports x == 0.
func (x Int128) IsZero() bool { return x.Hi|int64(x.Lo) == 0 }

// Sign returns -1, 0 or 1.
func (x Int128) Sign() int {
	switch {
	case x.Hi < 0:
		return -1
	case x.IsZero():
		return 0
	}
	return 1
}

// IsInt64 reports whether x fits an int64, which is then int64(x.Lo).
func (x Int128) IsInt64() bool { return x.Hi == int64(x.Lo)>>63 }

// String returns x in decimal digits.
func (x Int128) String() string { return string(Append(nil, x, 0)) }

// magnitude returns the sign and the absolute value.
func (x Int128) magnitude() (neg bool, m uint128) {
	if x.Hi < 0 {
		x = x.Neg()
		neg = true
	}
	return neg, uint128{uint64(x.Hi), x.Lo}
}

// signed returns m with a sign; m is at most 2^127.
func signed(neg bool, m uint128) Int128 {
	x := Int128{int64(m.hi), m.lo}
	if neg {
		return x.Neg()
	}
	return x
}
