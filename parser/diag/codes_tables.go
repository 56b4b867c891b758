package diag

// VL316x: relations whose rows replace each other.
const (
	NoRetraction Code = "VL3160"
)

var tableCodes = []Info{
	{
		Code: NoRetraction, Title: "aggregate that cannot take rows back",
		Text: "Rows of a table replace each other, so what the earlier row has brought to its group is taken back first. An approximate aggregate keeps no values and cannot do that.",
		Bad:  "CREATE TABLE t (id INT PRIMARY KEY, x DOUBLE) WITH ('path' = 't.csv'); SELECT APPROX_PERCENTILE(x, 0.9) FROM t;",
		Good: "CREATE TABLE t (id INT PRIMARY KEY, x DOUBLE) WITH ('path' = 't.csv'); SELECT PERCENTILE_CONT(x, 0.9) FROM t;",
	},
}
