package sqlfn

import (
	"math"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

func ts(s string) int64 {
	v, ok := sqltime.ParseTimestamp(s)
	if !ok {
		panic(s)
	}
	return v
}

func TestDateParts(t *testing.T) {
	x := ts("2026-07-15T13:04:05.5Z")
	for _, c := range []struct {
		what      string
		got, want int32
	}{
		{"year", Year(x), 2026},
		{"quarter", Quarter(x), 3},
		{"month", Month(x), 7},
		{"week", Week(x), 29},
		{"day", Day(x), 15},
		{"dayofweek", DayOfWeek(x), 4},
		{"dayofyear", DayOfYear(x), 196},
		{"hour", Hour(x), 13},
		{"minute", Minute(x), 4},
		{"second", Second(x), 5},
		{"last_day", LastDay(x), sqltime.DateOf(ts("2026-07-31"))},
		{"current_date", CurrentDate(x), sqltime.DateOf(x)},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	if MonthName(x) != "July" || CurrentTime(x) != sqltime.TimeOf(x) || CurrentSeconds(-1) != -1 {
		t.Error("monthname or the clock")
	}
	var f fault.Fault
	if PartOf(&f, "MONTH", x) != 7 || PartOfInterval(&f, "day", sqltime.Interval{Days: 3}) != 3 || MustDatePart("epoch").Of(&f, x) != ToSeconds(x) || f.Failed() {
		t.Error("date_part")
	}
	for name, call := range map[string]func(){
		"part":             func() { PartOf(&f, "eon", x) },
		"part of interval": func() { PartOfInterval(&f, "eon", sqltime.Interval{}) },
		"dow of interval":  func() { PartOfInterval(&f, "dow", sqltime.Interval{}) },
		"unit":             func() { DateTrunc(&f, "dow", x) },
		"add unit":         func() { AddUnits(&f, "eon", 1, x) },
		"between unit":     func() { UnitsBetween(&f, "eon", 1, x) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
	if _, err := NewDatePart("eon"); err == nil || !strings.Contains(err.Error(), "eon") {
		t.Errorf("NewDatePart: %v", err)
	}
	if _, err := NewTimeUnit("dow"); err == nil || !strings.Contains(err.Error(), "dow") {
		t.Errorf("NewTimeUnit: %v", err)
	}
}

func TestDateArithmetic(t *testing.T) {
	var f fault.Fault
	month := sqltime.Interval{Months: 1}
	for _, c := range []struct {
		what string
		got  int64
		want string
	}{
		{"trunc", DateTrunc(&f, "Month", ts("2026-07-15T13:04:05Z")), "2026-07-01"},
		{"trunc unit", MustTimeUnit("week").Trunc(&f, ts("2026-07-15T13:04:05Z")), "2026-07-13"},
		{"add", AddUnits(&f, "quarter", 1, ts("2026-11-30")), "2027-02-28"},
		{"subtract", SubtractUnits(&f, "minutes", 90, ts("2026-07-15")), "2026-07-14T22:30"},
		{"subtract interval", SubtractInterval(&f, ts("2026-03-31"), month), "2026-02-28"},
		{"subtract from date", int64(SubtractFromDate(&f, sqltime.DateOf(ts("2026-03-31")), month)) * sqltime.MicrosPerDay, "2026-02-28"},
		{"bucket", TimeBucket(&f, sqltime.Interval{Micros: 15 * sqltime.MicrosPerMinute}, ts("2026-07-15T13:34:05Z")), "2026-07-15T13:30"},
		{"bucket of months", TimeBucket(&f, sqltime.Interval{Months: 3}, ts("2026-08-15T13:34:05Z")), "2026-07-01"},
		{"bucket of days", TimeBucket(&f, sqltime.Interval{Days: 7}, ts("1970-01-09")), "1970-01-08"},
		{"make", MakeTimestamp(&f, 2026, 7, 15, 13, 4, 5.25), "2026-07-15T13:04:05.25"},
		{"seconds", FromSeconds(&f, 60), "1970-01-01T00:01"},
		{"float seconds", FromSecondsFloat(&f, -0.5), "1969-12-31T23:59:59.5"},
	} {
		if c.got != ts(c.want) {
			t.Errorf("%s = %s, want %s", c.what, sqltime.AppendTimestamp(nil, c.got), c.want)
		}
	}
	for _, c := range []struct {
		what      string
		got, want int64
	}{
		{"hours between", UnitsBetween(&f, "hour", ts("2026-07-15T10:00"), ts("2026-07-15T12:30")), 2},
		{"hours back", UnitsBetween(&f, "hour", ts("2026-07-15T12:30"), ts("2026-07-15T10:00")), -2},
		{"months between", UnitsBetween(&f, "month", ts("2026-01-31"), ts("2026-04-30")), 2},
		{"years between", UnitsBetween(&f, "year", ts("2020-02-29"), ts("2026-02-28")), 5},
		{"days between", int64(DaysBetween(ts("2026-07-15T01:00"), ts("2026-07-14T23:00"))), 1},
		{"millis", ToMillis(-1), -1},
		{"date", int64(MakeDate(&f, 1970, 1, 2)), 1},
	} {
		if c.got != c.want {
			t.Errorf("%s = %d, want %d", c.what, c.got, c.want)
		}
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	for name, call := range map[string]func(){
		"add":            func() { AddUnits(&f, "year", math.MaxInt64, 0) },
		"subtract":       func() { SubtractUnits(&f, "second", math.MinInt64, 0) },
		"bucket mixed":   func() { TimeBucket(&f, sqltime.Interval{Months: 1, Days: 1}, 0) },
		"bucket months":  func() { TimeBucket(&f, sqltime.Interval{Months: -1}, 0) },
		"bucket zero":    func() { TimeBucket(&f, sqltime.Interval{}, 0) },
		"bucket days":    func() { TimeBucket(&f, sqltime.Interval{Days: math.MaxInt32}, 0) },
		"date":           func() { MakeDate(&f, 2026, 2, 29) },
		"date month":     func() { MakeDate(&f, 2026, 13, 1) },
		"timestamp":      func() { MakeTimestamp(&f, 2026, 1, 1, 24, 0, 0) },
		"timestamp NaN":  func() { MakeTimestamp(&f, 2026, 1, 1, 2, 0, math.NaN()) },
		"timestamp year": func() { MakeTimestamp(&f, 400_000, 1, 1, 2, 0, 0) },
		"seconds":        func() { FromSeconds(&f, math.MaxInt64) },
		"float seconds":  func() { FromSecondsFloat(&f, math.Inf(1)) },
	} {
		if call(); f.Take() == "" {
			t.Errorf("%s does not fail", name)
		}
	}
}

func TestTimePatterns(t *testing.T) {
	var f fault.Fault
	x := ts("2026-07-15T13:04:05Z")
	if got := FormatTimestamp(&f, x, "%d.%m.%Y"); got != "15.07.2026" {
		t.Errorf("format = %s", got)
	}
	if got := FormatTimestamp(&f, x, "yyyy/MM/dd"); got != "2026/07/15" {
		t.Errorf("format = %s", got)
	}
	if got := ParseTimestamp(&f, "15.07.2026 13:04:05", "%d.%m.%Y %T"); got != x {
		t.Errorf("parse = %d", got)
	}
	if got := ParseDate(&f, "15/07/2026", "dd/MM/yyyy"); got != sqltime.DateOf(x) {
		t.Errorf("parse date = %d", got)
	}
	if f.Failed() {
		t.Fatal(f.Take())
	}
	if ParseTimestamp(&f, "x", "%Y"); f.Take() != `cannot read "x" with the time pattern %Y: the text does not fit the time pattern` {
		t.Error("the reason of bad text")
	}
	for name, call := range map[string]func(){
		"format": func() { FormatTimestamp(&f, x, "%Q") },
		"parse":  func() { ParseTimestamp(&f, "x", "%Q") },
	} {
		if call(); f.Take() != "%Q is not known in time patterns" {
			t.Errorf("%s with a bad pattern", name)
		}
	}
	if _, err := NewTimeFormat("%Q"); err == nil {
		t.Error("NewTimeFormat accepts %Q")
	}
	format := MustTimeFormat("%F %T")
	if n := testing.AllocsPerRun(100, func() {
		format.Parse(&f, "2026-07-15 13:04:05")
		DateTrunc(&f, "hour", x)
		TimeBucket(&f, sqltime.Interval{Micros: 1000}, x)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestConstructorsPanic(t *testing.T) {
	for name, call := range map[string]func(){
		"MustLike":       func() { MustLike(`\`, `\`, false) },
		"MustRegexp":     func() { MustRegexp("(") },
		"MustDatePart":   func() { MustDatePart("eon") },
		"MustTimeUnit":   func() { MustTimeUnit("eon") },
		"MustTimeFormat": func() { MustTimeFormat("%Q") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s does not panic", name)
				}
			}()
			call()
		}()
	}
}
