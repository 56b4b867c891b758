package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// table is the result of a query in a form that does not depend on who computed
// it: rows sorted, numbers without zeros at their ends.
type table [][]string

// readTable reads what a program wrote.
func readTable(path string, q *query) (table, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t table
	switch {
	case q.csv:
		t, err = parseCSV(text, q.columns)
	case q.changes:
		t, err = parseChanges(text, q.columns)
	default:
		t, err = parseJSON(text, q.columns)
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(t, slices.Compare[[]string])
	return t, nil
}

func parseCSV(text []byte, columns []string) (table, error) {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, fmt.Errorf("the header is not %s", strings.Join(columns, ","))
	}
	for _, row := range rows[1:] {
		for i := range row {
			row[i] = plain(row[i])
		}
	}
	return rows[1:], nil
}

func parseJSON(text []byte, columns []string) (table, error) {
	var t table
	for line := range bytes.Lines(text) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.UseNumber()
		var fields map[string]any
		if err := dec.Decode(&fields); err != nil {
			return nil, fmt.Errorf("%w in %q", err, line)
		}
		row := make([]string, len(columns))
		for i, c := range columns {
			v, ok := fields[c]
			if !ok || len(fields) != len(columns) {
				return nil, fmt.Errorf("want the fields %s, have %q", strings.Join(columns, ","), line)
			}
			row[i] = plain(fmt.Sprint(v))
		}
		t = append(t, row)
	}
	return t, nil
}

// parseChanges is parseJSON for a result of which every line changes the row with
// its key. The changes of a key are in order, those of several keys in any. The
// last of each key are the table; a first row has a checksum of all changes, so
// that equal tables mean that all were equal.
func parseChanges(text []byte, columns []string) (table, error) {
	key := []byte(`{"` + columns[0] + `":`)
	type row struct {
		last []byte
		sum  uint64 // of the changes so far, in their order
	}
	rows := map[string]*row{}
	h := fnv.New64a()
	for line := range bytes.Lines(text) {
		value, _, ok := bytes.Cut(bytes.TrimPrefix(line, key), []byte{','})
		if !ok || !bytes.HasPrefix(line, key) {
			return nil, fmt.Errorf("want %s first, have %q", key, line)
		}
		r := rows[string(value)]
		if r == nil {
			r = &row{}
			rows[string(value)] = r
		}
		r.last = line
		h.Reset()
		h.Write(line)
		r.sum = r.sum*31 + h.Sum64()
	}
	var last []byte
	var all uint64
	for _, r := range rows {
		last = append(last, r.last...)
		all += r.sum
	}
	t, err := parseJSON(last, columns)
	return append(t, []string{changesRow, fmt.Sprintf("%016x", all)}), err
}

// changesRow begins the row with the checksum of all changes.
const changesRow = ""

// lastOnly is the table without that row.
func (t table) lastOnly() table {
	if len(t) > 0 && len(t[0]) == 2 && t[0][0] == changesRow {
		return t[1:]
	}
	return t
}

// plain takes away zeros that say nothing: 1.500 is 1.5.
func plain(s string) string {
	if _, fraction, ok := strings.Cut(s, "."); !ok || strings.Trim(fraction, "0123456789") != "" {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// sum is a checksum of the rows.
func (t table) sum() string {
	h := fnv.New64a()
	for _, row := range t {
		for _, v := range row {
			fmt.Fprintf(h, "%d:%s,", len(v), v)
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// roundedAt is how far a mean that was rounded to six decimals may be from one
// that was computed in floating point.
const roundedAt = 1e-6

// equal compares two results; with rounded numbers may differ a little.
func equal(want, got table, rounded bool) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d rows, want %d", len(got), len(want))
	}
	for i, row := range want {
		for k, v := range row {
			if v != got[i][k] && (!rounded || !near(v, got[i][k])) {
				return fmt.Errorf("row %d is %s, want %s", i+1, strings.Join(got[i], ","), strings.Join(row, ","))
			}
		}
	}
	return nil
}

func near(a, b string) bool {
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && math.Abs(x-y) <= roundedAt+1e-12*math.Abs(x)
}
