package oracle

import (
	"fmt"
	"slices"

	"github.com/velocsql/veloc/compiler/types"
)

// subquery makes a condition with a subquery over one of the sources, or nil.
// Some depend on a column of the query around.
func (g *gen) subquery(sc *scope, depth int) *node {
	if len(g.tables) == 0 || sc.rows != nil {
		return nil
	}
	t := pick(g.r, g.tables)
	f := pick(g.r, t.fields)
	if f.typ.Kind == types.Interval || f.typ.Kind == types.Bytes {
		return nil
	}
	n := &node{typ: boolean, sub: true}
	where := [2]string{}
	and := func(cond [2]string) {
		for d := range where {
			if where[d] == "" {
				where[d] = " WHERE " + cond[d]
			} else {
				where[d] += " AND " + cond[d]
			}
		}
	}
	correlated := false
	if maybe(g.r, 2) {
		if key, inner := g.correlation(sc, t); key != nil {
			n.args = append(n.args, key)
			eq := [2]string{}
			for d := range eq {
				eq[d] = fmt.Sprintf("i.%s = $%d", quoted(inner, dialect(d)), len(n.args))
			}
			and(eq)
			correlated = true
		}
	}
	if maybe(g.r, 3) {
		low := fmt.Sprintf("i.id > %d", g.r.IntN(20))
		and([2]string{low, low})
	}
	from := func(what string, d int) string {
		return "SELECT " + what + " FROM " + quoted(t.name, dialect(d)) + " AS i" + where[d]
	}
	col := func(d int) string { return "i." + quoted(f.name, dialect(d)) }
	write := func(form func(d int, x string) string) *node {
		n.args = append(n.args, g.expr(sc, f.typ, depth-1))
		x := fmt.Sprintf("$%d", len(n.args))
		for d := range n.text {
			n.text[d] = form(d, x)
		}
		return n
	}
	switch g.r.IntN(6) {
	case 0:
		not := pick(g.r, []string{"", "NOT "})
		for d := range n.text {
			n.text[d] = "(" + not + "EXISTS (" + from("1", d) + "))"
		}
	case 1, 2:
		op := pick(g.r, []string{" IN", " NOT IN", " = ANY", " <> ALL"})
		write(func(d int, x string) string { return "(" + x + op + " (" + from(col(d), d) + "))" })
	case 3:
		count := pick(g.r, []string{"= 0", "> 1", "< 3"})
		for d := range n.text {
			n.text[d] = "((" + from("COUNT(*)", d) + ") " + count + ")"
		}
	case 4:
		if f.typ.Kind == types.Boolean {
			return nil
		}
		op, name := pick(g.r, []string{"=", "<", ">=", "<>"}), pick(g.r, []string{"MAX", "MIN"})
		write(func(d int, x string) string { return "(" + x + " " + op + " (" + from(name+"("+col(d)+")", d) + "))" })
	default:
		if f.typ.Kind == types.Boolean || correlated { // DuckDB does not take the latter
			return nil
		}
		op := pick(g.r, []string{"< ANY", "<= ALL", "> ANY", ">= ALL", "= ALL", "<> ANY"})
		write(func(d int, x string) string { return "(" + x + " " + op + " (" + from(col(d), d) + "))" })
	}
	return n
}

// correlation finds a column of the rows at hand and one of a table that have
// one type.
func (g *gen) correlation(sc *scope, t *table) (*node, string) {
	for range 4 {
		n := pick(g.r, sc.leaves)
		i := slices.IndexFunc(t.fields, func(f field) bool { return n.column && f.typ.Equal(n.typ) && n.name != "" })
		if i < 0 || n.typ.Kind == types.Interval || n.typ.Kind == types.Bytes {
			continue
		}
		key := *n
		for d := range key.text {
			key.text[d] = "r." + quoted(n.name, dialect(d))
		}
		key.fixed = true
		return &key, t.fields[i].name
	}
	return nil, ""
}

