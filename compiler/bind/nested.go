package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// orMistake notes that an expression has mistakes.
func (x *env) orMistake(e bound.Expr) bound.Expr {
	if e == nil {
		x.ok = false
	}
	return e
}

// fields takes fields of fields.
func (x *env) fields(e bound.Expr, names []ast.Ident, loc source.Span) bound.Expr {
	for _, id := range names {
		if e == nil {
			return nil
		}
		e = x.fieldOf(e, id, loc)
	}
	return e
}

// fieldOf takes a field of a STRUCT.
func (x *env) fieldOf(e bound.Expr, id ast.Ident, loc source.Span) bound.Expr {
	t := e.Type()
	if t.Kind != types.Struct {
		x.b.errNoStruct(e, id)
		return nil
	}
	i := t.FieldIndex(id.Name)
	if i < 0 {
		x.b.errNoField(id, t)
		return nil
	}
	return &bound.Field{Node: node(t.Fields[i].Type, true, loc), X: e, Index: i}
}

// fieldAccess binds x.f and x->f.
func (x *env) fieldAccess(f *ast.Field) bound.Expr {
	if f.Star {
		x.b.errMisplaced(f.Loc, "->*", "an expression", "write it as an item of the select list")
		return nil
	}
	e := x.expr(f.X)
	if e == nil {
		return nil
	}
	if f.Key != nil {
		key := x.expr(f.Key)
		if key == nil {
			return nil
		}
		return x.jsonGet(e, key, f.Op == "->>", f.Loc)
	}
	return x.fieldOf(e, f.Name, f.Loc)
}

// index binds x[i].
func (x *env) index(e *ast.Index) bound.Expr {
	v, i := x.expr(e.X), x.expr(e.I)
	if v == nil || i == nil {
		return nil
	}
	t := v.Type()
	switch t.Kind {
	case types.Array:
		at := x.b.convert(i, types.Of(types.BigInt), false)
		if at == nil {
			x.b.errIndexType(i, "an element of an ARRAY is found by a whole number")
			return nil
		}
		return &bound.Item{Node: node(*t.Elem, true, e.Loc), X: v, I: at}
	case types.Map:
		key := x.b.convert(i, *t.Key, false)
		if key == nil {
			x.b.errIndexType(i, "the keys of this MAP are of "+t.Key.String())
			return nil
		}
		return &bound.Item{Node: node(*t.Elem, true, e.Loc), X: v, I: key}
	}
	if t.Kind == types.JSON {
		return x.jsonGet(v, i, false, e.Loc)
	}
	x.b.errNotIndexed(v, e.Loc)
	return nil
}

// jsonGet takes a value out of JSON by a key or an index.
func (x *env) jsonGet(e, key bound.Expr, asText bool, loc source.Span) bound.Expr {
	name := "json_get"
	if asText {
		name = "json_get_text"
	}
	switch e.Type().Kind {
	case types.JSON, types.String, types.Null:
	default:
		x.b.errNotIndexed(e, loc)
		return nil
	}
	if k := key.Type(); k.Kind != types.String && !k.IsInteger() && k.Kind != types.Null {
		x.b.errIndexType(key, "a part of JSON is found by a key, which is a text, or by the index of an element")
		return nil
	}
	f, _ := findFunc(name)
	return x.resolve(f, []bound.Expr{e, key}, loc, loc)
}

// arrayLit binds ARRAY[a, b].
func (x *env) arrayLit(a *ast.ArrayLit) bound.Expr {
	elems, ok := x.args(a.Elems)
	if !ok {
		return nil
	}
	return x.arrayOf(elems, a.Loc)
}

func (x *env) arrayOf(elems []bound.Expr, loc source.Span) bound.Expr {
	if !x.filled(elems, "an ARRAY", "ARRAY[CAST(NULL AS INT)]", loc) {
		return nil
	}
	t, ok := x.b.meet(elems, "the elements of an ARRAY")
	if !ok {
		return nil
	}
	if t.Kind == types.Null { // also an array without elements
		t = types.Of(types.String)
		for i, e := range elems {
			elems[i] = x.b.castTo(e, t, true)
		}
	}
	return &bound.Build{Node: node(x.b.intern(types.ArrayOf(t), "element"), false, loc), Args: elems}
}

