package sqltest

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// csvForm is how a source or a sink writes CSV.
type csvForm struct {
	delim, quote byte // quote 0: none
	header       bool
	null         string
	columns      []string
}

// csvOf reads the options of CSV.
func csvOf(opts []bound.Option) csvForm {
	f := csvForm{delim: ',', quote: '"', header: true}
	if v, ok := bound.Get(opts, "delimiter"); ok {
		if f.delim = v[0]; v == `\t` {
			f.delim = '\t'
		}
	}
	if v, ok := bound.Get(opts, "quote"); ok {
		if f.quote = v[0]; v == "none" {
			f.quote = 0
		}
	}
	if v, ok := bound.Get(opts, "header"); ok {
		if on, err := config.Bool(&spec.Option{Key: "header"}, v); err == nil {
			f.header = on
		}
	}
	f.null, _ = bound.Get(opts, "csv.null")
	return f
}

// encode returns the record that a source reads for an input, and the header of
// its file.
func encode(rel *bound.Relation, in *Input) (data, header []byte, err error) {
	src := rel.Source
	format := ""
	if src.Format != nil {
		format = src.Format.Name
	}
	switch format {
	case "json":
		if in.Raw != nil {
			return []byte(*in.Raw), nil, oneLine(*in.Raw)
		}
		return []byte(in.Value.JSON()), nil, nil
	case "csv":
		f := csvOf(src.Options)
		for _, c := range rel.Cols {
			f.columns = append(f.columns, c.Name)
		}
		if f.header {
			header = f.line(f.columns)
		}
		if in.Raw != nil {
			return []byte(*in.Raw), header, nil
		}
		data, err = f.encode(in.Value)
		return data, header, err
	default:
		return nil, nil, fmt.Errorf("records in the format %q cannot be written by a test", format)
	}
}

func oneLine(s string) error {
	if strings.ContainsAny(s, "\n") {
		return fmt.Errorf("a raw record is one line")
	}
	return nil
}

// encode writes a value as a record: an object by the names of columns, a list by
// their order, a text as it is.
func (f *csvForm) encode(v *value.Value) ([]byte, error) {
	cells := make([]*value.Value, len(f.columns))
	switch v.Kind {
	case value.String:
		return []byte(v.Text), nil
	case value.List:
		if len(v.Items) > len(cells) {
			return nil, fmt.Errorf("the record has %d values, the relation %d columns", len(v.Items), len(cells))
		}
		copy(cells, v.Items)
	case value.Object:
		for _, fd := range v.Fields {
			i := indexFold(f.columns, fd.Name)
			if i < 0 {
				return nil, fmt.Errorf("there is no column %q%s", fd.Name, didYouMean(fd.Name, f.columns))
			}
			cells[i] = fd.Value
		}
	default:
		return nil, fmt.Errorf("a record of CSV is an object, a list or a text, not %s", v.Kind)
	}
	var b []byte
	for i, c := range cells {
		if i > 0 {
			b = append(b, f.delim)
		}
		if c.IsNull() {
			b = append(b, f.null...)
			continue
		}
		b = f.cell(b, c.Plain(), c.Kind == value.String)
	}
	return b, nil
}

// line writes texts as a line.
func (f *csvForm) line(cells []string) []byte {
	var b []byte
	for i, c := range cells {
		if i > 0 {
			b = append(b, f.delim)
		}
		b = f.cell(b, c, false)
	}
	return b
}

// cell appends a cell, in quotes where it needs them: a text that would be a NULL
// too.
func (f *csvForm) cell(b []byte, s string, text bool) []byte {
	special := strings.ContainsAny(s, "\r\n"+string(rune(f.delim))) || f.quote != 0 && strings.IndexByte(s, f.quote) >= 0
	if f.quote == 0 || !special && (!text || s != f.null) {
		return append(b, s...)
	}
	q := string(rune(f.quote))
	b = append(b, f.quote)
	b = append(b, strings.ReplaceAll(s, q, q+q)...)
	return append(b, f.quote)
}

// indexFold finds a name, the exact one or else in any case.
func indexFold(names []string, name string) int {
	found := -1
	for i, n := range names {
		if n == name {
			return i
		}
		if found < 0 && strings.EqualFold(n, name) {
			found = i
		}
	}
	return found
}

// didYouMean returns ", did you mean .." for a name that is near a known one.
func didYouMean(name string, known []string) string {
	if near, ok := config.Nearest(name, known); ok {
		return fmt.Sprintf(", did you mean %q?", near)
	}
	if len(known) > 0 {
		return ": there is " + strings.Join(known, ", ")
	}
	return ""
}
