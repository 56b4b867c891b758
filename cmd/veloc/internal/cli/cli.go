// Package cli is the veloc command line: one file per verb, each of which only
// turns flags into calls of the compiler, the generator, the writer and the
// builder.
//
//	args ─▶ Main ─▶ verb.parse ─▶ runner.run ─▶ exit code
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/config"
)

// The exit codes of veloc. `veloc run` passes that of the program on.
const (
	exitOK     = 0
	exitFailed = 1 // diagnostics with errors, or something else went wrong
	exitUsage  = 2
)

// verbs lists all verbs in the order of the help.
func verbs() []*verb {
	return []*verb{
		&runVerb, &buildVerb, &testVerb, &generateVerb, &checkVerb, &diffVerb, &fmtVerb,
		&explainVerb, &dumpVerb, &describeVerb, &functionsVerb, &optionsVerb,
		&initVerb, &versionVerb, &completionVerb, &helpVerb,
	}
}

// app is what a verb works with.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    []string
	// rest is what stands behind "--" on the command line.
	rest []string
	// pending are diagnostics to be written as one JSON array at the end.
	pending []diag.Diagnostic
	machine bool
}

// Main runs veloc and returns its exit code. args are those behind the name of
// the program, env is a list of NAME=value.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, env: env}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return a.dispatch(ctx, args)
}

func (a *app) dispatch(ctx context.Context, args []string) int {
	if len(args) == 0 {
		overview(a.stderr)
		return exitUsage
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version", "-v":
		name = "version"
	}
	v := findVerb(name)
	if v == nil {
		return a.usage("unknown command %q%s", name, didYouMean(name, verbNames()))
	}
	return a.runVerb(ctx, v, args[1:])
}

// runVerb parses the flags of a verb and runs it.
func (a *app) runVerb(ctx context.Context, v *verb, args []string) int {
	r, operands, err := v.parse(a, args)
	if errors.Is(err, errHelp) {
		v.help(a.stdout)
		return exitOK
	}
	if err != nil {
		return a.usage("%s: %v", v.name, err)
	}
	if n := len(operands); n < v.min || v.max >= 0 && n > v.max {
		fmt.Fprintf(a.stderr, "usage: veloc %s\n", v.synopsis())
		return a.usage("%s: %s", v.name, v.operandComplaint(operands))
	}
	code := r.run(ctx, a, operands)
	if err := a.flush(); err != nil {
		return a.fail(err)
	}
	return code
}

// usage reports a wrong command line.
func (a *app) usage(format string, args ...any) int {
	fmt.Fprintf(a.stderr, "veloc: "+format+"\n", args...)
	fmt.Fprintln(a.stderr, "`veloc help` lists the commands, `veloc help <command>` explains one")
	return exitUsage
}

// fail reports an error that is no diagnostic.
func (a *app) fail(err error) int {
	if !errors.Is(err, context.Canceled) {
		fmt.Fprintf(a.stderr, "veloc: %v\n", err)
	}
	return exitFailed
}

func findVerb(name string) *verb {
	for _, v := range verbs() {
		if v.name == name {
			return v
		}
	}
	return nil
}

func verbNames() []string {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	return names
}

// didYouMean returns ", did you mean .." for a word that is near a known one.
func didYouMean(word string, known []string) string {
	if near, ok := config.Nearest(word, known); ok {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	return ""
}

// getenv returns a variable of the environment, "" if it is not set.
func (a *app) getenv(name string) string {
	for i := len(a.env) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(a.env[i], name+"="); ok {
			return v
		}
	}
	return ""
}

// color reports whether w shows colours: a terminal whose user has not said no.
func (a *app) color(w io.Writer) bool {
	if a.getenv("NO_COLOR") != "" || a.getenv("TERM") == "dumb" {
		return false
	}
	return isTerminal(w)
}

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
