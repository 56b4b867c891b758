package rt

import (
	"context"
	"iter"
	"sync"
)

// Results gives the embedding program the rows of a relation. Callbacks and
// iterators are registered before Run.
type Results[T any] struct {
	mu   sync.Mutex
	subs []func(context.Context, []T) error
	ends []func(error)
}

// On calls fn for every row, in order, from the pipeline's goroutine: a slow fn
// slows the pipeline. The row owns its memory.
func (r *Results[T]) On(fn func(T)) {
	r.subscribe(func(_ context.Context, rows []T) error {
		for _, row := range rows {
			fn(row)
		}
		return nil
	}, func(error) {})
}

func (r *Results[T]) subscribe(fn func(context.Context, []T) error, end func(error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.subs = append(r.subs, fn)
	r.ends = append(r.ends, end)
}

// All yields every row until the program or ctx ends. It registers at once;
// the pipeline waits for the loop to take rows. A failure of the program is
// yielded last.
func (r *Results[T]) All(ctx context.Context) iter.Seq2[T, error] {
	ch := make(chan []T)
	left := make(chan struct{}) // the loop was left
	var fail error
	r.subscribe(func(run context.Context, rows []T) error {
		own := append([]T(nil), rows...)
		select {
		case ch <- own:
		case <-left:
		case <-ctx.Done():
		case <-run.Done():
		}
		return nil
	}, func(err error) {
		fail = err
		close(ch)
	})
	return func(yield func(T, error) bool) {
		var once sync.Once
		defer once.Do(func() { close(left) })
		for {
			select {
			case rows, ok := <-ch:
				if !ok {
					if fail != nil {
						var zero T
						yield(zero, fail)
					}
					return
				}
				for _, row := range rows {
					if !yield(row, nil) {
						return
					}
				}
			case <-ctx.Done():
				var zero T
				yield(zero, ctx.Err())
				return
			}
		}
	}
}

// Wanted reports whether anybody takes the rows.
func (r *Results[T]) Wanted() bool { return len(r.subs) > 0 }

// End tells all iterators that the program has ended; generated code calls it.
func (r *Results[T]) End(err error) {
	for _, end := range r.ends {
		end(err)
	}
}

// Tap gathers the rows of one worker between deliveries.
type Tap[T any] struct {
	results *Results[T]
	rows    []T
}

// NewTap returns the worker's end of results, nil if nobody wants them.
func NewTap[T any](c *Connect, r *Results[T]) *Tap[T] {
	if r == nil || !r.Wanted() {
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
	t.results.mu.Lock()
	defer t.results.mu.Unlock()
	for _, sub := range t.results.subs {
		_ = sub(ctx, t.rows)
	}
	clear(t.rows)
	t.rows = t.rows[:0]
}

// tap is any Tap.
type tap interface {
	pending() bool
	deliver(context.Context)
}
