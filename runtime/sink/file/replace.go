package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// marker is in the names of the files that are being written.
const marker = ".veloc-"

// openTemp creates the file beside the path; old describes what is there, nil
// if nothing is. The lock on it tells others that somebody is writing it.
func (s *Sink) openTemp(old fs.FileInfo) error {
	perm := fs.FileMode(0o666)
	if old != nil {
		perm = old.Mode().Perm()
		// Renaming would replace a file that may not be written.
		f, err := os.OpenFile(s.path, os.O_WRONLY, 0)
		if err != nil {
			return s.explain(err)
		}
		f.Close()
	}
	dir, base := filepath.Split(s.path)
	for {
		s.temp = filepath.Join(dir, "."+base+marker+strconv.Itoa(os.Getpid())+"-"+strconv.FormatUint(uint64(rand.Uint32()), 16))
		f, err := os.OpenFile(s.temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			s.temp = ""
			return s.explain(err)
		}
		lock(f)
		if !inPlace(f, s.temp) { // taken for a leftover before it was locked
			f.Close()
			continue
		}
		if old != nil {
			f.Chmod(perm) // the umask does not apply to what others had chosen
		}
		s.file, s.under = f, f
		return nil
	}
}

// inPlace tells whether an open file still has its name.
func inPlace(f *os.File, path string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Lstat(path)
	return err == nil && os.SameFile(a, b)
}

// publish gives the complete file its name.
func (s *Sink) publish() error {
	if err := s.file.Sync(); err != nil {
		return err
	}
	if !renameOpen {
		if err := s.file.Close(); err != nil {
			return err
		}
	}
	if s.overwrite {
		if err := os.Rename(s.temp, s.path); err != nil {
			return err
		}
	} else {
		if err := os.Link(s.temp, s.path); errors.Is(err, fs.ErrExist) {
			return errExists
		} else if err != nil {
			return err
		}
		os.Remove(s.temp)
	}
	s.temp = ""
	if dir, err := os.Open(filepath.Dir(s.path)); err == nil {
		dir.Sync() // some systems cannot; the file itself is safe
		dir.Close()
	}
	if renameOpen {
		return s.file.Close()
	}
	return nil
}

var errExists = errors.New("exists")

// removeLeftovers removes what killed programs that wrote the same path have
// left: files that nobody has locked.
func removeLeftovers(path, own string) {
	dir, base := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return
	}
	prefix := "." + base + marker
	for _, e := range entries {
		left := filepath.Join(dir, e.Name())
		if !strings.HasPrefix(e.Name(), prefix) || left == own || !e.Type().IsRegular() {
			continue
		}
		f, err := os.OpenFile(left, os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if tryLock(f) && inPlace(f, left) {
			os.Remove(left)
		}
		f.Close()
	}
}

// openAppend opens a file to add to it.
func (s *Sink) openAppend() (fresh bool, err error) {
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil && errors.Is(err, fs.ErrPermission) {
		f, err = os.OpenFile(s.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	}
	if err != nil {
		return false, s.explain(err)
	}
	s.file, s.under = f, f
	st, err := f.Stat()
	if err != nil {
		return false, s.explain(err)
	}
	s.size = st.Size()
	return s.size == 0, nil
}

// endTornLine ends a last line that an interrupted program, or an editor, has
// left without its line break, and says so.
func (s *Sink) endTornLine() error {
	if s.size == 0 {
		return nil
	}
	var head [4]byte
	if n, _ := s.file.ReadAt(head[:], 0); n >= 2 && (head[0] == 0x1f && head[1] == 0x8b || string(head[:n]) == "\x28\xb5\x2f\xfd") {
		return nil // compressed: there are no lines to see
	}
	var last [1]byte
	if _, err := s.file.ReadAt(last[:], s.size-1); err != nil || last[0] == '\n' {
		return nil
	}
	if _, err := s.file.Write([]byte("\n")); err != nil {
		return err
	}
	s.size++
	if s.env.Stderr != nil {
		fmt.Fprintf(s.env.Stderr, "%s: %s did not end with a line break: its last line may have been cut off when an earlier program stopped; it was ended and is still there\n", s.name, s.label)
	}
	return nil
}

// undo removes the part of a row that a failed write has added to the end of a
// file, unless somebody else has written behind it.
func (s *Sink) undo(n int64) {
	if s.mode != appending || s.packer != nil || n == 0 {
		return
	}
	if st, err := s.file.Stat(); err == nil && st.Size() == s.size+n {
		s.file.Truncate(s.size)
	}
}

// explain turns an error of the system into one that names the path and what
// to do.
func (s *Sink) explain(err error) error {
	folder := filepath.Dir(s.path)
	switch {
	case errors.Is(err, errExists):
		return s.exists()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no folder %s (mkdir -p makes it)", s.label, folder)
	case errors.Is(err, fs.ErrPermission):
		if _, statErr := os.Stat(s.path); statErr == nil {
			if f, openErr := os.OpenFile(s.path, os.O_WRONLY, 0); openErr != nil {
				return fmt.Errorf("%s: no permission to write it (chmod +w, or choose another path)", s.label)
			} else {
				f.Close()
			}
		}
		return fmt.Errorf("%s: no permission to write in the folder %s", s.label, folder)
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%s: no space left on the device", s.label)
	case errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%s: the file system is read-only", s.label)
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return fmt.Errorf("%s: nobody reads it any more: %w", s.label, ErrClosed)
	}
	var pe *fs.PathError
	var le *os.LinkError
	if errors.As(err, &pe) {
		err = pe.Err
	} else if errors.As(err, &le) {
		err = le.Err
	}
	return fmt.Errorf("%s: writing failed: %w", s.label, err)
}
