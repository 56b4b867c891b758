package state

// Set remembers values.
type Set[K comparable] struct{ m map[K]struct{} }

// Has reports whether the set holds k.
func (s *Set[K]) Has(k K) bool {
	_, ok := s.m[k]
	return ok
}

// Insert adds k, which must own its memory.
func (s *Set[K]) Insert(k K) {
	if s.m == nil {
		s.m = make(map[K]struct{})
	}
	s.m[k] = struct{}{}
}

// Len returns the number of values.
func (s *Set[K]) Len() int { return len(s.m) }

// All calls fn for every value, in no order.
func (s *Set[K]) All(fn func(K)) {
	for k := range s.m {
		fn(k)
	}
}
