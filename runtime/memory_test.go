package rt

import "testing"

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		live uint64
		want int
	}{
		{0, mostPercent},
		{1 << 20, mostPercent},
		{8 << 20, 300},
		{16 << 20, gcPercent},
		{100 << 20, gcPercent},
	} {
		if got := percent(c.live); got != c.want {
			t.Errorf("percent(%d) = %d, want %d", c.live, got, c.want)
		}
	}
}
