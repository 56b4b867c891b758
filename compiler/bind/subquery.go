package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// A subquery in an expression becomes a relation of its own, with a row per key,
// that is computed to its end before the query around it begins, and a look-up in
// that relation. The key is what the subquery is correlated by, and for IN the
// value that is looked for.

// inner is a bound subquery.
type inner struct {
	query bound.Query
	corr  *correlation
	cols  []*bound.Col // of the select list
	keys  []*bound.Col // of the correlation, parallel to corr.pairs
	loc   source.Span
}

// inner binds a subquery whose select list has n columns (-1: any number).
func (x *env) inner(q *ast.Query, n int) *inner {
	if q.Emit != nil && q.Emit.Mode != "FINAL" {
		x.b.errMisplaced(q.Emit.Loc, "EMIT "+q.Emit.Mode, "a subquery in an expression", "leave it out; the subquery is complete before it is looked up")
		return nil
	}
	c := &correlation{env: x, cols: map[*bound.Col]bool{}}
	bq := x.b.subqueryIn(q, x.ctes, c)
	if bq == nil {
		return nil
	}
	if at, ok := changing(bq); ok {
		x.b.errMisplaced(at, "EMIT CHANGES", "a subquery in an expression", "leave it out; the subquery is complete before it is looked up")
		return nil
	}
	finish(bq)
	out := bq.Out()
	in := &inner{query: bq, corr: c, loc: q.Loc}
	in.cols, in.keys = out[:len(out)-len(c.pairs)], out[len(out)-len(c.pairs):]
	if n >= 0 && len(in.cols) != n {
		x.b.diags.Err(diag.SubqueryColumns, q.Loc, fmt.Sprintf("the subquery has %s, its place takes %d", plural(len(in.cols), "column"), n), "select what is compared")
		return nil
	}
	return in
}

// relation makes the relation of a subquery: grouped by the correlation and more
// keys, with aggregates as its values. The first columns are the keys.
func (x *env) relation(in *inner, more []bound.Expr, aggs ...*bound.Agg) *bound.Relation {
	b := x.b
	s := &bound.Select{
		Loc: in.loc, From: &bound.Derived{Query: in.query, Loc: in.loc}, Limit: -1,
		Grouped: true, GroupLoc: in.loc, Emit: bound.EmitFinal, EmitLoc: in.loc, Aggs: aggs,
	}
	var keys []bound.Expr
	for _, c := range in.keys {
		keys = append(keys, ref(c, in.loc))
	}
	for i, e := range append(keys, more...) {
		if e.Nullable() {
			present(s, e)
		}
		name := fmt.Sprintf("key_%d", i+1)
		if r, ok := e.(*bound.Ref); ok {
			name = r.Col.Name
		}
		key := b.col(name, e.Type(), e.Nullable(), in.loc, "")
		s.Keys = append(s.Keys, bound.Computed{Col: key, Expr: e, Loc: in.loc})
		// which WHERE has made not NULL
		s.Items = append(s.Items, bound.Computed{Col: b.col(name, e.Type(), false, in.loc, ""), Expr: ref(key, in.loc), Loc: in.loc})
	}
	for _, a := range aggs {
		s.Items = append(s.Items, bound.Computed{Col: b.col(a.Col.Name, a.Col.Type, a.Col.Nullable, in.loc, a.Col.SQL), Expr: ref(a.Col, in.loc), Loc: in.loc})
	}
	rel := x.innerRelation(s, in.loc)
	for i := range s.Keys {
		rel.Key = append(rel.Key, i)
	}
	return rel
}

// present adds to WHERE that a key is not NULL: NULL equals nothing.
func present(s *bound.Select, key bound.Expr) {
	cond := not(operate(bound.IsNull, boolean, false, key.Span(), key, nil), key.Span())
	if s.Where == nil {
		s.Where, s.WhereLoc = cond, key.Span()
		return
	}
	s.Where = logical(false, s.Where, cond, s.WhereLoc)
}

