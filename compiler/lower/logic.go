package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// logic lowers a BOOLEAN expression to a value with three-valued logic: the Go
// value is "is true", NULL is what is neither true nor false.
func (b *body) logic(e bound.Expr, name string) value {
	if !e.Nullable() {
		return value{x: b.isTrue(e)}
	}
	if o, ok := e.(*bound.Operate); ok {
		switch o.Op {
		case bound.And, bound.Or:
			x, y := b.flagged(o.X, name), b.flagged(o.Y, name)
			var t, f p.Expr
			if o.Op == bound.And {
				t, f = p.And(x.x, y.x), p.Or(isFalse(x), isFalse(y))
			} else {
				t, f = p.Or(x.x, y.x), p.And(isFalse(x), isFalse(y))
			}
			tv, fv := b.let(name, t), b.let(name+"False", f)
			return value{tv, p.And(p.Not(tv), p.Not(fv))}
		case bound.Not:
			x := b.flagged(o.X, name)
			return value{b.let(name, isFalse(x)), x.null}
		case bound.Eq, bound.Ne, bound.Lt, bound.Le, bound.Gt, bound.Ge:
			x, y := b.expr(o.X, name), b.expr(o.Y, name)
			null := p.Or(b.nullFlag(x, name), b.nullFlag(y, name))
			cmp := b.compareOp(goOp[o.Op], x.x, y.x, o.X.Type())
			return value{b.maskBool(cmp, null), null}
		}
	}
	if in, ok := e.(*bound.In); ok {
		return b.logic(b.inAsOr(in), name)
	}
	return b.expr(e, name)
}

// flagged is a BOOLEAN value whose parts may be repeated.
func (b *body) flagged(e bound.Expr, name string) value {
	x := b.expr(e, name)
	x.x = b.let(name, x.x)
	x.null = b.nullFlag(x, name)
	return x
}

func isFalse(x value) p.Expr {
	if x.null == nil {
		return p.Not(x.x)
	}
	return p.And(p.Not(x.x), p.Not(x.null))
}

// isTrue lowers a condition to a Go condition that holds where it is TRUE.
func (b *body) isTrue(e bound.Expr) p.Expr {
	o, ok := e.(*bound.Operate)
	if !ok {
		if in, ok := e.(*bound.In); ok {
			return b.isTrue(b.inAsOr(in))
		}
		return b.expr(e, "cond").x
	}
	switch o.Op {
	case bound.And, bound.Or:
		return b.shortCircuit(o)
	case bound.Not:
		return b.isNotTrueOperand(o.X)
	case bound.IsNull:
		x := b.expr(o.X, "value")
		if x.null == nil {
			return no
		}
		return x.null
	case bound.IsTrue:
		return b.isTrue(o.X)
	case bound.IsFalse:
		return isFalse(b.flagged(o.X, "cond"))
	case bound.NotDistinct:
		return b.notDistinct(o)
	case bound.Eq, bound.Ne, bound.Lt, bound.Le, bound.Gt, bound.Ge:
		x, y := b.expr(o.X, "left"), b.expr(o.Y, "right")
		cmp := b.compareOp(goOp[o.Op], x.x, y.x, o.X.Type())
		return b.maskBool(b.maskBool(cmp, y.null), x.null)
	}
	return b.expr(e, "cond").x
}

// isNotTrueOperand lowers NOT x to a condition: x is FALSE.
func (b *body) isNotTrueOperand(e bound.Expr) p.Expr {
	if !e.Nullable() {
		return p.Not(b.isTrue(e))
	}
	if o, ok := e.(*bound.Operate); ok && isComparison(o.Op) {
		x, y := b.expr(o.X, "left"), b.expr(o.Y, "right")
		cmp := p.Not(b.compareOp(goOp[o.Op], x.x, y.x, o.X.Type()))
		return b.maskBool(b.maskBool(cmp, y.null), x.null)
	}
	return isFalse(b.flagged(e, "cond"))
}

func isComparison(op bound.Op) bool { return op >= bound.Eq && op <= bound.Ge }

// shortCircuit lowers AND and OR so that the right side is evaluated only if
// the left side does not decide.
func (b *body) shortCircuit(o *bound.Operate) p.Expr {
	left := b.isTrue(o.X)
	var right p.Expr
	steps := b.nested(func() { right = b.isTrue(o.Y) })
	and := o.Op == bound.And
	if len(steps) == 0 {
		if and {
			return p.And(left, right)
		}
		return p.Or(left, right)
	}
	n := b.names.pick("cond")
	b.add(&p.Let{Name: n, X: left})
	steps = append(steps, &p.Assign{LHS: v(n), Op: "=", RHS: right})
	cond := p.Expr(v(n))
	if !and {
		cond = p.Not(cond)
	}
	b.add(&p.If{Cond: cond, Then: steps})
	return v(n)
}

