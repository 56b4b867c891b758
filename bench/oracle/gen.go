package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/velocsql/veloc/compiler/types"
)

// gen makes random programs.
type gen struct {
	r      *rand.Rand
	duck   bool     // only what DuckDB can answer too
	tables []*table // that subqueries can read
	wild   bool     // data and literals at the ends of their types
}

// relation is what a query can read.
type relation struct {
	name    string
	cols    []column
	ordered bool // its rows come in the order of the data
	timed   bool // its rows have event times
}

// scope is what an expression can name.
type scope struct {
	leaves  []*node
	rows    *scope // of the rows of a group, for the arguments of aggregates; nil: no aggregates
	ordered bool
}

// generate makes the program of a seed.
func generate(seed uint64, duck bool) *program {
	g := &gen{r: rand.New(rand.NewPCG(seed, 7)), duck: duck}
	g.wild = maybe(g.r, 3)
	p := &program{seed: seed}
	var rels []relation
	for i := range 1 + g.r.IntN(2) {
		t := g.newTable(fmt.Sprintf("s%d", i+1))
		p.tables, g.tables = append(p.tables, t), append(g.tables, t)
		if !duck && maybe(g.r, 2) {
			t.time(g.r)
		}
		rel := relation{name: t.name, ordered: true, timed: t.timed != ""}
		for _, f := range t.fields {
			rel.cols = append(rel.cols, f.column)
		}
		rels = append(rels, rel)
	}
	n := 1 + g.r.IntN(3)
	for i := range n {
		s := &statement{name: fmt.Sprintf("o%d", i+1)}
		local := slices.Clone(rels)
		if maybe(g.r, 5) { // a query of WITH
			cte := &statement{name: fmt.Sprintf("w%d", i+1)}
			cte.q = g.query(rels, 2)
			p.stmts = append(p.stmts, cte)
			local = []relation{{name: cte.name, cols: cte.q.out()}}
		}
		s.q = g.query(local, 3)
		s.kind = "STREAM"
		grouped := len(s.q.parts) == 0 && s.q.grouped
		switch {
		case grouped && maybe(g.r, 2):
			s.kind = "TABLE"
		case maybe(g.r, 6):
			s.kind = "VIEW"
		}
		if i == n-1 || maybe(g.r, 3) {
			s.sink = pick(g.r, []string{"csv", "json"})
			if s.kind == "VIEW" {
				s.kind = "STREAM"
			}
		}
		p.stmts = append(p.stmts, s)
		rels = append(rels, relation{name: s.name, cols: s.q.out()})
	}
	return p
}

// query makes a query over one of the relations; depth bounds queries in it.
func (g *gen) query(rels []relation, depth int) *query {
	if depth > 1 && maybe(g.r, 8) {
		return g.union(rels, depth)
	}
	return g.selectBlock(rels, depth, nil)
}

func (g *gen) union(rels []relation, depth int) *query {
	q := &query{op: pick(g.r, []string{"UNION", "UNION", "INTERSECT", "EXCEPT"}), distinct: maybe(g.r, 3), limit: -1}
	var shape []types.Type
	for range 1 + g.r.IntN(4) {
		t := g.columnType()
		if t.Kind == types.Interval { // which DuckDB compares by another rule
			t = types.Of(types.Int)
		}
		shape = append(shape, t)
	}
	for range 2 + g.r.IntN(2) {
		q.parts = append(q.parts, g.selectBlock(rels, depth-1, shape))
	}
	return q
}

