package agg

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// laws are what every state keeps: adding all rows to one state equals merging
// the states of its parts, and removing rows equals never having added them.
type laws[S, X any] struct {
	make   func(r *rand.Rand) X
	add    func(s *S, x X)
	merge  func(s, o *S)
	remove func(s *S, x X) // nil: the state cannot
	value  func(s *S) string
	// exact is the result of rows, computed another way; may be nil.
	exact func(xs []X) string
	near  float64 // not 0: values are numbers that differ by at most this, relative above 1
}

func (l laws[S, X]) check(t *testing.T) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 500 {
		xs := make([]X, r.IntN(20))
		for i := range xs {
			xs[i] = l.make(r)
		}
		var all S
		for _, x := range xs {
			l.add(&all, x)
		}
		want := l.value(&all)
		if l.exact != nil && len(xs) > 0 {
			l.same(t, round, "result", want, l.exact(xs))
		}
		var a, b S
		cut := r.IntN(len(xs) + 1)
		for i, x := range xs {
			if i < cut {
				l.add(&a, x)
			} else {
				l.add(&b, x)
			}
		}
		l.merge(&a, &b)
		l.same(t, round, "merged", l.value(&a), want)
		if l.remove == nil {
			continue
		}
		extra := make([]X, r.IntN(10))
		for i := range extra {
			extra[i] = l.make(r)
			l.add(&all, extra[i])
		}
		r.Shuffle(len(extra), func(i, j int) { extra[i], extra[j] = extra[j], extra[i] })
		for _, x := range extra {
			l.remove(&all, x)
		}
		l.same(t, round, "after removal", l.value(&all), want)
	}
}

func (l laws[S, X]) same(t *testing.T, round int, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	var a, b float64
	if l.near > 0 {
		_, err1 := fmt.Sscan(got, &a)
		_, err2 := fmt.Sscan(want, &b)
		if err1 == nil && err2 == nil && math.Abs(a-b) <= l.near*max(1, math.Abs(a), math.Abs(b)) {
			return
		}
	}
	t.Fatalf("round %d, %s: %s, want %s", round, what, got, want)
}

func show(v any, ok ...bool) string {
	if len(ok) > 0 && !ok[0] {
		return "NULL"
	}
	return fmt.Sprint(v)
}

// faulty shows a result that may fail.
func faulty[T any](read func(f *fault.Fault) T) string {
	var f fault.Fault
	v := read(&f)
	if f.Failed() {
		return f.Take()
	}
	return show(v)
}

func anyInt(r *rand.Rand) int64 { return int64(r.Uint64()) >> r.IntN(64) }

func anyDec(r *rand.Rand) decimal.Int128 {
	return decimal.MulInt64(anyInt(r), anyInt(r)>>4)
}

// anyFloat returns mostly numbers.
func anyFloat(r *rand.Rand) float64 {
	switch r.IntN(40) {
	case 0:
		return math.NaN()
	case 1:
		return math.Inf(1)
	case 2:
		return math.Inf(-1)
	}
	return (r.Float64() - 0.5) * 1000
}

func anyText(r *rand.Rand) string { return strings.Repeat(string(rune('a'+r.IntN(5))), r.IntN(4)) }

func TestSumLaws(t *testing.T) {
	t.Run("SumInt", laws[SumInt, int64]{
		make: anyInt, add: (*SumInt).Add, merge: (*SumInt).Merge, remove: (*SumInt).Remove,
		value: func(s *SumInt) string { return faulty(s.Value) },
	}.check)
	t.Run("Sum64", laws[decimal.Sum64, int64]{
		make: anyInt, add: (*decimal.Sum64).Add, merge: (*decimal.Sum64).Merge, remove: (*decimal.Sum64).Remove,
		value: func(s *decimal.Sum64) string { return faulty(s.Value) },
	}.check)
	t.Run("Sum", laws[decimal.Sum, decimal.Int128]{
		make: anyDec, add: (*decimal.Sum).Add, merge: (*decimal.Sum).Merge, remove: (*decimal.Sum).Remove,
		value: func(s *decimal.Sum) string { return faulty(s.Value) },
	}.check)
	t.Run("SumFloat", laws[SumFloat, float64]{
		make: anyFloat, add: (*SumFloat).Add, merge: (*SumFloat).Merge, remove: (*SumFloat).Remove, near: 1e-9,
		value: func(s *SumFloat) string { return show(s.Value()) },
		exact: func(xs []float64) string {
			sum := 0.0
			for _, x := range xs {
				sum += x
			}
			return show(sum)
		},
	}.check)
}

