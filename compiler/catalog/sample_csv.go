package catalog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// delimiters are those that are tried, in order of preference.
const delimiters = ",;\t|"

// sampleCSV infers the columns of CSV data.
func sampleCSV(data []byte, whole bool, s *Sampling, name string) (*Schema, error) {
	text := string(data)
	delim := s.Delimiter
	if delim == 0 {
		delim = sniff(text, s.Quote, strings.Contains(strings.ToLower(name), ".tsv"))
	}
	r := csvReader{text: text, delim: delim, quote: s.Quote, whole: whole}
	first, ok := r.next()
	if !ok {
		return nil, errors.New("the first row has no end")
	}
	cols := make([]guess, len(first))
	for i, f := range first {
		cols[i] = guess{name: strings.TrimSpace(f.text), kind: types.Null, times: s.Times}
		if s.NoHeader || cols[i].name == "" {
			cols[i].name = fmt.Sprintf("col_%d", i+1)
		}
		for _, old := range cols[:i] {
			if strings.EqualFold(old.name, cols[i].name) {
				return nil, fmt.Errorf("two columns of the header are named %q", cols[i].name)
			}
		}
	}
	row, rows := first, 0
	if !s.NoHeader {
		row, ok = r.next()
	}
	for ; ok && rows < sampleRows; row, ok = r.next() {
		if len(row) > len(cols) {
			return nil, fmt.Errorf("row %d has %d fields, the first has %d", rows+1, len(row), len(cols))
		}
		rows++
		for i, f := range row {
			if f.quoted || f.text != s.Null {
				cols[i].add(textKind(f.text, s.Times))
			}
		}
	}
	out := &Schema{Delimiter: delim, Rows: rows}
	for i := range cols {
		out.Columns = append(out.Columns, cols[i].column())
	}
	return out, nil
}

// sniff finds the delimiter: the one that cuts the first rows into the same
// number of fields, and into the most.
func sniff(text string, quote byte, tab bool) byte {
	if tab {
		return '\t'
	}
	best, most := byte(','), 1
	for i := range len(delimiters) {
		r := csvReader{text: text, delim: delimiters[i], quote: quote}
		first, ok := r.next()
		if !ok {
			continue
		}
		n := len(first)
		for range 20 {
			row, more := r.next()
			if !more {
				break
			}
			if len(row) != n {
				ok = false
				break
			}
		}
		if ok && n > most {
			best, most = delimiters[i], n
		}
	}
	return best
}

// csvField is a field and whether it was quoted.
type csvField struct {
	text   string
	quoted bool
}

// csvReader cuts text into rows. The last row counts only if its end is there,
// or if the text is whole.
type csvReader struct {
	text         string
	delim, quote byte
	whole        bool
}

// next returns the next row that is not blank.
func (r *csvReader) next() ([]csvField, bool) {
	for r.text != "" && (r.text[0] == '\n' || strings.HasPrefix(r.text, "\r\n")) {
		r.text = r.text[strings.IndexByte(r.text, '\n')+1:]
	}
	if r.text == "" {
		return nil, false
	}
	var row []csvField
	for {
		f, end, ok := r.field()
		if !ok {
			r.text = ""
			return nil, false
		}
		row = append(row, f)
		if end {
			return row, true
		}
	}
}

// field cuts off one field and what ends it. end tells that it was the last of
// its row.
func (r *csvReader) field() (f csvField, end, ok bool) {
	if r.quote != 0 && r.text != "" && r.text[0] == r.quote {
		var b strings.Builder
		rest := r.text[1:]
		for {
			i := strings.IndexByte(rest, r.quote)
			if i < 0 {
				return f, true, false
			}
			b.WriteString(rest[:i])
			rest = rest[i+1:]
			if rest == "" || rest[0] != r.quote {
				break
			}
			b.WriteByte(r.quote)
			rest = rest[1:]
		}
		f.text, f.quoted = b.String(), true
		r.text = rest
	}
	i := strings.IndexAny(r.text, string(rune(r.delim))+"\n")
	if i < 0 {
		if !f.quoted {
			f.text = strings.TrimSuffix(r.text, "\r")
		}
		r.text = ""
		return f, true, r.whole
	}
	if !f.quoted {
		f.text = strings.TrimSuffix(r.text[:i], "\r")
	}
	end = r.text[i] == '\n'
	r.text = r.text[i+1:]
	return f, end, true
}
