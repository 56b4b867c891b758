package sketch

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/velocsql/veloc/runtime/snapshot"
)

// TestSnapshotsGoOn keeps sketches of many rows, in all their shapes: those that
// come back go on to the same bytes and results.
func TestSnapshotsGoOn(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	var d Distinct
	var q Quantile
	for i := range 60_000 {
		x := r.Int64N(40_000)
		d.AddInt(x)
		q.Add(r.NormFloat64() * 100)
		if i%7_000 != 300 {
			continue
		}
		var d2 Distinct
		var q2 Quantile
		in := snapshot.NewReader(q.Snapshot(d.Snapshot(nil)))
		d2.Restore(in)
		q2.Restore(in)
		if in.Err() != nil || len(in.Rest()) != 0 {
			t.Fatalf("after %d rows: %v", i, in.Err())
		}
		for range 3_000 {
			x, y := r.Int64N(40_000), r.NormFloat64()
			d.AddInt(x)
			d2.AddInt(x)
			q.Add(y)
			q2.Add(y)
		}
		if !bytes.Equal(d.Snapshot(nil), d2.Snapshot(nil)) || d.Value() != d2.Value() {
			t.Fatalf("after %d rows: %d values, and %d in what came back", i, d.Value(), d2.Value())
		}
		a, _ := q.Value(0.9, false)
		b, _ := q2.Value(0.9, false)
		if !bytes.Equal(q.Snapshot(nil), q2.Snapshot(nil)) || a != b {
			t.Fatalf("after %d rows: %v, and %v of what came back", i, a, b)
		}
	}
}

func TestOtherSketchesAreRefused(t *testing.T) {
	var d Distinct
	d.AddInt(1)
	data := d.Snapshot(nil)
	for i := range data {
		data[i] ^= 0x55
		var back Distinct
		in := snapshot.NewReader(data)
		back.Restore(in)
		if in.Err() == nil && len(in.Rest()) == 0 {
			back.AddInt(2)
			back.Merge(&d)
			back.Value()
		}
		data[i] ^= 0x55
	}
}
