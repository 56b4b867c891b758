//go:build cgo

package oracle

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// batch is how many programs are built into one binary.
const batch = 75

// TestDifferential compares the results of programs with those of DuckDB.
func TestDifferential(t *testing.T) {
	check, err := newChecker()
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDuck()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	n := *amount
	if n == 0 {
		n = 150
	}
	start := time.Now()
	compared, skipped := 0, map[string]int{}
	exprs, groups := 0, 0
	dirs := 0
	try := func(list []*text) []verdict {
		dirs++
		dir := filepath.Join(t.TempDir(), fmt.Sprint(dirs))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		verdicts, err := differential(dir, check, d, list)
		if err != nil {
			t.Fatal(err)
		}
		return verdicts
	}
	for done := 0; done < n; done += batch {
		var programs []*program
		var texts []*text
		for i := done; i < min(n, done+batch); i++ {
			p := generate(*first+uint64(i), true)
			programs, texts = append(programs, p), append(texts, p.render())
		}
		for i, v := range try(texts) {
			switch {
			case v.skipped != "":
				skipped[v.skipped]++
				continue
			case v.err == nil:
				compared++
				exprs += texts[i].exprs
				groups += texts[i].groups
				continue
			}
			if *shrinking {
				shrink(programs[i], func(list []*text) int { return worst(try(list), v.kind()) })
			}
			small := programs[i].render()
			t.Errorf("seed %d: %v\n%s\nnow: %v\nDuckDB: %q", programs[i].seed, v.err, small, try([]*text{small})[0].err, small.views)
		}
	}
	t.Logf("%d programs, %d compared: %d expressions, %d queries with aggregates; %s", n, compared, exprs, groups, time.Since(start).Round(time.Millisecond))
	for why, n := range skipped {
		t.Logf("%d skipped: %s", n, why)
	}
	if compared*2 < n {
		t.Errorf("only %d of %d programs could be compared", compared, n)
	}
}
