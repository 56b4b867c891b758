package golden

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// windowSlack is the disorder that the source declares, in milliseconds.
const windowSlack = 3000

const windowSource = `CREATE STREAM t (k STRING NOT NULL, v BIGINT NOT NULL, ts BIGINT NOT NULL)
WITH ('connector' = 'file', 'path' = 'in*.csv', 'format' = 'csv', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '3s');
`

// windowInputs makes inputs: on time in several orders, which have to give one
// result, and with late rows, whose result depends on the order.
func windowInputs(r *rand.Rand) (onTime [][]windowRow, late []windowRow) {
	base := make([]windowRow, 400)
	ts := int64(-60_000) // before the epoch too
	for i := range base {
		ts += 50 * int64(r.IntN(8)) // rows are often exactly on the border of a window
		if r.IntN(40) == 0 {
			ts += 50 * int64(r.IntN(600)) // a pause that closes sessions and windows
		}
		base[i] = windowRow{k: string(rune('a' + r.IntN(5))), v: int64(r.IntN(7)) - 3, ts: ts}
	}
	onTime = append(onTime, base)
	for range 2 { // each row at most the slack behind one before it
		at := make([]int64, len(base))
		order := make([]int, len(base))
		for i := range base {
			order[i], at[i] = i, base[i].ts+int64(r.IntN(windowSlack+1))
		}
		slices.SortStableFunc(order, func(a, b int) int { return int(at[a] - at[b]) })
		shuffled := make([]windowRow, len(base))
		for i, j := range order {
			shuffled[i] = base[j]
		}
		onTime = append(onTime, shuffled)
	}
	late = slices.Clone(base)
	for i := range late {
		if r.IntN(4) == 0 {
			late[i].ts -= 50 * int64(r.IntN(300))
		}
	}
	return onTime, late
}

// TestRandomWindows runs windows of all kinds, sizes and grace periods over random
// rows and compares with a naive evaluation: in several orders of arrival,
// with one and several partitions and workers, in batches of any size.
func TestRandomWindows(t *testing.T) {
	if testing.Short() {
		t.Skip("programs are not run in short mode")
	}
	r := rand.New(rand.NewPCG(20, 26))
	queries := map[string]windowQuery{}
	sql := windowSource
	for i := range 40 {
		name := fmt.Sprintf("q%d", i)
		queries[name] = randomQuery(r)
		sql += queries[name].sql(name)
	}
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("windows", mustCompile(t, "windows", sql)); err != nil {
		t.Fatal(err)
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	check := func(files [][]windowRow, order []windowRow, modes []mode) {
		t.Helper()
		for _, m := range modes {
			got := runWindows(t, exe, "windows", files, m, queries).results
			for name, q := range queries {
				want := q.eval(order, windowSlack)
				if q.kind == "SESSION" && q.changes && sameStart(want) {
					continue // the row of one has replaced that of the other
				}
				if diff := firstDifference(got[name], want); diff != "" {
					t.Errorf("%s, %d files: %s\n%s", m, len(files), q.sql(name), diff)
				}
			}
		}
	}
	for range 2 {
		onTime, late := windowInputs(r)
		for i, rows := range onTime {
			check([][]windowRow{rows}, onTime[0], []mode{{1, 0}, {1, 1 + i}, {2, 7}, {3, 1}})
		}
		var parts [2][]windowRow
		for _, row := range onTime[0] {
			i := r.IntN(2)
			parts[i] = append(parts[i], row)
		}
		check(parts[:], onTime[0], []mode{{1, 0}, {1, 3}, {2, 2}})
		check([][]windowRow{late}, late, []mode{{1, 0}, {1, 1}, {1, 5}})
	}
}

// sameStart reports two sessions of a key with one start: late rows have made a
// session begin where one began that had closed before.
func sameStart(sessions []string) bool {
	seen := map[string]bool{}
	for _, line := range sessions {
		f := strings.Split(line, ",")
		key := f[0] + "," + f[1]
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// firstDifference compares sorted lines.
func firstDifference(got, want []string) string {
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			return fmt.Sprintf("result %d of %d and %d is %s, want %s", i, len(got), len(want), g, w)
		}
	}
	return ""
}

// windowRun is what a program did, by query; rows are sorted.
type windowRun struct {
	results map[string][]string // the content at the end
	emitted map[string][]string // all rows that came out
	late    map[string]int
	letters map[string][]string
}

// runWindows runs a program over files with the rows. Rows of EMIT FINAL must not
// replace others.
func runWindows(t *testing.T, exe, program string, files [][]windowRow, m mode, queries map[string]windowQuery) windowRun {
	t.Helper()
	dir := t.TempDir()
	for i, rows := range files {
		var text strings.Builder
		text.WriteString("k,v,ts\n")
		for _, r := range rows {
			fmt.Fprintf(&text, "%s,%d,%d\n", r.k, r.v, r.ts)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("in%d.csv", i)), []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var args []string
	if m.records > 0 {
		args = append(args, "-shred="+strconv.Itoa(m.records))
	}
	cmd := exec.Command(exe, append(args, program, "--summary", "--workers="+strconv.Itoa(m.workers))...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "VELOC_GOLDEN=golden")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", m, err, out)
	}
	run := windowRun{map[string][]string{}, map[string][]string{}, lateCounts(out), lateLetters(t, dir, program)}
	for name, q := range queries {
		text, err := os.ReadFile(filepath.Join(dir, name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows := lines(string(text))
		run.results[name] = content(t, q, rows)
		for _, row := range rows[1:] {
			if strings.HasPrefix(rows[0], "op,") {
				var op string
				if op, row, _ = strings.Cut(row, ","); op == "delete" {
					continue
				}
			}
			run.emitted[name] = append(run.emitted[name], strings.ReplaceAll(row, `""`, ""))
		}
		slices.Sort(run.emitted[name])
	}
	return run
}

// content is what a result holds after all of its changes.
func content(t *testing.T, q windowQuery, rows []string) []string {
	t.Helper()
	table := map[string]string{}
	for _, line := range rows[1:] {
		op := "upsert"
		if strings.HasPrefix(rows[0], "op,") {
			op, line, _ = strings.Cut(line, ",")
		}
		f := strings.Split(strings.ReplaceAll(line, `""`, ""), ",")
		key := strings.Join(f[:2], ",") // k and the start
		if q.kind == "CUMULATE" || q.kind == "SESSION" && !q.changes && q.late != "update_previous_window" {
			key = strings.Join(f[:3], ",")
		}
		_, there := table[key]
		switch {
		case op == "delete" && !there:
			t.Errorf("%s: %s deletes what is not there", q.sql("q"), line)
		case op == "delete":
			delete(table, key)
		case there && !q.changes && q.late != "update_previous_window":
			t.Errorf("%s: %s is emitted twice", q.sql("q"), line)
		default:
			table[key] = strings.Join(f, ",")
		}
	}
	var out []string
	for _, line := range table {
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}
