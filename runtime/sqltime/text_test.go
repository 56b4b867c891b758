package sqltime

import (
	"math"
	"testing"
	"time"
)

func micros(s string) int64 {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t.UnixMicro()
}

func TestParseTimestamp(t *testing.T) {
	tests := []struct{ text, want string }{ // want "": refused
		{"2026-01-31", "2026-01-31T00:00:00Z"},
		{"2026-01-31T15:04", "2026-01-31T15:04:00Z"},
		{"2026-01-31 15:04:05", "2026-01-31T15:04:05Z"},
		{"2026-01-31T15:04:05Z", "2026-01-31T15:04:05Z"},
		{"2026-01-31t15:04:05z", "2026-01-31T15:04:05Z"},
		{"2026-01-31T15:04:05.1Z", "2026-01-31T15:04:05.1Z"},
		{"2026-01-31T15:04:05,123456789", "2026-01-31T15:04:05.123456Z"},
		{"2026-01-31T15:04:05+02:00", "2026-01-31T13:04:05Z"},
		{"2026-01-31T15:04:05.5-0530", "2026-01-31T20:34:05.5Z"},
		{"2026-01-31 15:04:05 +02", "2026-01-31T13:04:05Z"},
		{"2026-01-31 15:04:05 UTC", "2026-01-31T15:04:05Z"},
		{"2024-02-29T24:00:00", "2024-03-01T00:00:00Z"},
		{"0000-02-29", "0000-02-29T00:00:00Z"},
		{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
		{"2026-02-29", ""},
		{"2026-13-01", ""},
		{"2026-00-01", ""},
		{"2026-01-00", ""},
		{"2026-1-1", ""},
		{"2026-01-31T", ""},
		{"2026-01-31T15", ""},
		{"2026-01-31T15:60", ""},
		{"2026-01-31T24:00:01", ""},
		{"2026-01-31T15:04:05.", ""},
		{"2026-01-31T15:04:05.1234567890", ""},
		{"2026-01-31T15:04:05+2", ""},
		{"2026-01-31T15:04:05+02:0", ""},
		{"2026-01-31T15:04:05+19:00", ""},
		{"2026-01-31T15:04:05 ", ""},
		{"2026-01-31T15:04:05Zx", ""},
		{"20260131", ""},
		{"", ""},
		{"+12026", ""},
	}
	for _, c := range tests {
		got, ok := ParseTimestamp(c.text)
		if ok != (c.want != "") || ok && got != micros(c.want) {
			t.Errorf("ParseTimestamp(%q) = %s, %v; want %q", c.text, AppendTimestamp(nil, got), ok, c.want)
		}
	}
}

func TestParseDateAndTime(t *testing.T) {
	if d, ok := ParseDate("2026-01-31"); !ok || string(AppendDate(nil, d)) != "2026-01-31" {
		t.Errorf("date = %d, %v", d, ok)
	}
	for _, s := range []string{"", "2026-01-31 ", "2026-02-30", "+026-01-01", "999999-01-01", "+999999-01-01"} {
		if d, ok := ParseDate(s); ok {
			t.Errorf("ParseDate(%q) = %d", s, d)
		}
	}
	for s, want := range map[string]string{"15:04": "15:04:00", "15:04:05.120": "15:04:05.12", "00:00:00": "00:00:00", "23:59:59.999999": "23:59:59.999999"} {
		if us, ok := ParseTime(s); !ok || string(AppendTime(nil, us)) != want {
			t.Errorf("ParseTime(%q) = %d, %v", s, us, ok)
		}
	}
	for _, s := range []string{"", "24:00:00", "15:04:05Z", "15:4", "1504"} {
		if us, ok := ParseTime(s); ok {
			t.Errorf("ParseTime(%q) = %d", s, us)
		}
	}
}

func TestAppendTimestamp(t *testing.T) {
	tests := []struct {
		ts          int64
		want, space string
	}{
		{0, "1970-01-01T00:00:00Z", "1970-01-01 00:00:00"},
		{micros("2026-01-31T15:04:05.100Z"), "2026-01-31T15:04:05.1Z", "2026-01-31 15:04:05.1"},
		{micros("2026-01-31T15:04:05.000001Z"), "2026-01-31T15:04:05.000001Z", "2026-01-31 15:04:05.000001"},
		{-1, "1969-12-31T23:59:59.999999Z", "1969-12-31 23:59:59.999999"},
		{int64(Days(12026, 1, 1)) * MicrosPerDay, "+12026-01-01T00:00:00Z", "+12026-01-01 00:00:00"},
		{int64(Days(-5, 1, 1)) * MicrosPerDay, "-0005-01-01T00:00:00Z", "-0005-01-01 00:00:00"},
		{math.MinInt64, "-290308-12-21T19:59:05.224192Z", "-290308-12-21 19:59:05.224192"},
	}
	for _, c := range tests {
		if got := string(AppendTimestamp(nil, c.ts)); got != c.want {
			t.Errorf("AppendTimestamp(%d) = %s, want %s", c.ts, got, c.want)
		}
		if got := string(AppendTimestampSpace(nil, c.ts)); got != c.space {
			t.Errorf("AppendTimestampSpace(%d) = %s, want %s", c.ts, got, c.space)
		}
		if back, ok := ParseTimestamp(c.want); c.ts != math.MinInt64 && (!ok || back != c.ts) {
			t.Errorf("%s does not come back: %d, %v", c.want, back, ok)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	buf := make([]byte, 0, 64)
	n := testing.AllocsPerRun(100, func() {
		ts, _ := ParseTimestamp("2026-01-31T15:04:05.123+02:00")
		buf = AppendTimestamp(buf[:0], ts)
		v, _ := ParseInterval("1 day 2 hours")
		buf = AppendInterval(buf[:0], v)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzTimestamp(f *testing.F) {
	for _, s := range []string{"2026-01-31T15:04:05.123456Z", "2026-01-31 15:04:05+0200", "+12026-01-01", "-0005-01-01T24:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ts, ok := ParseTimestamp(s)
		if !ok {
			return
		}
		text := string(AppendTimestamp(nil, ts))
		if back, ok := ParseTimestamp(text); !ok || back != ts {
			t.Fatalf("%q = %s, which reads as %d, %v", s, text, back, ok)
		}
		if want, err := time.Parse(time.RFC3339Nano, s); err == nil && want.UnixMicro() != ts {
			t.Fatalf("%q = %s, want %v", s, text, want.UTC())
		}
	})
}
