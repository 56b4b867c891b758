// Package file reads files, patterns of files, pipes and standard input as a
// source of batches.
//
// Each file is a partition; the files of a pattern come in the order of their
// names, one after the other. A regular file of lines or CSV is read in
// numbered blocks by all workers at once: a block is handed out under a lock,
// read without it, and owns the records that start in it. Pipes, compressed
// files and JSON arrays are read by one goroutine that cuts at record ends and
// hands batches to whichever worker asks.
//
// A file is read up to the size it has when it is opened; a record that begins
// before that is read whole. What is appended later is left alone.
//
// Batches may be empty: a block in the middle of a record that is longer than
// a block has none that starts in it, but its Seq counts.
package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/config"
	filespec "github.com/velocsql/veloc/runtime/source/file/spec"
)

// blockBytes is the size of a block. Blocks begin at multiples of pageBytes,
// in the file and in memory: copies out of the page cache are several times
// slower otherwise.
const (
	blockBytes = 1 << 20
	pageBytes  = 4096
)

// stdinName is what standard input is called in messages.
const stdinName = "standard input"

// Source is an open file source. Its methods are safe for concurrent use from
// Open to Close.
type Source struct {
	name   string
	cfg    rt.Config
	codecs []Codec

	compression string
	maxRecord   int // bytes
	block       int // bytes

	env     *rt.Env
	framing rt.Framing
	cut     cutter
	parts   []part
	restore []int64
	stop    chan struct{} // closed by Close

	mu     sync.Mutex
	next   int     // index of the part to open next
	blocks *blocks // the file being read in blocks, or
	stream *stream // the file being read by one goroutine; both nil between files
	head   []byte  // buffer for the beginning of a file
	err    error   // what ended reading early
}

// part is one partition.
type part struct {
	name    string // as in the option
	path    string
	size    int64 // bytes, of regular files
	regular bool
	live    bool // its bytes come as somebody writes them
	packed  bool // set when opened: positions are not offsets in the file
	lines   *lineIndex
}

// NewSource returns the source of a relation. The options are those of the
// connector's declaration; codecs are the kinds of compression that it can
// unpack.
func NewSource(name string, cfg rt.Config, codecs ...Codec) rt.Source {
	s := &Source{name: name, cfg: cfg, codecs: codecs, block: blockBytes, stop: make(chan struct{})}
	if watch, err := config.Bool(&filespec.Watch, config.Value(&filespec.Watch, cfg)); watch && err == nil {
		return &Watcher{src: s}
	}
	return s
}

// Open finds the files and checks that they can be read.
func (s *Source) Open(_ context.Context, env *rt.Env, f rt.Framing) error {
	s.env, s.framing = env, f
	s.cut = newCutter(f)
	if err := s.setUp(); err != nil {
		return err
	}
	return nil
}

// options reads the options that hold for all files.
func (s *Source) options() error {
	if err := config.Known(filespec.Connector.Options, s.cfg); err != nil {
		return err
	}
	var err error
	if s.compression, err = config.Enum(&filespec.Compression, config.Value(&filespec.Compression, s.cfg)); err != nil {
		return err
	}
	limit, err := config.Size(&filespec.MaxRecordSize, config.Value(&filespec.MaxRecordSize, s.cfg))
	if err != nil {
		return err
	}
	const most = 1 << 30
	if limit < 1 || limit > most {
		return fmt.Errorf("'%s' = '%s': want 1 to 1GiB", filespec.MaxRecordSize.Key, s.cfg[filespec.MaxRecordSize.Key])
	}
	s.maxRecord = int(limit)
	return nil
}

// path returns which files to read.
func (s *Source) path() (path string, recursive bool, err error) {
	if recursive, err = config.Bool(&filespec.Recursive, config.Value(&filespec.Recursive, s.cfg)); err != nil {
		return "", false, err
	}
	if path = config.Value(&filespec.Path, s.cfg); path == "" {
		return "", false, errors.New("option 'path' is missing: name a file, a pattern such as 'data/*.csv', or - for standard input")
	}
	return path, recursive, nil
}

func (s *Source) setUp() error {
	if err := s.options(); err != nil {
		return err
	}
	path, recursive, err := s.path()
	if err != nil {
		return err
	}
	if path == "-" {
		s.parts = []part{stdinPart(s.env.Stdin)}
	} else if s.parts, err = findParts(s.env.Dir, path, recursive); err != nil {
		return err
	}
	for i := range s.parts {
		s.parts[i].lines = &lineIndex{}
	}
	return nil
}

// Name returns the path of a partition as the option or pattern spells it.
func (s *Source) Name(partition int) string {
	if partition < 0 || partition >= len(s.parts) {
		return s.name
	}
	return s.parts[partition].name
}

