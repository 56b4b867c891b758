package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// run is one execution of a program.
type run struct {
	seconds, cpu float64
	memory       int64 // peak, in bytes
	result       table
}

// series is what the runs of one program, query and number of workers gave.
type series struct {
	program *program
	workers int
	runs    []run
}

// median of a quantity over the runs.
func (s *series) median(of func(run) float64) float64 {
	var list []float64
	for _, r := range s.runs {
		list = append(list, of(r))
	}
	slices.Sort(list)
	n := len(list)
	if n == 0 {
		return 0
	}
	return (list[(n-1)/2] + list[n/2]) / 2
}

func (s *series) seconds() float64 { return s.median(func(r run) float64 { return r.seconds }) }
func (s *series) cpu() float64     { return s.median(func(r run) float64 { return r.cpu }) }

// best is the time of the fastest run.
func (s *series) best() float64 {
	return slices.MinFunc(s.runs, func(a, b run) int { return cmp.Compare(a.seconds, b.seconds) }).seconds
}

func (s *series) memory() int64 {
	var most int64
	for _, r := range s.runs {
		most = max(most, r.memory)
	}
	return most
}

// outcome is what all programs gave for one query.
type outcome struct {
	query  *query
	rows   int
	sum    string // checksum of the result
	series []*series
}

// find returns the series of a program, nil if it did not run.
func (o *outcome) find(program string, workers int) *series {
	for _, s := range o.series {
		if s.program.name == program && s.workers == workers {
			return s
		}
	}
	return nil
}

// compare runs all programs on a query, in turns, and compares all their
// results. A first round only warms up.
func (b *bench) compare(q *query, rows int, programs []*program, workers []int, rounds int, log io.Writer) (*outcome, error) {
	o := &outcome{query: q, rows: rows}
	for _, w := range workers {
		for _, p := range programs {
			o.series = append(o.series, &series{program: p, workers: w})
		}
	}
	var want table
	var from string
	for round := range rounds + 1 {
		turn := slices.Clone(o.series)
		if round%2 == 1 {
			slices.Reverse(turn)
		}
		for _, s := range turn {
			r, err := b.once(s.program, q, s.workers)
			if err != nil {
				return nil, fmt.Errorf("%s, %s, %d workers: %w", s.program.name, q.name, s.workers, err)
			}
			switch {
			case want == nil && !s.program.rounded:
				want, from, o.sum = r.result, s.program.name, r.result.sum()
			case want != nil:
				want := want
				if q.changes && s.program.final {
					want, r.result = want.lastOnly(), r.result.lastOnly()
				}
				if err := equal(want, r.result, s.program.rounded); err != nil {
					return nil, fmt.Errorf("%s, %s, %d workers: not the result of %s: %w", s.program.name, q.name, s.workers, from, err)
				}
			}
			r.result = nil
			if round > 0 {
				s.runs = append(s.runs, r)
			}
		}
		fmt.Fprint(log, ".")
	}
	return o, nil
}

// once runs a program with its standard output going to a file.
func (b *bench) once(p *program, q *query, workers int) (run, error) {
	var r run
	path := filepath.Join(b.temp, "result")
	report := filepath.Join(b.temp, "report")
	out, err := os.Create(path)
	if err != nil {
		return r, err
	}
	defer out.Close()
	cmd := exec.Command(filepath.Join(b.bin, "measure"), append([]string{report}, p.command(q, workers)...)...)
	cmd.Dir = b.temp
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", workers))
	cmd.Stdout = out
	var errText strings.Builder
	cmd.Stderr = &errText
	if err := cmd.Run(); err != nil {
		return r, fmt.Errorf("%w\n%s", err, strings.TrimSpace(errText.String()))
	}
	text, err := os.ReadFile(report)
	if err != nil {
		return r, err
	}
	if _, err := fmt.Sscan(string(text), &r.seconds, &r.cpu, &r.memory); err != nil {
		return r, err
	}
	// A program that takes its own time leaves its start out of it.
	for line := range strings.Lines(errText.String()) {
		if own, ok := strings.CutPrefix(line, "seconds: "); ok {
			if _, err := fmt.Sscan(own, &r.seconds); err != nil {
				return r, err
			}
		}
	}
	r.result, err = readTable(path, q)
	return r, err
}
