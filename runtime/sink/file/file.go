// Package file writes rows to files, pipes and standard output.
//
// A regular file is written under a temporary name in the same folder,
// .NAME.veloc-PID-RANDOM, and renamed when the program completes: whoever
// looks sees the old file or the whole new one, also if the program is killed
// at any time. Two programs that write the same path do not disturb each
// other; the one that completes last wins. What a killed program leaves behind
// is removed by the next one that writes the path, once nobody holds its lock.
//
// With append, whole lines are added to the file itself; a last line that an
// interrupted program has cut off is ended first. (Compressed data that was cut
// off cannot be continued: what is appended behind it cannot be read.) Devices,
// pipes and standard output are written through.
package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/config"
	filespec "github.com/velocsql/veloc/runtime/sink/file/spec"
)

// bufferBytes is how much is gathered before it is written.
const bufferBytes = 256 << 10

// ErrClosed is in the chain of the errors that writing to a pipe gives once
// its reader is gone, as in `| head`.
var ErrClosed = io.ErrClosedPipe

// Codec packs what is written. The codecs are packages of their own, gzip and
// zstd below this one.
type Codec struct {
	Name string // as in 'compression'
	Open func(w io.Writer) (Packer, error)
}

// Packer compresses. Flush makes what was written so far readable, Close ends
// the compressed data without closing what is below.
type Packer interface {
	io.WriteCloser
	Flush() error
}

// mode is how a destination is written.
type mode uint8

const (
	replacing mode = iota // beside it, renamed at the end
	appending
	through // as it comes
)

// Sink is an open destination. Calls are not concurrent.
type Sink struct {
	name   string
	cfg    rt.Config
	codecs []Codec

	env       *rt.Env
	label     string // the path as the option has it
	path      string // where it is, symbolic links resolved
	mode      mode
	overwrite bool

	file   *os.File  // nil for standard output
	temp   string    // path of file while replacing
	under  io.Writer // file or standard output
	packer Packer    // nil without compression
	buf    []byte    // whole rows
	size   int64     // bytes in the file, appending
	failed error     // the first error; what was to be written then is lost
	begun  bool      // prepared for the first row
	closed bool
}

// NewSink returns the sink of a relation. The options are those of the
// connector's declaration; codecs are the kinds of compression that it can
// write.
func NewSink(name string, cfg rt.Config, codecs ...Codec) rt.Sink {
	return &Sink{name: name, cfg: cfg, codecs: codecs}
}

// Open creates the file, so that a wrong path is noticed before any work is
// done.
func (s *Sink) Open(_ context.Context, env *rt.Env, head []byte) error {
	s.env = env
	if err := config.Known(filespec.Connector.Options, s.cfg); err != nil {
		return err
	}
	fresh, err := s.setUp()
	if err == nil && fresh {
		s.buf = append(s.buf, head...)
	}
	if err != nil {
		s.discard()
		return err
	}
	return nil
}

// setUp opens the destination; fresh tells that it is empty.
func (s *Sink) setUp() (fresh bool, err error) {
	s.label = config.Value(&filespec.Path, s.cfg)
	if s.label == "" {
		return false, errors.New("option 'path' is missing: name the file to write, or - for standard output")
	}
	appends, err := config.Bool(&filespec.Append, config.Value(&filespec.Append, s.cfg))
	if err != nil {
		return false, err
	}
	if s.overwrite, err = config.Bool(&filespec.Overwrite, config.Value(&filespec.Overwrite, s.cfg)); err != nil {
		return false, err
	}
	kind, err := config.Enum(&filespec.Compression, config.Value(&filespec.Compression, s.cfg))
	if err != nil {
		return false, err
	}
	fresh = true
	switch s.path = absolute(s.env.Dir, s.label); {
	case s.label == "-" || s.path == "/dev/stdout":
		s.label, s.mode, s.under = "standard output", through, s.env.Stdout
	case s.path == "/dev/stderr":
		s.mode, s.under = through, s.env.Stderr
	case isDevicePath(s.path):
		s.mode = through
		err = s.openThrough()
	default:
		fresh, err = s.openPath(appends)
	}
	if err != nil {
		return false, err
	}
	return fresh, s.openCodec(filespec.Kind(s.label, kind))
}

func absolute(dir, path string) string {
	if filepath.IsAbs(path) || dir == "" {
		return path
	}
	return filepath.Join(dir, path)
}

// isDevicePath tells paths that are not files on a disk even where they look
// so: /dev/fd/3 may be a regular file that somebody else has opened.
func isDevicePath(path string) bool {
	return strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/")
}

// openPath opens a path by what is there.
func (s *Sink) openPath(appends bool) (fresh bool, err error) {
	st, err := os.Stat(s.path)
	switch {
	case err == nil && st.IsDir():
		return false, fmt.Errorf("%s is a folder: name a file in it", s.label)
	case err == nil && !st.Mode().IsRegular():
		s.mode = through
		return true, s.openThrough()
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return false, s.explain(err)
	case appends:
		s.mode = appending
		return s.openAppend()
	case err == nil && !s.overwrite:
		return false, s.exists()
	}
	if err == nil {
		// A symbolic link stays; the file it leads to is replaced.
		if s.path, err = filepath.EvalSymlinks(s.path); err != nil {
			return false, s.explain(err)
		}
	}
	s.mode = replacing
	return true, s.openTemp(st)
}

