package sqltest

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/format/kafka"
	"github.com/velocsql/veloc/runtime/step"
)

// part is how the key or the value of the records of a topic holds columns.
type part struct {
	format string // json, delimited, kafka, none
	bare   bool   // the only column is all of it
	delim  byte
	cols   []string
	types  []types.Type
	typ    types.Type // for comparison
	blank  bool       // a delimited cell without a text is NULL, also in quotes
}

// parts tells how the records of a topic hold columns, of which those of key are
// in the key.
func parts(m *bound.Message, opts []bound.Option, cols []string, ts []types.Type, key []int) (k, v part) {
	k = part{format: m.Key, delim: csvOf(renamed(opts, "key.delimiter", "delimiter")).delim}
	v = part{format: m.Value, delim: csvOf(opts).delim, bare: m.Bare}
	k.blank, v.blank = m.Lenient, m.Lenient
	isKey := map[int]bool{}
	for _, i := range key {
		isKey[i] = true
		k.cols, k.types = append(k.cols, cols[i]), append(k.types, ts[i])
	}
	for i := range cols {
		if _, meta := m.Meta[i]; meta || isKey[i] && m.KeyOnly {
			continue
		}
		v.cols, v.types = append(v.cols, cols[i]), append(v.types, ts[i])
	}
	k.bare = len(k.cols) == 1
	k.typ, v.typ = k.rowType(), v.rowType()
	return k, v
}

// renamed is a list with one option under the name of another.
func renamed(opts []bound.Option, from, to string) []bound.Option {
	if v, ok := bound.Get(opts, from); ok {
		return []bound.Option{{Key: to, Value: v}}
	}
	return nil
}

func (p *part) rowType() types.Type {
	if (p.bare || p.format == "kafka") && len(p.types) == 1 {
		return p.types[0]
	}
	t := types.Type{Kind: types.Struct}
	for i, c := range p.cols {
		t.Fields = append(t.Fields, types.Field{Name: c, Type: p.types[i]})
	}
	return t
}

// encode writes a key or a value as the program reads it. A null has no bytes.
func (p *part) encode(v *value.Value, raw *string) ([]byte, error) {
	if raw != nil {
		return []byte(*raw), nil
	}
	if v.IsNull() {
		return nil, nil
	}
	switch p.format {
	case "none":
		return nil, nil
	case "json":
		return []byte(v.JSON()), nil
	case "delimited":
		f := csvForm{delim: p.delim, quote: '"', columns: p.cols}
		if v.Kind == value.Number || v.Kind == value.Bool {
			return []byte(v.Plain()), nil
		}
		return f.encode(v)
	case "kafka":
		return p.encodeBinary(v)
	}
	return nil, fmt.Errorf("records in the format %q cannot be written by a test", p.format)
}

func (p *part) encodeBinary(v *value.Value) ([]byte, error) {
	if v.Kind == value.Object && len(p.cols) == 1 {
		if v = v.Find(p.cols[0]); v.IsNull() {
			return nil, nil
		}
	}
	kind := types.String
	if len(p.types) == 1 {
		kind = p.types[0].Kind
	}
	text := v.Plain()
	switch kind {
	case types.Int:
		n, err := strconv.ParseInt(text, 10, 32)
		if err == nil {
			return kafka.AppendInt32(nil, int32(n)), nil
		}
	case types.BigInt:
		n, err := strconv.ParseInt(text, 10, 64)
		if err == nil {
			return kafka.AppendInt64(nil, n), nil
		}
	case types.Double:
		x, err := strconv.ParseFloat(text, 64)
		if err == nil {
			return kafka.AppendFloat64(nil, x), nil
		}
	}
	if kind == types.Bytes {
		if b, err := base64.StdEncoding.DecodeString(text); err == nil {
			return b, nil
		}
	}
	return []byte(text), nil // text, or what cannot be read
}

// decode reads a key or a value that the program has written.
func (p *part) decode(b []byte) (*value.Value, error) {
	if b == nil {
		return value.NullValue(), nil
	}
	switch p.format {
	case "json":
		return value.ParseJSON(b)
	case "delimited":
		return p.cells(string(b)), nil
	case "kafka":
		return p.decodeBinary(b)
	}
	return value.Str(string(b)), nil
}

func (p *part) decodeBinary(b []byte) (*value.Value, error) {
	kind := types.String
	if len(p.types) == 1 {
		kind = p.types[0].Kind
	}
	switch kind {
	case types.Int:
		n, err := kafka.Int32(b)
		return value.Num(strconv.FormatInt(int64(n), 10)), err
	case types.BigInt:
		n, err := kafka.Int64(b)
		return value.Num(strconv.FormatInt(n, 10)), err
	case types.Bytes:
		return value.Str(base64.StdEncoding.EncodeToString(b)), nil
	case types.Double:
		x, err := kafka.Float64(b)
		return value.Num(strconv.FormatFloat(x, 'g', -1, 64)), err
	}
	return value.Str(string(b)), nil
}

