package sqltime

import (
	"math"
	"testing"

	"github.com/velocsql/veloc/runtime/fault"
)

func TestParseInterval(t *testing.T) {
	const h, m, s = MicrosPerHour, MicrosPerMinute, MicrosPerSecond
	tests := []struct {
		text string
		want Interval
		iso  string
	}{
		{"P1Y2M3DT4H5M6.7S", Interval{14, 3, 4*h + 5*m + 6*s + 700_000}, "P1Y2M3DT4H5M6.7S"},
		{"PT0S", Interval{}, "PT0S"},
		{"-P1DT2H", Interval{0, -1, -2 * h}, "P-1DT-2H"},
		{"P2W", Interval{0, 14, 0}, "P14D"},
		{"P0.5D", Interval{0, 0, 12 * h}, "PT12H"},
		{"PT-0.5S", Interval{0, 0, -500_000}, "PT-0.5S"},
		{"PT-1.5S", Interval{0, 0, -1_500_000}, "PT-1.5S"},
		{"1 day 2 hours", Interval{0, 1, 2 * h}, "P1DT2H"},
		{"1 DAY -2 HOURS", Interval{0, 1, -2 * h}, "P1DT-2H"},
		{"5 minutes", Interval{0, 0, 5 * m}, "PT5M"},
		{"1h30m", Interval{0, 0, 90 * m}, "PT1H30M"},
		{"30s", Interval{0, 0, 30 * s}, "PT30S"},
		{"1500ms", Interval{0, 0, 1_500_000}, "PT1.5S"},
		{"1500 ns", Interval{0, 0, 1}, "PT0.000001S"},
		{"1.5 hours", Interval{0, 0, 90 * m}, "PT1H30M"},
		{"1 year 6 months", Interval{18, 0, 0}, "P1Y6M"},
		{"1-2", Interval{14, 0, 0}, "P1Y2M"},
		{"-1-2", Interval{-14, 0, 0}, "P-1Y-2M"},
		{"1 day 12:30:15.5", Interval{0, 1, 12*h + 30*m + 15*s + 500_000}, "P1DT12H30M15.5S"},
		{"-12:30", Interval{0, 0, -12*h - 30*m}, "PT-12H-30M"},
		{"90", Interval{0, 0, 90 * s}, "PT1M30S"},
		{"2 days ago", Interval{0, -2, 0}, "P-2D"},
	}
	for _, c := range tests {
		got, ok := ParseInterval(c.text)
		if !ok || got != c.want {
			t.Errorf("ParseInterval(%q) = %+v, %v", c.text, got, ok)
			continue
		}
		if got.String() != c.iso {
			t.Errorf("%q is written %s, want %s", c.text, got, c.iso)
		}
		if back, ok := ParseInterval(c.iso); !ok || back != got {
			t.Errorf("%s reads as %+v, %v", c.iso, back, ok)
		}
	}
	for _, s := range []string{"", "P", "PT", "P1", "P1H", "PT1D", "1 foo", "1 day 2", "day", "1.5 months", "1-12", "1-2-3", "12:60", "12:", "99999999999999999999 s", "9999999999 days", "P1DT", "ago"} {
		if v, ok := ParseInterval(s); ok {
			t.Errorf("ParseInterval(%q) = %+v", s, v)
		}
	}
}

func TestAddTimestamp(t *testing.T) {
	tests := []struct {
		from string
		v    Interval
		want string
	}{
		{"2026-01-31T10:00:00Z", Interval{1, 0, 0}, "2026-02-28T10:00:00Z"},
		{"2024-01-31T10:00:00Z", Interval{1, 1, 0}, "2024-03-01T10:00:00Z"},
		{"2026-03-31T10:00:00Z", Interval{-1, 0, 0}, "2026-02-28T10:00:00Z"},
		{"2024-02-29T10:00:00Z", Interval{-12, 0, 0}, "2023-02-28T10:00:00Z"},
		{"2026-01-15T10:00:00Z", Interval{-25, 0, 0}, "2023-12-15T10:00:00Z"},
		{"2026-01-15T10:00:00Z", Interval{0, 20, 15 * MicrosPerHour}, "2026-02-05T01:00:00Z"},
		{"1969-12-31T23:00:00Z", Interval{0, 0, 2 * MicrosPerHour}, "1970-01-01T01:00:00Z"},
	}
	var f fault.Fault
	for _, c := range tests {
		if got := AddTimestamp(&f, micros(c.from), c.v); got != micros(c.want) || f.Failed() {
			t.Errorf("%s + %s = %s, want %s", c.from, c.v, AppendTimestamp(nil, got), c.want)
		}
	}
	for _, v := range []Interval{{0, 0, 1}, {0, math.MaxInt32, 0}, {math.MaxInt32, 0, 0}, {0, 1, 0}, {1, 0, 0}, {0, 0, math.MaxInt64}} {
		if got := AddTimestamp(&f, math.MaxInt64, v); got != 0 || f.Take() == "" {
			t.Errorf("MaxInt64 + %s = %d", v, got)
		}
	}
	// days that are out of range alone, but not with the microseconds
	if got := AddTimestamp(&f, 0, Interval{0, 2_000_000, -2_000_000 * MicrosPerDay}); got != 0 || f.Failed() {
		t.Errorf("days less their microseconds = %d", got)
	}
}

