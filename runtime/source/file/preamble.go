package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	rt "github.com/velocsql/veloc/runtime"
)

// preamble is what comes before the records of a file.
type preamble struct {
	header []byte
	start  int   // of the first record
	line   int64 // of the first record, 1-based
	array  bool  // the records are the elements of a JSON array
}

var bom = []byte("\xef\xbb\xbf")

// scanPreamble looks for the first record in p, the beginning of a file; eof
// tells that p is all of it. It returns false if it takes more to tell.
func scanPreamble(p []byte, eof bool, f rt.Framing, c cutter) (preamble, bool, error) {
	pre := preamble{}
	if !eof && (bytes.HasPrefix(bom, p) && len(p) < len(bom) || string(p) == "\xff" || string(p) == "\xfe") {
		return pre, false, nil
	}
	if bytes.HasPrefix(p, []byte("\xff\xfe")) || bytes.HasPrefix(p, []byte("\xfe\xff")) {
		return pre, true, errors.New("is UTF-16: convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)")
	}
	i := 0
	if bytes.HasPrefix(p, bom) {
		i = len(bom)
	}
	for range f.SkipLines {
		n := bytes.IndexByte(p[i:], '\n')
		if n < 0 {
			if !eof {
				return pre, false, nil
			}
			i = len(p)
			break
		}
		i += n + 1
	}
	if f.Header {
		end, _, found := c.next(p, i, recordStart)
		if !found && !eof {
			return pre, false, nil
		}
		line := bytes.TrimSuffix(bytes.TrimSuffix(p[i:end], []byte("\n")), []byte("\r"))
		pre.header = append([]byte{}, line...)
		i = end
	}
	if f.Kind == rt.JSONAuto {
		rest := bytes.TrimLeft(p[i:], " \t\r\n")
		if len(rest) == 0 && !eof {
			return pre, false, nil
		}
		pre.array = len(rest) > 0 && rest[0] == '['
	}
	pre.start = i
	pre.line = 1 + int64(bytes.Count(p[:i], []byte("\n")))
	return pre, true, nil
}

// headBytes is how much of a file is read at first to see what it is.
const headBytes = 64 << 10

// openPart opens a file and decides how it is read. It is called with s.mu
// held.
func (s *Source) openPart(i int) error {
	p := &s.parts[i]
	if !p.regular {
		s.startStream(i, nil, nil)
		return nil
	}
	f, origin, err := s.openRegular(p)
	if err != nil {
		return err
	}
	if p.path != "" {
		defer func() {
			if err != nil {
				f.Close()
			}
		}()
	}
	pre, codec, err := s.readHead(p, f, origin)
	if err != nil {
		return err
	}
	if codec != nil || pre.array {
		p.packed = codec != nil
		r := io.NewSectionReader(f, origin, math.MaxInt64-origin)
		if p.path == "" {
			f = nil
		}
		s.startStream(i, r, f)
		return nil
	}
	st, err := f.Stat()
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, readError(err))
	}
	begin := origin + int64(pre.start)
	if at := s.start(i); at > begin {
		if at > st.Size()+1 {
			err = fmt.Errorf("%s has %d bytes, but had been read up to byte %d: it was replaced or cut since; start without the checkpoint", p.name, st.Size(), at)
			return err
		}
		begin, pre.line = min(at, st.Size()), 0
	}
	r := s.newBlocks(i, f, begin, st.Size())
	r.owned = p.path != ""
	r.header, r.firstLine = pre.header, pre.line
	s.blocks = r
	return nil
}

// openRegular opens a file; standard input is open already and begins where
// its offset stands.
func (s *Source) openRegular(p *part) (f *os.File, origin int64, err error) {
	if p.path == "" {
		f = s.env.Stdin.(*os.File)
		if origin, err = f.Seek(0, io.SeekCurrent); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", p.name, readError(err))
		}
		return f, origin, nil
	}
	if f, err = os.Open(p.path); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return nil, 0, fmt.Errorf("%s is gone: it was there when the program started", p.name)
		}
		return nil, 0, unreadable(p.name, err)
	}
	return f, 0, nil
}

// readHead reads as much of a file as it takes to find its first record, or to
// see that it is compressed.
func (s *Source) readHead(p *part, f *os.File, origin int64) (preamble, *Codec, error) {
	if s.head == nil {
		s.head = make([]byte, headBytes)
	}
	for {
		n, err := f.ReadAt(s.head, origin)
		if err != nil && !errors.Is(err, io.EOF) {
			return preamble{}, nil, fmt.Errorf("%s: %w", p.name, readError(err))
		}
		codec, err := s.codecFor(p.name, s.head[:n])
		if codec != nil || err != nil {
			return preamble{}, codec, err
		}
		pre, ok, err := scanPreamble(s.head[:n], n < len(s.head), s.framing, s.cut)
		switch {
		case err != nil:
			return pre, nil, fmt.Errorf("%s %w", p.name, err)
		case ok:
			return pre, nil, nil
		case n > s.maxRecord:
			return pre, nil, fmt.Errorf("%s: %w", p.name, s.longHead())
		}
		s.head = make([]byte, 4*len(s.head))
	}
}

func (s *Source) longHead() error {
	if s.framing.Header {
		return fmt.Errorf("the header does not end within %d bytes: is a quote never closed, or is this not CSV?", s.maxRecord)
	}
	return fmt.Errorf("no record begins within %d bytes ('max.record.size' raises the limit)", s.maxRecord)
}
