package agg

import (
	"strings"

	"github.com/velocsql/veloc/runtime/state"
)

// CountDistinct is COUNT_DISTINCT of values that Go compares.
type CountDistinct[T comparable] struct{ seen map[T]struct{} }

// Add counts x if it is new.
func (s *CountDistinct[T]) Add(x T) {
	if _, ok := s.seen[x]; !ok {
		s.insert(x)
	}
}

func (s *CountDistinct[T]) insert(x T) {
	if s.seen == nil {
		s.seen = map[T]struct{}{}
	}
	s.seen[x] = struct{}{}
}

// Merge counts what only another state has seen.
func (s *CountDistinct[T]) Merge(o *CountDistinct[T]) {
	for x := range o.seen {
		s.Add(x)
	}
}

// Value returns the number of different values.
func (s *CountDistinct[T]) Value() int64 { return int64(len(s.seen)) }

// CountDistinctFloat is COUNT_DISTINCT of FLOAT or DOUBLE, where NaNs are one
// value and so are the two zeros.
type CountDistinctFloat[T floating] struct{ bits CountDistinct[uint64] }

// Add counts x if it is new.
func (s *CountDistinctFloat[T]) Add(x T) { s.bits.Add(state.FloatKey(float64(x))) }

// Merge counts what only another state has seen.
func (s *CountDistinctFloat[T]) Merge(o *CountDistinctFloat[T]) { s.bits.Merge(&o.bits) }

// Value returns the number of different values.
func (s *CountDistinctFloat[T]) Value() int64 { return s.bits.Value() }

// CountDistinctText is COUNT_DISTINCT of STRING. It copies a text that is new.
type CountDistinctText struct{ texts CountDistinct[string] }

// Add counts x if it is new.
func (s *CountDistinctText) Add(x string) {
	if _, ok := s.texts.seen[x]; !ok {
		s.texts.insert(strings.Clone(x))
	}
}

// Merge counts what only another state has seen.
func (s *CountDistinctText) Merge(o *CountDistinctText) { s.texts.Merge(&o.texts) }

// Value returns the number of different texts.
func (s *CountDistinctText) Value() int64 { return s.texts.Value() }

// CountDistinctBytes is COUNT_DISTINCT of BYTES. It copies bytes that are new.
type CountDistinctBytes struct{ texts CountDistinct[string] }

// Add counts x if it is new.
func (s *CountDistinctBytes) Add(x []byte) {
	if _, ok := s.texts.seen[string(x)]; !ok {
		s.texts.insert(string(x))
	}
}

// Merge counts what only another state has seen.
func (s *CountDistinctBytes) Merge(o *CountDistinctBytes) { s.texts.Merge(&o.texts) }

// Value returns the number of different values.
func (s *CountDistinctBytes) Value() int64 { return s.texts.Value() }
