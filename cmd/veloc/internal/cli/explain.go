package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/parser/diag"
)

var explainVerb = verb{
	name: "explain", args: `FILE | "QUERY" | VLnnnn`, min: 1, max: 1,
	short: "show the plan of a program, or what a code means",
	long: `
Shows how a program is computed: the operators of each statement with what they
keep in memory and when they emit. EXPLAIN, DESCRIBE and SHOW statements of the
program are answered. With the code of a diagnostic it explains the code instead.`,
	examples: []example{
		{"veloc explain trades.sql", "the plan"},
		{"veloc explain --format json trades.sql", "the plan for machines"},
		{"veloc explain VL2003", "what a code means"},
	},
	new: func() runner { return &explainCmd{} },
}

type explainCmd struct {
	speaking
	format string
}

func (c *explainCmd) flags(fs *flag.FlagSet) {
	c.speaking.flags(fs)
	c.format = "text"
	chooseVar(fs, &c.format, "format", []string{"text", "json"}, "how the plan is shown")
}

var codePattern = regexp.MustCompile(`^(?i:vl)\d+$`)

func (c *explainCmd) run(ctx context.Context, a *app, operands []string) int {
	if codePattern.MatchString(operands[0]) {
		return a.explainCode(operands[0])
	}
	p, err := a.open(operands[0])
	if err != nil {
		return a.fail(err)
	}
	p.dialect = c.dialect
	res, list := p.compile(ctx, "")
	failed := a.report("text", list)
	if res.Plan == nil {
		return exitFailed
	}
	pl, err := c.show(a, p, res)
	if err != nil {
		return a.fail(err)
	}
	if c.format == "json" {
		text, err := plan.ExplainJSON(pl)
		if err != nil {
			return a.fail(err)
		}
		a.print(string(text))
	} else {
		a.print(plan.Explain(pl))
	}
	if failed {
		return exitFailed
	}
	return exitOK
}

// show answers DESCRIBE and SHOW statements and returns the plan with the
// queries of EXPLAIN statements in it.
func (c *explainCmd) show(a *app, p *program, res *compiler.Result) (*plan.Program, error) {
	explained := *res.Bound
	explained.Relations = slices.Clone(explained.Relations)
	for _, i := range res.Bound.Info {
		switch {
		case i.Kind == "EXPLAIN" && i.Rel != nil:
			explained.Relations = append(explained.Relations, i.Rel)
		case c.format == "json":
		case i.Kind == "DESCRIBE" && i.Rel != nil:
			describeRelation(a.stdout, p, i.Rel)
			fmt.Fprintln(a.stdout)
		case i.Kind == "SHOW":
			showList(a.stdout, i.Name, res.Bound.Relations)
			fmt.Fprintln(a.stdout)
		}
	}
	if len(explained.Relations) == len(res.Bound.Relations) {
		return res.Plan, nil
	}
	pl, list := plan.Build(&explained)
	if a.report("text", list.All()) || pl == nil {
		return nil, errors.New("the explained query cannot be planned")
	}
	return pl, nil
}

// showList prints what a SHOW statement asks for.
func showList(w io.Writer, what string, relations []*bound.Relation) {
	what = strings.ToUpper(what)
	if what == "FUNCTIONS" {
		functionsText(w, functionTable())
		return
	}
	kind := strings.TrimSuffix(what, "S")
	fmt.Fprintln(w, what)
	for _, r := range relations {
		if strings.ToUpper(r.Kind.String()) == kind {
			fmt.Fprintf(w, "  %s\n", r.Name)
		}
	}
}

func (a *app) explainCode(code string) int {
	text, ok := diag.Explain(diag.Code(code))
	if !ok {
		var known []string
		for _, i := range diag.Codes() {
			known = append(known, string(i.Code))
		}
		return a.fail(fmt.Errorf("there is no code %s%s", code, didYouMean(code, known)))
	}
	a.print(text)
	return exitOK
}

// print writes text to standard output and ends it with a line break.
func (a *app) print(text string) {
	fmt.Fprint(a.stdout, text)
	if text != "" && text[len(text)-1] != '\n' {
		fmt.Fprintln(a.stdout)
	}
}
