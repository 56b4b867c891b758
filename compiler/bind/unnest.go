package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// isUnnest reports a table function that makes rows of elements.
func isUnnest(t *ast.TableFunc) bool {
	switch strings.ToLower(t.Name.Name) {
	case "unnest", "explode", "generate_series":
		return true
	}
	return false
}

// unnestedRefs binds a relation with UNNEST(..) behind commas. It reports false
// if the list is another one.
func (k *block) unnestedRefs(refs []ast.TableRef) bool {
	for _, r := range refs[min(1, len(refs)):] {
		if f, ok := r.(*ast.TableFunc); !ok || !isUnnest(f) {
			return false
		}
	}
	if len(refs) < 2 {
		return false
	}
	k.table(refs[0])
	for _, r := range refs[1:] {
		if k.in.broken {
			break
		}
		k.unnest(r.(*ast.TableFunc), false)
	}
	return true
}

// unnestJoin binds a CROSS JOIN UNNEST(..) and a LEFT JOIN UNNEST(..) ON TRUE.
func (k *block) unnestJoin(j *ast.Join, f *ast.TableFunc) {
	k.table(j.Left)
	if k.in.broken {
		return
	}
	on, isTrue := unparen(j.On).(*ast.BoolLit)
	always := j.On == nil || isTrue && on.Value
	switch {
	case len(j.Using) > 0 || j.Within != nil || !always && j.Kind != "INNER":
		k.b.errUnnestJoin(j)
	case j.Kind == "CROSS" || j.Kind == "INNER" && always:
		k.unnest(f, false)
		return
	case j.Kind == "LEFT":
		k.unnest(f, true)
		return
	default:
		k.b.errUnnestJoin(j)
	}
	k.breakScope()
}

// unnest binds a table function over what stands to its left.
func (k *block) unnest(t *ast.TableFunc, outer bool) {
	x := &env{block: k, clause: "FROM"}
	u := &bound.Unnest{In: k.sel.From, Outer: outer, Loc: t.Loc}
	name := strings.ToLower(t.Name.Name)
	args, ok := x.args(t.Args)
	if !ok {
		k.breakScope()
		return
	}
	if name == "generate_series" {
		f, _ := findFunc(name)
		series := x.resolve(f, args, t.Loc, t.Name.Loc)
		if series == nil {
			k.breakScope()
			return
		}
		args = []bound.Expr{series}
	}
	if len(args) == 0 {
		k.b.errUnnestArgument(t.Loc, strings.ToUpper(name)+" of nothing")
		k.breakScope()
		return
	}
	if !k.elements(u, args, name, t.Alias, t.Columns) {
		k.breakScope()
		return
	}
	in := &input{alias: t.Alias, cols: u.Cols, what: "the elements of " + strings.ToUpper(name), elements: true}
	if t.WithOrdinality {
		id := ast.Ident{Loc: t.Loc, Name: "ordinality"}
		if n := len(t.Columns); n == len(u.Cols)+1 {
			id = t.Columns[n-1]
		}
		u.Ordinality = k.b.col(id.Name, types.Of(types.BigInt), false, id.Loc, id.Name)
		in.cols = append(u.Cols[:len(u.Cols):len(u.Cols)], u.Ordinality)
	}
	if n := len(t.Columns); n > len(in.cols) {
		k.b.errUnnestColumns(t, len(in.cols))
		k.breakScope()
		return
	}
	k.sel.From = u
	k.in.inputs = append(k.in.inputs, in)
}

// elements makes the columns of elements. Their names are those given, else that
// of the alias if there is one column, else that of the function.
func (k *block) elements(u *bound.Unnest, args []bound.Expr, name string, alias ast.Ident, names []ast.Ident) bool {
	columns := 0
	for _, a := range args {
		switch a.Type().Kind {
		case types.Array:
			columns++
		case types.Map:
			columns += 2
		default:
			k.b.errUnnestArgument(a.Span(), strings.ToUpper(name)+" of "+a.Type().String())
			return false
		}
	}
	add := func(t types.Type, null bool, fallback string, loc source.Span) {
		id := ast.Ident{Loc: loc, Name: fallback}
		switch n := len(u.Cols); {
		case n < len(names):
			id = names[n]
		case columns == 1 && alias.Name != "":
			id = alias
		}
		u.Cols = append(u.Cols, k.b.col(id.Name, t, null, id.Loc, id.Name))
	}
	for i, a := range args {
		t := a.Type()
		if t.Kind == types.Map {
			add(*t.Key, u.Outer || len(args) > 1, "key", a.Span())
			add(*t.Elem, true, "value", a.Span())
		} else {
			fallback := name
			if i > 0 {
				fallback += "_" + string(rune('1'+i))
			}
			add(*t.Elem, name != "generate_series" || u.Outer, fallback, a.Span())
		}
	}
	u.Arrays = append(u.Arrays, args...)
	return true
}

// explode binds EXPLODE and UNNEST in the select list: the block has a row for
// each element.
func (x *env) explode(c *ast.Call) bound.Expr {
	name := strings.ToUpper(c.Name.Name)
	switch {
	case x.inAgg != nil || len(x.params) > 0 || x.clause != "the select list":
		x.b.errExplodePlace(c.Loc, name)
		return nil
	case len(c.Args) != 1 || c.Star:
		x.b.errArgumentCount(c, name+"(array)")
		return nil
	}
	a := x.expr(c.Args[0])
	if a == nil {
		return nil
	}
	if a.Type().Kind != types.Array {
		x.b.errUnnestArgument(a.Span(), name+" of "+a.Type().String())
		return nil
	}
	u := x.sel.Explode
	if u == nil {
		u = &bound.Unnest{Loc: c.Loc}
		x.sel.Explode = u
	}
	col := x.b.col(strings.ToLower(name), *a.Type().Elem, true, c.Loc, ast.FormatExpr(c))
	u.Arrays, u.Cols = append(u.Arrays, a), append(u.Cols, col)
	return ref(col, c.Loc)
}

// origins is what an input takes its rows from, whatever elements it makes rows of.
func origins(in bound.Input) bound.Input {
	for {
		switch of := in.(type) {
		case *bound.Unnest:
			in = of.In
		case *bound.Windowed:
			in = of.In
		default:
			return in
		}
	}
}
