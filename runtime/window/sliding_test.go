package window

import (
	"math/rand/v2"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
)

// TestSlidingIsFreed checks that rows which no later window has and keys without
// rows are gone.
func TestSlidingIsFreed(t *testing.T) {
	for _, final := range []bool{true, false} {
		var w Sliding[int64, counts, struct{}]
		w.Init(100, 5, func(s *Slide[int64, counts, struct{}], _ *struct{}) { s.State.n++ }, func(s *Slide[int64, counts, struct{}], _ *struct{}) { s.State.n-- })
		n := 0
		emit := func(s *Slide[int64, counts, struct{}]) {
			n++
			if s.State.n < 1 || s.State.n > 11 {
				t.Fatalf("the window up to %d has %d rows", s.At, s.State.n)
			}
		}
		r := rand.New(rand.NewPCG(1, 2))
		for i := range int64(20_000) {
			now := i * 3
			if final {
				w.Close(now, emit)
			} else {
				w.Drop(now)
			}
			key := i % 7
			if i > 10_000 {
				key = i // each key has one row
			}
			row := now - r.Int64N(5)
			e := w.Find(uint64(key), key)
			if e == nil {
				e = w.New(uint64(key), key)
			}
			if final {
				w.Add(e, row, struct{}{})
			} else {
				w.Change(e, row, struct{}{}, emit)
			}
			if len(e.rows) > 40 {
				t.Fatalf("%d rows of a key are kept", len(e.rows))
			}
		}
		if w.Open() > 50 {
			t.Errorf("%d keys are open", w.Open())
		}
		if final {
			w.Close(event.Latest, emit)
			if n != 20_000 {
				t.Errorf("%d windows came out, want one for each row", n)
			}
		} else {
			w.Drop(event.Latest)
		}
		if w.Open() != 0 {
			t.Errorf("%d keys are left", w.Open())
		}
	}
}

// BenchmarkSliding is the cost of a row that enters and leaves the windows of its
// key, with few and many rows in each.
func BenchmarkSliding(b *testing.B) {
	for _, rows := range []int64{10, 1000} {
		b.Run(map[int64]string{10: "rows=10", 1000: "rows=1000"}[rows], func(b *testing.B) {
			var w Sliding[int64, counts, int64]
			w.Init(rows*70, 0, func(s *Slide[int64, counts, int64], x *int64) { s.State.n += *x }, func(s *Slide[int64, counts, int64], x *int64) { s.State.n -= *x })
			emit := func(*Slide[int64, counts, int64]) {}
			b.ReportAllocs()
			for i := int64(0); b.Loop(); i++ {
				now, key := i*10, i%7
				w.Close(now, emit)
				e := w.Find(uint64(key), key)
				if e == nil {
					e = w.New(uint64(key), key)
				}
				w.Add(e, now, 1)
			}
		})
	}
}
