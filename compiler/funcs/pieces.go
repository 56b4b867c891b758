package funcs

import "github.com/velocsql/veloc/compiler/types"

// similarity is a function of two texts that tells how alike they are.
func similarity(name, goName, doc, want string) Func {
	return Func{
		Name: name, Area: "string", Doc: name + " returns " + doc,
		Examples:  []Example{{name + "('martha', 'marhta')", want}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: double, Go: fn(goName)}},
	}
}

// pieceFuncs take texts apart, quote them and compare them.
var pieceFuncs = []Func{
	{
		Name: "split_index", Area: "string", Doc: "split_index returns the part of a text at an index, counted from 0, between separators; NULL if there is none.",
		Examples:  []Example{{"split_index('a,b,c', ',', 1)", "'b'"}, {"split_index('a', ',', 1)", "NULL"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: fn("SplitIndex").maybe()}},
	},
	{
		Name: "substring_index", Area: "string", Doc: "substring_index returns what is before the nth separator, or behind the nth from the end if n is negative; all of the text if there are fewer.",
		Examples:  []Example{{"substring_index('a.b.c', '.', 2)", "'a.b'"}, {"substring_index('a.b.c', '.', -1)", "'c'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: fn("SubstringIndex")}},
	},
	{
		Name: "str_to_map", Area: "map", Doc: "str_to_map is split_to_map with commas between entries and = behind keys unless others are given.",
		Examples: []Example{{"str_to_map('a=1,b=2')", "MAP('a' := '1', 'b' := '2')"}, {"str_to_map('a:1;b:2', ';', ':')", "MAP('a' := '1', 'b' := '2')"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: types.MapOf(text, text), Go: fn("StrToMap").makes().maybe()},
			{Params: kinds(types.String, types.String, types.String), Ret: types.MapOf(text, text), Go: fn("SplitToMap").makes().maybe()},
		},
	},
	{
		Name: "parse_url", Area: "url", Doc: "parse_url returns a part of a URL: HOST, PATH, QUERY, REF or PROTOCOL; with a third argument the value of a key of its QUERY. NULL if there is none.",
		Examples: []Example{{"parse_url('https://veloc.dev/a?x=1', 'HOST')", "'veloc.dev'"}, {"parse_url('https://veloc.dev/a?x=1', 'QUERY', 'x')", "'1'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: text, Go: fn("ParseURL").maybe()},
			{Params: kinds(types.String, types.String, types.String), Ret: text, Go: fn("ParseURLKey").maybe()},
		},
	},
	{
		Name: "quote_literal", Area: "string", Doc: "quote_literal writes a text as a literal of SQL.",
		Examples: []Example{{"quote_literal('it''s')", "'''it''''s'''"}}, Overloads: textToText(fn("QuoteLiteral").makes()),
	},
	{
		Name: "quote_ident", Area: "string", Doc: "quote_ident writes a name of SQL, in quotes if it needs them.",
		Examples: []Example{{"quote_ident('a b')", `'"a b"'`}, {"quote_ident('ab')", "'ab'"}}, Overloads: textToText(fn("QuoteIdent").makes()),
	},
	{
		Name: "is_alpha", Area: "string", Doc: "is_alpha returns whether a text has letters and nothing else.",
		Examples: []Example{{"is_alpha('abc')", "TRUE"}, {"is_alpha('a1')", "FALSE"}}, Overloads: asked("IsAlpha"),
	},
	{
		Name: "is_digit", Area: "string", Doc: "is_digit returns whether a text has digits and nothing else.",
		Examples: []Example{{"is_digit('12')", "TRUE"}, {"is_digit('1.2')", "FALSE"}}, Overloads: asked("IsDigit"),
	},
	{
		Name: "is_decimal", Area: "string", Doc: "is_decimal returns whether a text is a number.",
		Examples: []Example{{"is_decimal('-1.5e3')", "TRUE"}, {"is_decimal('1x')", "FALSE"}}, Overloads: asked("IsDecimal"),
	},
	{
		Name: "hamming", Aliases: []string{"mismatches"}, Area: "string", Doc: "hamming returns at how many places two texts differ; NULL if their lengths do.",
		Examples:  []Example{{"hamming('karolin', 'kathrin')", "3"}, {"hamming('a', 'ab')", "NULL"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Hamming").maybe()}},
	},
	similarity("jaro_similarity", "JaroSimilarity", "how alike two texts are, 0 to 1, by the characters that both have at near places.", "0.9444444444444445e0"),
	similarity("jaro_winkler_similarity", "JaroWinklerSimilarity", "what jaro_similarity does, but more for texts that begin alike.", "0.9611111111111111e0"),
}

// asked is an overload of a text to BOOLEAN.
func asked(name string) []Overload {
	return []Overload{{Params: one(types.String), Ret: boolean, Go: fn(name)}}
}
