package main

import (
	"math/bits"
	"strconv"
)

// tally is what a key has so far: 32 bytes without pointers.
type tally struct {
	key, rows, sum, highest int64 // no rows: a free slot
}

func (t *tally) add(price int64) {
	t.rows++
	t.sum += price
	t.highest = max(t.highest, price)
}

func (t *tally) merge(from *tally) {
	t.rows += from.rows
	t.sum += from.sum
	t.highest = max(t.highest, from.highest)
}

// tallies is a hash table with open addressing.
type tallies struct {
	slots []tally
	shift uint
	used  int
}

func newTallies(log uint) *tallies { return &tallies{slots: make([]tally, 1<<log), shift: 64 - log} }

func spread(key int64) uint64 { return uint64(key) * 0x9E3779B97F4A7C15 }

// at returns the tally of a key. The caller adds a row to it before the next call.
func (t *tallies) at(key int64) *tally {
	mask := uint64(len(t.slots) - 1)
	for h := spread(key) >> t.shift; ; h++ {
		s := &t.slots[h&mask]
		if s.rows == 0 {
			return t.insert(s, key)
		}
		if s.key == key {
			return s
		}
	}
}

// insert takes a free slot; the table doubles when it is three quarters full.
//
//go:noinline
func (t *tallies) insert(s *tally, key int64) *tally {
	if 4*t.used < 3*len(t.slots) {
		t.used++
		s.key = key
		return s
	}
	old := t.slots
	t.slots, t.shift, t.used = make([]tally, 2*len(old)), t.shift-1, 0
	for i := range old {
		if old[i].rows != 0 {
			*t.at(old[i].key) = old[i]
		}
	}
	return t.at(key)
}

func (t *tallies) clear() {
	clear(t.slots)
	t.used = 0
}

// append writes the fields of a tally but its key.
func (t *tally) append(b []byte) []byte {
	b = append(b, `,"n":`...)
	b = appendNumber(b, uint64(t.rows))
	b = append(b, `,"total":`...)
	b = appendNumber(b, uint64(t.sum))
	b = append(b, `,"highest":`...)
	b = appendNumber(b, uint64(t.highest))
	return append(b, '}', '\n')
}

// appendNumber is strconv.AppendUint for a slice with room for eight bytes more
// than the number has: it writes a word at once.
func appendNumber(b []byte, v uint64) []byte {
	if v >= 1e16 {
		return strconv.AppendUint(b, v, 10)
	}
	n := len(b)
	if v >= 1e8 {
		b = appendNumber(b, v/1e8)
		n = len(b)
		setWord(b, n, eightDigits(v%1e8)|'0'*everyByte)
		return b[:n+8]
	}
	w := eightDigits(v)
	leading := bits.TrailingZeros64(w|1<<56) &^ 7
	setWord(b, n, w>>leading|'0'*everyByte)
	return b[:n+8-leading/8]
}

// eightDigits is the inverse of value.
func eightDigits(v uint64) uint64 {
	w := v/10_000 | v%10_000<<32
	q := w * 5243 >> 19 & 0x0000007F0000007F // of both halves, by 100
	w = q | (w-100*q)<<16
	q = w * 205 >> 11 & 0x000F000F000F000F // of all four pairs, by 10
	return q | (w-10*q)<<8
}
