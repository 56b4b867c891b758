package sqlfn

import (
	"math"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

func TestWhole(t *testing.T) {
	var f fault.Fault
	dec := func(x decimal.Int128) int64 { return int64(x.Lo) }
	for _, c := range []struct {
		what      string
		got, want int64
	}{
		{"gcd", GCD(&f, 12, -18), 6},
		{"gcd of 0", GCD(&f, 0, -5), 5},
		{"gcd of the lowest", GCD(&f, math.MinInt64, 6), 2},
		{"lcm", LCM(&f, -4, 6), 12},
		{"lcm of 0", LCM(&f, 0, 6), 0},
		{"factorial", Factorial(&f, 20), 2432902008176640000},
		{"factorial of 0", Factorial(&f, 0), 1},
		{"bucket", int64(WidthBucket(&f, 5.35, 0.024, 10.06, 5)), 3},
		{"bucket below", int64(WidthBucket(&f, -1, 0, 10, 5)), 0},
		{"bucket above", int64(WidthBucket(&f, 10, 0, 10, 5)), 6},
		{"bucket falling", int64(WidthBucket(&f, 9, 10, 0, 5)), 1},
		{"min scale", int64(MinScale(decimal.FromInt64(1250), 3)), 2},
		{"min scale of a whole", int64(MinScale(decimal.FromInt64(-3000), 3)), 0},
		{"up", dec(RoundDecimalUp(&f, decimal.FromInt64(-15), 1, 0)), -1},
		{"up positive", dec(RoundDecimalUp(&f, decimal.FromInt64(15), 1, 0)), 2},
		{"up past half", dec(RoundDecimalUp(&f, decimal.FromInt64(-16), 1, 0)), -2},
		{"up to", dec(RoundDecimalUpTo(&f, decimal.FromInt64(-1250), 3, 2, 3)), -1250},
		{"up to 1", dec(RoundDecimalUpTo(&f, decimal.FromInt64(-1250), 3, 1, 3)), -1200},
		{"up before", dec(RoundDecimalUpTo(&f, decimal.FromInt64(155), 0, -1, 0)), 160},
		{"shift", int64(ShiftLeft32(&f, 1, 40)), 0},
		{"shift back", ShiftRight64(&f, -16, 2), -4},
		{"bits", int64(BitCount(-1)), 64},
		{"bit", int64(GetBit(&f, math.MinInt64, 63)), 1},
		{"bit of a negative", int64(GetBit(&f, -1, 5)), 1},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	for _, c := range []struct{ x, want float64 }{{-1.5, -1}, {-1.7, -2}, {2.5, 3}, {-0.4, 0}, {0.49999999999999994, 0}} {
		if got := RoundUp(c.x); got != c.want {
			t.Errorf("RoundUp(%v) = %v", c.x, got)
		}
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for name, call := range map[string]func(){
		"gcd":       func() { GCD(&f, math.MinInt64, 0) },
		"lcm":       func() { LCM(&f, math.MaxInt64, math.MaxInt64-1) },
		"factorial": func() { Factorial(&f, 21) },
		"bucket":    func() { WidthBucket(&f, 1, 2, 2, 5) },
		"count":     func() { WidthBucket(&f, 1, 2, 3, 0) },
		"shift":     func() { ShiftLeft64(&f, 1, -1) },
		"bit":       func() { GetBit(&f, 1, 64) },
		"latitude":  func() { GeoDistance(&f, 91, 0, 0, 0) },
		"unit":      func() { GeoDistanceIn(&f, 1, 0, 0, 0, "feet") },
		"acosh":     func() { Acosh(&f, 0.5) },
		"atanh":     func() { Atanh(&f, 2) },
		"square":    func() { Square(&f, 1e300) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
}

func TestDegreesAreExact(t *testing.T) {
	for x := -720.0; x <= 720; x += 90 {
		want := [...]float64{0, 1, 0, -1}[(int(x)/90%4+4)%4]
		if got := SinDegrees(x); got != want {
			t.Errorf("sin %v = %v", x, got)
		}
	}
	for _, c := range []struct{ got, want float64 }{
		{SinDegrees(30), 0.5},
		{SinDegrees(150), 0.5},
		{SinDegrees(-30), -0.5},
		{CosDegrees(60), 0.5},
		{CosDegrees(-60), 0.5},
		{CosDegrees(120), -0.5},
		{TanDegrees(45), 1},
		{TanDegrees(0), 0},
		{CotDegrees(45), 1},
	} {
		if c.got != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
	if !math.IsNaN(SinDegrees(math.NaN())) || !math.IsNaN(CosDegrees(math.Inf(1))) || !math.IsInf(TanDegrees(90), 1) {
		t.Error("what is no angle has a sine, or the tangent of 90 is finite")
	}
}
