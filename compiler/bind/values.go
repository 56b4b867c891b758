package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
)

// values binds VALUES. The values of a column are brought to one type.
func (b *binder) values(v *ast.Values, outer *ctes) bound.Query {
	k := &block{b: b, sel: &bound.Select{Limit: -1}, in: &scope{}, ctes: outer, ok: true}
	x := &env{block: k, clause: "VALUES"}
	out := &bound.Values{Loc: v.Loc}
	for _, row := range v.Rows {
		if len(row) != len(v.Rows[0]) {
			b.diags.Err(diag.RowShape, row[0].Span().To(row[len(row)-1].Span()), fmt.Sprintf("a row of VALUES has %s, the first has %d", plural(len(row), "value"), len(v.Rows[0])), "give all rows the same number of values")
			return nil
		}
		list, ok := x.args(row)
		if !ok {
			k.ok = false
		}
		out.Rows = append(out.Rows, list)
	}
	if !k.ok {
		return nil
	}
	for i, e := range v.Rows[0] {
		list := make([]bound.Expr, len(out.Rows))
		for n, row := range out.Rows {
			list[n] = row[i]
		}
		t, ok := b.meet(list, "the values of a column")
		if !ok {
			return nil
		}
		if t.Kind == types.Null {
			t = types.Of(types.String)
		}
		null := false
		for n := range out.Rows {
			out.Rows[n][i] = b.castTo(list[n], t, true)
			null = null || list[n].Nullable()
		}
		out.Cols = append(out.Cols, b.col(b.rules.Unnamed(i+1, i+1), t, null, e.Span(), ""))
	}
	return out
}