func (x *env) innerRelation(q bound.Query, loc source.Span) *bound.Relation {
	rel := &bound.Relation{Name: x.b.queryName("subquery", 1), Kind: bound.Inner, Query: q, Cols: q.Out(), Loc: loc, NameLoc: loc}
	x.b.prog.Relations = append(x.b.prog.Relations, rel)
	return rel
}

// agg makes an aggregate over a column of a subquery; without a column it counts
// rows.
func (x *env) agg(name string, in *inner, arg *bound.Col) *bound.Agg {
	f, ok := funcs.FindAgg(name)
	if !ok {
		panic("bind: there is no aggregate " + name)
	}
	a := &bound.Agg{Func: f, Loc: in.loc}
	if arg == nil {
		a.Star = true
		a.Col = x.b.col("rows", types.Of(types.BigInt), false, in.loc, "rows of the subquery")
		return a
	}
	call := &ast.Call{Node: ast.Node{Loc: in.loc}, Name: ast.Ident{Loc: in.loc, Name: name}}
	if !x.pickAggregate(a, []bound.Expr{ref(arg, in.loc)}, f.Overloads, call) {
		return nil
	}
	null := a.Overload.Value.OrNull || a.Overload.NullOnEmpty
	a.Col = x.b.col(arg.Name, aggregateType(a.Overload, a.Args), null, in.loc, arg.SQL)
	return a
}

// lookup is the value that a relation has for the correlation and more keys.
func (in *inner) lookup(rel *bound.Relation, more []bound.Expr, value, absent bound.Expr, loc source.Span) *bound.Lookup {
	l := &bound.Lookup{Node: node(value.Type(), value.Nullable() || absent.Nullable(), loc), Rel: rel, Value: value, Absent: absent}
	for _, p := range in.corr.pairs {
		l.Keys = append(l.Keys, p.outer)
	}
	l.Keys = append(l.Keys, more...)
	return l
}

func truth(t bool, loc source.Span) bound.Expr {
	return &bound.Const{Node: node(boolean, false, loc), Bool: t}
}

// fromEnd is a column of the row of a relation, counted from its end.
func fromEnd(rel *bound.Relation, n int, loc source.Span) *bound.Ref {
	return ref(rel.Cols[len(rel.Cols)-n], loc)
}

// scalarQuery binds a subquery that stands for a value: NULL without a row, a
// failure with several.
func (x *env) scalarQuery(e *ast.Subquery) bound.Expr {
	in := x.inner(e.Query, 1)
	if in == nil {
		return nil
	}
	s, isSelect := in.query.(*bound.Select)
	if isSelect && in.corr.global {
		return x.globalQuery(in, s, e.Loc)
	}
	v := x.agg("any_value", in, in.cols[0])
	if v == nil {
		return nil
	}
	rel := x.relation(in, nil, v, x.agg("count", in, nil))
	l := in.lookup(rel, nil, fromEnd(rel, 2, e.Loc), nullOf(v.Col.Type, e.Loc), e.Loc)
	if !isSelect || s.Limit < 0 || s.Limit > 1 {
		l.Once = rel.Cols[len(rel.Cols)-1]
	}
	return l
}

// globalQuery is a subquery of aggregates without GROUP BY: it has its row even
// for keys that no row of its input has.
func (x *env) globalQuery(in *inner, s *bound.Select, loc source.Span) bound.Expr {
	absent, ok := x.b.emptyValue(s, s.Items[0].Expr)
	if ok && s.Having != nil {
		var cond bound.Expr
		cond, ok = x.b.emptyValue(s, s.Having)
		absent = &bound.Case{Node: node(absent.Type(), true, loc), Whens: []bound.When{{Cond: cond, Then: absent}}, Else: nullOf(absent.Type(), loc)}
	}
	if !ok {
		x.b.diags.Err(diag.Correlated, loc, "it is not known what the subquery gives where there are no rows", "use COUNT, SUM, AVG, MIN or MAX")
		return nil
	}
	rel := x.innerRelation(s, in.loc)
	for i := range in.keys {
		rel.Key = append(rel.Key, 1+i)
		if it := &s.Items[1+i]; it.Col.Nullable {
			present(s, s.Keys[i].Expr)
			it.Col.Nullable = false
		}
	}
	return in.lookup(rel, nil, ref(rel.Cols[0], loc), absent, loc)
}

