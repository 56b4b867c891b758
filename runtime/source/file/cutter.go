package file

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	rt "github.com/velocsql/veloc/runtime"
)

// state is where in a record a byte position lies.
type state uint8

const (
	unknown     state = iota
	recordStart       // behind a line break that ends a record
	fieldStart        // behind a delimiter
	unquoted          // inside a field that is not quoted, or behind a closing quote
	quoted            // inside a quoted field
	quoteSeen         // behind a quote in a quoted field: the end of it, or a doubled quote
)

// cutter finds the ends of records. With quote 0 every line break ends one.
// Otherwise a quote opens a quoted field only where a field starts, and line
// breaks in a quoted field do not count.
type cutter struct{ quote, delim byte }

func newCutter(f rt.Framing) cutter {
	if f.Kind != rt.CSV || f.SingleLine {
		return cutter{}
	}
	return cutter{f.Quote, f.Delim}
}

// next returns the position behind the first record end in p[i:], where p[i]
// is in state st. Without one it returns len(p) and the state there.
func (c cutter) next(p []byte, i int, st state) (int, state, bool) {
	for i < len(p) {
		switch st {
		case quoted:
			q := bytes.IndexByte(p[i:], c.quote)
			if q < 0 {
				return len(p), quoted, false
			}
			i += q + 1
			st = quoteSeen
		case quoteSeen:
			st = unquoted
			if p[i] == c.quote {
				i++
				st = quoted
			}
		default:
			line := p[i:]
			n := bytes.IndexByte(line, '\n')
			if n >= 0 {
				line = line[:n]
			}
			q := -1
			if c.quote != 0 {
				q = bytes.IndexByte(line, c.quote)
			}
			switch {
			case q >= 0:
				st = c.atQuote(p, i, i+q, st)
				i += q + 1
			case n >= 0:
				return i + n + 1, recordStart, true
			default:
				return len(p), c.atByte(p[len(p)-1]), false
			}
		}
	}
	return len(p), st, false
}

// atQuote returns the state behind the quote at p[q]; p[i:q] is unquoted and
// begins in state st.
func (c cutter) atQuote(p []byte, i, q int, st state) state {
	opens := st == recordStart || st == fieldStart
	if q > i {
		opens = p[q-1] == c.delim || p[q-1] == '\n'
	}
	if opens {
		return quoted
	}
	return unquoted
}

// atByte returns the state behind an unquoted byte.
func (c cutter) atByte(b byte) state {
	switch {
	case b == '\n':
		return recordStart
	case b == c.delim && c.quote != 0:
		return fieldStart
	}
	return unquoted
}

// exit returns the state at the end of p, which begins in state st. It looks
// at quotes only.
func (c cutter) exit(p []byte, st state) state {
	if c.quote == 0 {
		if len(p) == 0 {
			return st
		}
		return c.atByte(p[len(p)-1])
	}
	_, st = c.walk(p, 0, st, false)
	return st
}

// last returns the position behind the last record end in p[i:], -1 if there
// is none, and the state at the end of p.
func (c cutter) last(p []byte, i int, st state) (int, state) {
	if c.quote != 0 {
		return c.walk(p, i, st, true)
	}
	if i == len(p) {
		return -1, st
	}
	n := bytes.LastIndexByte(p[i:], '\n')
	if n < 0 {
		return -1, unquoted
	}
	return i + n + 1, c.atByte(p[len(p)-1])
}

// walk goes from quote to quote in p[i:], which begins in state st, and
// returns the state at its end and, if it is to look for it, the position
// behind the last record end.
func (c cutter) walk(p []byte, i int, st state, look bool) (last int, _ state) {
	last = -1
	if i == len(p) {
		return last, st
	}
	inside := st == quoted
	if st == quoteSeen {
		st = unquoted
		if inside = p[i] == c.quote; inside {
			i++
		}
	}
	for {
		if inside {
			for {
				q := indexNear(p, i, c.quote)
				if q < 0 {
					return last, quoted
				}
				if i = q + 1; i == len(p) {
					return last, quoteSeen
				}
				if p[i] != c.quote {
					break
				}
				i++
			}
			st = unquoted
		}
		q := indexNear(p, i, c.quote)
		end := q
		if q < 0 {
			end = len(p)
		}
		if look {
			if n := bytes.LastIndexByte(p[i:end], '\n'); n >= 0 {
				last = i + n + 1
			}
		}
		switch {
		case q >= 0:
			st = c.atQuote(p, i, q, st)
		case i < end:
			return last, c.atByte(p[len(p)-1])
		default:
			return last, st
		}
		inside = st == quoted
		i = q + 1
	}
}

// indexNear is bytes.IndexByte(p[i:], c) + i for a c that is mostly near.
func indexNear(p []byte, i int, c byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	pattern := uint64(c) * ones
	for range 4 {
		if i+8 > len(p) {
			break
		}
		x := binary.LittleEndian.Uint64(p[i:]) ^ pattern
		if m := (x - ones) &^ x & highs; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
		i += 8
	}
	if n := bytes.IndexByte(p[i:], c); n >= 0 {
		return i + n
	}
	return -1
}
