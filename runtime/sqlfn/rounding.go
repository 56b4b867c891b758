package sqlfn

import "math"

// Even rounds away from zero to an even number.
func Even(x float64) float64 {
	n := 2 * math.Ceil(math.Abs(x)/2)
	return math.Copysign(n, x)
}

// Lgamma is the logarithm of the gamma function.
func Lgamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

// RoundEven rounds to n digits behind the point, halves to the even digit.
func RoundEven(x float64, n int32) float64 { return shifted(x, n, math.RoundToEven) }

// FloorDivide is the whole part of a quotient, rounded down; false for a division
// by zero.
func FloorDivide(x, y float64) (float64, bool) { return math.Floor(x / y), y != 0 }

// SetBit returns x with bit i, counted from the lowest, set to 0 or 1.
func SetBit(x int64, i, bit int32) (int64, bool) {
	if i < 0 || i > 63 || bit != 0 && bit != 1 {
		return 0, false
	}
	return x&^(1<<i) | int64(bit)<<i, true
}
