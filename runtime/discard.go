package rt

import "context"

// Discard returns a sink that drops what it gets.
func Discard() Sink { return discard{} }

type discard struct{}

func (discard) Open(context.Context, *Env, []byte) error { return nil }
func (discard) Write([]byte) error                       { return nil }
func (discard) Flush() error                             { return nil }
func (discard) Prepare(int64) ([]byte, error)            { return nil, nil }
func (discard) Commit([]byte) error                      { return nil }
func (discard) Recover([]byte) error                     { return nil }
func (discard) Close(bool) error                         { return nil }
