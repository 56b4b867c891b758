package funcs

import "github.com/velocsql/veloc/compiler/types"

// doubleToDouble is an overload of DOUBLE to DOUBLE.
func doubleToDouble(r Recipe) []Overload {
	return []Overload{{Params: one(types.Double), Ret: double, Go: r}}
}

// inGo is a function of package math.
func inGo(name string) Recipe { return Recipe{Path: "math", Name: name} }

// itself is the result type of ABS and MOD.
func itself(args []types.Type) types.Type { return args[0] }

// whole is the result type of CEIL, FLOOR and ROUND of a decimal.
func whole(args []types.Type) types.Type {
	d := args[0]
	return types.Dec(min(d.Precision-d.Scale+1, types.MaxPrecision), 0)
}

// oneMore is the result type of ROUND to given digits, which may carry.
func oneMore(args []types.Type) types.Type {
	d := args[0]
	return types.Dec(min(d.Precision+1, types.MaxPrecision), d.Scale)
}

// remainder is the result type of MOD of decimals.
func remainder(args []types.Type) types.Type {
	a, b := args[0], args[1]
	s := max(a.Scale, b.Scale)
	return types.Dec(min(max(min(a.Precision-a.Scale, b.Precision-b.Scale)+s, 1), types.MaxPrecision), s)
}

// toWhole are the overloads of a function to an integer, which leaves integers
// as they are.
func toWhole(dec, float Recipe) []Overload {
	return []Overload{
		{Params: one(types.Int), Ret: integer, Go: Recipe{Name: "int32"}},
		{Params: one(types.BigInt), Ret: bigint, Go: Recipe{Name: "int64"}},
		{Params: one(types.Decimal), RetOf: whole, Go: dec},
		{Params: one(types.Double), Ret: double, Go: float},
	}
}

// toUnit are the overloads of CEIL and FLOOR to a unit of time.
func toUnit(name string) []Overload {
	at, day := unitArg(name), dayUnitArg(name+"Date")
	at.Arg, day.Arg = 1, 1
	return []Overload{
		{Params: kinds(types.Timestamp, types.String), Ret: timestamp, Go: failing(name + "Time"), Const: at},
		{Params: kinds(types.Date, types.String), Ret: date, Go: failing(name + "Date"), Const: day},
	}
}

