package agg

import (
	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/snapshot"
)

// The forms of states; see package snapshot. Each has version 1. The table of
// functions tells the version of each, and whoever changes a form counts it up
// and goes on reading the older ones.

// begin appends the version of a state.
func begin(to []byte) []byte { return snapshot.AppendVersion(to, 1) }

// begun reads the version of a state and reports whether one follows.
func begun(r *snapshot.Reader) bool { return r.Version(1) == 1 }

// Snapshot appends the sum.
func (s *SumInt) Snapshot(to []byte) []byte { return s.sum.Snapshot(to) }

// Restore makes s the sum that was appended.
func (s *SumInt) Restore(r *snapshot.Reader) { s.sum.Restore(r) }

// Snapshot appends the sum.
func (s *SumInt32) Snapshot(to []byte) []byte { return snapshot.AppendInt64(begin(to), s.sum) }

// Restore makes s the sum that was appended.
func (s *SumInt32) Restore(r *snapshot.Reader) {
	*s = SumInt32{}
	if begun(r) {
		s.sum = r.Int64()
	}
}

// Snapshot appends the sum.
func (s *SumFloat) Snapshot(to []byte) []byte {
	to = snapshot.AppendFloat64(snapshot.AppendFloat64(begin(to), s.sum), s.rest)
	to = snapshot.AppendUint64(to, uint64(s.odd.nan))
	return snapshot.AppendUint64(snapshot.AppendUint64(to, uint64(s.odd.above)), uint64(s.odd.below))
}

// Restore makes s the sum that was appended.
func (s *SumFloat) Restore(r *snapshot.Reader) {
	*s = SumFloat{}
	if begun(r) {
		s.sum, s.rest = r.Float64(), r.Float64()
		s.odd = oddCounts{r.Uint16(), r.Uint16(), r.Uint16()}
	}
}

// appendCounted appends a sum, which has a version, and the number of rows.
func appendCounted(to []byte, sum interface{ Snapshot([]byte) []byte }, n int64) []byte {
	return snapshot.AppendInt64(sum.Snapshot(to), n)
}

// Snapshot appends sum and count.
func (s *AvgInt) Snapshot(to []byte) []byte { return appendCounted(to, &s.sum, s.n) }

// Restore makes s what was appended.
func (s *AvgInt) Restore(r *snapshot.Reader) {
	s.sum.Restore(r)
	s.n = r.Int64()
}

// Snapshot appends sum and count.
func (s *AvgDec64) Snapshot(to []byte) []byte { return appendCounted(to, &s.sum, s.n) }

// Restore makes s what was appended.
func (s *AvgDec64) Restore(r *snapshot.Reader) {
	s.sum.Restore(r)
	s.n = r.Int64()
}

// Snapshot appends sum and count.
func (s *AvgDec) Snapshot(to []byte) []byte { return appendCounted(to, &s.sum, s.n) }

// Restore makes s what was appended.
func (s *AvgDec) Restore(r *snapshot.Reader) {
	s.sum.Restore(r)
	s.n = r.Int64()
}

// Snapshot appends sum and count.
func (s *AvgFloat) Snapshot(to []byte) []byte { return appendCounted(to, &s.sum, s.n) }

// Restore makes s what was appended.
func (s *AvgFloat) Restore(r *snapshot.Reader) {
	s.sum.Restore(r)
	s.n = r.Int64()
}

// Snapshot appends what the spread is computed from.
func (s *Var) Snapshot(to []byte) []byte {
	to = snapshot.AppendInt64(snapshot.AppendInt64(begin(to), s.n), s.odd)
	return snapshot.AppendFloat64(snapshot.AppendFloat64(to, s.mean), s.m2)
}

// Restore makes s what was appended.
func (s *Var) Restore(r *snapshot.Reader) {
	*s = Var{}
	if begun(r) {
		*s = Var{n: r.Int64(), odd: r.Int64(), mean: r.Float64(), m2: r.Float64()}
	}
}

// Snapshot appends counts, means and sums.
func (s *Pair) Snapshot(to []byte) []byte {
	to = snapshot.AppendInt64(snapshot.AppendInt64(begin(to), s.n), s.oddities)
	for _, x := range [...]float64{s.my, s.mx, s.syy, s.sxx, s.sxy} {
		to = snapshot.AppendFloat64(to, x)
	}
	return to
}

// Restore makes s what was appended.
func (s *Pair) Restore(r *snapshot.Reader) {
	*s = Pair{}
	if begun(r) {
		s.n, s.oddities = r.Int64(), r.Int64()
		for _, x := range [...]*float64{&s.my, &s.mx, &s.syy, &s.sxx, &s.sxy} {
			*x = r.Float64()
		}
	}
}

