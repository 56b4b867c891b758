package diag

import (
	"fmt"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/source"
)

// mark returns the span of the nth occurrence (from 0) of sub in f.
func mark(t *testing.T, f *source.File, sub string, nth int) source.Span {
	t.Helper()
	at := -1
	for range nth + 1 {
		i := strings.Index(f.Text[at+1:], sub)
		if i < 0 {
			t.Fatalf("%q is not in the text", sub)
		}
		at += 1 + i
	}
	return source.Span{Start: source.At(at), End: source.At(at + len(sub))}
}

func TestText(t *testing.T) {
	type testCase struct {
		name string
		sql  string
		make func(f *source.File) Diagnostic
		want string
	}
	for _, tt := range []testCase{
		{
			name: "inline text and hint",
			sql:  "SELECT user_id\nFROM orders\nWHERE amout > 10\n",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: UnknownColumn, Span: mark(t, f, "amout", 0), Msg: `unknown column "amout" in table "orders"`, Inline: `did you mean "amount"?`, Hint: "columns of orders: user_id, amount, status, ts"}
			},
			want: `q.sql:3:7: error[VL2003]: unknown column "amout" in table "orders"
   3 | WHERE amout > 10
     |       ^^^^^ did you mean "amount"?
hint: columns of orders: user_id, amount, status, ts
`,
		},
		{
			name: "names with control characters",
			sql:  "SELECT a",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: UnknownColumn, Span: mark(t, f, "a", 0), Msg: `unknown column "a"`, Inline: "not \x1b[2J?", Hint: "columns: \x00b, \x1b[31mc\n  \x7fd"}
			},
			want: "q.sql:1:8: error[VL2003]: unknown column \"a\"\n   1 | SELECT a\n     |        ^ not ·[2J?\nhint: columns: ·b, ·[31mc\n  ·d\n",
		},
		{
			name: "labels on other lines and on the same line",
			sql:  "CREATE STREAM s (a INT,\n a INT);",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{
					Code: "VL2999", Span: mark(t, f, "a INT", 1), Msg: "two columns",
					Labels: []Label{{mark(t, f, "INT", 1), "its type"}, {mark(t, f, "a INT", 0), "first defined here"}},
				}
			},
			want: `q.sql:2:2: error[VL2999]: two columns
   2 |  a INT);
     |  ^^^^^
     |    --- its type
   1 | CREATE STREAM s (a INT,
     |                  ----- first defined here
`,
		},
		{
			name: "tabs",
			sql:  "SELECT\ta,\tb FROM\tt",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Span: mark(t, f, "b FROM\tt", 0), Msg: "m"}
			},
			want: `q.sql:1:11: error[VL1001]: m
   1 | SELECT  a,  b FROM  t
     |             ^^^^^^^^^
`,
		},
		{
			name: "wide and combining characters",
			sql:  "SELECT '東京🚀e\u0301' AS x FROM t",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Span: mark(t, f, "x", 0), Msg: "m", Inline: "here"}
			},
			want: "q.sql:1:19: error[VL1001]: m\n" +
				"   1 | SELECT '東京🚀e\u0301' AS x FROM t\n" +
				"     |                     ^ here\n",
		},
		{
			name: "span over several lines marks the first",
			sql:  "SELECT 'a\nb' FROM t\n",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Severity: Warning, Span: mark(t, f, "'a\nb'", 0), Msg: "m"}
			},
			want: `q.sql:1:8: warning[VL1001]: m
   1 | SELECT 'a
     |        ^^
`,
		},
		{
			name: "end of the text",
			sql:  "SELECT",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Span: source.Span{Start: source.At(6), End: source.At(6)}, Msg: "unexpected end"}
			},
			want: `q.sql:1:7: error[VL1001]: unexpected end
   1 | SELECT
     |       ^
`,
		},
		{
			name: "control characters cannot steer the terminal",
			sql:  "SELECT \x1b[31m a",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: BadCharacter, Span: mark(t, f, "\x1b", 0), Msg: "m"}
			},
			want: `q.sql:1:8: error[VL1004]: m
   1 | SELECT ·[31m a
     |        ^
`,
		},
		{
			name: "empty line with Windows line ends",
			sql:  "SELECT a\r\n\r\n",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Span: source.Span{Start: source.At(10), End: source.At(10)}, Msg: "m"}
			},
			want: `q.sql:2:1: error[VL1001]: m
   2 |
     | ^
`,
		},
		{
			name: "large line numbers widen the gutter",
			sql:  strings.Repeat("\n", 12344) + "x",
			make: func(f *source.File) Diagnostic {
				return Diagnostic{Code: Syntax, Span: mark(t, f, "x", 0), Msg: "m"}
			},
			want: `q.sql:12345:1: error[VL1001]: m
12345 | x
      | ^
`,
		},
		{
			name: "a file without a place",
			sql:  "",
			make: func(*source.File) Diagnostic { return Diagnostic{Code: GoCompile, Msg: "m", Hint: "h"} },
			want: "q.sql:1:1: error[VL5001]: m\nhint: h\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("q.sql", tt.sql)
			d := tt.make(f)
			d.File = f
			var b strings.Builder
			if err := Text(&b, []Diagnostic{d}, TextStyle{}); err != nil {
				t.Fatal(err)
			}
			if b.String() != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", b.String(), tt.want)
			}
		})
	}
}

