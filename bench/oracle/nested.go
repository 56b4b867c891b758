package oracle

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// nested makes a value through arrays, maps, structs and lambdas, and back.
func (g *gen) nested(sc *scope, t types.Type, depth int) *node {
	sub := func() *node { return g.expr(sc, t, depth-1) }
	i := pick(g.r, []int{1, 2, -1, -2, 3})
	two := func(veloc, duck string) *node {
		return &node{typ: t, args: []*node{sub(), sub()}, text: [2]string{veloc, duck}}
	}
	array, list := "ARRAY[$1, $2]", fmt.Sprintf("[CAST($1 AS %s), CAST($2 AS %[1]s)]", duckType(t))
	switch g.r.IntN(16) {
	case 9:
		return two(fmt.Sprintf("SLICE(%s, 1, 2)[%d]", array, i), fmt.Sprintf("(list_slice(%s, 1, 2))[%d]", list, i))
	case 10:
		return two(fmt.Sprintf("FLATTEN([[$1], %s])[%d]", array, i), fmt.Sprintf("(flatten([[CAST($1 AS %s)], %s]))[%d]", duckType(t), list, i))
	case 11:
		return two(fmt.Sprintf("ARRAY_CONCAT(%s, [$2])[%d]", array, i), fmt.Sprintf("(list_concat(%s, [CAST($2 AS %s)]))[%d]", list, duckType(t), i))
	case 12:
		return two(fmt.Sprintf("ARRAY_APPEND(%s, $1)[%d]", array, i), fmt.Sprintf("(list_append(%s, CAST($1 AS %s)))[%d]", list, duckType(t), i))
	case 13:
		if t.Kind == types.Boolean {
			return g.inArrays(sc, depth)
		}
	case 14:
		if t.Kind == types.String {
			return two("JSON_VALUE(JSON_OBJECT('a' VALUE $1, 'b' VALUE $2), '$.b')", "CAST($2 AS VARCHAR)")
		}
	case 15:
		if t.Kind != types.Interval && t.Kind != types.Bytes {
			name := pick(g.r, []string{"MAX", "MIN"})
			return two(fmt.Sprintf("ARRAY_%s(%s)", name, array), fmt.Sprintf("list_%s(%s)", strings.ToLower(name), list))
		}
	case 0:
		return two(fmt.Sprintf("%s[%d]", array, i), fmt.Sprintf("(%s)[%d]", list, i))
	case 1:
		return two("STRUCT(a := $1, b := $2)->b", fmt.Sprintf("struct_pack(a := $1, b := CAST($2 AS %s)).b", duckType(t)))
	case 2:
		return two("MAP('k' := $1, 'l' := $2)['l']", fmt.Sprintf("struct_pack(k := $1, l := CAST($2 AS %s)).l", duckType(t)))
	case 3:
		return two(fmt.Sprintf("TRANSFORM(%s, x => x)[%d]", array, i), fmt.Sprintf("(%s)[%d]", list, i))
	case 4:
		return two("REDUCE("+array+", $1, (s, x) => x)", fmt.Sprintf("CAST($2 AS %s)", duckType(t)))
	case 5:
		return two(fmt.Sprintf("FILTER(%s, x => x IS NOT NULL)[1]", array), fmt.Sprintf("(list_filter(%s, x -> x IS NOT NULL))[1]", list))
	case 6:
		return two(fmt.Sprintf("ARRAY_REVERSE(%s)[%d]", array, i), fmt.Sprintf("(list_reverse(%s))[%d]", list, i))
	case 7:
		if t.Kind == types.Boolean {
			u := g.comparable()
			x, y, z := g.expr(sc, u, depth-1), g.expr(sc, u, depth-1), g.expr(sc, u, 0)
			d := duckType(u)
			return &node{typ: t, args: []*node{x, y, z}, text: [2]string{"($1 = ANY (ARRAY[$2, $3]))", fmt.Sprintf("(CAST($1 AS %s) IN (CAST($2 AS %[1]s), CAST($3 AS %[1]s)))", d)}}
		}
	case 8:
		if t.Kind == types.Int {
			u := g.columnType()
			return &node{typ: t, args: []*node{g.expr(sc, u, depth-1), g.literal(u)}, text: [2]string{"ARRAY_LENGTH(ARRAY[$1, $2])", "CAST(len([$1, $2]) AS INTEGER)"}}
		}
	}
	return two(fmt.Sprintf("ELEMENT_AT(%s, %d)", array, i), fmt.Sprintf("(%s)[%d]", list, i))
}

// inArrays asks whether arrays have a value, or values in common.
func (g *gen) inArrays(sc *scope, depth int) *node {
	u := g.comparable()
	x, y, z := g.expr(sc, u, depth-1), g.expr(sc, u, depth-1), g.expr(sc, u, 0)
	d := duckType(u)
	cast := func(i int) string { return fmt.Sprintf("CAST($%d AS %s)", i, d) }
	two := pick(g.r, [][2]string{
		{"ARRAY_OVERLAPS([$1, $2], [$3])", "list_has_any([" + cast(1) + ", " + cast(2) + "], [" + cast(3) + "])"},
		{"ARRAY_CONTAINS_ALL([$1, $2], [$3])", "list_has_all([" + cast(1) + ", " + cast(2) + "], [" + cast(3) + "])"},
	})
	return &node{typ: boolean, args: []*node{x, y, z}, text: two}
}
