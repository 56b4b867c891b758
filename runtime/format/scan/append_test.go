package scan

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// TestAppendInt compares with the standard library: all numbers of up to five
// digits, the neighbours of all powers of ten and two, and random ones, appended to
// slices with and without room.
func TestAppendInt(t *testing.T) {
	roomy := make([]byte, 0, 64)
	try := func(v uint64) {
		for _, dst := range [][]byte{nil, append(roomy, "ab"...), {'c'}} {
			want := strconv.AppendUint([]byte(string(dst)), v, 10)
			if got := AppendUint(dst, v); string(got) != string(want) {
				t.Fatalf("AppendUint(%q, %d) = %q", dst, v, got)
			}
			want = strconv.AppendInt([]byte(string(dst)), int64(v), 10)
			if got := AppendInt(dst, int64(v)); string(got) != string(want) {
				t.Fatalf("AppendInt(%q, %d) = %q", dst, int64(v), got)
			}
		}
	}
	for v := range uint64(100_000) {
		try(v)
	}
	for p := uint64(1); ; p *= 10 {
		for d := range uint64(5) {
			try(p + d - 2)
			try(9*p + d - 2)
		}
		if p > math.MaxUint64/10 {
			break
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for bit := range 64 {
		for d := range uint64(5) {
			try(1<<bit + d - 2)
		}
		for range 1000 {
			try(r.Uint64() >> bit)
		}
	}
}
