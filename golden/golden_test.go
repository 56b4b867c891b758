package golden

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/velocsql/veloc/codegen"
)

// updating is the flag -update.
type updating string

func (u *updating) String() string   { return string(*u) }
func (u *updating) IsBoolFlag() bool { return true }

func (u *updating) Set(s string) error {
	switch s {
	case "true", "all":
		*u = updating(s)
	case "false":
		*u = ""
	default:
		return fmt.Errorf("want -update or -update=all")
	}
	return nil
}

var update updating

func init() {
	flag.Var(&update, "update", "rewrite the sections that cases have; all: add missing ones too")
}

// entry is a case on its way through the test.
type entry struct {
	*Case
	prog *compiled
	err  error // of compiling, generating or type-checking
}

// TestGolden checks every case: what the compiler says, that the generated Go
// compiles, and what the program does.
func TestGolden(t *testing.T) {
	var entries []*entry
	var packages [][]codegen.File
	for _, c := range loadCases(t) {
		e := &entry{Case: c}
		entries = append(entries, e)
		if c.note("skip") != "" || !selected("TestGolden", c.Name) {
			continue
		}
		if e.prog, e.err = c.compile(t); e.err == nil && e.prog.ok {
			packages = append(packages, e.prog.files)
		}
	}
	check, err := newChecker(packages)
	if err != nil {
		t.Fatal(err)
	}
	bin, err := newBinary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.prog == nil || !e.prog.ok {
			continue
		}
		if e.err = check.check("golden/"+e.Name, e.prog.files); e.err == nil && e.note("norun") == "" {
			if err := bin.add(e.Name, e.prog.files); err != nil {
				t.Fatal(err)
			}
		}
	}
	exe := ""
	if !testing.Short() && len(bin.names) > 0 {
		if exe, err = bin.build(); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range entries {
		t.Run(e.Name, func(t *testing.T) {
			if why := e.note("skip"); why != "" {
				t.Skip(why)
			}
			if e.prog == nil && e.err == nil {
				return // not selected
			}
			t.Parallel()
			e.test(t, exe)
		})
	}
}

// selected reports whether -run may select a case, so that only those are
// compiled and built.
func selected(test, name string) bool {
	run := flag.Lookup("test.run").Value.String()
	if strings.ContainsAny(run, "|()") {
		return true
	}
	parts := strings.Split(test+"/"+name, "/")
	for i, p := range strings.Split(run, "/") {
		if i >= len(parts) {
			break
		}
		if re, err := regexp.Compile(p); err == nil && !re.MatchString(parts[i]) {
			return false
		}
	}
	return true
}

func (e *entry) test(t *testing.T, exe string) {
	if e.err != nil {
		t.Fatalf("%s", e.err)
	}
	for _, rule := range e.notes["expect"] {
		if e.prog.fired[rule] == 0 {
			t.Errorf("rule %s did not fire", rule)
		}
	}
	texts := e.prog.texts()
	e.compare(t, "out/diag", texts["out/diag"])
	for _, f := range append(e.ar.Files[:0:0], e.ar.Files...) {
		if strings.HasPrefix(f.Name, "out/plan") || strings.HasPrefix(f.Name, "out/pipeline") || strings.HasSuffix(f.Name, "_veloc.go") {
			e.compare(t, f.Name, texts[f.Name])
		}
	}
	if e.prog.ok && e.note("norun") == "" && exe != "" {
		e.testRun(t, exe)
	}
	if update != "" && !t.Failed() {
		if err := e.save(); err != nil {
			t.Fatal(err)
		}
	}
}

// testRun runs the program and compares what it did with the case, then runs
// it in other modes and compares those with the first.
func (e *entry) testRun(t *testing.T, exe string) {
	first := e.run(t, exe, pinned)
	for _, name := range e.runSections(first) {
		if e.note("unordered") != "" {
			want, _ := e.section(name)
			if (outcome{"": want}).sorted()[""] == first.sorted()[name] {
				continue
			}
		}
		e.compare(t, name, first[name])
	}
	for _, m := range variants {
		if m.workers > 1 && e.note("serial") != "" || e.note("batches") != "" {
			continue
		}
		want, got := first, e.run(t, exe, m)
		if m.workers > 1 || e.note("unordered") != "" {
			want, got = want.sorted(), got.sorted()
		}
		for _, name := range e.runSections(got) {
			if want[name] != got[name] {
				t.Errorf("%s: %s differs\n%s", m, name, lineDiff(want[name], got[name]))
			}
		}
		for name := range want {
			if got[name] == "" {
				t.Errorf("%s: there is no %s", m, name)
			}
		}
	}
}

// compare checks one section, or rewrites it.
func (e *entry) compare(t *testing.T, name, got string) {
	t.Helper()
	want, there := e.section(name)
	if want == got {
		return
	}
	if update == "all" || update != "" && there {
		e.set(name, got)
		return
	}
	t.Errorf("%s differs (- the case, + what came out)\n%s", name, lineDiff(want, got))
}