func TestAddDate(t *testing.T) {
	var f fault.Fault
	d, _ := ParseDate("2024-01-31")
	for _, c := range []struct {
		v    Interval
		want string
	}{{Interval{1, 0, 0}, "2024-02-29"}, {Interval{0, 1, 0}, "2024-02-01"}, {Interval{0, 0, 25 * MicrosPerHour}, "2024-02-01"}, {Interval{0, 0, -1}, "2024-01-30"}} {
		if got := AddDate(&f, d, c.v); string(AppendDate(nil, got)) != c.want || f.Failed() {
			t.Errorf("2024-01-31 + %s = %s, want %s", c.v, AppendDate(nil, got), c.want)
		}
	}
	if AddDate(&f, math.MaxInt32, Interval{0, 1, 0}); f.Take() == "" {
		t.Error("no overflow of DATE")
	}
}

func TestIntervalArithmetic(t *testing.T) {
	var f fault.Fault
	a, b := Interval{1, 2, 3}, Interval{10, -20, 30}
	if Add(&f, a, b) != (Interval{11, -18, 33}) || Sub(&f, a, b) != (Interval{-9, 22, -27}) || Mul(&f, a, -2) != (Interval{-2, -4, -6}) || a.Neg() != (Interval{-1, -2, -3}) || f.Failed() {
		t.Error("arithmetic")
	}
	most := Interval{math.MaxInt32, math.MaxInt32, math.MaxInt64}
	if Add(&f, most, a); f.Take() == "" {
		t.Error("Add does not fail")
	}
	if Add(&f, most, Interval{1, 0, 0}); f.Take() == "" {
		t.Error("Add of months does not fail")
	}
	if Sub(&f, most.Neg(), a); f.Take() == "" {
		t.Error("Sub does not fail")
	}
	for _, n := range []int64{2, math.MaxInt64, math.MinInt64} {
		if Mul(&f, most, n); f.Take() == "" {
			t.Errorf("Mul by %d does not fail", n)
		}
	}
	if Mul(&f, Interval{0, 0, math.MinInt64}, -1); f.Take() == "" {
		t.Error("Mul by -1 does not fail")
	}
	for _, c := range []struct {
		a, b Interval
		want int
	}{
		{Interval{1, 0, 0}, Interval{0, 30, 0}, 0},
		{Interval{0, 1, 0}, Interval{0, 0, MicrosPerDay}, 0},
		{Interval{0, 1, -1}, Interval{0, 0, MicrosPerDay}, -1},
		{Interval{12, 0, 0}, Interval{0, 365, 0}, -1},
		{most, Interval{}, 1},
	} {
		if got := Compare(c.a, c.b); got != c.want || c.b.Cmp(c.a) != -c.want {
			t.Errorf("Compare(%s, %s) = %d", c.a, c.b, got)
		}
	}
	if got := Between(micros("2026-01-03T12:00:00Z"), micros("2026-01-01T00:00:00Z")); got != (Interval{0, 2, 12 * MicrosPerHour}) {
		t.Errorf("Between = %s", got)
	}
}

func TestUnitNames(t *testing.T) {
	for name, want := range map[string]Unit{"DAYS": Day, "mins": Minute, "Month": Month, "ms": Millisecond, "m": Minute} {
		if got, ok := UnitOf(name); !ok || got != want {
			t.Errorf("UnitOf(%q) = %+v, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "fortnight", "a very long name of no unit"} {
		if _, ok := UnitOf(name); ok {
			t.Errorf("UnitOf(%q)", name)
		}
	}
}

func FuzzInterval(f *testing.F) {
	for _, s := range []string{"P1Y2M3DT4H5M6.7S", "1 day 2 hours", "1h30m", "-12:30:15.5", "1-2", "2 days ago", "P-0.5D"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, ok := ParseInterval(s)
		if !ok {
			return
		}
		if back, ok := ParseInterval(v.String()); !ok || back != v {
			t.Fatalf("%q = %s, which reads as %+v, %v", s, v, back, ok)
		}
	})
}
