package funcs

import "github.com/velocsql/veloc/compiler/types"

var mapFuncs = []Func{
	{
		Name: "map_keys", Area: "map", Doc: "map_keys returns the keys of a map in their order.",
		Examples:  []Example{{"map_keys(MAP('b' := 2, 'a' := 1))", "ARRAY['a', 'b']"}},
		Overloads: []Overload{{Params: one(types.Map), Go: over("MapKeys"), Generic: aMap(func(m types.Type) types.Type { return types.ArrayOf(*m.Key) })}},
	},
	{
		Name: "map_values", Area: "map", Doc: "map_values returns the values of a map in the order of their keys.",
		Examples:  []Example{{"map_values(MAP('b' := 2, 'a' := 1))", "ARRAY[1, 2]"}},
		Overloads: []Overload{{Params: one(types.Map), Go: over("MapValues"), Generic: aMap(func(m types.Type) types.Type { return types.ArrayOf(*m.Elem) })}},
	},
	{
		Name: "map_contains_key", Aliases: []string{"map_contains"}, Area: "map", Doc: "map_contains_key returns whether a map has a key.",
		Examples:  []Example{{"map_contains_key(MAP('a' := 1), 'b')", "FALSE"}},
		Overloads: []Overload{{Params: kinds(types.Map, types.Invalid), Go: over("HasKey"), Generic: Generic{Types: mapAndKey}.with(0, comparingKeys)}},
	},
	{
		Name: "map_union", Aliases: []string{"map_concat"}, Area: "map", Doc: "map_union returns the entries of two maps; of one key that of the second. A NULL adds nothing, and the result is NULL if both are.",
		Examples:  []Example{{"map_union(MAP('a' := 1, 'b' := 2), MAP('b' := 3))", "MAP('a' := 1, 'b' := 3)"}},
		Overloads: []Overload{{Params: kinds(types.Map, types.Map), Go: over("MapUnion").maybe(), Generic: Generic{Types: twoMaps}.with(3, comparingKeys)}},
	},
	{
		Name: "as_map", Aliases: []string{"map_from_arrays", "map"}, Area: "map", Doc: "as_map makes a map of an array of keys and one of values, of as many as both have; NULL is no key.",
		Examples:  []Example{{"as_map(ARRAY['a', 'b'], ARRAY[1, 2])", "MAP('a' := 1, 'b' := 2)"}},
		Overloads: []Overload{{Params: kinds(types.Array, types.Array), Go: failingOver("AsMap"), Generic: Generic{Types: keysAndValues}.with(0, comparing)}},
	},
	{
		Name: "entries", Aliases: []string{"map_entries"}, Area: "map", Special: "entries", Doc: "entries returns the entries of a map, in the order of their keys, as an array of STRUCT<k, v>; a second argument, whether to sort them, is taken and makes no difference.",
		Examples: []Example{{"entries(MAP('a' := 1))", "ARRAY[STRUCT(k := 'a', v := 1)]"}},
	},
	{
		Name: "map_from_entries", Area: "map", Special: "map_from_entries", Doc: "map_from_entries makes a map of an array of structs of two fields, the key and the value.",
		Examples: []Example{{"map_from_entries(ARRAY[STRUCT(name := 'a', n := 1)])", "MAP('a' := 1)"}},
	},
	{
		Name: "element_at", Aliases: []string{"list_extract", "list_element", "array_extract"}, Area: "array", Special: "element_at", Doc: "element_at returns an element of an array, or the value of a key of a map, as x[i] does.",
		Examples: []Example{{"element_at(ARRAY[1, 2], -1)", "2"}, {"element_at(MAP('a' := 1), 'a')", "1"}},
	},
	{
		Name: "split_to_map", Area: "map", Doc: "split_to_map cuts a text into entries at one separator, and these into keys and values at another.",
		Examples:  []Example{{"split_to_map('a=1;b=2', ';', '=')", "MAP('a' := '1', 'b' := '2')"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: types.MapOf(text, text), Go: fn("SplitToMap").makes().maybe()}},
	},
}

func mapAndKey(args []types.Type) ([]types.Type, types.Type, bool) {
	if args[0].Kind != types.Map {
		return nil, types.Type{}, false
	}
	k, ok := types.Common(*args[0].Key, args[1])
	return []types.Type{types.MapOf(k, *args[0].Elem), k}, boolean, ok
}

// twoMaps takes maps whose keys and values meet.
func twoMaps(args []types.Type) ([]types.Type, types.Type, bool) {
	t, ok := types.Common(args[0], args[1])
	if untyped(t) {
		t = types.MapOf(text, text)
	}
	return []types.Type{t, t}, t, ok && t.Kind == types.Map
}

func keysAndValues(args []types.Type) ([]types.Type, types.Type, bool) {
	params := make([]types.Type, 2)
	for i, a := range args {
		switch {
		case untyped(a):
			params[i] = types.ArrayOf(text)
		case a.Kind != types.Array:
			return nil, types.Type{}, false
		default:
			params[i] = a
		}
	}
	return params, types.MapOf(*params[0].Elem, *params[1].Elem), !params[0].Elem.IsNested()
}
