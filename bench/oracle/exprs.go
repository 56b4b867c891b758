package oracle

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

var boolean = types.Of(types.Boolean)

// both is a node whose text is the same in both dialects.
func both(t types.Type, text string, args ...*node) *node {
	return &node{typ: t, args: args, text: [2]string{text, text}}
}

// as writes CAST($i AS t) for DuckDB.
func as(i int, t types.Type) string { return fmt.Sprintf("CAST($%d AS %s)", i, duckType(t)) }

// conditional makes CASE, COALESCE and the like.
func (g *gen) conditional(sc *scope, t types.Type, depth int) *node {
	sub := func() *node { return g.expr(sc, t, depth-1) }
	var n *node
	switch g.r.IntN(8) {
	case 0:
		n = both(t, "CASE WHEN $1 THEN $2 ELSE $3 END", g.expr(sc, boolean, depth-1), sub(), sub())
	case 1:
		n = both(t, "CASE WHEN $1 THEN $2 END", g.expr(sc, boolean, depth-1), sub())
	case 2:
		k := g.comparable()
		n = both(t, "CASE $1 WHEN $2 THEN $3 WHEN $4 THEN $5 ELSE $6 END", g.expr(sc, k, depth-1), g.literal(k), sub(), g.expr(sc, k, 0), g.literal(t), sub())
	case 3:
		n = both(t, "COALESCE($1, $2)", sub(), sub())
		n.digits = n.args[0].digits // a literal is the first that is not NULL
		if maybe(g.r, 3) {
			n = both(t, "COALESCE($1, $2, $3)", sub(), sub(), g.literal(t))
			n.digits = n.args[0].digits
		}
	case 4:
		if t.Kind == types.Interval || t.Kind == types.Bytes {
			return nil
		}
		n = both(t, "NULLIF($1, $2)", sub(), sub())
	case 5, 6:
		if t.Kind == types.Interval || t.Kind == types.Bytes || t.Kind == types.Boolean {
			return nil
		}
		name := pick(g.r, []string{"GREATEST", "LEAST"})
		n = both(t, name+"($1, $2)", sub(), sub())
		if maybe(g.r, 3) {
			n = both(t, name+"($1, $2, $3)", sub(), sub(), g.literal(t))
		}
	default:
		n = both(t, "CASE WHEN $1 THEN $2 ELSE $3 END", g.expr(sc, boolean, depth-1), sub(), sub())
		n.text[veloc] = "IF($1, $2, $3)"
	}
	n.lazy = true
	return n
}

// comparable is a random type whose values compare.
func (g *gen) comparable() types.Type {
	for {
		if t := g.columnType(); t.Kind != types.Interval && t.Kind != types.Bytes {
			return t
		}
	}
}

// pair makes two expressions that can be compared, and how DuckDB compares them.
func (g *gen) pair(sc *scope, depth int) (x, y *node, dx, dy string) {
	t := g.comparable()
	u := t
	numbers := []types.Type{types.Of(types.Int), types.Of(types.BigInt), types.Of(types.Double), types.Dec(12, 4), types.Dec(5, 2)}
	if t.IsNumeric() && t.Kind != types.Float && maybe(g.r, 3) {
		u = pick(g.r, numbers)
	}
	c, ok := types.Common(t, u)
	if !ok {
		u, c = t, t
	}
	x, y = g.expr(sc, t, depth-1), g.expr(sc, u, depth-1)
	dx, dy = "$1", "$2"
	if !t.Equal(u) {
		dx, dy = as(1, c), as(2, c)
	}
	return x, y, dx, dy
}

// condition makes an expression of BOOLEAN.
func (g *gen) condition(sc *scope, depth int) *node {
	cond := func() *node { return g.expr(sc, boolean, depth-1) }
	switch g.r.IntN(18) {
	case 14:
		return g.rows(sc, depth)
	case 15:
		return g.symmetric(sc, depth)
	case 16, 17:
		return g.subquery(sc, depth)
	case 0, 1, 2:
		x, y, dx, dy := g.pair(sc, depth)
		op := pick(g.r, []string{"=", "<>", "<", "<=", ">", ">="})
		return &node{typ: boolean, args: []*node{x, y}, text: [2]string{"($1 " + op + " $2)", "(" + dx + " " + op + " " + dy + ")"}}
	case 3, 4:
		n := both(boolean, pick(g.r, []string{"($1 AND $2)", "($1 OR $2)"}), cond(), cond())
		n.lazy = true
		return n
	case 5:
		return both(boolean, "(NOT $1)", cond())
	case 6:
		return both(boolean, "($1 IS "+pick(g.r, []string{"NOT ", ""})+"NULL)", g.expr(sc, g.columnType(), depth-1))
	case 7:
		return both(boolean, "($1 IS "+pick(g.r, []string{"TRUE", "FALSE", "NOT TRUE", "NOT FALSE"})+")", cond())
	case 8:
		x, y, dx, dy := g.pair(sc, depth)
		op := " IS " + pick(g.r, []string{"", "NOT "}) + "DISTINCT FROM "
		return &node{typ: boolean, args: []*node{x, y}, text: [2]string{"($1" + op + "$2)", "(" + dx + op + dy + ")"}}
	case 9, 10:
		return g.inList(sc, depth)
	case 11:
		t := g.comparable()
		op := pick(g.r, []string{"BETWEEN", "NOT BETWEEN"})
		n := both(boolean, "($1 "+op+" $2 AND $3)", g.expr(sc, t, depth-1), g.expr(sc, t, 0), g.expr(sc, t, 0))
		n.lazy = true
		return n
	default:
		return g.like(sc, depth)
	}
}

