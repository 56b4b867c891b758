package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/jsontext"
)

var jsonType = types.Of(types.JSON)

// onJSON is a function of package jsontext.
func onJSON(name string) Recipe { return Recipe{Path: JSON, Name: name}.makes() }

// parsing is a function of package jsontext that fails for what is no JSON.
func parsing(name string) Recipe {
	r := onJSON(name)
	r.Fault = true
	return r
}

// jsonPath is a function of a JSON text and a path, which is read once if it is
// constant.
func jsonPath(name string, aliases []string, ret types.Type, r Recipe, method, doc string, examples ...Example) Func {
	return Func{
		Name: name, Aliases: aliases, Area: "JSON", Doc: doc, Examples: examples,
		Overloads: []Overload{{
			Params: kinds(types.String, types.String), Ret: ret, Go: r,
			Const: &ConstRecipe{
				Arg: 1, New: Recipe{Path: JSON, Name: "MustPath"}, Type: "*Path", Method: method,
				Check: func(text string) error {
					_, err := jsontext.NewPath(text)
					return err
				},
			},
		}},
	}
}

// fromJSON is an overload of one JSON text.
func fromJSON(r Recipe, ret types.Type) []Overload {
	return []Overload{{Params: one(types.String), Ret: ret, Go: r}}
}

// jsonGet are overloads with a key and with an index, of JSON and of text.
func jsonGet(ret types.Type, asText bool) []Overload {
	member, element := "Member", "Element"
	if asText {
		member, element = "MemberText", "ElementText"
	}
	var out []Overload
	for _, k := range []types.Kind{types.JSON, types.String} {
		out = append(out,
			Overload{Params: kinds(k, types.String), Ret: ret, Go: onJSON(member).maybe()},
			Overload{Params: kinds(k, types.BigInt), Ret: ret, Go: onJSON(element).maybe()})
	}
	return out
}

// has is an overload of JSON_ARRAY_CONTAINS.
func has(k types.Kind, name string) Overload {
	g := &Generic{Types: func([]types.Type) ([]types.Type, types.Type, bool) {
		return []types.Type{text, types.Of(k)}, boolean, true
	}}
	return Overload{Params: kinds(types.String, k), Go: Recipe{Path: JSON, Name: name}, Generic: g.with(2, nil)}
}

