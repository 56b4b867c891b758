package sqlfn

import (
	"math"
	"testing"
)

func TestJavaFloat64(t *testing.T) {
	for want, x := range map[string]float64{
		"0.0": 0, "1.0": 1, "-23.42": -23.42, "0.001": 0.001, "9.99E-4": 0.000999, "1.0E7": 1e7, "9999999.5": 9999999.5,
		"1.23456785E7": 12345678.5, "1.0E300": 1e300, "-1.5E-10": -1.5e-10,
		"Infinity": math.Inf(1), "-Infinity": math.Inf(-1), "NaN": math.NaN(),
	} {
		if got := JavaFloat64(x); got != want {
			t.Errorf("%v: got %s, want %s", x, got, want)
		}
	}
}

func TestJavaTimes(t *testing.T) {
	for want, x := range map[string]int64{
		"1970-01-01T00:00:00.000": 0, "1970-01-01T00:00:00.001": 1_999, "1969-12-31T23:59:59.999": -1, "1971-11-28T23:46:40.500": 60_220_000_500_000,
	} {
		if got := JavaTimestamp(x); got != want {
			t.Errorf("%d: got %s, want %s", x, got, want)
		}
	}
	for want, x := range map[string]int64{"00:00": 0, "12:30": 45_000_000_000, "00:00:01": 1_000_000, "00:00:01.500": 1_500_000} {
		if got := JavaTime(x); got != want {
			t.Errorf("%d: got %s, want %s", x, got, want)
		}
	}
}
