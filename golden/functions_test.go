package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler/funcs"
)

// example is one executed example of the function table.
type example struct {
	name string // of the function
	sql  string // what the table says
	want string // as a literal
	from string // the rows that an aggregate sees, "" for none
}

// query is a SELECT with the value of the example and what it should be.
func (e *example) query() string {
	q := fmt.Sprintf("SELECT %s AS got, %s AS want", e.sql, e.want)
	if e.from != "" {
		q += " FROM (" + e.from + ") AS t EMIT FINAL"
	}
	return q
}

// examples lists the examples of all functions and aggregates.
func examples() []*example {
	var list []*example
	for _, f := range funcs.Scalars() {
		for _, e := range f.Examples {
			list = append(list, &example{f.Name, e.SQL, e.Want, ""})
		}
	}
	for _, f := range funcs.Aggregates() {
		for _, e := range f.Examples {
			var rows []string
			for i, v := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(e.Rows, "("), ")"), "), (") {
				if i == 0 {
					v += " AS x"
				}
				rows = append(rows, "SELECT "+v)
			}
			list = append(list, &example{f.Name, e.SQL, e.Want, strings.Join(rows, " UNION ALL ")})
		}
	}
	return list
}

// TestFunctions runs every example of the function table in one program, a
// statement each.
func TestFunctions(t *testing.T) {
	var sql strings.Builder
	var run []*example
	for _, e := range examples() {
		p, err := compile("functions", e.query()+";", ".", "json")
		if err != nil {
			t.Errorf("%s: %s: %v", e.name, e.sql, err)
			continue
		}
		if !p.ok {
			t.Errorf("%s: %s does not compile:\n%s", e.name, e.sql, p.text)
			continue
		}
		fmt.Fprintf(&sql, "CREATE STREAM e%d WITH ('connector' = 'file', 'path' = 'e%d.json', 'format' = 'json') AS %s;\n", len(run), len(run), e.query())
		run = append(run, e)
	}
	if testing.Short() {
		t.Skip("examples are not run in short mode")
	}
	files := mustCompile(t, "functions", sql.String())
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("functions", files); err != nil {
		t.Fatal(err)
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(exe, "functions")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rejected, _ := os.ReadFile(filepath.Join(dir, "functions.dead_letter.jsonl"))
	for i, e := range run {
		text, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("e%d.json", i)))
		if err != nil {
			t.Fatal(err)
		}
		var row struct{ Got, Want any }
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.UseNumber()
		if err := dec.Decode(&row); err != nil {
			t.Errorf("%s: %s gives nothing: %s", e.name, e.sql, reasonFor(rejected, fmt.Sprintf("e%d", i)))
			continue
		}
		if !alike(row.Got, row.Want) {
			t.Errorf("%s: %s is %v, want %v", e.name, e.sql, row.Got, row.Want)
		}
	}
}

// reasonFor returns why a statement rejected its only row.
func reasonFor(letters []byte, statement string) string {
	for line := range bytes.Lines(letters) {
		var d struct{ Statement, Reason string }
		if json.Unmarshal(line, &d) == nil && d.Statement == statement {
			return d.Reason
		}
	}
	return "no row"
}

// alike compares values as JSON has them: numbers by their value, floats to
// nine digits.
func alike(got, want any) bool {
	if x, ok := got.([]any); ok {
		y, ok := want.([]any)
		return ok && slices.EqualFunc(x, y, alike)
	}
	if x, ok := got.(map[string]any); ok {
		y, ok := want.(map[string]any)
		return ok && maps.EqualFunc(x, y, alike)
	}
	a, okA := got.(json.Number)
	b, okB := want.(json.Number)
	if !okA || !okB {
		return got == want
	}
	x, okX := new(big.Rat).SetString(a.String())
	y, okY := new(big.Rat).SetString(b.String())
	if !okX || !okY {
		return a == b
	}
	if x.Cmp(y) == 0 {
		return true
	}
	f, _ := x.Float64()
	g, _ := y.Float64()
	return math.Abs(f-g) <= 1e-9*math.Max(math.Abs(f), math.Abs(g))
}
