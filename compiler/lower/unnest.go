package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
)

// unnest continues with a row for each element of arrays. A row that fails is
// rejected alone.
func (l *queryLowering) unnest(b *body, n *plan.Unnest, consume consumer) {
	b.clause(oneLine(l.pl.plan.Bound.File.Slice(n.Loc), ""), n.Loc.Start)
	froms := make([]p.Expr, len(n.Arrays))
	for i, a := range n.Arrays {
		name := unexported(n.Cols[0].Name) + "s"
		froms[i] = b.named(name, b.firmly(a, name).x)
		b.markUsed(froms[i])
	}
	b.checkFault(n.Loc.Start)
	inner := &env{cols: map[*bound.Col]*binding{}, time: b.env.time}
	for c, bd := range b.env.cols {
		inner.cols[c] = bd
	}
	i := b.names.pick("i")
	loop := &p.For{Index: i, Value: "_", Rows: true}
	outer := b.env
	b.env = inner
	loop.Body = b.nested(func() {
		if len(froms) == 1 && !n.Outer {
			loop.X = b.bindElements(loop, n, froms[0])
		} else {
			loop.X = b.bindPadded(n, froms, i)
		}
		if n.Ordinality != nil {
			inner.cols[n.Ordinality] = &binding{val: value{x: conv(builtin("int64"), binary("+", v(i), lit("1")))}, done: true}
		}
		consume(b)
	})
	b.env = outer
	b.add(loop)
}

// bindElements binds the columns of the only array or map to the elements of a
// loop, and returns what the loop is over.
func (b *body) bindElements(loop *p.For, n *plan.Unnest, from p.Expr) p.Expr {
	loop.Value = b.names.pick(unexported(n.Cols[len(n.Cols)-1].Name))
	array := from
	if n.Arrays[0].Type().Kind == types.Map {
		array = field(from, "Values")
		key := &p.Elem{X: field(from, "Keys"), I: v(loop.Index)}
		b.env.cols[n.Cols[0]] = &binding{val: value{x: key}, done: true}
	}
	b.env.cols[n.Cols[len(n.Cols)-1]] = &binding{val: value{v(loop.Value), method(array, "IsNull", v(loop.Index))}, done: true}
	return field(array, "Items")
}

// bindPadded binds the columns of several arrays, the shorter ones filled up with
// NULL, and returns the length of the longest: at least 1 where a row without
// elements stays.
func (b *body) bindPadded(n *plan.Unnest, froms []p.Expr, i string) p.Expr {
	at := conv(builtin("int64"), binary("+", v(i), lit("1")))
	var lengths []p.Expr
	bind := func(c *bound.Col, array p.Expr) {
		name := b.names.pick(unexported(c.Name))
		ok := b.names.pick(name + "OK")
		b.add(&p.Let{Name: name, OK: ok, X: method(array, "At", at)})
		b.env.cols[c] = &binding{val: value{v(name), p.Not(v(ok))}, done: true}
	}
	col := 0
	for k, a := range n.Arrays {
		array := froms[k]
		if a.Type().Kind == types.Map {
			bind(n.Cols[col], method(array, "KeyArray"))
			col++
			array = field(array, "Values")
		}
		bind(n.Cols[col], array)
		col++
		lengths = append(lengths, call("", "len", field(array, "Items")))
	}
	if n.Outer {
		lengths = append(lengths, lit("1"))
	}
	if len(lengths) == 1 {
		return lengths[0]
	}
	return call("", "max", lengths...)
}
