// Package sketch holds the states of approximate aggregates, which take little
// memory however many rows there are. It is apart from package agg so that only
// programs that ask for an approximation link the libraries that compute it.
package sketch

import (
	"math"

	"github.com/axiomhq/hyperloglog"
	"github.com/caio/go-tdigest/v4"
	"github.com/cespare/xxhash/v2"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/state"
)

// Distinct is APPROX_COUNT_DISTINCT: a HyperLogLog sketch of 2^14 registers,
// which is off by 0.8 % on average. It grows to 16 KiB.
type Distinct struct{ sketch *hyperloglog.Sketch }

func (s *Distinct) add(hash uint64) {
	if s.sketch == nil {
		s.sketch = hyperloglog.New14()
	}
	s.sketch.InsertHash(hash)
}

// spread makes a hash of a number: all its bits depend on all of those.
func spread(x uint64) uint64 { // the finalizer of splitmix64
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// AddText adds a text.
func (s *Distinct) AddText(x string) { s.add(xxhash.Sum64String(x)) }

// AddBytes adds bytes.
func (s *Distinct) AddBytes(x []byte) { s.add(xxhash.Sum64(x)) }

// AddInt adds an integer, a time or a timestamp.
func (s *Distinct) AddInt(x int64) { s.add(spread(uint64(x))) }

// AddDate adds a date.
func (s *Distinct) AddDate(x int32) { s.add(spread(uint64(x))) }

// AddDec adds a decimal of more than 18 digits.
func (s *Distinct) AddDec(x decimal.Int128) { s.add(spread(spread(uint64(x.Hi)) ^ x.Lo)) }

// AddFloat adds a floating point number.
func (s *Distinct) AddFloat(x float64) { s.add(spread(state.FloatKey(x))) }

// Merge adds the values of another state.
func (s *Distinct) Merge(o *Distinct) {
	if o.sketch == nil {
		return
	}
	if s.sketch == nil {
		s.sketch = o.sketch.Clone()
		return
	}
	_ = s.sketch.Merge(o.sketch) // fails for another precision only
}

// Value returns about how many different values there are.
func (s *Distinct) Value() int64 {
	if s.sketch == nil {
		return 0
	}
	return int64(s.sketch.Estimate())
}

// compression bounds the centroids of a digest: about five times as many.
const compression = 100

// Quantile is APPROX_PERCENTILE: a t-digest, whose ranks are off by less than a
// percent, and by much less near the ends. NaN and infinities are left out.
type Quantile struct {
	digest *tdigest.TDigest
	chance chance
}

// chance makes the choices of a digest, always the same for the same rows.
type chance struct{ x uint64 }

func (c *chance) next() uint64 {
	c.x++
	return spread(c.x)
}

// never is the state in which no choice is made: no centroid takes in another
// while a digest is put together again.
const never = math.MaxUint64

// Float32 returns a number from 0 to 1.
func (c *chance) Float32() float32 {
	if c.x == never {
		return 1
	}
	return float32(c.next()>>40) / (1 << 24)
}

// Intn returns a number from 0 to n-1.
func (c *chance) Intn(n int) int { return int(c.next() % uint64(n)) }

// Add adds x.
func (s *Quantile) Add(x float64) {
	if x-x != 0 {
		return
	}
	s.init()
	_ = s.digest.Add(x) // fails for NaN and infinities only
}

func (s *Quantile) init() {
	if s.digest == nil {
		s.digest, _ = tdigest.New(tdigest.Compression(compression), tdigest.RandomNumberGenerator(&s.chance)) // fails for other options
	}
}

// Merge adds the values of another state.
func (s *Quantile) Merge(o *Quantile) {
	if o.digest == nil {
		return
	}
	s.init()
	_ = s.digest.Merge(o.digest)
}

// Value returns about the value at a fraction of the order, or of the reverse
// order; false if there is none.
func (s *Quantile) Value(fraction float64, down bool) (float64, bool) {
	if s.digest == nil {
		return 0, false
	}
	if down {
		fraction = 1 - fraction
	}
	x := s.digest.Quantile(fraction)
	return x, !math.IsNaN(x)
}
