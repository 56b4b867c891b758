package funcs

import (
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// Sketch is the package of approximate aggregates.
const Sketch = "github.com/velocsql/veloc/runtime/sketch"

// orderedKinds are the kinds whose Go values Go orders: the states of their
// aggregates are generic.
var orderedKinds = []types.Kind{types.Int, types.BigInt, types.Date, types.Time, types.Timestamp, types.Decimal, types.String}

// byOrder are the overloads of an aggregate of every ordered type: generic is
// the state of those that Go orders, wide that of decimals of more than 18
// digits, floats that of DOUBLE.
func byOrder(generic, wide, floats string, make func(k types.Kind, state string) AggOverload) []AggOverload {
	var out []AggOverload
	for _, k := range orderedKinds {
		o := make(k, generic)
		if k == types.Decimal {
			o.MaxPrecision = narrow
			if o.Kept != nil {
				o.Kept.MaxPrecision = narrow
			}
		}
		out = append(out, o)
	}
	return append(out, make(types.Decimal, wide), make(types.Double, floats))
}

// by is an aggregate that returns the value beside an extreme key.
func by(name string, aliases []string, step, doc, example, want string) AggFunc {
	return AggFunc{
		Name: name, Aliases: aliases, Doc: name + " returns " + doc, Ordered: true, Same: true,
		Examples: []AggExample{{example, "(3), (1), (2)", want}},
		Overloads: byOrder("By[T,K]", "ByDec[T]", "ByFloat[T]", func(k types.Kind, s string) AggOverload {
			o := state(kinds(types.Invalid, k), s, types.Type{}, false)
			o.RetOf = sameAsArg
			o.Add.Name, o.Merge.Name = step, "Merge"+step
			return beside(o, step)
		}),
	}
}

// beside keeps the rows of ARG_MIN and its like: in the order of their keys, and of
// equal ones the one that counts at the end that is read.
func beside(o AggOverload, step string) AggOverload {
	end := strings.TrimSuffix(step, "Last")
	o = arriving(o, "Beside[T,K]", end)
	o.Kept.Funcs = comparing2
	if (end == "Lowest") == (step != end) {
		o = stepping(o, "AddBefore", "RemoveBefore")
	}
	return o
}

// fraction is an overload of a percentile: the value, the fraction, and whether
// it counts from the top.
func fraction(k types.Kind, s, method string) AggOverload {
	o := state(kinds(k, types.Double, types.Boolean), s, double, true)
	o.Final, o.NullOnEmpty = 2, false
	o.Value = AggValue{Method: method, OrNull: true}
	return o
}

// orNull is a state that gives back an argument that may be NULL.
func orNull(k types.Kind, name string) AggOverload {
	o := keeps(k, name)
	o.Nulls, o.NullOnEmpty = true, false
	o.Value.OrNull = true
	return stepping(arriving(o, "Arrivals[T]", strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "[T]"), "Text"), "Bytes")), "AddAny", "RemoveAny")
}

