package sqlfn

import (
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// BoolToText returns true or false. It never fails.
func BoolToText(_ *fault.Fault, x bool) string {
	v, _ := TryBoolToText(x)
	return v
}

// TryBoolToText is BoolToText; it is always true.
func TryBoolToText(x bool) (string, bool) {
	return strconv.FormatBool(x), true
}

// Int32ToText returns the digits of x. It never fails.
func Int32ToText(_ *fault.Fault, x int32) string {
	v, _ := TryInt32ToText(x)
	return v
}

// TryInt32ToText is Int32ToText; it is always true.
func TryInt32ToText(x int32) (string, bool) {
	return strconv.Itoa(int(x)), true
}

// Int64ToText returns the digits of x. It never fails.
func Int64ToText(_ *fault.Fault, x int64) string {
	v, _ := TryInt64ToText(x)
	return v
}

// TryInt64ToText is Int64ToText; it is always true.
func TryInt64ToText(x int64) (string, bool) {
	return strconv.FormatInt(x, 10), true
}

// Float32ToText returns the shortest text that reads back as x. It never fails.
func Float32ToText(_ *fault.Fault, x float32) string {
	v, _ := TryFloat32ToText(x)
	return v
}

// TryFloat32ToText is Float32ToText; it is always true.
func TryFloat32ToText(x float32) (string, bool) {
	return floatText(float64(x), 32), true
}

// Float64ToText returns the shortest text that reads back as x. It never fails.
func Float64ToText(_ *fault.Fault, x float64) string {
	v, _ := TryFloat64ToText(x)
	return v
}

// TryFloat64ToText is Float64ToText; it is always true.
func TryFloat64ToText(x float64) (string, bool) {
	return floatText(x, 64), true
}

// DecimalToText returns x with all digits of its scale. It never fails.
func DecimalToText(_ *fault.Fault, x decimal.Int128, scale int) string {
	v, _ := TryDecimalToText(x, scale)
	return v
}

// TryDecimalToText is DecimalToText; it is always true.
func TryDecimalToText(x decimal.Int128, scale int) (string, bool) {
	var room [48]byte
	return string(decimal.Append(room[:0], x, scale)), true
}

// DateToText returns x in ISO 8601. It never fails.
func DateToText(_ *fault.Fault, x int32) string {
	v, _ := TryDateToText(x)
	return v
}

// TryDateToText is DateToText; it is always true.
func TryDateToText(x int32) (string, bool) {
	var room [64]byte
	return string(sqltime.AppendDate(room[:0], x)), true
}

// TimeToText returns x in ISO 8601. It never fails.
func TimeToText(_ *fault.Fault, x int64) string {
	v, _ := TryTimeToText(x)
	return v
}

// TryTimeToText is TimeToText; it is always true.
func TryTimeToText(x int64) (string, bool) {
	var room [64]byte
	return string(sqltime.AppendTime(room[:0], x)), true
}

// TimestampToText returns x in ISO 8601, as it is written to JSON. It never fails.
func TimestampToText(_ *fault.Fault, x int64) string {
	v, _ := TryTimestampToText(x)
	return v
}

// TryTimestampToText is TimestampToText; it is always true.
func TryTimestampToText(x int64) (string, bool) {
	var room [64]byte
	return string(sqltime.AppendTimestamp(room[:0], x)), true
}

// IntervalToText returns x in ISO 8601. It never fails.
func IntervalToText(_ *fault.Fault, x sqltime.Interval) string {
	v, _ := TryIntervalToText(x)
	return v
}

// TryIntervalToText is IntervalToText; it is always true.
func TryIntervalToText(x sqltime.Interval) (string, bool) {
	var room [64]byte
	return string(sqltime.AppendInterval(room[:0], x)), true
}

// BytesToText returns the text that x holds in UTF-8, and fails for other bytes.
func BytesToText(f *fault.Fault, x []byte) string {
	v, ok := TryBytesToText(x)
	return fits(f, v, ok, notUTF8)
}

// TryBytesToText is BytesToText that returns false instead of failing.
func TryBytesToText(x []byte) (string, bool) {
	if !utf8.Valid(x) {
		return "", false
	}
	return string(x), true
}

// floatText spells a float without an exponent, unless it is very large or small.
func floatText(x float64, size int) string {
	switch {
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	}
	form := byte('f')
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		form = 'e'
	}
	var room [32]byte
	return string(strconv.AppendFloat(room[:0], x, form, -1, size))
}
