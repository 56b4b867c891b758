package agg

import "github.com/velocsql/veloc/runtime/fault"

// SumInt32 is the sum of INT as INT, which is what SUM is in ksqlDB. 64 bits hold
// the sum of any number of rows that there can be.
type SumInt32 struct{ sum int64 }

// Add adds x.
func (s *SumInt32) Add(x int32) { s.sum += int64(x) }

// Remove takes x away.
func (s *SumInt32) Remove(x int32) { s.sum -= int64(x) }

// Merge adds another sum.
func (s *SumInt32) Merge(o *SumInt32) { s.sum += o.sum }

// Value returns the sum, and fails if it does not fit INT.
func (s *SumInt32) Value(f *fault.Fault) int32 {
	if s.sum != int64(int32(s.sum)) {
		f.Set("INT overflow in SUM")
		return 0
	}
	return int32(s.sum)
}
