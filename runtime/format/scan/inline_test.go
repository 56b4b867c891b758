package scan

import (
	"os/exec"
	"strings"
	"testing"
)

// TestInlined asks the compiler whether the small helpers disappear in the code
// that calls them.
func TestInlined(t *testing.T) {
	if testing.Short() {
		t.Skip("builds packages")
	}
	for pkg, names := range map[string][]string{
		".":           {"Load", "At", "View", "ShortInt", "Int32", "Dec", "SkipDec"},
		"../csv":      {"Short"},
		"../../event": {"(*Clock).Observe"},
	} {
		out, err := exec.Command("go", "build", "-gcflags=-m", pkg).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", pkg, err, out)
		}
		for _, name := range names {
			if !strings.Contains(string(out), "can inline "+name+"\n") {
				t.Errorf("%s: %s is not inlined", pkg, name)
			}
		}
	}
}
