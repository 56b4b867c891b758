package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// How much of the data is looked at.
const (
	sampleRows  = 10_000
	sampleBytes = 1 << 20
)

// Files gives access to the data that schemas are inferred from.
type Files interface {
	// Glob returns the files of a pattern in the order of their names.
	Glob(pattern string) ([]string, error)
	Open(name string) (io.ReadCloser, error)
}

// Disk gives access to the files of the operating system; names that are not
// absolute are relative to dir.
func Disk(dir string) Files { return disk(dir) }

type disk string

func (d disk) at(name string) string {
	if filepath.IsAbs(name) || d == "" {
		return name
	}
	return filepath.Join(string(d), name)
}

func (d disk) Glob(pattern string) ([]string, error) {
	names, err := filepath.Glob(d.at(pattern))
	sort.Strings(names)
	return names, err
}

func (d disk) Open(name string) (io.ReadCloser, error) { return os.Open(name) }

// Sampling says which data to look at and how it is written. Zero values mean
// that the data itself shows it.
type Sampling struct {
	Path      string
	Format    string
	Delimiter byte
	Quote     byte
	NoHeader  bool
	SkipLines int64
	Null      string
	// Times is the pattern that times follow; nil: they are ISO 8601.
	Times *sqltime.Layout
}

// Schema is what a sample shows.
type Schema struct {
	Columns   []Column
	Format    string
	Delimiter byte   // CSV
	File      string // the file that was looked at
	Rows      int    // how many rows were
}

// Column is a column of a schema. Columns of a sample can always be NULL.
type Column struct {
	Name string
	Type types.Type
}

// Sample infers the columns of the data behind a path from its first rows.
func Sample(files Files, s *Sampling) (*Schema, error) {
	name, err := firstFile(files, s.Path)
	if err != nil {
		return nil, err
	}
	data, whole, err := head(files, name)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for range s.SkipLines {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fmt.Errorf("%s is empty", s.Path)
	}
	format := s.Format
	if format == "" {
		format = FormatOfPath(name)
	}
	var schema *Schema
	switch format {
	case "csv":
		schema, err = sampleCSV(data, whole, s, name)
	case "json":
		schema, err = sampleJSON(data, whole, s)
	default:
		return nil, fmt.Errorf("the format of %s is not known", s.Path)
	}
	if err != nil {
		return nil, err
	}
	schema.File, schema.Format = name, format
	return schema, nil
}

// firstFile is the first file that a path or pattern names.
func firstFile(files Files, path string) (string, error) {
	if path == "-" {
		return "", errors.New("standard input cannot be looked at when compiling")
	}
	if strings.Contains(path, "${") {
		return "", fmt.Errorf("%s is known only when the program starts", path)
	}
	names, err := files.Glob(path)
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", fmt.Errorf("there is no file %s", path)
	}
	return names[0], nil
}

// head reads the beginning of a file, unpacked. whole tells that it is all.
func head(files Files, name string) (data []byte, whole bool, err error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	var magic [4]byte
	n, err := io.ReadFull(f, magic[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, false, err
	}
	r := io.MultiReader(bytes.NewReader(magic[:n]), f)
	switch {
	case n >= 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", name, err)
		}
		r = z
	case n == 4 && magic == [4]byte{0x28, 0xb5, 0x2f, 0xfd}:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", name, err)
		}
		defer z.Close()
		r = z
	}
	data, err = io.ReadAll(io.LimitReader(r, sampleBytes+1))
	if err != nil && len(data) == 0 {
		return nil, false, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > sampleBytes || err != nil {
		return data[:min(len(data), sampleBytes)], false, nil
	}
	return data, true, nil
}
