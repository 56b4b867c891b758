package bind

import (
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
)

// recordKey finds the columns of a result that go into the keys of its records,
// in a dialect that keeps them out of the value: the grouping keys, or the key of
// what a query without groups reads. It reports a key that is not selected, or
// more than once, and a result of nothing but keys.
func (b *binder) recordKey(q bound.Query, name ast.Ident) ([]int, bool) {
	sel, ok := q.(*bound.Select)
	if !ok {
		return nil, true
	}
	var out []int
	for _, k := range inputKey(sel) {
		at := -1
		for i, it := range sel.Items {
			r, isRef := it.Expr.(*bound.Ref)
			switch {
			case !isRef || r.Col != k.col || b.stmt.values[it.Col] != b.stmt.values[k.col]:
			case at >= 0:
				b.errKeyTwice(it.Col, sel.Items[at].Col)
				return nil, false
			default:
				at = i
			}
		}
		if at < 0 {
			b.errKeyNotSelected(sel, k, name)
			return nil, false
		}
		out = append(out, at)
	}
	if len(out) == len(sel.Items) {
		b.errNoValueColumns(sel, strconv.Quote(name.Name))
		return nil, false
	}
	return out, true
}

// keyColumn is a column of which the key of a result is made, and how it was
// written.
type keyColumn struct {
	col *bound.Col
	sql string
}

// inputKey is the key that the rows of a block have before its select list.
func inputKey(sel *bound.Select) []keyColumn {
	var keys []keyColumn
	if sel.Grouped {
		for _, k := range sel.Keys {
			keys = append(keys, keyColumn{k.Col, k.Col.SQL})
		}
		return keys
	}
	switch in := origins(sel.From).(type) {
	case *bound.Read:
		for _, i := range in.Rel.Key {
			keys = append(keys, keyColumn{in.Cols[i], in.Cols[i].Name})
		}
	case *bound.Derived:
		inner, ok := in.Query.(*bound.Select)
		if !ok {
			return nil
		}
		for _, k := range inputKey(inner) {
			for _, it := range inner.Items {
				if r, ok := it.Expr.(*bound.Ref); ok && r.Col == k.col {
					keys = append(keys, keyColumn{it.Col, it.Col.Name})
					break
				}
			}
		}
	}
	return keys
}

// keyedResult checks what CREATE .. AS makes of a query, and returns its key.
func (b *binder) keyedResult(c *ast.Create, q bound.Query, keys []int) ([]int, bool) {
	if !b.rules.KeysInRecordKey {
		return keys, true
	}
	if isTable := yieldsTable(q); isTable != (c.Kind == ast.Table) {
		b.errResultKind(c, isTable)
		return nil, false
	}
	if sel, ok := q.(*bound.Select); ok && sel.Grouped && len(sel.Keys) == 0 {
		b.errNoGroupBy(sel, c.Name)
		return nil, false
	}
	if len(keys) > 0 || len(c.PrimaryKey) > 0 || b.stmt.keyless {
		return keys, true
	}
	return b.recordKey(q, c.Name)
}

// yieldsTable reports a query whose rows replace earlier ones: groups, or the
// rows of a table.
func yieldsTable(q bound.Query) bool {
	sel, ok := q.(*bound.Select)
	if !ok {
		return false
	}
	if sel.Grouped {
		return true
	}
	switch in := origins(sel.From).(type) {
	case *bound.Read:
		return in.Rel.Kind == bound.Table
	case *bound.Derived:
		return yieldsTable(in.Query)
	}
	return false
}

// readsTable reports an input whose rows replace earlier ones.
func readsTable(in bound.Input) bool {
	switch in := origins(in).(type) {
	case *bound.Read:
		return in.Rel.Kind == bound.Table
	case *bound.Derived:
		return yieldsTable(in.Query)
	}
	return false
}

// checkKeyWords checks that a declared stream has KEY columns and a table a
// PRIMARY KEY, in a dialect that tells them apart.
func (b *binder) checkKeyWords(c *ast.Create) bool {
	if !b.rules.KeysInRecordKey {
		return true
	}
	primary := len(c.PrimaryKey) > 0
	for i := range c.Cols {
		d := &c.Cols[i]
		if d.PrimaryKey && c.Kind == ast.Stream || d.Key && c.Kind == ast.Table {
			b.errKeyWord(d, c.Kind)
			return false
		}
		primary = primary || d.PrimaryKey
	}
	if c.Kind == ast.Table && len(c.Cols) > 0 && !primary {
		b.errTableWithoutKey(c.Name)
		return false
	}
	return true
}

// dropNullKeys leaves rows out that have NULL in a grouping key, in a dialect
// where they are in no group.
func (k *block) dropNullKeys() {
	if !k.b.rules.DropNullKeys || !k.ok {
		return
	}
	for _, key := range k.sel.Keys {
		if !k.b.attempt(key.Expr).Nullable() {
			continue
		}
		cond := not(operate(bound.IsNull, boolean, false, key.Loc, k.b.attempt(key.Expr), nil), key.Loc)
		if k.sel.Where != nil {
			cond = operate(bound.And, boolean, k.sel.Where.Nullable(), key.Loc, k.sel.Where, cond)
		} else {
			k.sel.WhereLoc = k.sel.GroupLoc
		}
		k.sel.Where = cond
	}
}
