package scan

import "math/bits"

// exact are the powers of ten that a float64 holds exactly.
var exact = [23]float64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// Float reads a number whose digits are below 2^53 and whose power of ten is
// within 22 of zero: then one multiplication or division rounds correctly.
func Float(b []byte, i int) (v float64, next int) {
	neg := At(b, i) == '-'
	if neg {
		i++
	}
	u, exp, next := number(b, i)
	if u >= 1<<53 || exp < -22 || exp > 22 {
		return 0, -1
	}
	v = float64(u)
	if exp < 0 {
		v /= exact[-exp]
	} else {
		v *= exact[exp]
	}
	if neg {
		v = -v
	}
	return v, next
}

// Float32 is Float for 32 bits: digits below 2^24, power of ten within 10.
func Float32(b []byte, i int) (v float32, next int) {
	neg := At(b, i) == '-'
	if neg {
		i++
	}
	u, exp, next := number(b, i)
	if u >= 1<<24 || exp < -10 || exp > 10 {
		return 0, -1
	}
	v = float32(u)
	if exp < 0 {
		v /= float32(exact[-exp])
	} else {
		v *= float32(exact[exp])
	}
	if neg {
		v = -v
	}
	return v, next
}

// number reads a number without its sign as u * 10^exp.
func number(b []byte, i int) (u uint64, exp, next int) {
	u, i = natural(b, i)
	if i < 0 {
		return 0, 0, -1
	}
	if At(b, i) == '.' {
		frac, n := run(b, i+1)
		if n-1 > 17 {
			return 0, 0, -1
		}
		hi, lo := bits.Mul64(u, pow10[n&31])
		if hi != 0 || lo >= 1<<63 {
			return 0, 0, -1
		}
		u = lo + frac
		exp = -int(n)
		i += 1 + int(n)
	}
	if At(b, i)|0x20 == 'e' {
		var e int
		e, i = exponent(b, i+1)
		exp += e
	}
	return u, exp, i
}

// exponent reads an exponent of one or two digits with an optional sign.
func exponent(b []byte, i int) (e, next int) {
	sign := At(b, i)
	if sign == '-' || sign == '+' {
		i++
	}
	for n := 0; ; n++ {
		c := At(b, i) - '0'
		if c > 9 {
			if n == 0 {
				return 0, -1
			}
			break
		}
		if n == 2 {
			return 0, -1
		}
		e = e*10 + int(c)
		i++
	}
	if sign == '-' {
		e = -e
	}
	return e, i
}

// SkipNumber checks for a number in JSON's spelling that a float64 can hold.
func SkipNumber(b []byte, i int) (next int) {
	if At(b, i) == '-' {
		i++
	}
	_, i = natural(b, i)
	if i < 0 {
		return -1
	}
	if At(b, i) == '.' {
		_, n := run(b, i+1)
		if n-1 > 17 {
			return -1
		}
		i += 1 + int(n)
	}
	if At(b, i)|0x20 == 'e' {
		_, i = exponent(b, i+1)
	}
	return i
}
