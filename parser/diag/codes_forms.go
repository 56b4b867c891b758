package diag

// VL306x to VL309x: forms of queries and expressions, and what they ask for.
const (
	RowShape        Code = "VL3060"
	FunctionTaken   Code = "VL3061"
	FunctionItself  Code = "VL3062"
	FunctionBody    Code = "VL3063"
	TooManySets     Code = "VL3064"
	GroupingKey     Code = "VL3065"
	Correlated      Code = "VL3066"
	SubqueryColumns Code = "VL3067"
	RowNulls        Code = "VL3068"

	SubqueryUnbounded Code = "VL3370"
	SetUnbounded      Code = "VL3371"
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
	{
		Code: Correlated, Title: "a subquery that depends on the query around it",
		Text: "A subquery in an expression is computed to its end before the query around it begins, and then looked up. It can depend on a row of that query by equality of columns in its WHERE, which makes them the key of the look-up, and in no other way.",
		Bad:  "SELECT k FROM s WHERE EXISTS (SELECT 1 FROM t WHERE t.qty > s.qty);",
		Good: "SELECT k FROM s WHERE EXISTS (SELECT 1 FROM t WHERE t.k = s.k AND t.qty > 10);",
	},
	{
		Code: SubqueryColumns, Title: "the columns of a subquery",
		Text: "A subquery that stands for a value has one column. Behind IN it has as many columns as the left side has values.",
		Bad:  "SELECT k FROM s WHERE qty > (SELECT MAX(qty), k FROM t GROUP BY k);",
		Good: "SELECT k FROM s WHERE qty > (SELECT MAX(qty) FROM t);",
	},
	{
		Code: RowNulls, Title: "NOT IN with rows that may hold NULL",
		Text: "Whether a row is among others is open as soon as a NULL is in a place where the rest is equal. With columns that can be NULL, NOT IN of rows, and IN of rows as a value, are refused; in a condition, IN of rows is fine.",
		Bad:  "SELECT k FROM s WHERE (k, qty) NOT IN (SELECT k, qty FROM t);",
		Good: "SELECT k FROM s WHERE NOT EXISTS (SELECT 1 FROM t WHERE t.k = s.k AND t.qty = s.qty);",
	},
	{
		Code: SubqueryUnbounded, Title: "a subquery over an input without an end",
		Text: "A subquery in an expression is computed to the end of its input before the query around it begins. Its input has to end: a file does, a stream of messages does not.",
		Bad:  "SELECT k FROM s WHERE qty > (SELECT AVG(qty) FROM messages);",
		Good: "SELECT k FROM s WHERE qty > (SELECT AVG(qty) FROM 'history.csv');",
	},
	{
		Code: SetUnbounded, Title: "INTERSECT and EXCEPT of inputs without an end",
		Text: "Whether a row is in both inputs, or in the first alone, is known when both have ended. A file ends, a stream of messages does not.",
		Bad:  "SELECT k FROM messages EXCEPT SELECT k FROM 'seen.csv';",
		Good: "SELECT k FROM messages WHERE k NOT IN (SELECT k FROM 'seen.csv' WHERE k IS NOT NULL);",
	},
}
