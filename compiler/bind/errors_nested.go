package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func (b *binder) errTypeArgs(t *ast.TypeName, msg string) {
	b.diags.Err(diag.TypeArgs, t.Loc, msg, "for example ARRAY<INT>, MAP<STRING, INT>, STRUCT<a INT, b STRING>")
}

func (b *binder) errTypeTaken(id ast.Ident, why string) {
	b.diags.Err(diag.TypeTaken, id.Loc, fmt.Sprintf("the type %q exists already", id.Name), why+"; choose another name")
}

func (b *binder) errNoStruct(e bound.Expr, id ast.Ident) {
	hint := "only a STRUCT has fields; an element of an ARRAY is x[1], a value of a MAP is x['key']"
	if e.Type().Kind == types.JSON {
		hint = fmt.Sprintf("a field of a JSON is x->'%[1]s', its text x->>'%[1]s'; columns of type STRUCT<%[1]s ..> have fields", id.Name)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.NoField, Span: id.Loc, Msg: fmt.Sprintf("%s has no field %q", e.Type(), id.Name),
		Labels: []diag.Label{{Span: e.Span(), Msg: e.Type().String()}},
		Hint:   hint,
	})
}

func (b *binder) errNoField(id ast.Ident, t types.Type) {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.NoField, Span: id.Loc, Msg: fmt.Sprintf("unknown field %q", id.Name),
		Inline: meant(id.Name, names), Hint: "fields: " + list(names),
	})
}

func (b *binder) errIndexType(i bound.Expr, hint string) {
	b.diags.Err(diag.NotIndexed, i.Span(), "an index of type "+i.Type().String(), hint)
}

func (b *binder) errNotIndexed(e bound.Expr, at source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.NotIndexed, Span: at, Msg: e.Type().String() + " has no elements",
		Labels: []diag.Label{{Span: e.Span(), Msg: e.Type().String()}},
		Hint:   "only an ARRAY, a MAP and a JSON take an index",
	})
}

func (b *binder) errMapKey(at source.Span, t types.Type) {
	b.diags.Err(diag.MapKey, at, "a MAP with keys of "+t.String(), "the keys of a MAP are of a type without parts, such as STRING")
}

func (b *binder) errNullKey(at source.Span) {
	b.diags.Err(diag.MapKey, at, "NULL as a key of a MAP", "leave the entry out")
}

func (b *binder) errEmptyStruct(at source.Span) {
	b.diags.Err(diag.TypeArgs, at, "a STRUCT without fields", "give it at least one: STRUCT(a := 1)")
}

func (b *binder) errEmptyNested(at source.Span, what, way string, n int) {
	msg := what + " without elements"
	if n > 0 {
		msg = what + " of nothing but NULL"
	}
	b.diags.Err(diag.EmptyNested, at, msg, "give it an element with a type: "+way)
}

func (b *binder) errLambdaPlace(l *ast.Lambda) {
	b.diags.Err(diag.LambdaPlace, l.Loc, "a lambda where no function takes one", "lambdas are arguments of TRANSFORM, FILTER and REDUCE")
}

func (b *binder) errNoElements(e bound.Expr, c *ast.Call, usage string) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.NotIndexed, Span: e.Span(), Msg: fmt.Sprintf("%s of %s", strings.ToUpper(c.Name.Name), e.Type()),
		Hint: "it takes an ARRAY or a MAP: " + usage,
	})
}

func (b *binder) errNoLambda(at source.Span) {
	b.diags.Err(diag.LambdaParams, at, "a lambda is missing here", "write x => .. or (k, v) => ..")
}

func (b *binder) errLambdaParams(l *ast.Lambda, want int, t types.Type) {
	b.diags.Err(diag.LambdaParams, l.Loc, fmt.Sprintf("the lambda takes %s, not %d", plural(want, "parameter"), len(l.Params)),
		fmt.Sprintf("an ARRAY gives an element, a MAP a key and a value, REDUCE the result so far before them; this is over %s", t))
}

func (b *binder) errUnnestArgument(at source.Span, msg string) {
	b.diags.Err(diag.UnnestArgument, at, msg, "only the elements of an ARRAY or a MAP can be rows")
}

func (b *binder) errUnnestJoin(j *ast.Join) {
	b.diags.Err(diag.UnnestArgument, j.KindLoc, "UNNEST is joined with every row that it is computed from",
		"write CROSS JOIN UNNEST(x), or LEFT JOIN UNNEST(x) ON TRUE to keep rows without elements, and conditions into WHERE")
}

func (b *binder) errUnnestColumns(t *ast.TableFunc, has int) {
	b.diags.Err(diag.UnnestArgument, t.Columns[has].Loc, strings.ToUpper(t.Name.Name)+" gives "+plural(has, "column"), "name no more than that")
}

func (b *binder) errExplodePlace(at source.Span, name string) {
	b.diags.Err(diag.ExplodePlace, at, name+" outside of the select list", "write it as an item of the select list, or CROSS JOIN UNNEST(x) AS t(e) in FROM")
}

func (b *binder) errExplodeGroups(at source.Span) {
	b.diags.Err(diag.ExplodePlace, at, "table functions cannot be used with aggregates in this dialect", "explode in a query of its own and aggregate its result")
}