// appendSome appends a value, or that there is none.
func appendSome[T any](to []byte, some bool, x T, form snapshot.Form[T]) []byte {
	to = snapshot.AppendBool(begin(to), some)
	if some {
		to = form.Append(to, x)
	}
	return to
}

// some reads what appendSome wrote.
func some[T any](r *snapshot.Reader, form snapshot.Form[T]) (x T, ok bool) {
	if begun(r) && r.Bool() {
		return form.Read(r), true
	}
	return x, false
}

// Snapshot appends the smallest value.
func (s *Min[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *Min[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the largest value.
func (s *Max[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *Max[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the smallest value.
func (s *MinFloat[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *MinFloat[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the largest value.
func (s *MaxFloat[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *MaxFloat[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the smallest text.
func (s *MinText) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Text()) }

// Restore makes s what was appended.
func (s *MinText) Restore(r *snapshot.Reader) { s.x, s.some = some(r, snapshot.Text()) }

// Snapshot appends the largest text.
func (s *MaxText) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Text()) }

// Restore makes s what was appended.
func (s *MaxText) Restore(r *snapshot.Reader) { s.x, s.some = some(r, snapshot.Text()) }

// Snapshot appends the different values.
func (s *CountDistinct[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return snapshot.AppendMap(begin(to), s.seen, form, func(to []byte, _ struct{}) []byte { return to })
}

// Restore makes s what was appended.
func (s *CountDistinct[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*s = CountDistinct[T]{}
	if begun(r) {
		s.seen = snapshot.Map(r, form, func(*snapshot.Reader) struct{} { return struct{}{} })
	}
}

// Snapshot appends the different values; of the form of numbers it has no need.
func (s *CountDistinctFloat[T]) Snapshot(to []byte, _ snapshot.Form[T]) []byte {
	return s.bits.Snapshot(to, snapshot.Uint64())
}

// Restore makes s what was appended.
func (s *CountDistinctFloat[T]) Restore(r *snapshot.Reader, _ snapshot.Form[T]) {
	s.bits.Restore(r, snapshot.Uint64())
}

// Snapshot appends the different texts.
func (s *CountDistinctText) Snapshot(to []byte) []byte { return s.texts.Snapshot(to, snapshot.Text()) }

// Restore makes s what was appended.
func (s *CountDistinctText) Restore(r *snapshot.Reader) { s.texts.Restore(r, snapshot.Text()) }

// Snapshot appends the different values.
func (s *CountDistinctBytes) Snapshot(to []byte) []byte { return s.texts.Snapshot(to, snapshot.Text()) }

// Restore makes s what was appended.
func (s *CountDistinctBytes) Restore(r *snapshot.Reader) { s.texts.Restore(r, snapshot.Text()) }

func (c *tally[K]) snapshot(to []byte, form snapshot.Form[K]) []byte {
	return snapshot.AppendMap(begin(to), c.n, form, snapshot.AppendInt64)
}

func (c *tally[K]) restore(r *snapshot.Reader, form snapshot.Form[K]) {
	c.n = nil
	if begun(r) {
		c.n = snapshot.Map(r, form, (*snapshot.Reader).Int64)
	}
}

// Snapshot appends how often each value came.
func (s *Mode[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte { return s.snapshot(to, form) }

// Restore makes s what was appended.
func (s *Mode[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.restore(r, form) }

// Snapshot appends how often each value came.
func (s *ModeFloat) Snapshot(to []byte) []byte { return s.snapshot(to, snapshot.Uint64()) }

// Restore makes s what was appended.
func (s *ModeFloat) Restore(r *snapshot.Reader) { s.restore(r, snapshot.Uint64()) }

// Snapshot appends how often each value came.
func (s *ModeDec) Snapshot(to []byte) []byte { return s.snapshot(to, decimal.Form()) }

// Restore makes s what was appended.
func (s *ModeDec) Restore(r *snapshot.Reader) { s.restore(r, decimal.Form()) }

// Snapshot appends both counts.
func (s *ModeBool) Snapshot(to []byte) []byte {
	return snapshot.AppendInt64(snapshot.AppendInt64(begin(to), s.no), s.yes)
}

// Restore makes s what was appended.
func (s *ModeBool) Restore(r *snapshot.Reader) {
	*s = ModeBool{}
	if begun(r) {
		s.no, s.yes = r.Int64(), r.Int64()
	}
}

// Snapshot appends how often each text came.
func (s *Histogram) Snapshot(to []byte) []byte {
	return snapshot.AppendMap(begin(to), s.counts, snapshot.Text(), func(to []byte, n *int64) []byte { return snapshot.AppendInt64(to, *n) })
}

// Restore makes s what was appended.
func (s *Histogram) Restore(r *snapshot.Reader) {
	*s = Histogram{}
	if begun(r) {
		s.counts = snapshot.Map(r, snapshot.Text(), func(r *snapshot.Reader) *int64 {
			n := r.Int64()
			return &n
		})
	}
}
