package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// A firm value is the zero value of its type where it is NULL. Most values are;
// NULL + 5 is computed as 0 + 5 and is not. Where that could show, because the
// value is compared with its NULLs or is part of a key, or fail, because it is
// computed with, it is made firm first.

// firmly lowers an expression to a firm value.
func (b *body) firmly(e bound.Expr, name string) value {
	return b.firmed(e, b.expr(e, name), name)
}

// firmed makes the value of an expression firm.
func (b *body) firmed(e bound.Expr, val value, name string) value {
	if val.null == nil || b.firm(e) {
		return val
	}
	val.null = b.nullFlag(val, name)
	val.x = b.guarded(name, e.Type(), val.null, func() p.Expr { return val.x })
	return val
}

// firm reports that the value of an expression surely is firm.
func (b *body) firm(e bound.Expr) bool {
	if !e.Nullable() {
		return true
	}
	switch e := e.(type) {
	case *bound.Ref:
		bd := b.env.cols[e.Col]
		if bd == nil || bd.expr == nil {
			return bd == nil || !bd.loose
		}
		saved := b.env
		b.env = bd.env
		ok := b.firm(bd.expr)
		b.env = saved
		return ok
	case *bound.Operate:
		switch e.Op {
		case bound.Add, bound.Concat:
			return false
		case bound.Sub:
			return e.X.Nullable() && !e.Y.Nullable() // lowered behind a test
		case bound.Mul, bound.Div, bound.IntDiv, bound.Mod:
			return b.firm(e.X) && b.firm(e.Y)
		case bound.Neg:
			return b.firm(e.X)
		}
	case *bound.Cast:
		return !e.Try && b.firm(e.X)
	case *bound.Attempt:
		return false
	case *bound.Call:
		return !e.Overload.Go.OrNull
	case *bound.Field:
		return true
	case *bound.Item, *bound.Each:
		return false
	case *bound.Extreme:
		for _, a := range e.Args {
			if !b.firm(a) {
				return false
			}
		}
	case *bound.Case:
		for _, w := range e.Whens {
			if !b.firm(w.Then) {
				return false
			}
		}
		return b.firm(e.Else)
	}
	return true
}
