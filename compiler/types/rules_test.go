package types

import "testing"

var (
	i32, i64   = Of(Int), Of(BigInt)
	f32, f64   = Of(Float), Of(Double)
	text, null = Of(String), Of(Null)
	day, stamp = Of(Date), Of(Timestamp)
)

func TestCommon(t *testing.T) {
	for _, c := range []struct {
		a, b, want Type
		ok         bool
	}{
		{i32, i32, i32, true},
		{i32, i64, i64, true},
		{i64, f32, f64, true},
		{f32, f32, f32, true},
		{f32, f64, f64, true},
		{i32, Dec(10, 2), Dec(12, 2), true},
		{Dec(10, 2), Dec(5, 4), Dec(12, 4), true},
		{Dec(38, 0), Dec(10, 2), Dec(40, 2), false},
		{Dec(10, 2), f64, f64, true},
		{null, text, text, true},
		{day, stamp, stamp, true},
		{stamp, i64, Type{}, false},
		{text, i32, Type{}, false},
		{Of(Boolean), i32, Type{}, false},
	} {
		for range 2 {
			got, ok := Common(c.a, c.b)
			if ok != c.ok || !got.Equal(c.want) {
				t.Errorf("Common(%s, %s) = %s, %t; want %s, %t", c.a, c.b, got, ok, c.want, c.ok)
			}
			c.a, c.b = c.b, c.a
		}
	}
	if got, ok := Comparable(stamp, i64); !ok || !got.Equal(stamp) {
		t.Errorf("Comparable(TIMESTAMP, BIGINT) = %s, %t", got, ok)
	}
	if !TooWide(Dec(38, 0), Dec(10, 2)) || TooWide(text, i32) {
		t.Error("TooWide")
	}
}

func TestArithmetic(t *testing.T) {
	div := func(x, y Type) (Arithmetic, bool) { return Div(x, y), true }
	for _, c := range []struct {
		name string
		f    func(x, y Type) (Arithmetic, bool)
		x, y Type
		want Type
		ok   bool
	}{
		{"+", AddSub, i32, i32, i32, true},
		{"+", AddSub, i32, i64, i64, true},
		{"+", AddSub, i32, f32, f64, true},
		{"+", AddSub, Dec(10, 2), Dec(8, 4), Dec(13, 4), true},
		{"+", AddSub, Dec(38, 2), Dec(10, 2), Dec(38, 2), true},
		{"+", AddSub, Dec(38, 0), Dec(10, 2), Dec(40, 2), false},
		{"*", Mul, Dec(10, 2), Dec(8, 4), Dec(18, 6), true},
		{"*", Mul, Dec(10, 2), i32, Dec(20, 2), true},
		{"*", Mul, Dec(30, 2), Dec(10, 2), Dec(40, 4), false},
		{"*", Mul, Dec(30, 2), f64, f64, true},
		{"/", div, i32, i32, f64, true},
		{"/", div, Dec(10, 2), Dec(3, 0), Dec(14, 6), true},
		{"/", div, Dec(10, 2), i32, Dec(21, 13), true},
		{"/", div, Dec(38, 10), Dec(38, 10), Dec(38, 6), true},
		{"/", div, Dec(10, 2), f64, f64, true},
		{"DIV", IntDiv, i32, i64, i64, true},
		{"DIV", IntDiv, Dec(10, 2), Dec(3, 1), Dec(9, 0), true},
		{"DIV", IntDiv, f64, i32, Type{}, false},
		{"%", Mod, i64, i32, i64, true},
		{"%", Mod, Dec(10, 2), Dec(3, 0), Dec(5, 2), true},
		{"%", Mod, f64, i32, f64, true},
	} {
		got, ok := c.f(c.x, c.y)
		if ok != c.ok || !got.Result.Equal(c.want) {
			t.Errorf("%s %s %s = %s, %t; want %s, %t", c.x, c.name, c.y, got.Result, ok, c.want, c.ok)
		}
	}
}

func TestWidening(t *testing.T) {
	for _, c := range []struct {
		from Type
		to   Kind
		cost int
		ok   bool
	}{
		{i32, Int, 0, true},
		{i32, BigInt, 1, true},
		{i32, Double, 4, true},
		{Dec(5, 2), Double, 2, true},
		{null, String, 0, true},
		{day, Timestamp, 1, true},
		{i64, Int, 0, false},
		{i64, Float, 0, false},
		{f64, Decimal, 0, false},
		{text, Int, 0, false},
	} {
		if cost, ok := Widening(c.from, c.to); cost != c.cost || ok != c.ok {
			t.Errorf("Widening(%s, %s) = %d, %t; want %d, %t", c.from, c.to, cost, ok, c.cost, c.ok)
		}
	}
}

func TestCasts(t *testing.T) {
	for _, c := range []struct {
		from, to   Type
		can, fails bool
	}{
		{i32, i64, true, false},
		{i64, i32, true, true},
		{i32, text, true, false},
		{text, i32, true, true},
		{Dec(10, 2), Dec(12, 2), true, false},
		{Dec(10, 2), Dec(10, 1), true, true},
		{i64, Dec(19, 0), true, false},
		{i64, Dec(18, 0), true, true},
		{f64, i32, true, true},
		{stamp, day, true, false},
		{day, stamp, true, false},
		{stamp, Of(Boolean), false, false},
		{null, stamp, true, false},
	} {
		if got := CanCast(c.from, c.to); got != c.can {
			t.Errorf("CanCast(%s, %s) = %t", c.from, c.to, got)
		}
		if got := CastFails(c.from, c.to); c.can && got != c.fails {
			t.Errorf("CastFails(%s, %s) = %t", c.from, c.to, got)
		}
	}
}

func TestNamed(t *testing.T) {
	for _, n := range Names() {
		if _, ok := Named(n); !ok {
			t.Errorf("Names has %s, Named does not", n)
		}
	}
	if got, _ := Named("NUMERIC"); !got.Equal(Dec(38, 9)) {
		t.Errorf("NUMERIC = %s", got)
	}
}
