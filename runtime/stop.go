package rt

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// ErrInterrupt as the cause of a done context is a stop by Ctrl-C: groups that are
// open are shown where that is asked for.
var ErrInterrupt = errors.New("interrupted")

// untilSignal returns a context that is done when the process is asked to stop.
func untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			if s == os.Interrupt {
				cancel(ErrInterrupt)
			}
			cancel(context.Canceled)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// PartialSink is a sink that can show groups which are not complete, because the
// program was stopped. It says so to whom it shows them.
type PartialSink interface {
	// Partial prepares for their rows; false: it does not want them.
	Partial() bool
}

// partial lets the groups that are open go to the sinks that show them, and to no
// other.
func (r *run) partial() {
	wanted := false
	for _, p := range r.ports {
		s, ok := p.sink.(PartialSink)
		p.mute = !ok || !s.Partial()
		wanted = wanted || !p.mute
	}
	if wanted {
		r.finish()
	}
}
