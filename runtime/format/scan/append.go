package scan

import "math/bits"

const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839" +
	"404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

// AppendInt appends v in decimal.
func AppendInt(dst []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		u = -u
		dst = append(dst, '-')
	}
	return AppendUint(dst, u)
}

// AppendUint appends v in decimal.
func AppendUint(dst []byte, v uint64) []byte {
	if v < 10 {
		return append(dst, byte('0'+v))
	}
	n := bits.Len64(v) * 1233 >> 12
	if v >= pow10[n&31] {
		n++
	}
	i := len(dst) + n
	var room [20]byte
	dst = append(dst, room[:n]...)
	for v >= 100 {
		q := v / 100
		p := (v - q*100) * 2
		i -= 2
		dst[i+1] = pairs[p+1]
		dst[i] = pairs[p]
		v = q
	}
	if v >= 10 {
		dst[i-1] = pairs[v*2+1]
		dst[i-2] = pairs[v*2]
	} else {
		dst[i-1] = byte('0' + v)
	}
	return dst
}
