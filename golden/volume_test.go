package golden

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// volumeSQL reads more than a source hands over at once, and holds more groups
// than fit a small table, so that rows wait to be looked up together; some of their
// keys cannot be read in place.
const volumeSQL = `CREATE STREAM c (k STRING NOT NULL, x BIGINT, price DECIMAL(10,2) NOT NULL, ts BIGINT NOT NULL)
WITH ('connector' = 'file', 'path' = 'in.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10s');
CREATE STREAM j (k STRING NOT NULL, x BIGINT, price DECIMAL(10,2) NOT NULL, ts BIGINT NOT NULL)
WITH ('connector' = 'file', 'path' = 'in.jsonl', 'format' = 'json', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10s');
CREATE STREAM rows_c WITH ('connector' = 'file', 'path' = 'rows.csv', 'format' = 'csv') AS SELECT k, x FROM c WHERE x > 990;
CREATE STREAM rows_j WITH ('connector' = 'file', 'path' = 'rows_j.csv', 'format' = 'csv') AS SELECT k, x FROM j WHERE x > 990;
CREATE TABLE groups_c WITH ('connector' = 'file', 'path' = 'groups.csv', 'format' = 'csv') AS SELECT k, COUNT(*) AS n, SUM(x) AS s, SUM(price) AS p FROM c GROUP BY k EMIT FINAL;
CREATE TABLE groups_j WITH ('connector' = 'file', 'path' = 'groups_j.csv', 'format' = 'csv') AS SELECT k, COUNT(*) AS n, SUM(x) AS s, SUM(price) AS p FROM j GROUP BY k EMIT FINAL;
CREATE TABLE windows_c WITH ('connector' = 'file', 'path' = 'windows.csv', 'format' = 'csv') AS SELECT k, WINDOWSTART AS ws, COUNT(*) AS n FROM c GROUP BY k WINDOW TUMBLING(1 MINUTE);
CREATE TABLE windows_j WITH ('connector' = 'file', 'path' = 'windows_j.csv', 'format' = 'csv') AS SELECT k, WINDOWSTART AS ws, COUNT(*) AS n FROM j GROUP BY k WINDOW TUMBLING(1 MINUTE);
`

// volumeRows is how many records there are; both files are several blocks long.
const volumeRows = 120_000

// group is what the test expects of a key.
type group struct{ n, values, sum, cents int64 }

// TestVolume compares queries over larger files, plain and in several modes,
// with results computed here. No row is late: times differ by less than the
// allowed disorder from the order of the rows.
func TestVolume(t *testing.T) {
	if testing.Short() {
		t.Skip("programs are not run in short mode")
	}
	dir := t.TempDir()
	want := volumeInput(t, dir)
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("volume", mustCompile(t, "volume", volumeSQL)); err != nil {
		t.Fatal(err)
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{1, 2, 3} {
		cmd := exec.Command(exe, "volume", "--workers="+strconv.Itoa(workers))
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Fatalf("%d workers: %v\n%s", workers, err, out)
		}
		for name, lines := range want {
			for _, file := range []string{name + ".csv", name + "_j.csv"} {
				text, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if msg := unlike(string(text), lines); msg != "" {
					t.Errorf("%d workers: %s: %s", workers, file, msg)
				}
			}
		}
	}
}

// unlike compares the rows of a CSV file with lines in any order.
func unlike(text string, want map[string]int) string {
	rest := map[string]int{}
	for l, n := range want {
		rest[l] = n
	}
	for i, l := range lines(text) {
		if i == 0 {
			continue
		}
		rest[l]--
		if rest[l] < 0 {
			return fmt.Sprintf("the row %q is not expected, or not so often", l)
		}
		if rest[l] == 0 {
			delete(rest, l)
		}
	}
	for l := range rest {
		return fmt.Sprintf("%d rows are missing, for example %q", len(rest), l)
	}
	return ""
}

// cell is a key as a field of CSV.
func cell(k string) string {
	if strings.Contains(k, `"`) {
		return `"` + strings.ReplaceAll(k, `"`, `""`) + `"`
	}
	return k
}

// volumeInput writes the files and returns the rows of each kind of query.
func volumeInput(t *testing.T, dir string) map[string]map[string]int {
	t.Helper()
	var csv, json bytes.Buffer
	csv.WriteString("k,x,price,ts\n")
	rows, windows, groups := map[string]int{}, map[string]int{}, map[string]*group{}
	counts := map[string]int{}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range volumeRows {
		k := fmt.Sprintf("key %d", r.IntN(30_000))
		if i%101 == 0 {
			k += "\"" // a quote in a key is not read in place
		}
		x, cents := int64(r.IntN(1000)), int64(r.IntN(1_000_000))
		ts := int64(i)*20 - int64(r.IntN(9000)) + 1_000_000
		null := i%17 == 0
		price := fmt.Sprintf("%d.%02d", cents/100, cents%100)
		text, value := strconv.FormatInt(x, 10), strconv.FormatInt(x, 10)
		if null {
			text, value = "", "null"
		}
		fmt.Fprintf(&csv, "%s,%s,%s,%d\n", cell(k), text, price, ts)
		fmt.Fprintf(&json, `{"k":%q,"x":%s,"price":%s,"ts":%d}`+"\n", k, value, price, ts)
		g := groups[k]
		if g == nil {
			g = &group{}
			groups[k] = g
		}
		g.n++
		g.cents += cents
		if !null {
			g.values++
			g.sum += x
			if x > 990 {
				rows[cell(k)+","+text]++
			}
		}
		counts[fmt.Sprintf("%s,%d", cell(k), ts/60_000*60_000)]++
	}
	for name, text := range map[string][]byte{"in.csv": csv.Bytes(), "in.jsonl": json.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for k, n := range counts {
		windows[k+","+strconv.Itoa(n)] = 1
	}
	totals := map[string]int{}
	for k, g := range groups {
		sum := ""
		if g.values > 0 {
			sum = strconv.FormatInt(g.sum, 10)
		}
		totals[strings.Join([]string{cell(k), strconv.FormatInt(g.n, 10), sum, fmt.Sprintf("%d.%02d", g.cents/100, g.cents%100)}, ",")] = 1
	}
	return map[string]map[string]int{"rows": rows, "groups": totals, "windows": windows}
}
