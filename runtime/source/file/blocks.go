package file

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	rt "github.com/velocsql/veloc/runtime"
)

// blocks is a regular file that is read in blocks. Block k covers the bytes
// from base + k*block on and owns the records that start behind its first byte,
// up to and including the first byte of the next block; block 0 also owns the
// one at begin.
type blocks struct {
	partition int
	name      string
	f         *os.File
	owned     bool // f is ours to close

	base      int64 // offset of block 0
	begin     int64 // offset of the first record
	size      int64
	count     int64
	header    []byte
	firstLine int64

	next int64 // block to hand out; guarded by Source.mu, as is refs
	refs int   // blocks being read

	tail  atomic.Int64 // bytes to read behind a block: grows with the records
	chain *chain       // nil if every line break ends a record
}

func (r *blocks) close() {
	if r.owned {
		r.f.Close()
	}
}

// chain hands the state at the end of each block to the next one.
type chain struct {
	mu     sync.Mutex
	cond   sync.Cond
	exit   []state // by block, unknown until it is
	broken int64   // the first block that could not be read
}

func newChain(blocks int64) *chain {
	c := &chain{exit: make([]state, blocks), broken: blocks}
	c.cond.L = &c.mu
	return c
}

func (c *chain) set(k int64, st state) {
	c.mu.Lock()
	c.exit[k] = st
	c.mu.Unlock()
	c.cond.Broadcast()
}

func (c *chain) breakAt(k int64) {
	c.mu.Lock()
	c.broken = min(c.broken, k)
	c.mu.Unlock()
	c.cond.Broadcast()
}

// wait returns the state at the end of block k once it is known, unknown if it
// never will be. Blocks are handed out in order, so block k is being read.
func (c *chain) wait(k int64) state {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.exit[k] == unknown && k < c.broken {
		c.cond.Wait()
	}
	return c.exit[k]
}

// newBlocks lays out a file whose first record is at begin.
func (s *Source) newBlocks(partition int, f *os.File, begin, size int64) *blocks {
	align := int64(min(pageBytes, s.block))
	r := &blocks{partition: partition, name: s.parts[partition].name, f: f, begin: begin, size: max(size, begin)}
	r.base = begin / align * align
	r.count = max(1, (r.size-r.base+int64(s.block)-1)/int64(s.block))
	r.tail.Store(align)
	if s.cut.quote != 0 {
		r.chain = newChain(r.count)
	}
	return r
}

// readBlock reads block k into b.
func (s *Source) readBlock(r *blocks, k int64, b *rt.Batch) error {
	start := r.base + k*int64(s.block)
	own := int(min(int64(s.block), r.size-start))
	want := int(min(int64(own)+r.tail.Load(), r.size-start))
	buf := grow(b, want+1+rt.Pad, 0)
	n, err := r.f.ReadAt(buf[:want], start)
	if n < own {
		return s.cutShort(r, k, b, n, err)
	}
	want, err = n, nil // if that is less, complete sees why when it needs more
	var first int
	var exit state
	if k == 0 {
		first = int(r.begin - start)
		exit = s.cut.exit(buf[first:own], recordStart)
		if r.chain != nil {
			r.chain.set(k, exit)
		}
	} else if first, exit = s.enter(r, k, buf[:own]); exit == unknown {
		return s.failure()
	}
	end := first
	if first < 0 {
		first, end = 0, 0
	} else if own > 0 && (k < r.count-1 || exit != recordStart) {
		end, err = s.complete(r, b, start, own, want, exit)
		if err != nil {
			s.fail(fmt.Errorf("%s: %w", r.name, err))
		}
		end = max(end, first)
	} else {
		end = max(own, first)
	}
	s.hand(r, k, b, first, end)
	if err != nil {
		b.Mark = rt.MarkNone
	}
	return nil
}

// hand describes records in b.
func (s *Source) hand(r *blocks, k int64, b *rt.Batch, first, end int) {
	clear(b.Buf[end : end+rt.Pad])
	b.Data, b.Start, b.End = b.Buf, first, end
	b.Partition, b.Seq, b.Header = r.partition, k, r.header
	b.Position = r.base + k*int64(s.block) + int64(first)
	b.Line = 0
	if k == 0 {
		b.Line = r.firstLine
	}
	b.Mark = rt.MarkNone
	if k == r.count-1 {
		b.Mark = rt.MarkEnd
	}
}

