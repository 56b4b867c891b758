package window

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

// TestGroups compares with a map, for few and many keys, with hashes that are equal
// in the byte by which few are found, or altogether, and over several windows in
// the same memory.
func TestGroups(t *testing.T) {
	hashes := map[string]func(key int) uint64{
		"spread": func(key int) uint64 { return uint64(key+1) * 0x9E3779B97F4A7C15 },
		"tag":    func(key int) uint64 { return uint64(key%3)<<40 | uint64(key) },
		"one":    func(int) uint64 { return 0 },
	}
	for name, hash := range hashes {
		r := rand.New(rand.NewPCG(1, 2))
		var g Groups[int, int]
		for round := range 40 {
			keys := 1 + r.IntN(few+4)
			if round > 30 {
				keys = 1 + r.IntN(200)
			}
			want, order := map[int]int{}, []int(nil)
			for range 5 * keys {
				k := r.IntN(keys)
				e := g.Find(hash(k), k)
				if (e != nil) != (want[k] > 0) {
					t.Fatalf("%s: key %d of %d is found: %v", name, k, keys, e)
				}
				if e == nil {
					e = g.New(hash(k), k)
					order = append(order, k)
				}
				e.State++
				want[k]++
			}
			all := g.All()
			if len(all) != len(order) {
				t.Fatalf("%s: %d groups, want %d", name, len(all), len(order))
			}
			for i, e := range all {
				if e.Key != order[i] || e.State != want[e.Key] {
					t.Fatalf("%s: group %d is %v, want key %d, %d", name, i, e, order[i], want[order[i]])
				}
			}
			g.reset()
		}
	}
}

// TestPaneSize: panes begin at lines of the cache, and what finds a group is in the
// first.
func TestPaneSize(t *testing.T) {
	var p Pane[int64, counts]
	if size := unsafe.Sizeof(p); size%64 != 0 {
		t.Errorf("a pane has %d bytes", size)
	}
	if end := unsafe.Offsetof(p.Groups) + unsafe.Offsetof(p.Groups.hash); end > 64 {
		t.Errorf("the tags and the groups end at %d", end)
	}
}

// TestWindowsAreReused: windows that open after others have closed take no memory.
func TestWindowsAreReused(t *testing.T) {
	for _, keys := range []int{3, 100} {
		var w Tumbling[int, counts]
		w.Init(100, 0, 0)
		now := int64(0)
		run := func() {
			for range 10 * keys {
				now += 5
				w.Drop(now - 300)
				k := int(now) % keys
				p := w.At(now)
				if p.Groups.Find(uint64(k), k) == nil {
					p.Groups.New(uint64(k), k)
				}
			}
		}
		for range 20 {
			run()
		}
		if n := testing.AllocsPerRun(20, run); n != 0 {
			t.Errorf("%d keys: %v allocations", keys, n)
		}
	}
}
