package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/config"
	filespec "github.com/velocsql/veloc/runtime/source/file/spec"
)

// Watcher follows files that grow, and files that appear: a source that does not
// end. Each file is a partition; a new one comes after those that are known. What
// is handed out are whole records. At the end of all files it looks again after
// the polling interval.
type Watcher struct {
	src   *Source // options, framing and errors are those of files that end
	every time.Duration

	mu       sync.Mutex
	files    []*watched
	next     int  // where the round goes on
	progress bool // a file of this round had something new
}

// watched is a file that is followed.
type watched struct {
	name, path string
	f          *os.File
	pre        *preamble // nil: not found yet
	position   int64     // of the first byte that was not handed out
	line       int64     // of the record there
	seq        int64
	caughtUp   bool
	lines      lineIndex
}

// Live: it is read beside the other sources.
func (w *Watcher) Live() {}

// Open finds the files there are. A pattern may match none yet.
func (w *Watcher) Open(_ context.Context, env *rt.Env, f rt.Framing) error {
	s := w.src
	s.env, s.framing, s.cut = env, f, newCutter(f)
	if err := s.options(); err != nil {
		return err
	}
	text := config.Value(&filespec.PollingInterval, s.cfg)
	every, err := config.Duration(&filespec.PollingInterval, text)
	if err != nil {
		return err
	}
	if every <= 0 {
		return fmt.Errorf("'%s' = '%s': want more than 0", filespec.PollingInterval.Key, text)
	}
	w.every = every
	return w.find()
}

// find adds the files that are new.
func (w *Watcher) find() error {
	s := w.src
	path, recursive, err := s.path()
	if err != nil {
		return err
	}
	parts, err := findParts(s.env.Dir, path, recursive)
	if err != nil {
		if hasMeta(path) || recursive {
			return nil // none yet
		}
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range parts {
		if slices.ContainsFunc(w.files, func(f *watched) bool { return f.path == p.path }) {
			continue
		}
		if !p.regular {
			return fmt.Errorf("%s is no regular file, and only those can be watched", p.name)
		}
		f, err := os.Open(p.path)
		if err != nil {
			return unreadable(p.name, err)
		}
		w.files = append(w.files, &watched{name: p.name, path: p.path, f: f})
	}
	return nil
}

// Read hands out what is new, of one file after the other, and waits if there is
// nothing.
func (w *Watcher) Read(ctx context.Context, b *rt.Batch) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.mu.Lock()
		p := w.next
		var f *watched
		if p < len(w.files) {
			f = w.files[p]
		}
		w.mu.Unlock()
		if f != nil {
			some, err := w.readOne(p, f, b)
			w.mu.Lock()
			f.caughtUp = !some
			w.progress = w.progress || some
			w.next++
			w.mu.Unlock()
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			if some {
				return nil
			}
			continue
		}
		if err := w.find(); err != nil {
			return err
		}
		progress := w.progress
		w.next, w.progress = 0, false
		if progress {
			continue
		}
		select {
		case <-w.src.env.After(w.every):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// readOne reads whole records behind the position of a file; false: there are
// none yet.
func (w *Watcher) readOne(p int, f *watched, b *rt.Batch) (bool, error) {
	s := w.src
	st, err := f.f.Stat()
	if err != nil {
		return false, readError(err)
	}
	if st.Size() < f.position {
		return false, fmt.Errorf("the file shrank from %d to %d bytes while it was watched: a watched file only grows", f.position, st.Size())
	}
	have := st.Size() - f.position
	if have == 0 {
		return false, nil
	}
	for size := int64(s.block); ; size *= 2 {
		n := int(min(have, size))
		buf := grow(b, n+rt.Pad, 0)
		if _, err := f.f.ReadAt(buf[:n], f.position); err != nil && !errors.Is(err, io.EOF) {
			return false, readError(err)
		}
		if f.pre == nil {
			if found, err := w.begin(f, buf[:n]); !found || err != nil {
				return false, err
			}
			return w.readOne(p, f, b)
		}
		end, _ := s.cut.last(buf[:n], 0, recordStart)
		if end > 0 {
			clear(buf[end : end+rt.Pad])
			b.Data, b.Start, b.End = buf, 0, end
			b.Partition, b.Seq, b.Position, b.Line, b.Header, b.Mark = p, f.seq, f.position, f.line, f.pre.header, rt.MarkNone
			f.seq++
			f.position += int64(end)
			f.line += int64(bytes.Count(buf[:end], []byte("\n")))
			s.stamp(b)
			return true, nil
		}
		if int64(n) == have {
			return false, nil
		}
		if n > s.maxRecord {
			return false, s.tooLong(f.position, f.line)
		}
	}
}

// begin reads what comes before the records of a file; false: it is not there yet.
func (w *Watcher) begin(f *watched, head []byte) (bool, error) {
	codec, err := w.src.codecFor(f.name, head)
	if err != nil {
		return false, err
	}
	if codec != nil {
		return false, errors.New("a packed file cannot be watched")
	}
	pre, found, err := scanPreamble(head, false, w.src.framing, w.src.cut)
	if err != nil || !found {
		return false, err
	}
	if pre.array {
		return false, errors.New("a JSON array cannot be watched: write one object per line")
	}
	f.pre, f.position, f.line = &pre, int64(pre.start), pre.line
	return true, nil
}

// CaughtUp reports that a file had nothing new when it was looked at last.
func (w *Watcher) CaughtUp(partition int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return partition < len(w.files) && w.files[partition].caughtUp
}

// Name returns the path of a partition as the option or pattern spells it.
func (w *Watcher) Name(partition int) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if partition < 0 || partition >= len(w.files) {
		return w.src.name
	}
	return w.files[partition].name
}

// LineOf counts the lines up to a position.
func (w *Watcher) LineOf(partition int, position int64) int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if partition < 0 || partition >= len(w.files) {
		return 0
	}
	f := w.files[partition]
	return f.lines.lineOf(f.f, position)
}

// Count returns how many files are known.
func (w *Watcher) Count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.files)
}

// Size is not known.
func (w *Watcher) Size() (int64, bool) { return math.MaxInt64, false }

// Restore is not supported.
func (w *Watcher) Restore([]int64) error { return errors.ErrUnsupported }

// Ack does nothing: files keep what was read.
func (w *Watcher) Ack(int, int64) {}

// Close closes the files.
func (w *Watcher) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.files {
		f.f.Close()
	}
	return nil
}
