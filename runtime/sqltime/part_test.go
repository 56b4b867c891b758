package sqltime

import (
	"math/rand/v2"
	"testing"
)

func TestPartOf(t *testing.T) {
	ts := micros("2026-07-15T13:04:05.678901Z")
	tests := map[string]int64{
		"year": 2026, "QUARTER": 3, "months": 7, "week": 29, "day": 15, "hour": 13, "minute": 4, "second": 5,
		"millisecond": 5678, "microseconds": 5678901, "dow": 3, "isodow": 3, "doy": 196, "epoch": ts / MicrosPerSecond,
		"isoyear": 2026, "decade": 202, "century": 21, "millennium": 3,
	}
	for name, want := range tests {
		p, ok := PartOf(name)
		if !ok || p.Of(ts) != want {
			t.Errorf("%s = %d, want %d", name, p.Of(ts), want)
		}
	}
	for _, name := range []string{"", "nanosecond", "era"} {
		if p, ok := PartOf(name); ok {
			t.Errorf("PartOf(%q) = %d", name, p)
		}
	}
	sunday := micros("2026-07-19T00:00:00Z")
	if PartDayOfWeek.Of(sunday) != 0 || PartISODayOfWeek.Of(sunday) != 7 {
		t.Error("Sunday")
	}
	first := micros("2027-01-01T00:00:00Z") // a Friday of week 53 of 2026
	if PartWeek.Of(first) != 53 || PartISOYear.Of(first) != 2026 {
		t.Error("the first days of 2027")
	}
	if PartEpoch.Of(-1) != -1 || PartHour.Of(-1) != 23 || PartCentury.Of(micros("2000-12-31T00:00:00Z")) != 20 {
		t.Error("before 1970, or the end of a century")
	}
}

func TestPartOfInterval(t *testing.T) {
	v := Interval{29, 4, 5*MicrosPerHour + 6*MicrosPerMinute + 7_800_000}
	for name, want := range map[string]int64{"year": 2, "month": 5, "quarter": 2, "day": 4, "hour": 5, "minute": 6, "second": 7, "millisecond": 7800, "microsecond": 7800000, "epoch": 2*31557600 + 5*30*86400 + 4*86400 + 5*3600 + 6*60 + 7} {
		p, _ := PartOf(name)
		if got, ok := p.OfInterval(v); !ok || got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
	if _, ok := PartDayOfWeek.OfInterval(v); ok {
		t.Error("an interval has a day of the week")
	}
}

func TestTrunc(t *testing.T) {
	ts := micros("2026-08-19T13:04:05.678901Z")
	tests := map[string]string{
		"microsecond": "2026-08-19T13:04:05.678901Z", "millisecond": "2026-08-19T13:04:05.678Z", "second": "2026-08-19T13:04:05Z",
		"minute": "2026-08-19T13:04:00Z", "hour": "2026-08-19T13:00:00Z", "day": "2026-08-19T00:00:00Z", "week": "2026-08-17T00:00:00Z",
		"month": "2026-08-01T00:00:00Z", "quarter": "2026-07-01T00:00:00Z", "year": "2026-01-01T00:00:00Z",
		"decade": "2020-01-01T00:00:00Z", "century": "2001-01-01T00:00:00Z", "millennium": "2001-01-01T00:00:00Z", "dow": "2026-08-19T13:04:05.678901Z",
	}
	for name, want := range tests {
		p, _ := PartOf(name)
		if got := p.Trunc(ts); got != micros(want) {
			t.Errorf("trunc to %s = %s, want %s", name, AppendTimestamp(nil, got), want)
		}
		if p.IsUnit() != (name != "dow") {
			t.Errorf("IsUnit of %s", name)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 10_000 {
		ts := r.Int64N(2e17) - 1e17
		for p := PartMicrosecond; p <= PartMillennium; p++ {
			got := p.Trunc(ts)
			if got > ts || p.Trunc(got) != got {
				t.Fatalf("trunc of %d to %d = %d", ts, p, got)
			}
		}
	}
}

func TestBuckets(t *testing.T) {
	if Bucket(-1, 10) != -10 || Bucket(10, 10) != 10 || Bucket(19, 10) != 10 {
		t.Error("Bucket")
	}
	for _, c := range []struct {
		ts   string
		n    int
		want string
	}{
		{"2026-08-19T13:00:00Z", 3, "2026-07-01T00:00:00Z"},
		{"1969-12-31T00:00:00Z", 1, "1969-12-01T00:00:00Z"},
		{"1969-12-31T00:00:00Z", 5, "1969-08-01T00:00:00Z"},
		{"1974-05-01T00:00:00Z", 60, "1970-01-01T00:00:00Z"},
	} {
		if got := MonthBucket(micros(c.ts), c.n); got != micros(c.want) {
			t.Errorf("MonthBucket(%s, %d) = %s", c.ts, c.n, AppendTimestamp(nil, got))
		}
	}
}

func TestMonthsBetween(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int64
	}{
		{"2026-01-15T00:00:00Z", "2026-03-15T00:00:00Z", 2},
		{"2026-01-15T00:00:01Z", "2026-03-15T00:00:00Z", 1},
		{"2026-03-15T00:00:00Z", "2026-01-15T00:00:01Z", -1},
		{"2026-03-15T00:00:00Z", "2026-01-15T00:00:00Z", -2},
		{"2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", 0},
		{"2025-12-31T00:00:00Z", "2026-01-31T00:00:00Z", 1},
	} {
		if got := MonthsBetween(micros(c.a), micros(c.b)); got != c.want {
			t.Errorf("MonthsBetween(%s, %s) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
