package progress

import (
	"strings"
	"testing"
)

// run ticks once a second over snapshots.
func run(terminal bool, width int, snapshots ...Snapshot) string {
	var out strings.Builder
	var now int64
	var s Snapshot
	r := New(Options{Out: &out, Terminal: terminal, Width: width, Now: func() int64 { return now }, Snapshot: func() Snapshot { return s }})
	for _, s = range snapshots {
		now += second
		r.Tick()
		r.Tick() // too early
	}
	r.Clear()
	r.Clear()
	return out.String()
}

func TestTerminal(t *testing.T) {
	got := run(true, 80, Snapshot{1_500_000, 150_000_000, 300_000_000}, Snapshot{3_000_000, 300_000_000, 300_000_000})
	want := "\r1.50 M rows, 1.50 M rows/s, 150 MB, 150 MB/s, 50 %, 1.000 s left" +
		"\r3.00 M rows, 1.50 M rows/s, 300 MB, 150 MB/s, 100 %" + strings.Repeat(" ", 13) +
		"\r" + strings.Repeat(" ", 51) + "\r"
	if got != want {
		t.Errorf("printed %q\nwant    %q", got, want)
	}
	if got := run(true, 12, Snapshot{1, 2, -1}); got != "\r1 rows, 1 r\r"+strings.Repeat(" ", 11)+"\r" {
		t.Errorf("printed %q", got)
	}
}

func TestLines(t *testing.T) {
	var snapshots []Snapshot
	for i := range int64(11) {
		snapshots = append(snapshots, Snapshot{i, 1000 * i, -1})
	}
	want := "4 rows, 0 rows/s, 4.00 KB, 800 B/s, 5.000 s\n9 rows, 0 rows/s, 9.00 KB, 962 B/s, 10.0 s\n"
	if got := run(false, 0, snapshots...); got != want {
		t.Errorf("printed %q\nwant    %q", got, want)
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		s    Summary
		want string
	}{
		{Summary{}, "0 rows in, 0 rows out, 0.000 s"},
		{Summary{RowsIn: 7_000_000, RowsOut: 1, Bytes: 1_900_000_000, Micros: 350_000}, "7,000,000 rows in, 1 row out, 0.350 s (20.0 M rows/s, 5.43 GB/s)"},
		{Summary{RowsIn: 10, RowsOut: 9, Micros: 65_000_000, Rejected: 1, DeadLetter: "p.dead_letter.jsonl"}, "10 rows in, 9 rows out, 1m05s (0 rows/s, 0 B/s)\n1 record rejected: see p.dead_letter.jsonl"},
		{Summary{Rejected: 1234}, "0 rows in, 0 rows out, 0.000 s\n1,234 records rejected"},
	} {
		if got := c.s.String(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1.00 K", 9994: "9.99 K", 9996: "10.0 K", 99_960: "100 K", 999_700: "1.00 M", 5e18: "5000000 T"} {
		if got := Short(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{0: "0", 12: "12", -123: "-123", 1234: "1,234", -1234567: "-1,234,567"} {
		if got := Exact(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{123_456: "0.123 s", 9_999_700: "10.0 s", 59_960_000: "1m00s", 3_599_600_000: "1h00m", 7_380_000_000: "2h03m"} {
		if got := Seconds(n); got != want {
			t.Errorf("%d µs is %q, want %q", n, got, want)
		}
	}
}
