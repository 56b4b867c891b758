package event

import "testing"

func TestShift(t *testing.T) {
	for _, c := range []struct{ t, back, ahead Time }{
		{100, 93, 107},
		{Earliest, Earliest, Earliest},
		{Latest, Latest, Latest},
		{Earliest + 3, Earliest + 3, Earliest + 10},
		{Latest - 3, Latest - 10, Latest - 3},
	} {
		if got := Back(c.t, 7); got != c.back {
			t.Errorf("Back(%d): %d, want %d", c.t, got, c.back)
		}
		if got := Ahead(c.t, 7); got != c.ahead {
			t.Errorf("Ahead(%d): %d, want %d", c.t, got, c.ahead)
		}
	}
}
