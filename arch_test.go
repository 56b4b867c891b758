package veloc_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/velocsql/veloc"
)

// goFile is a Go file of the module with its imports.
type goFile struct {
	name    string // with slashes, from the root
	dir     string
	test    bool
	lines   int
	ours    []string // imported packages of this module, relative to it
	imports []string // all imports
}

// moduleFiles reads the Go files of this module: not those of modules in
// subfolders, nor those below testdata.
func moduleFiles(t *testing.T) []goFile {
	t.Helper()
	var out []goFile
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if _, err := os.Stat(filepath.Join(p, "go.mod")); p != "." && (err == nil || name == "testdata" || name[0] == '.' || name[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := readGoFile(filepath.ToSlash(p))
		out = append(out, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readGoFile(name string) (goFile, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return goFile{}, err
	}
	f := goFile{name: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), lines: bytes.Count(text, []byte("\n"))}
	tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
	if err != nil {
		return goFile{}, err
	}
	for _, i := range tree.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return goFile{}, err
		}
		f.imports = append(f.imports, p)
		if rel, ok := strings.CutPrefix(p, veloc.Module+"/"); ok {
			f.ours = append(f.ours, rel)
		}
	}
	return f, nil
}

// under reports whether dir is one of roots or below one.
func under(dir string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return dir == r || strings.HasPrefix(dir, r+"/") })
}

// The directions in which packages may import each other. Tests may look
// further than the code that they test.
func TestImportDirections(t *testing.T) {
	for _, rule := range []struct {
		who  string
		in   []string
		may  func(pkg string) bool // which packages of this module
		says string
	}{
		{
			who: "parser/source", in: []string{"parser/source"}, says: "nothing of veloc",
			may: func(string) bool { return false },
		},
		{
			who: "parser", in: []string{"parser"}, says: "only the parser's packages",
			may: func(p string) bool { return under(p, "parser") },
		},
		{
			who: "compiler", in: []string{"compiler"}, says: "parser, compiler and leaves of the runtime",
			may: func(p string) bool { return under(p, "parser", "compiler") || runtimeLeaf(p) },
		},
		{
			who: "codegen", in: []string{"codegen"}, says: "parser, compiler, codegen, templates and leaves of the runtime",
			may: func(p string) bool { return under(p, "parser", "compiler", "codegen", "templates") || runtimeLeaf(p) },
		},
		{
			who: "templates", in: []string{"templates"}, says: "nothing of veloc",
			may: func(string) bool { return false },
		},
		{
			who: "runtime", in: []string{"runtime"}, says: "only the runtime",
			may: func(p string) bool { return under(p, "runtime") },
		},
	} {
		t.Run(rule.who, func(t *testing.T) {
			for _, f := range moduleFiles(t) {
				if f.test || !under(f.dir, rule.in...) {
					continue
				}
				for _, p := range f.ours {
					if !rule.may(p) {
						t.Errorf("%s imports %s; %s imports %s", f.name, p, rule.who, rule.says)
					}
				}
			}
		})
	}
}

// runtimeLeaf reports whether the compiler may use a package of the runtime:
// declarations of connectors, and arithmetic and syntax of values that must be
// the same when compiling and when running.
func runtimeLeaf(p string) bool {
	if !under(p, "runtime") {
		return false
	}
	return path.Base(p) == "spec" || slices.Contains([]string{
		"runtime/config", "runtime/decimal", "runtime/event", "runtime/fault", "runtime/format/scan", "runtime/jsontext", "runtime/nested", "runtime/snapshot", "runtime/sqlfn", "runtime/sqltime", "runtime/sqlzone",
	}, p)
}

// The runtime's leaves stay leaves, so that the compiler does not come to
// depend on the rest of the runtime.
func TestLeaves(t *testing.T) {
	for _, f := range moduleFiles(t) {
		if f.test || !runtimeLeaf(f.dir) {
			continue
		}
		for _, p := range f.ours {
			if !runtimeLeaf(p) {
				t.Errorf("%s imports %s, which the compiler must not depend on", f.name, p)
			}
		}
	}
}

