package sqlzone

import (
	"testing"
	"time"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

func at(t *testing.T, s string) int64 {
	t.Helper()
	ts, ok := sqltime.ParseTimestamp(s)
	if !ok {
		t.Fatal(s)
	}
	return ts
}

func text(ts int64) string { return string(sqltime.AppendTimestamp(nil, ts)) }

func TestClocksChange(t *testing.T) {
	var f fault.Fault
	berlin := MustZone("Europe/Berlin")
	for _, c := range []struct{ instant, local string }{
		{"2026-01-15T11:00:00Z", "2026-01-15T12:00:00Z"},
		{"2026-07-15T10:00:00Z", "2026-07-15T12:00:00Z"},
		{"2026-03-29T00:59:59Z", "2026-03-29T01:59:59Z"}, // the last second of winter
		{"2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"}, // the first of summer
		{"2026-10-24T23:59:59Z", "2026-10-25T01:59:59Z"},
		{"2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"}, // the second time
		{"2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z"},
		{"1900-06-01T11:06:32Z", "1900-06-01T12:06:32Z"},
	} {
		if got := berlin.Local(&f, at(t, c.instant)); got != at(t, c.local) {
			t.Errorf("at %s clocks show %s, want %s", c.instant, text(got), c.local)
		}
		if got := berlin.Instant(&f, at(t, c.local)); got != at(t, c.instant) {
			t.Errorf("clocks show %s at %s, want %s", c.local, text(got), c.instant)
		}
	}
	// the first time of an hour that comes twice cannot be told from the second
	if got := berlin.Local(&f, at(t, "2026-10-25T00:30:00Z")); got != at(t, "2026-10-25T02:30:00Z") {
		t.Error(text(got))
	}
	if got := berlin.Instant(&f, at(t, "2026-10-25T02:30:00Z")); got != at(t, "2026-10-25T01:30:00Z") {
		t.Errorf("the hour that comes twice is at %s", text(got))
	}
	// an hour that is left out goes by the offset before it
	if got := berlin.Instant(&f, at(t, "2026-03-29T02:30:00Z")); got != at(t, "2026-03-29T01:30:00Z") {
		t.Errorf("the hour that is left out is at %s", text(got))
	}
	if got := Convert(&f, at(t, "2026-07-01T12:00:00Z"), "America/New_York", "Asia/Kolkata"); got != at(t, "2026-07-01T21:30:00Z") {
		t.Error(text(got))
	}
	if f.Failed() {
		t.Error(f.Take())
	}
}

// Every hour of some years, in zones of all kinds: what clocks show comes from
// an instant at which they show it, and it is the instant unless the hour comes
// twice.
func TestEveryHourComesBack(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "+05:30", "UTC"} {
		z := MustZone(name)
		for ts := at(t, "2010-12-01T00:15:00Z"); ts < at(t, "2013-01-01T00:00:00Z"); ts += sqltime.MicrosPerHour {
			local := z.local(ts)
			back := z.instant(local)
			if z.local(back) != local || back < ts || back > ts+2*sqltime.MicrosPerHour {
				t.Fatalf("%s: %s shows %s, which is at %s", name, text(ts), text(local), text(back))
			}
			if want := time.UnixMicro(ts).In(z.loc).Format("2006-01-02T15:04:05"); text(local) != want+"Z" {
				t.Fatalf("%s: %s shows %s, want %s", name, text(ts), text(local), want)
			}
		}
	}
}

// The list of changes of clocks says what package time says.
func TestChangesAreListed(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca", "Asia/Tokyo"} {
		z := MustZone(name)
		for ts := at(t, "1969-12-01T00:00:00Z"); ts < at(t, "2061-01-01T00:00:00Z"); ts += 7 * sqltime.MicrosPerHour {
			abbreviation, seconds := time.UnixMicro(ts).In(z.loc).Zone()
			if ahead, called := z.offset(ts); ahead != int64(seconds)*sqltime.MicrosPerSecond || called != abbreviation {
				t.Fatalf("%s at %s is %d %s, want %d %s", name, text(ts), ahead, called, seconds, abbreviation)
			}
		}
	}
}

