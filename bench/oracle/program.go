package oracle

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// dialect says for whom SQL is written.
type dialect int

// The dialects.
const (
	veloc dialect = iota
	duckDB
)

// node is an expression. Its texts are templates in which $1, $2 .. stand for
// the arguments; a node without arguments is written as it is.
type node struct {
	typ    types.Type
	args   []*node
	text   [2]string // by dialect
	digits int       // of an integer literal, else 0
	column bool      // names a column
	name   string    // of the column
	sub    bool      // has a subquery
	lazy   bool      // may leave an argument unevaluated
	agg    bool      // is an aggregate
	fixed  bool      // takes its place in a form that allows nothing else
}

// leaf is a node that both dialects write alike.
func leaf(t types.Type, text string) *node {
	return &node{typ: t, text: [2]string{text, text}}
}

func (n *node) write(b *strings.Builder, d dialect) {
	t := n.text[d]
	if len(n.args) == 0 {
		b.WriteString(t)
		return
	}
	for {
		i := strings.IndexByte(t, '$')
		if i < 0 || i+1 == len(t) {
			b.WriteString(t)
			return
		}
		if t[i+1]-'1' > 8 { // the path of a value in JSON
			b.WriteString(t[:i+1])
			t = t[i+1:]
			continue
		}
		b.WriteString(t[:i])
		n.args[t[i+1]-'1'].write(b, d)
		t = t[i+2:]
	}
}

// walk calls fn for the node and all below it.
func (n *node) walk(fn func(*node)) {
	if n == nil {
		return
	}
	fn(n)
	for _, a := range n.args {
		a.walk(fn)
	}
}

// some reports whether a node of the expression has a property.
func (n *node) some(is func(*node) bool) bool {
	found := false
	n.walk(func(m *node) { found = found || is(m) })
	return found
}

// column is a named column of a relation.
type column struct {
	name string
	typ  types.Type
}

// field is a column of a source.
type field struct {
	column
	notNull bool
}

// null is the value NULL among the texts of data.
const null = "\x00null"

// table is a source and its data.
type table struct {
	name   string
	json   bool
	timed  string // the column of event time, "" if there is none
	fields []field
	rows   [][]string // texts as CSV has them
}

// item is an expression of a select list.
type item struct {
	expr  *node
	alias string
}

// order is an item of ORDER BY, by the alias of a column.
type order struct {
	alias             string
	desc, nulls, last bool // nulls: last says where they go
}

// query is a SELECT or, if it has parts, their UNION.
type query struct {
	parts    []*query
	op       string // between parts: UNION, INTERSECT, EXCEPT
	distinct bool   // SELECT DISTINCT; of parts: without ALL
	items    []item
	from     string // name of a relation, unless sub is set
	sub      *query
	as       string
	where    *node
	grouped  bool
	values   [][]*node // rows to read instead; their columns are v1, v2 ..
	sets     string    // ROLLUP or CUBE of the keys
	keys     []*node
	window   string // for veloc only
	changes  bool   // every change comes out; for veloc only
	position bool   // GROUP BY names positions; keys are the first items
	having   *node
	order    []order
	limit    int // -1: none
}

// out are the columns of the result.
func (q *query) out() []column {
	if len(q.parts) > 0 {
		return q.parts[0].out()
	}
	var cols []column
	for _, it := range q.items {
		cols = append(cols, column{it.alias, it.expr.typ})
	}
	return cols
}

// each calls fn for every expression of the query.
func (q *query) each(fn func(**node)) {
	for _, p := range q.parts {
		p.each(fn)
	}
	if q.sub != nil {
		q.sub.each(fn)
	}
	for i := range q.items {
		fn(&q.items[i].expr)
	}
	for i := range q.keys {
		fn(&q.keys[i])
	}
	for _, e := range []**node{&q.where, &q.having} {
		if *e != nil {
			fn(e)
		}
	}
}

// queries calls fn for the query and those inside it.
func (q *query) queries(fn func(*query)) {
	fn(q)
	for _, p := range q.parts {
		p.queries(fn)
	}
	if q.sub != nil {
		q.sub.queries(fn)
	}
}

// statement gives a query a name.
type statement struct {
	name string
	kind string // STREAM, TABLE, VIEW; "" is a query of WITH
	q    *query
	sink string // csv, json, or "" without a sink
}

// program is a random program and its data.
type program struct {
	seed   uint64
	tables []*table
	stmts  []*statement
}

// quoted writes a name for a dialect. Names that are words of the language are
// unquoted for veloc, where they are soft.
func quoted(name string, d dialect) string {
	plain := d == veloc
	for i, c := range name {
		if c != '_' && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
			plain = false
		}
	}
	if plain {
		return name
	}
	return `"` + name + `"`
}

