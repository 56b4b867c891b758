package state

// Counts remembers values and how often each is there, for DISTINCT over rows that
// can be taken back.
type Counts[K comparable] struct{ m map[K]count }

// count is how often a value is there, and the number of the row that brought it.
type count struct{ n, at int64 }

// Add adds k, which owns its memory, and reports whether it is new.
func (s *Counts[K]) Add(k K, at int64) bool {
	c := s.m[k]
	if c.n == 0 {
		c.at = at
		if s.m == nil {
			s.m = make(map[K]count)
		}
	}
	c.n++
	s.m[k] = c
	return c.n == 1
}

// Remove takes k out, and reports the number of the row that had brought it, and
// whether it is gone.
func (s *Counts[K]) Remove(k K) (at int64, gone bool) {
	c := s.m[k]
	if c.n--; c.n > 0 {
		s.m[k] = c
		return c.at, false
	}
	delete(s.m, k)
	return c.at, true
}
