package state

import (
	"strings"
	"testing"
)

// Copies keep their content whatever becomes of the original, small ones share
// memory, and large ones do not make others hold theirs.
func TestTexts(t *testing.T) {
	var texts texts
	var want, got []string
	for n := range 3000 {
		b := []byte(strings.Repeat(string(rune('a'+n%26)), n%700))
		want = append(want, string(b))
		got = append(got, texts.copy(string(b)))
	}
	big := strings.Repeat("x", lastPiece)
	before := len(texts.piece)
	if texts.copy(big) != big || len(texts.piece) != before {
		t.Error("a large text is not kept apart")
	}
	for k := range want {
		if got[k] != want[k] {
			t.Fatalf("copy %d is %q, want %q", k, got[k], want[k])
		}
	}
	buf := []byte(strings.Repeat("k", 16))
	short := string(buf)
	if a := testing.AllocsPerRun(1000, func() { texts.copy(short) }); a != 0 {
		t.Errorf("%v allocations per copy", a)
	}
}

func TestDoubled(t *testing.T) {
	s := []int{1, 2, 3}
	for range 20 {
		s = doubled(s[:len(s):len(s)])
	}
	if len(s) != 3 || s[2] != 3 || cap(s) < 16 {
		t.Errorf("%v, cap %d", s, cap(s))
	}
	large := doubled(make([]int, 1<<20))
	large = large[:cap(large)]
	for k := range large {
		large[k] = k
	}
	if large[len(large)-1] != len(large)-1 {
		t.Error("a large slice does not keep its values")
	}
}
