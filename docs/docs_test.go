package docs

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite outputs and generated tables")

// commandLimit is how long one command of a page may take.
const commandLimit = 60 * time.Second

// binDir is where the binary is, "" before it is built.
var binDir string

// veloc builds the binary that the pages are run with, once.
var veloc = sync.OnceValues(func() (string, error) {
	var err error
	if binDir, err = os.MkdirTemp("", "veloc-docs-"); err != nil {
		return "", err
	}
	bin := filepath.Join(binDir, "veloc")
	out, err := exec.Command("go", "build", "-o", bin, "../cmd/veloc").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if binDir != "" {
		_ = os.RemoveAll(binDir)
	}
	os.Exit(code)
}

// pages lists the Markdown files that are tested.
func pages(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("*.md")
	if err != nil || len(list) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	return append(list, "../ARCHITECTURE.md")
}

// TestPages runs what the pages show.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("running the pages takes long")
	}
	bin, err := veloc()
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	for _, name := range pages(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".md"), func(t *testing.T) {
			t.Parallel()
			p, err := readPage(name)
			if err != nil {
				t.Fatal(err)
			}
			r := &runner{t: t, page: p, bin: bin, cache: cache}
			r.run()
			if *update {
				if err := p.write(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// runner executes one page.
type runner struct {
	t     *testing.T
	page  *page
	bin   string
	cache string

	mu sync.Mutex // guards what programs write back into the page
}

// run executes the programs of the page, each in a folder of its own, and then
// the commands, all in one folder, in their order.
func (r *runner) run() {
	limit := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for i, b := range r.page.blocks {
		switch b.mark {
		case "run", "refused":
			wg.Go(func() {
				limit <- struct{}{}
				defer func() { <-limit }()
				r.program(i)
			})
		}
	}
	wg.Wait()
	dir := r.folder()
	for _, b := range r.page.blocks {
		if b.lang == "console" {
			r.console(dir, b)
		}
	}
}

// folder lays out the files of the page.
func (r *runner) folder() string {
	dir := r.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("data")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.t.Error(err)
	}
	for _, b := range r.page.blocks {
		if name, ok := strings.CutPrefix(b.mark, "file:"); ok {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				r.t.Error(err)
			}
			if err := os.WriteFile(file, []byte(b.text), 0o644); err != nil {
				r.t.Error(err)
			}
		}
	}
	if r.page.usesGo() {
		r.module(dir)
	}
	return dir
}

// module makes the folder of a page a Go module that requires this checkout.
func (r *runner) module(dir string) {
	root, err := filepath.Abs("..")
	if err != nil {
		r.t.Error(err)
		return
	}
	version, err := exec.Command("go", "list", "-m", "-f", "{{.GoVersion}}").Output()
	if err != nil {
		r.t.Error(err)
		return
	}
	text := fmt.Sprintf("module example.com/shop\n\ngo %s\nrequire github.com/velocsql/veloc v0.0.0\n\nreplace github.com/velocsql/veloc => %s\n", version, root)
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o644)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o644)
	}
	if err != nil {
		r.t.Error(err)
	}
}

// program runs or checks block i and compares with the outputs behind it.
func (r *runner) program(i int) {
	b := r.page.blocks[i]
	dir := r.folder()
	if err := os.WriteFile(filepath.Join(dir, "example.sql"), []byte(b.text), 0o644); err != nil {
		r.t.Error(err)
		return
	}
	verb, want := "run", 0
	if b.mark == "refused" {
		verb, want = "check", 1
	}
	out, code := r.shell(dir, "veloc "+verb+" example.sql")
	r.mu.Lock()
	defer r.mu.Unlock()
	if code != want {
		r.t.Errorf("%s:%d: exit code %d, want %d:\n%s", r.page.name, b.line, code, want, out)
		return
	}
	expected := false
	for _, o := range r.page.blocks[i+1:] {
		if o.mark == "output" {
			expected = true
			r.compare(o, o.text, out, func(s string) { o.text = s })
		} else if name, ok := strings.CutPrefix(o.mark, "output:"); ok {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				r.t.Errorf("%s:%d: %v", r.page.name, o.line, err)
				continue
			}
			r.compare(o, o.text, string(data), func(s string) { o.text = s })
		} else {
			break
		}
	}
	if out != "" && !expected {
		r.t.Errorf("%s:%d: the program prints, and the page does not show it:\n%s", r.page.name, b.line, out)
	}
}

