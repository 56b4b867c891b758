package golden

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// compiled is a program after all stages.
type compiled struct {
	res   *compiler.Result
	diags []diag.Diagnostic
	text  string // the diagnostics as shown
	ok    bool   // there is a pipeline
	files []codegen.File
	fired plan.Fired
}

// compile takes SQL through all stages. dir is where the files are that
// schemas are inferred from.
func compile(name, sql, dir, format string) (*compiled, error) {
	return compileWith(compiler.Input{Name: name, Dir: dir, DefaultFormat: format}, sql)
}

// compileWith is compile for a program in special surroundings.
func compileWith(in compiler.Input, sql string) (*compiled, error) {
	in.File = source.NewFile(in.Name+".sql", sql)
	res, list := compiler.Compile(context.Background(), in)
	out := &compiled{res: res, diags: list.All()}
	for i := range out.diags {
		if out.diags[i].Code == diag.Internal {
			return nil, fmt.Errorf("%s\n%s", out.diags[i].Msg, out.diags[i].Hint)
		}
	}
	var b strings.Builder
	if err := diag.Text(&b, out.diags, diag.TextStyle{Limit: -1}); err != nil {
		return nil, err
	}
	out.text = b.String()
	if list.HasErrors() || res.Pipeline == nil {
		return out, nil
	}
	out.ok = true
	out.fired = res.Plan.Fired
	var err error
	if out.files, err = codegen.Generate(res.Pipeline, codegen.Options{}); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return out, nil
}

// compile compiles the program of a case in a folder with its input files.
func (c *Case) compile(t *testing.T) (*compiled, error) {
	t.Helper()
	dir := t.TempDir()
	if _, err := c.layOut(dir); err != nil {
		return nil, err
	}
	format := c.note("format")
	if format == "" {
		format = "csv"
	}
	return compileWith(compiler.Input{Name: c.program(), Dir: dir, DefaultFormat: format, Topics: c.topics(), Lint: c.note("lint") != ""}, c.sql())
}

// texts are the sections that the compiler fills.
func (p *compiled) texts() map[string]string {
	out := map[string]string{"out/diag": p.text}
	if p.res.Plan != nil {
		out["out/plan"] = plan.Explain(p.res.Plan)
	}
	if p.res.Pipeline != nil {
		out["out/pipeline"] = pipeline.Dump(p.res.Pipeline)
	}
	for _, f := range p.files {
		out["out/"+f.Name] = string(f.Content)
	}
	return out
}

// writeFiles writes generated files to a folder.
func writeFiles(dir string, files []codegen.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
