package funcs

import "github.com/velocsql/veloc/compiler/types"

// angle is a function of one DOUBLE that cannot fail.
func angle(name string, r Recipe, doc, example, want string) Func {
	return Func{
		Name: name, Area: "math", Doc: name + " returns " + doc,
		Examples: []Example{{name + "(" + example + ")", want}}, Overloads: doubleToDouble(r),
	}
}

var trigFuncs = []Func{
	angle("cot", fn("Cot"), "the cotangent of an angle in radians.", "pi() / 4", "1e0"),
	angle("sinh", inGo("Sinh"), "the hyperbolic sine.", "0", "0e0"),
	angle("cosh", inGo("Cosh"), "the hyperbolic cosine.", "0", "1e0"),
	angle("tanh", inGo("Tanh"), "the hyperbolic tangent.", "0", "0e0"),
	angle("asinh", inGo("Asinh"), "the inverse hyperbolic sine.", "0", "0e0"),
	angle("acosh", failing("Acosh"), "the inverse hyperbolic cosine; below 1 it is an error.", "1", "0e0"),
	angle("atanh", failing("Atanh"), "the inverse hyperbolic tangent; outside -1 to 1 it is an error.", "0", "0e0"),
	angle("sind", fn("SinDegrees"), "the sine of an angle in degrees.", "30", "0.5e0"),
	angle("cosd", fn("CosDegrees"), "the cosine of an angle in degrees.", "60", "0.5e0"),
	angle("tand", fn("TanDegrees"), "the tangent of an angle in degrees.", "45", "1e0"),
	angle("cotd", fn("CotDegrees"), "the cotangent of an angle in degrees.", "45", "1e0"),
	angle("asind", failing("AsinDegrees"), "the arc sine in degrees; outside -1 to 1 it is an error.", "0.5", "30e0"),
	angle("acosd", failing("AcosDegrees"), "the arc cosine in degrees; outside -1 to 1 it is an error.", "0.5", "60e0"),
	angle("atand", fn("AtanDegrees"), "the arc tangent in degrees.", "1", "45e0"),
	{
		Name: "atan2d", Area: "math", Doc: "atan2d returns the angle of the point (x, y) in degrees; y comes first.",
		Examples:  []Example{{"atan2d(1, 1)", "45e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: fn("Atan2Degrees")}},
	},
	{
		Name: "hypot", Area: "math", Doc: "hypot returns the length of the diagonal of a rectangle.",
		Examples:  []Example{{"hypot(3, 4)", "5e0"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double), Ret: double, Go: inGo("Hypot")}},
	},
	{
		Name: "e", Area: "math", Doc: "e returns the base of natural logarithms.",
		Examples:  []Example{{"round(e(), 4)", "2.7183e0"}},
		Overloads: []Overload{{Ret: double, Go: fn("E")}},
	},
	{
		Name: "geo_distance", Area: "math",
		Doc: "geo_distance returns the distance on the earth, a ball of 6371 km, between two places given as latitude and longitude in degrees: in km, or in 'MI'.",
		Examples: []Example{
			{"round(geo_distance(37.4439, -122.1663, 51.5257, -0.1122), 3)", "8634.66e0"},
			{"round(geo_distance(37.4439, -122.1663, 51.5257, -0.1122, 'MI'), 3)", "5365.66e0"},
		},
		Overloads: []Overload{
			{Params: kinds(types.Double, types.Double, types.Double, types.Double), Ret: double, Go: failing("GeoDistance")},
			{Params: kinds(types.Double, types.Double, types.Double, types.Double, types.String), Ret: double, Null: PassNulls, Strict: 4, Go: failing("GeoDistanceIn")},
		},
	},
	{
		Name: "isnan", Aliases: []string{"is_nan"}, Area: "math", Doc: "isnan returns whether a DOUBLE is no number.",
		Examples:  []Example{{"isnan(CAST('NaN' AS DOUBLE))", "TRUE"}, {"isnan(1)", "FALSE"}},
		Overloads: []Overload{{Params: one(types.Double), Ret: boolean, Go: inGo("IsNaN")}},
	},
	{
		Name: "isinf", Aliases: []string{"is_inf"}, Area: "math", Doc: "isinf returns whether a DOUBLE is infinite.",
		Examples:  []Example{{"isinf(CAST('-Infinity' AS DOUBLE))", "TRUE"}, {"isinf(1)", "FALSE"}},
		Overloads: []Overload{{Params: one(types.Double), Ret: boolean, Go: fn("IsInf")}},
	},
	{
		Name: "isfinite", Aliases: []string{"is_finite"}, Area: "math", Doc: "isfinite returns whether a DOUBLE is a number and not infinite.",
		Examples:  []Example{{"isfinite(1)", "TRUE"}, {"isfinite(CAST('NaN' AS DOUBLE))", "FALSE"}},
		Overloads: []Overload{{Params: one(types.Double), Ret: boolean, Go: fn("IsFinite")}},
	},
}

var wholeFuncs = []Func{
	{
		Name: "gcd", Area: "math", Doc: "gcd returns the greatest common divisor.",
		Examples:  []Example{{"gcd(12, -18)", "6"}},
		Overloads: []Overload{{Params: kinds(types.BigInt, types.BigInt), Ret: bigint, Go: failing("GCD")}},
	},
	{
		Name: "lcm", Area: "math", Doc: "lcm returns the least common multiple; overflow is an error.",
		Examples:  []Example{{"lcm(4, 6)", "12"}},
		Overloads: []Overload{{Params: kinds(types.BigInt, types.BigInt), Ret: bigint, Go: failing("LCM")}},
	},
	{
		Name: "factorial", Area: "math", Doc: "factorial returns the product of 1 to n; n is 0 to 20.",
		Examples:  []Example{{"factorial(5)", "120"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: bigint, Go: failing("Factorial")}},
	},
	{
		Name: "width_bucket", Area: "math",
		Doc:       "width_bucket returns in which of n equal parts of a span a number is, counted from 1: 0 before it and n + 1 behind it; the bounds may be in falling order.",
		Examples:  []Example{{"width_bucket(5.35, 0.024, 10.06, 5)", "3"}, {"width_bucket(11, 0, 10, 5)", "6"}},
		Overloads: []Overload{{Params: kinds(types.Double, types.Double, types.Double, types.Int), Ret: integer, Go: failing("WidthBucket")}},
	},
	{
		Name: "scale", Area: "math", Doc: "scale returns the number of digits behind the point of a decimal's type.",
		Examples:  []Example{{"scale(1.250)", "3"}},
		Overloads: []Overload{{Params: one(types.Decimal), Ret: integer, Go: fn("Scale")}},
	},
	{
		Name: "min_scale", Area: "math", Doc: "min_scale returns how many digits behind the point a decimal needs.",
		Examples:  []Example{{"min_scale(1.250)", "2"}},
		Overloads: []Overload{{Params: one(types.Decimal), Ret: integer, Go: fn("MinScale")}},
	},
}

// bits is a function of two integers.
func bits(name string, aliases []string, goName, doc, example, want string) Func {
	return Func{
		Name: name, Aliases: aliases, Area: "bit", Doc: name + " returns " + doc,
		Examples: []Example{{name + "(" + example + ")", want}},
		Overloads: []Overload{
			{Params: kinds(types.Int, types.Int), Ret: integer, Go: fn(goName + "32")},
			{Params: kinds(types.BigInt, types.BigInt), Ret: bigint, Go: fn(goName + "64")},
		},
	}
}

// shift is a function that moves the bits of an integer.
func shift(name string, aliases []string, goName, doc, example, want string) Func {
	return Func{
		Name: name, Aliases: aliases, Area: "bit", Doc: name + " returns " + doc,
		Examples: []Example{{name + "(" + example + ")", want}},
		Overloads: []Overload{
			{Params: kinds(types.Int, types.Int), Ret: integer, Go: failing(goName + "32")},
			{Params: kinds(types.BigInt, types.Int), Ret: bigint, Go: failing(goName + "64")},
		},
	}
}

var bitFuncs = []Func{
	bits("bitand", []string{"bitwise_and"}, "BitAnd", "the bits that both integers have.", "6, 3", "2"),
	bits("bitor", []string{"bitwise_or"}, "BitOr", "the bits that one of two integers has.", "6, 3", "7"),
	bits("bitxor", []string{"bitwise_xor", "xor"}, "BitXor", "the bits that just one of two integers has.", "6, 3", "5"),
	{
		Name: "bitnot", Aliases: []string{"bitwise_not"}, Area: "bit", Doc: "bitnot returns the bits that an integer does not have.",
		Examples: []Example{{"bitnot(0)", "-1"}},
		Overloads: []Overload{
			{Params: one(types.Int), Ret: integer, Go: fn("BitNot32")},
			{Params: one(types.BigInt), Ret: bigint, Go: fn("BitNot64")},
		},
	},
	shift("shiftleft", []string{"bitwise_left_shift"}, "ShiftLeft", "an integer with its bits moved up; what is moved out is lost. A negative number of places is an error.", "1, 4", "16"),
	shift("shiftright", []string{"bitwise_right_shift"}, "ShiftRight", "an integer with its bits moved down, the sign kept. A negative number of places is an error.", "-16, 2", "-4"),
	{
		Name: "bit_count", Area: "bit", Doc: "bit_count returns how many bits an integer has, of 64 if it is negative.",
		Examples:  []Example{{"bit_count(7)", "3"}},
		Overloads: []Overload{{Params: one(types.BigInt), Ret: integer, Go: fn("BitCount")}},
	},
	{
		Name: "get_bit", Aliases: []string{"getbit"}, Area: "bit", Doc: "get_bit returns the bit of an integer at a place, 0 to 63 from the lowest.",
		Examples:  []Example{{"get_bit(5, 2)", "1"}},
		Overloads: []Overload{{Params: kinds(types.BigInt, types.Int), Ret: integer, Go: failing("GetBit")}},
	},
}
