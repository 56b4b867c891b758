package types

import "strings"

// Common returns the type that two types meet in: that of a comparison, of the
// branches of CASE and of the columns of a UNION. It reports false when there is
// none. Decimals that would meet in one of more than MaxPrecision digits have
// none either; the type that they would need comes back, and TooWide tells.
func Common(a, b Type) (Type, bool) {
	switch {
	case a.Equal(b):
		return a, true
	case a.Kind == Null:
		return b, true
	case b.Kind == Null:
		return a, true
	case a.IsNumeric() && b.IsNumeric():
		return commonNumber(a, b)
	case a.Kind == Date && b.Kind == Timestamp, a.Kind == Timestamp && b.Kind == Date:
		return Of(Timestamp), true
	case a.Kind == b.Kind && a.IsNested():
		return commonNested(a, b)
	}
	return Type{}, false
}

// commonNested meets the parts of two nested types. The fields of structs have
// the same names in the same order.
func commonNested(a, b Type) (Type, bool) {
	switch a.Kind {
	case Array:
		t, ok := Common(*a.Elem, *b.Elem)
		return ArrayOf(t), ok
	case Map:
		k, okKey := Common(*a.Key, *b.Key)
		v, ok := Common(*a.Elem, *b.Elem)
		return MapOf(k, v), ok && okKey
	}
	if len(a.Fields) != len(b.Fields) {
		return Type{}, false
	}
	var fields []Field
	for i, f := range a.Fields {
		t, ok := Common(f.Type, b.Fields[i].Type)
		if !ok || !strings.EqualFold(f.Name, b.Fields[i].Name) {
			return Type{}, false
		}
		fields = append(fields, Field{f.Name, t})
	}
	return StructOf(fields...), true
}

func commonNumber(a, b Type) (Type, bool) {
	switch {
	case a.Kind == Float && b.Kind == Float:
		return a, true
	case a.IsApprox() || b.IsApprox():
		return Of(Double), true
	case a.IsInteger() && b.IsInteger():
		return Of(BigInt), true
	}
	x, _ := a.AsDecimal()
	y, _ := b.AsDecimal()
	s := max(x.Scale, y.Scale)
	p := max(x.Precision-x.Scale, y.Precision-y.Scale) + s
	return Dec(p, s), p <= MaxPrecision
}

// Comparable returns the type in which two types are compared. Beyond Common, a
// TIMESTAMP compares with an integer of epoch milliseconds.
func Comparable(a, b Type) (Type, bool) {
	t, ok := Common(a, b)
	if ok {
		return t, true
	}
	if a.Kind == Timestamp && b.IsInteger() || a.IsInteger() && b.Kind == Timestamp {
		return Of(Timestamp), true
	}
	return t, false
}

// TooWide reports that two numbers have no common type only because it would
// need more than MaxPrecision digits.
func TooWide(a, b Type) bool {
	if !a.IsNumeric() || !b.IsNumeric() {
		return false
	}
	_, ok := Common(a, b)
	return !ok
}

// Arithmetic says of which types an operation takes its operands and which type
// it yields.
type Arithmetic struct{ X, Y, Result Type }

// AddSub gives the types of x + y and x - y of numbers. A decimal result has one
// digit more than its operands need, as long as MaxPrecision allows it.
func AddSub(x, y Type) (Arithmetic, bool) {
	t, ok := Common(x, y)
	if !ok {
		return Arithmetic{Result: t}, false
	}
	if t.Kind == Decimal {
		t.Precision = min(t.Precision+1, MaxPrecision)
	}
	return Arithmetic{t, t, t}, true
}

// Mul gives the types of x * y of numbers. It reports false for a decimal
// product of more than MaxPrecision digits, which Result then names.
func Mul(x, y Type) (Arithmetic, bool) {
	a, b, exact := decimals(x, y)
	if !exact {
		t, ok := Common(x, y)
		return Arithmetic{t, t, t}, ok
	}
	t := Dec(a.Precision+b.Precision, a.Scale+b.Scale)
	return Arithmetic{a, b, t}, t.Precision <= MaxPrecision
}

// Div gives the types of x / y of numbers: DOUBLE, or DECIMAL if both are exact
// and one is a DECIMAL.
func Div(x, y Type) Arithmetic {
	a, b, exact := decimals(x, y)
	if !exact {
		d := Of(Double)
		return Arithmetic{d, d, d}
	}
	i := a.Precision - a.Scale + b.Scale
	s := max(6, a.Scale+b.Precision+1)
	if i+s > MaxPrecision {
		s = max(6, MaxPrecision-i)
	}
	s = min(s, MaxPrecision)
	return Arithmetic{a, b, Dec(min(i+s, MaxPrecision), s)}
}

