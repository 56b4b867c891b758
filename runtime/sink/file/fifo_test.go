//go:build unix

package file

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

func TestFifo(t *testing.T) {
	w := newWorld(t, nil)
	path := filepath.Join(w.dir, "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	got := make(chan string)
	go func() {
		text, _ := os.ReadFile(path)
		got <- string(text)
	}()
	s := w.open(t, rt.Config{"path": "pipe"}, "")
	must(t, s.Write([]byte("1\n")))
	must(t, s.Close(true))
	if text := <-got; text != "1\n" {
		t.Errorf("the reader got %q", text)
	}
}
