package rt

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Stepper runs a program one record at a time on the caller's goroutine: what a
// record brings about is complete when the call returns. It is how tests run
// programs. The sources are the caller, the sinks hand over what they get; there
// is one worker, no other goroutine and no clock but the caller's.
type Stepper struct {
	run    *run
	ends   []*stepSource // nil for a topic
	topics []topicEnd    // by source
	batch  Batch
	over   bool

	parts   []part // the stages that are left, the one at hand first
	waiting []waitingBatch
	silent  []idleness // by source
}

// waitingBatch is a batch of a source that a later stage reads.
type waitingBatch struct {
	source int
	batch  Batch
}

// topicEnd is a source that reads a topic.
type topicEnd struct{ is, ended, due bool }

// StepOptions are what a Stepper works with.
type StepOptions struct {
	// Env has the clock and the environment.
	Env *Env
	// Partitions is how many partitions each source has; what is left out has
	// one.
	Partitions []int
	// TopicSources and TopicSinks are the sources and sinks of topics: they find
	// theirs in Env.Topics, whose sources return ErrCaughtUp.
	TopicSources, TopicSinks []bool
	// Written takes the encoded rows that go to any other sink. It does not keep p.
	Written func(sink int, p []byte)
	// Rejected takes the records that fail.
	Rejected func(*Rejection)
	// Covered takes the branches of the SQL that run, again and again; nil if
	// nobody wants to know.
	Covered func(branch int)
}

// StepRecord is one record for a source.
type StepRecord struct {
	Partition int
	// Data is the encoded record without a line break behind it.
	Data []byte
	// Header is the header line of formats that have one. It is the same slice
	// for all records that share it.
	Header []byte
	// Arrival is when the record comes, in microseconds since the epoch.
	Arrival int64
}

// NewStepper opens a program. The caller calls Close in the end, also after a
// failure of one of the steps.
func NewStepper(p *Program, o StepOptions) (*Stepper, error) {
	s := &Stepper{ends: make([]*stepSource, len(p.Sources)), topics: make([]topicEnd, len(p.Sources))}
	is := func(list []bool, i int) bool { return i < len(list) && list[i] }
	own := *p
	own.Sources = append([]SourceDef(nil), p.Sources...)
	for i := range own.Sources {
		if s.topics[i].is = is(o.TopicSources, i); s.topics[i].is {
			continue
		}
		n := 1
		if i < len(o.Partitions) {
			n = max(n, o.Partitions[i])
		}
		end := &stepSource{name: own.Sources[i].Name, parts: make([]stepPartition, n)}
		s.ends[i] = end
		own.Sources[i].Use(end)
		own.Sources[i].replaced = false // the caller feeds it to each stage
	}
	own.Sinks = append([]SinkDef(nil), p.Sinks...)
	for i := range own.Sinks {
		if is(o.TopicSinks, i) {
			continue
		}
		own.Sinks[i].Use(&stepSink{written: func(p []byte) { o.Written(i, p) }})
	}
	env := o.Env.filled()
	r := &run{prog: &own, env: env, opts: Options{Env: env}, stats: &Stats{}}
	r.ctx, r.cancel = context.WithCancelCause(context.Background())
	r.reading, r.stopReading = context.WithCancel(r.ctx)
	r.rejects = newRejects(&own, r.opts)
	r.rejects.fail = r.fail
	r.rejects.taken = o.Rejected
	r.covered = o.Covered
	r.stats.rejects = r.rejects
	s.run = r
	if err := r.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	r.hire(1)
	s.silent = make([]idleness, len(r.sources))
	for i, src := range r.sources {
		s.silent[i].init(own.Sources[i].Idle, env.Now(), src.Count())
	}
	s.parts = r.parts()
	r.begin(s.parts[0])
	return s, s.advance()
}

// Late is how many rows came after their window had closed.
func (s *Stepper) Late() int64 { return s.run.stats.Late() }

