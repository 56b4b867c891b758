package scan

import (
	"math"
	"testing"
)

func TestTimeForms(t *testing.T) {
	day := MustTimePattern("%d.%m.%Y %H:%M")
	const none = math.MinInt64
	for _, c := range []struct {
		form *TimeForm
		text string
		want int64
	}{
		{Seconds, "1700000000", 1700000000_000000},
		{Seconds, "-1", -1_000000},
		{Seconds, "1700000000.25", 1700000000_250000},
		{Seconds, "-0.0000001", -1},
		{Seconds, "1700000000.1234567891", none},
		{Seconds, "253402300799", 253402300799_000000},
		{Seconds, "253402300800", none},
		{Seconds, "1700000000000", none},
		{Seconds, "1e9", none},
		{Seconds, "2023-11-14 22:13:20Z", 1700000000_000000},
		{Millis, "1700000000123", 1700000000_123000},
		{Millis, "1700000000123.5", 1700000000_123500},
		{Micros, "-62135596800000000", firstMicro},
		{Micros, "-62135596800000001", none},
		{Nanos, "1700000000123456789", 1700000000_123456},
		{Nanos, "-1", -1},
		{Nanos, "9223372036854775808", none},
		{day, "14.11.2023 22:13", 1699999980_000000},
		{day, "2023-11-14 22:13", none},
		{day, "1700000000", none},
	} {
		got, ok := c.form.Parse(c.text)
		if ok != (c.want != none) || ok && got != c.want {
			t.Errorf("%s from %q is %d, %v, want %d", c.form, c.text, got, ok, c.want)
		}
	}
}

// TestEpochScans compares the fast functions with Parse.
func TestEpochScans(t *testing.T) {
	scans := map[*TimeForm]func([]byte, int) (int64, int){Seconds: EpochSeconds, Millis: EpochMillis, Micros: EpochMicros, Nanos: EpochNanos}
	for form, scan := range scans {
		for _, text := range []string{"0", "-1", "-1000", "1", "7", "-7", "1700000000", "-1700000001", "1700000000123", "1700000000123456", "253402300799999", "253402300800000", "1700000000123456789", "", "x"} {
			b := append([]byte("ts:"+text+",\n"), make([]byte, 64)...)
			got, next := scan(b, 3)
			if next < 0 || b[next] != ',' {
				continue // the slow path decides
			}
			if want, ok := form.Parse(text); !ok || want != got {
				t.Errorf("%s from %q is %d, slowly %d, %v", form, text, got, want, ok)
			}
		}
	}
}

func TestAppendEpochs(t *testing.T) {
	for _, c := range []struct {
		us             int64
		seconds, nanos string
	}{
		{0, "0", "0"},
		{1, "0", "1000"},
		{-1, "-1", "-1000"},
		{1700000000_999999, "1700000000", "1700000000999999000"},
		{math.MaxInt64, "9223372036854", "9223372036854775807000"},
	} {
		if s, n := string(AppendSeconds(nil, c.us)), string(AppendNanos(nil, c.us)); s != c.seconds || n != c.nanos {
			t.Errorf("%d is written %s and %s, want %s and %s", c.us, s, n, c.seconds, c.nanos)
		}
	}
}

func TestTimeFormsDoNotAllocate(t *testing.T) {
	day := MustTimePattern("%d.%m.%Y %H:%M:%S%.3f")
	buf := make([]byte, 0, 128)
	n := testing.AllocsPerRun(100, func() {
		us, ok := day.Parse("14.11.2023 22:13:20.123")
		buf = day.Append(buf[:0], us)
		buf = AppendNanos(AppendSeconds(buf, us), us)
		_, ok2 := Seconds.Parse("1700000000.25")
		if !ok || !ok2 {
			t.Fail()
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
