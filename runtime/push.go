package rt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// ErrClosed is returned by Push and Flush after Close or after the program has
// ended.
var ErrClosed = errors.New("the input is closed")

// ErrNotPushed is returned by Push and Flush of a stream that reads its source.
var ErrNotPushed = errors.New("the stream takes no pushed rows: set its Push option")

// pushBuffer is how many pushed rows may wait before Push blocks.
const pushBuffer = 4096

// Input lets the embedding program push rows of type T into a stream. Its
// methods may be called from several goroutines, before and during Run.
//
// Rows are taken as they are: they are not checked as those of a file are. Texts
// are UTF-8 and decimals have no more digits than their type says.
type Input[T any] struct {
	name   string
	copied func(*T) T // a copy of a row with bytes; nil if assignment is one

	mu      sync.Mutex
	waiting []T   // pushed and not yet taken
	spare   []T   // memory for the next ones
	pushed  int64 // rows so far
	taken   int64 // rows that the pipeline has taken
	wanted  int64 // rows that somebody waits for in Flush
	flushed int64 // rows whose results are visible
	closed  bool  // Close was called
	ended   bool  // the program has ended

	wake  chan struct{} // holds one element if there is news for the pipeline
	moved chan struct{} // closed when there is news for Push and Flush
	sinks func() bool   // makes visible what was written to the sinks, if it can
}

// Init makes the input take rows; generated code calls it.
func (in *Input[T]) Init(name string) {
	in.name = name
	in.wake = make(chan struct{}, 1)
	in.moved = make(chan struct{})
}

// CopyWith sets how rows are copied that share memory when they are assigned;
// generated code calls it.
func (in *Input[T]) CopyWith(copied func(*T) T) { in.copied = copied }

// Attach connects the input to the sinks of a run; generated code calls it.
func (in *Input[T]) Attach(c *Connect) { in.sinks = c.run.flushSinks }

// ring tells the pipeline that there is news.
func (in *Input[T]) ring() {
	select {
	case in.wake <- struct{}{}:
	default:
	}
}

// broadcast tells Push and Flush that there is news. The input is locked.
func (in *Input[T]) broadcast() {
	close(in.moved)
	in.moved = make(chan struct{})
}

