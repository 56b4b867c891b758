package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// caseExpr binds CASE in both forms; CASE x WHEN v becomes CASE WHEN x = v.
func (x *env) caseExpr(e *ast.Case) bound.Expr {
	var operand bound.Expr
	ok := true
	if e.Operand != nil {
		operand = x.expr(e.Operand)
		ok = operand != nil
	}
	var conds, results []bound.Expr
	for i := range e.Whens {
		w := &e.Whens[i]
		var cond bound.Expr
		if e.Operand == nil {
			x.filters = filtering(w.Cond, x.filters)
			cond = x.boolean(w.Cond, "WHEN")
		} else if v := x.expr(w.Cond); v != nil && operand != nil {
			cond = x.b.compare(bound.Eq, operand, v, w.Cond.Span(), w.Cond.Span(), "CASE")
		}
		then := x.expr(w.Then)
		ok = ok && cond != nil && then != nil
		conds, results = append(conds, cond), append(results, then)
	}
	if e.Else != nil {
		other := x.expr(e.Else)
		ok = ok && other != nil
		results = append(results, other)
	}
	if !ok {
		x.ok = false
		return nil
	}
	t, ok := x.b.meet(results, "the branches of CASE")
	if !ok {
		x.ok = false
		return nil
	}
	if t.Kind == types.Null && x.b.rules.TypedNull {
		x.b.errUntypedNull(e.Loc, "a CASE whose branches are all NULL")
		x.ok = false
		return nil
	}
	out := &bound.Case{Node: node(t, false, e.Loc)}
	for i, c := range conds {
		out.Whens = append(out.Whens, bound.When{Cond: c, Then: results[i]})
		out.Null = out.Null || results[i].Nullable()
	}
	if e.Else != nil {
		out.Else = results[len(results)-1]
	} else {
		out.Else = nullOf(t, e.Loc)
	}
	out.Null = out.Null || out.Else.Nullable()
	return out
}

func nullOf(t types.Type, loc source.Span) *bound.Const {
	return &bound.Const{Node: node(t, true, loc), IsNull: true}
}

// coalesce binds COALESCE as CASE: the first that is not NULL. What stands
// behind a value that is never NULL is never reached.
func (x *env) coalesce(args []bound.Expr, c *ast.Call) bound.Expr {
	t, ok := x.b.meet(args, "the arguments of "+strings.ToUpper(c.Name.Name))
	if !ok {
		return nil
	}
	n := len(args) - 1
	for i, a := range args {
		if !a.Nullable() {
			n = i
			break
		}
	}
	if n == 0 {
		return args[0]
	}
	out := &bound.Case{Node: node(t, args[n].Nullable(), c.Loc), Else: args[n]}
	for _, a := range args[:n] {
		cond := not(operate(bound.IsNull, boolean, false, a.Span(), a, nil), a.Span())
		out.Whens = append(out.Whens, bound.When{Cond: cond, Then: a})
	}
	return out
}

// nullif binds NULLIF(a, b) as CASE WHEN a = b THEN NULL ELSE a END.
func (x *env) nullif(a, b bound.Expr, c *ast.Call) bound.Expr {
	cond := x.b.compare(bound.Eq, a, b, c.Loc, c.Loc, "NULLIF")
	if cond == nil {
		return nil
	}
	if a.Type().Kind == types.Null {
		return a
	}
	return &bound.Case{Node: node(a.Type(), true, c.Loc), Whens: []bound.When{{Cond: cond, Then: nullOf(a.Type(), c.Loc)}}, Else: a}
}

