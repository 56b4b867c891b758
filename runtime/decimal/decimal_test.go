package decimal

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/fault"
)

// toBig returns x as a big.Int.
func toBig(x Int128) *big.Int {
	b := big.NewInt(x.Hi)
	b.Lsh(b, 64)
	return b.Add(b, new(big.Int).SetUint64(x.Lo))
}

// fromBig returns b modulo 2^128.
func fromBig(b *big.Int) Int128 {
	lo := new(big.Int).And(b, new(big.Int).SetUint64(math.MaxUint64))
	hi := new(big.Int).Rsh(b, 64)
	hi.And(hi, new(big.Int).SetUint64(math.MaxUint64))
	return Int128{int64(hi.Uint64()), lo.Uint64()}
}

func bigTen(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// inRange reports |b| < 10^38.
func inRange(b *big.Int) bool { return new(big.Int).Abs(b).Cmp(bigTen(38)) < 0 }

// divHalfAway returns a/b rounded half away from zero.
func divHalfAway(a, b *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(a, b, new(big.Int))
	if r.Abs(r).Lsh(r, 1).CmpAbs(b) >= 0 {
		q.Add(q, big.NewInt(int64(a.Sign()*b.Sign())))
	}
	return q
}

// edges are values at the boundaries of digits and words.
func edges() []Int128 {
	var out []Int128
	for _, n := range []int{0, 1, 2, 17, 18, 19, 20, 37, 38} {
		for d := int64(-1); d <= 1; d++ {
			b := new(big.Int).Add(bigTen(n), big.NewInt(d))
			if inRange(b) {
				x := fromBig(b)
				out = append(out, x, x.Neg())
			}
		}
	}
	for _, n := range []uint{31, 32, 62, 63, 64, 65, 126} {
		for d := int64(-1); d <= 1; d++ {
			b := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), n), big.NewInt(d))
			x := fromBig(b)
			out = append(out, x, x.Neg())
		}
	}
	return out
}

// any38 returns a random value of a random number of digits.
func any38(r *rand.Rand) Int128 {
	m := uint128{r.Uint64(), r.Uint64()}
	_, rem, _ := m.widen().div(ten(1 + r.IntN(38)))
	return signed(r.IntN(2) == 0, rem)
}

