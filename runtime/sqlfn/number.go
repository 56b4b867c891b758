package sqlfn

import (
	"math"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// AbsInt32 returns the magnitude of x, and fails on overflow.
func AbsInt32(f *fault.Fault, x int32) int32 {
	if x < 0 {
		return NegInt32(f, x)
	}
	return x
}

// AbsInt64 returns the magnitude of x, and fails on overflow.
func AbsInt64(f *fault.Fault, x int64) int64 {
	if x < 0 {
		return NegInt64(f, x)
	}
	return x
}

// AbsDecimal returns the magnitude of x.
func AbsDecimal(x decimal.Int128, _, _ int) decimal.Int128 { return x.Abs() }

// SignInt64 returns -1, 0 or 1.
func SignInt64(x int64) int32 {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// SignDecimal returns -1, 0 or 1.
func SignDecimal(x decimal.Int128, _ int) int32 { return int32(x.Sign()) }

// SignFloat64 returns -1, 0 or 1; 0 for NaN.
func SignFloat64(x float64) int32 {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// CeilDecimal returns the smallest integer not below x, in scale to = 0.
func CeilDecimal(x decimal.Int128, scale, _ int) decimal.Int128 {
	whole := decimal.Trunc(x, scale, 0)
	if x.Sign() > 0 && hasFraction(x, whole, scale) {
		return whole.Add(decimal.FromInt64(1))
	}
	return whole
}

// FloorDecimal returns the largest integer not above x, in scale to = 0.
func FloorDecimal(x decimal.Int128, scale, _ int) decimal.Int128 {
	whole := decimal.Trunc(x, scale, 0)
	if x.Sign() < 0 && hasFraction(x, whole, scale) {
		return whole.Sub(decimal.FromInt64(1))
	}
	return whole
}

func hasFraction(x, whole decimal.Int128, scale int) bool {
	var f fault.Fault
	return decimal.Rescale(&f, whole, 0, scale) != x
}

// RoundDecimal returns x rounded half away from zero to an integer, in scale to.
func RoundDecimal(f *fault.Fault, x decimal.Int128, scale, to int) decimal.Int128 {
	return decimal.Rescale(f, x, scale, to)
}

// RoundDecimalTo returns x rounded half away from zero to n fraction digits; a
// negative n rounds before the point. The scale stays: to is scale.
func RoundDecimalTo(f *fault.Fault, x decimal.Int128, scale int, n int32, _ int) decimal.Int128 {
	digits := int(n)
	switch {
	case digits >= scale:
		return x
	case scale-digits > decimal.MaxDigits:
		return decimal.Int128{}
	}
	// n may be negative: only the difference of scales counts
	short := decimal.Rescale(f, x, scale-digits, 0)
	return decimal.Rescale(f, short, 0, scale-digits)
}

// TruncDecimal returns x without its fraction, in scale to = 0.
func TruncDecimal(x decimal.Int128, scale, _ int) decimal.Int128 { return decimal.Trunc(x, scale, 0) }

// TruncDecimalTo returns x with its digits after the first n of the fraction
// made zero; a negative n counts before the point. The scale stays.
func TruncDecimalTo(x decimal.Int128, scale int, n int32, _ int) decimal.Int128 {
	digits := int(n)
	switch {
	case digits >= scale:
		return x
	case scale-digits > decimal.MaxDigits:
		return decimal.Int128{}
	}
	var f fault.Fault // what was cut fits again
	return decimal.Rescale(&f, decimal.Trunc(x, scale-digits, 0), 0, scale-digits)
}

// RoundInt64 returns x rounded half away from zero to n digits; a negative n
// rounds before the point. It fails on overflow.
func RoundInt64(f *fault.Fault, x int64, n int32) int64 {
	if n >= 0 {
		return x
	}
	wide := RoundDecimalTo(f, decimal.FromInt64(x), 0, n, 0)
	if !wide.IsInt64() {
		return fail64(f)
	}
	return int64(wide.Lo)
}

// RoundFloat64 returns x rounded half away from zero to n fraction digits; a
// negative n rounds before the point.
func RoundFloat64(x float64, n int32) float64 { return shifted(x, n, math.Round) }

// TruncFloat64 returns x with its digits after the first n of the fraction cut
// off; a negative n counts before the point.
func TruncFloat64(x float64, n int32) float64 { return shifted(x, n, math.Trunc) }

// shifted applies an operation with the point moved n digits.
func shifted(x float64, n int32, op func(float64) float64) float64 {
	if n < 0 {
		p := math.Pow10(-int(max(n, -400)))
		if math.IsInf(p, 0) {
			return 0
		}
		return op(x/p) * p
	}
	p := math.Pow10(int(min(n, 400)))
	if y := x * p; math.Abs(y) < 1<<53 {
		return op(y) / p
	}
	return x // no digit of the fraction goes that far
}

// ModInt32OrNull returns the remainder of a/b, with the sign of a; false for
// b = 0.
func ModInt32OrNull(a, b int32) (int32, bool) { return ModInt32(nil, a, b), b != 0 }

// ModInt64OrNull returns the remainder of a/b, with the sign of a; false for
// b = 0.
func ModInt64OrNull(a, b int64) (int64, bool) { return ModInt64(nil, a, b), b != 0 }

// ModFloat64OrNull returns the remainder of a/b, with the sign of a; false for
// b = 0.
func ModFloat64OrNull(a, b float64) (float64, bool) {
	if b == 0 {
		return 0, false
	}
	return math.Mod(a, b), true
}

// ModDecimal returns the remainder of a/b in scale to, that of the operand with
// more fraction digits, with the sign of a; false for b = 0. It fails with more
// than 38 digits.
func ModDecimal(f *fault.Fault, a decimal.Int128, as int, b decimal.Int128, bs, to int) (decimal.Int128, bool) {
	if b.IsZero() {
		return decimal.Int128{}, false
	}
	return decimal.Rem(decimal.Rescale(f, a, as, to), decimal.Rescale(f, b, bs, to)), true
}

// Sqrt returns the square root, and fails for a negative number.
func Sqrt(f *fault.Fault, x float64) float64 {
	if x < 0 {
		f.Set("square root of a negative number")
		return 0
	}
	return math.Sqrt(x)
}

// Exp returns e raised to x, and fails on overflow.
func Exp(f *fault.Fault, x float64) float64 { return finite(f, math.Exp(x), x, 0) }

// Ln returns the natural logarithm, and fails for what is not above zero.
func Ln(f *fault.Fault, x float64) float64 {
	if x <= 0 {
		return noLogarithm(f)
	}
	return math.Log(x)
}

// Log10 returns the logarithm to base 10, and fails for what is not above zero.
func Log10(f *fault.Fault, x float64) float64 {
	if x <= 0 {
		return noLogarithm(f)
	}
	return math.Log10(x)
}

// Log2 returns the logarithm to base 2, and fails for what is not above zero.
func Log2(f *fault.Fault, x float64) float64 {
	if x <= 0 {
		return noLogarithm(f)
	}
	return math.Log2(x)
}

// Log returns the logarithm of x to a base, and fails if one of them is not
// above zero or the base is 1.
func Log(f *fault.Fault, base, x float64) float64 {
	if x <= 0 || base <= 0 || base == 1 {
		return noLogarithm(f)
	}
	if base == 10 {
		return math.Log10(x)
	}
	return math.Log(x) / math.Log(base)
}

//go:noinline
func noLogarithm(f *fault.Fault) float64 {
	f.Set("logarithm of a number that is not above zero, or to such a base")
	return 0
}

// Asin returns the arc sine, and fails outside -1 to 1.
func Asin(f *fault.Fault, x float64) float64 {
	if x < -1 || x > 1 {
		f.Set("arc sine of a number outside -1 to 1")
		return 0
	}
	return math.Asin(x)
}

// Acos returns the arc cosine, and fails outside -1 to 1.
func Acos(f *fault.Fault, x float64) float64 {
	if x < -1 || x > 1 {
		f.Set("arc cosine of a number outside -1 to 1")
		return 0
	}
	return math.Acos(x)
}

// Degrees turns radians into degrees.
func Degrees(x float64) float64 { return x * (180 / math.Pi) }

// Radians turns degrees into radians.
func Radians(x float64) float64 { return x * (math.Pi / 180) }

// Pi returns the circle's number.
func Pi() float64 { return math.Pi }
