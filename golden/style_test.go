package golden

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sampled is the share of cases whose code vet and staticcheck look at: one in
// so many.
const sampled = 6

// TestStyle lays generated packages out in a module of their own. gofumpt has
// nothing to change in any of them; vet and staticcheck have nothing to say
// about a sample.
func TestStyle(t *testing.T) {
	if testing.Short() {
		t.Skip("linters are not run in short mode")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	n := 0
	var sample []string
	for _, c := range loadCases(t) {
		p, err := c.compile(t)
		if err != nil || !p.ok || c.note("skip") != "" {
			continue
		}
		if err := writeFiles(filepath.Join(dir, filepath.FromSlash(c.Name)), p.files); err != nil {
			t.Fatal(err)
		}
		if n%sampled == 0 || strings.HasPrefix(c.Name, "generated/") {
			sample = append(sample, "./"+c.Name)
		}
		n++
	}
	writeModule(t, root, dir)
	if out := linter(t, root, dir, "gofumpt", "-l", "."); out != "" {
		t.Errorf("gofumpt would change:\n%s", out)
	}
	if out, err := goCommand(dir, append([]string{"vet"}, sample...)...); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if out := linter(t, root, dir, "staticcheck", sample...); out != "" {
		t.Errorf("staticcheck says:\n%s", out)
	}
}

// linter runs a tool of the module over packages elsewhere.
func linter(t *testing.T, root, dir, name string, args ...string) string {
	t.Helper()
	path, err := goCommand(root, "tool", "-n", name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := command(dir, nil, strings.TrimSpace(string(path)), args...)
	if err != nil {
		return string(out) + err.Error()
	}
	return string(out)
}

// writeModule makes dir a module that uses the runtime of root.
func writeModule(t *testing.T, root, dir string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod := strings.Replace(string(text), "module "+module, "module style", 1)
	if i := strings.Index(mod, "\ntool ("); i >= 0 {
		mod = mod[:i]
	}
	mod += "\n\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " + root + "\n"
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"go.mod": []byte(mod), "go.sum": sum} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
