package gobuild

import (
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/codegen"
)

// onlyVeloc reports whether files import nothing but the standard library and
// veloc.
func onlyVeloc(files []codegen.File) bool {
	set := token.NewFileSet()
	for _, f := range files {
		tree, err := parser.ParseFile(set, f.Name, f.Content, parser.ImportsOnly)
		if err != nil {
			return false
		}
		for _, i := range tree.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil || !standard(p) && !strings.HasPrefix(p, veloc.Module+"/") {
				return false
			}
		}
	}
	return true
}

// standard reports whether an import path is of the standard library: its
// first element has no dot.
func standard(p string) bool {
	first, _, _ := strings.Cut(p, "/")
	return !strings.Contains(first, ".")
}
