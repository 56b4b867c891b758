package measurements

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	rt "github.com/velocsql/veloc/runtime"
)

const sample = `Hamburg;12.0
Bulawayo;8.9
São Paulo;-0.1
"Quoted";3.3
Hamburg;-7.5
St. John's;15.2
Bulawayo;38.8
São Paulo;0.0
Hamburg;34.2
Ulaanbaatar University;-99.9
Ulaanbaatar University;99.9
`

const expected = `
station                 lowest       mean  highest
"Quoted"                   3.3   3.300000      3.3
Bulawayo                   8.9  23.850000     38.8
Hamburg                   -7.5  12.900000     34.2
St. John's                15.2  15.200000     15.2
São Paulo                 -0.1  -0.050000      0.0
Ulaanbaatar University   -99.9   0.000000     99.9
`

// TestOutput runs the program over a few lines.
func TestOutput(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "measurements.txt"), []byte(sample), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, workers := range []string{"1", "2"} {
		var out, errs bytes.Buffer
		env := rt.OSEnv()
		env.Dir, env.Stdout, env.Stderr = dir, &out, &errs
		if code := rt.Main(Program(), []string{"--workers", workers, "--strict"}, env); code != rt.ExitOK {
			t.Fatalf("exit code %d: %s", code, errs.String())
		}
		if got, want := rows(out.String()), rows(expected); !slices.Equal(got, want) {
			t.Errorf("%s workers print\n%s\nwant\n%s", workers, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// rows returns the lines of a table, sorted, with one blank between cells and
// without the rule below the names.
func rows(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !strings.HasPrefix(line, "---") {
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return out
}
