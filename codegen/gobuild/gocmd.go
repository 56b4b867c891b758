package gobuild

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/velocsql/veloc/parser/diag"
)

// environ is a list of NAME=value.
type environ []string

func (e environ) get(name string) (string, bool) {
	for i := len(e) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(e[i], name+"="); ok {
			return v, true
		}
	}
	return "", false
}

func (e *environ) set(name, value string) {
	kept := (*e)[:0]
	for _, kv := range *e {
		if !strings.HasPrefix(kv, name+"=") {
			kept = append(kept, kv)
		}
	}
	*e = append(kept, name+"="+value)
}

// usualPlaces are where Go is installed when nobody has put it on the PATH.
var usualPlaces = []string{"/usr/local/go/bin", "/usr/lib/go/bin"}

// findGo returns the go command: from the PATH, else from where Go is usually
// installed.
func findGo(env environ) (string, error) {
	exe := "go"
	if runtime.GOOS == "windows" {
		exe = "go.exe"
	}
	path, _ := env.get("PATH")
	dirs := filepath.SplitList(path)
	if root, ok := env.get("GOROOT"); ok && root != "" {
		dirs = append(dirs, filepath.Join(root, "bin"))
	}
	for _, d := range append(dirs, usualPlaces...) {
		if d == "" {
			continue
		}
		p := filepath.Join(d, exe)
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() && (runtime.GOOS == "windows" || st.Mode()&0o111 != 0) {
			return p, nil
		}
	}
	return "", &Error{
		Code: diag.NoGo, Msg: "Go is not installed: there is no go command on the PATH",
		Hint: "veloc compiles programs with Go: install it from go.dev/dl or your system's packages",
	}
}

// command is one run of the go command for a builder.
type command struct {
	*builder
	go_  string // the go command
	work string // folder for what is laid out
	out  string // where the binary goes
}

// patience is how long a build may take before the user is told what goes on.
const patience = 1500 * time.Millisecond

// goBuild runs `go build` in dir and returns what it printed.
func (c *command) goBuild(ctx context.Context, dir string, args ...string) (string, error) {
	// The same flags every time, so that the go command's cache is reused.
	// Without symbols and DWARF linking takes a quarter less time; stack traces
	// do not need them. -trimpath has cache entries of its own, so that only
	// binaries for keeps pay for it, and bundles, whose packages would otherwise
	// be compiled again in each new folder.
	all := []string{"build", "-buildvcs=false", "-ldflags=-s -w", "-o", c.out}
	if c.Release || c.Main != nil {
		all = append(all, "-trimpath")
	}
	all = append(all, args...)
	if c.Log != nil {
		note := time.AfterFunc(patience, func() {
			fmt.Fprintf(c.Log, "veloc: compiling %s (the first build compiles the runtime too; later ones take about a second)\n", c.Name)
		})
		defer note.Stop()
	}
	if c.Trace != nil {
		fmt.Fprintf(c.Trace, "cd %s\n%s%s %s\n", quote(dir), c.shownEnv(), quote(c.go_), quoteAll(all))
	}
	cmd := exec.CommandContext(ctx, c.go_, all...)
	cmd.Dir = dir
	cmd.Env = append(append([]string(nil), c.env...), "PWD="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// shownEnv is the part of the environment that veloc sets.
func (c *command) shownEnv() string {
	var b strings.Builder
	for _, name := range []string{"CGO_ENABLED", "GOWORK", "GOFLAGS", "GOOS", "GOARCH"} {
		if v, ok := c.env.get(name); ok {
			b.WriteString(name + "=" + quote(v) + " ")
		}
	}
	return b.String()
}

// quote makes a text one word of a shell command.
func quote(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=/.,:@%+~") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

func quoteAll(args []string) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = quote(a)
	}
	return strings.Join(out, " ")
}
