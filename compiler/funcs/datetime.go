package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// SQLTime is the package of dates, timestamps and intervals.
const SQLTime = "github.com/velocsql/veloc/runtime/sqltime"

var (
	timestamp = types.Of(types.Timestamp)
	date      = types.Of(types.Date)
	clock     = types.Of(types.Time)
)

// clocked marks a function that is given the current time.
func (r Recipe) clocked() Recipe {
	r.Clock = true
	return r
}

// unitArg prepares a constant unit of time, which is the first argument.
func unitArg(method string) *ConstRecipe {
	return &ConstRecipe{
		New: fn("MustTimeUnit"), Type: "TimeUnit", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewTimeUnit(text)
			return err
		},
	}
}

// dayUnitArg is unitArg for functions of dates, which have no hours.
func dayUnitArg(method string) *ConstRecipe {
	c := unitArg(method)
	c.Check = sqlfn.CheckDayUnit
	return c
}

// partArg prepares a constant name of a part, which is the first argument.
func partArg(method string) *ConstRecipe {
	return &ConstRecipe{
		New: fn("MustDatePart"), Type: "DatePart", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewDatePart(text)
			return err
		},
	}
}

// part is a function of a timestamp to a part of it; ofTime says that a TIME
// has the part too.
func part(name string, aliases []string, goName, doc, want string, ofTime bool) Func {
	f := Func{
		Name: name, Aliases: aliases, Area: "date", Doc: doc,
		Examples:  []Example{{name + "(TIMESTAMP '2026-07-15 13:04:05')", want}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: integer, Go: fn(goName)}},
	}
	if ofTime {
		f.Overloads = append(f.Overloads, Overload{Params: one(types.Time), Ret: integer, Go: fn(goName)})
	}
	return f
}

var clockFuncs = []Func{
	{
		Name: "now", Aliases: []string{"current_timestamp", "localtimestamp", "current_row_timestamp"}, Area: "date", Doc: "now returns the current time.",
		Examples:  []Example{{"now() > TIMESTAMP '2020-01-01 00:00:00'", "TRUE"}},
		Overloads: []Overload{{Ret: timestamp, Go: Recipe{Name: "int64"}.clocked()}},
	},
	{
		Name: "current_date", Area: "date", Doc: "current_date returns the current day in UTC.",
		Examples:  []Example{{"current_date() > DATE '2020-01-01'", "TRUE"}},
		Overloads: []Overload{{Ret: date, Go: fn("CurrentDate").clocked()}},
	},
	{
		Name: "current_time", Aliases: []string{"localtime"}, Area: "date", Doc: "current_time returns the current time of day in UTC.",
		Examples:  []Example{{"current_time() >= TIME '00:00:00'", "TRUE"}},
		Overloads: []Overload{{Ret: types.Of(types.Time), Go: fn("CurrentTime").clocked()}},
	},
}

var partFuncs = []Func{
	{
		Name: "date_part", Aliases: []string{"extract", "datepart"}, Area: "date",
		Doc: "date_part returns a part of a timestamp or an interval as a whole number, as EXTRACT(part FROM x) does: microsecond, millisecond and second are of the minute, dow is 0 for Sunday, isodow 7, week is that of ISO 8601, epoch is in seconds.",
		Examples: []Example{
			{"date_part('year', TIMESTAMP '2026-07-15 13:04:05')", "2026"},
			{"extract('dow', TIMESTAMP '2026-07-15 13:04:05')", "3"},
			{"date_part('epoch', INTERVAL '1' HOUR)", "3600"},
		},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Timestamp), Ret: bigint, Go: failing("PartOf"), Const: partArg("Of")},
			{Params: kinds(types.String, types.Time), Ret: bigint, Go: failing("PartOf"), Const: partArg("Of")},
			{Params: kinds(types.String, types.Interval), Ret: bigint, Go: failing("PartOfInterval"), Const: partArg("OfInterval")},
		},
	},
	part("year", nil, "Year", "year returns the year.", "2026", false),
	part("quarter", nil, "Quarter", "quarter returns the quarter, 1 to 4.", "3", false),
	part("month", nil, "Month", "month returns the month, 1 to 12.", "7", false),
	part("week", []string{"weekofyear", "week_of_year"}, "Week", "week returns the week of ISO 8601, 1 to 53.", "29", false),
	part("day", []string{"dayofmonth", "day_of_month"}, "Day", "day returns the day of the month.", "15", false),
	part("dayofweek", []string{"day_of_week"}, "DayOfWeek", "dayofweek returns the day of the week, 1 for Sunday to 7 for Saturday.", "4", false),
	part("dayofyear", []string{"day_of_year"}, "DayOfYear", "dayofyear returns the day of the year, 1 to 366.", "196", false),
	part("hour", nil, "Hour", "hour returns the hour, 0 to 23.", "13", true),
	part("minute", nil, "Minute", "minute returns the minute, 0 to 59.", "4", true),
	part("millisecond", nil, "Millisecond", "millisecond returns the milliseconds of the minute, as EXTRACT does.", "5000", true),
	part("microsecond", nil, "Microsecond", "microsecond returns the microseconds of the minute, as EXTRACT does.", "5000000", true),
	part("isodow", []string{"weekday"}, "ISODayOfWeek", "isodow returns the day of the week, 1 for Monday to 7 for Sunday.", "3", false),
	part("second", nil, "Second", "second returns the second, 0 to 59.", "5", true),
	{
		Name: "dayname", Area: "date", Doc: "dayname returns the English name of the day of the week.",
		Examples:  []Example{{"dayname(DATE '2026-07-15')", "'Wednesday'"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: text, Go: Recipe{Path: SQLTime, Name: "DayName"}}},
	},
	{
		Name: "monthname", Area: "date", Doc: "monthname returns the English name of the month.",
		Examples:  []Example{{"monthname(DATE '2026-07-15')", "'July'"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: text, Go: fn("MonthName")}},
	},
	{
		Name: "last_day", Area: "date", Doc: "last_day returns the last day of the month.",
		Examples:  []Example{{"last_day(DATE '2024-02-10')", "DATE '2024-02-29'"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: date, Go: fn("LastDay")}},
	},
}

