package rt

// changer is a worker with results that wait after they have changed. Changed lets
// those come out whose time has come: the runtime calls it after each batch, and
// when time has passed without one.
type changer interface{ Changed(now int64) }

// NextDue is when changes that wait for a time come out next: a multiple of the
// time after they were due, later than now.
func NextDue(due, now, every int64) int64 {
	return due + ((now-due)/every+1)*every
}

// changed lets results of a worker come out that wait.
func (r *run) changed(w *member) {
	if c, ok := w.Worker.(changer); ok {
		c.Changed(r.env.Now())
	}
}