func TestAverageLaws(t *testing.T) {
	t.Run("AvgInt", laws[AvgInt, int64]{
		make: anyInt, add: (*AvgInt).Add, merge: (*AvgInt).Merge, remove: (*AvgInt).Remove,
		value: func(s *AvgInt) string { return show(s.Value()) },
	}.check)
	t.Run("AvgFloat", laws[AvgFloat, float64]{
		make: anyFloat, add: (*AvgFloat).Add, merge: (*AvgFloat).Merge, remove: (*AvgFloat).Remove, near: 1e-9,
		value: func(s *AvgFloat) string { return show(s.Value()) },
	}.check)
	t.Run("AvgDec64", laws[AvgDec64, int64]{
		make: anyInt, add: (*AvgDec64).Add, merge: (*AvgDec64).Merge, remove: (*AvgDec64).Remove,
		value: func(s *AvgDec64) string {
			return faulty(func(f *fault.Fault) decimal.Int128 { return s.Value(f, 2, 6) })
		},
	}.check)
	t.Run("AvgDec", laws[AvgDec, decimal.Int128]{
		make: anyDec, add: (*AvgDec).Add, merge: (*AvgDec).Merge, remove: (*AvgDec).Remove,
		value: func(s *AvgDec) string {
			return faulty(func(f *fault.Fault) decimal.Int128 { return s.Value(f, 7, 7) })
		},
	}.check)
}

func TestVarianceLaws(t *testing.T) {
	for name, read := range map[string]func(*Var) (float64, bool){
		"VarPop": (*Var).VarPop, "VarSamp": (*Var).VarSamp, "StddevPop": (*Var).StddevPop, "StddevSamp": (*Var).StddevSamp,
	} {
		t.Run(name, laws[Var, float64]{
			make: anyFloat, add: (*Var).Add, merge: (*Var).Merge, remove: (*Var).Remove, near: 1e-7,
			value: func(s *Var) string { return show(read(s)) },
			exact: func(xs []float64) string { return twoPass(name, xs) },
		}.check)
	}
}

// twoPass is the textbook variance.
func twoPass(name string, xs []float64) string {
	n, mean, m2 := float64(len(xs)), 0.0, 0.0
	for _, x := range xs {
		mean += x / n
	}
	for _, x := range xs {
		m2 += (x - mean) * (x - mean)
	}
	if strings.HasSuffix(name, "Samp") {
		n--
	}
	if n == 0 {
		return "NULL"
	}
	if m2 /= n; strings.HasPrefix(name, "Stddev") {
		m2 = math.Sqrt(m2)
	}
	return show(m2)
}

func best[X any](less func(a, b X) bool) func(xs []X) string {
	return func(xs []X) string {
		b := xs[0]
		for _, x := range xs {
			if less(x, b) {
				b = x
			}
		}
		return show(b)
	}
}

