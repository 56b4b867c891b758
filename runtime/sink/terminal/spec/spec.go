// Package spec declares the options of the terminal sink.
package spec

import "github.com/velocsql/veloc/runtime/spec"

// Connector declares the terminal sink. It brings its own formats along: the
// option format is its, not that of a wire format.
var Connector = spec.Connector{
	Name:    "terminal",
	Doc:     "standard output: a table for people, or JSON lines or CSV",
	Roles:   spec.Sink,
	Import:  "github.com/velocsql/veloc/runtime/sink/terminal",
	Options: []spec.Option{Format, Title},
}

// The options of the terminal sink.
var (
	Format = spec.Option{
		Key: "format", Aliases: []string{"value_format", "value.format"}, Role: spec.Sink, Type: spec.Enum, Values: []string{"table", "json", "csv"}, Default: "table", Shape: true,
		Help: "table is aligned for reading, json one object per line, csv with a header",
	}
	Title = spec.Option{
		Key: "title", Role: spec.Sink, Type: spec.String,
		Help: "a line above the rows; by default the name of the relation if several print to the terminal",
	}
)
