package agg

import "math"

// Var is the spread of DOUBLE values, by Welford's recurrence, which does not
// lose digits to a large mean.
type Var struct {
	n    int64 // finite values
	odd  int64 // NaNs and infinities
	mean float64
	m2   float64 // sum of squared distances from the mean
}

// Add adds x.
func (s *Var) Add(x float64) {
	if x-x != 0 {
		s.odd++
		return
	}
	s.n++
	d := x - s.mean
	s.mean += d / float64(s.n)
	s.m2 += d * (x - s.mean)
}

// Remove takes x away.
func (s *Var) Remove(x float64) {
	if x-x != 0 {
		s.odd--
		return
	}
	if s.n <= 1 {
		s.n, s.mean, s.m2 = 0, 0, 0
		return
	}
	s.n--
	d := x - s.mean
	s.mean -= d / float64(s.n)
	if s.m2 -= d * (x - s.mean); s.m2 < 0 || s.n == 1 {
		s.m2 = 0
	}
}

// Merge adds the rows of another state.
func (s *Var) Merge(o *Var) {
	s.odd += o.odd
	if o.n == 0 {
		return
	}
	if s.n == 0 {
		s.n, s.mean, s.m2 = o.n, o.mean, o.m2
		return
	}
	n, d := float64(s.n+o.n), o.mean-s.mean
	s.mean += d * (float64(o.n) / n)
	s.m2 += o.m2 + d*d*(float64(s.n)*float64(o.n)/n)
	s.n += o.n
}

// VarPop returns the variance of all values as a whole population; false if
// there is none.
func (s *Var) VarPop() (float64, bool) { return s.over(0) }

// VarSamp returns the variance of the population of which the values are a
// sample; false if there are fewer than two.
func (s *Var) VarSamp() (float64, bool) { return s.over(1) }

// StddevPop returns the square root of VarPop.
func (s *Var) StddevPop() (float64, bool) {
	v, ok := s.over(0)
	return math.Sqrt(v), ok
}

// StddevSamp returns the square root of VarSamp.
func (s *Var) StddevSamp() (float64, bool) {
	v, ok := s.over(1)
	return math.Sqrt(v), ok
}

func (s *Var) over(less int64) (float64, bool) {
	switch {
	case s.n+s.odd <= less:
		return 0, false
	case s.odd > 0:
		return math.NaN(), true
	}
	return s.m2 / float64(s.n-less), true
}

// VarOrZero is VarSamp as ksqlDB has it: 0 for fewer than two values.
func (s *Var) VarOrZero() float64 {
	x, _ := s.over(1)
	return x
}

// StddevOrZero is StddevSamp as ksqlDB has it: 0 for fewer than two values.
func (s *Var) StddevOrZero() float64 { return math.Sqrt(s.VarOrZero()) }
