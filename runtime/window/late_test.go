package window

import (
	"math/rand/v2"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// TestFire: whatever the order of the rows and however time jumps, a window fires
// once, not before its end, and takes rows until its grace period is over.
func TestFire(t *testing.T) {
	const size, grace = 10, 7
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var w Tumbling[struct{}, int64]
		w.Init(size, 0, grace)
		fired, counted, want := map[event.Time]int64{}, map[event.Time]int64{}, map[event.Time]int64{}
		watermark, deadline := event.Earliest, event.Earliest+1
		emit := func(start event.Time, e *state.Entry[struct{}, int64]) {
			if start+size > watermark {
				t.Fatalf("seed %d: window %d fires at %d", seed, start, watermark)
			}
			if _, again := fired[start]; again {
				t.Fatalf("seed %d: window %d fires twice", seed, start)
			}
			fired[start] = e.State
		}
		at := event.Time(-40)
		for range 60 {
			at += r.Int64N(12)
			if r.IntN(10) == 0 {
				at += 100 // time jumps
			}
			row := at - r.Int64N(30)
			watermark = max(watermark, row)
			if watermark >= deadline {
				w.Fire(watermark, emit)
				deadline = w.NextFire(watermark)
			}
			start := Floor(row, size, 0)
			p := w.At(row)
			if late := start+size+grace <= watermark; late != (p == nil) {
				t.Fatalf("seed %d: row %d at watermark %d: late is %v", seed, row, watermark, p == nil)
			}
			if p == nil {
				open := w.Earliest()
				if open.End+grace <= watermark || open.End-size+grace > watermark {
					t.Fatalf("seed %d: the earliest window at %d ends at %d", seed, watermark, open.End)
				}
				continue
			}
			want[start]++
			e := p.Groups.Find(0, struct{}{})
			if e == nil {
				e = p.Groups.New(0, struct{}{})
			}
			e.State++
			if p.Fired {
				fired[start] = e.State // its result comes out again
			}
		}
		watermark = event.Latest
		w.Fire(event.Latest, emit)
		for start, n := range fired {
			if n > 0 {
				counted[start] = n
			}
		}
		if len(counted) != len(want) {
			t.Fatalf("seed %d: %d windows came out, want %d", seed, len(counted), len(want))
		}
		for start, n := range want {
			if counted[start] != n {
				t.Errorf("seed %d: window %d came out with %d rows, want %d", seed, start, counted[start], n)
			}
		}
	}
}
