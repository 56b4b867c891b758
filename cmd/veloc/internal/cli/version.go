package cli

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

var versionVerb = verb{
	name:  "version",
	short: "print the version of veloc",
	long:  "Prints the version of veloc, the Go that it is built with, and the system.",
	new:   func() runner { return &versionCmd{} },
}

type versionCmd struct{}

func (*versionCmd) flags(*flag.FlagSet) {}

func (*versionCmd) run(_ context.Context, a *app, _ []string) int {
	fmt.Fprintf(a.stdout, "veloc %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return exitOK
}

// version is that of the module as the go command recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