// pairsOf calls check with all pairs of edges and many random ones.
func pairsOf(check func(a, b Int128)) {
	es := edges()
	for _, a := range es {
		for _, b := range es {
			check(a, b)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		check(any38(r), any38(r))
	}
}

// want compares a result with the exact one, which may be out of range.
func want(t *testing.T, what string, got Int128, f *fault.Fault, exact *big.Int, args ...any) {
	t.Helper()
	failed := f.Failed()
	f.Take()
	if failed != !inRange(exact) {
		t.Fatalf("%s%v: failed = %v, exact result %s", what, args, failed, exact)
	}
	if !failed && toBig(got).Cmp(exact) != 0 {
		t.Fatalf("%s%v = %s, want %s", what, args, got, exact)
	}
}

func TestArithmeticIsExact(t *testing.T) {
	var f fault.Fault
	r := rand.New(rand.NewPCG(3, 4))
	pairsOf(func(a, b Int128) {
		x, y := toBig(a), toBig(b)
		want(t, "Add", Add(&f, a, b), &f, new(big.Int).Add(x, y), a, b)
		want(t, "Sub", Sub(&f, a, b), &f, new(big.Int).Sub(x, y), a, b)
		if a.Cmp(b) != x.Cmp(y) || a.Less(b) != (x.Cmp(y) < 0) || a.Sign() != x.Sign() || a.IsInt64() != x.IsInt64() {
			t.Fatalf("comparison of %s and %s", a, b)
		}
		if !inRange(x) || !inRange(y) {
			return
		}
		p := new(big.Int).Mul(x, y)
		drop := r.IntN(39)
		want(t, "Mul", Mul(&f, a, b, 0), &f, p, a, b)
		want(t, "Mul", Mul(&f, a, b, drop), &f, divHalfAway(p, bigTen(drop)), a, b, drop)
		if y.Sign() == 0 {
			return
		}
		shift := r.IntN(77)
		want(t, "Div", Div(&f, a, b, shift), &f, divHalfAway(new(big.Int).Mul(x, bigTen(shift)), y), a, b, shift)
		want(t, "Div", Div(&f, a, b, -shift), &f, divHalfAway(x, new(big.Int).Mul(y, bigTen(shift))), a, b, -shift)
		q, rem := new(big.Int).QuoRem(x, y, new(big.Int))
		want(t, "Quo", Quo(a, b), &f, q, a, b)
		want(t, "Rem", Rem(a, b), &f, rem, a, b)
	})
}

func TestDivisionByZeroIsZero(t *testing.T) {
	var f fault.Fault
	a := FromInt64(5)
	if !Div(&f, a, Int128{}, 6).IsZero() || !Quo(a, Int128{}).IsZero() || !Rem(a, Int128{}).IsZero() || f.Failed() {
		t.Error("division by zero is not 0")
	}
}

func TestRescale(t *testing.T) {
	var f fault.Fault
	r := rand.New(rand.NewPCG(5, 6))
	values := edges()
	for range 20000 {
		values = append(values, any38(r))
	}
	for _, a := range values {
		x := toBig(a)
		if !inRange(x) {
			continue
		}
		from, to := r.IntN(39), r.IntN(39)
		var exact *big.Int
		lossless := true
		if to >= from {
			exact = new(big.Int).Mul(x, bigTen(to-from))
		} else {
			exact = divHalfAway(x, bigTen(from-to))
			lossless = new(big.Int).Rem(x, bigTen(from-to)).Sign() == 0
			want(t, "Trunc", Trunc(a, from, to), &f, new(big.Int).Quo(x, bigTen(from-to)), a, from, to)
		}
		want(t, "Rescale", Rescale(&f, a, from, to), &f, exact, a, from, to)
		got := RescaleExact(&f, a, from, to)
		if !lossless {
			if f.Take() == "" {
				t.Fatalf("RescaleExact(%s, %d, %d) = %s", a, from, to, got)
			}
			continue
		}
		want(t, "RescaleExact", got, &f, exact, a, from, to)
	}
}

func TestChecks(t *testing.T) {
	var f fault.Fault
	for _, a := range edges() {
		x := toBig(a)
		for p := 1; p <= 38; p++ {
			ok := new(big.Int).Abs(x).Cmp(bigTen(p)) < 0
			Check(&f, a, p)
			if (f.Take() == "") != ok {
				t.Fatalf("Check(%s, %d)", a, p)
			}
			if p <= 18 && a.IsInt64() {
				Check64(&f, int64(a.Lo), p)
				if (f.Take() == "") != ok {
					t.Fatalf("Check64(%s, %d)", a, p)
				}
			}
		}
		v := ToInt64(&f, a)
		if failed := f.Take() != ""; failed == x.IsInt64() || !failed && v != x.Int64() {
			t.Fatalf("ToInt64(%s) = %d", a, v)
		}
	}
	if Widen(-3) != FromInt64(-3) {
		t.Error("Widen")
	}
}

func TestNarrowArithmetic(t *testing.T) {
	var f fault.Fault
	const most = 999_999_999_999_999_999
	tests := []struct {
		name   string
		got    int64
		want   int64
		failed bool
	}{
		{"add", AddDec64(&f, most-1, 1), most, f.Take() != ""},
		{"sub", SubDec64(&f, -most, -1), -most + 1, f.Take() != ""},
		{"mul", MulDec64(&f, 15, -15, 1), -23, f.Take() != ""},
		{"div", DivDec64(&f, 2, 3, 6), 666667, f.Take() != ""},
		{"div by zero", DivDec64(&f, 2, 0, 6), 0, f.Take() != ""},
		{"rescale up", RescaleDec64(&f, 25, 1, 3), 2500, f.Take() != ""},
		{"rescale down", RescaleDec64(&f, -25, 1, 0), -3, f.Take() != ""},
	}
	for _, c := range tests {
		if c.got != c.want || c.failed {
			t.Errorf("%s = %d, want %d", c.name, c.got, c.want)
		}
	}
	for name, op := range map[string]func() int64{
		"add": func() int64 { return AddDec64(&f, most, 1) },
		"sub": func() int64 { return SubDec64(&f, -most, 1) },
		"mul": func() int64 { return MulDec64(&f, 1e9, 1e9, 0) },
		"div": func() int64 { return DivDec64(&f, most, 1, 1) },
	} {
		if got := op(); got != 0 || f.Take() == "" {
			t.Errorf("%s of too many digits = %d", name, got)
		}
	}
}

func TestMethods(t *testing.T) {
	pairsOf(func(a, b Int128) {
		x, y := toBig(a), toBig(b)
		if got := a.Add(b); got != fromBig(new(big.Int).Add(x, y)) {
			t.Fatalf("%s + %s = %s", a, b, got)
		}
		if got := a.Mul64(int64(b.Lo)); got != fromBig(new(big.Int).Mul(x, big.NewInt(int64(b.Lo)))) {
			t.Fatalf("%s * %d = %s", a, int64(b.Lo), got)
		}
		if got := MulInt64(int64(a.Lo), int64(b.Lo)); toBig(got).Cmp(new(big.Int).Mul(big.NewInt(int64(a.Lo)), big.NewInt(int64(b.Lo)))) != 0 {
			t.Fatalf("%d * %d = %s", int64(a.Lo), int64(b.Lo), got)
		}
		if toBig(a.Neg()).Cmp(new(big.Int).Neg(x)) != 0 || toBig(a.Abs()).Cmp(new(big.Int).Abs(x)) != 0 || a.String() != x.String() {
			t.Fatalf("Neg, Abs or String of %s", x)
		}
	})
}

func TestParse(t *testing.T) {
	nines := strings.Repeat("9", 38)
	tests := []struct {
		text string
		p, s int
		want string // "" if it is refused
		cast string // by ParseRound; "" if the same
	}{
		{"0", 1, 0, "0", ""},
		{"-0", 5, 2, "0", ""},
		{"12.5", 5, 2, "1250", ""},
		{"+12.5", 5, 2, "1250", ""},
		{"-.5", 5, 2, "-50", ""},
		{"5.", 5, 2, "500", ""},
		{"000012.50000000000000000000000000", 4, 2, "1250", ""},
		{"123.45", 5, 2, "12345", ""},
		{"1234.5", 5, 2, "", "-"},
		{"1.005", 5, 2, "", "101"},
		{"-1.005", 5, 2, "", "-101"},
		{"1.00499999999999999999999999999999999999999", 5, 2, "", "100"},
		{"999.995", 5, 2, "", "-"},
		{"0.005", 5, 2, "", "1"},
		{"0.0049", 5, 2, "", "0"},
		{"0.0005", 5, 2, "", "0"},
		{"1e2", 5, 2, "10000", ""},
		{"1.5E+2", 5, 2, "15000", ""},
		{"1500e-3", 5, 2, "150", ""},
		{"1e3", 5, 2, "", "-"},
		{"1e-3", 5, 2, "", "0"},
		{"0e999999999999999999999", 5, 2, "0", ""},
		{"1e999999999999999999999", 5, 2, "", "-"},
		{"1e-999999999999999999999", 5, 2, "", "0"},
		{nines, 38, 0, nines, ""},
		{"-" + nines[:20] + "." + nines[:18], 38, 18, "-" + nines, ""},
		{"1" + nines, 38, 0, "", "-"},
		{nines + ".5", 38, 0, "", "-"},
		{"999999999999999999", 18, 0, "999999999999999999", ""},
		{"1000000000000000000", 18, 0, "", "-"},
		{"9999999999999999999", 19, 0, "9999999999999999999", ""},
		{"", 5, 2, "", "-"},
		{"-", 5, 2, "", "-"},
		{".", 5, 2, "", "-"},
		{"1.2.3", 5, 2, "", "-"},
		{"1 ", 5, 2, "", "-"},
		{"1e", 5, 2, "", "-"},
		{"1e+", 5, 2, "", "-"},
		{"1e5x", 5, 2, "", "-"},
		{"--1", 5, 2, "", "-"},
		{"0x10", 5, 2, "", "-"},
		{"NaN", 5, 2, "", "-"},
	}
	for _, c := range tests {
		got, ok := Parse(c.text, c.p, c.s)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("Parse(%q, %d, %d) = %s, %v; want %q", c.text, c.p, c.s, got, ok, c.want)
		}
		if c.p <= 18 {
			v, ok64 := Parse64(c.text, c.p, c.s)
			if ok64 != ok || FromInt64(v) != got {
				t.Errorf("Parse64(%q, %d, %d) = %d, %v", c.text, c.p, c.s, v, ok64)
			}
		}
		cast := c.cast
		if cast == "" {
			cast = c.want
		}
		got, ok = ParseRound(c.text, c.p, c.s)
		if ok != (cast != "-") || ok && got.String() != cast {
			t.Errorf("ParseRound(%q, %d, %d) = %s, %v; want %q", c.text, c.p, c.s, got, ok, cast)
		}
	}
}

