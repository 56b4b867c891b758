// Package pipeline is the physical form of a program: which Go structs and
// functions there are, with all names and types settled, and what each function
// does step by step. Codegen prints it without deciding anything.
package pipeline

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

// Program is one generated package.
type Program struct {
	Name    string // "trades"
	Package string // Go package name
	File    *source.File
	Sources []*Source
	Queries []*Query // in the order in which they compute: readers after what they read
	Sinks   []*Sink
	// Dir is the folder of the SQL file as seen when compiling; it is not printed.
	Settings []bound.Setting
	// Stages are the parts of the work; nil: there is one.
	Stages []Stage
	// Clock: some expression asks for the current time.
	Clock bool
	// Structs are the types of STRUCT values, each after those of its fields.
	Structs []*Struct
	// Branches are what the program counts for a report of what tests cover; none
	// unless it was asked for.
	Branches []Outcome
}

// Outcome is one outcome of a condition of the SQL.
type Outcome struct {
	Clause  string // "WHERE", "HAVING" or "CASE"
	Outcome string // what it is when the branch runs: "true", "not true", "chosen"
	Text    string // "WHEN qty > 10", on one line
	Pos     source.Pos
}

// Struct is a Go struct type.
type Struct struct {
	Name   string
	Doc    string // sentence(s) without comment marks
	Fields []*Field
	// NullWords is how many bitmap words the nullable fields need; 0: none.
	// The words are called nulls, nulls2 .. (exported: Nulls, Nulls2 ..).
	NullBits int
	Exported bool
}

// Field is a field of a Struct.
type Field struct {
	Name   string
	Type   GoType
	Doc    string     // where it comes from, in SQL
	Column string     // the SQL name, for decoding and encoding
	SQL    types.Type // its SQL type
	Null   int        // its bit in the null bitmap; -1: never NULL
}

// Source is a declared relation with an external origin.
type Source struct {
	Rel     *bound.Relation
	Name    string  // SQL name
	GoName  string  // exported: "Trades"
	Var     string  // unexported: "trades"
	Row     *Struct // all declared columns
	Index   int
	Readers []*Func // the process functions that read it, in order
	// Twin: the same relation is read in a later stage too, under the names that
	// the embedding program knows.
	Twin *Source
	// Clock: some reader needs event time, so a watermark is kept.
	Clock bool
}

// Sink is an external destination.
type Sink struct {
	Bound  *bound.Sink
	Name   string
	GoName string
	Var    string
	Index  int
	Row    *Struct // of the rows it takes
	// Times is how times are written; nil: in ISO 8601.
	Times *TimeForm
}

// Query computes one relation.
type Query struct {
	Rel    *bound.Relation
	Name   string  // SQL name
	GoName string  // exported: "Volume"
	Var    string  // prefix of unexported names: "volume"
	File   string  // suffix of the file name: "volume"
	Out    *Struct // rows of the relation
	// Structs are the unexported row, key and state types, in order of use.
	Structs []*Struct
	Tables  []*Table
	Sorts   []*Sort
	Limits  []*Limit
	Funcs   []*Func
	// Prepared are values made once when the program starts: patterns, layouts.
	Prepared []*Prepared
	Sinks    []*Sink
	// Lookup: the rows go to a table that all workers share, where expressions of
	// later stages find them; nil: they go to sinks, readers and the embedding
	// program.
	Lookup  *Lookup
	Readers []*Func // functions of other queries that read this relation's rows
	// Updating: rows replace earlier rows with the same Key.
	Updating bool
	// Deletes: rows can also be withdrawn; emit takes an operation.
	Deletes bool
	Key     []int
	// Keys: values of nested types are keys of groups or of sets.
	Keys bool
	// KeyOnly: a row that is withdrawn comes with its key alone.
	KeyOnly bool
	// Changelog is how sinks write changes; nil: one row per change, the new one.
	Changelog *Changelog
	// Time: emit takes the event time of the row, because a reader needs it.
	Time bool
	// Windowed: emit takes the bounds of the window that the row is of, because a
	// sink wants them.
	Windowed bool
	// Carries: records keep the headers and the window of the one that they come from.
	Carries bool
	// NullValues: a record without a value gives a row without one, which keeps only
	// its key.
	NullValues bool
	// Retimed: the rows get an event time of their own (AS _event_time), so that
	// readers follow it and not the watermark of the input.
	Retimed bool
	// Clocks are the inputs whose watermarks this query follows, if it or a
	// reader has windows.
	Clocked bool
	Inputs  int // how many inputs it has: process and row functions
	// Parallel tells what several workers may do.
	Parallel Parallel
	Why      string // why not parallel, for explain
}

// Lookup is how the rows of a subquery are found.
type Lookup struct {
	Table *Table // its State is the row, nil if only its key matters
	Name  string // of the method: find or has
	Key   []Expr // of the table, over the row being emitted
	// Params are the names of the method's parameters, the fields of the key.
	Params []string
}

// Stage is a part of the work that is done before the next begins.
type Stage struct {
	Sources int // how many sources are read, in order
	Queries int // how many queries end, in order
}

