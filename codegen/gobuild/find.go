package gobuild

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/velocsql/veloc"
	"github.com/velocsql/veloc/parser/diag"
)

// place is where a program is compiled and which runtime it gets.
type place interface {
	// why says what was chosen, for -x.
	why() string
	// compile lays the files out below c.work and builds c.out.
	compile(ctx context.Context, c *command) error
	// fingerprint identifies the runtime for the cache of binaries; false if
	// the program may depend on more than can be told.
	fingerprint(b *builder) (string, bool)
	// volatileKey names the folder of a binary without fingerprint.
	volatileKey(name string) string
}

// find applies the rules of the package comment.
func (b *builder) find() (place, error) {
	dir, from := b.Runtime, "--runtime"
	if dir == "" {
		dir, _ = b.env.get("VELOC_RUNTIME")
		from = "VELOC_RUNTIME"
	}
	if dir != "" {
		return b.checkout(dir, from)
	}
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for _, d := range []string{b.Dir, wd} {
		if d == "" {
			continue
		}
		if d, err = filepath.Abs(d); err != nil {
			return nil, err
		}
		m, err := b.findModule(d)
		if m != nil || err != nil {
			return m, err
		}
	}
	return b.embedded()
}

// checkout is rule 1.
func (b *builder) checkout(dir, from string) (place, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	name := filepath.Join(dir, "go.mod")
	mod, err := readModule(name)
	if err != nil || mod.Module.Mod.Path != veloc.Module {
		return nil, &Error{
			Code: diag.NotARuntime, Msg: fmt.Sprintf("%s = %q is not a checkout of veloc", from, dir),
			Hint: fmt.Sprintf("it is the folder whose go.mod says \"module %s\"; without %s veloc uses the runtime that it carries", veloc.Module, from),
		}
	}
	return &replaced{dir: dir, mod: mod, reason: fmt.Sprintf("the checkout %s (%s)", dir, from), mutable: true}, nil
}

// readModule parses a go.mod that has a module line.
func readModule(name string) (*modfile.File, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax(name, text, nil)
	if err != nil {
		return nil, err
	}
	if mod.Module == nil {
		return nil, fmt.Errorf("%s: no module line", name)
	}
	return mod, nil
}

// upwards returns the nearest file of a name in dir or a folder above it, ""
// if there is none.
func upwards(dir, name string) string {
	for {
		p := filepath.Join(dir, name)
		if st, err := os.Stat(p); err == nil && !st.IsDir() {
			return p
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// findModule is rule 2: the module around dir, if it has veloc.
func (b *builder) findModule(dir string) (place, error) {
	name := upwards(dir, "go.mod")
	if name == "" {
		return nil, nil
	}
	mod, err := readModule(name)
	if err != nil {
		// A module that cannot be read is that of the user only if it might be
		// meant: say so instead of building with another runtime.
		return nil, fmt.Errorf("the module of %s cannot be read: %w", dir, err)
	}
	m := &inModule{root: filepath.Dir(name), dir: dir, mod: mod}
	if err := m.findWorkspace(b.env); err != nil {
		return nil, err
	}
	switch {
	case mod.Module.Mod.Path == veloc.Module:
		m.reason = "the module " + m.root + " is veloc itself"
	case m.require() != "":
		m.reason = fmt.Sprintf("the module %s requires veloc %s", m.root, m.require())
	case m.workspaceHasVeloc():
		m.reason = fmt.Sprintf("the workspace %s uses veloc", m.gowork)
	default:
		return nil, nil
	}
	m.vendored = m.usesVendor(b.env)
	return m, nil
}
