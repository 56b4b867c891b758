package golden

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// latePolicies are the values of late.data.strategy.
var latePolicies = []string{"drop", "dead_letter", "include_in_next_window", "update_previous_window"}

// lateQuery makes up a query with a late policy that its window can follow.
func lateQuery(r *rand.Rand, policy string) windowQuery {
	for {
		q := randomQuery(r)
		q.late = policy
		switch policy {
		case "include_in_next_window":
			if q.kind == "SESSION" || q.kind == "SLIDING" {
				continue
			}
		case "update_previous_window":
			if q.kind == "SLIDING" || q.changes || q.grace == 0 {
				continue
			}
		}
		return q
	}
}

// TestLatePolicies runs windows of all kinds under each late policy over random
// rows, many of them late, and compares with the naive evaluation: what comes out,
// how many rows are late, and their dead letters. With one worker it is told
// exactly which rows are late; on-time rows give the same with several.
func TestLatePolicies(t *testing.T) {
	if testing.Short() {
		t.Skip("programs are not run in short mode")
	}
	r := rand.New(rand.NewPCG(20, 27))
	programs := map[string]map[string]windowQuery{}
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, policy := range latePolicies {
		queries, sql := map[string]windowQuery{}, windowSource
		for i := range 16 {
			name := fmt.Sprintf("q%d", i)
			queries[name] = lateQuery(r, policy)
			sql += queries[name].sql(name)
		}
		programs[policy] = queries
		if err := bin.add(policy, mustCompile(t, policy, sql)); err != nil {
			t.Fatal(err)
		}
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		onTime, late := windowInputs(r)
		for _, policy := range latePolicies {
			queries := programs[policy]
			for _, m := range []mode{{1, 0}, {1, 1}, {1, 4}} {
				checkLate(t, exe, policy, late, m, queries)
			}
			for name, got := range runWindows(t, exe, policy, [][]windowRow{onTime[1]}, mode{2, 7}, queries).results {
				q := queries[name]
				if diff := firstDifference(got, q.eval(onTime[0], windowSlack)); diff != "" {
					t.Errorf("on time, %s\n%s", q.sql(name), diff)
				}
			}
		}
	}
}

// checkLate runs the queries of a policy over rows of which some are late.
func checkLate(t *testing.T, exe, policy string, rows []windowRow, m mode, queries map[string]windowQuery) {
	t.Helper()
	run := runWindows(t, exe, policy, [][]windowRow{rows}, m, queries)
	for name, q := range queries {
		want := q.judge(rows, windowSlack)
		if q.kind == "SESSION" && (q.changes || policy == "update_previous_window") && sameStart(want.content) {
			continue // the row of one has replaced that of the other
		}
		if diff := firstDifference(run.results[name], want.content); diff != "" {
			t.Errorf("%s: %s\n%s", m, q.sql(name), diff)
		}
		if n := run.late[name]; n != want.late {
			t.Errorf("%s: %s\n%d late rows are counted, want %d", m, q.sql(name), n, want.late)
		}
		switch policy {
		case "update_previous_window":
			if diff := firstDifference(run.emitted[name], want.emitted); diff != "" {
				t.Errorf("%s: %s\non the way: %s", m, q.sql(name), diff)
			}
		case "dead_letter":
			if diff := firstDifference(run.letters[name], want.letters); diff != "" {
				t.Errorf("%s: %s\nletters: %s", m, q.sql(name), diff)
			}
		}
	}
}

var lateLine = regexp.MustCompile(`(?m)^(\d+) late rows? of (q\d+) `)

// lateCounts reads how many rows were late from a summary.
func lateCounts(summary []byte) map[string]int {
	counts := map[string]int{}
	for _, m := range lateLine.FindAllSubmatch(summary, -1) {
		counts[string(m[2])], _ = strconv.Atoi(string(m[1]))
	}
	return counts
}

// lateLetters reads the dead letters of each statement, as the oracle writes them.
func lateLetters(t *testing.T, dir, program string) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, program+".dead_letter.jsonl"))
	if err != nil {
		return nil
	}
	letters := map[string][]string{}
	for _, line := range lines(string(text)) {
		var l struct {
			Statement, Record, Watermark string
			Start                        string `json:"window_start"`
			End                          string `json:"window_end"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		ms := func(s string) int64 {
			at, err := time.Parse(time.RFC3339Nano, s)
			if err != nil {
				t.Fatal(err)
			}
			return at.UnixMilli()
		}
		letters[l.Statement] = append(letters[l.Statement], fmt.Sprintf("%s: %d, %d to %d", strings.TrimSpace(l.Record), ms(l.Watermark), ms(l.Start), ms(l.End)))
	}
	for _, list := range letters {
		slices.Sort(list)
	}
	return letters
}

// TestOwnWatermark runs windows over a column that is not the event time of the
// source: they have a watermark of their own, and give what they give where the
// column is the event time.
func TestOwnWatermark(t *testing.T) {
	if testing.Short() {
		t.Skip("programs are not run in short mode")
	}
	r := rand.New(rand.NewPCG(20, 28))
	queries := map[string]windowQuery{}
	sql := strings.Replace(windowSource, "'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '3s'", "'event.time.field' = 'v', 'watermark.ts.max_out_of_orderness' = '3s'", 1)
	for i := range 16 {
		q := randomQuery(r)
		q.column = "ts"
		name := fmt.Sprintf("q%d", i)
		queries[name] = q
		sql += q.sql(name)
	}
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := bin.add("own", mustCompile(t, "own", sql)); err != nil {
		t.Fatal(err)
	}
	exe, err := bin.build()
	if err != nil {
		t.Fatal(err)
	}
	onTime, late := windowInputs(r)
	check := func(rows, order []windowRow, m mode) {
		t.Helper()
		run := runWindows(t, exe, "own", [][]windowRow{rows}, m, queries)
		for name, q := range queries {
			want := q.judge(order, windowSlack)
			if q.kind == "SESSION" && q.changes && sameStart(want.content) {
				continue // the row of one has replaced that of the other
			}
			if diff := firstDifference(run.results[name], want.content); diff != "" {
				t.Errorf("%s: %s\n%s", m, q.sql(name), diff)
			}
		}
	}
	for _, rows := range onTime {
		check(rows, onTime[0], mode{1, 3})
		check(rows, onTime[0], mode{3, 2})
	}
	check(late, late, mode{1, 0})
	check(late, late, mode{1, 2})
}
