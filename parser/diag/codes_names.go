package diag

// VL2xxx: names and types.
const (
	UnknownRelation    Code = "VL2001"
	DuplicateRelation  Code = "VL2002"
	UnknownColumn      Code = "VL2003"
	AmbiguousColumn    Code = "VL2004"
	DuplicateColumn    Code = "VL2005"
	UnknownFunction    Code = "VL2006"
	NoOverload         Code = "VL2007"
	UnknownQualifier   Code = "VL2008"
	TypeMismatch       Code = "VL2009"
	BadOperand         Code = "VL2010"
	BadLiteral         Code = "VL2011"
	NumberRange        Code = "VL2012"
	DecimalTooWide     Code = "VL2013"
	BadCast            Code = "VL2014"
	UnknownType        Code = "VL2015"
	TypeParams         Code = "VL2016"
	NotGrouped         Code = "VL2017"
	NestedAggregate    Code = "VL2018"
	AggregatePlace     Code = "VL2019"
	NotBoolean         Code = "VL2020"
	BadPosition        Code = "VL2021"
	ColumnCount        Code = "VL2022"
	StarWithoutFrom    Code = "VL2023"
	SystemColumn       Code = "VL2024"
	NoColumns          Code = "VL2025"
	UnknownSink        Code = "VL2026"
	InsertSource       Code = "VL2027"
	NotNullColumn      Code = "VL2028"
	EventTimeValue     Code = "VL2029"
	BadPattern         Code = "VL2030"
	NotAggregate       Code = "VL2031"
	HavingWithoutGroup Code = "VL2032"
	DistinctOrder      Code = "VL2033"
	MisplacedPart      Code = "VL2034"
	BadLimit           Code = "VL2035"
	LengthIgnored      Code = "VL2036"
	Unused             Code = "VL2037"
	UnknownAnnotation  Code = "VL2038"
	MetricAnnotation   Code = "VL2039"
	ExpressionSize     Code = "VL2040"
)

