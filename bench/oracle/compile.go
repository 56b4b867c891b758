package oracle

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// compiled is what the compiler made of a program.
type compiled struct {
	files   []codegen.File
	refused string // why the compiler refused it, "" if it did not
}

// compile takes a program through all stages; an error is a defect.
func (t *text) compile() (c *compiled, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	in := compiler.Input{File: source.NewFile("random.sql", t.sql), Name: "random", DefaultFormat: "csv"}
	res, list := compiler.Compile(context.Background(), in)
	c = &compiled{}
	for _, d := range list.All() {
		if d.Code == diag.Internal {
			return nil, fmt.Errorf("%s\n%s", d.Msg, d.Hint)
		}
		if d.Severity == diag.Error && c.refused == "" {
			c.refused = d.Msg
			if line := in.File.Slice(d.Span); len(line) < 200 {
				c.refused += ": " + line
			}
		}
	}
	if list.HasErrors() {
		return c, nil
	}
	c.files, err = codegen.Generate(res.Pipeline, codegen.Options{Package: "random"})
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return c, nil
}

// checker type-checks generated packages against the compiled runtime.
type checker struct {
	fset *token.FileSet
	imp  types.Importer
}

// newChecker asks the go command for the export data of all that generated
// code may import.
func newChecker() (*checker, error) {
	out, err := goCommand("../..", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "./runtime/...")
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[path] = file
	}
	c := &checker{fset: token.NewFileSet()}
	c.imp = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	return c, nil
}

// check type-checks one package.
func (c *checker) check(files []codegen.File) error {
	fset := token.NewFileSet() // positions of the program alone, so that none pile up
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("%w\n%s", err, excerpt(files, err.Error()))
		}
		parsed = append(parsed, file)
	}
	var first error
	conf := types.Config{Importer: c.imp, GoVersion: "go1.26", Error: func(err error) {
		if first == nil {
			first = err
		}
	}}
	if _, err := conf.Check("random", fset, parsed, nil); err != nil {
		return fmt.Errorf("%w\n%s", first, excerpt(files, first.Error()))
	}
	return nil
}

// excerpt is the line of generated code that a message "file:line:.." is about.
func excerpt(files []codegen.File, msg string) string {
	name, rest, _ := strings.Cut(msg, ":")
	line := 0
	_, _ = fmt.Sscanf(rest, "%d", &line)
	for _, f := range files {
		lines := strings.Split(string(f.Content), "\n")
		if f.Name == name && line > 0 && line <= len(lines) {
			return strings.TrimSpace(lines[line-1])
		}
	}
	return ""
}

// goCommand runs the go command and returns its output.
func goCommand(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, errs.Bytes())
	}
	return out, nil
}
