// Package spec declares the options of the file source and of the text formats
// that files hold.
package spec

import (
	"strings"

	"github.com/velocsql/veloc/runtime/spec"
)

// Connector declares the file source.
var Connector = spec.Connector{
	Name:    "file",
	Doc:     "files, patterns of files, pipes and standard input",
	Roles:   spec.Source,
	Import:  "github.com/velocsql/veloc/runtime/source/file",
	Formats: []string{"json", "csv"},
	Options: []spec.Option{Path, Compression, Recursive, MaxRecordSize, Watch, PollingInterval},
}

// The options of the file source.
var (
	Path = spec.Option{
		Key: "path", Aliases: []string{"file.path", "file", "filename", "source.path"}, Role: spec.Both, Type: spec.Path, Required: true,
		Help: "file, pattern (*, ?, [a-z], ** for folders at any depth) or - for standard input; the files of a pattern are read in the order of their names",
	}
	Compression = spec.Option{
		Key: "compression", Aliases: []string{"file.compression", "compression.codec"}, Role: spec.Source, Type: spec.Enum, Values: []string{"auto", "none", "gzip", "zstd"}, Default: "auto",
		Help: "auto looks at the first bytes of each file; say gzip or zstd if the name does not show it (standard input)",
	}
	Recursive = spec.Option{
		Key: "recursive", Aliases: []string{"file.recursive"}, Role: spec.Source, Type: spec.Bool, Default: "false",
		Help: "the last part of a pattern is looked for in all folders below as well",
	}
	Watch = spec.Option{
		Key: "watch", Aliases: []string{"file.watch"}, Role: spec.Source, Type: spec.Bool, Default: "false", Shape: true,
		Help: "follow files that grow and files that appear: the program runs until it is stopped",
	}
	PollingInterval = spec.Option{
		Key: "polling_interval", Aliases: []string{"file.polling_interval", "polling.interval"}, Role: spec.Source, Type: spec.Duration, Default: "1s",
		Help: "how often watched files are looked at",
	}
	MaxRecordSize = spec.Option{
		Key: "max.record.size", Aliases: []string{"file.max.record.size", "max_record_size"}, Role: spec.Source, Type: spec.Size, Default: "64MiB",
		Help: "a longer record (in CSV mostly a quote that is never closed) ends the program with an error",
	}
)

// CSV declares the CSV format.
var CSV = spec.Format{
	Name:    "csv",
	Doc:     "comma-separated values (RFC 4180)",
	Roles:   spec.Both,
	Options: []spec.Option{Delimiter, Quote, Header, SkipLines, Multiline, Null, Validate, TimestampFormat},
}

// JSON declares the JSON format.
var JSON = spec.Format{
	Name:    "json",
	Doc:     "JSON: one object per line, or one array of objects",
	Roles:   spec.Both,
	Options: []spec.Option{SkipLines, Validate, TimestampFormat, DecimalFormat},
}

// The options of the formats.
var (
	Delimiter = spec.Option{
		Key: "delimiter", Aliases: []string{"csv.delimiter", "file.delimiter", "value.delimiter", "value_delimiter", "csv_delimiter"}, Role: spec.Both, Type: spec.Char, Default: ",", Shape: true,
		Help: `separates the fields of a row: one character, or tab, comma, semicolon, pipe, space`,
	}
	Quote = spec.Option{
		Key: "quote", Aliases: []string{"csv.quote", "csv_quote", "file.quote"}, Role: spec.Source, Type: spec.Char, Default: `"`, Shape: true,
		Help: "encloses fields that hold delimiters, quotes or line breaks; doubled inside; none switches quoting off",
	}
	Header = spec.Option{
		Key: "header", Aliases: []string{"csv.header", "csv_header", "has_headers", "csv.has_headers", "csv_has_header", "has_header", "file.has_headers"}, Role: spec.Both, Type: spec.Bool, Default: "true", Shape: true,
		Help: "the first line of each file names the columns; without it columns are taken by position",
	}
	SkipLines = spec.Option{
		Key: "skip_lines", Aliases: []string{"skip.lines", "csv.skip_lines", "file.skip_lines"}, Role: spec.Source, Type: spec.Int, Default: "0",
		Help: "lines of each file to leave out before the header or the first record",
	}
	Multiline = spec.Option{
		Key: "multiline", Aliases: []string{"csv.multiline"}, Role: spec.Source, Type: spec.Bool, Default: "true", Shape: true,
		Help: "quoted fields may hold line breaks; false promises that none does, which reads faster",
	}
	Null = spec.Option{
		Key: "csv.null", Aliases: []string{"null", "null_value", "csv.null_value"}, Role: spec.Both, Type: spec.String, Shape: true,
		Help: "the unquoted text that stands for NULL; empty by default",
	}
	Validate = spec.Option{
		Key: "validate", Role: spec.Source, Type: spec.Enum, Values: []string{"full", "used"}, Default: "full", Shape: true,
		Help: "full checks every column of a record, used only those that a query reads",
	}
	TimestampFormat = spec.Option{
		Key: "timestamp.format", Aliases: []string{"timestamp_format"}, Role: spec.Both, Type: spec.String, Default: "iso8601", Shape: true,
		Help: "how columns of type TIMESTAMP are written: iso8601 (reading takes milliseconds too), epoch_millis (of DATE days, of TIME milliseconds), epoch_seconds or epoch, epoch_micros, epoch_nanos (reading takes ISO 8601 too), or a pattern such as %d/%m/%Y %H:%M:%S",
	}
	DecimalFormat = spec.Option{
		Key: "decimal.format", Aliases: []string{"decimal_format"}, Role: spec.Sink, Type: spec.Enum, Values: []string{"number", "string"}, Default: "number", Shape: true,
		Help: "how decimals are written in JSON",
	}
)

// Codecs returns the import paths of the packages whose Codec a program must
// pass to NewSource for a path and a compression as they stand in the SQL
// (${VAR} unresolved). A name that says that it is not compressed needs none;
// a pattern or variable that leaves it open needs all. Standard input is taken
// as plain unless the compression is given.
func Codecs(path, compression string) []string {
	const gzip, zstd = "github.com/velocsql/veloc/runtime/source/file/gzip", "github.com/velocsql/veloc/runtime/source/file/zstd"
	path, compression = strings.ToLower(path), strings.ToLower(compression)
	if strings.Contains(compression, "${") {
		return []string{gzip, zstd}
	}
	switch compression {
	case "none":
		return nil
	case "gzip":
		return []string{gzip}
	case "zstd":
		return []string{zstd}
	}
	switch {
	case strings.HasSuffix(path, ".gz"), strings.HasSuffix(path, ".gzip"):
		return []string{gzip}
	case strings.HasSuffix(path, ".zst"), strings.HasSuffix(path, ".zstd"):
		return []string{zstd}
	}
	last := path[strings.LastIndexAny(path, `/\`)+1:]
	tail := last[strings.LastIndexByte(last, '.')+1:]
	if strings.ContainsAny(tail, "*?[]{}$") {
		return []string{gzip, zstd}
	}
	return nil
}
