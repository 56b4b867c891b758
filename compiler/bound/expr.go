package bound

import (
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/decimal"
)

// Expr is a typed expression.
//
//sumtype:decl
type Expr interface {
	Type() types.Type
	// Nullable reports whether the value can be NULL.
	Nullable() bool
	Span() source.Span
	expr()
}

// Node is embedded in every expression.
type Node struct {
	T    types.Type
	Null bool // can be NULL
	Loc  source.Span
}

// Type returns the type of the expression.
func (n *Node) Type() types.Type { return n.T }

// Nullable reports whether the value can be NULL.
func (n *Node) Nullable() bool { return n.Null }

// Span returns the place in the SQL.
func (n *Node) Span() source.Span { return n.Loc }
func (*Node) expr()               {}

// Ref reads a column.
type Ref struct {
	Node
	Col *Col
}

// Const is a constant. Exactly one value field is meaningful, by type:
// Bool for BOOLEAN; Int for INT, BIGINT, DATE, TIME, TIMESTAMP; Float for FLOAT and
// DOUBLE; Dec (scaled) for DECIMAL; Text for STRING and BYTES; Interval for INTERVAL.
// IsNull is NULL of the type.
type Const struct {
	Node
	IsNull   bool
	Bool     bool
	Int      int64
	Float    float64
	Dec      decimal.Int128
	Text     string
	Interval Interval
}

// Interval is the value of an INTERVAL constant.
type Interval struct{ Months, Days, Micros int64 }

// Op enumerates the operators.
type Op uint8

// The operators. Operands of arithmetic and comparison have one common type,
// except decimal * and /, TIMESTAMP/DATE +- INTERVAL, and those noted.
const (
	Add    Op = iota // numbers; TIMESTAMP + INTERVAL, DATE + INTERVAL, INTERVAL + INTERVAL
	Sub              // also TIMESTAMP - TIMESTAMP = INTERVAL, DATE - DATE = INT days
	Mul              // also INTERVAL * BIGINT
	Div              // DOUBLE / DOUBLE and DECIMAL / DECIMAL; by zero is NULL
	IntDiv           // DIV; by zero is NULL
	Mod              // by zero is NULL
	Pow              // DOUBLE
	Neg              // unary
	Concat           // ||, STRING
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	And
	Or
	Not // unary
	// IS forms; never NULL. NotDistinct compares two operands.
	IsNull
	IsTrue
	IsFalse
	NotDistinct
)

// Operate applies an operator; Y is nil for unary ones.
type Operate struct {
	Node
	Op   Op
	X, Y Expr
}

// Case is CASE WHEN conditions; COALESCE, NULLIF, IF and simple CASE are
// rewritten to it. Conditions are BOOLEAN, results have the type of the node.
type Case struct {
	Node
	Whens []When
	Else  Expr // never nil; a NULL constant when it was absent
}

// When is one branch.
type When struct{ Cond, Then Expr }

// In is X IN (list); NOT IN is Not around it. All have one type.
type In struct {
	Node
	X    Expr
	List []Expr
}

// Like is X LIKE pattern with the pattern as an expression (usually constant).
type Like struct {
	Node
	X, Pattern Expr
	Escape     string // "" is none; the default is backslash
	Fold       bool   // ILIKE
}

// Extreme is GREATEST or LEAST: NULL arguments are ignored.
type Extreme struct {
	Node
	Least bool
	Args  []Expr
}

// Cast converts X to the node's type. Try yields NULL where a cast fails.
// Implicit casts never fail at run time unless MayFail.
type Cast struct {
	Node
	X   Expr
	Try bool
	// Implicit: inserted by the binder.
	Implicit bool
	// Java: as ksqlDB converts: integers that do not fit wrap around, and numbers,
	// times and nested values become the texts that Java makes of them.
	Java bool
}

// Attempt is X, or NULL where X fails.
type Attempt struct {
	Node
	X Expr
}

// Call calls a scalar function.
type Call struct {
	Node
	Func     *funcs.Func
	Overload *funcs.Overload
	Args     []Expr
	// Prepared: the argument of Overload.Const is constant.
	Prepared bool
}

// Agg is one aggregate of a Select block.
type Agg struct {
	Col      *Col
	Func     *funcs.AggFunc
	Overload *funcs.AggOverload // nil for COUNT(*)
	Star     bool
	Args     []Expr
	Distinct bool
	Filter   Expr
	Loc      source.Span
}
