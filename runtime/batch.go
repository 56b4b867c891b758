package rt

import "github.com/velocsql/veloc/runtime/event"

// Pad is the number of readable bytes that follow the records of a batch, so
// that decoders may load whole words near the end.
const Pad = 64

// Mark is a control message that travels with a batch.
type Mark uint8

// The marks.
const (
	MarkNone      Mark = iota
	MarkBarrier        // a checkpoint barrier, Epoch says which
	MarkLoaded         // the bulk load of a table is complete
	MarkEnd            // the partition ends with this batch
	MarkIdle           // the partition has nothing more for now, so it does not hold the watermark back
	MarkPassed         // all partitions are idle, and time has gone on by Passed
	MarkWatermark      // the watermark of the source is at least Watermark
)

// Batch is a run of whole records of one partition. It belongs to the worker
// that reads it; Source.Read reuses its memory.
type Batch struct {
	// Data[Start:End] are whole records, each ending in '\n'; at least Pad
	// bytes behind End can be read (and hold zeros).
	Data       []byte
	Start, End int

	Partition int   // index of the partition within its source
	Seq       int64 // 0, 1, 2 .. within the partition
	Position  int64 // of Data[Start]: byte offset in the file (after decompression)
	Line      int64 // 1-based line of Data[Start], 0 if it is not known
	Mark      Mark
	Epoch     int64
	Watermark int64 // with MarkWatermark, in microseconds since the epoch
	Passed    int64 // with MarkPassed, in microseconds

	// Header is the header line of the file that the records are from, without
	// its line break; nil if the format has none. It is the same slice for all
	// batches of a partition.
	Header []byte

	// Pushed counts typed rows handed in by the embedding program; Data is
	// empty then.
	Pushed int

	// Records are the messages of a batch from a topic. Start and End are then
	// indexes of them, and Data holds their keys and values: see AddRecord.
	Records []Record
	// Topic is the name of their topic.
	Topic string
	spans []span

	// Arrival is when the batch was read, in microseconds since the epoch.
	Arrival int64

	// Buf is the memory behind Data, for the source to reuse.
	Buf []byte

	nulls   int // records without a value that were left out
	records int // in the batch, as its readers have counted
	rows    any // []T for pushed rows
	// describe shows a pushed row to a person.
	describe func(row int) string
	rejects  *Rejects
	source   string
	files    Partitions
}

// Count tells how many records the batch has; every reader of the source does.
func (b *Batch) Count(records int) { b.records = records }

// Tell tells a clock what the mark of the batch means for the watermark; generated
// code calls it after the rows. Ask the clock Reached after.
func (b *Batch) Tell(c *event.Clock) {
	switch b.Mark {
	case MarkEnd:
		c.End(b.Partition)
	case MarkIdle:
		c.Idle(b.Partition)
	case MarkPassed:
		c.Raise(event.Ahead(c.Watermark(), b.Passed))
	case MarkWatermark:
		c.Raise(b.Watermark)
	}
}