// IntDiv gives the types of x DIV y; approximate numbers have none.
func IntDiv(x, y Type) (Arithmetic, bool) {
	if x.IsApprox() || y.IsApprox() {
		return Arithmetic{}, false
	}
	a, b, exact := decimals(x, y)
	if !exact {
		t, ok := Common(x, y)
		return Arithmetic{t, t, t}, ok
	}
	return Arithmetic{a, b, Dec(min(max(a.Precision-a.Scale+b.Scale, 1), MaxPrecision), 0)}, true
}

// Mod gives the types of x % y.
func Mod(x, y Type) (Arithmetic, bool) {
	a, b, exact := decimals(x, y)
	if !exact {
		t, ok := Common(x, y)
		return Arithmetic{t, t, t}, ok
	}
	s := max(a.Scale, b.Scale)
	p := max(min(a.Precision-a.Scale, b.Precision-b.Scale)+s, 1)
	return Arithmetic{a, b, Dec(p, s)}, p <= MaxPrecision
}

// decimals returns both types as decimals if they are exact numbers and at
// least one of them is a DECIMAL.
func decimals(x, y Type) (a, b Type, ok bool) {
	if x.Kind != Decimal && y.Kind != Decimal {
		return x, y, false
	}
	a, okA := x.AsDecimal()
	b, okB := y.AsDecimal()
	return a, b, okA && okB
}

// Widening returns how far an implicit conversion in a call's arguments goes:
// 0 for none, more for wider types. It reports false when there is no such
// conversion.
func Widening(from Type, to Kind) (cost int, ok bool) {
	if from.Kind == to || from.Kind == Null {
		return 0, true
	}
	ladder := map[Kind]int{Int: 0, BigInt: 1, Decimal: 2, Float: 3, Double: 4}
	a, okA := ladder[from.Kind]
	b, okB := ladder[to]
	switch {
	case okA && okB && b > a && to != Float: // no other number fits a FLOAT
		return b - a, true
	case from.Kind == Date && to == Timestamp, from.Kind == JSON && to == String:
		return 1, true
	}
	return 0, false
}

// castTable names, for each kind, the kinds that CAST converts it to.
var castTable = map[Kind][]Kind{
	Boolean:   {Int, BigInt, String},
	Int:       {Boolean, BigInt, Float, Double, Decimal, String, Timestamp},
	BigInt:    {Boolean, Int, Float, Double, Decimal, String, Timestamp},
	Float:     {Int, BigInt, Double, Decimal, String},
	Double:    {Int, BigInt, Float, Decimal, String},
	Decimal:   {Int, BigInt, Float, Double, String},
	String:    {Boolean, Int, BigInt, Float, Double, Decimal, Bytes, Date, Time, Timestamp, Interval},
	Bytes:     {String},
	Date:      {Timestamp, String},
	Time:      {String, Interval},
	Timestamp: {Date, Time, BigInt, String},
	Interval:  {String},
	JSON:      {Boolean, Int, BigInt, Float, Double, Decimal, String, Bytes, Date, Time, Timestamp},
}

// CanCast reports whether CAST converts from into to.
func CanCast(from, to Type) bool {
	switch {
	case from.Kind == Null:
		return true
	case from.IsNested() && to.Kind == from.Kind:
		return canCastParts(from, to)
	case from.IsNested() && to.Kind == String, from.Kind == String && to.IsNested(), to.Kind == JSON, from.Kind == JSON && to.Kind != Interval:
		return true
	case from.Kind == to.Kind:
		return from.Equal(to) || from.Kind == Decimal
	}
	for _, k := range castTable[from.Kind] {
		if k == to.Kind {
			return true
		}
	}
	return false
}

// canCastParts reports whether CAST converts the parts of a nested type; fields
// of structs are found by their names, and those that are missing become NULL.
func canCastParts(from, to Type) bool {
	switch from.Kind {
	case Array:
		return CanCast(*from.Elem, *to.Elem)
	case Map:
		return CanCast(*from.Key, *to.Key) && CanCast(*from.Elem, *to.Elem)
	}
	some := false
	for _, f := range to.Fields {
		i := from.FieldIndex(f.Name)
		if i < 0 {
			continue
		}
		some = true
		if !CanCast(from.Fields[i].Type, f.Type) {
			return false
		}
	}
	return some
}

