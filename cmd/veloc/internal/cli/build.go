package cli

import (
	"context"
	"flag"
	"os"
	"strings"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/codegen/gobuild"
	"github.com/velocsql/veloc/compiler"
)

var buildVerb = verb{
	name: "build", args: "FILE", min: 1, max: 1,
	short: "compile a program to one binary",
	long: `
Compiles a SQL file to a static binary that needs nothing else: not veloc, not
Go, not the SQL file. The binary has flags of its own, see ./trades --help.

Go compiles it. The runtime that the program needs is looked for in this order:
--runtime or VELOC_RUNTIME; the Go module around the SQL file or the current
folder, if it requires veloc; else the one that veloc carries. -x tells which it
is. GOOS and GOARCH choose another machine to build for.`,
	examples: []example{
		{"veloc build trades.sql", "writes ./trades"},
		{"veloc build -o bin/ trades.sql", "writes bin/trades"},
		{"GOOS=linux GOARCH=arm64 veloc build trades.sql", "for another machine"},
		{"veloc build -x trades.sql", "shows what is done"},
	},
	new: func() runner { return &buildCmd{} },
}

type buildCmd struct {
	compiling
	speaking
	reporting
	out string
}

func (c *buildCmd) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.out, "o", "", "`file` or folder of the binary (default: the name of the program, in the current folder)")
	c.compiling.flags(fs)
	c.speaking.flags(fs)
	c.reporting.flags(fs)
}

func (c *buildCmd) run(ctx context.Context, a *app, operands []string) int {
	p, err := a.open(operands[0])
	if err != nil {
		return a.fail(err)
	}
	p.dialect = c.dialect
	files, res, ok := a.generate(ctx, p, "", "", c.format)
	if !ok {
		return exitFailed
	}
	t := c.target(a, p, files, res)
	t.Output, t.Release = c.out, true
	if dir, ok := strings.CutSuffix(c.out, "/"); ok { // a folder, there or not
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return a.fail(err)
		}
	}
	if err := gobuild.Build(ctx, t); err != nil {
		return a.buildFailed(c.format, p, err)
	}
	return exitOK
}

// compiling is what build and run share.
type compiling struct {
	runtime string
	trace   bool
}

func (c *compiling) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.runtime, "runtime", "", "`folder` of a veloc checkout to build with (VELOC_RUNTIME)")
	fs.BoolVar(&c.trace, "x", false, "show which runtime is used and the commands")
}

func (c *compiling) target(a *app, p *program, files []codegen.File, res *compiler.Result) gobuild.Target {
	t := gobuild.Target{
		Name: res.Pipeline.Name, Package: res.Pipeline.Package, Files: files, Dir: p.dir,
		Runtime: c.runtime, Embedded: veloc.Runtime, Env: a.env, Log: a.stderr,
	}
	if c.trace {
		t.Trace = a.stderr
	}
	return t
}
