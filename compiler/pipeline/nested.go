package pipeline

import (
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// Elem is x[i].
type Elem struct{ X, I Expr }

// TypeFunc is a function that generated code or the library has for values of a
// type, as a value: to compare two of them, to copy one, to write one as JSON.
type TypeFunc struct {
	Op TypeOp
	T  types.Type
}

// TypeOp says what a TypeFunc does.
type TypeOp uint8

// The operations.
const (
	OpCompare      TypeOp = iota // func(a, b T) int
	OpClone                      // func(T) T: shares no memory with a batch
	OpAppend                     // func([]byte, T) []byte: as JSON
	OpAppendQuoted               // func([]byte, T) []byte: as JSON with decimals as strings
	OpAppendKey                  // func([]byte, T) []byte: equal for equal values, and different for others
	OpAppendMillis               // func([]byte, T) []byte: as JSON with times as numbers
	OpAppendText                 // func([]byte, T) []byte: as Java prints it: [1, 2], {a=1}, Struct{A=1}
	OpRead                       // func(*memory, *json.Reader) (T, bool): from JSON
)

func (o TypeOp) String() string {
	return [...]string{"compare", "clone", "append", "appendQuoted", "appendKey", "appendMillis", "appendText", "read"}[o]
}

// TypeCall calls a TypeFunc.
type TypeCall struct {
	Op   TypeOp
	T    types.Type
	Args []Expr
}

func (*Elem) expr()     {}
func (*TypeFunc) expr() {}
func (*TypeCall) expr() {}

// For runs steps for each element of a slice.
type For struct {
	Index, Value string // the variables; "_" where not read
	X            Expr
	Body         []Step
	// Rows: the body continues with a row of its own for each element, so that
	// Skip goes on with the next element.
	Rows bool
}

func (*For) step() {}

// TypeName is the part of a function's name that stands for a type: TextArray.
func TypeName(t types.Type) string {
	switch t.Kind {
	case types.Boolean:
		return "Bool"
	case types.Int:
		return "Int32"
	case types.BigInt:
		return "Int64"
	case types.Float:
		return "Float32"
	case types.Double:
		return "Float64"
	case types.Decimal:
		return strings.NewReplacer("(", "", ",", "x", ")", "", "DECIMAL", "Decimal").Replace(t.String())
	case types.String, types.Null:
		return "Text"
	case types.Bytes:
		return "Bytes"
	case types.Date:
		return "Date"
	case types.Time:
		return "Time"
	case types.Timestamp:
		return "Timestamp"
	case types.Interval:
		return "Interval"
	case types.JSON:
		return "JSON"
	case types.Array:
		return TypeName(*t.Elem) + "Array"
	case types.Map:
		return TypeName(*t.Key) + "To" + TypeName(*t.Elem) + "Map"
	case types.Struct:
		return t.Named.Go
	}
	panic("pipeline: no name for " + t.String())
}

// Floats reports a type that holds floating point numbers, whose NaN and zeros
// need care in keys.
func Floats(t types.Type) bool {
	switch t.Kind {
	case types.Float, types.Double:
		return true
	case types.Array:
		return Floats(*t.Elem)
	case types.Map:
		return Floats(*t.Key) || Floats(*t.Elem)
	case types.Struct:
		for _, f := range t.Fields {
			if Floats(f.Type) {
				return true
			}
		}
	}
	return false
}
