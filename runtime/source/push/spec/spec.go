// Package spec declares the source of streams that have none.
package spec

import "github.com/velocsql/veloc/runtime/spec"

// Connector declares streams whose rows the embedding program pushes: those
// that are declared with columns and nothing else.
var Connector = spec.Connector{
	Name:    "push",
	Doc:     "rows that the embedding Go program pushes; for streams declared with columns only",
	Roles:   spec.Source,
	Import:  "github.com/velocsql/veloc/runtime/source/push",
	Formats: []string{"json"},
}
