package sqltime

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestLayoutFormat(t *testing.T) {
	ts := micros("2026-07-05T15:04:05.120000Z")
	tests := []struct{ pattern, want string }{
		{"%Y-%m-%d %H:%M:%S", "2026-07-05 15:04:05"},
		{"%Y-%m-%dT%H:%M:%S%.f", "2026-07-05T15:04:05.120"},
		{"%S%.3f %S%.6f %S%.9f", "05.120 05.120000 05.120000000"},
		{"%f %3f %6f %9f", "120000 120 120000 120000000"},
		{"%y %j %b %B %a %A", "26 186 Jul July Sun Sunday"},
		{"%e|%I|%p", " 5|03|PM"},
		{"%Z %z %:z", "UTC +0000 +00:00"},
		{"%s", "1783263845"},
		{"%T %F %D %R %%", "15:04:05 2026-07-05 07/05/26 15:04 %"},
		{"", ""},
		{"é%dü", "é05ü"},
	}
	for _, c := range tests {
		if got := string(MustCompile(c.pattern).Format(nil, ts)); got != c.want {
			t.Errorf("%q formats %q, want %q", c.pattern, got, c.want)
		}
	}
	for _, c := range []struct{ pattern, ts, want string }{
		{"%I%p", "2026-01-01T00:30:00Z", "12AM"},
		{"%I%p", "2026-01-01T12:30:00Z", "12PM"},
		{"%S%.f", "2026-01-01T00:00:01Z", "01"},
		{"%S%.f", "2026-01-01T00:00:01.000001Z", "01.000001"},
		{"%Y", "0009-01-01T00:00:00Z", "0009"},
		{"%y", "2005-01-01T00:00:00Z", "05"},
	} {
		if got := string(MustCompile(c.pattern).Format(nil, micros(c.ts))); got != c.want {
			t.Errorf("%q formats %s as %q, want %q", c.pattern, c.ts, got, c.want)
		}
	}
}

func TestLayoutParse(t *testing.T) {
	tests := []struct{ pattern, text, want string }{ // want "": refused
		{"%Y-%m-%d %H:%M:%S", "2026-07-05 15:04:05", "2026-07-05T15:04:05Z"},
		{"%Y-%m-%d %H:%M:%S", "2026-7-5 5:4:5", "2026-07-05T05:04:05Z"},
		{"%Y%m%d%H%M%S", "20260705150405", "2026-07-05T15:04:05Z"},
		{"%Y%m%d%H%M%S%3f", "20260705150405120", "2026-07-05T15:04:05.12Z"},
		{"%Y-%m-%d %H:%M:%S%.3f", "2026-07-05 15:04:05.12", "2026-07-05T15:04:05.12Z"},
		{"%Y-%m-%d %H:%M:%S%.3f", "2026-07-05 15:04:05", "2026-07-05T15:04:05Z"},
		{"%FT%T.%fZ", "2026-07-05T15:04:05.123456789Z", "2026-07-05T15:04:05.123456Z"},
		{"%F %T %z", "2026-07-05 15:04:05 +0200", "2026-07-05T13:04:05Z"},
		{"%F %T%:z", "2026-07-05 15:04:05-05:30", "2026-07-05T20:34:05Z"},
		{"%F %T %Z", "2026-07-05 15:04:05 GMT", "2026-07-05T15:04:05Z"},
		{"%d/%b/%Y", "05/jul/2026", "2026-07-05T00:00:00Z"},
		{"%d %B %Y", "5 July 2026", "2026-07-05T00:00:00Z"},
		{"%a, %d %b %Y", "Sun, 05 Jul 2026", "2026-07-05T00:00:00Z"},
		{"%A %e.%m.%y", "Sunday  5.07.26", "2026-07-05T00:00:00Z"},
		{"%m/%d/%y", "07/05/69", "1969-07-05T00:00:00Z"},
		{"%Y-%j", "2024-366", "2024-12-31T00:00:00Z"},
		{"%I:%M %p", "12:30 am", "1970-01-01T00:30:00Z"},
		{"%I:%M %p", "12:30 PM", "1970-01-01T12:30:00Z"},
		{"%s%.f", "1783263845.12", "2026-07-05T15:04:05.12Z"},
		{"%s", "-1", "1969-12-31T23:59:59Z"},
		{"%Y-%m-%d", "+2026-07-05", "2026-07-05T00:00:00Z"},
		{"100%%", "100%", "1970-01-01T00:00:00Z"},
		{"%Y-%m-%d", "2026-02-30", ""},
		{"%Y-%m-%d", "2026-13-01", ""},
		{"%Y-%m-%d", "2026-07-05x", ""},
		{"%Y-%m-%d", "2026-07", ""},
		{"%Y-%m-%d", "x", ""},
		{"%Y-%j", "2026-366", ""},
		{"%Y-%j", "2026-0", ""},
		{"%H:%M", "24:00", ""},
		{"%I:%M", "10:30", ""},
		{"%I:%M %p", "13:30 PM", ""},
		{"%I:%M %p", "10:30 xx", ""},
		{"%a %F", "Mon 2026-07-05", ""},
		{"%d %b", "5 Foo", ""},
		{"%F %Z", "2026-07-05 CET", ""},
		{"%F %z", "2026-07-05 02", ""},
		{"%S%.f", "05.", ""},
		{"%s", "99999999999999", ""},
		{"%Y", "-999999", ""},
	}
	for _, c := range tests {
		got, err := MustCompile(c.pattern).Parse(c.text)
		if (err == nil) != (c.want != "") || err == nil && got != micros(c.want) {
			t.Errorf("%q parses %q as %s, %v; want %q", c.pattern, c.text, AppendTimestamp(nil, got), err, c.want)
		}
	}
}

