package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc/bench/dataset"
)

// TestPrograms runs every program on a little data; compare fails if results
// differ.
func TestPrograms(t *testing.T) {
	b, err := newBench(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	sizes := dataset.Sizes{Bids: 40_000, Trades: 100_000, Measurements: 200_000}
	if err := dataset.Make(b.data, sizes); err != nil {
		t.Fatal(err)
	}
	if _, err := b.build("measure"); err != nil {
		t.Fatal(err)
	}
	reference, err := b.handProgram()
	if err != nil {
		t.Fatal(err)
	}
	programs := map[string]func() (*program, error){
		duckDB: b.duckProgram,
		veloc:  func() (*program, error) { return b.velocProgram(queries) },
	}
	for name, build := range programs {
		t.Run(name, func(t *testing.T) {
			p, err := build()
			if err != nil && name == duckDB {
				t.Skip(err)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, q := range queries {
				t.Run(q.name, func(t *testing.T) {
					o, err := b.compare(q, q.rows(sizes), []*program{reference, p}, []int{1, 2}, 1, io.Discard)
					if err != nil {
						t.Fatal(err)
					}
					if s := o.find(name, 2); len(s.runs) != 1 || s.seconds() <= 0 || s.memory() <= 0 {
						t.Errorf("measured %+v", s)
					}
				})
			}
		})
	}
}

func TestTables(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "result")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	csv := &query{columns: []string{"station", "mean"}, csv: true}
	a, err := readTable(write("station,mean\nB,1.500000\nA,-0.333333\n"), csv)
	if err != nil {
		t.Fatal(err)
	}
	b, err := readTable(write("{\"station\":\"A\",\"mean\":-0.33333333333333331}\n{\"mean\":1.5,\"station\":\"B\"}\n"), &query{columns: csv.columns})
	if err != nil {
		t.Fatal(err)
	}
	if err := equal(a, b, true); err != nil {
		t.Error(err)
	}
	if err := equal(a, b, false); err == nil || !strings.Contains(err.Error(), "row 1 is A,-0.33333333333333331, want A,-0.333333") {
		t.Errorf("a difference: %v", err)
	}
	if err := equal(a, a[:1], true); err == nil {
		t.Error("a missing row was not seen")
	}
	if a.sum() == b.sum() {
		t.Error("different rows, equal checksums")
	}
	for name, text := range map[string]string{"header": "station,avg\nA,1\n", "empty": "", "width": "station,mean\nA\n"} {
		if _, err := readTable(write(text), csv); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestChanges(t *testing.T) {
	q := &query{columns: []string{"k", "n"}, changes: true}
	read := func(lines ...string) table {
		path := filepath.Join(t.TempDir(), "result")
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		table, err := readTable(path, q)
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	a1, a2, b1, b2 := `{"k":1,"n":1}`, `{"k":1,"n":2}`, `{"k":2,"n":1}`, `{"k":2,"n":2}`
	want := read(a1, a2, b1, b2)
	if err := equal(want, read(b1, a1, b2, a2), false); err != nil {
		t.Error(err)
	}
	for _, other := range []table{read(a1, a2, a2, b1, b2), read(a2, b1, b2), read(a1, b1, a2, b1, b2), read(a1, a2, b2, b1)} {
		if equal(want, other, false) == nil {
			t.Errorf("equal: %v", other)
		}
	}
	if err := equal(want.lastOnly(), read(a2, b2).lastOnly(), false); err != nil || len(want.lastOnly()) != 2 {
		t.Error(err, want)
	}
}

func TestOptions(t *testing.T) {
	if _, err := pickQueries("q1,q7"); err == nil {
		t.Error("q7 was taken")
	}
	if l, err := pickQueries("q6,q1"); err != nil || len(l) != 2 || l[0].name != "q6" {
		t.Errorf("q6,q1: %v, %v", l, err)
	}
	if _, err := pickWorkers("1,0"); err == nil {
		t.Error("0 workers were taken")
	}
}

func TestReport(t *testing.T) {
	o := &outcome{query: queries[0], rows: 3_000_000, sum: "00ff", series: []*series{
		{program: &program{name: veloc}, workers: 1, runs: []run{{seconds: 0.5, cpu: 0.5, memory: 5e6}, {seconds: 0.3}, {seconds: 0.3}}},
		{program: &program{name: hand}, workers: 1, runs: []run{{seconds: 0.1}, {seconds: 0.2}}},
	}}
	var s strings.Builder
	printTable(&s, []*outcome{o})
	for _, want := range []string{"q1        1    veloc    0.300  0.300      10.0", "q1        1     hand    0.150  0.100      20.0   0.00       0        0.50"} {
		if !strings.Contains(s.String(), want) {
			t.Errorf("no %q in\n%s", want, s.String())
		}
	}
	path := filepath.Join(t.TempDir(), "RESULTS.md")
	if err := (&bench{}).writeMarkdown(path, "abc", 2, []*outcome{o}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"veloc at abc", "| q1 | filter", "| 3000000 | 00ff |", "| q1 | 1 | hand | 0.150 | 0.100 | 20.0 | 0.00 | 0 | 0.50 |"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
