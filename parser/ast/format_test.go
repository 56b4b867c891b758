package ast_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

func name(s string) ast.Expr { return &ast.Name{Parts: []ast.Ident{{Name: s}}} }

func binary(x ast.Expr, op string, y ast.Expr) ast.Expr { return &ast.Binary{Op: op, X: x, Y: y} }

// TestFormatExprParens: trees that no text without parentheses gives get them.
func TestFormatExprParens(t *testing.T) {
	a, b, c := name("a"), name("b"), name("c")
	not := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: "NOT", X: x} }
	minus := func(x ast.Expr) ast.Expr { return &ast.Unary{Op: "-", X: x} }
	isNull := func(x ast.Expr) ast.Expr { return &ast.Is{X: x, What: "NULL"} }
	for _, k := range []struct {
		x    ast.Expr
		want string
	}{
		{binary(binary(a, "+", b), "*", c), "(a + b) * c"},
		{binary(a, "*", binary(b, "+", c)), "a * (b + c)"},
		{binary(a, "-", binary(b, "-", c)), "a - (b - c)"},
		{binary(binary(a, "-", b), "-", c), "a - b - c"},
		{binary(binary(a, "OR", b), "AND", c), "(a OR b) AND c"},
		{not(binary(a, "AND", b)), "NOT (a AND b)"},
		{binary(not(a), "=", b), "(NOT a) = b"},
		{binary(a, "=", not(b)), "a = NOT b"},
		{binary(binary(a, "=", not(b)), "AND", c), "a = NOT b AND c"},
		{binary(binary(a, "*", minus(b)), "^", c), "(a * -b) ^ c"},
		{minus(minus(a)), "- -a"},
		{minus(binary(a, "^", b)), "-a ^ b"},
		{binary(minus(a), "^", b), "(-a) ^ b"},
		{binary(binary(a, "=", b), "=", c), "(a = b) = c"},
		{isNull(binary(a, "=", b)), "a = b IS NULL"},
		{binary(isNull(a), "=", b), "a IS NULL = b"},
		{binary(a, "=", isNull(b)), "a = (b IS NULL)"},
		{binary(c, "+", binary(isNull(a), "*", b)), "c + (a IS NULL) * b"},
		{&ast.Cast{X: minus(a), Type: &ast.TypeName{Name: "INT"}, Colon: true}, "(-a)::INT"},
		{&ast.Between{X: a, Low: binary(b, "AND", c), High: not(a)}, "a BETWEEN (b AND c) AND NOT a"},
		{&ast.Index{X: binary(a, "||", b), I: c}, "(a || b)[c]"},
		{&ast.Name{Parts: []ast.Ident{{Name: "two words"}}}, `"two words"`},
		{&ast.Call{Name: ast.Ident{Name: "SUM"}, Args: []ast.Expr{binary(name("qty"), "*", name("price"))}}, "SUM(qty * price)"},
	} {
		got := ast.FormatExpr(k.x)
		if got != k.want {
			t.Errorf("got %s, want %s", got, k.want)
		}
		again, list := parser.ParseExpr(source.NewFile("x", got))
		if list.HasErrors() {
			t.Errorf("%s: %s", got, list.All()[0].Msg)
		} else if back := ast.FormatExpr(again); back != got {
			t.Errorf("%s is read as %s", got, back)
		}
	}
}

func TestFormatLayout(t *testing.T) {
	for in, want := range map[string]string{
		"select a from t": "SELECT a FROM t;\n",
		"-- top\n\n\n-- @k: v\nselect a,b from t where x=1; -- tail\n\n\n\nselect 2 -- end": `-- top

-- @k: v
SELECT a, b
FROM t
WHERE x = 1; -- tail

SELECT 2; -- end
`,
		"select a, -- first\n b -- second\nfrom t": `SELECT
    a, -- first
    b -- second
FROM t;
`,
		"create stream s (a int, -- the a\n -- the b\n b text) with ('x'='y')": `CREATE STREAM s (
    a INT, -- the a
    -- the b
    b TEXT
) WITH ('x' = 'y');
`,
		"set 'a'='b';\n\nset 'c'='d'; select 1": "SET 'a' = 'b';\nSET 'c' = 'd';\n\nSELECT 1;\n",
		"select 1 -- one\n; -- two":             "SELECT 1 -- one\n; -- two\n",
		"select 1\n-- @a: b\n;select 2":         "SELECT 1\n-- @a: b\n;\n\nSELECT 2;\n",
		"DROP   TABLE t;":                       "DROP   TABLE t;\n",
		"/* only a comment */":                  "/* only a comment */\n",
		"":                                      "",
		"select a, -- first\n\n\n -- second\n b,\n c from t": `SELECT
    a, -- first

    -- second
    b,
    c
FROM t;
`,
		"select * from a left join b within 1 hour on a.some_long_column = b.some_long_column and a.other = b.other": `SELECT *
FROM a
LEFT JOIN b
    WITHIN 1 HOUR
    ON a.some_long_column = b.some_long_column AND a.other = b.other;
`,
		"select k from t where aaaaaaaaaaaaaaaaaaaa = 1 and bbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2 and cccccccccccccccccccc = 3": `SELECT k
FROM t
WHERE aaaaaaaaaaaaaaaaaaaa = 1
  AND bbbbbbbbbbbbbbbbbbbbbbbbbbbb = 2
  AND cccccccccccccccccccc = 3;
`,
	} {
		tree, list := parser.Parse(source.NewFile("x.sql", in))
		if list.HasErrors() {
			t.Errorf("%s: %s", in, list.All()[0].Msg)
			continue
		}
		if got := ast.Format(tree); got != want {
			t.Errorf("%s\n got\n%s\nwant\n%s", in, got, want)
		}
	}
}

