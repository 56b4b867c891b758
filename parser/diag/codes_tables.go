package diag

// VL316x: relations whose rows replace each other.
const (
	NoRetraction Code = "VL3160"
)

var tableCodes = []Info{
	{
		Code: NoRetraction, Title: "aggregate that cannot take rows back",
		Text: "Rows of a table replace each other, so what the earlier row has brought to its group is taken back first. An approximate aggregate keeps no values and cannot do that.",
		Bad:  "CREATE TABLE u (id INT PRIMARY KEY, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT APPROX_PERCENTILE(x, 0.9) FROM u;",
		Good: "CREATE TABLE u (id INT PRIMARY KEY, x DOUBLE) WITH ('connector' = 'file', 'path' = 'u.csv', 'format' = 'csv'); SELECT PERCENTILE_CONT(x, 0.9) FROM u;",
	},
}
