package scan

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// lines returns n values, each on a line.
func lines(n int, value func(r *rand.Rand) string) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b []byte
	for range n {
		b = append(append(b, value(r)...), '\n')
	}
	return pad(string(b))
}

var total int64

func each(b *testing.B, data []byte, read func(b []byte, i int) (int64, int)) {
	rows := 0
	for b.Loop() {
		rows = 0
		for i := 0; i < len(data); rows++ {
			v, next := read(data, i)
			if next < 0 || data[next] != '\n' {
				b.Fatalf("rejects %q", data[i:i+20])
			}
			total += v
			i = next + 1
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/value")
}

func price(r *rand.Rand) string { return strconv.FormatFloat(1+r.Float64()*999, 'f', 2, 64) }

func temperature(r *rand.Rand) string { return strconv.FormatFloat(r.Float64()*120-40, 'f', 1, 64) }

func BenchmarkDec(b *testing.B) {
	b.Run("price", func(b *testing.B) {
		each(b, lines(10000, price), func(b []byte, i int) (int64, int) { return DecP(b, i, 12, 2) })
	})
	b.Run("amount", func(b *testing.B) {
		data := lines(10000, func(r *rand.Rand) string { return strconv.FormatFloat(10_000+r.Float64()*80_000, 'f', 2, 64) })
		each(b, data, func(b []byte, i int) (int64, int) { return DecP(b, i, 12, 2) })
	})
	b.Run("temperature", func(b *testing.B) {
		each(b, lines(10000, temperature), func(b []byte, i int) (int64, int) { return DecP(b, i, 3, 1) })
	})
}

func BenchmarkInt(b *testing.B) {
	for _, digits := range []int{3, 7, 13} {
		data := lines(10000, func(r *rand.Rand) string { return strconv.FormatUint(pow10[digits-1]*9-r.Uint64N(pow10[digits-1]), 10) })
		b.Run(strconv.Itoa(digits), func(b *testing.B) {
			each(b, data, func(b []byte, i int) (int64, int) { return Int(b, i) })
		})
	}
}

func BenchmarkFloat(b *testing.B) {
	data := lines(10000, price)
	each(b, data, func(b []byte, i int) (int64, int) { v, n := Float(b, i); return int64(v), n })
}

func BenchmarkTimestamp(b *testing.B) {
	data := lines(10000, func(r *rand.Rand) string {
		return "2026-01-01T00:0" + strconv.Itoa(r.IntN(10)/9) + ":" + strconv.Itoa(10+r.IntN(50)) + "." + strconv.Itoa(100+r.IntN(900)) + "Z"
	})
	var m TimeMemo
	each(b, data, func(b []byte, i int) (int64, int) { return Timestamp(b, i, &m) })
}

func BenchmarkAppendInt(b *testing.B) {
	buf := make([]byte, 0, 64)
	for b.Loop() {
		buf = AppendInt(buf[:0], 1234567)
		buf = AppendInt(buf[:0], 1767225600123)
	}
}

func BenchmarkAppendIntStandard(b *testing.B) {
	buf := make([]byte, 0, 64)
	for b.Loop() {
		buf = strconv.AppendInt(buf[:0], 1234567, 10)
		buf = strconv.AppendInt(buf[:0], 1767225600123, 10)
	}
}
