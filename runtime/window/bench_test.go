package window

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

type counts struct{ n int64 }

const (
	second   = int64(1_000_000)
	benchRow = 1 << 16
)

// benchTimes are event times spread over so many windows of a second, moving on.
func benchTimes(open int) []int64 {
	r := rand.New(rand.NewPCG(1, 2))
	times := make([]int64, benchRow)
	for i := range times {
		times[i] = int64(i)*10 + r.Int64N(int64(open)*second)
	}
	return times
}

// BenchmarkTumbling is the cost of a row with few and many open windows, each with
// one group; rows are spread over all of them.
func BenchmarkTumbling(b *testing.B) {
	for _, open := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("open=%d", open), func(b *testing.B) {
			var w Tumbling[int64, counts]
			w.Init(second, 0, 0)
			times := benchTimes(open)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p := w.At(times[i&(benchRow-1)])
				e := p.Groups.Find(7, 7)
				if e == nil {
					e = p.Groups.New(7, 7)
				}
				e.State.n++
			}
		})
	}
}

// BenchmarkHopping is the cost of a row that is in five windows.
func BenchmarkHopping(b *testing.B) {
	for _, open := range []int{10, 1000} {
		b.Run(fmt.Sprintf("open=%d", open), func(b *testing.B) {
			var w Hopping[int64, counts]
			w.Init(5*second, second, 0, 0)
			times := benchTimes(open)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				for _, p := range w.At(times[i&(benchRow-1)]) {
					e := p.Groups.Find(7, 7)
					if e == nil {
						e = p.Groups.New(7, 7)
					}
					e.State.n++
				}
			}
		})
	}
}

// BenchmarkSessions is the cost of a row with so many open sessions of one key.
func BenchmarkSessions(b *testing.B) {
	for _, open := range []int{10, 1000} {
		b.Run(fmt.Sprintf("open=%d", open), func(b *testing.B) {
			var w Sessions[int64, counts]
			w.Init(second/4, 0)
			r := rand.New(rand.NewPCG(1, 2))
			times := make([]int64, benchRow)
			for i := range times {
				times[i] = r.Int64N(int64(open))*second + r.Int64N(second/4)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				t := times[i&(benchRow-1)]
				e, later := w.Find(7, 7, t)
				if e == nil {
					e = w.New(7, 7, t)
				} else if !e.Covers(t) {
					if later != nil {
						w.Join(e, later)
					}
					w.Extend(e, t)
				}
				e.State.n++
			}
		})
	}
}

// BenchmarkClosing is the cost of a row in order, with the closing of a window of a
// thousand groups every thousand rows: no memory is taken.
func BenchmarkClosing(b *testing.B) {
	var w Tumbling[int64, counts]
	w.Init(second, 0, 0)
	emit := func(event.Time, *state.Entry[int64, counts]) {}
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		t := i * second / 1000
		if i%1000 == 0 {
			w.Close(t, emit)
		}
		p, key := w.At(t), i%1000
		hash := state.HashInt(uint64(key))
		e := p.Groups.Find(hash, key)
		if e == nil {
			e = p.Groups.New(hash, key)
		}
		e.State.n++
	}
}