// exists binds EXISTS (query).
func (x *env) exists(e *ast.Exists) bound.Expr {
	in := x.inner(e.Query, -1)
	if in == nil || !x.notGlobal(in, "EXISTS", e.Loc) {
		return nil
	}
	if len(in.keys) > 0 {
		return in.lookup(x.relation(in, nil), nil, truth(true, e.Loc), truth(false, e.Loc), e.Loc)
	}
	rel := x.relation(in, nil, x.agg("count", in, nil))
	return in.lookup(rel, nil, some(rel, 1, e.Loc), truth(false, e.Loc), e.Loc)
}

// notGlobal refuses a subquery that has a row for every key.
func (x *env) notGlobal(in *inner, what string, loc source.Span) bool {
	if !in.corr.global || len(in.keys) == 0 {
		return true
	}
	x.b.diags.Err(diag.Correlated, loc, what+" of aggregates without GROUP BY that depend on the query around them", "compare with the value: x = (SELECT ..)")
	return false
}

// some is "the count is more than zero", for a column counted from the end.
func some(rel *bound.Relation, n int, loc source.Span) bound.Expr {
	return operate(bound.Gt, boolean, false, loc, fromEnd(rel, n, loc), &bound.Const{Node: node(types.Of(types.BigInt), false, loc)})
}

// inQuery binds x IN (query) and (a, b) IN (query).
func (x *env) inQuery(e *ast.In) bound.Expr {
	left := []ast.Expr{e.X}
	if row, ok := asRow(e.X); ok {
		left = row.Elems
	}
	vals, ok := x.args(left)
	if !ok {
		return nil
	}
	out := x.member(vals, e.Query, e.Not || !x.filters[e], "IN", e.Loc)
	if out != nil && e.Not {
		return not(out, e.Loc)
	}
	return out
}

// member tells whether values are a row of a subquery. If exact, NULLs leave it
// open: a NULL that is looked for in some rows, or that is among them. Else FALSE
// will do.
func (x *env) member(vals []bound.Expr, q *ast.Query, exact bool, what string, loc source.Span) bound.Expr {
	in := x.inner(q, len(vals))
	if in == nil || !x.notGlobal(in, what, loc) {
		return nil
	}
	keys := make([]bound.Expr, len(vals))
	nulls := false
	for i, c := range in.cols {
		nulls = nulls || vals[i].Nullable() || c.Nullable
		if vals[i], keys[i] = x.b.pair(vals[i], ref(c, in.loc), loc, what); vals[i] == nil {
			return nil
		}
	}
	found := in.lookup(x.relation(in, keys), vals, truth(true, loc), truth(false, loc), loc)
	if !nulls || !exact {
		return found
	}
	if len(vals) > 1 {
		x.b.diags.Err(diag.RowNulls, loc, "NOT IN, or IN as a value, of rows with columns that can be NULL", "use NOT EXISTS, or columns that are NOT NULL")
		return nil
	}
	open := x.open(vals[0], q, loc)
	if open == nil {
		return nil
	}
	return &bound.Case{
		Node:  node(boolean, true, loc),
		Whens: []bound.When{{Cond: found, Then: truth(true, loc)}, {Cond: open, Then: nullOf(boolean, loc)}},
		Else:  truth(false, loc),
	}
}

// open tells whether a comparison of a value with all rows of a subquery that is
// not TRUE is NULL: the value is NULL and there are rows, or a row is NULL.
func (x *env) open(v bound.Expr, q *ast.Query, loc source.Span) bound.Expr {
	in := x.inner(q, 1) // once more: each use has columns of its own
	if in == nil {
		return nil
	}
	n := x.agg("count", in, in.cols[0])
	if n == nil {
		return nil
	}
	return openIn(in, x.relation(in, nil, x.agg("count", in, nil), n), v, loc)
}

