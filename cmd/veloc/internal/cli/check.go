package cli

import (
	"context"
	"flag"

	"github.com/velocsql/veloc/parser/diag"
)

var checkVerb = verb{
	name: "check", args: "FILES | FOLDERS | ./...", min: 1, max: -1,
	short: "report what is wrong with programs",
	long: `
Takes programs through all stages of the compiler and shows errors and warnings,
also of what is legal and often not meant, which other commands do not mention.
The exit code is 1 if there is an error. - is standard input.`,
	examples: []example{
		{"veloc check trades.sql", "one program"},
		{"veloc check ./...", "every program below this folder"},
		{"veloc check --format github ./...", "as annotations of a pull request"},
		{"veloc check --format json trades.sql", "for editors"},
	},
	new: func() runner { return &checkCmd{} },
}

type checkCmd struct {
	reporting
	speaking
}

func (c *checkCmd) flags(fs *flag.FlagSet) {
	c.reporting.flags(fs)
	c.speaking.flags(fs)
}

func (c *checkCmd) run(ctx context.Context, a *app, operands []string) int {
	paths, err := sqlFiles(operands)
	if err != nil {
		return a.fail(err)
	}
	code := exitOK
	var all []diag.Diagnostic
	for _, path := range paths {
		p, err := a.open(path)
		if err != nil {
			code = a.fail(err)
			continue
		}
		p.dialect, p.lint = c.dialect, true
		_, list := p.compile(ctx, "")
		all = append(all, list...)
	}
	if a.report(c.format, all) {
		code = exitFailed
	}
	return code
}
