// Package corpus is the main of the binary that holds the programs of all
// golden cases. Besides running one of them as its own binary would, it can
// shred what the sources read into batches of a few records.
package corpus

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/state"
)

// Main runs one of the programs:
//
//	[-shred=N] NAME [flags of the program]
func Main(programs map[string]func() *rt.Program) {
	args := os.Args[1:]
	records := 0
	if len(args) > 0 {
		if n, ok := strings.CutPrefix(args[0], "-shred="); ok {
			records, _ = strconv.Atoi(n)
			args = args[1:]
		}
	}
	if len(args) == 0 || programs[args[0]] == nil {
		fmt.Fprintln(os.Stderr, "corpus: name a program")
		os.Exit(rt.ExitUsage)
	}
	p := programs[args[0]]()
	if records > 0 {
		Shred(p, records)
		state.LargeTable = 0 // rows wait for each other, as with many groups
	}
	b, given, err := topics()
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(rt.ExitUsage)
	}
	if b != nil {
		os.Exit(runWithTopics(p, args[1:], b, given))
	}
	os.Exit(rt.Main(p, args[1:], nil))
}