func (q *query) write(b *strings.Builder, d dialect) {
	if len(q.parts) > 0 {
		for i, p := range q.parts {
			switch {
			case i > 0 && q.distinct:
				b.WriteString(" " + q.op + " ")
			case i > 0:
				b.WriteString(" " + q.op + " ALL ")
			}
			b.WriteString("(")
			p.write(b, d)
			b.WriteString(")")
		}
		return
	}
	b.WriteString("SELECT ")
	if q.distinct {
		b.WriteString("DISTINCT ")
	}
	for i, it := range q.items {
		if i > 0 {
			b.WriteString(", ")
		}
		it.expr.write(b, d)
		b.WriteString(" AS " + quoted(it.alias, d))
	}
	b.WriteString(" FROM ")
	if q.values != nil {
		q.writeValues(b, d)
	} else if q.sub != nil {
		b.WriteString("(")
		q.sub.write(b, d)
		b.WriteString(")")
	} else {
		b.WriteString(quoted(q.from, d))
	}
	b.WriteString(" AS " + q.as)
	if q.values != nil {
		var names []string
		for i := range q.values[0] {
			names = append(names, fmt.Sprintf("v%d", i+1))
		}
		b.WriteString(" (" + strings.Join(names, ", ") + ")")
	}
	if q.where != nil {
		b.WriteString(" WHERE ")
		q.where.write(b, d)
	}
	if len(q.keys) > 0 {
		b.WriteString(" GROUP BY ")
		if q.sets != "" {
			b.WriteString(q.sets + " (")
		}
		for i, k := range q.keys {
			if i > 0 {
				b.WriteString(", ")
			}
			if q.position {
				fmt.Fprint(b, i+1)
			} else {
				k.write(b, d)
			}
		}
		if q.sets != "" {
			b.WriteString(")")
		}
	}
	if q.window != "" {
		b.WriteString(" WINDOW " + q.window)
	}
	if q.having != nil {
		b.WriteString(" HAVING ")
		q.having.write(b, d)
	}
	for i, o := range q.order {
		b.WriteString([]string{", ", " ORDER BY "}[min(1, max(0, 1-i))])
		o.write(b, d)
	}
	if q.limit >= 0 {
		fmt.Fprintf(b, " LIMIT %d", q.limit)
	}
	switch {
	case q.grouped && d == veloc && q.changes:
		b.WriteString(" EMIT CHANGES")
	case q.grouped && d == veloc:
		b.WriteString(" EMIT FINAL")
	}
}

func (q *query) writeValues(b *strings.Builder, d dialect) {
	b.WriteString("(VALUES ")
	for i, row := range q.values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(")
		for j, e := range row {
			if j > 0 {
				b.WriteString(", ")
			}
			e.write(b, d)
		}
		b.WriteString(")")
	}
	b.WriteString(")")
}

func (o order) write(b *strings.Builder, d dialect) {
	b.WriteString(quoted(o.alias, d))
	if o.desc {
		b.WriteString(" DESC")
	}
	last := !o.desc
	if o.nulls {
		last = o.last
	}
	switch {
	case !o.nulls && d == veloc:
	case last:
		b.WriteString(" NULLS LAST")
	default:
		b.WriteString(" NULLS FIRST")
	}
}

func (q *query) sql(d dialect) string {
	var b strings.Builder
	q.write(&b, d)
	return b.String()
}

// result is a relation that a program writes.
type result struct {
	name string
	json bool
	cols []column
}

// text is a program as it is compiled, run and asked of DuckDB.
type text struct {
	seed    uint64
	sql     string   // for veloc
	files   []file   // the data
	tables  []*table // the data
	views   []string // for DuckDB
	results []result
	perRow  bool // each row of the result comes from one row of the data
	lazy    bool // something may be left unevaluated
	exprs   int  // expressions: items, conditions, keys
	groups  int  // queries with aggregates or GROUP BY
}

type file struct{ name, text string }

// render writes a program.
func (p *program) render() *text {
	t := &text{seed: p.seed, tables: p.tables, perRow: true}
	var b, with strings.Builder
	for _, s := range p.tables {
		t.files = append(t.files, s.file())
		fmt.Fprintf(&b, "CREATE STREAM %s (", quoted(s.name, veloc))
		for i, f := range s.fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(quoted(f.name, veloc) + " " + f.typ.String())
			if f.notNull {
				b.WriteString(" NOT NULL")
			}
		}
		format := "csv"
		if s.json {
			format = "json"
		}
		timed := ""
		if s.timed != "" {
			timed = ", 'event.time.field' = '" + s.timed + "'"
		}
		fmt.Fprintf(&b, ")\nWITH ('connector' = 'file', 'path' = '%s', 'format' = '%s'%s);\n", s.file().name, format, timed)
	}
	for _, s := range p.stmts {
		s.q.queries(func(q *query) {
			if q.grouped {
				t.groups++
			}
			if q.grouped || q.distinct || q.limit >= 0 || len(q.order) > 0 || q.values != nil || len(q.parts) > 0 && q.op != "UNION" {
				t.perRow = false
			}
		})
		s.q.each(func(e **node) {
			t.lazy = t.lazy || (*e).some(func(n *node) bool { return n.lazy })
			t.exprs++
			t.perRow = t.perRow && !(*e).some(func(n *node) bool { return n.sub })
		})
		t.views = append(t.views, fmt.Sprintf("CREATE VIEW %s AS %s", quoted(s.name, duckDB), s.q.sql(duckDB)))
		if s.kind == "" {
			if with.Len() > 0 {
				with.WriteString(",\n     ")
			}
			with.WriteString(quoted(s.name, veloc) + " AS (" + s.q.sql(veloc) + ")")
			continue
		}
		b.WriteString("CREATE " + s.kind + " " + quoted(s.name, veloc))
		if s.sink != "" {
			fmt.Fprintf(&b, "\nWITH ('connector' = 'file', 'path' = '%s.out', 'format' = '%s')", s.name, s.sink)
			t.results = append(t.results, result{s.name, s.sink == "json", s.q.out()})
		}
		b.WriteString(" AS\n")
		if with.Len() > 0 {
			b.WriteString("WITH " + with.String() + "\n")
			with.Reset()
		}
		b.WriteString(s.q.sql(veloc) + ";\n")
	}
	t.sql = b.String()
	return t
}
