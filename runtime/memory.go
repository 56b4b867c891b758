package rt

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// Bounds of the garbage collector's work in a program of its own.
const (
	roomyHeap   = 32 << 20 // bytes of heap below which it has nothing to do
	gcPercent   = 100      // Go's default: the heap may double
	mostPercent = 800      // a heap of roomyHeap from Go's 4 MiB at the start
)

// calm lets the heap grow to 32 MiB before garbage is collected. By default Go
// begins at 4 MiB, so a program whose state grows to a few dozen MiB would
// collect many times on the way, without finding garbage. Larger heaps are
// collected as usual. GOGC and GOMEMLIMIT, if set, are left to themselves.
func calm() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(mostPercent)
	afterGC(&collected{live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}})
}

// collected is garbage of which the collector tells when it has run.
type collected struct{ live []metrics.Sample }

// afterGC sets the room for the next collection after each one.
func afterGC(c *collected) {
	runtime.SetFinalizer(c, func(c *collected) {
		metrics.Read(c.live)
		debug.SetGCPercent(percent(c.live[0].Value.Uint64()))
		afterGC(c)
	})
}

// percent is how much a heap with so many bytes in use may grow.
func percent(live uint64) int {
	return int(min(max((roomyHeap-min(live, roomyHeap))*100/max(live, 1), gcPercent), mostPercent))
}