func (s *Sink) exists() error {
	return fmt.Errorf("%s exists already and 'overwrite' = 'false' keeps it: remove it, choose another path, or set 'append' = 'true'", s.label)
}

func (s *Sink) openThrough() error {
	f, err := os.OpenFile(s.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return s.explain(err)
	}
	s.file, s.under = f, f
	return nil
}

// openCodec puts a packer in front of the file.
func (s *Sink) openCodec(kind string) error {
	if kind == "none" {
		return nil
	}
	for _, c := range s.codecs {
		if c.Name == kind {
			p, err := c.Open(s.under)
			s.packer = p
			return err
		}
	}
	return fmt.Errorf("%s: this program was built without %s: set 'compression' = '%s' and build it again", s.label, kind, kind)
}

// Write takes whole rows.
func (s *Sink) Write(p []byte) error {
	if s.failed != nil {
		return s.failed
	}
	if len(s.buf)+len(p) > bufferBytes {
		if err := s.drain(); err != nil {
			return err
		}
	}
	if len(p) >= bufferBytes {
		return s.put(p)
	}
	if s.buf == nil {
		s.buf = make([]byte, 0, bufferBytes)
	}
	s.buf = append(s.buf, p...)
	return nil
}

// drain writes what has been gathered.
func (s *Sink) drain() error {
	p := s.buf
	s.buf = s.buf[:0]
	return s.put(p)
}

// put writes whole rows.
func (s *Sink) put(p []byte) error {
	if s.failed != nil || len(p) == 0 {
		return s.failed
	}
	if s.begin(); s.failed != nil {
		return s.failed
	}
	var err error
	var n int
	if s.packer != nil {
		n, err = s.packer.Write(p)
	} else {
		n, err = s.under.Write(p)
	}
	if err != nil {
		s.fail(err)
		s.undo(int64(n))
		return s.failed
	}
	s.size += int64(n)
	return nil
}

// begin does what waits for the first row, so that Recover comes before it.
func (s *Sink) begin() {
	if s.begun {
		return
	}
	s.begun = true
	switch s.mode {
	case replacing:
		removeLeftovers(s.path, s.temp)
	case appending:
		s.fail(s.endTornLine())
	}
}

func (s *Sink) fail(err error) {
	if err != nil && s.failed == nil {
		s.failed = s.explain(err)
	}
}

// Flush hands everything to the system.
func (s *Sink) Flush() error {
	if err := s.drain(); err != nil {
		return err
	}
	if s.packer != nil && s.mode != replacing {
		s.fail(s.packer.Flush())
	}
	return s.failed
}

// Close ends the file. With commit it gets its name, without it is removed;
// what was appended or written through stays in both cases.
func (s *Sink) Close(commit bool) error {
	if s.closed {
		return s.failed
	}
	s.closed = true
	if s.mode == replacing && !commit {
		s.discard()
		return nil
	}
	s.drain()
	if s.packer != nil {
		s.fail(s.packer.Close())
	}
	if s.mode == replacing && s.failed == nil {
		s.begin()
		s.fail(s.publish())
	}
	if s.failed != nil {
		s.discard()
		return s.failed
	}
	if s.file != nil && s.mode != replacing {
		s.fail(s.file.Close())
	}
	return s.failed
}

// discard gives the file up.
func (s *Sink) discard() {
	if s.file != nil {
		s.file.Close()
	}
	if s.temp != "" {
		os.Remove(s.temp)
	}
}

// Prepare makes everything that was written durable; the token says how much
// that is.
func (s *Sink) Prepare(int64) ([]byte, error) {
	if err := s.Flush(); err != nil {
		return nil, err
	}
	if s.mode != appending {
		return nil, nil
	}
	if err := s.file.Sync(); err != nil {
		s.fail(err)
		return nil, s.failed
	}
	st, err := s.file.Stat()
	if err != nil {
		s.fail(err)
		return nil, s.failed
	}
	return strconv.AppendInt(nil, st.Size(), 10), nil
}

// Commit does nothing: what was prepared is in the file.
func (s *Sink) Commit([]byte) error { return nil }

// Recover takes back what was appended after the checkpoint of a token. It is
// called between Open and the first Write. Files that are replaced begin anew:
// programs with checkpoints append.
func (s *Sink) Recover(token []byte) error {
	if s.mode != appending || len(token) == 0 {
		return nil
	}
	size, err := strconv.ParseInt(string(bytes.TrimSpace(token)), 10, 64)
	if err != nil {
		return fmt.Errorf("%s: the checkpoint is damaged: %q is no size", s.label, token)
	}
	st, err := s.file.Stat()
	if err == nil && st.Size() < size {
		return fmt.Errorf("%s has %d bytes, the checkpoint was taken at %d: it was replaced or cut since; start without the checkpoint", s.label, st.Size(), size)
	}
	if err == nil {
		err = s.file.Truncate(size)
	}
	s.fail(err)
	s.size = size
	if size > 0 {
		s.buf = s.buf[:0]
	}
	return s.failed
}
