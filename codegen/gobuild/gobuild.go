// Package gobuild turns a generated package into a binary.
//
// The binary needs the runtime, in a version that fits the generated code and,
// where the program is part of a Go module, in the version of that module. It
// is looked for in this order; the first that is there is used:
//
//  1. Checkout: the folder of --runtime or VELOC_RUNTIME. The program becomes
//     a module of its own that replaces veloc by that folder.
//  2. Module: the Go module around the SQL file, else around the working
//     directory, if it requires veloc or is veloc. The program is built inside
//     that module with `go build -overlay`: its version of veloc, its own
//     packages, internal ones included, its vendor folder and its go.work all
//     hold, and nothing is written to its tree.
//  3. Embedded: the source of the runtime that the veloc binary carries. It is
//     unpacked once into the user's cache folder, by hash of its content, and
//     the program becomes a module that replaces veloc by it. Other modules
//     come from the module cache or the proxy, and only those that the program
//     imports.
//
// Inside a module three more things can happen. The runtime may import a module
// that the go.sum there does not list: then a copy of go.mod and go.sum is
// completed and used through -modfile. Under go.work, where -modfile is not
// allowed and the go command would complete go.work.sum, a copy of go.work is
// used. With a vendor folder that lacks a package there is nothing to complete,
// which is a diagnostic.
//
//	generated files ─┐
//	                 ├─▶ find ─▶ lay out ─▶ go build ─▶ rename to the output
//	templates.Main ──┘           (temporary)
package gobuild

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/velocsql/veloc/codegen"
	"github.com/velocsql/veloc/templates"
)

// Target says what to build.
type Target struct {
	Name    string         // the program: what its binary is called
	Package string         // name of the generated Go package
	Files   []codegen.File // its files
	// Bundle makes the binary hold many programs in place of one: each has a
	// package of its own, and Main writes the main.go that imports them.
	Bundle []Package
	Main   func(imports []string) []byte
	Dir    string // folder of the SQL file; the working directory for a query without one
	Output string // Build: path of the binary; "" is Name, a folder gets Name in it
	// Runtime is a checkout of veloc to build with; "" is VELOC_RUNTIME or,
	// without that, what the package comment says.
	Runtime string
	// Release builds for keeps: without paths of this machine.
	Release bool
	// Embedded is the runtime that the veloc binary carries.
	Embedded fs.FS
	Env      []string  // of the go command; nil is that of the process
	Log      io.Writer // a note when the build takes long; may be nil
	Trace    io.Writer // -x: the choice and the commands; may be nil
}

// Package is one program of a bundle. Its name is that of its folder: with the
// same name and the same files the go command compiles it once.
type Package struct {
	Name  string
	Files []codegen.File
}

// packages are the packages of the target.
func (t *Target) packages() []Package {
	if t.Main != nil {
		return t.Bundle
	}
	return []Package{{Name: pathName(t.Package), Files: t.Files}}
}

// files are the generated files of all packages.
func (t *Target) files() []codegen.File {
	var all []codegen.File
	for _, p := range t.packages() {
		all = append(all, p.Files...)
	}
	return all
}

// layout returns the Go files of the binary; in is the import path of the
// folder that they are in.
func (t *Target) layout(in string) map[string][]byte {
	files := map[string][]byte{}
	var imports []string
	for _, p := range t.packages() {
		imports = append(imports, in+"/"+p.Name)
		for _, f := range p.Files {
			files[filepath.Join(p.Name, f.Name)] = f.Content
		}
	}
	if t.Main != nil {
		files["main.go"] = t.Main(imports)
	} else {
		files["main.go"] = templates.Main(imports[0])
	}
	return files
}

// flags are what the go command is told about the packages below the import path
// in. Those of a bundle run for an instant: compiling them without optimizations
// and debugging tables takes half the time, and that is what tests wait for.
func (t *Target) flags(in string) []string {
	if t.Main == nil {
		return nil
	}
	return []string{"-gcflags=" + in + "/...=-N -l -dwarf=false"}
}

