package funcs

import "github.com/velocsql/veloc/compiler/types"

// counting is a function that masks some of the characters.
func counting(name, goName, what, want string) Func {
	return Func{
		Name: name, Area: "mask", Doc: name + " masks " + what + " as mask does.",
		Examples: []Example{{name + "('Ab-12', 2)", want}},
		Overloads: []Overload{
			{Params: kinds(types.String, types.Int), Ret: text, Go: failing(goName).makes()},
			{
				Params: kinds(types.String, types.Int, types.String, types.String, types.String, types.String),
				Ret:    text, Null: PassNulls, Strict: 2, Go: failing(goName + "With").makes(),
			},
		},
	}
}

var maskFuncs = []Func{
	{
		Name: "mask", Area: "mask",
		Doc:      "mask replaces capital letters by X, small ones by x, digits by n and all else by -, or by the four characters that are given; NULL or an empty text leaves the characters of a kind as they are.",
		Examples: []Example{{"mask('Ab-12')", "'Xx-nn'"}, {"mask('Ab-12', '*', '*', NULL, NULL)", "'**-12'"}},
		Overloads: []Overload{
			{Params: one(types.String), Ret: text, Go: fn("Mask").makes()},
			{
				Params: kinds(types.String, types.String, types.String, types.String, types.String),
				Ret:    text, Null: PassNulls, Strict: 1, Go: fn("MaskWith").makes(),
			},
		},
	},
	counting("mask_left", "MaskLeft", "the first n characters", "'Xx-12'"),
	counting("mask_right", "MaskRight", "the last n characters", "'Ab-nn'"),
	counting("mask_keep_left", "MaskKeepLeft", "all but the first n characters", "'Ab-nn'"),
	counting("mask_keep_right", "MaskKeepRight", "all but the last n characters", "'Xx-12'"),
}