// Count returns the number of files.
func (s *Source) Count() int { return len(s.parts) }

// Size returns the bytes of all files together. It is not known if one of them
// is a pipe or looks compressed.
func (s *Source) Size() (int64, bool) {
	var total int64
	for i := range s.parts {
		p := &s.parts[i]
		if !p.regular || s.compression != "none" && packedName(p.name) || s.compression != "none" && s.compression != "auto" {
			return 0, false
		}
		total += p.size
	}
	return total, true
}

func packedName(name string) bool {
	name = strings.ToLower(name)
	for _, suffix := range []string{".gz", ".gzip", ".zst", ".zstd"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

// Restore makes each partition start at a position, which is the Position of a
// batch or the end of one. Pipes and standard input cannot start elsewhere
// than at 0.
func (s *Source) Restore(positions []int64) error {
	for i, pos := range positions {
		switch {
		case i >= len(s.parts):
			return fmt.Errorf("%d files were being read, now there are %d: start without the checkpoint", len(positions), len(s.parts))
		case pos > 0 && s.parts[i].live:
			return fmt.Errorf("%s cannot be read again from position %d: start without the checkpoint", s.parts[i].name, pos)
		}
	}
	s.restore = append([]int64(nil), positions...)
	return nil
}

// Ack does nothing: files keep what was read.
func (s *Source) Ack(int, int64) {}

// Close ends reading. A goroutine that is blocked on standard input stays
// until something arrives there or the process ends.
func (s *Source) Close() error {
	s.mu.Lock()
	select {
	case <-s.stop:
		s.mu.Unlock()
		return nil
	default:
	}
	close(s.stop)
	if s.err == nil {
		s.err = os.ErrClosed
	}
	if s.blocks != nil && s.blocks.refs == 0 {
		s.blocks.close()
	}
	stream := s.stream
	s.blocks, s.stream = nil, nil
	s.mu.Unlock()
	if stream != nil {
		stream.closeFile()
	}
	for i := range s.parts {
		s.parts[i].lines.close()
	}
	return nil
}

// Read hands out the next batch. Cancelling ctx ends it at once, also while
// it waits for a pipe or standard input; the goroutine that reads there keeps
// what it reads and does not hold up anybody.
//
// After an error each worker's next Read returns it; records before it have
// been handed out by then.
func (s *Source) Read(ctx context.Context, b *rt.Batch) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		blocks, number, stream, err := s.take()
		switch {
		case err != nil:
			return err
		case blocks != nil:
			err := s.readBlock(blocks, number, b)
			s.release(blocks)
			if err == nil {
				s.stamp(b)
			}
			return err
		}
		more, err := stream.receive(ctx, b)
		if err != nil {
			if ctx.Err() == nil {
				s.fail(err)
			}
			return err
		}
		if more {
			s.stamp(b)
			return nil
		}
		s.mu.Lock()
		if s.stream == stream {
			s.stream = nil
		}
		s.mu.Unlock()
	}
}

func (s *Source) stamp(b *rt.Batch) {
	b.Pushed, b.Epoch = 0, 0
	if s.env.Now != nil {
		b.Arrival = s.env.Now()
	}
}

// take decides what a worker reads next: a block of a file or a batch of a
// stream. It opens the next file when the current one has been handed out.
func (s *Source) take() (*blocks, int64, *stream, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.err != nil:
			return nil, 0, nil, s.err
		case s.blocks != nil:
			r := s.blocks
			k := r.next
			r.next++
			r.refs++
			if r.next == r.count {
				s.blocks = nil
			}
			return r, k, nil, nil
		case s.stream != nil:
			return nil, 0, s.stream, nil
		case s.next == len(s.parts):
			return nil, 0, nil, io.EOF
		}
		if err := s.openPart(s.next); err != nil {
			s.err = err
			continue
		}
		s.next++
	}
}

// release ends the use of a block's file; the last one closes it.
func (s *Source) release(r *blocks) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.refs--
	if r.refs == 0 && (r.next == r.count || s.blocks != r) {
		r.close()
	}
}

// fail records why reading ends; the first reason counts.
func (s *Source) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}

func (s *Source) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// start returns where a partition begins when it is restored, 0 otherwise.
func (s *Source) start(partition int) int64 {
	if partition < len(s.restore) {
		return s.restore[partition]
	}
	return 0
}

// grow returns the memory of a batch, at least n bytes of it, keeping the
// first keep bytes.
func grow(b *rt.Batch, n, keep int) []byte {
	if cap(b.Buf) < n {
		old := b.Buf
		b.Buf = make([]byte, n+n/8) // larger than 32 KiB: begins at a page
		copy(b.Buf, old[:keep])
	}
	b.Buf = b.Buf[:cap(b.Buf)]
	return b.Buf
}
