package ksql

import (
	"path/filepath"
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
)

// TestOwnCases runs the cases of testdata, which follow the rules that ksqlDB
// documents for windows: grace periods, late records, HAVING, keys, final results.
// All of them pass.
func TestOwnCases(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program for each case")
	}
	paths, err := filepath.Glob(filepath.Join("testdata", "*_test.json"))
	if err != nil || len(paths) == 0 {
		t.Fatal("there are no cases", err)
	}
	var cases []*sqltest.Case
	for _, path := range paths {
		f, err := sqltest.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, f.Cases...)
	}
	for _, r := range runAll(t, cases) {
		if r.Status != sqltest.Pass {
			t.Errorf("%s: %s\n%s", id(r.Case), r.Status, r.Message)
		}
	}
}
