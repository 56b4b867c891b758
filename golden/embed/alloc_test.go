package embed_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/velocsql/veloc/golden/embed/visits"
	rt "github.com/velocsql/veloc/runtime"
)

// TestNoAllocationPerRecord runs a program over more and more records: what it
// allocates must not depend on their number.
func TestNoAllocationPerRecord(t *testing.T) {
	const few, many = 20_000, 400_000
	mallocs(t, few) // what is allocated once in a process
	a, b := mallocs(t, few), mallocs(t, many)
	// the records fill more blocks, and the minute may turn
	if extra := int64(b) - int64(a); extra > (many-few)/1000 {
		t.Errorf("%d records take %d allocations, %d take %d", few, a, many, b)
	}
}

// mallocs returns the number of allocations of a run over n visits and n bots.
func mallocs(t *testing.T, n int) uint64 {
	env := world(t)
	var visitors, bots strings.Builder
	visitors.WriteString("page,referrer\n")
	bots.WriteString("page\n")
	for i := range n {
		fmt.Fprintf(&visitors, "/page/%d,https://example.com/\n", i%300)
		fmt.Fprintf(&bots, "/page/%d\n", i%300)
	}
	must(t, os.WriteFile(filepath.Join(env.Dir, "visits.csv"), []byte(visitors.String()), 0o600))
	must(t, os.WriteFile(filepath.Join(env.Dir, "bots.csv"), []byte(bots.String()), 0o600))
	p := visits.New(visits.Options{
		Options:       rt.Options{Env: env, Workers: 1},
		PerMinuteSink: rt.Discard(),
		CrawledSink:   rt.Discard(),
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	must(t, p.Run(t.Context()))
	runtime.ReadMemStats(&after)
	t.Logf("%d records: %d allocations", n, after.Mallocs-before.Mallocs)
	return after.Mallocs - before.Mallocs
}
