package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
)

var helpVerb = verb{
	name: "help", args: "[command]", max: 1,
	short: "explain a command",
	long:  "Prints the list of commands, or the help of one.",
	new:   func() runner { return &helpCmd{} },
}

type helpCmd struct{}

func (*helpCmd) flags(*flag.FlagSet) {}

func (*helpCmd) run(_ context.Context, a *app, operands []string) int {
	if len(operands) == 0 {
		overview(a.stdout)
		return exitOK
	}
	v := findVerb(operands[0])
	if v == nil {
		return a.usage("unknown command %q%s", operands[0], didYouMean(operands[0], verbNames()))
	}
	v.help(a.stdout)
	return exitOK
}

// overview prints the list of commands.
func overview(w io.Writer) {
	fmt.Fprint(w, `veloc compiles streaming SQL to Go.

Usage: veloc <command> [flags] [arguments]

`)
	var lines [][2]string
	for _, v := range verbs() {
		lines = append(lines, [2]string{v.name, v.short})
	}
	printPairs(w, lines)
	fmt.Fprint(w, `
First steps:
`)
	printPairs(w, [][2]string{
		{`veloc init shop && cd shop`, "a small program with its data"},
		{`veloc run shop.sql`, "compile and run it"},
		{`veloc run "SELECT * FROM 'orders.csv'"`, "or a query without a file"},
		{`veloc build shop.sql && ./shop`, "one binary to deploy"},
	})
	fmt.Fprint(w, `
veloc help <command> has the flags and examples of each. Exit codes: 0 for
success, 1 when the SQL or something else is at fault, 2 for a wrong command line.
`)
}
