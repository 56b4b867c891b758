package rt_test

import (
	"context"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/rttest"
)

// endless delivers one batch and then waits until it is stopped.
type endless struct {
	rttest.Source
	stop func()
	read bool
}

func (e *endless) Read(ctx context.Context, b *rt.Batch) error {
	if !e.read {
		e.read = true
		return e.Source.Read(ctx, b)
	}
	e.stop()
	<-ctx.Done()
	return ctx.Err()
}

// shows is a sink that wants groups which are not complete.
type shows struct{ rttest.Sink }

func (*shows) Partial() bool { return true }

// TestStops: what waits for the end of input comes out when the input is drained,
// and on a sink that shows partial groups after Ctrl-C; else it does not.
func TestStops(t *testing.T) {
	for _, c := range []struct {
		name    string
		cause   error
		drain   bool
		partial bool
		want    string
	}{
		{"stop", context.Canceled, false, false, "A\n"},
		{"stop of a terminal", context.Canceled, false, true, "A\n"},
		{"interrupt", rt.ErrInterrupt, false, false, "A\n"},
		{"interrupt of a terminal", rt.ErrInterrupt, false, true, "A\n1 rows\n"},
		{"drain", rt.ErrInterrupt, true, false, "A\n1 rows\n"},
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		src := &endless{Source: rttest.Source{Parts: [][]string{{"a\n"}}}, stop: func() { cancel(c.cause) }}
		terminal := &shows{}
		sink, k := &terminal.Sink, rt.Sink(terminal)
		if !c.partial {
			k = sink
		}
		if _, err := rt.Run(ctx, program(src, k), rt.Options{Env: rttest.Env(), Workers: 1, Drain: c.drain}); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if sink.Text != c.want || !sink.Committed {
			t.Errorf("%s: the sink has %q, want %q", c.name, sink.Text, c.want)
		}
	}
}
