package topic

import (
	"context"
	"errors"
	"io"
	"sync"

	rt "github.com/velocsql/veloc/runtime"
)

// most is how many records are in a batch.
const most = 1024

// source reads a topic. In the mode Ends it reads one partition after the other,
// in the mode Step all of them in the order of the records.
type source struct {
	topic  *Topic
	ends   bool
	latest bool
	lines  bool // keys and values are texts in which line breaks are white space

	mu   sync.Mutex
	seq  []int64
	from []int // Ends: the next record of each partition
	part int   // Ends: the partition at hand
	at   int   // Step: the next record of the log
}

func (s *source) Name(partition int) string  { return s.topic.partitionName(partition) }
func (s *source) LineOf(int, int64) int64    { return 0 }
func (s *source) Count() int                 { return len(s.topic.parts) }
func (s *source) Size() (int64, bool)        { return 0, s.ends }
func (s *source) Ack(int, int64)             {}
func (s *source) Close() error               { return nil }
func (s *source) Restore(from []int64) error { return errors.ErrUnsupported }

// Open begins with the first record, or behind those that are there already.
func (s *source) Open(_ context.Context, _ *rt.Env, f rt.Framing) error {
	s.lines = f.Kind == rt.JSONAuto
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	n := len(s.topic.parts)
	s.seq, s.from = make([]int64, n), make([]int, n)
	if !s.latest {
		return nil
	}
	s.at = s.topic.old
	for p, part := range s.topic.parts {
		for s.from[p] < len(part) && part[s.from[p]] < s.topic.old {
			s.from[p]++
		}
	}
	return nil
}

// Read hands over records of one partition.
func (s *source) Read(ctx context.Context, b *rt.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.topic.mu.Lock()
	defer s.topic.mu.Unlock()
	if s.ends {
		return s.readPart(b)
	}
	return s.readLog(b)
}

// readPart fills the batch from the partition at hand.
func (s *source) readPart(b *rt.Batch) error {
	if s.part >= len(s.topic.parts) {
		return io.EOF
	}
	p := s.part
	part := s.topic.parts[p]
	s.reset(b, p)
	for ; s.from[p] < len(part) && len(b.Records) < most; s.from[p]++ {
		b.AddRecord(s.topic.log[part[s.from[p]]], s.lines)
	}
	if s.from[p] == len(part) {
		b.Mark = rt.MarkEnd
		s.part++
	}
	b.Seal()
	return nil
}

// readLog fills the batch with records that were produced one after the other
// into one partition.
func (s *source) readLog(b *rt.Batch) error {
	log := s.topic.log
	if s.at >= len(log) {
		return rt.ErrCaughtUp
	}
	p := log[s.at].Partition
	s.reset(b, p)
	for ; s.at < len(log) && log[s.at].Partition == p && len(b.Records) < most; s.at++ {
		b.AddRecord(log[s.at], s.lines)
	}
	b.Seal()
	return nil
}

// reset prepares the batch for a partition.
func (s *source) reset(b *rt.Batch, p int) {
	for p >= len(s.seq) {
		s.seq = append(s.seq, 0)
	}
	b.Reset(p)
	b.Topic = s.topic.name
	b.Seq = s.seq[p]
	s.seq[p]++
}