// Changelog writes the row before a change too.
type Changelog struct {
	Form string // "retract" or "debezium"
	// Earlier has the rows that are out, by key; nil for rows that replace none.
	Earlier *Table
	Key     []Expr // of Earlier, over the row being emitted
}

// HasOp reports that the first column of what sinks write says what happens to the
// row.
func (q *Query) HasOp() bool {
	if q.Changelog != nil {
		return q.Changelog.Form == "retract"
	}
	return q.Deletes
}

// What says in words what the query computes: "table volume", or "the query"
// for a bare SELECT.
func (q *Query) What() string {
	if q.Rel.Kind == bound.Result {
		return "the query"
	}
	return q.Rel.Kind.String() + " " + q.Name
}

// Parallel is what several workers may do with a query.
type Parallel uint8

// The forms of parallel work.
const (
	// Stateless: batches are independent; output keeps the order of batches.
	Stateless Parallel = iota
	// Merge: workers keep partial groups that are merged at the end of input.
	Merge
	// Owned: every group belongs to one worker, rows go there through an exchange.
	Owned
	// Single: one worker computes it.
	Single
)

func (p Parallel) String() string { return [...]string{"stateless", "merge", "owned", "single"}[p] }

// Func is a method of a query.
type Func struct {
	Query *Query
	Kind  FuncKind
	Name  string // method name
	Doc   string
	// In is what the function reads: the decoded row, or the struct behind its
	// parameter.
	In     *Struct
	Source *Source // Process
	Reads  []Read  // Process: the declared columns, all of them, in order
	Table  *Table  // PerGroup
	Sort   *Sort   // PerSorted
	Consts *Consts // Each
	Input  int     // index among the query's inputs
	Time   *EventTime
	Steps  []Step
	// Message says how a Process function reads records with keys; nil: the
	// source has lines.
	Message *Message
	// HasTime: Row takes the event time as a second parameter t.
	HasTime bool
	// Quiet: Row takes whether it only changes its group, as a parameter quiet,
	// because another change of it follows.
	Quiet bool
	// HasOp: Row takes what happens to the row as a parameter op, because it may
	// be withdrawn.
	HasOp bool
	// Group: Row takes the entry e of this table beside the row, and changes it.
	Group *Table
	// Upstream is the query whose rows a Row function takes; nil for one of the
	// same query.
	Upstream *Query
	// Block is the function over rows of a Process function that wait; nil: none do.
	Block *Func
	// Waiting is the field with these rows, of Block.
	Waiting string
	// Owner: the function takes rows of an exchange for this table.
	Owner *Table
	// UsesGroup, UsesFault, UsesPrev: what the printed body needs.
	UsesFault bool
	Loc       source.Span
}

// FuncKind enumerates the functions.
type FuncKind uint8

// The kinds of function.
const (
	Process   FuncKind = iota // takes a batch of a source: the decoding loop
	Row                       // takes one row of another function's output
	PerGroup                  // takes one group of a table
	PerSorted                 // takes one row of a sort, in order, at the end of input
	Once                      // runs once at start: SELECT without FROM
	Block                     // takes rows of a Process function that have waited for each other
	Each                      // takes the constant rows of VALUES one by one
)

// Consts is a package variable with rows of constants.
type Consts struct {
	Name string
	Doc  string
	Row  *Struct
	Rows [][]Set
}

// Read is one declared column of a source and what the query does with it.
type Read struct {
	Column  string
	SQL     types.Type
	NotNull bool
	Field   *Field // nil: the column is only checked
	// Times is how a TIMESTAMP is written; nil: in ISO 8601, or as milliseconds.
	Times *TimeForm
}

// TimeForm is how columns of type TIMESTAMP are written: as a count since the epoch
// or by a pattern.
type TimeForm struct {
	Unit    string // Seconds, Millis, Micros, Nanos
	Pattern string // the package variable with the pattern; "" for a count
}

// Message says how a process function reads the records of a topic: the key and
// the value are decoded each for itself.
type Message struct {
	Key   *Part // nil: the key has no columns
	Value *Part // nil: the value has no columns
	// KeyOnly: the value has no key columns, so they are NULL where the key is.
	KeyOnly bool
	// Upsert: records replace each other by key, and one without a value deletes.
	Upsert bool
}

// Part is the key or the value of a record.
type Part struct {
	Format string // json, delimited or kafka
	// Bare: the only column is all of the part.
	Bare bool
	// In is what it is decoded into: for the value the row of the function, for
	// the key a struct of its own, whose fields are then taken over.
	In    *Struct
	Reads []Read
	// Rows are the fields of the function's row that the columns of a key go to;
	// nil where a column is only checked.
	Rows    []*Field
	Options []bound.Option // delimiter, csv.null, validate ..
}

// EventTime says how the event time of a decoded row is made.
type EventTime struct {
	Column         string
	Format         string
	OutOfOrderness int64 // µs
	// Own: the statement has a watermark of its own over this column.
	Own   bool
	X     Expr // the value of the column
	Null  Expr
	Kind  types.Kind
	Names []string // all columns, for messages
	// MarkTime is what a punctuated watermark moves to, if Marks holds (nil: always);
	// nil for other watermarks.
	MarkTime, Marks Expr
}

