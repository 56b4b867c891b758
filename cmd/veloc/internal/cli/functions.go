package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
)

var functionsVerb = verb{
	name: "functions", args: "[NAME]", max: 1,
	short: "list SQL functions",
	long: `
Lists the scalar functions and aggregates with what they take, or explains one
with its examples. The list is made from the table that the compiler uses.`,
	examples: []example{
		{"veloc functions", "all functions"},
		{"veloc functions upper", "one function"},
		{"veloc functions --format markdown", "as a page"},
	},
	new: func() runner { return &functionsCmd{} },
}

type functionsCmd struct{ format string }

func (c *functionsCmd) flags(fs *flag.FlagSet) {
	c.format = "text"
	chooseVar(fs, &c.format, "format", []string{"text", "json", "markdown"}, "how the list is shown")
}

// function is what is shown of a scalar function or an aggregate.
type function struct {
	Name       string            `json:"name"`
	Aliases    []string          `json:"aliases,omitempty"`
	Area       string            `json:"area"`
	Signatures []string          `json:"signatures,omitempty"`
	Doc        string            `json:"doc"`
	Examples   []functionExample `json:"examples,omitempty"`
	States     *states           `json:"states,omitempty"`
}

// states tells what can be done with the states of an aggregate.
type states struct {
	Merges    bool `json:"merges"`    // workers' parts can be brought together
	Retracts  bool `json:"retracts"`  // a row can be taken out again
	Snapshots bool `json:"snapshots"` // the state can be written and brought back
	Keeps     bool `json:"keeps"`     // to take rows out again, all values are kept
	Ordered   bool `json:"ordered"`   // the result depends on the order of rows
}

// statesOf asks the overloads; a form that is made of other aggregates has no
// state of its own.
func statesOf(f *funcs.AggFunc) *states {
	if len(f.Overloads) == 0 {
		return nil
	}
	s := &states{Merges: true, Retracts: true, Snapshots: true, Ordered: f.Ordered}
	for i := range f.Overloads {
		s.Merges = s.Merges && f.Overloads[i].Mergeable()
		s.Snapshots = s.Snapshots && f.Overloads[i].Snapshots()
		s.Retracts = s.Retracts && f.Overloads[i].Retracting() != nil
		s.Keeps = s.Keeps || f.Overloads[i].Kept != nil
	}
	return s
}

func (s *states) String() string {
	var parts []string
	retracts := "retracts"
	if s.Keeps {
		retracts = "retracts by keeping all values"
	}
	for _, p := range []struct {
		is   bool
		text string
	}{{s.Merges, "merges"}, {s.Retracts, retracts}, {s.Snapshots, "snapshots"}, {s.Ordered, "depends on the order of rows"}} {
		if p.is {
			parts = append(parts, p.text)
		}
	}
	return strings.Join(parts, ", ")
}

type functionExample struct {
	SQL  string `json:"sql"`
	Rows string `json:"rows,omitempty"`
	Want string `json:"want"`
}

const aggregateArea = "aggregate"

func (c *functionsCmd) run(_ context.Context, a *app, operands []string) int {
	all := functionTable()
	if len(operands) == 1 {
		name := strings.ToLower(operands[0])
		all = slices.DeleteFunc(all, func(f function) bool {
			return f.Name != name && !slices.Contains(f.Aliases, name)
		})
		if len(all) == 0 {
			return a.fail(fmt.Errorf("there is no function %s%s", name, didYouMean(name, functionNames())))
		}
	}
	switch {
	case c.format == "json":
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			return a.fail(err)
		}
	case c.format == "markdown":
		functionsMarkdown(a.stdout, all)
	case len(operands) == 1:
		for i := range all {
			if i > 0 {
				fmt.Fprintln(a.stdout)
			}
			all[i].describe(a.stdout)
		}
	default:
		functionsText(a.stdout, all)
	}
	return exitOK
}

func functionNames() []string {
	var names []string
	for _, f := range functionTable() {
		names = append(append(names, f.Name), f.Aliases...)
	}
	return names
}

