package ksql

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
	"github.com/velocsql/veloc/parser/diag"
)

var update = flag.Bool("update", false, "rewrite status.txt")

// listPath has a line for each case: its name, a tab, and its status.
//
//	pass                  the records that come out are those of ksqlDB
//	differs: reason       veloc does something else on purpose
//	refused VL3001        part of the language that is not built yet
//	fails                 a defect, or not looked into
const listPath = "status.txt"

const differs = "differs: "

// TestSuite runs every case of the suite and compares how it ends with the list.
// A case that passed must pass.
func TestSuite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program for each case")
	}
	cases := load(t)
	results := runAll(t, cases)
	list := readList(t)
	got := map[string]string{}
	for _, r := range results {
		got[id(r.Case)] = status(r)
	}
	for _, r := range results {
		name := id(r.Case)
		want, now := list[name], got[name]
		switch {
		case strings.HasPrefix(want, differs) && now != "pass":
			got[name] = want
		case *update:
		case want == "pass" && now != "pass":
			t.Errorf("%s passed before: %s\n%s", name, now, r.Message)
		case want != now && now == "pass":
			t.Logf("%s passes now: go test ./golden/ksql -update", name)
		}
		if os.Getenv("KSQL_WHY") != "" && r.Case.Refused && now == "pass" {
			t.Logf("%s\n want: %s\n got:  %s", name, r.Case.Error, why(r))
		}
		if os.Getenv("KSQL_SHOW") != "" && now != "pass" {
			t.Logf("%s: %s\n%s", name, now, r.Message)
		}
	}
	t.Log("\n" + table(results, got))
	if *update && os.Getenv("KSQL_ONLY") == "" {
		writeList(t, got)
	}
}

func runAll(t *testing.T, cases []*sqltest.Case) []*sqltest.Result {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	suite := &sqltest.Suite{Runtime: root}
	results, err := suite.Run(context.Background(), cases)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// why is the reason for which veloc refuses a case that has to be refused.
func why(r *sqltest.Result) string {
	for _, d := range r.Diagnostics {
		if d.Severity == diag.Error {
			return string(d.Code) + " " + d.Msg
		}
	}
	if len(r.Rejected) > 0 {
		return "rejected: " + r.Rejected[0].Reason
	}
	return r.Message
}

// status is how a case ended, as the list says it.
func status(r *sqltest.Result) string {
	for _, d := range r.Diagnostics {
		if d.Code == diag.UnknownFunction && strings.Contains(r.Case.Error, "Can't find any functions") {
			continue // the case is about that
		}
		if d.Severity == diag.Error && notYet(d.Code) {
			return "refused " + string(d.Code)
		}
	}
	switch r.Status {
	case sqltest.Pass:
		return "pass"
	case sqltest.Skip:
		return "skipped"
	}
	if r.Refused != "" {
		for _, d := range r.Diagnostics {
			if d.Severity == diag.Error {
				return "refused " + string(d.Code)
			}
		}
	}
	return "fails"
}

func readList(t *testing.T) map[string]string {
	list := map[string]string{}
	f, err := os.Open(listPath)
	if os.IsNotExist(err) {
		return list
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		if name, s, ok := strings.Cut(in.Text(), "\t"); ok {
			list[name] = s
		}
	}
	return list
}

func writeList(t *testing.T, list map[string]string) {
	var names []string
	for n := range list {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%s\t%s\n", n, list[n])
	}
	if err := os.WriteFile(listPath, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// table counts cases by tag.
func table(results []*sqltest.Result, got map[string]string) string {
	type row struct {
		tag                          string
		all, pass, differ, no, fails int
	}
	rows := map[string]*row{}
	count := func(tag, s string) {
		r := rows[tag]
		if r == nil {
			r = &row{tag: tag}
			rows[tag] = r
		}
		r.all++
		switch {
		case s == "pass":
			r.pass++
		case strings.HasPrefix(s, differs):
			r.differ++
		case strings.HasPrefix(s, "refused"):
			r.no++
		default:
			r.fails++
		}
	}
	for _, r := range results {
		s := got[id(r.Case)]
		count(" all", s)
		if isCore(r.Case) {
			count(" core", s)
		}
		for _, tag := range r.Case.Tags {
			count(tag, s)
		}
	}
	var list []*row
	for _, r := range rows {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *row) int { return strings.Compare(a.tag, b.tag) })
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s %6s %6s %8s %8s %6s\n", "tag", "cases", "pass", "differs", "refused", "fails")
	for _, r := range list {
		fmt.Fprintf(&b, "%-20s %6d %6d %8d %8d %6d\n", strings.TrimSpace(r.tag), r.all, r.pass, r.differ, r.no, r.fails)
	}
	return b.String()
}
