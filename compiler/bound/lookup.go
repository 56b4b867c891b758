package bound

// Lookup is a subquery in an expression: the row that a relation of kind Inner
// has for a key. The relation is complete before the first row of its reader
// comes, and has one row per key.
type Lookup struct {
	Node
	Rel *Relation
	// Keys are the values of the relation's key columns, in their order and of
	// their types. A key with a NULL has no row.
	Keys []Expr
	// Value is computed over the columns of the row, Absent where there is none.
	Value, Absent Expr
	// Once is the column that counts the rows behind the row; more than one is a
	// failure. Nil: there can be several.
	Once *Col
}

// Walk calls fn for an expression and all its parts. The columns of a Lookup's
// row are no columns of the expression's own: its Value and Absent are left out.
func Walk(e Expr, fn func(Expr)) {
	if e == nil {
		return
	}
	fn(e)
	all := func(list ...Expr) {
		for _, x := range list {
			Walk(x, fn)
		}
	}
	switch e := e.(type) {
	case *Operate:
		all(e.X, e.Y)
	case *Case:
		for _, w := range e.Whens {
			all(w.Cond, w.Then)
		}
		all(e.Else)
	case *In:
		all(e.X)
		all(e.List...)
	case *Like:
		all(e.X, e.Pattern)
	case *Extreme:
		all(e.Args...)
	case *Cast:
		all(e.X)
	case *Attempt:
		all(e.X)
	case *Call:
		all(e.Args...)
	case *Lookup:
		all(e.Keys...)
	case *Field:
		all(e.X)
	case *Item:
		all(e.X, e.I)
	case *Build:
		all(e.Args...)
	case *Each:
		all(e.X, e.Init, e.Body, e.Value)
	}
}
