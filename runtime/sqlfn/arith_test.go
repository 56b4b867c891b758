package sqlfn

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestIntegersAreChecked(t *testing.T) {
	var f fault.Fault
	edge := []int64{0, 1, -1, 2, -2, 10, math.MaxInt32, math.MinInt32, math.MaxInt32 + 1, math.MinInt32 - 1, math.MaxInt64, math.MinInt64, math.MaxInt64 - 1, math.MinInt64 + 1, 3037000500, -3037000500}
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		edge = append(edge, int64(r.Uint64())>>r.IntN(64))
	}
	check := func(name string, got int64, want *big.Int, fits bool, a, b int64) {
		t.Helper()
		failed := f.Take() != ""
		if failed == fits || fits && got != want.Int64() || failed && got != 0 {
			t.Fatalf("%s(%d, %d) = %d, failed %v; want %s", name, a, b, got, failed, want)
		}
	}
	for _, a := range edge {
		for _, b := range edge[:40] {
			x, y := big.NewInt(a), big.NewInt(b)
			for name, op := range map[string]struct {
				got  func(*fault.Fault, int64, int64) int64
				want func(x, y *big.Int) *big.Int
			}{
				"AddInt64": {AddInt64, new(big.Int).Add},
				"SubInt64": {SubInt64, new(big.Int).Sub},
				"MulInt64": {MulInt64, new(big.Int).Mul},
				"DivInt64": {DivInt64, quoOrZero},
				"ModInt64": {ModInt64, remOrZero},
			} {
				w := op.want(x, y)
				check(name, op.got(&f, a, b), w, w.IsInt64(), a, b)
			}
			p, q := int32(a), int32(b)
			x, y = big.NewInt(int64(p)), big.NewInt(int64(q))
			for name, op := range map[string]struct {
				got  func(*fault.Fault, int32, int32) int32
				want func(x, y *big.Int) *big.Int
			}{
				"AddInt32": {AddInt32, new(big.Int).Add},
				"SubInt32": {SubInt32, new(big.Int).Sub},
				"MulInt32": {MulInt32, new(big.Int).Mul},
				"DivInt32": {DivInt32, quoOrZero},
				"ModInt32": {ModInt32, remOrZero},
			} {
				w := op.want(x, y)
				check(name, int64(op.got(&f, p, q)), w, w.IsInt64() && w.Int64() == int64(int32(w.Int64())), int64(p), int64(q))
			}
		}
		n := new(big.Int).Neg(big.NewInt(a))
		check("NegInt64", NegInt64(&f, a), n, n.IsInt64(), a, 0)
		n = new(big.Int).Neg(big.NewInt(int64(int32(a))))
		check("NegInt32", int64(NegInt32(&f, int32(a))), n, n.Int64() <= math.MaxInt32, a, 0)
	}
}

func quoOrZero(x, y *big.Int) *big.Int {
	if y.Sign() == 0 {
		return new(big.Int)
	}
	return new(big.Int).Quo(x, y)
}

func remOrZero(x, y *big.Int) *big.Int {
	if y.Sign() == 0 {
		return new(big.Int)
	}
	return new(big.Int).Rem(x, y)
}

func TestFloatOrder(t *testing.T) {
	order := []float64{math.Inf(-1), -1, 0, 1, math.Inf(1), math.NaN()}
	for i, a := range order {
		for j, b := range order {
			c := CompareFloat(a, b)
			if c < 0 != (i < j) || c > 0 != (i > j) || EqFloat(a, b) != (i == j) || LessFloat(a, b) != (i < j) {
				t.Errorf("order of %v and %v: %d", a, b, c)
			}
		}
	}
	if CompareFloat(0, math.Copysign(0, -1)) != 0 || BoolRank(true) <= BoolRank(false) {
		t.Error("zeros or booleans")
	}
}

func TestFloatDivision(t *testing.T) {
	if DivFloat64(5, 2.0) != 2.5 || DivFloat64(1, 0.0) != 0 || ModFloat64(5.5, -2) != 1.5 || ModFloat64(1, 0.0) != 0 || DivFloat64(float32(1), 4) != 0.25 {
		t.Error("float division")
	}
}

func TestPower(t *testing.T) {
	var f fault.Fault
	if got := Power(&f, 2, 10); got != 1024 || f.Failed() {
		t.Errorf("2^10 = %v", got)
	}
	for _, c := range [][2]float64{{0, -1}, {-8, 1.0 / 3}, {10, 400}} {
		if got := Power(&f, c[0], c[1]); got != 0 || f.Take() == "" {
			t.Errorf("%v^%v = %v", c[0], c[1], got)
		}
	}
}
