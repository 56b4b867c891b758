// Package bound is the typed tree that the binder makes of the syntax tree:
// every name is resolved, every implicit cast is explicit, stars and aliases
// are gone, constants keep their exact values. Later stages never look at
// syntax again; spans remain for messages and comments.
package bound

import (
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/spec"
)

// Program is a whole bound program.
type Program struct {
	Name      string // from the file name: "trades"
	File      *source.File
	Relations []*Relation // declared and derived, in the order of their statements
	Sinks     []*Sink     // every sink, in order of declaration
	Settings  []Setting   // SET 'key' = 'value'
	// Structs are the STRUCT types, each once and after those of its fields.
	Structs []types.Type
	Info    []Info // DESCRIBE, SHOW, EXPLAIN statements, for `veloc explain`
}

// Setting is a program-wide option.
type Setting struct {
	Key, Value string
	Loc        source.Span
}

// Info is a statement that only asks the compiler something.
type Info struct {
	Kind string // "DESCRIBE", "SHOW", "EXPLAIN"
	Name string
	Rel  *Relation // EXPLAIN: the relation of the query; DESCRIBE: the relation
	Loc  source.Span
}

// RelKind says what a relation is declared as.
type RelKind uint8

// The kinds of relation.
const (
	Stream RelKind = iota
	Table
	View   // inlined by the planner where it is read
	Result // a bare SELECT
	Inner  // a subquery in an expression: complete before its reader begins
)

func (k RelKind) String() string {
	return [...]string{"stream", "table", "view", "query", "subquery"}[k]
}

// Col is a column of a relation, of a query block's output, or computed inside
// a block. Identity is the pointer.
type Col struct {
	ID       int // unique in the program
	Name     string
	Type     types.Type
	Nullable bool
	Loc      source.Span // where it was declared or computed
	SQL      string      // canonical SQL of what it holds, for comments: "SUM(qty * price)"
	Lambda   bool        // a parameter of a lambda, which is no column of a relation
}

// Relation is a stream, table, view or bare query.
type Relation struct {
	Name    string
	Kind    RelKind
	Cols    []*Col
	Key     []int       // indexes of the key columns, from KEY or PRIMARY KEY
	Source  *Source     // declared: where rows come from; nil if derived
	Query   Query       // derived: what computes it; nil if declared
	Sinks   []*Sink     // where its rows go
	Inserts []*Relation // unnamed relations whose rows also go to this one (INSERT INTO a stream)
	Loc     source.Span // the statement
	NameLoc source.Span
	Meta    []Annotation // `-- @key: value` lines
	// NullValues: a record of the input that has no value gives one that has none
	// either; else it is left out.
	NullValues bool
	// Carries: the records of the result keep the headers and the window of the
	// record that they come from.
	Carries bool
	// Partitioned: the key is what PARTITION BY computes.
	Partitioned bool
	Options     []Option // of the statement itself: on.error, emit.coalesce ..; checked, canonical keys
}

// Annotation is a key and value from a `-- @key: value` line.
type Annotation struct {
	Key, Value string
	Loc        source.Span
}

// Source is the external origin of a declared relation.
type Source struct {
	Connector *spec.Connector
	Format    *spec.Format
	Options   []Option   // of connector and format, checked, canonical keys, defaults left out
	Time      *EventTime // nil: arrival time
	Idle      int64      // microseconds of silence after which a partition is idle; 0: never
	IdleGiven bool       // the program says how large Idle is
	Loc       source.Span
	Inferred  bool // columns come from a sample of the data
	// Message says how records with a key are read; nil: the source has lines.
	Message *Message
}

// Message says how the records of a topic hold the columns of a relation.
type Message struct {
	Key, Value string // formats: json, delimited, kafka, none
	// KeyOnly: key columns are not in the value.
	KeyOnly bool
	// Bare: the only column of the value is all of it, not a field of an object.
	Bare bool
	// Lenient: scalars of JSON are converted when they are read, and what is no
	// number there is written as a word: "NaN".
	Lenient bool
	// NullKey: a key whose columns are all NULL is none.
	NullKey bool
	// ValueKey: the key is computed from the value, so that a record without a
	// value has no key.
	ValueKey bool
	// Windowed: the key belongs to a window. Its start is a part of the key's
	// bytes unless the records carry the window beside them.
	Windowed, WindowBeside bool
	// Meta are the columns that come from neither, by their index: the name of
	// what they hold, as that of a system column.
	Meta map[int]string
}

// HeadersType is the type of a column of all headers.
var HeadersType = types.ArrayOf(types.StructOf(
	types.Field{Name: "KEY", Type: types.Of(types.String)}, types.Field{Name: "VALUE", Type: types.Of(types.Bytes)}))

