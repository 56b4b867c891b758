package json

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/velocsql/veloc/runtime/format/scan"
)

// Reader reads objects with their fields in any order, one per line:
//
//	for r.Begin(b, i); r.More(); {
//		switch r.Column() {
//		case 0:
//			row.id, ok = r.Int64()
//		default:
//			r.Skip()
//		}
//	}
//	i, err = r.Done()
//
// It learns the order of the fields: a record whose keys come as in the one
// before is not looked up again. Values of text are views of the batch or of
// the Reader's own memory: they hold until the next Begin.
type Reader struct {
	columns []string
	index   map[string]int32

	b       []byte
	start   int // of the record
	i       int // where reading goes on
	ordinal int // of the current key in its object
	column  int // of the current value, -1 if it is of none
	closed  bool
	err     error

	minute  scan.TimeMemo
	seen    []uint64 // columns that the record has
	exact   []uint64 // of these, the ones whose key was spelled as declared
	scratch []byte
	learned []learned
	passed  int  // the learned key that Pass has found last
	lost    int  // rises when Pass fails, see resting
	keys    bool // keys of groups are read, where NaN and the infinities are words
	lenient bool // see Lenient
}

// learned is a key of the record before, at its place in the order.
type learned struct {
	key    []byte // as it stands
	around []byte // with what is before it and behind it: `, "key": `; empty if not known
	column int32
	exact  bool
}

// most is how many keys of an object are learned.
const most = 1024

// Init prepares the Reader for columns, in their declared order.
func (r *Reader) Init(columns []string) {
	words := (len(columns) + 63) / 64
	*r = Reader{
		columns: columns,
		index:   make(map[string]int32, len(columns)),
		seen:    make([]uint64, words),
		exact:   make([]uint64, words),
	}
	for c, name := range columns {
		r.index[name] = int32(c)
	}
}

// Lenient makes the Reader convert scalars: numbers and truth values that stand in
// strings, and numbers, truth values and objects where text is wanted, which is
// then their JSON.
func (r *Reader) Lenient() { r.lenient = true }

// Copied reports whether a text of the last record is in memory of the Reader,
// which the next record overwrites. It tells so once.
func (r *Reader) Copied() bool {
	copied := len(r.scratch) > 0
	r.scratch = r.scratch[:0]
	return copied
}

// Begin starts reading the record at b[i]. A record ends with '\n' or with b.
func (r *Reader) Begin(b []byte, i int) {
	r.b, r.start, r.i = b, i, i
	r.err, r.closed = nil, false
	r.ordinal, r.column = -1, -1
	r.scratch = r.scratch[:0]
	clear(r.seen)
	clear(r.exact)
	if r.at() == 0xef && bytes.HasPrefix(b[i:], []byte("\ufeff")) {
		r.i += 3
	}
	if r.space(); r.at() != '{' {
		r.expected("an object")
		return
	}
	r.i++
}

// BeginValue starts reading a record at b[i] that is one value: that of the first
// column. A method for the value follows, and Done.
func (r *Reader) BeginValue(b []byte, i int) {
	r.b, r.start, r.i = b, i, i
	r.err, r.closed = nil, true
	r.column = 0
	r.scratch = r.scratch[:0]
	r.space()
}

// More moves to the next key. It returns false at the end of the object or at
// the first failure; Done tells which.
func (r *Reader) More() bool {
	if next := r.ordinal + 1; next < len(r.learned) && r.err == nil && !r.closed {
		l := &r.learned[next]
		if end := r.i + len(l.around); end > r.i && end < len(r.b) && string(r.b[r.i:end]) == string(l.around) {
			r.ordinal = next
			r.i = end
			r.take(int(l.column), l.exact)
			if r.b[end] <= ' ' {
				r.space()
			}
			return true
		}
	}
	return r.more()
}

