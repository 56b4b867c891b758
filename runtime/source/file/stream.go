package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	rt "github.com/velocsql/veloc/runtime"
)

const (
	// headroom is the place in front of a block for the rest of the record that
	// the block before did not finish, in bytes.
	headroom = 64 << 10
	// spareBuffers is how many buffers wait to be used again.
	spareBuffers = 16
)

// stream is a file that one goroutine reads: a pipe, a compressed file, a JSON
// array.
type stream struct {
	s         *Source
	partition int
	r         io.Reader // nil: open the path when the goroutine runs
	file      *os.File  // to close at the end, nil for standard input; guarded by s.mu
	out       chan item
	free      chan []byte
}

// item is a batch on its way to a worker.
type item struct {
	buf        []byte
	start, end int
	pos, line  int64
	seq        int64
	header     []byte
	last       bool
	err        error // instead of a batch
}

// startStream starts the goroutine that reads a partition.
func (s *Source) startStream(partition int, r io.Reader, f *os.File) {
	t := &stream{s: s, partition: partition, r: r, file: f, out: make(chan item, 2), free: make(chan []byte, spareBuffers)}
	s.stream = t
	go t.run()
}

// receive waits for the next batch; it returns false behind the last one.
func (t *stream) receive(ctx context.Context, b *rt.Batch) (bool, error) {
	if b.Buf != nil {
		select {
		case t.free <- b.Buf:
		default:
		}
		b.Buf, b.Data, b.Start, b.End = nil, nil, 0, 0
	}
	var it item
	var ok bool
	select {
	case it, ok = <-t.out:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if !ok || it.err != nil {
		return false, it.err
	}
	b.Buf, b.Data, b.Start, b.End = it.buf, it.buf, it.start, it.end
	b.Partition, b.Seq, b.Position, b.Line, b.Header = t.partition, it.seq, it.pos, it.line, it.header
	b.Mark = rt.MarkNone
	if it.last {
		b.Mark = rt.MarkEnd
	}
	return true, nil
}

// CaughtUp reports that the partition is a pipe that has nothing to read for now.
func (s *Source) CaughtUp(partition int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stream != nil && s.stream.partition == partition && s.parts[partition].live && len(s.stream.out) == 0
}

// buffer returns memory for a block with room for tail bytes in front of it.
func (t *stream) buffer(tail int) (buf []byte, lo int) {
	lo = headroom
	for lo < tail {
		lo *= 2
	}
	size := lo + t.s.block + 1 + rt.Pad
	for {
		select {
		case buf = <-t.free:
			if cap(buf) >= size {
				return buf[:cap(buf)], lo
			}
			continue
		default:
		}
		return make([]byte, size), lo
	}
}

// run reads the partition and sends its batches, then an error if one ended
// it.
func (t *stream) run() {
	defer close(t.out)
	p := &t.s.parts[t.partition]
	err := t.open(p)
	if err == nil {
		w := &reader{t: t, s: t.s, live: p.live, name: p.name, skipTo: t.s.start(t.partition)}
		err = w.run()
	}
	if u, ok := t.r.(*unpacker); ok {
		u.r.Close()
	}
	t.closeFile()
	if err != nil && !errors.Is(err, errStopped) {
		t.send(item{err: err})
	}
}

// closeFile closes the file; that also wakes a goroutine that waits for a pipe.
func (t *stream) closeFile() {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	if t.file != nil {
		t.file.Close()
		t.file = nil
	}
}

var errStopped = errors.New("stopped")

func (t *stream) send(it item) error {
	select {
	case t.out <- it:
		return nil
	case <-t.s.stop:
		return errStopped
	}
}

// open opens a pipe and unpacks what is compressed.
func (t *stream) open(p *part) error {
	switch {
	case t.r != nil:
	case p.path == "":
		t.r = t.s.env.Stdin
	default:
		f, err := os.Open(p.path) // waits until somebody opens the other end of a FIFO
		if err != nil {
			return unreadable(p.name, err)
		}
		t.s.mu.Lock()
		t.file = f
		t.s.mu.Unlock()
		t.r = f
	}
	head := make([]byte, magicLen)
	n, err := readSome(t.r, head)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", p.name, readError(err))
	}
	codec, err := t.s.codecFor(p.name, head[:n])
	if err != nil {
		return err
	}
	raw := io.Reader(&replay{head: head[:n], r: t.r})
	if codec == nil {
		t.r = raw
		return nil
	}
	unpacked, err := codec.Open(raw)
	if err != nil {
		return fmt.Errorf("%s: this is not %s data, or it is damaged: %w", p.name, codec.Name, err)
	}
	t.r = &unpacker{r: unpacked, name: codec.Name}
	return nil
}

// readSome fills p as far as the first bytes matter: it stops early where they
// rule compression out, so that a slow pipe is not waited for.
func readSome(r io.Reader, p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = r.Read(p[n:])
		n += m
		possible := false
		for _, magic := range magics {
			possible = possible || n < len(magic.bytes) && bytes.HasPrefix(magic.bytes, p[:n])
		}
		if n > 0 && !possible {
			break
		}
	}
	return n, err
}

// replay gives bytes that have been read once more.
type replay struct {
	head []byte
	r    io.Reader
}

func (r *replay) Read(p []byte) (int, error) {
	if len(r.head) > 0 {
		n := copy(p, r.head)
		r.head = r.head[n:]
		return n, nil
	}
	return r.r.Read(p)
}

// unpacker says in its errors that unpacking failed.
type unpacker struct {
	r    io.ReadCloser
	name string
	n    int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.n += int64(n)
	switch {
	case err == nil || err == io.EOF:
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = &packError{fmt.Sprintf("the %s data is cut off (behind %d unpacked bytes)", u.name, u.n), err}
	default:
		err = &packError{fmt.Sprintf("the %s data is damaged (behind %d unpacked bytes): %v", u.name, u.n, err), err}
	}
	return n, err
}
