package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// attempt lowers an expression whose failure is NULL: what failed is asked for at
// once, and cleared, instead of before the next change of state.
//
//	c := sqlfn.AddInt32(f, in.a, 1)
//	cFailed := f.Clear()
func (b *body) attempt(e *bound.Attempt, name string) value {
	outer := b.failed
	switch {
	case b.pending && outer != nil: // what came before fails the whole around this
		b.pending = false
		b.add(&p.If{Cond: method(v("f"), "Clear"), Then: []p.Step{&p.Assign{LHS: outer, Op: "=", RHS: yes}}})
	default:
		if b.pending && b.settleRow != nil {
			b.settleRow() // they are computed before it is asked whether they failed
		}
		b.checkFault(e.Loc.Start) // of what came before, which is not attempted
	}
	b.failed = nil
	if attempts(e.X) {
		n := b.names.pick(name + "Broken")
		b.add(&p.Declare{Name: n, Type: builtin("bool")})
		b.failed = v(n)
	}
	x := b.expr(e.X, name)
	failed := p.Expr(nil)
	if b.failed != nil {
		failed = b.failed
	}
	b.failed = outer
	if !b.pending && failed == nil {
		return x
	}
	x.x = b.let(name, x.x)
	if b.pending {
		b.pending = false
		n := b.names.pick(name + "Failed")
		b.add(&p.Let{Name: n, X: method(v("f"), "Clear")})
		failed = p.Or(failed, v(n))
	}
	x.null = p.Or(x.null, failed)
	if e.T.Kind == types.Boolean { // a NULL is false
		x.x = p.And(p.Not(failed), x.x)
	}
	return x
}

// attempts reports an expression that holds attempts.
func attempts(e bound.Expr) bool {
	found := false
	bound.Walk(e, func(e bound.Expr) {
		_, ok := e.(*bound.Attempt)
		found = found || ok
	})
	return found
}