var dateMathFuncs = []Func{
	{
		Name: "date_trunc", Area: "date", Doc: "date_trunc returns the start of the unit that a timestamp is in, in UTC or in a time zone; a week begins on Monday.",
		Examples: []Example{
			{"date_trunc('hour', TIMESTAMP '2026-07-15 13:04:05')", "TIMESTAMP '2026-07-15 13:00:00'"},
			{"date_trunc('day', TIMESTAMP '2026-07-15 22:30:00', 'Europe/Berlin')", "TIMESTAMP '2026-07-15 22:00:00'"},
		},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Timestamp), Ret: timestamp, Go: failing("DateTrunc"), Const: unitArg("Trunc")},
			{Params: kinds(types.String, types.Timestamp, types.String), Ret: timestamp, Go: zoned("Trunc"), Const: &ConstRecipe{
				New: Recipe{Path: SQLZone, Name: "MustCut"}, Type: "Cut", Method: "Trunc", Check: unitArg("").Check, Also: 2, CheckAlso: checkZone,
			}},
		},
	},
	{
		Name: "time_bucket", Area: "date", Doc: "time_bucket returns the start of the span of a width, counted from the epoch, that a timestamp is in; the width is months, or days and time.",
		Examples:  []Example{{"time_bucket(INTERVAL '15' MINUTE, TIMESTAMP '2026-07-15 13:34:05')", "TIMESTAMP '2026-07-15 13:30:00'"}},
		Overloads: []Overload{{Params: kinds(types.Interval, types.Timestamp), Ret: timestamp, Go: failing("TimeBucket")}},
	},
	{
		Name: "date_bin", Area: "date", Doc: "date_bin returns the start of the span of a width, counted from an origin, that a timestamp is in; the width is days and time.",
		Examples:  []Example{{"date_bin(INTERVAL '15' MINUTE, TIMESTAMP '2026-07-15 13:34:05', TIMESTAMP '2026-01-01 00:05:00')", "TIMESTAMP '2026-07-15 13:20:00'"}},
		Overloads: []Overload{{Params: kinds(types.Interval, types.Timestamp, types.Timestamp), Ret: timestamp, Go: failing("DateBin")}},
	},
	{
		Name: "add_months", Area: "date", Doc: "add_months adds months to a date or timestamp; the day stays or becomes the last one.",
		Examples: []Example{{"add_months(DATE '2026-01-31', 1)", "DATE '2026-02-28'"}},
		Overloads: []Overload{
			{Params: kinds(types.Date, types.BigInt), Ret: date, Go: failing("AddMonthsToDate")},
			{Params: kinds(types.Timestamp, types.BigInt), Ret: timestamp, Go: failing("AddMonths")},
		},
	},
	{
		Name: "date_add", Aliases: []string{"timestampadd", "dateadd", "timeadd"}, Area: "date",
		Doc: "date_add adds an interval, or a number of units, to a date or timestamp, or units to a time, which goes on at midnight; a month keeps the day or takes its last one.",
		Examples: []Example{
			{"date_add(TIMESTAMP '2026-01-31 10:00:00', INTERVAL '1' MONTH)", "TIMESTAMP '2026-02-28 10:00:00'"},
			{"date_add('day', 2, TIMESTAMP '2026-07-15 10:00:00')", "TIMESTAMP '2026-07-17 10:00:00'"},
			{"date_add(DATE '2026-07-15', INTERVAL '2' DAY)", "DATE '2026-07-17'"},
			{"date_add('month', 1, DATE '2026-01-31')", "DATE '2026-02-28'"},
			{"timeadd('hour', 2, TIME '23:30:00')", "TIME '01:30:00'"},
		},
		Overloads: addition(dayUnitArg("AddToDate")),
		KsqlDB:    addition(unitArg("AddToDate")),
	},
	{
		Name: "date_sub", Aliases: []string{"timestampsub", "datesub", "timesub"}, Area: "date", Doc: "date_sub takes an interval, or a number of units, from a date or timestamp, or units from a time.",
		Examples:  []Example{{"date_sub(TIMESTAMP '2026-03-31 10:00:00', INTERVAL '1' MONTH)", "TIMESTAMP '2026-02-28 10:00:00'"}},
		Overloads: subtraction(dayUnitArg("SubtractFromDate")),
		KsqlDB:    subtraction(unitArg("SubtractFromDate")),
	},
	{
		Name: "datediff", Aliases: []string{"date_diff", "timestampdiff"}, Area: "date",
		Doc:      "datediff returns how many whole units lie from the first time to the second; with two arguments and no unit, the days from the second date to the first.",
		Examples: []Example{{"datediff('hour', TIMESTAMP '2026-07-15 10:00:00', TIMESTAMP '2026-07-15 12:30:00')", "2"}, {"datediff(DATE '2026-07-15', DATE '2026-07-01')", "14"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Timestamp, types.Timestamp), Ret: bigint, Go: failing("UnitsBetween"), Const: unitArg("Between")},
			{Params: kinds(types.Timestamp, types.Timestamp), Ret: integer, Go: fn("DaysBetween")},
		},
	},
	{
		Name: "make_date", Area: "date", Doc: "make_date returns the date of a year, month and day; it is an error if there is no such day.",
		Examples:  []Example{{"make_date(2026, 7, 15)", "DATE '2026-07-15'"}},
		Overloads: []Overload{{Params: kinds(types.Int, types.Int, types.Int), Ret: date, Go: failing("MakeDate")}},
	},
	{
		Name: "make_time", Area: "date", Doc: "make_time returns the time of an hour, minute and second; it is an error if there is no such time.",
		Examples:  []Example{{"make_time(13, 4, 5.5)", "TIME '13:04:05.5'"}},
		Overloads: []Overload{{Params: kinds(types.Int, types.Int, types.Double), Ret: clock, Go: failing("MakeTime")}},
	},
	{
		Name: "make_timestamp", Area: "date", Doc: "make_timestamp returns the timestamp of a year, month, day, hour, minute and second; it is an error if there is no such time.",
		Examples:  []Example{{"make_timestamp(2026, 7, 15, 13, 4, 5.5)", "TIMESTAMP '2026-07-15 13:04:05.5'"}},
		Overloads: []Overload{{Params: kinds(types.Int, types.Int, types.Int, types.Int, types.Int, types.Double), Ret: timestamp, Go: failing("MakeTimestamp")}},
	},
}