// ifForm binds IF(condition, a, b).
func (x *env) ifForm(args []bound.Expr, c *ast.Call) bound.Expr {
	cond := x.b.convert(args[0], boolean, false)
	if cond == nil {
		x.b.errNotBoolean(args[0], strings.ToUpper(c.Name.Name))
		return nil
	}
	results := append([]bound.Expr{}, args[1:]...)
	if len(results) == 1 {
		results = append(results, nullOf(types.Of(types.Null), c.Loc))
	}
	t, ok := x.b.meet(results, "the results of "+strings.ToUpper(c.Name.Name))
	if !ok {
		return nil
	}
	return &bound.Case{
		Node:  node(t, results[0].Nullable() || results[1].Nullable(), c.Loc),
		Whens: []bound.When{{Cond: cond, Then: results[0]}}, Else: results[1],
	}
}

// isNull is x IS NULL.
func isNull(e bound.Expr) bound.Expr {
	return operate(bound.IsNull, boolean, false, e.Span(), e, nil)
}

// choose makes a CASE of conditions and results, of which the last is that of
// ELSE.
func (x *env) choose(conds, results []bound.Expr, what string, c *ast.Call) bound.Expr {
	t, ok := x.b.meet(results, "the results of "+what)
	if !ok {
		return nil
	}
	out := &bound.Case{Node: node(t, anyNull(results), c.Loc), Else: results[len(results)-1]}
	for i, cond := range conds {
		out.Whens = append(out.Whens, bound.When{Cond: cond, Then: results[i]})
	}
	return out
}

// decode binds DECODE(x, value, result, .., otherwise), where NULL equals NULL.
func (x *env) decode(args []bound.Expr, c *ast.Call) bound.Expr {
	var conds, results []bound.Expr
	for i := 1; i+1 < len(args); i += 2 {
		cond := bound.Expr(nil)
		if args[i].Type().Kind == types.Null {
			cond = isNull(args[0])
		} else if cond = x.b.compare(bound.NotDistinct, args[0], args[i], args[i].Span(), args[i].Span(), "DECODE"); cond == nil {
			return nil
		}
		conds, results = append(conds, cond), append(results, args[i+1])
	}
	other := bound.Expr(nullOf(types.Of(types.Null), c.Loc))
	if len(args)%2 == 0 {
		other = args[len(args)-1]
	}
	return x.choose(conds, append(results, other), "DECODE", c)
}

// elt binds ELT(n, a, b, ..): the nth of the others, NULL if there is none.
func (x *env) elt(args []bound.Expr, c *ast.Call) bound.Expr {
	var conds []bound.Expr
	for i, a := range args[1:] {
		cond := x.b.compare(bound.Eq, args[0], wholeConst(int64(i+1), a.Span()), args[0].Span(), args[0].Span(), strings.ToUpper(c.Name.Name))
		if cond == nil {
			return nil
		}
		conds = append(conds, cond)
	}
	return x.choose(conds, append(args[1:], nullOf(types.Of(types.Null), c.Loc)), strings.ToUpper(c.Name.Name), c)
}

// field binds FIELD(x, a, b, ..): which of the others equals x, counted from 1;
// 0 if none does.
func (x *env) field(args []bound.Expr, c *ast.Call) bound.Expr {
	var conds, results []bound.Expr
	for i, a := range args[1:] {
		cond := x.b.compare(bound.Eq, args[0], a, a.Span(), a.Span(), "FIELD")
		if cond == nil {
			return nil
		}
		conds, results = append(conds, cond), append(results, wholeConst(int64(i+1), a.Span()))
	}
	return x.choose(conds, append(results, wholeConst(0, c.Loc)), "FIELD", c)
}

// wholeConst is an INT.
func wholeConst(n int64, loc source.Span) bound.Expr {
	return &bound.Const{Node: node(types.Of(types.Int), false, loc), Int: n}
}

// extreme binds GREATEST and LEAST, which leave NULLs out. An argument that is
// never NULL comes first, so that the result is not either.
func (x *env) extreme(args []bound.Expr, least bool, c *ast.Call) bound.Expr {
	t, ok := x.b.meet(args, "the arguments of "+strings.ToUpper(c.Name.Name))
	if !ok {
		return nil
	}
	if len(args) == 1 {
		return args[0]
	}
	for i, a := range args {
		if !a.Nullable() {
			copy(args[1:i+1], args[:i])
			args[0] = a
			break
		}
	}
	return &bound.Extreme{Node: node(t, allNull(args), c.Loc), Least: least, Args: args}
}

