package funcs

import "github.com/velocsql/veloc/compiler/types"

// narrow is the number of digits of a decimal that is an int64.
const narrow = 18

// Steps by method, which most states have.
var (
	add    = AggStep{Kind: Method, Name: "Add"}
	merge  = AggStep{Kind: Method, Name: "Merge"}
	remove = AggStep{Kind: Method, Name: "Remove"}
)

// one is a list of one parameter.
func one(k types.Kind) []types.Kind { return []types.Kind{k} }

// sameAsArg is the result type of MIN, MAX, FIRST ..
func sameAsArg(args []types.Type) types.Type { return args[0] }

// form1 is the version of the binary form of states that have had no other.
const form1 = 1

// state is an overload whose state is a type of package agg with the methods
// Add, Merge, Value, Snapshot and Restore, and maybe Remove.
func state(params []types.Kind, name string, ret types.Type, retracts bool) AggOverload {
	o := AggOverload{Params: params, Path: Agg, State: name, Ret: ret, Add: add, Merge: merge, Snapshot: form1, Value: AggValue{Method: "Value"}, NullOnEmpty: true}
	if retracts {
		o.Remove = remove
	}
	return o
}

// ends are FIRST and LAST, of one value and of several.
func ends(end string) []AggOverload {
	one := []AggOverload{keeps(types.String, end+"Text"), keeps(types.Bytes, end+"Bytes"), keeps(types.Invalid, end+"[T]")}
	return append(each(one, keptEnd(end)), several(end+"N[T]", end)...)
}

// keeps is a state that gives back an argument.
func keeps(k types.Kind, name string) AggOverload {
	o := state(one(k), name, types.Type{}, false)
	o.RetOf = sameAsArg
	return o
}

var (
	double, bigint = types.Of(types.Double), types.Of(types.BigInt)
	text, boolean  = types.Of(types.String), types.Of(types.Boolean)
	bytes          = types.Of(types.Bytes)
)

