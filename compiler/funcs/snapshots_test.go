package funcs

import (
	gobytes "bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/snapshot"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// formOf is the form of the values of a Go type.
func formOf(t *testing.T, typ reflect.Type) reflect.Value {
	t.Helper()
	for _, f := range []any{
		snapshot.Bool(), snapshot.Int32(), snapshot.Int64(), snapshot.Float32(), snapshot.Float64(), snapshot.Text(), snapshot.Bytes(), decimal.Form(), sqltime.Form(),
	} {
		if v := reflect.ValueOf(f); v.Field(0).Type().In(1) == typ {
			return v
		}
	}
	t.Fatalf("no form of %s", typ)
	return reflect.Value{}
}

// checkPlainForm checks that a state without methods has a form of its own.
func checkPlainForm(t *testing.T, o *AggOverload, row []reflect.Value) {
	t.Helper()
	typ := map[string]reflect.Type{"T": row[0].Type(), "int64": reflect.TypeFor[int64](), "bool": reflect.TypeFor[bool]()}[o.State]
	form := formOf(t, typ)
	for _, x := range []reflect.Value{reflect.Zero(typ), row[0]} {
		if x.Type() != typ {
			continue
		}
		data := form.Field(0).Call([]reflect.Value{reflect.ValueOf([]byte(nil)), x})[0]
		r := snapshot.NewReader(data.Bytes())
		if back := form.Field(1).Call([]reflect.Value{reflect.ValueOf(r)})[0]; r.Err() != nil || !reflect.DeepEqual(back.Interface(), x.Interface()) {
			t.Fatalf("%v came back as %v: %v", x, back, r.Err())
		}
	}
}

// forms are those of the type parameters of the state, as Snapshot and Restore
// take them.
func (l *lawful) forms(t *testing.T) (out []reflect.Value) {
	t.Helper()
	m, ok := reflect.PointerTo(l.state).MethodByName("Snapshot")
	if !ok {
		t.Fatalf("the table states that %s is kept, but it has no method Snapshot", l.state)
	}
	for i := 2; i < m.Type.NumIn(); i++ {
		out = append(out, formOf(t, m.Type.In(i).Field(0).Type.In(1)))
	}
	if params := strings.Count(l.o.State, "[") + strings.Count(l.o.State, ","); params != len(out) {
		t.Fatalf("Snapshot of %s takes %d forms, the state has %d type parameters", l.state, len(out), params)
	}
	return out
}

func (l *lawful) snapshot(s reflect.Value, forms []reflect.Value) []byte {
	return l.call(s, "Snapshot", append([]reflect.Value{reflect.ValueOf([]byte("x"))}, forms...)...)[0].Bytes()[1:]
}

// restored makes a state of bytes.
func (l *lawful) restored(data []byte, forms []reflect.Value) (reflect.Value, *snapshot.Reader) {
	s, r := reflect.New(l.state), snapshot.NewReader(data)
	l.call(s, "Restore", append([]reflect.Value{reflect.ValueOf(r)}, forms...)...)
	return s, r
}

// checkSnapshots adds rows to one state, and to another that is kept and brought
// back at some point: both must go on alike, to the last bit. What is not a
// snapshot must be refused, or at least do no harm.
func (l *lawful) checkSnapshots(t *testing.T, r *rand.Rand, rows [][]reflect.Value) {
	t.Helper()
	forms := l.forms(t)
	s, again := reflect.New(l.state), reflect.New(l.state)
	cut := r.IntN(len(rows) + 1)
	for i, args := range rows {
		if i == cut && i > 0 && r.IntN(2) == 0 {
			l.value(s)
			l.value(again)
		}
		if i == cut {
			s = l.comesBack(t, r, s, again, forms)
		}
		l.call(s, l.o.Add.Name, args...)
		l.call(again, l.o.Add.Name, args...)
	}
	if got, want := l.value(s), l.value(again); got != want {
		t.Fatalf("kept after %d of %d rows: %s, want %s", cut, len(rows), got, want)
	}
	if l.o.Mergeable() {
		one, _ := l.restored(l.snapshot(s, forms), forms)
		l.call(s, l.o.Merge.Name, one)
		l.call(again, l.o.Merge.Name, one)
		if got, want := l.value(s), l.value(again); got != want {
			t.Fatalf("merged after coming back: %s, want %s", got, want)
		}
	}
	if l.o.Retracts() && len(rows) > 1 {
		l.call(s, l.o.Remove.Name, rows[0]...)
		l.call(again, l.o.Remove.Name, rows[0]...)
		if got, want := l.value(s), l.value(again); got != want {
			t.Fatalf("after a row was taken out: %s, want %s", got, want)
		}
	}
}

// comesBack keeps s and returns what is made of its bytes; a twin that has seen
// the same rows must have the same bytes.
func (l *lawful) comesBack(t *testing.T, r *rand.Rand, s, twin reflect.Value, forms []reflect.Value) reflect.Value {
	t.Helper()
	data := l.snapshot(s, forms)
	if other := l.snapshot(twin, forms); !gobytes.Equal(other, data) {
		t.Fatalf("the same rows are kept as % x and as % x", data, other)
	}
	if data[0] != l.o.Snapshot {
		t.Fatalf("the form has version %d, the table states %d", data[0], l.o.Snapshot)
	}
	back, in := l.restored(data, forms)
	if in.Err() != nil || len(in.Rest()) != 0 {
		t.Fatalf("% x does not come back: %v, %d bytes are left", data, in.Err(), len(in.Rest()))
	}
	if other := l.snapshot(back, forms); !gobytes.Equal(other, data) {
		t.Fatalf("what came back from % x is kept as % x", data, other)
	}
	for range min(len(data), 8) {
		if _, in := l.restored(data[:r.IntN(len(data))], forms); in.Err() == nil {
			t.Fatalf("a part of % x is taken for the whole", data)
		}
	}
	strange := gobytes.Clone(data)
	strange[0] = l.o.Snapshot + 1
	if _, in := l.restored(strange, forms); in.Err() == nil {
		t.Fatal("a form of a later version is read")
	}
	for range 4 {
		l.survives(t, spoilt(r, data), forms)
	}
	return back
}

// survives reads bytes that are no snapshot: no matter what they say, the
// methods of the state do not panic where no error was told, and bytes that are
// taken make a state.
func (l *lawful) survives(t *testing.T, data []byte, forms []reflect.Value) {
	t.Helper()
	s, in := l.restored(data, forms)
	if in.Err() != nil {
		return
	}
	kept := l.snapshot(s, forms)
	back, in := l.restored(kept, forms)
	if in.Err() != nil || !gobytes.Equal(l.snapshot(back, forms), kept) {
		t.Fatalf("% x is read, but not what is written of it: %v", data, in.Err())
	}
	l.value(s)
}

// spoilt changes some bytes.
func spoilt(r *rand.Rand, data []byte) []byte {
	data = gobytes.Clone(data)
	for range 1 + r.IntN(3) {
		switch i := r.IntN(len(data)); r.IntN(3) {
		case 0:
			data[i] = byte(r.IntN(math.MaxUint8 + 1))
		case 1:
			data[i] ^= 1 << r.IntN(8)
		case 2:
			data = append(data[:i:i], append([]byte{byte(r.IntN(4))}, data[i:]...)...)
		}
	}
	return data
}

// FuzzSnapshots reads bytes as every state of the table.
func FuzzSnapshots(f *testing.F) {
	f.Add(uint16(0), []byte{1, 1, 3, 2, 4, 6})
	f.Add(uint16(5), []byte{1, 2, 1, 97, 4})
	f.Fuzz(func(t *testing.T, which uint16, data []byte) {
		var all []AggOverload
		for _, f := range Aggregates() {
			for _, o := range stated(&f) {
				if o.Path != "" && o.Snapshots() {
					all = append(all, o)
				}
			}
		}
		o := &all[int(which)%len(all)]
		r := rand.New(rand.NewPCG(1, 1))
		row := make([]reflect.Value, len(o.Params))
		for i := range row {
			row[i] = argument(r, o, i)
		}
		l := &lawful{o: o, state: stateOf(t, o, row)}
		if o.Final > 0 {
			l.final = []reflect.Value{reflect.ValueOf(0.3), reflect.ValueOf(false)}[:o.Final]
		}
		l.survives(t, data, l.forms(t))
	})
}
