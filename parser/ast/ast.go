// Package ast is the syntax tree of veloc SQL: what was written, nothing
// decided. Every node knows its place in the text.
package ast

import "github.com/velocsql/veloc/parser/source"

// File is one parsed program.
type File struct {
	Source   *source.File
	Stmts    []Stmt
	Comments []Comment // all comments in order, for the formatter
}

// Comment is one `-- ..` or `/* .. */` with its delimiters.
type Comment struct {
	Loc  source.Span
	Text string
}

// Ident is a name as written. Quoted names keep their spelling exactly; others
// compare without regard to case.
type Ident struct {
	Loc    source.Span
	Name   string // without quotes
	Quoted bool
}

// Span returns the place of the name.
func (i Ident) Span() source.Span { return i.Loc }

// Annotation is a `-- @key: value` line before a statement.
type Annotation struct {
	Loc        source.Span
	Key, Value string
}

// Option is one entry of WITH (..). Key is the text without quotes.
type Option struct {
	Loc      source.Span // key and value
	Key      string
	KeyLoc   source.Span
	Bare     bool // the key was written without quotes (ksqlDB's spelling, or EMIT = CHANGES)
	Value    string
	ValueLoc source.Span
	Kind     OptionKind // how the value was written
}

// OptionKind is the lexical form of an option's value.
type OptionKind uint8

// The forms of option values.
const (
	OptString OptionKind = iota
	OptNumber
	OptBool
	OptWord // a bare word such as CHANGES
)

// Stmt is a statement.
//
//sumtype:decl
type Stmt interface {
	Span() source.Span
	stmt()
}

// StmtBase is what every statement has.
type StmtBase struct {
	Loc         source.Span
	Annotations []Annotation
}

// Span returns the statement's text range, without the semicolon.
func (s *StmtBase) Span() source.Span { return s.Loc }
func (*StmtBase) stmt()               {}

// Base gives access to the annotations of any statement.
func (s *StmtBase) Base() *StmtBase { return s }

// RelKind says what CREATE makes.
type RelKind uint8

// The kinds of relation that CREATE STREAM and CREATE TABLE declare.
const (
	Stream RelKind = iota
	Table
)

func (k RelKind) String() string {
	if k == Table {
		return "TABLE"
	}
	return "STREAM"
}

// Create is CREATE STREAM or CREATE TABLE in all its forms: with columns,
// FROM 'file', FROM GO 'type', AS query.
type Create struct {
	StmtBase
	Kind        RelKind
	OrReplace   bool
	IfNotExists bool
	SourceOnly  bool // ksqlDB's CREATE SOURCE STREAM / TABLE
	Name        Ident
	Cols        []ColumnDef
	PrimaryKey  []Ident // PRIMARY KEY (a, b) at the end of the column list
	FromFile    *StringLit
	FromGo      *StringLit
	With        []Option // options before AS, or of a plain declaration, and those after the query
	Query       *Query   // AS query
}

// ColumnDef declares a column.
type ColumnDef struct {
	Loc        source.Span
	Name       Ident
	Type       *TypeName
	NotNull    bool
	Key        bool       // KEY
	PrimaryKey bool       // PRIMARY KEY
	Headers    bool       // ksqlDB's HEADERS
	Header     *StringLit // HEADER('key')
	Metadata   *StringLit // METADATA FROM 'x'
}

// TypeName is a type as written: DECIMAL(12, 4), ARRAY<STRUCT<a INT>>.
type TypeName struct {
	Loc    source.Span
	Name   string // upper case; a multi-word type has one blank: "DOUBLE PRECISION", "TIMESTAMP WITH TIME ZONE"
	Params []int
	Args   []*TypeName // ARRAY<..>, MAP<.., ..>
	Fields []TypeField // STRUCT<..>
}

// TypeField is a field of a STRUCT type.
type TypeField struct {
	Name Ident
	Type *TypeName
}

// CreateView is CREATE VIEW v AS query.
type CreateView struct {
	StmtBase
	OrReplace   bool
	IfNotExists bool
	Name        Ident
	Query       *Query
}