// Feed takes one record through the program.
func (s *Stepper) Feed(source int, rec *StepRecord) error {
	end := s.ends[source]
	if end == nil {
		return fmt.Errorf("%s reads a topic", s.run.prog.Sources[source].Name)
	}
	if rec.Partition < 0 || rec.Partition >= len(end.parts) {
		return fmt.Errorf("%s has no partition %d", end.name, rec.Partition)
	}
	if end.parts[rec.Partition].ended {
		return fmt.Errorf("a record for %s, which has ended", end.name)
	}
	b := &s.batch
	b.Buf = append(append(b.Buf[:0], rec.Data...), '\n')
	n := len(b.Buf)
	b.Buf = append(b.Buf, make([]byte, Pad)...)
	b.Data, b.Start, b.End = b.Buf, 0, n
	b.Header = rec.Header
	b.Arrival = rec.Arrival
	b.Mark = MarkNone
	return s.line(source, rec.Partition)
}

// Drain takes through the program what is in the topics, also what the program
// writes to a topic that it reads.
func (s *Stepper) Drain() error {
	r, b := s.run, &s.batch
	for moved := true; moved && !s.over; {
		moved = false
		for i := s.run.part.from; i < s.run.part.to; i++ {
			if !s.topics[i].is || s.topics[i].ended {
				continue
			}
			err := r.sources[i].Read(r.reading, b)
			if errors.Is(err, ErrCaughtUp) {
				continue
			}
			if err != nil {
				return fmt.Errorf("source %s: %w", r.prog.Sources[i].Name, err)
			}
			moved = true
			b.Arrival = r.env.Now()
			if err := s.process(i); err != nil {
				return err
			}
		}
	}
	return r.failure()
}

// End ends a source: all its partitions. When the last source has ended, what
// waits for the end of input comes out.
func (s *Stepper) End(source int) error {
	if s.later(source) && s.topics[source].is {
		s.topics[source].due = true
		return nil
	}
	if err := s.endPartitions(source); err != nil {
		return err
	}
	return s.advance()
}

// later reports a source that a later stage than the one at hand reads.
func (s *Stepper) later(source int) bool { return !s.over && source >= s.run.part.to }

