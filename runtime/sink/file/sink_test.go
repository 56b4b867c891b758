package file

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

type world struct {
	dir            string
	stdout, stderr bytes.Buffer
	env            *rt.Env
}

func newWorld(t *testing.T, files map[string]string) *world {
	t.Helper()
	w := &world{dir: t.TempDir()}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w.env = &rt.Env{Dir: w.dir, Stdout: &w.stdout, Stderr: &w.stderr}
	return w
}

func (w *world) open(t *testing.T, cfg rt.Config, head string) *Sink {
	t.Helper()
	s := NewSink("out", cfg).(*Sink)
	if err := s.Open(t.Context(), w.env, []byte(head)); err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *world) list(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		text, _ := os.ReadFile(filepath.Join(w.dir, e.Name()))
		out = append(out, e.Name()+"="+string(text))
	}
	return strings.Join(out, " ")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReplace(t *testing.T) {
	for _, c := range []struct {
		name   string
		before map[string]string
		commit bool
		want   string
	}{
		{"new", nil, true, "a=h\n1\n"},
		{"new, failed", nil, false, ""},
		{"old", map[string]string{"a": "old"}, true, "a=h\n1\n"},
		{"old, failed", map[string]string{"a": "old"}, false, "a=old"},
		{"leftovers", map[string]string{".a.veloc-1-ff": "x", ".b.veloc-1-ff": "y"}, true, ".b.veloc-1-ff=y a=h\n1\n"},
	} {
		w := newWorld(t, c.before)
		s := w.open(t, rt.Config{"path": "a"}, "h\n")
		must(t, s.Write([]byte("1\n")))
		must(t, s.Flush())
		if text, _ := os.ReadFile(filepath.Join(w.dir, "a")); string(text) != c.before["a"] {
			t.Errorf("%s: the file changed before the end: %q", c.name, text)
		}
		must(t, s.Close(c.commit))
		if got := w.list(t); got != c.want {
			t.Errorf("%s: the folder holds %q, want %q", c.name, got, c.want)
		}
	}
}

func TestReplaceKeepsModeAndLink(t *testing.T) {
	w := newWorld(t, map[string]string{"real": "old"})
	must(t, os.Chmod(filepath.Join(w.dir, "real"), 0o600))
	must(t, os.Symlink("real", filepath.Join(w.dir, "link")))
	s := w.open(t, rt.Config{"path": "link"}, "")
	must(t, s.Write([]byte("new")))
	must(t, s.Close(true))
	st, err := os.Lstat(filepath.Join(w.dir, "link"))
	if err != nil || st.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", st.Mode(), err)
	}
	if st, _ := os.Stat(filepath.Join(w.dir, "real")); st.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v", st.Mode())
	}
	if got := w.list(t); got != "link=new real=new" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestTwoWriters(t *testing.T) {
	w := newWorld(t, nil)
	one := w.open(t, rt.Config{"path": "a"}, "")
	two := w.open(t, rt.Config{"path": "a"}, "")
	must(t, one.Write([]byte("1\n")))
	must(t, two.Write([]byte("2\n")))
	must(t, two.Close(true))
	must(t, one.Close(true))
	if got := w.list(t); got != "a=1\n" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestAppend(t *testing.T) {
	for _, c := range []struct{ name, before, want, note string }{
		{"new", "", "h\n1\n", ""},
		{"more", "h\n0\n", "h\n0\n1\n", ""},
		{"torn", "h\n0", "h\n0\n1\n", "did not end with a line break"},
	} {
		w := newWorld(t, map[string]string{"a": c.before})
		s := w.open(t, rt.Config{"path": "a", "append": "true"}, "h\n")
		must(t, s.Write([]byte("1\n")))
		must(t, s.Flush())
		if got := w.list(t); got != "a="+c.want {
			t.Errorf("%s: after Flush the file holds %q", c.name, got)
		}
		must(t, s.Close(false))
		if got := w.list(t); got != "a="+c.want || !strings.Contains(w.stderr.String(), c.note) || c.note == "" && w.stderr.Len() > 0 {
			t.Errorf("%s: the file holds %q, want %q; stderr %q", c.name, got, c.want, w.stderr.String())
		}
	}
}

func TestRecover(t *testing.T) {
	w := newWorld(t, nil)
	s := w.open(t, rt.Config{"path": "a", "append": "true"}, "h\n")
	must(t, s.Write([]byte("1\n")))
	token, err := s.Prepare(1)
	must(t, err)
	must(t, s.Commit(token))
	must(t, s.Write([]byte("2\n3")))
	must(t, s.Close(true))

	s = w.open(t, rt.Config{"path": "a", "append": "true"}, "h\n")
	must(t, s.Recover(token))
	must(t, s.Write([]byte("3\n")))
	must(t, s.Close(true))
	if got := w.list(t); got != "a=h\n1\n3\n" {
		t.Errorf("the folder holds %q", got)
	}
	if w.stderr.Len() > 0 {
		t.Errorf("complained about what was taken back: %s", w.stderr.String())
	}
	s = w.open(t, rt.Config{"path": "a", "append": "true"}, "")
	if err := s.Recover([]byte("100")); err == nil || err.Error() != "a has 6 bytes, the checkpoint was taken at 100: it was replaced or cut since; start without the checkpoint" {
		t.Errorf("Recover returned %v", err)
	}
	must(t, s.Close(false))
}

func TestStdout(t *testing.T) {
	w := newWorld(t, nil)
	for _, path := range []string{"-", "/dev/stdout"} {
		s := w.open(t, rt.Config{"path": path}, "h\n")
		must(t, s.Write([]byte("1\n")))
		must(t, s.Close(true))
	}
	if got := w.stdout.String(); got != "h\n1\nh\n1\n" {
		t.Errorf("printed %q", got)
	}
	must(t, w.open(t, rt.Config{"path": "/dev/null"}, "h\n").Close(true))
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		cfg  rt.Config
		want string
	}{
		{rt.Config{}, "option 'path' is missing: name the file to write, or - for standard output"},
		{rt.Config{"path": "d/a"}, "d/a: there is no folder DIR/d (mkdir -p makes it)"},
		{rt.Config{"path": "."}, ". is a folder: name a file in it"},
		{rt.Config{"path": "a", "overwrite": "false"}, "a exists already and 'overwrite' = 'false' keeps it: remove it, choose another path, or set 'append' = 'true'"},
		{rt.Config{"path": "a", "append": "maybe"}, "'append' = 'maybe': want true or false"},
		{rt.Config{"path": "b.gz"}, "b.gz: this program was built without gzip: set 'compression' = 'gzip' and build it again"},
		{rt.Config{"path": "locked/x"}, "locked/x: no permission to write in the folder DIR/locked"},
		{rt.Config{"path": "readonly"}, "readonly: no permission to write it (chmod +w, or choose another path)"},
	} {
		w := newWorld(t, map[string]string{"a": "1", "readonly": "2"})
		must(t, os.Mkdir(filepath.Join(w.dir, "locked"), 0o500))
		must(t, os.Chmod(filepath.Join(w.dir, "readonly"), 0o400))
		if strings.Contains(c.want, "permission") && os.Getuid() == 0 {
			continue
		}
		s := NewSink("out", c.cfg)
		err := s.Open(t.Context(), w.env, nil)
		if got := strings.ReplaceAll(fmt.Sprint(err), w.dir, "DIR"); got != c.want {
			t.Errorf("%v: %s\nwant %s", c.cfg, got, c.want)
		}
		s.Close(false)
		if got := w.list(t); got != "a=1 locked= readonly=2" && os.Getuid() != 0 {
			t.Logf("the folder holds %q", got)
		}
	}
}

func TestFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	w := newWorld(t, nil)
	s := w.open(t, rt.Config{"path": "/dev/full"}, "")
	must(t, s.Write([]byte("1\n")))
	if err := s.Close(true); err == nil || err.Error() != "/dev/full: no space left on the device" {
		t.Errorf("Close returned %v", err)
	}
}

func TestBrokenPipe(t *testing.T) {
	w := newWorld(t, nil)
	w.env.Stdout = brokenPipe{}
	s := w.open(t, rt.Config{"path": "-"}, "")
	must(t, s.Write([]byte("1\n")))
	if err := s.Flush(); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Flush returned %v", err)
	}
}

func TestNoClobberRace(t *testing.T) {
	w := newWorld(t, nil)
	s := w.open(t, rt.Config{"path": "a", "overwrite": "false"}, "")
	must(t, s.Write([]byte("1\n")))
	must(t, os.WriteFile(filepath.Join(w.dir, "a"), []byte("theirs"), 0o666))
	if err := s.Close(true); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("Close returned %v", err)
	}
	if got := w.list(t); got != "a=theirs" {
		t.Errorf("the folder holds %q", got)
	}
}

// TestMain lets the test binary be the program that gets killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("VELOC_TEST_SINK_DIR"); dir != "" {
		endlessWriter(dir)
		return
	}
	os.Exit(m.Run())
}

// endlessWriter writes a file again and again, telling each step.
func endlessWriter(dir string) {
	env := &rt.Env{Dir: dir, Stdout: os.Stdout, Stderr: os.Stderr}
	row := []byte(strings.Repeat("x", 99) + "\n")
	for {
		s := NewSink("out", rt.Config{"path": "a"})
		if err := s.Open(context.Background(), env, nil); err != nil {
			panic(err)
		}
		for range 3000 {
			if err := s.Write(row); err != nil {
				panic(err)
			}
		}
		fmt.Println("written")
		if err := s.Close(true); err != nil {
			panic(err)
		}
		fmt.Println("closed")
	}
}

func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	w := newWorld(t, map[string]string{"a": "old"})
	full := 300_000
	for round := range 12 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "VELOC_TEST_SINK_DIR="+w.dir)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for range round { // kill at another step each time
			lines.Scan()
		}
		must(t, cmd.Process.Kill())
		cmd.Wait()
		text, err := os.ReadFile(filepath.Join(w.dir, "a"))
		must(t, err)
		if string(text) != "old" && len(text) != full {
			t.Fatalf("round %d: the file has %d bytes", round, len(text))
		}
	}
	s := w.open(t, rt.Config{"path": "a"}, "")
	must(t, s.Close(true))
	if got := w.list(t); got != "a=" {
		t.Errorf("the folder holds %.100q", got)
	}
}