var nameCodes = []Info{
	{
		Code: UnknownRelation, Title: "unknown relation",
		Text: "The query reads a stream, table or view that no statement before it declares.",
		Bad:  "SELECT * FROM trads;",
		Good: "CREATE STREAM trades FROM 'trades.csv'; SELECT * FROM trades;",
	},
	{
		Code: DuplicateRelation, Title: "a name is declared twice",
		Text: "Streams, tables, views, sinks and the queries of WITH share one space of names, compared without regard to case. Within one program a name stands for one thing, also with OR REPLACE and IF NOT EXISTS.",
		Bad:  "CREATE STREAM t FROM 'a.csv'; CREATE STREAM t FROM 'b.csv';",
		Good: "CREATE STREAM t FROM 'a.csv'; CREATE STREAM u FROM 'b.csv';",
	},
	{
		Code: UnknownColumn, Title: "unknown column",
		Text: "No relation in scope has a column of this name.",
		Bad:  "SELECT amout FROM orders;",
		Good: "SELECT amount FROM orders;",
	},
	{
		Code: AmbiguousColumn, Title: "ambiguous column",
		Text: "Several relations of the query have a column of this name. Say which one is meant with the relation's name or alias.",
		Bad:  "SELECT id FROM a JOIN b ON a.id = b.id;",
		Good: "SELECT a.id FROM a JOIN b ON a.id = b.id;",
	},
	{
		Code: DuplicateColumn, Title: "two columns of one name",
		Text: "The columns of a relation have different names, compared without regard to case. Columns of a result are named with AS.",
		Bad:  "SELECT k, qty AS k FROM s;",
		Good: "SELECT k, qty AS n FROM s;",
	},
	{
		Code: UnknownFunction, Title: "unknown function",
		Text: "No function or aggregate has this name.",
		Bad:  "SELECT UPER(k) FROM s;",
		Good: "SELECT UPPER(k) FROM s;",
	},
	{
		Code: NoOverload, Title: "a function does not take these arguments",
		Text: "The function exists with other arguments. Numbers are widened (INT, BIGINT, DECIMAL, DOUBLE) and literals read as what is needed; everything else is converted with CAST.",
		Bad:  "SELECT SUM(k) FROM s;",
		Good: "SELECT SUM(CAST(k AS INT)) FROM s;",
	},
	{
		Code: UnknownQualifier, Title: "unknown relation in a qualified name",
		Text: "The part before the point is the name, or if it has one the alias, of a relation that the query reads.",
		Bad:  "SELECT x.k FROM s AS t;",
		Good: "SELECT t.k FROM s AS t;",
	},
	{
		Code: TypeMismatch, Title: "values of different types",
		Text: "Values are compared, and brought together by CASE, IN or UNION, only if they have a common type. A TIMESTAMP also compares with a BIGINT of milliseconds, and everything with a literal that can be read as its type.",
		Bad:  "SELECT * FROM s WHERE k = qty;",
		Good: "SELECT * FROM s WHERE k = CAST(qty AS STRING);",
	},
	{
		Code: BadOperand, Title: "an operator does not take this type",
		Text: "Arithmetic takes numbers, and intervals together with dates and timestamps; || and LIKE take text.",
		Bad:  "SELECT k + 1 FROM s;",
		Good: "SELECT CAST(k AS INT) + 1 FROM s;",
	},
	{
		Code: BadLiteral, Title: "a literal of the wrong form",
		Text: "The literal stands where another type is needed and cannot be read as that type.",
		Bad:  "SELECT * FROM s WHERE ts > 'yesterday';",
		Good: "SELECT * FROM s WHERE ts > '2024-01-31 00:00:00';",
	},
	{
		Code: NumberRange, Title: "a number is too large",
		Text: "Numbers without an exponent are exact and have at most 38 digits.",
		Bad:  "SELECT 1234567890123456789012345678901234567890;",
		Good: "SELECT 1.23456789e39;",
	},
	{
		Code: DecimalTooWide, Title: "a decimal result of more than 38 digits",
		Text: "The product of DECIMAL(p1, s1) and DECIMAL(p2, s2) has p1 + p2 digits. Veloc never drops digits silently, so an operand has to be made narrower.",
		Bad:  "SELECT CAST(qty AS DECIMAL(38, 2)) * price FROM s;",
		Good: "SELECT CAST(qty AS DECIMAL(20, 2)) * price FROM s;",
	},
	{
		Code: BadCast, Title: "no such conversion",
		Text: "There is no conversion between the two types.",
		Bad:  "SELECT CAST(ts AS BOOLEAN) FROM s;",
		Good: "SELECT ts > '2024-01-31' FROM s;",
	},
	{
		Code: UnknownType, Title: "unknown type",
		Text: "No type has this name.",
		Bad:  "CREATE STREAM t (a BIGNT) WITH ('connector' = 'file', 'path' = 't.csv');",
		Good: "CREATE STREAM t (a BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: TypeParams, Title: "parameters that a type does not take",
		Text: "DECIMAL takes a precision of 1 to 38 and a scale that is not larger; text types take a length; other types take nothing.",
		Bad:  "SELECT CAST(qty AS DECIMAL(40, 2)) FROM s;",
		Good: "SELECT CAST(qty AS DECIMAL(38, 2)) FROM s;",
	},
	{
		Code: NotGrouped, Title: "a column is neither grouped nor aggregated",
		Text: "A row of a grouped query stands for many rows of its input, so that an input column has no single value in it. Group by it or aggregate it.",
		Bad:  "SELECT k, qty, COUNT(*) FROM s GROUP BY k;",
		Good: "SELECT k, MAX(qty), COUNT(*) FROM s GROUP BY k;",
	},
	{
		Code: NestedAggregate, Title: "an aggregate inside an aggregate",
		Text: "An aggregate of aggregates needs two queries, one in the FROM of the other.",
		Bad:  "SELECT MAX(SUM(qty)) FROM s;",
		Good: "SELECT MAX(n) FROM (SELECT k, SUM(qty) AS n FROM s GROUP BY k EMIT FINAL) EMIT FINAL;",
	},
	{
		Code: AggregatePlace, Title: "an aggregate where there are no groups",
		Text: "WHERE and GROUP BY come before the groups are made. Conditions on groups go into HAVING.",
		Bad:  "SELECT k FROM s WHERE COUNT(*) > 1 GROUP BY k;",
		Good: "SELECT k FROM s GROUP BY k HAVING COUNT(*) > 1;",
	},
	{
		Code: NotBoolean, Title: "a condition that is neither true nor false",
		Text: "WHERE, HAVING, WHEN, FILTER, AND, OR and NOT need conditions; other values are not taken for TRUE or FALSE.",
		Bad:  "SELECT * FROM s WHERE qty;",
		Good: "SELECT * FROM s WHERE qty <> 0;",
	},
	{
		Code: BadPosition, Title: "a position that is not in the select list",
		Text: "A number in GROUP BY or ORDER BY counts the items of the select list from 1.",
		Bad:  "SELECT k FROM s ORDER BY 2;",
		Good: "SELECT k FROM s ORDER BY 1;",
	},
	{
		Code: ColumnCount, Title: "the number of columns differs",
		Text: "The queries of a UNION, a query and the target of INSERT INTO, and a query and the column list beside its alias have the same number of columns.",
		Bad:  "SELECT k FROM s UNION ALL SELECT k, qty FROM s;",
		Good: "SELECT k, 0 AS qty FROM s UNION ALL SELECT k, qty FROM s;",
	},
	{
		Code: StarWithoutFrom, Title: "* without FROM",
		Text: "The star stands for the columns of the relations of FROM.",
		Bad:  "SELECT *;",
		Good: "SELECT * FROM s;",
	},
	{
		Code: SystemColumn, Title: "a system column that is not available",
		Text: "_event_time and _partition exist for the rows of a relation, window_start and window_end behind a window, _key, _topic, _offset, _headers and _timestamp for messages of a broker.",
		Bad:  "SELECT k, window_start, COUNT(*) FROM s GROUP BY k;",
		Good: "SELECT k, window_start, COUNT(*) FROM s WINDOW TUMBLING(1 MINUTE) GROUP BY k;",
	},
	{
		Code: NoColumns, Title: "a relation without columns",
		Text: "The columns of a source are listed, or read from a sample of its data.",
		Bad:  "CREATE STREAM t WITH ('connector' = 'generator');",
		Good: "CREATE STREAM t (a BIGINT) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: UnknownSink, Title: "unknown sink",
		Text: "INSERT INTO and INTO name a sink, or a stream that a query makes.",
		Bad:  "INSERT INTO out SELECT k FROM s;",
		Good: "CREATE SINK out WITH ('connector' = 'file', 'path' = 'out.csv'); INSERT INTO out SELECT k FROM s;",
	},
	{
		Code: InsertSource, Title: "writing to a source",
		Text: "Rows of a source come from outside. What should receive rows is declared with CREATE SINK.",
		Bad:  "INSERT INTO s SELECT * FROM t;",
		Good: "CREATE SINK k WITH ('connector' = 'file', 'path' = 'k.csv'); INSERT INTO k SELECT * FROM t;",
	},
	{
		Code: NotNullColumn, Title: "a value that can be NULL for a NOT NULL column",
		Text: "The target column is declared NOT NULL, and the value may be NULL.",
		Bad:  "INSERT INTO k (n) SELECT qty FROM s;",
		Good: "INSERT INTO k (n) SELECT COALESCE(qty, 0) FROM s;",
	},
	{
		Code: EventTimeValue, Title: "an event time that is no timestamp",
		Text: "The item AS _event_time sets the event time of the row and has to be a TIMESTAMP, or a BIGINT of milliseconds.",
		Bad:  "SELECT k, k AS _event_time FROM s;",
		Good: "SELECT k, CAST(k AS TIMESTAMP) AS _event_time FROM s;",
	},
	{
		Code: BadPattern, Title: "a pattern that cannot be used",
		Text: "A constant pattern, and the ESCAPE of LIKE, are checked when compiling.",
		Bad:  "SELECT * FROM s WHERE k LIKE 'a!' ESCAPE '!';",
		Good: "SELECT * FROM s WHERE k LIKE 'a!!' ESCAPE '!';",
	},
	{
		Code: NotAggregate, Title: "a part that only aggregates have",
		Text: "DISTINCT, FILTER and ORDER BY inside of a call belong to aggregates.",
		Bad:  "SELECT UPPER(DISTINCT k) FROM s;",
		Good: "SELECT DISTINCT UPPER(k) FROM s;",
	},
	{
		Code: HavingWithoutGroup, Title: "HAVING without groups",
		Text: "HAVING is a condition on groups. One on rows goes into WHERE.",
		Bad:  "SELECT k FROM s HAVING qty > 1;",
		Good: "SELECT k FROM s WHERE qty > 1;",
	},
	{
		Code: DistinctOrder, Title: "SELECT DISTINCT ordered by something else",
		Text: "Rows that are equal in the select list are one row, so that there is no single value of another expression to sort them by.",
		Bad:  "SELECT DISTINCT k FROM s ORDER BY qty;",
		Good: "SELECT DISTINCT k, qty FROM s ORDER BY qty;",
	},
	{
		Code: MisplacedPart, Title: "a part that has no place here",
		Text: "The part belongs to another statement, or to the outermost query of one.",
		Bad:  "SELECT k FROM (SELECT k FROM s INTO out) AS t;",
		Good: "SELECT k FROM (SELECT k FROM s) AS t INTO out;",
	},
	{
		Code: BadLimit, Title: "LIMIT of no whole number",
		Text: "LIMIT takes the number of rows.",
		Bad:  "SELECT k FROM s LIMIT 1.5;",
		Good: "SELECT k FROM s LIMIT 1;",
	},
	{
		Code: LengthIgnored, Title: "a length that is not enforced", Severity: Warning,
		Text: "Text and timestamps are stored in full; a length or precision in their type changes nothing.",
		Bad:  "CREATE STREAM t (a VARCHAR(10)) WITH ('connector' = 'file', 'path' = 't.csv');",
		Good: "CREATE STREAM t (a VARCHAR) WITH ('connector' = 'file', 'path' = 't.csv');",
	},
	{
		Code: Unused, Title: "something that nothing uses", Severity: Warning,
		Text: "A query of WITH that nothing reads, or a sink that nothing writes to, has no effect.",
		Bad:  "WITH c AS (SELECT k FROM s) SELECT qty FROM s;",
		Good: "SELECT qty FROM s;",
	},
	{
		Code: UnknownAnnotation, Title: "unknown annotation",
		Text: "Annotations that begin with @metric define metrics and have to be known; others are kept as they are.",
		Bad:  "-- @metric_typ: counter\nSELECT k FROM s;",
		Good: "-- @metric_type: counter\nSELECT k FROM s;",
	},
	{
		Code: MetricAnnotation, Title: "metrics are not supported yet", Severity: Warning,
		Text: "Annotations can define metrics over the rows of a statement; this is part of the language and not implemented yet. The annotation is kept for 'veloc explain'.",
		Bad:  "-- @metric: rows\nSELECT k FROM s;",
		Good: "-- @description: rows\nSELECT k FROM s;",
	},
	{
		Code: ExpressionSize, Title: "an expression of too many parts",
		Text: "A name of the select list stands for its whole expression wherever it is used. Names that use each other several times make an expression that nobody could read or compile.",
		Bad:  "SELECT qty + qty AS a, ((a+a)+(a+a))+((a+a)+(a+a)) AS b, ((b+b)+(b+b))+((b+b)+(b+b)) AS c, ((c+c)+(c+c))+((c+c)+(c+c)) AS d, ((d+d)+(d+d))+((d+d)+(d+d)) AS e FROM s;",
		Good: "SELECT qty * 8192 AS e FROM s;",
	},
}
