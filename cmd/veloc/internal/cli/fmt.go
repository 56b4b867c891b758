package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/velocsql/veloc/parser"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

var fmtVerb = verb{
	name: "fmt", args: "[files | folders | ./... | -]", max: -1,
	short: "format SQL files",
	long: `
Prints SQL in its canonical layout. Without arguments, or for -, it formats
standard input. -w rewrites files in place, -d shows differences and exits with
1 if there are any. A file that cannot be read as SQL is left alone.`,
	examples: []example{
		{"veloc fmt -w ./...", "format every SQL file below this folder"},
		{"veloc fmt -d ./...", "check that all are formatted"},
		{"veloc fmt < trades.sql", "as a filter"},
	},
	new: func() runner { return &fmtCmd{} },
}

type fmtCmd struct {
	write bool
	diff  bool
}

func (c *fmtCmd) flags(fs *flag.FlagSet) {
	fs.BoolVar(&c.write, "w", false, "write the result to the file")
	fs.BoolVar(&c.diff, "d", false, "show differences instead of the result")
}

func (c *fmtCmd) run(_ context.Context, a *app, operands []string) int {
	if len(operands) == 0 {
		operands = []string{stdinName}
	}
	paths, err := sqlFiles(operands)
	if err != nil {
		return a.fail(err)
	}
	code := exitOK
	for _, path := range paths {
		if !c.one(a, path) {
			code = exitFailed
		}
	}
	return code
}

// one formats a file and reports whether all is well.
func (c *fmtCmd) one(a *app, path string) bool {
	name := path
	var text []byte
	var err error
	if path == stdinName {
		if c.write {
			a.fail(errors.New("fmt: -w needs files, not standard input"))
			return false
		}
		name = "stdin"
		text, err = io.ReadAll(a.stdin)
	} else if text, err = os.ReadFile(path); err != nil {
		err = a.explainOpen(path, err)
	}
	if err != nil {
		a.fail(err)
		return false
	}
	f := source.NewFile(name, string(text))
	tree, list := parser.Parse(f)
	if list.HasErrors() {
		a.report("text", list.All())
		return false
	}
	out := ast.Format(tree)
	if c.diff || c.write {
		return c.change(a, name, string(text), out)
	}
	fmt.Fprint(a.stdout, out)
	return true
}

// change shows or makes the difference.
func (c *fmtCmd) change(a *app, name, before, after string) bool {
	if before == after {
		return true
	}
	if c.diff {
		_, _ = a.stdout.Write(diff.Diff(name, []byte(before), name+" (formatted)", []byte(after)))
	}
	if !c.write {
		return false
	}
	st, err := os.Stat(name)
	if err == nil {
		err = os.WriteFile(name, []byte(after), st.Mode().Perm())
	}
	if err != nil {
		a.fail(err)
		return false
	}
	if !c.diff {
		fmt.Fprintln(a.stdout, name)
	}
	return true
}