// Bounded reports a source that ends by itself. Pushed rows end when the
// embedding program says so.
func (s *Source) Bounded() bool {
	watch, _ := Get(s.Options, "watch")
	return watch != "true"
}

// Option is a checked option value. Values may hold ${VAR} unless the option
// shapes the program.
type Option struct {
	Key, Value string
	Loc        source.Span
}

// Get returns the value of an option by its canonical key.
func Get(opts []Option, key string) (string, bool) {
	for _, o := range opts {
		if o.Key == key {
			return o.Value, true
		}
	}
	return "", false
}

// EventTime says which column holds the event time and how it is written.
type EventTime struct {
	Col            *Col
	Format         string // as in 'event.time.format'; "" = detect by type
	OutOfOrderness int64  // microseconds
	LagGiven       bool   // the program says how large OutOfOrderness is
	Strategy       string // "bounded_out_of_orderness", "ascending", "punctuated"
	Mark           *Col   // of a punctuated watermark: a BOOLEAN or a time; else nil
	Loc            source.Span
}

// OwnTime is the event time that a statement takes from a source for its windows,
// beside the one that the source declares.
type OwnTime struct {
	EventTime
	Rel *Relation // the source
}

// Sink is an external destination.
type Sink struct {
	Name      string // of CREATE SINK or of the relation
	Connector *spec.Connector
	Format    *spec.Format
	Options   []Option
	Loc       source.Span
	// Message says how records with a key are written; nil: the sink has lines.
	Message *Message
	// Key are the columns of the key of a record.
	Key []int
}

// EmitMode says when results go out.
type EmitMode uint8

// The emit modes.
const (
	EmitDefault EmitMode = iota // CHANGES without a window, FINAL with one
	EmitChanges
	EmitFinal
	EmitEvery
)

// Query is a bound query.
//
//sumtype:decl
type Query interface {
	// Out returns the output columns in order.
	Out() []*Col
	Span() source.Span
	query()
}

// Select is one SELECT block. Evaluation order: From, Where, Keys and Window,
// Aggs, Having, Items, Distinct, OrderBy, Limit.
type Select struct {
	Loc   source.Span
	From  Input
	Where Expr // nil: all rows
	// Explode makes rows of the elements of arrays, after Where; nil: it does not.
	Explode *Unnest
	// Grouped: there is a GROUP BY or an aggregate; Keys may be empty then.
	Grouped bool
	Keys    []Computed // grouping expressions; Having and Items refer to their Col
	Aggs    []*Agg     // each different aggregate once; Having and Items refer to its Col
	Window  *Window
	// Sets are the grouping sets: each lists the keys, by index, that its groups
	// have; the other keys are NULL in them. Nil: one set of all keys.
	Sets   [][]int
	Set    *Col // which of the sets a group belongs to; Having and Items refer to it
	Having Expr
	// Repeat: every row comes out so many times (INTERSECT ALL, EXCEPT ALL), over
	// the columns of Aggs; nil: once.
	Repeat Expr
	Items  []Computed // the select list
	// Distinct: rows of Items are made unique.
	Distinct bool
	OrderBy  []Order    // over the columns of Items, or of Hidden
	Hidden   []Computed // computed for OrderBy only
	Limit    int64      // -1: none
	Emit     EmitMode
	Every    int64 // microseconds, for EmitEvery
	// NewestTime: the event time of a window's result is that of its newest row,
	// also when the window is complete.
	NewestTime bool
	// KeepEmpty: a group from which all rows were taken back keeps its row.
	KeepEmpty bool
	// EventTime: the item written AS _event_time, which sets the row's event
	// time and is not in Items; nil keeps the input's.
	EventTime Expr

	WhereLoc, GroupLoc, HavingLoc, DistinctLoc, OrderLoc, LimitLoc, EmitLoc source.Span
}

// Union is UNION ALL of queries with equal column types.
type Union struct {
	Loc    source.Span
	What   string // "UNION ALL", or the operation that the union is part of
	Inputs []Query
	Cols   []*Col // new columns; each input's Out is cast to their types already
}

// Values is VALUES: rows of expressions without columns to read.
type Values struct {
	Loc  source.Span
	Cols []*Col
	Rows [][]Expr // each as long as Cols, of their types
}

// Out returns the columns of the rows.
func (v *Values) Out() []*Col { return v.Cols }

// Span returns the text range of the rows.
func (v *Values) Span() source.Span { return v.Loc }

// Out returns the columns of the select list.
func (s *Select) Out() []*Col {
	cols := make([]*Col, len(s.Items))
	for i := range s.Items {
		cols[i] = s.Items[i].Col
	}
	return cols
}

