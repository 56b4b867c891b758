package funcs

import "github.com/velocsql/veloc/compiler/types"

// Generic is a signature over nested types, whose Go function is generic.
type Generic struct {
	// Types gives the exact types of the parameters, one per argument, and of
	// the result. A NULL without a type and a text literal, which takes the type
	// of its place, count as NULL. It reports false where arguments do not fit.
	Types func(args []types.Type) (params []types.Type, ret types.Type, ok bool)
	// Nulls has a bit for each argument that may be NULL without the result being
	// NULL; the call gets a bool behind it.
	Nulls uint
	// Funcs are functions of types that the call gets behind its arguments.
	Funcs func(params []types.Type) []TypeFunc
}

// TypeFunc is a function that generated code has for values of a type.
type TypeFunc struct {
	Op TypeOp
	T  types.Type
}

// TypeOp says what a TypeFunc does.
type TypeOp uint8

// The operations.
const (
	Compare TypeOp = iota // func(a, b T) int
	Clone                 // func(T) T: shares no memory with a batch
	Append                // func([]byte, T) []byte: as JSON
)

// over is a generic function of package nested.
func over(name string) Recipe { return Recipe{Path: Nested, Name: name}.makes() }

// comparing passes the order of the elements of the first argument.
func comparing(params []types.Type) []TypeFunc { return []TypeFunc{{Compare, *params[0].Elem}} }

// comparingKeys passes the order of the keys of the first argument.
func comparingKeys(params []types.Type) []TypeFunc { return []TypeFunc{{Compare, *params[0].Key}} }

// untyped reports a NULL without a type.
func untyped(t types.Type) bool { return t.Kind == types.Null }

// anArray takes one array, and others of the given types, to a result that is
// computed from the type of the array.
func anArray(ret func(array types.Type) types.Type, rest ...types.Type) *Generic {
	return &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
		a := args[0]
		if untyped(a) {
			a = types.ArrayOf(text)
		}
		return append([]types.Type{a}, rest...)[:len(args)], ret(a), a.Kind == types.Array
	}}
}

// same and elem are results of anArray: the array itself, and an element.
func same(a types.Type) types.Type { return a }
func elem(a types.Type) types.Type { return *a.Elem }

// always is a result of anArray that does not depend on it.
func always(t types.Type) func(types.Type) types.Type {
	return func(types.Type) types.Type { return t }
}

// twoArrays takes arrays whose elements meet in one type.
func twoArrays(args []types.Type) ([]types.Type, types.Type, bool) {
	t, ok := types.Common(args[0], args[1])
	if untyped(t) {
		t = types.ArrayOf(text)
	}
	return []types.Type{t, t}, t, ok && t.Kind == types.Array
}

// arrayAnd takes an array and an element at another place of the arguments.
func arrayAnd(array, item int, ret func(array types.Type) types.Type) func([]types.Type) ([]types.Type, types.Type, bool) {
	return func(args []types.Type) ([]types.Type, types.Type, bool) {
		a := args[array]
		switch {
		case untyped(a) && untyped(args[item]):
			a = types.ArrayOf(text)
		case untyped(a):
			a = types.ArrayOf(args[item])
		case a.Kind != types.Array:
			return nil, types.Type{}, false
		}
		t, ok := types.Common(*a.Elem, args[item])
		params := make([]types.Type, 2)
		params[array], params[item] = types.ArrayOf(t), t
		return params, ret(params[array]), ok
	}
}

// aMap takes one map to a result that is computed from its type.
func aMap(ret func(m types.Type) types.Type) *Generic {
	return &Generic{Types: func(args []types.Type) ([]types.Type, types.Type, bool) {
		m := args[0]
		if untyped(m) {
			m = types.MapOf(text, text)
		}
		return []types.Type{m}, ret(m), m.Kind == types.Map
	}}
}

// with adds functions of types and arguments that may be NULL.
func (g Generic) with(nulls uint, f func([]types.Type) []TypeFunc) *Generic {
	g.Nulls, g.Funcs = nulls, f
	return &g
}