var jsonFuncs = []Func{
	jsonPath("extractjsonfield", []string{"get_json_object", "json_extract_string"}, text, parsing("PathText").maybe(), "Text",
		"extractjsonfield returns the value at a path of a JSON text as text: a string without its quotes, NULL for null and where there is nothing.",
		Example{`extractjsonfield('{"a": {"b": [1, "x"]}}', '$.a.b[1]')`, "'x'"}, Example{`extractjsonfield('{"a": {"b": 1}}', '$.a')`, `'{"b":1}'`}),
	jsonPath("json_value", []string{"json_extract_scalar"}, text, parsing("PathScalar").maybe(), "Scalar",
		"json_value returns the value at a path of a JSON text as text; NULL for arrays and objects, where there is nothing, and for what is no JSON.",
		Example{`json_value('{"a": 1.50}', '$.a')`, "'1.50'"}, Example{`json_value('{"a": "7"}', '$.a' RETURNING INT DEFAULT -1 ON EMPTY)`, "7"}, Example{`json_value('{}', 'lax $.a' RETURNING INT DEFAULT -1 ON EMPTY)`, "-1"}, Example{`json_value('no JSON', '$.a')`, "NULL"}),
	jsonPath("json_query", nil, text, parsing("PathQuery").maybe(), "Query",
		"json_query returns the array or object at a path of a JSON text as JSON; NULL for other values, where there is nothing, and for what is no JSON.",
		Example{`json_query('{"a": [1, 2]}', '$.a')`, "'[1,2]'"}, Example{`json_query('{"a": 1}', '$.a' WITH WRAPPER)`, "'[1]'"}, Example{`json_query('{}', '$.a' EMPTY ARRAY ON EMPTY)`, "'[]'"}),
	jsonPath("json_query_array", nil, text, parsing("PathQueryArray").maybe(), "QueryArray",
		"json_query_array is json_query that puts other values into an array, as JSON_QUERY .. WITH CONDITIONAL WRAPPER does.",
		Example{`json_query_array('{"a": 1}', '$.a')`, "'[1]'"}),
	jsonPath("json_query_wrapped", nil, text, parsing("PathQueryWrapped").maybe(), "QueryWrapped",
		"json_query_wrapped is json_query that puts any value into an array, as JSON_QUERY .. WITH WRAPPER does.",
		Example{`json_query_wrapped('{"a": [1]}', '$.a')`, "'[[1]]'"}),
	jsonPath("json_extract", nil, jsonType, parsing("PathExtract").maybe(), "Extract",
		"json_extract returns the value at a path of a JSON text as JSON; NULL where there is nothing.",
		Example{`json_extract('{"a": ["x"]}', '$.a[0]')`, `JSON '"x"'`}),
	jsonPath("json_exists", nil, boolean, Recipe{Path: JSON, Name: "PathExists", Fault: true}, "Exists",
		"json_exists returns whether there is a value at a path of a JSON text, null too.",
		Example{`json_exists('{"a": null}', '$.a')`, "TRUE"}, Example{`json_exists('no JSON', '$.a' UNKNOWN ON ERROR)`, "NULL"}, Example{`json_exists('{"a": null}', '$.b')`, "FALSE"}),
	{
		Name: "json_typeof", Area: "JSON", Doc: "json_typeof returns what a JSON text is: object, array, string, number, boolean or null; NULL for what is no JSON.",
		Examples:  []Example{{"json_typeof('[1]')", "'array'"}, {"json_typeof('no JSON')", "NULL"}},
		Overloads: []Overload{{Params: one(types.String), Ret: text, Go: Recipe{Path: JSON, Name: "TypeOf"}.maybe()}},
	},
	{
		Name: "json_object", Aliases: []string{"json_build_object"}, Area: "JSON", Special: "json_object",
		Forms:    []string{"json_object(any VALUE any, .. [NULL | ABSENT ON NULL] [RETURNING type]) JSON", "json_build_object(any, any, ..) JSON"},
		Doc:      "json_object makes an object of keys and values: JSON_OBJECT('a' VALUE 1, 'b' VALUE 2), also 'a': 1 or 'a', 1. A NULL value is null, or leaves its key out with ABSENT ON NULL; a NULL key is left out.",
		Examples: []Example{{"json_object('a' VALUE 1, 'b' VALUE 'x')", `JSON '{"a":1,"b":"x"}'`}, {"json_object('a': NULL, 'b': 2 ABSENT ON NULL)", `JSON '{"b":2}'`}, {"json_build_object('a', NULL)", `JSON '{"a":null}'`}},
	},
	{
		Name: "json_array", Aliases: []string{"json_build_array"}, Area: "JSON", Special: "json_array",
		Forms:    []string{"json_array(any, .. [NULL | ABSENT ON NULL] [RETURNING type]) JSON", "json_build_array(any, ..) JSON"},
		Doc:      "json_array makes an array in JSON of values of any type; NULLs are left out unless NULL ON NULL is said. json_build_array keeps them.",
		Examples: []Example{{"json_array(1, 'x', NULL)", `JSON '[1,"x"]'`}, {"json_array(1, NULL NULL ON NULL)", "JSON '[1,null]'"}, {"json_build_array(NULL)", "JSON '[null]'"}},
	},
	{
		Name: "json_get", Area: "JSON", Doc: "json_get returns the value of a key, or an element counted from 0 or from the end, as JSON, as j -> 'key' and j -> 0 do.",
		Examples:  []Example{{`json_get('{"a": [1, 2]}', 'a')`, "JSON '[1, 2]'"}, {`json_get(JSON '[1, "x"]', -1)`, `JSON '"x"'`}},
		Overloads: jsonGet(jsonType, false),
	},
	{
		Name: "json_get_text", Area: "JSON", Doc: "json_get_text is json_get with a text as result, as j ->> 'key' and j ->> 0 are: a string without its quotes, NULL for null.",
		Examples:  []Example{{`json_get_text('{"a": "x"}', 'a')`, "'x'"}, {`json_get_text('[null]', 0)`, "NULL"}},
		Overloads: jsonGet(text, true),
	},
	{
		Name: "json_array_contains", Area: "JSON", Doc: "json_array_contains returns whether an array in JSON has an element: a string, a number, a truth value, or NULL for null.",
		Examples:  []Example{{"json_array_contains('[1, 2]', 2)", "TRUE"}, {`json_array_contains('["a"]', 'b')`, "FALSE"}},
		Overloads: []Overload{has(types.String, "ArrayContainsText"), has(types.BigInt, "ArrayContainsInt"), has(types.Double, "ArrayContainsFloat"), has(types.Boolean, "ArrayContainsBool")},
	},
	{
		Name: "json_array_length", Area: "JSON", Doc: "json_array_length returns the number of elements of an array in JSON; NULL for other values.",
		Examples: []Example{{"json_array_length('[1, [2, 3]]')", "2"}}, Overloads: fromJSON(parsing("ArrayLength").maybe(), integer),
	},
	{
		Name: "json_items", Area: "JSON", Doc: "json_items returns the elements of an array in JSON, each as JSON; NULL for other values.",
		Examples: []Example{{`json_items('[{"a": 1}, "b"]')`, `ARRAY['{"a":1}', '"b"']`}}, Overloads: fromJSON(parsing("Items").maybe(), types.ArrayOf(text)),
	},
	{
		Name: "json_keys", Aliases: []string{"json_object_keys"}, Area: "JSON", Doc: "json_keys returns the keys of an object in JSON, in their order; NULL for other values.",
		Examples: []Example{{`json_keys('{"b": 1, "a": 2}')`, "ARRAY['b', 'a']"}}, Overloads: fromJSON(parsing("Keys").maybe(), types.ArrayOf(text)),
	},
	{
		Name: "json_records", Area: "JSON", Doc: "json_records returns the values of an object in JSON, each as JSON, by key; NULL for other values.",
		Examples: []Example{{`json_records('{"a": [1], "b": "x"}')`, `MAP('a' := '[1]', 'b' := '"x"')`}}, Overloads: fromJSON(parsing("Records").maybe(), types.MapOf(text, text)),
	},
	{
		Name: "json_concat", Area: "JSON", Doc: "json_concat joins values in JSON: the members of objects, of one key the last, or the elements of arrays; other values become elements.",
		Examples:  []Example{{`json_concat('{"a": 1}', '{"b": 2}')`, `'{"a":1,"b":2}'`}, {"json_concat('[1]', '2', '[3]')", "'[1,2,3]'"}},
		Overloads: []Overload{{Params: one(types.String), Variadic: true, Ret: text, Go: parsing("Concat").maybe()}},
	},
	{
		Name: "is_json_string", Aliases: []string{"is_json", "json_valid"}, Area: "JSON", Doc: "is_json_string returns whether a text is JSON; NULL is none.",
		Examples:  []Example{{"is_json_string('[1, 2]')", "TRUE"}, {"is_json_string('abc')", "FALSE"}},
		Overloads: []Overload{{Params: one(types.String), Ret: boolean, Null: PassNulls, Go: Recipe{Path: JSON, Name: "IsJSON"}}},
	},
	{
		Name: "to_json_string", Aliases: []string{"to_json", "json_string", "json_quote"}, Area: "JSON", Doc: "to_json_string returns a value of any type as JSON in a text; NULL is null.",
		Examples:  []Example{{"to_json_string(ARRAY['a', NULL])", `'["a",null]'`}, {"to_json_string('a')", `'"a"'`}, {"to_json_string(DATE '2024-02-29')", `'"2024-02-29"'`}},
		Overloads: toJSON(),
		KsqlDB: append([]Overload{{Params: one(types.Timestamp), Go: Recipe{Path: SQLFn, Name: "JavaTimestampJSON"}.makes(), Generic: Generic{Types: func([]types.Type) ([]types.Type, types.Type, bool) {
			return []types.Type{timestamp}, text, true
		}}.with(1, nil)}}, toJSON()...),
	},
}

// toJSON writes a value of any type.
func toJSON() []Overload {
	return []Overload{{Params: one(types.Invalid), Go: over("ToJSON"), Generic: Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
		t := args[0]
		if untyped(t) {
			t = text
		}
		return []types.Type{t}, text, true
	}}.with(1, func(args []types.Type) []TypeFunc { return []TypeFunc{{Append, args[0]}} })}}
}
