package scan

import "math/bits"

// Dec reads a decimal of at most scale fraction digits and 18 digits in all, as
// a multiple of 10^-scale.
func Dec(b []byte, i, scale int) (v int64, next int) { return DecP(b, i, 18, scale) }

// dot is '.' as nonDigits sees it.
const dot = '.' ^ '0'

// DecP reads a value of DECIMAL(precision, scale), precision at most 18.
func DecP(b []byte, i, precision, scale int) (v int64, next int) {
	// A number with a point and all its fraction digits that ends within eight
	// bytes. There is no branch on the sign, which can be as good as random: it is
	// shifted away.
	w := Load(b, i)
	neg := uint(0)
	if byte(w) == '-' {
		neg = 1
	}
	x := w>>(neg<<3&63) ^ zeros // eight characters, or seven and one that is no digit
	marks := (x + digit9 | x) & highs
	t := uint(bits.TrailingZeros64(marks)) // 8 for each digit before the point, and 7
	f := uint(scale) << 3
	n := t + f // with the digits behind it
	if byte(x>>(t&56)) != dot || marks>>((t+1)&63)<<((56-f)&63) != 1<<63 || n+neg<<3 > 6*8+7 ||
		t>>3-1 >= uint(precision-scale) || f == 0 {
		return decMore(b, i, precision, scale)
	}
	if byte(x) == 0 && t != 8+7 { // a leading zero
		return 0, -1
	}
	y := x >> 8                        // without the point
	left := (marks ^ (marks - 1)) >> 8 // the digits before it
	u := digits((y ^ (x^y)&left) << ((64 + 7 - n) & 63))
	return int64((u ^ -uint64(neg)) + uint64(neg)), i + int(neg+n>>3) + 1
}

// decMore is DecP for whole numbers and for up to eight digits before the point
// and seven behind it.
func decMore(b []byte, i, precision, scale int) (int64, int) {
	from, neg := i, int64(0)
	if At(b, i) == '-' {
		i++
		neg = -1
	}
	x := Load(b, i) ^ zeros
	n := bits.TrailingZeros64(nonDigits(x)) >> 3
	if n == 0 || n+scale > precision || x&0xff == 0 && n > 1 {
		return decLong(b, from, precision, scale)
	}
	u := digits(x<<(64-8*n)) * pow10[scale&31]
	i += n
	if c := At(b, i); c == '.' {
		x = Load(b, i+1) ^ zeros
		f := bits.TrailingZeros64(nonDigits(x)) >> 3
		if f == 0 || f == 8 || f > scale {
			return decLong(b, from, precision, scale)
		}
		u += digits(x<<(64-8*f)) * pow10[(scale-f)&31]
		i += 1 + f
	} else if n == 8 && c-'0' <= 9 {
		return decLong(b, from, precision, scale)
	}
	return (int64(u) ^ neg) - neg, i
}

// decLong is DecP for every length.
func decLong(b []byte, i, precision, scale int) (int64, int) {
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
