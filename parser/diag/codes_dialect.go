package diag

// VL2050 to VL2069 and VL2130 to VL2139: rules that only a dialect has.
const (
	KeyNotSelected Code = "VL2050"
	KeyTwice       Code = "VL2051"
	NoValueColumns Code = "VL2052"
	PseudoColumn   Code = "VL2053"
	UntypedNull    Code = "VL2054"
	KeyWord        Code = "VL2055"
	ResultKind     Code = "VL2056"
	EmptyNested    Code = "VL2130"
	ExplodeTable   Code = "VL2131"
)

var dialectCodes = []Info{
	{
		Code: KeyNotSelected, Title: "a query does not select its key",
		Text: "In the ksqldb dialect the key of a result is the key of its records, so that a query has to select it: every grouping expression, or the key columns of what it reads.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT COUNT(*) AS n FROM s GROUP BY k;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;",
	},
	{
		Code: KeyTwice, Title: "a query selects its key twice",
		Text: "In the ksqldb dialect a key column is in the key of a record and not in its value, so that it can be selected only once. AS_VALUE makes a copy of it that is part of the value.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k, k AS k2, COUNT(*) AS n FROM s GROUP BY k;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k, AS_VALUE(k) AS k2, COUNT(*) AS n FROM s GROUP BY k;",
	},
	{
		Code: NoValueColumns, Title: "a result of nothing but its key",
		Text: "In the ksqldb dialect key columns are not in the value of a record; a result without another column would have empty values.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k FROM s GROUP BY k;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k, AS_VALUE(k) AS v FROM s GROUP BY k;",
	},
	{
		Code: PseudoColumn, Title: "the name of a pseudo column",
		Text: "ROWTIME, ROWPARTITION, ROWOFFSET, WINDOWSTART and WINDOWEND belong to columns that every row has in the ksqldb dialect. A declared or selected column needs another name.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, ROWTIME FROM s;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, ROWTIME AS at FROM s;",
	},
	{
		Code: UntypedNull, Title: "NULL without a type",
		Text: "In the ksqldb dialect a column, and the result of CASE, need a type, which NULL alone does not give.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, NULL AS x FROM s;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, CAST(NULL AS STRING) AS x FROM s;",
	},
	{
		Code: KeyWord, Title: "KEY and PRIMARY KEY",
		Text: "In the ksqldb dialect the key of a stream is declared with KEY, that of a table with PRIMARY KEY, and a table must have one.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE TABLE t (id INT KEY, v INT) WITH ('connector' = 'file', 'path' = 't.json');",
		Good: "SET 'dialect' = 'ksqldb'; CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH ('connector' = 'file', 'path' = 't.json');",
	},
	{
		Code: ResultKind, Title: "a query yields the other kind of relation",
		Text: "In the ksqldb dialect CREATE TABLE .. AS takes a query with groups or over a table, CREATE STREAM .. AS any other.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE TABLE t AS SELECT k, COUNT(*) AS n FROM s GROUP BY k;",
	},
	{
		Code: EmptyNested, Title: "an ARRAY or a MAP without a type",
		Text: "In the ksqldb dialect an ARRAY and a MAP have at least one element with a type, so that their own type is known.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, ARRAY[NULL] AS x FROM s;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE STREAM t AS SELECT k, ARRAY[CAST(NULL AS INT)] AS x FROM s;",
	},
	{
		Code: ExplodeTable, Title: "table functions over tables",
		Text: "In the ksqldb dialect EXPLODE and other functions that make several rows of one take the rows of streams. The rows of a table replace each other by key, which several rows of one key cannot.",
		Bad:  "SET 'dialect' = 'ksqldb'; CREATE TABLE w (k INT PRIMARY KEY, a ARRAY<INT>) WITH ('connector' = 'file', 'path' = 'w.json'); CREATE TABLE t2 AS SELECT k, EXPLODE(a) AS e FROM w;",
		Good: "SET 'dialect' = 'ksqldb'; CREATE STREAM w (k INT KEY, a ARRAY<INT>) WITH ('connector' = 'file', 'path' = 'w.json'); CREATE STREAM t2 AS SELECT k, EXPLODE(a) AS e FROM w;",
	},
}
