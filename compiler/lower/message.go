package lower

import (
	"slices"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// recordValue is what a record tells beside its columns, by the name of a system
// column of a type.
func (l *queryLowering) recordValue(name string, t types.Type) value {
	of := func(method string) p.Expr { return &p.Method{X: v("b"), Name: method, Args: []p.Expr{v("at")}} }
	switch name {
	case "_partition":
		return value{x: conv(builtin("int32"), field(v("b"), "Partition"))}
	case "_offset":
		return value{x: of("Offset")}
	case "_timestamp":
		return value{x: of("Time")}
	case "_topic":
		return value{x: field(v("b"), "Topic")}
	case "_window_start":
		return value{x: of("WindowStart")}
	case "_window_end":
		return value{x: of("WindowEnd")}
	case "_key":
		return value{x: of("Key"), null: binary("==", of("Key"), v("nil"))}
	}
	if name == "_headers" {
		return value{x: call(jsonPath, "ParseKey", parseArgs(of("HeadersJSON"), t)...)}
	}
	if key, ok := strings.CutPrefix(name, "_header:"); ok {
		header := method(v("b"), "HeaderOf", v("at"), lit(strconv.Quote(key)))
		return value{x: header, null: binary("==", header, v("nil"))}
	}
	panic("lower: system column " + name)
}

// message says how a process function that is complete reads the records of a
// topic: what is in the key and what is in the value.
func (l *queryLowering) message(f *p.Func) {
	m := f.Source.Rel.Source.Message
	if m == nil {
		return
	}
	options := f.Source.Rel.Source.Options
	key, val := &p.Part{Format: m.Key}, &p.Part{Format: m.Value, Bare: m.Bare, In: f.In, Options: options}
	keys := &p.Struct{Name: l.pl.names.pick(l.q.Var + f.Name[len("process"):] + "RecordKey")}
	for i, r := range f.Reads {
		if _, ok := m.Meta[i]; ok {
			continue
		}
		isKey := slices.Contains(f.Source.Rel.Key, i)
		if isKey {
			key.Rows = append(key.Rows, r.Field)
			key.Reads = append(key.Reads, keyRead(keys, r))
		}
		switch {
		case !isKey:
			val.Reads = append(val.Reads, r)
		case !m.KeyOnly:
			val.Reads = append(val.Reads, spareRead(f.In, r))
		}
	}
	f.Message = &p.Message{KeyOnly: m.KeyOnly, Upsert: f.Source.Rel.Kind == bound.Table}
	if len(val.Reads) > 0 {
		f.Message.Value = val
	}
	if len(key.Reads) == 0 || m.Key == "none" {
		return
	}
	key.In = keys
	key.Bare = m.Key == "json" && len(key.Reads) == 1
	for _, o := range options {
		if o.Key == "key.delimiter" {
			key.Options = append(key.Options, bound.Option{Key: "delimiter", Value: o.Value, Loc: o.Loc})
		}
		if o.Key == "validate" {
			key.Options = append(key.Options, o)
		}
	}
	f.Message.Key = key
	if m.Key != "kafka" {
		keys.Doc = keys.Name + " holds the columns of a key of " + f.Source.Name + "."
		l.q.Structs = append(l.q.Structs, keys)
	}
}

// spareRead is a column of a key in the value, where it stands for a key that a
// record does not have. A column that is never NULL gets a bit all the same: it
// tells that neither has it.
func spareRead(in *p.Struct, r p.Read) p.Read {
	if r.NotNull && r.Field != nil {
		r.Field.Null = in.NullBits
		in.NullBits++
	}
	r.NotNull = false
	return r
}

// keyRead is a column of a key, which is decoded into a struct of its own.
func keyRead(keys *p.Struct, r p.Read) p.Read {
	if r.Field == nil {
		return r
	}
	f := *r.Field
	f.Null = -1
	if !r.NotNull {
		f.Null = keys.NullBits
		keys.NullBits++
	}
	keys.Fields = append(keys.Fields, &f)
	r.Field = &f
	return r
}
