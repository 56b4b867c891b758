package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
	"github.com/velocsql/veloc/runtime/sqlzone"
)

// SQLZone is the package of time zones.
const SQLZone = "github.com/velocsql/veloc/runtime/sqlzone"

// zoned is a function of package sqlzone that can fail.
func zoned(name string) Recipe { return Recipe{Path: SQLZone, Name: name, Fault: true} }

func checkZone(text string) error {
	_, err := sqlzone.NewZone(text)
	return err
}

// zoneArg prepares a constant name of a zone.
func zoneArg(arg int, method string) *ConstRecipe {
	return &ConstRecipe{Arg: arg, New: Recipe{Path: SQLZone, Name: "MustZone"}, Type: "*Zone", Method: method, Check: checkZone}
}

// formatArgs prepares a constant time pattern and the name of a zone, which are
// the second and third argument.
func formatArgs(method string) *ConstRecipe {
	return &ConstRecipe{
		Arg: 1, New: Recipe{Path: SQLZone, Name: "MustFormat"}, Type: "Format", Method: method,
		Check: layoutArg("").Check, Also: 2, CheckAlso: checkZone,
	}
}

// utcArg prepares a constant time pattern of texts that may name a zone, which
// is the second argument.
func utcArg(method string) *ConstRecipe {
	return &ConstRecipe{Arg: 1, New: Recipe{Path: SQLZone, Name: "MustFormatUTC"}, Type: "Format", Method: method, Check: layoutArg("").Check}
}

// layoutArg prepares a constant time pattern, which is the second argument.
func layoutArg(method string) *ConstRecipe {
	return &ConstRecipe{
		Arg: 1, New: fn("MustTimeFormat"), Type: "TimeFormat", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewTimeFormat(text)
			return err
		},
	}
}

// toCharArg prepares a constant pattern of TO_CHAR, which is the second argument.
func toCharArg(method string) *ConstRecipe {
	c := layoutArg(method)
	c.New = fn("MustToChar")
	c.Check = func(text string) error {
		_, err := sqlfn.NewToChar(text)
		return err
	}
	return c
}

// writtenArg prepares a constant time pattern of any system, which is the second
// argument.
func writtenArg(method string) *ConstRecipe {
	c := layoutArg(method)
	c.New = fn("MustWritten")
	c.Check = func(text string) error {
		_, err := sqlfn.NewWritten(text)
		return err
	}
	return c
}

