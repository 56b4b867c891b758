package golden

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/velocsql/veloc/codegen"
)

// raced builds the programs with the race detector, whose findings are crashes.
var raced = flag.Bool("raced", false, "build the programs of cases with the race detector")

// corpusDir is where the programs stand, for the go command alone: an overlay
// puts them into the module, nothing is written there.
const corpusDir = "golden/corpus/programs"

// binary holds the programs of many cases.
type binary struct {
	dir   string // where files are written
	root  string // of the module
	files map[string]string
	names []string
}

func newBinary(dir string) (*binary, error) {
	root, err := filepath.Abs("..")
	return &binary{dir: dir, root: root, files: map[string]string{}}, err
}

// add puts a program into the binary.
func (b *binary) add(name string, files []codegen.File) error {
	dir := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := writeFiles(dir, files); err != nil {
		return err
	}
	for _, f := range files {
		b.files[filepath.Join(b.root, corpusDir, filepath.FromSlash(name), f.Name)] = filepath.Join(dir, f.Name)
	}
	b.names = append(b.names, name)
	return nil
}

// build compiles everything and returns the path of the binary.
func (b *binary) build() (string, error) {
	var main strings.Builder
	main.WriteString("package main\n\nimport (\n\trt \"" + module + "/runtime\"\n\n\t\"" + module + "/golden/corpus\"\n\n")
	for i, n := range b.names {
		fmt.Fprintf(&main, "\tp%d %q\n", i, module+"/"+corpusDir+"/"+n)
	}
	main.WriteString(")\n\nfunc main() {\n\tcorpus.Main(map[string]func() *rt.Program{\n")
	for i, n := range b.names {
		fmt.Fprintf(&main, "\t\t%q: p%d.Program,\n", n, i)
	}
	main.WriteString("\t})\n}\n")
	file := filepath.Join(b.dir, "main.go")
	if err := os.WriteFile(file, []byte(main.String()), 0o644); err != nil {
		return "", err
	}
	b.files[filepath.Join(b.root, corpusDir, "main.go")] = file
	text, err := json.Marshal(map[string]any{"Replace": b.files})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(b.dir, "overlay.json")
	if err := os.WriteFile(overlay, text, 0o644); err != nil {
		return "", err
	}
	out := filepath.Join(b.dir, "corpus.bin")
	args := []string{"build", "-overlay", overlay, "-ldflags=-s -w", "-o", out}
	if *raced {
		args = append(args, "-race")
	}
	if _, err := goCommand(b.root, append(args, "./"+corpusDir)...); err != nil {
		return "", err
	}
	return out, nil
}
