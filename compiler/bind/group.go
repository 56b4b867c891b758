package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// groupBy binds the grouping expressions.
func (k *block) groupBy(s *ast.SelectBody) {
	k.sel.GroupLoc = s.GroupLoc
	sets, several := [][]int{nil}, false
	for i := range s.GroupBy {
		g := &s.GroupBy[i]
		several = several || g.Kind != ""
		sets = k.cross(sets, k.groupItem(g), g.Loc)
	}
	k.partitioned()
	if k.tvf != nil && !k.tvfKey && !k.in.broken && !k.badWindow {
		k.b.errWindowNotGrouped(k.tvf)
		k.ok = false
	}
	if several && k.ok {
		k.groupingSets(s, sets)
	}
}

// partitioned checks PARTITION BY of a window function: the keys that sessions are
// kept for, which are those of the groups.
func (k *block) partitioned() {
	if k.tvfPartition == nil || !k.ok {
		return
	}
	at := k.tvfPartition[0].Span().To(k.tvfPartition[len(k.tvfPartition)-1].Span())
	if k.sel.Window.Kind != bound.Session {
		k.b.diags.Err(diag.WindowArguments, at, "PARTITION BY is for sessions only", "leave it out; groups are those of GROUP BY")
		k.ok = false
		return
	}
	same := len(k.tvfPartition) == len(k.sel.Keys)
	for _, e := range k.tvfPartition {
		be, ok := k.groupExpr(e)
		if be == nil {
			k.ok = k.ok && ok
			return
		}
		same = same && slices.ContainsFunc(k.sel.Keys, func(c bound.Computed) bool { return equal(c.Expr, be) })
	}
	if !same {
		k.b.diags.Err(diag.WindowArguments, at, "the sessions are not those of the groups", "name the same columns in PARTITION BY and in GROUP BY")
		k.ok = false
	}
}

func unparen(e ast.Expr) ast.Expr {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			return e
		}
		e = p.X
	}
}

// groupKey binds one grouping expression. It returns the index of the key, or
// -1 if there is none.
func (k *block) groupKey(e ast.Expr) int {
	be, ok := k.groupExpr(e)
	if be == nil {
		k.ok = k.ok && ok
		return -1
	}
	if w := k.sel.Window; w != nil {
		inner := be
		if c, ok := inner.(*bound.Cast); ok {
			inner = c.X
		}
		if r, ok := inner.(*bound.Ref); ok && (r.Col == w.Start || r.Col == w.End) {
			k.tvfKey = true // the window is part of every key
			return -1
		}
	}
	for i, old := range k.sel.Keys {
		if equal(old.Expr, be) {
			return i
		}
	}
	if _, ok := be.(*bound.Const); ok && !k.b.rules.ConstantKeys {
		k.b.errGroupConstant(e.Span())
		k.ok = false
		return -1
	}
	c := k.b.col(k.keyName(be), be.Type(), be.Nullable(), e.Span(), ast.FormatExpr(e))
	k.sel.Keys = append(k.sel.Keys, bound.Computed{Col: c, Expr: be, Loc: e.Span()})
	if isAsValue(e) {
		k.b.stmt.markValue(c)
	}
	return len(k.sel.Keys) - 1
}

// groupExpr binds a grouping expression: a position, a column, an alias or any
// other expression. It is nil without a mistake of its own if the item that it
// names has one.
func (k *block) groupExpr(e ast.Expr) (bound.Expr, bool) {
	if n, ok := e.(*ast.NumberLit); ok && !k.b.rules.ConstantKeys {
		if k.holes {
			return nil, false
		}
		i, ok := wholeNumber(n)
		if !ok || i < 1 || int(i) > len(k.sel.Items) {
			if k.ok {
				k.b.errPosition(n, "GROUP BY", len(k.sel.Items))
			}
			return nil, false
		}
		return k.noAggregate(k.sel.Items[i-1].Expr, e)
	}
	x := &env{block: k, clause: "GROUP BY"}
	be := x.expr(e)
	if be == nil {
		return nil, false
	}
	return k.noAggregate(be, e)
}

// noAggregate reports a grouping expression that holds an aggregate, which an
// alias or a position can bring in.
func (k *block) noAggregate(be bound.Expr, at ast.Expr) (bound.Expr, bool) {
	for _, a := range k.sel.Aggs {
		if mentions(be, a.Col) {
			k.b.errAggregateIn("GROUP BY", at.Span(), a.Col.SQL)
			return nil, false
		}
	}
	return be, true
}

// keyName names a key column: like the column it is, like the item it is, or key_n.
func (k *block) keyName(e bound.Expr) string {
	if r, ok := e.(*bound.Ref); ok {
		return r.Col.Name
	}
	for _, it := range k.sel.Items {
		if equal(it.Expr, e) && !strings.HasPrefix(it.Col.Name, "col_") {
			return it.Col.Name
		}
	}
	return fmt.Sprintf("key_%d", len(k.sel.Keys)+1)
}

