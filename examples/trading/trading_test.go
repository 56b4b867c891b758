package trading

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

// go test ./examples/quickstart ./examples/trading -update
var update = flag.Bool("update", false, "rewrite what is expected")

// sinks are the relations that are written to files, and their files.
var sinks = map[string]string{"candles": "candles.csv", "buckets": "buckets.jsonl", "imbalance": "imbalance.csv"}

// TestOutput runs the program over ticks.csv. Several workers write the same
// rows, in another order.
func TestOutput(t *testing.T) {
	for _, workers := range []string{"1", "2"} {
		t.Run(workers, func(t *testing.T) {
			for name, got := range run(t, workers) {
				path := filepath.Join("expected", name)
				if *update && workers == "1" {
					if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				want := string(text)
				if workers != "1" {
					got, want = sorted(got), sorted(want)
				}
				if got != want {
					t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
				}
			}
		})
	}
}

// run returns what the program writes, by name of the file in the folder
// expected.
func run(t *testing.T, workers string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	letters := filepath.Join(dir, "letters.jsonl")
	args := []string{"--workers", workers, "--strict", "--dead-letter", letters}
	for sink, file := range sinks {
		args = append(args, "--set", sink+".path="+filepath.Join(dir, file))
	}
	var out, errs bytes.Buffer
	env := rt.OSEnv()
	env.Stdout, env.Stderr = &out, &errs
	if code := rt.Main(Program(), args, env); code != rt.ExitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	late, err := os.ReadFile(letters)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{"movers.txt": out.String(), "late.jsonl": string(late)}
	for _, file := range sinks {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		got[file] = string(text)
	}
	return got
}

func sorted(s string) string {
	lines := strings.SplitAfter(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}
