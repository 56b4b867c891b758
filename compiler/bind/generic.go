package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// genericTypes are the types of arguments for a generic signature: text literals
// take the type of their place.
func genericTypes(args []bound.Expr) []types.Type {
	out := argTypes(args)
	for i, a := range args {
		if _, ok := isText(a); ok {
			out[i] = types.Of(types.Null)
		}
	}
	return out
}

// fitsGeneric reports whether a generic signature takes arguments.
func (b *binder) fitsGeneric(g *funcs.Generic, args []bound.Expr) bool {
	params, _, ok := g.Types(genericTypes(args))
	if !ok {
		return false
	}
	for i, a := range args {
		if b.argumentAs(a, params[i]) == nil {
			return false
		}
	}
	return true
}

// argumentAs brings an argument to the type of a parameter. Elements of arrays
// become texts where those are asked for, as by CAST.
func (b *binder) argumentAs(e bound.Expr, t types.Type) bound.Expr {
	if out := b.convert(e, t, false); out != nil {
		return out
	}
	if t.Kind == types.String && e.Type().Kind == types.JSON {
		return b.castTo(e, t, true)
	}
	if t.Kind == types.Array && e.Type().Kind == types.Array && t.Elem.Kind == types.String && types.CanCast(*e.Type().Elem, *t.Elem) {
		return b.nestedParts(e, t, false, false)
	}
	return nil
}

// generic binds a call of a generic signature that takes the arguments.
func (x *env) generic(f *funcs.Func, o *funcs.Overload, args []bound.Expr, loc source.Span) bound.Expr {
	params, ret, _ := o.Generic.Types(genericTypes(args))
	null := o.Go.OrNull
	for i, a := range args {
		args[i] = x.b.argumentAs(a, x.b.intern(params[i], x.structHint()))
		null = null || o.Generic.Nulls>>i&1 == 0 && args[i].Nullable()
	}
	return x.b.attemptCall(&bound.Call{Node: node(x.b.intern(ret, x.structHint()), null, loc), Func: f, Overload: o, Args: args})
}

// nestedForm binds forms that become other expressions. It reports false if form
// is none.
func (x *env) nestedForm(form string, c *ast.Call) (bound.Expr, bool) {
	var usage string
	least, most := 1, 1
	switch form {
	case "entries":
		usage, most = "ENTRIES(map) or ENTRIES(map, sorted)", 2
	case "map_from_entries":
		usage = "MAP_FROM_ENTRIES(array)"
	case "element_at":
		usage, least, most = "ELEMENT_AT(x, i)", 2, 2
	default:
		return nil, false
	}
	if len(c.Args) < least || len(c.Args) > most || c.Star {
		x.b.errArgumentCount(c, usage)
		return nil, true
	}
	switch form {
	case "entries":
		return x.entries(c, usage), true
	case "element_at":
		return x.index(&ast.Index{Node: ast.Node{Loc: c.Loc}, X: c.Args[0], I: c.Args[1]}), true
	}
	return x.fromEntries(c, usage), true
}

func (x *env) entries(c *ast.Call, usage string) bound.Expr {
	args, ok := x.args(c.Args)
	if !ok {
		return nil
	}
	m := args[0]
	if m.Type().Kind != types.Map {
		x.b.errNoElements(m, c, usage)
		return nil
	}
	if len(args) == 2 && x.b.convert(args[1], types.Of(types.Boolean), false) == nil {
		x.b.errNotBoolean(args[1], "the second argument of ENTRIES")
		return nil
	}
	names := [2]string{"k", "v"}
	if x.b.rules.UpperNames {
		names = [2]string{"K", "V"}
	}
	t := m.Type()
	k, v := x.b.lambdaCol("key", *t.Key), x.b.lambdaCol("value", *t.Elem)
	k.Nullable = false
	entry := x.b.intern(types.StructOf(types.Field{Name: names[0], Type: *t.Key}, types.Field{Name: names[1], Type: *t.Elem}), "entry")
	body := &bound.Build{Node: node(entry, false, c.Loc), Args: []bound.Expr{ref(k, c.Loc), ref(v, c.Loc)}}
	return &bound.Each{Node: node(types.ArrayOf(entry), m.Nullable(), c.Loc), X: m, Params: []*bound.Col{k, v}, Body: body}
}

func (x *env) fromEntries(c *ast.Call, usage string) bound.Expr {
	a := x.expr(c.Args[0])
	if a == nil {
		return nil
	}
	t := a.Type()
	if t.Kind != types.Array || t.Elem.Kind != types.Struct || len(t.Elem.Fields) != 2 || t.Elem.Fields[0].Type.IsNested() {
		x.b.errNoElements(a, c, "an array of STRUCTs of a key and a value: "+usage)
		return nil
	}
	item := x.b.lambdaCol("entry", *t.Elem)
	part := func(i int) bound.Expr {
		return &bound.Field{Node: node(t.Elem.Fields[i].Type, true, c.Loc), X: ref(item, c.Loc), Index: i}
	}
	m := types.MapOf(t.Elem.Fields[0].Type, t.Elem.Fields[1].Type)
	return &bound.Each{Node: node(m, a.Nullable(), c.Loc), X: a, Params: []*bound.Col{item}, Body: part(0), Value: part(1)}
}

// concatArrays binds || of arrays.
func (b *binder) concatArrays(x, y bound.Expr, e *ast.Binary) bound.Expr {
	f, _ := findFunc("array_concat")
	o := &f.Overloads[0]
	args := []bound.Expr{x, y}
	if !b.fitsGeneric(o.Generic, args) {
		b.errOperands(e, x, y)
		return nil
	}
	return (&env{block: &block{b: b}}).generic(f, o, args, e.Loc)
}
