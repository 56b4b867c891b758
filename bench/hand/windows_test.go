package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// someBids are bids in several windows, up to four seconds out of order, some with
// their columns in another form.
func someBids(r *rand.Rand, each func(auction, bidder, price int64, at time.Time)) string {
	var text strings.Builder
	for i := range 3000 {
		at := time.UnixMilli(1767225600000 + int64(i)*20 - r.Int64N(4000)).UTC()
		auction, bidder, price := int64(r.IntN(40)), int64(r.IntN(300)), r.Int64N(1<<(1+r.IntN(30)))
		form := `{"auction":%d,"bidder":%d,"price":%d,"channel":"%s","url":"https://u/%s","dateTime":"%s","extra":"x"}`
		if r.IntN(10) == 0 {
			form = strings.ReplaceAll(form, ":%d,", ": %d, ")
		}
		channel := strings.Repeat("c", r.IntN(20)) + []string{"", "", `\"`, `\\`}[r.IntN(4)]
		fmt.Fprintf(&text, form+"\n", auction, bidder, price, channel, channel, at.Format("2006-01-02T15:04:05.000Z"))
		each(auction, bidder, price, at)
	}
	return text.String()
}

func TestQ2(t *testing.T) {
	type key struct {
		from    time.Time
		auction int64
	}
	groups := map[key]*tally{}
	text := someBids(rand.New(rand.NewPCG(1, 4)), func(auction, _, price int64, at time.Time) {
		k := key{at.Truncate(10 * time.Second), auction}
		if groups[k] == nil {
			groups[k] = &tally{}
		}
		groups[k].add(price)
	})
	var want []string
	for k, g := range groups {
		want = append(want, fmt.Sprintf(`{"window_start":"%s","auction":%d,"n":%d,"total":%d,"highest":%d}`,
			k.from.Format(time.RFC3339), k.auction, g.rows, g.sum, g.highest))
	}
	check(t, "q2", text, want)
}

func TestQ2Rejects(t *testing.T) {
	bid := func(second int) string {
		return fmt.Sprintf(`{"auction":1,"bidder":2,"price":3,"channel":"c","url":"u","dateTime":"2026-01-01T00:00:%02d.000Z","extra":""}`, second)
	}
	old := blockSize
	blockSize = 128
	defer func() { blockSize = old }()
	for _, last := range []string{bid(9), `{"auction":1}x`, strings.Replace(bid(50), ":50.", ":5x.", 1), strings.Replace(bid(50), ":50.", ":70.", 1)} {
		in := filepath.Join(t.TempDir(), "in")
		text := bid(1) + "\n" + bid(30) + "\n" + bid(31) + "\n" + last + "\n"
		if err := os.WriteFile(in, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		if err := q2(in, 1, out); err == nil {
			t.Errorf("%s was taken", last)
		}
		out.Close()
	}
}

func TestQ3(t *testing.T) {
	groups := map[int64]*tally{}
	var want []string
	text := someBids(rand.New(rand.NewPCG(1, 5)), func(_, bidder, price int64, _ time.Time) {
		g := groups[bidder]
		if g == nil {
			g = &tally{}
			groups[bidder] = g
		}
		g.add(price)
		want = append(want, fmt.Sprintf(`{"bidder":%d,"n":%d,"total":%d,"highest":%d}`, bidder, g.rows, g.sum, g.highest))
	})
	check(t, "q3", text, want)
}

func TestAppendNumber(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 6))
	for i := range 200_000 {
		v := r.Uint64() >> (i % 64)
		if i < 100_000 {
			v = uint64(i)
		}
		if got := string(appendNumber(make([]byte, 0, 64), v)); got != fmt.Sprint(v) {
			t.Fatalf("%d is written as %s", v, got)
		}
	}
}