var aggregateTable = []AggFunc{
	{
		Name: "count", Doc: "count returns the number of rows whose argument is not NULL; count(*) counts all rows.",
		Examples:  []AggExample{{"count(x)", "(1), (2), (NULL)", "2"}, {"count(*)", "(1), (2), (NULL)", "3"}, {"count(distinct x)", "(1), (1), (2)", "2"}},
		Overloads: []AggOverload{counter},
		Star:      true,
	},
	{
		Name: "count_distinct", Doc: "count_distinct returns the number of different values that are not NULL, as count(DISTINCT x) does.",
		Examples: []AggExample{{"count_distinct(x)", "(1), (1), (2), (NULL)", "2"}},
		Overloads: []AggOverload{
			kept(distinct(types.String, "CountDistinctText"), "Tally[T]", "Value"), kept(distinct(types.Bytes, "CountDistinctBytes"), "TallyBytes", "Value"),
			kept(distinct(types.Float, "CountDistinctFloat[T]"), "TallyFloat[T]", "Value"), kept(distinct(types.Double, "CountDistinctFloat[T]"), "TallyFloat[T]", "Value"),
			kept(distinct(types.Invalid, "CountDistinct[T]"), "Tally[T]", "Value"),
		},
	},
	{
		Name: "sum", Doc: "sum returns the sum of a column: BIGINT for integers, with an error if it does not fit, DECIMAL(38, s) for decimals, DOUBLE for floating point.",
		Examples:  []AggExample{{"sum(x)", "(1), (2), (NULL)", "3"}, {"sum(x)", "(1.25), (2.50)", "3.75"}},
		Overloads: sums(), KsqlDB: sumsOfKsqlDB(),
	},
	{
		Name: "avg", Aliases: []string{"mean"}, Doc: "avg returns the average of a column: an exact decimal for decimals, DOUBLE for other numbers.",
		Examples:  []AggExample{{"avg(x)", "(1), (2), (NULL)", "1.5e0"}, {"avg(x)", "(1.00), (1.00), (2.00)", "1.333333"}},
		Overloads: averages(),
	},
	{
		Same: true, Name: "min", Doc: "min returns the smallest value; texts compare byte by byte, NaN is above every number.",
		Examples:  []AggExample{{"min(x)", "(3), (1), (NULL)", "1"}, {"min(x)", "('b'), ('a')", "'a'"}},
		Overloads: extremes("Min", AggStep{Kind: MinAssign}, InitMax),
	},
	{
		Same: true, Name: "max", Doc: "max returns the largest value; texts compare byte by byte, NaN is above every number.",
		Examples:  []AggExample{{"max(x)", "(3), (1), (NULL)", "3"}, {"max(x)", "('b'), ('a')", "'b'"}},
		Overloads: extremes("Max", AggStep{Kind: MaxAssign}, InitMin),
	},
	{
		Name: "first", Aliases: []string{"first_value", "earliest", "earliest_by_offset"},
		Doc:       "first returns the value of the first row whose value is not NULL, in order of arrival, or in that of one key that is not NULL: first(x ORDER BY y). With a second argument FALSE, or RESPECT NULLS, it is first_or_null. first(x, n) returns the first n values as an array, and first(x, n, FALSE) NULLs among them.",
		Examples:  []AggExample{{"first(x)", "(NULL), (3), (1)", "3"}, {"first(x ORDER BY -x)", "(NULL), (3), (5)", "5"}, {"earliest_by_offset(x, FALSE)", "(NULL), (3), (1)", "NULL"}, {"first(x, 2)", "(3), (NULL), (1), (2)", "ARRAY[3, 1]"}},
		Overloads: ends("First"), KsqlDB: severalOfKsqlDB(ends("First")),
		Ordered: true,
	},
	{
		Name: "last", Aliases: []string{"last_value", "latest", "latest_by_offset"},
		Doc:       "last returns the value of the last row whose value is not NULL, in order of arrival, or in that of one key that is not NULL: last(x ORDER BY y). With a second argument FALSE, or RESPECT NULLS, it is last_or_null. last(x, n) returns the last n values as an array, and last(x, n, FALSE) NULLs among them.",
		Examples:  []AggExample{{"last(x)", "(3), (1), (NULL)", "1"}, {"last(x ORDER BY -x)", "(3), (1), (2)", "1"}, {"last(x, 2, FALSE)", "(3), (1), (NULL)", "ARRAY[1, NULL]"}},
		Overloads: ends("Last"), KsqlDB: severalOfKsqlDB(ends("Last")),
		Ordered: true,
	},
	{
		Name: "any_value", Aliases: []string{"arbitrary"},
		Doc:       "any_value returns the value of some row whose value is not NULL.",
		Examples:  []AggExample{{"any_value(x)", "(NULL), (7), (7)", "7"}},
		Overloads: each([]AggOverload{keeps(types.String, "FirstText"), keeps(types.Bytes, "FirstBytes"), keeps(types.Invalid, "First[T]")}, keptEnd("First")),
	},
	{
		Name: "string_agg", Aliases: []string{"group_concat", "listagg"},
		Doc: "string_agg joins texts in order of arrival, or in that of keys, with a separator, which is a comma if it is left out: string_agg(x, '; ' ORDER BY y DESC), or WITHIN GROUP (ORDER BY y).",
		Examples: []AggExample{
			{"string_agg(x, '; ')", "('a'), (NULL), ('b')", "'a; b'"},
			{"string_agg(x)", "('a'), ('b')", "'a,b'"},
			{"string_agg(x, '' ORDER BY x DESC)", "('a'), ('c'), ('b')", "'cba'"},
		},
		Sorted: []AggOverload{
			stepping(arriving(state([]types.Kind{types.String, types.String, types.Bytes}, "StringAggBy", text, false), "Joined", "Value"), "AddBy", "RemoveBy"),
			sortedByCommas,
		},
		Overloads: []AggOverload{
			arriving(state([]types.Kind{types.String, types.String}, "StringAgg", text, false), "Joined", "Value"),
			joinedByCommas,
		},
		Ordered: true,
	},
	spread("stddev", "StddevSamp", []string{"stdev"}, "stddev returns the sample standard deviation; NULL for fewer than two values.", "(1), (2), (3)", "1e0"),
	ofKsqlDB(spread("stddev_sample", "StddevSamp", nil, "stddev_sample is stddev.", "(1), (2), (3)", "1e0"), "StddevOrZero"),
	ofKsqlDB(spread("stddev_samp", "StddevSamp", nil, "stddev_samp is stddev; ksqlDB returns the variance under this name, and so does its dialect.", "(1), (2), (3)", "1e0"), "VarOrZero"),
	spread("stddev_pop", "StddevPop", nil, "stddev_pop returns the standard deviation of the whole population.", "(1), (3)", "1e0"),
	spread("variance", "VarSamp", []string{"var_samp"}, "variance returns the sample variance; NULL for fewer than two values.", "(1), (3)", "2e0"),
	spread("var_pop", "VarPop", nil, "var_pop returns the variance of the whole population.", "(1), (3)", "1e0"),
	{
		Same: true, Name: "bool_and", Aliases: []string{"every", "logical_and"}, Doc: "bool_and returns whether all values are TRUE.",
		Examples: []AggExample{{"bool_and(x)", "(TRUE), (FALSE), (NULL)", "FALSE"}},
		Overloads: []AggOverload{kept(AggOverload{
			Params: one(types.Boolean), Ret: boolean, State: "bool", Init: InitTrue,
			Add: AggStep{Kind: AndAssign}, Merge: AggStep{Kind: AndAssign}, Snapshot: form1, NullOnEmpty: true,
		}, "Truths", "And")},
	},
	{
		Same: true, Name: "bool_or", Aliases: []string{"logical_or"}, Doc: "bool_or returns whether some value is TRUE.",
		Examples: []AggExample{{"bool_or(x)", "(TRUE), (FALSE), (NULL)", "TRUE"}},
		Overloads: []AggOverload{kept(AggOverload{
			Params: one(types.Boolean), Ret: boolean, State: "bool",
			Add: AggStep{Kind: OrAssign}, Merge: AggStep{Kind: OrAssign}, Snapshot: form1, NullOnEmpty: true,
		}, "Truths", "Or")},
	},
}