var orderedAggregates = []AggFunc{
	by("arg_min", []string{"min_by", "argmin"}, "Lowest", "the first argument of the first row whose second argument is the lowest; rows with a NULL in either are left out.", "arg_min(x * 10, x)", "10"),
	by("arg_max", []string{"max_by", "argmax"}, "Highest", "the first argument of the first row whose second argument is the highest; rows with a NULL in either are left out.", "arg_max(x * 10, x)", "30"),
	by("arg_min_last", nil, "LowestLast", "what arg_min does, of the last such row.", "arg_min_last(x, 0)", "2"),
	by("arg_max_last", nil, "HighestLast", "what arg_max does, of the last such row.", "arg_max_last(x, 0)", "2"),
	{
		Name: "first_or_null", Same: true, Doc: "first_or_null returns the value of the first row in order of arrival, NULL or not.",
		Examples:  []AggExample{{"first_or_null(x)", "(NULL), (3), (1)", "NULL"}},
		Overloads: []AggOverload{orNull(types.Invalid, "FirstOrNull[T]")},
		Ordered:   true,
	},
	{
		Name: "last_or_null", Same: true, Doc: "last_or_null returns the value of the last row in order of arrival, NULL or not.",
		Examples:  []AggExample{{"last_or_null(x)", "(3), (NULL)", "NULL"}, {"last_or_null(x)", "(NULL), (3)", "3"}},
		Overloads: []AggOverload{orNull(types.String, "LastOrNullText"), orNull(types.Bytes, "LastOrNullBytes"), orNull(types.Invalid, "LastOrNull[T]")},
		Ordered:   true,
	},
	{
		Name: "median", Doc: "median returns the value in the middle of the order, or the mean of the two that are there. It keeps all values.",
		Examples: []AggExample{{"median(x)", "(1), (3), (2), (10)", "2.5e0"}},
		Overloads: func() []AggOverload {
			o := state(one(types.Double), "Floats", double, true)
			o.NullOnEmpty, o.Value = false, AggValue{Method: "Median", OrNull: true}
			return []AggOverload{o}
		}(),
	},
	{
		Name: "percentile_cont", Aliases: []string{"quantile_cont", "percentile"},
		Doc:      "percentile_cont returns the value at a fraction of the order, between two values if need be: percentile_cont(0.9) WITHIN GROUP (ORDER BY x), or percentile_cont(x, 0.9). It keeps all values.",
		Examples: []AggExample{{"percentile_cont(x, 0.25)", "(1), (2), (3), (4)", "1.75e0"}, {"percentile_cont(0.25) WITHIN GROUP (ORDER BY x DESC)", "(1), (2), (3), (4)", "3.25e0"}},
		Within:   true, Fractions: true,
		Overloads: []AggOverload{fraction(types.Double, "Floats", "Cont")},
	},
	{
		Name: "percentile_disc", Aliases: []string{"quantile_disc", "quantile"},
		Doc:      "percentile_disc returns the first value at or behind a fraction of the order: percentile_disc(0.9) WITHIN GROUP (ORDER BY x), or percentile_disc(x, 0.9). It keeps all values.",
		Examples: []AggExample{{"percentile_disc(x, 0.5)", "(1), (2), (3), (4)", "2"}, {"percentile_disc(0.5) WITHIN GROUP (ORDER BY x DESC)", "('a'), ('b'), ('c'), ('d')", "'c'"}},
		Within:   true, Fractions: true,
		Overloads: byOrder("Ordered[T]", "OrderedDec", "Floats", func(k types.Kind, s string) AggOverload {
			o := fraction(k, s, "Disc")
			o.RetOf = sameAsArg
			return o
		}),
	},
	{
		Name: "approx_percentile", Aliases: []string{"approx_quantile", "percentile_approx"},
		Doc:      "approx_percentile returns about the value at a fraction of the order, by a t-digest, in little memory: approx_percentile(x, 0.9), or approx_percentile(0.9) WITHIN GROUP (ORDER BY x).",
		Examples: []AggExample{{"approx_percentile(x, 0.5)", "(1), (2), (3)", "2e0"}},
		Within:   true, Fractions: true, Ordered: true,
		Overloads: func() []AggOverload {
			o := fraction(types.Double, "Quantile", "Value")
			o.Path, o.Remove = Sketch, AggStep{}
			return []AggOverload{o}
		}(),
	},
	{
		Name: "approx_count_distinct", Aliases: []string{"approx_distinct", "approx_unique"},
		Doc:       "approx_count_distinct returns about how many different values there are, by a HyperLogLog sketch of at most 16 KiB, which is off by 0.8 % on average.",
		Examples:  []AggExample{{"approx_count_distinct(x)", "(1), (1), (2), (NULL)", "2"}},
		Same:      true,
		Overloads: approxDistinct(),
	},
	{
		Name: "mode", Doc: "mode returns the value that came most often, of several the lowest; also mode() WITHIN GROUP (ORDER BY x). It keeps all different values.",
		Examples: []AggExample{{"mode(x)", "(3), (1), (3), (1), (2)", "1"}, {"mode() WITHIN GROUP (ORDER BY x)", "('b'), ('a'), ('b')", "'b'"}},
		Within:   true,
		Overloads: append(byOrder("Mode[T]", "ModeDec", "ModeFloat", counted),
			counted(types.Boolean, "ModeBool")),
	},
}

