package csv

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"github.com/velocsql/veloc/runtime/format/json"
	"github.com/velocsql/veloc/runtime/format/scan"
)

// Options say what a file looks like.
type Options struct {
	Columns []string // declared names, in order
	Delim   byte     // ',' if 0
	Quote   byte     // 0: fields are never quoted
	Null    string   // the text that means NULL, besides an empty field
	Header  bool     // fields are found by the names in the header line
}

// ErrBlank is what Record gives for an empty line, which is not a record (in a
// file of one column it is one: a NULL).
var ErrBlank = errors.New("empty line")

// field is where one field lies in the batch, without its quotes.
type field struct {
	start, end int
	quoted     bool
	doubled    bool // has doubled quotes inside
}

// Reader reads records of any shape, one at a time. Init, then Bind, then for
// each record Record and the methods for its values. Values of text are views
// of the batch or of the Reader's own memory: they hold until the next Record.
type Reader struct {
	opt      Options
	straight bool
	position []int // of each declared column in the file
	width    int   // fields that a record has
	fields   []field
	b        []byte
	scratch  []byte
	cell     json.Reader // of cells that hold JSON
	err      error
}

// Init prepares the Reader. Without Bind, columns are at their declared
// positions.
func (r *Reader) Init(o Options) {
	if o.Delim == 0 {
		o.Delim = ','
	}
	*r = Reader{opt: o}
	_ = r.Bind(nil)
}

// Bind finds the declared columns in a header line: by exact name, else by name
// in any case. With a nil header, or if Options.Header is not set, columns are
// at their declared positions.
func (r *Reader) Bind(header []byte) error {
	n := len(r.opt.Columns)
	r.position = make([]int, n)
	for c := range r.position {
		r.position[c] = c
	}
	r.width = n
	r.fields = make([]field, 0, n)
	r.straight = r.simple()
	if header == nil || !r.opt.Header {
		return nil
	}
	names, err := r.names(header)
	if err != nil {
		return err
	}
	r.width = len(names)
	r.straight = r.straight && len(names) == n
	for c, want := range r.opt.Columns {
		at, err := find(names, want)
		if err != nil {
			return err
		}
		r.position[c] = at
		r.straight = r.straight && at == c
	}
	return nil
}

// names returns the fields of a header line. A field without a name, such as
// that of the row numbers which some tools write, is col_n: as in a sample.
func (r *Reader) names(header []byte) ([]string, error) {
	line := bytes.TrimPrefix(bytes.TrimRight(header, "\r\n"), []byte("\ufeff"))
	r.width = -1
	_, err := r.Record(append(bytes.Clone(line), '\n'), 0)
	if err != nil {
		return nil, fmt.Errorf("the header line: %w", err)
	}
	names := make([]string, len(r.fields))
	for k := range r.fields {
		names[k] = strings.TrimSpace(strings.Clone(r.text(k)))
		if names[k] == "" {
			names[k] = fmt.Sprintf("col_%d", k+1)
		}
	}
	return names, nil
}

// find returns the index of a column among the names of a header.
func find(names []string, want string) (int, error) {
	equal := func(a, b string) bool { return a == b }
	for range 2 {
		at := -1
		for k, name := range names {
			if !equal(name, want) {
				continue
			}
			if at >= 0 {
				return 0, fmt.Errorf("column %q is in the file twice (its columns are %s)", want, strings.Join(names, ", "))
			}
			at = k
		}
		if at >= 0 {
			return at, nil
		}
		equal = strings.EqualFold
	}
	return 0, fmt.Errorf("column %q is not in the file (its columns are %s)", want, strings.Join(names, ", "))
}

// Straight reports whether the file has exactly the declared columns in their
// order, and nothing else keeps plain fields from being read by Text and the
// functions of package scan.
func (r *Reader) Straight() bool { return r.straight }

// simple reports whether the options agree with what the fast functions assume.
func (r *Reader) simple() bool {
	d := r.opt.Delim
	word := d >= 0x80 || d-'0' <= 9 || d|0x20 >= 'a' && d|0x20 <= 'z' || strings.IndexByte("+-.:\"\r\n ", d) >= 0
	return !word && (r.opt.Quote == '"' || r.opt.Quote == 0) && r.opt.Null == "" && len(r.opt.Columns) > 0
}