var mathFuncs = []Func{
	{
		Name: "abs", Area: "math", Doc: "abs returns the magnitude of a number.",
		Examples: []Example{{"abs(-3)", "3"}, {"abs(-1.5)", "1.5"}},
		Overloads: []Overload{
			{Params: one(types.Int), Ret: integer, Go: failing("AbsInt32")},
			{Params: one(types.BigInt), Ret: bigint, Go: failing("AbsInt64")},
			{Params: one(types.Decimal), RetOf: itself, Go: fn("AbsDecimal")},
			{Params: one(types.Double), Ret: double, Go: inGo("Abs")},
		},
	},
	{
		Name: "sign", Aliases: []string{"signum"}, Area: "math", Doc: "sign returns -1, 0 or 1.",
		Examples: []Example{{"sign(-2.5)", "-1"}, {"sign(0)", "0"}},
		Overloads: []Overload{
			{Params: one(types.BigInt), Ret: integer, Go: fn("SignInt64")},
			{Params: one(types.Decimal), Ret: integer, Go: fn("SignDecimal")},
			{Params: one(types.Double), Ret: integer, Go: fn("SignFloat64")},
		},
	},
	{
		Name: "ceil", Aliases: []string{"ceiling"}, Area: "math", Doc: "ceil returns the smallest integer that is not below the number; CEIL(ts TO HOUR) the first start of a unit of time that is not before a timestamp or date.",
		Examples:  []Example{{"ceil(1.2)", "2"}, {"ceil(-1.2e0)", "-1e0"}, {"ceil(DATE '2026-07-15' TO MONTH)", "DATE '2026-08-01'"}},
		Overloads: append(toWhole(fn("CeilDecimal"), inGo("Ceil")), toUnit("Ceil")...),
	},
	{
		Name: "floor", Area: "math", Doc: "floor returns the largest integer that is not above the number; FLOOR(ts TO HOUR) the start of the unit of time that a timestamp or date is in.",
		Examples:  []Example{{"floor(1.2)", "1"}, {"floor(-1.2e0)", "-2e0"}, {"floor(TIMESTAMP '2026-07-15 13:04:05' TO HOUR)", "TIMESTAMP '2026-07-15 13:00:00'"}},
		Overloads: append(toWhole(fn("FloorDecimal"), inGo("Floor")), toUnit("Floor")...),
	},
	{
		Name: "round", Area: "math",
		Doc:      "round rounds half away from zero to an integer, or to n digits after the point; a negative n rounds before the point. A decimal keeps its scale when n is given.",
		Examples: []Example{{"round(2.5)", "3"}, {"round(-2.345, 2)", "-2.350"}, {"round(155, -1)", "160"}, {"round(2.5e0)", "3e0"}},
		Overloads: append(toWhole(failing("RoundDecimal"), inGo("Round")),
			Overload{Params: kinds(types.BigInt, types.Int), Ret: bigint, Go: failing("RoundInt64")},
			Overload{Params: kinds(types.Decimal, types.Int), RetOf: oneMore, Go: failing("RoundDecimalTo")},
			Overload{Params: kinds(types.Double, types.Int), Ret: double, Go: fn("RoundFloat64")}),
		KsqlDB: append(toWhole(failing("RoundDecimalUp"), fn("RoundUp")),
			Overload{Params: kinds(types.BigInt, types.Int), Ret: bigint, Go: failing("RoundInt64")},
			Overload{Params: kinds(types.Decimal, types.Int), RetOf: oneMore, Go: failing("RoundDecimalUpTo")},
			Overload{Params: kinds(types.Double, types.Int), Ret: double, Go: fn("RoundUpTo")}),
	},
	{
		Name: "trunc", Aliases: []string{"truncate"}, Area: "math",
		Doc:      "trunc cuts off the fraction, or the digits after the first n of it; a negative n cuts before the point. A decimal keeps its scale when n is given.",
		Examples: []Example{{"trunc(-2.9)", "-2"}, {"trunc(2.349, 2)", "2.340"}, {"trunc(2.9e0)", "2e0"}},
		Overloads: append(toWhole(fn("TruncDecimal"), inGo("Trunc")),
			Overload{Params: kinds(types.Decimal, types.Int), RetOf: itself, Go: fn("TruncDecimalTo")},
			Overload{Params: kinds(types.Double, types.Int), Ret: double, Go: fn("TruncFloat64")}),
	},
	{
		Name: "mod", Aliases: []string{"fmod"}, Area: "math", Doc: "mod returns the remainder of a division, with the sign of the dividend; by zero it is NULL.",
		Examples: []Example{{"mod(-7, 3)", "-1"}, {"mod(5.5, 2)", "1.5"}, {"mod(1, 0)", "NULL"}},
		Overloads: []Overload{
			{Params: kinds(types.Int, types.Int), Ret: integer, Go: fn("ModInt32OrNull").maybe()},
			{Params: kinds(types.BigInt, types.BigInt), Ret: bigint, Go: fn("ModInt64OrNull").maybe()},
			{Params: kinds(types.Decimal, types.Decimal), RetOf: remainder, Go: failing("ModDecimal").maybe()},
			{Params: kinds(types.Double, types.Double), Ret: double, Go: fn("ModFloat64OrNull").maybe()},
		},
	},
	{
		Name: "sqrt", Area: "math", Doc: "sqrt returns the square root; of a negative number it is an error.",
		Examples: []Example{{"sqrt(9)", "3e0"}}, Overloads: doubleToDouble(failing("Sqrt")), KsqlDB: doubleToDouble(inGo("Sqrt")),
	},
	{
		Name: "cbrt", Area: "math", Doc: "cbrt returns the cube root.",
		Examples: []Example{{"cbrt(-27)", "-3e0"}}, Overloads: doubleToDouble(inGo("Cbrt")),
	},
	{
		Name: "square", Area: "math", Doc: "square returns a number times itself, as DOUBLE; overflow is an error.",
		Examples: []Example{{"square(3)", "9e0"}}, Overloads: doubleToDouble(failing("Square")),
	},
	{
		Name: "power", Aliases: []string{"pow"}, Area: "math",
		Doc:       "power returns the first argument raised to the second; zero to a negative power, a negative number to a fraction, and overflow are errors.",
		Examples:  []Example{{"power(2, 10)", "1024e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: failing("Power")}},
	},
	{
		Name: "exp", Area: "math", Doc: "exp returns e raised to a power; overflow is an error.",
		Examples: []Example{{"exp(0)", "1e0"}}, Overloads: doubleToDouble(failing("Exp")), KsqlDB: doubleToDouble(inGo("Exp")),
	},
	{
		Name: "ln", Area: "math", Doc: "ln returns the natural logarithm; of a number that is not above zero it is an error.",
		Examples: []Example{{"ln(1)", "0e0"}}, Overloads: doubleToDouble(failing("Ln")), KsqlDB: doubleToDouble(inGo("Log")),
	},
	{
		Name: "log10", Area: "math", Doc: "log10 returns the logarithm to base 10; of a number that is not above zero it is an error.",
		Examples: []Example{{"log10(1000)", "3e0"}}, Overloads: doubleToDouble(failing("Log10")),
	},
	{
		Name: "log2", Area: "math", Doc: "log2 returns the logarithm to base 2; of a number that is not above zero it is an error.",
		Examples: []Example{{"log2(8)", "3e0"}}, Overloads: doubleToDouble(failing("Log2")),
	},
	{
		Name: "log", Area: "math", Doc: "log returns the logarithm of a number to base 10, or with two arguments that of the second to the base that comes first; of a number that is not above zero it is an error.",
		Examples: []Example{{"log(100)", "2e0"}, {"log(2, 32)", "5e0"}},
		Overloads: []Overload{
			{Params: one(types.Double), Ret: double, Go: failing("Log10")},
			{Params: kinds(types.Double, types.Double), Ret: double, Go: failing("Log")},
		},
		KsqlDB: []Overload{
			{Params: one(types.Double), Ret: double, Go: inGo("Log")},
			{Params: kinds(types.Double, types.Double), Ret: double, Go: fn("LogOrNaN")},
		},
	},
	{
		Name: "sin", Area: "math", Doc: "sin returns the sine of an angle in radians.",
		Examples: []Example{{"sin(0)", "0e0"}}, Overloads: doubleToDouble(inGo("Sin")),
	},
	{
		Name: "cos", Area: "math", Doc: "cos returns the cosine of an angle in radians.",
		Examples: []Example{{"cos(0)", "1e0"}}, Overloads: doubleToDouble(inGo("Cos")),
	},
	{
		Name: "tan", Area: "math", Doc: "tan returns the tangent of an angle in radians.",
		Examples: []Example{{"tan(0)", "0e0"}}, Overloads: doubleToDouble(inGo("Tan")),
	},
	{
		Name: "asin", Area: "math", Doc: "asin returns the arc sine in radians; outside -1 to 1 it is an error.",
		Examples: []Example{{"asin(0)", "0e0"}}, Overloads: doubleToDouble(failing("Asin")), KsqlDB: doubleToDouble(inGo("Asin")),
	},
	{
		Name: "acos", Area: "math", Doc: "acos returns the arc cosine in radians; outside -1 to 1 it is an error.",
		Examples: []Example{{"acos(1)", "0e0"}}, Overloads: doubleToDouble(failing("Acos")), KsqlDB: doubleToDouble(inGo("Acos")),
	},
	{
		Name: "atan", Area: "math", Doc: "atan returns the arc tangent in radians.",
		Examples: []Example{{"atan(0)", "0e0"}}, Overloads: doubleToDouble(inGo("Atan")),
	},
	{
		Name: "atan2", Area: "math", Doc: "atan2 returns the angle of the point (x, y) in radians; y comes first.",
		Examples:  []Example{{"atan2(0, 1)", "0e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: inGo("Atan2")}},
	},
	{
		Name: "degrees", Area: "math", Doc: "degrees turns radians into degrees.",
		Examples: []Example{{"degrees(pi())", "180e0"}}, Overloads: doubleToDouble(fn("Degrees")),
	},
	{
		Name: "radians", Area: "math", Doc: "radians turns degrees into radians.",
		Examples: []Example{{"radians(0)", "0e0"}}, Overloads: doubleToDouble(fn("Radians")),
	},
	{
		Name: "pi", Area: "math", Doc: "pi returns the ratio of a circle's circumference to its diameter.",
		Examples:  []Example{{"round(pi(), 4)", "3.1416e0"}},
		Overloads: []Overload{{Ret: double, Go: fn("Pi")}},
	},
}
