package state

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/velocsql/veloc/runtime/snapshot"
)

func TestSetComesBack(t *testing.T) {
	var a, b Set[string]
	for _, x := range []string{"b", "", "a", "bb"} {
		a.Insert(x)
	}
	data := a.Snapshot(nil, snapshot.Text())
	r := snapshot.NewReader(data)
	if b.Restore(r, snapshot.Text()); r.Err() != nil || b.Len() != 4 || !b.Has("bb") || b.Has("c") {
		t.Fatalf("%d values, %v", b.Len(), r.Err())
	}
	if !bytes.Equal(b.Snapshot(nil, snapshot.Text()), data) {
		t.Error("the bytes of a set depend on chance")
	}
}

func TestSortedGoesOn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, limit := range []int{-1, 3, 700} {
		var a, b Sorted[int64]
		for _, s := range []*Sorted[int64]{&a, &b} {
			s.Init(limit, func(x, y *int64) bool { return *x < *y })
		}
		all := make([]int64, 5_000)
		for i := range all {
			all[i] = r.Int64N(1_000)
			if i == 2_500 {
				in := snapshot.NewReader(a.Snapshot(nil, snapshot.Int64()))
				if b.Restore(in, snapshot.Int64()); in.Err() != nil {
					t.Fatal(in.Err())
				}
			}
			a.Add(all[i])
			if i >= 2_500 {
				b.Add(all[i])
			}
		}
		slices.SortStableFunc(all, cmp.Compare[int64])
		if limit >= 0 {
			all = all[:limit]
		}
		var got []int64
		b.Rows(func(x *int64) { got = append(got, *x) })
		if !slices.Equal(got, all) {
			t.Errorf("limit %d: %d rows, not those that were added", limit, len(got))
		}
		in := snapshot.NewReader(append(snapshot.AppendBool(snapshot.AppendVersion(nil, 1), true), 0, 0))
		if b.Restore(in, snapshot.Int64()); limit > 0 && in.Err() == nil {
			t.Error("a full buffer without rows is taken")
		}
	}
}
