package sqlfn

import (
	"math"

	"github.com/velocsql/veloc/runtime/fault"
)

// floating is FLOAT or DOUBLE.
type floating interface{ ~float32 | ~float64 }

// DivFloat64 returns a/b. By zero it is 0, which the caller makes NULL.
func DivFloat64[T floating](a, b T) T {
	if b == 0 {
		return 0
	}
	return a / b
}

// ModFloat64 returns the remainder of a/b, with the sign of a. By zero it is 0,
// which the caller makes NULL.
func ModFloat64[T floating](a, b T) T {
	if b == 0 {
		return 0
	}
	return T(math.Mod(float64(a), float64(b)))
}

// EqFloat reports a = b, where NaN equals itself.
func EqFloat(a, b float64) bool { return a == b || a != a && b != b }

// LessFloat reports a < b, where NaN is above every number.
func LessFloat(a, b float64) bool { return a < b || b != b && a == a }

// CompareFloat returns -1, 0 or 1 in the order of LessFloat.
func CompareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a == b:
		return 0
	}
	return int(BoolRank(a != a) - BoolRank(b != b))
}

// BoolRank orders FALSE (0) before TRUE (1).
func BoolRank(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// Power returns a raised to b. It fails for zero with a negative exponent, for
// a negative base with a fraction as exponent, and on overflow.
func Power(f *fault.Fault, a, b float64) float64 {
	if a == 0 && b < 0 {
		f.Set("zero raised to a negative power")
		return 0
	}
	if a < 0 && b != math.Trunc(b) {
		f.Set("a negative number raised to a fraction")
		return 0
	}
	return finite(f, math.Pow(a, b), a, b)
}

// finite returns v, and fails if it is infinite or no number though a and b are.
func finite(f *fault.Fault, v, a, b float64) float64 {
	if v-v != 0 && a-a == 0 && b-b == 0 {
		f.Set("DOUBLE overflow")
		return 0
	}
	return v
}

// CompareFloat32 is CompareFloat for 32 bits.
func CompareFloat32(a, b float32) int { return CompareFloat(float64(a), float64(b)) }
