// Veloc compiles streaming SQL to Go: it checks, explains, generates, builds
// and runs programs. See `veloc help`.
package main

import (
	"os"

	"github.com/velocsql/veloc/cmd/veloc/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Environ()))
}