func TestTextLongLine(t *testing.T) {
	f := source.NewFile("q.sql", strings.Repeat("a", 300)+"@"+strings.Repeat("b", 300))
	var b strings.Builder
	_ = Text(&b, []Diagnostic{{File: f, Code: BadCharacter, Span: mark(t, f, "@", 0), Msg: "m"}}, TextStyle{})
	lines := strings.Split(b.String(), "\n")
	if n := len([]rune(lines[1])); n != 7+longest {
		t.Errorf("the excerpt has %d characters", n)
	}
	if strings.IndexRune(lines[2], '^') != len([]rune(lines[1][:strings.IndexRune(lines[1], '@')])) {
		t.Errorf("the caret is not below its character:\n%s", b.String())
	}
}

func TestTextLimit(t *testing.T) {
	var list []Diagnostic
	for i := range 23 {
		list = append(list, Diagnostic{Code: Syntax, Msg: fmt.Sprint("m", i)})
	}
	var b strings.Builder
	_ = Text(&b, list, TextStyle{})
	if got := b.String(); strings.Count(got, "error[") != 20 || !strings.HasSuffix(got, "m19\n3 more\n") {
		t.Errorf("got:\n%s", got)
	}
	b.Reset()
	_ = Text(&b, list, TextStyle{Limit: -1})
	if strings.Count(b.String(), "error[") != 23 {
		t.Errorf("got:\n%s", b.String())
	}
}

func TestTextColor(t *testing.T) {
	f := source.NewFile("q.sql", "x")
	var b strings.Builder
	_ = Text(&b, []Diagnostic{{File: f, Code: Syntax, Span: mark(t, f, "x", 0), Msg: "m", Hint: "h"}}, TextStyle{Color: true})
	want := "\x1b[1mq.sql:1:1:\x1b[0m \x1b[1;31merror[VL1001]:\x1b[0m m\n" +
		"\x1b[34m   1 |\x1b[0m x\n" +
		"\x1b[34m     |\x1b[0m \x1b[1;31m^\x1b[0m\n" +
		"\x1b[36mhint:\x1b[0m h\n"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

func TestJSON(t *testing.T) {
	f := source.NewFile("q.sql", "SELECT a\nFROM <t>")
	var b strings.Builder
	span := mark(t, f, "<t>", 0)
	_ = JSON(&b, []Diagnostic{{
		File: f, Code: Syntax, Span: span, Msg: "m <t>", Hint: "h",
		Labels: []Label{{mark(t, f, "a", 0), "l"}}, Fix: &Edit{span, "t"},
	}})
	want := `[
  {
    "code": "VL1001",
    "severity": "error",
    "file": "q.sql",
    "line": 2,
    "column": 6,
    "end_line": 2,
    "end_column": 9,
    "message": "m <t>",
    "hint": "h",
    "labels": [
      {
        "file": "q.sql",
        "line": 1,
        "column": 8,
        "end_line": 1,
        "end_column": 9,
        "message": "l"
      }
    ],
    "fix": {
      "file": "q.sql",
      "line": 2,
      "column": 6,
      "end_line": 2,
      "end_column": 9,
      "text": "t"
    }
  }
]
`
	if b.String() != want {
		t.Errorf("got:\n%s", b.String())
	}
	b.Reset()
	_ = JSON(&b, nil)
	if b.String() != "[]\n" {
		t.Errorf("nothing is %q", b.String())
	}
}

func TestGitHub(t *testing.T) {
	f := source.NewFile("a,b.sql", "SELECT a")
	var b strings.Builder
	_ = GitHub(&b, []Diagnostic{
		{File: f, Code: Syntax, Span: mark(t, f, "a", 0), Msg: "100% wrong", Hint: "h"},
		{Severity: Warning, Msg: "m"},
	})
	want := "::error file=a%2Cb.sql,line=1,col=8,endLine=1,endColumn=9,title=VL1001::100%25 wrong%0Ah\n::warning::m\n"
	if b.String() != want {
		t.Errorf("got:\n%s", b.String())
	}
}

func TestExplain(t *testing.T) {
	got, ok := Explain("vl1013")
	want := `VL1013: a comparison of a comparison

Comparisons do not chain: a < b < c would compare TRUE or FALSE with c. Say what
is meant with AND or parentheses.

Wrong:

    SELECT a FROM t WHERE 1 < a < 5;

Right:

    SELECT a FROM t WHERE 1 < a AND a < 5;
`
	if !ok || got != want {
		t.Errorf("got:\n%s", got)
	}
	if _, ok := Explain("VL0000"); ok {
		t.Error("VL0000 is explained")
	}
}

// Every code is unique, has a title and an explanation, and is listed in order.
func TestCodeTable(t *testing.T) {
	seen := map[Code]bool{}
	for _, i := range Codes() {
		if seen[i.Code] {
			t.Errorf("%s is listed twice", i.Code)
		}
		seen[i.Code] = true
		if i.Title == "" || i.Text == "" || len(i.Code) != 6 || !strings.HasPrefix(string(i.Code), "VL") {
			t.Errorf("incomplete entry %+v", i)
		}
	}
}