func (g *gen) inList(sc *scope, depth int) *node {
	t := g.comparable()
	n := both(boolean, "", g.expr(sc, t, depth-1))
	list := []string{}
	for i := range 1 + g.r.IntN(4) {
		e := g.literal(t)
		if maybe(g.r, 4) {
			e = g.expr(sc, t, 0)
		}
		n.args = append(n.args, e)
		list = append(list, fmt.Sprintf("$%d", i+2))
	}
	if maybe(g.r, 6) {
		list = append(list, "NULL")
	}
	n.text[veloc] = "($1 " + pick(g.r, []string{"IN", "NOT IN"}) + " (" + strings.Join(list, ", ") + "))"
	n.text[duckDB] = n.text[veloc]
	n.lazy = true
	return n
}

func (g *gen) like(sc *scope, depth int) *node {
	s := types.Of(types.String)
	x := g.expr(sc, s, depth-1)
	op := pick(g.r, []string{"LIKE", "LIKE", "NOT LIKE", "ILIKE"})
	if maybe(g.r, 5) {
		return both(boolean, "($1 "+op+" $2 ESCAPE '!')", x, leaf(s, pick(g.r, []string{"'%!%%'", "'a!_c'", "'!!%'", "'%!_%'"})))
	}
	y := leaf(s, pick(g.r, []string{"'%a%'", "'a_'", "'%'", "''", "'_%'", "'é%'", "'%b'", "'_'", "'a%c'", "'%l%o%'", "'__'", "'%漢%'", "'%\n%'", "'Hello%'"}))
	y.fixed = true
	return both(boolean, "($1 "+op+" $2)", x, y)
}

// arithmetic makes an operation whose result is of a type; a decimal is cast.
func (g *gen) arithmetic(sc *scope, t types.Type, depth int) *node {
	var tx, ty types.Type
	in, big, dbl := types.Of(types.Int), types.Of(types.BigInt), types.Of(types.Double)
	op := pick(g.r, []string{"+", "-", "*", "/", "%", "DIV", "+", "-", "neg"})
	switch t.Kind {
	case types.Int:
		tx, ty = in, in
	case types.BigInt:
		two := pick(g.r, [][2]types.Type{{in, big}, {big, in}, {big, big}})
		tx, ty = two[0], two[1]
	case types.Double:
		two := pick(g.r, [][2]types.Type{{dbl, dbl}, {dbl, in}, {big, dbl}, {dbl, g.decimalType()}, {g.decimalType(), dbl}, {in, big}, {big, big}})
		tx, ty = two[0], two[1]
		if tx.IsInteger() && ty.IsInteger() {
			op = "/"
		}
	default:
		two := pick(g.r, [][2]types.Type{{g.decimalType(), g.decimalType()}, {g.decimalType(), in}, {in, g.decimalType()}, {g.decimalType(), big}, {t, t}})
		tx, ty = two[0], two[1]
	}
	if op == "neg" {
		return both(t, "(- $1)", g.expr(sc, t, depth-1))
	}
	x := g.expr(sc, tx, depth-1)
	y := g.expr(sc, ty, depth-1)
	n := operate(op, x, y)
	switch {
	case n == nil:
		return nil
	case n.typ.Equal(t):
		return n
	case n.typ.Kind == types.Decimal && t.Kind == types.Decimal:
		return g.castNode(n, t, false)
	}
	return nil
}

