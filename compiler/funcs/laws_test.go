package funcs

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	sqltypes "github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/agg"
	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sketch"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// stateTypes are the states that the table names, with the Go types of
// arguments that the laws are tried with.
var stateTypes = func() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for _, p := range []any{
		new(agg.CountDistinct[int64]), new(agg.CountDistinctFloat[float64]), new(agg.CountDistinctFloat[float32]), new(agg.CountDistinctText), new(agg.CountDistinctBytes),
		new(agg.SumInt), new(agg.SumInt32), new(agg.SumFloat), new(decimal.Sum), new(decimal.Sum64), new(agg.AvgInt), new(agg.AvgDec), new(agg.AvgDec64), new(agg.AvgFloat),
		new(agg.Min[decimal.Int128]), new(agg.Max[decimal.Int128]), new(agg.Min[sqltime.Interval]), new(agg.Max[sqltime.Interval]),
		new(agg.MinFloat[float32]), new(agg.MinFloat[float64]), new(agg.MaxFloat[float32]), new(agg.MaxFloat[float64]), new(agg.MinText), new(agg.MaxText),
		new(agg.First[int64]), new(agg.FirstText), new(agg.FirstBytes), new(agg.Last[int64]), new(agg.LastText), new(agg.LastBytes),
		new(agg.StringAgg), new(agg.StringAggBy), new(agg.Var), new(agg.Pair),
		new(agg.By[int64, int32]), new(agg.By[int64, int64]), new(agg.By[int64, string]), new(agg.ByFloat[int64]), new(agg.ByDec[int64]),
		new(agg.FirstOrNull[int64]), new(agg.LastOrNull[int64]), new(agg.LastOrNullText), new(agg.LastOrNullBytes),
		new(agg.Floats), new(agg.Ordered[int32]), new(agg.Ordered[int64]), new(agg.Ordered[string]), new(agg.OrderedDec),
		new(agg.Mode[int32]), new(agg.Mode[int64]), new(agg.Mode[string]), new(agg.ModeDec), new(agg.ModeFloat), new(agg.ModeBool),
		new(sketch.Distinct), new(sketch.Quantile),
		new(agg.Kept[int32]), new(agg.Kept[int64]), new(agg.Kept[float32]), new(agg.Kept[float64]), new(agg.Kept[string]), new(agg.Kept[decimal.Int128]), new(agg.Kept[sqltime.Interval]),
		new(agg.Arrivals[int64]), new(agg.Arrivals[string]), new(agg.Arrivals[[]byte]), new(agg.ArrivalsBy[int64]),
		new(agg.Beside[int64, int32]), new(agg.Beside[int64, int64]), new(agg.Beside[int64, string]), new(agg.Beside[int64, float64]), new(agg.Beside[int64, decimal.Int128]),
		new(agg.Joined), new(agg.KeptMap[int64, int64]), new(agg.Tally[int64]), new(agg.Tally[string]), new(agg.TallyFloat[float32]), new(agg.TallyFloat[float64]), new(agg.TallyBytes),
		new(agg.Truths), new(agg.Bits[int32]), new(agg.Bits[int64]),
		new(agg.List[int64]), new(agg.ListBy[int64]), new(agg.FirstN[int64]), new(agg.LastN[int64]), new(agg.Top[int64]), new(agg.MapOf[int64, int64]), new(agg.Histogram),
	} {
		t := reflect.TypeOf(p).Elem()
		out[t.String()] = t
	}
	return out
}()

// argument is a random value of a parameter, as generated code has it.
func argument(r *rand.Rand, o *AggOverload, i int) reflect.Value {
	small := r.Int64N(12) - 4
	switch o.Params[i] {
	case sqltypes.Boolean:
		return reflect.ValueOf(r.IntN(2) == 1)
	case sqltypes.Int, sqltypes.Date:
		return reflect.ValueOf(int32(small))
	case sqltypes.Float:
		return reflect.ValueOf(float32(small) / 2)
	case sqltypes.Double:
		return reflect.ValueOf(float64(small) / 4)
	case sqltypes.Decimal:
		if o.MaxPrecision == 0 {
			return reflect.ValueOf(decimal.FromInt64(small))
		}
	case sqltypes.String:
		return reflect.ValueOf(strings.Repeat("ab", r.IntN(3)) + string(rune('a'+r.IntN(3))))
	case sqltypes.Bytes:
		return reflect.ValueOf([]byte{byte('a' + r.IntN(4)), byte('a' + r.IntN(4))})
	case sqltypes.Interval:
		return reflect.ValueOf(sqltime.Interval{Micros: small})
	}
	return reflect.ValueOf(small)
}

