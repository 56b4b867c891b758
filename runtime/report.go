package rt

import (
	"fmt"
	"os"
	"time"

	"github.com/velocsql/veloc/runtime/progress"
)

// tick is how often progress is looked at, in real time.
const tick = 100 * time.Millisecond

// reporter returns the hook that follows a run with a line of progress on
// standard error, and a function to call at its end.
func reporter(env *Env, mode progressMode) (follow func(*Stats), end func()) {
	terminal, width := false, 0
	if f, ok := env.Stderr.(*os.File); ok {
		terminal, width = isTerminal(f)
	}
	if mode == progressOff || mode == progressAuto && !terminal {
		return nil, func() {}
	}
	quit, done := make(chan struct{}), make(chan struct{})
	started := false
	follow = func(s *Stats) {
		started = true
		rep := progress.New(progress.Options{
			Out: env.Stderr, Terminal: terminal, Width: width, Now: env.Now,
			Snapshot: func() progress.Snapshot {
				return progress.Snapshot{Rows: s.RowsIn.Load(), Bytes: s.Bytes.Load(), Total: s.Total}
			},
		})
		go func() {
			defer close(done)
			t := time.NewTicker(tick)
			defer t.Stop()
			for {
				select {
				case <-t.C:
					rep.Tick()
				case <-quit:
					rep.Clear()
					return
				}
			}
		}()
	}
	return follow, func() {
		close(quit)
		if started {
			<-done
		}
	}
}

// dropped tells of late rows that are nowhere to be found, which no run hides.
func dropped(env *Env, program string, s *Stats) {
	for _, l := range s.late {
		if l.fate == LateDropped && l.Count() > 0 {
			fmt.Fprintf(env.Stderr, "%s: %s\n", program, l)
		}
	}
}

// summary prints what a run did.
func summary(env *Env, s *Stats, micros int64) {
	var out int64
	for i := range s.Sinks {
		out += s.Sinks[i].Rows()
	}
	fmt.Fprintln(env.Stderr, progress.Summary{RowsIn: s.RowsIn.Load(), RowsOut: out, Bytes: s.Bytes.Load(), Micros: micros})
	for _, l := range s.times(env.Now()) {
		fmt.Fprintln(env.Stderr, l)
	}
	for _, l := range s.late {
		if l.Count() > 0 {
			fmt.Fprintln(env.Stderr, l)
		}
	}
}
