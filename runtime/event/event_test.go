package event

import (
	"errors"
	"math"
	"strings"
	"testing"
)

const instant = 1767225600_123456 // 2026-01-01T00:00:00.123456Z

func TestFromInt(t *testing.T) {
	for _, c := range []struct {
		format string
		in     int64
		want   Time
	}{
		{"", 1767225600123, 1767225600_123000},
		{"epoch_millis", 1767225600123, 1767225600_123000},
		{"EPOCH_MILLIS", -1, -1000},
		{"epoch", 1767225600, 1767225600_000000},
		{"epoch_seconds", 0, 0},
		{"epoch_micros", instant, instant},
		{"epoch_nanos", instant*1000 + 999, instant},
		{"epoch_nanos", -1, -1},
	} {
		f, err := ParseFormat(c.format)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := f.FromInt(c.in); got != c.want || err != nil {
			t.Errorf("%s: FromInt(%d) = %d, %v, want %d", c.format, c.in, got, err, c.want)
		}
	}
	var zero Format
	if got, err := zero.FromInt(5); got != 5000 || err != nil {
		t.Errorf("zero Format: %d, %v", got, err)
	}
}

func TestFromOthers(t *testing.T) {
	seconds, millis, iso, auto := EpochSeconds(), EpochMillis(), ISO8601(), Detect()
	check := func(name string, got Time, err error) {
		t.Helper()
		if got != instant || err != nil {
			t.Errorf("%s: %d, %v, want %d", name, got, err, int64(instant))
		}
	}
	got, err := seconds.FromFloat(1767225600.123456)
	check("float", got, err)
	got, err = seconds.FromDecimal(1767225600_123456, 6)
	check("decimal", got, err)
	got, err = seconds.FromDecimal(1767225600_123456789, 9)
	check("fine decimal", got, err)
	got, err = millis.FromDecimal(1767225600123_456, 3)
	check("millis decimal", got, err)
	got, err = seconds.FromText("1767225600.123456")
	check("epoch text", got, err)
	got, err = iso.FromText("2026-01-01T00:00:00.123456Z")
	check("iso", got, err)
	got, err = auto.FromText("2026-01-01 01:00:00.123456+01:00")
	check("detected", got, err)
}

func TestErrors(t *testing.T) {
	seconds, nanos, iso, auto := EpochSeconds(), EpochNanos(), ISO8601(), Detect()
	seconds = seconds.Of("ts", "id", "ts")
	text := func(f *Format, s string) error { _, err := f.FromText(s); return err }
	number := func(f *Format, v int64) error { _, err := f.FromInt(v); return err }
	float := func(f *Format, v float64) error { _, err := f.FromFloat(v); return err }
	for _, c := range []struct {
		err  error
		want ErrorKind
	}{
		{seconds.Missing(), MissingField},
		{number(&iso, 5), TypeMismatch},
		{float(&iso, 5), TypeMismatch},
		{number(&seconds, 1767225600123), OutOfRange},
		{number(&auto, math.MaxInt64), OutOfRange},
		{float(&seconds, math.NaN()), OutOfRange},
		{float(&nanos, 1e40), OutOfRange},
		{text(&seconds, "yesterday"), ParseFailure},
		{text(&iso, "2026-01-01T00:00:61Z"), ParseFailure},
		{text(&iso, "2026-01-01T00:00:00 EST"), AmbiguousZone},
		{text(&auto, "2026-01-01T00:00:00 America/New_York"), AmbiguousZone},
		{text(&auto, "1767225600123"), DetectionFailed},
	} {
		var e *Error
		if !errors.As(c.err, &e) || e.Kind != c.want {
			t.Errorf("%v, want kind %d", c.err, c.want)
		}
	}
	const want = `event time from field "ts", value "x", format epoch_seconds: the value does not follow the format; the fields are id, ts`
	if got := text(&seconds, "x").Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := ParseFormat("epoch_hours"); err == nil || !strings.Contains(err.Error(), "epoch_millis") {
		t.Errorf("ParseFormat: %v", err)
	}
}

func TestClock(t *testing.T) {
	var c Clock
	c.Init(5, 2)
	c.SetDeadline(100)
	watermark := func(want Time) {
		t.Helper()
		if got := c.Watermark(); got != want {
			t.Errorf("watermark %d, want %d", got, want)
		}
	}
	watermark(Earliest)
	c.Enter(0)
	if c.Observe(200) {
		t.Error("the other partition holds the watermark back")
	}
	watermark(Earliest)
	c.Enter(1)
	if c.Observe(104) {
		t.Error("104 - 5 is before the deadline")
	}
	watermark(99)
	if c.Observe(50) {
		t.Error("an older row moves nothing")
	}
	if !c.Observe(105) || !c.Reached() {
		t.Error("105 - 5 is the deadline")
	}
	watermark(100)
	c.SetDeadline(150)
	if c.Observe(154) || !c.Observe(155) {
		t.Error("the second deadline is 150")
	}
	c.SetDeadline(190)
	c.End(1)
	watermark(195)
	if !c.Reached() {
		t.Error("without partition 1 the deadline is reached")
	}
	c.SetDeadline(Latest)
	c.Enter(0)
	if c.Observe(1000) || c.Reached() {
		t.Error("no row reaches the end of time")
	}
	c.End(0)
	watermark(Latest)
	if !c.Reached() {
		t.Error("all have ended")
	}
}

func TestClockIdle(t *testing.T) {
	var c Clock
	c.Init(0, 4)
	c.Enter(0)
	c.Observe(10)
	c.Enter(3) // 1 and 2 hold back
	c.Observe(20)
	if w := c.Watermark(); w != Earliest {
		t.Errorf("watermark %d", w)
	}
	c.Idle(1)
	c.Idle(2)
	if w := c.Watermark(); w != 10 {
		t.Errorf("watermark %d, want 10", w)
	}
	c.Idle(0)
	if w := c.Watermark(); w != 20 {
		t.Errorf("watermark %d, want 20", w)
	}
	c.Enter(0) // comes back with old rows
	c.SetDeadline(15)
	if !c.Reached() || !c.Observe(11) || c.Watermark() != 20 {
		t.Errorf("watermark %d moved back", c.Watermark())
	}
	c.Idle(0)
	c.Idle(3)
	c.Raise(30)
	if w := c.Watermark(); w != 30 {
		t.Errorf("watermark %d, want 30", w)
	}
}

func TestNoAllocation(t *testing.T) {
	f, iso := EpochMillis(), ISO8601()
	var c Clock
	c.Init(5, 2)
	n := testing.AllocsPerRun(100, func() {
		v, _ := f.FromInt(1767225600123)
		w, _ := iso.FromText("2026-01-01T00:00:00.123456Z")
		c.Enter(0)
		c.Observe(v)
		c.Enter(1)
		c.Observe(w)
		c.Watermark()
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