// stateOf is the Go type of the state of an overload, and nil for a builtin.
func stateOf(t *testing.T, o *AggOverload, row []reflect.Value) reflect.Type {
	t.Helper()
	if o.Path == "" {
		return nil
	}
	name := o.Path[strings.LastIndexByte(o.Path, '/')+1:] + "." + o.State
	if base, params, generic := strings.Cut(name, "["); generic {
		var list []string
		for i := range strings.Split(params, ",") {
			arg := row[i].Type()
			if arg.Name() == "" {
				list = append(list, arg.String())
				continue
			}
			list = append(list, strings.TrimPrefix(arg.PkgPath()+"."+arg.Name(), "."))
		}
		name = base + "[" + strings.Join(list, ",") + "]"
	}
	typ, ok := stateTypes[name]
	if !ok {
		t.Fatalf("the laws are not tried with %s", name)
	}
	return typ
}

// lawful is one overload under test.
type lawful struct {
	name  string
	o     *AggOverload
	state reflect.Type
	final []reflect.Value
}

func (l *lawful) call(s reflect.Value, method string, args ...reflect.Value) []reflect.Value {
	return s.MethodByName(method).Call(args)
}

// orders are the comparisons that generated code passes, by the kind of the type.
var orders = map[sqltypes.Kind]any{
	sqltypes.Int: cmp.Compare[int32], sqltypes.Date: cmp.Compare[int32], sqltypes.BigInt: cmp.Compare[int64], sqltypes.Time: cmp.Compare[int64], sqltypes.Timestamp: cmp.Compare[int64],
	sqltypes.Float: cmp.Compare[float32], sqltypes.Double: cmp.Compare[float64], sqltypes.String: strings.Compare,
	sqltypes.Decimal: decimal.Int128.Cmp, sqltypes.Interval: sqltime.Compare,
}

// rowArgs are the arguments of Add: constants are left out, NULL flags put in; at is
// the number of the row in order of arrival.
func (l *lawful) rowArgs(row []reflect.Value, null bool, at int) []reflect.Value {
	var out []reflect.Value
	for _, v := range row[:len(row)-l.o.Final] {
		out = append(out, v)
		if l.o.Nulls {
			out = append(out, reflect.ValueOf(null))
		}
	}
	if l.o.Funcs != nil {
		for _, f := range l.o.Funcs(paramTypes(l.o)) {
			out = append(out, map[TypeOp]reflect.Value{Compare: reflect.ValueOf(orders[f.T.Kind]), Clone: reflect.ValueOf((func(int64) int64)(nil))}[f.Op])
		}
	}
	if l.o.Arrival {
		out = append(out, reflect.ValueOf(int64(at)))
	}
	return out
}

// alike compares results; those of floating point to nine digits, since the order
// of additions may change the last ones, and a root more.
func alike(got, want string) bool {
	if got == want {
		return true
	}
	x, err1 := strconv.ParseFloat(got, 64)
	y, err2 := strconv.ParseFloat(want, 64)
	if err1 != nil || err2 != nil {
		return false
	}
	return math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y)) || math.Abs(x-y) < 1e-7
}

// value reads the result as text.
func (l *lawful) value(s reflect.Value) string {
	var args []reflect.Value
	var f fault.Fault
	if l.o.Value.Fault {
		args = append(args, reflect.ValueOf(&f))
	}
	if l.o.Value.Scale {
		args = append(args, reflect.ValueOf(2), reflect.ValueOf(6))
	}
	out := l.call(s, l.o.Value.Method, append(args, l.final...)...)
	if l.o.Value.OrNull && !out[1].Bool() {
		return "NULL"
	}
	return fmt.Sprint(out[0].Interface()) + f.Take()
}

// TestAggregateLaws checks what the table states of every aggregate: that states
// which merge give, of two parts of the rows, the result of all, that in states
// which retract, rows that are taken out leave no trace, and that states which
// are kept and brought back go on as if nothing had happened.
func TestAggregateLaws(t *testing.T) {
	for _, f := range Aggregates() {
		all := stated(&f)
		for i := range all {
			o := &all[i]
			t.Run(fmt.Sprintf("%s/%s", f.Name, signatureOf(o)), func(t *testing.T) { checkLaws(t, f.Name, o) })
		}
	}
}

func signatureOf(o *AggOverload) string {
	var parts []string
	for _, k := range o.Params {
		parts = append(parts, k.String())
	}
	return strings.Join(parts, ",") + ":" + o.State
}

