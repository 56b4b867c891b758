package rt

import (
	"context"
	"errors"
	"io"
	"time"
)

// ErrCaughtUp is returned by Source.Read where a source that does not end has
// been read as far as it goes: a driver that feeds it may go on elsewhere and
// read it again.
var ErrCaughtUp = errors.New("all records so far have been read")

// Env is the world around a program. Everything that a connector needs from
// outside comes from here, so that tests and embedding programs replace it.
type Env struct {
	Dir    string // relative paths start here
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) (string, bool)
	// Terminal tells that Stdout is a terminal, Width its columns.
	Terminal bool
	Width    int
	// Now is the clock, in microseconds since the epoch.
	Now func() int64
	// After sends once when so much time has passed on that clock.
	After func(time.Duration) <-chan time.Time
	// Topics are the topics of a program that runs without a server; nil: there
	// are none.
	Topics Topics
}

// Framing says how bytes become records; the source cuts batches by it.
type Framing struct {
	Kind FramingKind
	// Quote is the quote character of CSV; a quoted field may hold line breaks
	// unless SingleLine.
	Quote      byte
	Delim      byte
	SingleLine bool
	Header     bool // the first line of each file is a header, handed over as Batch.Header
	SkipLines  int  // lines before the header or the first record
}

// FramingKind enumerates the framings.
type FramingKind uint8

// The framings.
const (
	Lines    FramingKind = iota // one record per line
	CSV                         // lines, but quoted fields may span lines
	JSONAuto                    // lines, or one array if the first byte is '['; array elements come as one line each
)

// Partitions describes the partitions of an open source.
type Partitions interface {
	// Name returns what a person calls a partition: the path of a file.
	Name(partition int) string
	// LineOf returns the 1-based line at a position, 0 if it cannot be told.
	// It may be slow; it is called for rejected records only.
	LineOf(partition int, position int64) int64
}

// Source is an open stream of batches.
//
// Several workers call Read at once; each passes its own Batch. Seq counts the
// batches of a partition in order. Bounded sources end with io.EOF, for every
// worker. The last batch of a partition carries MarkEnd (it may be empty).
type Source interface {
	Partitions
	// Open prepares reading; its errors name the cause and the way out.
	Open(ctx context.Context, env *Env, f Framing) error
	Read(ctx context.Context, b *Batch) error
	// Count returns how many partitions there are, -1 if that can change.
	Count() int
	// Size returns the bytes there are to read, and whether that is known.
	Size() (int64, bool)
	// Restore makes reading start at positions (by partition), before the first Read.
	Restore(positions []int64) error
	// Ack tells that everything before a position is done with.
	Ack(partition int, position int64)
	Close() error
}

// Sink takes encoded rows.
type Sink interface {
	// Open prepares writing. head is written before the first row of a new
	// destination (a CSV header); it may be empty.
	Open(ctx context.Context, env *Env, head []byte) error
	// Write takes whole encoded rows; it does not keep p. Calls are not concurrent.
	Write(p []byte) error
	// Flush makes what was written visible to readers of an unbounded program.
	Flush() error
	// Prepare, Commit and Recover are the two phases of a checkpoint.
	Prepare(epoch int64) (token []byte, err error)
	Commit(token []byte) error
	Recover(token []byte) error
	// Close ends the output. With commit it becomes visible as a whole, without
	// it what was there before stays.
	Close(commit bool) error
}

// Config is the options of one source or sink after defaults and environment
// have been applied; keys are canonical.
type Config map[string]string