// cells reads a delimited line: an object by the names of the columns, or one value.
func (p *part) cells(line string) *value.Value {
	f := csvForm{delim: p.delim, quote: '"'}
	cells, _, _ := f.record([]byte(line))
	for i := range cells {
		cells[i].quoted = cells[i].quoted && !(p.blank && cells[i].text == "")
	}
	at := func(i int) types.Type {
		if i < len(p.types) {
			return p.types[i]
		}
		return types.Of(types.String)
	}
	if p.bare && len(cells) == 1 {
		return f.value(cells[0], at(0))
	}
	x := &value.Value{Kind: value.Object}
	for i, c := range cells {
		name := "extra_" + strconv.Itoa(i+1)
		if i < len(p.cols) {
			name = p.cols[i]
		}
		x.Fields = append(x.Fields, value.Field{Name: name, Value: f.value(c, at(i))})
	}
	return x
}

// wanted is a key or a value that a test wants, as decode would give it: a
// delimited line may be written as a text.
func (p *part) wanted(v *value.Value) *value.Value {
	if p == nil || p.format != "delimited" || v == nil {
		return v
	}
	if v.Kind == value.String || p.bare && (v.Kind == value.Number || v.Kind == value.Bool) {
		return p.cells(v.Plain())
	}
	return v
}

// sourceParts tells how the records that a relation reads hold its columns.
func sourceParts(rel *bound.Relation) (k, v part) {
	var cols []string
	var ts []types.Type
	for _, c := range rel.Cols {
		cols, ts = append(cols, c.Name), append(ts, c.Type)
	}
	return parts(rel.Source.Message, rel.Source.Options, cols, ts, rel.Key)
}

// produce is the action that brings a record to a topic, which a relation reads.
func (j *job) produce(rel *bound.Relation, topic string, in *Input) (step.Action, error) {
	k, v := sourceParts(rel)
	rec := &step.Record{Partition: in.Partition}
	var err error
	if rec.Key, err = k.encode(in.Key, nil); err != nil {
		return step.Action{}, fmt.Errorf("key of %s: %w", rel.Name, err)
	}
	if rec.Value, err = v.encode(in.Value, in.Raw); err != nil {
		return step.Action{}, fmt.Errorf("%s: %w", rel.Name, err)
	}
	switch {
	case in.HasTime:
		rec.Timestamp = floorMillis(in.Time)
	case !strings.EqualFold(j.c.Dialect, "ksqldb"):
		rec.Timestamp = floorMillis(j.now)
	}
	if w := in.Window; w != nil {
		rec.Windowed, rec.WindowStart, rec.WindowEnd = true, floorMillis(w.Start), floorMillis(w.End)
	}
	if in.Headers != nil {
		if rec.Headers, err = headers(in.Headers); err != nil {
			return step.Action{}, err
		}
	}
	return step.Action{Op: step.Produce, Topic: topic, Record: rec}, nil
}

func floorMillis(us int64) int64 {
	ms := us / 1000
	if us%1000 < 0 {
		ms--
	}
	return ms
}

// decodeRecord reads a record of a topic.
func (v *view) decodeRecord(at int, rec *step.Record) (Row, error) {
	row := Row{Step: at, Raw: string(rec.Value), Time: rec.Timestamp * 1000, HasTime: true, Partition: rec.Partition, Headers: showHeaders(rec.Headers)}
	var err error
	if row.Key, err = v.keyPart.decode(rec.Key); err != nil {
		return row, fmt.Errorf("%s wrote a key that cannot be read: %q: %w", v.sink.Name, rec.Key, err)
	}
	if row.Value, err = v.valuePart.decode(rec.Value); err != nil {
		return row, fmt.Errorf("%s wrote a value that cannot be read: %q: %w", v.sink.Name, rec.Value, err)
	}
	if rec.Windowed {
		row.Window = &Window{Start: rec.WindowStart * 1000, End: rec.WindowEnd * 1000, HasEnd: true}
	}
	return row, nil
}

// messages prepares the view of a sink that is a topic.
func (v *view) messages() {
	s := v.sink
	var cols []string
	var ts []types.Type
	for _, f := range s.Row.Fields {
		cols, ts = append(cols, f.Column), append(ts, f.SQL)
	}
	k, val := parts(s.Bound.Message, s.Bound.Options, cols, ts, s.Bound.Key)
	v.keyPart, v.valuePart = &k, &val
	v.typ = val.typ
}
