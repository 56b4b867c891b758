// Package spec declares the options of the file sink.
package spec

import (
	"strings"

	source "github.com/velocsql/veloc/runtime/source/file/spec"
	"github.com/velocsql/veloc/runtime/spec"
)

// Connector declares the file sink.
var Connector = spec.Connector{
	Name:    "file",
	Doc:     "a file, a pipe or standard output",
	Roles:   spec.Sink,
	Import:  "github.com/velocsql/veloc/runtime/sink/file",
	Formats: []string{"json", "csv"},
	Options: []spec.Option{Path, Append, Overwrite, Compression},
}

// The options of the file sink.
var (
	Path = spec.Option{
		Key: "path", Aliases: source.Path.Aliases, Role: spec.Both, Type: spec.Path, Required: true,
		Help: "file to write, or - for standard output; a regular file appears under its name when it is complete",
	}
	Append = spec.Option{
		Key: "append", Aliases: []string{"file.append", "append_if_exists"}, Role: spec.Sink, Type: spec.Bool, Default: "false",
		Help: "add whole lines to the end of the file as they come; the default for programs whose input does not end",
	}
	Overwrite = spec.Option{
		Key: "overwrite", Aliases: []string{"file.overwrite"}, Role: spec.Sink, Type: spec.Bool, Default: "true",
		Help: "replace the file that is there; false makes it an error",
	}
	Compression = spec.Option{
		Key: "compression", Aliases: source.Compression.Aliases, Role: spec.Sink, Type: spec.Enum, Values: []string{"auto", "none", "gzip", "zstd"}, Default: "auto",
		Help: "auto goes by the name: .gz is gzip, .zst is zstd",
	}
)

// Codecs returns the import paths of the packages whose Codec a program must
// pass to NewSink for a path and a compression as they stand in the SQL
// (${VAR} unresolved).
func Codecs(path, compression string) []string {
	const gzip, zstd = "github.com/velocsql/veloc/runtime/sink/file/gzip", "github.com/velocsql/veloc/runtime/sink/file/zstd"
	compression = strings.ToLower(compression)
	kind := Kind(path, compression)
	switch {
	case kind == "gzip":
		return []string{gzip}
	case kind == "zstd":
		return []string{zstd}
	case strings.Contains(compression, "${"), compression != "none" && strings.HasSuffix(path, "}"):
		return []string{gzip, zstd}
	}
	return nil
}

// Kind resolves the compression auto by the name of a file.
func Kind(path, compression string) string {
	if compression != "auto" && compression != "" {
		return compression
	}
	path = strings.ToLower(path)
	switch {
	case strings.HasSuffix(path, ".gz"), strings.HasSuffix(path, ".gzip"):
		return "gzip"
	case strings.HasSuffix(path, ".zst"), strings.HasSuffix(path, ".zstd"):
		return "zstd"
	}
	return "none"
}