// notDistinct lowers x IS NOT DISTINCT FROM y.
func (b *body) notDistinct(o *bound.Operate) p.Expr {
	x, y := b.firmly(o.X, "left"), b.firmly(o.Y, "right")
	x.x, y.x = b.let("left", x.x), b.let("right", y.x)
	eq := b.compareOp("==", x.x, y.x, o.X.Type())
	switch {
	case x.null == nil && y.null == nil:
		return eq
	case x.null == nil:
		return p.And(p.Not(y.null), eq)
	case y.null == nil:
		return p.And(p.Not(x.null), eq)
	}
	xn, yn := b.let("leftNull", x.null), b.let("rightNull", y.null)
	// NULLs have the zero value, so values and flags must both agree
	return p.And(binary("==", xn, yn), eq)
}

// inAsOr turns x IN (a, b) into x = a OR x = b with x computed once.
func (b *body) inAsOr(e *bound.In) bound.Expr {
	x := b.expr(e.X, "item")
	val := value{x: b.let("item", x.x), null: b.nullFlag(x, "item")}
	c := &bound.Col{Name: "item", Type: e.X.Type(), Nullable: e.X.Nullable()}
	b.env.cols[c] = &binding{val: val, done: true}
	ref := &bound.Ref{Node: bound.Node{T: e.X.Type(), Null: e.X.Nullable(), Loc: e.X.Span()}, Col: c}
	var or bound.Expr
	for _, item := range e.List {
		null := ref.Null || item.Nullable()
		var eq bound.Expr = &bound.Operate{Node: bound.Node{T: e.T, Null: null, Loc: e.Loc}, Op: bound.Eq, X: ref, Y: item}
		if or != nil {
			eq = &bound.Operate{Node: bound.Node{T: e.T, Null: null || or.Nullable(), Loc: e.Loc}, Op: bound.Or, X: or, Y: eq}
		}
		or = eq
	}
	return or
}

var goOp = map[bound.Op]string{bound.Eq: "==", bound.Ne: "!=", bound.Lt: "<", bound.Le: "<=", bound.Gt: ">", bound.Ge: ">="}

// compareOp compares two non-null values of one type.
func (b *body) compareOp(op string, x, y p.Expr, t types.Type) p.Expr {
	if lx, ok := x.(*p.Lit); ok {
		if ly, ok := y.(*p.Lit); ok && lx.Text == ly.Text {
			// a literal compared with itself, which linters rightly dislike
			if op == "==" || op == "<=" || op == ">=" {
				return yes
			}
			return no
		}
	}
	if l, ok := x.(*p.Lit); ok {
		if r, ok := y.(*p.Lit); ok && l.Text == r.Text { // WHERE 1 = 1
			if op == "==" || op == "<=" || op == ">=" {
				return yes
			}
			return no
		}
	}
	switch t.Kind {
	case types.Boolean:
		if op == "==" || op == "!=" {
			return binary(op, x, y)
		}
		return binary(op, call(sqlfnPath, "BoolRank", x), call(sqlfnPath, "BoolRank", y))
	case types.Float, types.Double:
		return compareFloat(op, x, y, t)
	case types.Bytes:
		return ordered(op, call("bytes", "Compare", x, y), lit("0"))
	case types.Decimal:
		if t.Wide() {
			return ordered(op, method(x, "Cmp", y), lit("0"))
		}
	case types.Interval:
		return ordered(op, call(sqltimePath, "Compare", x, y), lit("0"))
	case types.Array, types.Map, types.Struct, types.JSON:
		return ordered(op, &p.TypeCall{Op: p.OpCompare, T: t, Args: []p.Expr{x, y}}, lit("0"))
	}
	return ordered(op, x, y)
}

// ordered is a comparison of values with a total order.
func ordered(op string, x, y p.Expr) p.Expr { return &p.Binary{Op: op, X: x, Y: y, Total: true} }

// compareFloat compares floats; NaN equals itself and orders last, unless one
// side is a constant, which is never NaN and needs care only on one side.
func compareFloat(op string, x, y p.Expr, t types.Type) p.Expr {
	if t.Kind == types.Float {
		x, y = conv(builtin("float64"), x), conv(builtin("float64"), y)
	}
	_, constY := y.(*p.Lit)
	_, constX := x.(*p.Lit)
	switch op {
	case "==", "!=":
		if constX || constY {
			return binary(op, x, y)
		}
		eq := call(sqlfnPath, "EqFloat", x, y)
		if op == "!=" {
			return p.Not(eq)
		}
		return eq
	case "<":
		if constY {
			return binary(op, x, y) // NaN < c is false both ways
		}
		return call(sqlfnPath, "LessFloat", x, y)
	case "<=":
		if constY {
			return binary(op, x, y)
		}
		return p.Not(call(sqlfnPath, "LessFloat", y, x))
	case ">":
		if constX {
			return binary(op, x, y)
		}
		return call(sqlfnPath, "LessFloat", y, x)
	default:
		if constX {
			return binary(op, x, y)
		}
		return p.Not(call(sqlfnPath, "LessFloat", x, y))
	}
}
