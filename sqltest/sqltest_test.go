package sqltest_test

import (
	"path/filepath"
	"testing"

	"github.com/velocsql/veloc/sqltest"
)

func suite(t *testing.T) *sqltest.Suite {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return &sqltest.Suite{Runtime: root}
}

func TestBasics(t *testing.T) {
	f, err := sqltest.Read("testdata/basics_test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	results, err := suite(t).Run(t.Context(), f.Cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		want := sqltest.Pass
		if r.Case.Name == "another engine's setting" {
			want = sqltest.Skip
		}
		if r.Status != want {
			t.Errorf("%s: %s\n%s", r.Case.Name, r.Status, r.Message)
		}
	}
}
