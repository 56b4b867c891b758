package sqlfn

import (
	"os/exec"
	"strings"
	"testing"
)

// What generated code calls for every row must be inlined.
func TestHotFunctionsInline(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the compiler")
	}
	const runtime = "github.com/velocsql/veloc/runtime/"
	cmd := exec.Command("go", "build", "-gcflags="+runtime+"...=-m", runtime+"sqlfn", runtime+"decimal", runtime+"agg")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Skipf("no compiler: %v\n%s", err, out)
	}
	said := map[string]bool{}
	for _, line := range strings.Split(string(out), "\n") {
		if _, name, ok := strings.Cut(line, ": can inline "); ok {
			said[name] = true
		}
	}
	for _, name := range []string{
		"AddInt64", "SubInt64", "MulInt64", "NegInt64", "ModInt64", "AddInt32", "SubInt32", "MulInt32", "NegInt32", "ModInt32",
		"EqFloat", "LessFloat", "CompareFloat", "BoolRank",
		"Int128.Add", "Int128.Sub", "Int128.Neg", "Int128.Cmp", "Int128.Less", "Int128.IsZero", "FromInt64", "ToInt64",
		"AddDec64", "SubDec64", "Check", "Check64", "(*Sum64).Add", "(*Sum).Add",
		"(*SumInt).Add", "(*AvgInt).Add", "(*AvgDec64).Add", "(*AvgDec).Add", "(*AvgFloat).Add", "(*Var).Add", "(*MinText).Add", "(*LastText).Add",
	} {
		if !said[name] {
			t.Errorf("%s is not inlined", name)
		}
	}
}
