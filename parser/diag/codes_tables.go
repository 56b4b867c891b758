package diag

// VL316x: relations whose rows replace each other.
const (
	NoRetraction    Code = "VL3160"
	WindowOverTable Code = "VL3161"
	Changelog       Code = "VL3162"
)

var tableCodes = []Info{
	{
		Code: NoRetraction, Title: "aggregate that cannot take rows back",
		Text: "Rows of a table replace each other, so what the earlier row has brought to its group is taken back first. An approximate aggregate keeps no values and cannot do that.",
		Bad:  "CREATE TABLE u (id INT PRIMARY KEY, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT APPROX_PERCENTILE(x, 0.9) FROM u;",
		Good: "CREATE TABLE u (id INT PRIMARY KEY, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT PERCENTILE_CONT(x, 0.9) FROM u;",
	},
	{
		Code: WindowOverTable, Title: "window over rows that replace each other",
		Text: "A window counts events of a time. The rows of a table are what is known now: each takes the place of an earlier one, which would have to be taken out of windows that are long closed.",
		Bad:  "CREATE TABLE u (id INT PRIMARY KEY, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT COUNT(*) FROM u WINDOW TUMBLING(1 MINUTE);",
		Good: "CREATE STREAM u (id INT, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT COUNT(*) FROM u WINDOW TUMBLING(1 MINUTE);",
	},
	{
		Code: Changelog, Title: "changelog.format that does not fit",
		Text: "retract and debezium write the row before a change beside the new one. They find it by the key of the rows, which has to be selected. They are for files and the terminal, debezium as JSON; a topic says by its keys, and by records without a value, what happens to a row.",
		Bad:  "SELECT COUNT(*) AS n FROM s GROUP BY k WITH ('changelog.format' = 'retract');",
		Good: "SELECT k, COUNT(*) AS n FROM s GROUP BY k WITH ('changelog.format' = 'retract');",
	},
}
