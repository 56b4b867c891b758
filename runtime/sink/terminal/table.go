package terminal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// style is how a table looks: escape sequences, empty where there are none,
// and the columns of the terminal, 0 for no limit.
type style struct {
	bold, dim, off      string
	added, changed, cut string // of the marks +, ~ and -
	width               int
}

var plain = style{}

var coloured = style{
	bold: "\x1b[1m", dim: "\x1b[2m", off: "\x1b[0m",
	added: "\x1b[32m", changed: "\x1b[33m", cut: "\x1b[31m",
}

const (
	sampleRows = 100 // rows that settle the widths of the columns
	gap        = 2   // blanks between columns
	narrowest  = 6   // columns are not cut below this for the terminal's sake
)

// table aligns cells in columns.
type table struct {
	style   style
	names   []string
	right   []bool // numbers
	op      bool   // the first column holds marks
	widths  []int
	limits  []int // cells are cut to this; 0 is no limit
	settled bool
	rows    [][]string // until the widths are settled
	printed int64
}

// newTable reads the names and types of the columns.
func newTable(head []byte, st style) (*table, error) {
	lines := strings.Split(string(head), string(rune(Row))+"\n")
	if len(lines) != 3 || lines[2] != "" {
		return nil, errors.New("terminal: the head of a table is two rows, names and types")
	}
	t := &table{style: st, names: strings.Split(lines[0], string(rune(Cell)))}
	types := strings.Split(lines[1], string(rune(Cell)))
	if len(types) != len(t.names) {
		return nil, fmt.Errorf("terminal: %d columns with %d types", len(t.names), len(types))
	}
	for i, name := range t.names {
		t.names[i] = clean(name)
		t.right = append(t.right, isNumber(types[i]))
		t.widths = append(t.widths, width(t.names[i]))
	}
	t.op = t.names[0] == OpColumn
	t.limits = make([]int, len(t.names))
	return t, nil
}

func isNumber(typ string) bool {
	typ, _, _ = strings.Cut(strings.ToUpper(typ), " ")
	typ, _, _ = strings.Cut(typ, "(")
	switch typ {
	case "INT", "INTEGER", "SMALLINT", "TINYINT", "BIGINT", "DOUBLE", "FLOAT", "REAL", "DECIMAL", "NUMERIC":
		return true
	}
	return false
}

// add takes one row. Until the widths are settled it is kept, then appended to
// dst as a line.
func (t *table) add(dst, row []byte) []byte {
	if t.settled {
		return t.line(dst, t.cells(row))
	}
	t.rows = append(t.rows, t.cells(row))
	if len(t.rows) >= sampleRows {
		return t.settle(dst)
	}
	return dst
}

// cells splits a row; missing cells are empty. NULL stays its byte.
func (t *table) cells(row []byte) []string {
	cells := make([]string, 0, len(t.names))
	for range t.names {
		cell, rest, _ := bytes.Cut(row, []byte{Cell})
		row = rest
		if len(cell) == 1 && cell[0] == Null {
			cells = append(cells, string(rune(Null)))
		} else {
			cells = append(cells, clean(string(cell)))
		}
	}
	return cells
}

// settle fixes the widths by the rows so far and appends these with the head
// of the table. Without rows it does nothing.
func (t *table) settle(dst []byte) []byte {
	if t.settled || len(t.rows) == 0 {
		return dst
	}
	t.settled = true
	for _, row := range t.rows {
		for i, cell := range row {
			t.widths[i] = max(t.widths[i], width(shown(cell)))
		}
	}
	t.fit()
	dst = t.heading(dst)
	for _, row := range t.rows {
		dst = t.line(dst, row)
	}
	t.rows = nil
	return dst
}

// finish ends the table: one without rows still shows its columns.
func (t *table) finish(dst []byte) []byte {
	if t.settled {
		return dst
	}
	t.settled = true
	t.fit()
	dst = t.heading(dst)
	return append(dst, t.style.dim+"(no rows)"+t.style.off+"\n"...)
}

// fit limits the widest columns so that a row fits on the terminal.
func (t *table) fit() {
	if t.style.width <= 0 {
		return
	}
	total := gap * (len(t.widths) - 1)
	for _, w := range t.widths {
		total += w
	}
	for total > t.style.width {
		widest := 0
		for i, w := range t.widths {
			if w > t.widths[widest] {
				widest = i
			}
		}
		if t.widths[widest] <= narrowest {
			break
		}
		t.widths[widest]--
		total--
	}
	for i, w := range t.widths {
		// A later row may widen a column by what is left of the line.
		t.limits[i] = max(w, w+t.style.width-total)
	}
}

func (t *table) heading(dst []byte) []byte {
	for i, name := range t.names {
		dst = t.cell(dst, i, name, t.style.bold)
	}
	dst = append(dst, '\n')
	for i, w := range t.widths {
		dst = t.cell(dst, i, strings.Repeat("-", w), t.style.dim)
	}
	return append(dst, '\n')
}

func (t *table) line(dst []byte, row []string) []byte {
	for i, cell := range row {
		colour := ""
		switch {
		case cell == string(rune(Null)):
			colour = t.style.dim
		case i == 0 && t.op && cell == "+":
			colour = t.style.added
		case i == 0 && t.op && cell == "~":
			colour = t.style.changed
		case i == 0 && t.op && cell == "-":
			colour = t.style.cut
		}
		dst = t.cell(dst, i, shown(cell), colour)
	}
	t.printed++
	return append(dst, '\n')
}

func shown(cell string) string {
	if cell == string(rune(Null)) {
		return "NULL"
	}
	return cell
}

// cell appends one cell of a line, padded to the width of its column. A wider
// one widens the column for the rows to come, or is cut.
func (t *table) cell(dst []byte, i int, text, colour string) []byte {
	if i > 0 {
		dst = append(dst, "  "[:gap]...)
	}
	w := width(text)
	if limit := t.limits[i]; limit > 0 && w > limit {
		text, w = shorten(text, limit)
	}
	t.widths[i] = max(t.widths[i], w)
	blanks := t.widths[i] - w
	if t.right[i] {
		dst = pad(dst, blanks)
	}
	if colour != "" {
		dst = append(dst, colour...)
		dst = append(dst, text...)
		dst = append(dst, t.style.off...)
	} else {
		dst = append(dst, text...)
	}
	if !t.right[i] && i+1 < len(t.names) {
		dst = pad(dst, blanks)
	}
	return dst
}

func pad(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, ' ')
	}
	return dst
}
