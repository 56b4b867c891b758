package bind

import (
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
)

// sumList binds SUM_LIST(a): the sum of the sums of arrays.
func (x *env) sumList(c, sum *ast.Call) bound.Expr {
	probe := &env{block: x.block, clause: "the argument of SUM_LIST", inAgg: c}
	a := probe.expr(c.Args[0])
	if a == nil {
		return nil
	}
	elem := a.Type().Elem
	if a.Type().Kind != types.Array || !elem.IsNumeric() {
		x.b.errUnnestArgument(a.Span(), "SUM_LIST of "+a.Type().String())
		return nil
	}
	at := c.Node
	var zero ast.Expr = &ast.NumberLit{Node: at, Text: "0"}
	if elem.Kind != types.Decimal {
		zero = &ast.Cast{Node: at, X: zero, Type: &ast.TypeName{Loc: c.Loc, Name: elem.String()}}
	}
	name := func(s string) *ast.Name { return &ast.Name{Node: at, Parts: []ast.Ident{{Name: s, Loc: c.Loc}}} }
	present := &ast.Call{Node: at, Name: ast.Ident{Name: "coalesce", Loc: c.Loc}, Args: []ast.Expr{name("item"), zero}}
	body := &ast.Binary{Node: at, Op: "+", OpLoc: c.Loc, X: name("total"), Y: present}
	lambda := &ast.Lambda{Node: at, Params: []ast.Ident{{Name: "total", Loc: c.Loc}, {Name: "item", Loc: c.Loc}}, Body: body}
	sum.Args = []ast.Expr{&ast.Call{Node: at, Name: ast.Ident{Name: "reduce", Loc: c.Loc}, Args: []ast.Expr{c.Args[0], zero, lambda}}}
	return x.aggregate(mustAggregate("sum"), sum)
}

// attr binds ATTR(x): the value that all rows have, NULL if they differ.
func (x *env) attr(c *ast.Call, other func(name string) *ast.Call) bound.Expr {
	if c.Distinct || len(c.OrderBy) > 0 {
		x.b.errAggregateOrder(c.Loc, "ATTR is of all rows, which are not DISTINCT and in no order", "leave it out")
		return nil
	}
	at := c.Node
	different, all := other("COUNT"), other("COUNT")
	different.Distinct = true
	all.Star, all.Args = true, nil
	equal := func(a, b ast.Expr) ast.Expr { return &ast.Binary{Node: at, Op: "=", OpLoc: c.Loc, X: a, Y: b} }
	one := equal(different, &ast.NumberLit{Node: at, Text: "1"})
	cond := &ast.Binary{Node: at, Op: "AND", OpLoc: c.Loc, X: one, Y: equal(other("COUNT"), all)}
	return x.expr(&ast.Case{Node: at, Whens: []ast.When{{Loc: c.Loc, Cond: cond, Then: other("FIRST")}}})
}

// topOfSeveral is TOPK(x, a, b, n) as TOPK of structs, which are in the order of
// their first field: TOPK(STRUCT(sort_col := x, col0 := a, col1 := b), n), of rows
// whose x is not NULL.
func topOfSeveral(c *ast.Call) *ast.Call {
	last := len(c.Args) - 1
	row := &ast.StructLit{Node: c.Node}
	for i, a := range c.Args[:last] {
		name := "sort_col"
		if i > 0 {
			name = "col" + strconv.Itoa(i-1)
		}
		row.Names = append(row.Names, ast.Ident{Name: name, Quoted: true, Loc: a.Span()})
		row.Values = append(row.Values, a)
	}
	out := *c
	out.Args = []ast.Expr{row, c.Args[last]}
	var present ast.Expr = &ast.Is{Node: c.Node, X: c.Args[0], What: "NULL", Not: true}
	if c.Filter != nil {
		present = &ast.Binary{Node: c.Node, Op: "AND", OpLoc: c.Loc, X: c.Filter, Y: present}
	}
	out.Filter = present
	return &out
}