// inExpr binds x IN (list).
func (x *env) inExpr(e *ast.In) bound.Expr {
	if e.Query != nil {
		return x.orFail(x.inQuery(e))
	}
	if _, row := asRow(e.X); row {
		return x.orFail(x.rowIn(e))
	}
	v := x.expr(e.X)
	list, ok := x.args(e.List)
	if v == nil || !ok {
		x.ok = false
		return nil
	}
	all, ok := x.inList(v, list, e)
	if !ok {
		x.ok = false
		return nil
	}
	out := x.b.decided(&bound.In{Node: node(boolean, anyNull(all), e.Loc), X: all[0], List: all[1:]})
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// inList brings the value and the list of IN to one type. Numbers beside a
// TIMESTAMP are milliseconds, as in a comparison.
func (x *env) inList(v bound.Expr, list []bound.Expr, e *ast.In) ([]bound.Expr, bool) {
	all := append([]bound.Expr{v}, list...)
	if v.Type().Kind == types.Timestamp {
		for i, it := range list {
			if it.Type().IsInteger() {
				all[i+1] = x.b.castTo(it, v.Type(), true)
			}
		}
	}
	for i, it := range list {
		tv, ti := exactTypes(v, it)
		if _, text := isText(it); text {
			continue
		}
		if _, ok := types.Comparable(tv, ti); !ok {
			if _, text := isText(v); !text {
				x.b.errCompare(v, list[i], it.Span(), "IN")
				return nil, false
			}
		}
	}
	_, ok := x.b.meet(all, "the values of IN")
	return all, ok
}

// like binds LIKE and ILIKE.
func (x *env) like(e *ast.Like) bound.Expr {
	v, p := x.expr(e.X), x.expr(e.Pattern)
	if v == nil || p == nil {
		return nil
	}
	str := types.Of(types.String)
	for _, o := range []*bound.Expr{&v, &p} {
		switch (*o).Type().Kind {
		case types.String:
		case types.Null:
			*o = x.b.castTo(*o, str, true)
		default:
			x.b.errLikeOperand(*o, e)
			x.ok = false
			return nil
		}
	}
	if e.Similar {
		return x.similar(v, p, e)
	}
	escape := `\`
	if e.Escape != nil {
		c, ok := x.expr(e.Escape).(*bound.Const)
		if !ok || c.T.Kind != types.String || len([]rune(c.Text)) > 1 {
			x.b.errEscape(e.Escape.Span())
			x.ok = false
			return nil
		}
		escape = c.Text
	}
	if c, ok := isText(p); ok && !goodPattern(c.Text, escape) {
		x.b.errPattern(c, escape)
		x.ok = false
		return nil
	}
	out := x.b.decided(&bound.Like{Node: node(boolean, v.Nullable() || p.Nullable(), e.Loc), X: v, Pattern: p, Escape: escape, Fold: e.Fold})
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// similar binds x SIMILAR TO pattern, which is a function.
func (x *env) similar(v, p bound.Expr, e *ast.Like) bound.Expr {
	if e.Escape != nil {
		x.b.errSimilarEscape(e.Escape.Span())
		x.ok = false
		return nil
	}
	f, _ := findFunc("similar_to")
	out := x.resolve(f, []bound.Expr{v, p}, e.Loc, e.Pattern.Span())
	if out == nil {
		x.ok = false
		return nil
	}
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// goodPattern reports whether no escape stands at the end of a pattern.
func goodPattern(p, escape string) bool {
	if escape == "" {
		return true
	}
	for p != "" {
		if strings.HasPrefix(p, escape) {
			p = p[len(escape):]
			if p == "" {
				return false
			}
		}
		r := []rune(p)
		p = string(r[1:])
	}
	return true
}
