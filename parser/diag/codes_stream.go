package diag

// VL3xxx: what a query means over streams. VL30xx are parts of the language that
// are not implemented yet, VL31xx are rules of windows and emission.
const (
	JoinClause         Code = "VL3001"
	OverClause         Code = "VL3002"
	QualifyClause      Code = "VL3004"
	NestedValue        Code = "VL3007"
	UserFunction       Code = "VL3012"
	TableFunction      Code = "VL3014"
	TemporalJoin       Code = "VL3015"
	NamedWindow        Code = "VL3017"
	GoSchema           Code = "VL3018"
	MetadataColumn     Code = "VL3019"
	StateUnbounded     Code = "VL3021"
	AggregateOrder     Code = "VL3022"
	RefusedStatement   Code = "VL3024"
	WindowWithoutGroup Code = "VL3101"
	WindowTwice        Code = "VL3102"
	WindowArguments    Code = "VL3103"
	MonthLength        Code = "VL3104"
	WindowColumn       Code = "VL3105"
	EmitTwice          Code = "VL3106"
	WindowZone         Code = "VL3109"
	WindowRetention    Code = "VL3380"

	WindowWithoutSource Code = "VL3382"
)

var streamCodes = []Info{
	{
		Code: JoinClause, Title: "joins",
		Text: "Joins are part of the language and not implemented yet. A query reads one relation.",
		Bad:  "SELECT * FROM a JOIN b ON a.id = b.id;",
		Good: "SELECT * FROM a;",
	},
	{
		Code: OverClause, Title: "window functions",
		Text: "Functions with OVER are part of the language and not implemented yet.",
		Bad:  "SELECT SUM(qty) OVER (PARTITION BY k) FROM s;",
		Good: "SELECT k, SUM(qty) FROM s GROUP BY k;",
	},
	{
		Code: QualifyClause, Title: "QUALIFY",
		Text: "QUALIFY is part of the language and not implemented yet.",
		Bad:  "SELECT k FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) = 1;",
		Good: "SELECT DISTINCT k FROM s;",
	},
	{
		Code: NestedValue, Title: "rows as values",
		Text: "A row of values in parentheses is no value of its own; rows can be compared, and STRUCT(a := 1) is a value.",
		Bad:  "SELECT (k, qty) AS r FROM s;",
		Good: "SELECT STRUCT(k := k, qty := qty) AS r FROM s;",
	},
	{
		Code: UserFunction, Title: "functions in Go",
		Text: "Functions written in Go are part of the language and not implemented yet. Functions written in SQL are: CREATE FUNCTION f(x INT) RETURNS INT AS x + 1.",
		Bad:  "CREATE FUNCTION f(x INT) RETURNS INT LANGUAGE GO AS 'example.org/app.F';",
		Good: "CREATE FUNCTION f(x INT) RETURNS INT AS x + 1;",
	},
	{
		Code: TableFunction, Title: "table functions",
		Text: "Only UNNEST, GENERATE_SERIES and window functions such as TUMBLE stand in FROM.",
		Bad:  "SELECT * FROM FLATTEN(k);",
		Good: "SELECT * FROM GENERATE_SERIES(1, 10);",
	},
	{
		Code: TemporalJoin, Title: "FOR SYSTEM_TIME AS OF",
		Text: "Versions of tables are part of the language and not implemented yet.",
		Bad:  "SELECT * FROM t FOR SYSTEM_TIME AS OF ts;",
		Good: "SELECT * FROM t;",
	},
	{
		Code: NamedWindow, Title: "named windows",
		Text: "WINDOW w AS (..) belongs to OVER, which is part of the language and not implemented yet.",
		Bad:  "SELECT SUM(qty) OVER w FROM s WINDOW w AS (PARTITION BY k);",
		Good: "SELECT k, SUM(qty) FROM s GROUP BY k;",
	},
	{
		Code: GoSchema, Title: "a schema from a Go type",
		Text: "Reading the columns of a stream from a Go struct is part of the language and not implemented yet.",
		Bad:  "CREATE STREAM t FROM GO 'example.org/app.Trade';",
		Good: "CREATE STREAM t (symbol STRING, price DOUBLE) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: MetadataColumn, Title: "metadata columns",
		Text: "Columns that come from the headers and other metadata of messages are part of the language and not implemented yet.",
		Bad:  "CREATE STREAM t (a INT, h STRING METADATA FROM 'headers') WITH ('connector' = 'file', 'path' = 't.csv');",
		Good: "CREATE STREAM t (a INT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: StateUnbounded, Title: "STATE UNBOUNDED",
		Text: "The permission for state without a bound belongs to operators that are not implemented yet.",
		Bad:  "SELECT k FROM s STATE UNBOUNDED;",
		Good: "SELECT k FROM s;",
	},
	{
		Code: AggregateOrder, Title: "order inside an aggregate",
		Text: "ORDER BY inside of the brackets orders the rows of STRING_AGG by any keys, and those of FIRST and LAST by one. WITHIN GROUP (ORDER BY x) says what a percentile or MODE is of. Aggregates pass over NULL; FIRST and LAST can be told to RESPECT NULLS.",
		Bad:  "SELECT PERCENTILE_CONT(0.5 ORDER BY qty) AS m FROM s;",
		Good: "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY qty) AS m FROM s;",
	},
	{
		Code: RefusedStatement, Title: "a statement of another system",
		Text: "Rows are changed by the sources, jobs are started by your deployment: veloc compiles a program and has no server that such a statement could talk to.",
		Bad:  "DROP STREAM s;",
		Good: "CREATE STREAM s FROM 's.csv';",
	},
	{
		Code: WindowWithoutGroup, Title: "a window without an aggregate",
		Text: "A window says which rows an aggregate takes together. A query with a window has GROUP BY or an aggregate; the rows of a window function in FROM are grouped by window_start or window_end.",
		Bad:  "SELECT k FROM s WINDOW TUMBLING(1 MINUTE);",
		Good: "SELECT k, COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE) GROUP BY k;",
	},
	{
		Code: WindowTwice, Title: "two windows",
		Text: "A query has one window: in WINDOW, in GROUP BY or in FROM.",
		Bad:  "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE) GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);",
		Good: "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: WindowArguments, Title: "the arguments of a window",
		Text: "A window function takes the time column and the lengths of the window, as intervals.",
		Bad:  "SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts);",
		Good: "SELECT COUNT(*) FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);",
	},
	{
		Code: MonthLength, Title: "a length in months",
		Text: "Months and years are not equally long, so that windows of them cannot be aligned.",
		Bad:  "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MONTH);",
		Good: "SELECT COUNT(*) FROM s WINDOW TUMBLING(30 DAYS);",
	},
	{
		Code: WindowColumn, Title: "the time column of a window",
		Text: "A window goes by the event time of what the query reads. The column that it names has to be that event time: the one declared at the source, or a column of a source that declares none.",
		Bad:  "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE, k);",
		Good: "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE, ts);",
	},
	{
		Code: WindowZone, Title: "time zone of a window",
		Text: "AT TIME ZONE aligns windows to the days of a time zone, which can be 23 or 25 hours long. Only TUMBLING windows of whole days do.",
		Bad:  "SELECT COUNT(*) AS n FROM s WINDOW TUMBLING(1 HOUR, AT TIME ZONE 'Europe/Berlin');",
		Good: "SELECT COUNT(*) AS n FROM s WINDOW TUMBLING(1 DAY, AT TIME ZONE 'Europe/Berlin');",
	},
	{
		Code: WindowWithoutSource, Title: "window over rows of no source",
		Text: "A window is closed by the watermark, which follows the event times of the rows of a source. The rows of VALUES and of SELECT without FROM have none.",
		Bad:  "SELECT v, COUNT(*) AS n FROM (VALUES (1), (2)) AS r (v) GROUP BY v WINDOW TUMBLING(1 MINUTE);",
		Good: "SELECT v, COUNT(*) AS n FROM (VALUES (1), (2)) AS r (v) GROUP BY v;",
	},
	{
		Code: EmitTwice, Title: "EMIT given twice",
		Text: "EMIT is said in its clause or in WITH (EMIT = ..), not in both.",
		Bad:  "SELECT k, COUNT(*) FROM s GROUP BY k EMIT FINAL WITH (EMIT = CHANGES);",
		Good: "SELECT k, COUNT(*) FROM s GROUP BY k EMIT FINAL;",
	},
	{
		Code: WindowRetention, Title: "a retention shorter than the window",
		Text: "RETENTION promises how long a window is kept. A window takes rows until its grace period is over, so the promise cannot be shorter than its size and its grace period together.",
		Bad:  "SELECT k, COUNT(*) FROM s WINDOW TUMBLING(SIZE 1 HOUR, RETENTION 10 MINUTES) GROUP BY k;",
		Good: "SELECT k, COUNT(*) FROM s WINDOW TUMBLING(SIZE 1 HOUR, RETENTION 1 DAY) GROUP BY k;",
	},
}
