package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

const windowPath = runtimePath + "/window"

// windows continues with the row and its window, or once for each of its windows.
func (l *queryLowering) windows(b *body, n *plan.Windows, consume consumer) {
	w := n.Window
	b.clause(w.SQL, n.Loc.Start)
	at := b.env.time // a column that the window names is the event time
	b.checkFault(n.Loc.Start)
	outer := b.env
	defer func() { b.env = outer }()
	inner := &env{cols: map[*bound.Col]*binding{}, time: outer.time, start: outer.start, end: outer.end}
	for c, bd := range outer.cols {
		inner.cols[c] = bd
	}
	b.env = inner
	bind := func(c *bound.Col, name string, x p.Expr) p.Expr {
		x = b.named(name, x)
		inner.cols[c] = &binding{val: value{x: x}, done: true}
		return x
	}
	floor := func(size, offset int64) p.Expr {
		return call(windowPath, "Floor", at, intLit(size), intLit(offset))
	}
	if w.Kind == bound.Tumbling {
		start := bind(w.Start, "windowStart", floor(w.Size, w.Offset))
		bind(w.End, "windowEnd", binary("+", start, intLit(w.Size)))
		consume(b)
		return
	}
	i := b.names.pick("i")
	loop := &p.For{Index: i, Value: "_", Rows: true}
	if w.Kind == bound.Hopping {
		first := b.named("firstStart", binary("+", floor(w.Advance, w.Offset+w.Size), intLit(w.Advance-w.Size)))
		loop.X = call(windowPath, "Hops", at, intLit(w.Size), intLit(w.Advance), intLit(w.Offset))
		loop.Body = b.nested(func() {
			start := bind(w.Start, "windowStart", binary("+", first, binary("*", v(i), intLit(w.Advance))))
			bind(w.End, "windowEnd", binary("+", start, intLit(w.Size)))
			consume(b)
		})
	} else {
		bind(w.Start, "windowStart", floor(w.Size, w.Offset))
		first := b.named("firstEnd", binary("+", floor(w.Advance, w.Offset), intLit(w.Advance)))
		loop.X = call(windowPath, "Steps", at, intLit(w.Advance), intLit(w.Size), intLit(w.Offset))
		loop.Body = b.nested(func() {
			bind(w.End, "windowEnd", binary("+", first, binary("*", v(i), intLit(w.Advance))))
			consume(b)
		})
	}
	b.add(loop)
}
