// Package dialect holds the rules in which the dialects of the language differ.
// A dialect is a value with named rules: the stages ask for the rule, never for
// the name of the dialect, so that all differences are in this package.
package dialect

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// Dialect is a set of rules. The zero value of each rule is that of veloc's own
// language.
type Dialect struct {
	Name string
	// UpperNames: names without quotes are in upper case, and names that differ
	// in case are different names.
	UpperNames bool
	// Unnamed makes the name of an item of the select list that has none: at is
	// its position, n counts the items without a name; both begin with 1.
	Unnamed func(at, n int) string
	// CallsUnnamed: a function call gives an item no name.
	CallsUnnamed bool
	// IntegerDivision: the quotient of two integers is an integer.
	IntegerDivision bool
	// FailuresAreNull: an expression that fails on a row is NULL there, where veloc
	// rejects the record.
	FailuresAreNull bool
	// ComparesNulls: a comparison with NULL is FALSE, and NOT of it TRUE.
	ComparesNulls bool
	// PlainNested: nested values have no order, no text is cast to one, and no key
	// holds a MAP.
	PlainNested bool
	// PlusJoins: + joins texts.
	PlusJoins bool
	// TypedLiterals: a text beside a number or a truth value is a mistake, where
	// veloc reads the literal as the other side's type.
	TypedLiterals bool
	// BigIntLiterals: a whole number as a literal is no larger than a BIGINT.
	BigIntLiterals bool
	// TypedNull: NULL alone in the select list, or as every branch of CASE, is a
	// mistake since it has no type.
	TypedNull bool
	// EmitChanges: a windowed query without EMIT gives every change.
	EmitChanges bool
	// NeverIdle: time stands still while no row comes.
	NeverIdle bool
	// Grace of a window that gives none, in microseconds.
	Grace int64
	// ConstantKeys: a number in GROUP BY is itself, where veloc takes it for the
	// position of an item.
	ConstantKeys bool
	// PartialTimes: a literal beside ROWTIME or WINDOWSTART may spell the beginning of
	// a time only: '2018', '2018-03'.
	PartialTimes bool
	// EndsAtLast: the end of a session is the time of its last row, where
	// veloc counts the gap after it too.
	EndsAtLast bool
	// FromEpoch: there are no windows that start before 1970.
	FromEpoch bool
	// DropNullKeys: a row with a NULL in one of its grouping keys is in no group.
	DropNullKeys bool
	// KeysInRecordKey: key columns are in the key of a record and not in its
	// value. A query has to select the key of its result exactly once, beside at
	// least one other column.
	KeysInRecordKey bool
	// KeepNullValues: a record of a stream that has no value passes through
	// projections, where veloc leaves it out.
	KeepNullValues bool
	// CarryRecords: a record that a projection makes of another has its headers and
	// its window.
	CarryRecords bool
	// EpochTimes: times in the records of topics are numbers: milliseconds, and days
	// for DATE.
	EpochTimes bool
	// LenientJSON: scalars in JSON become the type of their column: "1" is a number
	// and 1 a text; NaN and the infinities are words.
	LenientJSON bool
	// OwnTopics: every derived relation over topics writes a topic of its own, in the
	// formats of what it reads.
	OwnTopics bool
	// JavaCasts: integers that do not fit wrap around, and numbers, times and nested
	// values become texts as in Java: 1.0, Struct{A=1}.
	JavaCasts bool
	// KsqlFunctions: functions that ksqlDB defines otherwise do what they do there.
	KsqlFunctions bool
	// NewestTime: the result of a window has the time of its newest row, also when
	// the window is complete; else that of the window's end then.
	NewestTime bool
	// KeepEmpty: a group keeps its row when all its rows are gone; else that is
	// withdrawn.
	KeepEmpty bool
	// Pseudo are the names of columns that every row has and that no other
	// column can have.
	Pseudo []string
}

// Veloc is the language's own dialect.
var Veloc = &Dialect{
	Name:    "veloc",
	Unnamed: func(at, _ int) string { return fmt.Sprintf("col_%d", at) },
}

// KsqlDB runs the statements of ksqlDB unchanged.
var KsqlDB = &Dialect{
	Name:            "ksqldb",
	UpperNames:      true,
	Unnamed:         func(_, n int) string { return fmt.Sprintf("KSQL_COL_%d", n-1) },
	CallsUnnamed:    true,
	IntegerDivision: true,
	FailuresAreNull: true,
	ComparesNulls:   true,
	PlainNested:     true,
	PlusJoins:       true,
	TypedLiterals:   true,
	BigIntLiterals:  true,
	TypedNull:       true,
	EmitChanges:     true,
	NeverIdle:       true,
	Grace:           24 * 60 * 60 * 1_000_000,
	EndsAtLast:      true,
	FromEpoch:       true,
	DropNullKeys:    true,
	ConstantKeys:    true,
	PartialTimes:    true,
	KeysInRecordKey: true,
	NewestTime:      true,
	KeepNullValues:  true,
	CarryRecords:    true,
	EpochTimes:      true,
	LenientJSON:     true,
	KeepEmpty:       true,
	OwnTopics:       true,
	JavaCasts:       true,
	KsqlFunctions:   true,
	Pseudo:          []string{"ROWTIME", "ROWPARTITION", "ROWOFFSET", "WINDOWSTART", "WINDOWEND"},
}

// Names are the names of the dialects, for options and messages.
var Names = []string{Veloc.Name, KsqlDB.Name}

// Find returns the dialect of a name, in any case; "" is veloc's own.
func Find(name string) (*Dialect, bool) {
	for _, d := range []*Dialect{Veloc, KsqlDB} {
		if strings.EqualFold(strings.TrimSpace(name), d.Name) {
			return d, true
		}
	}
	return Veloc, name == ""
}

// Of returns the dialect that a program chooses with SET 'dialect', and where; it
// is nil if the program chooses none that there is.
func Of(f *ast.File) (*Dialect, source.Span) {
	for _, s := range f.Stmts {
		set, ok := s.(*ast.Set)
		if !ok || !strings.EqualFold(set.Key.Value, "dialect") {
			continue
		}
		if d, ok := Find(set.Value.Value); ok {
			return d, set.Loc
		}
	}
	return nil, source.Span{}
}

// IsPseudo reports a name that belongs to a column which every row has.
func (d *Dialect) IsPseudo(name string) bool {
	for _, p := range d.Pseudo {
		if p == name {
			return true
		}
	}
	return false
}
