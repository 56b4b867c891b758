package snapshot

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestIntegersComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 10_000 {
		hi, lo := int64(r.Uint64())>>r.IntN(64), r.Uint64()>>r.IntN(64)
		if r.IntN(3) == 0 {
			hi = int64(lo) >> 63
		}
		data := AppendInt64(AppendUint64(AppendInt128(nil, hi, lo), lo), hi)
		in := NewReader(data)
		h, l := in.Int128()
		u, i := in.Uint64(), in.Int64()
		if h != hi || l != lo || u != lo || i != hi || in.Err() != nil || len(in.Rest()) != 0 {
			t.Fatalf("%d %d came back as %d %d, %d, %d: %v", hi, lo, h, l, u, i, in.Err())
		}
		for n := range data {
			short := NewReader(data[:n])
			short.Int128()
			short.Uint64()
			short.Int64()
			if short.Err() == nil {
				t.Fatalf("%d of %d bytes are read without a complaint", n, len(data))
			}
		}
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want int
	}{
		{AppendInt128(nil, 0, 0), 1},
		{AppendInt128(nil, -1, math.MaxUint64), 1},
		{AppendInt128(nil, 0, 63), 1},
		{AppendInt128(nil, 0, 64), 2},
		{AppendInt128(nil, math.MinInt64, 0), 19},
		{AppendInt64(nil, -1), 1},
		{AppendText(nil, "abc"), 4},
		{AppendBool(nil, true), 1},
	} {
		if len(c.data) != c.want {
			t.Errorf("% x has %d bytes, want %d", c.data, len(c.data), c.want)
		}
	}
}

func TestMapsAreInOrder(t *testing.T) {
	m := map[string]int64{}
	for i := range 300 {
		m[string(rune('a'+i%26))+string(rune('a'+i/26))] = int64(i)
	}
	first := string(AppendMap(nil, m, Text(), AppendInt64))
	for range 20 {
		if string(AppendMap(nil, m, Text(), AppendInt64)) != first {
			t.Fatal("the bytes of a map depend on chance")
		}
	}
	in := NewReader([]byte(first))
	back := Map(in, Text(), (*Reader).Int64)
	if len(back) != len(m) || in.Err() != nil || back["bc"] != m["bc"] {
		t.Fatalf("%d entries, %v", len(back), in.Err())
	}
	if in = NewReader(append(append([]byte{2}, AppendInt64(AppendText(nil, "a"), 1)...), AppendInt64(AppendText(nil, "a"), 2)...)); Map(in, Text(), (*Reader).Int64) != nil || in.Err() == nil {
		t.Error("a key that is there twice is taken")
	}
}

func TestMistakes(t *testing.T) {
	for name, read := range map[string]func(r *Reader){
		"version":    func(r *Reader) { r.Version(1) },
		"bool":       func(r *Reader) { r.Bool() },
		"count":      func(r *Reader) { r.Count() },
		"text":       func(r *Reader) { r.Text() },
		"float":      func(r *Reader) { r.Float64() },
		"list":       func(r *Reader) { List(r, Int64()) },
		"16 bits":    func(r *Reader) { r.Uint16() },
		"32 bits":    func(r *Reader) { r.Int32() },
		"float32":    func(r *Reader) { Float32().Read(r) },
		"a big one":  func(r *Reader) { r.Int128() },
		"signed one": func(r *Reader) { r.Int64() },
	} {
		r := NewReader([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1}) // 2^42 - 1
		if name == "a big one" || name == "signed one" {
			r = NewReader([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0})
		}
		if read(r); r.Err() == nil {
			t.Errorf("%s: no complaint", name)
		}
		if read(r); len(r.Rest()) != 0 {
			t.Errorf("%s: goes on after a mistake", name)
		}
	}
}