// CreateSink is CREATE SINK k [(cols)] WITH (..).
type CreateSink struct {
	StmtBase
	OrReplace   bool
	IfNotExists bool
	Name        Ident
	Cols        []ColumnDef
	With        []Option
}

// CreateType is CREATE TYPE n AS type.
type CreateType struct {
	StmtBase
	IfNotExists bool
	Name        Ident
	Type        *TypeName
}

// CreateFunction is CREATE FUNCTION in both languages.
type CreateFunction struct {
	StmtBase
	OrReplace bool
	Name      Ident
	Params    []TypeField
	Returns   *TypeName
	Language  string // "GO" or "SQL"
	GoSymbol  *StringLit
	Body      Expr // SQL
}

// Insert is INSERT INTO name [(cols)] query; the query may be VALUES.
type Insert struct {
	StmtBase
	Target Ident
	Cols   []Ident
	Query  *Query
}

// Set is SET 'key' = 'value'.
type Set struct {
	StmtBase
	Key   StringLit
	Value StringLit
}

// Select is a bare query whose result goes to the terminal.
type Select struct {
	StmtBase
	Query *Query
}

// Explain is EXPLAIN query.
type Explain struct {
	StmtBase
	Query *Query
}

// Describe is DESCRIBE name.
type Describe struct {
	StmtBase
	Name Ident
}

// Show is SHOW STREAMS | TABLES | FUNCTIONS.
type Show struct {
	StmtBase
	What string // upper case
}

// Refused is a statement that veloc knows and does not do: UPDATE, DELETE,
// START JOB, DROP .. The binder reports it by name.
type Refused struct {
	StmtBase
	Verb string // for example "UPDATE", "DEPLOY JOB", "DROP STREAM"
}

// Query is a complete query with its tail clauses.
type Query struct {
	Loc     source.Span
	CTEs    []CTE
	Body    QueryBody
	OrderBy []OrderItem
	Limit   *NumberLit
	Emit    *Emit
	Into    []Ident
	With    []Option // WITH (..) at the end of the query

	StateUnbounded source.Span // STATE UNBOUNDED, zero when absent
}

// Span returns the query's text range.
func (q *Query) Span() source.Span { return q.Loc }

// CTE is one entry of WITH.
type CTE struct {
	Name  Ident
	Cols  []Ident
	Query *Query
}

// QueryBody is a SELECT, a set operation, VALUES, or a query in parentheses.
//
//sumtype:decl
type QueryBody interface {
	Span() source.Span
	queryBody()
}

// SelectBody is one SELECT .. FROM ... block.
type SelectBody struct {
	Loc         source.Span
	Distinct    bool
	DistinctLoc source.Span
	Items       []SelectItem
	From        []TableRef // comma list; usually one
	FromLoc     source.Span
	Where       Expr
	WhereLoc    source.Span // from WHERE to the end of the condition; so for all ..Loc
	GroupBy     []GroupItem
	GroupLoc    source.Span
	Window      *Window
	Having      Expr
	HavingLoc   source.Span
	Qualify     Expr
	QualifyLoc  source.Span
	Windows     []NamedWindow // WINDOW w AS (..) definitions

	PartitionBy  []Expr // ksqlDB's PARTITION BY of a query: the key of its output
	PartitionLoc source.Span
}

// SetOp is left UNION|INTERSECT|EXCEPT [ALL] right.
type SetOp struct {
	Loc         source.Span
	Op          string // "UNION", "INTERSECT", "EXCEPT"
	OpLoc       source.Span
	All         bool
	Left, Right QueryBody
}

// Values is VALUES (..), (..).
type Values struct {
	Loc  source.Span
	Rows [][]Expr
}

// Nested is a parenthesised query used as an operand of a set operation.
type Nested struct {
	Loc   source.Span
	Query *Query
}

// Span returns the text range of the SELECT.
func (s *SelectBody) Span() source.Span { return s.Loc }

// Span returns the text range of the set operation.
func (s *SetOp) Span() source.Span { return s.Loc }

// Span returns the text range of VALUES.
func (s *Values) Span() source.Span { return s.Loc }

// Span returns the text range, parentheses included.
func (s *Nested) Span() source.Span { return s.Loc }

