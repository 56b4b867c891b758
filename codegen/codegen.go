// Package codegen prints a pipeline as Go. It decides nothing: SQL meaning, Go
// names and Go types are settled in the pipeline.
package codegen

import (
	"fmt"
	"path"
	"runtime/debug"
	"sort"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/parser/source"
)

// File is one generated file.
type File struct {
	Name    string // base name, for example "trades_volume_veloc.go"
	Content []byte
}

// Options are what the caller decides.
type Options struct {
	Package string // Go package name; "" is the program's own
	Source  string // the path of the SQL file for the `// source:` line; "" is its base name
}

// Generate prints a program: one file for what its statements share, one per
// statement. An error is a defect of veloc.
func Generate(prog *p.Program, o Options) (files []File, err error) {
	defer func() {
		if r := recover(); r != nil {
			files, err = nil, fmt.Errorf("%s: %v\n%s", prog.Name, r, debug.Stack())
		}
	}()
	g := &generator{prog: prog, pkg: o.Package, source: o.Source}
	if g.pkg == "" {
		g.pkg = prog.Package
	}
	if g.source == "" {
		g.source = path.Base(prog.File.Name)
	}
	base := strings.TrimSuffix(path.Base(prog.File.Name), path.Ext(prog.File.Name))
	if base == "" || base == "." {
		base = prog.Name
	}
	type part struct {
		name  string
		build func(*jen.File)
	}
	parts := []part{{base + "_veloc.go", g.shared}}
	for _, q := range prog.Queries {
		parts = append(parts, part{base + "_" + q.File + "_veloc.go", func(f *jen.File) { g.query(f, q) }})
	}
	g.wantSteps()
	// what statements need of the first file shows when they are printed
	for _, pt := range append(parts[1:len(parts):len(parts)], parts[0]) {
		f := goemit.NewFile(g.pkg, g.source)
		pt.build(f)
		src, err := goemit.Render(f, pt.name)
		if err != nil {
			return nil, err
		}
		files = append(files, File{pt.name, src})
	}
	sort.Slice(files, func(i, j int) bool { return files[i].Name < files[j].Name })
	return files, nil
}

type generator struct {
	prog   *p.Program
	pkg    string
	source string
	types  typeFuncs
	resets bool // some query reads nested columns
}

// at is a place in the SQL as comments show it: "trades.sql:3:7".
func (g *generator) at(pos source.Pos) string {
	line, col := g.prog.File.Position(pos)
	return fmt.Sprintf("%s:%d:%d", path.Base(g.prog.File.Name), line, col)
}
