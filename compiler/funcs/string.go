package funcs

import "github.com/velocsql/veloc/compiler/types"

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
		Name: "length", Aliases: []string{"len", "char_length", "character_length"}, Area: "string", Doc: "length returns the number of characters of a text, or of bytes.",
		Examples: []Example{{"length('héllo')", "5"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: integer, Go: fn("Length")},
			{Params: one(types.Bytes), Ret: integer, Go: fn("BytesLength")},
		},
	},
	{
		Name: "octet_length", Area: "string", Doc: "octet_length returns the number of bytes, of a text in UTF-8.",
		Examples: []Example{{"octet_length('héllo')", "6"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: integer, Go: fn("OctetLength")},
			{Params: one(types.Bytes), Ret: integer, Go: fn("BytesLength")},
		},
	},
	{
		Name: "bit_length", Area: "string", Doc: "bit_length returns eight times the number of bytes of the text in UTF-8.",
		Examples:  []Example{{"bit_length('héllo')", "48"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("BitLength")}},
	},
	{
		Name: "trim", Aliases: []string{"btrim"}, Area: "string", Doc: "trim cuts blanks, or the given characters, off both ends.",
		Examples:  []Example{{"trim('  a b ')", "'a b'"}, {"trim('xxabcxy', 'xy')", "'abc'"}},
		Overloads: cutting("Trim"),
		KsqlDB:    textToText(fn("TrimControls")),
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
		Doc:      "substring returns the text, or the bytes, from a position that counts from 1, or from the end if it is negative, and at most the given number of characters; also substring(text FROM position FOR count).",
		Examples: []Example{{"substring('héllo', 2)", "'éllo'"}, {"substring('héllo', 2, 3)", "'éll'"}, {"substring('héllo', -2)", "'lo'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Int), Ret: text, Go: fn("Substring")},
			{Params: kinds(types.String, types.Int, types.Int), Ret: text, Go: failing("SubstringFor")},
			{Params: kinds(types.Bytes, types.Int), Ret: bytes, Go: fn("BytesSubstring")},
			{Params: kinds(types.Bytes, types.Int, types.Int), Ret: bytes, Go: failing("BytesSubstringFor")},
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
		Name: "concat", Area: "string", Doc: "concat joins texts, and other values as text, or bytes; NULLs are left out.",
		Examples: []Example{{"concat('a', 'b', 'c')", "'abc'"}, {"concat('a', NULL, 'c')", "'ac'"}, {"concat('a', 1, TRUE)", "'a1true'"}},
		Overloads: []Overload{
			{Params: one(types.String), Variadic: true, Ret: text, Null: SkipNulls, Texts: true, Go: fn("Concat").makes()},
			{Params: one(types.Bytes), Variadic: true, Ret: bytes, Null: SkipNulls, Go: fn("BytesConcat").makes()},
		},
	},
	{
		Name: "concat_ws", Area: "string", Doc: "concat_ws joins texts, and other values as text, or bytes, with the separator that comes first; NULLs are left out, and a separator that is NULL makes the result NULL.",
		Examples: []Example{{"concat_ws(', ', 'a', 'b')", "'a, b'"}, {"concat_ws(', ', 'a', NULL, 'b')", "'a, b'"}, {"concat_ws(NULL, 'a', 'b')", "NULL"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Variadic: true, Ret: text, Null: SkipNulls, Strict: 1, Texts: true, Go: fn("ConcatWS").makes()},
			{Params: kinds(types.Bytes, types.Bytes), Variadic: true, Ret: bytes, Null: SkipNulls, Strict: 1, Go: fn("BytesConcatWS").makes()},
		},
	},
	{
		Name: "position", Aliases: []string{"locate", "charindex"}, Area: "string", Doc: "position returns where a text begins in another, at or behind a character if one is given, counted from 1, or 0 if it is not there; also position(part IN text).",
		Examples: []Example{{"position('l', 'héllo')", "3"}, {"position('z', 'hello')", "0"}, {"locate('l', 'hello', 4)", "4"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Position")},
			{Params: kinds(types.String, types.String, types.Int), Ret: integer, Go: fn("LocateFrom")},
		},
	},
	{
		Name: "instr", Aliases: []string{"strpos"}, Area: "string", Doc: "instr returns where its second argument begins in the first, counted from 1, or 0 if it is not there: from a character on, or from the end backwards if that is negative, and the nth time.",
		Examples: []Example{{"instr('héllo', 'l')", "3"}, {"instr('hello', 'l', 4)", "4"}, {"instr('hello', 'l', -1)", "4"}, {"instr('hello', 'l', 1, 2)", "4"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Instr")},
			{Params: kinds(types.String, types.String, types.Int), Ret: integer, Go: fn("InstrFrom")},
			{Params: kinds(types.String, types.String, types.Int, types.Int), Ret: integer, Go: failing("InstrNth")},
		},
	},
	{
		Name: "overlay", Area: "string", Doc: "overlay replaces the characters from a position by another text, as many as that has or as are given; also overlay(text PLACING new FROM position FOR count).",
		Examples: []Example{{"overlay('Txxxxas', 'hom', 2, 4)", "'Thomas'"}, {"overlay('abcdef', 'ZZ', 3)", "'abZZef'"}, {"overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4)", "'Thomas'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String, types.Int), Ret: text, Go: failing("Overlay").makes()},
			{Params: kinds(types.String, types.String, types.Int, types.Int), Ret: text, Go: failing("OverlayFor").makes()},
		},
	},
	{
		Name: "space", Area: "string", Doc: "space returns n blanks.",
		Examples:  []Example{{"concat('a', space(2), 'b')", "'a  b'"}},
		Overloads: []Overload{{Params: one(types.Int), Ret: text, Go: failing("Space").makes()}},
	},
	{
		Name: "levenshtein", Aliases: []string{"edit_distance"}, Area: "string", Doc: "levenshtein returns how many characters have to be put in, taken out or replaced to get from one text to the other.",
		Examples:  []Example{{"levenshtein('kitten', 'sitting')", "3"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Ret: integer, Go: fn("Levenshtein")}},
	},
	{
		Name: "soundex", Area: "string", Doc: "soundex returns the first letter and three digits for how an English word sounds.",
		Examples:  []Example{{"soundex('Robert')", "'R163'"}, {"soundex('Rupert')", "'R163'"}},
		Overloads: textToText(fn("Soundex").makes()),
	},
	{
		Name: "format", Area: "string", Doc: "format replaces %s in the first text by the other values, one after the other; %2$s is the second of them, %-10s and %10s fill up to a width, %I quotes a name if it has to be, %% is a percent sign. A NULL is an empty text.",
		Examples:  []Example{{"format('%s has %s%%', 'ann', 20)", "'ann has 20%'"}, {"format('%2$s %1$s|%5s|', 'a', 'b')", "'b a|    b|'"}},
		Overloads: []Overload{{Params: kinds(types.String, types.String), Variadic: true, Ret: text, Null: PassNulls, Strict: 1, Texts: true, Go: failing("Format").makes()}},
	},
	{
		Name: "starts_with", Aliases: []string{"startswith", "prefix"}, Area: "string", Doc: "starts_with returns whether the text begins with another.",
		Examples:  []Example{{"starts_with('hello', 'he')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "HasPrefix"}),
	},
	{
		Name: "ends_with", Aliases: []string{"endswith", "suffix"}, Area: "string", Doc: "ends_with returns whether the text ends with another.",
		Examples:  []Example{{"ends_with('hello', 'lo')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "HasSuffix"}),
	},
	{
		Name: "contains", Area: "string", Doc: "contains returns whether the text contains another.",
		Examples:  []Example{{"contains('hello', 'ell')", "TRUE"}},
		Overloads: test(Recipe{Path: "strings", Name: "Contains"}),
	},
	{
		Name: "lpad", Area: "string", Doc: "lpad fills the text, or bytes, up on the left to n characters, with blanks or the given text, or cuts it to them.",
		Examples:  []Example{{"lpad('7', 3, '0')", "'007'"}, {"lpad('hello', 2)", "'he'"}},
		Overloads: padding("PadLeft"),
		KsqlDB:    paddingOrNull("PadLeft"),
	},
	{
		Name: "rpad", Area: "string", Doc: "rpad fills the text, or bytes, up on the right to n characters, with blanks or the given text, or cuts it to them.",
		Examples:  []Example{{"rpad('7', 3, '.')", "'7..'"}, {"rpad('a', 3)", "'a  '"}},
		Overloads: padding("PadRight"),
		KsqlDB:    paddingOrNull("PadRight"),
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
		Name: "ascii", Aliases: []string{"unicode", "ord"}, Area: "string", Doc: "ascii returns the code of the first character, 0 of an empty text.",
		Examples:  []Example{{"ascii('A')", "65"}},
		Overloads: []Overload{{Params: one(types.String), Ret: integer, Go: fn("ASCII")}},
	},
	{
		Name: "chr", Aliases: []string{"char"}, Area: "string", Doc: "chr returns the character with a code; a code without a character is an error.",
		Examples:  []Example{{"chr(65)", "'A'"}},
		Overloads: []Overload{{Params: one(types.Int), Ret: text, Go: failing("Chr").makes()}},
		KsqlDB: []Overload{
			{Params: one(types.Int), Ret: text, Go: fn("ChrOrNull").maybe().makes()},
			{Params: one(types.String), Ret: text, Go: fn("ChrOfText").maybe().makes()},
		},
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
		{Params: kinds(types.Bytes, types.Int, types.Bytes), Ret: bytes, Go: failing("Bytes" + name).makes()},
	}
}

// paddingOrNull are those of ksqlDB, which are NULL for bad arguments.
func paddingOrNull(name string) []Overload {
	return []Overload{
		{Params: kinds(types.String, types.Int, types.String), Ret: text, Go: failing(name + "OrNull").maybe().makes()},
		{Params: kinds(types.Bytes, types.Int, types.Bytes), Ret: bytes, Go: failing("Bytes" + name + "OrNull").maybe().makes()},
	}
}
