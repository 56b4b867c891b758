package dataset

import (
	"bufio"
	"math/rand/v2"
	"strconv"
)

const (
	symbols         = 50_000
	tradesPerMilli  = 10
	largestQuantity = 1000
)

// trades writes CSV: 50,000 symbols of four to six characters whose frequencies
// follow Zipf's law, prices with two decimals that stay near each symbol's own.
func trades(w *bufio.Writer, rows int) {
	r := rand.New(rand.NewPCG(2026, 2))
	popular := rand.NewZipf(r, 1.1, 50, symbols-1)
	var names [symbols]string
	for i := range names {
		names[i] = symbolName(i)
	}
	w.WriteString("symbol,price,quantity,ts,trader_id\n")
	for i := range rows {
		s := int(popular.Uint64())
		cents := 100 + s*7919%90_000 + r.IntN(500)
		b := w.AvailableBuffer()
		b = append(b, names[s]...)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(cents/100), 10)
		b = append(b, '.', byte('0'+cents/10%10), byte('0'+cents%10), ',')
		b = strconv.AppendInt(b, int64(1+r.IntN(largestQuantity)), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, start+int64(i/tradesPerMilli), 10)
		b = append(b, ",T"...)
		b = strconv.AppendInt(b, int64(100_000+r.IntN(900_000)), 10)
		b = append(b, '\n')
		w.Write(b)
	}
}

// symbolName spells a number with four letters; every third symbol is of a
// class of shares, as in BRK.A.
func symbolName(i int) string {
	b := make([]byte, 0, 6)
	for n, k := 7*i+11, 0; k < 4; k++ {
		b = append(b, byte('A'+n%26))
		n /= 26
	}
	if i%3 == 0 {
		b = append(b, '.', byte('A'+i%7))
	}
	return string(b)
}
