package oracle

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the page of differences")

// page shows Differences between these lines.
const (
	page  = "../../docs/differences.md"
	begin = "<!-- made from bench/oracle/differences.go -->\n"
	end   = "<!-- end -->\n"
)

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

// TestPage compares the page with the list that the comparison uses.
func TestPage(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	got, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the table", page)
	}
	var b strings.Builder
	b.WriteString("\n| veloc | DuckDB | why | in the comparison |\n|---|---|---|---|\n")
	for _, d := range Differences {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(d.What), cell(d.Peer), cell(d.Reason), cell(d.Rule))
	}
	b.WriteString("\n")
	if got == b.String() {
		return
	}
	if !*update {
		t.Fatalf("%s is out of date: go test ./oracle -run TestPage -update", page)
	}
	if err := os.WriteFile(page, []byte(before+begin+b.String()+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
