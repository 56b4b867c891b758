package diag

// VL403x, VL405x: records of topics.
const (
	PartFormat   Code = "VL4030"
	BareValue    Code = "VL4031"
	MetadataName Code = "VL4032"

	KeyWindow     Code = "VL4050"
	WindowedTable Code = "VL4051"

	TimelessRecords Code = "VL4052"
)

// VL335x: tables as sources.
const KeyGone Code = "VL3350"

var messageCodes = []Info{
	{
		Code: KeyGone, Title: "the key of a table is not selected",
		Text: "Rows of a table can be withdrawn. Whoever reads the result must know which row that is, so the result has to have the columns of the primary key as they are.",
		Bad:  "CREATE TABLE t (id INT PRIMARY KEY, n INT) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv'); SELECT n FROM t WHERE n > 1;",
		Good: "CREATE TABLE t (id INT PRIMARY KEY, n INT) WITH ('connector' = 'file', 'path' = 't.csv', 'format' = 'csv'); SELECT id, n FROM t WHERE n > 1;",
	},
	{
		Code: PartFormat, Title: "a format that cannot hold the columns of a key or value",
		Text: "The format kafka holds one value of a simple type, none holds nothing, and delimited holds no nested values. Columns that are marked KEY or PRIMARY KEY are in the key of a record, the others in its value.",
		Bad:  "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'format' = 'kafka');",
		Good: "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'format' = 'json');",
	},
	{
		Code: BareValue, Title: "wrap.single.value with several columns",
		Text: "The option says whether a value of one column has an object around it. Without one, a JSON value has no names for its columns, so there can be one only.",
		Bad:  "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'wrap.single.value' = 'false');",
		Good: "CREATE STREAM s (a INT) WITH ('connector' = 'kafka', 'topic' = 's', 'wrap.single.value' = 'false');",
	},
	{
		Code: MetadataName, Title: "metadata that records do not have",
		Text: "METADATA FROM names what a record brings beside its key and value: timestamp (TIMESTAMP), offset (BIGINT), partition (INT), topic (STRING) or key (BYTES). HEADER names a header, which is BYTES.",
		Bad:  "CREATE STREAM s (a INT, size INT METADATA FROM 'size') WITH ('connector' = 'kafka', 'topic' = 's');",
		Good: "CREATE STREAM s (a INT, sent TIMESTAMP METADATA FROM 'timestamp') WITH ('connector' = 'kafka', 'topic' = 's');",
	},
	{
		Code: KeyWindow, Title: "windows of keys",
		Text: "'window.type' says that the keys of a topic belong to windows. Windows of the kinds tumbling and hopping have a 'window.size', sessions have none.",
		Bad:  "CREATE STREAM s (k INT KEY, v INT) WITH ('connector' = 'kafka', 'topic' = 's', 'window.type' = 'tumbling');",
		Good: "CREATE STREAM s (k INT KEY, v INT) WITH ('connector' = 'kafka', 'topic' = 's', 'window.type' = 'tumbling', 'window.size' = '1 MINUTE');",
	},
	{
		Code: WindowedTable, Title: "tables whose keys have windows",
		Text: "The rows of such a table are told apart by the key and the window. Only streams can have windows in their keys yet.",
		Bad:  "CREATE TABLE t (k INT PRIMARY KEY, v INT) WITH ('connector' = 'kafka', 'topic' = 't', 'window.type' = 'session');",
		Good: "CREATE STREAM t (k INT KEY, v INT) WITH ('connector' = 'kafka', 'topic' = 't', 'window.type' = 'session');",
	},
	{
		Code: TimelessRecords, Title: "records without a time",
		Text: "A record of a topic has the time of the row that it comes from. Rows of VALUES, and of a query without FROM, have none, so that they cannot be written to a topic yet.",
		Bad:  "CREATE SINK t (k INT, v INT) WITH ('connector' = 'kafka', 'topic' = 't'); INSERT INTO t VALUES (1, 2);",
		Good: "CREATE SINK t (k INT, v INT) WITH ('connector' = 'file', 'path' = 't.csv'); INSERT INTO t VALUES (1, 2);",
	},
}
