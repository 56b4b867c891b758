package diag

// VL2100 to VL2119: what functions and aggregates refuse.
const (
	VolatileFunction   Code = "VL2100"
	AggregateParameter Code = "VL2101"
	ZoneTwice          Code = "VL2102"
)

var functionCodes = []Info{
	{
		Code: VolatileFunction, Title: "a function of chance",
		Text: "RANDOM, UUID and their kin give another value in every run. A program that reads the same records again, after a crash or in a test, has to give the same result, so that veloc has none of them. XXHASH64 of a column spreads rows evenly, and UUID_V5 makes an identifier from a name.",
		Bad:  "SELECT k FROM s WHERE RANDOM() < 0.1;",
		Good: "SELECT k FROM s WHERE XXHASH64(k) % 10 = 0;",
	},
	{
		Code: AggregateParameter, Title: "a parameter of an aggregate",
		Text: "The fraction of a percentile belongs to the whole group and not to its rows: it is a constant, 0 to 1.",
		Bad:  "SELECT APPROX_PERCENTILE(qty, 95) AS p FROM s;",
		Good: "SELECT APPROX_PERCENTILE(qty, 0.95) AS p FROM s;",
	},
	{
		Code: ZoneTwice, Title: "AT TIME ZONE twice",
		Text: "A TIMESTAMP is an instant in UTC, and AT TIME ZONE gives what clocks of a zone show then. To ask for that of another zone once more would take the local time for an instant. CONVERT_TZ goes from the clocks of one zone to those of another, TO_UTC_TIMESTAMP back to the instant.",
		Bad:  "SELECT ts AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'Asia/Tokyo' AS x FROM s;",
		Good: "SELECT CONVERT_TZ(ts, 'Europe/Berlin', 'Asia/Tokyo') AS x FROM s;",
	},
}
