package parser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// suiteFolder holds test cases of another system, where they are at hand.
const suiteFolder = "../../shared/suites/ksql"

// suiteCase is one case; those with an error may fail to parse.
type suiteCase struct {
	Name  string `json:"name"`
	SQL   string `json:"sql"`
	Error any    `json:"error"`
}

// readSuite returns the cases by file, and skips the test where there are none.
func readSuite(t *testing.T) map[string][]suiteCase {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(suiteFolder, "*.json"))
	if len(files) == 0 {
		t.Skipf("no cases in %s", suiteFolder)
	}
	out := map[string][]suiteCase{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Tests []suiteCase `json:"tests"`
		}
		if err := json.Unmarshal(text, &file); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[filepath.Base(name)] = file.Tests
	}
	return out
}

func TestSuiteParses(t *testing.T) {
	cases, failed, refused := 0, 0, 0
	for file, tests := range readSuite(t) {
		for _, c := range tests {
			if c.Error != nil {
				continue
			}
			cases++
			f := source.NewFile(file, c.SQL)
			tree, list := Parse(f)
			if list.HasErrors() {
				failed++
				d := list.All()[0]
				t.Errorf("%s: %s: %s: %s", c.Name, f.Loc(d.Span.Start), d.Msg, f.Line(lineOf(f, d.Span.Start)))
				continue
			}
			for _, s := range tree.Stmts {
				if r, ok := s.(*ast.Refused); ok {
					refused++
					t.Logf("%s: %s is refused", c.Name, r.Verb)
				}
			}
		}
	}
	t.Logf("%d cases, %d fail to parse, %d statements refused by name", cases, failed, refused)
}

func lineOf(f *source.File, p source.Pos) int {
	line, _ := f.Position(p)
	return line
}
