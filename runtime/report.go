package rt

import "fmt"

// reporter returns the hook that follows a run and a function to call at its end.
func reporter(env *Env, mode progressMode) (func(*Stats), func()) {
	return func(*Stats) {}, func() {}
}

// summary prints what a run did.
func summary(env *Env, s *Stats, micros int64) {
	var out int64
	for i := range s.Sinks {
		out += s.Sinks[i].Rows()
	}
	sec := float64(micros) / 1e6
	fmt.Fprintf(env.Stderr, "%d bytes in, %d rows out, %.3f s\n", s.Bytes.Load(), out, sec)
}
