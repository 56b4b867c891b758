package lower

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// countRefs counts how often each column of a relation's plan is read.
func countRefs(rel *plan.Relation) map[*bound.Col]int {
	refs := map[*bound.Col]int{}
	var inNode func(n plan.Node)
	inNode = func(n plan.Node) {
		switch n := n.(type) {
		case *plan.Filter:
			countExpr(n.Cond, refs)
		case *plan.Project:
			for _, it := range n.Items {
				countExpr(it.Expr, refs)
			}
			countExpr(n.EventTime, refs)
		case *plan.Windows:
			if n.Window.Time != nil {
				refs[n.Window.Time]++
			}
		case *plan.Unnest:
			for _, a := range n.Arrays {
				countExpr(a, refs)
			}
		case *plan.Aggregate:
			for _, k := range n.Keys {
				countExpr(k.Expr, refs)
			}
			for _, a := range n.Aggs {
				for _, x := range a.Args {
					countExpr(x, refs)
				}
				countExpr(a.Filter, refs)
			}
			if regroups(n.In) { // a row takes what is needed to the function of its own
				for _, c := range neededBy(n) {
					refs[c]++
				}
			}
		case *plan.Expand:
			for _, c := range n.In.Props().Cols { // a row is handed on several times
				refs[c] += 2
			}
		case *plan.Repeat:
			countExpr(n.Count, refs)
		case *plan.Distinct:
			for _, c := range n.Props().Cols {
				refs[c]++
			}
		case *plan.Sort:
			for _, c := range n.In.Props().Cols {
				refs[c]++
			}
		case *plan.Union:
			for _, outs := range n.Outs {
				for i, c := range outs { // a column of an input is read as often as that of the union
					refs[c] += max(refs[n.Props().Cols[i]], 1)
				}
			}
		}
		for _, in := range n.Inputs() {
			inNode(in)
		}
	}
	inNode(rel.Root)
	for _, c := range rel.Bound.Query.Out() {
		refs[c]++
	}
	return refs
}

// regroups reports whether rows of n come from groups that are at hand, so that
// another aggregate over them is a function of its own; see apart.
func regroups(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Filter:
		return regroups(n.In)
	case *plan.Project:
		return regroups(n.In)
	case *plan.Limit:
		return regroups(n.In)
	case *plan.Unnest:
		return regroups(n.In)
	case *plan.Windows:
		return regroups(n.In)
	case *plan.Repeat:
		return regroups(n.In)
	case *plan.Aggregate, *plan.Distinct:
		return true
	}
	return false
}

// neededBy are the columns of its input that an aggregate reads.
func neededBy(n *plan.Aggregate) []*bound.Col {
	own := map[*bound.Col]int{}
	for _, k := range n.Keys {
		countExpr(k.Expr, own)
	}
	for _, a := range n.Aggs {
		for _, x := range a.Args {
			countExpr(x, own)
		}
		countExpr(a.Filter, own)
	}
	if n.Window != nil && n.Window.Time != nil {
		own[n.Window.Time]++
	}
	var out []*bound.Col
	for _, c := range n.In.Props().Cols {
		if own[c] > 0 {
			out = append(out, c)
		}
	}
	return out
}

// aliasesOf finds the names that select lists give to columns they pass on.
func aliasesOf(rel *plan.Relation) map[*bound.Col]string {
	out := map[*bound.Col]string{}
	var look func(n plan.Node)
	look = func(n plan.Node) {
		if pr, ok := n.(*plan.Project); ok {
			for _, it := range pr.Items {
				if r, ok := it.Expr.(*bound.Ref); ok && out[r.Col] == "" {
					out[r.Col] = it.Col.Name
				}
			}
		}
		for _, in := range n.Inputs() {
			look(in)
		}
	}
	look(rel.Root)
	return out
}

func countExpr(e bound.Expr, refs map[*bound.Col]int) {
	switch e := e.(type) {
	case nil:
	case *bound.Ref:
		refs[e.Col]++
	case *bound.Const:
	case *bound.Operate:
		countExpr(e.X, refs)
		countExpr(e.Y, refs)
	case *bound.Case:
		for _, w := range e.Whens {
			countExpr(w.Cond, refs)
			countExpr(w.Then, refs)
		}
		countExpr(e.Else, refs)
	case *bound.In:
		countExpr(e.X, refs)
		for _, x := range e.List {
			countExpr(x, refs)
		}
	case *bound.Like:
		countExpr(e.X, refs)
		countExpr(e.Pattern, refs)
	case *bound.Extreme:
		for _, x := range e.Args {
			countExpr(x, refs)
		}
	case *bound.Cast:
		countExpr(e.X, refs)
	case *bound.Attempt:
		countExpr(e.X, refs)
	case *bound.Call:
		for _, x := range e.Args {
			countExpr(x, refs)
		}
	case *bound.Lookup:
		for _, x := range e.Keys {
			countExpr(x, refs)
		}
	case *bound.Field:
		countExpr(e.X, refs)
	case *bound.Item:
		countExpr(e.X, refs)
		countExpr(e.I, refs)
	case *bound.Build:
		for _, x := range e.Args {
			countExpr(x, refs)
		}
	case *bound.Each:
		countExpr(e.X, refs)
		countExpr(e.Init, refs)
		countExpr(e.Body, refs)
		countExpr(e.Value, refs)
	default:
		panic(fmt.Sprintf("lower: unknown expression %T", e))
	}
}

// oneLine is SQL text without its leading keyword, comments and line breaks.
func oneLine(sql, keyword string) string {
	var lines []string
	for _, l := range strings.Split(sql, "\n") {
		if i := strings.Index(l, "--"); i >= 0 {
			l = l[:i]
		}
		if f := strings.Fields(l); len(f) > 0 {
			lines = append(lines, strings.Join(f, " "))
		}
	}
	s := strings.Join(lines, " ")
	if len(s) >= len(keyword) && strings.EqualFold(s[:len(keyword)], keyword) {
		s = strings.TrimSpace(s[len(keyword):])
	}
	return s
}

// prepare makes a package variable from a constant expression of the query.
func (l *queryLowering) prepare(name string, e bound.Expr, x p.Expr) p.Expr {
	n := l.pl.names.pick(l.q.Var + exported(name))
	l.q.Prepared = append(l.q.Prepared, &p.Prepared{Name: n, Doc: oneLine(l.pl.plan.Bound.File.Slice(e.Span()), ""), X: x})
	return v(n)
}

// wantsTime reports whether the rows of this query need an event time.
func (l *queryLowering) wantsTime() bool {
	if l.q.Time {
		return true
	}
	wants := false
	var look func(n plan.Node)
	look = func(n plan.Node) {
		if windowOf(n) != nil {
			wants = true
		}
		for _, in := range n.Inputs() {
			look(in)
		}
	}
	look(l.rel.Root)
	return wants
}
