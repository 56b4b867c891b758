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

// flagged is pattern with flags, which are another argument.
func flagged(method string, flags int) *ConstRecipe {
	c := pattern(method)
	c.New, c.Also = fn("MustRegexpFlags"), flags
	c.CheckAlso = func(text string) error {
		_, err := sqlfn.NewRegexpFlags("", text)
		return err
	}
	return c
}

// wholePattern is pattern where the whole text has to match.
func wholePattern(must string, compile func(string) (*sqlfn.Regexp, error)) *ConstRecipe {
	c := pattern("Like")
	c.New = fn(must)
	c.Check = func(text string) error {
		_, err := compile(text)
		return err
	}
	return c
}

// patternFirst is pattern where it is the first argument.
func patternFirst(method string) *ConstRecipe {
	c := pattern(method)
	c.Arg = 0
	return c
}

var regexpFuncs = []Func{
	{
		Name: "regexp_like", Aliases: []string{"regexp_matches", "rlike", "regexp"}, Area: "regular expression", Doc: "regexp_like returns whether a regular expression (RE2) matches some part of the text. Flags: i for either case, m or n for ^ and $ at every line, s for a point that is a newline too, c for nothing of these.",
		Examples: []Example{{"regexp_like('order-12', '[0-9]+')", "TRUE"}, {"regexp_like('ORDER', 'order', 'i')", "TRUE"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: boolean, Go: failing("RegexpLike"), Const: pattern("Like")},
			{Params: kinds(types.String, types.String, types.String), Ret: boolean, Go: failing("RegexpLikeFlags"), Const: flagged("Like", 2)},
		},
	},
	{
		Name: "regexp_full_match", Area: "regular expression", Doc: "regexp_full_match returns whether a regular expression (RE2) matches the whole text.",
		Examples:  []Example{{"regexp_full_match('abc', 'b|abc')", "TRUE"}, {"regexp_full_match('abc', 'b')", "FALSE"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: boolean, Go: failing("RegexpFullMatch"), Const: wholePattern("MustWholeRegexp", sqlfn.NewWholeRegexp)}},
	},
	{
		Name: "similar_to", Area: "regular expression", Doc: "similar_to returns whether a text fits a pattern of SQL, as x SIMILAR TO pattern does: % is any text, _ a character, and | * + ? {m,n} ( ) [ ] are those of regular expressions; a backslash makes a character stand for itself.",
		Examples:  []Example{{"similar_to('abc', '(a|b)%')", "TRUE"}, {"similar_to('abc', 'a')", "FALSE"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: boolean, Go: failing("SimilarTo"), Const: wholePattern("MustSimilar", sqlfn.NewSimilar)}},
	},

	{
		Name: "regexp_replace", Area: "regular expression", Doc: `regexp_replace replaces every match of a regular expression (RE2); \1 or $1 in the replacement stands for what the first group matched. With flags only the first match is replaced unless g is among them; the others are those of regexp_like.`,
		Examples: []Example{{"regexp_replace('aXbX', 'x', 'y', 'gi')", "'ayby'"}, {"regexp_replace('aa', 'a', 'b', 'c')", "'ba'"}, {"regexp_replace('a1b22', '[0-9]+', '#')", "'a#b#'"}, {`regexp_replace('john smith', '(\w+) (\w+)', '\2 \1')`, "'smith john'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String, types.String), Ret: text, Go: failing("RegexpReplace").makes(), Const: pattern("Replace")},
			{Params: kinds(types.String, types.String, types.String, types.String), Ret: text, Go: failing("RegexpReplaceFlags").makes(), Const: flagged("ReplaceAsFlagged", 3)},
		},
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