// TestFormatWithoutSource formats a tree that was not read from a text.
func TestFormatWithoutSource(t *testing.T) {
	q := &ast.Query{Body: &ast.SelectBody{Items: []ast.SelectItem{{Expr: name("a")}}, From: []ast.TableRef{&ast.TableName{Name: ast.Ident{Name: "t"}}}}}
	view := &ast.CreateView{Name: ast.Ident{Name: "v"}, Query: q}
	view.Annotations = []ast.Annotation{{Key: "k", Value: "v"}}
	got := ast.Format(&ast.File{Stmts: []ast.Stmt{view, &ast.Select{Query: q}}})
	if want := "-- @k: v\nCREATE VIEW v AS\nSELECT a FROM t;\n\nSELECT a FROM t;\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := ast.FormatQuery(q), "SELECT a FROM t"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWalk(t *testing.T) {
	_, misplaced := parser.Parse(source.NewFile("x.sql", `CREATE TABLE x AS WITH c AS (SELECT c1 FROM t0) SELECT a1, f(a2, x => a3) FILTER (WHERE a4) OVER (PARTITION BY a5 ORDER BY a6),
		CASE a7 WHEN a8 THEN a9 ELSE a10 END, ARRAY[a11], MAP{a12: a13}, STRUCT(z := a14), a15[a16], f(a17).y, (a18, a19), a20::INT, EXTRACT(DAY FROM a21)
		FROM t1 JOIN (SELECT b1 FROM t2) s WITHIN 1 HOUR ON b2 = b3, UNNEST(b4) WHERE b5 IN (SELECT b6) AND b7 BETWEEN b8 AND b9 AND b10 LIKE b11 ESCAPE b12
		AND b13 IS DISTINCT FROM b14 AND EXISTS (SELECT b15) AND b16 = ANY (b17) AND NOT b18 AND b19 AT TIME ZONE b20 IN (b21)
		GROUP BY d1, ROLLUP(d2) WINDOW TUMBLING(1m, d3) HAVING d4 QUALIFY d5 PARTITION BY d6 WINDOW w AS (ORDER BY d7) ORDER BY d8
		UNION ALL VALUES (e1) EXCEPT (SELECT e2)`))
	if !misplaced.HasErrors() {
		t.Fatal("ORDER BY before UNION is accepted")
	}
	text := strings.Replace(misplaced.File.Text, "ORDER BY d8", "", 1)
	tree, list := parser.Parse(source.NewFile("x.sql", text))
	if list.HasErrors() {
		t.Fatal(list.All()[0].Msg)
	}
	seen := map[string]bool{}
	depth, deepest := 0, 0
	ast.Walk(tree.Stmts[0], func(n ast.Syntax) bool {
		depth++
		deepest = max(deepest, depth)
		if name, ok := n.(*ast.Name); ok {
			seen[name.Parts[0].Name] = true
		}
		return true
	}, func(ast.Syntax) { depth-- })
	if depth != 0 || deepest < 5 {
		t.Errorf("depth %d at the end, %d at most", depth, deepest)
	}
	var missing []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !strings.ContainsRune("abcde0123456789", r) }) {
		if len(w) > 1 && w[0] >= 'a' && strings.ContainsAny(w[1:], "0123456789") && !seen[w] {
			missing = append(missing, w)
		}
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("not visited: %v", missing)
	}
	count := 0
	ast.Inspect(tree.Stmts[0], func(n ast.Syntax) bool {
		count++
		_, isQuery := n.(*ast.Query)
		return !isQuery
	})
	if count != 2 {
		t.Errorf("%d nodes above the query, want 2", count)
	}
}
