package main

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// answer runs a query over a text, with small blocks so that many lines cross
// their ends, and returns the lines of the result, sorted.
func answer(t *testing.T, query, text string, workers int) []string {
	t.Helper()
	oldSize, oldAhead := blockSize, lookAhead
	blockSize, lookAhead = 512, 64
	defer func() { blockSize, lookAhead = oldSize, oldAhead }()
	dir := t.TempDir()
	in, result := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(result)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := queries[query](in, workers, out); err != nil {
		t.Fatalf("%s, %d workers: %v", query, workers, err)
	}
	got, err := os.ReadFile(result)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(got), "\n"), "\n")
	slices.Sort(lines)
	return lines
}

// check compares an answer with what is expected, for some numbers of workers
// and with and without a line feed at the end.
func check(t *testing.T, query, text string, want []string) {
	t.Helper()
	slices.Sort(want)
	for _, workers := range []int{1, 2, 3} {
		for _, text := range []string{text, strings.TrimSuffix(text, "\n")} {
			if got := answer(t, query, text, workers); !slices.Equal(got, want) {
				t.Errorf("%s, %d workers: %d lines, want %d; %.300q, want %.300q", query, workers, len(got), len(want), got, want)
			}
		}
	}
}

func TestQ1(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var text strings.Builder
	var want []string
	for range 500 {
		auction := 123*r.IntN(50) + r.IntN(2)*r.IntN(123)
		price := r.Int64N(1 << (1 + r.IntN(30)))
		extra := strings.Repeat("x", r.IntN(90)) + []string{"", "", `\"}`, `\\`, `\\\"`, `\u00e9`}[r.IntN(6)]
		if r.IntN(20) == 0 {
			extra = strings.Repeat("long ", 400)
		}
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&text, `{"extra": "%s", "price": %d, "auction": %d}`, extra, price, auction)
		default:
			fmt.Fprintf(&text, `{"auction":%d,"bidder":%d,"price":%d,"channel":"c","url":"u","dateTime":"2026-01-01T00:00:00.000Z","extra":"%s"}`,
				auction, r.IntN(100), price, extra)
		}
		text.WriteByte('\n')
		if auction%123 == 0 {
			mills := price * 908
			want = append(want, fmt.Sprintf(`{"auction":%d,"price":%d.%03d}`, auction, mills/1000, mills%1000))
		}
	}
	check(t, "q1", text.String(), want)
	check(t, "q1_checked", text.String(), want)
}

// mean writes a rational number with six decimals, half away from zero.
func mean(sum, rows, unit int64) string { return big.NewRat(sum, rows*unit).FloatString(6) }

func TestQ5(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	type state struct{ rows, quantity, cents int64 }
	all := map[string]*state{}
	var text strings.Builder
	text.WriteString("symbol,price,quantity,ts,trader_id\n")
	for range 20_000 {
		symbol := fmt.Sprint("S", r.IntN(6000))
		if r.IntN(50) == 0 {
			symbol = fmt.Sprint("LONG.SYMBOL.", r.IntN(10))
		}
		s := all[symbol]
		if s == nil {
			s = &state{}
			all[symbol] = s
		}
		cents, quantity := r.Int64N(1<<(1+r.IntN(36))), r.Int64N(1<<(1+r.IntN(30)))
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		if r.IntN(30) == 0 {
			cents -= cents % 10
			price = strings.TrimSuffix(fmt.Sprintf("%d.%d", cents/100, cents/10%10), ".0")
		}
		fmt.Fprintf(&text, "%s,%s,%d,1767225600000,T%d\n", symbol, price, quantity, r.IntN(1000))
		s.rows++
		s.quantity += quantity
		s.cents += cents
	}
	var want []string
	for symbol, s := range all {
		want = append(want, fmt.Sprintf(`{"symbol":"%s","quantity":%d,"price":%s}`, symbol, s.quantity, mean(s.cents, s.rows, 100)))
	}
	check(t, "q5", text.String(), want)
}

func TestQ6(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	type state struct{ rows, sum, low, high int64 }
	all := map[string]*state{}
	var text strings.Builder
	for range 20_000 {
		n := r.IntN(3000)
		name := fmt.Sprint("é", n) + strings.Repeat("-", n%33)
		s := all[name]
		if s == nil {
			s = &state{low: 1000, high: -1000}
			all[name] = s
		}
		v := r.Int64N(1999) - 999
		sign := ""
		size := v
		if v < 0 {
			sign, size = "-", -v
		}
		fmt.Fprintf(&text, "%s;%s%d.%d\n", name, sign, size/10, size%10)
		s.rows++
		s.sum += v
		s.low = min(s.low, v)
		s.high = max(s.high, v)
	}
	want := []string{"station,lowest,mean,highest"}
	for name, s := range all {
		want = append(want, fmt.Sprintf("%s,%s,%s,%s", name,
			big.NewRat(s.low, 10).FloatString(1), mean(s.sum, s.rows, 10), big.NewRat(s.high, 10).FloatString(1)))
	}
	check(t, "q6", text.String(), want)
}

func TestQ6Rejects(t *testing.T) {
	for _, line := range []string{"A;1", "A;1.23", "A;123.4", "A;--1.2", "A;x.1", "A;1.x", "A;", "A;1,2", "A;.2"} {
		in := filepath.Join(t.TempDir(), "in")
		if err := os.WriteFile(in, []byte("B;1.0\n"+line+"\nC;2.0\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		if err := q6(in, 1, out); err == nil {
			t.Errorf("%s was taken", line)
		}
		out.Close()
	}
}