func TestExtremeLaws(t *testing.T) {
	lessFloat := func(a, b float64) bool { return a < b || a == a && b != b }
	t.Run("MinFloat", laws[MinFloat[float64], float64]{
		make: anyFloat, add: (*MinFloat[float64]).Add, merge: (*MinFloat[float64]).Merge,
		value: func(s *MinFloat[float64]) string { return show(s.Value()) }, exact: best(lessFloat),
	}.check)
	t.Run("MaxFloat", laws[MaxFloat[float64], float64]{
		make: anyFloat, add: (*MaxFloat[float64]).Add, merge: (*MaxFloat[float64]).Merge,
		value: func(s *MaxFloat[float64]) string { return show(s.Value()) }, exact: best(func(a, b float64) bool { return lessFloat(b, a) }),
	}.check)
	t.Run("Min", laws[Min[decimal.Int128], decimal.Int128]{
		make: anyDec, add: (*Min[decimal.Int128]).Add, merge: (*Min[decimal.Int128]).Merge,
		value: func(s *Min[decimal.Int128]) string { return show(s.Value()) }, exact: best(decimal.Int128.Less),
	}.check)
	anyInterval := func(r *rand.Rand) sqltime.Interval { return sqltime.Interval{Micros: anyInt(r)} }
	t.Run("Max", laws[Max[sqltime.Interval], sqltime.Interval]{
		make: anyInterval, add: (*Max[sqltime.Interval]).Add, merge: (*Max[sqltime.Interval]).Merge,
		value: func(s *Max[sqltime.Interval]) string { return show(s.Value()) },
		exact: best(func(a, b sqltime.Interval) bool { return a.Micros > b.Micros }),
	}.check)
	t.Run("MinText", laws[MinText, string]{
		make: anyText, add: (*MinText).Add, merge: (*MinText).Merge,
		value: func(s *MinText) string { return s.Value() }, exact: best(func(a, b string) bool { return a < b }),
	}.check)
	t.Run("MaxText", laws[MaxText, string]{
		make: anyText, add: (*MaxText).Add, merge: (*MaxText).Merge,
		value: func(s *MaxText) string { return s.Value() }, exact: best(func(a, b string) bool { return a > b }),
	}.check)
}

func TestEndLaws(t *testing.T) {
	first := func(xs []string) string { return xs[0] }
	last := func(xs []string) string { return xs[len(xs)-1] }
	anyBytes := func(r *rand.Rand) []byte { return []byte(anyText(r)) }
	t.Run("First", laws[First[string], string]{
		make: anyText, add: (*First[string]).Add, merge: (*First[string]).Merge, value: (*First[string]).Value, exact: first,
	}.check)
	t.Run("Last", laws[Last[string], string]{
		make: anyText, add: (*Last[string]).Add, merge: (*Last[string]).Merge, value: (*Last[string]).Value, exact: last,
	}.check)
	t.Run("FirstText", laws[FirstText, string]{
		make: anyText, add: (*FirstText).Add, merge: (*FirstText).Merge, value: (*FirstText).Value, exact: first,
	}.check)
	t.Run("LastText", laws[LastText, string]{
		make: anyText, add: (*LastText).Add, merge: (*LastText).Merge, value: (*LastText).Value, exact: last,
	}.check)
	t.Run("FirstBytes", laws[FirstBytes, []byte]{
		make: anyBytes, add: (*FirstBytes).Add, merge: (*FirstBytes).Merge, value: func(s *FirstBytes) string { return string(s.Value()) },
		exact: func(xs [][]byte) string { return string(xs[0]) },
	}.check)
	t.Run("LastBytes", laws[LastBytes, []byte]{
		make: anyBytes, add: (*LastBytes).Add, merge: (*LastBytes).Merge, value: func(s *LastBytes) string { return string(s.Value()) },
		exact: func(xs [][]byte) string { return string(xs[len(xs)-1]) },
	}.check)
	t.Run("StringAgg", laws[StringAgg, string]{
		make: anyText, add: (*StringAgg).AddComma, merge: (*StringAgg).Merge, value: (*StringAgg).Value,
		exact: func(xs []string) string { return strings.Join(xs, ",") },
	}.check)
}

