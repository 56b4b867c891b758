// Package terminal prints rows to standard output: as a table for people, or
// as they come, encoded as JSON lines or CSV.
//
// For a table the rows come as cells: each but the last of a row ends in Cell,
// the row ends in Row and a line break, and a cell that is the byte Null alone
// is NULL. The head of the sink is two such rows: the names of the columns and
// their types. Text that holds these bytes is encoded with AppendText.
package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"syscall"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/config"
	termspec "github.com/velocsql/veloc/runtime/sink/terminal/spec"
)

// The bytes that frame cells.
const (
	Cell = 0x1f // between cells
	Row  = 0x1e // behind the last cell of a row, before the line break
	Null = 0x00 // a cell that is NULL
)

// OpColumn is the name of the first column of a relation that updates; its
// cells are the marks +, ~ and -.
const OpColumn = "op"

// ErrClosed is in the chain of the error that Write gives once nobody reads
// standard output any more, as in `| head`. It is no reason to complain.
var ErrClosed = io.ErrClosedPipe

// AppendText appends text to a cell. Bytes that frame cells are replaced by
// their control pictures.
func AppendText(dst []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c == Cell || c == Row || c == Null {
			dst = append(dst, text[:i]...)
			for _, c := range []byte(text[i:]) {
				switch c {
				case Cell, Row, Null:
					dst = append(dst, 0xe2, 0x90, 0x80|c) // U+2400 + c
				default:
					dst = append(dst, c)
				}
			}
			return dst
		}
	}
	return append(dst, text...)
}

// Sink prints the rows of one relation.
type Sink struct {
	name  string
	cfg   rt.Config
	title string
	table *table // nil: rows go through as they are
	out   io.Writer
	page  *page
	buf   []byte
	head  []byte // printed before the first row
	err   error
	note  bool // the next rows are of groups that are not complete
}

// page is what the sinks that print to one writer share.
type page struct {
	mu    sync.Mutex
	users int
	last  *Sink // printed last
}

var pages = struct {
	sync.Mutex
	byWriter map[io.Writer]*page
}{byWriter: map[io.Writer]*page{}}

// bufferBytes is how much is gathered before it is printed without a Flush.
const bufferBytes = 64 << 10

// NewSink returns the sink of a relation. The options are those of the
// connector's declaration.
func NewSink(name string, cfg rt.Config) rt.Sink { return &Sink{name: name, cfg: cfg} }

// Open takes the names and types of the columns, or the header line of CSV.
func (s *Sink) Open(_ context.Context, env *rt.Env, head []byte) error {
	format, err := config.Enum(&termspec.Format, config.Value(&termspec.Format, s.cfg))
	if err != nil {
		return err
	}
	s.title = config.Value(&termspec.Title, s.cfg)
	s.out = env.Stdout
	if format == "table" {
		style := plain
		if env.Terminal {
			style.width = env.Width
			if !noColour(env) {
				style = coloured
				style.width = env.Width
			}
		}
		if s.table, err = newTable(head, style); err != nil {
			return err
		}
	} else {
		s.head = append([]byte(nil), head...)
	}
	pages.Lock()
	defer pages.Unlock()
	s.page = pages.byWriter[s.out]
	if s.page == nil {
		s.page = &page{}
		pages.byWriter[s.out] = s.page
	}
	s.page.users++
	return nil
}

func noColour(env *rt.Env) bool {
	if env.Getenv == nil {
		return false
	}
	if v, ok := env.Getenv("NO_COLOR"); ok && v != "" {
		return true
	}
	term, _ := env.Getenv("TERM")
	return term == "dumb"
}

// Write takes whole rows.
func (s *Sink) Write(p []byte) error {
	if s.err != nil {
		return s.err
	}
	if s.table == nil {
		s.buf = append(s.buf, p...)
	} else {
		if s.note && len(p) > 0 {
			s.note = false
			s.buf = append(s.table.settle(s.buf), partialNote...)
		}
		for len(p) > 0 {
			n := bytes.IndexByte(p, Row)
			if n < 0 || n+1 >= len(p) || p[n+1] != '\n' {
				return fmt.Errorf("terminal: a row does not end in its marks: %q", p)
			}
			s.buf = s.table.add(s.buf, p[:n])
			p = p[n+2:]
		}
	}
	if len(s.buf) >= bufferBytes {
		return s.print()
	}
	return nil
}

// partialNote stands before the rows of groups that are not complete.
const partialNote = "-- stopped; partial results of the groups that were open:\n"

// Partial prepares for rows of groups that are not complete because the program
// was stopped. Only a table, which is for people, takes them.
func (s *Sink) Partial() bool {
	s.note = s.table != nil
	return s.note
}

// Flush prints what has been gathered, also if the widths of the columns have
// been settled from few rows only.
func (s *Sink) Flush() error {
	if s.table != nil {
		s.buf = s.table.settle(s.buf)
	}
	return s.print()
}

// print writes the buffer, with a title if another relation has printed since.
func (s *Sink) print() error {
	if s.err != nil {
		return s.err
	}
	if len(s.buf) == 0 && len(s.head) == 0 {
		return nil
	}
	s.page.mu.Lock()
	defer s.page.mu.Unlock()
	if s.title != "" && s.page.last != s {
		line := s.title + "\n"
		if s.page.last != nil {
			line = "\n" + line
		}
		if s.table != nil {
			line = s.table.style.bold + line[:len(line)-1] + s.table.style.off + "\n"
		}
		s.write([]byte(line))
	}
	s.page.last = s
	s.write(s.head)
	s.head = nil
	s.write(s.buf)
	s.buf = s.buf[:0]
	return s.err
}

func (s *Sink) write(p []byte) {
	if s.err != nil || len(p) == 0 {
		return
	}
	_, err := s.out.Write(p)
	switch {
	case err == nil:
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		s.err = fmt.Errorf("standard output: nobody reads it any more: %w", ErrClosed)
	case errors.Is(err, syscall.ENOSPC):
		s.err = errors.New("standard output: no space left on the device")
	default:
		s.err = fmt.Errorf("standard output: writing failed: %w", err)
	}
}

// Close prints the rest. With commit false too: what has been printed cannot
// be taken back, and the rows that were computed may explain the failure.
func (s *Sink) Close(commit bool) error {
	if s.page == nil {
		return nil
	}
	if s.table != nil {
		s.buf = s.table.settle(s.buf)
		if commit {
			s.buf = s.table.finish(s.buf) // a program that failed says nothing of its rows
		}
	}
	err := s.print()
	pages.Lock()
	defer pages.Unlock()
	if s.page.users--; s.page.users == 0 {
		delete(pages.byWriter, s.out)
	}
	s.page = nil
	return err
}

// Prepare prints what has been gathered; printed rows are not taken back.
func (s *Sink) Prepare(int64) ([]byte, error) { return nil, s.Flush() }

// Commit does nothing.
func (s *Sink) Commit([]byte) error { return nil }

// Recover does nothing.
func (s *Sink) Recover([]byte) error { return nil }
