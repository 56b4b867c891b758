package state

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestTables checks both tables against a map over random keys of all lengths.
func TestTables(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var texts Strings[int]
	var table Table[string, int]
	want := map[string]int{}
	var order []string
	for range 200_000 {
		k := strings.Repeat(string(rune('a'+r.IntN(4))), r.IntN(4)) + fmt.Sprint(r.IntN(9000)) + strings.Repeat("x", r.IntN(3)*r.IntN(9))
		if _, ok := want[k]; !ok {
			order = append(order, k)
		}
		want[k]++
		e, hash := texts.Find(k)
		if hash != HashString(k) {
			t.Fatal("Find and HashString disagree")
		}
		if e == nil {
			e = texts.New(hash, strings.Clone(k))
		}
		e.State++
		g := table.Find(hash, k)
		if g == nil {
			g = table.New(hash, strings.Clone(k))
		}
		g.State++
	}
	if texts.Len() != len(want) || table.Len() != len(want) {
		t.Fatalf("%d and %d keys, want %d", texts.Len(), table.Len(), len(want))
	}
	for i, k := range order {
		if e := texts.All()[i]; e.Key() != k || e.State != want[k] {
			t.Fatalf("Strings entry %d is %q %d, want %q %d", i, e.Key(), e.State, k, want[k])
		}
		if e := table.All()[i]; e.Key != k || e.State != want[k] {
			t.Fatalf("Table entry %d is %q %d", i, e.Key, e.State)
		}
		if table.Hash(i) != HashString(k) {
			t.Fatalf("Hash(%d) is not that of %q", i, k)
		}
	}
	texts.Reset()
	if e, _ := texts.Find(order[0]); e != nil || texts.Len() != 0 {
		t.Fatal("Reset left a key")
	}
}

// TestHashIsStable pins the hash: it decides which shard owns a key.
func TestHashIsStable(t *testing.T) {
	for s, want := range map[string]uint64{"": HashString(""), "a": HashString("a")} {
		if HashString(strings.Clone(s)) != want {
			t.Errorf("hash of %q depends on its place in memory", s)
		}
	}
	// the same text at every alignment, next to a page boundary too
	page := make([]byte, 3*4096)
	for at := range len(page) - 32 {
		for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 9, 16, 17} {
			b := page[at : at+n]
			for i := range b {
				b[i] = byte('A' + i)
			}
			if string(b) != "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:n] {
				t.Fatal("test is wrong")
			}
		}
		if at%61 == 0 {
			for n := range 18 {
				s := string(page[at : at+n])
				if HashString(viewOf(page[at:at+n])) != HashString(s) {
					t.Fatalf("hash of %q depends on what stands behind it", s)
				}
			}
		}
	}
	pinned := []uint64{
		HashString(""), HashString("A"), HashString("AAPL"), HashString("ABCDEFGH"), HashString("ABCDEFGHI"),
		HashString("ABCDEFGHIJKLMNO"), HashString("ABCDEFGHIJKLMNOP"), HashString("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), HashInt(42),
	}
	got := fmt.Sprintf("%x", pinned)
	const golden = "[c9d874ca57d9e055 1104df17e324437 8ae210452d49f754 43bdf0ea1b6110b 302bee5a0244ff39 c46c41f31f6b09b4 eefd52d7835120bd 16f2c2d4f7c5d9e8 b91aa8b621c7a50]"
	if got != golden {
		t.Errorf("the stable hash changed:\n got %s\nwant %s", got, golden)
	}
}

// TestStringsOfSimilarKeys checks that padding, lengths and the end of a page
// confuse no keys.
func TestStringsOfSimilarKeys(t *testing.T) {
	var keys []string
	for n := range 40 {
		keys = append(keys, strings.Repeat("\x00", n), strings.Repeat("k", n+1), strings.Repeat("k", n)+"\x00", strings.Repeat("\xff", n+1))
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	page := make([]byte, 3*4096)
	for _, at := range []int{0, 1, 4000, 4070, 4075, 4080, 4085, 4090, 4095} {
		var table Strings[int]
		for round := range 2 {
			for i, k := range keys {
				for b := range page {
					page[b] = byte(b + round)
				}
				view := viewOf(page[at : at+copy(page[at:], k)])
				e, hash := table.Find(view)
				if hash != HashString(k) {
					t.Fatalf("%q hashes differently at %d", k, at)
				}
				if e == nil {
					if round == 1 {
						t.Fatalf("%q at %d is lost", k, at)
					}
					e = table.New(hash, k)
					e.State = i
				}
				if e.Key() != k || e.State != i {
					t.Fatalf("%q at %d found %q", k, at, e.Key())
				}
			}
		}
	}
}

// TestSorted checks order, ties, limits and the early refusal of rows.
func TestSorted(t *testing.T) {
	for _, limit := range []int{-1, 0, 1, 10, 5000} {
		var s Sorted[int]
		s.Init(limit, func(a, b *int) bool { return *a/10 < *b/10 })
		r := rand.New(rand.NewPCG(3, uint64(limit+1)))
		var all []int
		for range 20_000 {
			v := r.IntN(100_000)
			all = append(all, v)
			if s.Wants(&v) {
				s.Add(v)
			}
		}
		want := stableBy10(all)
		if limit >= 0 {
			want = want[:min(limit, len(want))]
		}
		var got []int
		s.Rows(func(v *int) { got = append(got, *v) })
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("limit %d: %d rows differ from the %d wanted", limit, len(got), len(want))
		}
	}
}
