package funcs

// lambdaFuncs take lambdas, which the binder knows.
var lambdaFuncs = []Func{
	{
		Name: "transform", Aliases: []string{"list_transform", "array_transform", "list_apply", "array_apply"}, Area: "array", Special: "transform",
		Doc: "transform returns what a lambda makes of each element of an array, or two lambdas of each key and value of a map.",
		Examples: []Example{
			{"transform(ARRAY[1, 2, NULL], x => x * 10)", "ARRAY[10, 20, NULL]"},
			{"transform(MAP('a' := 1), (k, v) => upper(k), (k, v) => v + 1)", "MAP('A' := 2)"},
		},
	},
	{
		Name: "filter", Aliases: []string{"list_filter", "array_filter"}, Area: "array", Special: "filter",
		Doc: "filter returns the elements of an array, or the entries of a map, for which a lambda is true.",
		Examples: []Example{
			{"filter(ARRAY[1, 2, NULL, 3], x => x > 1)", "ARRAY[2, 3]"},
			{"filter(MAP('a' := 1, 'b' := 2), (k, v) => v > 1 OR k = 'c')", "MAP('b' := 2)"},
		},
	},
	{
		Name: "reduce", Area: "array", Special: "reduce",
		Doc: "reduce goes through the elements of an array, or the entries of a map, with a value that begins as the second argument and that a lambda replaces for each of them.",
		Examples: []Example{
			{"reduce(ARRAY[1, 2, 3], 0, (s, x) => s + x)", "6"},
			{"reduce(MAP('a' := 1, 'b' := 2), '', (s, k, v) => s || k || v)", "'a1b2'"},
		},
	},
}
