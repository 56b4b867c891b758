package docs

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/parser/diag"
)

// generated names the tables that pages show between "<!-- generated: name -->"
// and "<!-- end -->", with what makes them.
var generated = map[string]func(*testing.T) string{
	"functions":   functionTables,
	"options":     optionTables,
	"diagnostics": diagnosticList,
}

// TestGenerated compares the tables of the pages with what the registries of
// the compiler give.
func TestGenerated(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range pages(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		page := string(text)
		for table, render := range generated {
			begin := "<!-- generated: " + table + " -->\n"
			before, rest, ok := strings.Cut(page, begin)
			if !ok {
				continue
			}
			seen[table] = true
			if testing.Short() && table != "diagnostics" {
				continue // needs the binary
			}
			got, after, ok := strings.Cut(rest, "<!-- end -->\n")
			if !ok {
				t.Errorf("%s: %q has no end", name, strings.TrimSpace(begin))
				continue
			}
			want := "\n" + render(t) + "\n"
			if got == want {
				continue
			}
			if !*update {
				t.Errorf("%s: the table %q is out of date: go test ./docs -update", name, table)
				continue
			}
			page = before + begin + want + "<!-- end -->\n" + after
		}
		if page != string(text) {
			if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
				t.Error(err)
			}
		}
	}
	for table := range generated {
		if !seen[table] {
			t.Errorf("no page shows the table %q", table)
		}
	}
}

// TestRegistered checks that every function and option has its place on a page.
func TestRegistered(t *testing.T) {
	var names []string
	for _, f := range funcs.Scalars() {
		names = append(append(names, f.Name), f.Aliases...)
	}
	for _, f := range funcs.Aggregates() {
		names = append(append(names, f.Name), f.Aliases...)
	}
	mentions(t, "functions.md", names)
	names = nil
	for _, table := range catalog.Tables() {
		for _, o := range table {
			names = append(append(names, o.Key), o.Aliases...)
		}
	}
	mentions(t, "options.md", names)
}

// mentions checks that a page has all names, as code.
func mentions(t *testing.T, name string, names []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Error(err)
		return
	}
	for _, n := range names {
		if !strings.Contains(string(text), "`"+n+"`") {
			t.Errorf("%s does not have %s", name, n)
		}
	}
}

// functionTables lists scalar functions and aggregates.
func functionTables(t *testing.T) string { return printed(t, "functions") }

// optionTables lists the options of connectors, formats and statements.
func optionTables(t *testing.T) string { return printed(t, "options") }

// printed is the page that `veloc <verb>` makes of its registry.
func printed(t *testing.T, verb string) string {
	t.Helper()
	bin, err := veloc()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(bin, verb, "--format", "markdown").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out)) + "\n"
}

// diagnosticList explains every code.
func diagnosticList(*testing.T) string {
	var out strings.Builder
	area := ""
	for _, i := range diag.Codes() {
		if a := areaOf(i.Code); a != area {
			if area != "" {
				out.WriteString("\n")
			}
			area = a
			fmt.Fprintf(&out, "## %s\n", area)
		}
		fmt.Fprintf(&out, "\n### %s: %s\n\n", i.Code, i.Title)
		if i.Severity == diag.Warning {
			out.WriteString("A warning. ")
		}
		fmt.Fprintf(&out, "%s\n", i.Text)
		if i.Bad != "" {
			fmt.Fprintf(&out, "\n"+fence+"sql\n-- wrong\n%s\n", i.Bad)
			if i.Good != "" {
				fmt.Fprintf(&out, "\n-- right\n%s\n", i.Good)
			}
			out.WriteString(fence + "\n")
		}
	}
	return out.String()
}

// areaOf is the heading that a code stands under.
func areaOf(c diag.Code) string {
	for prefix, area := range map[string]string{
		"VL1": "Syntax", "VL2": "Names and types", "VL30": "Not there yet", "VL31": "Windows and EMIT",
		"VL32": "What veloc check warns of", "VL33": "What the planner cannot do", "VL4": "Options, connectors and formats", "VL5": "Building", "VL9": "veloc itself",
	} {
		if strings.HasPrefix(string(c), prefix) {
			return area
		}
	}
	return "Others"
}
