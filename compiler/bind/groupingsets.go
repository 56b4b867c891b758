package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// maxSets is how many grouping sets a query may have. Every row updates a group
// of each.
const maxSets = 64

// grouping is a call of GROUPING. Its value depends on the grouping sets, which
// are known when the whole block is bound; until then a column stands for it.
type grouping struct {
	col  *bound.Col
	args []bound.Expr
	loc  source.Span
}

// groupItem binds one item of GROUP BY and returns its grouping sets.
func (k *block) groupItem(g *ast.GroupItem) [][]int {
	if g.Kind == "" {
		return [][]int{k.groupKeys(groupExprs(g))}
	}
	var parts [][]int
	for _, exprs := range g.Sets {
		parts = append(parts, k.groupKeys(exprs))
	}
	switch g.Kind {
	case "GROUPING SETS":
		return parts
	case "ROLLUP":
		var sets [][]int
		for n := len(parts); n >= 0; n-- {
			sets = append(sets, merged(parts[:n]...))
		}
		return sets
	}
	if len(parts) > 6 {
		k.errSets(g.Loc)
		return [][]int{nil}
	}
	var sets [][]int
	for leave := range 1 << len(parts) { // the first has all of them
		var kept [][]int
		for i, p := range parts {
			if leave>>(len(parts)-1-i)&1 == 0 {
				kept = append(kept, p)
			}
		}
		sets = append(sets, merged(kept...))
	}
	return sets
}

func (k *block) errSets(loc source.Span) {
	k.b.diags.Err(diag.TooManySets, loc, fmt.Sprintf("the query has more than %d grouping sets", maxSets), "name those that are needed: GROUPING SETS ((a, b), (a), ())")
	k.ok = false
}

// groupKeys binds the expressions of a grouping set. Parts of the window are
// part of every key.
func (k *block) groupKeys(exprs []ast.Expr) []int {
	var keys []int
	for _, e := range exprs {
		list := []ast.Expr{e}
		if row, ok := unparen(e).(*ast.Row); ok {
			list = row.Elems
		}
		for _, e := range list {
			if k.isWindowCall(e) {
				continue
			}
			if i := k.groupKey(e); i >= 0 {
				keys = append(keys, i)
			}
		}
	}
	return merged(keys)
}

// merged are the keys of several lists, each once, in order.
func merged(lists ...[]int) []int {
	out := slices.Concat(lists...)
	slices.Sort(out)
	return slices.Compact(out)
}

// cross combines the grouping sets of two items: each of one with each of the
// other.
func (k *block) cross(a, b [][]int, loc source.Span) [][]int {
	if len(a)*len(b) > maxSets {
		k.errSets(loc)
		return a
	}
	var out [][]int
	for _, x := range a {
		for _, y := range b {
			out = append(out, merged(x, y))
		}
	}
	return out
}

// groupingSets notes the grouping sets of the block. A key that some set lacks
// can be NULL in the result, so the select list, which was bound without that
// knowledge, is bound again.
func (k *block) groupingSets(s *ast.SelectBody, sets [][]int) {
	k.sel.Sets = sets
	k.sel.Set = k.b.col("grouping_set", types.Of(types.Int), false, s.GroupLoc, "the grouping set")
	for i := range k.sel.Keys {
		for _, set := range sets {
			if !slices.Contains(set, i) {
				k.sel.Keys[i].Col.Nullable = true
			}
		}
	}
	k.grouped = true
	k.sel.Items, k.sel.Aggs, k.sel.EventTime = nil, nil, nil
	k.aliases, k.keys, k.unnamed, k.groupings = nil, nil, 0, nil
	k.global = slices.ContainsFunc(sets, func(set []int) bool { return len(set) == 0 }) && k.sel.Window == nil
	k.items(s)
}

// asKey is the column of the key that an expression is, where grouping sets make
// keys NULL.
func (k *block) asKey(e bound.Expr) bound.Expr {
	if !k.grouped || e == nil {
		return e
	}
	// parts of a key may be keys themselves
	whole := e
	if _, column := e.(*bound.Ref); !column {
		whole = k.notKey(e)
	}
	for _, key := range k.sel.Keys {
		if equal(key.Expr, whole) {
			return ref(key.Col, e.Span())
		}
	}
	return e
}

// notKey undoes asKey, for the arguments of aggregates, which are computed before
// the rows are grouped.
func (k *block) notKey(e bound.Expr) bound.Expr {
	if !k.grouped || e == nil {
		return e
	}
	return rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		if r, ok := e.(*bound.Ref); ok {
			for _, key := range k.sel.Keys {
				if key.Col == r.Col {
					return key.Expr, true
				}
			}
		}
		return nil, false
	})
}

// grouping binds GROUPING(a, b, ..).
func (x *env) grouping(c *ast.Call) bound.Expr {
	if !x.aggs || x.inAgg != nil {
		x.b.errAggregateIn(x.clause, c.Loc, ast.FormatExpr(c))
		return nil
	}
	if aggregateOnly(c) != "" || c.Star || len(c.Args) == 0 || len(c.Args) > 31 {
		x.b.errArgumentCount(c, "GROUPING(a, b, ..), with up to 31 keys of GROUP BY")
		return nil
	}
	args, ok := x.args(c.Args)
	if !ok {
		return nil
	}
	g := grouping{col: x.b.col("grouping", types.Of(types.Int), false, c.Loc, ast.FormatExpr(c)), args: args, loc: c.Loc}
	x.groupings = append(x.groupings, g)
	return ref(g.col, c.Loc)
}

// groupingValue is the value of GROUPING for the grouping set of a group: a bit
// for each argument, the last one lowest, which is 1 where the set lacks the key.
func (k *block) groupingValue(g grouping) bound.Expr {
	keys := make([]int, len(g.args))
	for i, a := range g.args {
		keys[i] = slices.IndexFunc(k.sel.Keys, func(key bound.Computed) bool {
			r, ok := a.(*bound.Ref)
			return equal(key.Expr, a) || ok && r.Col == key.Col
		})
		if keys[i] < 0 {
			var names []string
			for _, key := range k.sel.Keys {
				names = append(names, key.Col.Name)
			}
			k.b.diags.Err(diag.GroupingKey, a.Span(), "GROUPING asks for a key of GROUP BY", "the keys are "+strings.Join(names, ", "))
			k.ok = false
			return k.intConst(0, g.loc)
		}
	}
	if k.sel.Sets == nil {
		return k.intConst(0, g.loc)
	}
	value := func(set []int) bound.Expr {
		n := int64(0)
		for _, key := range keys {
			n <<= 1
			if !slices.Contains(set, key) {
				n |= 1
			}
		}
		return k.intConst(n, g.loc)
	}
	last := len(k.sel.Sets) - 1
	out := &bound.Case{Node: node(types.Of(types.Int), false, g.loc), Else: value(k.sel.Sets[last])}
	for i, set := range k.sel.Sets[:last] {
		cond := operate(bound.Eq, boolean, false, g.loc, ref(k.sel.Set, g.loc), k.intConst(int64(i), g.loc))
		out.Whens = append(out.Whens, bound.When{Cond: cond, Then: value(set)})
	}
	if len(out.Whens) == 0 {
		return out.Else
	}
	return out
}

func (k *block) intConst(n int64, loc source.Span) bound.Expr {
	return &bound.Const{Node: node(types.Of(types.Int), false, loc), Int: n}
}

func (b *binder) errGroupingWithoutGroup(loc source.Span) {
	b.diags.Err(diag.GroupingKey, loc, "GROUPING without GROUP BY", "it tells which keys of GROUP BY a row is not grouped by")
}
