package sqlfn

import (
	"math"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

// BoolToInt32 returns 1 for TRUE and 0 for FALSE. It never fails.
func BoolToInt32(_ *fault.Fault, x bool) int32 {
	v, _ := TryBoolToInt32(x)
	return v
}

// TryBoolToInt32 is BoolToInt32; it is always true.
func TryBoolToInt32(x bool) (int32, bool) {
	return int32(BoolRank(x)), true
}

// Int32ToBool returns FALSE for 0 and TRUE for other numbers. It never fails.
func Int32ToBool(_ *fault.Fault, x int32) bool {
	v, _ := TryInt32ToBool(x)
	return v
}

// TryInt32ToBool is Int32ToBool; it is always true.
func TryInt32ToBool(x int32) (bool, bool) {
	return x != 0, true
}

// BoolToInt64 returns 1 for TRUE and 0 for FALSE. It never fails.
func BoolToInt64(_ *fault.Fault, x bool) int64 {
	v, _ := TryBoolToInt64(x)
	return v
}

// TryBoolToInt64 is BoolToInt64; it is always true.
func TryBoolToInt64(x bool) (int64, bool) {
	return int64(BoolRank(x)), true
}

// Int64ToBool returns FALSE for 0 and TRUE for other numbers. It never fails.
func Int64ToBool(_ *fault.Fault, x int64) bool {
	v, _ := TryInt64ToBool(x)
	return v
}

// TryInt64ToBool is Int64ToBool; it is always true.
func TryInt64ToBool(x int64) (bool, bool) {
	return x != 0, true
}

// Int64ToInt32 narrows x, and fails if it does not fit.
func Int64ToInt32(f *fault.Fault, x int64) int32 {
	v, ok := TryInt64ToInt32(x)
	return fits(f, v, ok, tooLargeInt32)
}

// TryInt64ToInt32 is Int64ToInt32 that returns false instead of failing.
func TryInt64ToInt32(x int64) (int32, bool) {
	if int64(int32(x)) != x {
		return 0, false
	}
	return int32(x), true
}

// Int64ToFloat32 returns the nearest FLOAT. It never fails.
func Int64ToFloat32(_ *fault.Fault, x int64) float32 {
	v, _ := TryInt64ToFloat32(x)
	return v
}

// TryInt64ToFloat32 is Int64ToFloat32; it is always true.
func TryInt64ToFloat32(x int64) (float32, bool) {
	return float32(x), true
}

// Float64ToFloat32 returns the nearest FLOAT, and fails if x is too large.
func Float64ToFloat32(f *fault.Fault, x float64) float32 {
	v, ok := TryFloat64ToFloat32(x)
	return fits(f, v, ok, tooLargeFloat32)
}

// TryFloat64ToFloat32 is Float64ToFloat32 that returns false instead of failing.
func TryFloat64ToFloat32(x float64) (float32, bool) {
	y := float32(x)
	if y-y != 0 && x-x == 0 {
		return 0, false
	}
	return y, true
}

// Float32ToInt64 rounds x half away from zero, and fails for NaN and what does not fit.
func Float32ToInt64(f *fault.Fault, x float32) int64 {
	v, ok := TryFloat32ToInt64(x)
	return fits(f, v, ok, tooLargeInt64)
}

// TryFloat32ToInt64 is Float32ToInt64 that returns false instead of failing.
func TryFloat32ToInt64(x float32) (int64, bool) {
	y := math.Round(float64(x))
	if !(y >= -1<<63 && y < 1<<63) {
		return 0, false
	}
	return int64(y), true
}

// Float32ToInt32 rounds x half away from zero, and fails for NaN and what does not fit.
func Float32ToInt32(f *fault.Fault, x float32) int32 {
	v, ok := TryFloat32ToInt32(x)
	return fits(f, v, ok, tooLargeInt32)
}

// TryFloat32ToInt32 is Float32ToInt32 that returns false instead of failing.
func TryFloat32ToInt32(x float32) (int32, bool) {
	y := math.Round(float64(x))
	if !(y >= -1<<31 && y < 1<<31) {
		return 0, false
	}
	return int32(y), true
}

// Float32ToDecimal returns x as a DECIMAL(p, s), rounded half away from zero from its exact binary value. It fails for NaN, infinities and too many digits.
func Float32ToDecimal(f *fault.Fault, x float32, p int, s int) decimal.Int128 {
	v, ok := TryFloat32ToDecimal(x, p, s)
	return fits(f, v, ok, tooLargeDecimal)
}

// TryFloat32ToDecimal is Float32ToDecimal that returns false instead of failing.
func TryFloat32ToDecimal(x float32, p int, s int) (decimal.Int128, bool) {
	return decimal.TryFromFloat64(float64(x), p, s)
}

// Float64ToInt64 rounds x half away from zero, and fails for NaN and what does not fit.
func Float64ToInt64(f *fault.Fault, x float64) int64 {
	v, ok := TryFloat64ToInt64(x)
	return fits(f, v, ok, tooLargeInt64)
}

// TryFloat64ToInt64 is Float64ToInt64 that returns false instead of failing.
func TryFloat64ToInt64(x float64) (int64, bool) {
	y := math.Round(x)
	if !(y >= -1<<63 && y < 1<<63) {
		return 0, false
	}
	return int64(y), true
}

// Float64ToInt32 rounds x half away from zero, and fails for NaN and what does not fit.
func Float64ToInt32(f *fault.Fault, x float64) int32 {
	v, ok := TryFloat64ToInt32(x)
	return fits(f, v, ok, tooLargeInt32)
}

// TryFloat64ToInt32 is Float64ToInt32 that returns false instead of failing.
func TryFloat64ToInt32(x float64) (int32, bool) {
	y := math.Round(x)
	if !(y >= -1<<31 && y < 1<<31) {
		return 0, false
	}
	return int32(y), true
}

// Float64ToDecimal returns x as a DECIMAL(p, s), rounded half away from zero from its exact binary value. It fails for NaN, infinities and too many digits.
func Float64ToDecimal(f *fault.Fault, x float64, p int, s int) decimal.Int128 {
	v, ok := TryFloat64ToDecimal(x, p, s)
	return fits(f, v, ok, tooLargeDecimal)
}

// TryFloat64ToDecimal is Float64ToDecimal that returns false instead of failing.
func TryFloat64ToDecimal(x float64, p int, s int) (decimal.Int128, bool) {
	return decimal.TryFromFloat64(x, p, s)
}

// Int32ToDecimal returns x as a DECIMAL(p, s), and fails with too many digits.
func Int32ToDecimal(f *fault.Fault, x int32, p int, s int) decimal.Int128 {
	v, ok := TryInt32ToDecimal(x, p, s)
	return fits(f, v, ok, tooLargeDecimal)
}

// TryInt32ToDecimal is Int32ToDecimal that returns false instead of failing.
func TryInt32ToDecimal(x int32, p int, s int) (decimal.Int128, bool) {
	return rescaled(decimal.FromInt64(int64(x)), 0, p, s)
}

// Int64ToDecimal returns x as a DECIMAL(p, s), and fails with too many digits.
func Int64ToDecimal(f *fault.Fault, x int64, p int, s int) decimal.Int128 {
	v, ok := TryInt64ToDecimal(x, p, s)
	return fits(f, v, ok, tooLargeDecimal)
}

// TryInt64ToDecimal is Int64ToDecimal that returns false instead of failing.
func TryInt64ToDecimal(x int64, p int, s int) (decimal.Int128, bool) {
	return rescaled(decimal.FromInt64(x), 0, p, s)
}

// DecimalToDecimal returns x as a DECIMAL(p, s), rounded half away from zero, and fails with too many digits.
func DecimalToDecimal(f *fault.Fault, x decimal.Int128, scale int, p int, s int) decimal.Int128 {
	v, ok := TryDecimalToDecimal(x, scale, p, s)
	return fits(f, v, ok, tooLargeDecimal)
}

// TryDecimalToDecimal is DecimalToDecimal that returns false instead of failing.
func TryDecimalToDecimal(x decimal.Int128, scale int, p int, s int) (decimal.Int128, bool) {
	return rescaled(x, scale, p, s)
}

// DecimalToInt64 rounds x half away from zero, and fails if it does not fit.
func DecimalToInt64(f *fault.Fault, x decimal.Int128, scale int) int64 {
	v, ok := TryDecimalToInt64(x, scale)
	return fits(f, v, ok, tooLargeInt64)
}

// TryDecimalToInt64 is DecimalToInt64 that returns false instead of failing.
func TryDecimalToInt64(x decimal.Int128, scale int) (int64, bool) {
	y, ok := rescaled(x, scale, decimal.MaxDigits, 0)
	if !ok || !y.IsInt64() {
		return 0, false
	}
	return int64(y.Lo), true
}

// DecimalToInt32 rounds x half away from zero, and fails if it does not fit.
func DecimalToInt32(f *fault.Fault, x decimal.Int128, scale int) int32 {
	v, ok := TryDecimalToInt32(x, scale)
	return fits(f, v, ok, tooLargeInt32)
}

// TryDecimalToInt32 is DecimalToInt32 that returns false instead of failing.
func TryDecimalToInt32(x decimal.Int128, scale int) (int32, bool) {
	y, ok := TryDecimalToInt64(x, scale)
	if !ok {
		return 0, false
	}
	return TryInt64ToInt32(y)
}

// DecimalToFloat64 returns the nearest DOUBLE. It never fails.
func DecimalToFloat64(_ *fault.Fault, x decimal.Int128, scale int) float64 {
	v, _ := TryDecimalToFloat64(x, scale)
	return v
}

// TryDecimalToFloat64 is DecimalToFloat64; it is always true.
func TryDecimalToFloat64(x decimal.Int128, scale int) (float64, bool) {
	return decimal.Float64(x, scale), true
}

// DecimalToFloat32 returns the FLOAT nearest to the DOUBLE nearest to x. It never fails.
func DecimalToFloat32(_ *fault.Fault, x decimal.Int128, scale int) float32 {
	v, _ := TryDecimalToFloat32(x, scale)
	return v
}

// TryDecimalToFloat32 is DecimalToFloat32; it is always true.
func TryDecimalToFloat32(x decimal.Int128, scale int) (float32, bool) {
	return float32(decimal.Float64(x, scale)), true
}

// rescaled returns x as a DECIMAL(p, s), rounded half away from zero.
func rescaled(x decimal.Int128, scale, p, s int) (decimal.Int128, bool) {
	var f fault.Fault
	y := decimal.Rescale(&f, x, scale, s)
	if f.Failed() || !decimal.Fits(y, p) {
		return decimal.Int128{}, false
	}
	return y, true
}
