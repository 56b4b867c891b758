package oracle

// Difference is something that veloc and DuckDB do differently because veloc
// decided so, and what the comparison does about it.
type Difference struct {
	What   string // in veloc
	Peer   string // in DuckDB
	Reason string
	Rule   string // of the comparison
}

// Differences lists what differs by decision. The documentation prints it.
var Differences = []Difference{
	{"INT / INT is DOUBLE, x / 0 is NULL", "the same, but a DOUBLE divided by 0 is infinite", "one rule for every type of number", "the divisor is NULLIF(y, 0)"},
	{"DECIMAL / DECIMAL is an exact DECIMAL, rounded half away from zero", "DOUBLE", "money is exact", "computed with math/big"},
	{"DIV and % of decimals are exact", "DOUBLE", "money is exact", "computed with math/big"},
	{"AVG of DECIMAL(p,s) is DECIMAL(38, max(s, 6))", "DOUBLE", "money is exact", "SUM and COUNT, divided with math/big"},
	{"BIGINT + INT is BIGINT, SUM of integers is BIGINT; overflow fails the record", "SUM is HUGEINT; overflow fails the query", "a stream goes on after a bad record", "rows that fail on either side are left out and both are asked again; without CASE, AND and the like a row that fails in DuckDB alone is a defect"},
	{"x % y of doubles has the sign of x and is exact", "it has the sign of y and is rounded", "SQL, C and Go say so", "math.Mod"},
	{"DOUBLE to an integer rounds half away from zero", "half to even", "like decimals", "ROUND before the cast"},
	{"NULLs come last in ascending and first in descending order", "last in both", "as PostgreSQL", "the order of NULLs is written out"},
	{"A TIMESTAMP is an integer of milliseconds in casts", "there is no such cast", "event times of messages are milliseconds", "EPOCH_US divided by 1000, and MAKE_TIMESTAMP"},
	{"Milliseconds before the epoch are rounded down", "EPOCH_MS cuts towards zero", "a millisecond is as long before the epoch as after it", "FLOOR"},
	{"DAYOFWEEK is 1 for Sunday", "0", "as in MySQL, Spark and Flink", "1 is added"},
	{"Floating point, TIMESTAMP and INTERVAL as text are as on the wire", "1.0, a blank between date and time", "one text per value everywhere", "such casts are left out"},
	{"0.5 as text has a zero before the point", "a DECIMAL(2,2) has none", "JSON needs it", "casts of decimals without whole digits to text are left out"},
	{"Text becomes a number, a date .. only if all of it is one", "1.5 becomes the integer 2", "what is lost shows", "texts that are values of the type are cast"},
	{"DOUBLE becomes DECIMAL by its shortest text", "by its binary value", "0.1 is 0.1", "such casts are left out"},
	{"FIRST, LAST and STRING_AGG go by the order of arrival", "any order", "rows of a stream have an order", "ORDER BY id inside the aggregate, over sources only"},
	{"Sums of DOUBLE are compensated", "FSUM is", "results do not depend on the number of workers", "compared with 1e-9 relative, not over extreme values"},
	{"REGEXP_REPLACE without flags replaces every match", "the first one, unless told 'g'", "as ksqlDB, Flink and Spark", "compared with 'g', or with the flags of both"},
	{"COUNT_IF of no rows is 0", "NULL", "it counts, as COUNT does", "COALESCE(.., 0)"},
	{"MODE of values that came equally often is the lowest", "the one that came first", "results do not depend on the number of workers", "not compared"},
	{"NaN and infinities are null in JSON", "there is no sink", "JSON has no such numbers", "both sides count as NULL there"},
}
