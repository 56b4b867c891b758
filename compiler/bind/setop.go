package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// setOp binds UNION, INTERSECT and EXCEPT, with and without ALL.
func (b *binder) setOp(s *ast.SetOp, env *ctes, emit *ast.Emit) bound.Query {
	if s.Op != "UNION" && emit != nil && emit.Mode != "FINAL" {
		b.errMisplaced(emit.Loc, "EMIT "+emit.Mode, s.Op, "leave it out; what "+s.Op+" gives is known when its inputs have ended")
		return nil
	}
	var inputs []bound.Query
	var spans []source.Span
	ok := true
	for _, operand := range operands(s) {
		q, keys := b.body(operand, env, tail{emit: inputEmit(operand, emit), operand: true})
		if len(keys) > 0 {
			b.errMisplaced(operand.Span(), "PRIMARY KEY", "an operand of "+s.Op, "name the key in PRIMARY KEY (..) of the statement")
			ok = false
		}
		ok = ok && q != nil
		inputs, spans = append(inputs, q), append(spans, operand.Span())
	}
	if !ok {
		return nil
	}
	if s.Op != "UNION" {
		return b.matching(s, inputs, spans)
	}
	u := b.union(s, inputs, spans)
	switch {
	case u == nil:
		return nil
	case s.All:
		return u
	}
	sel := b.over(u, s.Loc)
	sel.Distinct, sel.DistinctLoc = true, s.OpLoc
	return sel
}

// inputEmit is the EMIT of a union as its operand gets it: a query in
// parentheses has its own.
func inputEmit(operand ast.QueryBody, emit *ast.Emit) *ast.Emit {
	if _, nested := operand.(*ast.Nested); nested {
		return nil
	}
	return emit
}

// operands flattens a chain of UNION or UNION ALL.
func operands(s *ast.SetOp) []ast.QueryBody {
	if s.Op != "UNION" {
		return []ast.QueryBody{s.Left, s.Right}
	}
	if l, ok := s.Left.(*ast.SetOp); ok && l.Op == "UNION" && (l.All && s.All || !s.All && !l.All) {
		return append(operands(l), s.Right)
	}
	return []ast.QueryBody{s.Left, s.Right}
}

// union gives the inputs common columns.
func (b *binder) union(s *ast.SetOp, inputs []bound.Query, spans []source.Span) *bound.Union {
	first := inputs[0].Out()
	want := make([]types.Type, len(first))
	null := make([]bool, len(first))
	for i, c := range first {
		want[i] = c.Type
	}
	ok := true
	for n, q := range inputs {
		out := q.Out()
		if len(out) != len(first) {
			b.errUnionCount(s.Op, spans[n], len(out), len(first), spans[0])
			return nil
		}
		for i, c := range out {
			t, good := types.Common(want[i], c.Type)
			if !good {
				b.errUnionType(s.Op, c, first[i], i)
				ok = false
				continue
			}
			want[i] = b.intern(t, c.Name)
			null[i] = null[i] || c.Nullable
		}
	}
	if !ok {
		return nil
	}
	for i := range want {
		if want[i].Kind == types.Null {
			want[i] = types.Of(types.String)
		}
	}
	u := &bound.Union{Loc: s.Loc, What: "UNION ALL"}
	for i, c := range first {
		u.Cols = append(u.Cols, b.col(c.Name, want[i], null[i], c.Loc, c.SQL))
	}
	for _, q := range inputs {
		u.Inputs = append(u.Inputs, b.retype(q, want))
	}
	return u
}