// Copied reports whether a text of the last record is in memory of the Reader,
// which the next record overwrites. It tells so once.
func (r *Reader) Copied() bool {
	copied := len(r.scratch) > 0
	r.scratch = r.scratch[:0]
	return copied
}

// Record splits the record at b[i]. It returns the start of the next one, also
// with an error; where a quote is not closed that is the next line.
func (r *Reader) Record(b []byte, i int) (next int, err error) {
	r.b, r.err = b, nil
	r.scratch = r.scratch[:0]
	r.fields = r.fields[:0]
	start := i
	for {
		var end int
		end, err = r.field(i)
		if err != nil {
			return lineAfter(b, max(start, end)), err
		}
		if end >= len(b) {
			i = end
			break
		}
		i = end + 1
		if b[end] == '\r' && i < len(b) && b[i] == '\n' {
			i++
			break
		}
		if b[end] == '\n' {
			break
		}
	}
	if n := len(r.fields); n != r.width && r.width >= 0 {
		if f := &r.fields[0]; n == 1 && f.start == f.end && !f.quoted {
			return i, ErrBlank
		}
		return i, fmt.Errorf("the record has %d fields, not %d", n, r.width)
	}
	return i, nil
}

// field takes the field at i and returns the index of what ends it. With an
// error it returns an index on the line where reading can go on.
func (r *Reader) field(i int) (end int, err error) {
	b, delim, quote := r.b, r.opt.Delim, r.opt.Quote
	if i < len(b) && b[i] == quote && quote != 0 {
		return r.quoted(i + 1)
	}
	for end = i; end < len(b); {
		c := b[end]
		switch {
		case c == delim, c == '\n', c == '\r' && end+1 < len(b) && b[end+1] == '\n':
			r.fields = append(r.fields, field{start: i, end: end})
			return end, nil
		case c == quote && c != 0:
			return end, fmt.Errorf("field %d has a quote in the middle", len(r.fields)+1)
		}
		for end++; end+8 <= len(b); end += 8 {
			w := scan.Load(b, end)
			m := ((w ^ uint64(delim)*ones) - ones) | ((w ^ uint64(quote)*ones) - ones) | (w - ('\r'+1)*ones) | w
			if m &= highs; m != 0 {
				end += bits.TrailingZeros64(m) >> 3
				break
			}
		}
	}
	r.fields = append(r.fields, field{start: i, end: end})
	return end, nil
}

// quoted is field for a field whose text begins at i, behind the quote.
func (r *Reader) quoted(i int) (end int, err error) {
	b, quote := r.b, r.opt.Quote
	f := field{start: i, quoted: true}
	for end = i; ; end += 2 {
		q := bytes.IndexByte(b[end:], quote)
		if q < 0 {
			return 0, fmt.Errorf("field %d has a quote that is not closed", len(r.fields)+1)
		}
		end += q
		if end+1 < len(b) && b[end+1] == quote {
			f.doubled = true
			continue
		}
		break
	}
	f.end = end
	end++
	if end < len(b) && b[end] != r.opt.Delim && b[end] != '\n' && (b[end] != '\r' || end+1 >= len(b) || b[end+1] != '\n') {
		return end, fmt.Errorf("field %d has text behind its closing quote", len(r.fields)+1)
	}
	r.fields = append(r.fields, f)
	return end, nil
}

// lineAfter returns the start of the line after the one that b[i] is on.
func lineAfter(b []byte, i int) int {
	if i >= len(b) {
		return len(b)
	}
	n := bytes.IndexByte(b[i:], '\n')
	if n < 0 {
		return len(b)
	}
	return i + n + 1
}

// text returns the text of the k-th field of the record.
func (r *Reader) text(k int) string {
	f := &r.fields[k]
	if !f.doubled {
		return scan.View(r.b, f.start, f.end)
	}
	from := len(r.scratch)
	for i := f.start; i < f.end; i++ {
		c := r.b[i]
		r.scratch = append(r.scratch, c)
		if c == r.opt.Quote {
			i++ // the second of a pair
		}
	}
	return scan.View(r.scratch, from, len(r.scratch))
}