// mapLit binds MAP{k: v} and MAP(k := v).
func (x *env) mapLit(m *ast.MapLit) bound.Expr {
	keys, okKeys := x.args(m.Keys)
	values, ok := x.args(m.Values)
	if !ok || !okKeys {
		return nil
	}
	if !x.filled(keys, "a MAP", "MAP(CAST(NULL AS STRING) := 1)", m.Loc) || !x.filled(values, "a MAP", "MAP('a' := CAST(NULL AS INT))", m.Loc) {
		return nil
	}
	k, okKeys := x.b.meet(keys, "the keys of a MAP")
	v, ok := x.b.meet(values, "the values of a MAP")
	if !ok || !okKeys {
		return nil
	}
	k, keys = x.b.untypedAsText(k, keys)
	v, values = x.b.untypedAsText(v, values)
	if k.IsNested() {
		x.b.errMapKey(m.Loc, k)
		return nil
	}
	var args []bound.Expr
	for i := range keys {
		if x.b.rules.PlainNested && k.Kind == types.String {
			keys[i] = nullKey(keys[i])
		}
		if c, ok := keys[i].(*bound.Const); ok && c.IsNull {
			x.b.errNullKey(keys[i].Span())
			return nil
		}
		args = append(args, keys[i], values[i])
	}
	return &bound.Build{Node: node(x.b.intern(types.MapOf(k, v), "value"), false, m.Loc), Args: args}
}

// filled checks that an ARRAY or a MAP has at least one element with a type, in a
// dialect that needs one. Where that lacks, it is reported, with a way to write it.
func (x *env) filled(parts []bound.Expr, what, way string, loc source.Span) bool {
	if !x.b.rules.PlainNested {
		return true
	}
	for _, e := range parts {
		if e.Type().Kind != types.Null {
			return true
		}
	}
	x.b.errEmptyNested(loc, what, way, len(parts))
	return false
}

// nullKey is a key of a MAP that is the text null where it is NULL.
func nullKey(k bound.Expr) bound.Expr {
	text := &bound.Const{Node: node(types.Of(types.String), false, k.Span()), Text: "null"}
	if c, ok := k.(*bound.Const); ok && c.IsNull {
		return text
	}
	if !k.Nullable() {
		return k
	}
	missing := operate(bound.IsNull, boolean, false, k.Span(), k, nil)
	return &bound.Case{Node: node(text.T, false, k.Span()), Whens: []bound.When{{Cond: missing, Then: text}}, Else: k}
}

// untypedAsText makes NULLs without a type texts.
func (b *binder) untypedAsText(t types.Type, list []bound.Expr) (types.Type, []bound.Expr) {
	if t.Kind != types.Null {
		return t, list
	}
	t = types.Of(types.String)
	for i, e := range list {
		list[i] = b.castTo(e, t, true)
	}
	return t, list
}

// structLit binds STRUCT(a := 1).
func (x *env) structLit(s *ast.StructLit) bound.Expr {
	values, ok := x.args(s.Values)
	if !ok {
		return nil
	}
	if len(values) == 0 && !x.b.rules.PlainNested {
		x.b.errEmptyStruct(s.Loc)
		return nil
	}
	var fields []types.Field
	for i, id := range s.Names {
		for _, old := range fields {
			if x.b.taken(id, old.Name) {
				x.b.errDuplicateColumn(id.Loc, id.Name, s.Loc)
				return nil
			}
		}
		if values[i].Type().Kind == types.Null {
			values[i] = x.b.castTo(values[i], types.Of(types.String), true)
		}
		fields = append(fields, types.Field{Name: id.Name, Type: values[i].Type()})
	}
	return &bound.Build{Node: node(x.b.intern(types.StructOf(fields...), x.structHint()), false, s.Loc), Args: values}
}

