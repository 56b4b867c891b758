package rt

import (
	"errors"
	"sync/atomic"
)

// Program is what generated code hands to the runtime: its sources, sinks and
// how to make a worker.
type Program struct {
	Name    string
	Sources []SourceDef
	Sinks   []SinkDef
	// Queries is how many queries there are; those read come before their
	// readers.
	Queries int
	// Stages are the parts of the work; nil: there is one, of all sources and
	// queries.
	Stages []Stage
	// Workers is how many workers the program asks for; 0 leaves it open.
	Workers int
	// Errors say what happens to records that fail.
	Errors []ErrorPolicy
	// Serial: the program must run on one worker, for the reason in Why.
	Serial bool
	Why    string
	// Every is the shortest time for which changes wait to be emitted, in
	// microseconds; 0: none wait for a time.
	Every int64
	// NewWorker makes one worker. Its outputs are connected to ports.
	NewWorker func(c *Connect) Worker
}

// SourceDef is a source of a program.
type SourceDef struct {
	Name    string
	Config  Config
	New     func(name string, c Config) Source
	Framing Framing

	replaced bool // by Use
	// Idle is after how many microseconds of silence a partition does not hold the
	// watermark back any more; 0: never.
	Idle int64
}

// SinkDef is a sink of a program.
type SinkDef struct {
	Name   string
	Config Config
	New    func(name string, c Config) Sink
	Head   []byte // written before the first row: a CSV header
}

// Worker is one copy of the pipeline. One goroutine at a time uses it.
type Worker interface {
	// Process takes a batch of a source through the pipeline.
	Process(source int, b *Batch)
	// Merge takes over the groups of a query from another worker, which does
	// not use them again. It reports whether the query keeps groups that merge.
	Merge(query int, other Worker) bool
	// Finish emits what a query holds back until the end of all input.
	Finish(query int)
	// Outputs returns the worker's ends of the sinks.
	Outputs() []*Output
}

// Connect gives a new worker its outputs and its place in the program.
type Connect struct {
	ID      int
	Workers int
	run     *run
	taps    []tap

	exchanges []exchanger
}

// Now returns the current time, in microseconds since the epoch.
func (c *Connect) Now() int64 { return c.run.env.Now() }

// Alone reports that the program runs on one worker.
func (c *Connect) Alone() bool { return c.Workers == 1 }

// Output returns the end of sink i that belongs to this worker.
func (c *Connect) Output(i int) *Output { return &Output{port: c.run.ports[i]} }

// Stop asks the program to end as if its input had ended (LIMIT).
func (c *Connect) Stop() { c.run.stop() }

// Partitions returns how many partitions a source has; 0 if that can change.
func (c *Connect) Partitions(source int) int { return max(c.run.sources[source].Count(), 0) }

// Cover tells that a branch of the SQL runs; only programs that are compiled for a
// report of what tests cover call it.
func (c *Connect) Cover(branch int) {
	if c.run.covered != nil {
		c.run.covered(branch)
	}
}

// Rejects returns where failed records go.
func (c *Connect) Rejects() *Rejects { return c.run.rejects }

// FlushBytes is how much encoded output a worker gathers before it is written,
// in the middle of a batch if need be.
const FlushBytes = 256 << 10

// Output gathers encoded rows of one worker for one sink. Generated code
// appends to Buf and counts Rows.
type Output struct {
	Buf  []byte
	Rows int64
	port *port
	hold bool // several workers: only whole batches are written, in their order
}

// Full reports whether Buf should be written before the end of the batch.
func (o *Output) Full() bool { return len(o.Buf) >= FlushBytes && !o.hold }

// Flush writes Buf to the sink.
func (o *Output) Flush() {
	if o.Rows > 0 {
		atomic.AddInt64(&o.port.rows, o.Rows)
		o.Rows = 0
	}
	if len(o.Buf) == 0 {
		return
	}
	o.port.write(o.Buf)
	o.Buf = o.Buf[:0]
}

// Op is what a row of an updating relation does.
type Op uint8

// The operations.
const (
	Upsert Op = iota // the row is new or replaces the one with its key
	Delete           // the row with its key is withdrawn

	// The lines of a changelog that has the rows before a change too.
	Insert       // the row is new
	UpdateBefore // the row that is replaced
	UpdateAfter  // the row that replaces it
	DeleteBefore // the row that is withdrawn
)

func (o Op) String() string {
	return [...]string{"upsert", "delete", "+I", "-U", "+U", "-D"}[o]
}

// OpOf is what happens to a row that is gone, or is there.
func OpOf(gone bool) Op {
	if gone {
		return Delete
	}
	return Upsert
}

// Before says what an operation does to the row that was there.
func (o Op) Before() Op {
	if o == Delete {
		return DeleteBefore
	}
	return UpdateBefore
}

// After says what the new row is where there was one before, or none.
func After(replaces bool) Op {
	if replaces {
		return UpdateAfter
	}
	return Insert
}

// SupportsGen1 is named by generated code, so that a runtime that is too old
// fails to compile with a readable name.
const SupportsGen1 = true

// Change is a row of a relation whose rows can be withdrawn, and what happens
// to it.
type Change[T any] struct {
	Op  Op
	Row T
}

// Use replaces the source; nil keeps it.
func (d *SourceDef) Use(s Source) {
	if s != nil {
		d.New = func(string, Config) Source { return s }
		d.Config, d.replaced = nil, true
	}
}

// Use replaces the sink; nil keeps it.
func (d *SinkDef) Use(s Sink) {
	if s != nil {
		d.New = func(string, Config) Sink { return s }
		d.Config = nil
	}
}

// ErrRan is returned by the second Run of a pipeline.
var ErrRan = errors.New("the pipeline has run before: New makes another one")

// Once lets a pipeline run only once; generated code uses it.
type Once struct{ ran atomic.Bool }

// Begin is called by Run.
func (o *Once) Begin() error {
	if o.ran.Swap(true) {
		return ErrRan
	}
	return nil
}
