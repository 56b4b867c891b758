package oracle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// row holds the texts of cells in a form that both sides are brought to; NULL
// is null.
type row []string

// readCSV reads the output of a CSV sink.
func readCSV(data []byte, cols []column) ([]row, error) {
	var rows []row
	var cells row
	var cell []byte
	quotes := false // the cell was quoted
	end := func() {
		s := string(cell)
		if s == "" && !quotes {
			s = null
		}
		cells = append(cells, s)
		cell, quotes = cell[:0], false
	}
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			quotes = true
			for i++; i < len(data); i++ {
				if data[i] != '"' {
					cell = append(cell, data[i])
				} else if i+1 < len(data) && data[i+1] == '"' {
					cell = append(cell, '"')
					i++
				} else {
					break
				}
			}
		case c == ',':
			end()
		case c == '\n':
			end()
			rows = append(rows, cells)
			cells = nil
		default:
			cell = append(cell, c)
		}
	}
	if len(cells) > 0 || len(cell) > 0 {
		return nil, errors.New("the last line is not complete")
	}
	if len(rows) == 0 {
		return nil, errors.New("there is no header")
	}
	rows = rows[1:]
	for _, r := range rows {
		if len(r) != len(cols) {
			return nil, fmt.Errorf("row %q has %d cells", r, len(r))
		}
		for i := range r {
			r[i] = canonical(r[i], cols[i].typ)
		}
	}
	return rows, nil
}

// readJSON reads the output of a JSON sink.
func readJSON(data []byte, cols []column) ([]row, error) {
	var rows []row
	for line := range bytes.Lines(data) {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(line, &m); err != nil {
			return nil, err
		}
		r := make(row, len(cols))
		for i, c := range cols {
			raw, ok := m[c.name]
			if !ok {
				return nil, fmt.Errorf("there is no %q", c.name)
			}
			text := string(raw)
			if text == "null" {
				r[i] = null
				continue
			}
			if text[0] == '"' {
				if err := json.Unmarshal(raw, &text); err != nil {
					return nil, err
				}
			}
			r[i] = canonical(text, c.typ)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// canonical brings the text of a value to one form.
func canonical(s string, t types.Type) string {
	if s == null {
		return s
	}
	switch t.Kind {
	case types.Date, types.Time, types.Timestamp:
		return canonicalTime(s)
	case types.Decimal:
		if r, ok := new(big.Rat).SetString(s); ok {
			return r.FloatString(t.Scale)
		}
	case types.Interval:
		if i, ok := sqltime.ParseInterval(s); ok {
			return fmt.Sprintf("%d %d %d", i.Months, i.Days, i.Micros)
		}
	case types.Float:
		if f, err := strconv.ParseFloat(s, 32); err == nil && !math.IsNaN(f) {
			return strconv.FormatFloat(f+0, 'g', -1, 32)
		}
		return strings.ToLower(strings.TrimPrefix(s, "-"))
	case types.Double:
		if strings.EqualFold(s, "-nan") {
			s = "nan"
		}
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return strconv.FormatFloat(f+0, 'g', -1, 64)
		}
	}
	return s
}

// sameRows compares results as multisets. In JSON NaN and infinities are null.
func sameRows(got, want []row, r result) error {
	if r.json {
		for _, list := range [][]row{got, want} {
			for _, row := range list {
				for i, c := range r.cols {
					if c.typ.IsApprox() && strings.Trim(row[i], "+-") != "" && strings.ContainsAny(row[i][:min(2, len(row[i]))], "NnIi") {
						row[i] = null
					}
				}
			}
		}
	}
	missing := slices.Clone(want)
	var extra []row
	for _, g := range got {
		i := slices.IndexFunc(missing, func(w row) bool { return sameRow(g, w, r.cols) })
		if i < 0 {
			extra = append(extra, g)
			continue
		}
		missing = slices.Delete(missing, i, i+1)
	}
	if len(missing)+len(extra) == 0 {
		return nil
	}
	return fmt.Errorf("%s: got but not wanted: %s\nwanted but not got: %s", r.name, show(extra), show(missing))
}

func show(rows []row) string {
	if len(rows) == 0 {
		return "nothing"
	}
	var b strings.Builder
	for i, r := range rows[:min(len(rows), 4)] {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%q", []string(r))
	}
	if len(rows) > 4 {
		fmt.Fprintf(&b, " and %d more", len(rows)-4)
	}
	return strings.ReplaceAll(b.String(), `"\x00null"`, "NULL")
}

func sameRow(a, b row, cols []column) bool {
	for i, c := range cols {
		if a[i] == b[i] {
			continue
		}
		if a[i] == null || b[i] == null || !c.typ.IsApprox() || !near(a[i], b[i]) {
			return false
		}
	}
	return true
}

// near compares numbers with 1e-9 relative.
func near(a, b string) bool {
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err := cmp.Or(err1, err2); err != nil {
		return false
	}
	if math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return x == y || x != x && y != y
	}
	return math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y), 1e-3)
}