// enter finds the first record that starts in block k and the state at its
// end. The position is -1 if no record starts in it; the state is unknown if
// reading an earlier block failed.
func (s *Source) enter(r *blocks, k int64, p []byte) (int, state) {
	first, exit, found := s.cut.next(p, 0, unquoted)
	if r.chain == nil {
		if !found {
			return -1, unquoted
		}
		return first, s.cut.exit(p[first:], recordStart)
	}
	// Quotes make the meaning of a line break depend on all that is before it.
	// Most often the first line break ends a record: look through the block
	// with this guess while the block before is still being worked on.
	if found {
		exit = s.cut.exit(p[first:], recordStart)
	}
	entry := r.chain.wait(k - 1)
	if entry == unknown {
		return 0, unknown
	}
	actual, st, ok := s.cut.next(p, 0, entry)
	switch {
	case !ok:
		actual = -1
	case !found || actual != first:
		st = s.cut.exit(p[actual:], recordStart)
	default:
		st = exit
	}
	r.chain.set(k, st)
	return actual, st
}

// complete finds the end of the record that reaches over the first own bytes
// of the block at start, reading on as far as it takes. buf[:n] has been read;
// the state at own is st. With an error it returns the end of the last whole
// record.
func (s *Source) complete(r *blocks, b *rt.Batch, start int64, own, n int, st state) (int, error) {
	buf := b.Buf
	from := own
	recordAt := -1
	for {
		end, st2, found := s.cut.next(buf[:n], from, st)
		if found {
			return end, nil
		}
		from, st = n, st2
		if recordAt < 0 {
			recordAt = s.lastStart(r, start, buf[:own])
		}
		if n-recordAt > s.maxRecord {
			return recordAt, s.tooLong(start+int64(recordAt), s.parts[r.partition].lines.lineOf(r.f, start+int64(recordAt)))
		}
		more := max(n-own, pageBytes)
		buf = grow(b, n+more+1+rt.Pad, n)
		got, err := r.f.ReadAt(buf[n:n+more], start+int64(n))
		n += got
		switch {
		case got == more:
			if int64(n-own) < 256<<10 {
				r.tail.Store(max(r.tail.Load(), int64(n-own)))
			}
		case err != nil && !errors.Is(err, io.EOF):
			return recordAt, readError(err)
		case start+int64(n) < r.size:
			return recordAt, r.shrunk(start + int64(n))
		case got == 0:
			// The file ends without a line break, or in a quoted field.
			if n > 0 && buf[n-1] == '\n' {
				return n, nil
			}
			buf[n] = '\n'
			return n + 1, nil
		}
	}
}

// lastStart returns where the last record starts in p, the block at start. It
// is for the rare long record only.
func (s *Source) lastStart(r *blocks, start int64, p []byte) int {
	k := (start - r.base) / int64(s.block)
	from, st := 0, unquoted
	switch {
	case k == 0:
		from, st = int(r.begin-start), recordStart
	case r.chain != nil:
		st = r.chain.wait(k - 1)
	}
	at, _ := s.cut.last(p, from, st)
	if at < 0 {
		return from
	}
	return at
}

// cutShort hands out what could be read of block k, up to the last whole
// record, and makes reading end with an error.
func (s *Source) cutShort(r *blocks, k int64, b *rt.Batch, n int, err error) error {
	start := r.base + k*int64(s.block)
	if err == nil || errors.Is(err, io.EOF) {
		err = r.shrunk(start + int64(n))
	} else {
		err = readError(err)
	}
	s.fail(fmt.Errorf("%s: %w", r.name, err))
	first, st, found := int(r.begin-start), recordStart, true
	if k > 0 {
		st = unquoted
		if r.chain != nil {
			st = r.chain.wait(k - 1)
		}
		if st == unknown {
			return s.failure()
		}
		first, st, found = s.cut.next(b.Buf[:n], 0, st)
	}
	if r.chain != nil {
		r.chain.breakAt(k)
	}
	end := -1
	if found && first < n {
		end, _ = s.cut.last(b.Buf[:n], first, st)
	}
	if end < 0 {
		first, end = 0, 0
	}
	s.hand(r, k, b, first, end)
	b.Mark = rt.MarkNone
	return nil
}
