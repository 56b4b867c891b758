package gobuild

import (
	"context"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/velocsql/veloc"
)

// inModule compiles the program inside the user's module: rule 2.
type inModule struct {
	root     string // folder of go.mod
	dir      string // where the program belongs: below root
	mod      *modfile.File
	gowork   string // the go.work in force, "" for none
	work     *modfile.WorkFile
	vendored bool
	reason   string
}

func (m *inModule) why() string { return m.reason }

// require returns the version of veloc that the module requires, "" for none.
func (m *inModule) require() string {
	for _, r := range m.mod.Require {
		if r.Mod.Path == veloc.Module {
			return r.Mod.Version
		}
	}
	return ""
}

// findWorkspace looks for the go.work in force. A go.work that does not use the
// module is of no help, and go build would refuse the module: GOWORK=off.
func (m *inModule) findWorkspace(env environ) error {
	switch v, _ := env.get("GOWORK"); v {
	case "off":
		return nil
	case "":
		m.gowork = upwards(m.root, "go.work")
	default:
		m.gowork = v
	}
	if m.gowork == "" {
		return nil
	}
	text, err := os.ReadFile(m.gowork)
	if err != nil {
		return err
	}
	work, err := modfile.ParseWork(m.gowork, text, nil)
	if err != nil {
		return err
	}
	for _, u := range work.Use {
		if m.usedDir(u.Path) == m.root {
			m.work = work
			return nil
		}
	}
	m.gowork = ""
	return nil
}

// usedDir resolves a path of go.work.
func (m *inModule) usedDir(p string) string {
	p = filepath.FromSlash(p)
	if !filepath.IsAbs(p) {
		p = filepath.Join(filepath.Dir(m.gowork), p)
	}
	return filepath.Clean(p)
}

func (m *inModule) workspaceHasVeloc() bool {
	if m.work == nil {
		return false
	}
	for _, u := range m.work.Use {
		mod, err := readModule(filepath.Join(m.usedDir(u.Path), "go.mod"))
		if err == nil && mod.Module.Mod.Path == veloc.Module {
			return true
		}
	}
	return false
}

// usesVendor reports whether the go command would build from a vendor folder.
func (m *inModule) usesVendor(env environ) bool {
	flags, _ := env.get("GOFLAGS")
	for f := range strings.FieldsSeq(flags) {
		if mode, ok := strings.CutPrefix(strings.TrimPrefix(f, "-"), "-mod="); ok {
			return mode == "vendor"
		}
		if mode, ok := strings.CutPrefix(f, "-mod="); ok {
			return mode == "vendor"
		}
	}
	root := m.root
	if m.gowork != "" {
		root = filepath.Dir(m.gowork)
	}
	_, err := os.Stat(filepath.Join(root, "vendor", "modules.txt"))
	return err == nil
}

// compile lays the files out beside the tree and lays them over it.
func (m *inModule) compile(ctx context.Context, c *command) error {
	overlay, err := m.overlay(c)
	if err != nil {
		return err
	}
	target := "./.veloc/" + pathName(c.Name)
	args := append(c.flags(m.importPath(c)), "-overlay", overlay)
	switch {
	case m.vendored:
		args = append(args, "-mod=vendor")
	case m.work != nil:
		gowork, err := m.copyWorkspace(c.work)
		if err != nil {
			return err
		}
		c.env.set("GOWORK", gowork)
		args = append(args, "-mod=readonly")
	default:
		c.env.set("GOWORK", "off")
		args = append(args, "-mod=readonly")
	}
	out, err := c.goBuild(ctx, m.dir, append(args, target)...)
	if err != nil && m.work == nil && !m.vendored && incomplete(out) {
		c.tracef("go.mod or go.sum lacks something that the program needs: completing a copy")
		modfile, cerr := m.copyModule(c.work)
		if cerr != nil {
			return cerr
		}
		out, err = c.goBuild(ctx, m.dir, append(c.flags(m.importPath(c)), "-overlay", overlay, "-mod=mod", "-modfile", modfile, target)...)
	}
	if err != nil {
		return c.failure(ctx, out, err)
	}
	return nil
}

