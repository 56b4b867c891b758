package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
)

// testReport shows results as go test does.
type testReport struct {
	out     io.Writer
	verbose bool
	json    bool
	failed  bool
	// bad are the messages of files that cannot be read.
	bad map[string]string
}

// testLine is a result in JSON.
type testLine struct {
	File    string `json:"file"`
	Name    string `json:"name"`
	Line    int    `json:"line,omitempty"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

func (t *testReport) line(l testLine) {
	enc := json.NewEncoder(t.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(l)
}

// unreadable notes a file that cannot be read: no test, or one with mistakes.
func (t *testReport) unreadable(path string, err error) {
	t.failed = true
	if t.bad == nil {
		t.bad = map[string]string{}
	}
	var parts []string
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range list.Unwrap() {
			parts = append(parts, e.Error())
		}
	} else {
		parts = []string{err.Error()}
	}
	t.bad[path] = strings.Join(parts, "\n")
}

// results shows everything, file by file.
func (t *testReport) results(paths []string, list []*sqltest.Result, took time.Duration) {
	byFile := map[string][]*sqltest.Result{}
	for _, r := range list {
		byFile[r.Case.File.Path] = append(byFile[r.Case.File.Path], r)
	}
	total := map[sqltest.Status]int{}
	for _, p := range paths {
		if msg, ok := t.bad[p]; ok {
			total[sqltest.Error]++
			if t.json {
				t.line(testLine{File: p, Status: string(sqltest.Error), Message: msg})
			} else {
				fmt.Fprintf(t.out, "%s\nFAIL\t%s\n", msg, p)
			}
			continue
		}
		t.file(p, byFile[p], total)
	}
	if t.json {
		return
	}
	if t.failed {
		fmt.Fprintln(t.out, "FAIL")
	}
	if t.verbose || t.failed {
		var parts []string
		for _, s := range []struct {
			status sqltest.Status
			word   string
		}{{sqltest.Pass, "passed"}, {sqltest.Fail, "failed"}, {sqltest.Error, "with an error"}, {sqltest.Skip, "skipped"}} {
			if n := total[s.status]; n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n, s.word))
			}
		}
		fmt.Fprintf(t.out, "%s in %s\n", strings.Join(parts, ", "), took.Round(10*time.Millisecond))
	}
}

// file shows the results of one file.
func (t *testReport) file(path string, list []*sqltest.Result, total map[sqltest.Status]int) {
	if len(list) == 0 {
		return
	}
	var took time.Duration
	bad, skipped := 0, 0
	for _, r := range list {
		total[r.Status]++
		took += r.Took
		switch r.Status {
		case sqltest.Fail, sqltest.Error:
			t.failed = true
			bad++
		case sqltest.Skip:
			skipped++
		}
		if t.json {
			t.line(testLine{File: path, Name: r.Case.Name, Line: r.Case.Line, Status: string(r.Status), Message: r.Message})
			continue
		}
		t.result(path, r)
	}
	if t.json {
		return
	}
	word := "ok  "
	if bad > 0 {
		word = "FAIL"
	}
	fmt.Fprintf(t.out, "%s\t%s\t%d case%s", word, path, len(list), plural(len(list)))
	if bad > 0 {
		fmt.Fprintf(t.out, ", %d failed", bad)
	}
	if skipped > 0 {
		fmt.Fprintf(t.out, ", %d skipped", skipped)
	}
	fmt.Fprintf(t.out, "\t%.3fs\n", took.Seconds())
}

// result shows one case.
func (t *testReport) result(path string, r *sqltest.Result) {
	words := map[sqltest.Status]string{sqltest.Pass: "PASS", sqltest.Fail: "FAIL", sqltest.Error: "ERROR", sqltest.Skip: "SKIP"}
	quiet := r.Status == sqltest.Pass && !r.Unsaid || r.Status == sqltest.Skip
	if quiet && !t.verbose {
		return
	}
	fmt.Fprintf(t.out, "--- %s: %s (%.3fs)\n", words[r.Status], r.Case.Name, r.Took.Seconds())
	if !quiet {
		fmt.Fprintf(t.out, "    %s:%d:\n", path, r.Case.Line)
	}
	if r.Message == "" {
		return
	}
	for l := range strings.Lines(r.Message) {
		if l = strings.TrimRight(l, "\n"); l != "" {
			l = "    " + l
		}
		fmt.Fprintln(t.out, l)
	}
}

// showCoverage lists what no case runs: on standard error where the results are
// JSON.
func showCoverage(a *app, rep *testReport, results []*sqltest.Result) {
	out := rep.out
	if rep.json {
		out = a.stderr
	}
	for _, c := range sqltest.Coverage(results) {
		all := c.Ran + len(c.Missing)
		fmt.Fprintf(out, "coverage: %s: %d of %d branches\n", c.Program, c.Ran, all)
		for _, b := range c.Missing {
			fmt.Fprintf(out, "    %s:%d:%d: %s: %s\n", c.Program, b.Line, b.Column, b.What, b.Text)
		}
	}
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
