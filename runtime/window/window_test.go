package window

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

type bounds struct{ start, end event.Time }

// covering tries all windows around t. step is between starts of windows, or of
// CUMULATE between ends.
func covering(t, size, step, offset int64, cumulate bool) []bounds {
	var out []bounds
	every := step
	if cumulate {
		every = size
	}
	first := Floor(t-size, every, offset) - every
	for start := first; start <= t; start += every {
		ends := []int64{start + size}
		if cumulate {
			ends = nil
			for end := start + step; end <= start+size; end += step {
				ends = append(ends, end)
			}
		}
		for _, end := range ends {
			if t < end {
				out = append(out, bounds{start, end})
			}
		}
	}
	return out
}

// TestWindowsOfRows checks, for random windows and times before and after the
// epoch, that each row gets exactly the open windows around it, that windows close
// once, in order and no earlier than they have to, and that Next misses none.
func TestWindowsOfRows(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		size := 1 + r.Int64N(1000)
		step := 1 + r.Int64N(size)
		grace, offset := r.Int64N(300), r.Int64N(4000)-2000
		kind := r.IntN(3)
		if kind == 0 {
			step = size
		}
		if kind == 2 {
			size = step * (1 + r.Int64N(6))
		}
		var (
			tumbling Tumbling[int, int]
			hopping  Hopping[int, int]
			cumulate Cumulate[int, int]
		)
		tumbling.Init(size, offset, grace)
		hopping.Init(size, step, offset, grace)
		cumulate.Init(step, size, offset, grace)
		var closed []bounds
		emit := func(start, end event.Time, _ *state.Entry[int, int]) { closed = append(closed, bounds{start, end}) }
		fixed := func(start event.Time, e *state.Entry[int, int]) { emit(start, start+size, e) }
		at := func(x int64) []*Pane[int, int] {
			if p := tumbling.At(x); p != nil {
				return []*Pane[int, int]{p}
			}
			return nil
		}
		closeTo := func(x int64) { tumbling.Close(x, fixed) }
		next := tumbling.Next
		switch kind {
		case 1:
			at, closeTo, next = hopping.At, func(x int64) { hopping.Close(x, fixed) }, hopping.Next
		case 2:
			at, closeTo, next = cumulate.At, func(x int64) { cumulate.Close(x, emit) }, cumulate.Next
		}
		what := fmt.Sprintf("seed %d: kind %d size %d step %d offset %d grace %d", seed, kind, size, step, offset, grace)
		watermark, now := event.Earliest, -5000+r.Int64N(1000)
		open := map[bounds]bool{}
		for range 300 {
			now += r.Int64N(size/4 + 2)
			if r.IntN(50) == 0 {
				now += r.Int64N(100 * size) // jumps beyond the ring
			}
			x := now - r.Int64N(3*size+1)
			var want, got []bounds
			for _, b := range covering(x, size, step, offset, kind == 2) {
				if b.end+grace > watermark {
					want = append(want, b)
				}
			}
			for _, p := range at(x) {
				got = append(got, bounds{p.Start, p.End})
				if p.Groups.Find(0, 1) == nil {
					p.Groups.New(0, 1)
				}
				open[bounds{p.Start, p.End}] = true
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: %d is in %v, want %v, at watermark %d", what, x, got, want, watermark)
			}
			if r.IntN(8) > 0 {
				continue
			}
			deadline := next(watermark)
			if mark := now - r.Int64N(2*size); mark > watermark {
				watermark = mark
			}
			closed = closed[:0]
			closeTo(watermark)
			for i, b := range closed {
				if !open[b] || b.end+grace > watermark || i > 0 && closed[i-1].end > b.end {
					t.Fatalf("%s: %v of %v closes at %d", what, b, closed, watermark)
				}
				if b.end+grace < deadline && deadline > event.Earliest+1 {
					t.Fatalf("%s: %v closes before the deadline %d", what, b, deadline)
				}
				delete(open, b)
			}
			for b := range open {
				if b.end+grace <= watermark {
					t.Fatalf("%s: %v is still open at %d", what, b, watermark)
				}
			}
		}
	}
}

// TestSessionsAreFreed checks that sessions which have closed or been joined are
// gone, and that their memory is used again.
func TestSessionsAreFreed(t *testing.T) {
	var w Sessions[int64, counts]
	w.Init(10, 5)
	n := 0
	for i := range int64(100_000) {
		now := i * 3
		w.Close(now, func(*Session[int64, counts]) { n++ })
		key := i % 7
		e, later := w.Find(uint64(key), key, now)
		if e == nil {
			w.New(uint64(key), key, now)
		} else if later == nil {
			w.Extend(e, now)
		}
	}
	if w.Open() > 7 || w.calendar.size() > 14 || len(w.free) > 8+spare || w.keys > 7 {
		t.Errorf("%d sessions are open, %d in the calendar, %d kept, %d keys", w.Open(), w.calendar.size(), len(w.free), w.keys)
	}
	w.Close(event.Latest, func(*Session[int64, counts]) { n++ })
	if w.Open() != 0 || w.calendar.size() != 0 || w.keys != 0 {
		t.Errorf("%d sessions are left, %d in the calendar, %d keys", w.Open(), w.calendar.size(), w.keys)
	}
	if n != 100_000 {
		t.Errorf("%d sessions closed, want one for each row", n)
	}
}
