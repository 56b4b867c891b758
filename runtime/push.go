package rt

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
)

// ErrClosed is returned by Push after Close or after the program has ended.
var ErrClosed = errors.New("the input is closed")

// pushBuffer is how many chunks of pushed rows may wait before Push blocks.
const pushBuffer = 16

// Input lets the embedding program push rows of type T into a stream. Its
// methods may be called from several goroutines.
type Input[T any] struct {
	name string
	once sync.Once
	ch   chan pushed[T]
	done chan struct{} // closed when the program has ended
	mu   sync.RWMutex  // held for reading while sending, for writing to close
	shut bool
}

// pushed is a chunk of rows, or a request to tell when all before it is done.
type pushed[T any] struct {
	rows  []T
	reply chan struct{}
}

// Init names the input; generated code calls it.
func (in *Input[T]) Init(name string) {
	in.name = name
	in.ch = make(chan pushed[T], pushBuffer)
	in.done = make(chan struct{})
}

func (in *Input[T]) send(ctx context.Context, p pushed[T]) error {
	in.mu.RLock()
	defer in.mu.RUnlock()
	if in.shut {
		return ErrClosed
	}
	select {
	case in.ch <- p:
		return nil
	case <-in.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Push hands rows to the pipeline. The rows are copied; text is shared. Push
// blocks while the pipeline is behind.
func (in *Input[T]) Push(ctx context.Context, rows ...T) error {
	if len(rows) == 0 {
		return nil
	}
	return in.send(ctx, pushed[T]{rows: slices.Clone(rows)})
}

// Flush returns when everything pushed before it is visible in the outputs.
func (in *Input[T]) Flush(ctx context.Context) error {
	reply := make(chan struct{})
	if err := in.send(ctx, pushed[T]{reply: reply}); err != nil {
		return err
	}
	select {
	case <-reply:
		return nil
	case <-in.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends the input: for the pipeline it is the end of this stream.
func (in *Input[T]) Close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.shut {
		in.shut = true
		close(in.ch)
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
	seq   int64
	reply chan struct{}
	ended bool
}

func (s *pushSource[T]) Live()                                     {}
func (s *pushSource[T]) Name(int) string                           { return s.in.name }
func (s *pushSource[T]) LineOf(int, int64) int64                   { return 0 }
func (s *pushSource[T]) Open(context.Context, *Env, Framing) error { return nil }
func (s *pushSource[T]) Count() int                                { return 1 }
func (s *pushSource[T]) Size() (int64, bool)                       { return 0, false }
func (s *pushSource[T]) Restore([]int64) error                     { return nil }
func (s *pushSource[T]) Ack(int, int64)                            {}
func (s *pushSource[T]) Close() error {
	s.in.once.Do(func() { close(s.in.done) })
	return nil
}

// Read takes the next chunk. The one before has been delivered by then, so that
// a waiting Flush can be answered.
func (s *pushSource[T]) Read(ctx context.Context, b *Batch) error {
	if s.ended {
		return io.EOF
	}
	for {
		select {
		case p, ok := <-s.in.ch:
			if !ok {
				// a last, empty batch tells the end of the partition
				s.ended = true
				*b = Batch{rejects: b.rejects, source: b.source, files: b.files, Seq: s.seq, Mark: MarkEnd}
				return nil
			}
			if p.reply != nil {
				close(p.reply)
				continue
			}
			*b = Batch{rejects: b.rejects, source: b.source, files: b.files, Seq: s.seq, Pushed: len(p.rows), End: len(p.rows), rows: p.rows}
			s.seq++
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// PushedRows returns the rows of a batch that was pushed, nil for others.
func PushedRows[T any](b *Batch) []T {
	rows, _ := b.rows.([]T)
	return rows
}
