package bind

import (
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// structStar binds x->*, all fields of a STRUCT as columns.
func (k *block) structStar(it *ast.SelectItem, f *ast.Field) {
	if it.Alias.Name != "" || it.PrimaryKey {
		k.b.errMisplaced(it.Loc, "a name", "->*", "leave it out, or write the fields one by one")
		k.ok = false
		return
	}
	x := &env{block: k, clause: "the select list", aggs: true}
	e := x.expr(f.X)
	if e == nil {
		k.ok, k.holes = false, true
		return
	}
	if e.Type().Kind != types.Struct {
		k.b.errNoStruct(e, ast.Ident{Name: "*", Loc: f.Loc})
		k.ok, k.holes = false, true
		return
	}
	for i, field := range e.Type().Fields {
		name := k.fieldItem(it.Loc, ast.Ident{Loc: it.Loc, Name: field.Name, Quoted: true})
		part := &bound.Field{Node: node(field.Type, true, f.Loc), X: e, Index: i}
		k.addItem(name, part, f.Loc, ast.FormatExpr(f.X)+"->"+field.Name)
	}
}

// fieldItem is the name of an item that is a field of a STRUCT: that of the field,
// with a number where a dialect that numbers names has it already.
func (k *block) fieldItem(loc source.Span, field ast.Ident) ast.Ident {
	id := ast.Ident{Loc: loc, Name: field.Name, Quoted: field.Quoted}
	if !k.b.rules.CallsUnnamed {
		return id
	}
	for n := 1; k.nameUsed(id); n++ {
		id.Name = field.Name + "_" + strconv.Itoa(n)
	}
	k.fieldNames = append(k.fieldNames, id.Name)
	return id
}

// nameUsed reports a name that a column of the input has, or a field before.
func (k *block) nameUsed(id ast.Ident) bool {
	for _, in := range k.in.inputs {
		for _, c := range in.cols {
			if k.b.sameName(c.Name, id.Name) {
				return true
			}
		}
	}
	for _, n := range k.fieldNames {
		if n == id.Name {
			return true
		}
	}
	return false
}

// isDereference reports a bound field, however it was written.
func isDereference(e bound.Expr) (string, bool) {
	if a, ok := e.(*bound.Attempt); ok {
		e = a.X
	}
	f, ok := e.(*bound.Field)
	if !ok {
		return "", false
	}
	return f.X.Type().Fields[f.Index].Name, true
}

// asField is the ast of x->* under parentheses, or nil.
func asField(e ast.Expr) *ast.Field {
	f, ok := unparen(e).(*ast.Field)
	if !ok || !f.Star {
		return nil
	}
	return f
}
