package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
)

// attemptAll makes the expressions of a block NULL where they fail, in a dialect
// where they do not fail the record: each item of the select list, each argument
// of an aggregate and each condition for itself.
func (k *block) attemptAll() {
	if !k.b.rules.FailuresAreNull || !k.ok {
		return
	}
	sel := k.sel
	if sel.Where != nil {
		sel.Where = k.b.attempt(sel.Where)
	}
	if sel.Having != nil {
		sel.Having = k.b.attempt(sel.Having)
	}
	for _, a := range sel.Aggs {
		for i, arg := range a.Args {
			a.Args[i] = k.b.attempt(arg)
		}
	}
	for i := range sel.Items {
		it := &sel.Items[i]
		it.Expr = k.b.attempt(it.Expr)
		it.Col.Nullable = it.Col.Nullable || it.Expr.Nullable()
	}
}

// attempt is an expression that is NULL where it would fail, in a dialect that
// says so.
func (b *binder) attempt(e bound.Expr) bound.Expr {
	if !b.rules.FailuresAreNull || !mayFail(e) {
		return e
	}
	e = rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		n, ok := e.(*bound.Build)
		if !ok {
			return nil, false
		}
		c := *n // a part that fails is NULL, not the whole
		c.Args = make([]bound.Expr, len(n.Args))
		for i, a := range n.Args {
			c.Args[i] = b.attempt(a)
		}
		return &c, true
	})
	return &bound.Attempt{Node: node(e.Type(), true, e.Span()), X: e}
}

// attemptCall is a call that is NULL where it fails, in a dialect where a function
// that fails gives NULL to what is around it.
func (b *binder) attemptCall(c *bound.Call) bound.Expr {
	if !b.rules.FailuresAreNull || !c.Overload.Go.Fault {
		return c
	}
	return &bound.Attempt{Node: node(c.T, true, c.Loc), X: c}
}

// mayFail reports an expression with a part that can fail on a row.
func mayFail(e bound.Expr) bool {
	fails := false
	rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		switch e := e.(type) {
		case *bound.Attempt:
			return e, true
		case *bound.Operate:
			fails = fails || operatorFails(e)
		case *bound.Cast:
			fails = fails || !e.Try && types.CastFails(e.X.Type(), e.T)
		case *bound.Call:
			fails = fails || e.Overload.Go.Fault || e.T.Kind == types.Decimal
		case *bound.Build, *bound.Item:
			fails = true
		}
		return nil, fails
	})
	return fails
}

// operatorFails reports an operator whose result may be out of the range of its
// type.
func operatorFails(e *bound.Operate) bool {
	switch e.Op {
	case bound.Add, bound.Sub, bound.Mul, bound.Neg, bound.IntDiv, bound.Div:
		return e.T.Kind != types.Double && e.T.Kind != types.Float
	case bound.Pow:
		return true
	}
	return false
}
