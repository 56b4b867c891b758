package rt

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
)

// Record is a message of a topic.
type Record struct {
	// Key and Value are bytes in the formats of the topic; nil is null. A null
	// value deletes the row of a table.
	Key, Value []byte
	Timestamp  int64 // milliseconds since the epoch
	Offset     int64 // within the partition
	Partition  int
	Headers    []Header
	// Windowed keys belong to a window; its bounds are in milliseconds.
	Windowed               bool
	WindowStart, WindowEnd int64
}

// Header is a name and a value beside a record.
type Header struct {
	Key   string
	Value []byte
}

// Topics is the place where the topics of a program are, for tests that need no
// server: package topic has one.
type Topics interface {
	// TopicSource reads the topic that the options name; name is the relation.
	TopicSource(name string, c Config) Source
	// TopicSink writes the topic that the options name.
	TopicSink(name string, c Config) Sink
}

// span is where the key and the value of a record begin in Batch.Data.
type span struct{ key, value int }

// Reset empties the batch for the records of a partition.
func (b *Batch) Reset(partition int) {
	b.Records, b.spans = b.Records[:0], b.spans[:0]
	b.Buf = b.Buf[:0]
	b.Partition, b.Pushed, b.Mark, b.Line, b.Header, b.rows = partition, 0, MarkNone, 0, nil, nil
}

// AddRecord appends a record to a batch that Reset has emptied. Its key and value
// are copied to Data, each followed by a line break, so that the decoders of lines
// read them. Where lines says so, keys and values are text in which a line break
// is white space; it becomes a blank.
func (b *Batch) AddRecord(r Record, lines bool) {
	b.spans = append(b.spans, span{len(b.Buf), len(b.Buf) + len(r.Key) + 1})
	b.Records = append(b.Records, r)
	b.Buf = appendPart(b.Buf, r.Key, lines)
	b.Buf = appendPart(b.Buf, r.Value, lines)
}

func appendPart(buf, part []byte, lines bool) []byte {
	at := len(buf)
	buf = append(buf, part...)
	if lines && bytes.IndexByte(part, '\n') >= 0 {
		blankLines(buf[at:])
	}
	return append(buf, '\n')
}

// blankLines makes blanks of the line breaks of a JSON text, except inside of
// strings, where they are mistakes that the decoder reports.
func blankLines(text []byte) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == '\n' && !quoted:
			text[i] = ' '
		}
	}
}

// Seal ends the filling of a batch of records: Start and End are indexes of
// Records from then on.
func (b *Batch) Seal() {
	b.Buf = append(b.Buf, make([]byte, Pad)...)
	b.Data, b.Start, b.End = b.Buf, 0, len(b.Records)
	if len(b.Records) > 0 {
		b.Position = b.Records[0].Offset
	}
}

// KeyAt is where the key of a record begins in Data.
func (b *Batch) KeyAt(record int) int { return b.spans[record].key }

// ValueAt is where the value of a record begins in Data.
func (b *Batch) ValueAt(record int) int { return b.spans[record].value }

// Time is the time of a record in microseconds: that of its message, or for a
// pushed row that of its arrival.
func (b *Batch) Time(record int) int64 {
	if b.Pushed > 0 {
		return b.Arrival
	}
	return b.Records[record].Timestamp * 1000
}

// Null reports that a record has no value.
func (b *Batch) Null(record int) bool { return b.Pushed == 0 && b.Records[record].Value == nil }

// CountNulls tells how many records of the batch a stream has left out because
// they have no value; every reader of the source does.
func (b *Batch) CountNulls(n int) { b.nulls = n }

// Offset is the offset of a record in its partition; that of a pushed row is its
// number.
func (b *Batch) Offset(record int) int64 {
	if b.Pushed > 0 {
		return b.Position + int64(record)
	}
	return b.Records[record].Offset
}

// Key is the key of a record as it was sent; nil for a pushed row.
func (b *Batch) Key(record int) []byte {
	if b.Pushed > 0 {
		return nil
	}
	return b.Records[record].Key
}

// HeaderOf is the value of the last header of a record with a name; nil: there is
// none, as for a pushed row.
func (b *Batch) HeaderOf(record int, name string) []byte {
	if b.Pushed > 0 {
		return nil
	}
	headers := b.Records[record].Headers
	for i := len(headers) - 1; i >= 0; i-- {
		if headers[i].Key == name {
			return headers[i].Value
		}
	}
	return nil
}

// Record is a record of a batch; nil for a pushed row.
func (b *Batch) Record(record int) *Record {
	if b.Pushed > 0 {
		return nil
	}
	return &b.Records[record]
}

// WindowStart is when the window of a record begins, in microseconds; 0 if it has
// none.
func (b *Batch) WindowStart(record int) int64 {
	if b.Pushed > 0 {
		return 0
	}
	return b.Records[record].WindowStart * 1000
}

// WindowEnd is when the window of a record ends, in microseconds; 0 if it has none.
func (b *Batch) WindowEnd(record int) int64 {
	if b.Pushed > 0 {
		return 0
	}
	return b.Records[record].WindowEnd * 1000
}

