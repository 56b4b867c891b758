package sqlfn

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// cast compares both forms of a cast with what is wanted; nil is a failure.
func cast[T comparable](t *testing.T, name string, x any, strict func(f *fault.Fault) T, try func() (T, bool), want any) {
	t.Helper()
	var f fault.Fault
	got := strict(&f)
	v, ok := try()
	var zero T
	if want == nil {
		if !f.Failed() || got != zero || ok || v != zero {
			t.Errorf("%s(%v) = %v, %v; want a failure", name, x, got, v)
		}
		return
	}
	if f.Failed() || any(got) != want || !ok || any(v) != want {
		t.Errorf("%s(%v) = %v (%s), %v, %v; want %v", name, x, got, f.Take(), v, ok, want)
	}
}

func one[X any, T comparable](t *testing.T, name string, strict func(*fault.Fault, X) T, try func(X) (T, bool), cases map[any]any) {
	t.Helper()
	for k, want := range cases {
		x := k.(X)
		cast(t, name, x, func(f *fault.Fault) T { return strict(f, x) }, func() (T, bool) { return try(x) }, want)
	}
}

func TestCastNumbers(t *testing.T) {
	one(t, "BoolToInt32", BoolToInt32, TryBoolToInt32, map[any]any{true: int32(1), false: int32(0)})
	one(t, "BoolToInt64", BoolToInt64, TryBoolToInt64, map[any]any{true: int64(1), false: int64(0)})
	one(t, "Int32ToBool", Int32ToBool, TryInt32ToBool, map[any]any{int32(0): false, int32(-7): true})
	one(t, "Int64ToBool", Int64ToBool, TryInt64ToBool, map[any]any{int64(0): false, int64(1): true})
	one(t, "Int64ToInt32", Int64ToInt32, TryInt64ToInt32, map[any]any{int64(-5): int32(-5), int64(math.MaxInt32): int32(math.MaxInt32), int64(math.MaxInt32 + 1): nil, int64(math.MinInt64): nil})
	one(t, "Int64ToFloat32", Int64ToFloat32, TryInt64ToFloat32, map[any]any{int64(16777217): float32(16777216)})
	one(t, "Float64ToFloat32", Float64ToFloat32, TryFloat64ToFloat32, map[any]any{0.5: float32(0.5), 1e300: nil, math.Inf(1): float32(math.Inf(1))})
	one(t, "Float64ToInt64", Float64ToInt64, TryFloat64ToInt64, map[any]any{2.5: int64(3), -2.5: int64(-3), 9.3e18: nil, -9223372036854775808.0: int64(math.MinInt64), 9223372036854775808.0: nil, math.Inf(-1): nil})
	cast(t, "Float64ToInt64", "NaN", func(f *fault.Fault) int64 { return Float64ToInt64(f, math.NaN()) }, func() (int64, bool) { return TryFloat64ToInt64(math.NaN()) }, nil)
	one(t, "Float64ToInt32", Float64ToInt32, TryFloat64ToInt32, map[any]any{2147483647.4: int32(math.MaxInt32), 2147483647.5: nil, -2147483648.0: int32(math.MinInt32)})
	one(t, "Float32ToInt64", Float32ToInt64, TryFloat32ToInt64, map[any]any{float32(1.5): int64(2), float32(1e30): nil})
	one(t, "Float32ToInt32", Float32ToInt32, TryFloat32ToInt32, map[any]any{float32(-1.5): int32(-2), float32(1e30): nil})
}

