package golden

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/tools/txtar"
)

// Case is one archive.
type Case struct {
	Name  string // area/name
	path  string
	ar    *txtar.Archive
	title string
	notes map[string][]string // "# key: value"
}

// noteKeys are the notes that a case may have.
var noteKeys = []string{"expect", "format", "lint", "serial", "batches", "unordered", "norun", "skip", "crlf", "bom", "chomp"}

// program is the name of the case's program.
func (c *Case) program() string { return c.Name[strings.LastIndexByte(c.Name, '/')+1:] }

// note returns the value of a note, "" if there is none.
func (c *Case) note(key string) string {
	if v := c.notes[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// section returns the text of a section.
func (c *Case) section(name string) (string, bool) {
	for _, f := range c.ar.Files {
		if f.Name == name {
			return string(f.Data), true
		}
	}
	return "", false
}

// sql is the program.
func (c *Case) sql() string {
	s, _ := c.section("in.sql")
	return s
}

// parseCase reads an archive and refuses what would be ignored.
func parseCase(name, path string, text []byte) (*Case, error) {
	c := &Case{Name: name, path: path, ar: txtar.Parse(text), notes: map[string][]string{}}
	for _, l := range strings.Split(strings.TrimSpace(string(c.ar.Comment)), "\n") {
		l = strings.TrimSpace(strings.TrimPrefix(l, "#"))
		key, value, ok := strings.Cut(l, ":")
		if ok && slices.Contains(noteKeys, key) {
			if strings.TrimSpace(value) == "" {
				return nil, fmt.Errorf("%s: the note %q says nothing", path, key)
			}
			c.notes[key] = append(c.notes[key], strings.TrimSpace(value))
		} else if c.title == "" {
			c.title = l
		}
	}
	if c.title == "" {
		return nil, fmt.Errorf("%s: the first line must say what the case shows", path)
	}
	seen := map[string]bool{}
	for _, f := range c.ar.Files {
		if seen[f.Name] {
			return nil, fmt.Errorf("%s: section %s stands there twice", path, f.Name)
		}
		seen[f.Name] = true
		if !knownSection(f.Name) {
			return nil, fmt.Errorf("%s: unknown section %s", path, f.Name)
		}
	}
	if !seen["in.sql"] {
		return nil, fmt.Errorf("%s: there is no in.sql", path)
	}
	return c, nil
}

// topics reports a case whose program has topics: a folder with their records.
func (c *Case) topics() bool {
	return slices.ContainsFunc(c.ar.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "input/topic/") })
}

func knownSection(name string) bool {
	switch name {
	case "in.sql", "flags", "out/diag", "out/plan", "out/pipeline", "out/stdout", "out/stderr", "out/exit", "out/dead_letter":
		return true
	}
	return strings.HasPrefix(name, "input/") || strings.HasPrefix(name, "out/files/") || strings.HasPrefix(name, "out/") && strings.HasSuffix(name, "_veloc.go")
}

// loadCases reads the cases that the -run filter of the test may select.
func loadCases(t *testing.T) []*Case {
	t.Helper()
	var cases []*Case
	err := filepath.WalkDir("cases", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		name := strings.TrimSuffix(filepath.ToSlash(strings.TrimPrefix(path, "cases"+string(filepath.Separator))), ".txtar")
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		c, err := parseCase(name, path, text)
		if err != nil {
			t.Error(err)
			return nil
		}
		cases = append(cases, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// inputs returns the files of a case, and its standard input.
func (c *Case) inputs() (files map[string][]byte, stdin []byte, err error) {
	files = map[string][]byte{}
	for _, f := range c.ar.Files {
		name, ok := strings.CutPrefix(f.Name, "input/")
		if !ok {
			continue
		}
		data := f.Data
		if slices.Contains(c.notes["crlf"], name) {
			data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		}
		if slices.Contains(c.notes["bom"], name) {
			data = append([]byte("\xef\xbb\xbf"), data...)
		}
		if slices.Contains(c.notes["chomp"], name) {
			data = bytes.TrimRight(data, "\r\n")
		}
		if data, err = pack(name, data); err != nil {
			return nil, nil, err
		}
		if name == "stdin" {
			stdin = data
			continue
		}
		files[name] = data
	}
	return files, stdin, nil
}

// pack compresses data as the name of its file says.
func pack(name string, data []byte) ([]byte, error) {
	var out bytes.Buffer
	switch filepath.Ext(name) {
	case ".gz":
		w := gzip.NewWriter(&out)
		_, err := w.Write(data)
		err = errors.Join(err, w.Close())
		return out.Bytes(), err
	case ".zst":
		w, err := zstd.NewWriter(&out)
		if err != nil {
			return nil, err
		}
		_, err = w.Write(data)
		err = errors.Join(err, w.Close())
		return out.Bytes(), err
	}
	return data, nil
}

// unpack undoes pack.
func unpack(name string, data []byte) ([]byte, error) {
	switch filepath.Ext(name) {
	case ".gz":
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		var out bytes.Buffer
		_, err = out.ReadFrom(r)
		return out.Bytes(), err
	case ".zst":
		r, err := zstd.NewReader(nil)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return r.DecodeAll(data, nil)
	}
	return data, nil
}

// layOut writes the input files of a case to a folder.
func (c *Case) layOut(dir string) (stdin []byte, err error) {
	files, stdin, err := c.inputs()
	if err != nil {
		return nil, err
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return nil, err
		}
	}
	return stdin, nil
}

// order is where sections stand in a case.
var order = []*regexp.Regexp{
	regexp.MustCompile(`^in\.sql$`),
	regexp.MustCompile(`^flags$`),
	regexp.MustCompile(`^input/`),
	regexp.MustCompile(`^out/diag$`),
	regexp.MustCompile(`^out/plan$`),
	regexp.MustCompile(`^out/pipeline$`),
	regexp.MustCompile(`^out/stdout$`),
	regexp.MustCompile(`^out/files/`),
	regexp.MustCompile(`^out/dead_letter$`),
	regexp.MustCompile(`^out/stderr$`),
	regexp.MustCompile(`^out/exit$`),
	regexp.MustCompile(`^out/.*_veloc\.go$`),
}

func rank(name string) int {
	return slices.IndexFunc(order, func(r *regexp.Regexp) bool { return r.MatchString(name) })
}

// set replaces, adds or (with an empty text) removes a section.
func (c *Case) set(name, text string) {
	i := slices.IndexFunc(c.ar.Files, func(f txtar.File) bool { return f.Name == name })
	switch {
	case i >= 0 && text == "":
		c.ar.Files = slices.Delete(c.ar.Files, i, i+1)
	case i >= 0:
		c.ar.Files[i].Data = []byte(text)
	case text != "":
		at := len(c.ar.Files)
		for at > 0 && rank(c.ar.Files[at-1].Name) > rank(name) {
			at--
		}
		c.ar.Files = slices.Insert(c.ar.Files, at, txtar.File{Name: name, Data: []byte(text)})
	}
}

// save writes the archive if it changed.
func (c *Case) save() error {
	old, err := os.ReadFile(c.path)
	if err != nil {
		return err
	}
	text := txtar.Format(c.ar)
	if bytes.Equal(old, text) {
		return nil
	}
	return os.WriteFile(c.path, text, 0o644)
}
