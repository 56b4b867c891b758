package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// keyFields lays out the key of a table and returns the values for it.
func (l *queryLowering) keyFields(t *p.Table, cols []*bound.Col, vals []value, structName string) []p.Expr {
	var out []p.Expr
	nullable := false
	taken := newMembers()
	taken.used["nulls"], taken.used["hash"] = true, true
	keys := &p.Struct{Name: structName}
	for i, c := range cols {
		val := vals[i]
		f := &p.Field{Name: taken.pick(unexported(c.Name)), Column: c.Name, SQL: c.Type, Doc: c.SQL, Null: -1}
		f.Type, val.x = keyForm(c.Type, val.x)
		l.q.Keys = l.q.Keys || c.Type.IsNested()
		if val.null != nil {
			f.Null = keys.NullBits
			keys.NullBits++
			nullable = true
		}
		keys.Fields = append(keys.Fields, f)
		t.Key = append(t.Key, f)
		out = append(out, val.x)
		if val.null != nil {
			out[i] = &p.Nullable{X: val.x, Null: val.null}
		}
	}
	switch {
	case len(cols) == 0:
		t.KeyT = p.GoType{Name: "struct{}"}
	case len(cols) == 1 && !nullable:
		t.KeyT = t.Key[0].Type
	default:
		keys.Name = l.pl.names.pick(structName)
		keys.Doc = keys.Name + " tells the groups of " + l.q.Name + " apart."
		t.Keys = keys
		t.KeyT = p.GoType{Name: keys.Name}
		l.q.Structs = append(l.q.Structs, keys)
	}
	return out
}

// keyForm is the comparable form of a key value.
func keyForm(t types.Type, x p.Expr) (p.GoType, p.Expr) {
	switch t.Kind {
	case types.Float:
		return builtin("uint64"), call(statePath, "FloatKey", conv(builtin("float64"), x))
	case types.Double:
		return builtin("uint64"), call(statePath, "FloatKey", x)
	case types.Bytes:
		if isZero(x) {
			return builtin("string"), lit(`""`)
		}
		return builtin("string"), conv(builtin("string"), x)
	case types.JSON:
		return builtin("string"), call(textPath, "Canonical", x)
	case types.Array, types.Map, types.Struct:
		keys := field(v("q"), "keys")
		return builtin("string"), method(keys, "Text", &p.TypeCall{Op: p.OpAppendKey, T: t, Args: []p.Expr{method(keys, "Start"), x}})
	}
	return goType(t), x
}

// keyValue turns the comparable form back into the value.
func keyValue(t types.Type, x p.Expr) p.Expr {
	switch t.Kind {
	case types.Float:
		return conv(builtin("float32"), call("math", "Float64frombits", x))
	case types.Double:
		return call("math", "Float64frombits", x)
	case types.Bytes:
		return conv(p.GoType{Name: "byte", Slice: true}, x)
	case types.Array, types.Map, types.Struct:
		return call(jsonPath, "ParseKey", x, call("", "new", lit("memory")), &p.TypeFunc{Op: p.OpRead, T: t})
	}
	return x
}
