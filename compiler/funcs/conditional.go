package funcs

// conditionalFuncs are the forms that are evaluated like CASE; the binder knows
// their rules.
var conditionalFuncs = []Func{
	{
		Name: "coalesce", Area: "conditional", Special: "coalesce", Forms: []string{"coalesce(any, ..)"}, Doc: "coalesce returns its first argument that is not NULL.",
		Examples: []Example{{"coalesce(NULL, 2, 3)", "2"}},
	},
	{
		Name: "ifnull", Aliases: []string{"nvl"}, Area: "conditional", Special: "ifnull", Forms: []string{"ifnull(any, any)"}, Doc: "ifnull returns its first argument, or the second if that is NULL.",
		Examples: []Example{{"ifnull(NULL, 'none')", "'none'"}},
	},
	{
		Name: "nullif", Area: "conditional", Special: "nullif", Forms: []string{"nullif(any, any)"}, Doc: "nullif returns NULL if its arguments are equal, else the first.",
		Examples: []Example{{"nullif(1, 1)", "NULL"}, {"nullif(1, 2)", "1"}},
	},
	{
		Name: "if", Aliases: []string{"iif"}, Area: "conditional", Special: "if", Forms: []string{"if(BOOLEAN, any [, any])"}, Doc: "if returns its second argument if the condition is true, else the third, or NULL if that is left out.",
		Examples: []Example{{"if(1 < 2, 'yes', 'no')", "'yes'"}, {"if(1 > 2, 'yes')", "NULL"}},
	},
	{
		Name: "greatest", Area: "conditional", Special: "greatest", Forms: []string{"greatest(any, ..)"}, Doc: "greatest returns the largest of its arguments; NULLs are ignored.",
		Examples: []Example{{"greatest(1, 3, 2)", "3"}, {"greatest(1, NULL)", "1"}},
	},
	{
		Name: "least", Area: "conditional", Special: "least", Forms: []string{"least(any, ..)"}, Doc: "least returns the smallest of its arguments; NULLs are ignored.",
		Examples: []Example{{"least(2, 1, 3)", "1"}},
	},
	{
		Name: "nvl2", Area: "conditional", Special: "nvl2", Forms: []string{"nvl2(any, any, any)"}, Doc: "nvl2 returns its second argument if the first is not NULL, else the third.",
		Examples: []Example{{"nvl2('a', 1, 2)", "1"}, {"nvl2(NULL, 1, 2)", "2"}},
	},
	{
		Name: "decode", Area: "conditional", Special: "decode", Forms: []string{"decode(any, any, any, .. [, any])", "decode(STRING, STRING) BYTES"},
		Doc:      "decode returns the result beside the value that equals the first argument, NULL equalling NULL, else the last argument if one is left, else NULL; with two arguments it reads a text in an encoding, as to_bytes does.",
		Examples: []Example{{"decode(2, 1, 'one', 2, 'two', 'many')", "'two'"}, {"decode(3, 1, 'one', 2, 'two')", "NULL"}, {"length(decode('00ff', 'hex'))", "2"}},
	},
	{
		Name: "elt", Aliases: []string{"choose"}, Area: "conditional", Special: "elt", Forms: []string{"elt(INT, any, ..)"}, Doc: "elt returns the nth of the arguments behind the first, or NULL if there is none.",
		Examples: []Example{{"elt(2, 'a', 'b')", "'b'"}, {"elt(3, 'a', 'b')", "NULL"}},
	},
	{
		Name: "field", Area: "conditional", Special: "field", Forms: []string{"field(any, any, ..)"}, Doc: "field returns which of the arguments behind the first equals that, counted from 1, or 0 if none does.",
		Examples: []Example{{"field('b', 'a', 'b')", "2"}, {"field('c', 'a', NULL)", "0"}},
	},
	{
		Name: "error", Area: "conditional", Doc: "error fails the record for a reason of one's own, where it is reached: CASE WHEN .. THEN .. ELSE error('..') END.",
		Examples:  []Example{{"if(1 < 2, 'fine', error('impossible'))", "'fine'"}},
		Overloads: textToText(failing("Raise")),
	},
}
