package gobuild

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/velocsql/veloc"
)

// replaced compiles the program as a module of its own that replaces veloc by
// a folder: rules 1 and 3.
type replaced struct {
	dir     string // root of the runtime's module
	mod     *modfile.File
	reason  string
	mutable bool   // somebody may edit the folder: its files are hashed
	hash    string // of an immutable folder
}

func (r *replaced) why() string { return r.reason }

// ownModule is the module path of programs that are modules of their own. It
// is seen in stack traces.
const ownModule = "program"

func (r *replaced) compile(ctx context.Context, c *command) error {
	files := c.layout(ownModule)
	files["go.mod"] = r.goMod()
	sums, err := os.ReadFile(filepath.Join(r.dir, "go.sum"))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	files["go.sum"] = sums
	if err := writeAll(c.work, files); err != nil {
		return err
	}
	c.env.set("GOWORK", "off")
	c.env.set("GOFLAGS", "")
	out, err := c.goBuild(ctx, c.work, append(c.flags(ownModule), "-mod=readonly", ".")...)
	if err != nil {
		return c.failure(ctx, out, err)
	}
	return nil
}

// goMod writes the module file of the program. It lists all modules of the
// runtime: only those that the program imports are looked at, and none has to
// be resolved.
func (r *replaced) goMod() []byte {
	var b strings.Builder
	version := "1.26.0"
	if r.mod.Go != nil {
		version = r.mod.Go.Version
	}
	fmt.Fprintf(&b, "module %s\n\ngo %s\n\nrequire (\n\t%s v0.0.0\n", ownModule, version, veloc.Module)
	for _, q := range r.mod.Require {
		fmt.Fprintf(&b, "\t%s %s // indirect\n", q.Mod.Path, q.Mod.Version)
	}
	fmt.Fprintf(&b, ")\n\nreplace %s => %s\n", veloc.Module, modfile.AutoQuote(filepath.ToSlash(r.dir)))
	return []byte(b.String())
}

func (r *replaced) fingerprint(*builder) (string, bool) {
	if !r.mutable {
		return r.hash, true
	}
	h, err := hashTree(os.DirFS(r.dir))
	return h, err == nil
}

func (r *replaced) volatileKey(name string) string { return hashOf(r.dir, name) }

// writeAll writes files by relative path.
func writeAll(dir string, files map[string][]byte) error {
	for name, content := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(p, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// pathName makes a name fit for one element of an import path.
func pathName(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_':
			b.WriteRune(r)
		case r == '-' && b.Len() > 0:
			b.WriteRune(r)
		}
	}
	switch s := strings.TrimRight(b.String(), "-"); s {
	case "", "internal", "vendor", "main", "testdata":
		return "query" + s
	default:
		return s
	}
}
