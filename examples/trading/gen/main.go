// Command gen writes trades for the trading example: prices that wander, bursts
// of buying and selling, trades out of order and a few that come too late. The same seed gives the
// same rows.
//
//	go run ./examples/trading/gen -rows 1000000 > /tmp/ticks.csv
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

func main() {
	rows := flag.Int("rows", 600, "trades to write")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	rate := flag.Float64("rate", 2, "trades per second of event time, on average")
	out := flag.String("o", "", "file to write (default standard output)")
	flag.Parse()
	if err := run(*out, *rows, *seed, *rate); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(path string, rows int, seed uint64, rate float64) error {
	if rate <= 0 {
		return fmt.Errorf("-rate %v: want a positive number", rate)
	}
	f := os.Stdout
	if path != "" {
		var err error
		if f, err = os.Create(path); err != nil {
			return err
		}
	}
	w := bufio.NewWriterSize(f, 1<<20)
	generate(w, rows, seed, rate)
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// share is one of the shares that trade.
type share struct {
	symbol string
	price  float64
	weight int     // how often it trades
	mood   float64 // part of the trades that are purchases
}

const (
	latePercent = 4
	latestMilli = 1800
	// a few trades are reported much later than the watermark waits for
	tardyPerMille = 15
	tardyMilli    = 90_000
	timeLayout    = "2006-01-02T15:04:05.000Z"
)

var opening = time.Date(2026, 3, 2, 14, 30, 0, 0, time.UTC)

// generate writes the header and the trades.
func generate(w io.Writer, rows int, seed uint64, rate float64) {
	r := rand.New(rand.NewPCG(seed, 1))
	shares := []share{
		{"AAPL", 182.5, 6, .5},
		{"MSFT", 411.2, 4, .5},
		{"NVDA", 875.4, 7, .5},
		{"TSLA", 202.1, 5, .5},
		{"BRK.B", 407.75, 2, .5},
		{"F", 12.38, 3, .5},
	}
	total := 0
	for _, s := range shares {
		total += s.weight
	}
	io.WriteString(w, "symbol,side,price,quantity,venue,ts\n")
	var line []byte
	at := opening
	for range rows {
		at = at.Add(time.Duration(r.ExpFloat64() / rate * float64(time.Second)))
		s := pick(r, shares, total)
		s.mood = min(max(s.mood+r.NormFloat64()*.06, .1), .9)
		s.price = max(1, s.price*(1+(s.mood-.5)*.0004+r.NormFloat64()*.0003))
		line = appendTrade(line[:0], r, s, at)
		w.Write(line)
	}
}

// pick chooses the share that trades next.
func pick(r *rand.Rand, shares []share, total int) *share {
	n := r.IntN(total)
	for i := range shares {
		if n -= shares[i].weight; n < 0 {
			return &shares[i]
		}
	}
	return &shares[0]
}

func appendTrade(b []byte, r *rand.Rand, s *share, at time.Time) []byte {
	side := "sell"
	switch {
	case r.IntN(50) == 0:
		side = "cross" // neither bought nor sold at the initiative of one side
	case r.Float64() < s.mood:
		side = "buy"
	}
	if r.IntN(100) < latePercent {
		at = at.Add(-time.Duration(r.IntN(latestMilli)) * time.Millisecond)
	}
	if r.IntN(1000) < tardyPerMille {
		at = at.Add(-time.Duration(latestMilli+r.IntN(tardyMilli)) * time.Millisecond)
	}
	b = append(b, s.symbol...)
	b = append(b, ',')
	b = append(b, side...)
	b = append(b, ',')
	b = strconv.AppendFloat(b, math.Round(s.price*1e4)/1e4, 'f', 4, 64)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(math.Ceil(math.Exp(r.NormFloat64()*1.3+4.6))), 10)
	b = append(b, ',')
	b = append(b, []string{"XNAS", "XNYS", "ARCX", ""}[r.IntN(4)]...)
	b = append(b, ',')
	b = at.AppendFormat(b, timeLayout)
	return append(b, '\n')
}
