package sqlfn

import (
	"math"
	"math/bits"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

const tooLarge = "the result does not fit a BIGINT"

// magnitude is |x|.
func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// gcd is Euclid's algorithm.
func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// GCD returns the greatest common divisor. It fails for that of the two lowest
// numbers, which does not fit.
func GCD(f *fault.Fault, a, b int64) int64 { return positive(f, gcd(magnitude(a), magnitude(b))) }

// LCM returns the least common multiple, and fails on overflow.
func LCM(f *fault.Fault, a, b int64) int64 {
	x, y := magnitude(a), magnitude(b)
	if x == 0 || y == 0 {
		return 0
	}
	hi, lo := bits.Mul64(x/gcd(x, y), y)
	if hi != 0 {
		lo = math.MaxUint64
	}
	return positive(f, lo)
}

func positive(f *fault.Fault, x uint64) int64 {
	if x > math.MaxInt64 {
		f.Set(tooLarge)
		return 0
	}
	return int64(x)
}

// Factorial returns the product of 1 to n, and fails unless n is 0 to 20.
func Factorial(f *fault.Fault, n int64) int64 {
	if n < 0 || n > 20 {
		f.Set("FACTORIAL takes 0 to 20")
		return 0
	}
	out := int64(1)
	for ; n > 1; n-- {
		out *= n
	}
	return out
}

// WidthBucket returns in which of n equal parts of a span x is, counted from 1;
// 0 before it and n + 1 behind it. It fails if there are no parts or no span.
func WidthBucket(f *fault.Fault, x, low, high float64, n int32) int32 {
	if n <= 0 || n == math.MaxInt32 || low == high || !IsFinite(low) || !IsFinite(high) || math.IsNaN(x) {
		f.Set("WIDTH_BUCKET takes a number, two finite bounds that differ and a positive count")
		return 0
	}
	at := (x - low) / (high - low) // falls from low to high as well as it rises
	switch {
	case at < 0:
		return 0
	case at >= 1:
		return n + 1
	}
	return int32(at*float64(n)) + 1
}

// Scale returns the scale of a decimal's type.
func Scale(_ decimal.Int128, scale int) int32 { return int32(scale) }

// MinScale returns how many digits behind the point x needs.
func MinScale(x decimal.Int128, scale int) int32 {
	for ; scale > 0; scale-- {
		short := decimal.Trunc(x, 1, 0)
		if hasFraction(x, short, 1) {
			break
		}
		x = short
	}
	return int32(scale)
}

// RoundUp returns x rounded to an integer, halves upwards, as ksqlDB does.
func RoundUp(x float64) float64 {
	r := math.Round(x)
	if x < 0 && x-r == 0.5 {
		return r + 1
	}
	return r
}

// RoundUpTo is RoundUp to n fraction digits; a negative n rounds before the
// point.
func RoundUpTo(x float64, n int32) float64 { return shifted(x, n, RoundUp) }

// RoundDecimalUp is RoundUp of a decimal, in scale to = 0.
func RoundDecimalUp(f *fault.Fault, x decimal.Int128, scale, _ int) decimal.Int128 {
	if scale == 0 {
		return x
	}
	half := decimal.Rescale(f, decimal.FromInt64(5), 0, scale-1)
	return FloorDecimal(x.Add(half), scale, 0)
}

// RoundDecimalUpTo is RoundUpTo of a decimal. The scale stays: to is scale.
func RoundDecimalUpTo(f *fault.Fault, x decimal.Int128, scale int, n int32, _ int) decimal.Int128 {
	cut := scale - int(n)
	switch {
	case cut <= 0:
		return x
	case cut >= decimal.MaxDigits:
		return decimal.Int128{}
	}
	return decimal.Rescale(f, RoundDecimalUp(f, x, cut, 0), 0, cut)
}
