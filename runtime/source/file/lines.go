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
// keeps the count at every lineStep bytes, and where it counted to last in the
// steps that were asked about most recently, so that a file is counted about
// once however many records are rejected.
type lineIndex struct {
	mu     sync.Mutex
	own    *os.File // opened by LineOf
	steps  []int64  // line breaks before i*lineStep
	recent [8]lineMark
	buf    []byte
}

// lineMark says that there are count line breaks before a position.
type lineMark struct{ position, count int64 }

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
	f := p.lines.open(p.path)
	if f == nil {
		return 0
	}
	return p.lines.lineOf(f, position)
}

// open opens the file for counting once; nil if it cannot.
func (x *lineIndex) open(path string) *os.File {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.own == nil {
		f, err := os.Open(path)
		if err != nil {
			return nil
		}
		x.own = f
	}
	return x.own
}

func (x *lineIndex) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.own != nil {
		x.own.Close()
		x.own = nil
	}
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
		if n, _ := f.ReadAt(x.buf, i*lineStep); n < lineStep {
			return 0 // the position is behind the end of the file
		}
		x.steps = append(x.steps, x.steps[i]+int64(bytes.Count(x.buf, lineBreak)))
	}
	from := lineMark{step * lineStep, x.steps[step]}
	mark := &x.recent[step%int64(len(x.recent))]
	if mark.position > from.position && mark.position <= position {
		from = *mark
	}
	rest := x.buf[:position-from.position]
	n, err := f.ReadAt(rest, from.position)
	if n < len(rest) && err != io.EOF {
		return 0
	}
	*mark = lineMark{from.position + int64(n), from.count + int64(bytes.Count(rest[:n], lineBreak))}
	return 1 + mark.count
}
