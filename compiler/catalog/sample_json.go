package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// sampleJSON infers the columns of JSON lines, or of one array of objects.
func sampleJSON(data []byte, whole bool, how *Sampling) (*Schema, error) {
	if !whole { // the last line may be cut off
		if i := bytes.LastIndexByte(data, '\n'); i >= 0 {
			data = data[:i]
		}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if t := bytes.TrimSpace(data); len(t) > 0 && t[0] == '[' {
		if _, err := d.Token(); err != nil {
			return nil, err
		}
	}
	s := jsonSample{index: map[string]int{}, times: how.Times}
	for s.rows < sampleRows && d.More() {
		if err := s.object(d); err != nil {
			if s.rows > 0 && !whole && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
				break
			}
			return nil, fmt.Errorf("record %d: %w", s.rows+1, err)
		}
		s.rows++
	}
	out := &Schema{Rows: s.rows}
	for i := range s.cols {
		out.Columns = append(out.Columns, s.cols[i].column())
	}
	if len(out.Columns) == 0 {
		return nil, errors.New("no record has a field")
	}
	return out, nil
}

type jsonSample struct {
	cols  []guess
	index map[string]int
	rows  int
	times *sqltime.Layout
}

// object reads one object.
func (s *jsonSample) object(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return fmt.Errorf("want an object, found %v", t)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name := key.(string)
		i, ok := s.index[name]
		if !ok {
			i = len(s.cols)
			s.index[name] = i
			s.cols = append(s.cols, guess{name: name, kind: types.Null, times: s.times})
		}
		if err := s.cols[i].value(d); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

// value widens the guess by the next value.
func (g *guess) value(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t := t.(type) {
	case nil:
	case bool:
		g.shapes |= truth
		g.add(types.Boolean)
	case json.Number:
		g.shapes |= number
		if isInteger(t.String()) {
			g.add(types.BigInt)
		} else {
			g.add(types.Double)
		}
	case string:
		g.shapes |= text
		g.add(timeKind(t, g.times))
	case json.Delim:
		g.nested = true
		return skipNested(d)
	}
	return nil
}

// skipNested reads to the end of the object or array that has just begun.
func skipNested(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}
