// Package types is the SQL type system: kinds, parameters and the rules by
// which types combine.
package types

import (
	"fmt"
	"strings"
)

// Kind is the family of a type.
type Kind uint8

// The kinds. Null is the type of a bare NULL and converts to every other.
const (
	Invalid Kind = iota
	Null
	Boolean
	Int       // 32 bits
	BigInt    // 64 bits
	Float     // 32 bits
	Double    // 64 bits
	Decimal   // exact, Precision digits of which Scale are fractional
	String    // UTF-8
	Bytes     //
	Date      // days since 1970-01-01
	Time      // microseconds of the day
	Timestamp // microseconds since the epoch, UTC
	Interval  // months, days, microseconds
	Array
	Map
	Struct
	JSON
)

// Type is a SQL type. It is a value; compare with Equal.
type Type struct {
	Kind      Kind
	Precision int     // Decimal: 1 to 38
	Scale     int     // Decimal: 0 to Precision
	Key       *Type   // Map
	Elem      *Type   // Array, Map
	Fields    []Field // Struct
	// Named is shared by all equal STRUCT types of a program; the binder gives it.
	Named *StructName
}

// StructName is what a STRUCT type is called.
type StructName struct {
	Name string // by CREATE TYPE, or after the column that it was first used for
	Go   string // in generated code; the lowering decides it
}

// Field is one field of a struct type.
type Field struct {
	Name string
	Type Type
}

// Of returns the type of a kind without parameters.
func Of(k Kind) Type { return Type{Kind: k} }

// Dec returns DECIMAL(p, s).
func Dec(p, s int) Type { return Type{Kind: Decimal, Precision: p, Scale: s} }

var names = [...]string{
	Invalid: "?", Null: "NULL", Boolean: "BOOLEAN", Int: "INT", BigInt: "BIGINT", Float: "FLOAT", Double: "DOUBLE",
	Decimal: "DECIMAL", String: "STRING", Bytes: "BYTES", Date: "DATE", Time: "TIME", Timestamp: "TIMESTAMP",
	Interval: "INTERVAL", Array: "ARRAY", Map: "MAP", Struct: "STRUCT", JSON: "JSON",
}

func (k Kind) String() string { return names[k] }

// String returns the type as SQL spells it.
func (t Type) String() string {
	switch t.Kind {
	case Decimal:
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	case Array:
		return "ARRAY<" + t.Elem.String() + ">"
	case Map:
		return "MAP<" + t.Key.String() + ", " + t.Elem.String() + ">"
	case Struct:
		var b strings.Builder
		b.WriteString("STRUCT<")
		for i, f := range t.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(f.Name + " " + f.Type.String())
		}
		return b.String() + ">"
	}
	return t.Kind.String()
}

// Equal reports whether two types are the same, parameters included.
func (t Type) Equal(u Type) bool {
	if t.Kind != u.Kind {
		return false
	}
	switch t.Kind {
	case Decimal:
		return t.Precision == u.Precision && t.Scale == u.Scale
	case Array:
		return t.Elem.Equal(*u.Elem)
	case Map:
		return t.Key.Equal(*u.Key) && t.Elem.Equal(*u.Elem)
	case Struct:
		if len(t.Fields) != len(u.Fields) {
			return false
		}
		for i := range t.Fields {
			if t.Fields[i].Name != u.Fields[i].Name || !t.Fields[i].Type.Equal(u.Fields[i].Type) {
				return false
			}
		}
	}
	return true
}

// ArrayOf returns ARRAY<elem>.
func ArrayOf(elem Type) Type { return Type{Kind: Array, Elem: &elem} }

// MapOf returns MAP<key, value>.
func MapOf(key, value Type) Type { return Type{Kind: Map, Key: &key, Elem: &value} }

// StructOf returns STRUCT<fields>.
func StructOf(fields ...Field) Type { return Type{Kind: Struct, Fields: fields} }

// IsNested reports the types that hold other types.
func (t Type) IsNested() bool { return t.Kind == Array || t.Kind == Map || t.Kind == Struct }

// FieldIndex finds the field of a STRUCT that a name means: the exact one, else
// one in another case; -1 if there is none.
func (t Type) FieldIndex(name string) int {
	found := -1
	for i, f := range t.Fields {
		if f.Name == name {
			return i
		}
		if found < 0 && strings.EqualFold(f.Name, name) {
			found = i
		}
	}
	return found
}

// IsInteger reports INT and BIGINT.
func (t Type) IsInteger() bool { return t.Kind == Int || t.Kind == BigInt }

// IsApprox reports FLOAT and DOUBLE.
func (t Type) IsApprox() bool { return t.Kind == Float || t.Kind == Double }

// IsNumeric reports every type that arithmetic accepts.
func (t Type) IsNumeric() bool { return t.IsInteger() || t.IsApprox() || t.Kind == Decimal }

// Wide reports a DECIMAL of more than 18 digits, which needs 128 bits.
func (t Type) Wide() bool { return t.Kind == Decimal && t.Precision > 18 }

// AsDecimal returns the DECIMAL that holds an integer or decimal type exactly.
func (t Type) AsDecimal() (Type, bool) {
	switch t.Kind {
	case Int:
		return Dec(10, 0), true
	case BigInt:
		return Dec(19, 0), true
	case Decimal:
		return t, true
	}
	return Type{}, false
}

// MaxPrecision is the number of digits a DECIMAL can have.
const MaxPrecision = 38
