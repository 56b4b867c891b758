package parser

import (
	"os"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// TestStatements parses every form of statement; want is the canonical layout on
// one line, "" when it is the input.
func TestStatements(t *testing.T) {
	text, err := os.ReadFile("testdata/statements.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := 0
	for _, block := range strings.Split(string(text), "\n\n") {
		block = strings.TrimSpace(block)
		if block == "" || strings.HasPrefix(block, "#") {
			continue
		}
		in, want, found := strings.Cut(block, "\n=> ")
		if !found {
			want = in
		}
		cases++
		if got := oneLine(checkFormat(t, in)); got != oneLine(want) {
			t.Errorf("%s\n got %s\nwant %s", in, got, oneLine(want))
		}
	}
	if cases < 100 {
		t.Errorf("only %d cases", cases)
	}
}

func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "( ", "("), " )", ")")
	return strings.TrimSuffix(s, ";")
}

// parseOne parses a text that is one statement.
func parseOne(t *testing.T, text string) ast.Stmt {
	t.Helper()
	tree, list := Parse(source.NewFile("x.sql", text))
	if list.HasErrors() || len(tree.Stmts) != 1 {
		t.Fatalf("%s: %d statements, %v", text, len(tree.Stmts), list.All())
	}
	return tree.Stmts[0]
}

func TestCreateParts(t *testing.T) {
	s := parseOne(t, `CREATE OR REPLACE SOURCE TABLE IF NOT EXISTS T (a INT PRIMARY KEY, "B" STRING NOT NULL METADATA FROM 'x',
		h BYTES HEADER('k'), m MAP<STRING, ARRAY<STRUCT<x DOUBLE PRECISION>>>, PRIMARY KEY (a, "B"))
		WITH (KAFKA_TOPIC = 't', "value.format" = "json", partitions = -3, x = TRUE, EMIT = CHANGES)`).(*ast.Create)
	if s.Kind != ast.Table || !s.OrReplace || !s.SourceOnly || !s.IfNotExists || s.Name.Name != "T" {
		t.Errorf("head %+v", s)
	}
	if len(s.Cols) != 4 || !s.Cols[0].PrimaryKey || !s.Cols[1].NotNull || s.Cols[1].Metadata.Value != "x" || !s.Cols[1].Name.Quoted || s.Cols[2].Header.Value != "k" {
		t.Errorf("columns %+v", s.Cols)
	}
	if got := ast.FormatType(s.Cols[3].Type); got != "MAP<STRING, ARRAY<STRUCT<x DOUBLE PRECISION>>>" {
		t.Errorf("type %s", got)
	}
	if len(s.PrimaryKey) != 2 || s.PrimaryKey[1].Name != "B" {
		t.Errorf("key %v", s.PrimaryKey)
	}
	for i, want := range []ast.Option{
		{Key: "KAFKA_TOPIC", Bare: true, Value: "t", Kind: ast.OptString},
		{Key: "value.format", Value: "json", Kind: ast.OptString},
		{Key: "partitions", Bare: true, Value: "-3", Kind: ast.OptNumber},
		{Key: "x", Bare: true, Value: "true", Kind: ast.OptBool},
		{Key: "EMIT", Bare: true, Value: "CHANGES", Kind: ast.OptWord},
	} {
		got := s.With[i]
		if got.Key != want.Key || got.Bare != want.Bare || got.Value != want.Value || got.Kind != want.Kind {
			t.Errorf("option %+v, want %+v", got, want)
		}
	}
}

// TestOptionsAfterQuery: the options behind the query of a CREATE are the
// statement's, those of a plain query the query's.
func TestOptionsAfterQuery(t *testing.T) {
	c := parseOne(t, "CREATE STREAM s WITH ('a' = 'b') AS SELECT 1 EMIT CHANGES WITH ('c' = 'd')").(*ast.Create)
	if len(c.With) != 2 || c.With[1].Key != "c" || c.Query.With != nil || c.Query.Emit.Mode != "CHANGES" {
		t.Errorf("options %+v, of the query %+v", c.With, c.Query.With)
	}
	if s := parseOne(t, "SELECT 1 WITH ('c' = 'd')").(*ast.Select); len(s.Query.With) != 1 {
		t.Errorf("options %+v", s.Query.With)
	}
}

func TestPlaces(t *testing.T) {
	text := "SELECT a + 1 AS b, t.* FROM t JOIN u ON t.x = u.x WHERE a > 1 GROUP BY a HAVING b UNION ALL SELECT 2 LIMIT 3"
	f := source.NewFile("x.sql", text)
	tree, _ := Parse(f)
	q := tree.Stmts[0].(*ast.Select).Query
	set := q.Body.(*ast.SetOp)
	b := set.Left.(*ast.SelectBody)
	for want, at := range map[string]source.Span{
		text: q.Loc, "UNION ALL SELECT 2"[:5]: set.OpLoc, "a + 1 AS b": b.Items[0].Loc, "a + 1": b.Items[0].Expr.Span(), "t.*": b.Items[1].Loc,
		"FROM t JOIN u ON t.x = u.x": b.FromLoc, "t JOIN u ON t.x = u.x": b.From[0].Span(), "WHERE a > 1": b.WhereLoc,
		"GROUP BY a": b.GroupLoc, "HAVING b": b.HavingLoc, "3": q.Limit.Loc, "SELECT 2": set.Right.Span(),
		"SELECT a + 1 AS b, t.* FROM t JOIN u ON t.x = u.x WHERE a > 1 GROUP BY a HAVING b": b.Loc,
	} {
		if got := f.Slice(at); got != want {
			t.Errorf("place of %q holds %q", want, got)
		}
	}
}

func TestAnnotations(t *testing.T) {
	tree, list := Parse(source.NewFile("x.sql", `-- a program
-- @name: first
--@metric: rows_total
-- @flag
-- @ no annotation: here
SELECT 1; -- @trailing: belongs to the first
-- @name: second
SELECT 2 -- @inner: no
-- @inner: neither
;
SELECT 3; SELECT 4;`))
	if list.HasErrors() {
		t.Fatal(list.All())
	}
	var got []string
	for _, s := range tree.Stmts {
		line := ""
		for _, a := range base(s).Annotations {
			line += a.Key + "=" + a.Value + " "
		}
		got = append(got, line)
	}
	want := []string{"name=first metric=rows_total flag= ", "name=second ", "", ""}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("annotations %q, want %q", got, want)
	}
}

func TestFunctionBody(t *testing.T) {
	for _, text := range []string{
		"CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE SQL AS $$SELECT a + 1;$$",
		"CREATE FUNCTION f(a INT) RETURNS INT AS $$a + 1$$ LANGUAGE sql",
		"CREATE FUNCTION f(a INT) RETURNS INT AS a + 1",
		"CREATE FUNCTION f(a INT) RETURNS INT AS 'SELECT a + 1'",
	} {
		f := source.NewFile("x.sql", text)
		tree, list := Parse(f)
		if list.HasErrors() {
			t.Errorf("%s: %s", text, list.All()[0].Msg)
			continue
		}
		body := tree.Stmts[0].(*ast.CreateFunction).Body
		if got := f.Slice(body.Span()); got != "a + 1" {
			t.Errorf("%s: the body's place holds %q", text, got)
		}
	}
}
