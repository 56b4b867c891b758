package golden

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/codegen"
)

// module is the import path of this module.
const module = "github.com/velocsql/veloc"

// checker type-checks generated packages against the compiled runtime.
type checker struct {
	fset    *token.FileSet
	exports map[string]string // import path -> file with export data
	imp     types.Importer
}

// newChecker asks the go command for the export data of what files import.
func newChecker(all [][]codegen.File) (*checker, error) {
	c := &checker{fset: token.NewFileSet(), exports: map[string]string{}}
	paths := map[string]bool{}
	for _, files := range all {
		for _, f := range files {
			file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.ImportsOnly)
			if err != nil {
				continue // reported by check
			}
			for _, i := range file.Imports {
				p, _ := strconv.Unquote(i.Path.Value)
				paths[p] = true
			}
		}
	}
	if len(paths) > 0 {
		args := []string{"list", "-e", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}"}
		var list []string
		for p := range paths {
			list = append(list, p)
		}
		slices.Sort(list)
		out, err := goCommand("..", append(args, list...)...)
		if err != nil {
			return nil, err
		}
		for _, l := range strings.Split(strings.TrimSpace(string(out)), "\n") {
			path, file, _ := strings.Cut(l, "\t")
			c.exports[path] = file
		}
	}
	c.imp = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		file := c.exports[path]
		if file == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(file)
	})
	return c, nil
}

// check type-checks one package.
func (c *checker) check(path string, files []codegen.File) error {
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(c.fset, f.Name, f.Content, parser.ParseComments)
		if err != nil {
			return err
		}
		parsed = append(parsed, file)
	}
	var errs []string
	conf := types.Config{Importer: c.imp, GoVersion: "go1.26", Error: func(err error) {
		if len(errs) < 10 {
			errs = append(errs, err.Error())
		}
	}}
	if _, err := conf.Check(path, c.fset, parsed, nil); err != nil {
		return fmt.Errorf("%s", strings.Join(errs, "\n"))
	}
	return nil
}

// goCommand runs the go command and returns its output.
func goCommand(dir string, args ...string) ([]byte, error) {
	return command(dir, nil, "go", args...)
}

func command(dir string, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", name, args[0], err, errs.Bytes(), out.Bytes())
	}
	return out.Bytes(), nil
}
