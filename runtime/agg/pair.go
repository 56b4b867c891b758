package agg

import "math"

// Pair is the state of aggregates of two numbers, y and x: how many there are,
// their means, and the sums of squares and products around those, kept by
// Welford's method. As in regressions, y depends on x.
type Pair struct {
	n             int64
	my, mx        float64
	syy, sxx, sxy float64
	oddities      int64 // rows with a number that is not finite
}

// Add adds a row.
func (s *Pair) Add(y, x float64) {
	if (y-y)+(x-x) != 0 { // NaN or infinite: there is no way back from adding it
		s.oddities++
		return
	}
	s.n++
	n := float64(s.n)
	dy, dx := y-s.my, x-s.mx
	s.my += dy / n
	s.mx += dx / n
	s.syy += dy * (y - s.my)
	s.sxx += dx * (x - s.mx)
	s.sxy += dx * (y - s.my)
}

// Remove takes a row out.
func (s *Pair) Remove(y, x float64) {
	if (y-y)+(x-x) != 0 {
		s.oddities--
		return
	}
	odd := s.oddities
	if s.n <= 1 {
		*s = Pair{oddities: odd}
		return
	}
	s.n--
	n := float64(s.n)
	dy, dx := y-s.my, x-s.mx
	s.my -= dy / n
	s.mx -= dx / n
	s.syy = less(s.syy, dy*(y-s.my))
	s.sxx = less(s.sxx, dx*(x-s.mx))
	s.sxy -= dx * (y - s.my)
	if s.sxx == 0 || s.syy == 0 {
		s.sxy = 0
	}
}

// noise is the part of a sum of squares, as a fraction, below which what is left
// after taking a row out is what was rounded.
const noise = 1e-13

// less takes a part of a sum of squares away.
func less(sum, part float64) float64 {
	if left := sum - part; left > sum*noise {
		return left
	}
	return 0
}

// Merge adds the rows of another state.
func (s *Pair) Merge(o *Pair) {
	s.oddities += o.oddities
	if o.n == 0 {
		return
	}
	if s.n == 0 {
		odd := s.oddities
		*s = *o
		s.oddities = odd
		return
	}
	a, b := float64(s.n), float64(o.n)
	n := a + b
	dy, dx := o.my-s.my, o.mx-s.mx
	s.my += dy * b / n
	s.mx += dx * b / n
	s.syy += o.syy + dy*dy*a*b/n
	s.sxx += o.sxx + dx*dx*a*b/n
	s.sxy += o.sxy + dx*dy*a*b/n
	s.n += o.n
}

// of returns a result that needs a number of rows.
func (s *Pair) of(x float64, least int64) (float64, bool) {
	if s.oddities > 0 {
		return math.NaN(), true
	}
	return x, s.n >= least
}

// Count returns the number of rows.
func (s *Pair) Count() int64 { return s.n + s.oddities }

// CovarPop returns the covariance of the whole population; false if there are no
// rows.
func (s *Pair) CovarPop() (float64, bool) { return s.of(s.sxy/float64(s.n), 1) }

// CovarSamp returns the covariance of a sample; false for fewer than two rows.
func (s *Pair) CovarSamp() (float64, bool) { return s.of(s.sxy/float64(s.n-1), 2) }

// Corr returns the coefficient of correlation; false for fewer than two rows, or
// if all have the same x or y.
func (s *Pair) Corr() (float64, bool) {
	if s.oddities == 0 && (s.sxx == 0 || s.syy == 0) {
		return 0, false
	}
	r, ok := s.of(s.sxy/math.Sqrt(s.sxx)/math.Sqrt(s.syy), 2)
	if r > 1 || r < -1 { // rounding
		r = math.Copysign(1, r)
	}
	return r, ok
}

// CorrOrNaN is Corr as ksqlDB has it: NaN where there is none.
func (s *Pair) CorrOrNaN() float64 {
	r, ok := s.Corr()
	if !ok {
		return math.NaN()
	}
	return r
}

// AvgX returns the mean of x.
func (s *Pair) AvgX() (float64, bool) { return s.of(s.mx, 1) }

// AvgY returns the mean of y.
func (s *Pair) AvgY() (float64, bool) { return s.of(s.my, 1) }

// SXX returns the sum of the squares of x around its mean.
func (s *Pair) SXX() (float64, bool) { return s.of(s.sxx, 1) }

// SYY returns the sum of the squares of y around its mean.
func (s *Pair) SYY() (float64, bool) { return s.of(s.syy, 1) }

// SXY returns the sum of the products around the means.
func (s *Pair) SXY() (float64, bool) { return s.of(s.sxy, 1) }

// Slope returns the slope of the line that fits best; false if all x are equal.
func (s *Pair) Slope() (float64, bool) {
	if s.oddities == 0 && s.sxx == 0 {
		return 0, false
	}
	return s.of(s.sxy/s.sxx, 1)
}

// Intercept returns where the line that fits best meets x = 0; false if all x
// are equal.
func (s *Pair) Intercept() (float64, bool) {
	if s.oddities == 0 && s.sxx == 0 {
		return 0, false
	}
	return s.of(s.my-s.mx*s.sxy/s.sxx, 1)
}

// R2 returns the square of the coefficient of correlation: 1 if all y are equal;
// false if all x are.
func (s *Pair) R2() (float64, bool) {
	switch {
	case s.oddities > 0:
	case s.sxx == 0:
		return 0, false
	case s.syy == 0:
		return s.of(1, 1)
	}
	return s.of(s.sxy*s.sxy/(s.sxx*s.syy), 1)
}
