package rt

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
)

// ErrBegun is yielded by Results.All that was called after Run had begun.
var ErrBegun = errors.New("the program has begun: call On and All before Run")

// ErrTaken is yielded by the second loop over one Results.All.
var ErrTaken = errors.New("the rows were taken by an earlier loop: call All once for each loop")

// Results gives the embedding program the rows of a relation. Callbacks and
// loops are registered before Run.
type Results[T any] struct {
	mu    sync.Mutex // guards what follows
	subs  []subscriber[T]
	begun bool // what is registered now would miss rows
	over  bool

	turn sync.Mutex // one worker at a time delivers
}

// subscriber is a callback or a loop.
type subscriber[T any] struct {
	take func(run context.Context, rows []T)
	end  func(error) // may be nil
}

// On calls fn for every row, one at a time, from a goroutine of the pipeline: a
// slow fn slows the pipeline. Rows that are filtered and projected come in the
// order of the input; results of groups keep the order within each group. The row
// owns its memory. On panics once Run has begun.
func (r *Results[T]) On(fn func(T)) {
	ok := r.subscribe(subscriber[T]{take: func(_ context.Context, rows []T) {
		for _, row := range rows {
			fn(row)
		}
	}})
	if !ok {
		panic("veloc: " + ErrBegun.Error())
	}
}

func (r *Results[T]) subscribe(s subscriber[T]) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun {
		return false
	}
	r.subs = append(r.subs, s)
	return true
}

// All returns every row for one loop, which ends when the program does or with
// the error of ctx. It registers at once, so it is called before Run; the loop
// may start later and runs on a goroutine beside Run. A failure of the program
// is yielded last.
//
// The pipeline waits for the loop to take its rows, also when it is stopped, but
// for a loop that was left or whose ctx is done. Loops over several relations
// run on goroutines of their own: one would keep the rows of the next from
// coming.
func (r *Results[T]) All(ctx context.Context) iter.Seq2[T, error] {
	l := &loop[T]{ch: make(chan []T), started: make(chan struct{}), left: make(chan struct{})}
	l.ctx = ctx
	if !r.subscribe(subscriber[T]{take: l.take, end: l.end}) {
		return func(yield func(T, error) bool) { fail(yield, ErrBegun) }
	}
	return l.all
}

// loop is what stands between the pipeline and a loop over All.
type loop[T any] struct {
	ctx     context.Context // of the loop
	ch      chan []T
	begun   atomic.Bool
	started chan struct{} // closed when the loop starts
	left    chan struct{} // closed when it is over
	failure error         // of the program, set before ch is closed
}

// take hands rows to the loop. It blocks until the loop has them.
func (l *loop[T]) take(run context.Context, rows []T) {
	select {
	case <-l.left:
		return
	default:
	}
	rows = slices.Clone(rows)
	select {
	case l.ch <- rows:
		return
	case <-l.left:
		return
	case <-l.ctx.Done():
		return
	case <-run.Done():
	}
	// the run is stopped; only a loop that goes on gets the last rows
	select {
	case <-l.started:
	default:
		return
	}
	select {
	case l.ch <- rows:
	case <-l.left:
	case <-l.ctx.Done():
	}
}

func (l *loop[T]) end(err error) {
	l.failure = err
	close(l.ch)
}

func (l *loop[T]) all(yield func(T, error) bool) {
	if l.begun.Swap(true) {
		fail(yield, ErrTaken)
		return
	}
	close(l.started)
	defer close(l.left)
	for {
		select {
		case rows, ok := <-l.ch:
			if !ok {
				if l.failure != nil {
					fail(yield, l.failure)
				}
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		case <-l.ctx.Done():
			fail(yield, l.ctx.Err())
			return
		}
	}
}

// fail yields an error.
func fail[T any](yield func(T, error) bool, err error) {
	var zero T
	yield(zero, err)
}

// begin ends the registration and reports whether anybody takes the rows.
func (r *Results[T]) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = true
	return len(r.subs) > 0
}

// End tells all loops that the program has ended; generated code calls it.
func (r *Results[T]) End(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = true
	if r.over {
		return
	}
	r.over = true
	for _, s := range r.subs {
		if s.end != nil {
			s.end(err)
		}
	}
}

// Tap gathers the rows of one worker between deliveries.
type Tap[T any] struct {
	results *Results[T]
	rows    []T
}

// NewTap returns the worker's end of results, nil if nobody wants them.
func NewTap[T any](c *Connect, r *Results[T]) *Tap[T] {
	if r == nil || !r.begin() {
		return nil
	}
	t := &Tap[T]{results: r}
	c.taps = append(c.taps, t)
	return t
}

// Add takes a row that owns its memory.
func (t *Tap[T]) Add(row T) { t.rows = append(t.rows, row) }

func (t *Tap[T]) pending() bool { return len(t.rows) > 0 }

func (t *Tap[T]) deliver(ctx context.Context) {
	if len(t.rows) == 0 {
		return
	}
	t.results.turn.Lock()
	defer t.results.turn.Unlock()
	for _, s := range t.results.subs {
		s.take(ctx, t.rows)
	}
	clear(t.rows)
	t.rows = t.rows[:0]
}

// tap is any Tap.
type tap interface {
	pending() bool
	deliver(context.Context)
}
