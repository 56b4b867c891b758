package decimal

import (
	"math"
	"math/bits"
	"strconv"
	"unsafe"

	"github.com/velocsql/veloc/runtime/fault"
)

// exact holds the powers of ten that a float64 represents exactly.
var exact = [23]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// Float64From64 returns the float64 nearest to v*10^-scale, 0 <= scale <= 18.
func Float64From64(v int64, scale int) float64 {
	if -1<<53 <= v && v <= 1<<53 {
		return float64(v) / exact[scale] // of exact operands, so rounded once
	}
	return slowFloat64(FromInt64(v), scale)
}

// Float64 returns the float64 nearest to x*10^-scale, 0 <= scale <= 38.
func Float64(x Int128, scale int) float64 {
	if x.IsInt64() && scale < len(exact) {
		if v := int64(x.Lo); -1<<53 <= v && v <= 1<<53 {
			return float64(v) / exact[scale]
		}
	}
	return slowFloat64(x, scale)
}

func slowFloat64(x Int128, scale int) float64 {
	var room [48]byte
	b := Append(room[:0], x, scale)
	v, _ := strconv.ParseFloat(unsafe.String(&b[0], len(b)), 64)
	return v
}

// FromFloat64 returns v as a DECIMAL(p, s), rounded half away from zero from
// its exact binary value. It fails for NaN, infinities and too many digits.
func FromFloat64(f *fault.Fault, v float64, p, s int) Int128 {
	x, ok := TryFromFloat64(v, p, s)
	if !ok {
		f.Set(narrow)
	}
	return x
}

// TryFromFloat64 is FromFloat64 that reports false instead of failing.
func TryFromFloat64(v float64, p, s int) (Int128, bool) {
	b := math.Float64bits(v)
	e := int(b>>52) & 0x7ff
	if e == 0x7ff {
		return Int128{}, false
	}
	m := b & (1<<52 - 1)
	if e == 0 {
		e = 1
	} else {
		m |= 1 << 52
	}
	e -= 1075 // v = m * 2^e
	if m == 0 {
		return Int128{}, true
	}
	if bits.Len64(m)+e > 128 {
		return Int128{}, false
	}
	// m*10^s has at most 53+127 bits
	n := (uint128{0, m}).mul(ten(s))
	var q uint128
	if e >= 0 {
		// m is less than 2^53, so e is at most 127 and the value has at least
		// e bits: it fits or is too large
		w, ok := n.shiftLeft(uint(e))
		if !ok || w[3]|w[2] != 0 {
			return Int128{}, false
		}
		q = uint128{w[1], w[0]}
	} else {
		var ok bool
		if q, ok = n.shiftRightRound(uint(-e)); !ok {
			return Int128{}, false
		}
	}
	if !q.less(ten(p)) {
		return Int128{}, false
	}
	return signed(v < 0, q), true
}

// shiftLeft returns a<<n, n < 256, and whether no bit was lost.
func (a uint256) shiftLeft(n uint) (uint256, bool) {
	for ; n >= 64; n -= 64 {
		if a[3] != 0 {
			return a, false
		}
		a = uint256{0, a[0], a[1], a[2]}
	}
	if a[3]>>(64-n) != 0 {
		return a, false
	}
	return uint256{a[0] << n, a[1]<<n | a[0]>>(64-n), a[2]<<n | a[1]>>(64-n), a[3]<<n | a[2]>>(64-n)}, true
}

// shiftRightRound returns a/2^n rounded half up, and whether it fits 128 bits.
func (a uint256) shiftRightRound(n uint) (uint128, bool) {
	if n > 256 {
		return uint128{}, true
	}
	half := uint64(0)
	for ; n >= 64; n -= 64 {
		half = a[0] >> 63
		a = uint256{a[1], a[2], a[3], 0}
	}
	if n > 0 {
		half = a[0] >> (n - 1) & 1
		a = uint256{a[0]>>n | a[1]<<(64-n), a[1]>>n | a[2]<<(64-n), a[2]>>n | a[3]<<(64-n), a[3] >> n}
	}
	if a[3]|a[2] != 0 {
		return uint128{}, false
	}
	lo, carry := bits.Add64(a[0], half, 0)
	hi, over := bits.Add64(a[1], carry, 0)
	return uint128{hi, lo}, over == 0
}
