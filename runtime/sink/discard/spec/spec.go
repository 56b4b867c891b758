// Package spec declares the sink that drops its rows.
package spec

import "github.com/velocsql/veloc/runtime/spec"

// Connector declares the discarding sink.
var Connector = spec.Connector{
	Name:    "discard",
	Doc:     "nowhere: rows are computed, encoded and dropped; for measuring, and for relations that only an embedding program takes",
	Roles:   spec.Sink,
	Import:  "github.com/velocsql/veloc/runtime/sink/discard",
	Formats: []string{"json", "csv"},
}
