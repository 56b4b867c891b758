package scan

import "math/bits"

// Dec reads a decimal of at most scale fraction digits and 18 digits in all, as
// a multiple of 10^-scale.
func Dec(b []byte, i, scale int) (v int64, next int) { return DecP(b, i, 18, scale) }

// dot is '.' as nonDigits sees it.
const dot = '.' ^ '0'

// DecP reads a value of DECIMAL(precision, scale), precision at most 18.
func DecP(b []byte, i, precision, scale int) (v int64, next int) {
	// A number with a point that ends within eight bytes. There is no branch on
	// the sign, which can be as good as random: the first byte is left out of
	// the search for the point and the end, and looked at beside it.
	w := Load(b, i)
	x := w ^ zeros
	marks := x + digit9 | x
	neg := uint(0)
	if byte(w) == '-' {
		neg = 1
	}
	m := marks & (highs - 0x80)
	d := uint(bits.TrailingZeros64(m)) & 56 // bits before the point
	if m &= m - 1; m != 0 {
		e := uint(bits.TrailingZeros64(m)) & 56 // bits before the end
		first := neg << 3                       // bits before the first digit
		x &^= uint64(0xff & -neg)               // the sign counts as a zero
		zero := uint(x>>first&0xff-1) >> 56     // not 0 if the first digit is 0
		k := uint(scale) + 1 - (e-d)>>3         // digits that the scale adds
		whole := d>>3 - neg                     // digits before the point
		if byte(x>>(d&63)) == dot && uint(marks)>>7&1 == neg && d > first && e > d+8 &&
			zero&(whole^1) == 0 && k <= uint(scale) && whole+uint(scale) <= uint(precision) {
			left := uint64(1)<<(d&63) - 1
			u := digits((x&left|x>>8&^left)<<((72-e)&63)) * pow10[k&31]
			return int64((u ^ -uint64(neg)) + uint64(neg)), i + int(e>>3)
		}
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
		hi, lo := bits.Mul64(u, pow10[n&31])
		u = lo + frac
		if hi != 0 || u >= 1e18 {
			return 0, -1
		}
		f = n
		i += 1 + int(n)
	}
	hi, lo := bits.Mul64(u, pow10[(uint(scale)-f)&31])
	if hi != 0 || lo >= pow10[precision&31] {
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
