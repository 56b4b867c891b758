package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// edit makes a program smaller in one place, and can be undone.
type edit struct{ do, undo func() }

// set is an edit of one variable.
func set[T any](p *T, v T) edit {
	old := *p
	return edit{func() { *p = v }, func() { *p = old }}
}

// batchOfEdits is how many smaller programs are tried at once.
const batchOfEdits = 24

// shrink makes a program smaller for as long as it fails. The function returns
// the index of one of the programs that fails, or -1; it is given many at once
// because they may have to be built.
func shrink(p *program, fails func([]*text) int) *program {
	for range 200 {
		list := p.edits()
		changed := false
		for len(list) > 0 && !changed {
			n := min(batchOfEdits, len(list))
			var texts []*text
			for _, e := range list[:n] {
				e.do()
				texts = append(texts, p.render())
				e.undo()
			}
			if i := fails(texts); i >= 0 {
				list[i].do()
				changed = true
			}
			list = list[n:]
		}
		if !changed {
			break
		}
	}
	return p
}

// edits lists the ways to make a program smaller, the largest steps first.
func (p *program) edits() []edit {
	var list []edit
	for i := len(p.stmts) - 1; i >= 0; i-- {
		s := p.stmts[i]
		if len(p.stmts) > 1 && !p.reads(s.name) {
			list = append(list, set(&p.stmts, slices.Delete(slices.Clone(p.stmts), i, i+1)))
		}
		if s.sink != "" && p.reads(s.name) {
			list = append(list, set(&s.sink, ""))
		}
		if s.sink == "json" {
			list = append(list, set(&s.sink, "csv"))
		}
		if s.kind == "TABLE" || s.kind == "VIEW" {
			list = append(list, set(&s.kind, "STREAM"))
		}
		list = append(list, p.bypass(s)...)
	}
	for i, t := range p.tables {
		if !p.reads(t.name) && len(p.tables) > 1 {
			list = append(list, set(&p.tables, slices.Delete(slices.Clone(p.tables), i, i+1)))
		}
		for size := len(t.rows) / 2; size > 0; size /= 2 {
			for at := 0; at+size <= len(t.rows); at += size {
				list = append(list, set(&t.rows, slices.Delete(slices.Clone(t.rows), at, at+size)))
			}
		}
	}
	for _, s := range p.stmts {
		s.q.queries(func(q *query) { list = append(list, q.edits()...) })
	}
	seen := map[*node]bool{}
	for _, s := range p.stmts {
		s.q.each(func(e **node) {
			(*e).walk(func(n *node) {
				if !seen[n] {
					seen[n] = true
					list = append(list, n.edits()...)
				}
			})
		})
	}
	for _, t := range p.tables {
		list = append(list, p.columnEdits(t)...)
		if t.json {
			list = append(list, set(&t.json, false))
		}
	}
	return list
}

// reads reports whether a statement reads a relation.
func (p *program) reads(name string) bool {
	found := false
	for _, s := range p.stmts {
		s.q.queries(func(q *query) { found = found || q.from == name && q.sub == nil && len(q.parts) == 0 })
	}
	return found
}

// bypass lets the readers of a statement that only passes columns on read what
// it reads.
func (p *program) bypass(s *statement) []edit {
	if len(s.q.parts) > 0 || s.q.sub != nil {
		return nil
	}
	var list []edit
	for _, o := range p.stmts {
		o.q.queries(func(q *query) {
			if q.from != s.name || q.sub != nil || len(q.parts) > 0 {
				return
			}
			inner := *s.q
			list = append(list, edit{func() { q.sub = &inner }, func() { q.sub = nil }})
		})
	}
	return list
}

// edits of the clauses of a query.
func (q *query) edits() []edit {
	var list []edit
	for i, part := range q.parts {
		list = append(list, set(q, *part))
		if len(q.parts) > 2 {
			list = append(list, set(&q.parts, slices.Delete(slices.Clone(q.parts), i, i+1)))
		}
	}
	if len(q.parts) > 0 {
		if q.distinct {
			list = append(list, set(&q.distinct, false))
		}
		return list
	}
	if q.limit >= 0 {
		list = append(list, set(&q.limit, -1))
	}
	if len(q.order) > 0 {
		oldLimit, oldOrder := q.limit, q.order
		list = append(list, edit{func() { q.limit, q.order = -1, nil }, func() { q.limit, q.order = oldLimit, oldOrder }})
	}
	if q.distinct {
		list = append(list, set(&q.distinct, false))
	}
	if q.where != nil {
		list = append(list, set(&q.where, nil))
	}
	if q.having != nil {
		list = append(list, set(&q.having, nil))
	}
	if len(q.items) > 1 {
		for i := range q.items {
			next := *q
			next.items = slices.Delete(slices.Clone(q.items), i, i+1)
			next.order = slices.DeleteFunc(slices.Clone(q.order), func(o order) bool { return o.alias == q.items[i].alias })
			list = append(list, set(q, next))
		}
	}
	for i := range q.keys {
		if len(q.keys) > 1 {
			list = append(list, set(&q.keys, slices.Delete(slices.Clone(q.keys), i, i+1)))
		}
	}
	if q.sub != nil && len(q.sub.parts) == 0 && q.sub.sub == nil && !q.sub.grouped {
		from, sub := q.from, q.sub
		list = append(list, edit{func() { q.from, q.sub = sub.from, nil }, func() { q.from, q.sub = from, sub }})
	}
	return list
}

// edits of an expression: one of its parts, or a plain literal, in its place.
func (n *node) edits() []edit {
	var list []edit
	for _, a := range n.args {
		if a.typ.Equal(n.typ) && !a.fixed {
			list = append(list, set(n, *a))
		}
	}
	if len(n.args) == 0 || n.fixed {
		return list
	}
	if v, ok := plain[n.typ.Kind]; ok {
		list = append(list, set(n, *leaf(n.typ, v)))
	}
	return list
}

// plain are the simplest literals.
var plain = map[types.Kind]string{
	types.Boolean: "TRUE", types.Int: "1", types.String: "'a'", types.Date: "DATE '2024-01-31'", types.Timestamp: "TIMESTAMP '2024-01-31 00:00:00'",
	types.Double: "CAST('1' AS DOUBLE)", types.BigInt: "CAST(1 AS BIGINT)", types.Time: "TIME '12:00:00'",
}

// columnEdits drop the columns of a source that nothing names.
func (p *program) columnEdits(t *table) []edit {
	used := map[string]bool{"id": true}
	for _, s := range p.stmts {
		s.q.each(func(e **node) {
			(*e).walk(func(n *node) {
				used[strings.Trim(strings.TrimPrefix(n.text[duckDB], "r."), `"`)] = true
			})
		})
	}
	var list []edit
	for i, f := range t.fields {
		if used[f.name] {
			continue
		}
		next := *t
		next.fields = slices.Delete(slices.Clone(t.fields), i, i+1)
		next.rows = make([][]string, len(t.rows))
		for j, r := range t.rows {
			next.rows[j] = slices.Delete(slices.Clone(r), i, i+1)
		}
		list = append(list, set(t, next))
	}
	return list
}

// String shows the program with its data.
func (t *text) String() string {
	var b strings.Builder
	b.WriteString(t.sql)
	for _, f := range t.files {
		fmt.Fprintf(&b, "-- %s --\n%s", f.name, f.text)
	}
	return b.String()
}