// counted is an overload of MODE.
func counted(k types.Kind, s string) AggOverload {
	o := state(one(k), s, types.Type{}, true)
	o.RetOf, o.NullOnEmpty = sameAsArg, false
	o.Value.OrNull = true
	return o
}

// approxDistinct are the overloads of APPROX_COUNT_DISTINCT, which is never
// NULL.
func approxDistinct() []AggOverload {
	var out []AggOverload
	for _, k := range []struct {
		kind   types.Kind
		method string
	}{
		{types.String, "AddText"},
		{types.Bytes, "AddBytes"},
		{types.BigInt, "AddInt"},
		{types.Date, "AddDate"},
		{types.Time, "AddInt"},
		{types.Timestamp, "AddInt"},
		{types.Decimal, "AddInt"},
		{types.Decimal, "AddDec"},
		{types.Double, "AddFloat"},
	} {
		o := distinct(k.kind, "Distinct")
		o.Path, o.Add.Name = Sketch, k.method
		if k.kind == types.Decimal && k.method == "AddInt" {
			o.MaxPrecision = narrow
		}
		out = append(out, o)
	}
	return out
}

// pair is an aggregate of y and x.
func pair(name string, aliases []string, method, doc, example, want string) AggFunc {
	o := state(kinds(types.Double, types.Double), "Pair", double, true)
	o.NullOnEmpty, o.Value = false, AggValue{Method: method, OrNull: true}
	return AggFunc{
		Name: name, Aliases: aliases, Doc: name + " returns " + doc,
		Examples:  []AggExample{{example, "(1), (2), (3)", want}},
		Overloads: []AggOverload{o},
	}
}

var pairAggregates = []AggFunc{
	func() AggFunc {
		f := pair("corr", []string{"correlation"}, "Corr", "the coefficient of correlation of two numbers; NULL for fewer than two rows or if one of them never changes.", "corr(x * 2, x)", "1e0")
		o := f.Overloads[0]
		o.Value = AggValue{Method: "CorrOrNaN"}
		f.KsqlDB = []AggOverload{o}
		return f
	}(),
	pair("covar_pop", nil, "CovarPop", "the covariance of two numbers over the whole population.", "covar_pop(x * 3, x)", "2e0"),
	pair("covar_samp", nil, "CovarSamp", "the covariance of two numbers over a sample; NULL for fewer than two rows.", "covar_samp(x * 3, x)", "3e0"),
	pair("regr_slope", nil, "Slope", "the slope of the line y = a + b * x that fits best; y comes first.", "regr_slope(x * 3 + 1, x)", "3e0"),
	pair("regr_intercept", nil, "Intercept", "where the line that fits best meets x = 0; y comes first.", "regr_intercept(x * 3 + 1, x)", "1e0"),
	pair("regr_r2", nil, "R2", "how well the line fits, 0 to 1: the square of the coefficient of correlation.", "regr_r2(x * 3 + 1, x)", "1e0"),
	pair("regr_avgx", nil, "AvgX", "the mean of the second number over rows where both are there.", "regr_avgx(1, x)", "2e0"),
	pair("regr_avgy", nil, "AvgY", "the mean of the first number over rows where both are there.", "regr_avgy(x, 1)", "2e0"),
	pair("regr_sxx", nil, "SXX", "the sum of the squares of the second number around its mean.", "regr_sxx(1, x)", "2e0"),
	pair("regr_syy", nil, "SYY", "the sum of the squares of the first number around its mean.", "regr_syy(x, 1)", "2e0"),
	pair("regr_sxy", nil, "SXY", "the sum of the products of both numbers around their means.", "regr_sxy(x, x * 2)", "4e0"),
	func() AggFunc {
		f := pair("regr_count", nil, "Count", "the number of rows where both numbers are there.", "regr_count(x, 1)", "3")
		o := &f.Overloads[0]
		o.Ret, o.Value.OrNull = bigint, false
		return f
	}(),
}