// advance ends the stages whose sources have all ended, and takes what came for
// the next one through the program.
func (s *Stepper) advance() error {
	for !s.over && s.ended() {
		if len(s.parts) == 1 {
			return s.finish()
		}
		s.run.finish()
		s.parts = s.parts[1:]
		s.run.begin(s.parts[0])
		kept := s.waiting
		s.waiting = nil
		for i := range kept {
			s.batch = kept[i].batch
			if err := s.process(kept[i].source); err != nil {
				return err
			}
		}
		if err := s.Drain(); err != nil {
			return err
		}
		for i := s.run.part.from; i < s.run.part.to; i++ {
			if s.topics[i].due {
				if err := s.endPartitions(i); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ended reports that all sources of the stage at hand have ended.
func (s *Stepper) ended() bool {
	for i := s.run.part.from; i < s.run.part.to; i++ {
		if end := s.ends[i]; end != nil && !end.over() || end == nil && !s.topics[i].ended {
			return false
		}
	}
	return true
}

// Pass does what the clock brings about that the caller has moved on: partitions
// that were silent for long enough are idle.
func (s *Stepper) Pass() error {
	r := s.run
	for i := range s.silent {
		if s.over || s.later(i) {
			continue
		}
		s.silent[i].look(r.env.Now(), func(int) bool { return true }, func(mark Mark, partition int, passed int64) {
			r.processMark(r.workers[0], i, &Batch{Partition: partition, Mark: mark, Passed: passed})
		})
		if err := r.failure(); err != nil {
			return err
		}
		if r.stopped.Load() {
			return s.finish()
		}
	}
	if s.over {
		return nil
	}
	r.changed(r.workers[0])
	r.workers[0].flush(r.ctx)
	return r.failure()
}

// Watermark moves the watermark of a source to a time, in microseconds since the
// epoch. It never moves back.
func (s *Stepper) Watermark(source int, t int64) error {
	if s.topics[source].is {
		s.batch.Reset(0)
		s.batch.Seal()
		s.batch.Mark, s.batch.Watermark, s.batch.Arrival = MarkWatermark, t, s.run.env.Now()
		return s.process(source)
	}
	s.empty(MarkWatermark)
	s.batch.Watermark = t
	return s.line(source, 0)
}

func (s *Stepper) endPartitions(source int) error {
	if s.topics[source].is {
		if s.topics[source].ended {
			return nil
		}
		s.topics[source].ended = true
		for p := range s.run.sources[source].Count() {
			s.batch.Reset(p)
			s.batch.Seal()
			s.batch.Mark, s.batch.Arrival = MarkEnd, s.run.env.Now()
			if err := s.process(source); err != nil {
				return err
			}
		}
		return nil
	}
	for p := range s.ends[source].parts {
		if s.ends[source].parts[p].ended {
			continue
		}
		s.ends[source].parts[p].ended = true
		s.empty(MarkEnd)
		if err := s.line(source, p); err != nil {
			return err
		}
	}
	return nil
}

// empty makes the batch one without records.
func (s *Stepper) empty(mark Mark) {
	b := &s.batch
	b.Buf = append(b.Buf[:0], make([]byte, Pad)...)
	b.Data, b.Start, b.End = b.Buf, 0, 0
	b.Header = nil
	b.Arrival = s.run.env.Now()
	b.Mark = mark
}

// line takes the batch of a source of lines through the program.
func (s *Stepper) line(source, partition int) error {
	b, end := &s.batch, s.ends[source]
	part := &end.parts[partition]
	b.Partition, b.Seq, b.Position, b.Line = partition, part.seq, part.position, part.line+1
	part.seq++
	part.position += int64(b.End - b.Start)
	if b.End > b.Start {
		part.line++
	}
	return s.process(source)
}

// process takes the batch through the program.
func (s *Stepper) process(source int) error {
	if s.over {
		return s.run.failure()
	}
	r, b := s.run, &s.batch
	if s.later(source) {
		c := *b
		c.Buf = append([]byte(nil), b.Buf...)
		c.Data = c.Buf
		s.waiting = append(s.waiting, waitingBatch{source, c})
		return nil
	}
	b.rejects, b.source, b.files = r.rejects, r.prog.Sources[source].Name, r.sources[source]
	s.silent[source].took(b, r.env.Now())
	r.process(r.workers[0], source, b)
	if err := r.failure(); err != nil {
		return err
	}
	if r.stopped.Load() {
		return s.finish()
	}
	return nil
}

// finish lets out what waits for the end of all input.
func (s *Stepper) finish() error {
	if s.over {
		return s.run.failure()
	}
	s.over = true
	s.run.finish()
	for _, w := range s.run.workers {
		w.flush(s.run.ctx)
	}
	return s.run.failure()
}

// Close lets go of the program. What waits for the end of input stays unsaid.
func (s *Stepper) Close() error {
	defer s.run.cancel(nil)
	defer s.run.stopReading()
	return s.run.close(s.run.failure())
}

// stepSource is a source whose batches the Stepper makes.
type stepSource struct {
	name  string
	parts []stepPartition
}

type stepPartition struct {
	seq, position, line int64
	ended               bool
}

func (s *stepSource) over() bool {
	for i := range s.parts {
		if !s.parts[i].ended {
			return false
		}
	}
	return true
}

func (s *stepSource) Open(context.Context, *Env, Framing) error { return nil }
func (s *stepSource) Read(context.Context, *Batch) error        { return io.EOF }
func (s *stepSource) Name(int) string                           { return s.name }
func (s *stepSource) LineOf(int, int64) int64                   { return 0 }
func (s *stepSource) Count() int                                { return len(s.parts) }
func (s *stepSource) Size() (int64, bool)                       { return 0, true }
func (s *stepSource) Restore([]int64) error                     { return nil }
func (s *stepSource) Ack(int, int64)                            {}
func (s *stepSource) Close() error                              { return nil }

// stepSink hands over what is written.
type stepSink struct{ written func([]byte) }

func (s *stepSink) Open(context.Context, *Env, []byte) error { return nil }
func (s *stepSink) Write(p []byte) error                     { s.written(p); return nil }
func (s *stepSink) Flush() error                             { return nil }
func (s *stepSink) Prepare(int64) ([]byte, error)            { return nil, nil }
func (s *stepSink) Commit([]byte) error                      { return nil }
func (s *stepSink) Recover([]byte) error                     { return nil }
func (s *stepSink) Close(bool) error                         { return nil }
