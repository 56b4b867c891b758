package cli

import (
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/velocsql/veloc/codegen/gobuild"
	"github.com/velocsql/veloc/parser/diag"
)

// reporting is the --format flag of verbs that show diagnostics.
type reporting struct{ format string }

func (r *reporting) flags(fs *flag.FlagSet) {
	r.format = "text"
	chooseVar(fs, &r.format, "format", []string{"text", "json", "github"}, "how diagnostics are shown: text on stderr, json and github on stdout")
}

// report shows diagnostics and returns whether there is an error among them.
func (a *app) report(format string, list []diag.Diagnostic) (failed bool) {
	for _, d := range list {
		failed = failed || d.Severity == diag.Error
	}
	var err error
	switch format {
	case "json":
		// One array per run: it is written at the end.
		a.machine, a.pending = true, append(a.pending, list...)
	case "github":
		err = diag.GitHub(a.stdout, list)
	default:
		err = diag.Text(a.stderr, list, diag.TextStyle{Color: a.color(a.stderr)})
	}
	if err != nil {
		a.fail(err)
		return true
	}
	return failed
}

// flush writes what report has collected.
func (a *app) flush() error {
	if !a.machine {
		return nil
	}
	return diag.JSON(a.stdout, a.pending)
}

// buildFailed shows why a build failed.
func (a *app) buildFailed(format string, p *program, err error) int {
	var e *gobuild.Error
	if !errors.As(err, &e) {
		return a.fail(err)
	}
	d := diag.Diagnostic{Code: e.Code, Msg: e.Msg, Hint: e.Hint}
	if e.SQL != "" {
		d.Msg += ", for " + e.SQL
	}
	if p != nil && format != "text" {
		d.File = p.file
	}
	a.report(format, []diag.Diagnostic{d})
	if e.Output != "" {
		fmt.Fprintf(a.stderr, "\n%s\n", strings.TrimRight(e.Output, "\n"))
	}
	return exitFailed
}