func TestDistinctLaws(t *testing.T) {
	few := func(r *rand.Rand) int64 { return r.Int64N(8) }
	t.Run("CountDistinct", laws[CountDistinct[int64], int64]{
		make: few, add: (*CountDistinct[int64]).Add, merge: (*CountDistinct[int64]).Merge,
		value: func(s *CountDistinct[int64]) string { return show(s.Value()) },
		exact: func(xs []int64) string { return show(len(unique(xs, func(x int64) any { return x }))) },
	}.check)
	odd := []float64{0, math.Copysign(0, -1), math.NaN(), -math.NaN(), 1, math.Inf(1)}
	t.Run("CountDistinctFloat", laws[CountDistinctFloat[float64], float64]{
		make: func(r *rand.Rand) float64 { return odd[r.IntN(len(odd))] },
		add:  (*CountDistinctFloat[float64]).Add, merge: (*CountDistinctFloat[float64]).Merge,
		value: func(s *CountDistinctFloat[float64]) string { return show(s.Value()) },
		exact: func(xs []float64) string {
			return show(len(unique(xs, func(x float64) any {
				if x != x {
					return "NaN"
				}
				return x
			})))
		},
	}.check)
	t.Run("CountDistinctText", laws[CountDistinctText, string]{
		make: anyText, add: (*CountDistinctText).Add, merge: (*CountDistinctText).Merge,
		value: func(s *CountDistinctText) string { return show(s.Value()) },
		exact: func(xs []string) string { return show(len(unique(xs, func(x string) any { return x }))) },
	}.check)
	t.Run("CountDistinctBytes", laws[CountDistinctBytes, []byte]{
		make: func(r *rand.Rand) []byte { return []byte(anyText(r)) },
		add:  (*CountDistinctBytes).Add, merge: (*CountDistinctBytes).Merge,
		value: func(s *CountDistinctBytes) string { return show(s.Value()) },
		exact: func(xs [][]byte) string { return show(len(unique(xs, func(x []byte) any { return string(x) }))) },
	}.check)
}

func unique[X any](xs []X, key func(X) any) map[any]bool {
	seen := map[any]bool{}
	for _, x := range xs {
		seen[key(x)] = true
	}
	return seen
}

func TestSumFloatKeepsSmallParts(t *testing.T) {
	var s SumFloat
	s.Add(1e100)
	s.Add(1)
	s.Add(-1e100)
	if got := s.Value(); got != 1 {
		t.Errorf("1e100 + 1 - 1e100 = %v", got)
	}
	s.Add(math.Inf(1))
	s.Remove(math.Inf(1))
	if got := s.Value(); got != 1 {
		t.Errorf("after infinity came and went: %v", got)
	}
	var big SumFloat
	big.Add(math.MaxFloat64)
	big.Add(math.MaxFloat64)
	big.Add(1)
	if got := big.Value(); !math.IsInf(got, 1) {
		t.Errorf("sum beyond DOUBLE = %v", got)
	}
}

func TestSumIntOverflow(t *testing.T) {
	var f fault.Fault
	var s SumInt
	s.Add(math.MaxInt64)
	s.Add(1)
	if s.Value(&f); f.Take() == "" {
		t.Error("no overflow")
	}
	s.Remove(1)
	if got := s.Value(&f); got != math.MaxInt64 || f.Failed() {
		t.Errorf("sum = %d", got)
	}
}

func TestKeptTextIsCopied(t *testing.T) {
	buf := []byte("view")
	var lo MinText
	var hi MaxText
	var first FirstBytes
	var last LastBytes
	lo.Add(view(buf))
	hi.Add(view(buf))
	first.Add(buf)
	last.Add(buf)
	var texts CountDistinctText
	var blobs CountDistinctBytes
	texts.Add(view(buf))
	blobs.Add(buf)
	copy(buf, "over")
	texts.Add("view")
	blobs.Add([]byte("view"))
	if texts.Value() != 1 || blobs.Value() != 1 {
		t.Error("a counted text has changed")
	}
	for _, got := range []string{lo.Value(), hi.Value(), string(first.Value()), string(last.Value())} {
		if got != "view" {
			t.Errorf("kept %q", got)
		}
	}
}

func TestNoAllocationPerRow(t *testing.T) {
	var sum SumFloat
	var lo MinText
	var last LastText
	var spread Var
	lo.Add("a")
	last.Add("a long text")
	if n := testing.AllocsPerRun(100, func() {
		sum.Add(1.5)
		lo.Add("b")
		last.Add("another")
		spread.Add(2)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkSumFloat(b *testing.B) {
	var s SumFloat
	for i := range b.N {
		s.Add(float64(i))
	}
}
