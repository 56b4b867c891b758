package cli

import (
	"context"
	"flag"
	"fmt"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

var dumpVerb = verb{
	name: "dump", args: `FILE | "QUERY" | -`, min: 1, max: 1,
	short: "show a stage of the compiler",
	long: `
Shows what a stage of the compiler makes of a program: ast is what was read,
bound has all names and types resolved, plan the relational operators, pipeline
the structs and steps of the generated code, go the code itself.`,
	examples: []example{
		{"veloc dump trades.sql", "the generated Go"},
		{"veloc dump --stage bound trades.sql", "after names and types"},
	},
	new: func() runner { return &dumpCmd{} },
}

type dumpCmd struct {
	speaking
	stage string
}

func (c *dumpCmd) flags(fs *flag.FlagSet) {
	c.speaking.flags(fs)
	c.stage = "go"
	chooseVar(fs, &c.stage, "stage", []string{"ast", "bound", "plan", "pipeline", "go"}, "which stage")
}

func (c *dumpCmd) run(ctx context.Context, a *app, operands []string) int {
	p, err := a.open(operands[0])
	if err != nil {
		return a.fail(err)
	}
	p.dialect = c.dialect
	res, list := p.compile(ctx, "")
	failed := a.report("text", list)
	if !c.print(a, p, res) || failed {
		return exitFailed
	}
	return exitOK
}

// print shows the stage unless the compiler did not get that far.
func (c *dumpCmd) print(a *app, p *program, res *compiler.Result) bool {
	switch c.stage {
	case "ast":
		if res.AST == nil {
			return false
		}
		a.print(dumpTree(res.AST))
	case "bound":
		if res.Bound == nil {
			return false
		}
		a.print(bound.Dump(res.Bound))
	case "plan":
		if res.Plan == nil {
			return false
		}
		a.print(plan.Explain(res.Plan))
	case "pipeline":
		if res.Pipeline == nil {
			return false
		}
		a.print(pipeline.Dump(res.Pipeline))
	default:
		if res.Pipeline == nil {
			return false
		}
		files, err := codegen.Generate(res.Pipeline, codegen.Options{Source: p.sourceName()})
		if err != nil {
			a.fail(err)
			return false
		}
		for _, f := range files {
			fmt.Fprintf(a.stdout, "-- %s --\n%s", f.Name, f.Content)
		}
	}
	return true
}