// functionTable returns all functions in order of area and name, aggregates
// last.
func functionTable() []function {
	var all []function
	for _, f := range funcs.Scalars() {
		g := function{Name: f.Name, Aliases: f.Aliases, Area: f.Area, Doc: f.Doc, Signatures: f.Forms}
		for _, o := range f.Overloads {
			g.sign(f.Name, o.Params, o.Optional, o.Variadic, o.Ret)
		}
		for _, e := range f.Examples {
			g.Examples = append(g.Examples, functionExample{SQL: e.SQL, Want: e.Want})
		}
		all = append(all, g)
	}
	for _, f := range funcs.Aggregates() {
		g := function{Name: f.Name, Aliases: f.Aliases, Area: aggregateArea, Doc: f.Doc, Signatures: f.Forms, States: statesOf(&f)}
		if f.Star {
			g.Signatures = append(g.Signatures, f.Name+"(*)")
		}
		for _, o := range f.Overloads {
			g.sign(f.Name, o.Params, 0, false, o.Ret)
		}
		for _, e := range f.Examples {
			g.Examples = append(g.Examples, functionExample{SQL: e.SQL, Rows: e.Rows, Want: e.Want})
		}
		all = append(all, g)
	}
	slices.SortStableFunc(all, func(a, b function) int {
		if a.Area != b.Area {
			if a.Area == aggregateArea {
				return 1
			}
			if b.Area == aggregateArea {
				return -1
			}
			return strings.Compare(a.Area, b.Area)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}

// sign adds a signature: "substring(STRING, INT [, INT]) STRING".
func (f *function) sign(name string, params []types.Kind, optional int, variadic bool, ret types.Type) {
	var b strings.Builder
	b.WriteString(name + "(")
	for i, p := range params {
		if i >= len(params)-optional {
			b.WriteString(" [")
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(kindName(p))
	}
	if variadic {
		b.WriteString(", ..")
	}
	b.WriteString(strings.Repeat("]", min(optional, len(params))) + ")")
	if ret.Kind != types.Invalid {
		b.WriteString(" " + ret.String())
	}
	s := strings.Replace(b.String(), "( [", "([", 1)
	if !slices.Contains(f.Signatures, s) {
		f.Signatures = append(f.Signatures, s)
	}
}

func kindName(k types.Kind) string {
	if k == types.Invalid {
		return "any"
	}
	return k.String()
}

func functionsText(w io.Writer, all []function) {
	area := ""
	var lines [][2]string
	for i, f := range all {
		if f.Area != area {
			if area != "" {
				fmt.Fprintln(w)
			}
			area = f.Area
			fmt.Fprintf(w, "%s\n", strings.ToUpper(area))
		}
		lines = append(lines, [2]string{strings.Join(append([]string{f.Name}, f.Aliases...), ", "), f.Doc})
		if i+1 == len(all) || all[i+1].Area != area {
			printPairs(w, lines)
			lines = nil
		}
	}
}

// describe prints all about one function.
func (f *function) describe(w io.Writer) {
	fmt.Fprintf(w, "%s (%s)\n  %s\n", f.Name, f.Area, f.Doc)
	if len(f.Aliases) > 0 {
		fmt.Fprintf(w, "\nAlso: %s\n", strings.Join(f.Aliases, ", "))
	}
	if len(f.Signatures) > 0 {
		fmt.Fprintf(w, "\nForms:\n  %s\n", strings.Join(f.Signatures, "\n  "))
	}
	if f.States != nil {
		fmt.Fprintf(w, "\nState: %s\n", f.States)
	}
	if len(f.Examples) > 0 {
		fmt.Fprint(w, "\nExamples:\n")
		for _, e := range f.Examples {
			fmt.Fprintf(w, "  %s\n", e)
		}
	}
}

func (e functionExample) String() string {
	s := e.SQL + " = " + e.Want
	if e.Rows != "" {
		s += " over x in " + e.Rows
	}
	return s
}

func functionsMarkdown(w io.Writer, all []function) {
	area := ""
	for _, f := range all {
		if f.Area != area {
			if area != "" {
				fmt.Fprintln(w)
			}
			area = f.Area
			fmt.Fprintf(w, "## %s functions\n\n| function | forms | meaning | example |\n|---|---|---|---|\n", strings.ToUpper(area[:1])+area[1:])
		}
		example := ""
		if len(f.Examples) > 0 {
			example = code(f.Examples[0].String())
		}
		var forms []string
		for _, s := range f.Signatures {
			forms = append(forms, code(s))
		}
		names := code(f.Name)
		for _, n := range f.Aliases {
			names += ", " + code(n)
		}
		meaning := cell(f.Doc)
		if f.States != nil && f.States.String() != "" {
			meaning += "<br>*State: " + f.States.String() + ".*"
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", names, strings.Join(forms, "<br>"), meaning, example)
	}
}

// code is a text as code in a Markdown table.
func code(s string) string { return "`" + cell(s) + "`" }

// cell makes a text fit for a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s)
}