func TestTruncInZone(t *testing.T) {
	var f fault.Fault
	for _, c := range []struct{ unit, zone, ts, want string }{
		{"day", "Europe/Berlin", "2026-07-15T22:30:00Z", "2026-07-15T22:00:00Z"},
		{"day", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z"}, // of 23 hours
		{"month", "America/New_York", "2026-04-01T03:00:00Z", "2026-03-01T05:00:00Z"},
		{"hour", "Asia/Kathmandu", "2026-01-01T00:00:00Z", "2025-12-31T23:15:00Z"},
		{"hour", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z"}, // the first of two
		{"hour", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z"},
		{"minute", "UTC", "2026-10-25T01:30:30Z", "2026-10-25T01:30:00Z"},
	} {
		if got := Trunc(&f, c.unit, at(t, c.ts), c.zone); got != at(t, c.want) {
			t.Errorf("%s of %s in %s is %s, want %s", c.unit, c.ts, c.zone, text(got), c.want)
		}
	}
	if Trunc(&f, "fortnight", 0, "UTC"); f.Take() == "" {
		t.Error("there are fortnights")
	}
}

func TestTexts(t *testing.T) {
	var f fault.Fault
	ts := at(t, "2018-05-11T21:58:33Z")
	for _, c := range []struct{ pattern, zone, want string }{
		{"yyyy-MM-dd HH:mm:ss zzz", "Europe/London", "2018-05-11 22:58:33 BST"},
		{"yyyy-MM-dd'T'HH:mm:ssXXX", "America/Los_Angeles", "2018-05-11T14:58:33-07:00"},
		{"%H:%M %Z %z", "Asia/Kolkata", "03:28 IST +0530"},
		{"HH:mm VV X", "+02:00", "23:58 +02:00 +02"},
	} {
		got := FormatTimestamp(&f, ts, c.pattern, c.zone)
		if got != c.want || f.Failed() {
			t.Errorf("%q is %q, want %q", c.pattern, got, c.want)
		}
		if FormatMillis(&f, ts/1000, c.pattern, c.zone) != got {
			t.Error("milliseconds are other times")
		}
	}
	for _, c := range []struct{ text, pattern, zone, want string }{
		{"2018-05-11T21:58:33 PST", "yyyy-MM-dd'T'HH:mm:ss zzz", "UTC", "2018-05-12T04:58:33Z"},
		{"2018-05-11 21:58 Europe/Paris", "yyyy-MM-dd HH:mm VV", "UTC", "2018-05-11T19:58:00Z"},
		{"2018-05-11 21:58", "yyyy-MM-dd HH:mm", "Europe/Paris", "2018-05-11T19:58:00Z"},
		{"2018-05-11 21:58 +0000", "%Y-%m-%d %H:%M %z", "Europe/Paris", "2018-05-11T21:58:00Z"},
	} {
		got := ParseTimestamp(&f, c.text, c.pattern, c.zone)
		if got != at(t, c.want) || f.Failed() {
			t.Errorf("%q is %s, want %s %s", c.text, text(got), c.want, f.Take())
		}
	}
	for name, call := range map[string]func(){
		"zone":    func() { Local(&f, 0, "Moon/Base") },
		"local":   func() { Local(&f, 0, "Local") },
		"offset":  func() { Local(&f, 0, "+99") },
		"empty":   func() { Local(&f, 0, "") },
		"pattern": func() { FormatTimestamp(&f, 0, "QQQQ", "UTC") },
		"text":    func() { ParseUTC(&f, "x", "yyyy") },
		"in text": func() { ParseUTC(&f, "10 XYZ", "HH z") },
		"millis":  func() { FormatMillisUTC(&f, 1<<62, "yyyy") },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s: nothing fails", name)
		}
	}
}

func TestZonesDoNotAllocate(t *testing.T) {
	var f fault.Fault
	z := MustZone("Europe/Berlin")
	m := MustFormat("yyyy-MM-dd HH:mm", "Europe/Berlin")
	Local(&f, 0, "Asia/Tokyo")
	if n := testing.AllocsPerRun(100, func() {
		z.Local(&f, 1_700_000_000_000_000)
		z.Instant(&f, 1_700_000_000_000_000)
		Local(&f, 1, "Asia/Tokyo")
		m.Parse(&f, "2026-07-15 10:00")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLocal(b *testing.B) {
	var f fault.Fault
	z := MustZone("Europe/Berlin")
	ts := int64(1_700_000_000_000_000)
	for b.Loop() {
		ts += 1000
		z.Local(&f, ts)
	}
}