// Modules that stay in one place, so that they can be replaced there and do
// not reach programs that have no use for them.
func TestThirdParty(t *testing.T) {
	for _, f := range moduleFiles(t) {
		if f.test {
			continue
		}
		for _, p := range f.imports {
			switch {
			case under(p, "github.com/alecthomas/participle/v2") && !under(f.dir, "parser"):
				t.Errorf("%s imports participle, which belongs in parser", f.name)
			case under(p, "github.com/dave/jennifer") && !under(f.dir, "codegen"):
				t.Errorf("%s imports jennifer, which belongs in codegen", f.name)
			case strings.HasPrefix(p, "github.com/twmb/franz-go") && (!under(f.dir, "runtime") || !slices.Contains(strings.Split(f.dir, "/"), "kafka")):
				t.Errorf("%s imports franz-go, which belongs below runtime in a folder kafka", f.name)
			}
		}
	}
}

// A program links the connectors that it names and no others: nothing in the
// runtime imports a connector but the connector's own packages.
func TestConnectorsAreSeparate(t *testing.T) {
	for _, f := range moduleFiles(t) {
		if f.test || !under(f.dir, "runtime") {
			continue
		}
		for _, p := range f.ours {
			parts := strings.Split(p, "/")
			if len(parts) < 3 || parts[1] != "source" && parts[1] != "sink" || path.Base(p) == "spec" {
				continue
			}
			if own := strings.Join(parts[:3], "/"); !under(f.dir, own) {
				t.Errorf("%s imports the connector %s", f.name, p)
			}
		}
	}
}

// Names that say nothing about what is inside.
func TestPackageNames(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range moduleFiles(t) {
		if seen[f.dir] {
			continue
		}
		seen[f.dir] = true
		switch base := path.Base(f.dir); base {
		case "util", "utils", "common", "helper", "helpers", "manager", "misc", "shared", "base":
			t.Errorf("package %s: %s says nothing about what is inside", f.dir, base)
		}
	}
}

// A file that can be read in one sitting.
func TestFileSize(t *testing.T) {
	const most = 700
	for _, f := range moduleFiles(t) {
		if f.lines > most && !strings.HasSuffix(f.name, "_veloc.go") {
			t.Errorf("%s has %d lines; split it by meaning (at most %d)", f.name, f.lines, most)
		}
	}
}

// `go install module/cmd/veloc@version` refuses a go.mod with replacements.
func TestNoReplace(t *testing.T) {
	text, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if mod.Module.Mod.Path != veloc.Module {
		t.Errorf("go.mod is of %s, veloc.Module is %s", mod.Module.Mod.Path, veloc.Module)
	}
	if len(mod.Replace) > 0 || len(mod.Exclude) > 0 {
		t.Error("go.mod has replace or exclude")
	}
}

// The main of the command only calls the command line.
func TestMainIsSmall(t *testing.T) {
	f, err := readGoFile("cmd/veloc/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if f.lines > 30 {
		t.Errorf("cmd/veloc/main.go has %d lines", f.lines)
	}
}

// Names of columns, relations and files may hold anything. In generated code
// they stand in comments only by way of goemit.Comment, which lets nothing end
// the comment.
func TestCommentsAreEscaped(t *testing.T) {
	escaping := map[string]bool{"Comment": true, "columnComment": true}
	found := 0
	for _, gf := range moduleFiles(t) {
		if !under(gf.dir, "codegen") || gf.test {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, gf.name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) != 1 {
				return true
			}
			sel, ok := c.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch sel.Sel.Name {
			case "Comment", "PackageComment", "HeaderComment":
			default:
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "goemit" {
				return true
			}
			found++
			switch arg := c.Args[0].(type) {
			case *ast.BasicLit:
				return true
			case *ast.CallExpr:
				name := ""
				switch fun := arg.Fun.(type) {
				case *ast.Ident:
					name = fun.Name
				case *ast.SelectorExpr:
					name = fun.Sel.Name
				}
				if escaping[name] {
					return true
				}
			}
			t.Errorf("%s: the text of this comment does not go through goemit.Comment", fset.Position(c.Pos()))
			return true
		})
	}
	if found == 0 {
		t.Error("no comments found: has the generator moved?")
	}
}
