package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/internal/cli"
)

// TestReadme runs the commands of the README's console blocks and compares what
// they print with what the README says they print.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "examples", "quickstart")
	if _, err := os.Stat(dir); err != nil {
		t.Skip(err)
	}
	t.Chdir(dir)
	env := append(os.Environ(), "VELOC_RUNTIME="+root, "VELOC_CACHE="+t.TempDir())
	blocks := strings.Split(string(text), "```console\n")[1:]
	if len(blocks) == 0 {
		t.Fatal("the README has no console blocks")
	}
	for _, b := range blocks {
		b, _, _ = strings.Cut(b, "```")
		line, want, _ := strings.Cut(b, "\n")
		args, ok := strings.CutPrefix(line, "$ veloc ")
		if !ok {
			t.Errorf("not a command: %s", line)
			continue
		}
		var out bytes.Buffer
		cli.Main(words(args), nil, &out, &notes{&out}, env)
		if out.String() != want {
			t.Errorf("%s\nprints:\n%s\nthe README says:\n%s", line, out.String(), want)
		}
	}
}

// notes leaves out the note about a build that takes long.
type notes struct{ out *bytes.Buffer }

func (n *notes) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte("veloc: compiling ")) {
		return len(p), nil
	}
	return n.out.Write(p)
}

// words splits a command line; double quotes hold words together.
func words(s string) []string {
	var out []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}
