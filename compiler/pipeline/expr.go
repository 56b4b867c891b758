package pipeline

// Expr is a Go expression. The lowering has settled names, types and order of
// evaluation; codegen only adds imports and the parentheses that Go needs.
//
//sumtype:decl
type Expr interface{ expr() }

// Var is a local variable, parameter or constant by name.
type Var struct{ Name string }

// Select is x.Name.
type Select struct {
	X    Expr
	Name string
}

// Lit is a literal in Go syntax: 10, 2.5, "abc", true. T is the type of a
// number that stands for a value of SQL.
type Lit struct {
	Text string
	T    GoType
}

// Unary is an operator and its operand: "!", "-", "&", "*".
type Unary struct {
	Op string
	X  Expr
}

// Binary is x op y.
type Binary struct {
	Op   string
	X, Y Expr
	// Total: a comparison of totally ordered values, which may be turned round.
	Total bool
}

// Call is a function call; Path "" is a builtin or a function of the package.
type Call struct {
	Path   string
	Name   string
	Args   []Expr
	Spread bool // the last argument is a slice with the rest of them
}

// Method is x.Name(args).
type Method struct {
	X    Expr
	Name string
	Args []Expr
}

// Conv is T(x).
type Conv struct {
	T GoType
	X Expr
}

// Symbol is a name of a package: math.MaxInt64.
type Symbol struct{ Path, Name string }

// Composite is T{} or T{Field: x, ..}.
type Composite struct {
	T      GoType
	Fields []FieldValue
}

// FieldValue is one field of a composite literal; Name "" is positional.
type FieldValue struct {
	Name string
	X    Expr
}

// NullTest asks whether a nullable field of a row is NULL. The bit is looked up
// when printing, because rows are pruned after lowering.
type NullTest struct {
	Row    Expr
	Struct *Struct
	Field  *Field
	Not    bool // the test for not NULL
}

// Nullable is a key value with its null test, for the fields of a key struct.
type Nullable struct{ X, Null Expr }

// AlwaysNull reports a value that is NULL in every row; it is not written.
func (n *Nullable) AlwaysNull() bool { return is(n.Null, "true") }

func (*Nullable) expr()  {}
func (*NullTest) expr()  {}
func (*Var) expr()       {}
func (*Select) expr()    {}
func (*Lit) expr()       {}
func (*Unary) expr()     {}
func (*Binary) expr()    {}
func (*Call) expr()      {}
func (*Method) expr()    {}
func (*Conv) expr()      {}
func (*Symbol) expr()    {}
func (*Composite) expr() {}

// GoType is a Go type: Name, Path.Name, or Path.Name[Args ..].
type GoType struct {
	Path  string // import path, "" for builtins and types of the package
	Name  string
	Args  []GoType
	Slice bool // []T
	Ptr   bool // *T
}

// PairKey is the key of two numbers of floating point, as state.FloatKey has
// them.
var PairKey = GoType{Name: "[2]uint64"}

// String returns the type without package qualification, for dumps.
func (t GoType) String() string {
	s := t.Name
	if t.Path != "" {
		i := len(t.Path) - 1
		for i >= 0 && t.Path[i] != '/' {
			i--
		}
		s = t.Path[i+1:] + "." + s
	}
	if len(t.Args) > 0 {
		s += "["
		for i, a := range t.Args {
			if i > 0 {
				s += ", "
			}
			s += a.String()
		}
		s += "]"
	}
	if t.Ptr {
		s = "*" + s
	}
	if t.Slice {
		s = "[]" + s
	}
	return s
}

// And is x && y; nil stands for true. What is part of x already is not repeated.
func And(x, y Expr) Expr {
	if x == nil {
		return y
	}
	if y == nil {
		return x
	}
	switch {
	case is(x, "true"):
		return y
	case is(x, "false"), is(y, "true"), holds("&&", x, y):
		return x
	}
	return &Binary{Op: "&&", X: x, Y: y}
}

// is reports a literal of a text.
func is(x Expr, text string) bool {
	l, ok := x.(*Lit)
	return ok && l.Text == text
}

// Or is x || y; nil stands for false. What is part of x already is not
// repeated.
func Or(x, y Expr) Expr {
	if x == nil {
		return y
	}
	if y == nil || holds("||", x, y) {
		return x
	}
	switch {
	case is(x, "false"):
		return y
	case is(x, "true"), is(y, "false"):
		return x
	}
	return &Binary{Op: "||", X: x, Y: y}
}

// holds reports whether y is x, or one of the parts that op joins to x.
func holds(op string, x, y Expr) bool {
	switch x := x.(type) {
	case *Binary:
		return x.Op == op && (holds(op, x.X, y) || holds(op, x.Y, y))
	case *NullTest:
		y, ok := y.(*NullTest)
		return ok && x.Field == y.Field && x.Not == y.Not && Text(x.Row) == Text(y.Row)
	case *Var:
		y, ok := y.(*Var)
		return ok && x.Name == y.Name
	}
	return false
}

var negated = map[string]string{"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}

// Not is !x, pushed into comparisons of values that have a total order.
func Not(x Expr) Expr {
	switch x := x.(type) {
	case *Unary:
		if x.Op == "!" {
			return x.X
		}
	case *Binary:
		if op, ok := negated[x.Op]; ok && (x.Total || x.Op == "==" || x.Op == "!=") {
			return &Binary{Op: op, X: x.X, Y: x.Y, Total: x.Total}
		}
	case *NullTest:
		return &NullTest{x.Row, x.Struct, x.Field, !x.Not}
	case *Lit:
		if x.Text == "true" {
			return &Lit{Text: "false"}
		}
		if x.Text == "false" {
			return &Lit{Text: "true"}
		}
	}
	return &Unary{Op: "!", X: x}
}
