package sqlfn

import (
	"math"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
)

func TestDecimalFunctions(t *testing.T) {
	var f fault.Fault
	d := decimal.FromInt64
	mod := func(a int64, as int, b int64, bs, to int) decimal.Int128 {
		v, ok := ModDecimal(&f, d(a), as, d(b), bs, to)
		if !ok {
			return d(-999)
		}
		return v
	}
	tests := []struct {
		what      string
		got, want decimal.Int128
	}{
		{"abs", AbsDecimal(d(-5), 2, 2), d(5)},
		{"ceil", CeilDecimal(d(125), 2, 0), d(2)},
		{"ceil negative", CeilDecimal(d(-125), 2, 0), d(-1)},
		{"ceil whole", CeilDecimal(d(200), 2, 0), d(2)},
		{"floor", FloorDecimal(d(125), 2, 0), d(1)},
		{"floor negative", FloorDecimal(d(-125), 2, 0), d(-2)},
		{"floor whole", FloorDecimal(d(-200), 2, 0), d(-2)},
		{"round", RoundDecimal(&f, d(250), 2, 0), d(3)},
		{"round negative", RoundDecimal(&f, d(-250), 2, 0), d(-3)},
		{"round to", RoundDecimalTo(&f, d(12345), 3, 2, 3), d(12350)},
		{"round to all", RoundDecimalTo(&f, d(12345), 3, 5, 3), d(12345)},
		{"round to tens", RoundDecimalTo(&f, d(12345), 2, -1, 2), d(12000)},
		{"round to far", RoundDecimalTo(&f, d(12345), 2, -40, 2), d(0)},
		{"trunc", TruncDecimal(d(-199), 2, 0), d(-1)},
		{"trunc to", TruncDecimalTo(d(12349), 3, 2, 3), d(12340)},
		{"trunc to tens", TruncDecimalTo(d(-12999), 2, -1, 2), d(-12000)},
		{"trunc to all", TruncDecimalTo(d(12349), 3, 9, 3), d(12349)},
		{"trunc to far", TruncDecimalTo(d(12349), 3, -60, 3), d(0)},
		{"mod", mod(550, 2, 2, 0, 2), d(150)},
		{"mod negative", mod(-5, 0, 3, 0, 0), d(-2)},
		{"mod by zero", mod(5, 0, 0, 0, 0), d(-999)},
	}
	for _, c := range tests {
		if c.got != c.want {
			t.Errorf("%s = %s, want %s", c.what, c.got, c.want)
		}
	}
	if f.Failed() {
		t.Error(f.Take())
	}
}

func TestFloatFunctions(t *testing.T) {
	var f fault.Fault
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }
	tests := []struct {
		what      string
		got, want float64
	}{
		{"round", RoundFloat64(2.345, 1), 2.3},
		{"round half", RoundFloat64(-2.5, 0), -3},
		{"round tens", RoundFloat64(155, -1), 160},
		{"round far", RoundFloat64(155, 300), 155},
		{"round far left", RoundFloat64(155, -400), 0},
		{"trunc", TruncFloat64(-2.39, 1), -2.3},
		{"sqrt", Sqrt(&f, 9), 3},
		{"exp", Exp(&f, 1), math.E},
		{"ln", Ln(&f, math.E), 1},
		{"log10", Log10(&f, 1000), 3},
		{"log2", Log2(&f, 8), 3},
		{"log", Log(&f, 2, 32), 5},
		{"log of base 10", Log(&f, 10, 1000), 3},
		{"asin", Asin(&f, 1), math.Pi / 2},
		{"acos", Acos(&f, 1), 0},
		{"degrees", Degrees(math.Pi), 180},
		{"radians", Radians(180), math.Pi},
		{"pi", Pi(), math.Pi},
	}
	for _, c := range tests {
		if !near(c.got, c.want) {
			t.Errorf("%s = %v, want %v", c.what, c.got, c.want)
		}
	}
	if f.Failed() {
		t.Error(f.Take())
	}
	for name, call := range map[string]func(){
		"sqrt":  func() { Sqrt(&f, -1) },
		"exp":   func() { Exp(&f, 1000) },
		"ln":    func() { Ln(&f, 0) },
		"log10": func() { Log10(&f, -1) },
		"log2":  func() { Log2(&f, 0) },
		"log":   func() { Log(&f, 1, 5) },
		"asin":  func() { Asin(&f, 2) },
		"acos":  func() { Acos(&f, -2) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
	if !math.IsNaN(Sqrt(&f, math.NaN())) || !math.IsInf(Exp(&f, math.Inf(1)), 1) || f.Failed() {
		t.Error("NaN and infinity do not pass through")
	}
}

func TestIntegerFunctions(t *testing.T) {
	var f fault.Fault
	if AbsInt32(&f, -3) != 3 || AbsInt64(&f, 3) != 3 || RoundInt64(&f, 155, -1) != 160 || RoundInt64(&f, 155, 2) != 155 || f.Failed() {
		t.Error("abs or round")
	}
	for name, call := range map[string]func(){
		"abs 32": func() { AbsInt32(&f, math.MinInt32) },
		"abs 64": func() { AbsInt64(&f, math.MinInt64) },
		"round":  func() { RoundInt64(&f, math.MaxInt64, -1) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
	if v, ok := ModInt32OrNull(-7, 3); v != -1 || !ok {
		t.Errorf("mod = %d", v)
	}
	if _, ok := ModInt64OrNull(7, 0); ok {
		t.Error("mod by zero")
	}
	if v, ok := ModFloat64OrNull(5.5, 2); v != 1.5 || !ok {
		t.Errorf("mod = %v", v)
	}
	if _, ok := ModFloat64OrNull(5.5, 0); ok {
		t.Error("mod by zero")
	}
	if SignInt64(-9) != -1 || SignInt64(0) != 0 || SignInt64(9) != 1 || SignFloat64(-0.5) != -1 || SignFloat64(math.NaN()) != 0 || SignFloat64(2) != 1 || SignDecimal(decimal.FromInt64(-3), 2) != -1 {
		t.Error("sign")
	}
}
