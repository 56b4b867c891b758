package sqltime

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestCivilAgreesWithTime(t *testing.T) {
	check := func(days int) {
		t.Helper()
		y, m, d := Civil(days)
		want := time.Unix(int64(days)*86400, 0).UTC()
		if y != want.Year() || m != int(want.Month()) || d != want.Day() {
			t.Fatalf("Civil(%d) = %d-%d-%d, want %v", days, y, m, d, want)
		}
		if got := Days(y, m, d); got != days {
			t.Fatalf("Days(%d, %d, %d) = %d, want %d", y, m, d, got, days)
		}
		if got := weekday(days); got != int(want.Weekday()) {
			t.Fatalf("weekday(%d) = %d", days, got)
		}
		if got := yearDay(days, y); got != want.YearDay() {
			t.Fatalf("yearDay(%d) = %d", days, got)
		}
		wy, ww := want.ISOWeek()
		if gy, gw := isoWeek(days); gy != wy || gw != ww {
			t.Fatalf("isoWeek(%d) = %d-%d, want %d-%d", days, gy, gw, wy, ww)
		}
	}
	for days := -200_000; days <= 200_000; days++ {
		check(days)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 10_000 {
		check(r.IntN(200_000_000) - 100_000_000)
	}
}

func TestDaysCountsOn(t *testing.T) {
	tests := []struct{ y, m, d, want int }{
		{1970, 13, 1, Days(1971, 1, 1)},
		{1970, 0, 1, Days(1969, 12, 1)},
		{1970, -12, 1, Days(1968, 12, 1)},
		{2024, 2, 30, Days(2024, 3, 1)},
		{2024, 1, 0, Days(2023, 12, 31)},
	}
	for _, c := range tests {
		if got := Days(c.y, c.m, c.d); got != c.want {
			t.Errorf("Days(%d, %d, %d) = %d, want %d", c.y, c.m, c.d, got, c.want)
		}
	}
}

func TestDaysInSumsToYear(t *testing.T) {
	for y := -401; y <= 2400; y++ {
		n := 0
		for m := 1; m <= 12; m++ {
			n += DaysIn(y, m)
		}
		if want := Days(y+1, 1, 1) - Days(y, 1, 1); n != want {
			t.Fatalf("year %d has %d days, months sum to %d", y, want, n)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, ts := range []int64{0, 1, -1, MicrosPerDay, -MicrosPerDay, MicrosPerDay - 1, -1 << 63, 1<<63 - 1} {
		d, us := Split(ts)
		if us < 0 || us >= MicrosPerDay || int64(d)*MicrosPerDay+us != ts {
			t.Errorf("Split(%d) = %d, %d", ts, d, us)
		}
		if DateOf(ts) != int32(d) || TimeOf(ts) != us {
			t.Errorf("DateOf or TimeOf of %d", ts)
		}
	}
}