// structHint names a STRUCT that an expression makes.
func (x *env) structHint() string {
	if x.naming != "" {
		return x.naming
	}
	return "record"
}

// lambdaParam finds a parameter of the lambdas around an expression.
func (x *env) lambdaParam(id ast.Ident) *bound.Col {
	for i := len(x.params) - 1; i >= 0; i-- {
		if same(id, x.params[i].Name) {
			return x.params[i]
		}
	}
	return nil
}

// nestedParts brings a value to a nested type part by part, where Go would have
// another type for each.
func (b *binder) nestedParts(e bound.Expr, t types.Type, implicit, try bool) bound.Expr {
	part := func(x bound.Expr, t types.Type) bound.Expr {
		if implicit {
			return b.castTo(x, t, true)
		}
		return b.castPart(x, t, try)
	}
	if build, ok := e.(*bound.Build); ok && t.Kind != types.Struct {
		out := &bound.Build{Node: node(t, false, e.Span()), Args: make([]bound.Expr, len(build.Args))}
		for i, a := range build.Args {
			pt := t.Elem
			if t.Kind == types.Map && i%2 == 0 {
				pt = t.Key
			}
			out.Args[i] = part(a, *pt)
		}
		return out
	}
	from := e.Type()
	switch t.Kind {
	case types.Array:
		p := b.lambdaCol("item", *from.Elem)
		return &bound.Each{Node: node(t, e.Nullable(), e.Span()), X: e, Params: []*bound.Col{p}, Body: part(ref(p, e.Span()), *t.Elem)}
	case types.Map:
		k, v := b.lambdaCol("key", *from.Key), b.lambdaCol("value", *from.Elem)
		k.Nullable = false
		return &bound.Each{
			Node: node(t, e.Nullable(), e.Span()), X: e, Params: []*bound.Col{k, v},
			Body: part(ref(k, e.Span()), *t.Key), Value: part(ref(v, e.Span()), *t.Elem),
		}
	}
	out := &bound.Build{Node: node(t, false, e.Span())}
	for _, f := range t.Fields {
		i := from.FieldIndex(f.Name)
		if i < 0 {
			out.Args = append(out.Args, &bound.Const{Node: node(f.Type, true, e.Span()), IsNull: true})
			continue
		}
		var x bound.Expr = &bound.Field{Node: node(from.Fields[i].Type, true, e.Span()), X: e, Index: i}
		if lit, ok := e.(*bound.Build); ok {
			x = lit.Args[i]
		}
		out.Args = append(out.Args, part(x, f.Type))
	}
	if !e.Nullable() {
		return out
	}
	isNull := operate(bound.IsNull, boolean, false, e.Span(), e, nil)
	null := &bound.Const{Node: node(t, true, e.Span()), IsNull: true}
	return &bound.Case{Node: node(t, true, e.Span()), Whens: []bound.When{{Cond: isNull, Then: null}}, Else: out}
}

// castPart is CAST of a part of a value.
func (b *binder) castPart(e bound.Expr, t types.Type, try bool) bound.Expr {
	from := e.Type()
	switch {
	case from.Equal(t):
		return e
	case from.Kind == t.Kind && from.IsNested():
		return b.nestedParts(e, t, false, try)
	}
	if c, ok := e.(*bound.Const); ok {
		if out := foldCast(c, t); out != nil {
			return out
		}
	}
	fails := types.CastFails(from, t)
	return &bound.Cast{Node: bound.Node{T: t, Null: e.Nullable() || try && fails, Loc: e.Span()}, X: e, Try: try && fails, Java: b.rules.JavaCasts}
}

// lambdaCol makes a column that stands for an element.
func (b *binder) lambdaCol(name string, t types.Type) *bound.Col {
	c := b.col(name, t, true, source.Span{}, name)
	c.Lambda = true
	return c
}
