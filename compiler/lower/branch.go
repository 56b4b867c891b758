package lower

import (
	"fmt"
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// scanOf is the source at the end of filters and projections; nil if n is not
// such a chain, or if the chain looks at more of a record than columns and time.
func scanOf(n plan.Node) *plan.Scan {
	switch n := n.(type) {
	case *plan.Filter:
		return scanOf(n.In)
	case *plan.Project:
		return scanOf(n.In)
	case *plan.Scan:
		if n.Rel.Source.Message != nil {
			return nil
		}
		for _, s := range n.Read.System {
			if s.Name != "_event_time" {
				return nil
			}
		}
		return n
	}
	return nil
}

// unionInputs makes the functions that bring the rows of the inputs of a union to
// consume, which is given the number of the input. Inputs that are filters and
// projections of one source share a loop over its records, each with a function
// of its own, so that the order of their rows does not depend on the size of
// batches.
func (l *queryLowering) unionInputs(n *plan.Union, top bool, consume func(b *body, i int)) {
	done := map[int]bool{}
	for i, in := range n.Ins {
		if done[i] {
			continue
		}
		same := []int{i}
		if scan := scanOf(in); scan != nil {
			for j := i + 1; j < len(n.Ins); j++ {
				if other := scanOf(n.Ins[j]); other != nil && other.Rel == scan.Rel {
					same = append(same, j)
					done[j] = true
				}
			}
		}
		if len(same) == 1 {
			l.produce(in, func(b *body) { consume(b, i) }, top)
			continue
		}
		l.branches(n, same, consume)
	}
}

// branches makes one loop for several inputs of a union over one source.
func (l *queryLowering) branches(n *plan.Union, same []int, consume func(b *body, i int)) {
	first := scanOf(n.Ins[same[0]])
	l.scan(first, func(b *body) {
		for at, i := range same {
			next := l.newFunc(p.Row, "branch", "")
			next.fn.In = b.fn.In
			next.used = b.used // the columns that any branch reads are decoded
			scan := scanOf(n.Ins[i])
			for k, c := range scan.Read.Cols {
				next.env.cols[c] = &binding{val: b.env.cols[first.Read.Cols[k]].val, done: true}
			}
			if l.wantsTime() || l.seesTime(n, same) {
				next.fn.HasTime = b.env.time != nil
				next.env.time = v("t")
			}
			l.systemColumns(next, scan.Read)
			op := branchChange(b, next, first, scan)
			l.chain(n.Ins[i], next, func(b *body) { consume(b, i) })
			l.close(next)
			b.clause(fmt.Sprintf("query %d", i+1), n.Loc.Start)
			b.add(&p.Branch{To: next.fn, Op: op, Time: b.env.time, Again: at > 0})
		}
	})
}

// branchChange hands what is known of a row that replaces another to a branch. It
// returns the operation for the branch, nil if rows are not withdrawn.
func branchChange(b, next *body, first, scan *plan.Scan) p.Expr {
	if b.change == nil {
		return nil
	}
	c := &change{}
	for _, k := range b.change.key {
		c.key = append(c.key, scan.Read.Cols[slices.Index(first.Read.Cols, k)])
	}
	next.change = c
	if b.change.gone == nil {
		return nil
	}
	next.fn.HasOp = true
	next.names.used["op"] = true
	c.gone = next.let("gone", binary("==", v("op"), &p.Symbol{Path: runtimePath, Name: "Delete"}))
	return call(runtimePath, "OpOf", b.change.gone)
}

// seesTime reports whether a branch reads the event time of its rows.
func (l *queryLowering) seesTime(n *plan.Union, same []int) bool {
	for _, i := range same {
		if len(scanOf(n.Ins[i]).Read.System) > 0 {
			return true
		}
	}
	return false
}

// chain adds the filters and projections over a source.
func (l *queryLowering) chain(n plan.Node, b *body, consume consumer) {
	switch n := n.(type) {
	case *plan.Filter:
		l.chain(n.In, b, func(b *body) {
			l.filter(b, n)
			consume(b)
		})
	case *plan.Project:
		l.chain(n.In, b, func(b *body) {
			l.project(b, n)
			consume(b)
		})
	default:
		consume(b)
	}
}

// sameColumns binds the columns of a union to those of an input.
func sameColumns(b *body, cols, outs []*bound.Col) {
	for i, c := range cols {
		b.env.cols[c] = b.env.cols[outs[i]]
	}
}
