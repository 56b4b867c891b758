// Command windows measures what a row costs in windows: with every change emitted
// over few and many rows, and with few and many windows open. It builds programs
// from SQL with veloc, runs them on files that it makes, and prints a table.
//
//	go run ./windows [-rows 10000000] [-rounds 7] [-only HOPPING]
//
// A run's time is the processor time of its process less that of the same program
// on an empty file. The programs of a group take turns; times are the least of all
// rounds. Few rows are run more often.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const source = `CREATE STREAM t (k BIGINT NOT NULL, v BIGINT NOT NULL, ts BIGINT NOT NULL)
WITH ('connector' = 'file', 'path' = '%s', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '%ds');
CREATE TABLE r WITH ('connector' = 'file', 'path' = '/dev/null', 'format' = 'csv') AS
SELECT k, window_start, COUNT(*) AS n, SUM(v) AS s FROM t GROUP BY k WINDOW %s;
`

// experiment is one line of the table.
type experiment struct {
	name   string
	window string
	rows   int
	spread int // seconds that event times are out of order
	keys   int // 0: 10
}

// group has experiments that are compared with its first.
type group []experiment

// groups are all experiments. many is how many rows those have that ask how cost
// grows with rows; the others have enough to be measured.
func groups(many int) []group {
	const (
		second  = "TUMBLING(1 SECOND)"
		changes = second + " EMIT CHANGES"
		five    = "HOPPING(5 SECONDS, 1 SECOND)"
		gap     = "SESSION(5 MILLISECONDS)"
		rows    = 2_000_000
	)
	return []group{
		{
			{"EMIT CHANGES, 10,000 rows", changes, 10_000, 0, 0},
			{"EMIT CHANGES, 1,000,000 rows", changes, 1_000_000, 0, 0},
			{fmt.Sprintf("EMIT CHANGES, %d rows", many), changes, many, 0, 0},
		},
		{{"10 open windows of 10 groups", second, rows, 10, 0}, {"1,000 open windows of 10 groups", second, rows, 1000, 0}},
		{{"10,000 groups in 10 open windows", "TUMBLING(100 SECONDS)", rows, 1000, 1000}, {"10,000 groups in 1,000 open windows", second, rows, 1000, 10}},
		{{"HOPPING, 5 windows for each row, 10 open", five, rows, 5, 0}, {"HOPPING, 5 windows for each row, 1,000 open", five, rows, 995, 0}},
		{{"HOPPING, 1 window for each row", "HOPPING(1 SECOND, 1 SECOND)", rows, 0, 0}, {"HOPPING, 60 windows for each row", "HOPPING(60 SECONDS, 1 SECOND)", rows, 0, 0}},
		{{"CUMULATE, 1 window for each row", "CUMULATE(60 SECONDS, 60 SECONDS)", rows, 0, 0}, {"CUMULATE, 60 windows for each row at most", "CUMULATE(1 SECOND, 60 SECONDS)", rows, 0, 0}},
		{{"SESSION", gap, rows, 0, 0}, {"SESSION, 100 s of disorder: 60,000 open sessions of 10 keys", gap, rows, 100, 0}},
	}
}

func main() {
	many := flag.Int("rows", 10_000_000, "how many rows many are")
	rounds := flag.Int("rounds", 7, "rounds")
	only := flag.String("only", "", "measure only experiments with this in their names")
	flag.Parse()
	dir, err := os.MkdirTemp("", "veloc-windows")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	veloc := filepath.Join(dir, "veloc")
	run(exec.Command("go", "build", "-C", "..", "-o", veloc, "./cmd/veloc"))
	fmt.Println("| | ns/row | ratio |\n|---|---|---|")
	for i, g := range groups(*many) {
		if !strings.Contains(g[0].name, *only) {
			continue
		}
		times := g.measure(veloc, filepath.Join(dir, fmt.Sprint(i)), *rounds)
		for k, e := range g {
			ratio := ""
			if k > 0 {
				ratio = fmt.Sprintf("%.2f", times[k]/times[0])
			}
			fmt.Printf("| %s | %.0f | %s |\n", e.name, times[k], ratio)
		}
	}
}

// measure returns the nanoseconds that a row of each experiment takes.
func (g group) measure(veloc, dir string, rounds int) []float64 {
	full, none := make([]float64, len(g)), make([]float64, len(g))
	for i, e := range g {
		e.build(veloc, filepath.Join(dir, fmt.Sprint(i)))
		full[i], none[i] = math.Inf(1), math.Inf(1)
	}
	for range rounds {
		for i, e := range g {
			for range min(50, 1+1_000_000/e.rows) {
				full[i] = min(full[i], e.time(filepath.Join(dir, fmt.Sprint(i)), "full"))
				none[i] = min(none[i], e.time(filepath.Join(dir, fmt.Sprint(i)), "none"))
			}
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		log.Fatal(err)
	}
	for i, e := range g {
		full[i] = (full[i] - none[i]) / float64(e.rows)
	}
	return full
}

// build makes the files and the program of an experiment.
func (e experiment) build(veloc, dir string) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		log.Fatal(err)
	}
	write(filepath.Join(dir, "full.csv"), e)
	write(filepath.Join(dir, "none.csv"), experiment{})
	sql := filepath.Join(dir, "program.sql")
	text := fmt.Sprintf(source, filepath.Join(dir, "full.csv"), e.spread, e.window)
	if err := os.WriteFile(sql, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
	run(exec.Command(veloc, "build", sql, "-o", filepath.Join(dir, "program")))
}

// time runs the program on a file and returns the nanoseconds of processor time.
func (e experiment) time(dir, name string) float64 {
	c := exec.Command(filepath.Join(dir, "program"), "--workers=1", "--set", "t.path="+filepath.Join(dir, name+".csv"))
	run(c)
	return float64((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Nanoseconds())
}

// write makes a file of rows, 1,000 in each second.
func write(path string, e experiment) {
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "k,v,ts")
	r := rand.New(rand.NewPCG(1, 2))
	for i := range e.rows {
		ts := 1_700_000_000_000 + int64(i)
		if e.spread > 0 {
			ts -= r.Int64N(int64(e.spread) * 1000)
		}
		fmt.Fprintf(w, "%d,%d,%d\n", r.IntN(max(10, e.keys)), r.IntN(1000), ts)
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

func run(c *exec.Cmd) {
	if out, err := c.CombinedOutput(); err != nil {
		log.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
}
