package main

import (
	"bytes"
	"fmt"
	"math/bits"
	"os"
	"slices"
	"strconv"
)

// q5 sums the quantities and averages the prices of trades by symbol.
func q5(path string, workers int, out *os.File) error {
	tables := make([]*symbolTable, workers)
	for w := range tables {
		tables[w] = newSymbolTable(12)
	}
	err := eachBlock(path, workers, true, func(w, _ int, lines []byte) error {
		return tables[w].addLines(lines)
	})
	if err != nil {
		return err
	}
	all := tables[0]
	for _, t := range tables[1:] {
		all.merge(t)
	}
	return all.write(newOutput(out))
}

// total is the state of one symbol: 32 bytes without pointers.
type total struct {
	symbol   uint64 // up to seven characters, padded with zeros; 0 is a free slot
	rows     int64
	quantity int64
	cents    int64
}

// symbolTable is a hash table with open addressing; long symbols are kept
// apart in a map.
type symbolTable struct {
	slots []total
	shift uint
	used  int
	long  map[string]*total
}

func newSymbolTable(log uint) *symbolTable {
	return &symbolTable{slots: make([]total, 1<<log), shift: 64 - log, long: map[string]*total{}}
}

// at returns the total of a short symbol.
func (t *symbolTable) at(symbol uint64) *total {
	mask := uint64(len(t.slots) - 1)
	for h := symbol * 0x9E3779B97F4A7C15 >> t.shift; ; h++ {
		s := &t.slots[h&mask]
		if s.symbol == symbol {
			return s
		}
		if s.symbol == 0 {
			return t.insert(s, symbol)
		}
	}
}

// insert takes a free slot; the table doubles when it is three quarters full.
//
//go:noinline
func (t *symbolTable) insert(s *total, symbol uint64) *total {
	if 4*t.used < 3*len(t.slots) {
		t.used++
		s.symbol = symbol
		return s
	}
	old := t.slots
	t.slots, t.shift, t.used = make([]total, 2*len(old)), t.shift-1, 0
	for i := range old {
		if old[i].symbol != 0 {
			*t.at(old[i].symbol) = old[i]
		}
	}
	return t.at(symbol)
}

// batchSize is how many rows are decoded before the table is touched, so that
// the processor overlaps the cache misses of many look-ups.
const batchSize = 1024

// addLines adds trades: symbol,price,quantity,.. with prices of two decimals.
func (t *symbolTable) addLines(lines []byte) error {
	var (
		symbols           [batchSize]uint64
		cents, quantities [batchSize]int64
		n                 uint
	)
	p := start(lines)
	for i := 0; i < len(lines); {
		first := word(p, i)
		size := bits.TrailingZeros64(zeros(first^','*everyByte)) &^ 7 // in bits, 64 if there is no comma
		j := i + size>>3 + 1
		whole, k := unsigned(p, j)
		decimals := half(p, k) ^ ('.' | '0'<<8 | '0'<<16 | ','<<24)
		quantity, end := unsigned(p, k+4)
		if size == 64 || size == 0 || k == j || decimals&0xFFF0F0FF != 0 || (decimals+0x060600)&0xF0F000 != 0 ||
			end == k+4 || octet(p, end) != ',' {
			size := bytes.IndexByte(lines[i:], '\n')
			if err := t.addAny(lines[i : i+size]); err != nil {
				return err
			}
			i += size + 1
			continue
		}
		symbols[n%batchSize] = first & (1<<size - 1)
		cents[n%batchSize] = int64(100*whole + uint64(10*(decimals>>8&15)+decimals>>16&15))
		quantities[n%batchSize] = int64(quantity)
		if n++; n == batchSize {
			t.addBatch(symbols[:], cents[:], quantities[:])
			n = 0
		}
		i = end + bytes.IndexByte(lines[end:], '\n') + 1
	}
	t.addBatch(symbols[:n], cents[:n], quantities[:n])
	return nil
}

func (t *symbolTable) addBatch(symbols []uint64, cents, quantities []int64) {
	for i, symbol := range symbols {
		s := t.at(symbol)
		s.rows++
		s.quantity += quantities[i]
		s.cents += cents[i]
	}
}

// addAny adds a trade of any shape.
func (t *symbolTable) addAny(line []byte) error {
	fields := bytes.SplitN(line, []byte{','}, 4)
	if len(fields) < 4 {
		return fmt.Errorf("no trade: %q", line)
	}
	whole, decimals, _ := bytes.Cut(fields[1], []byte{'.'})
	digits := fmt.Sprintf("%s%-2s", whole, decimals)
	cents, err := strconv.ParseInt(string(bytes.ReplaceAll([]byte(digits), []byte{' '}, []byte{'0'})), 10, 64)
	if err != nil || len(decimals) > 2 {
		return fmt.Errorf("no price: %q", line)
	}
	quantity, err := strconv.ParseInt(string(fields[2]), 10, 64)
	if err != nil {
		return fmt.Errorf("no quantity: %q", line)
	}
	s := t.any(fields[0])
	s.rows++
	s.quantity += quantity
	s.cents += cents
	return nil
}

// any returns the total of a symbol of any length.
func (t *symbolTable) any(symbol []byte) *total {
	if 0 < len(symbol) && len(symbol) < 8 {
		return t.at(lettersOf(string(symbol)))
	}
	s := t.long[string(symbol)]
	if s == nil {
		s = &total{}
		t.long[string(symbol)] = s
	}
	return s
}

func (t *symbolTable) merge(from *symbolTable) {
	add := func(s, o *total) {
		s.rows += o.rows
		s.quantity += o.quantity
		s.cents += o.cents
	}
	for i := range from.slots {
		if o := &from.slots[i]; o.symbol != 0 {
			add(t.at(o.symbol), o)
		}
	}
	for symbol, o := range from.long {
		add(t.any([]byte(symbol)), o)
	}
}

// write writes a row of the result for each symbol.
func (t *symbolTable) write(o *output) error {
	put := func(symbol []byte, s *total) {
		if len(o.buf) > outputSize-1024 {
			o.flush()
		}
		o.buf = append(o.buf, `{"symbol":"`...)
		o.buf = append(o.buf, symbol...)
		o.buf = append(o.buf, `","quantity":`...)
		o.buf = strconv.AppendInt(o.buf, s.quantity, 10)
		o.buf = append(o.buf, `,"price":`...)
		o.buf = appendMean(o.buf, s.cents, s.rows, 2)
		o.buf = append(o.buf, '}', '\n')
	}
	for i := range t.slots {
		if s := &t.slots[i]; s.symbol != 0 {
			var name [8]byte
			for k := range name {
				name[k] = byte(s.symbol >> (8 * k))
			}
			put(bytes.TrimRight(name[:], "\x00"), s)
		}
	}
	for _, symbol := range slices.Sorted(mapKeys(t.long)) {
		put([]byte(symbol), t.long[symbol])
	}
	return o.flush()
}

func mapKeys(m map[string]*total) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// appendMean writes sum / rows with six decimals, rounded half away from zero;
// the sum is in units of so many decimals.
func appendMean(b []byte, sum, rows int64, decimals int) []byte {
	size := uint64(sum)
	if sum < 0 {
		size = -size
	}
	factor := uint64(1_000_000)
	for range decimals {
		factor /= 10
	}
	hi, lo := bits.Mul64(size, factor)
	mean, rest := bits.Div64(hi, lo, uint64(rows))
	if rest >= uint64(rows)-rest {
		mean++
	}
	if sum < 0 && mean > 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, mean/1_000_000, 10)
	b = append(b, '.')
	return appendFixed(b, mean%1_000_000, 6)
}