// HeadersJSON are the headers of a record as an array of objects with the fields
// KEY and VALUE, which is in base64.
func (b *Batch) HeadersJSON(record int) string {
	if b.Pushed > 0 {
		return "[]"
	}
	out := []byte{'['}
	for i, h := range b.Records[record].Headers {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendQuoted(append(out, `{"KEY":`...), h.Key)
		out = append(out, `,"VALUE":`...)
		if h.Value == nil {
			out = append(out, "null}"...)
			continue
		}
		out = base64.StdEncoding.AppendEncode(append(out, '"'), h.Value)
		out = append(out, `"}`...)
	}
	return string(append(out, ']'))
}

// size is how many bytes the batch has.
func (b *Batch) size() int64 {
	switch {
	case b.Pushed > 0:
		return 0
	case len(b.Records) > 0:
		return int64(len(b.Data) - Pad)
	}
	return int64(b.End - b.Start)
}

// recordHead is how many bytes stand before the key of a framed record: lengths
// of key and value, each plus one so that 0 is null, the timestamp, whether the
// key is windowed, and the bounds of the window.
const recordHead = 4 + 4 + 8 + 1 + 8 + 8 + 4

// Frame is a record that is being written into the buffer of an Output, for a
// sink that takes records. The key comes first:
//
//	f, b := rt.NewFrame(b, t)
//	b = append(b, key...)
//	f.EndKey(b)
//	b = append(b, value...)
//	f.EndValue(b)
type Frame struct{ at, key int }

// NewFrame begins a record with an event time in microseconds. Key and value are
// null until they end.
func NewFrame(b []byte, t int64) (Frame, []byte) {
	f := Frame{at: len(b)}
	b = append(b, make([]byte, recordHead)...)
	binary.LittleEndian.PutUint64(b[f.at+8:], uint64(floorMillis(t)))
	f.key = len(b)
	return f, b
}

// floorMillis is a time in microseconds as milliseconds; -1 is that of a result
// that no row has contributed to.
func floorMillis(t int64) int64 {
	if t == math.MinInt64 {
		return -1
	}
	ms := t / 1000
	if t%1000 < 0 {
		ms--
	}
	return ms
}

// Window gives the key its window, in microseconds.
func (f *Frame) Window(b []byte, start, end int64) {
	b[f.at+16] = 1
	binary.LittleEndian.PutUint64(b[f.at+17:], uint64(floorMillis(start)))
	binary.LittleEndian.PutUint64(b[f.at+25:], uint64(floorMillis(end)))
}

// Carry gives the record the headers and the window of the one that it comes from,
// if there is one. It comes before the key.
func (f *Frame) Carry(b []byte, from *Record) []byte {
	if from == nil {
		return b
	}
	if from.Windowed {
		f.Window(b, from.WindowStart*1000, from.WindowEnd*1000)
	}
	for _, h := range from.Headers {
		b = binary.AppendUvarint(b, uint64(len(h.Key)))
		b = append(b, h.Key...)
		n := 0 // of a null
		if h.Value != nil {
			n = len(h.Value) + 1
		}
		b = binary.AppendUvarint(b, uint64(n))
		b = append(b, h.Value...)
	}
	binary.LittleEndian.PutUint32(b[f.at+33:], uint32(len(b)-f.key))
	f.key = len(b)
	return b
}

// headersOf reads what Carry has written.
func headersOf(p []byte) (list []Header) {
	take := func(less uint64) []byte {
		n, size := binary.Uvarint(p)
		p = p[size:]
		if n < less {
			return nil
		}
		part := p[: n-less : n-less]
		p = p[n-less:]
		return part
	}
	for len(p) > 0 {
		key := string(take(0))
		list = append(list, Header{Key: key, Value: bytes.Clone(take(1))})
	}
	return list
}

// EndKey ends a key that is not null.
func (f *Frame) EndKey(b []byte) {
	binary.LittleEndian.PutUint32(b[f.at:], uint32(len(b)-f.key)+1)
	f.key = len(b)
}

// EndValue ends a value that is not null.
func (f *Frame) EndValue(b []byte) {
	binary.LittleEndian.PutUint32(b[f.at+4:], uint32(len(b)-f.key)+1)
}

// NextRecord takes the first record off what an Output has gathered. The record
// shares its memory.
func NextRecord(p []byte) (r Record, rest []byte) {
	head := p[:recordHead]
	p = p[recordHead:]
	take := func(n uint32) []byte {
		if n == 0 {
			return nil
		}
		part := p[: n-1 : n-1]
		p = p[n-1:]
		return part
	}
	if n := binary.LittleEndian.Uint32(head[33:]); n > 0 {
		r.Headers = headersOf(p[:n])
		p = p[n:]
	}
	r.Key = take(binary.LittleEndian.Uint32(head))
	r.Value = take(binary.LittleEndian.Uint32(head[4:]))
	r.Timestamp = int64(binary.LittleEndian.Uint64(head[8:]))
	r.Windowed = head[16] != 0
	r.WindowStart = int64(binary.LittleEndian.Uint64(head[17:]))
	r.WindowEnd = int64(binary.LittleEndian.Uint64(head[25:]))
	return r, p
}

// KeyError is the failure to decode a key.
func KeyError(err error) error { return fmt.Errorf("key: %w", err) }

// ColumnError is the failure to decode the value of a column.
func ColumnError(column string, err error) error { return fmt.Errorf("column %q: %w", column, err) }

// NoKey is the failure of a record without a key where a column must not be NULL
// that is in it.
func NoKey(column string) error {
	return fmt.Errorf("column %q is in the key and must not be NULL, and the record has no key", column)
}