func (*SelectBody) queryBody() {}
func (*SetOp) queryBody()      {}
func (*Values) queryBody()     {}
func (*Nested) queryBody()     {}

// SelectItem is one item of the select list.
type SelectItem struct {
	Loc        source.Span
	Star       bool    // *
	Qualifier  []Ident // t.* (several parts: struct.*)
	Except     []Ident // * EXCEPT (a, b)
	Expr       Expr
	Alias      Ident // zero when absent
	As         bool  // the alias was written with AS
	PrimaryKey bool
}

// GroupItem is an expression of GROUP BY, or one of the grouping constructs.
type GroupItem struct {
	Loc  source.Span
	Kind string // "", "GROUPING SETS", "ROLLUP", "CUBE"
	Expr Expr   // Kind ""
	Sets [][]Expr
}

// OrderItem is one sort key.
type OrderItem struct {
	Loc        source.Span
	Expr       Expr
	Desc       bool
	NullsFirst *bool // nil: the default of the direction
}

// Emit is an EMIT clause.
type Emit struct {
	Loc   source.Span
	Mode  string // "CHANGES", "FINAL", "EVERY" (ON WINDOW CLOSE is "FINAL")
	Every *Duration
}

// Duration is a length of time where one is expected.
type Duration struct {
	Loc    source.Span
	Months int64
	Days   int64
	Micros int64 // hours and less
}

// Window is WINDOW kind(args ..) of a query.
type Window struct {
	Loc       source.Span
	Kind      string // "TUMBLING", "HOPPING", "SLIDING", "SESSION", "CUMULATE"
	KindLoc   source.Span
	Size      *Duration // TUMBLING, HOPPING, SLIDING, CUMULATE; the gap of SESSION
	Advance   *Duration // HOPPING, SLIDING(s, a); the step of CUMULATE
	Column    Expr      // the time column, nil when not named
	Offset    *Duration
	Grace     *Duration
	Retention *Duration
	Zone      *StringLit // AT TIME ZONE
}

// TableRef is something that FROM can read.
//
//sumtype:decl
type TableRef interface {
	Span() source.Span
	tableRef()
}

// TableName is a relation by name.
type TableName struct {
	Loc   source.Span
	Name  Ident
	Alias Ident
	AsOf  Expr // FOR SYSTEM_TIME AS OF x
}

// TablePath is a file or address in quotes standing for a relation.
type TablePath struct {
	Loc   source.Span
	Path  StringLit
	Alias Ident
}

// TableQuery is a derived table.
type TableQuery struct {
	Loc     source.Span
	Query   *Query
	Alias   Ident
	Columns []Ident
}

// TableFunc is a table function or a window TVF: UNNEST(x), TUMBLE(t, ts, ..),
// TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), ..)).
type TableFunc struct {
	Loc            source.Span
	Name           Ident
	Args           []Expr
	WithOrdinality bool
	Alias          Ident
	Columns        []Ident
}

// Join is left KIND JOIN right.
type Join struct {
	Loc         source.Span
	Kind        string // "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "ASOF", "ASOF LEFT"
	KindLoc     source.Span
	Left, Right TableRef
	On          Expr
	Using       []Ident
	Within      *Duration // WITHIN d, or the "before" bound
	WithinAfter *Duration // WITHIN (before, after)
	Grace       *Duration
	Match       Expr // ASOF MATCH_CONDITION
}

// Span returns the text range, alias included.
func (t *TableName) Span() source.Span { return t.Loc }

// Span returns the text range, alias included.
func (t *TablePath) Span() source.Span { return t.Loc }

// Span returns the text range, alias included.
func (t *TableQuery) Span() source.Span { return t.Loc }

// Span returns the text range, alias included.
func (t *TableFunc) Span() source.Span { return t.Loc }

// Span returns the text range of both sides and the condition.
func (t *Join) Span() source.Span { return t.Loc }

func (*TableName) tableRef()  {}
func (*TablePath) tableRef()  {}
func (*TableQuery) tableRef() {}
func (*TableFunc) tableRef()  {}
func (*Join) tableRef()       {}
