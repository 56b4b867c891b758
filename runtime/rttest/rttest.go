// Package rttest has sources, sinks and environments in memory for tests of
// the runtime and of generated programs.
package rttest

import (
	"context"
	"errors"
	"io"
	"sync"

	rt "github.com/velocsql/veloc/runtime"
)

// Env returns an environment without files, whose clock stands still.
func Env() *rt.Env {
	return &rt.Env{
		Dir: ".", Stdin: eof{}, Stdout: io.Discard, Stderr: io.Discard,
		Getenv: func(string) (string, bool) { return "", false },
		Now:    func() int64 { return 1_767_225_600_000_000 },
	}
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// Source delivers batches from memory: Parts[p][s] is batch s of partition p,
// whole lines.
type Source struct {
	Parts  [][]string
	Header string
	Err    error // returned after the last batch instead of io.EOF

	mu   sync.Mutex
	p, s int
}

// Name returns the name of a partition.
func (s *Source) Name(int) string { return "memory" }

// LineOf does not know lines.
func (s *Source) LineOf(int, int64) int64 { return 0 }

// Open does nothing.
func (s *Source) Open(context.Context, *rt.Env, rt.Framing) error { return nil }

// Count returns the number of partitions.
func (s *Source) Count() int { return len(s.Parts) }

// Size is not known.
func (s *Source) Size() (int64, bool) { return 0, false }

// Restore is not supported.
func (s *Source) Restore([]int64) error { return errors.ErrUnsupported }

// Ack does nothing.
func (s *Source) Ack(int, int64) {}

// Close does nothing.
func (s *Source) Close() error { return nil }

// Read hands over the next batch.
func (s *Source) Read(_ context.Context, b *rt.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.p < len(s.Parts) && s.s >= len(s.Parts[s.p]) {
		s.p, s.s = s.p+1, 0
	}
	if s.p >= len(s.Parts) {
		if s.Err != nil {
			return s.Err
		}
		return io.EOF
	}
	text := s.Parts[s.p][s.s]
	b.Buf = append(append(b.Buf[:0], text...), make([]byte, rt.Pad)...)
	b.Data, b.Start, b.End = b.Buf, 0, len(text)
	b.Partition, b.Seq, b.Mark, b.Pushed = s.p, int64(s.s), rt.MarkNone, 0
	if s.Header != "" {
		b.Header = []byte(s.Header)
	}
	s.s++
	if s.s == len(s.Parts[s.p]) {
		b.Mark = rt.MarkEnd
	}
	return nil
}

// Sink keeps what is written.
type Sink struct {
	Err       error // returned by Write
	Head      string
	Text      string
	Closed    bool
	Committed bool
}

// Open keeps the head.
func (s *Sink) Open(_ context.Context, _ *rt.Env, head []byte) error {
	s.Head = string(head)
	return nil
}

// Write keeps p.
func (s *Sink) Write(p []byte) error {
	s.Text += string(p)
	return s.Err
}

// Flush does nothing.
func (s *Sink) Flush() error { return nil }

// Prepare does nothing.
func (s *Sink) Prepare(int64) ([]byte, error) { return nil, nil }

// Commit does nothing.
func (s *Sink) Commit([]byte) error { return nil }

// Recover does nothing.
func (s *Sink) Recover([]byte) error { return nil }

// Close notes how the run ended.
func (s *Sink) Close(commit bool) error {
	s.Closed, s.Committed = true, commit
	return nil
}
