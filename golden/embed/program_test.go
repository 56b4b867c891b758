package embed_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/compiler"
	"github.com/velocsql/veloc/parser/source"
)

var update = flag.Bool("update", false, "rewrite the generated packages")

// TestGenerated: the packages are what the SQL says.
func TestGenerated(t *testing.T) {
	for _, name := range []string{"shop", "visits", "meters"} {
		sql, err := os.ReadFile(filepath.Join(name, name+".sql"))
		must(t, err)
		res, diags := compiler.Compile(context.Background(), compiler.Input{File: source.NewFile(name+".sql", string(sql)), Dir: name, Name: name})
		if diags.HasErrors() || res.Pipeline == nil {
			t.Fatalf("%s.sql does not compile: %v", name, diags.All())
		}
		files, err := codegen.Generate(res.Pipeline, codegen.Options{})
		must(t, err)
		for _, f := range files {
			path := filepath.Join(name, f.Name)
			if *update {
				must(t, os.WriteFile(path, f.Content, 0o644))
			}
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, f.Content) {
				t.Errorf("%s is not up to date (%v): go test ./golden/embed -update", path, err)
			}
		}
	}
}

// TestLinked: a pipeline does not bring a web server, a logger or a codec based
// on reflection into the program that embeds it.
func TestLinked(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./shop", "./visits").Output()
	must(t, err)
	deps := strings.Fields(string(out))
	for _, p := range []string{"net", "net/http", "log/slog", "encoding/json", "text/template", "html/template"} {
		if slices.Contains(deps, p) {
			t.Errorf("%s is linked", p)
		}
	}
}