// Build compiles the program and puts the binary at its Output, which is
// replaced as a whole or not at all. What the user can mend is an *Error.
func Build(ctx context.Context, t Target) error {
	b, err := start(t)
	if err != nil {
		return err
	}
	out := t.Output
	if out == "" {
		out = t.Name + b.exe()
	} else if st, err := os.Stat(out); err == nil && st.IsDir() {
		out = filepath.Join(out, t.Name+b.exe())
	}
	return b.build(ctx, out)
}

// Binary returns a binary of the program in the user's cache folder. It is
// built unless one of the same generated files and the same runtime is there.
// It runs on this machine, whatever GOOS and GOARCH say.
func Binary(ctx context.Context, t Target) (string, error) {
	b, err := start(t)
	if err != nil {
		return "", err
	}
	b.env.set("GOOS", runtime.GOOS)
	b.env.set("GOARCH", runtime.GOARCH)
	key, ok := b.key()
	if !ok {
		// The program imports Go code that is not hashed: the go command's own
		// cache knows best.
		key = b.place.volatileKey(t.Name)
	}
	kept, most := filepath.Join(b.cache, "run"), keepBinaries
	if t.Main != nil {
		kept, most = filepath.Join(b.cache, "test"), keepBundles
	}
	out := filepath.Join(kept, key, t.Name+b.exe())
	if ok && touch(out) {
		b.tracef("cached: %s", out)
		return out, nil
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return "", err
	}
	if err := b.build(ctx, out); err != nil {
		return "", err
	}
	prune(kept, most, binaryAge)
	return out, nil
}

// builder is one build on its way.
type builder struct {
	Target
	env   environ
	cache string
	place place
}

// start finds the runtime.
func start(t Target) (*builder, error) {
	b := &builder{Target: t, env: environ(t.Env)}
	if t.Env == nil {
		b.env = os.Environ()
	}
	b.env = append(environ(nil), b.env...)
	b.env.set("CGO_ENABLED", "0")
	var err error
	if b.cache, err = cacheDir(b.env); err != nil {
		return nil, err
	}
	if b.place, err = b.find(); err != nil {
		return nil, err
	}
	b.tracef("runtime: %s", b.place.why())
	return b, nil
}

// build lays the program out, compiles it and moves the binary to out.
func (b *builder) build(ctx context.Context, out string) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	gobin, err := findGo(b.env)
	if err != nil {
		return err
	}
	scratch := filepath.Join(b.cache, "work")
	if err := os.MkdirAll(scratch, 0o755); err != nil {
		return err
	}
	prune(scratch, keepFailures, failureAge)
	work, err := os.MkdirTemp(scratch, pathName(b.Name)+"-")
	if err != nil {
		return err
	}
	tmp := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+"-"+filepath.Base(work))
	defer func() { _ = os.Remove(tmp) }()
	c := &command{builder: b, go_: gobin, work: work, out: tmp}
	if err := b.place.compile(ctx, c); err != nil {
		if e, ok := err.(*Error); !ok || e.Kept == "" {
			_ = os.RemoveAll(work)
		}
		return err
	}
	if err := os.RemoveAll(work); err != nil {
		return err
	}
	if err := os.Rename(tmp, out); err != nil {
		return fmt.Errorf("cannot put the binary in place: %w", err)
	}
	return nil
}

func (b *builder) tracef(format string, args ...any) {
	if b.Trace != nil {
		fmt.Fprintf(b.Trace, "# "+format+"\n", args...)
	}
}

// exe is what names of binaries end with on the system that is built for.
func (b *builder) exe() string {
	goos, ok := b.env.get("GOOS")
	if !ok || goos == "" {
		goos = runtime.GOOS
	}
	if goos == "windows" {
		return ".exe"
	}
	return ""
}
