// Package compiler drives the stages from SQL text to the pipeline: parse,
// bind, plan, lower.
package compiler

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/velocsql/veloc/compiler/bind"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/dialect"
	"github.com/velocsql/veloc/compiler/lower"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/parser"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	terminal "github.com/velocsql/veloc/runtime/sink/terminal/spec"
)

// Input is a program to compile.
type Input struct {
	File *source.File
	Dir  string // folder of the SQL file: relative paths of samples start there
	Name string // program name; "" takes it from the file name
	// DefaultFormat is what a bare SELECT prints: table, json or csv; "" is table.
	DefaultFormat string
	// Dialect is what SET 'dialect' would choose; "" leaves that to the program.
	Dialect string
	// Settings are what SET would say, by key; the program's own win.
	Settings map[string]string
	// Lint adds warnings of what is legal and often not meant.
	Lint bool
	// Observe says what can be seen of relations, for tests.
	Observe bind.Observe
	// Cover makes the program tell which branches of its SQL run, for tests.
	Cover bool
	// Topics: the program runs where topics are in memory, as in a test, so that
	// it may have the connector kafka.
	Topics bool
}

// Result holds what each stage made; from the first failing stage on it is nil.
type Result struct {
	AST      *ast.File
	Bound    *bound.Program
	Plan     *plan.Program
	Pipeline *pipeline.Program
}

// Compile runs all stages. Mistakes of the user are in the list; a defect of
// veloc is there too, as an internal error.
func Compile(_ context.Context, in Input) (res *Result, diags diag.List) {
	diags.File = in.File
	res = &Result{}
	defer func() {
		if r := recover(); r != nil {
			diags.Add(diag.Diagnostic{Code: diag.Internal, Msg: fmt.Sprintf("internal error: %v", r), Hint: "please report the program and this trace:\n" + string(debug.Stack())})
		}
	}()
	f, rules, d := parse(in)
	diags.Append(d)
	res.AST = f
	name := in.Name
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(in.File.Name), filepath.Ext(in.File.Name))
	}
	prog, d := bind.Bind(f, bind.Options{Name: name, Dir: in.Dir, DefaultSink: &terminal.Connector, Topics: in.Topics, Observe: in.Observe, Dialect: rules, Settings: in.Settings})
	diags.Append(d)
	if diags.HasErrors() {
		return res, diags
	}
	printAs(prog, in.DefaultFormat)
	res.Bound = prog
	pl, d := plan.Build(prog)
	diags.Append(d)
	if pl == nil || diags.HasErrors() {
		return res, diags
	}
	res.Plan = pl
	if in.Lint {
		diags.Append(plan.Lint(pl))
	}
	p := lower.Lower(pl, lower.Options{Cover: in.Cover})
	if err := pipeline.Verify(p); err != nil {
		diags.Add(diag.Diagnostic{Code: diag.Internal, Msg: "internal error: " + err.Error(), Hint: "please report the program"})
		return res, diags
	}
	res.Pipeline = p
	noteWorkers(pl, p)
	return res, diags
}

// parse parses a program in its dialect: the one that it sets, else the given one.
func parse(in Input) (*ast.File, *dialect.Dialect, diag.List) {
	f, list := parser.Parse(in.File)
	rules, _ := dialect.Of(f)
	if rules == nil {
		rules, _ = dialect.Find(in.Dialect)
	}
	if rules.UpperNames {
		f, list = parser.ParseUpper(in.File)
	}
	return f, rules, list
}

// noteWorkers tells the plan what several workers do with each relation.
func noteWorkers(pl *plan.Program, p *pipeline.Program) {
	words := map[pipeline.Parallel]string{
		pipeline.Stateless: "any number, in the order of the input",
		pipeline.Merge:     "any number, merged at the end of input",
		pipeline.Owned:     "any number, each group owned by one",
	}
	for i, q := range p.Queries {
		text := words[q.Parallel]
		if q.Parallel == pipeline.Single {
			text = "one: " + q.Why
		}
		for _, src := range pl.Sources {
			if !src.Source.Bounded() {
				text = "one: the input of " + src.Name + " does not end"
			}
		}
		pl.Relations[i].Workers = text
	}
}

// printAs sets how terminal sinks print that do not say so themselves.
func printAs(p *bound.Program, format string) {
	if format == "" || format == "table" {
		return
	}
	for _, s := range p.Sinks {
		if _, ok := bound.Get(s.Options, "format"); s.Connector.Name == terminal.Connector.Name && !ok {
			s.Options = append(s.Options, bound.Option{Key: "format", Value: format})
		}
	}
}
