package value

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// ParseJSON reads one JSON text. Values know their bytes and lines.
func ParseJSON(text []byte) (*Value, error) {
	p := &jsonParser{text: text, line: 1}
	p.dec = json.NewDecoder(bytes.NewReader(text))
	p.dec.UseNumber()
	v, err := p.value()
	if err != nil {
		return nil, p.fail(err)
	}
	if _, err := p.dec.Token(); err != io.EOF {
		return nil, p.fail(fmt.Errorf("something follows the JSON value"))
	}
	return v, nil
}

type jsonParser struct {
	text []byte
	dec  *json.Decoder
	at   int // where lines have been counted
	line int
}

// lineAt counts lines up to an offset; offsets grow.
func (p *jsonParser) lineAt(offset int) int {
	if offset > p.at {
		p.line += bytes.Count(p.text[p.at:offset], []byte{'\n'})
		p.at = offset
	}
	return p.line
}

func (p *jsonParser) fail(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return fmt.Errorf("line %d: the JSON ends too early", bytes.Count(p.text, []byte{'\n'})+1)
	}
	return fmt.Errorf("line %d: %w", bytes.Count(p.text[:min(int(p.dec.InputOffset()), len(p.text))], []byte{'\n'})+1, err)
}

// begin is where the next token starts.
func (p *jsonParser) begin() int {
	i := int(p.dec.InputOffset())
	for i < len(p.text) && bytes.IndexByte([]byte(" \t\r\n,:"), p.text[i]) >= 0 {
		i++
	}
	return i
}

func (p *jsonParser) value() (*Value, error) {
	start := p.begin()
	v := &Value{Start: start, Line: p.lineAt(start)}
	tok, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	switch t := tok.(type) {
	case nil:
	case bool:
		v.Kind, v.Text = Bool, fmt.Sprint(t)
	case json.Number:
		v.Kind, v.Text = Number, t.String()
	case string:
		v.Kind, v.Text = String, t
	case json.Delim:
		if t == '[' {
			v.Kind = List
			v.Items = []*Value{}
		} else {
			v.Kind = Object
		}
		for p.dec.More() {
			if err := p.element(v); err != nil {
				return nil, err
			}
		}
		if _, err := p.dec.Token(); err != nil {
			return nil, err
		}
	}
	v.End = int(p.dec.InputOffset())
	return v, nil
}

// element reads an item of a list or a field of an object.
func (p *jsonParser) element(v *Value) error {
	if v.Kind == List {
		x, err := p.value()
		v.Items = append(v.Items, x)
		return err
	}
	line := p.lineAt(p.begin())
	tok, err := p.dec.Token()
	if err != nil {
		return err
	}
	name, ok := tok.(string)
	if !ok {
		return fmt.Errorf("a field's name is a text")
	}
	x, err := p.value()
	v.Fields = append(v.Fields, Field{Name: name, Value: x, Line: line})
	return err
}
