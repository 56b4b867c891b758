package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// correlation is how a subquery in an expression depends on the query around it.
// Only equalities in WHERE are possible: they become the key by which the result
// of the subquery, computed for all keys at once, is looked up.
type correlation struct {
	env   *env // where the subquery stands
	cols  map[*bound.Col]bool
	pairs []keyPair
	// global: the subquery has aggregates and no GROUP BY, so that it has a row
	// even for keys without any.
	global bool
}

// keyPair is an equality between the two queries.
type keyPair struct{ inner, outer bound.Expr }

// outerColumn finds a column of the query around.
func (x *env) outerColumn(id ast.Ident) bound.Expr {
	c := x.around
	if c == nil {
		return nil
	}
	cols := c.env.in.column(id)
	if len(cols) != 1 {
		return x.note(c.env.outerColumn(id))
	}
	return x.note(ref(cols[0], id.Loc))
}

// outerQualified finds a column of a relation of the query around. It reports
// false if the qualifier names none.
func (x *env) outerQualified(n *ast.Name) (bound.Expr, bool) {
	c := x.around
	if c == nil || len(n.Parts) != 2 {
		return nil, false
	}
	in := c.env.in.input(n.Parts[0])
	if in == nil {
		e, ok := c.env.outerQualified(n)
		return x.note(e), ok
	}
	i := columnIndex(in.cols, n.Parts[1])
	if i < 0 {
		x.b.errUnknownColumn(n.Parts[1], &scope{inputs: []*input{in}})
		return nil, true
	}
	return x.note(ref(in.cols[i], n.Loc)), true
}

// note remembers a column of the query around.
func (x *env) note(e bound.Expr) bound.Expr {
	if r, ok := e.(*bound.Ref); ok {
		x.around.cols[r.Col] = true
		return r
	}
	return nil
}

// outer tells whether an expression reads columns of the query around, and of
// the query itself.
func (c *correlation) outer(e bound.Expr) (outer, inner bool) {
	bound.Walk(e, func(e bound.Expr) {
		if r, ok := e.(*bound.Ref); ok {
			if c.cols[r.Col] {
				outer = true
			} else {
				inner = true
			}
		}
	})
	return outer, inner
}

// decorrelate takes the equalities with the query around out of WHERE.
func (k *block) decorrelate() {
	c := k.around
	if c == nil || len(c.cols) == 0 || k.sel.Where == nil {
		return
	}
	var rest bound.Expr
	for _, cond := range conjuncts(k.sel.Where, nil) {
		if outer, _ := c.outer(cond); !outer {
			if rest == nil {
				rest = cond
			} else {
				rest = logical(false, rest, cond, k.sel.WhereLoc)
			}
			continue
		}
		eq, ok := cond.(*bound.Operate)
		if !ok || eq.Op != bound.Eq {
			k.errCorrelated(cond.Span())
			continue
		}
		xOuter, xInner := c.outer(eq.X)
		yOuter, yInner := c.outer(eq.Y)
		switch {
		case xOuter && !xInner && !yOuter:
			c.pairs = append(c.pairs, keyPair{eq.Y, eq.X})
		case yOuter && !yInner && !xOuter:
			c.pairs = append(c.pairs, keyPair{eq.X, eq.Y})
		default:
			k.errCorrelated(cond.Span())
		}
	}
	k.sel.Where = rest
}

func conjuncts(e bound.Expr, to []bound.Expr) []bound.Expr {
	if o, ok := e.(*bound.Operate); ok && o.Op == bound.And {
		return conjuncts(o.Y, conjuncts(o.X, to))
	}
	return append(to, e)
}

// correlated checks that columns of the query around stand nowhere but in the
// equalities, and adds what the subquery compares them with to its columns.
func (k *block) correlated() {
	c, s := k.around, k.sel
	if c == nil || !k.ok {
		return
	}
	c.global = s.Grouped && len(s.Keys) == 0 && s.Sets == nil && s.Window == nil
	if len(c.cols) == 0 {
		return
	}
	for _, e := range selectExprs(s) {
		if outer, _ := c.outer(e); outer {
			k.errCorrelated(e.Span())
			return
		}
	}
	switch {
	case s.Limit >= 0:
		k.errPerKey(s.LimitLoc, "LIMIT")
		return
	case s.Sets != nil:
		k.errPerKey(s.GroupLoc, "GROUPING SETS")
		return
	}
	s.OrderBy, s.Hidden = nil, nil
	for i, p := range c.pairs {
		name := fmt.Sprintf("key_%d", i+1)
		col := func() *bound.Col {
			return k.b.col(name, p.inner.Type(), p.inner.Nullable(), p.inner.Span(), "")
		}
		item := bound.Computed{Col: col(), Expr: p.inner, Loc: p.inner.Span()}
		if s.Grouped {
			key := bound.Computed{Col: col(), Expr: p.inner, Loc: p.inner.Span()}
			s.Keys = append(s.Keys, key)
			item.Expr = ref(key.Col, item.Loc)
		}
		s.Items = append(s.Items, item)
	}
}

// selectExprs are the expressions of a block.
func selectExprs(s *bound.Select) []bound.Expr {
	list := []bound.Expr{s.Where, s.Having, s.EventTime}
	for _, it := range s.Items {
		list = append(list, it.Expr)
	}
	for _, key := range s.Keys {
		list = append(list, key.Expr)
	}
	for _, a := range s.Aggs {
		list = append(append(list, a.Args...), a.Filter)
	}
	for _, h := range s.Hidden {
		list = append(list, h.Expr)
	}
	return list
}

func (k *block) errPerKey(loc source.Span, what string) {
	k.b.diags.Err(diag.Correlated, loc, what+" in a subquery that depends on the query around it", "aggregate instead: MAX(x), MIN(x), ARG_MAX(x, y)")
	k.ok = false
}

func (k *block) errCorrelated(loc source.Span) {
	k.b.diags.Err(diag.Correlated, loc, "a subquery depends on the query around it by more than equality",
		"compare columns with = in its WHERE: WHERE inner.k = outer.k; other conditions can use the subquery's own columns")
	k.ok = false
}

// filtering collects the parts of a condition that only matter when they are
// TRUE, so that NULL does as FALSE does.
func filtering(e ast.Expr, to map[ast.Expr]bool) map[ast.Expr]bool {
	if to == nil {
		to = map[ast.Expr]bool{}
	}
	switch e := e.(type) {
	case *ast.Paren:
		return filtering(e.X, to)
	case *ast.Binary:
		if e.Op == "AND" || e.Op == "OR" {
			filtering(e.X, to)
			return filtering(e.Y, to)
		}
	}
	to[e] = true
	return to
}

// emptyValue is what an item of aggregates without GROUP BY is where there are
// no rows: COUNT is 0, other aggregates are NULL.
func (b *binder) emptyValue(s *bound.Select, e bound.Expr) (bound.Expr, bool) {
	ok := true
	out := rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		r, isRef := e.(*bound.Ref)
		if !isRef {
			return nil, false
		}
		for _, a := range s.Aggs {
			switch {
			case a.Col != r.Col:
			case a.Col.Nullable:
				return nullOf(r.T, r.Loc), true
			case r.T.Kind == types.BigInt:
				return &bound.Const{Node: node(r.T, false, r.Loc)}, true
			}
		}
		ok = false
		return r, true
	})
	return out, ok
}