// addition are the overloads of DATE_ADD; units prepares the unit for a date.
func addition(units *ConstRecipe) []Overload {
	return []Overload{
		{Params: kinds(types.Timestamp, types.Interval), Ret: timestamp, Go: Recipe{Path: SQLTime, Name: "AddTimestamp", Fault: true}},
		{Params: kinds(types.Date, types.Interval), Ret: date, Go: Recipe{Path: SQLTime, Name: "AddDate", Fault: true}},
		{Params: kinds(types.String, types.BigInt, types.Timestamp), Ret: timestamp, Go: failing("AddUnits"), Const: unitArg("Add")},
		{Params: kinds(types.String, types.BigInt, types.Date), Ret: date, Go: failing("AddUnitsToDate"), Const: units},
		{Params: kinds(types.String, types.BigInt, types.Time), Ret: clock, Go: failing("AddUnitsToTime"), Const: unitArg("AddToTime")},
	}
}

// subtraction are the overloads of DATE_SUB; units prepares the unit for a date.
func subtraction(units *ConstRecipe) []Overload {
	return []Overload{
		{Params: kinds(types.Timestamp, types.Interval), Ret: timestamp, Go: failing("SubtractInterval")},
		{Params: kinds(types.Date, types.Interval), Ret: date, Go: failing("SubtractFromDate")},
		{Params: kinds(types.String, types.BigInt, types.Timestamp), Ret: timestamp, Go: failing("SubtractUnits"), Const: unitArg("Subtract")},
		{Params: kinds(types.String, types.BigInt, types.Date), Ret: date, Go: failing("SubtractUnitsFromDate"), Const: units},
		{Params: kinds(types.String, types.BigInt, types.Time), Ret: clock, Go: failing("SubtractUnitsFromTime"), Const: unitArg("SubtractFromTime")},
	}
}
