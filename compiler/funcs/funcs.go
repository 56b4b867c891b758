// Package funcs is the table of SQL functions and aggregates. One entry per
// function carries its names, documentation, executed examples, signatures and
// the Go that a call becomes; binding, `veloc functions`, the reference page
// and completion all read it.
//
// Scalar functions are in one file per area (string.go, math.go ..), aggregates
// in aggregates.go.
package funcs

import (
	"strings"

	"github.com/velocsql/veloc/compiler/types"
)

// Import paths of the packages that recipes name.
const (
	SQLFn   = "github.com/velocsql/veloc/runtime/sqlfn"
	Agg     = "github.com/velocsql/veloc/runtime/agg"
	Decimal = "github.com/velocsql/veloc/runtime/decimal"
	Nested  = "github.com/velocsql/veloc/runtime/nested"
	JSON    = "github.com/velocsql/veloc/runtime/jsontext"
)

// Func is a scalar function.
type Func struct {
	Name      string   // lower case
	Aliases   []string // lower case
	Area      string   // "string", "math", "date", "conditional" ..
	Doc       string   // starts with the name, ends with a period
	Examples  []Example
	Overloads []Overload
	// KsqlDB are the overloads where the functions of ksqlDB are called and those
	// have another meaning; nil: the same.
	KsqlDB []Overload
	// Forms are the signatures of a special form, for documentation.
	Forms []string
	// Special names a form that the binder handles itself because it does not
	// follow the rules of calls: "coalesce", "nullif", "if", "greatest" ..
	Special string
}

// Example is an executed example: the expression and its value as SQL literals.
type Example struct{ SQL, Want string }

// Overload is one signature. The first overload whose parameters accept the
// arguments with the least conversion wins.
type Overload struct {
	// Params are the kinds of the parameters. types.Decimal accepts every
	// DECIMAL; types.Invalid accepts any type.
	Params   []types.Kind
	Optional int  // how many trailing parameters may be left out
	Variadic bool // the last parameter may repeat
	Ret      types.Type
	// RetOf computes the result type from the arguments; it wins over Ret.
	RetOf func(args []types.Type) types.Type
	Null  NullMode
	// Strict, for PassNulls and SkipNulls, is how many of the first arguments
	// make the result NULL where they are.
	Strict int
	// Texts: arguments of other types become STRING as by CAST.
	Texts bool
	Go    Recipe
	// Generic, if set, is a signature over nested types: Params only tell the
	// kinds, and arguments are passed as they are, decimals too.
	Generic *Generic
	// Const, if set, is used when the argument it names is a constant: the
	// value is prepared once when the program starts.
	Const *ConstRecipe
}

// NullMode says what NULL arguments do.
type NullMode uint8

// The null modes.
const (
	// Propagate: NULL in, NULL out; the Go function never sees a NULL.
	Propagate NullMode = iota
	// SkipNulls: variadic; NULL arguments are left out of the call (CONCAT).
	SkipNulls
	// PassNulls: a NULL argument is passed as the zero value of its type.
	PassNulls
)

// Recipe is the Go that a call becomes. Arguments have the Go types of
// generated code: bool, int32, int64, float32, float64, string, []byte,
// int32 days (DATE), int64 microseconds (TIME, TIMESTAMP), sqltime.Interval.
// A DECIMAL argument is passed as decimal.Int128 followed by its scale as an
// int; a DECIMAL result is a decimal.Int128 in the scale of the result type,
// and the call ends with that scale as an int.
type Recipe struct {
	Path string // import path; "" for a Go builtin
	Name string // function symbol
	// Fault: the first parameter is f *fault.Fault; a failure (overflow, bad
	// value) is reported there and fails the record.
	Fault bool
	// OrNull: the function returns (T, bool); false means NULL.
	OrNull bool
	// Clock: the function needs the current time: an int64 of microseconds
	// is passed first (before the arguments, after the fault).
	Clock bool
	// Allocates tells that the result may need memory (documentation).
	Allocates bool
}

