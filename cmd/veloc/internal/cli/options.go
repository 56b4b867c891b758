package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/runtime/spec"
)

var optionsVerb = verb{
	name: "options", args: "[CONNECTOR | FORMAT]", max: 1,
	short: "list the options of WITH",
	long: `
Lists the keys that WITH takes: of connectors, formats, event time, statements
and the whole program (SET), each with its default. The list is made from the
declarations that the compiler checks options with.`,
	examples: []example{
		{"veloc options", "all options"},
		{"veloc options file", "of one connector"},
		{"veloc options csv", "of one format"},
		{"veloc options --format markdown", "as a page"},
	},
	new: func() runner { return &optionsCmd{} },
}

type optionsCmd struct{ format string }

func (c *optionsCmd) flags(fs *flag.FlagSet) {
	c.format = "text"
	chooseVar(fs, &c.format, "format", []string{"text", "json", "markdown"}, "how the list is shown")
}

// optionGroup is a table of options that belong together.
type optionGroup struct {
	Name    string       `json:"name"`
	Title   string       `json:"title"`
	Doc     string       `json:"doc,omitempty"`
	Formats []string     `json:"formats,omitempty"`
	Options []optionLine `json:"options"`
}

type optionLine struct {
	Key      string   `json:"key"`
	Aliases  []string `json:"aliases,omitempty"`
	For      string   `json:"for"`
	Type     string   `json:"type"`
	Values   []string `json:"values,omitempty"`
	Default  string   `json:"default,omitempty"`
	Required bool     `json:"required,omitempty"`
	Help     string   `json:"help"`
}

func (c *optionsCmd) run(_ context.Context, a *app, operands []string) int {
	groups := optionGroups()
	if len(operands) == 1 {
		var found []optionGroup
		var known []string
		for _, g := range groups {
			known = append(known, g.Name)
			if strings.EqualFold(g.Name, operands[0]) {
				found = append(found, g)
			}
		}
		if len(found) == 0 {
			return a.fail(fmt.Errorf("there is no connector or format %q%s", operands[0], didYouMean(operands[0], known)))
		}
		groups = found
	}
	switch c.format {
	case "json":
		enc := json.NewEncoder(a.stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(groups); err != nil {
			return a.fail(err)
		}
	case "markdown":
		optionsMarkdown(a.stdout, groups)
	default:
		optionsText(a.stdout, groups)
	}
	return exitOK
}

// optionGroups collects all tables.
func optionGroups() []optionGroup {
	var groups []optionGroup
	for _, end := range []struct {
		role  spec.Role
		title string
	}{{spec.Source, "source"}, {spec.Sink, "sink"}} {
		for _, name := range catalog.ConnectorNames(end.role) {
			c, standing := catalog.Connector(name, end.role)
			if standing != catalog.Found {
				continue
			}
			groups = append(groups, optionGroup{
				Name: c.Name, Title: "connector " + c.Name + " as a " + end.title, Doc: c.Doc, Formats: c.Formats,
				Options: optionLines(c.Options, end.role),
			})
		}
	}
	for _, name := range formatNames() {
		if f, standing := catalog.Format(name); standing == catalog.Found {
			groups = append(groups, optionGroup{Name: f.Name, Title: "format " + f.Name, Doc: f.Doc, Options: optionLines(f.Options, spec.Both)})
		}
	}
	for _, f := range catalog.TopicFormats {
		groups = append(groups, optionGroup{Name: f.Name, Title: "format " + f.Name + " of topics", Doc: f.Doc, Options: optionLines(f.Options, spec.Both)})
	}
	return append(
		groups,
		optionGroup{Name: "time", Title: "event time and watermarks of a source", Options: optionLines(catalog.TimeOptions, spec.Both)},
		optionGroup{Name: "window", Title: "windows of a query", Options: optionLines(catalog.WindowOptions, spec.Both)},
		optionGroup{Name: "statement", Title: "statements", Options: optionLines(catalog.StatementOptions, spec.Both)},
		optionGroup{Name: "program", Title: "the program: SET 'key' = 'value'", Options: optionLines(catalog.ProgramOptions, spec.Both)},
	)
}

// formatNames lists the formats that connectors carry.
func formatNames() []string {
	var names []string
	seen := map[string]bool{}
	for _, role := range []spec.Role{spec.Source, spec.Sink} {
		for _, name := range catalog.ConnectorNames(role) {
			c, _ := catalog.Connector(name, role)
			if c.Messages {
				continue
			}
			for _, f := range c.Formats {
				if !seen[f] {
					seen[f] = true
					names = append(names, f)
				}
			}
		}
	}
	return names
}

func optionLines(opts []spec.Option, end spec.Role) []optionLine {
	lines := []optionLine{}
	for _, o := range opts {
		if o.Role&end == 0 {
			continue
		}
		lines = append(lines, optionLine{
			Key: o.Key, Aliases: o.Aliases, For: roleName(o.Role), Type: typeName(o.Type), Values: o.Values,
			Default: o.Default, Required: o.Required, Help: o.Help,
		})
	}
	return lines
}

func roleName(r spec.Role) string {
	switch r {
	case spec.Source:
		return "source"
	case spec.Sink:
		return "sink"
	default:
		return "both"
	}
}

func typeName(t spec.Type) string {
	return [...]string{
		spec.String: "string", spec.Int: "number", spec.Bool: "bool", spec.Duration: "duration",
		spec.Size: "size", spec.Enum: "word", spec.Char: "character", spec.Path: "path",
	}[t]
}

// takes tells what an option takes and what it is by default.
func (o *optionLine) takes() string {
	s := o.Type
	if len(o.Values) > 0 {
		s = strings.Join(o.Values, "|")
	}
	switch {
	case o.Required:
		s += ", required"
	case o.Default != "":
		s += ", default " + o.Default
	}
	return s
}

func optionsText(w io.Writer, groups []optionGroup) {
	for i, g := range groups {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, strings.ToUpper(g.Title))
		if g.Doc != "" {
			fmt.Fprintf(w, "%s\n", g.Doc)
		}
		if len(g.Formats) > 0 {
			fmt.Fprintf(w, "formats: %s\n", strings.Join(g.Formats, ", "))
		}
		for _, o := range g.Options {
			fmt.Fprintf(w, "  '%s' (%s)\n      %s\n", o.Key, o.takes(), o.Help)
		}
	}
}

func optionsMarkdown(w io.Writer, groups []optionGroup) {
	for i, g := range groups {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "## %s\n\n", strings.ToUpper(g.Title[:1])+g.Title[1:])
		if g.Doc != "" {
			fmt.Fprintf(w, "%s.", strings.ToUpper(g.Doc[:1])+g.Doc[1:])
			if len(g.Formats) > 0 {
				fmt.Fprintf(w, " Formats: %s.", strings.Join(g.Formats, ", "))
			}
			fmt.Fprint(w, "\n\n")
		}
		if len(g.Options) == 0 {
			continue
		}
		fmt.Fprint(w, "| key | takes | meaning | other spellings |\n|---|---|---|---|\n")
		for _, o := range g.Options {
			var aliases []string
			for _, al := range o.Aliases {
				aliases = append(aliases, code(al))
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s |\n", code(o.Key), cell(o.takes()), cell(o.Help), strings.Join(aliases, ", "))
		}
	}
}