// matching binds INTERSECT and EXCEPT as a grouping of both inputs by all their
// columns, which counts the rows of each side:
//
//	SELECT .. FROM (SELECT .., TRUE FROM left UNION ALL SELECT .., FALSE FROM right)
//	GROUP BY .. HAVING left > 0 AND right > 0
//
// It is complete when the inputs have ended; groups inside them are final.
func (b *binder) matching(s *ast.SetOp, inputs []bound.Query, spans []source.Span) bound.Query {
	for _, q := range inputs {
		if at, ok := changing(q); ok {
			b.errMisplaced(at, "EMIT CHANGES", "an operand of "+s.Op, "leave it out; what "+s.Op+" gives is known when its inputs have ended")
			return nil
		}
		finish(q)
	}
	u := b.union(s, inputs, spans)
	if u == nil {
		return nil
	}
	u.What = s.Op
	side := b.col("left", boolean, false, s.OpLoc, "from the left input")
	cols := u.Cols
	u.Cols = append(cols[:len(cols):len(cols)], side)
	for i, q := range u.Inputs {
		sel := b.over(q, spans[i])
		sel.Items = append(sel.Items, bound.Computed{
			Col:  b.col("left", boolean, false, s.OpLoc, ""),
			Expr: &bound.Const{Node: node(boolean, false, s.OpLoc), Bool: i == 0}, Loc: s.OpLoc,
		})
		u.Inputs[i] = sel
	}
	out := &bound.Select{
		Loc: s.Loc, From: &bound.Derived{Query: u, Loc: s.Loc}, Limit: -1,
		Grouped: true, GroupLoc: s.OpLoc, Emit: bound.EmitFinal, EmitLoc: s.OpLoc, HavingLoc: s.OpLoc,
	}
	for _, c := range cols {
		key := b.col(c.Name, c.Type, c.Nullable, c.Loc, c.SQL)
		out.Keys = append(out.Keys, bound.Computed{Col: key, Expr: ref(c, c.Loc), Loc: c.Loc})
		out.Items = append(out.Items, bound.Computed{Col: b.col(c.Name, c.Type, c.Nullable, c.Loc, c.SQL), Expr: ref(key, c.Loc), Loc: c.Loc})
	}
	left := b.counted(out, "left", ref(side, s.OpLoc))
	right := b.counted(out, "right", not(ref(side, s.OpLoc), s.OpLoc))
	zero := &bound.Const{Node: node(types.Of(types.BigInt), false, s.OpLoc)}
	is := func(op bound.Op, x, y bound.Expr) bound.Expr { return operate(op, boolean, false, s.OpLoc, x, y) }
	switch {
	case s.Op == "INTERSECT":
		out.Having = is(bound.And, is(bound.Gt, left, zero), is(bound.Gt, right, zero))
		if s.All {
			out.Repeat = &bound.Extreme{Node: node(types.Of(types.BigInt), false, s.OpLoc), Least: true, Args: []bound.Expr{left, right}}
		}
	case s.All:
		out.Having = is(bound.Gt, left, right)
		out.Repeat = operate(bound.Sub, types.Of(types.BigInt), false, s.OpLoc, left, right)
	default:
		out.Having = is(bound.And, is(bound.Gt, left, zero), is(bound.Eq, right, zero))
	}
	return out
}

// counted adds COUNT(*) FILTER (WHERE cond) to a grouped block.
func (b *binder) counted(s *bound.Select, name string, cond bound.Expr) bound.Expr {
	f, ok := funcs.FindAgg("count")
	if !ok {
		panic("bind: there is no COUNT")
	}
	a := &bound.Agg{Func: f, Star: true, Filter: cond, Loc: s.GroupLoc}
	a.Col = b.col(name, types.Of(types.BigInt), false, s.GroupLoc, "rows of the "+name+" input")
	s.Aggs = append(s.Aggs, a)
	return ref(a.Col, s.GroupLoc)
}

// changing finds an EMIT CHANGES in a query.
func changing(q bound.Query) (source.Span, bool) {
	switch q := q.(type) {
	case *bound.Select:
		if q.Grouped && (q.Emit == bound.EmitChanges || q.Emit == bound.EmitEvery) {
			return q.EmitLoc, true
		}
		if d, ok := q.From.(*bound.Derived); ok {
			return changing(d.Query)
		}
	case *bound.Union:
		for _, in := range q.Inputs {
			if at, ok := changing(in); ok {
				return at, true
			}
		}
	}
	return source.Span{}, false
}

// finish makes the groups of a query final where nothing else is said: what is
// built over it looks at complete results.
func finish(q bound.Query) {
	switch q := q.(type) {
	case *bound.Select:
		if q.Grouped && q.Emit == bound.EmitDefault {
			q.Emit = bound.EmitFinal
		}
		if d, ok := origins(q.From).(*bound.Derived); ok {
			finish(d.Query)
		}
	case *bound.Union:
		for _, in := range q.Inputs {
			finish(in)
		}
	}
}