// ConstRecipe prepares a constant argument once.
type ConstRecipe struct {
	Arg   int                     // index of the argument that must be constant
	New   Recipe                  // func(constant ..) T, or (T, error): called at start-up
	Type  string                  // Go type of the prepared value in New.Path, for example "*Pattern"
	Check func(text string) error // checks the constant when compiling; the error is shown at the argument
	// Method is called on the prepared value with the remaining arguments.
	Method string
	// Also is the index, above Arg, of another argument that must be constant,
	// which New takes too; 0 is none. CheckAlso checks it.
	Also      int
	CheckAlso func(text string) error
}

// Takes reports whether an argument is one of those that are prepared.
func (c *ConstRecipe) Takes(i int) bool { return i == c.Arg || c.Also > 0 && i == c.Also }

// In returns the overloads of a function; ksql asks for those of ksqlDB.
func (f *Func) In(ksql bool) []Overload {
	if ksql && f.KsqlDB != nil {
		return f.KsqlDB
	}
	return f.Overloads
}

// Names returns the name and all aliases.
func (f *Func) Names() []string { return append([]string{f.Name}, f.Aliases...) }

// AggFunc is an aggregate function.
type AggFunc struct {
	Name      string
	Aliases   []string
	Doc       string
	Examples  []AggExample
	Overloads []AggOverload
	// Star: the form f(*) is allowed (COUNT).
	Star bool
	// Ordered: the result depends on the order of the rows.
	Ordered bool
	// Sorted are the overloads with ORDER BY: the key of the order, as bytes, is
	// their last parameter.
	Sorted []AggOverload
	// Within: f(a) WITHIN GROUP (ORDER BY x) is f(x, a, whether the order falls).
	Within bool
	// Fractions: the second argument is a fraction, 0 to 1.
	Fractions bool
	// Same: DISTINCT changes nothing.
	Same bool
	// Special names a form that the binder makes of other aggregates: "delta",
	// "count_if".
	Special string
	// Forms are the signatures of a special form, for documentation.
	Forms []string
	// KsqlDB are the overloads where the functions of ksqlDB are called and those
	// have another meaning; nil: the same.
	KsqlDB []AggOverload
}

// In returns the overloads of an aggregate; ksql asks for those of ksqlDB.
func (f *AggFunc) In(ksql bool) []AggOverload {
	if ksql && f.KsqlDB != nil {
		return f.KsqlDB
	}
	return f.Overloads
}

// AggExample is an executed example over the rows of one column.
type AggExample struct {
	SQL  string // for example "sum(x)"
	Rows string // VALUES list of x, for example "(1), (2), (NULL)"
	Want string
}

// AggOverload is one signature of an aggregate and its state.
type AggOverload struct {
	Params []types.Kind
	// MaxPrecision, if not 0, restricts the overload to DECIMAL arguments of at
	// most this many digits; see Fits.
	MaxPrecision int
	Ret          types.Type
	RetOf        func(args []types.Type) types.Type
	// State is the Go type of the state: a builtin such as "int64" when Path
	// is empty, else a type of the package at Path. "T" stands for the Go
	// type of the first argument, "K" for that of the second, so that "Min[T]"
	// and "By[T,K]" are generic types.
	Path  string
	State string
	// How the state changes.
	Add    AggStep // for each row whose arguments are not NULL
	Merge  AggStep // merges the state of another worker; zero: cannot merge
	Remove AggStep // undoes Add; zero: cannot retract
	// Snapshot is the version of the binary form in which the state is kept, as
	// package snapshot of the runtime has it; 0: it cannot be kept. A state with
	// methods has Snapshot and Restore, which take the form of each of its type
	// parameters; one without has the form of its Go type.
	Snapshot uint8
	// Kept is the overload that takes the place of one that cannot retract where
	// rows can be taken back; it keeps the values. nil: there is none.
	Kept *AggOverload
	// Arrival: Add and Remove take the number of the row in order of arrival, an
	// int64, as the last parameter.
	Arrival bool
	// Init is the Go expression of the first state when the zero value will
	// not do: "math.MaxInt64" style names are written "max" or "min" of T.
	Init AggInit
	// Value is how the result is read.
	Value AggValue
	// NullOnEmpty: the result is NULL if no row was added (all but COUNT).
	NullOnEmpty bool
	// Final is how many of the last parameters are constants that the method of
	// Value takes, and Add does not.
	Final int
	// Nulls: NULL arguments count too; Add takes a bool behind the argument that
	// says whether it is NULL.
	Nulls bool
	// NullOnce: the state has a method AddNull, which adds NULL the first time, so
	// that DISTINCT can be said of an overload with Nulls.
	NullOnce bool
	// Keeps: the state keeps texts and bytes, which are copied for it.
	Keeps bool
	// Funcs are functions of types that Add gets behind the arguments.
	Funcs func(args []types.Type) []TypeFunc
}

