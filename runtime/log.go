package rt

// Logger is told of what happens in a run; a *slog.Logger is one. args are names
// and values in turn.
type Logger interface {
	Info(msg string, args ...any)
	Warn(msg string, args ...any)
	Error(msg string, args ...any)
}

// logFirst tells the logger of a record that does not go the usual way.
func (j *Rejection) logFirst(log Logger, to *letters) {
	if log == nil {
		return
	}
	args := []any{"statement", j.Statement, "sql", j.SQL, "source", j.Source, "file", j.File, "offset", j.Offset, "reason", j.Reason}
	if to.mode == "dead_letter" || j.Late != nil {
		args = append(args, "dead_letter", to.path)
	}
	log.Warn("record rejected, others will only be counted", args...)
}

// logEnd tells the logger how a run ended.
func (s *Stats) logEnd(log Logger, program string, err error) {
	if log == nil {
		return
	}
	args := []any{"program", program, "rows", s.RowsIn.Load(), "rejected", s.Rejected(), "late", s.Late()}
	if err != nil {
		log.Error("program ended", append(args, "error", err)...)
		return
	}
	log.Info("program ended", args...)
}
