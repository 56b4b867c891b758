package window

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// TestSliced: windows that are put together from slices are those of Hopping, close
// at the same watermarks and take the same rows, whatever the disorder and the jumps
// of time.
func TestSliced(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 5))
		advance := 1 + r.Int64N(50)
		size := advance * (1 + r.Int64N(8))
		offset, grace := r.Int64N(200)-100, r.Int64N(100)
		var hopping Hopping[int, int]
		var sliced Sliced[int, int]
		hopping.Init(size, advance, offset, grace)
		sliced.Init(size, advance, offset, grace)
		if r.IntN(4) == 0 {
			hopping.Begin(offset)
			sliced.Begin(offset)
		}
		keys := 1 + r.IntN(2*few)
		what := fmt.Sprintf("seed %d: size %d advance %d offset %d grace %d", seed, size, advance, offset, grace)
		now, watermark := -r.Int64N(2000), event.Earliest
		closeTo := func(mark event.Time) {
			watermark = max(watermark, mark)
			var want, got []string
			add := func(to *[]string) func(event.Time, *state.Entry[int, int]) {
				return func(start event.Time, e *state.Entry[int, int]) {
					*to = append(*to, fmt.Sprint(start, e.Key, e.State))
				}
			}
			windows, ended := 0, 0
			hopping.CloseEach(watermark, add(&want), func() { windows++ })
			sliced.CloseEach(watermark, func(g, h *int) { *g += *h }, add(&got), func() { ended++ })
			if ended != windows {
				t.Fatalf("%s: %d windows ended, want %d", what, ended, windows)
			}
			slices.Sort(want) // groups of a window come in another order
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%s: closed %v, want %v, at watermark %d", what, got, want, watermark)
			}
			if hopping.Next(watermark) != sliced.Next(watermark) {
				t.Fatalf("%s: next %d, want %d", what, sliced.Next(watermark), hopping.Next(watermark))
			}
		}
		for range 500 {
			now += r.Int64N(advance/2 + 2)
			if r.IntN(100) == 0 {
				now += r.Int64N(100 * size)
			}
			x, k := now-r.Int64N(3*size), r.IntN(keys)
			panes, slice := hopping.At(x), sliced.At(x)
			if (slice == nil) != (len(panes) == 0) {
				t.Fatalf("%s: %d is late: %v, want %v, at watermark %d", what, x, slice == nil, len(panes) == 0, watermark)
			}
			if slice == nil {
				continue
			}
			count := func(g *Groups[int, int]) {
				e := g.Find(uint64(k), k)
				if e == nil {
					e = g.New(uint64(k), k)
				}
				e.State++
			}
			count(&slice.Groups)
			for _, p := range panes {
				count(&p.Groups)
			}
			if r.IntN(8) == 0 {
				closeTo(now - r.Int64N(2*size))
			}
		}
		closeTo(event.Latest)
		if sliced.Open() != 0 {
			t.Fatalf("%s: %d slices are left", what, sliced.Open())
		}
	}
}

// TestGrowing: windows that grow by slices are those of Cumulate, close at the same
// watermarks and take the same rows.
func TestGrowing(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 6))
		step := 1 + r.Int64N(50)
		size := step * (1 + r.Int64N(8))
		offset, grace := r.Int64N(200)-100, r.Int64N(100)
		var cumulate Cumulate[int, int]
		var growing Growing[int, int]
		cumulate.Init(step, size, offset, grace)
		growing.Init(step, size, offset, grace)
		keys := 1 + r.IntN(2*few)
		what := fmt.Sprintf("seed %d: step %d size %d offset %d grace %d", seed, step, size, offset, grace)
		now, watermark := -r.Int64N(2000), event.Earliest
		closeTo := func(mark event.Time) {
			watermark = max(watermark, mark)
			var want, got []string
			add := func(to *[]string) func(start, end event.Time, e *state.Entry[int, int]) {
				return func(start, end event.Time, e *state.Entry[int, int]) {
					*to = append(*to, fmt.Sprint(end, start, e.Key, e.State))
				}
			}
			windows, ended := 0, 0
			cumulate.CloseEach(watermark, add(&want), func() { windows++ })
			growing.CloseEach(watermark, func(g, h *int) { *g += *h }, add(&got), func() { ended++ })
			slices.Sort(want) // groups of a window come in another order
			slices.Sort(got)
			if !slices.Equal(got, want) || ended != windows {
				t.Fatalf("%s: closed %v, want %v, at watermark %d", what, got, want, watermark)
			}
			if cumulate.Next(watermark) != growing.Next(watermark) || cumulate.Watermark() != growing.Watermark() {
				t.Fatalf("%s: next %d, want %d", what, growing.Next(watermark), cumulate.Next(watermark))
			}
		}
		for range 500 {
			now += r.Int64N(step/2 + 2)
			if r.IntN(100) == 0 {
				now += r.Int64N(100 * size)
			}
			x, k := now-r.Int64N(3*size), r.IntN(keys)
			panes, slice := cumulate.At(x), growing.At(x)
			if (slice == nil) != (len(panes) == 0) {
				t.Fatalf("%s: %d is late: %v, want %v, at watermark %d", what, x, slice == nil, len(panes) == 0, watermark)
			}
			if slice == nil {
				continue
			}
			count := func(g *Groups[int, int]) {
				e := g.Find(uint64(k), k)
				if e == nil {
					e = g.New(uint64(k), k)
				}
				e.State++
			}
			count(&slice.Groups)
			for _, p := range panes {
				count(&p.Groups)
			}
			if r.IntN(8) == 0 {
				closeTo(now - r.Int64N(2*size))
			}
		}
		closeTo(event.Latest)
		if growing.Open() != 0 {
			t.Fatalf("%s: %d slices are left", what, growing.Open())
		}
	}
}
