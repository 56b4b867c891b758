//go:build unix

package file

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

func TestFifo(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			io.WriteString(f, "1\n2")
			f.Close()
		}
	}()
	src := NewSource("s", rt.Config{"path": "pipe"})
	if err := src.Open(t.Context(), testEnv(dir), rt.Framing{}); err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if n, known := src.Size(); n != 0 || known {
		t.Errorf("size %d, %v", n, known)
	}
	all, err := readAll(t, src, 2)
	if err != nil || contents(all) != "1\n2\n" {
		t.Errorf("read %q, %v", contents(all), err)
	}
}
