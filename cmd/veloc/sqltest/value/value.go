// Package value holds what stands in test files and in records as a tree that
// keeps what is written: numbers with all their digits, fields in their order.
package value

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a value is.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number // Text is its digits
	String
	List
	Object
)

func (k Kind) String() string {
	return [...]string{"null", "a truth value", "a number", "a text", "a list", "an object"}[k]
}

// Value is a null, a scalar, a list or an object.
type Value struct {
	Kind   Kind
	Text   string // of a scalar: "true", "1.50", the text
	Items  []*Value
	Fields []Field
	// Line is where it stands in its file, from 1; 0 if that is not known.
	Line int
	// Start and End are its bytes in a JSON file.
	Start, End int
}

// Field is a field of an object.
type Field struct {
	Name  string
	Value *Value
	Line  int
}

// Get returns a field by its exact name, nil if there is none.
func (v *Value) Get(name string) *Value {
	if v == nil {
		return nil
	}
	for i := range v.Fields {
		if v.Fields[i].Name == name {
			return v.Fields[i].Value
		}
	}
	return nil
}

// Find returns a field by its name, of the exact one or else in any case.
func (v *Value) Find(name string) *Value {
	if x := v.Get(name); x != nil {
		return x
	}
	for i := range v.Fields {
		if strings.EqualFold(v.Fields[i].Name, name) {
			return v.Fields[i].Value
		}
	}
	return nil
}

// IsNull reports a null, or nothing at all.
func (v *Value) IsNull() bool { return v == nil || v.Kind == Null }

// NullValue, Str and Num make values.
func NullValue() *Value { return &Value{} }

// Str is a text.
func Str(s string) *Value { return &Value{Kind: String, Text: s} }

// Num is a number by its digits.
func Num(digits string) *Value { return &Value{Kind: Number, Text: digits} }

// Truth is true or false.
func Truth(b bool) *Value { return &Value{Kind: Bool, Text: strconv.FormatBool(b)} }

// JSON returns the value as JSON on one line, without blanks.
func (v *Value) JSON() string { return string(v.append(nil, "", "")) }

// Flow returns the value on one line for a person: {a: 1, b: "x"} is
// {"a": 1, "b": "x"}.
func (v *Value) Flow() string { return string(v.append(nil, " ", " ")) }

func (v *Value) append(b []byte, afterColon, afterComma string) []byte {
	if v == nil {
		return append(b, "null"...)
	}
	switch v.Kind {
	case Null:
		return append(b, "null"...)
	case Bool, Number:
		return append(b, v.Text...)
	case String:
		return AppendQuoted(b, v.Text)
	case List:
		b = append(b, '[')
		for i, x := range v.Items {
			if i > 0 {
				b = append(append(b, ','), afterComma...)
			}
			b = x.append(b, afterColon, afterComma)
		}
		return append(b, ']')
	default:
		b = append(b, '{')
		for i, f := range v.Fields {
			if i > 0 {
				b = append(append(b, ','), afterComma...)
			}
			b = AppendQuoted(b, f.Name)
			b = append(append(b, ':'), afterColon...)
			b = f.Value.append(b, afterColon, afterComma)
		}
		return append(b, '}')
	}
}

// AppendQuoted appends a JSON string. Bytes that are no UTF-8 stay as they are.
func AppendQuoted(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c < 0x20 || c == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// Plain is a scalar as a cell of CSV or a key shows it: a text without quotes.
func (v *Value) Plain() string {
	switch {
	case v.IsNull():
		return ""
	case v.Kind == String || v.Kind == Number || v.Kind == Bool:
		return v.Text
	default:
		return v.JSON()
	}
}

// Valid reports whether all texts of the value are UTF-8.
func (v *Value) Valid() bool {
	if v == nil {
		return true
	}
	if v.Kind == String && !utf8.ValidString(v.Text) {
		return false
	}
	for _, x := range v.Items {
		if !x.Valid() {
			return false
		}
	}
	for _, f := range v.Fields {
		if !f.Value.Valid() {
			return false
		}
	}
	return true
}
