// Package plan turns bound queries into relational operators with derived
// properties, rewrites them by named rules, and explains the result.
package plan

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/source"
)

// Program is a planned program.
type Program struct {
	Bound *bound.Program
	// Relations are those that compute something, each after those it reads;
	// views are gone into their readers.
	Relations []*Relation
	Sources   []*bound.Relation // declared relations that are read
	// Stages is how many stages there are; sources are read anew in each that
	// needs them.
	Stages int
	// Fired tells how often each rule changed the program.
	Fired Fired
}

// Relation is a computed relation.
type Relation struct {
	Bound *bound.Relation
	Root  Node
	// Stage is when the relation is computed: after those of earlier stages.
	Stage int
	// Readers counts the relations that read this one.
	Readers int
	// Workers says what several workers do with the relation; the lowering
	// decides it, explain shows it.
	Workers string
	// Changelog is how sinks write changes: "retract" or "debezium"; "" is one row
	// per change, the new one.
	Changelog string
	// NeedsTime: some reader uses the event time of the rows.
	NeedsTime bool
}

// Props are what is known of a node's output.
type Props struct {
	Cols []*bound.Col
	// Updating: rows replace earlier rows with equal Key columns.
	Updating bool
	// Deletes: rows can also be withdrawn.
	Deletes bool
	Key     []*bound.Col
	// Single: there is at most one row, whose Key has no columns.
	Single  bool
	Bounded bool
	// Final: rows come only at the end of input or when windows close.
	Final bool
}

// Node is a relational operator.
//
//sumtype:decl
type Node interface {
	Props() *Props
	Inputs() []Node
	node()
}

type base struct{ props Props }

func (b *base) Props() *Props { return &b.props }
func (*base) node()           {}

// Scan reads a declared relation.
type Scan struct {
	base
	Rel    *bound.Relation
	Read   *bound.Read
	Filter bool // kept for explain: a filter is evaluated while decoding
}

// Derived reads another computed relation of the program.
type Derived struct {
	base
	Rel  *Relation
	Read *bound.Read
}

// One is a single row without columns.
type One struct{ base }

// Filter keeps the rows for which Cond is true.
type Filter struct {
	base
	In     Node
	Cond   bound.Expr
	Clause string // "WHERE" or "HAVING"
	Loc    source.Span
}

// Project computes columns.
type Project struct {
	base
	In    Node
	Items []bound.Computed
	// EventTime sets the event time of the rows; nil keeps it.
	EventTime bound.Expr
	Loc       source.Span
}

// Aggregate groups rows.
type Aggregate struct {
	base
	In      Node
	Keys    []bound.Computed
	Aggs    []*bound.Agg
	Window  *bound.Window
	Changes bool // emit every change; else when complete
	// Every: changes wait for so many microseconds of the clock, and a group that
	// has changed comes out once; 0: they do not.
	Every int64
	// Coalesce: changes wait for the end of the batch of input.
	Coalesce bool
	// Refires: a window comes out at its end, and again for late rows.
	Refires bool
	// Retracts: rows replace earlier ones, which are taken back from their groups.
	Retracts bool
	// Feeds: the results are changes for an operator over the groups.
	Feeds bool
	// KeepEmpty: a group from which all rows were taken back keeps its row.
	KeepEmpty bool
	// NewestTime: a complete result has the event time of its newest row.
	NewestTime bool
	Loc        source.Span
}

// Windows gives each row its window, or a row for each of its windows.
type Windows struct {
	base
	In     Node
	Window *bound.Window
	Loc    source.Span
}

// Inputs returns the node whose rows get windows.
func (n *Windows) Inputs() []Node { return []Node{n.In} }

// Unnest makes a row of each element of arrays; see bound.Unnest.
type Unnest struct {
	base
	In Node
	*bound.Unnest
}

// Inputs returns the node whose arrays are taken apart.
func (n *Unnest) Inputs() []Node { return []Node{n.In} }

// Repeat hands each row on so many times.
type Repeat struct {
	base
	In    Node
	Count bound.Expr
	Loc   source.Span
}

// Inputs returns the repeated node.
func (n *Repeat) Inputs() []Node { return []Node{n.In} }

// Expand hands each row on once for every grouping set, with the keys that the
// set lacks NULL.
type Expand struct {
	base
	In   Node
	Keys []ExpandedKey
	Sets [][]int    // indexes of the keys that each set has
	Set  *bound.Col // the index of the set
	Loc  source.Span
}

// ExpandedKey is a key before and after.
type ExpandedKey struct{ From, To *bound.Col }

// Inputs returns the expanded node.
func (n *Expand) Inputs() []Node { return []Node{n.In} }

// Content hands the rows of an updating input on at its end: of each key the last.
type Content struct {
	base
	In  Node
	Loc source.Span
}

// Inputs returns the node whose rows replace each other.
func (n *Content) Inputs() []Node { return []Node{n.In} }

// Distinct makes rows unique.
type Distinct struct {
	base
	In  Node
	Loc source.Span
}

// Sort orders all rows at the end of input and keeps Limit of them (-1: all); or
// those of each window when it closes.
type Sort struct {
	base
	EachWindow bool
	In         Node
	Order      []bound.Order
	Limit      int64
	Loc        source.Span
}

// Limit keeps the first N rows and ends the program.
type Limit struct {
	base
	In  Node
	N   int64
	Loc source.Span
}

// Union is UNION ALL; each input's columns stand for Cols.
type Union struct {
	base
	Ins  []Node
	Outs [][]*bound.Col // of each input
	Loc  source.Span
}

// Values are rows of expressions.
type Values struct {
	base
	Rows [][]bound.Expr
	Loc  source.Span
}

// Inputs returns no node.
func (*Values) Inputs() []Node { return nil }

// Inputs returns no node: rows come from outside.
func (*Scan) Inputs() []Node { return nil }

// Inputs returns no node: rows come from another relation.
func (*Derived) Inputs() []Node { return nil }

// Inputs returns no node.
func (*One) Inputs() []Node { return nil }

// Inputs returns the filtered node.
func (n *Filter) Inputs() []Node { return []Node{n.In} }

// Inputs returns the projected node.
func (n *Project) Inputs() []Node { return []Node{n.In} }

// Inputs returns the grouped node.
func (n *Aggregate) Inputs() []Node { return []Node{n.In} }

// Inputs returns the node whose rows are made unique.
func (n *Distinct) Inputs() []Node { return []Node{n.In} }

// Inputs returns the sorted node.
func (n *Sort) Inputs() []Node { return []Node{n.In} }

// Inputs returns the limited node.
func (n *Limit) Inputs() []Node { return []Node{n.In} }

// Inputs returns the united nodes in order.
func (n *Union) Inputs() []Node { return n.Ins }
