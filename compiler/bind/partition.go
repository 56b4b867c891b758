package bind

import (
	"slices"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// partKey is an expression of PARTITION BY.
type partKey struct {
	expr bound.Expr
	ast  ast.Expr
}

// partitionBy binds PARTITION BY, which names the key of the result by what it is
// computed from. PARTITION BY NULL is a result without a key.
func (k *block) partitionBy(s *ast.SelectBody) {
	if len(s.PartitionBy) == 0 {
		return
	}
	if len(s.GroupBy) > 0 {
		k.b.errMisplaced(s.PartitionLoc, "PARTITION BY", "a query with groups", "leave it out: the key of a group is what GROUP BY names")
		k.ok = false
		return
	}
	if len(k.in.inputs) == 1 && k.in.inputs[0].read != nil && k.b.rules.KeysInRecordKey && k.in.inputs[0].read.Rel.Kind == bound.Table {
		k.b.errMisplaced(s.PartitionLoc, "PARTITION BY", "a query of a table", "leave it out: a table keeps its key")
		k.ok = false
		return
	}
	k.b.stmt.partitioned = true
	x := &env{block: k, clause: "PARTITION BY"}
	for _, e := range s.PartitionBy {
		if _, null := unparen(e).(*ast.NullLit); null && len(s.PartitionBy) == 1 {
			k.b.stmt.keyless = true
			continue
		}
		be := x.expr(e)
		if be == nil {
			k.ok = false
			continue
		}
		k.partition = append(k.partition, partKey{be, e})
	}
}

// partitionKeys finds the items that are the key of the result.
func (k *block) partitionKeys(s *ast.SelectBody) {
	if !k.ok || len(k.partition) == 0 {
		return
	}
	if len(k.keys) > 0 {
		k.b.errMisplaced(s.PartitionLoc, "PARTITION BY", "a query with PRIMARY KEY in the select list", "name the key once")
		k.ok = false
		return
	}
	for _, p := range k.partition {
		at := -1
		for i, it := range k.sel.Items {
			switch {
			case !equal(it.Expr, p.expr) || k.b.stmt.values[it.Col] != isAsValue(p.ast):
			case at >= 0:
				k.b.errKeyTwice(it.Col, k.sel.Items[at].Col)
				k.ok = false
				return
			default:
				at = i
			}
		}
		if at < 0 {
			k.b.errPartitionNotSelected(k.sel, p)
			k.ok = false
			return
		}
		k.keys = append(k.keys, at)
	}
	if k.b.rules.KeysInRecordKey && len(k.keys) == len(k.sel.Items) {
		k.b.errNoValueColumns(k.sel, "the result")
		k.ok = false
	}
}

// starPartition adds the keys of PARTITION BY that are not columns to what * means.
func (k *block) starPartition(loc source.Span) {
	for _, p := range k.partition {
		if r, ok := p.expr.(*bound.Ref); ok && !isAsValue(p.ast) && k.inStar(r.Col) {
			continue
		}
		name := k.itemName(&ast.SelectItem{Expr: p.ast, Loc: loc}, len(k.sel.Items)+1)
		k.addItem(name, p.expr, loc, ast.FormatExpr(p.ast))
		if isAsValue(p.ast) {
			k.b.stmt.markValue(k.sel.Items[len(k.sel.Items)-1].Col)
		}
	}
}

// inStar reports a column that * means.
func (k *block) inStar(c *bound.Col) bool {
	for _, in := range k.in.inputs {
		if slices.Contains(in.cols, c) {
			return true
		}
	}
	return false
}

// starOrder are the columns of an input in the order of *. What was a key and is
// none any more comes last, where keys are not in the value.
func (k *block) starOrder(in *input) []*bound.Col {
	if !k.b.rules.KeysInRecordKey || in.read == nil || len(k.partition) == 0 && !k.b.stmt.keyless {
		return in.cols
	}
	was := map[*bound.Col]bool{}
	for _, i := range in.read.Rel.Key {
		was[in.cols[i]] = true
	}
	var first, last []*bound.Col
	for _, c := range in.cols {
		if was[c] {
			last = append(last, c)
		} else {
			first = append(first, c)
		}
	}
	return append(first, last...)
}

// markValue notes a column that is written as AS_VALUE(x): a copy of a key, and no
// key unless the key is such a copy itself.
func (s *statement) markValue(c *bound.Col) {
	if s.values == nil {
		s.values = map[*bound.Col]bool{}
	}
	s.values[c] = true
}
