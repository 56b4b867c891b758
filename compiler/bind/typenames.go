package bind

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
)

// nested are the types that hold other types, and those that need functions of
// their own.
var nested = map[string]bool{"ARRAY": true, "MAP": true, "STRUCT": true, "ROW": true, "JSON": true, "JSONB": true, "LIST": true}

// typeName resolves a type as written.
func (b *binder) typeName(t *ast.TypeName) (types.Type, bool) {
	if nested[t.Name] {
		b.refuse(diag.NestedType, t.Loc, "the type "+t.Name, "declare the scalar fields as columns of their own")
		return types.Type{}, false
	}
	typ, ok := types.Named(t.Name)
	if !ok {
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
