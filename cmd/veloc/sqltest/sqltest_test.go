package sqltest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
)

func suite(t *testing.T) *sqltest.Suite {
	t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	return &sqltest.Suite{Runtime: root}
}

// TestFiles runs the files of testdata, whose cases pass, or say in their names that
// they are skipped.
func TestFiles(t *testing.T) {
	paths, err := filepath.Glob("testdata/*_test.*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files: %v", err)
	}
	var cases []*sqltest.Case
	for _, p := range paths {
		f, err := sqltest.Read(p)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, f.Cases...)
	}
	results, err := suite(t).Run(t.Context(), cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		want := sqltest.Pass
		if strings.HasPrefix(r.Case.Name, "skipped: ") {
			want = sqltest.Skip
		}
		if r.Status != want {
			t.Errorf("%s: %s: %s\n%s", r.Case.File.Path, r.Case.Name, r.Status, r.Message)
		}
	}
}