// group decides whether the block is grouped and rewrites what follows the
// grouping over its columns.
func (k *block) group(s *ast.SelectBody) {
	sel := k.sel
	distinct := sel.Window != nil && sel.Distinct && len(s.GroupBy) == 0 && len(sel.Aggs) == 0
	if distinct {
		k.distinctWindow()
	}
	sel.Grouped = len(s.GroupBy) > 0 || len(sel.Aggs) > 0 || distinct
	sel.NewestTime, sel.KeepEmpty = k.b.rules.NewestTime, k.b.rules.KeepEmpty
	if sel.Explode != nil && k.b.rules.KsqlFunctions && !sel.Grouped && readsTable(sel.From) {
		k.b.errExplodeTable(sel.Explode.Loc)
		k.ok = false
	}
	if sel.Grouped && sel.Explode != nil && k.b.rules.KsqlFunctions {
		k.b.errExplodeGroups(sel.Explode.Loc)
		k.ok = false
		return
	}
	switch {
	case sel.Grouped:
	case len(k.groupings) > 0 && k.ok:
		k.b.errGroupingWithoutGroup(k.groupings[0].loc)
		k.ok = false
		return
	case s.Having != nil && k.ok:
		k.b.errHavingWithoutGroup(s.HavingLoc)
		k.ok = false
		return
	case sel.Window != nil && k.ok:
		k.b.errWindowWithoutGroup(sel.Window.Loc)
		k.ok = false
		return
	default:
		return
	}
	if !k.ok {
		return
	}
	if len(s.GroupBy) == 0 && !distinct {
		sel.GroupLoc = sel.Aggs[0].Loc
	}
	for i := range sel.Items {
		it := &sel.Items[i]
		it.Expr = k.regroup(it.Expr)
	}
	if sel.Having != nil {
		sel.Having = k.regroup(sel.Having)
	}
	if sel.EventTime != nil {
		sel.EventTime = k.regroup(sel.EventTime)
	}
}

// distinctWindow makes groups of the rows of SELECT DISTINCT, which are unique in
// their window.
func (k *block) distinctWindow() {
	sel := k.sel
	sel.Distinct, sel.GroupLoc, k.tvfKey = false, sel.DistinctLoc, true
	for _, it := range sel.Items {
		switch e := it.Expr.(type) {
		case *bound.Const:
			continue
		case *bound.Ref:
			if e.Col == sel.Window.Start || e.Col == sel.Window.End {
				continue
			}
		}
		if !slices.ContainsFunc(sel.Keys, func(c bound.Computed) bool { return equal(c.Expr, it.Expr) }) {
			c := k.b.col(k.keyName(it.Expr), it.Expr.Type(), it.Expr.Nullable(), it.Loc, it.Col.SQL)
			sel.Keys = append(sel.Keys, bound.Computed{Col: c, Expr: it.Expr, Loc: it.Loc})
		}
	}
}

// regroup rewrites an expression over the columns of the grouping. It returns
// nil after reporting a column that is neither grouped nor aggregated.
func (k *block) regroup(e bound.Expr) bound.Expr {
	bad := false
	out := rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		for _, key := range k.sel.Keys {
			if equal(key.Expr, e) {
				return ref(key.Col, e.Span()), true
			}
		}
		r, ok := e.(*bound.Ref)
		if !ok {
			return nil, false
		}
		if r.Col.Lambda {
			return r, true
		}
		for _, key := range k.sel.Keys {
			if r.Col == key.Col {
				return r, true
			}
		}
		for _, g := range k.groupings {
			if r.Col == g.col {
				return k.groupingValue(g), true
			}
		}
		if w := k.sel.Window; w != nil && (r.Col == w.Start || r.Col == w.End) {
			return r, true
		}
		for _, a := range k.sel.Aggs {
			if a.Col == r.Col {
				return ref(a.Col, r.Loc), true
			}
		}
		if !bad && k.starAt != r.Loc { // * is reported once
			k.b.errNotGrouped(r, k.sel)
		}
		k.starAt = r.Loc
		bad = true
		return r, true
	})
	if bad {
		k.ok = false
		return nil
	}
	return out
}

// addAggregate returns the column of an aggregate; equal ones share it.
func (k *block) addAggregate(a *bound.Agg, name string, t bound.Node, sql string, loc source.Span) bound.Expr {
	for _, old := range k.sel.Aggs {
		if sameAggregate(old, a) {
			return ref(old.Col, loc)
		}
	}
	a.Col = k.b.col(name, t.T, t.Null, loc, sql)
	a.Loc = loc
	k.sel.Aggs = append(k.sel.Aggs, a)
	return ref(a.Col, loc)
}

func sameAggregate(a, b *bound.Agg) bool {
	if a.Func != b.Func || a.Star != b.Star || a.Distinct != b.Distinct || len(a.Args) != len(b.Args) || (a.Filter == nil) != (b.Filter == nil) {
		return false
	}
	for i := range a.Args {
		if !equal(a.Args[i], b.Args[i]) {
			return false
		}
	}
	return a.Filter == nil || equal(a.Filter, b.Filter)
}