// bitwise is an aggregate of the bits of integers.
func bitwise(name string, aliases []string, step AggStepKind, init AggInit, same bool, doc, want string) AggFunc {
	f := AggFunc{
		Name: name, Aliases: aliases, Doc: name + " returns " + doc, Same: same,
		Examples: []AggExample{{name + "(x)", "(7), (6), (NULL)", want}},
	}
	for _, k := range []types.Kind{types.Int, types.BigInt} {
		o := AggOverload{
			Params: one(k), RetOf: sameAsArg, State: "T", Init: init,
			Add: AggStep{Kind: step}, Merge: AggStep{Kind: step}, Snapshot: form1, NullOnEmpty: true,
		}
		switch step {
		case XorBits:
			o.Remove = o.Add
		case AndBits:
			o = kept(o, "Bits[T]", "And")
		case OrBits:
			o = kept(o, "Bits[T]", "Or")
		}
		f.Overloads = append(f.Overloads, o)
	}
	return f
}

var bitAggregates = []AggFunc{
	bitwise("bit_and", []string{"bit_and_agg"}, AndBits, InitOnes, true, "the bits that all integers have.", "6"),
	bitwise("bit_or", []string{"bit_or_agg"}, OrBits, InitZero, true, "the bits that some integer has.", "7"),
	bitwise("bit_xor", []string{"bit_xor_agg"}, XorBits, InitZero, false, "the bits that an odd number of the integers has.", "1"),
}

// composedAggregates are made of others.
var composedAggregates = []AggFunc{
	{
		Name: "sum_if", Special: "sum_if", Forms: []string{"sum_if(any, BOOLEAN)"},
		Doc:      "sum_if returns the sum of the rows for which the condition is true.",
		Examples: []AggExample{{"sum_if(x, x > 1)", "(1), (2), (3), (NULL)", "5"}},
	},
	{
		Name: "avg_if", Special: "avg_if", Forms: []string{"avg_if(any, BOOLEAN)"},
		Doc:      "avg_if returns the average of the rows for which the condition is true.",
		Examples: []AggExample{{"avg_if(x, x > 1)", "(1), (2), (3), (NULL)", "2.5e0"}},
	},
	{
		Name: "json_agg", Aliases: []string{"json_arrayagg", "json_group_array"}, Special: "json_agg", Forms: []string{"json_agg(any) JSON"}, Ordered: true,
		Doc:      "json_agg returns the values of all rows as an array in JSON, in order of arrival or in that of keys. JSON_ARRAYAGG leaves NULLs out unless NULL ON NULL is said; json_agg and json_group_array keep them.",
		Examples: []AggExample{{"json_agg(x)", "(2), (NULL), (1)", "JSON '[2,null,1]'"}, {"json_arrayagg(x ORDER BY x)", "(2), (NULL), (1)", "JSON '[1,2]'"}},
	},
	{
		Name: "json_object_agg", Aliases: []string{"json_objectagg", "json_group_object"}, Special: "json_object_agg", Forms: []string{"json_object_agg(any, any) JSON"}, Ordered: true,
		Doc:      "json_object_agg returns keys and values of all rows as an object in JSON, as map_agg does: JSON_OBJECTAGG(k VALUE v).",
		Examples: []AggExample{{"json_objectagg(x VALUE length(x))", "('b'), ('aa')", `JSON '{"aa":2,"b":1}'`}},
	},
	{
		Name: "count_if", Aliases: []string{"countif"}, Special: "count_if", Forms: []string{"count_if(BOOLEAN) BIGINT"},
		Doc:      "count_if returns the number of rows for which the condition is true.",
		Examples: []AggExample{{"count_if(x > 1)", "(1), (2), (3), (NULL)", "2"}},
	},
	{
		Name: "delta", Special: "delta", Forms: []string{"delta(any)"}, Ordered: true,
		Doc:      "delta returns the last value less the first, in order of arrival.",
		Examples: []AggExample{{"delta(x)", "(3), (10), (8)", "5"}},
	},
}
