package gobuild

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// embedded is rule 3: the runtime that the binary carries, unpacked.
func (b *builder) embedded() (place, error) {
	if b.Embedded == nil {
		return nil, errors.New("this veloc carries no runtime; name a checkout with --runtime")
	}
	text, err := fs.ReadFile(b.Embedded, "go.mod")
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax("go.mod", text, nil)
	if err != nil {
		return nil, err
	}
	hash, err := hashTree(b.Embedded)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.cache, "runtime", hash)
	if !touch(filepath.Join(dir, "go.mod")) {
		b.tracef("unpack the runtime to %s", dir)
		if err := unpack(b.Embedded, dir); err != nil {
			return nil, fmt.Errorf("cannot unpack the runtime: %w", err)
		}
		prune(filepath.Dir(dir), keepRuntimes, runtimeAge)
	}
	return &replaced{dir: dir, mod: mod, hash: hash, reason: "the one that veloc carries, in " + dir}, nil
}

// belongs reports whether a file is part of what programs are built from.
func belongs(name string) bool {
	if name == "go.mod" || name == "go.sum" {
		return true
	}
	return strings.HasPrefix(name, "runtime/") && !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "/testdata/")
}

// walkRuntime calls fn for the files of a veloc tree that programs are built
// from, in order of their names.
func walkRuntime(tree fs.FS, fn func(name string, content []byte) error) error {
	each := func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) && name == "go.sum" {
				return nil
			}
			return err
		}
		if d.IsDir() || !belongs(name) {
			return nil
		}
		content, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		return fn(name, content)
	}
	for _, root := range []string{"go.mod", "go.sum", "runtime"} {
		if err := fs.WalkDir(tree, root, each); err != nil {
			return err
		}
	}
	return nil
}

// hashTree identifies the content of a veloc tree.
func hashTree(tree fs.FS) (string, error) {
	h := sha256.New()
	err := walkRuntime(tree, func(name string, content []byte) error {
		fmt.Fprintf(h, "%s %d\n", name, len(content))
		h.Write(content)
		return nil
	})
	return hex.EncodeToString(h.Sum(nil))[:20], err
}

// unpack writes a tree to dir. It appears there whole or not at all; when two
// processes unpack at once, one of them wins.
func unpack(tree fs.FS, dir string) error {
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, ".unpack-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	err = walkRuntime(tree, func(name string, content []byte) error {
		p := filepath.Join(tmp, filepath.FromSlash(path.Clean(name)))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		return os.WriteFile(p, content, 0o644)
	})
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		if _, there := os.Stat(dir); there == nil {
			return nil
		}
		return err
	}
	return nil
}
