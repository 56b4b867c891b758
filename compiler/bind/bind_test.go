package bind

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/parser"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	terminal "github.com/velocsql/veloc/runtime/sink/terminal/spec"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// memory is the data that the tests infer schemas from.
type memory map[string]string

func (m memory) Glob(pattern string) ([]string, error) {
	var names []string
	for name := range m {
		if ok, _ := filepath.Match(pattern, name); ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names, nil
}

func (m memory) Open(name string) (io.ReadCloser, error) {
	text, ok := m[name]
	if !ok {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

var data = memory{
	"trades.csv":  "symbol,price,qty,ts,active\nA,1.5,10,2024-01-01T00:00:00Z,true\nB,2,,2024-01-01T00:00:01Z,false\n",
	"a.csv":       "id;name\n1;x\n2;y\n",
	"b.csv":       "id,name\n1,x\n",
	"s.csv":       "k,qty\na,1\n",
	"t.csv":       "k,ts\na,1\n",
	"nested.json": `{"id": 1, "tags": ["a"]}` + "\n",
	"flat.json":   `{"id": 1, "day": "2024-01-31", "x": 1.5}` + "\n" + `{"id": 2, "note": null}` + "\n",
	"empty.csv":   "",
}

func bindText(text string) (*bound.Program, *source.File, []diag.Diagnostic) {
	return bindWith(text, false)
}

// bindWith binds a program that may have topics.
func bindWith(text string, topics bool) (*bound.Program, *source.File, []diag.Diagnostic) {
	f := source.NewFile("t.sql", text)
	tree, list := parser.Parse(f)
	p, more := Bind(tree, Options{Name: "t", Files: data, DefaultSink: &terminal.Connector, Topics: topics})
	list.Append(more)
	return p, f, list.All()
}

// report writes diagnostics with everything that belongs to them.
func report(f *source.File, list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %s: %s\n", place(f, d.Span), d.Severity, d.Code, d.Msg)
		if d.Inline != "" {
			fmt.Fprintf(&b, "  %s\n", d.Inline)
		}
		for _, l := range d.Labels {
			fmt.Fprintf(&b, "  %s: %s\n", place(f, l.Span), l.Msg)
		}
		fmt.Fprintf(&b, "  hint: %s\n", d.Hint)
	}
	return b.String()
}

// place is line:column and the text that is marked.
func place(f *source.File, s source.Span) string {
	line, col := f.Position(s.Start)
	text := strings.Join(strings.Fields(f.Slice(s)), " ")
	if len(text) > 40 {
		text = text[:40] + ".."
	}
	return fmt.Sprintf("%d:%d `%s`", line, col, text)
}

// TestCases binds the programs of testdata. A file holds cases: a line
// "== name", SQL, a line "--", and what comes out: the diagnostics, and the
// program if there are no errors.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runCases(t, file) })
	}
}

