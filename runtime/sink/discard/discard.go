// Package discard is the sink that drops its rows.
package discard

import rt "github.com/velocsql/veloc/runtime"

// NewSink returns a sink that drops what it gets.
func NewSink(string, rt.Config) rt.Sink { return rt.Discard() }
