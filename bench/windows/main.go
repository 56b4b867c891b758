// Command windows measures what a row costs in windows: with every change emitted
// over few and many rows, and with few and many windows open. It builds programs
// from SQL with veloc, runs them on files that it makes, and prints a table.
//
//	go run ./windows [-rows 10000000]
//
// A run's time is the processor time of its process less that of the same program
// on an empty file. Few rows are run many times. Times are medians.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

func main() {
	rows := flag.Int("rows", 10_000_000, "how many rows many are")
	flag.Parse()
	dir, err := os.MkdirTemp("", "veloc-windows")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	veloc := filepath.Join(dir, "veloc")
	run(exec.Command("go", "build", "-C", "..", "-o", veloc, "./cmd/veloc"))
	const changes, final = "TUMBLING(1 SECOND) EMIT CHANGES", "TUMBLING(1 SECOND)"
	pairs := [][2]experiment{
		{{"EMIT CHANGES, 10,000 rows", changes, 10_000, 0, 0}, {fmt.Sprintf("EMIT CHANGES, %d rows", *rows), changes, *rows, 0, 0}},
		{{"10 open windows of 10 groups", final, *rows, 10, 0}, {"1,000 open windows of 10 groups", final, *rows, 1000, 0}},
		{{"10,000 groups in 10 open windows", "TUMBLING(100 SECONDS)", *rows, 1000, 1000}, {"10,000 groups in 1,000 open windows", final, *rows, 1000, 10}},
		{{"HOPPING, 5 windows for each row, 10 open", "HOPPING(5 SECONDS, 1 SECOND)", *rows, 5, 0}, {"HOPPING, 5 windows for each row, 1,000 open", "HOPPING(5 SECONDS, 1 SECOND)", *rows, 995, 0}},
		{{"SESSION", "SESSION(5 MILLISECONDS)", *rows, 0, 0}, {"SESSION, 100 s of disorder", "SESSION(5 MILLISECONDS)", *rows, 100, 0}},
	}
	fmt.Println("| | ns/row | ratio |\n|---|---|---|")
	for i, p := range pairs {
		few := measure(veloc, filepath.Join(dir, fmt.Sprint(i, "a")), p[0])
		many := measure(veloc, filepath.Join(dir, fmt.Sprint(i, "b")), p[1])
		fmt.Printf("| %s | %.0f | |\n| %s | %.0f | %.2f |\n", p[0].name, few, p[1].name, many, many/few)
	}
}

// measure returns the nanoseconds that a row of an experiment takes.
func measure(veloc, dir string, e experiment) float64 {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		log.Fatal(err)
	}
	write(filepath.Join(dir, "full.csv"), e)
	write(filepath.Join(dir, "none.csv"), experiment{})
	sql, exe := filepath.Join(dir, "program.sql"), filepath.Join(dir, "program")
	text := fmt.Sprintf(source, filepath.Join(dir, "full.csv"), e.spread, e.window)
	if err := os.WriteFile(sql, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
	run(exec.Command(veloc, "build", sql, "-o", exe))
	times := map[string]float64{}
	for _, name := range []string{"none", "full"} {
		var took []float64
		for range max(3, min(51, 1_000_000/e.rows)) {
			c := exec.Command(exe, "--workers=1", "--set", "t.path="+filepath.Join(dir, name+".csv"))
			run(c)
			took = append(took, float64((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Nanoseconds()))
		}
		slices.Sort(took)
		times[name] = took[len(took)/2]
	}
	if err := os.RemoveAll(dir); err != nil {
		log.Fatal(err)
	}
	return (times["full"] - times["none"]) / float64(e.rows)
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