// wait returns when try does. try is called with the input locked.
func (in *Input[T]) wait(ctx context.Context, try func() (done bool, err error)) error {
	if in.wake == nil {
		return ErrNotPushed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for {
		in.mu.Lock()
		done, err := try()
		moved := in.moved
		in.mu.Unlock()
		if done || err != nil {
			in.ring()
			return err
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Push hands rows to the pipeline: all of them or, with an error, none. They are
// copied. Push blocks while the pipeline is behind, and before Run as soon as
// some thousand rows wait. Rows that one goroutine pushes keep their order.
//
// A callback of Results.On runs on the pipeline's goroutine: a Push there may
// wait for the callback itself.
func (in *Input[T]) Push(ctx context.Context, rows ...T) error {
	if len(rows) == 0 {
		return nil
	}
	return in.wait(ctx, func() (bool, error) {
		switch {
		case in.closed || in.ended:
			return false, ErrClosed
		case len(in.waiting) >= pushBuffer:
			return false, nil
		}
		for i := range rows {
			if in.copied != nil {
				in.waiting = append(in.waiting, in.copied(&rows[i]))
			} else {
				in.waiting = append(in.waiting, rows[i])
			}
		}
		in.pushed += int64(len(rows))
		return true, nil
	})
}

// Flush returns when everything pushed before it is visible: callbacks have got
// its results, loops over Results.All have been handed theirs, and sinks that
// write as they go have written them. What waits for the end of a window or of
// the input keeps waiting. Flush must not be called from a callback.
func (in *Input[T]) Flush(ctx context.Context) error {
	target := int64(-1)
	return in.wait(ctx, func() (bool, error) {
		if target < 0 {
			target = in.pushed
			in.wanted = max(in.wanted, target)
			in.ring()
		}
		switch {
		case in.flushed >= target:
			return true, nil
		case in.ended:
			return false, ErrClosed
		}
		return false, nil
	})
}

// Close ends the input: for the pipeline it is the end of this stream, after all
// rows that were pushed. It does not wait.
func (in *Input[T]) Close() {
	if in.wake == nil {
		return
	}
	in.mu.Lock()
	if !in.closed {
		in.closed = true
		in.broadcast()
	}
	in.mu.Unlock()
	in.ring()
}

// End tells that the program has ended; generated code calls it.
func (in *Input[T]) End() {
	if in.wake == nil {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.ended {
		in.ended = true
		in.waiting, in.spare = nil, nil
		in.broadcast()
	}
}

// Source returns the source that reads what is pushed. It is Live.
func (in *Input[T]) Source() Source { return &pushSource[T]{in: in} }

// Live is a source that waits for rows from inside the process; it is read
// beside the others, not after them.
type Live interface{ Live() }

// pushSource is the pipeline's end of an Input.
type pushSource[T any] struct {
	in    *Input[T]
	ctx   context.Context
	stop  func() bool
	seq   int64
	batch []T // the rows of the batch before
	ended bool
}

func (s *pushSource[T]) Live()                   {}
func (s *pushSource[T]) Name(int) string         { return s.in.name }
func (s *pushSource[T]) LineOf(int, int64) int64 { return 0 }
func (s *pushSource[T]) Count() int              { return 1 }
func (s *pushSource[T]) Size() (int64, bool)     { return 0, false }
func (s *pushSource[T]) Restore([]int64) error   { return nil }
func (s *pushSource[T]) Ack(int, int64)          {}

// CaughtUp reports that no pushed row waits.
func (s *pushSource[T]) CaughtUp(int) bool {
	s.in.mu.Lock()
	defer s.in.mu.Unlock()
	return len(s.in.waiting) == 0
}

// Open makes Push fail as soon as the run is stopped, so that who waits in it
// does not hold up the end.
func (s *pushSource[T]) Open(ctx context.Context, _ *Env, _ Framing) error {
	s.ctx = ctx
	s.stop = context.AfterFunc(ctx, s.in.End)
	return nil
}

// drain ends the input after the rows that Push has taken.
func (s *pushSource[T]) drain() { s.in.Close() }

// Close ends the input. All that was taken is processed by now, unless the run
// was stopped.
func (s *pushSource[T]) Close() error {
	if s.stop != nil {
		s.stop()
	}
	if s.ctx != nil && s.ctx.Err() == nil {
		s.in.flush(true)
	}
	s.in.End()
	return nil
}

// flush answers those who wait in Flush: what was taken has been delivered.
func (in *Input[T]) flush(last bool) {
	in.mu.Lock()
	due := in.flushed < in.taken && (last || in.wanted > in.flushed && in.wanted <= in.taken)
	taken := in.taken
	in.mu.Unlock()
	if !due {
		return
	}
	if in.sinks != nil && !in.sinks() {
		return
	}
	in.mu.Lock()
	in.flushed = taken
	in.broadcast()
	in.mu.Unlock()
}

// Read takes the rows that wait. Those of the batch before have been delivered
// by then.
func (s *pushSource[T]) Read(ctx context.Context, b *Batch) error {
	for {
		s.in.flush(s.ended)
		if s.ended {
			return io.EOF
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.next(b) {
			return nil
		}
		select {
		case <-s.in.wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// next fills the batch with the rows that wait, or with the end.
func (s *pushSource[T]) next(b *Batch) bool {
	in := s.in
	in.mu.Lock()
	defer in.mu.Unlock()
	n := len(in.waiting)
	if n == 0 && !in.closed {
		return false
	}
	*b = Batch{rejects: b.rejects, source: b.source, files: b.files, Seq: s.seq, Position: in.taken, Pushed: n, End: n}
	s.seq++
	if n == 0 {
		// a last, empty batch tells the end of the partition
		s.ended = true
		b.Mark = MarkEnd
		return true
	}
	clear(s.batch)
	if cap(s.batch) <= 4*pushBuffer {
		in.spare = s.batch[:0]
	}
	s.batch = in.waiting
	in.waiting, in.spare = in.spare, nil
	in.taken += int64(n)
	in.broadcast()
	rows := s.batch
	b.rows = rows
	b.describe = func(row int) string { return fmt.Sprintf("%+v", rows[row]) }
	return true
}

// PushedRows returns the rows of a batch that was pushed, nil for others.
func PushedRows[T any](b *Batch) []T {
	rows, _ := b.rows.([]T)
	return rows
}

// flushSinks makes visible what was written to the sinks. A failure ends the
// run.
func (r *run) flushSinks() bool {
	ok := true
	for _, p := range r.ports {
		p.mu.Lock()
		err := p.sink.Flush()
		p.mu.Unlock()
		if err != nil {
			p.fail(fmt.Errorf("sink %s: %w", p.name, err))
			ok = false
		}
	}
	return ok
}
