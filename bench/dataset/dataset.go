// Package dataset makes the input of the benchmarks: bids as JSON lines, trades
// as CSV and temperature measurements. The same rows come out on every machine.
package dataset

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// The files that Make writes.
const (
	BidsFile         = "bids.jsonl"
	TradesFile       = "trades.csv"
	MeasurementsFile = "measurements.txt"
)

// edition changes with every change of what the generators write, so that old
// files are written anew.
const edition = 1

// Sizes counts the rows of each file.
type Sizes struct {
	Bids, Trades, Measurements int
}

// Scaled returns the sizes of a benchmark of the given scale; 1 is meant for a
// run of a few minutes.
func Scaled(scale float64) Sizes {
	return Sizes{
		Bids:         max(1, int(2e6*scale)),
		Trades:       max(1, int(5e6*scale)),
		Measurements: max(1, int(20e6*scale)),
	}
}

// start is the event time of the first bid and the first trade.
var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()

// Make writes the files to a folder, unless it holds them already.
func Make(dir string, n Sizes) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	files := []struct {
		name string
		rows int
		fill func(w *bufio.Writer, rows int)
	}{
		{BidsFile, n.Bids, bids},
		{TradesFile, n.Trades, trades},
		{MeasurementsFile, n.Measurements, measurements},
	}
	for _, f := range files {
		if err := write(filepath.Join(dir, f.name), f.rows, f.fill); err != nil {
			return err
		}
	}
	return nil
}

// write makes one file; a note beside it tells which rows it holds.
func write(path string, rows int, fill func(w *bufio.Writer, rows int)) error {
	note := path + ".note"
	want := fmt.Sprintf("edition %d, %d rows\n", edition, rows)
	if got, err := os.ReadFile(note); err == nil && string(got) == want {
		if _, err := os.Stat(path); err == nil {
			return nil
		}
	}
	os.Remove(note)
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fill(w, rows)
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.WriteFile(note, []byte(want), 0o666)
}
