package diag

// VL403x: records of topics.
const (
	PartFormat   Code = "VL4030"
	BareValue    Code = "VL4031"
	MetadataName Code = "VL4032"
)

var messageCodes = []Info{
	{
		Code: PartFormat, Title: "a format that cannot hold the columns of a key or value",
		Text: "The format kafka holds one value of a simple type, none holds nothing, and delimited holds no nested values. Columns that are marked KEY or PRIMARY KEY are in the key of a record, the others in its value.",
		Bad:  "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'format' = 'kafka');",
		Good: "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'format' = 'json');",
	},
	{
		Code: BareValue, Title: "a bare value of several columns",
		Text: "Without an object around it, a JSON value has no names for its columns, so there can be one only.",
		Bad:  "CREATE STREAM s (a INT, b INT) WITH ('connector' = 'kafka', 'topic' = 's', 'wrap.single.value' = 'false');",
		Good: "CREATE STREAM s (a INT) WITH ('connector' = 'kafka', 'topic' = 's', 'wrap.single.value' = 'false');",
	},
	{
		Code: MetadataName, Title: "metadata that records do not have",
		Text: "METADATA FROM names what a record brings beside its key and value: timestamp (TIMESTAMP), offset (BIGINT), partition (INT), topic (STRING) or key (BYTES).",
		Bad:  "CREATE STREAM s (a INT, size INT METADATA FROM 'size') WITH ('connector' = 'kafka', 'topic' = 's');",
		Good: "CREATE STREAM s (a INT, sent TIMESTAMP METADATA FROM 'timestamp') WITH ('connector' = 'kafka', 'topic' = 's');",
	},
}
