// Command bench measures programs that veloc makes from plain SQL against code
// written by hand for the same queries and against DuckDB: side by side, in
// turns, on the same files, with all results compared.
//
//	go run .                        everything, a few minutes; writes RESULTS.md
//	go run . -only q6 -rounds 9     one query, more rounds
//	go run . -scale 4 -peers hand   more rows, without DuckDB
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/bench/dataset"
)

// options are the flags.
type options struct {
	rounds  int
	scale   float64
	only    string
	peers   string
	workers string
	out     string
	data    string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 5, "measured rounds of each query")
	flag.Float64Var(&opts.scale, "scale", 1, "size of the data; 1 is 2 million bids, 5 million trades, 20 million measurements")
	flag.StringVar(&opts.only, "only", "", "queries to run, comma-separated (default all)")
	flag.StringVar(&opts.peers, "peers", "hand,duckdb", "what to measure veloc against: hand, duckdb, both or none (empty)")
	flag.StringVar(&opts.workers, "workers", "", "numbers of workers, comma-separated (default 1 and 2)")
	flag.StringVar(&opts.out, "out", "RESULTS.md", "file for the results; empty writes none")
	flag.StringVar(&opts.data, "data", "", "folder for the data (default data)")
	flag.Parse()
	if err := measure(opts, os.Stderr, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure does everything.
func measure(opts options, log, out io.Writer) error {
	list, err := pickQueries(opts.only)
	if err != nil {
		return err
	}
	if opts.rounds < 1 {
		return fmt.Errorf("-rounds %d: want at least 1", opts.rounds)
	}
	workers, err := pickWorkers(opts.workers)
	if err != nil {
		return err
	}
	b, err := newBench(opts.data)
	if err != nil {
		return err
	}
	defer b.close()
	if _, err := b.build("measure"); err != nil {
		return err
	}
	fmt.Fprintln(log, "building programs")
	programs, err := b.programs(list, opts.peers, log)
	if err != nil {
		return err
	}
	fmt.Fprintln(log, "making data")
	sizes := dataset.Scaled(opts.scale)
	if err := dataset.Make(b.data, sizes); err != nil {
		return err
	}
	var outcomes []*outcome
	for _, q := range list {
		fmt.Fprintf(log, "%s ", q.name)
		o, err := b.compare(q, q.rows(sizes), programs, workers, opts.rounds, log)
		fmt.Fprintln(log)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, o)
	}
	printTable(out, outcomes)
	if opts.out == "" {
		return nil
	}
	return b.writeMarkdown(opts.out, b.commit(), opts.rounds, outcomes)
}

// programs builds veloc and its peers. DuckDB is left out if it cannot be built.
func (b *bench) programs(list []*query, peers string, log io.Writer) ([]*program, error) {
	v, err := b.velocProgram(list)
	if err != nil {
		return nil, err
	}
	programs := []*program{v}
	for _, peer := range split(peers) {
		switch strings.ToLower(peer) {
		case "hand":
			p, err := b.handProgram()
			if err != nil {
				return nil, err
			}
			programs = append(programs, p)
		case "duckdb":
			p, err := b.duckProgram()
			if err != nil {
				fmt.Fprintf(log, "without DuckDB: %v\n", err)
				continue
			}
			programs = append(programs, p)
		default:
			return nil, fmt.Errorf("there is no peer %q; there are hand and duckdb", peer)
		}
	}
	return programs, nil
}

func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

func pickQueries(only string) ([]*query, error) {
	if only == "" {
		return queries, nil
	}
	var list []*query
	for _, name := range split(only) {
		i := slices.IndexFunc(queries, func(q *query) bool { return q.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no query %q", name)
		}
		list = append(list, queries[i])
	}
	return list, nil
}

// pickWorkers returns 1 and 2 unless told otherwise; 2 only where there are two
// cores.
func pickWorkers(s string) ([]int, error) {
	if s == "" {
		return []int{1, 2}[:min(2, runtime.NumCPU())], nil
	}
	var list []int
	for _, n := range split(s) {
		w, err := strconv.Atoi(n)
		if err != nil || w < 1 {
			return nil, fmt.Errorf("%q is no number of workers", n)
		}
		list = append(list, w)
	}
	return list, nil
}

// commit names the state of the checkout.
func (b *bench) commit() string {
	c, err := command(b.folder, "git", "describe", "--always", "--dirty", "--abbrev=10")
	if err != nil {
		return "an unknown commit"
	}
	return c
}