func TestBadLayouts(t *testing.T) {
	for pattern, part := range map[string]string{"%Q": "%Q", "%": "ends", "%é": "%é", "%.5f": "%.", "%4f": "%4"} {
		if _, err := Compile(pattern); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("Compile(%q): %v", pattern, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("MustCompile accepts anything")
		}
	}()
	MustCompile("%Q")
}

func TestJavaPatterns(t *testing.T) {
	ts := micros("2026-07-05T15:04:05.120000Z")
	for _, c := range []struct{ pattern, want string }{
		{"yyyy-MM-dd HH:mm:ss.SSS", "2026-07-05 15:04:05.120"},
		{"yyyy-MM-dd'T'HH:mm:ss.SSSSSSX", "2026-07-05T15:04:05.120000Z"},
		{"d/M/yy H:m:s", "5/7/26 15:4:5"},
		{"EEE, dd MMM uuuu hh:mm a", "Sun, 05 Jul 2026 03:04 PM"},
		{"EEEE MMMM D", "Sunday July 186"},
		{"HH 'o''clock' ''", "15 o'clock '"},
		{"yyyyMMddHHmmssSSS", "20260705150405120"},
		{"HH:mm XXX z", "15:04 Z UTC"},
		{"k K x xx xxx Z Q VV", "15 3 +00 +0000 +00:00 +0000 3 UTC"},
	} {
		l, err := CompileAny(c.pattern)
		if err != nil {
			t.Errorf("%q: %v", c.pattern, err)
			continue
		}
		if got := string(l.Format(nil, ts)); got != c.want {
			t.Errorf("%q formats %q, want %q", c.pattern, got, c.want)
		}
	}
	l, _ := CompileAny("yyyy-MM-dd'T'HH:mm:ss.SSSX")
	if got, err := l.Parse("2026-07-05T17:04:05.120+0200"); err != nil || got != ts {
		t.Errorf("parsed %s, %v", AppendTimestamp(nil, got), err)
	}
	for _, pattern := range []string{"yyyyy", "QQQ", "[HH]", "ZZZZ", "'open", "MMMMM", "ddd", "SSSSSSSSSS", "aa"} {
		if _, err := CompileAny(pattern); err == nil {
			t.Errorf("CompileAny(%q) accepts", pattern)
		}
	}
	if l, err := CompileAny("%Y"); err != nil || l.Pattern() != "%Y" {
		t.Errorf("CompileAny of strftime: %v", err)
	}
}

