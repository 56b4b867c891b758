package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/codegen/writer"
)

var generateVerb = verb{
	name: "generate", args: "[files | folders | ./...]", max: -1,
	short: "write the Go package of programs",
	long: `
Writes the Go package of each program beside its SQL file, in the package that
the folder has. Without arguments it takes the SQL file of the current folder.
Files that are right already are left alone; files of the same program that are
no longer needed are removed.

A folder holds the package of one program; with -o another program of the same
folder gets a folder of its own.`,
	examples: []example{
		{"veloc generate", "the program of this folder"},
		{"veloc generate ./...", "every program below this folder"},
		{"veloc generate -o internal/trades trades.sql", "into another folder"},
		{"//go:generate go tool veloc generate .", "in a Go file, for `go generate`"},
	},
	new: func() runner { return &generateCmd{} },
}

type generateCmd struct {
	placement
	reporting
}

func (c *generateCmd) flags(fs *flag.FlagSet) {
	c.placement.flags(fs)
	c.reporting.flags(fs)
}

func (c *generateCmd) run(ctx context.Context, a *app, operands []string) int {
	return c.each(ctx, a, operands, c.format, func(dir string, files []codegen.File) error {
		changes, err := writer.Sync(dir, files)
		for _, ch := range changes {
			fmt.Fprintf(a.stderr, "%s %s\n", ch.Kind, ch.Path)
		}
		return err
	})
}

// placement says where generated packages go; generate and diff share it.
type placement struct {
	speaking
	out, pkg string
}

func (p *placement) flags(fs *flag.FlagSet) {
	p.speaking.flags(fs)
	fs.StringVar(&p.out, "o", "", "`folder` of the package, for one SQL file (default: that of the SQL file)")
	fs.StringVar(&p.pkg, "package", "", "`name` of the Go package (default: that of the folder, else that of the program)")
}

// each generates the package of every program and hands it to do.
func (p *placement) each(ctx context.Context, a *app, operands []string, report string, do func(dir string, files []codegen.File) error) int {
	if len(operands) == 0 {
		operands = []string{"."}
	}
	paths, err := sqlFiles(operands)
	if err == nil {
		err = p.check(paths)
	}
	if err != nil {
		return a.fail(err)
	}
	code := exitOK
	for _, path := range paths {
		if err := p.one(ctx, a, path, report, do); err != nil {
			if !errors.Is(err, errReported) {
				a.fail(err)
			}
			code = exitFailed
		}
	}
	return code
}

var errReported = errors.New("reported")

// check refuses two programs for one folder.
func (p *placement) check(paths []string) error {
	if p.out != "" && len(paths) > 1 {
		return fmt.Errorf("-o takes one SQL file, here are %d: %s", len(paths), strings.Join(paths, ", "))
	}
	in := map[string]string{}
	for _, path := range paths {
		dir := filepath.Dir(path)
		if other, ok := in[dir]; ok && p.out == "" {
			return fmt.Errorf("%s and %s are in one folder, which holds the package of one program; generate them one by one with -o", other, filepath.Base(path))
		}
		in[dir] = path
	}
	return nil
}

func (p *placement) one(ctx context.Context, a *app, path, report string, do func(dir string, files []codegen.File) error) error {
	prog, err := a.openFile(path)
	if err != nil {
		return err
	}
	dir := p.out
	if dir == "" {
		dir = prog.dir
	}
	pkg := p.pkg
	if pkg == "" {
		if pkg, err = packageOf(dir); err != nil {
			return err
		}
	}
	prog.dialect = p.dialect
	files, _, ok := a.generate(ctx, prog, pkg, "", report)
	if !ok {
		return errReported
	}
	return do(dir, files)
}

// packageOf returns the name of the Go package in a folder, "" if there is
// none yet. A folder of package main cannot be imported; the program then keeps
// its own name, and the Go compiler has its say.
func packageOf(dir string) (string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", err
	}
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasSuffix(base, "_test.go") || strings.HasSuffix(base, "_veloc.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly)
		if err != nil || strings.HasPrefix(base, "_") || strings.HasPrefix(base, ".") {
			continue
		}
		return tree.Name.Name, nil
	}
	return "", nil
}
