package corpus

import (
	"bytes"
	"context"
	"sync"

	rt "github.com/velocsql/veloc/runtime"
)

// Shred makes the sources of a program hand over batches of at most n records.
// A batch that has been taken is overwritten, so that whatever still looks at
// it shows up in the output.
func Shred(p *rt.Program, n int) {
	for i := range p.Sources {
		d := &p.Sources[i]
		open := d.New
		d.New = func(name string, c rt.Config) rt.Source {
			return &shredder{Source: open(name, c), records: n, seqs: map[int]int64{}}
		}
	}
}

// shredder cuts the batches of a source into small ones.
type shredder struct {
	rt.Source
	records int
	framing rt.Framing

	mu    sync.Mutex
	in    rt.Batch // the batch that is being cut
	rest  []byte   // its records that are not handed out yet
	line  int64    // of rest
	more  bool     // in has something to hand out
	given int      // records of a topic that are handed out
	seqs  map[int]int64
}

func (s *shredder) Open(ctx context.Context, env *rt.Env, f rt.Framing) error {
	s.framing = f
	return s.Source.Open(ctx, env, f)
}

func (s *shredder) Read(ctx context.Context, b *rt.Batch) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.more {
		if err := s.Source.Read(ctx, &s.in); err != nil {
			return err
		}
		if len(s.in.Records) > 0 {
			s.more, s.given = true, 0
			return s.someRecords(b)
		}
		s.rest = s.in.Data[s.in.Start:s.in.End]
		s.line = s.in.Line
		s.more = true
	}
	if len(s.in.Records) > 0 {
		return s.someRecords(b)
	}
	n := 0
	for range s.records {
		n += recordLen(s.rest[n:], s.framing)
	}
	for i := range b.Buf {
		b.Buf[i] = '#'
	}
	b.Buf = make([]byte, n+rt.Pad)
	copy(b.Buf, s.rest[:n])
	b.Data, b.Start, b.End = b.Buf, 0, n
	b.Partition, b.Header, b.Epoch = s.in.Partition, s.in.Header, s.in.Epoch
	b.Position = s.in.Position + int64(s.in.End-s.in.Start-len(s.rest))
	b.Line = s.line
	b.Seq = s.seqs[b.Partition]
	s.seqs[b.Partition]++
	if s.line > 0 {
		s.line += int64(bytes.Count(s.rest[:n], []byte{'\n'}))
	}
	s.rest = s.rest[n:]
	b.Mark = rt.MarkNone
	if len(s.rest) == 0 {
		s.more = false
		b.Mark = s.in.Mark
	}
	return nil
}

// someRecords hands out records of a topic.
func (s *shredder) someRecords(b *rt.Batch) error {
	for i := range b.Buf {
		b.Buf[i] = '#'
	}
	b.Buf = nil
	b.Reset(s.in.Partition)
	b.Topic = s.in.Topic
	b.Seq = s.seqs[b.Partition]
	s.seqs[b.Partition]++
	for ; s.given < len(s.in.Records) && len(b.Records) < s.records; s.given++ {
		b.AddRecord(s.in.Records[s.given], s.framing.Kind == rt.JSONAuto)
	}
	b.Seal()
	if s.given == len(s.in.Records) {
		s.more = false
		b.Mark = s.in.Mark
	}
	return nil
}

// recordLen returns the length of the first record, with its line break.
func recordLen(p []byte, f rt.Framing) int {
	if f.Kind != rt.CSV || f.Quote == 0 || f.SingleLine {
		if i := bytes.IndexByte(p, '\n'); i >= 0 {
			return i + 1
		}
		return len(p)
	}
	start, quoted, closed := true, false, -1
	for i, c := range p {
		switch {
		case quoted:
			if c == f.Quote {
				quoted, closed = false, i
			}
		case c == '\n':
			return i + 1
		case c == f.Quote && (start || closed == i-1): // a doubled quote closes and opens again
			quoted = true
		}
		start = !quoted && c == f.Delim
	}
	return len(p)
}
