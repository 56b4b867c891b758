package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/velocsql/veloc/templates"
)

var initVerb = verb{
	name: "init", args: "DIR", min: 1, max: 1,
	short: "lay out a new program",
	long: `
Writes a small program with its data, a test and a Dockerfile to a folder. The program
has the name of the folder. Files that are there already are left alone.`,
	examples: []example{
		{"veloc init shop && cd shop && veloc run shop.sql", "lay out and run"},
		{"veloc init .", "in the current folder"},
	},
	new: func() runner { return &initCmd{} },
}

type initCmd struct{}

func (*initCmd) flags(*flag.FlagSet) {}

func (*initCmd) run(_ context.Context, a *app, operands []string) int {
	dir := operands[0]
	abs, err := filepath.Abs(dir)
	if err != nil {
		return a.fail(err)
	}
	name := programName(filepath.Base(abs))
	files, err := templates.Project(name)
	if err != nil {
		return a.fail(err)
	}
	for _, f := range files {
		p := filepath.Join(dir, filepath.FromSlash(f.Path))
		switch err := writeNew(p, f.Content); {
		case errors.Is(err, os.ErrExist):
			fmt.Fprintf(a.stderr, "kept %s\n", p)
		case err != nil:
			return a.fail(err)
		default:
			fmt.Fprintf(a.stderr, "added %s\n", p)
		}
	}
	file := filepath.Join(dir, name+".sql")
	fmt.Fprintf(a.stderr, "\nnow: veloc run %s\nor:  veloc test %s\n", file, dir)
	return exitOK
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// programName makes a name for a program out of that of a folder.
func programName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '_'
	}, s)
	if s = strings.Trim(s, "_"); s == "" || unicode.IsDigit(rune(s[0])) {
		s = "program" + s
	}
	return s
}
