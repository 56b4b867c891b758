package golden

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/velocsql/veloc/compiler"
)

const tableSource = `CREATE TABLE t (id BIGINT PRIMARY KEY, k STRING, n INT, s STRING)
WITH ('connector' = 'kafka', 'topic' = 't', 'key.format' = 'json');
CREATE TABLE f (id BIGINT PRIMARY KEY, k STRING, n INT, s STRING) WITH ('connector' = 'file', 'path' = 'f.csv', 'format' = 'csv');
`

// tableChanges are random records of a table: rows that are new, that change, also
// from group to group, and that are deleted.
type tableChanges struct {
	topic, file     string
	inTopic, inFile []*tableRow // the content at the end
}

func randomChanges(r *rand.Rand, n int) tableChanges {
	last, lastInFile := map[int64]*tableRow{}, map[int64]*tableRow{}
	var out, file strings.Builder
	file.WriteString("id,k,n,s\n")
	for at := range n {
		row := &tableRow{id: int64(r.IntN(14)), at: at, gone: r.IntN(6) == 0}
		if r.IntN(8) > 0 {
			row.k = string(rune('a' + r.IntN(4)))
		}
		if r.IntN(6) > 0 {
			row.n = int64(r.IntN(5))
		}
		if r.IntN(6) > 0 {
			row.s = string(rune('w' + r.IntN(4)))
		}
		last[row.id] = row
		if !row.gone {
			lastInFile[row.id] = row
			file.WriteString(cells{row.id, row.k, row.n, row.s}.line() + "\n")
		}
		value, _ := json.Marshal(map[string]any{"k": row.k, "n": row.n, "s": row.s})
		if row.gone {
			value = []byte("null")
		}
		fmt.Fprintf(&out, `{"key": "%d", "value": %s, "timestamp": %d}`+"\n", row.id, value, at)
	}
	return tableChanges{out.String(), file.String(), slices.Collect(maps.Values(last)), slices.Collect(maps.Values(lastInFile))}
}

// TestRandomTables runs chains of filters, groups, HAVING and further groups over
// random changes of a table. What their changelogs add up to, and what they give at
// the end, has to be what a naive evaluation finds in the content of the table.
func TestRandomTables(t *testing.T) {
	if testing.Short() {
		t.Skip("programs are not run in short mode")
	}
	r := rand.New(rand.NewPCG(3, 2026))
	queries := map[string]tableQuery{}
	sql := tableSource
	for i := range 30 {
		name := fmt.Sprintf("q%d", i)
		queries[name] = randomTableQuery(r)
		sql += queries[name].sql(name)
	}
	p, err := compileWith(compiler.Input{Name: "tables", Dir: t.TempDir(), DefaultFormat: "csv", Topics: true}, sql)
	if err != nil {
		t.Fatal(err)
	}
	if !p.ok || p.text != "" {
		t.Fatalf("the program does not compile cleanly:\n%s", p.text)
	}
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("tables", p.files); err != nil {
		t.Fatal(err)
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 7, 60, 400, 400} {
		changes := randomChanges(r, n)
		for _, m := range []mode{{1, 0}, {1, 1}, {2, 3}, {3, 1000}} {
			got := runTables(t, exe, changes, m)
			for name, q := range queries {
				content := changes.inTopic
				if q.atEnd() {
					content = changes.inFile
				}
				want := lineSet(q.eval(content))
				if diff := firstDifference(q.fold(t, got[name]), want); diff != "" && !q.untouched(content) && !q.overNone(got[name]) {
					t.Errorf("%s, %d records: %s\n%s", m, n, q.sql(name), diff)
				}
			}
		}
		if t.Failed() {
			t.Fatalf("of the records\n%s", changes.topic)
		}
	}
}

// untouched reports a query of all rows together over none: its one row is known to
// batches only, for in a stream nothing has come that could change it.
func (q tableQuery) untouched(content []*tableRow) bool {
	for _, row := range content {
		if !row.gone && tableFilters[q.where].holds(row) {
			return false
		}
	}
	return len(q.keys) == 0
}

// overNone reports a result of one row, over groups of which none has come out.
func (q tableQuery) overNone(rows []string) bool {
	return len(rows) == 1 && q.outer == 3 && !q.atEnd()
}

func lineSet(rows []cells) []string {
	var out []string
	for _, row := range rows {
		out = append(out, row.line())
	}
	slices.Sort(out)
	return out
}

// runTables runs the program over records and returns the lines of each result.
func runTables(t *testing.T, exe string, changes tableChanges, m mode) map[string][]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "topic"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "topic", "t.jsonl"), []byte(changes.topic), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "f.csv"), []byte(changes.file), 0o644); err != nil {
		t.Fatal(err)
	}
	var args []string
	if m.records > 0 {
		args = append(args, "-shred="+strconv.Itoa(m.records))
	}
	cmd := exec.Command(exe, append(args, "tables", "--workers="+strconv.Itoa(m.workers))...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "VELOC_GOLDEN=golden")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", m, err, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "q*.csv"))
	got := map[string][]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		got[strings.TrimSuffix(filepath.Base(f), ".csv")] = lines(string(text))
	}
	return got
}

// fold is what the lines of a result add up to.
func (q tableQuery) fold(t *testing.T, rows []string) []string {
	t.Helper()
	if len(rows) == 0 {
		t.Fatalf("no header: %s", q.sql("q"))
	}
	table := map[string]string{}
	ops := strings.HasPrefix(rows[0], "op,")
	var out []string
	for _, line := range rows[1:] {
		op := "upsert"
		if ops {
			op, line, _ = strings.Cut(line, ",")
		}
		key := strings.Join(strings.Split(line, ",")[:q.keyColumns()], ",")
		old, there := table[key]
		switch {
		case q.atEnd():
			out = append(out, line)
		case op == "+I" && there, op == "+U" && there, op == "delete" && !there,
			(op == "-U" || op == "-D") && old != line:
			t.Errorf("%s: %s %s where %q was", q.sql("q"), op, line, old)
		case op == "delete", op == "-U", op == "-D":
			delete(table, key)
		default:
			table[key] = line
		}
	}
	for _, line := range table {
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}