// Table is keyed state: the groups of an aggregate, or the rows that DISTINCT
// has seen.
type Table struct {
	// Latest: the entries are of rows that replace each other by key.
	Latest bool
	// Replaces: the entries are whole rows, taken back from their groups when they
	// are replaced.
	Replaces bool
	// Arrivals: the entries are rows with a number in order of arrival.
	Arrivals bool
	// Rows is the field that counts the rows of a group whose rows can be taken
	// back; nil: they cannot.
	Rows  *Field
	Name  string // field of the query struct
	Doc   string
	Key   []*Field
	KeyT  GoType  // type of the key: of the only field, or Keys' struct
	Keys  *Struct // nil if the key is one field that is never NULL
	State *Struct // nil for DISTINCT
	Aggs  []*AggState
	// Windowed groups live in panes.
	Window *bound.Window
	// Gather is the function that adds the state of one slice to another, where
	// windows that overlap are put together from slices of time, in each of which a row
	// is counted once; "" if there are no slices.
	Gather string
	Emit   *Func // the function that emits a group
	Final  bool  // groups are emitted when their window closes or the input ends
	// Refires: windows come out at their end, and again for each row that comes
	// before they are closed.
	Refires bool
	// Waits says that the results of groups that have changed wait; nil: they come
	// out at once.
	Waits *Waits
	// Once: a group comes out when it is new, and not for its other rows: it has
	// nothing that these could change.
	Once bool
	// Out is the field that says whether the row of a group is out, for Once where
	// rows can be taken back.
	Out *Field
	// Slides says how the rows of a window for each row enter and leave it; nil for
	// other windows.
	Slides *Slides
	// Sent: the state has a field that says whether the group's row is out (HAVING
	// under EMIT CHANGES).
	Sent bool
	// Exchange takes rows to the worker that owns their key; nil if workers keep
	// partial groups that are merged.
	Exchange *Func
	// ExchangeKeys is how many fields of the exchanged row, the first ones, are
	// the key.
	ExchangeKeys int
	// Always is the key of a group that exists without any row, the grand total of
	// grouping sets; nil: there is none.
	Always []Expr
	Pos    source.Pos
}

// Sliced reports windows that are put together from slices.
func (t *Table) Sliced() bool { return t.Gather != "" }

// Waits is how the results of groups wait that have changed.
type Waits struct {
	Every int64  // microseconds of the clock; 0: for the end of the batch
	Due   string // field with the time at which they come out, for Every
	// Mark is the field of the state that says that the group waits, List that of the
	// query with the groups in the order of their changes. Windows have their own.
	Mark *Field
	List string
	Emit string // the method that lets them come out
}

// Slides are the rows of groups that have a window for each row.
type Slides struct {
	Row          *Struct // what a row brings to its group
	Arrival      *Field  // the number of the row in order of arrival; nil if nobody asks
	Enter, Leave *Func   // bring a row into the state of its group, and take it back
}

// Texts reports a table whose key is one text, which has its own form.
func (t *Table) Texts() bool {
	return t.Keys == nil && len(t.Key) == 1 && t.KeyT.Name == "string" && t.Window == nil && t.State != nil
}

// Retracts reports a table whose groups can become others, so that the function
// that emits a group takes what happens to its row.
func (t *Table) Retracts() bool {
	return t.Window != nil && t.Window.Kind == bound.Session && (!t.Final || t.Refires)
}

// AggState is one aggregate in a state struct.
type AggState struct {
	Agg   *bound.Agg
	Field *Field
	// Seen is the bit of the state's null bitmap that is cleared by the first
	// value; -1 if the aggregate cannot be NULL.
	Seen int
	// Rows is the field that counts its values where they can be taken back; nil:
	// they cannot, or it is never NULL.
	Rows *Field
	// Set is the field with the set of values of a DISTINCT aggregate.
	Set *Field
	// Owned: rows can be taken back, so arguments are what the table of earlier rows
	// keeps: the state may hold them, and Set counts.
	Owned bool
	// SetKey is the type of its elements.
	SetKey   GoType
	Overload *funcs.AggOverload
	Init     Expr // nil: zero
}

// Sort collects rows and hands them on in order at the end of input, or of each
// window.
type Sort struct {
	Window *Table // whose windows are sorted each by itself; nil: all rows
	Name   string
	Row    *Struct
	Keys   []SortKey
	Limit  int64 // -1: all
	Emit   *Func
	Pos    source.Pos
}

// SortKey is one key of a sort.
type SortKey struct {
	Field      *Field
	Desc       bool
	NullsFirst bool
}

// Limit stops the query after N rows.
type Limit struct {
	Name string
	N    int64
}

// Prepared is a package variable made once: `var nameIsUpper = sqlfn.MustCompile(..)`.
type Prepared struct {
	Name string
	Doc  string
	X    Expr
}