func runCases(t *testing.T, file string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	preamble, body, _ := strings.Cut(string(raw), "== ")
	var out strings.Builder
	out.WriteString(preamble)
	for _, c := range strings.Split(body, "\n== ") {
		name, rest, _ := strings.Cut(c, "\n")
		sql, want, _ := strings.Cut(rest, "--\n")
		if i := strings.Index(rest, "\n--\n"); i >= 0 {
			sql, want = rest[:i+1], rest[i+4:]
		}
		p, f, list := bindText(preamble + sql)
		got := report(f, list)
		if !hasErrors(list) {
			got += declared(bound.Dump(p), preamble)
		}
		if strings.TrimSpace(got) != strings.TrimSpace(want) && !*update {
			t.Errorf("%s:\n%s--\ngot:\n%s\nwant:\n%s", name, sql, got, want)
		}
		fmt.Fprintf(&out, "== %s\n%s--\n%s\n", name, sql, got)
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.TrimRight(out.String(), "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func hasErrors(list []diag.Diagnostic) bool {
	for _, d := range list {
		if d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// declared leaves out the relations of the preamble, and the program's name.
func declared(dump, preamble string) string {
	n := strings.Count(preamble, "CREATE ")
	var out []string
	skip := 0
	for _, line := range strings.Split(dump, "\n")[1:] {
		if !strings.HasPrefix(line, " ") {
			skip++
		}
		if skip > n && line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// examples are the relations that the examples of the codes read.
var examples = map[string]string{
	"s":      "CREATE STREAM s (k STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP) WITH ('connector' = 'file', 'path' = 's.csv');",
	"t":      "CREATE STREAM t (k STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP) WITH ('connector' = 'file', 'path' = 't.csv');",
	"a":      "CREATE STREAM a (id BIGINT) WITH ('connector' = 'file', 'path' = 'a.csv');",
	"b":      "CREATE STREAM b (id BIGINT) WITH ('connector' = 'file', 'path' = 'b.csv');",
	"orders": "CREATE STREAM orders (amount INT) WITH ('connector' = 'file', 'path' = 's.csv');",
	"k":      "CREATE SINK k (n INT NOT NULL) WITH ('connector' = 'file', 'path' = 'k.csv');",
	"out":    "CREATE SINK out WITH ('connector' = 'file', 'path' = 'out.csv');",
}

// TestExamples checks that the bad example of every code shows it, and that the
// good one is free of errors.
func TestExamples(t *testing.T) {
	// These wait for joins, which are refused before they are looked into, and for
	// connectors that have no data to look at.
	later := map[diag.Code]bool{diag.AmbiguousColumn: true, diag.NoColumns: true}
	for _, info := range diag.Codes() {
		if info.Code < "VL2" || info.Code >= "VL32" && info.Code < "VL4" || info.Code >= "VL5" || later[info.Code] {
			continue
		}
		if strings.HasPrefix(string(info.Code), "VL316") { // of the planner
			continue
		}
		topics := strings.HasPrefix(string(info.Code), "VL403") || strings.HasPrefix(string(info.Code), "VL405") // codes of records
		_, f, list := bindWith(withRelations(info.Bad, info.Code), topics)
		found := false
		for _, d := range list {
			found = found || d.Code == info.Code && d.Severity == info.Severity
			if d.Hint == "" {
				t.Errorf("%s: %s has no hint", info.Code, d.Msg)
			}
		}
		if !found {
			t.Errorf("%s: the bad example %q gives\n%s", info.Code, info.Bad, report(f, list))
		}
		_, f, list = bindWith(withRelations(info.Good, info.Code), topics)
		if hasErrors(list) {
			t.Errorf("%s: the good example %q gives\n%s", info.Code, info.Good, report(f, list))
		}
	}
}

// withRelations declares what an example reads and does not declare itself.
func withRelations(sql string, code diag.Code) string {
	var out strings.Builder
	for _, name := range []string{"s", "t", "a", "b", "orders", "k", "out"} {
		reads := regexp.MustCompile(`(?i)\b(from|join|into) ` + name + `\b`).MatchString(sql)
		if reads && !strings.Contains(sql, "STREAM "+name+" ") && !strings.Contains(sql, "SINK "+name+" ") && code != diag.UnknownSink {
			out.WriteString(examples[name] + "\n")
		}
	}
	if code == diag.UnknownSink {
		out.WriteString(examples["s"] + "\n")
	}
	return out.String() + sql
}

// TestForms checks that every form of the table of functions is known here.
func TestForms(t *testing.T) {
	for _, f := range funcs.Scalars() {
		if f.Special == "" {
			continue
		}
		_, file, list := bindText("SELECT " + f.Examples[0].SQL + " AS a;")
		if hasErrors(list) {
			t.Errorf("%s: %s", f.Name, report(file, list))
		}
	}
}

// FuzzBind checks that nothing that can be parsed makes the binder panic, that
// every mistake has a place and a way out, and that what is bound can be written.
func FuzzBind(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		preamble, body, _ := strings.Cut(string(raw), "== ")
		for _, c := range strings.Split(body, "\n== ") {
			_, rest, _ := strings.Cut(c, "\n")
			sql, _, _ := strings.Cut(rest, "--\n")
			f.Add(preamble + sql)
		}
	}
	f.Fuzz(func(t *testing.T, sql string) {
		p, _, list := bindText(sql)
		bound.Dump(p)
		for _, d := range list {
			if d.Code >= "VL2" && (d.Span.IsZero() || d.Hint == "" || d.Msg == "") {
				t.Errorf("%s has no place or no hint: %s", d.Code, d.Msg)
			}
		}
	})
}