// console runs the commands of a block and compares with what stands behind
// each of them.
func (r *runner) console(dir string, b *block) {
	var text strings.Builder
	for _, c := range b.commands() {
		out, _ := r.shell(dir, c.line)
		text.WriteString(c.source)
		r.compare(b, c.output, out, func(s string) { c.output = s })
		text.WriteString(c.output)
	}
	b.text = text.String()
}

// compare reports a difference; with -update it sets what is expected.
func (r *runner) compare(b *block, want, got string, set func(string)) {
	got = strings.ReplaceAll(trimLines(got), "\t", "    ")
	switch {
	case matches(want, got):
	case *update:
		set(got)
	default:
		r.t.Errorf("%s:%d: the page shows\n%s\nand the program prints\n%s", r.page.name, b.line, want, got)
	}
}

// shell runs a command line in a folder and returns what it prints to standard
// output and standard error, and its exit code.
func (r *runner) shell(dir, line string) (string, int) {
	cmd := exec.CommandContext(r.t.Context(), "sh", "-c", line)
	cmd.Dir = dir
	root, err := filepath.Abs("..")
	if err != nil {
		r.t.Error(err)
	}
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool {
		return strings.HasPrefix(e, "VELOC_") || strings.HasPrefix(e, "PATH=")
	}),
		"PATH="+filepath.Dir(r.bin)+string(os.PathListSeparator)+os.Getenv("PATH"),
		"VELOC_RUNTIME="+root, "VELOC_CACHE="+r.cache, "GOFLAGS=-mod=mod", "TZ=UTC", "LC_ALL=C",
	)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return err.Error(), -1
	}
	timer := time.AfterFunc(commandLimit, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err = cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err.Error(), -1
	}
	return withoutNotes(strings.ReplaceAll(out.String(), dir, "/shop")), cmd.ProcessState.ExitCode()
}

// withoutNotes leaves out the note about a build that takes long.
func withoutNotes(s string) string {
	var out strings.Builder
	for l := range strings.Lines(s) {
		if !strings.HasPrefix(l, "veloc: compiling ") && !strings.HasPrefix(l, "go: ") {
			out.WriteString(l)
		}
	}
	return out.String()
}

// trimLines removes blanks at the ends of lines, which editors remove too.
func trimLines(s string) string {
	var out strings.Builder
	for l := range strings.Lines(s) {
		out.WriteString(strings.TrimRight(l, " \t\r\n") + "\n")
	}
	return out.String()
}

// matches compares an output with what is expected, where a line of three dots
// stands for any lines.
func matches(want, got string) bool {
	parts := strings.Split("\n"+want, "\n...\n")
	got = "\n" + got
	if len(parts) == 1 {
		return parts[0] == got
	}
	if !strings.HasPrefix(got, parts[0]+"\n") {
		return false
	}
	got = got[len(parts[0]):]
	for i, p := range parts[1:] {
		if i == len(parts)-2 {
			return strings.HasSuffix(got, "\n"+p)
		}
		at := strings.Index(got, "\n"+p+"\n")
		if at < 0 {
			return false
		}
		got = got[at+1+len(p):]
	}
	return true
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok        bool
	}{
		{"a\n", "a\n", true},
		{"a\n", "b\n", false},
		{"a\n...\n", "a\nb\nc\n", true},
		{"a\n...\nc\n", "a\nb\nc\n", true},
		{"a\n...\nd\n", "a\nb\nc\n", false},
		{"...\nc\n", "a\nb\nc\n", true},
		{"a\n...\nc\n...\ne\n", "a\nb\nc\nd\ne\n", true},
		{"a\n...\nx\n...\ne\n", "a\nb\nc\nd\ne\n", false},
	} {
		if matches(c.want, c.got) != c.ok {
			t.Errorf("matches(%q, %q) is not %v", c.want, c.got, c.ok)
		}
	}
}
