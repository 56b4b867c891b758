// Command gen writes measurements for the one billion row challenge. The same
// seed gives the same rows.
//
//	go run ./examples/1brc/gen -rows 1000000000 -o examples/1brc/measurements.txt
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
)

func main() {
	rows := flag.Int("rows", 10_000_000, "measurements to write")
	seed := flag.Uint64("seed", 1, "seed of the random numbers")
	out := flag.String("o", "measurements.txt", "file to write, - for standard output")
	flag.Parse()
	if err := run(*out, *rows, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(path string, rows int, seed uint64) error {
	f := os.Stdout
	if path != "-" {
		var err error
		if f, err = os.Create(path); err != nil {
			return err
		}
	}
	w := bufio.NewWriterSize(f, 1<<20)
	generate(w, rows, seed)
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// station is a place with its mean temperature.
type station struct {
	name string
	mean float64
}

// stations are capitals and other cities, and districts of them, 400 in all.
func stations() []station {
	cities := []station{
		{"Abidjan", 26.2},
		{"Anchorage", 2.9},
		{"Asunción", 23.1},
		{"Athens", 18.6},
		{"Auckland", 15.5},
		{"Bergen", 8.1},
		{"Bogotá", 14.2},
		{"Brisbane", 20.8},
		{"Cairo", 22.3},
		{"Calgary", 4.6},
		{"Dakar", 24.4},
		{"Darwin", 27.4},
		{"Dublin", 9.8},
		{"Hamburg", 9.8},
		{"Hanoi", 24.1},
		{"Harare", 18.5},
		{"Helsinki", 6.4},
		{"Istanbul", 14.7},
		{"Jakarta", 27.6},
		{"Karachi", 26.4},
		{"Kathmandu", 18.3},
		{"Kraków", 8.9},
		{"Kyiv", 8.5},
		{"La Paz", 8.2},
		{"Lima", 19.4},
		{"Lisbon", 17.3},
		{"Malé", 28.0},
		{"Manila", 28.1},
		{"Montréal", 6.8},
		{"Nairobi", 17.8},
		{"Novosibirsk", 1.7},
		{"Nuuk", -1.4},
		{"Oslo", 5.7},
		{"Palermo", 18.5},
		{"Perth", 18.7},
		{"Reykjavík", 4.7},
		{"São Paulo", 19.6},
		{"Ulaanbaatar", -0.4},
		{"Yakutsk", -8.8},
		{"Zürich", 9.4},
	}
	list := cities
	for i, district := range []string{"North", "East", "South", "West", "Centre", "Airport", "Harbour", "Hills", "University"} {
		for _, c := range cities {
			list = append(list, station{c.name + " " + district, c.mean + float64(i-4)/4})
		}
	}
	return list
}

func generate(w io.Writer, rows int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	list := stations()
	var b []byte
	for range rows {
		s := &list[r.IntN(len(list))]
		tenths := int64(math.Round(10 * (s.mean + 10*r.NormFloat64())))
		tenths = min(max(tenths, -999), 999)
		b = append(b[:0], s.name...)
		b = append(b, ';')
		if tenths < 0 {
			b = append(b, '-')
			tenths = -tenths
		}
		b = strconv.AppendInt(b, tenths/10, 10)
		b = append(b, '.', byte('0'+tenths%10), '\n')
		w.Write(b)
	}
}