// CastTargets returns the kinds that CAST converts a type to.
func CastTargets(from Type) []Kind { return castTable[from.Kind] }

// CastFails reports whether CAST of some value of from into to can fail.
func CastFails(from, to Type) bool {
	if from.Kind == Null || from.Equal(to) || to.Kind == String && from.Kind != Bytes {
		return false
	}
	switch {
	case from.IsNested() && from.Kind == to.Kind:
		return castPartsFail(from, to)
	case to.Kind == JSON:
		return from.Kind == String
	case from.IsInteger() && to.IsApprox(), from.Kind == Int && to.Kind == BigInt, from.Kind == Float && to.Kind == Double, from.Kind == Decimal && to.IsApprox():
		return false
	case from.Kind == Boolean, to.Kind == Boolean && from.IsInteger(), from.Kind == Date && to.Kind == Timestamp, from.Kind == Timestamp, from.Kind == Time, from.Kind == String && to.Kind == Bytes:
		return false
	case to.Kind == Decimal:
		d, ok := from.AsDecimal()
		return !ok || to.Precision-to.Scale < d.Precision-d.Scale || to.Scale < d.Scale
	}
	return true
}

func castPartsFail(from, to Type) bool {
	switch from.Kind {
	case Array:
		return CastFails(*from.Elem, *to.Elem)
	case Map:
		return CastFails(*from.Key, *to.Key) || CastFails(*from.Elem, *to.Elem)
	}
	for _, f := range to.Fields {
		if i := from.FieldIndex(f.Name); i >= 0 && CastFails(from.Fields[i].Type, f.Type) {
			return true
		}
	}
	return false
}

// Named returns the type that a SQL name without parameters stands for. Names
// are in upper case; DECIMAL is DECIMAL(38, 9).
func Named(name string) (Type, bool) {
	t, ok := byName[name]
	return t, ok
}

var byName = map[string]Type{
	"BOOLEAN": Of(Boolean), "BOOL": Of(Boolean),
	"INT": Of(Int), "INTEGER": Of(Int), "SMALLINT": Of(Int), "TINYINT": Of(Int), "INT2": Of(Int), "INT4": Of(Int), "INT32": Of(Int),
	"BIGINT": Of(BigInt), "INT8": Of(BigInt), "LONG": Of(BigInt), "INT64": Of(BigInt),
	"FLOAT": Of(Float), "REAL": Of(Float), "FLOAT4": Of(Float),
	"DOUBLE": Of(Double), "DOUBLE PRECISION": Of(Double), "FLOAT8": Of(Double), "FLOAT64": Of(Double),
	"DECIMAL": Dec(38, 9), "NUMERIC": Dec(38, 9), "DEC": Dec(38, 9),
	"STRING": Of(String), "VARCHAR": Of(String), "TEXT": Of(String), "CHAR": Of(String), "CHARACTER": Of(String), "CHARACTER VARYING": Of(String), "CHAR VARYING": Of(String),
	"BYTES": Of(Bytes), "BYTEA": Of(Bytes), "BINARY": Of(Bytes), "VARBINARY": Of(Bytes), "BLOB": Of(Bytes),
	"DATE": Of(Date), "TIME": Of(Time), "TIME WITHOUT TIME ZONE": Of(Time),
	"TIMESTAMP": Of(Timestamp), "DATETIME": Of(Timestamp), "TIMESTAMPTZ": Of(Timestamp), "TIMESTAMP_LTZ": Of(Timestamp),
	"TIMESTAMP WITH TIME ZONE": Of(Timestamp), "TIMESTAMP WITHOUT TIME ZONE": Of(Timestamp), "TIMESTAMP WITH LOCAL TIME ZONE": Of(Timestamp),
	"INTERVAL": Of(Interval), "JSON": Of(JSON), "JSONB": Of(JSON),
}

// Names returns the names that Named knows, for suggestions.
func Names() []string {
	return []string{
		"BOOLEAN", "INT", "INTEGER", "SMALLINT", "BIGINT", "FLOAT", "REAL", "DOUBLE", "DECIMAL", "NUMERIC",
		"STRING", "VARCHAR", "TEXT", "CHAR", "BYTES", "DATE", "TIME", "TIMESTAMP", "INTERVAL", "JSON",
	}
}
