package funcs

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqlfn"
)

// numberLayout prepares a constant pattern of TO_CHAR for numbers.
func numberLayout(method string) *ConstRecipe {
	return &ConstRecipe{
		Arg: 1, New: fn("MustNumberLayout"), Type: "*NumberLayout", Method: method,
		Check: func(text string) error {
			_, err := sqlfn.NewNumberLayout(text)
			return err
		},
	}
}

// numbersToChar are the overloads of TO_CHAR for numbers.
var numbersToChar = []Overload{
	{Params: kinds(types.Decimal, types.String), Ret: text, Go: failing("NumberToChar").makes(), Const: numberLayout("Format")},
	{Params: kinds(types.Double, types.String), Ret: text, Go: failing("FloatToChar").makes(), Const: numberLayout("FormatFloat")},
}

var numberTextFuncs = []Func{
	{
		Name: "printf", Aliases: []string{"format_string"}, Area: "string",
		Doc:      "printf writes values into a format as C does: %d, %s, %f, %e, %g, %x, %X, %o, %c and %%, with the flags - + 0 blank and comma, a width and a precision. Decimals are written exactly; a NULL is an empty text and no number.",
		Examples: []Example{{"printf('%s: %05.1f|%-4d|%x', 'a', 2.25, 7, 255)", "'a: 002.3|7   |ff'"}, {"printf('%,d %+d', 1234567, 5)", "'1,234,567 +5'"}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.String), Variadic: true, Ret: text, Null: PassNulls, Strict: 1, Texts: true, Go: failing("Printf").makes()},
		},
	},
}
