package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// kinds is a parameter list.
func kinds(k ...types.Kind) []types.Kind { return k }

// fn is a function of package sqlfn that cannot fail.
func fn(name string) Recipe { return Recipe{Path: SQLFn, Name: name} }

// failing is a function of package sqlfn that can fail.
func failing(name string) Recipe { return Recipe{Path: SQLFn, Name: name, Fault: true} }

// makes marks a function whose result needs memory.
func (r Recipe) makes() Recipe {
	r.Allocates = true
	return r
}

// maybe marks a function whose result may be NULL.
func (r Recipe) maybe() Recipe {
	r.OrNull = true
	return r
}

// textToText is an overload of STRING to STRING.
func textToText(r Recipe) []Overload {
	return []Overload{{Params: one(types.String), Ret: text, Go: r}}
}

// test is an overload of two texts to BOOLEAN.
func test(r Recipe) []Overload {
	return []Overload{{Params: kinds(types.String, types.String), Ret: boolean, Go: r}}
}

var integer = types.Of(types.Int)

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

var stringFuncs = []Func{
	{
		Name: "upper", Aliases: []string{"ucase"}, Area: "string", Doc: "upper returns the text in upper case.",
		Examples:  []Example{{"upper('école 1')", "'ÉCOLE 1'"}},
		Overloads: textToText(Recipe{Path: "strings", Name: "ToUpper"}.makes()),
	},
	{
		Name: "lower", Aliases: []string{"lcase"}, Area: "string", Doc: "lower returns the text in lower case.",
		Examples:  []Example{{"lower('ÉCOLE')", "'école'"}},
		Overloads: textToText(Recipe{Path: "strings", Name: "ToLower"}.makes()),
	},
	{
		Name: "initcap", Area: "string", Doc: "initcap returns the text with the first letter of each word in upper case and the others in lower case.",
		Examples:  []Example{{"initcap('hello wORLD')", "'Hello World'"}},
		Overloads: textToText(fn("InitCap").makes()),
	},
	{
		Name: "length", Aliases: []string{"len", "char_length", "character_length"}, Area: "string", Doc: "length returns the number of characters.",
		Examples:  []Example{{"length('héllo')", "5"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("Length")}},
	},
	{
		Name: "octet_length", Area: "string", Doc: "octet_length returns the number of bytes of the text in UTF-8.",
		Examples:  []Example{{"octet_length('héllo')", "6"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("OctetLength")}},
	},
	{
		Name: "trim", Aliases: []string{"btrim"}, Area: "string", Doc: "trim cuts blanks, or the given characters, off both ends.",
		Examples:  []Example{{"trim('  a b ')", "'a b'"}, {"trim('xxabcxy', 'xy')", "'abc'"}},
		Overloads: cutting("Trim"),
	},
	{
		Name: "ltrim", Area: "string", Doc: "ltrim cuts blanks, or the given characters, off the start.",
		Examples:  []Example{{"ltrim('  a ')", "'a '"}, {"ltrim('xyabc', 'xy')", "'abc'"}},
		Overloads: cutting("TrimLeft"),
	},
	{
		Name: "rtrim", Area: "string", Doc: "rtrim cuts blanks, or the given characters, off the end.",
		Examples:  []Example{{"rtrim('  a ')", "'  a'"}, {"rtrim('abcxy', 'xy')", "'abc'"}},
		Overloads: cutting("TrimRight"),
	},
	{
		Name: "substring", Aliases: []string{"substr"}, Area: "string",
		Doc:      "substring returns the text from a position that counts from 1, or from the end if it is negative, and at most the given number of characters.",
		Examples: []Example{{"substring('héllo', 2)", "'éllo'"}, {"substring('héllo', 2, 3)", "'éll'"}, {"substring('héllo', -2)", "'lo'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Int), Ret: text, Go: fn("Substring")},
			{Params: kinds(types.String, types.Int, types.Int), Ret: text, Go: failing("SubstringFor")},
		},
	},
	{
		Name: "left", Area: "string", Doc: "left returns the first n characters, or all but the last -n if n is negative.",
		Examples:  []Example{{"left('héllo', 2)", "'hé'"}, {"left('héllo', -2)", "'hél'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.Int), Ret: text, Go: fn("Left")}},
	},
	{
		Name: "right", Area: "string", Doc: "right returns the last n characters, or all but the first -n if n is negative.",
		Examples:  []Example{{"right('héllo', 2)", "'lo'"}, {"right('héllo', -2)", "'llo'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.Int), Ret: text, Go: fn("Right")}},
	},
	{
		Name: "replace", Area: "string", Doc: "replace replaces every occurrence of a text by another.",
		Examples:  []Example{{"replace('a-b-c', '-', '+')", "'a+b+c'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: text, Go: fn("Replace").makes()}},
	},
	{
		Name: "translate", Area: "string", Doc: "translate replaces each character of the second argument by the one at the same place in the third, and removes those that have none there.",
		Examples:  []Example{{"translate('12345', '143', 'ax')", "'a2x5'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: text, Go: fn("Translate").makes()}},
	},
	{
		Name: "concat", Area: "string", Doc: "concat joins texts; NULLs are left out.",
		Examples:  []Example{{"concat('a', 'b', 'c')", "'abc'"}, {"concat('a', NULL, 'c')", "'ac'"}},
		Overloads: []Overload{{Params: one(types.String), Variadic: true, Ret: text, Null: SkipNulls, Go: fn("Concat").makes()}},
	},
	{
		Name: "concat_ws", Area: "string", Doc: "concat_ws joins texts with the separator that comes first; NULLs are left out.",
		Examples:  []Example{{"concat_ws(', ', 'a', 'b')", "'a, b'"}, {"concat_ws(', ', 'a', NULL, 'b')", "'a, b'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Variadic: true, Ret: text, Null: SkipNulls, Go: fn("ConcatWS").makes()}},
	},
	{
		Name: "position", Aliases: []string{"locate"}, Area: "string", Doc: "position returns where a text begins in another, counted from 1, or 0 if it is not there; also position(part IN text).",
		Examples:  []Example{{"position('l', 'héllo')", "3"}, {"position('z', 'hello')", "0"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Position")}},
	},
	{
		Name: "strpos", Aliases: []string{"instr"}, Area: "string", Doc: "strpos returns where its second argument begins in the first, counted from 1, or 0 if it is not there.",
		Examples:  []Example{{"strpos('héllo', 'l')", "3"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Instr")}},
	},
	{
		Name: "starts_with", Aliases: []string{"startswith"}, Area: "string", Doc: "starts_with returns whether the text begins with another.",
		Examples:  []Example{{"starts_with('hello', 'he')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "HasPrefix"}),
	},
	{
		Name: "ends_with", Aliases: []string{"endswith"}, Area: "string", Doc: "ends_with returns whether the text ends with another.",
		Examples:  []Example{{"ends_with('hello', 'lo')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "HasSuffix"}),
	},
	{
		Name: "contains", Area: "string", Doc: "contains returns whether the text contains another.",
		Examples:  []Example{{"contains('hello', 'ell')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "Contains"}),
	},
	{
		Name: "lpad", Area: "string", Doc: "lpad fills the text up on the left to n characters, with blanks or the given text, or cuts it to them.",
		Examples:  []Example{{"lpad('7', 3, '0')", "'007'"}, {"lpad('hello', 2)", "'he'"}},
		Overloads: padding("PadLeft"),
	},
	{
		Name: "rpad", Area: "string", Doc: "rpad fills the text up on the right to n characters, with blanks or the given text, or cuts it to them.",
		Examples:  []Example{{"rpad('7', 3, '.')", "'7..'"}, {"rpad('a', 3)", "'a  '"}},
		Overloads: padding("PadRight"),
	},
	{
		Name: "repeat", Area: "string", Doc: "repeat returns the text n times.",
		Examples:  []Example{{"repeat('ab', 3)", "'ababab'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.Int), Ret: text, Go: failing("Repeat").makes()}},
	},
	{
		Name: "reverse", Area: "string", Doc: "reverse returns the characters in reverse order.",
		Examples:  []Example{{"reverse('héllo')", "'olléh'"}},
		Overloads: textToText(fn("Reverse").makes()),
	},
	{
		Name: "split_part", Area: "string", Doc: "split_part returns part n of the text between separators, counted from 1, or from the end if n is negative; it is empty if there is no such part.",
		Examples:  []Example{{"split_part('a,b,c', ',', 2)", "'b'"}, {"split_part('a,b,c', ',', -1)", "'c'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: failing("SplitPart")}},
	},
	{
		Name: "ascii", Area: "string", Doc: "ascii returns the code of the first character, 0 of an empty text.",
		Examples:  []Example{{"ascii('A')", "65"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("ASCII")}},
	},
	{
		Name: "chr", Aliases: []string{"char"}, Area: "string", Doc: "chr returns the character with a code; a code without a character is an error.",
		Examples:  []Example{{"chr(65)", "'A'"}},
		Overloads: []Overload{{Params: one(types.Int), Ret: text, Go: failing("Chr").makes()}},
	},
	{
		Name: "regexp_like", Aliases: []string{"regexp_matches"}, Area: "string", Doc: "regexp_like returns whether a regular expression (RE2) matches some part of the text.",
		Examples:  []Example{{"regexp_like('order-12', '[0-9]+')", "TRUE"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: boolean, Go: failing("RegexpLike"), Const: pattern("Like")}},
	},
	{
		Name: "regexp_replace", Area: "string", Doc: `regexp_replace replaces every match of a regular expression (RE2); \1 or $1 in the replacement stands for what the first group matched.`,
		Examples:  []Example{{"regexp_replace('a1b22', '[0-9]+', '#')", "'a#b#'"}, {`regexp_replace('john smith', '(\w+) (\w+)', '\2 \1')`, "'smith john'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String, types.String), Ret: text, Go: failing("RegexpReplace").makes(), Const: pattern("Replace")}},
	},
	{
		Name: "regexp_extract", Aliases: []string{"regexp_substr"}, Area: "string", Doc: "regexp_extract returns the first match of a regular expression (RE2), or what one of its groups matched; NULL if there is none.",
		Examples: []Example{{"regexp_extract('id=42;', '[0-9]+')", "'42'"}, {"regexp_extract('id=42;', 'id=([0-9]+)', 1)", "'42'"}, {"regexp_extract('none', '[0-9]+')", "NULL"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: text, Go: failing("RegexpExtract").maybe(), Const: pattern("Extract")},
			{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: failing("RegexpExtractGroup").maybe(), Const: pattern("ExtractGroup")},
		},
	},
	{
		Name: "regexp_count", Area: "string", Doc: "regexp_count returns how many times a regular expression (RE2) matches.",
		Examples:  []Example{{"regexp_count('a1b2', '[0-9]')", "2"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: failing("RegexpCount"), Const: pattern("Count")}},
	},
}

// cutting are the overloads of a trim function: blanks, or given characters.
func cutting(name string) []Overload {
	return []Overload{
		{Params: one(types.String), Ret: text, Go: fn(name)},
		{Params: kinds(types.String, types.String), Ret: text, Go: Recipe{Path: "strings", Name: name}},
	}
}

// padding are the overloads of LPAD and RPAD.
func padding(name string) []Overload {
	return []Overload{
		{Params: kinds(types.String, types.Int, types.String), Ret: text, Go: failing(name).makes()},
		{Params: kinds(types.String, types.Int), Ret: text, Go: failing(name + "Blank").makes()},
	}
}
