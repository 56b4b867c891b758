package quickstart

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

// go test ./examples/quickstart ./examples/trading -update
var update = flag.Bool("update", false, "rewrite what is expected")

const expected = "expected.txt"

// TestOutput runs the program over trades.csv. Several workers print the same
// rows, in another order.
func TestOutput(t *testing.T) {
	for _, workers := range []string{"1", "2"} {
		var out, errs bytes.Buffer
		env := rt.OSEnv()
		env.Stdout, env.Stderr = &out, &errs
		if code := rt.Main(Program(), []string{"--workers", workers, "--strict"}, env); code != rt.ExitOK {
			t.Fatalf("%s workers: exit code %d: %s", workers, code, errs.String())
		}
		if *update && workers == "1" {
			if err := os.WriteFile(expected, out.Bytes(), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(expected)
		if err != nil {
			t.Fatal(err)
		}
		got, want := out.String(), string(text)
		if workers != "1" {
			got, want = sorted(got), sorted(want)
		}
		if got != want {
			t.Errorf("%s workers print\n%s\nwant\n%s", workers, got, want)
		}
	}
}

func sorted(s string) string {
	lines := strings.SplitAfter(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}
