package scan

import "math/bits"

// Dec reads a decimal of at most scale fraction digits and 18 digits in all, as
// a multiple of 10^-scale.
func Dec(b []byte, i, scale int) (v int64, next int) { return DecP(b, i, 18, scale) }

// dot is '.' as nonDigits sees it.
const dot = '.' ^ '0'

// DecP reads a value of DECIMAL(precision, scale), precision at most 18.
func DecP(b []byte, i, precision, scale int) (v int64, next int) {
	w := Load(b, i)
	neg := 0
	if byte(w) == '-' {
		neg = 1
	}
	if neg != 0 {
		w = Load(b, i+1)
	}
	x := w ^ zeros
	m := nonDigits(x)
	d := uint(bits.TrailingZeros64(m)) &^ 7 // bits before the point
	e := uint(bits.TrailingZeros64(m&(m-1))) &^ 7
	if uint8(x>>(d&63)) == dot && d-8 < 48 && e < 64 && e > d+8 && (byte(x) != 0 || d == 8) {
		whole := x & (1<<d - 1)
		u := digits((x&^(1<<(d+8)-1)>>8 | whole) << (72 - e))
		k := uint(scale) - (e-d)>>3 + 1
		if k >= uint(len(pow10)) {
			return 0, -1
		}
		u *= pow10[k]
		if k > 11 || u >= pow10[uint(precision)%20] {
			return decMore(b, i, precision, scale)
		}
		return (int64(u) ^ -int64(neg)) + int64(neg), i + neg + int(e>>3)
	}
	return decMore(b, i, precision, scale)
}

// decMore is DecP for every length.
func decMore(b []byte, i, precision, scale int) (int64, int) {
	neg := At(b, i) == '-'
	if neg {
		i++
	}
	u, i := natural(b, i)
	if i < 0 {
		return 0, -1
	}
	f := uint(0)
	if At(b, i) == '.' {
		frac, n := run(b, i+1)
		if n-1 > 17 || n > uint(scale) {
			return 0, -1
		}
		hi, lo := bits.Mul64(u, pow10[n])
		u = lo + frac
		if hi != 0 || u >= 1e18 {
			return 0, -1
		}
		f = n
		i += 1 + int(n)
	}
	hi, lo := bits.Mul64(u, pow10[(uint(scale)-f)%20])
	if hi != 0 || lo >= pow10[uint(precision)%20] {
		return 0, -1
	}
	if neg {
		return -int64(lo), i
	}
	return int64(lo), i
}

// SkipDec checks what DecP reads.
func SkipDec(b []byte, i, precision, scale int) (next int) {
	_, next = DecP(b, i, precision, scale)
	return next
}
