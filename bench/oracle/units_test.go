package oracle

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler/types"
)

func TestExactResult(t *testing.T) {
	quo, rem := (*big.Int).Quo, (*big.Int).Rem
	for _, c := range []struct {
		op               func(z, a, b *big.Int) *big.Int
		a, b, want       string
		precision, scale int
	}{
		{nil, "1", "3", "0.333333", 10, 6},
		{nil, "-2", "3", "-0.67", 10, 2},
		{nil, "0.5", "1", "1", 10, 0},
		{nil, "-0.5", "1", "-1", 10, 0},
		{nil, "1", "0.00", "", 10, 2},
		{quo, "-7.5", "2", "-3", 10, 0},
		{rem, "-7.5", "2", "-1.5", 10, 1},
	} {
		if got, err := exactResult(c.op, c.a, c.b, c.precision, c.scale); err != nil || got != c.want {
			t.Errorf("%s, %s: got %q (%v), want %q", c.a, c.b, got, err, c.want)
		}
	}
	if _, err := exactResult(nil, "1000", "1", 3, 0); err == nil {
		t.Error("four digits fit three")
	}
}

func TestReadCSV(t *testing.T) {
	cols := []column{{"a", types.Of(types.String)}, {"b", types.Of(types.Double)}}
	rows, err := readCSV([]byte("a,b\n\"\",1\n,-0\n\"x\n\"\"y\",NaN\n"), cols)
	want := []row{{"", "1"}, {null, "0"}, {"x\n\"y", "NaN"}}
	if err != nil || !slices.EqualFunc(rows, want, func(a, b row) bool { return slices.Equal(a, b) }) {
		t.Errorf("got %q (%v), want %q", rows, err, want)
	}
}

func TestSameRows(t *testing.T) {
	r := result{name: "o", cols: []column{{"a", types.Of(types.Double)}}}
	if err := sameRows([]row{{"1"}, {"2"}}, []row{{"2.0000000001"}, {"1"}}, r); err != nil {
		t.Error(err)
	}
	for _, got := range [][]row{{{"1"}}, {{"1"}, {"1"}, {"2"}}, {{"1"}, {null}}} {
		if sameRows(got, []row{{"1"}, {"2"}}, r) == nil {
			t.Errorf("%q passes", got)
		}
	}
}

// TestGenerateIsReproducible: a seed is all that is needed to see a failure again.
func TestGenerateIsReproducible(t *testing.T) {
	for seed := range uint64(50) {
		a, b := generate(seed, true).render().String(), generate(seed, true).render().String()
		if a != b {
			t.Fatalf("seed %d gives two programs", seed)
		}
	}
}

func TestDifferences(t *testing.T) {
	for _, d := range Differences {
		if d.What == "" || d.Peer == "" || d.Reason == "" || d.Rule == "" || strings.HasSuffix(d.Rule, ".") {
			t.Errorf("incomplete: %+v", d)
		}
	}
}
