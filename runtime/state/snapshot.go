package state

import "github.com/velocsql/veloc/runtime/snapshot"

// Snapshot appends the values of the set.
func (s *Set[K]) Snapshot(to []byte, form snapshot.Form[K]) []byte {
	return snapshot.AppendMap(snapshot.AppendVersion(to, 1), s.m, form, func(to []byte, _ struct{}) []byte { return to })
}

// Restore makes s the set that was appended.
func (s *Set[K]) Restore(r *snapshot.Reader, form snapshot.Form[K]) {
	*s = Set[K]{}
	if r.Version(1) == 1 {
		s.m = snapshot.Map(r, form, func(*snapshot.Reader) struct{} { return struct{}{} })
	}
}

// Snapshot appends the rows that may still be asked for, in the order in which
// they lie; the limit and the order of rows are not state.
func (s *Sorted[R]) Snapshot(to []byte, form snapshot.Form[R]) []byte {
	to = snapshot.AppendBool(snapshot.AppendVersion(to, 1), s.full)
	to = snapshot.AppendInt64(to, s.seq)
	to = snapshot.AppendUint64(to, uint64(len(s.rows)))
	for i := range s.rows {
		to = form.Append(snapshot.AppendInt64(to, s.rows[i].seq), s.rows[i].row)
	}
	return to
}

// Restore brings back the rows that were appended; Init has been called.
func (s *Sorted[R]) Restore(r *snapshot.Reader, form snapshot.Form[R]) {
	s.rows, s.seq, s.full = nil, 0, false
	if r.Version(1) != 1 {
		return
	}
	s.full, s.seq = r.Bool(), r.Int64()
	n := r.Count()
	if s.full && n < s.limit {
		r.Fail("%d rows of %d", n, s.limit)
	}
	for range n {
		seq := r.Int64()
		s.rows = append(s.rows, seqRow[R]{form.Read(r), seq})
	}
	if r.Err() != nil {
		s.rows, s.seq, s.full = nil, 0, false
	}
}
