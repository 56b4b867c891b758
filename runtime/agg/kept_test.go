package agg

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestBag compares an ordered multiset with a sorted slice, in sizes that need
// several runs.
func TestBag(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	var b bag[int]
	var want []int
	for range 20_000 {
		x := r.IntN(3000)
		if r.IntN(5) < 2 {
			i, found := slices.BinarySearch(want, x)
			if got := b.remove(x, cmp.Compare[int]); got != found {
				t.Fatalf("remove %d: %t, want %t", x, got, found)
			}
			if found {
				want = slices.Delete(want, i, i+1)
			}
			continue
		}
		b.add(x, cmp.Compare[int])
		i, _ := slices.BinarySearch(want, x)
		want = slices.Insert(want, i, x)
	}
	var up, down []int
	b.up(func(x *int) bool { up = append(up, *x); return true })
	b.down(func(x *int) bool { down = append(down, *x); return true })
	slices.Reverse(down)
	if !slices.Equal(up, want) || !slices.Equal(down, want) || b.n != len(want) || b.first() != want[0] || b.last() != want[len(want)-1] {
		t.Errorf("%d values, want %d", b.n, len(want))
	}
	for _, x := range want {
		b.remove(x, cmp.Compare[int])
	}
	if b.n != 0 || len(b.runs) != 0 || b.first() != 0 {
		t.Errorf("%d values are left", b.n)
	}
}

// BenchmarkKept replaces values of a group of a million.
func BenchmarkKept(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 9))
	var s Kept[int64]
	xs := make([]int64, 1<<20)
	for i := range xs {
		xs[i] = r.Int64()
		s.Add(xs[i], cmp.Compare[int64])
	}
	b.ResetTimer()
	for i := range b.N {
		at := i & (len(xs) - 1)
		s.Remove(xs[at], cmp.Compare[int64])
		xs[at] = r.Int64()
		s.Add(xs[at], cmp.Compare[int64])
	}
}
