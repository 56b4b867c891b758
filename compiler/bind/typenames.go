package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
)

// typeName resolves a type as written. A STRUCT that is new to the program is
// called by hint unless CREATE TYPE has named it.
func (b *binder) typeName(t *ast.TypeName, hint string) (types.Type, bool) {
	typ, ok := b.plainType(t)
	return b.intern(typ, hint), ok
}

// plainType resolves a type whose structs have no names yet.
func (b *binder) plainType(t *ast.TypeName) (types.Type, bool) {
	switch t.Name {
	case "ARRAY", "LIST", "MAP", "STRUCT", "ROW":
		return b.nestedType(t)
	}
	typ, ok := types.Named(t.Name)
	if !ok {
		for _, d := range b.types {
			if strings.EqualFold(d.name.Name, t.Name) {
				if len(t.Params) > 0 {
					b.errTypeParams(t, d.name.Name+" takes no parameters")
				}
				return d.typ, d.ok
			}
		}
		b.errUnknownType(t)
		return types.Type{}, false
	}
	switch {
	case len(t.Params) == 0:
	case typ.Kind == types.Decimal:
		return b.decimalType(t)
	case typ.Kind == types.String, typ.Kind == types.Bytes, typ.Kind == types.Time, typ.Kind == types.Timestamp:
		if len(t.Params) > 1 {
			b.errTypeParams(t, t.Name+" takes one number at most")
			return typ, false
		}
		b.warnLength(t)
	case t.Name == "FLOAT" && len(t.Params) == 1:
		if t.Params[0] > 24 {
			typ = types.Of(types.Double)
		}
	default:
		b.errTypeParams(t, t.Name+" takes no parameters")
		return typ, false
	}
	return typ, true
}

// nestedType resolves ARRAY<T>, MAP<K, V> and STRUCT<a T, ..>.
func (b *binder) nestedType(t *ast.TypeName) (types.Type, bool) {
	var args []types.Type
	ok := true
	for _, a := range t.Args {
		arg, good := b.plainType(a)
		args, ok = append(args, arg), ok && good
	}
	switch {
	case t.Name == "STRUCT" || t.Name == "ROW":
		return b.structType(t)
	case t.Name == "MAP" && len(args) != 2:
		b.errTypeArgs(t, "MAP takes two types: MAP<STRING, INT>")
		return types.Type{}, false
	case t.Name != "MAP" && len(args) != 1:
		b.errTypeArgs(t, "ARRAY takes one type: ARRAY<INT>")
		return types.Type{}, false
	case !ok:
		return types.Type{}, false
	case t.Name != "MAP":
		return types.ArrayOf(args[0]), true
	case args[0].IsNested() || args[0].Kind == types.JSON:
		b.errTypeArgs(t, "the keys of a MAP are of a type without parts, such as STRING")
		return types.Type{}, false
	}
	return types.MapOf(args[0], args[1]), true
}

func (b *binder) structType(t *ast.TypeName) (types.Type, bool) {
	var fields []types.Field
	ok := true
	for _, f := range t.Fields {
		typ, good := b.plainType(f.Type)
		ok = ok && good
		for _, old := range fields {
			if b.taken(f.Name, old.Name) {
				b.errDuplicateColumn(f.Name.Loc, f.Name.Name, t.Loc)
				ok = false
			}
		}
		fields = append(fields, types.Field{Name: f.Name.Name, Type: typ})
	}
	if len(fields) == 0 {
		b.errTypeArgs(t, "STRUCT takes at least one field: STRUCT<a INT>")
		return types.Type{}, false
	}
	return types.StructOf(fields...), ok
}

// intern gives equal STRUCT types, also those inside other types, one name. One
// that is new to the program is named after hint.
func (b *binder) intern(t types.Type, hint string) types.Type {
	switch t.Kind {
	case types.Array:
		elem := b.intern(*t.Elem, hint)
		t.Elem = &elem
	case types.Map:
		elem := b.intern(*t.Elem, hint)
		t.Elem = &elem
	case types.Struct:
		if t.Named != nil {
			return t
		}
		key := t.String()
		if known, ok := b.structs[key]; ok {
			return known
		}
		t.Named = &types.StructName{Name: hint}
		fields := make([]types.Field, len(t.Fields))
		for i, f := range t.Fields {
			fields[i] = types.Field{Name: f.Name, Type: b.intern(f.Type, hint+"_"+f.Name)}
		}
		t.Fields = fields
		if b.structs == nil {
			b.structs = map[string]types.Type{}
		}
		b.structs[key] = t
		b.prog.Structs = append(b.prog.Structs, t)
	}
	return t
}

// createType binds CREATE TYPE.
func (b *binder) createType(c *ast.CreateType) {
	typ, ok := b.typeName(c.Type, c.Name.Name)
	if _, known := types.Named(strings.ToUpper(c.Name.Name)); known || reservedTypes[strings.ToUpper(c.Name.Name)] {
		b.errTypeTaken(c.Name, "it is the name of a built-in type")
		return
	}
	for _, old := range b.types {
		switch {
		case !b.sameName(old.name.Name, c.Name.Name):
		case c.IfNotExists:
			return
		default:
			b.errTypeTaken(c.Name, "a statement above creates it")
			return
		}
	}
	b.types = append(b.types, namedType{c.Name, typ, ok})
}

// namedType is a type of CREATE TYPE; ok is false if it has mistakes.
type namedType struct {
	name ast.Ident
	typ  types.Type
	ok   bool
}

// reservedTypes are names of types beside those that types.Named knows.
var reservedTypes = map[string]bool{"ARRAY": true, "LIST": true, "MAP": true, "STRUCT": true, "ROW": true}

func (b *binder) decimalType(t *ast.TypeName) (types.Type, bool) {
	p, s := t.Params[0], 0
	if len(t.Params) > 1 {
		s = t.Params[1]
	}
	switch {
	case len(t.Params) > 2:
		b.errTypeParams(t, "DECIMAL takes a precision and a scale")
	case p < 1 || p > types.MaxPrecision:
		b.errTypeParams(t, "the precision of a DECIMAL is 1 to 38 digits")
	case s < 0 || s > p:
		b.errTypeParams(t, "the scale of a DECIMAL is between 0 and its precision")
	default:
		return types.Dec(p, s), true
	}
	return types.Type{}, false
}
