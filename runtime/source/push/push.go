// Package push stands where a stream has no source of its own, because the
// embedding program pushes its rows.
package push

import (
	"context"
	"errors"

	rt "github.com/velocsql/veloc/runtime"
)

// ErrNotPushed is why a program cannot run alone.
var ErrNotPushed = errors.New("the stream has no source: its rows come from a Go program that embeds this one (set Options.Push.. for it), or give it a source with WITH ('connector' = 'file', ..)")

// NewSource returns a source that cannot be opened. An embedding program
// replaces it.
func NewSource(string, rt.Config) rt.Source { return source{} }

type source struct{}

func (source) Open(context.Context, *rt.Env, rt.Framing) error { return ErrNotPushed }
func (source) Read(context.Context, *rt.Batch) error           { return ErrNotPushed }
func (source) Name(int) string                                 { return "" }
func (source) LineOf(int, int64) int64                         { return 0 }
func (source) Count() int                                      { return 0 }
func (source) Size() (int64, bool)                             { return 0, false }
func (source) Restore([]int64) error                           { return ErrNotPushed }
func (source) Ack(int, int64)                                  {}
func (source) Close() error                                    { return nil }
