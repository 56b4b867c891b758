package parser

import (
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// seeds are programs that touch most of the language.
var seeds = []string{
	"CREATE STREAM s (id INT KEY, p DECIMAL(12, 4) NOT NULL, PRIMARY KEY (id)) WITH (KAFKA_TOPIC='t', 'k' = \"v\", n = -1);",
	"CREATE TABLE v WITH ('a'='b') AS SELECT k, SUM(q*p) AS v, * FROM t WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 5s) WHERE a > 1 GROUP BY k HAVING COUNT(*) > 1 EMIT FINAL;",
	"-- @metric: x\nSELECT a, -- one\n  b /* two */ FROM t -- three\n;-- four\n",
	"WITH a AS (SELECT 1), b(x) AS (VALUES (1), (2)) SELECT * FROM a, b UNION ALL (SELECT 3 LIMIT 1) INTERSECT SELECT 4 ORDER BY 1 DESC NULLS LAST;",
	"SELECT a->b->>'c', x[1].y::INT[], NOT a IS NULL AND -b ^ 2 BETWEEN 1 AND 2 OR c LIKE E'\\n' ESCAPE '!', CASE a WHEN 1 THEN 2 ELSE 3 END, f(DISTINCT x ORDER BY y) FILTER (WHERE z) OVER (PARTITION BY a ROWS 5 PRECEDING) FROM t;",
	"SELECT * FROM a LEFT JOIN b AS c WITHIN (1 MINUTE, 30s) GRACE PERIOD 1 DAY ON a.x = c.x JOIN (d JOIN e USING (q)) ON TRUE, UNNEST(a.arr) WITH ORDINALITY u (v, n);",
	"SELECT f(x => x + 1, (k, v) => k), MAP{'a': 1}, MAP('a' := 1), STRUCT(a := 1), ARRAY[1, 2], INTERVAL '1 day -2 hours', INTERVAL 5 MINUTES, 1h30m, DATE '2024-01-01', X'00ff', $$raw$$ FROM t;",
	"CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE SQL AS $$SELECT a + 1 -- more\n$$; CREATE TYPE t AS STRUCT<a INT, b MAP<STRING, ARRAY<INT>>>;",
	"SELECT x IN (SELECT 1), x > ALL (SELECT 2), EXISTS (SELECT 3), (SELECT 4), (a, b) IN ((1, 2)), ((SELECT 1) UNION (SELECT 2)) FROM 'f.csv' WINDOW w AS (ORDER BY a);",
	"DROP STREAM x; SET 'a' = 'b'; SET 'c' = 1; EXPLAIN SELECT 1; DESCRIBE x; SHOW STREAMS; INSERT INTO x (a) VALUES (1) ",
	"SELECT\n a, -- x\n\n -- y\n CASE a WHEN 1 THEN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' /* z */ ELSE 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' END\n FROM t WITH ( -- o\n 'a' = 'b' -- p\n )",
	"SELECT window, end, limit AS limit FROM t AS window GROUP BY GROUPING SETS ((a, b), ()), ROLLUP(a), CUBE((a), b) PARTITION BY a STATE UNBOUNDED INTO x, y WITH (EMIT = CHANGES)",
}

func addSeeds(f *testing.F) {
	f.Helper()
	for _, s := range seeds {
		f.Add(s)
	}
}

// FuzzLexer checks that tokens and comments lie in order and inside the text.
func FuzzLexer(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		s := scan(text, 0, len(text))
		end := 0
		for _, tok := range s.toks {
			if tok.Value == "" || tok.Pos.Offset < end || text[tok.Pos.Offset:tok.Pos.Offset+len(tok.Value)] != tok.Value {
				t.Fatalf("token %q at %d, the one before ends at %d", tok.Value, tok.Pos.Offset, end)
			}
			end = tok.Pos.Offset + len(tok.Value)
		}
		for _, e := range s.errs {
			if e.span.Start < 1 || e.span.End.Offset() > len(text) {
				t.Fatalf("%s at %v in a text of %d bytes", e.msg, e.span, len(text))
			}
		}
	})
}

// FuzzParse checks that no text makes the parser panic, and that every
// diagnostic has a code, a message and a place in the text.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("fuzz.sql", text)
		tree, list := Parse(file)
		for _, d := range list.All() {
			if d.Code == "" || d.Msg == "" || d.Span.IsZero() || d.Span.End.Offset() > len(text) {
				t.Fatalf("bad diagnostic %+v", d)
			}
		}
		for _, s := range tree.Stmts {
			ast.Inspect(s, func(n ast.Syntax) bool {
				if at := n.Span(); at.IsZero() || at.End < at.Start || at.End.Offset() > len(text) {
					t.Fatalf("%T at %v", n, at)
				}
				return true
			})
		}
		ParseExpr(file)
	})
}

// FuzzFormat checks that formatting keeps the tree, and is a fixpoint.
func FuzzFormat(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		if _, list := Parse(source.NewFile("fuzz.sql", text)); list.HasErrors() {
			return
		}
		checkFormat(t, text)
	})
}
