// Command hand answers the queries of the benchmark with code that was written
// for them by hand: what a Go programmer who cares for speed would write for
// exactly this query and this data. It is the measure of the generated code.
//
// It reads little-endian machine words past the ends of fields, so it is for
// amd64 and arm64.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
)

// queries answer a query over a file on so many workers and write to out.
var queries = map[string]func(path string, workers int, out *os.File) error{
	"q1":         q1,
	"q1_checked": q1Checked,
	"q2":         q2,
	"q3":         q3,
	"q5":         q5,
	"q6":         q6,
}

func main() {
	query := flag.String("query", "q1", "q1, q1_checked, q2, q3, q5 or q6")
	path := flag.String("in", "", "file to read")
	workers := flag.Int("workers", 1, "goroutines that read and compute")
	flag.Parse()
	run := queries[*query]
	if run == nil {
		fmt.Fprintf(os.Stderr, "hand: there is no query %q\n", *query)
		os.Exit(2)
	}
	runtime.GOMAXPROCS(*workers)
	if err := run(*path, *workers, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "hand:", err)
		os.Exit(1)
	}
}