// selectBlock makes a SELECT, with columns of given types if there is a shape.
func (g *gen) selectBlock(rels []relation, depth int, shape []types.Type) *query {
	q := &query{limit: -1, as: "r"}
	var from relation
	switch {
	case depth > 1 && maybe(g.r, 5):
		q.sub = g.query(rels, depth-1)
		from = relation{cols: q.sub.out()}
	case maybe(g.r, 12):
		q.values, from.cols = g.values()
	default:
		from = pick(g.r, rels)
		if maybe(g.r, 2) {
			from = rels[len(rels)-1]
		}
		q.from = from.name
	}
	rows := &scope{ordered: from.ordered}
	for _, c := range from.cols {
		n := &node{typ: c.typ, column: true, name: c.name, text: [2]string{quoted(c.name, veloc), quoted(c.name, duckDB)}}
		if maybe(g.r, 4) {
			n.text = [2]string{"r." + n.text[veloc], "r." + n.text[duckDB]}
		}
		rows.leaves = append(rows.leaves, n)
	}
	if maybe(g.r, 2) {
		q.where = g.expr(rows, types.Of(types.Boolean), 2)
	}
	free := shape == nil
	if free {
		for range 1 + g.r.IntN(5) {
			shape = append(shape, g.columnType())
		}
	}
	sc := rows
	if maybe(g.r, 3) {
		q.grouped = true
		sc = g.group(q, rows)
		g.windowed(q, sc, from)
	}
	for i, t := range shape {
		e := g.item(sc, t, i, q)
		q.items = append(q.items, item{e, fmt.Sprintf("c%d", i+1)})
	}
	g.fillGroup(q, sc)
	if q.grouped && len(q.keys) > 0 && q.window == "" && maybe(g.r, 4) {
		g.sets(q, free)
	}
	if q.grouped && maybe(g.r, 4) {
		q.having = g.expr(sc, types.Of(types.Boolean), 2)
	}
	q.distinct = maybe(g.r, 8) && !slices.ContainsFunc(q.items, func(it item) bool { return it.expr.typ.Kind == types.Interval })
	if maybe(g.r, 6) && q.window == "" && !q.changes {
		g.sort(q)
	}
	return q
}

// time makes a column that is a timestamp the event time.
func (t *table) time(r *rand.Rand) {
	var names []string
	for _, f := range t.fields {
		if f.typ.Kind == types.Timestamp {
			names = append(names, f.name)
		}
	}
	if len(names) > 0 {
		t.timed = pick(r, names)
	}
}

// windowed puts the groups of rows with event times into windows, and lets every
// change of a group out; DuckDB has neither.
func (g *gen) windowed(q *query, sc *scope, from relation) {
	if g.duck {
		return
	}
	q.changes = maybe(g.r, 6)
	if !from.timed || !maybe(g.r, 2) {
		return
	}
	q.window = pick(g.r, []string{"TUMBLING(1 HOUR)", "TUMBLING(1 DAY)", "HOPPING(SIZE 1 HOUR, ADVANCE BY 15 MINUTES)", "SESSION(10 MINUTES)", "TUMBLING(SIZE 1 HOUR, GRACE PERIOD 5 MINUTES)"})
	for _, name := range []string{"window_start", "window_end"} {
		sc.leaves = append(sc.leaves, leaf(types.Of(types.Timestamp), name))
	}
}

// sets groups by ROLLUP or CUBE of the keys, and tells the sets apart.
func (g *gen) sets(q *query, free bool) {
	q.sets = pick(g.r, []string{"ROLLUP", "CUBE"})
	if !free { // the columns are given
		return
	}
	e := both(types.Of(types.Int), "GROUPING($1)", q.keys[0])
	e.text[duckDB] = "CAST(GROUPING($1) AS INTEGER)"
	e.agg, e.fixed = true, true
	q.items = append(q.items, item{e, fmt.Sprintf("c%d", len(q.items)+1)})
}

// item is an expression of the select list.
func (g *gen) item(sc *scope, t types.Type, i int, q *query) *node {
	if q.grouped && i < len(q.keys) && t.Equal(q.keys[i].typ) {
		return q.keys[i]
	}
	return g.expr(sc, t, 1+g.r.IntN(3))
}

// group makes the keys of a query and the scope behind GROUP BY.
func (g *gen) group(q *query, rows *scope) *scope {
	sc := &scope{rows: rows, ordered: rows.ordered}
	for range g.r.IntN(3) {
		k := pick(g.r, rows.leaves)
		if maybe(g.r, 3) {
			if e := g.expr(rows, pick(g.r, rows.leaves).typ, 2); e.some(func(n *node) bool { return n.column }) {
				k = e
			}
		}
		if k.typ.Kind == types.Interval || slices.Contains(q.keys, k) {
			continue
		}
		q.keys = append(q.keys, k)
	}
	sc.leaves = q.keys
	return sc
}

