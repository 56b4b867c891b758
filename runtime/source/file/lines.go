package file

import (
	"bytes"
	"io"
	"os"
	"sync"
)

// lineStep is the distance of the positions whose line is kept, in bytes.
const lineStep = 1 << 20

// lineIndex tells the line of a position in a file by counting line breaks. It
// keeps the count at every lineStep bytes, so that a file is counted once
// however many records are rejected.
type lineIndex struct {
	mu    sync.Mutex
	steps []int64 // line breaks before i*lineStep
	buf   []byte
}

// LineOf counts the lines up to a position in a regular file that is not
// compressed; elsewhere lines are known from the batches alone and it returns
// 0.
func (s *Source) LineOf(partition int, position int64) int64 {
	if partition < 0 || partition >= len(s.parts) || position < 0 {
		return 0
	}
	p := &s.parts[partition]
	s.mu.Lock()
	known := p.regular && !p.packed
	s.mu.Unlock()
	if !known {
		return 0
	}
	if p.path == "" {
		return p.lines.lineOf(s.env.Stdin.(io.ReaderAt), position)
	}
	f, err := os.Open(p.path)
	if err != nil {
		return 0
	}
	defer f.Close()
	return p.lines.lineOf(f, position)
}

// lineOf returns the 1-based line of a position, 0 if reading fails.
func (x *lineIndex) lineOf(f io.ReaderAt, position int64) int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.steps == nil {
		x.steps = append(x.steps, 0)
		x.buf = make([]byte, lineStep)
	}
	step := position / lineStep
	for int64(len(x.steps)) <= step {
		i := int64(len(x.steps)) - 1
		n, _ := f.ReadAt(x.buf, i*lineStep)
		if n < lineStep { // the position is behind the end of the file
			return 0
		}
		x.steps = append(x.steps, x.steps[i]+int64(bytes.Count(x.buf, lineBreak)))
	}
	rest := x.buf[:position-step*lineStep]
	n, err := f.ReadAt(rest, step*lineStep)
	if n < len(rest) && err != io.EOF {
		return 0
	}
	return 1 + x.steps[step] + int64(bytes.Count(rest[:n], lineBreak))
}