// importPath is that of the folder in which the program appears.
func (m *inModule) importPath(c *command) string {
	rel, err := filepath.Rel(m.root, m.dir)
	if err != nil {
		rel = "." // m.dir is below m.root
	}
	return path.Join(m.mod.Module.Mod.Path, filepath.ToSlash(rel), ".veloc", pathName(c.Name))
}

// overlay writes the program's files to c.work and the table that makes them
// appear in the folder .veloc beside the SQL file.
func (m *inModule) overlay(c *command) (string, error) {
	name := pathName(c.Name)
	files := c.layout(m.importPath(c))
	if err := writeAll(c.work, files); err != nil {
		return "", err
	}
	table := struct{ Replace map[string]string }{map[string]string{}}
	for f := range files {
		table.Replace[filepath.Join(m.dir, ".veloc", name, f)] = filepath.Join(c.work, f)
	}
	text, err := json.MarshalIndent(table, "", "  ")
	if err != nil {
		return "", err
	}
	file := filepath.Join(c.work, "overlay.json")
	return file, os.WriteFile(file, text, 0o644)
}

// copyModule copies go.mod and go.sum to dir, where -modfile completes them.
func (m *inModule) copyModule(dir string) (string, error) {
	files := map[string][]byte{}
	for _, f := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(m.root, f))
		if err != nil && !os.IsNotExist(err) {
			return "", err
		}
		files[f] = text
	}
	return filepath.Join(dir, "go.mod"), writeAll(dir, files)
}

// copyWorkspace writes go.work to dir, with all paths absolute, so that the go
// command completes the go.work.sum there and not that of the user.
func (m *inModule) copyWorkspace(dir string) (string, error) {
	text, err := os.ReadFile(m.gowork)
	if err != nil {
		return "", err
	}
	work, err := modfile.ParseWork(m.gowork, text, nil)
	if err != nil {
		return "", err
	}
	var uses []*modfile.Use
	for _, u := range work.Use {
		uses = append(uses, &modfile.Use{Path: filepath.ToSlash(m.usedDir(u.Path)), ModulePath: u.ModulePath})
	}
	work.SetUse(uses)
	for _, r := range work.Replace {
		if r.New.Version == "" {
			if err := work.AddReplace(r.Old.Path, r.Old.Version, filepath.ToSlash(m.usedDir(r.New.Path)), ""); err != nil {
				return "", err
			}
		}
	}
	work.Cleanup()
	sums, err := os.ReadFile(m.gowork + ".sum")
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	files := map[string][]byte{"go.work": modfile.Format(work.Syntax), "go.work.sum": sums}
	return filepath.Join(dir, "go.work"), writeAll(dir, files)
}

// fingerprint holds if the generated code imports only veloc and the standard
// library and veloc is a version or a folder whose files can be hashed.
func (m *inModule) fingerprint(b *builder) (string, bool) {
	if !onlyVeloc(b.files()) || m.work != nil {
		return "", false
	}
	parts := []string{"module"}
	for _, f := range []string{"go.mod", "go.sum", "vendor/modules.txt"} {
		text, err := os.ReadFile(filepath.Join(m.root, f))
		if err != nil && !os.IsNotExist(err) {
			return "", false
		}
		parts = append(parts, string(text))
	}
	switch dir := m.velocDir(); {
	case dir != "":
		h, err := hashTree(os.DirFS(dir))
		if err != nil {
			return "", false
		}
		parts = append(parts, h)
	case m.vendored:
		// The vendor folder is as modules.txt says.
	}
	return hashOf(parts...), true
}

// velocDir is the folder of veloc if the module is veloc or replaces it by a
// folder.
func (m *inModule) velocDir() string {
	if m.mod.Module.Mod.Path == veloc.Module {
		return m.root
	}
	if m.vendored {
		return ""
	}
	for _, r := range m.mod.Replace {
		if r.Old.Path == veloc.Module && r.New.Version == "" {
			p := filepath.FromSlash(r.New.Path)
			if !filepath.IsAbs(p) {
				p = filepath.Join(m.root, p)
			}
			return p
		}
	}
	return ""
}

func (m *inModule) volatileKey(name string) string { return hashOf(m.dir, name) }
