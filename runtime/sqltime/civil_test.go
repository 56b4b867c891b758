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

// TestCivil compares with the way that works for every day: all days of the years
// that are written with four digits, some before, and random ones far away.
func TestCivil(t *testing.T) {
	try := func(days int) {
		y, m, d := Civil(days)
		if wy, wm, wd := civilFar(days); y != wy || m != wm || d != wd {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", days, y, m, d, wy, wm, wd)
		}
	}
	for days := -730_000; days < 2_940_000; days++ {
		try(days)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 1_000_000 {
		try(int(r.Int32()))
		try(int(r.Int32()) - 1<<30 - fromMarch)
	}
	for d := range 10 {
		try(1<<30 - fromMarch - 5 + d)
		try(d - fromMarch - 5)
	}
}

// TestTimestampsAgreeWithTime compares with package time.
func TestTimestampsAgreeWithTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 200_000 {
		ts := r.Int64N(MicrosPerDay*3_600_000*4) / 4
		switch i % 4 {
		case 0:
			ts -= ts % MicrosPerSecond
		case 1:
			ts -= ts % 1000
		case 2:
			ts = -ts / 6
		}
		at := time.UnixMicro(ts).UTC()
		if at.Year() > 9999 || at.Year() < 0 {
			continue
		}
		if got, want := string(AppendTimestamp([]byte("x"), ts)), "x"+at.Format("2006-01-02T15:04:05.999999Z"); got != want {
			t.Fatalf("%d is written as %s, want %s", ts, got, want)
		}
	}
}

func BenchmarkAppendTimestamp(b *testing.B) {
	buf := make([]byte, 0, 64)
	for i := 0; b.Loop(); i++ {
		buf = AppendTimestamp(buf[:0], 1767225600_000000+int64(i)*100_003_000)
	}
}
