package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	rt "github.com/velocsql/veloc/runtime"
)

// reader cuts a stream into batches. Its buffer holds the unfinished record of
// the block before, in the headroom, and the bytes read since: buf[lo:hi].
type reader struct {
	t    *stream
	s    *Source
	name string
	live bool

	buf    []byte
	lo, hi int
	pos    int64 // of buf[lo]
	line   int64 // of buf[lo], 0 if lines are not counted
	seq    int64
	header []byte
	array  *arrayScanner
	state  state // at the end of what has been looked at
	got    int   // bytes that the last read gave
	eof    bool
	failed error // of reading
	skipTo int64 // records before this position have been done with
}

var lineBreak = []byte("\n")

func (w *reader) run() error {
	w.buf, w.lo = w.t.buffer(0)
	w.hi = w.lo
	if err := w.start(); err != nil {
		return err
	}
	scanned, cut := w.lo, -1
	for {
		end, err := w.scan(scanned)
		if end >= 0 {
			cut = end
		}
		if err == nil {
			err = w.failed
		}
		if err == nil && w.eof {
			break
		}
		if cut >= 0 && (w.live || w.full() || err != nil) {
			if sendErr := w.send(cut, false); sendErr != nil {
				return sendErr
			}
			cut = -1
		}
		if err != nil {
			return err
		}
		if err := w.more(); err != nil {
			return err
		}
		scanned = w.hi - w.got
	}
	if w.array == nil && w.hi > w.lo && w.state != recordStart {
		if w.buf[w.hi-1] != '\n' {
			w.buf[w.hi] = '\n'
			w.hi++
		}
		cut = w.hi
	}
	return w.send(max(cut, w.lo), true)
}

// start reads up to the first record.
func (w *reader) start() error {
	for {
		pre, ok, err := scanPreamble(w.buf[w.lo:w.hi], w.eof, w.s.framing, w.s.cut)
		if err != nil {
			return fmt.Errorf("%s %w", w.name, err)
		}
		if ok {
			w.lo += pre.start
			w.pos, w.line, w.header, w.state = int64(pre.start), pre.line, pre.header, recordStart
			if pre.array {
				w.array = &arrayScanner{line: pre.line, pos: w.pos}
				w.line = 0
			}
			return nil
		}
		if w.hi-w.lo > w.s.maxRecord {
			return fmt.Errorf("%s: %w", w.name, w.s.longHead())
		}
		if w.failed != nil {
			return w.failed
		}
		if err := w.more(); err != nil {
			return err
		}
	}
}

// room is the end of what may be filled: behind it are a line break and the pad.
func (w *reader) room() int { return len(w.buf) - 1 - rt.Pad }

func (w *reader) full() bool { return w.hi >= w.room() }

// more adds what one read returns. An error of the reading is kept for after
// the records that came before it; the error that it returns itself is about
// the size of a record.
func (w *reader) more() error {
	if w.full() {
		if err := w.enlarge(); err != nil {
			return err
		}
	}
	for range 100 {
		n, err := w.t.r.Read(w.buf[w.hi:w.room()])
		w.hi += n
		w.got = n
		switch {
		case errors.Is(err, io.EOF):
			w.eof = true
			return nil
		case err != nil:
			w.failed = fmt.Errorf("%s: %w", w.name, readError(err))
			return nil
		case n > 0:
			return nil
		}
	}
	return fmt.Errorf("%s: %w", w.name, readError(io.ErrNoProgress))
}

// scan looks for record ends in buf[from:hi] and returns the position behind
// the last one, or -1.
func (w *reader) scan(from int) (int, error) {
	if w.array != nil {
		lo, cut, err := w.array.scan(w.buf[:w.hi], w.lo, from)
		w.pos += int64(lo - w.lo)
		w.lo = lo
		if err == nil && w.eof {
			var whole bool
			if whole, err = w.array.finish(); whole {
				w.buf[w.hi] = '\n'
				w.hi++
				cut = w.hi
			}
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", w.name, err)
		}
		return cut, err
	}
	cut, st := w.s.cut.last(w.buf[:w.hi], from, w.state)
	w.state = st
	return cut, nil
}

// enlarge makes room for a record that is longer than the buffer.
func (w *reader) enlarge() error {
	n := w.hi - w.lo
	if n > w.s.maxRecord {
		line := w.line
		if w.array != nil {
			line = 0
		}
		return fmt.Errorf("%s: %w", w.name, w.s.tooLong(w.pos, line))
	}
	bigger := make([]byte, max(2*len(w.buf), n+w.s.block+headroom+1+rt.Pad))
	copy(bigger[headroom:], w.buf[w.lo:w.hi])
	w.buf, w.lo, w.hi = bigger, headroom, headroom+n
	return nil
}

// send hands out buf[lo:cut] and goes on with a new buffer that begins with
// the rest. A batch that has been done with before is left out, unless it is
// the last.
func (w *reader) send(cut int, last bool) error {
	it := item{buf: w.buf, start: w.lo, end: cut, pos: w.pos, line: w.line, seq: w.seq, header: w.header, last: last}
	tail := w.buf[cut:w.hi]
	buf, lo := []byte(nil), 0
	if !last {
		buf, lo = w.t.buffer(len(tail))
		copy(buf[lo-len(tail):], tail)
	}
	w.pos += int64(cut - w.lo)
	if w.line > 0 {
		w.line += int64(bytes.Count(w.buf[w.lo:cut], lineBreak))
	}
	if done := min(w.skipTo-it.pos, int64(cut-it.start)); done > 0 {
		if it.line > 0 {
			it.line += int64(bytes.Count(w.buf[it.start:it.start+int(done)], lineBreak))
		}
		it.pos += done
		it.start += int(done)
	}
	clear(w.buf[cut : cut+rt.Pad])
	skip := it.start == it.end && !last
	spare := w.buf
	w.buf, w.lo, w.hi = buf, lo-len(tail), lo
	if skip {
		select {
		case w.t.free <- spare:
		default:
		}
		return nil
	}
	w.seq++
	return w.t.send(it)
}
