package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
)

// lambdaUsage says how the functions that take lambdas are called.
var lambdaUsage = map[string]string{
	"transform": "TRANSFORM(array, x => ..) or TRANSFORM(map, (k, v) => .., (k, v) => ..)",
	"filter":    "FILTER(array, x => ..) or FILTER(map, (k, v) => ..)",
	"reduce":    "REDUCE(array, start, (s, x) => ..) or REDUCE(map, start, (s, k, v) => ..)",
}

// lambdaCall binds a call of a function that takes lambdas. It reports false if
// form is none.
func (x *env) lambdaCall(form string, c *ast.Call) (bound.Expr, bool) {
	usage, ok := lambdaUsage[form]
	if !ok {
		return nil, false
	}
	if len(c.Args) < 2 || c.Star {
		x.b.errArgumentCount(c, usage)
		return nil, true
	}
	from := x.expr(c.Args[0])
	if from == nil {
		return nil, true
	}
	t := from.Type()
	if t.Kind != types.Array && t.Kind != types.Map {
		x.b.errNoElements(from, c, usage)
		return nil, true
	}
	e := &bound.Each{Node: node(t, from.Nullable(), c.Loc), X: from}
	want := 2
	if form == "reduce" || form == "transform" && t.Kind == types.Map {
		want = 3
	}
	if len(c.Args) != want {
		x.b.errArgumentCount(c, usage)
		return nil, true
	}
	switch form {
	case "transform":
		ok = x.transform(e, c)
	case "filter":
		ok = x.filter(e, c)
	case "reduce":
		ok = x.reduce(e, c)
	}
	if !ok {
		return nil, true
	}
	return e, true
}

func (x *env) transform(e *bound.Each, c *ast.Call) bool {
	t := e.X.Type()
	if e.Body = x.lambda(e, c.Args[1], nil); e.Body == nil {
		return false
	}
	e.Body = x.b.typedNull(e.Body)
	if t.Kind == types.Array {
		e.T = x.b.intern(types.ArrayOf(e.Body.Type()), x.structHint())
		return true
	}
	params := e.Params
	e.Params = nil
	if e.Value = x.lambda(e, c.Args[2], nil); e.Value == nil {
		return false
	}
	e.Value = x.b.typedNull(renamed(e.Value, e.Params, params))
	e.Params = params
	if e.Body.Type().IsNested() {
		x.b.errMapKey(e.Body.Span(), e.Body.Type())
		return false
	}
	e.T = x.b.intern(types.MapOf(e.Body.Type(), e.Value.Type()), x.structHint())
	return true
}

// renamed replaces the parameters of a lambda by those of another.
func renamed(e bound.Expr, from, to []*bound.Col) bound.Expr {
	return rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		if r, ok := e.(*bound.Ref); ok {
			for i, p := range from {
				if r.Col == p {
					return ref(to[i], r.Loc), true
				}
			}
		}
		return nil, false
	})
}

func (x *env) filter(e *bound.Each, c *ast.Call) bool {
	e.Form = bound.Filter
	cond := x.lambda(e, c.Args[1], nil)
	if cond == nil {
		return false
	}
	if e.Body = x.b.convert(cond, types.Of(types.Boolean), false); e.Body == nil {
		x.b.errNotBoolean(cond, "the lambda of FILTER")
		return false
	}
	return true
}

// reduce binds REDUCE. The result has the type in which the start and what the
// lambda makes of it meet.
func (x *env) reduce(e *bound.Each, c *ast.Call) bool {
	e.Form = bound.Reduce
	init := x.expr(c.Args[1])
	if init == nil {
		return false
	}
	t := init.Type()
	for range 2 {
		e.Params = nil
		e.State = x.b.lambdaCol("state", t)
		if e.Body = x.lambda(e, c.Args[2], e.State); e.Body == nil {
			return false
		}
		next, ok := types.Common(t, e.Body.Type())
		if !ok || next.Equal(t) || next.Kind == types.Decimal && t.Kind == types.Decimal {
			break
		}
		t = x.b.intern(next, x.structHint())
	}
	if t.Kind == types.Null {
		t = types.Of(types.String)
		e.State.Type = t
	}
	e.Init = x.b.castTo(init, t, true)
	if !e.Body.Type().Equal(t) {
		if common, ok := types.Common(t, e.Body.Type()); !ok || !types.CanCast(e.Body.Type(), t) || common.Kind == types.Decimal && t.Kind != types.Decimal {
			x.b.errMeet(e.Body, init, "the start and the lambda of REDUCE")
			return false
		}
		e.Body = x.b.castPart(e.Body, t, false)
	}
	e.T, e.Null = t, true
	return true
}

// typedNull makes a NULL without a type a text.
func (b *binder) typedNull(e bound.Expr) bound.Expr {
	if e.Type().Kind == types.Null {
		return b.castTo(e, types.Of(types.String), true)
	}
	return e
}

// lambda binds the body of a lambda over the elements of e.X, whose parameters
// it makes. state stands before them if it is not nil.
func (x *env) lambda(e *bound.Each, arg ast.Expr, state *bound.Col) bound.Expr {
	l, ok := unparen(arg).(*ast.Lambda)
	if !ok {
		x.b.errNoLambda(arg.Span())
		return nil
	}
	t := e.X.Type()
	var params []*bound.Col
	if state != nil {
		params = append(params, state)
	}
	if t.Kind == types.Map {
		k := x.b.lambdaCol("key", *t.Key)
		k.Nullable = false
		e.Params = append(e.Params, k)
	}
	e.Params = append(e.Params, x.b.lambdaCol("item", *t.Elem))
	params = append(params, e.Params...)
	if len(l.Params) != len(params) {
		x.b.errLambdaParams(l, len(params), t)
		return nil
	}
	for i, id := range l.Params {
		for _, old := range l.Params[:i] {
			if same(id, old.Name) {
				x.b.errDuplicateColumn(id.Loc, id.Name, old.Loc)
				return nil
			}
		}
		params[i].Name, params[i].Loc = id.Name, id.Loc
	}
	inner := *x
	inner.params = append(x.params[:len(x.params):len(x.params)], params...)
	return inner.expr(l.Body)
}

// anyOfArray binds x op ANY (array) and x op ALL (array): some comparison with an
// element is true, or all are, NULL where only NULLs keep that from being known.
func (x *env) anyOfArray(q *ast.Quantified) bound.Expr {
	v, a := x.expr(q.X), x.expr(q.Array)
	if v == nil || a == nil {
		return nil
	}
	if a.Type().Kind != types.Array {
		x.b.errNotIndexed(a, q.Loc)
		return nil
	}
	state, item := x.b.lambdaCol("known", boolean), x.b.lambdaCol("item", *a.Type().Elem)
	each := x.b.compare(comparisons[q.Op], v, ref(item, q.Array.Span()), q.Loc, q.Loc, q.Op)
	if each == nil {
		return nil
	}
	op := bound.Or
	if q.All {
		op = bound.And
	}
	e := &bound.Each{
		Node: node(boolean, true, q.Loc), Form: bound.Reduce, X: a, Params: []*bound.Col{item}, State: state, Init: boolConst(q.All, q.Loc),
		Body: operate(op, boolean, true, q.Loc, ref(state, q.Loc), each),
	}
	if !a.Nullable() {
		return e
	}
	null := &bound.Const{Node: node(boolean, true, q.Loc), IsNull: true}
	return &bound.Case{Node: node(boolean, true, q.Loc), Whens: []bound.When{{Cond: isNull(a), Then: null}}, Else: e}
}
