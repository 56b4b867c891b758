package funcs

import (
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// arrayOfArg is the result type of aggregates that keep several arguments.
func arrayOfArg(args []types.Type) types.Type { return types.ArrayOf(args[0]) }

// keeping passes the copying of the first argument, comparingArg its order
// before it.
func keeping(args []types.Type) []TypeFunc { return []TypeFunc{{Clone, args[0]}} }

func comparingArg(args []types.Type) []TypeFunc {
	return []TypeFunc{{Compare, args[0]}, {Clone, args[0]}}
}

// list is an overload whose result is an array of the first argument. It does
// not merge: rows reach the state in order.
func list(params []types.Kind, name, method string) AggOverload {
	o := state(params, name, types.Type{}, false)
	o.RetOf, o.Merge, o.Add.Name = arrayOfArg, AggStep{}, method
	return o
}

// several is EARLIEST_BY_OFFSET or LATEST_BY_OFFSET of n values.
func several(name, end string) []AggOverload {
	plain := list(kinds(types.Invalid, types.Int), name, "Add")
	plain.Funcs = keeping
	any := list(kinds(types.Invalid, types.Int, types.Boolean), name, "AddAny")
	any.Funcs, any.Nulls = keeping, true
	plain.Merge, any.Merge = merge, merge
	return []AggOverload{
		finally(arriving(plain, "Arrivals[T]", end+"N")),
		finally(stepping(arriving(any, "Arrivals[T]", end+"AnyN"), "AddAny", "RemoveAny")),
	}
}

// severalOfKsqlDB has an array without elements where there is no row.
func severalOfKsqlDB(list []AggOverload) []AggOverload {
	list = slices.Clone(list)
	for i := range list {
		list[i].NullOnEmpty = list[i].NullOnEmpty && len(list[i].Params) == 1
	}
	return list
}

// neverNull are overloads whose result of no values is empty, as in ksqlDB.
func neverNull(list []AggOverload) []AggOverload {
	for i := range list {
		list[i].NullOnEmpty = false
		if list[i].Kept != nil {
			list[i].Kept.NullOnEmpty = false
		}
	}
	return list
}

// top is TOPK or TOPKDISTINCT.
func top(method string) []AggOverload {
	o := list(kinds(types.Invalid, types.Int), "Top[T]", method)
	o.Funcs = comparingArg
	return []AggOverload{finally(keptInOrder(o, strings.Replace(method, "Add", "Top", 1)))}
}

var collectAggs = []AggFunc{
	{
		Name: "array_agg", Aliases: []string{"collect_list", "list"},
		Doc:       "array_agg returns the values of all rows as an array, NULLs too, in order of arrival or in that of keys: array_agg(x ORDER BY y).",
		Examples:  []AggExample{{"array_agg(x)", "(2), (NULL), (1)", "ARRAY[2, NULL, 1]"}, {"array_agg(x ORDER BY x)", "('b'), ('a')", "ARRAY['a', 'b']"}, {"array_agg(DISTINCT x)", "(2), (1), (2)", "ARRAY[2, 1]"}},
		Overloads: []AggOverload{stepping(arriving(collecting("List[T]", types.Invalid), "Arrivals[T]", "List"), "AddAny", "RemoveAny")},
		Sorted:    []AggOverload{arriving(collecting("ListBy[T]", types.Invalid, types.Bytes), "ArrivalsBy[T]", "List")},
		Ordered:   true,
	},
	{
		Name: "collect_set", Special: "collect_set",
		Doc:      "collect_set returns the different values of all rows as an array, in order of arrival, as array_agg(DISTINCT x) does.",
		Examples: []AggExample{{"collect_set(x)", "(2), (1), (2)", "ARRAY[2, 1]"}},
		Forms:    []string{"COLLECT_SET(any)"},
	},
	{
		Name: "sum_list", Special: "sum_list",
		Doc:      "sum_list returns the sum of the elements of all arrays; elements that are NULL are left out.",
		Examples: []AggExample{{"sum_list(x)", "(ARRAY[1, 2]), (ARRAY[3, NULL])", "6"}},
		Forms:    []string{"SUM_LIST(ARRAY<number>)"},
	},
	{
		Name: "attr", Special: "attr",
		Doc:      "attr returns the value that all rows have; NULL if they differ, or if one of them is NULL.",
		Examples: []AggExample{{"attr(x)", "(7), (7)", "7"}, {"attr(x)", "(7), (8)", "NULL"}},
		Forms:    []string{"ATTR(any)"},
	},
	{
		Name: "map_agg", Aliases: []string{"object_agg"},
		Doc:      "map_agg returns a map of keys and values; of several rows with one key the last counts, and rows with a NULL key are left out.",
		Examples: []AggExample{{"map_agg(x, length(x))", "('b'), ('aa')", "MAP('aa' := 2, 'b' := 1)"}},
		Overloads: []AggOverload{func() AggOverload {
			o := list(kinds(types.Invalid, types.Invalid), "MapOf[T,K]", "Add")
			o.RetOf = func(args []types.Type) types.Type { return types.MapOf(args[0], args[1]) }
			o.Nulls, o.Keeps = true, true
			o.Funcs = comparing1
			o = arriving(o, "KeptMap[T,K]", "Value")
			o.Kept.Funcs = comparing1
			return o
		}()},
		Ordered: true,
	},
	{
		Name: "histogram", Doc: "histogram returns how often each text is there, as a map.",
		Examples:  []AggExample{{"histogram(x)", "('b'), ('a'), ('b')", "MAP('a' := 1, 'b' := 2)"}},
		Overloads: []AggOverload{state(one(types.String), "Histogram", types.MapOf(text, bigint), true)},
		KsqlDB:    neverNull([]AggOverload{state(one(types.String), "Histogram", types.MapOf(text, bigint), true)}),
	},
	{
		Name: "topk", Doc: "topk returns the n largest values as an array, in descending order.",
		Examples:  []AggExample{{"topk(x, 2)", "(1), (3), (NULL), (3), (2)", "ARRAY[3, 3]"}},
		Overloads: top("Add"), KsqlDB: neverNull(top("Add")), Ordered: true,
	},
	{
		Name: "topkdistinct", Aliases: []string{"topk_distinct"}, Doc: "topkdistinct returns the n largest different values as an array, in descending order.",
		Examples:  []AggExample{{"topkdistinct(x, 2)", "(1), (3), (NULL), (3), (2)", "ARRAY[3, 2]"}},
		Overloads: top("AddDistinct"), KsqlDB: neverNull(top("AddDistinct")), Ordered: true, Same: true,
	},
}

// collecting is an overload that keeps all values, NULLs too.
func collecting(name string, params ...types.Kind) AggOverload {
	o := list(params, name, "Add")
	o.Nulls, o.Keeps, o.NullOnce = true, true, name == "List[T]"
	if o.NullOnce {
		o.Merge = merge
	}
	return o
}