// operate makes x op y, or nil if there is no such operation.
func operate(op string, x, y *node) *node {
	tx, ty := exact(x, y.typ), exact(y, x.typ)
	var a types.Arithmetic
	ok := true
	switch op {
	case "+", "-":
		a, ok = types.AddSub(tx, ty)
	case "*":
		a, ok = types.Mul(tx, ty)
	case "/":
		a = types.Div(tx, ty)
	case "DIV":
		a, ok = types.IntDiv(tx, ty)
	case "%":
		a, ok = types.Mod(tx, ty)
	}
	if !ok {
		return nil
	}
	n := &node{typ: a.Result, args: []*node{x, y}}
	n.text[veloc] = "($1 " + op + " $2)"
	dx, dy := as(1, a.X), as(2, a.Y)
	r := a.Result
	digits := func(name string) string {
		return fmt.Sprintf("CAST(%s(CAST(%s AS VARCHAR), CAST(%s AS VARCHAR), %d, %d) AS %s)", name, dx, dy, r.Precision, r.Scale, r)
	}
	switch {
	case r.Kind == types.Decimal && op == "/":
		n.text[duckDB] = digits("exact_div")
	case r.Kind == types.Decimal && op == "DIV":
		n.text[duckDB] = digits("exact_whole")
	case r.Kind == types.Decimal && op == "%":
		n.text[duckDB] = digits("exact_rest")
	case r.Kind == types.Decimal:
		n.text[duckDB] = "CAST(" + dx + " " + op + " " + dy + " AS " + r.String() + ")"
	case r.Kind == types.Double && op == "/":
		n.text[duckDB] = "(" + dx + " / nullif(" + dy + ", 0))"
	case r.Kind == types.Double && op == "%":
		n.text[duckDB] = remainder(dx, dy)
	case op == "DIV":
		n.text[duckDB] = "(" + dx + " // nullif(" + dy + ", 0))"
	case op == "%":
		n.text[duckDB] = "(" + dx + " % nullif(" + dy + ", 0))"
	default:
		n.text[duckDB] = "(" + dx + " " + op + " " + dy + ")"
	}
	return n
}

// remainder is x % y of doubles for DuckDB, whose fmod has the sign of y and is
// not exact: the remainder of 284 and 0.1 is 0.0999.. and not 0.
func remainder(x, y string) string { return "exact_fmod(" + x + ", nullif(" + y + ", 0))" }

// exact is the type of an operand: an integer literal beside a decimal counts
// as the smallest decimal.
func exact(n *node, beside types.Type) types.Type {
	if n.digits > 0 && beside.Kind == types.Decimal {
		return types.Dec(n.digits, 0)
	}
	return n.typ
}

// cast makes a conversion to a type.
func (g *gen) cast(sc *scope, t types.Type, depth int) *node {
	from := g.columnType()
	if !types.CanCast(from, t) || g.duck && !castAlike(from, t) {
		return nil
	}
	if from.Kind == types.String { // most texts are no values
		return g.castNode(leaf(from, quoteText(value(g.r, t, g.wild))), t, true)
	}
	return g.castNode(g.expr(sc, from, depth-1), t, maybe(g.r, 4))
}

// castAlike reports conversions that DuckDB makes like veloc, see Differences.
func castAlike(from, to types.Type) bool {
	switch {
	case to.Kind == types.String:
		return !from.IsApprox() && (from.Kind != types.Decimal || from.Precision > from.Scale) && from.Kind != types.Timestamp && from.Kind != types.Interval
	case from.Kind == types.String:
		return to.Kind == types.Int || to.Kind == types.BigInt || to.Kind == types.Decimal || to.Kind == types.Date || to.Kind == types.Double
	case from.IsApprox() && to.Kind == types.Decimal:
		return false
	}
	return true
}

// castNode converts an expression, in one of the spellings.
func (g *gen) castNode(n *node, t types.Type, try bool) *node {
	name := "CAST"
	if try {
		name = "TRY_CAST"
	}
	out := &node{typ: t, args: []*node{n}}
	out.text[veloc] = name + "($1 AS " + t.String() + ")"
	if !try && maybe(g.r, 4) {
		out.text[veloc] = "($1)::" + t.String()
	}
	x := "$1"
	switch from := n.typ; {
	case from.IsApprox() && t.IsInteger():
		x = "round($1)"
	case from.Kind == types.Timestamp && t.Kind == types.BigInt:
		x = "CAST(floor(epoch_us($1) / 1000) AS BIGINT)"
	case from.IsInteger() && t.Kind == types.Timestamp:
		x = "make_timestamp(CAST($1 AS BIGINT) * 1000)"
		if try {
			x = "TRY(" + x + ")"
		}
	}
	out.text[duckDB] = name + "(" + x + " AS " + duckType(t) + ")"
	return out
}
