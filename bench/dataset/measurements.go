package dataset

import (
	"bufio"
	"math"
	"math/rand/v2"
	"strconv"
)

const (
	stations        = 413
	shortestStation = 3
	longestStation  = 26
)

// syllables make up the names of the stations; some have letters of two bytes.
var syllables = [...]string{
	"Mon", "te", "vi", "deo", "Lis", "boa", "São ", "Pau", "lo", "Reyk", "ja", "vík", "Ulm", "Bor", "deaux", "Nai",
	"ro", "bi", "Oslo", "Gra", "na", "da ", "Köln", "Ams", "ter", "dam", "Ka", "sach", "stan", "Perth", "Val", "pa", "raí", "so",
}

type station struct {
	name string
	mean float64
}

// measurements writes the input of the one billion row challenge: a station, a
// semicolon and a temperature with one decimal.
func measurements(w *bufio.Writer, rows int) {
	r := rand.New(rand.NewPCG(2026, 3))
	list := makeStations(r)
	for range rows {
		s := &list[r.IntN(len(list))]
		tenths := int(math.Round(10 * (s.mean + 10*r.NormFloat64())))
		tenths = min(max(tenths, -999), 999)
		b := w.AvailableBuffer()
		b = append(b, s.name...)
		b = append(b, ';')
		if tenths < 0 {
			b = append(b, '-')
			tenths = -tenths
		}
		b = strconv.AppendInt(b, int64(tenths/10), 10)
		b = append(b, '.', byte('0'+tenths%10), '\n')
		w.Write(b)
	}
}

// makeStations invents names and mean temperatures.
func makeStations(r *rand.Rand) []station {
	var list []station
	seen := map[string]bool{}
	for len(list) < stations {
		name := ""
		for range 2 + r.IntN(3) {
			name += syllables[r.IntN(len(syllables))]
		}
		if len(name) < shortestStation || len(name) > longestStation || seen[name] || name[len(name)-1] == ' ' {
			continue
		}
		seen[name] = true
		list = append(list, station{name, -12 + 45*r.Float64()})
	}
	return list
}