var counter = AggOverload{
	Params: one(types.Invalid), Ret: bigint, State: "int64",
	Add: AggStep{Kind: Inc}, Merge: AggStep{Kind: AddAssign}, Remove: AggStep{Kind: Dec}, Snapshot: form1,
}

// distinct is an overload of COUNT_DISTINCT, which is never NULL.
func distinct(k types.Kind, name string) AggOverload {
	o := state(one(k), name, bigint, false)
	o.NullOnEmpty = false
	return o
}

var sortedByCommas = func() AggOverload {
	o := state([]types.Kind{types.String, types.Bytes}, "StringAggBy", text, false)
	o.Add.Name = "AddComma"
	return stepping(arriving(o, "Joined", "Value"), "AddCommaBy", "RemoveCommaBy")
}()

var joinedByCommas = func() AggOverload {
	o := state(one(types.String), "StringAgg", text, false)
	o.Add.Name = "AddComma"
	return stepping(arriving(o, "Joined", "Value"), "AddComma", "RemoveComma")
}()

// sums are the overloads of SUM.
func sums() []AggOverload {
	integers := state(one(types.BigInt), "SumInt", bigint, true)
	integers.Value.Fault = true
	dec64 := state(one(types.Decimal), "Sum64", types.Type{}, true)
	dec64.Path, dec64.MaxPrecision, dec64.Value.Fault = Decimal, narrow, true
	dec64.RetOf = func(args []types.Type) types.Type { return types.Dec(types.MaxPrecision, args[0].Scale) }
	wide := dec64
	wide.State, wide.MaxPrecision = "Sum", 0
	return []AggOverload{integers, dec64, wide, state(one(types.Double), "SumFloat", double, true)}
}

// sumsOfKsqlDB are those of ksqlDB: the sum of nothing is 0, and that of INT is INT.
func sumsOfKsqlDB() []AggOverload {
	ints := state(one(types.Int), "SumInt32", types.Of(types.Int), true)
	ints.Value.Fault = true
	list := append([]AggOverload{ints}, sums()...)
	for i := range list {
		list[i].NullOnEmpty = false
	}
	return list
}

// averages are the overloads of AVG.
func averages() []AggOverload {
	dec64 := state(one(types.Decimal), "AvgDec64", types.Type{}, true)
	dec64.MaxPrecision, dec64.Value = narrow, AggValue{Method: "Value", Fault: true, Scale: true}
	dec64.RetOf = func(args []types.Type) types.Type { return types.Dec(types.MaxPrecision, max(args[0].Scale, 6)) }
	wide := dec64
	wide.State, wide.MaxPrecision = "AvgDec", 0
	return []AggOverload{state(one(types.BigInt), "AvgInt", double, true), dec64, wide, state(one(types.Double), "AvgFloat", double, true)}
}

// extremes are the overloads of MIN and MAX.
func extremes(name string, step AggStep, init AggInit) []AggOverload {
	var out []AggOverload
	for _, k := range []types.Kind{types.Int, types.BigInt, types.Date, types.Time, types.Timestamp, types.Decimal} {
		o := AggOverload{Params: one(k), RetOf: sameAsArg, State: "T", Init: init, Add: step, Merge: step, Snapshot: form1, NullOnEmpty: true}
		if k == types.Decimal {
			o.MaxPrecision = narrow
		}
		out = append(out, o)
	}
	out = append(out, keeps(types.Decimal, name+"[T]"), keeps(types.Interval, name+"[T]"),
		keeps(types.Float, name+"Float[T]"), keeps(types.Double, name+"Float[T]"), keeps(types.String, name+"Text"))
	return each(out, func(o AggOverload) AggOverload { return keptInOrder(o, name) })
}

// spread is an aggregate over the state of the variance.
func spread(name, method string, aliases []string, doc, rows, want string) AggFunc {
	o := state(one(types.Double), "Var", double, true)
	o.Value = AggValue{Method: method, OrNull: true}
	return AggFunc{Name: name, Aliases: aliases, Doc: doc, Examples: []AggExample{{name + "(x)", rows, want}}, Overloads: []AggOverload{o}}
}

// ofKsqlDB adds what ksqlDB computes under a name: never NULL, 0 for fewer than
// two values.
func ofKsqlDB(f AggFunc, method string) AggFunc {
	o := f.Overloads[0]
	o.Value = AggValue{Method: method}
	o.NullOnEmpty = false
	f.KsqlDB = []AggOverload{o}
	return f
}