// openIn is open over a relation whose last two columns count rows and values.
func openIn(in *inner, rel *bound.Relation, v bound.Expr, loc source.Span) bound.Expr {
	var out bound.Expr = in.lookup(rel, nil, operate(bound.Gt, boolean, false, loc, fromEnd(rel, 2, loc), fromEnd(rel, 1, loc)), truth(false, loc), loc)
	if !v.Nullable() {
		return out
	}
	rows := in.lookup(rel, nil, some(rel, 2, loc), truth(false, loc), loc)
	null := operate(bound.IsNull, boolean, false, loc, v, nil)
	return logical(true, logical(false, null, rows, loc), out, loc)
}

// quantified binds x op ANY (query) and x op ALL (query). What decides are the
// least and the greatest value.
func (x *env) quantified(e *ast.Quantified) bound.Expr {
	op, known := comparisons[e.Op]
	what := "ANY"
	if e.All {
		what = "ALL"
	}
	v := x.expr(e.X)
	if v == nil {
		return nil
	}
	switch {
	case !known:
		x.b.diags.Err(diag.BadOperand, e.Loc, e.Op+" "+what+" is no comparison", "use =, <>, <, <=, > or >=")
		return nil
	case op == bound.Eq && !e.All:
		return x.member([]bound.Expr{v}, e.Query, !x.filters[e], "= ANY", e.Loc)
	case op == bound.Ne && e.All:
		if out := x.member([]bound.Expr{v}, e.Query, true, "<> ALL", e.Loc); out != nil {
			return not(out, e.Loc)
		}
		return nil
	}
	in := x.inner(e.Query, 1)
	if in == nil || !x.notGlobal(in, what, e.Loc) {
		return nil
	}
	least, greatest, n := x.agg("min", in, in.cols[0]), x.agg("max", in, in.cols[0]), x.agg("count", in, in.cols[0])
	if least == nil || greatest == nil || n == nil {
		return nil
	}
	rel := x.relation(in, nil, least, greatest, x.agg("count", in, nil), n)
	end := func(n int) bound.Expr {
		return in.lookup(rel, nil, fromEnd(rel, n, e.Loc), nullOf(least.Col.Type, e.Loc), e.Loc)
	}
	cmp := x.decide(op, e, v, end(4), end(3))
	if cmp == nil {
		return nil
	}
	open := openIn(in, rel, v, e.Loc)
	out := &bound.Case{Node: node(boolean, true, e.Loc)}
	if !e.All {
		out.Whens = []bound.When{{Cond: cmp, Then: truth(true, e.Loc)}, {Cond: open, Then: nullOf(boolean, e.Loc)}}
		out.Else = truth(false, e.Loc)
		return out
	}
	rows := in.lookup(rel, nil, some(rel, 2, e.Loc), truth(false, e.Loc), e.Loc)
	out.Whens = []bound.When{
		{Cond: not(rows, e.Loc), Then: truth(true, e.Loc)},
		{Cond: operate(bound.IsFalse, boolean, false, e.Loc, cmp, nil), Then: truth(false, e.Loc)},
		{Cond: open, Then: nullOf(boolean, e.Loc)},
	}
	out.Else = truth(true, e.Loc)
	return out
}

// decide compares a value with the least and the greatest value of a subquery.
func (x *env) decide(op bound.Op, e *ast.Quantified, v, least, greatest bound.Expr) bound.Expr {
	compare := func(op bound.Op, y bound.Expr) bound.Expr { return x.b.compare(op, v, y, e.Loc, e.Loc, e.Op) }
	both := func(or bool, op bound.Op) bound.Expr {
		a, b := compare(op, least), compare(op, greatest)
		if a == nil || b == nil {
			return nil
		}
		return logical(or, a, b, e.Loc)
	}
	switch op {
	case bound.Eq: // ALL
		return both(false, bound.Eq)
	case bound.Ne: // ANY
		return both(true, bound.Ne)
	case bound.Lt, bound.Le:
		if e.All {
			return compare(op, least)
		}
		return compare(op, greatest)
	}
	if e.All {
		return compare(op, greatest)
	}
	return compare(op, least)
}