func TestAppend(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	values := edges()
	for range 5000 {
		values = append(values, any38(r))
	}
	for _, x := range values {
		s := r.IntN(39)
		want := new(big.Rat).SetFrac(toBig(x), bigTen(s)).FloatString(s)
		if x.IsZero() {
			want = strings.TrimPrefix(want, "-")
		}
		if got := string(Append(nil, x, s)); got != want {
			t.Fatalf("Append(%s, %d) = %s, want %s", toBig(x), s, got, want)
		}
		if x.IsInt64() {
			s %= 19
			want := new(big.Rat).SetFrac(toBig(x), bigTen(s)).FloatString(s)
			if got := string(Append64(nil, int64(x.Lo), s)); got != want {
				t.Fatalf("Append64(%s, %d) = %s, want %s", toBig(x), s, got, want)
			}
		}
	}
}

func TestToFloat(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	values := edges()
	for range 5000 {
		values = append(values, any38(r))
	}
	for _, x := range values {
		s := r.IntN(39)
		want, _ := new(big.Rat).SetFrac(toBig(x), bigTen(s)).Float64()
		if got := Float64(x, s); got != want {
			t.Fatalf("Float64(%s, %d) = %v, want %v", toBig(x), s, got, want)
		}
		if s %= 19; x.IsInt64() {
			want, _ := new(big.Rat).SetFrac(toBig(x), bigTen(s)).Float64()
			if got := Float64From64(int64(x.Lo), s); got != want {
				t.Fatalf("Float64From64(%s, %d) = %v, want %v", toBig(x), s, got, want)
			}
		}
	}
}