// more is More for a key that comes not as in the record before.
func (r *Reader) more() bool {
	if r.err != nil || r.closed {
		return false
	}
	before := r.i
	r.space()
	switch c := r.at(); {
	case c == '}':
		r.i++
		r.closed = true
		return false
	case r.ordinal < 0:
	case c == ',':
		r.i++
		r.space()
	default:
		r.expected("a comma or the end of the object")
		return false
	}
	if r.at() != '"' {
		r.expected("a key")
		return false
	}
	from := r.i + 1
	end, escaped, ok := r.quoted()
	if !ok {
		return false
	}
	r.ordinal++
	l := r.lookup(from, end, escaped)
	if r.space(); r.at() != ':' {
		r.expected("a colon")
		return false
	}
	r.i++
	r.space()
	if l != nil {
		l.around = append(l.around[:0], r.b[before:r.i]...)
	}
	return true
}

// Column returns the declared index of the current key, -1 if it is unknown.
func (r *Reader) Column() int { return r.column }

// lookup finds the column of the key in b[from:end], and learns it. It returns
// what it has learned, nil if that is too much.
func (r *Reader) lookup(from, end int, escaped bool) *learned {
	if r.ordinal < len(r.learned) {
		l := &r.learned[r.ordinal]
		if string(l.key) == string(r.b[from:end]) {
			r.take(int(l.column), l.exact)
			return l
		}
	}
	name := scan.View(r.b, from, end)
	if escaped {
		name = r.unescape(from, end)
	}
	column, exact := r.index[name]
	if !exact {
		column = -1
		for c, declared := range r.columns {
			if strings.EqualFold(declared, name) {
				column = int32(c)
				break
			}
		}
	}
	r.take(int(column), exact)
	if r.ordinal == len(r.learned) && r.ordinal < most {
		r.learned = append(r.learned, learned{})
	}
	if r.ordinal >= len(r.learned) {
		return nil
	}
	l := &r.learned[r.ordinal]
	l.key = append(l.key[:0], r.b[from:end]...)
	l.around = l.around[:0]
	l.column, l.exact = column, exact
	return l
}

// take makes column the current one. A key that matches only in another case
// gives way to one that is spelled as declared.
func (r *Reader) take(column int, exact bool) {
	r.column = column
	if column < 0 {
		return
	}
	word, bit := column>>6, uint64(1)<<(column&63)
	if exact {
		r.exact[word] |= bit
	} else if r.exact[word]&bit != 0 {
		r.column = -1
	}
	r.seen[word] |= bit
}

// Missing reports whether the record had no key for column c.
func (r *Reader) Missing(c int) bool { return r.seen[c>>6]>>(c&63)&1 == 0 }

// Done ends the record: nothing but white space may follow the object. It
// returns the first failure, and in any case the start of the next record.
func (r *Reader) Done() (next int, err error) {
	if r.err == nil && !r.closed && r.More() {
		r.expected("the end of the object") // the caller stopped early
	}
	if r.err == nil {
		if r.space(); r.i < len(r.b) && r.b[r.i] != '\n' {
			r.expected("the end of the line")
		}
	}
	if r.err == nil && r.i < len(r.b) {
		return r.i + 1, nil
	}
	n := bytes.IndexByte(r.b[r.i:], '\n')
	if n < 0 {
		return len(r.b), r.err
	}
	return r.i + n + 1, r.err
}

// at returns the byte at the current place, '\n' behind the end.
func (r *Reader) at() byte {
	if r.i < len(r.b) {
		return r.b[r.i]
	}
	return '\n'
}

// space skips white space other than '\n', which ends a record.
func (r *Reader) space() {
	for r.i < len(r.b) && (r.b[r.i] == ' ' || r.b[r.i] == '\t' || r.b[r.i] == '\r') {
		r.i++
	}
}

// expected records that something else stands at the current place.
func (r *Reader) expected(what string) {
	if r.err != nil {
		return
	}
	found := "the line ends"
	if c := r.at(); c != '\n' {
		found = fmt.Sprintf("found %q", rune(c))
		if c >= 0x80 {
			found = fmt.Sprintf("found byte 0x%02x", c)
		}
	}
	r.err = fmt.Errorf("invalid JSON at byte %d: expected %s, %s", r.i-r.start, what, found)
}

// mismatch records that a value is not what its column holds.
func (r *Reader) mismatch(value, typ string) {
	if r.err != nil {
		return
	}
	if r.column < 0 {
		r.err = errors.New(value + " is not " + typ)
		return
	}
	r.err = fmt.Errorf("column %q: %s is not %s", r.columns[r.column], value, typ)
}
