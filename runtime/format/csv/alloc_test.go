package csv

import (
	"testing"

	"github.com/velocsql/veloc/runtime/format/scan"
)

func TestNoAllocation(t *testing.T) {
	b := pad("ABC,123.45,600,1767225600000,\"a \"\"b\"\"\",aGk=,true,2026-01-01T00:00:00Z\n")
	r := new(Reader)
	r.Init(Options{Columns: []string{"a", "b", "c", "d", "e", "f", "g", "h"}, Quote: '"'})
	out := make([]byte, 0, 256)
	read := func() {
		if _, err := r.Record(b, 0); err != nil {
			t.Fatal(err)
		}
		r.Text(0)
		r.Dec64(1, 12, 2)
		r.Dec128(1, 30, 2)
		r.Float64(1)
		r.Int32(2)
		r.Int64(3)
		r.Text(4)
		r.Bytes(5)
		r.Bool(6)
		r.Timestamp(7)
		if r.Err() != nil {
			t.Fatal(r.Err())
		}
		s, next := Text(b, 0, ',')
		scan.DecP(b, next+1, 12, 2)
		out = AppendText(out[:0], s, ',')
		out = AppendText(out, `a "b"`, ',')
	}
	read()
	if n := testing.AllocsPerRun(100, read); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkTextFields(b *testing.B) {
	var data []byte
	for range 1000 {
		data = append(data, "RAAA,557.33,600,1767225600000,T964174\n"...)
	}
	data = pad(string(data))
	rows := 0
	for b.Loop() {
		rows = 0
		for i := 0; i < len(data); rows++ {
			for range 4 {
				_, next := Text(data, i, ',')
				i = next + 1
			}
			i = Skip(data, i, ',') + 1
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

func BenchmarkRecord(b *testing.B) {
	var data []byte
	for range 1000 {
		data = append(data, "RAAA,557.33,600,1767225600000,T964174\n"...)
	}
	data = pad(string(data))
	r := new(Reader)
	r.Init(Options{Columns: []string{"a", "b", "c", "d", "e"}, Quote: '"'})
	rows := 0
	for b.Loop() {
		rows = 0
		for i := 0; i < len(data); rows++ {
			next, err := r.Record(data, i)
			if err != nil {
				b.Fatal(err)
			}
			r.Text(0)
			r.Dec64(1, 12, 2)
			r.Int64(2)
			r.Int64(3)
			r.Text(4)
			i = next
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}
