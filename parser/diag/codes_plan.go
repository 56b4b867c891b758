package diag

// VL33xx: what the planner cannot do, or what would never end.
const (
	UpdatingInput  Code = "VL3301"
	UnboundedSort  Code = "VL3302"
	WindowKind     Code = "VL3304"
	FinalUnbounded Code = "VL3305"
	TableSource    Code = "VL3306"
	ReadsItself    Code = "VL3307"
	SinkColumns    Code = "VL3308"
	ArrivalWindow  Code = "VL3309"
	EveryGroups    Code = "VL3381"
)

var planCodes = []Info{
	{
		Code: UpdatingInput, Title: "operator over an updating relation",
		Text: "A relation computed under EMIT CHANGES replaces its rows; an operator over it must take the old row back before it adds the new one. For that the rows need the key by which they replace each other, and some operators, such as LIMIT and UNNEST, cannot do it yet; rows of UNION ALL have to be grouped first.",
		Bad:  "CREATE TABLE n AS SELECT k, COUNT(*) AS c FROM s GROUP BY k; SELECT k FROM n UNION ALL SELECT k FROM n;",
		Good: "CREATE TABLE n AS SELECT k, COUNT(*) AS c FROM s GROUP BY k EMIT FINAL; SELECT k FROM n UNION ALL SELECT k FROM n;",
	},
	{
		Code: UnboundedSort, Title: "ORDER BY over input that does not end",
		Text: "All rows must be there before the first can be written in order, so the input has to end.",
		Bad:  "SELECT * FROM live ORDER BY price;",
		Good: "SELECT * FROM 'trades.csv' ORDER BY price;",
	},
	{
		Code: WindowKind, Title: "what a kind of window cannot do",
		Text: "Some aggregates cannot be put together from two sessions that a row joins, and HAVING cannot withdraw the rows of SLIDING windows that emit their changes.",
		Bad:  "SELECT k, COUNT(*) FROM s GROUP BY k HAVING COUNT(*) > 2 WINDOW SLIDING(5 MINUTES) EMIT CHANGES;",
		Good: "SELECT k, COUNT(*) FROM s GROUP BY k HAVING COUNT(*) > 2 WINDOW SLIDING(5 MINUTES);",
	},
	{
		Code: FinalUnbounded, Title: "EMIT FINAL without an end",
		Text: "EMIT FINAL without a window gives its rows at the end of input, which never comes for an unbounded source.",
		Bad:  "SELECT k, COUNT(*) FROM live GROUP BY k EMIT FINAL;",
		Good: "SELECT k, COUNT(*) FROM live GROUP BY k WINDOW TUMBLING(1 MINUTE) EMIT FINAL;",
	},
	{
		Code: TableSource, Title: "table that cannot be read as rows that replace each other",
		Text: "A record of a table replaces the one with its primary key, so there has to be one.",
		Bad:  "CREATE TABLE t (id BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv'); SELECT * FROM t;",
		Good: "CREATE STREAM t (id BIGINT) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv'); SELECT * FROM t;",
	},
	{
		Code: ReadsItself, Title: "relation computed from itself",
		Text: "Statements that insert into a stream may not read that stream, directly or through others: rows would go round for ever.",
		Bad:  "CREATE STREAM a AS SELECT * FROM s; INSERT INTO a SELECT * FROM a;",
		Good: "CREATE STREAM a AS SELECT * FROM s; INSERT INTO a SELECT * FROM other;",
	},
	{
		Code: SinkColumns, Title: "different rows for one sink",
		Text: "Several statements may write to one sink, but all of them the same columns: a CSV file has one header, and readers of JSON expect one kind of object.",
		Bad:  "CREATE SINK k WITH ('connector' = 'file', 'path' = 'k.csv', 'format' = 'csv'); INSERT INTO k SELECT a FROM s; INSERT INTO k SELECT b FROM s;",
		Good: "CREATE SINK k WITH ('connector' = 'file', 'path' = 'k.csv', 'format' = 'csv'); INSERT INTO k SELECT a FROM s; INSERT INTO k SELECT b AS a FROM s;",
	},
	{
		Code: ArrivalWindow, Title: "window by arrival", Severity: Warning,
		Text: "No column is declared as the event time of the source, so rows belong to the window in which they happen to be read. Reading the same file again gives another result.",
		Bad:  "SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
		Good: "CREATE STREAM s (ts TIMESTAMP) WITH ('connector' = 'file', 'path' = 's.csv', 'format' = 'csv', 'event.time.field' = 'ts'); SELECT COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: EveryGroups, Title: "changes of what does not change",
		Text: "EMIT EVERY and 'emit.coalesce' say when the changes of groups come out. Rows that are not grouped do not change, and groups under EMIT FINAL come out once.",
		Bad:  "SELECT k, qty FROM s EMIT EVERY 5 SECONDS;",
		Good: "SELECT k, SUM(qty) FROM s GROUP BY k EMIT EVERY 5 SECONDS;",
	},
}
