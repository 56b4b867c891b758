package funcs

import "github.com/velocsql/veloc/compiler/types"

// lengths are the overloads of CARDINALITY.
var lengths = []Overload{
	{Params: one(types.Array), Go: over("Length"), Generic: anArray(always(integer))},
	{Params: one(types.Map), Go: over("MapLength"), Generic: aMap(always(integer))},
}

var arrayFuncs = []Func{
	{
		Name: "array_length", Aliases: []string{"cardinality", "array_size"}, Area: "array", Doc: "array_length returns the number of elements of an array or of entries of a map.",
		Examples:  []Example{{"array_length(ARRAY[1, NULL, 3])", "3"}, {"cardinality(MAP('a' := 1))", "1"}},
		Overloads: lengths,
	},
	{
		Name: "array_contains", Aliases: []string{"array_has", "list_contains", "list_has"}, Area: "array", Doc: "array_contains returns whether an element of an array equals a value; NULL is found too.",
		Examples:  []Example{{"array_contains(ARRAY[1, 2], 2)", "TRUE"}, {"array_contains(ARRAY['a'], NULL)", "FALSE"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid), Go: over("Contains"), Generic: Generic{Types: arrayAnd(0, 1, always(boolean))}.with(2, comparing)}},
	},
	{
		Name: "array_position", Aliases: []string{"list_position", "list_indexof", "array_indexof"}, Area: "array", Doc: "array_position returns where a value is first in an array, counted from 1, or NULL.",
		Examples:  []Example{{"array_position(ARRAY['a', 'b'], 'b')", "2"}, {"array_position(ARRAY[1], 2)", "NULL"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid), Go: over("Position").maybe(), Generic: Generic{Types: arrayAnd(0, 1, always(integer))}.with(2, comparing)}},
	},
	{
		Name: "array_distinct", Aliases: []string{"list_distinct"}, Area: "array", Doc: "array_distinct returns the different elements of an array, in the order in which they are first there.",
		Examples:  []Example{{"array_distinct(ARRAY[2, 1, 2, NULL, NULL])", "ARRAY[2, 1, NULL]"}},
		Overloads: []Overload{{Params: one(types.Array), Go: over("Distinct"), Generic: anArray(same).with(0, comparing)}},
	},
	arraySet("array_union", "Union", "array_union returns the different elements of two arrays, those of the first before the others.", "array_union(ARRAY[1, 1, 2], ARRAY[3, 2])", "ARRAY[1, 2, 3]"),
	arraySet("array_except", "Except", "array_except returns the different elements of an array that another has not.", "array_except(ARRAY[1, 2, 1, 3], ARRAY[3])", "ARRAY[1, 2]"),
	arraySet("array_intersect", "Intersect", "array_intersect returns the different elements of an array that another has too.", "array_intersect(ARRAY[1, 2, 1, 3], ARRAY[3, 1])", "ARRAY[1, 3]"),
	{
		Name: "array_concat", Aliases: []string{"array_cat", "list_concat", "list_cat"}, Area: "array", Doc: "array_concat joins two arrays, as || does; a NULL adds nothing, and the result is NULL if both are.",
		Examples:  []Example{{"array_concat(ARRAY[1, 2], ARRAY[2])", "ARRAY[1, 2, 2]"}, {"ARRAY[1] || array_concat(ARRAY[2], NULL)", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Array), Go: over("Concat").maybe(), Generic: Generic{Types: twoArrays}.with(3, nil)}},
	},
	{
		Name: "array_append", Aliases: []string{"list_append", "array_push_back"}, Area: "array", Doc: "array_append returns an array with a value behind its elements.",
		Examples:  []Example{{"array_append(ARRAY[1], 2)", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid), Go: over("Append"), Generic: Generic{Types: arrayAnd(0, 1, same)}.with(3, nil)}},
	},
	{
		Name: "array_prepend", Aliases: []string{"list_prepend"}, Area: "array", Doc: "array_prepend returns an array with a value before its elements.",
		Examples:  []Example{{"array_prepend(1, ARRAY[2])", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: kinds(types.Invalid, types.Array), Go: over("Prepend"), Generic: Generic{Types: arrayAnd(1, 0, same)}.with(3, nil)}},
	},
	{
		Name: "array_remove", Area: "array", Doc: "array_remove returns an array without the elements that equal a value.",
		Examples:  []Example{{"array_remove(ARRAY[1, 2, 1], 1)", "ARRAY[2]"}, {"array_remove(ARRAY[1, NULL], NULL)", "ARRAY[1]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid), Go: over("Remove"), Generic: Generic{Types: arrayAnd(0, 1, same)}.with(2, comparing)}},
	},
	{
		Name: "array_reverse", Aliases: []string{"list_reverse"}, Area: "array", Doc: "array_reverse returns the elements of an array in reverse order.",
		Examples:  []Example{{"array_reverse(ARRAY[1, 2, 3])", "ARRAY[3, 2, 1]"}},
		Overloads: []Overload{{Params: one(types.Array), Go: over("Reverse"), Generic: anArray(same)}},
	},
	{
		Name: "array_sort", Aliases: []string{"list_sort"}, Area: "array", Doc: "array_sort returns the elements of an array in ascending order, or descending with 'desc'; NULLs are last.",
		Examples: []Example{{"array_sort(ARRAY[2, NULL, 1])", "ARRAY[1, 2, NULL]"}, {"array_sort(ARRAY['a', 'b'], 'desc')", "ARRAY['b', 'a']"}},
		Overloads: []Overload{
			{Params: one(types.Array), Go: over("Sorted"), Generic: anArray(same).with(0, comparing)},
			{Params: kinds(types.Array, types.String), Go: failingOver("SortedBy"), Generic: anArray(same, text).with(0, comparing)},
		},
	},
	{
		Name: "array_cube", Area: "array", Doc: "array_cube returns all arrays in which each element that is not NULL is there or NULL; CUBE_EXPLODE(x) makes a row of each.",
		Examples:  []Example{{"array_cube(ARRAY[1, 2])", "ARRAY[ARRAY[CAST(NULL AS INT), NULL], ARRAY[CAST(NULL AS INT), 2], ARRAY[1, NULL], ARRAY[1, 2]]"}},
		Overloads: []Overload{{Params: one(types.Array), Go: failingOver("Cube"), Generic: anArray(types.ArrayOf)}},
	},
	{
		Name: "array_max", Aliases: []string{"list_max"}, Area: "array", Doc: "array_max returns the largest element of an array; NULLs are ignored.",
		Examples:  []Example{{"array_max(ARRAY[1, 3, NULL])", "3"}},
		Overloads: []Overload{{Params: one(types.Array), Go: over("Max").maybe(), Generic: anArray(elem).with(0, comparing)}},
	},
	{
		Name: "array_min", Aliases: []string{"list_min"}, Area: "array", Doc: "array_min returns the smallest element of an array; NULLs are ignored.",
		Examples:  []Example{{"array_min(ARRAY[2, 1, NULL])", "1"}},
		Overloads: []Overload{{Params: one(types.Array), Go: over("Min").maybe(), Generic: anArray(elem).with(0, comparing)}},
	},
	{
		Name: "array_join", Aliases: []string{"array_to_string"}, Area: "array", Doc: "array_join writes the elements of an array as one text with a separator between them; NULLs are left out, or written as the third argument.",
		Examples: []Example{{"array_join(ARRAY[1, NULL, 3], '-')", "'1-3'"}, {"array_join(ARRAY['a', NULL], ', ', '?')", "'a, ?'"}},
		Overloads: []Overload{
			{Params: kinds(types.Array, types.String), Go: over("Join"), Generic: joined()},
			{Params: kinds(types.Array, types.String, types.String), Go: over("JoinWith"), Generic: joined()},
		},
		KsqlDB: []Overload{
			{Params: kinds(types.Array, types.String), Go: over("JoinKsql"), Generic: joined().with(2, nil)},
			{Params: one(types.Array), Go: over("JoinCommas"), Generic: joined()},
		},
	},
	{
		Name: "slice", Aliases: []string{"array_slice", "list_slice"}, Area: "array", Doc: "slice returns the elements of an array from one place to another, both included, counted from 1, or from the end if negative.",
		Examples: []Example{{"slice(ARRAY[1, 2, 3, 4], 2, 3)", "ARRAY[2, 3]"}, {"slice(ARRAY[1, 2, 3], -2)", "ARRAY[2, 3]"}},
		Overloads: []Overload{
			{Params: kinds(types.Array, types.Int, types.Int), Go: over("Slice"), Generic: anArray(same, integer, integer)},
			{Params: kinds(types.Array, types.Int), Go: over("SliceFrom"), Generic: anArray(same, integer)},
		},
		KsqlDB: []Overload{{Params: kinds(types.Array, types.Int, types.Int), Go: over("SliceKsql").maybe(), Generic: anArray(same, integer, integer).with(6, nil)}},
	},
	{
		Name: "generate_series", Area: "array", Doc: "generate_series returns the whole numbers from one to another as an array, in steps of 1 or of the third argument.",
		Examples:  []Example{{"generate_series(1, 4)", "ARRAY[1, 2, 3, 4]"}, {"generate_series(6, 1, -2)", "ARRAY[6, 4, 2]"}},
		Overloads: series("Series", "SeriesBy"), KsqlDB: series("SeriesKsql", "SeriesByKsql"),
	},
	{
		Name: "split", Aliases: []string{"string_to_array", "string_split", "str_split"}, Area: "array", Doc: "split cuts a text, or bytes, at each separator; an empty one cuts into characters.",
		Examples: []Example{{"split('a,b,,c', ',')", "ARRAY['a', 'b', '', 'c']"}, {"split('héy', '')", "ARRAY['h', 'é', 'y']"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: types.ArrayOf(text), Go: fn("Split").makes()},
			{Params: kinds(types.Bytes, types.Bytes), Ret: types.ArrayOf(types.Of(types.Bytes)), Go: fn("SplitBytes").makes()},
		},
	},
	{
		Name: "regexp_extract_all", Area: "array", Doc: "regexp_extract_all returns all matches of a regular expression (RE2), or what one of its groups matched.",
		Examples: []Example{{"regexp_extract_all('a1b22', '[0-9]+')", "ARRAY['1', '22']"}, {"regexp_extract_all('a=1;b=2', '([a-z])=([0-9])', 2)", "ARRAY['1', '2']"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: types.ArrayOf(text), Go: failing("RegexpExtractAll").makes(), Const: pattern("ExtractAll")},
			{Params: kinds(types.String, types.String, types.Int), Ret: types.ArrayOf(text), Go: failing("RegexpExtractAllGroup").makes(), Const: pattern("ExtractAllGroup")},
		},
		KsqlDB: []Overload{
			{Params: kinds(types.String, types.String), Ret: types.ArrayOf(text), Go: failing("RegexpExtractAllKsql").makes(), Const: patternFirst("ExtractAll")},
			{Params: kinds(types.String, types.String, types.Int), Ret: types.ArrayOf(text), Go: failing("RegexpExtractAllGroupKsql").makes(), Const: patternFirst("ExtractAllGroup")},
		},
	},
	{
		Name: "regexp_split_to_array", Aliases: []string{"regexp_split", "string_split_regex", "str_split_regex"}, Area: "array", Doc: "regexp_split_to_array cuts a text at each match of a regular expression (RE2).",
		Examples:  []Example{{"regexp_split_to_array('a1b22c', '[0-9]+')", "ARRAY['a', 'b', 'c']"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: types.ArrayOf(text), Go: failing("RegexpSplit").makes(), Const: pattern("SplitAt")}},
	},
}

func failingOver(name string) Recipe {
	r := over(name)
	r.Fault = true
	return r
}

// arraySet is a function of two arrays of one type.
func arraySet(name, goName, doc, example, want string) Func {
	return Func{
		Name: name, Area: "array", Doc: doc, Examples: []Example{{example, want}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Array), Go: over(goName), Generic: Generic{Types: twoArrays}.with(0, comparing)}},
	}
}

// joined takes an array whose elements are cast to STRING, and texts.
func joined() *Generic {
	return &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
		params := []types.Type{types.ArrayOf(text), text, text}[:len(args)]
		return params, text, untyped(args[0]) || args[0].Kind == types.Array && types.CanCast(*args[0].Elem, text)
	}}
}

// series are overloads of whole numbers with and without a step.
func series(plain, by string) []Overload {
	whole := func(t types.Type) *Generic {
		return &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
			return []types.Type{t, t, t}[:len(args)], types.ArrayOf(t), true
		}}
	}
	var out []Overload
	for _, t := range []types.Type{integer, bigint} {
		out = append(out,
			Overload{Params: kinds(t.Kind, t.Kind), Go: failingOver(plain), Generic: whole(t)},
			Overload{Params: kinds(t.Kind, t.Kind, t.Kind), Go: failingOver(by), Generic: whole(t)})
	}
	return out
}