// rows compares two rows of two values; for DuckDB value by value.
func (g *gen) rows(sc *scope, depth int) *node {
	t, u := g.comparable(), g.comparable()
	n := &node{typ: boolean, lazy: true, args: []*node{g.expr(sc, t, depth-1), g.expr(sc, u, 0), g.expr(sc, t, 0), g.expr(sc, u, depth-1)}}
	op := pick(g.r, []string{"=", "<>", "<", "<=", ">", ">=", "IN", "NOT IN", "IS DISTINCT FROM"})
	n.text[veloc] = "(($1, $2) " + op + " ($3, $4))"
	switch op {
	case "=":
		n.text[duckDB] = "($1 = $3 AND $2 = $4)"
	case "<>":
		n.text[duckDB] = "($1 <> $3 OR $2 <> $4)"
	case "IN":
		n.text[veloc] = "(($1, $2) IN (($3, $4), ($1, $4)))"
		n.text[duckDB] = "(($1 = $3 AND $2 = $4) OR ($1 = $1 AND $2 = $4))"
	case "NOT IN":
		n.text[veloc] = "(($1, $2) NOT IN (($3, $4)))"
		n.text[duckDB] = "(NOT ($1 = $3 AND $2 = $4))"
	case "IS DISTINCT FROM":
		n.text[duckDB] = "($1 IS DISTINCT FROM $3 OR $2 IS DISTINCT FROM $4)"
	default:
		n.text[duckDB] = "($1 " + op[:1] + " $3 OR ($1 = $3 AND $2 " + op + " $4))"
	}
	return n
}

// symmetric makes BETWEEN SYMMETRIC.
func (g *gen) symmetric(sc *scope, depth int) *node {
	t := g.comparable()
	return &node{
		typ: boolean, lazy: true, args: []*node{g.expr(sc, t, depth-1), g.expr(sc, t, 0), g.expr(sc, t, 0)},
		text: [2]string{"($1 BETWEEN SYMMETRIC $2 AND $3)", "(($1 >= $2 AND $1 <= $3) OR ($1 >= $3 AND $1 <= $2))"},
	}
}

// timeArithmetic adds an interval to a time, or takes two times from each other.
func (g *gen) timeArithmetic(sc *scope, t types.Type, depth int) *node {
	ts := types.Of(types.Timestamp)
	switch t.Kind {
	case types.Timestamp:
		length := pick(g.r, []string{"'1' HOUR", "'40' DAY", "'1' MONTH", "'13' MONTH", "'1' YEAR", "'0.5' SECOND"})
		return both(t, "($1 "+pick(g.r, []string{"+", "-"})+" INTERVAL "+length+")", g.expr(sc, ts, depth-1))
	case types.Date:
		op, length := pick(g.r, []string{"+", "-"}), pick(g.r, []string{"'1' DAY", "'1' MONTH", "'11' MONTH", "'4' YEAR"})
		n := both(t, "($1 "+op+" INTERVAL "+length+")", g.expr(sc, t, depth-1))
		n.text[duckDB] = "CAST(" + n.text[duckDB] + " AS DATE)"
		return n
	case types.Interval:
		return both(t, "($1 - $2)", g.expr(sc, ts, depth-1), g.expr(sc, ts, depth-1))
	}
	return nil
}

// values makes rows of literals to read, whose columns are v1, v2 ..
func (g *gen) values() ([][]*node, []column) {
	var cols []column
	for i := range 1 + g.r.IntN(3) {
		cols = append(cols, column{fmt.Sprintf("v%d", i+1), g.columnType()})
	}
	var rows [][]*node
	for range 1 + g.r.IntN(5) {
		var row []*node
		for _, c := range cols {
			v := g.literal(c.typ)
			if maybe(g.r, 5) {
				v = g.nullOf(c.typ)
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	return rows, cols
}
