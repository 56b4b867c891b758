package diag

// VL306x to VL309x: forms of queries and expressions, and what they ask for.
const (
	RowShape       Code = "VL3060"
	FunctionTaken  Code = "VL3061"
	FunctionItself Code = "VL3062"
	FunctionBody   Code = "VL3063"
	TooManySets    Code = "VL3064"
	GroupingKey    Code = "VL3065"
)

var formCodes = []Info{
	{
		Code: RowShape, Title: "rows of different lengths",
		Text: "Rows are compared value by value, from left to right. Both sides have the same number of values.",
		Bad:  "SELECT * FROM s WHERE (k, qty) = ('a', 1, 2);",
		Good: "SELECT * FROM s WHERE (k, qty) = ('a', 1);",
	},
	{
		Code: FunctionTaken, Title: "a function of this name exists",
		Text: "A function of the program has a name of its own: not that of a built-in function, and not that of another function before it, unless CREATE OR REPLACE says so.",
		Bad:  "CREATE FUNCTION upper(x STRING) RETURNS STRING AS x || '!';",
		Good: "CREATE FUNCTION loud(x STRING) RETURNS STRING AS UPPER(x) || '!';",
	},
	{
		Code: FunctionItself, Title: "a function that calls itself",
		Text: "A function in SQL stands for its expression, which is written out where it is called. It can call the functions defined before it, and not itself.",
		Bad:  "CREATE FUNCTION f(x INT) RETURNS INT AS CASE WHEN x > 0 THEN f(x - 1) ELSE 0 END;",
		Good: "CREATE FUNCTION f(x INT) RETURNS INT AS CASE WHEN x > 0 THEN x - 1 ELSE 0 END;",
	},
	{
		Code: FunctionBody, Title: "the type of a function's body",
		Text: "The expression of a function has the type that RETURNS declares, or one that becomes it without losing anything but digits. CAST converts others.",
		Bad:  "CREATE FUNCTION f(x INT) RETURNS BOOLEAN AS x + 1;",
		Good: "CREATE FUNCTION f(x INT) RETURNS BIGINT AS x + 1;",
	},
	{
		Code: TooManySets, Title: "too many grouping sets",
		Text: "A row updates one group of every grouping set, and CUBE of n keys has two to the power of n sets. A query has 64 at most.",
		Bad:  "SELECT COUNT(*) FROM s GROUP BY CUBE (k, qty, ts, k || 'a', k || 'b', k || 'c', k || 'd');",
		Good: "SELECT COUNT(*) FROM s GROUP BY GROUPING SETS ((k, qty), (k), ());",
	},
	{
		Code: GroupingKey, Title: "the arguments of GROUPING",
		Text: "GROUPING tells which keys of GROUP BY a row is not grouped by. Its arguments are keys.",
		Bad:  "SELECT k, GROUPING(qty), COUNT(*) FROM s GROUP BY ROLLUP (k);",
		Good: "SELECT k, GROUPING(k), COUNT(*) FROM s GROUP BY ROLLUP (k);",
	},
}
