package sqltest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCrashes: a case that brings the process down, or that has no end, does not
// touch the others.
func TestCrashes(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "tests")
	script := `#!/bin/sh
while read -r line; do
	case "$line" in
	*crash*) echo "fatal error: all is lost" >&2; exit 2 ;;
	*stuck*) exec sleep 60 ;;
	*) echo '{"id":0}' ;;
	esac
done
`
	if err := os.WriteFile(bin, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	var jobs []*job
	for _, name := range []string{"a", "crash", "b", "stuck", "crash", "c"} {
		j := &job{program: &program{}, c: &Case{Name: name}, result: &Result{}}
		j.wire.Program = name
		jobs = append(jobs, j)
	}
	s := &Suite{Limit: 300 * time.Millisecond}
	if err := s.answer(t.Context(), bin, jobs); err != nil {
		t.Fatal(err)
	}
	for i, j := range jobs {
		switch j.wire.Program {
		case "crash":
			if j.answer != nil || !strings.Contains(j.crashed, "all is lost") {
				t.Errorf("job %d: crashed = %q", i, j.crashed)
			}
		case "stuck":
			if j.answer != nil || !strings.Contains(j.crashed, "no end after 300ms") {
				t.Errorf("job %d: crashed = %q", i, j.crashed)
			}
		default:
			if j.answer == nil || j.crashed != "" {
				t.Errorf("job %d has no answer: %q", i, j.crashed)
			}
		}
	}
}