func TestLocalTimes(t *testing.T) {
	ts := micros("2026-07-05T15:04:05Z") // of a clock two and a half hours ahead
	offset := 5 * MicrosPerHour / 2
	for _, c := range []struct{ pattern, want string }{
		{"yyyy-MM-dd HH:mm:ssX z VV", "2026-07-05 15:04:05+0230 AST Moon/Base"},
		{"XXX", "+02:30"},
		{"%T %z %:z %Z", "15:04:05 +0230 +02:30 AST"},
		{"%s", "1783254845"},
	} {
		l, err := CompileAny(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(l.FormatLocal(nil, ts, offset, "AST", "Moon/Base")); got != c.want {
			t.Errorf("%q formats %q, want %q", c.pattern, got, c.want)
		}
	}
	l, _ := CompileAny("HH:mm z")
	for text, want := range map[string]Reading{
		"15:04 PST":           {Local: 15*MicrosPerHour + 4*MicrosPerMinute, Zone: "PST"},
		"15:04 Europe/Berlin": {Local: 15*MicrosPerHour + 4*MicrosPerMinute, Zone: "Europe/Berlin"},
		"15:04 GMT":           {Local: 15*MicrosPerHour + 4*MicrosPerMinute, Fixed: true},
		"15:04 -02:30":        {Local: 15*MicrosPerHour + 4*MicrosPerMinute, Offset: -offset, Fixed: true},
	} {
		if got, err := l.Read(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	if _, err := l.Parse("15:04 PST"); err == nil {
		t.Error("Parse takes a zone for UTC")
	}
}

func TestPostgresPatterns(t *testing.T) {
	ts := micros("2026-07-05T15:04:05.120000Z")
	for _, c := range []struct{ pattern, want string }{
		{"YYYY-MM-DD HH24:MI:SS.MS", "2026-07-05 15:04:05.120"},
		{"yyyy/mm/dd hh12:mi am", "2026/07/05 03:04 pm"},
		{"Dy, DD Mon YY", "Sun, 05 Jul 26"},
		{"DAY|Month|FMMonth FMDD", "SUNDAY   |July     |July 5"},
		{`"Day" DDD, IYYY-IW-ID, Q`, "Day 186, 2026-27-7, 3"},
		{"HH:MI PM TZ OF US", "03:04 PM UTC +00 120000"},
	} {
		l, err := CompileToChar(c.pattern)
		if err != nil {
			t.Errorf("%q: %v", c.pattern, err)
			continue
		}
		if got := string(l.Format(nil, ts)); got != c.want {
			t.Errorf("%q formats %q, want %q", c.pattern, got, c.want)
		}
	}
	for pattern, text := range map[string]string{"YYYY-MM-DD HH24:MI:SS.MS": "2026-07-05 15:04:05.120", "yyyy-MM-dd HH:mm:ss.SSS": "2026-07-05 15:04:05.120", "%d.%m.%Y %H:%M:%S%.f": "05.07.2026 15:04:05.12", "DD-MON-YYYY HH24:MI:SS.US": "05-JUL-2026 15:04:05.120"} {
		l, err := CompileWritten(pattern)
		if err != nil {
			t.Errorf("%q: %v", pattern, err)
			continue
		}
		if got, err := l.Parse(text); err != nil || got != ts {
			t.Errorf("%q reads %d, %v", pattern, got, err)
		}
	}
	for _, pattern := range []string{"XX", `"open`, "YYY", "FM"} {
		if _, err := CompilePostgres(pattern); err == nil {
			t.Errorf("CompilePostgres(%q) accepts", pattern)
		}
	}
}

func TestLayoutRoundTrip(t *testing.T) {
	layouts := []*Layout{MustCompile("%Y-%m-%d %H:%M:%S%.6f %:z"), MustCompile("%A %d %B %Y %I:%M:%S.%f %p"), MustCompile("%Y-%jT%T.%6f%z"), MustCompile("%s%.6f"), MustCompile("%a %e %b %Y %T.%6f"), mustAny("yyyyMMdd kk:mm:ss.SSSSSS Z"), mustAny("D/yyyy K:mm:ss.SSSSSS a XXX")}
	r := rand.New(rand.NewPCG(1, 1))
	for range 5000 {
		ts := r.Int64N(4e15)
		for _, l := range layouts {
			text := string(l.Format(nil, ts))
			if got, err := l.Parse(text); err != nil || got != ts {
				t.Fatalf("%q: %d = %q = %d, %v", l.Pattern(), ts, text, got, err)
			}
		}
	}
}

func mustAny(pattern string) *Layout {
	l, err := CompileAny(pattern)
	if err != nil {
		panic(err)
	}
	return l
}

func TestLayoutsDoNotAllocate(t *testing.T) {
	l := MustCompile("%a %d %b %Y %H:%M:%S%.3f %z")
	buf := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(100, func() {
		buf = l.Format(buf[:0], 1783263845120000)
		if _, err := l.Parse("Sun 05 Jul 2026 15:04:05.120 +0000"); err != nil {
			t.Error(err)
		}
		_, _ = l.Parse("no time")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNames(t *testing.T) {
	if MonthName(7) != "July" || DayName(micros("2026-07-05T15:04:05Z")) != "Sunday" {
		t.Error("names")
	}
}

func FuzzLayout(f *testing.F) {
	for _, c := range [][2]string{{"%Y-%m-%d %H:%M:%S%.3f", "2026-07-05 15:04:05.12"}, {"%a %e %b %y %I%p", "Sun  5 Jul 26 03PM"}, {"%s", "-12"}, {"%j%z%%", "186+02%"}} {
		f.Add(c[0], c[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		l, err := Compile(pattern)
		if err != nil {
			return
		}
		if _, err := CompileAny(pattern); err != nil && strings.Contains(pattern, "%") {
			t.Fatalf("CompileAny(%q): %v", pattern, err)
		}
		for _, compile := range []func(string) (*Layout, error){compileJava, CompilePostgres} {
			if l, err := compile(pattern); err == nil {
				if r, err := l.Read(text); err == nil {
					l.FormatLocal(nil, r.Local, r.Offset, "X", "Y")
				}
			}
		}
		ts, err := l.Parse(text)
		if err != nil {
			return
		}
		l.Format(nil, ts)
	})
}
