package sketch

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestDistinctIsClose(t *testing.T) {
	for _, n := range []int{1, 10, 1000, 100_000} {
		var texts, ints, half Distinct
		for i := range n {
			texts.AddText(fmt.Sprint("user ", i))
			ints.AddInt(int64(i))
			ints.AddInt(int64(i / 2))
			if i%2 == 0 {
				half.AddInt(int64(i + n/2))
			}
		}
		for name, s := range map[string]*Distinct{"texts": &texts, "integers": &ints} {
			if got := float64(s.Value()); math.Abs(got-float64(n)) > 0.03*float64(n) {
				t.Errorf("%s: %v of %d", name, got, n)
			}
		}
		ints.Merge(&half)
		want := float64(n) + float64(n/4)
		if got := float64(ints.Value()); math.Abs(got-want) > 0.03*want+1 {
			t.Errorf("merged: %v, want %v", got, want)
		}
	}
	var none Distinct
	if none.Value() != 0 {
		t.Error("something is counted")
	}
}

func TestQuantileIsClose(t *testing.T) {
	var a, b, all Quantile
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 50_000 {
		x := r.Float64() * 1000
		all.Add(x)
		if i%2 == 0 {
			a.Add(x)
		} else {
			b.Add(x)
		}
	}
	all.Add(math.NaN())
	a.Merge(&b)
	for _, q := range []float64{0.01, 0.25, 0.5, 0.9, 0.99} {
		for name, s := range map[string]*Quantile{"all": &all, "merged": &a} {
			if got, ok := s.Value(q, false); !ok || math.Abs(got-1000*q) > 10 {
				t.Errorf("%s: %v at %v", name, got, q)
			}
		}
	}
	if got, _ := all.Value(0.9, true); math.Abs(got-100) > 10 {
		t.Errorf("%v from the top", got)
	}
	var none Quantile
	if _, ok := none.Value(0.5, false); ok {
		t.Error("a value of nothing")
	}
}

func TestQuantileIsTheSameInEveryRun(t *testing.T) {
	run := func() float64 {
		var s Quantile
		for i := range 5000 {
			s.Add(float64(i * 7919 % 5003))
		}
		x, _ := s.Value(0.37, false)
		return x
	}
	if run() != run() {
		t.Error("two runs differ")
	}
}

func BenchmarkQuantile(b *testing.B) {
	b.ReportAllocs()
	var s Quantile
	x := 0.5
	for b.Loop() {
		x = math.Mod(x*1.37+0.11, 1000)
		s.Add(x)
	}
}

func BenchmarkDistinct(b *testing.B) {
	b.ReportAllocs()
	var s Distinct
	i := int64(0)
	for b.Loop() {
		i++
		s.AddInt(i)
	}
}