// fillGroup makes sure that a query without keys has an aggregate, which makes
// it one of groups.
func (g *gen) fillGroup(q *query, sc *scope) {
	if !q.grouped || len(q.keys) > 0 {
		return
	}
	for _, it := range q.items {
		if it.expr.some(func(n *node) bool { return n.agg }) {
			return
		}
	}
	q.items = append(q.items, item{leaf(types.Of(types.BigInt), "COUNT(*)"), fmt.Sprintf("c%d", len(q.items)+1)})
	q.items[len(q.items)-1].expr.agg = true
}

// sort adds ORDER BY all columns, so that LIMIT has one answer, and LIMIT.
func (g *gen) sort(q *query) {
	for _, it := range q.items {
		if it.expr.typ.Kind == types.Interval || it.expr.typ.Kind == types.Bytes {
			return
		}
	}
	for _, it := range q.items {
		q.order = append(q.order, order{it.alias, maybe(g.r, 2), maybe(g.r, 4), maybe(g.r, 2)})
	}
	g.r.Shuffle(len(q.order), func(i, j int) { q.order[i], q.order[j] = q.order[j], q.order[i] })
	if maybe(g.r, 2) {
		q.limit = g.r.IntN(10)
	}
}

// expr makes an expression of a type.
func (g *gen) expr(sc *scope, t types.Type, depth int) *node {
	if depth <= 0 {
		return g.leaf(sc, t)
	}
	for range 4 {
		if n := g.form(sc, t, depth); n != nil {
			return n
		}
	}
	return g.leaf(sc, t)
}

// form makes an expression of a form that the type allows, or nil.
func (g *gen) form(sc *scope, t types.Type, depth int) *node {
	if sc.rows != nil && g.r.IntN(10) < 4 {
		return g.aggregate(sc, t)
	}
	switch w := g.r.IntN(20); {
	case w < 3:
		return g.leaf(sc, t)
	case w < 6:
		return g.conditional(sc, t, depth)
	case w < 8:
		return g.cast(sc, t, depth)
	case w == 13:
		return g.nested(sc, t, depth)
	case w < 13:
		switch {
		case t.Kind == types.Boolean:
			return g.condition(sc, depth)
		case t.Kind == types.Timestamp, t.Kind == types.Date, t.Kind == types.Interval:
			return g.timeArithmetic(sc, t, depth)
		case t.IsNumeric() && t.Kind != types.Float:
			return g.arithmetic(sc, t, depth)
		case t.Kind == types.String && w < 9:
			a, b := g.expr(sc, t, depth-1), g.expr(sc, t, depth-1)
			return &node{typ: t, args: []*node{a, b}, text: [2]string{"($1 || $2)", "($1 || $2)"}}
		}
	}
	return g.call(sc, t, depth)
}

// leaf is a column or a literal, in a group a key, an aggregate or a literal.
func (g *gen) leaf(sc *scope, t types.Type) *node {
	var same, near []*node
	for _, n := range sc.leaves {
		switch {
		case n.typ.Equal(t):
			same = append(same, n)
		case n.typ.Kind == t.Kind:
			near = append(near, n)
		}
	}
	switch {
	case len(same) > 0 && !maybe(g.r, 6):
		return pick(g.r, same)
	case len(near) > 0 && maybe(g.r, 2):
		return g.castNode(pick(g.r, near), t, false)
	case sc.rows != nil && maybe(g.r, 2):
		if n := g.aggregate(sc, t); n != nil {
			return n
		}
	case maybe(g.r, 12):
		return g.nullOf(t)
	}
	return g.literal(t)
}

func (g *gen) nullOf(t types.Type) *node {
	return &node{typ: t, text: [2]string{"CAST(NULL AS " + t.String() + ")", "CAST(NULL AS " + duckType(t) + ")"}}
}

// duckType is how DuckDB spells a type.
func duckType(t types.Type) string {
	switch t.Kind {
	case types.String:
		return "VARCHAR"
	case types.Int:
		return "INTEGER"
	case types.Bytes:
		return "BLOB"
	}
	return t.String()
}
