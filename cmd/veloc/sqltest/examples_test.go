package sqltest_test

import (
	"testing"

	"github.com/velocsql/veloc/cmd/veloc/sqltest"
)

// TestExamples runs the test files of the examples.
func TestExamples(t *testing.T) {
	f, err := sqltest.Read("../../../examples/quickstart/quickstart_test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	results, err := suite(t).Run(t.Context(), f.Cases)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Status != sqltest.Pass {
			t.Errorf("%s: %s\n%s", r.Case.Name, r.Status, r.Message)
		}
	}
}
