package funcs

// conditionalFuncs are the forms that are evaluated like CASE; the binder knows
// their rules.
var conditionalFuncs = []Func{
	{
		Name: "coalesce", Area: "conditional", Special: "coalesce", Doc: "coalesce returns its first argument that is not NULL.",
		Examples: []Example{{"coalesce(NULL, 2, 3)", "2"}},
	},
	{
		Name: "ifnull", Aliases: []string{"nvl"}, Area: "conditional", Special: "ifnull", Doc: "ifnull returns its first argument, or the second if that is NULL.",
		Examples: []Example{{"ifnull(NULL, 'none')", "'none'"}},
	},
	{
		Name: "nullif", Area: "conditional", Special: "nullif", Doc: "nullif returns NULL if its arguments are equal, else the first.",
		Examples: []Example{{"nullif(1, 1)", "NULL"}, {"nullif(1, 2)", "1"}},
	},
	{
		Name: "if", Aliases: []string{"iif"}, Area: "conditional", Special: "if", Doc: "if returns its second argument if the condition is true, else the third, or NULL if that is left out.",
		Examples: []Example{{"if(1 < 2, 'yes', 'no')", "'yes'"}, {"if(1 > 2, 'yes')", "NULL"}},
	},
	{
		Name: "greatest", Area: "conditional", Special: "greatest", Doc: "greatest returns the largest of its arguments; NULLs are ignored.",
		Examples: []Example{{"greatest(1, 3, 2)", "3"}, {"greatest(1, NULL)", "1"}},
	},
	{
		Name: "least", Area: "conditional", Special: "least", Doc: "least returns the smallest of its arguments; NULLs are ignored.",
		Examples: []Example{{"least(2, 1, 3)", "1"}},
	},
}