func TestCastDecimals(t *testing.T) {
	d := decimal.FromInt64
	for _, c := range []struct {
		name   string
		strict func(*fault.Fault) decimal.Int128
		try    func() (decimal.Int128, bool)
		want   any
	}{
		{"Int64ToDecimal fits", func(f *fault.Fault) decimal.Int128 { return Int64ToDecimal(f, 123, 5, 2) }, func() (decimal.Int128, bool) { return TryInt64ToDecimal(123, 5, 2) }, d(12300)},
		{"Int64ToDecimal", func(f *fault.Fault) decimal.Int128 { return Int64ToDecimal(f, 1234, 5, 2) }, func() (decimal.Int128, bool) { return TryInt64ToDecimal(1234, 5, 2) }, nil},
		{"Int32ToDecimal", func(f *fault.Fault) decimal.Int128 { return Int32ToDecimal(f, -1, 38, 37) }, func() (decimal.Int128, bool) { return TryInt32ToDecimal(-1, 38, 37) }, d(-1e18).Mul64(1e18).Mul64(10)},
		{"Float64ToDecimal", func(f *fault.Fault) decimal.Int128 { return Float64ToDecimal(f, 1.125, 5, 2) }, func() (decimal.Int128, bool) { return TryFloat64ToDecimal(1.125, 5, 2) }, d(113)},
		{"Float32ToDecimal", func(f *fault.Fault) decimal.Int128 { return Float32ToDecimal(f, 1e9, 5, 2) }, func() (decimal.Int128, bool) { return TryFloat32ToDecimal(1e9, 5, 2) }, nil},
		{"DecimalToDecimal", func(f *fault.Fault) decimal.Int128 { return DecimalToDecimal(f, d(-1245), 3, 3, 2) }, func() (decimal.Int128, bool) { return TryDecimalToDecimal(d(-1245), 3, 3, 2) }, d(-125)},
		{"DecimalToDecimal carry", func(f *fault.Fault) decimal.Int128 { return DecimalToDecimal(f, d(9995), 3, 3, 2) }, func() (decimal.Int128, bool) { return TryDecimalToDecimal(d(9995), 3, 3, 2) }, nil},
		{"TextToDecimal", func(f *fault.Fault) decimal.Int128 { return TextToDecimal(f, " 1.005 ", 5, 2) }, func() (decimal.Int128, bool) { return TryTextToDecimal(" 1.005 ", 5, 2) }, d(101)},
		{"TextToDecimal bad", func(f *fault.Fault) decimal.Int128 { return TextToDecimal(f, "1,5", 5, 2) }, func() (decimal.Int128, bool) { return TryTextToDecimal("1,5", 5, 2) }, nil},
	} {
		cast(t, c.name, "", c.strict, c.try, c.want)
	}
	cast(t, "DecimalToInt64", "2.5", func(f *fault.Fault) int64 { return DecimalToInt64(f, d(25), 1) }, func() (int64, bool) { return TryDecimalToInt64(d(25), 1) }, int64(3))
	cast(t, "DecimalToInt32", "3e9", func(f *fault.Fault) int32 { return DecimalToInt32(f, d(3e9), 0) }, func() (int32, bool) { return TryDecimalToInt32(d(3e9), 0) }, nil)
	cast(t, "DecimalToFloat64", "0.1", func(f *fault.Fault) float64 { return DecimalToFloat64(f, d(1), 1) }, func() (float64, bool) { return TryDecimalToFloat64(d(1), 1) }, 0.1)
	cast(t, "DecimalToFloat32", "0.1", func(f *fault.Fault) float32 { return DecimalToFloat32(f, d(1), 1) }, func() (float32, bool) { return TryDecimalToFloat32(d(1), 1) }, float32(0.1))
	cast(t, "DecimalToText", "-0.05", func(f *fault.Fault) string { return DecimalToText(f, d(-5), 2) }, func() (string, bool) { return TryDecimalToText(d(-5), 2) }, "-0.05")
}

func TestCastToText(t *testing.T) {
	one(t, "BoolToText", BoolToText, TryBoolToText, map[any]any{true: "true"})
	one(t, "Int32ToText", Int32ToText, TryInt32ToText, map[any]any{int32(-12): "-12"})
	one(t, "Int64ToText", Int64ToText, TryInt64ToText, map[any]any{int64(math.MinInt64): "-9223372036854775808"})
	one(t, "Float64ToText", Float64ToText, TryFloat64ToText, map[any]any{0.1: "0.1", 1e6: "1000000", 1e21: "1e+21", 1e-7: "1e-07", math.Inf(1): "Infinity", math.Inf(-1): "-Infinity", 0.0: "0"})
	one(t, "Float32ToText", Float32ToText, TryFloat32ToText, map[any]any{float32(0.1): "0.1"})
	one(t, "DateToText", DateToText, TryDateToText, map[any]any{int32(0): "1970-01-01"})
	one(t, "TimeToText", TimeToText, TryTimeToText, map[any]any{int64(1): "00:00:00.000001"})
	one(t, "TimestampToText", TimestampToText, TryTimestampToText, map[any]any{int64(0): "1970-01-01T00:00:00Z"})
	one(t, "IntervalToText", IntervalToText, TryIntervalToText, map[any]any{sqltime.Interval{Days: 1}: "P1D"})
	if s, ok := TryBytesToText([]byte("né")); s != "né" || !ok {
		t.Errorf("BytesToText = %q", s)
	}
	if s, ok := TryBytesToText([]byte{0xff}); s != "" || ok {
		t.Errorf("BytesToText of no UTF-8 = %q", s)
	}
}

