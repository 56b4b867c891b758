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
	b.checkFault(e.Loc.Start) // of what came before, which is not attempted
	x := b.expr(e.X, name)
	if !b.pending {
		return x
	}
	b.pending = false
	x.x = b.let(name, x.x)
	failed := b.names.pick(name + "Failed")
	b.add(&p.Let{Name: failed, X: method(v("f"), "Clear")})
	x.null = p.Or(x.null, v(failed))
	if e.T.Kind == types.Boolean { // a NULL is false
		x.x = p.And(p.Not(v(failed)), x.x)
	}
	return x
}
