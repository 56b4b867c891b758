package funcs

import "github.com/velocsql/veloc/compiler/types"

// spanOf is a function of a number to an INTERVAL.
func spanOf(name, goName, unit string, k types.Kind, want string) Func {
	return Func{
		Name: name, Area: "date", Doc: name + " returns an interval of n " + unit + ".",
		Examples:  []Example{{name + "(3)", want}},
		Overloads: []Overload{{Params: one(k), Ret: types.Of(types.Interval), Go: failing(goName)}},
	}
}

// spanFuncs make intervals, and tell more parts of times.
var spanFuncs = []Func{
	{
		Name: "age", Area: "date", Doc: "age returns the time from the second timestamp to the first as months, days and time.",
		Examples:  []Example{{"age(TIMESTAMP '2026-03-05 10:00:00', TIMESTAMP '2025-01-31 08:00:00')", "INTERVAL '1 year 1 month 5 days 2 hours'"}},
		Overloads: []Overload{{Params: kinds(types.Timestamp, types.Timestamp), Ret: types.Of(types.Interval), Go: failing("Age")}},
	},
	{
		Name: "make_interval", Area: "date", Doc: "make_interval puts an interval together of years, months, weeks, days, hours, minutes and seconds.",
		Examples:  []Example{{"make_interval(1, 2, 0, 3, 4, 5, 6.5)", "INTERVAL '1 year 2 months 3 days 4 hours 5 minutes 6.5 seconds'"}},
		Overloads: []Overload{{Params: kinds(types.Int, types.Int, types.Int, types.Int, types.Int, types.Int, types.Double), Ret: types.Of(types.Interval), Go: failing("MakeInterval")}},
	},
	spanOf("to_years", "Years", "years", types.Int, "INTERVAL '3' YEAR"),
	spanOf("to_months", "Months", "months", types.Int, "INTERVAL '3' MONTH"),
	spanOf("to_weeks", "Weeks", "weeks", types.Int, "INTERVAL '21' DAY"),
	spanOf("to_days", "Days", "days", types.Int, "INTERVAL '3' DAY"),
	spanOf("to_hours", "Hours", "hours", types.BigInt, "INTERVAL '3' HOUR"),
	spanOf("to_minutes", "Minutes", "minutes", types.BigInt, "INTERVAL '3' MINUTE"),
	spanOf("to_seconds", "Seconds", "seconds", types.Double, "INTERVAL '3' SECOND"),
	spanOf("to_milliseconds", "Milliseconds", "milliseconds", types.BigInt, "INTERVAL '0.003' SECOND"),
	spanOf("to_microseconds", "Microseconds", "microseconds", types.BigInt, "INTERVAL '0.000003' SECOND"),
	{
		Name: "epoch", Area: "date", Doc: "epoch returns seconds since 1970, with their fraction.",
		Examples:  []Example{{"epoch(TIMESTAMP '1970-01-02 00:00:00.5')", "86400.5e0"}},
		Overloads: []Overload{{Params: one(types.Timestamp), Ret: double, Go: fn("EpochSeconds")}},
	},
	part("century", nil, "Century", "century returns the century, 21 for 2001 to 2100.", "21", false),
	part("decade", nil, "Decade", "decade returns the year divided by ten, rounded down.", "202", false),
	part("millennium", nil, "Millennium", "millennium returns the millennium, 3 for 2001 to 3000.", "3", false),
	part("isoyear", nil, "ISOYear", "isoyear returns the year that the week of ISO 8601 belongs to.", "2026", false),
	part("yearweek", nil, "YearWeek", "yearweek returns year and week of ISO 8601 as one number.", "202629", false),
}

// roundingFuncs are of numbers.
var roundingFuncs = []Func{
	{
		Name: "even", Area: "math", Doc: "even rounds away from zero to an even number.",
		Examples: []Example{{"even(2.3e0)", "4e0"}, {"even(-1e0)", "-2e0"}}, Overloads: doubleToDouble(fn("Even")),
	},
	{
		Name: "round_even", Aliases: []string{"roundbankers"}, Area: "math", Doc: "round_even rounds to n digits after the point, halves to the even digit.",
		Examples:  []Example{{"round_even(2.5e0, 0)", "2e0"}, {"round_even(3.5e0, 0)", "4e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Int), Ret: double, Go: fn("RoundEven")}},
	},
	{
		Name: "gamma", Area: "math", Doc: "gamma returns the gamma function, which is (n - 1)! of a whole number.",
		Examples: []Example{{"gamma(5)", "24e0"}}, Overloads: doubleToDouble(inGo("Gamma")),
	},
	{
		Name: "lgamma", Area: "math", Doc: "lgamma returns the logarithm of the gamma function.",
		Examples: []Example{{"lgamma(1)", "0e0"}}, Overloads: doubleToDouble(fn("Lgamma")),
	},
	{
		Name: "erf", Area: "math", Doc: "erf returns the error function.",
		Examples: []Example{{"erf(0)", "0e0"}}, Overloads: doubleToDouble(inGo("Erf")),
	},
	{
		Name: "nextafter", Area: "math", Doc: "nextafter returns the next floating point number towards another.",
		Examples:  []Example{{"nextafter(1, 2)", "1.0000000000000002e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: inGo("Nextafter")}},
	},
	{
		Name: "fdiv", Area: "math", Doc: "fdiv returns the quotient of two numbers, rounded down; NULL for a division by zero.",
		Examples:  []Example{{"fdiv(7, -2)", "-4e0"}, {"fdiv(1, 0)", "NULL"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: fn("FloorDivide").maybe()}},
	},
	{
		Name: "set_bit", Area: "bit", Doc: "set_bit returns an integer with the bit at a place, 0 to 63 from the lowest, set to 0 or 1; NULL for other places.",
		Examples:  []Example{{"set_bit(5, 1, 1)", "7"}},
		Overloads: []Overload{{Params: kinds(types.BigInt, types.Int, types.Int), Ret: bigint, Go: fn("SetBit").maybe()}},
	},
}