func TestCastFromText(t *testing.T) {
	one(t, "TextToBool", TextToBool, TryTextToBool, map[any]any{
		" TRUE ": true, "t": true, "Yes": true, "on": true, "1": true, "f": false, "no": false, "OFF": false, "false": false, "0": false,
		"": nil, "maybe": nil, "tru": nil, "2": nil, "\x11": nil, "oo": nil, "truth": nil, "abcd": nil,
	})
	one(t, "TextToInt32", TextToInt32, TryTextToInt32, map[any]any{"12": int32(12), " -2147483648": int32(math.MinInt32), "2147483648": nil, "1.0": nil, "": nil, "+": nil})
	one(t, "TextToInt64", TextToInt64, TryTextToInt64, map[any]any{
		"+12": int64(12), "-9223372036854775808": int64(math.MinInt64), "9223372036854775807": int64(math.MaxInt64),
		"9223372036854775808": nil, "-9223372036854775809": nil, "99999999999999999999": nil, "1e3": nil, "1_000": nil, "x": nil, "000000000000000000000012": int64(12),
	})
	one(t, "TextToFloat64", TextToFloat64, TryTextToFloat64, map[any]any{"1.5": 1.5, "-1e3": -1000.0, "Infinity": math.Inf(1), "-inf": math.Inf(-1), "1e999": nil, "0x10": nil, "1_0": nil, "": nil, "abc": nil})
	one(t, "TextToFloat32", TextToFloat32, TryTextToFloat32, map[any]any{"1.5": float32(1.5), "1e99": nil})
	one(t, "TextToDate", TextToDate, TryTextToDate, map[any]any{"1970-01-02": int32(1), "1970-01-32": nil})
	one(t, "TextToTime", TextToTime, TryTextToTime, map[any]any{"00:00:01": sqltime.MicrosPerSecond, "25:00": nil})
	one(t, "TextToTimestamp", TextToTimestamp, TryTextToTimestamp, map[any]any{"1970-01-01T00:00:00.001Z": int64(1000), "now": nil})
	one(t, "TextToInterval", TextToInterval, TryTextToInterval, map[any]any{"1 day": sqltime.Interval{Days: 1}, "soon": nil})
	var f fault.Fault
	if b := TextToBytes(&f, "né"); string(b) != "né" {
		t.Errorf("TextToBytes = %q", b)
	}
}

func TestCastTimes(t *testing.T) {
	one(t, "Int64ToTimestamp", Int64ToTimestamp, TryInt64ToTimestamp, map[any]any{int64(-1): int64(-1000), int64(math.MaxInt64): nil, int64(math.MinInt64): nil})
	one(t, "Int32ToTimestamp", Int32ToTimestamp, TryInt32ToTimestamp, map[any]any{int32(5): int64(5000)})
	one(t, "TimestampToInt64", TimestampToInt64, TryTimestampToInt64, map[any]any{int64(1999): int64(1), int64(-1): int64(-1)})
	one(t, "TimestampToDate", TimestampToDate, TryTimestampToDate, map[any]any{int64(-1): int32(-1)})
	one(t, "TimestampToTime", TimestampToTime, TryTimestampToTime, map[any]any{int64(-1): sqltime.MicrosPerDay - 1})
	one(t, "DateToTimestamp", DateToTimestamp, TryDateToTimestamp, map[any]any{int32(1): sqltime.MicrosPerDay, int32(math.MaxInt32): nil})
	one(t, "TimeToInterval", TimeToInterval, TryTimeToInterval, map[any]any{int64(7): sqltime.Interval{Micros: 7}})
}

func TestUnreadableTextIsShown(t *testing.T) {
	var f fault.Fault
	TextToInt64(&f, strings.Repeat("é", 30))
	if got, want := f.Take(), `cannot read "`+strings.Repeat("é", 20)+`".. as BIGINT`; got != want {
		t.Errorf("reason %s, want %s", got, want)
	}
	TextToDecimal(&f, "1\n", 5, 2)
	TextToDecimal(&f, "x", 5, 2)
	if got := f.Take(); got != `cannot read "x" as DECIMAL(5,2)` {
		t.Errorf("reason %s", got)
	}
}

func TestCastsDoNotAllocate(t *testing.T) {
	var f fault.Fault
	if n := testing.AllocsPerRun(100, func() {
		TextToInt64(&f, " 123 ")
		TextToFloat64(&f, "1.5")
		TextToDecimal(&f, "12.345", 9, 2)
		_, _ = TryTextToInt64("abc")
		_, _ = TryTextToFloat64("abc")
		DecimalToDecimal(&f, decimal.FromInt64(12345), 3, 9, 1)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzTextToInt64(f *testing.F) {
	for _, s := range []string{"0", "-1", "+9223372036854775807", "-9223372036854775808", "9223372036854775808", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := parseInt(s)
		want, err := strconv.ParseInt(s, 10, 64)
		if ok != (err == nil) || ok && v != want {
			t.Fatalf("parseInt(%q) = %d, %v", s, v, ok)
		}
	})
}
