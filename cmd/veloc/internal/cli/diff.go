package cli

import (
	"context"
	"flag"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/codegen/writer"
)

var diffVerb = verb{
	name: "diff", args: "[files | folders | ./...]", max: -1,
	short: "show what generate would change",
	long: `
Compares the Go package of each program with the files that are there and prints
the difference. The exit code is 1 if there is any, so that a build can check
that generated files are up to date. Nothing is written.`,
	examples: []example{
		{"veloc diff ./...", "is everything up to date?"},
		{"veloc diff trades.sql", "what would change?"},
	},
	new: func() runner { return &diffCmd{} },
}

type diffCmd struct {
	placement
	reporting
}

func (c *diffCmd) flags(fs *flag.FlagSet) {
	c.placement.flags(fs)
	c.reporting.flags(fs)
}

func (c *diffCmd) run(ctx context.Context, a *app, operands []string) int {
	differs := false
	code := c.each(ctx, a, operands, c.format, func(dir string, files []codegen.File) error {
		d, err := writer.Diff(a.stdout, dir, files)
		differs = differs || d
		return err
	})
	if differs {
		return exitFailed
	}
	return code
}
