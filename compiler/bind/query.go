package bind

import (
	"fmt"
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// ctes are the queries that WITH names, visible to what follows them.
type ctes struct {
	outer *ctes
	list  []*cte
}

// cte is one query of WITH. It is bound where it stands, and again for every
// use after the first, so that each use has columns of its own.
type cte struct {
	name  ast.Ident
	def   *ast.CTE
	env   *ctes
	query bound.Query // of the first use; nil when that has taken it
	ok    bool
	uses  int
}

func (c *ctes) find(id ast.Ident) *cte {
	for ; c != nil; c = c.outer {
		for i := len(c.list) - 1; i >= 0; i-- {
			if same(id, c.list[i].name.Name) {
				return c.list[i]
			}
		}
	}
	return nil
}

// tail is what belongs to a whole query.
type tail struct {
	order []ast.OrderItem
	limit *ast.NumberLit
	emit  *ast.Emit
	// around is the query around a subquery in an expression.
	around *correlation
	// operand: the query is an operand of a UNION.
	operand bool
}

// topQuery binds the query of a statement, and gives the options for its
// sources to them. The indexes are those of the items marked PRIMARY KEY.
func (b *binder) topQuery(q *ast.Query) (bound.Query, []int) {
	if b.stmt.emit != nil && q.Emit != nil {
		b.errEmitTwice(q.Emit, b.stmt.emit)
		return nil, nil
	}
	b.takeLateness()
	bq, keys := b.queryWith(q, nil, b.stmt.emit, nil)
	if o := b.stmt.lateness; o != nil && b.stmt.windows == 0 && bq != nil {
		b.errNoWindowFor(o)
	}
	if o := b.stmt.opts.lateOption(); o != nil && b.stmt.windows == 0 && bq != nil && lateValue(o.Value) != bound.LateDrop {
		b.errNoWindowForLate(o)
	}
	if bq == nil { // what it reads may not be known
		b.stmt.opts.takeTime()
	}
	b.routeSourceOptions()
	return bq, keys
}

// subquery binds a query inside another.
func (b *binder) subquery(q *ast.Query, env *ctes) bound.Query { return b.subqueryIn(q, env, nil) }

// subqueryIn binds a query inside another. Where it stands in an expression,
// around is the query around it, whose columns it can name.
func (b *binder) subqueryIn(q *ast.Query, env *ctes, around *correlation) bound.Query {
	bad := false
	if len(q.Into) > 0 {
		b.errMisplaced(q.Into[0].Loc, "INTO", "a query inside another", "write INTO at the end of the statement")
		bad = true
	}
	if len(q.With) > 0 {
		b.errMisplaced(q.With[0].Loc, "WITH (..)", "a query inside another", "write the options at the end of the statement, with the relation's name as prefix")
		bad = true
	}
	bq, keys := b.queryWith(q, env, nil, around)
	if len(keys) > 0 {
		b.errMisplaced(q.Loc, "PRIMARY KEY", "a query inside another", "mark the key in the select list of the statement")
		bad = true
	}
	if bad {
		return nil
	}
	return bq
}

func (b *binder) queryWith(q *ast.Query, env *ctes, emit *ast.Emit, around *correlation) (bound.Query, []int) {
	ok := true
	if !q.StateUnbounded.IsZero() {
		b.refuse(diag.StateUnbounded, q.StateUnbounded, "STATE UNBOUNDED", "leave it out; no operator that exists needs it")
		ok = false
	}
	if len(q.CTEs) > 0 {
		env = &ctes{outer: env}
		for i := range q.CTEs {
			b.define(env, &q.CTEs[i])
		}
	}
	if q.Emit != nil {
		emit = q.Emit
	}
	bq, keys := b.body(q.Body, env, tail{order: q.OrderBy, limit: q.Limit, emit: emit, around: around})
	for i := range q.CTEs {
		if c := env.list[i]; c.uses == 0 && c.ok {
			b.warnUnusedCTE(c.name)
		}
	}
	if !ok {
		return nil, nil
	}
	return bq, keys
}

// define binds one query of WITH.
func (b *binder) define(env *ctes, def *ast.CTE) {
	c := &cte{name: def.Name, def: def, env: &ctes{outer: env.outer, list: env.list[:len(env.list):len(env.list)]}}
	for _, old := range env.list {
		if same(def.Name, old.name.Name) {
			b.errDuplicateRelation(def.Name, old.name)
		}
	}
	c.query = b.bindCTE(c)
	c.ok = c.query != nil
	env.list = append(env.list, c)
}

func (b *binder) bindCTE(c *cte) bound.Query {
	q := b.subquery(c.def.Query, c.env)
	if q == nil || len(c.def.Cols) == 0 {
		return q
	}
	return b.rename(q, c.def.Cols, c.name)
}

// use returns the query of a CTE for one use of it.
func (b *binder) use(c *cte) bound.Query {
	c.uses++
	if !c.ok {
		return nil
	}
	if q := c.query; q != nil {
		c.query = nil
		return q
	}
	return b.bindCTE(c)
}

// rename gives the columns of a query new names: WITH c (a, b) AS .., (..) AS d (a, b).
func (b *binder) rename(q bound.Query, names []ast.Ident, of ast.Ident) bound.Query {
	out := q.Out()
	if len(names) != len(out) {
		b.errColumnCount(names[0].Loc.To(names[len(names)-1].Loc), "\""+of.Name+"\" names "+plural(len(names), "column")+", its query has "+strconv.Itoa(len(out)), out)
		return nil
	}
	for i, id := range names {
		for _, old := range names[:i] {
			if same(id, old.Name) {
				b.errDuplicateColumn(id.Loc, id.Name, old.Loc)
				return nil
			}
		}
		out[i].Name = id.Name
	}
	return q
}

// body binds a query body with its tail.
func (b *binder) body(body ast.QueryBody, env *ctes, t tail) (bound.Query, []int) {
	switch body := body.(type) {
	case *ast.SelectBody:
		return b.selectBlock(body, env, t)
	case *ast.SetOp:
		q := b.setOp(body, env, t.emit)
		if q == nil {
			return nil, nil
		}
		return b.withTail(q, t), nil
	case *ast.Nested:
		if t.order == nil && t.limit == nil && t.emit == nil {
			return b.subquery(body.Query, env), nil
		}
		q := b.subquery(body.Query, env)
		if q == nil {
			return nil, nil
		}
		if t.emit != nil {
			b.errMisplaced(t.emit.Loc, "EMIT", "a query in parentheses", "write it inside the parentheses")
			return nil, nil
		}
		return b.withTail(q, t), nil
	case *ast.Values:
		q := b.values(body, env)
		if q == nil {
			return nil, nil
		}
		if t.emit != nil {
			b.errMisplaced(t.emit.Loc, "EMIT", "VALUES", "leave it out; the rows are there at once")
			return nil, nil
		}
		return b.withTail(q, t), nil
	}
	panic(fmt.Sprintf("bind: unknown query body %T", body))
}

// retype casts the output of a query to types.
func (b *binder) retype(q bound.Query, want []types.Type) bound.Query {
	differs := false
	for i, c := range q.Out() {
		differs = differs || !c.Type.Equal(want[i])
	}
	if !differs {
		return q
	}
	sel, ok := q.(*bound.Select)
	if !ok || sel.Distinct || len(sel.OrderBy) > 0 {
		sel = b.over(q, q.Span())
	}
	for i := range sel.Items {
		it := &sel.Items[i]
		if !it.Col.Type.Equal(want[i]) {
			it.Expr = b.castTo(it.Expr, want[i], true)
			it.Col = b.col(it.Col.Name, want[i], it.Expr.Nullable(), it.Col.Loc, it.Col.SQL)
		}
	}
	return sel
}

// over is SELECT * FROM (q).
func (b *binder) over(q bound.Query, loc source.Span) *bound.Select {
	s := &bound.Select{Loc: loc, From: &bound.Derived{Query: q, Loc: loc}, Limit: -1}
	for _, c := range q.Out() {
		s.Items = append(s.Items, bound.Computed{Col: b.col(c.Name, c.Type, c.Nullable, c.Loc, c.SQL), Expr: ref(c, c.Loc), Loc: c.Loc})
	}
	return s
}

// withTail adds ORDER BY and LIMIT to a query that is no single block.
func (b *binder) withTail(q bound.Query, t tail) bound.Query {
	if t.order == nil && t.limit == nil {
		return q
	}
	sel := b.over(q, q.Span())
	k := &block{b: b, sel: sel, in: &scope{}, ok: true}
	in := &input{}
	in.cols = q.Out()
	k.in.inputs = []*input{in}
	k.orderBy(t.order)
	k.limit(t.limit)
	if !k.ok {
		return nil
	}
	return sel
}