var timeTextFuncs = []Func{
	{
		Name: "date_format", Aliases: []string{"format_timestamp", "strftime"}, Area: "date",
		Doc: "date_format returns a timestamp as text, in UTC or in a time zone, by a pattern of strftime or, if it has no %, of Java.",
		Examples: []Example{
			{"date_format(TIMESTAMP '2026-07-15 13:04:05', '%d.%m.%Y %H:%M')", "'15.07.2026 13:04'"},
			{"date_format(TIMESTAMP '2026-07-15 13:04:05', 'yyyy/MM/dd')", "'2026/07/15'"},
			{"format_timestamp(TIMESTAMP '2026-07-15 13:04:05', 'HH:mm zzz', 'Europe/Berlin')", "'15:04 CEST'"},
		},
		Overloads: []Overload{
			{Params: kinds(types.Timestamp, types.String), Ret: text, Go: failing("FormatTimestamp").makes(), Const: layoutArg("Format")},
			{Params: kinds(types.Timestamp, types.String, types.String), Ret: text, Go: zoned("FormatTimestamp").makes(), Const: formatArgs("Format")},
		},
	},
	{
		Name: "format_date", Area: "date", Doc: "format_date returns a date as text, by a pattern of strftime or, if it has no %, of Java.",
		Examples:  []Example{{"format_date(DATE '2026-07-15', 'dd/MM/yyyy')", "'15/07/2026'"}},
		Overloads: []Overload{{Params: kinds(types.Date, types.String), Ret: text, Go: failing("FormatDate").makes(), Const: layoutArg("FormatDate")}},
	},
	{
		Name: "format_time", Area: "date", Doc: "format_time returns a time as text, by a pattern of strftime or, if it has no %, of Java.",
		Examples:  []Example{{"format_time(TIME '13:04:05', 'HH.mm')", "'13.04'"}},
		Overloads: []Overload{{Params: kinds(types.Time, types.String), Ret: text, Go: failing("FormatTimestamp").makes(), Const: layoutArg("Format")}},
	},
	{
		Name: "to_char", Area: "date", Doc: "to_char returns a timestamp, date or time as text, by a pattern of PostgreSQL or, if it has a %, of strftime; and a number by a pattern of PostgreSQL: 9 and 0 for digits, . and D, comma and G, the signs S, MI, PL, SG and PR, FM for no blanks, texts in double quotes.",
		Examples: []Example{{"to_char(TIMESTAMP '2026-07-15 13:04:05', 'Dy, DD Mon YYYY HH24:MI')", "'Wed, 15 Jul 2026 13:04'"}, {"to_char(1234.5, '9,999.99')", "' 1,234.50'"}, {"to_char(-125.8, 'FM999D9S')", "'125.8-'"}},
		Overloads: append([]Overload{
			{Params: kinds(types.Timestamp, types.String), Ret: text, Go: failing("ToChar").makes(), Const: toCharArg("Format")},
			{Params: kinds(types.Time, types.String), Ret: text, Go: failing("ToChar").makes(), Const: toCharArg("Format")},
		}, numbersToChar...),
	},
	{
		Name: "parse_timestamp", Aliases: []string{"strptime"}, Area: "date",
		Doc: "parse_timestamp reads a timestamp, in UTC or in a time zone, by a pattern of strftime or, if it has no %, of Java; text that does not fit is an error.",
		Examples: []Example{
			{"parse_timestamp('15.07.2026 13:04', '%d.%m.%Y %H:%M')", "TIMESTAMP '2026-07-15 13:04:00'"},
			{"parse_timestamp('2026-07-15 13:04', 'yyyy-MM-dd HH:mm', 'Europe/Berlin')", "TIMESTAMP '2026-07-15 11:04:00'"},
		},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: timestamp, Go: failing("ParseTimestamp"), Const: layoutArg("Parse")},
			{Params: kinds(types.String, types.String, types.String), Ret: timestamp, Go: zoned("ParseTimestamp"), Const: formatArgs("Parse")},
		},
		KsqlDB: []Overload{
			{Params: kinds(types.String, types.String), Ret: timestamp, Go: zoned("ParseUTC"), Const: utcArg("Parse")},
			{Params: kinds(types.String, types.String, types.String), Ret: timestamp, Go: zoned("ParseTimestamp"), Const: formatArgs("Parse")},
		},
	},
	{
		Name: "parse_time", Area: "date", Doc: "parse_time reads a time by a pattern of strftime or, if it has no %, of Java; text that does not fit is an error.",
		Examples:  []Example{{"parse_time('13.04', 'HH.mm')", "TIME '13:04:00'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: clock, Go: failing("ParseTimeOfDay"), Const: layoutArg("ParseTimeOfDay")}},
	},
	{
		Name: "timestamptostring", Area: "date", Doc: "timestamptostring returns milliseconds since the epoch as text, in UTC or in a time zone, by a pattern of Java.",
		Examples: []Example{{"timestamptostring(1526075913000, 'yyyy-MM-dd HH:mm:ss zzz', 'Europe/London')", "'2018-05-11 22:58:33 BST'"}},
		Overloads: []Overload{
			{Params: kinds(types.BigInt, types.String), Ret: text, Go: zoned("FormatMillisUTC").makes(), Const: utcArg("FormatMillis")},
			{Params: kinds(types.BigInt, types.String, types.String), Ret: text, Go: zoned("FormatMillis").makes(), Const: formatArgs("FormatMillis")},
		},
	},
	{
		Name: "stringtotimestamp", Area: "date", Doc: "stringtotimestamp reads milliseconds since the epoch from a text, in UTC or in a time zone, by a pattern of Java.",
		Examples: []Example{{"stringtotimestamp('2018-05-11T21:58:33Z', 'yyyy-MM-dd''T''HH:mm:ssX')", "1526075913000"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: bigint, Go: zoned("ParseMillisUTC"), Const: utcArg("ParseMillis")},
			{Params: kinds(types.String, types.String, types.String), Ret: bigint, Go: zoned("ParseMillis"), Const: formatArgs("ParseMillis")},
		},
	},
	{
		Name: "datetostring", Area: "date", Doc: "datetostring returns days since the epoch as text, by a pattern of Java.",
		Examples:  []Example{{"datetostring(18027, 'dd/MM/yyyy')", "'11/05/2019'"}},
		Overloads: []Overload{{Params: kinds(types.Int, types.String), Ret: text, Go: failing("FormatDate").makes(), Const: layoutArg("FormatDate")}},
	},
	{
		Name: "stringtodate", Area: "date", Doc: "stringtodate reads days since the epoch from a text, by a pattern of Java.",
		Examples:  []Example{{"stringtodate('11/05/2019', 'dd/MM/yyyy')", "18027"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: failing("ParseDate"), Const: layoutArg("ParseDate")}},
	},
	{
		Name: "to_timestamp", Area: "date",
		Doc:      "to_timestamp reads a timestamp in ISO 8601 or by a pattern, of strftime if it has a %, of PostgreSQL if it has a YYYY, HH24 or MI, else of Java, or returns that of a number of seconds since the epoch.",
		Examples: []Example{{"to_timestamp('2026-07-15T13:04:05Z')", "TIMESTAMP '2026-07-15 13:04:05'"}, {"to_timestamp('15.07.2026', '%d.%m.%Y')", "TIMESTAMP '2026-07-15 00:00:00'"}, {"to_timestamp(1.5)", "TIMESTAMP '1970-01-01 00:00:01.5'"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: timestamp, Go: failing("TextToTimestamp")},
			{Params: kinds(types.String, types.String), Ret: timestamp, Go: failing("ToTimestamp"), Const: writtenArg("Parse")},
			{Params: one(types.BigInt), Ret: timestamp, Go: failing("FromSeconds")},
			{Params: one(types.Double), Ret: timestamp, Go: failing("FromSecondsFloat")},
		},
	},
	{
		Name: "to_date", Aliases: []string{"parse_date"}, Area: "date", Doc: "to_date reads a date in ISO 8601 or by a pattern, as to_timestamp does, or returns the day of a timestamp.",
		Examples: []Example{{"to_date('2026-07-15')", "DATE '2026-07-15'"}, {"to_date('15/07/2026', '%d/%m/%Y')", "DATE '2026-07-15'"}, {"to_date(TIMESTAMP '2026-07-15 13:04:05')", "DATE '2026-07-15'"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: date, Go: failing("TextToDate")},
			{Params: kinds(types.String, types.String), Ret: date, Go: failing("ToDate"), Const: writtenArg("ParseDate")},
			{Params: one(types.Timestamp), Ret: date, Go: Recipe{Path: SQLTime, Name: "DateOf"}},
		},
	},
	{
		Name: "from_unixtime", Aliases: []string{"from_epoch_seconds", "timestamp_seconds"}, Area: "date", Doc: "from_unixtime returns the timestamp of seconds since the epoch; in the ksqldb dialect, of milliseconds.",
		Examples:  []Example{{"from_unixtime(60)", "TIMESTAMP '1970-01-01 00:01:00'"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: timestamp, Go: failing("FromSeconds")}},
		KsqlDB:    []Overload{{Params: one(types.BigInt), Ret: timestamp, Go: failing("Int64ToTimestamp")}},
	},
	{
		Name: "unix_timestamp", Aliases: []string{"epoch_seconds", "unix_seconds", "to_unixtime"}, Area: "date", Doc: "unix_timestamp returns the whole seconds from the epoch to a timestamp, or to now; in the ksqldb dialect, the milliseconds.",
		Examples: []Example{{"unix_timestamp(TIMESTAMP '1970-01-01 00:01:00')", "60"}},
		Overloads: []Overload{
			{Params: one(types.Timestamp), Ret: bigint, Go: fn("ToSeconds")},
			{Ret: bigint, Go: fn("CurrentSeconds").clocked()},
		},
		KsqlDB: []Overload{
			{Params: one(types.Timestamp), Ret: bigint, Go: fn("ToMillis")},
			{Ret: bigint, Go: fn("ToMillis").clocked()},
		},
	},
	{
		Name: "from_epoch_millis", Aliases: []string{"timestamp_millis", "from_millis"}, Area: "date", Doc: "from_epoch_millis returns the timestamp of milliseconds since the epoch.",
		Examples:  []Example{{"from_epoch_millis(1500)", "TIMESTAMP '1970-01-01 00:00:01.5'"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: timestamp, Go: failing("Int64ToTimestamp")}},
	},
	{
		Name: "epoch_millis", Aliases: []string{"unix_millis", "to_epoch_millis", "to_millis"}, Area: "date", Doc: "epoch_millis returns the whole milliseconds from the epoch to a timestamp.",
		Examples:  []Example{{"epoch_millis(TIMESTAMP '1970-01-01 00:00:01.5')", "1500"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: bigint, Go: fn("ToMillis")}},
	},
	{
		Name: "from_epoch_micros", Aliases: []string{"timestamp_micros"}, Area: "date", Doc: "from_epoch_micros returns the timestamp of microseconds since the epoch.",
		Examples:  []Example{{"from_epoch_micros(1500000)", "TIMESTAMP '1970-01-01 00:00:01.5'"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: timestamp, Go: Recipe{Name: "int64"}}},
	},
	{
		Name: "epoch_micros", Aliases: []string{"unix_micros", "to_epoch_micros"}, Area: "date", Doc: "epoch_micros returns the microseconds from the epoch to a timestamp.",
		Examples:  []Example{{"epoch_micros(TIMESTAMP '1970-01-01 00:00:01.5')", "1500000"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: bigint, Go: Recipe{Name: "int64"}}},
	},
	{
		Name: "from_days", Aliases: []string{"date_from_unix_date"}, Area: "date", Doc: "from_days returns the date of a number of days since the epoch.",
		Examples:  []Example{{"from_days(10)", "DATE '1970-01-11'"}},
		Overloads: []Overload{{Params: one(types.Int), Ret: date, Go: Recipe{Name: "int32"}}},
	},
	{
		Name: "unix_date", Area: "date", Doc: "unix_date returns the days from the epoch to a date, or to today in UTC.",
		Examples: []Example{{"unix_date(DATE '1970-01-11')", "10"}},
		Overloads: []Overload{
			{Params: one(types.Date), Ret: integer, Go: Recipe{Name: "int32"}},
			{Ret: integer, Go: fn("CurrentDate").clocked()},
		},
	},
}

var zoneFuncs = []Func{
	{
		Name: "from_utc_timestamp", Area: "date", Doc: "from_utc_timestamp returns what clocks of a time zone show at a timestamp, as ts AT TIME ZONE zone does. A zone is called Europe/Berlin or +02:00.",
		Examples: []Example{
			{"from_utc_timestamp(TIMESTAMP '2026-07-15 10:00:00', 'Europe/Berlin')", "TIMESTAMP '2026-07-15 12:00:00'"},
			{"from_utc_timestamp(TIMESTAMP '2026-01-15 10:00:00', 'Europe/Berlin')", "TIMESTAMP '2026-01-15 11:00:00'"},
		},
		Overloads: []Overload{{Params: kinds(types.Timestamp, types.String), Ret: timestamp, Go: zoned("Local"), Const: zoneArg(1, "Local")}},
	},
	{
		Name: "timezone", Area: "date", Doc: "timezone is from_utc_timestamp with the zone first.",
		Examples:  []Example{{"timezone('Asia/Kolkata', TIMESTAMP '2026-07-15 10:00:00')", "TIMESTAMP '2026-07-15 15:30:00'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.Timestamp), Ret: timestamp, Go: zoned("LocalFirst"), Const: zoneArg(0, "Local")}},
	},
	{
		Name: "to_utc_timestamp", Area: "date", Doc: "to_utc_timestamp returns when clocks of a time zone show a time. Of an hour that comes twice in autumn it is the second; an hour that is left out in spring goes by the offset before it.",
		Examples: []Example{
			{"to_utc_timestamp(TIMESTAMP '2026-07-15 12:00:00', 'Europe/Berlin')", "TIMESTAMP '2026-07-15 10:00:00'"},
			{"to_utc_timestamp(TIMESTAMP '2026-10-25 02:30:00', 'Europe/Berlin')", "TIMESTAMP '2026-10-25 01:30:00'"},
			{"to_utc_timestamp(TIMESTAMP '2026-03-29 02:30:00', 'Europe/Berlin')", "TIMESTAMP '2026-03-29 01:30:00'"},
		},
		Overloads: []Overload{{Params: kinds(types.Timestamp, types.String), Ret: timestamp, Go: zoned("Instant"), Const: zoneArg(1, "Instant")}},
	},
	{
		Name: "convert_tz", Aliases: []string{"convert_timezone"}, Area: "date", Doc: "convert_tz returns what clocks of the second time zone show when those of the first show a time.",
		Examples: []Example{{"convert_tz(TIMESTAMP '2026-07-01 12:00:00', 'America/New_York', 'Asia/Kolkata')", "TIMESTAMP '2026-07-01 21:30:00'"}},
		Overloads: []Overload{{Params: kinds(types.Timestamp, types.String, types.String), Ret: timestamp, Go: zoned("Convert"), Const: &ConstRecipe{
			Arg: 1, New: Recipe{Path: SQLZone, Name: "MustMove"}, Type: "Move", Method: "Convert", Check: checkZone, Also: 2, CheckAlso: checkZone,
		}}},
	},
}
