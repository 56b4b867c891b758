package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// pattern prepares a constant regular expression, which is the second argument.
func pattern(method string) *ConstRecipe {
	return &ConstRecipe{
		Arg: 1, New: fn("MustRegexp"), Type: "*Regexp", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewRegexp(text)
			return err
		},
	}
}

// patternFirst is pattern where it is the first argument.
func patternFirst(method string) *ConstRecipe {
	c := pattern(method)
	c.Arg = 0
	return c
}

var regexpFuncs = []Func{
	{
		Name: "regexp_like", Aliases: []string{"regexp_matches", "rlike"}, Area: "regular expression", Doc: "regexp_like returns whether a regular expression (RE2) matches some part of the text.",
		Examples:  []Example{{"regexp_like('order-12', '[0-9]+')", "TRUE"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: boolean, Go: failing("RegexpLike"), Const: pattern("Like")}},
	},
	{
		Name: "regexp_replace", Area: "regular expression", Doc: `regexp_replace replaces every match of a regular expression (RE2); \1 or $1 in the replacement stands for what the first group matched.`,
		Examples:  []Example{{"regexp_replace('a1b22', '[0-9]+', '#')", "'a#b#'"}, {`regexp_replace('john smith', '(\w+) (\w+)', '\2 \1')`, "'smith john'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: text, Go: failing("RegexpReplace").makes(), Const: pattern("Replace")}},
	},
	{
		Name: "regexp_extract", Aliases: []string{"regexp_substr"}, Area: "regular expression", Doc: "regexp_extract returns the first match of a regular expression (RE2), or what one of its groups matched; NULL if there is none.",
		Examples: []Example{{"regexp_extract('id=42;', '[0-9]+')", "'42'"}, {"regexp_extract('id=42;', 'id=([0-9]+)', 1)", "'42'"}, {"regexp_extract('none', '[0-9]+')", "NULL"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: text, Go: failing("RegexpExtract").maybe(), Const: pattern("Extract")},
			{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: failing("RegexpExtractGroup").maybe(), Const: pattern("ExtractGroup")},
		},
		KsqlDB: []Overload{
			{Params: kinds(types.String, types.String), Ret: text, Go: failing("RegexpExtractKsql").maybe(), Const: patternFirst("Extract")},
			{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: failing("RegexpExtractGroupKsql").maybe(), Const: patternFirst("ExtractGroup")},
		},
	},
	{
		Name: "regexp_count", Area: "regular expression", Doc: "regexp_count returns how many times a regular expression (RE2) matches.",
		Examples:  []Example{{"regexp_count('a1b2', '[0-9]')", "2"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: failing("RegexpCount"), Const: pattern("Count")}},
	},
	{
		Name: "regexp_replace_first", Area: "regular expression", Doc: "regexp_replace_first is regexp_replace of the first match only.",
		Examples:  []Example{{"regexp_replace_first('a1b22', '[0-9]+', '#')", "'a#b22'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: text, Go: failing("RegexpReplaceFirst").makes(), Const: pattern("ReplaceFirst")}},
	},
	{
		Name: "regexp_instr", Aliases: []string{"regexp_position"}, Area: "regular expression", Doc: "regexp_instr returns where the first match of a regular expression (RE2) begins, counted from 1, or 0 if there is none.",
		Examples:  []Example{{"regexp_instr('héllo 42', '[0-9]+')", "7"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: failing("RegexpPosition"), Const: pattern("Position")}},
	},
}
