package pipeline

import "github.com/velocsql/veloc/parser/source"

// Step is one instruction of a generated function, in order.
//
//sumtype:decl
type Step interface{ step() }

// Clause starts the steps of an SQL clause: a comment with its place.
type Clause struct {
	Text string // "WHERE amount > 10"
	Pos  source.Pos
}

// Let defines a local variable: `name := x`, or `name, ok := x` when OK is set.
type Let struct {
	Name string
	OK   string
	X    Expr
}

// Declare declares a variable with the zero value of its type.
type Declare struct {
	Name string
	Type GoType
}

// Assign is `lhs op rhs` with op "=", "+=", "|=" ..; "++" and "--" have no rhs.
type Assign struct {
	LHS Expr
	Op  string
	RHS Expr
}

// Do evaluates a call for its effect.
type Do struct{ X Expr }

// If branches.
type If struct {
	Cond       Expr
	Then, Else []Step
}

// Branch hands the decoded record at hand to a function of the query.
type Branch struct {
	To   *Func
	Op   Expr // what happens to the row, if To takes it
	Time Expr // its event time, if To takes it
	// Again: a step before it has handed on the same record.
	Again bool
}

// Repeat runs steps so many times.
type Repeat struct {
	Times Expr
	Steps []Step
}

// Skip leaves the row: nothing more is done with it.
type Skip struct{}

// CheckFault rejects the record if an expression before it failed.
type CheckFault struct {
	Pos source.Pos
	// Group: the step is in a function over a group, where no record is at
	// hand; the failure is reported for the group.
	Group bool
}

// Observe gives the row's event time to the clock of the source and lets
// windows close that end before it.
type Observe struct{ Time Expr }

// FindGroup looks up the group of a key in a table and makes it if it is new.
// The steps that follow use the variable g.
type FindGroup struct {
	Table *Table
	// Known: a key that the table does not have is not made new; the row is left.
	Known bool
	// Key are the values of the key's fields, in order; a key of one field is
	// the value itself.
	Key []Expr
	// Time is the event time of the row, for windows.
	Time Expr
	// Each are the steps for each of the windows that the row is in, for kinds
	// that overlap.
	Each []Step
}

// Wait leaves the row while the table is large: it waits with others for the steps
// that follow, which are those of To.
type Wait struct {
	Table *Table
	To    *Func
}

// FirstTime leaves the row if the table has seen the key, and remembers it.
type FirstTime struct {
	Table *Table
	Key   []Expr
}

// Take leaves the row if the limit is used up.
type Take struct{ Limit *Limit }

// FindSeen is the step of DISTINCT inside an aggregate: the steps of Then run
// only if the values are new to the group's set.
type FindSeen struct {
	Set  Expr // g.qSeen
	Key  Expr
	KeyT GoType
	Then []Step
	// At is the number of the row, for sets that count because rows can be taken
	// back; nil for others.
	At Expr
	// Undo: a value is taken out, and Then runs if it is gone. It may read the
	// number of the row that brought it, at.
	Undo bool
}

// MarkSeen notes that an aggregate of the group g has a value.
type MarkSeen struct {
	Table *Table
	Agg   *AggState
	Undo  bool // it has none any more
}

// Replace puts the row in into the entry g of the one with its key: the earlier
// one is taken back from its group, the new one brought to its own.
type Replace struct {
	Row  *Struct
	Live *Field   // the row is there
	Same []*Field // equal in both: they are of one group
	// Arrival is the field that is given the row's number in order of arrival; nil if
	// nobody asks.
	Arrival *Field
	Time    *Field // the event time, which never goes back; nil if nobody asks
	// Retract and Update are the functions over the rows.
	Retract, Update *Func
}

// EmitGroup emits the group g at once (EMIT CHANGES), lets it wait, or if its window has come
// out before, for tables that refire.
type EmitGroup struct{ Table *Table }

// Emit fills a row and hands it on: to the readers and sinks of the query, to
// a function of the same query, to a sort, or to the windows of a group.
type Emit struct {
	Out  *Struct
	Sets []Set
	// Again: a step before it in the same function has filled such a row.
	Again bool
	To    *Func // nil: the query's output
	Sort  *Sort
	// Slides: the row is kept for the windows of the group e of this table.
	Slides *Table
	// Op is the variable that holds the operation, for a query that deletes.
	Op string
	// Time is the event time of the row, if somebody needs it.
	Time Expr
	// Start and End are the bounds of the row's window, if a sink wants them.
	Start, End Expr
}

// Set gives a field of the output its value. Null is nil if it is never NULL.
type Set struct {
	Field *Field
	X     Expr
	Null  Expr
}

// AlwaysNull reports a field that is NULL in every row; its value is not written.
func (s *Set) AlwaysNull() bool {
	l, ok := s.Null.(*Lit)
	return ok && l.Text == "true"
}

func (*Clause) step()     {}
func (*Let) step()        {}
func (*Declare) step()    {}
func (*Assign) step()     {}
func (*Do) step()         {}
func (*If) step()         {}
func (*Skip) step()       {}
func (*Branch) step()     {}
func (*Repeat) step()     {}
func (*CheckFault) step() {}
func (*Observe) step()    {}
func (*FindGroup) step()  {}
func (*FindSeen) step()   {}
func (*Wait) step()       {}
func (*FirstTime) step()  {}
func (*Take) step()       {}
func (*MarkSeen) step()   {}
func (*EmitGroup) step()  {}
func (*Replace) step()    {}
func (*Emit) step()       {}