// AggStep is the Go of one change of the state s by argument x.
type AggStep struct {
	Kind AggStepKind
	Name string // method name for Method
}

// AggStepKind enumerates the forms of a step.
type AggStepKind uint8

// The forms. Inline forms exist so that generated code says `g.n++` where an
// expert would.
const (
	NoStep    AggStepKind = iota
	Inc                   // s++
	Dec                   // s--
	AddAssign             // s += x (merge: s += o)
	SubAssign             // s -= x
	MinAssign             // s = min(s, x)
	MaxAssign             // s = max(s, x)
	Method                // s.Name(x ..) (merge: s.Name(&o))
	OrAssign              // s = s || x
	AndAssign             // s = s && x
	AndBits               // s &= x
	OrBits                // s |= x
	XorBits               // s ^= x
)

// AggInit says with what a state starts.
type AggInit uint8

// The initial states.
const (
	InitZero AggInit = iota
	InitMax          // the largest value of the argument's Go type
	InitMin          // the smallest
	InitTrue
	InitOnes // all bits
)

// AggValue says how the result is read from the state.
type AggValue struct {
	Method string // "" : the state itself; else s.Method()
	Fault  bool   // the method takes f *fault.Fault
	OrNull bool   // the method returns (T, bool)
	// Scale: the scale of a DECIMAL argument and that of the result are passed
	// as ints, in this order, after the fault.
	Scale bool
}

// Fits reports whether an overload whose Params accept the arguments takes
// their precision too.
func (a *AggOverload) Fits(args []types.Type) bool {
	if a.MaxPrecision == 0 {
		return true
	}
	for i, t := range args {
		if i < len(a.Params) && a.Params[i] != types.Decimal {
			continue
		}
		d, ok := t.AsDecimal()
		if ok && d.Precision > a.MaxPrecision {
			return false
		}
	}
	return true
}

// Retracts reports whether rows can be taken out of a state.
func (a *AggOverload) Retracts() bool { return a.Remove.Kind != NoStep }

// Snapshots reports whether a state can be kept and brought back.
func (a *AggOverload) Snapshots() bool { return a.Snapshot != 0 }

// Retracting is the overload for rows that can be taken back; nil if there is none.
func (a *AggOverload) Retracting() *AggOverload {
	if a.Retracts() {
		return a
	}
	return a.Kept
}

// Mergeable reports whether partial states can be combined.
func (a *AggOverload) Mergeable() bool { return a.Merge.Kind != NoStep }

// Scalars returns every scalar function, in order of area and name.
func Scalars() []Func { return scalars() }

// Aggregates returns every aggregate function.
func Aggregates() []AggFunc { return aggregates() }

// Find returns the scalar function of a name, in any case.
func Find(name string) (*Func, bool) {
	f, ok := scalarIndex()[strings.ToLower(name)]
	return f, ok
}

// FindAgg returns the aggregate function of a name, in any case.
func FindAgg(name string) (*AggFunc, bool) {
	f, ok := aggIndex()[strings.ToLower(name)]
	return f, ok
}

// flat are the types of package agg of a few words without memory of their own.
var flat = map[string]bool{
	"SumInt": true, "SumInt32": true, "Sum64": true, "Sum": true, "SumFloat": true,
	"AvgInt": true, "AvgDec64": true, "AvgDec": true, "AvgFloat": true, "Var": true, "Pair": true,
}

// Flat reports a state that is a value of a few words: a copy of it is another
// state, and merging two costs about as much as adding a row.
func (a *AggOverload) Flat() bool { return a.Path == "" || flat[a.State] }
