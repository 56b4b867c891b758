package main

import (
	"bytes"
	"fmt"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"unsafe"
)

// q6 finds the lowest, mean and highest temperature of each station.
func q6(path string, workers int, out *os.File) error {
	tables := make([]*stationTable, workers)
	for w := range tables {
		tables[w] = newStationTable(12)
	}
	err := eachBlock(path, workers, false, func(w, _ int, lines []byte) error {
		return tables[w].addLines(lines)
	})
	if err != nil {
		return err
	}
	all := tables[0]
	for _, t := range tables[1:] {
		for i := range t.slots {
			if s := &t.slots[i]; s.size != 0 {
				all.merge(t, s)
			}
		}
	}
	return all.write(newOutput(out))
}

// temperatures is the state of one station: 48 bytes without pointers.
type temperatures struct {
	head, tail uint64 // the first 16 bytes of the name, padded with zeros
	size       uint32 // of the name; 0 is a free slot
	name       uint32 // where the table has the whole name
	sum        int64  // in tenths of a degree
	rows       int64
	low, high  int32
}

// stationTable is a hash table with open addressing.
type stationTable struct {
	slots []temperatures
	shift uint
	used  int
	names []byte
}

func newStationTable(log uint) *stationTable {
	return &stationTable{slots: make([]temperatures, 1<<log), shift: 64 - log}
}

func (t *stationTable) nameOf(s *temperatures) []byte { return t.names[s.name:][:s.size] }

// at returns the state of a station whose name stands at p.
func (t *stationTable) at(p text, size int, head, tail uint64) *temperatures {
	mask := uint64(len(t.slots) - 1)
	for h := hashOf(head, tail) >> t.shift; ; h++ {
		s := &t.slots[h&mask]
		if s.head == head && s.tail == tail && s.size == uint32(size) {
			if size <= 16 || string(t.nameOf(s)) == string(view(p, 0, size)) {
				return s
			}
		} else if s.size == 0 {
			return t.insert(s, p, size, head, tail)
		}
	}
}

func hashOf(head, tail uint64) uint64 {
	return (head ^ bits.RotateLeft64(tail, 23)) * 0x9E3779B97F4A7C15
}

// insert takes a free slot; the table doubles when it is half full.
//
//go:noinline
func (t *stationTable) insert(s *temperatures, p text, size int, head, tail uint64) *temperatures {
	if 2*t.used < len(t.slots) {
		t.used++
		*s = temperatures{head: head, tail: tail, size: uint32(size), name: uint32(len(t.names)), low: 1 << 30, high: -1 << 30}
		t.names = append(t.names, view(p, 0, size)...)
		return s
	}
	old := t.slots
	t.slots, t.shift = make([]temperatures, 2*len(old)), t.shift-1
	mask := uint64(len(t.slots) - 1)
	for i := range old {
		if old[i].size == 0 {
			continue
		}
		h := hashOf(old[i].head, old[i].tail) >> t.shift
		for t.slots[h&mask].size != 0 {
			h++
		}
		t.slots[h&mask] = old[i]
	}
	return t.at(p, size, head, tail)
}

// addLines adds measurements: a name, a semicolon and a number between -99.9
// and 99.9 with one decimal.
func (t *stationTable) addLines(lines []byte) error {
	p := start(lines)
	for i := 0; i < len(lines); {
		// The name, to its semicolon.
		var size int
		head, tail := word(p, i), uint64(0)
		if m := zeros(head ^ ';'*everyByte); m != 0 {
			n := bits.TrailingZeros64(m) &^ 7
			size = n >> 3
			head &= 1<<n - 1
		} else {
			tail = word(p, i+8)
			if m := zeros(tail ^ ';'*everyByte); m != 0 {
				n := bits.TrailingZeros64(m) &^ 7
				size = 8 + n>>3
				tail &= 1<<n - 1
			} else {
				n := bytes.IndexByte(lines[i+16:], ';')
				if n < 0 {
					return fmt.Errorf("no measurement: %q", lines[i:])
				}
				size = 16 + n
			}
		}
		s := t.at(unsafe.Add(p, i), size, head, tail)
		// The number: its sign is shifted away, then it is shifted to the form
		// dd.d and a line feed, with 0 for a digit that is not there.
		w := word(p, i+size+1)
		negative := ^w >> 4 & 1 // of '-' and the digits only '-' lacks this bit
		w >>= 8 * negative
		short := ^w >> 12 & 1 // as '.' does
		w = w<<(8*short) + '0'*short
		w = (w ^ ('0' | '0'<<8 | '.'<<16 | '0'<<24 | '\n'<<32)) & 0xFFFFFFFFFF
		if w&0xFFF0FFF0F0 != 0 || (w+0x06000606)&0xF000F0F0 != 0 {
			return fmt.Errorf("no measurement: %q", lines[i:min(i+size+8, len(lines))])
		}
		tenths := int64(w * (100<<24 | 10<<16 | 1) >> 24 & 0x3FF)
		tenths = (tenths ^ -int64(negative)) + int64(negative)
		s.rows++
		s.sum += tenths
		s.low = min(s.low, int32(tenths))
		s.high = max(s.high, int32(tenths))
		i += size + 6 + int(negative) - int(short)
	}
	return nil
}

// merge adds the state of a station in another table.
func (t *stationTable) merge(from *stationTable, o *temperatures) {
	name := slices.Concat(from.nameOf(o), make([]byte, slack))
	s := t.at(start(name), int(o.size), o.head, o.tail)
	s.rows += o.rows
	s.sum += o.sum
	s.low = min(s.low, o.low)
	s.high = max(s.high, o.high)
}

// write writes a row of the result for each station, sorted by name.
func (t *stationTable) write(o *output) error {
	var found []*temperatures
	for i := range t.slots {
		if s := &t.slots[i]; s.size != 0 {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b *temperatures) int { return bytes.Compare(t.nameOf(a), t.nameOf(b)) })
	o.buf = append(o.buf, "station,lowest,mean,highest\n"...)
	for _, s := range found {
		o.buf = append(o.buf, t.nameOf(s)...)
		o.buf = append(o.buf, ',')
		o.buf = appendTenths(o.buf, int64(s.low))
		o.buf = append(o.buf, ',')
		o.buf = appendMean(o.buf, s.sum, s.rows, 1)
		o.buf = append(o.buf, ',')
		o.buf = appendTenths(o.buf, int64(s.high))
		o.buf = append(o.buf, '\n')
	}
	return o.flush()
}

func appendTenths(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	b = strconv.AppendInt(b, v/10, 10)
	return append(b, '.', byte('0'+v%10))
}
