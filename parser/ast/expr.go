package ast

import "github.com/velocsql/veloc/parser/source"

// Expr is an expression.
//
//sumtype:decl
type Expr interface {
	Span() source.Span
	expr()
}

// Node is embedded in every expression and holds its place.
type Node struct{ Loc source.Span }

// Span returns the text range of the expression.
func (n *Node) Span() source.Span { return n.Loc }
func (*Node) expr()               {}

// Name is a possibly qualified name: a, t.a, t.s.f. Which part is a relation,
// a column or a struct field is the binder's business.
type Name struct {
	Node
	Parts []Ident
}

// NumberLit is a number as written, without underscores. Exponent makes it a DOUBLE.
type NumberLit struct {
	Node
	Text     string
	Exponent bool
}

// StringLit is a character string, unescaped.
type StringLit struct {
	Node
	Value string
}

// BytesLit is X'0aff'.
type BytesLit struct {
	Node
	Value []byte
}

// BoolLit is TRUE or FALSE.
type BoolLit struct {
	Node
	Value bool
}

// NullLit is NULL.
type NullLit struct{ Node }

// TypedLit is DATE '..', TIME '..', TIMESTAMP '..'.
type TypedLit struct {
	Node
	Type  string // upper case
	Value StringLit
}

// IntervalLit is INTERVAL '5' MINUTE, INTERVAL 5 MINUTES, INTERVAL '1 day 2 hours'
// or a bare duration.
type IntervalLit struct {
	Node
	Value Duration
}

// Unary is -x, +x, ~x or NOT x.
type Unary struct {
	Node
	Op string // "-", "+", "~", "NOT"
	X  Expr
}

// Binary is an infix operator. Op is canonical: "=", "<>", "<", "<=", ">", ">=",
// "+", "-", "*", "/", "%", "DIV", "||", "^", "AND", "OR", "~", "!~", "~*", "!~*",
// "&", "|", "#", "<<", ">>".
type Binary struct {
	Node
	Op    string
	OpLoc source.Span
	X, Y  Expr
}

// Is is x IS [NOT] NULL | TRUE | FALSE | UNKNOWN | JSON [kind] | DISTINCT FROM y.
type Is struct {
	Node
	X    Expr
	Not  bool
	What string // "NULL", "TRUE", "FALSE", "UNKNOWN", "JSON", "JSON OBJECT" .., "DISTINCT FROM"
	Y    Expr   // DISTINCT FROM
}

// Between is x [NOT] BETWEEN [SYMMETRIC] low AND high.
type Between struct {
	Node
	X, Low, High Expr
	Not          bool
	Symmetric    bool
}

// In is x [NOT] IN (list) or x [NOT] IN (query).
type In struct {
	Node
	X     Expr
	Not   bool
	List  []Expr
	Query *Query
}

// Like is x [NOT] LIKE | ILIKE pattern [ESCAPE e].
type Like struct {
	Node
	X, Pattern Expr
	Escape     Expr
	Not        bool
	Fold       bool // ILIKE
	Similar    bool // SIMILAR TO
}

// Case is a CASE expression; Operand is nil for the searched form.
type Case struct {
	Node
	Operand Expr
	Whens   []When
	Else    Expr
}

// When is one branch of CASE.
type When struct {
	Loc        source.Span
	Cond, Then Expr
}

// Cast is CAST(x AS type), TRY_CAST, or x::type.
type Cast struct {
	Node
	X     Expr
	Type  *TypeName
	Try   bool
	Colon bool // written as ::
}

// Extract is EXTRACT(part FROM x).
type Extract struct {
	Node
	Part string // upper case
	X    Expr
}

// Call is a function call, aggregates and window functions included.
type Call struct {
	Node
	Name         Ident
	Star         bool // COUNT(*)
	Args         []Expr
	Distinct     bool
	OrderBy      []OrderItem
	Filter       Expr
	WithinGroup  []OrderItem
	Over         *Over
	IgnoreNulls  bool
	RespectNulls bool
	JSON         *JSONClauses // of JSON_VALUE, JSON_QUERY, JSON_EXISTS, JSON_OBJECT, JSON_ARRAY and their aggregates
}

