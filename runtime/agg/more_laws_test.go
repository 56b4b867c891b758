package agg

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/sqlfn"
)

func TestPercentilesByHand(t *testing.T) {
	xs := []float64{4, 1, math.NaN(), 3, 2}
	var s Floats
	for i, x := range xs {
		s.Add(x)
		sorted := slices.SortedFunc(slices.Values(xs[:i+1]), sqlfn.CompareFloat)
		if got, _ := s.Disc(0, false); got != sorted[0] {
			t.Errorf("the lowest of %v is %v", xs[:i+1], got)
		}
	}
	for _, c := range []struct {
		fraction   float64
		down       bool
		cont, disc float64
	}{
		{0, false, 1, 1}, {0.5, false, 3, 3}, {0.25, false, 2, 2}, {0.3, false, 2.2, 2}, {0.75, false, 4, 4}, {0.75, true, 2, 2}, {1, true, 1, 1},
	} {
		cont, ok := s.Cont(c.fraction, c.down)
		disc, _ := s.Disc(c.fraction, c.down)
		if !ok || math.Abs(cont-c.cont) > 1e-12 || disc != c.disc {
			t.Errorf("at %v: %v and %v, want %v and %v", c.fraction, cont, disc, c.cont, c.disc)
		}
	}
	if x, _ := s.Cont(1, false); x == x {
		t.Errorf("the highest is %v, not NaN", x)
	}
	var same Floats
	same.Add(math.Inf(1))
	same.Add(math.Inf(1))
	if x, _ := same.Median(); !math.IsInf(x, 1) {
		t.Errorf("the median of infinities is %v", x)
	}
}

func TestPairByHand(t *testing.T) {
	var s Pair
	for i := range 10 {
		x := float64(i)
		s.Add(3*x+1+math.Sin(x), x)
	}
	s.Add(math.NaN(), 1)
	if r, ok := s.Corr(); !ok || r == r {
		t.Error("NaN is lost")
	}
	s.Remove(math.NaN(), 1)
	for name, c := range map[string]struct {
		read func() (float64, bool)
		want float64
	}{ // computed with two passes
		"slope": {s.Slope, 3.0122363}, "intercept": {s.Intercept, 1.1404575}, "r2": {s.R2, 0.9942742}, "corr": {s.Corr, 0.9971330},
		"covar_samp": {s.CovarSamp, 27.6121664}, "avgx": {s.AvgX, 4.5},
	} {
		if got, ok := c.read(); !ok || math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%s is %v, want %v", name, got, c.want)
		}
	}
}

func TestSortedTextKeepsItsRows(t *testing.T) {
	var s StringAggBy
	buf := []byte("b1")
	key := []byte{2}
	s.Add(view(buf[:1]), "+", key)
	buf[0], key[0] = 'a', 1
	s.Add(view(buf), "-", key)
	s.Add("c", "*", []byte{1})
	if got := s.Value(); got != "a1*c+b" {
		t.Error(got)
	}
	var by By[string, string]
	by.Highest(view(buf), view(buf))
	buf[0] = 'z'
	if by.Value() != "a1" {
		t.Error("a kept text changes with the buffer")
	}
}

func TestNewStatesDoNotAllocatePerRow(t *testing.T) {
	var by By[int64, int64]
	var last LastOrNullText
	var pair Pair
	var mode Mode[string]
	var floats Floats
	last.Add("a longer text", false)
	mode.Add("a")
	for range 1000 {
		floats.Add(1)
	}
	floats.xs = floats.xs[:0]
	i := int64(0)
	text := strings.Repeat("b", 10)
	if n := testing.AllocsPerRun(100, func() {
		i++
		by.HighestLast(i, i)
		last.Add(text, false)
		pair.Add(1, 2)
		mode.Add("a")
		floats.Add(float64(i))
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