// Out returns the union's columns.
func (u *Union) Out() []*Col { return u.Cols }

// Span returns the text range of the block.
func (s *Select) Span() source.Span { return s.Loc }

// Span returns the text range of the union.
func (u *Union) Span() source.Span { return u.Loc }

func (*Select) query() {}
func (*Union) query()  {}
func (*Values) query() {}

// Input is what FROM reads.
//
//sumtype:decl
type Input interface{ input() }

// Read reads a relation. Cols are this use's own columns, parallel to Rel.Cols.
type Read struct {
	Rel   *Relation
	Alias string
	Cols  []*Col
	// System columns that the query names, nil where unused.
	System []SystemCol
	Loc    source.Span
}

// SystemCol is a system column that a query reads.
type SystemCol struct {
	Name string // canonical: "_event_time", "_partition", "_offset", ..
	Col  *Col
}

// Derived reads the result of a query: a derived table, a CTE.
type Derived struct {
	Alias string
	Query Query
	Loc   source.Span
}

// NoInput is a SELECT without FROM: one row.
type NoInput struct{}

// Unnest makes a row of each element of arrays, beside the columns of the row
// that the arrays are from. Shorter arrays are filled up with NULL.
type Unnest struct {
	In     Input // nil where EXPLODE of a select list makes the rows
	Arrays []Expr
	// Cols hold the elements: one for each ARRAY, the key and the value of a MAP.
	Cols       []*Col
	Ordinality *Col // counts the rows of each input row from 1; nil: nobody asks
	Outer      bool // a row without elements gives one row of NULLs
	Loc        source.Span
}

func (*Read) input() {}

// Windowed gives each row its window, or a row for each of its windows: Start and
// End of Window are columns beside those of the row.
type Windowed struct {
	In     Input
	Window *Window
	Loc    source.Span
}

func (*Windowed) input() {}
func (*Derived) input()  {}
func (*NoInput) input()  {}
func (*Unnest) input()   {}

// Computed is an expression and the column that holds it.
type Computed struct {
	Col  *Col
	Expr Expr
	Loc  source.Span
}

// Order is a sort key: a column of Items or Hidden.
type Order struct {
	Col        *Col
	Desc       bool
	NullsFirst bool
	Loc        source.Span
}

// WindowKind enumerates the windows.
type WindowKind uint8

// The kinds of window.
const (
	Tumbling WindowKind = iota
	Hopping
	Sliding
	Session
	Cumulate
)

func (k WindowKind) String() string {
	return [...]string{"TUMBLING", "HOPPING", "SLIDING", "SESSION", "CUMULATE"}[k]
}

// LatePolicy says what happens to a row that comes after all its windows have
// closed.
type LatePolicy uint8

// The policies.
const (
	LateDrop       LatePolicy = iota
	LateDeadLetter            // it goes to the dead-letter file
	LateNextWindow            // it is counted in the earliest window that is still open
	LateUpdate                // windows come out at their end, and again for each row before the grace period is over
)

func (p LatePolicy) String() string {
	return [...]string{"drop", "dead_letter", "include_in_next_window", "update_previous_window"}[p]
}

// Overlaps reports windows of which a row is in several.
func (w *Window) Overlaps() bool { return w.Kind == Hopping || w.Kind == Cumulate }

// Step is how far apart the ends of windows of a kind with fixed ends are.
func (w *Window) Step() int64 {
	if w.Overlaps() {
		return w.Advance
	}
	return w.Size
}

// FixedSize reports windows whose end follows from their start.
func (w *Window) FixedSize() bool {
	return (w.Kind == Tumbling || w.Kind == Hopping) && w.Zone == ""
}

// Window is the WINDOW clause. Lengths are microseconds.
type Window struct {
	Kind    WindowKind
	Size    int64 // the gap of SESSION
	Advance int64
	Offset  int64
	Grace   int64
	// EndsAtLast: the end of a session is its last row, not a gap later, and part
	// of its key.
	EndsAtLast bool
	// Zone: windows are of whole days of this time zone; "" if they are of one size.
	Zone string
	// FromEpoch: no window starts before 1970.
	FromEpoch bool
	Time      *Col // the column with the event time; nil: the input's event time
	// Own: the window goes by another column of a source than its event time, with
	// a watermark of its own; nil: it does not.
	Own   *OwnTime
	Late  LatePolicy
	Start *Col // TIMESTAMP; Having and Items refer to these
	End   *Col
	Loc   source.Span
	SQL   string // "TUMBLING(1 MINUTE)"
}
