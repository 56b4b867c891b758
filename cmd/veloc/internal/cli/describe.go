package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/source"
)

var describeVerb = verb{
	name: "describe", args: "DATA FILE | SQL FILE", min: 1, max: 1,
	short: "show the columns of a data file or a program",
	long: `
For a data file it prints the CREATE STREAM that declares it, with the columns
that a sample shows: to be pasted into a program, which then no longer depends on
the sample. For a SQL file it lists the relations of the program with their
columns.`,
	examples: []example{
		{"veloc describe orders.csv", "a declaration to paste"},
		{"veloc describe trades.sql", "streams, tables and views with their columns"},
	},
	new: func() runner { return &describeCmd{} },
}

type describeCmd struct{}

func (*describeCmd) flags(*flag.FlagSet) {}

func (*describeCmd) run(ctx context.Context, a *app, operands []string) int {
	path := operands[0]
	if strings.HasSuffix(strings.ToLower(path), ".sql") || looksLikeSQL(path) {
		return describeProgram(ctx, a, path)
	}
	return describeData(ctx, a, path)
}

// describeData lets the compiler look at the file as a query would.
func describeData(ctx context.Context, a *app, path string) int {
	query := "SELECT * FROM '" + strings.ReplaceAll(path, "'", "''") + "'"
	p := &program{file: source.NewFile("query", query), dir: ".", name: "describe", sql: true}
	res, list := p.compile(ctx, "")
	failed := a.report("text", list)
	if res.Bound == nil {
		return exitFailed
	}
	for _, r := range res.Bound.Relations {
		if r.Source != nil {
			declaration(a.stdout, r, path)
			return exitOK
		}
	}
	if !failed {
		a.fail(errors.New(path + " was not recognised as data"))
	}
	return exitFailed
}

// declaration prints the CREATE STREAM of a relation whose columns are inferred.
func declaration(w io.Writer, r *bound.Relation, path string) {
	schema := &catalog.Schema{}
	for _, c := range r.Cols {
		schema.Columns = append(schema.Columns, catalog.Column{Name: c.Name, Type: c.Type})
	}
	lines := []string{option("connector", r.Source.Connector.Name)}
	if _, ok := bound.Get(r.Source.Options, "path"); !ok {
		lines = append(lines, option("path", path))
	}
	if r.Source.Format != nil {
		lines = append(lines, option("format", r.Source.Format.Name))
	}
	for _, o := range r.Source.Options {
		lines = append(lines, option(o.Key, o.Value))
	}
	fmt.Fprintf(w, "CREATE STREAM %s %s WITH (\n  %s\n);\n", relationName(path), schema.ColumnList(), strings.Join(lines, ",\n  "))
}

func option(key, value string) string {
	return fmt.Sprintf("'%s' = '%s'", key, strings.ReplaceAll(value, "'", "''"))
}

// columnList prints the columns of a relation, one a line.
func columnList(w io.Writer, cols []*bound.Col) {
	width := 0
	for _, c := range cols {
		width = max(width, len([]rune(c.Name)))
	}
	for _, c := range cols {
		null := ""
		if !c.Nullable {
			null = " NOT NULL"
		}
		fmt.Fprintf(w, "  %-*s  %s%s\n", width, c.Name, c.Type, null)
	}
}

// relationName is what a stream over a file is called.
func relationName(path string) string {
	base := filepath.Base(path)
	if i := strings.IndexByte(base, '.'); i > 0 {
		base = base[:i]
	}
	return programName(base)
}

// describeProgram lists relations.
func describeProgram(ctx context.Context, a *app, path string) int {
	p, err := a.open(path)
	if err != nil {
		return a.fail(err)
	}
	res, list := p.compile(ctx, "")
	failed := a.report("text", list)
	if res.Bound == nil {
		return exitFailed
	}
	for i, r := range res.Bound.Relations {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		describeRelation(a.stdout, p, r)
	}
	if failed {
		return exitFailed
	}
	return exitOK
}

// describeRelation prints a relation with its columns.
func describeRelation(w io.Writer, p *program, r *bound.Relation) {
	name := r.Name
	if r.Kind == bound.Result {
		name = "(" + p.file.Loc(r.Loc.Start) + ")"
	}
	fmt.Fprintf(w, "%s %s\n", strings.ToUpper(r.Kind.String()), name)
	columnList(w, r.Cols)
}