func TestFromFloat(t *testing.T) {
	var f fault.Fault
	r := rand.New(rand.NewPCG(11, 12))
	values := []float64{0, 1, -1, 0.5, -0.5, 0.125, 2.5, 1e15, 1e37, 9.9e37, 1e38, -1e38, 1e39, 1e300, 5e-324, math.MaxFloat64, 0.15, 1.005, 1 << 53, 1 << 62, 1 << 63, 1 << 64, 1 << 126, 1 << 127}
	for range 20000 {
		v := math.Ldexp(r.Float64()*2-1, r.IntN(300)-150)
		values = append(values, v, math.Round(v), math.Round(v*1000)/1000)
	}
	for _, v := range values {
		p := 1 + r.IntN(38)
		s := r.IntN(p + 1)
		x := new(big.Rat).SetFloat64(v)
		exact := divHalfAway(new(big.Int).Mul(x.Num(), bigTen(s)), x.Denom())
		ok := new(big.Int).Abs(exact).Cmp(bigTen(p)) < 0
		got := FromFloat64(&f, v, p, s)
		if failed := f.Take() != ""; failed == ok || ok && toBig(got).Cmp(exact) != 0 {
			t.Fatalf("FromFloat64(%v, %d, %d) = %s, failed %v; want %s", v, p, s, got, failed, exact)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if FromFloat64(&f, v, 38, 0); f.Take() == "" {
			t.Errorf("FromFloat64(%v) does not fail", v)
		}
	}
}

func TestSums(t *testing.T) {
	var f fault.Fault
	r := rand.New(rand.NewPCG(13, 14))
	var s64, o64 Sum64
	var s, o Sum
	exact64, exact := new(big.Int), new(big.Int)
	for i := range 20000 {
		x := any38(r)
		v := int64(x.Lo)
		switch i % 4 {
		case 0:
			o64.Add(v)
			o.Add(x)
		case 1:
			s64.Remove(v)
			s.Remove(x)
			exact64.Sub(exact64, big.NewInt(v))
			exact.Sub(exact, toBig(x))
			continue
		default:
			s64.Add(v)
			s.Add(x)
		}
		exact64.Add(exact64, big.NewInt(v))
		exact.Add(exact, toBig(x))
	}
	s64.Merge(&o64)
	s.Merge(&o)
	if toBig(s64.Total()).Cmp(exact64) != 0 {
		t.Fatalf("Sum64 = %s, want %s", s64.Total(), exact64)
	}
	want(t, "Sum64", s64.Value(&f), &f, exact64)
	want(t, "Sum", s.Value(&f), &f, exact)
	n := int64(12345)
	up := func(b *big.Int) *big.Int { return new(big.Int).Mul(b, bigTen(4)) }
	want(t, "Average", s64.Average(&f, n, 2, 6), &f, divHalfAway(up(exact64), big.NewInt(n)))
	want(t, "Average", s.Average(&f, n, 2, 6), &f, divHalfAway(up(exact), big.NewInt(n)))
	if !s.Average(&f, 0, 2, 6).IsZero() {
		t.Error("average of no rows")
	}
}

func TestSumOverflowIsFound(t *testing.T) {
	var f fault.Fault
	var s Sum
	most := fromBig(new(big.Int).Sub(bigTen(38), big.NewInt(1)))
	for range 1000 {
		s.Add(most)
	}
	if s.Value(&f); f.Take() == "" {
		t.Error("a sum of 41 digits does not fail")
	}
	if got := s.Average(&f, 1000, 0, 0); got != most || f.Failed() {
		t.Errorf("average = %s", got)
	}
	for range 999 {
		s.Remove(most)
	}
	if got := s.Value(&f); got != most || f.Failed() {
		t.Errorf("after removal %s", got)
	}
}

func TestNoAllocation(t *testing.T) {
	var f fault.Fault
	a, b := FromInt64(math.MaxInt64).Mul64(1e15), FromInt64(-7)
	buf := make([]byte, 0, 64)
	n := testing.AllocsPerRun(100, func() {
		Mul(&f, a, b, 10)
		Div(&f, a, b, 3)
		Rescale(&f, a, 9, 2)
		Parse64("123.45", 9, 2)
		Parse("-1234567890123456789012345.5e1", 38, 4)
		buf = Append(buf[:0], a, 20)
		Float64(a, 30)
		FromFloat64(&f, 1.25, 18, 4)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-12.50", "1e3", "1500e-3", ".5", "5.", "99999999999999999999999999999999999999", "1.005", "+0e9"} {
		f.Add(s, uint8(38), uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, p, s uint8) {
		p = p%38 + 1
		s %= p + 1
		got, ok := ParseRound(text, int(p), int(s))
		exact, isNumber := rational(text)
		if !isNumber {
			if ok {
				t.Fatalf("ParseRound(%q) = %s", text, got)
			}
			return
		}
		if exact == nil {
			return // too large to check
		}
		scaled := new(big.Rat).Mul(exact, new(big.Rat).SetInt(bigTen(int(s))))
		whole := divHalfAway(scaled.Num(), scaled.Denom())
		fits := new(big.Int).Abs(whole).Cmp(bigTen(int(p))) < 0
		if ok != fits || ok && toBig(got).Cmp(whole) != 0 {
			t.Fatalf("ParseRound(%q, %d, %d) = %s, %v; want %s", text, p, s, got, ok, whole)
		}
		strict, ok := Parse(text, int(p), int(s))
		if ok != (fits && scaled.IsInt()) || ok && strict != got {
			t.Fatalf("Parse(%q, %d, %d) = %s, %v", text, p, s, strict, ok)
		}
		if p <= 18 {
			if v, ok64 := Parse64(text, int(p), int(s)); ok64 != ok || FromInt64(v) != strict {
				t.Fatalf("Parse64(%q, %d, %d) = %d, %v; Parse %s, %v", text, p, s, v, ok64, strict, ok)
			}
		}
		if ok {
			again, ok := Parse(string(Append(nil, strict, int(s))), int(p), int(s))
			if !ok || again != strict {
				t.Fatalf("%q does not come back", Append(nil, strict, int(s)))
			}
		}
	})
}

// rational returns the value of a number, nil if its exponent is very large.
func rational(text string) (*big.Rat, bool) {
	rest := strings.TrimLeft(text, "+-")
	if len(text)-len(rest) > 1 {
		return nil, false
	}
	mantissa, exp := rest, ""
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		mantissa, exp = rest[:i], strings.TrimPrefix(rest[i+1:], "+")
		if strings.HasPrefix(rest[i+1:], "+-") || exp == "" || strings.Trim(strings.TrimPrefix(exp, "-"), "0123456789") != "" || strings.TrimPrefix(exp, "-") == "" {
			return nil, false
		}
	}
	if strings.Trim(mantissa, "0123456789.") != "" || strings.Count(mantissa, ".") > 1 || strings.Trim(mantissa, ".") == "" {
		return nil, false
	}
	e := 0
	if exp != "" {
		v, err := strconv.Atoi(exp)
		if err != nil || v > 300 || v < -300 {
			return nil, true
		}
		e = v
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	n, _ := new(big.Int).SetString("0"+whole+frac, 10)
	r := new(big.Rat).SetInt(n)
	e -= len(frac)
	if e >= 0 {
		r.Mul(r, new(big.Rat).SetInt(bigTen(e)))
	} else {
		r.Quo(r, new(big.Rat).SetInt(bigTen(-e)))
	}
	if strings.HasPrefix(text, "-") {
		r.Neg(r)
	}
	return r, true
}

func BenchmarkAppend64(b *testing.B) {
	buf := make([]byte, 0, 64)
	for i := range b.N {
		buf = Append64(buf[:0], int64(i)*1237, 4)
	}
}

func BenchmarkParse64(b *testing.B) {
	for range b.N {
		Parse64("12345.6789", 18, 4)
	}
}
