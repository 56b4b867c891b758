package bound

import "fmt"

// Field takes a field of a STRUCT by its index; a field of NULL is NULL.
type Field struct {
	Node
	X     Expr
	Index int
}

// Item takes an element of an ARRAY, counted from 1 or from the end if I is
// negative, or the value of a key of a MAP. It is NULL where there is none.
type Item struct {
	Node
	X, I Expr
}

// Build makes a value of a nested type. Args are the elements of an ARRAY, keys
// and values of a MAP in turn, or the values of all fields of a STRUCT.
type Build struct {
	Node
	Args []Expr
}

// EachForm says what is made of the elements.
type EachForm uint8

// The forms.
const (
	Transform EachForm = iota // the ARRAY, or MAP, of what Body (and Value) makes of each
	Filter                    // those for which Body is true
	Reduce                    // the last value of Body, which begins as Init
)

func (f EachForm) String() string { return [...]string{"transform", "filter", "reduce"}[f] }

// Each evaluates expressions for each element of an ARRAY or entry of a MAP.
type Each struct {
	Node
	Form EachForm
	X    Expr
	// Params are the columns that stand for the element, or for key and value;
	// State is the column that stands for the result so far of Reduce.
	Params []*Col
	State  *Col
	Init   Expr // Reduce
	Body   Expr // of an ARRAY, or the key of a MAP
	Value  Expr // the value of a MAP under Transform
}

func nestedText(e Expr) string {
	switch e := e.(type) {
	case *Field:
		return Text(e.X) + "." + e.X.Type().Fields[e.Index].Name
	case *Item:
		return Text(e.X) + "[" + Text(e.I) + "]"
	case *Build:
		return e.T.Kind.String() + "(" + texts(e.Args) + ")"
	case *Each:
		out := e.Form.String() + "(" + Text(e.X) + ", "
		if e.State != nil {
			out += Text(e.Init) + ", " + column(e.State) + ", "
		}
		for _, p := range e.Params {
			out += column(p) + ", "
		}
		out += "=> " + Text(e.Body)
		if e.Value != nil {
			out += ": " + Text(e.Value)
		}
		return out + ")"
	}
	panic(fmt.Sprintf("bound: unknown expression %T", e))
}
