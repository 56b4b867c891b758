package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/bench/dataset"
)

// query is one of the questions that all programs answer.
type query struct {
	name    string
	title   string
	input   string // file in the data folder
	rows    func(dataset.Sizes) int
	columns []string
	csv     bool   // the result is CSV, else JSON lines
	changes bool   // the result is every change of the rows, whose key is the first column
	like    string // peers without a form of their own answer this query
}

func bidRows(n dataset.Sizes) int         { return n.Bids }
func tradeRows(n dataset.Sizes) int       { return n.Trades }
func measurementRows(n dataset.Sizes) int { return n.Measurements }

var queries = []*query{
	{
		name: "q1", title: "filter and project JSON, unused columns only framed",
		input: dataset.BidsFile, rows: bidRows, columns: []string{"auction", "price"}, like: "q1",
	},
	{
		name: "q1_checked", title: "filter and project JSON, every column checked",
		input: dataset.BidsFile, rows: bidRows, columns: []string{"auction", "price"}, like: "q1",
	},
	{
		name: "q2", title: "count, sum and maximum by key in windows of 10 s, JSON",
		input: dataset.BidsFile, rows: bidRows, columns: []string{"window_start", "auction", "n", "total", "highest"}, like: "q2",
	},
	{
		name: "q3", title: "every change of count, sum and maximum by key, JSON; DuckDB writes the last ones only",
		input: dataset.BidsFile, rows: bidRows, columns: []string{"bidder", "n", "total", "highest"}, changes: true, like: "q3",
	},
	{
		name: "q5", title: "exact decimals by key, CSV, 50,000 groups",
		input: dataset.TradesFile, rows: tradeRows, columns: []string{"symbol", "quantity", "price"}, like: "q5",
	},
	{
		name: "q6", title: "one billion row challenge",
		input: dataset.MeasurementsFile, rows: measurementRows, columns: []string{"station", "lowest", "mean", "highest"}, csv: true, like: "q6",
	},
}

// program answers queries.
type program struct {
	name    string
	rounded bool // means are computed in floating point
	final   bool // of a query for changes it writes the last ones only
	command func(q *query, workers int) []string
}

// The names of the programs.
const (
	veloc  = "veloc"
	hand   = "hand"
	duckDB = "DuckDB"
)

// bench is where everything is.
type bench struct {
	folder string // of this module
	bin    string
	data   string
	temp   string
	duck   string // version of DuckDB
}

// newBench finds the folders; the working directory must be that of the module.
func newBench(data string) (*bench, error) {
	folder, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(folder, "queries")); err != nil {
		return nil, errors.New("run it in the folder bench")
	}
	b := &bench{folder: folder, bin: filepath.Join(folder, "bin"), data: filepath.Join(folder, "data")}
	if data != "" {
		b.data = data
	}
	if b.temp, err = os.MkdirTemp("", "veloc-bench-"); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *bench) close() { os.RemoveAll(b.temp) }

// command runs a tool and returns what it prints.
func command(dir string, args ...string) (string, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	var errText bytes.Buffer
	cmd.Stderr = &errText
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, strings.TrimSpace(errText.String()))
	}
	return strings.TrimSpace(string(out)), nil
}

// build makes a command of this module and returns its path.
func (b *bench) build(name string) (string, error) {
	path := filepath.Join(b.bin, name)
	_, err := command(b.folder, "go", "build", "-o", path, "./"+name)
	return path, err
}

// handProgram builds the code that was written by hand.
func (b *bench) handProgram() (*program, error) {
	path, err := b.build("hand")
	return &program{name: hand, command: func(q *query, workers int) []string {
		return []string{path, "-query", q.name, "-in", filepath.Join(b.data, q.input), "-workers", strconv.Itoa(workers)}
	}}, err
}

// duckProgram builds the peer DuckDB.
func (b *bench) duckProgram() (*program, error) {
	path, err := b.build("duck")
	if err != nil {
		return nil, err
	}
	if b.duck, err = command(b.folder, path, "-version"); err != nil {
		return nil, err
	}
	return &program{name: duckDB, rounded: true, final: true, command: func(q *query, workers int) []string {
		return []string{path, "-query", q.like, "-in", filepath.Join(b.data, q.input), "-workers", strconv.Itoa(workers)}
	}}, nil
}

// velocProgram builds veloc from this checkout and with it the queries.
func (b *bench) velocProgram(list []*query) (*program, error) {
	tool := filepath.Join(b.bin, "veloc")
	if _, err := command(filepath.Dir(b.folder), "go", "build", "-o", tool, "./cmd/veloc"); err != nil {
		return nil, err
	}
	path := func(q *query) string { return filepath.Join(b.bin, "veloc_"+q.name) }
	for _, q := range list {
		if _, err := command(b.folder, tool, "build", filepath.Join("queries", q.name+".sql"), "-o", path(q)); err != nil {
			return nil, err
		}
	}
	return &program{name: veloc, command: func(q *query, workers int) []string {
		return []string{path(q), "--workers", strconv.Itoa(workers), "--dir", b.data, "--no-progress", "--strict"}
	}}, nil
}