func checkLaws(t *testing.T, name string, o *AggOverload) {
	r := rand.New(rand.NewPCG(3, 5))
	l := &lawful{name: name, o: o}
	type row struct {
		args []reflect.Value
		null bool
		at   int
	}
	random := func() row {
		args := make([]reflect.Value, len(o.Params))
		for i := range args {
			args[i] = argument(r, o, i)
		}
		if o.Kept != nil { // what is a constant there is one of every row here
			copy(args[len(args)-o.Kept.Final:], constants(o.Kept))
		}
		return row{args: args, null: r.IntN(4) == 0}
	}
	if l.state = stateOf(t, o, random().args); l.state == nil {
		if o.Add.Kind == Method || o.Merge.Kind == Method || o.Remove.Kind == Method {
			t.Fatal("methods of a builtin")
		}
		checkPlainForm(t, o, random().args)
		return // one operator of Go each
	}
	l.final = constants(o)
	for range 60 {
		rows := make([]row, r.IntN(12))
		for i := range rows {
			rows[i] = random()
		}
		whole, a, b := reflect.New(l.state), reflect.New(l.state), reflect.New(l.state)
		cut := r.IntN(len(rows) + 1)
		for i, x := range rows {
			args := l.rowArgs(x.args, x.null, i)
			l.call(whole, o.Add.Name, args...)
			if r.IntN(3) == 0 { // reading changes nothing
				l.value(whole)
			}
			if i < cut {
				l.call(a, o.Add.Name, args...)
			} else {
				l.call(b, o.Add.Name, args...)
			}
		}
		if len(rows) == 0 && o.NullOnEmpty {
			continue // the value is not asked for
		}
		want := l.value(whole)
		if o.Snapshots() {
			adds := make([][]reflect.Value, len(rows))
			for i, x := range rows {
				adds[i] = l.rowArgs(x.args, x.null, i)
			}
			l.checkSnapshots(t, r, adds)
		}
		if o.Mergeable() {
			l.call(a, o.Merge.Name, b)
			if got := l.value(a); !alike(got, want) {
				t.Fatalf("of %d rows merged behind %d: %s, want %s", len(rows), cut, got, want)
			}
		}
		if !o.Retracts() {
			continue
		}
		extra := make([]row, r.IntN(8))
		for i := range extra {
			extra[i] = random()
			extra[i].at = len(rows) + i
			l.call(whole, o.Add.Name, l.rowArgs(extra[i].args, false, extra[i].at)...)
		}
		r.Shuffle(len(extra), func(i, j int) { extra[i], extra[j] = extra[j], extra[i] })
		for _, x := range extra {
			l.call(whole, o.Remove.Name, l.rowArgs(x.args, false, x.at)...)
		}
		if got := l.value(whole); !alike(got, want) {
			t.Fatalf("after %d rows came and went: %s, want %s", len(extra), got, want)
		}
	}
}

// constants are those that the method for the result of an overload takes.
func constants(o *AggOverload) []reflect.Value {
	var out []reflect.Value
	for _, k := range o.Params[len(o.Params)-o.Final:] {
		out = append(out, map[sqltypes.Kind]reflect.Value{
			sqltypes.Double: reflect.ValueOf(0.3), sqltypes.Int: reflect.ValueOf(int32(3)), sqltypes.Boolean: reflect.ValueOf(false),
		}[k])
	}
	return out
}

// cannotRetract are the aggregates whose state forgets what it would have to take
// back.
var cannotRetract = map[string]bool{"approx_percentile": true, "approx_count_distinct": true}

// TestKeptAggregates checks that every aggregate can take rows back but those that
// are known not to, and that the state for that gives the same results as the one
// that cannot.
func TestKeptAggregates(t *testing.T) {
	for _, f := range Aggregates() {
		for _, list := range [][]AggOverload{f.Overloads, f.Sorted, f.KsqlDB} {
			for i := range list {
				o := &list[i]
				if got, want := o.Retracting() != nil, !cannotRetract[f.Name]; got != want {
					t.Errorf("%s %s retracts: %t, want %t", f.Name, signatureOf(o), got, want)
				}
				if o.Kept != nil && o.Path != "" {
					t.Run(fmt.Sprintf("%s/%s", f.Name, signatureOf(o)), func(t *testing.T) { checkKept(t, o) })
				}
			}
		}
	}
}

func checkKept(t *testing.T, o *AggOverload) {
	r := rand.New(rand.NewPCG(7, 11))
	args := func() []reflect.Value {
		args := make([]reflect.Value, len(o.Params))
		for i := range args {
			args[i] = argument(r, o, i)
		}
		copy(args[len(args)-o.Kept.Final:], constants(o.Kept))
		return args
	}
	plain := &lawful{o: o, state: stateOf(t, o, args()), final: constants(o)}
	kept := &lawful{o: o.Kept, state: stateOf(t, o.Kept, args()), final: constants(o.Kept)}
	for range 60 {
		a, b := reflect.New(plain.state), reflect.New(kept.state)
		n := 1 + r.IntN(12)
		if r.IntN(10) == 0 {
			n = 3 * 256 // more than the kept values have room for in one piece
		}
		for at := range n {
			row, null := args(), r.IntN(4) == 0
			plain.call(a, o.Add.Name, plain.rowArgs(row, null, at)...)
			kept.call(b, o.Kept.Add.Name, kept.rowArgs(row, null, at)...)
		}
		if got, want := kept.value(b), plain.value(a); !alike(got, want) {
			t.Fatalf("of %d rows: %s, want %s", n, got, want)
		}
	}
}
