package funcs

import "github.com/velocsql/veloc/compiler/types"

// arraySearchFuncs look for elements, and put arrays together and take them apart.
var arraySearchFuncs = []Func{
	{
		Name: "array_positions", Aliases: []string{"list_positions"}, Area: "array", Doc: "array_positions returns all places of a value in an array, counted from 1.",
		Examples:  []Example{{"array_positions(ARRAY[1, 2, 1], 1)", "ARRAY[1, 3]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid), Go: over("Positions"), Generic: Generic{Types: arrayAnd(0, 1, always(types.ArrayOf(integer)))}.with(2, comparing)}},
	},
	{
		Name: "array_replace", Area: "array", Doc: "array_replace returns an array with one value in the places of another.",
		Examples:  []Example{{"array_replace(ARRAY[1, 2, 1], 1, 5)", "ARRAY[5, 2, 5]"}, {"array_replace(ARRAY[1, NULL], NULL, 2)", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Invalid, types.Invalid), Go: over("Replace"), Generic: Generic{Types: arrayAndTwo}.with(6, comparing)}},
	},
	{
		Name: "array_overlaps", Aliases: []string{"arrays_overlap", "list_has_any", "array_has_any"}, Area: "array", Doc: "array_overlaps returns whether two arrays have an element in common; NULLs do not count.",
		Examples:  []Example{{"array_overlaps(ARRAY[1, 2], ARRAY[2, 3])", "TRUE"}, {"array_overlaps(ARRAY[NULL, 1], ARRAY[NULL, 2])", "FALSE"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Array), Go: over("Overlap"), Generic: Generic{Types: arraysTo(boolean)}.with(0, comparing)}},
	},
	{
		Name: "array_contains_all", Aliases: []string{"list_has_all", "array_has_all"}, Area: "array", Doc: "array_contains_all returns whether an array has every element of another; NULLs of that do not count.",
		Examples:  []Example{{"array_contains_all(ARRAY[1, 2, 3], ARRAY[3, 1])", "TRUE"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Array), Go: over("ContainsAll"), Generic: Generic{Types: arraysTo(boolean)}.with(0, comparing)}},
	},
	{
		Name: "flatten", Aliases: []string{"array_flatten"}, Area: "array", Doc: "flatten joins the arrays of an array; a NULL adds nothing.",
		Examples: []Example{{"flatten(ARRAY[ARRAY[1, 2], NULL, ARRAY[3]])", "ARRAY[1, 2, 3]"}},
		Overloads: []Overload{{Params: one(types.Array), Go: over("Flatten"), Generic: &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
			if args[0].Kind != types.Array || args[0].Elem.Kind != types.Array {
				return nil, types.Type{}, false
			}
			return args[:1:1], *args[0].Elem, true
		}}}},
	},
	{
		Name: "array_repeat", Area: "array", Doc: "array_repeat returns an array of a value, n times.",
		Examples: []Example{{"array_repeat('a', 2)", "ARRAY['a', 'a']"}},
		Overloads: []Overload{{Params: kinds(types.Invalid, types.Int), Go: over("Repeated"), Generic: Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
			t := args[0]
			if untyped(t) {
				t = text
			}
			return []types.Type{t, integer}, types.ArrayOf(t), true
		}}.with(1, nil)}},
	},
	{
		Name: "trim_array", Area: "array", Doc: "trim_array returns an array without its last n elements.",
		Examples:  []Example{{"trim_array(ARRAY[1, 2, 3], 1)", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Int), Go: over("Trimmed"), Generic: anArray(same, integer)}},
	},
	{
		Name: "array_sum", Aliases: []string{"list_sum"}, Area: "array", Doc: "array_sum returns the sum of the elements of an array of numbers, BIGINT or DOUBLE; NULLs are left out, and overflow is an error.",
		Examples: []Example{{"array_sum(ARRAY[1, NULL, 2])", "3"}, {"array_sum(ARRAY[0.5e0, 1e0])", "1.5e0"}},
		Overloads: []Overload{
			{Params: one(types.Array), Go: failingOver("SumInts").maybe(), Generic: numbers(bigint, types.Type.IsInteger)},
			{Params: one(types.Array), Go: over("SumFloats").maybe(), Generic: numbers(double, types.Type.IsNumeric)},
		},
	},
}

// arrayAndTwo takes an array and two elements.
func arrayAndTwo(args []types.Type) ([]types.Type, types.Type, bool) {
	a := args[0]
	if untyped(a) {
		a = types.ArrayOf(text)
	}
	if a.Kind != types.Array {
		return nil, types.Type{}, false
	}
	t, ok := types.Common(*a.Elem, args[1])
	if !ok {
		return nil, types.Type{}, false
	}
	t, ok = types.Common(t, args[2])
	return []types.Type{types.ArrayOf(t), t, t}, types.ArrayOf(t), ok
}

// arraysTo takes two arrays of one type to a result.
func arraysTo(ret types.Type) func([]types.Type) ([]types.Type, types.Type, bool) {
	return func(args []types.Type) ([]types.Type, types.Type, bool) {
		params, _, ok := twoArrays(args)
		return params, ret, ok
	}
}

// numbers takes an array of numbers to their sum.
func numbers(t types.Type, is func(types.Type) bool) *Generic {
	return &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
		return []types.Type{types.ArrayOf(t)}, t, untyped(args[0]) || args[0].Kind == types.Array && (untyped(*args[0].Elem) || is(*args[0].Elem))
	}}
}
