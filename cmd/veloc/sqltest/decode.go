package sqltest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// Row is a row that came out of a program.
type Row struct {
	// Step is the index of the input that brought it about.
	Step  int
	Key   *value.Value // nil where rows have no key of their own
	Value *value.Value
	// Op is what an updating relation says of the row, "" for other ones.
	Op string
	// Raw is the row as it was written, without a line break.
	Raw       string
	Time      int64 // event time, in microseconds since the epoch
	HasTime   bool
	Headers   *value.Value
	Partition int
	Window    *Window
}

// view is how the rows of a sink are read and compared.
type view struct {
	sink *pipeline.Sink
	csv  csvForm
	json bool
	// cols are the columns in the order in which they are written; op stands
	// before them if rows can be withdrawn.
	cols []string
	typ  types.Type // of the value: a struct of the columns
	key  []string   // key columns of the relation
	// keyPart and valuePart are those of the records of a topic, nil for others.
	keyPart, valuePart *part
}

// newView makes the view of a sink.
func (p *program) newView(s *pipeline.Sink) *view {
	v := &view{sink: s, csv: csvOf(s.Bound.Options)}
	v.json = s.Bound.Format != nil && s.Bound.Format.Name == "json"
	if s.Bound.Connector.Name == "terminal" {
		v.json = true
	}
	v.typ.Kind = types.Struct
	q := p.writer(s)
	if s.Bound.Message != nil {
		v.messages()
	} else {
		if q != nil && q.HasOp() {
			v.cols = append(v.cols, "op")
			v.typ.Fields = append(v.typ.Fields, types.Field{Name: "op", Type: types.Of(types.String)})
		}
		for _, f := range s.Row.Fields {
			v.cols = append(v.cols, f.Column)
			v.typ.Fields = append(v.typ.Fields, types.Field{Name: f.Column, Type: f.SQL})
		}
	}
	if q == nil || q.Changelog != nil && q.Changelog.Form == "debezium" { // its rows are not those of the relation
		return v
	}
	keys := q.Key
	if len(keys) == 0 {
		keys = q.Rel.Key
	}
	for _, k := range keys {
		v.key = append(v.key, s.Row.Fields[k].Column)
	}
	return v
}

// decode reads what a sink got in one step.
func (v *view) decode(step int, data []byte) ([]Row, error) {
	if v.json {
		return v.decodeJSON(step, data)
	}
	return v.decodeCSV(step, data)
}

func (v *view) decodeJSON(step int, data []byte) ([]Row, error) {
	var rows []Row
	for line := range bytes.Lines(data) {
		line = bytes.TrimRight(line, "\n")
		x, err := value.ParseJSON(line)
		if err != nil {
			return nil, fmt.Errorf("%s wrote JSON that cannot be read: %s: %w", v.sink.Name, line, err)
		}
		rows = append(rows, Row{Step: step, Value: x, Op: v.op(x), Raw: string(line)})
	}
	return rows, nil
}

func (v *view) decodeCSV(step int, data []byte) ([]Row, error) {
	var rows []Row
	for len(data) > 0 {
		cells, raw, rest := v.csv.record(data)
		data = rest
		x := &value.Value{Kind: value.Object}
		if len(cells) != len(v.cols) {
			return nil, fmt.Errorf("%s wrote %d cells for %d columns: %s", v.sink.Name, len(cells), len(v.cols), raw)
		}
		for i, c := range cells {
			x.Fields = append(x.Fields, value.Field{Name: v.cols[i], Value: v.csv.value(c, v.typ.Fields[i].Type)})
		}
		rows = append(rows, Row{Step: step, Value: x, Op: v.op(x), Raw: raw})
	}
	return rows, nil
}

// op is what a row of an updating relation says of itself.
func (v *view) op(row *value.Value) string {
	if len(v.cols) > 0 && v.cols[0] == "op" && v.valuePart == nil && v.sink.Row.Fields[0].Column != "op" {
		return row.Get("op").Plain()
	}
	return ""
}

// csvCell is a cell as it was written.
type csvCell struct {
	text   string
	quoted bool
}

// record reads one record and returns what follows it.
func (f *csvForm) record(data []byte) (cells []csvCell, raw string, rest []byte) {
	var cell []byte
	quoted, inside := false, false
	for i := 0; i <= len(data); i++ {
		if i == len(data) || !inside && data[i] == '\n' {
			cells = append(cells, csvCell{string(cell), quoted})
			return cells, string(data[:i]), data[min(i+1, len(data)):]
		}
		c := data[i]
		switch {
		case inside && c == f.quote && i+1 < len(data) && data[i+1] == f.quote:
			cell = append(cell, c)
			i++
		case inside && c == f.quote:
			inside = false
		case inside:
			cell = append(cell, c)
		case c == f.delim:
			cells = append(cells, csvCell{string(cell), quoted})
			cell, quoted = nil, false
		case f.quote != 0 && c == f.quote && len(cell) == 0 && !quoted:
			quoted, inside = true, true
		default:
			cell = append(cell, c)
		}
	}
	return cells, string(data), nil
}

// value turns a cell into a value of a type.
func (f *csvForm) value(c csvCell, t types.Type) *value.Value {
	if !c.quoted && c.text == f.null {
		return value.NullValue()
	}
	switch {
	case t.Kind == types.Boolean:
		return value.Truth(c.text == "true")
	case t.IsNumeric() && strings.Trim(c.text, "0123456789+-.eE") == "":
		return value.Num(c.text)
	case t.Kind == types.Array || t.Kind == types.Map || t.Kind == types.Struct || t.Kind == types.JSON:
		if x, err := value.ParseJSON([]byte(c.text)); err == nil {
			return x
		}
	}
	return value.Str(c.text)
}
