package decimal

import "math/bits"

// pairs holds the numbers 00 to 99.
const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839" +
	"40414243444546474849505152535455565758596061626364656667686970717273747576777879" +
	"8081828384858687888990919293949596979899"

// Append64 appends v with exactly scale fraction digits, 0 <= scale <= 18.
func Append64(dst []byte, v int64, scale int) []byte {
	u := uint64(v)
	if v < 0 {
		u = -u
		dst = append(dst, '-')
	}
	var room [24]byte
	i := len(room)
	if scale > 0 {
		unit := pow10[scale]
		q := u / unit
		i = digits(&room, i, u-q*unit, scale)
		i--
		room[i] = '.'
		u = q
	}
	for u >= 100 {
		q := u / 100
		p := (u - q*100) * 2
		i -= 2
		room[i+1] = pairs[p+1]
		room[i] = pairs[p]
		u = q
	}
	if u >= 10 {
		i -= 2
		room[i+1] = pairs[u*2+1]
		room[i] = pairs[u*2]
	} else {
		i--
		room[i] = byte('0' + u)
	}
	return append(dst, room[i:]...)
}

// digits writes exactly n digits of u before position i and returns where they
// begin.
func digits(room *[24]byte, i int, u uint64, n int) int {
	for ; n >= 2; n -= 2 {
		q := u / 100
		p := (u - q*100) * 2
		i -= 2
		room[i+1] = pairs[p+1]
		room[i] = pairs[p]
		u = q
	}
	if n > 0 {
		i--
		room[i] = byte('0' + u)
	}
	return i
}

// Append appends x with exactly scale fraction digits, 0 <= scale <= 38.
func Append(dst []byte, x Int128, scale int) []byte {
	if x.IsInt64() && scale <= 18 {
		return Append64(dst, int64(x.Lo), scale)
	}
	neg, m := x.magnitude()
	if neg {
		dst = append(dst, '-')
	}
	var d [40]byte
	hi, rest := bits.Div64(m.hi, m.lo, 1e19) // m.hi is at most 2^63
	first := 40 - spell(&d, hi, rest)
	if n := 40 - scale; first >= n {
		first = n - 1 // 0.00x
	}
	dst = append(dst, d[first:40-scale]...)
	if scale > 0 {
		dst = append(dst, '.')
		dst = append(dst, d[40-scale:]...)
	}
	return dst
}

// spell writes the 40 digits of hi*10^19+lo and returns how many there
// are without leading zeros.
func spell(d *[40]byte, hi, lo uint64) int {
	n := 0
	for i := 39; i >= 0; i-- {
		if i == 20 {
			lo = hi
		}
		q := lo / 10
		c := byte(lo - q*10)
		d[i] = '0' + c
		lo = q
		if c != 0 {
			n = 40 - i
		}
	}
	return n
}