// JSONClauses are what may stand behind the arguments of a JSON function, nil and
// "" where it does not.
type JSONClauses struct {
	Loc              source.Span
	Pairs            bool // arguments are keys and values
	Returning        *TypeName
	Nulls            string // "NULL", "ABSENT": ON NULL
	Wrapper          string // "WITHOUT WRAPPER", "WITH WRAPPER", "WITH CONDITIONAL WRAPPER"
	OnEmpty, OnError *JSONBehavior
}

// JSONBehavior is what a JSON function gives ON EMPTY or ON ERROR.
type JSONBehavior struct {
	Loc     source.Span
	What    string // "NULL", "ERROR", "DEFAULT", "EMPTY ARRAY", "EMPTY OBJECT", "TRUE", "FALSE", "UNKNOWN"
	Default Expr
}

// Over is the OVER clause of a window function.
type Over struct {
	Loc         source.Span
	Name        Ident // OVER w
	PartitionBy []Expr
	OrderBy     []OrderItem
	Frame       *Frame
	Buffer      *NumberLit // Velostream's ROWS WINDOW BUFFER n ROWS
	ExpireAfter *Duration
}

// NamedWindow is one WINDOW w AS (..) definition.
type NamedWindow struct {
	Name Ident
	Spec Over
}

// Frame is ROWS or RANGE BETWEEN two bounds.
type Frame struct {
	Loc        source.Span
	Unit       string // "ROWS", "RANGE", "GROUPS"
	Start, End Bound
}

// Bound is one end of a frame.
type Bound struct {
	Kind   string // "UNBOUNDED PRECEDING", "PRECEDING", "CURRENT ROW", "FOLLOWING", "UNBOUNDED FOLLOWING"
	Offset Expr
}

// Subquery is a scalar subquery.
type Subquery struct {
	Node
	Query *Query
}

// Exists is [NOT] EXISTS (query); NOT is a Unary around it.
type Exists struct {
	Node
	Query *Query
}

// Quantified is x op ANY|SOME|ALL (query or array).
type Quantified struct {
	Node
	X     Expr
	Op    string
	All   bool
	Query *Query
	Array Expr
}

// ArrayLit is ARRAY[a, b].
type ArrayLit struct {
	Node
	Elems []Expr
}

// MapLit is MAP{k: v} or ksqlDB's MAP(k := v).
type MapLit struct {
	Node
	Keys, Values []Expr
}

// StructLit is STRUCT(a := 1).
type StructLit struct {
	Node
	Names  []Ident
	Values []Expr
}

// Index is x[i].
type Index struct {
	Node
	X, I Expr
}

// Field is x.name or ksqlDB's x->name where x is not a plain name, and JSON's
// x -> 'k' and x ->> 'k' (then Key is set).
type Field struct {
	Node
	X    Expr
	Op   string // ".", "->", "->>"
	Name Ident
	Star bool // x->*
	Key  Expr // -> 'key', -> 0
}

// AtTimeZone is x AT TIME ZONE 'z'.
type AtTimeZone struct {
	Node
	X, Zone Expr
}

// Lambda is x => expr or (x, y) => expr.
type Lambda struct {
	Node
	Params []Ident
	Body   Expr
}

// Row is (a, b) as a value.
type Row struct {
	Node
	Elems []Expr
}

// TableArg is TABLE t as the argument of a window TVF.
type TableArg struct {
	Node
	Name        Ident
	Rel         Expr   // TABLE 'file.csv', a StringLit, or TABLE (SELECT ..), a Subquery; nil: it has a name
	PartitionBy []Expr // TABLE t PARTITION BY k, which a session window takes
}

// Descriptor is DESCRIPTOR(col).
type Descriptor struct {
	Node
	Cols []Ident
}

// Paren is (x); it is kept so that the formatter prints what was written.
type Paren struct {
	Node
	X Expr
}
