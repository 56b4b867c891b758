package sketch

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/axiomhq/hyperloglog"

	"github.com/velocsql/veloc/runtime/snapshot"
)

// sparseHead is how many bytes stand before the values of a sparse sketch that
// are not yet in order: version, precision, bias, whether it is sparse, and
// their number.
const sparseHead = 8

// Snapshot appends the sketch.
func (s *Distinct) Snapshot(to []byte) []byte {
	to = snapshot.AppendBool(snapshot.AppendVersion(to, 1), s.sketch != nil)
	if s.sketch == nil {
		return to
	}
	data, _ := s.sketch.AppendBinary(nil) // fails for a sketch without precision only
	if data[3] == 1 {                     // the order of new values depends on chance
		sortWords(data[sparseHead:][:4*binary.BigEndian.Uint32(data[4:])])
	}
	return snapshot.AppendBytes(to, data)
}

// sortWords puts words of four bytes in order.
func sortWords(b []byte) {
	words := make([]uint32, len(b)/4)
	for i := range words {
		words[i] = binary.BigEndian.Uint32(b[4*i:])
	}
	slices.Sort(words)
	for i, w := range words {
		binary.BigEndian.PutUint32(b[4*i:], w)
	}
}

// Restore makes s the sketch that was appended.
func (s *Distinct) Restore(r *snapshot.Reader) {
	*s = Distinct{}
	if r.Version(1) != 1 || !r.Bool() {
		return
	}
	sketch := hyperloglog.New14()
	data := r.View()
	if r.Err() != nil {
		return
	}
	if err := sketch.UnmarshalBinary(data); err != nil {
		r.Fail("%v", err)
		return
	}
	if data[1] != precision {
		r.Fail("a sketch of 2^%d registers", data[1])
		return
	}
	s.sketch = sketch
}

// precision is the binary logarithm of the number of registers.
const precision = 14

// mostCentroids is how many a digest has at most between two rows.
const mostCentroids = 20 * compression

// Snapshot appends the centroids.
func (s *Quantile) Snapshot(to []byte) []byte {
	to = snapshot.AppendBool(snapshot.AppendVersion(to, 1), s.digest != nil)
	if s.digest == nil {
		return to
	}
	to = snapshot.AppendUint64(to, s.chance.x)
	var room []byte
	n := 0
	s.digest.ForEachCentroid(func(mean float64, count uint64) bool {
		room = snapshot.AppendUint64(snapshot.AppendFloat64(room, mean), count)
		n++
		return true
	})
	return append(snapshot.AppendUint64(to, uint64(n)), room...)
}

// Restore makes s the digest that was appended.
func (s *Quantile) Restore(r *snapshot.Reader) {
	*s = Quantile{}
	if r.Version(1) != 1 || !r.Bool() {
		return
	}
	chance := r.Uint64()
	n := r.Count()
	if n > mostCentroids || chance == never {
		r.Fail("%d centroids, choice %d", n, chance)
	}
	s.init()
	s.chance.x = never
	last, rows := math.Inf(-1), uint64(0)
	for range n {
		mean, count := r.Float64(), r.Uint64()
		rows += count
		if mean-mean != 0 || mean < last || count == 0 || count > 1<<53 || rows > 1<<53 {
			r.Fail("%d values around %v", count, mean)
		}
		if r.Err() != nil {
			*s = Quantile{}
			return
		}
		last = mean
		_ = s.digest.AddWeighted(mean, count) // fails for what was refused above
	}
	s.chance.x = chance
}
