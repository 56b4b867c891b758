package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/velocsql/veloc/runtime/config"
)

// stdinPart describes standard input: a regular file if it is redirected from
// one.
func stdinPart(r io.Reader) part {
	p := part{name: stdinName, live: true}
	if f, ok := r.(*os.File); ok {
		if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
			p.regular, p.live, p.size = true, false, st.Size()
		}
	}
	return p
}

// findParts returns the files that an option names, in the order of their
// names. Relative paths start at dir.
func findParts(dir, path string, recursive bool) ([]part, error) {
	real := absolute(dir, path)
	st, err := os.Stat(real)
	switch {
	case err == nil && !st.IsDir():
		p, err := partOf(path, real, st)
		return []part{p}, err
	case err == nil && recursive:
		path = filepath.Join(path, "**", "*")
	case err == nil:
		return nil, fmt.Errorf("%s is a folder: name the files in it, such as '%s' ('recursive' = 'true' takes all)", path, exampleIn(path, real))
	case !hasMeta(path):
		return nil, missing(dir, path, err)
	case recursive:
		path = filepath.Join(filepath.Dir(path), "**", filepath.Base(path))
	}
	names, err := glob(dir, path)
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, name := range names {
		st, err := os.Stat(absolute(dir, name))
		if err != nil {
			return nil, unreadable(name, err)
		}
		if st.IsDir() {
			continue
		}
		p, err := partOf(name, absolute(dir, name), st)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	if len(parts) == 0 {
		return nil, noMatch(dir, path)
	}
	return parts, nil
}

// partOf describes a file and makes sure that it can be opened.
func partOf(name, path string, st fs.FileInfo) (part, error) {
	p := part{name: name, path: path}
	if !st.Mode().IsRegular() {
		p.live = true
		return p, nil // opening a pipe may block and is noticed by its writer
	}
	f, err := os.Open(path)
	if err != nil {
		return p, unreadable(name, err)
	}
	f.Close()
	p.regular, p.size = true, st.Size()
	return p, nil
}

func absolute(dir, path string) string {
	if filepath.IsAbs(path) || dir == "" {
		return path
	}
	return filepath.Join(dir, path)
}

func hasMeta(path string) bool { return strings.ContainsAny(path, "*?[") }

// glob returns the paths that a pattern matches, sorted. A ** stands for any
// number of folders. Names that begin with a dot match only a pattern that
// does.
func glob(dir, pattern string) ([]string, error) {
	if _, err := filepath.Match(pattern, ""); err != nil {
		return nil, fmt.Errorf("%s: the pattern is malformed: a [ without its ]", pattern)
	}
	const sep = string(filepath.Separator)
	elems := strings.Split(filepath.Clean(pattern), sep)
	found := []string{""}
	if filepath.IsAbs(pattern) {
		found, elems = []string{sep}, elems[1:]
	}
	for i, elem := range elems {
		var next []string
		for _, at := range found {
			matches, err := step(dir, at, elem, i == len(elems)-1)
			if err != nil {
				return nil, err
			}
			next = append(next, matches...)
		}
		found = next
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// step matches one element of a pattern in the folder at.
func step(dir, at, elem string, last bool) ([]string, error) {
	if !hasMeta(elem) {
		path := filepath.Join(at, elem)
		if _, err := os.Stat(absolute(dir, path)); err != nil {
			return nil, nil
		}
		return []string{path}, nil
	}
	entries, err := os.ReadDir(absolute(dir, orDot(at)))
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return nil, unreadable(orDot(at), err)
		}
		return nil, nil // a file, or gone
	}
	if elem == "**" {
		found := []string{at}
		for _, e := range entries {
			if e.IsDir() && e.Name()[0] != '.' {
				below, err := step(dir, filepath.Join(at, e.Name()), elem, last)
				if err != nil {
					return nil, err
				}
				found = append(found, below...)
			}
		}
		return found, nil
	}
	var found []string
	for _, e := range entries {
		if e.Name()[0] == '.' && elem[0] != '.' {
			continue
		}
		if ok, _ := filepath.Match(elem, e.Name()); ok && !(last && e.IsDir()) {
			found = append(found, filepath.Join(at, e.Name()))
		}
	}
	return found, nil
}

func orDot(path string) string {
	if path == "" {
		return "."
	}
	return path
}

// unreadable explains why a file that exists cannot be opened.
func unreadable(name string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s: no permission to read it (chmod +r, or run as its owner)", name)
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s cannot be opened: %w", name, err)
}

// missing explains why a path without a pattern cannot be found.
func missing(dir, path string, err error) error {
	real := absolute(dir, path)
	if abs, err := filepath.Abs(real); err == nil {
		real = abs
	}
	folder := filepath.Dir(real)
	switch _, statErr := os.Stat(folder); {
	case errors.Is(err, fs.ErrPermission):
		return unreadable(path, err)
	case statErr != nil:
		for {
			up := filepath.Dir(folder)
			if _, err := os.Stat(up); err == nil || up == folder {
				break
			}
			folder = up
		}
		return fmt.Errorf("%s: no such file: there is no folder %s%s", path, folder, alike(filepath.Dir(folder), filepath.Base(folder)))
	case !errors.Is(err, fs.ErrNotExist):
		return unreadable(path, err)
	}
	hint := alike(folder, filepath.Base(real))
	return fmt.Errorf("%s: no such file (looked in %s%s)", path, folder, hint)
}

// alike suggests a name in a folder.
func alike(folder, name string) string {
	if near, ok := config.Nearest(name, namesIn(folder)); ok {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func namesIn(folder string) []string {
	entries, _ := os.ReadDir(folder)
	var names []string
	for _, e := range entries {
		if e.Name()[0] != '.' {
			names = append(names, e.Name())
		}
	}
	return names
}

// noMatch explains that a pattern matches nothing.
func noMatch(dir, pattern string) error {
	at := pattern
	for hasMeta(at) {
		at = filepath.Dir(at)
	}
	folder := absolute(dir, at)
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	if _, err := os.Stat(folder); err != nil {
		return fmt.Errorf("no file matches %s: there is no folder %s", pattern, folder)
	}
	names := namesIn(folder)
	const show = 5
	switch {
	case len(names) == 0:
		return fmt.Errorf("no file matches %s: %s is empty", pattern, folder)
	case len(names) > show:
		return fmt.Errorf("no file matches %s: %s holds %s and %d more", pattern, folder, strings.Join(names[:show], ", "), len(names)-show)
	}
	return fmt.Errorf("no file matches %s: %s holds %s", pattern, folder, strings.Join(names, ", "))
}

// exampleIn returns a pattern that fits files in a folder.
func exampleIn(path, folder string) string {
	for _, name := range namesIn(folder) {
		if ext := filepath.Ext(name); ext != "" {
			return filepath.Join(path, "*"+ext)
		}
	}
	return filepath.Join(path, "*")
}
