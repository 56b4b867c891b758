package plan

import (
	"fmt"
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
)

// subqueries plans the relations that expressions look values up in, and those
// that these look up, and divides the program into stages: what is looked up is
// complete before its reader begins.
//
// A subquery reads its input by itself, from the sources on: the relations that
// it names are planned again inside of it, with groups that are final, for what
// it sees of them is their content at the end.
func (b *builder) subqueries() {
	b.inner = map[*bound.Relation]bool{}
	for i := 0; i < len(b.prog.Relations); i++ {
		for _, rel := range lookups(b.prog.Relations[i]) {
			if _, planned := b.byRel[rel]; planned {
				continue
			}
			r := b.relation(rel)
			if endless(r.Root) {
				b.diags.Err(diag.SubqueryUnbounded, rel.Loc, "a subquery in an expression needs an input that ends", "read a file, or join the streams")
			}
		}
	}
	b.inner = nil
	if b.diags.HasErrors() {
		return
	}
	b.stages()
}

// endless reports whether a node reads something that never ends, such as the
// messages of a topic.
func endless(n Node) bool {
	found := !n.Props().Bounded
	walk(n, func(n Node) {
		switch n := n.(type) {
		case *Scan:
			found = found || n.Rel.Source.Connector.Messages
		case *Derived:
			found = found || endless(n.Rel.Root)
		}
	})
	return found
}

// lookups are the relations that the expressions of a relation look up.
func lookups(r *Relation) []*bound.Relation {
	var out []*bound.Relation
	walk(r.Root, func(n Node) {
		for _, e := range nodeExprs(n) {
			bound.Walk(e, func(e bound.Expr) {
				if l, ok := e.(*bound.Lookup); ok && !slices.Contains(out, l.Rel) {
					out = append(out, l.Rel)
				}
			})
		}
	})
	return out
}

// nodeExprs are the expressions of an operator.
func nodeExprs(n Node) []bound.Expr {
	var list []bound.Expr
	computed := func(items []bound.Computed) {
		for _, it := range items {
			list = append(list, it.Expr)
		}
	}
	switch n := n.(type) {
	case *Filter:
		list = append(list, n.Cond)
	case *Project:
		computed(n.Items)
		list = append(list, n.EventTime)
	case *Aggregate:
		computed(n.Keys)
		for _, a := range n.Aggs {
			list = append(append(list, a.Args...), a.Filter)
		}
	case *Repeat:
		list = append(list, n.Count)
	case *Values:
		for _, row := range n.Rows {
			list = append(list, row...)
		}
	}
	return list
}

// stages gives every relation its stage. Subqueries come as early as they can,
// all other relations in the last stage together, so that they can feed each
// other.
func (b *builder) stages() {
	var of func(r *Relation) int
	busy := map[*Relation]bool{}
	of = func(r *Relation) int {
		if busy[r] {
			b.diags.Err(diag.ReadsItself, r.Bound.Loc, fmt.Sprintf("the subquery %q is computed from itself", r.Bound.Name), "break the circle: write to another stream, or read from one")
			return 0
		}
		busy[r] = true
		defer delete(busy, r)
		stage := 0
		for _, rel := range lookups(r) {
			stage = max(stage, of(b.byRel[rel])+1)
		}
		return stage
	}
	last := 0
	for _, r := range b.prog.Relations {
		r.Stage = of(r)
		last = max(last, r.Stage)
		if b.diags.HasErrors() {
			return
		}
	}
	for _, r := range b.prog.Relations {
		if r.Bound.Kind != bound.Inner {
			r.Stage = last
		}
	}
	b.prog.Stages = last + 1
	slices.SortStableFunc(b.prog.Relations, func(x, y *Relation) int { return x.Stage - y.Stage })
}

// again plans a relation in the place where a subquery reads it.
func (b *builder) again(in *bound.Read) Node {
	rel := in.Rel
	if b.inner[rel] {
		b.diags.Err(diag.ReadsItself, in.Loc, fmt.Sprintf("%q is computed from itself", rel.Name), "break the circle: write to another stream, or read from one")
		return &One{}
	}
	b.inner[rel] = true
	defer delete(b.inner, rel)
	n := b.query(rel.Query)
	if len(rel.Inserts) > 0 {
		n = b.inserts(n, rel)
	}
	return renamed(n, in)
}

// renamed gives the columns of a node those of a read.
func renamed(n Node, in *bound.Read) Node {
	out := n.Props().Cols
	items := make([]bound.Computed, len(in.Cols))
	for i, c := range in.Cols {
		items[i] = bound.Computed{Col: c, Loc: in.Loc, Expr: &bound.Ref{Node: bound.Node{T: out[i].Type, Null: out[i].Nullable, Loc: in.Loc}, Col: out[i]}}
	}
	return project(n, items, nil, in.Loc)
}
