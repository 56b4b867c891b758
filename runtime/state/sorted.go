package state

import "sort"

// Sorted collects rows to give them back in order. With a limit it keeps no
// more than twice as many rows as will be asked for.
type Sorted[R any] struct {
	rows  []seqRow[R]
	less  func(a, b *R) bool
	limit int
	seq   int64
	// full: rows[:limit] are in order and only better rows are of interest.
	full bool
}

type seqRow[R any] struct {
	row R
	seq int64 // arrival, so that equal rows keep their order
}

// Init sets the order and the number of rows wanted (-1: all).
func (s *Sorted[R]) Init(limit int, less func(a, b *R) bool) {
	s.limit, s.less = limit, less
}

// Wants reports whether a row can still be among the first; it spares the
// caller copying one that cannot.
func (s *Sorted[R]) Wants(r *R) bool {
	return !s.full || s.limit > 0 && s.less(r, &s.rows[s.limit-1].row)
}

// Add takes a row that owns its memory.
func (s *Sorted[R]) Add(r R) {
	s.rows = append(s.rows, seqRow[R]{r, s.seq})
	s.seq++
	if s.limit >= 0 && len(s.rows) >= max(2*s.limit, 1024) {
		s.order()
		clear(s.rows[s.limit:])
		s.rows = s.rows[:s.limit]
		s.full = true
	}
}

func (s *Sorted[R]) order() {
	sort.Slice(s.rows, func(i, j int) bool {
		a, b := &s.rows[i], &s.rows[j]
		if s.less(&a.row, &b.row) {
			return true
		}
		if s.less(&b.row, &a.row) {
			return false
		}
		return a.seq < b.seq
	})
}

// Merge takes over the rows of another worker.
func (s *Sorted[R]) Merge(o *Sorted[R]) {
	for i := range o.rows {
		s.Add(o.rows[i].row)
	}
	o.rows = nil
}

// Rows calls fn for each row in order, up to the limit, and begins anew.
func (s *Sorted[R]) Rows(fn func(*R)) {
	s.order()
	if s.limit >= 0 && len(s.rows) > s.limit {
		s.rows = s.rows[:s.limit]
	}
	for i := range s.rows {
		fn(&s.rows[i].row)
	}
	clear(s.rows)
	s.rows, s.full = s.rows[:0], false
}
