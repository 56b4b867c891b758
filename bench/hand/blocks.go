package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// blockSize and lookAhead are multiples of a page, so that every read is
// aligned in the file and in memory. Tests make them smaller.
var (
	blockSize int64 = 1 << 20
	lookAhead int64 = 4 << 10 // read with each block, for the line that crosses its end
)

// slack is how many bytes behind the data may be read; they are not used.
const slack = 64

// eachBlock reads a file in blocks on several workers. Worker w calls
// work(w, block, lines) with whole lines, each ending in a line feed; behind them
// slack bytes may be read. Blocks are numbered 0, 1, 2 ..; one may have no lines.
// The lines are gone when work returns. With skipFirst the first line of the file
// is left out.
//
// A block owns the lines that begin behind one of its line feeds, so a worker
// needs nothing from the blocks before its own: it drops what stands before the
// first line feed and reads on behind the end until the last line is complete.
func eachBlock(path string, workers int, skipFirst bool, work func(w, block int, lines []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	var (
		next atomic.Int64
		wg   sync.WaitGroup
		errs = make([]error, workers)
	)
	loop := func(w int) error {
		buf := make([]byte, blockSize+lookAhead+slack)
		for {
			block := next.Add(1) - 1
			at := block * blockSize
			if at >= info.Size() {
				return nil
			}
			lines, err := readBlock(f, &buf, at, info.Size(), at == 0 && !skipFirst)
			if err != nil {
				return err
			}
			if err := work(w, int(block), lines); err != nil {
				return err
			}
		}
	}
	for w := range workers - 1 {
		wg.Go(func() { errs[w+1] = loop(w + 1) })
	}
	errs[0] = loop(0)
	wg.Wait()
	return errors.Join(errs...)
}

// readBlock returns the lines that the block at an offset owns.
func readBlock(f *os.File, buf *[]byte, at, size int64, withFirst bool) ([]byte, error) {
	b := (*buf)[:min(blockSize+lookAhead, size-at)]
	if _, err := f.ReadAt(b, at); err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	begin := 0
	if !withFirst {
		begin = bytes.IndexByte(b, '\n') + 1
		if begin == 0 || int64(begin) > blockSize {
			return nil, nil // inside of one long line
		}
	}
	if int64(len(b)) <= blockSize { // the end of the file
		if len(b) > 0 && b[len(b)-1] != '\n' {
			b = append(b, '\n') // there is slack
		}
		return b[begin:], nil
	}
	for from := int(blockSize); ; {
		if i := bytes.IndexByte(b[from:], '\n'); i >= 0 {
			return b[begin : from+i+1], nil
		}
		from = len(b)
		rest := size - at - int64(from)
		if rest == 0 {
			return append(b[begin:], '\n'), nil
		}
		grown := make([]byte, int64(from)+min(rest, int64(from)), 2*from+slack)
		copy(grown, b)
		if _, err := f.ReadAt(grown[from:], at+int64(from)); err != nil && err != io.EOF {
			return nil, fmt.Errorf("read %s: %w", f.Name(), err)
		}
		*buf, b = grown[:cap(grown)], grown
	}
}

// output collects what one worker writes.
type output struct {
	f   *os.File
	buf []byte
	err error
}

const outputSize = 256 << 10

func newOutput(f *os.File) *output {
	return &output{f: f, buf: make([]byte, 0, outputSize)}
}

// flush writes what is there; rows of different workers never mix.
func (o *output) flush() error {
	if len(o.buf) > 0 && o.err == nil {
		_, o.err = o.f.Write(o.buf)
	}
	o.buf = o.buf[:0]
	return o.err
}
