package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/compiler/dialect"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// program is one SQL text to compile.
type program struct {
	file *source.File
	dir  string // folder where its relative paths start
	name string // "" for that of the file
	sql  bool   // text from the command line or stdin, not a file
	// dialect is that of --dialect; "" leaves it to the program.
	dialect string
	lint    bool // warn of what is legal and often not meant
}

// speaking is the --dialect flag of verbs that compile.
type speaking struct{ dialect string }

func (s *speaking) flags(fs *flag.FlagSet) {
	chooseVar(fs, &s.dialect, "dialect", dialect.Names, "whose rules a program follows that does not SET 'dialect' itself (default veloc)")
}

// stdinName stands for standard input among the operands.
const stdinName = "-"

// openFile reads a SQL file, or standard input for "-".
func (a *app) openFile(path string) (*program, error) {
	if path == stdinName {
		text, err := io.ReadAll(a.stdin)
		if err != nil {
			return nil, err
		}
		return &program{file: source.NewFile("stdin", string(text)), dir: ".", name: "query", sql: true}, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, a.explainOpen(path, err)
	}
	return &program{file: source.NewFile(path, string(text)), dir: filepath.Dir(path)}, nil
}

// explainOpen says what may be meant by a file that cannot be read.
func (a *app) explainOpen(path string, err error) error {
	if st, serr := os.Stat(path); serr == nil && st.IsDir() {
		return fmt.Errorf("%s is a folder; name a SQL file in it", path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var near []string
	if entries, derr := os.ReadDir(filepath.Dir(path)); derr == nil {
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".sql") {
				near = append(near, e.Name())
			}
		}
	}
	return fmt.Errorf("there is no file %s%s", path, didYouMean(filepath.Base(path), near))
}

// open reads a SQL file or takes the operand as the SQL itself.
func (a *app) open(operand string) (*program, error) {
	if looksLikeSQL(operand) {
		return &program{file: source.NewFile("query", operand), dir: ".", name: "query", sql: true}, nil
	}
	return a.openFile(operand)
}

// looksLikeSQL tells a query from the name of a file: it has blanks and is not
// a file.
func looksLikeSQL(s string) bool {
	if !strings.ContainsAny(strings.TrimSpace(s), " \t\n(") || strings.HasSuffix(s, ".sql") {
		return false
	}
	_, err := os.Stat(s)
	return err != nil
}

// compile takes a program through all stages.
func (p *program) compile(ctx context.Context, format string) (*compiler.Result, []diag.Diagnostic) {
	res, list := compiler.Compile(ctx, compiler.Input{File: p.file, Dir: p.dir, Name: p.name, DefaultFormat: format, Dialect: p.dialect, Lint: p.lint})
	if res == nil {
		res = &compiler.Result{}
	}
	return res, list.All()
}

// generate compiles a program, shows what is wrong with it and returns the
// generated package; ok is false if there is none.
func (a *app) generate(ctx context.Context, p *program, pkg, table, report string) (files []codegen.File, res *compiler.Result, ok bool) {
	res, list := p.compile(ctx, table)
	if a.report(report, list) {
		return nil, res, false
	}
	if res.Pipeline == nil {
		a.fail(errors.New("internal error: the compiler gave neither a program nor an error"))
		return nil, res, false
	}
	files, err := codegen.Generate(res.Pipeline, codegen.Options{Package: pkg, Source: p.sourceName()})
	if err != nil {
		a.report(report, []diag.Diagnostic{{Code: diag.Internal, File: p.file, Msg: err.Error(), Hint: "this is a defect of veloc, please report it"}})
		return nil, res, false
	}
	return files, res, true
}

// sourceName is what the `// source:` line of generated files says.
func (p *program) sourceName() string { return filepath.Base(p.file.Name) }

// sqlFiles resolves operands to SQL files: files stay, a folder stands for the
// SQL files in it, folder/... for all below it.
func sqlFiles(operands []string) ([]string, error) {
	var out []string
	add := func(p string) {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, o := range operands {
		if root, ok := strings.CutSuffix(filepath.ToSlash(o), "..."); ok {
			found, err := below(filepath.Clean(filepath.FromSlash(root)))
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				add(f)
			}
			continue
		}
		st, err := os.Stat(o)
		if o == stdinName || err != nil || !st.IsDir() {
			add(o)
			continue
		}
		found, err := filepath.Glob(filepath.Join(o, "*.sql"))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("there is no .sql file in %s", o)
		}
		for _, f := range found {
			add(f)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no .sql file in %s", strings.Join(operands, ", "))
	}
	return out, nil
}

// below lists the SQL files in all folders below root, leaving out what the go
// command leaves out too.
func below(root string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if p != root && (name == "vendor" || name == "testdata" || name == "node_modules" || name[0] == '.' || name[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ".sql") {
			out = append(out, p)
		}
		return nil
	})
	return out, err
}
