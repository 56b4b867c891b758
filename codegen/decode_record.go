package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
	filesource "github.com/velocsql/veloc/runtime/source/file/spec"
	"github.com/velocsql/veloc/runtime/spec"
	topic "github.com/velocsql/veloc/runtime/topic/spec"
)

// messagePart is the key or the value of a record with the decoder that reads it:
// fn is a process function of the part's columns alone.
type messagePart struct {
	*p.Part
	fn    *p.Func
	isKey bool
}

func (pt *messagePart) format() string { return pt.Format }

// part reports a function that stands for a part of a record.
func part(fn *p.Func) bool { return fn.Source.Rel.Source.Message != nil && fn.Message == nil }

// parts are the value and the key of the records that a function reads, as far as
// they have columns.
func parts(fn *p.Func) []*messagePart {
	var list []*messagePart
	add := func(pt *p.Part, name string) {
		if pt == nil {
			return
		}
		of := &bound.Source{Message: fn.Source.Rel.Source.Message, Options: pt.Options, Format: lineFormat(pt.Format)}
		if of.Format.Name == "csv" {
			of.Options = append(of.Options[:len(of.Options):len(of.Options)], bound.Option{Key: "header", Value: "false"})
		}
		list = append(list, &messagePart{Part: pt, isKey: name != "", fn: &p.Func{
			Query: fn.Query, Kind: p.Process, Name: fn.Name + name, In: pt.In, Reads: pt.Reads,
			Source: &p.Source{Name: fn.Source.Name, Rel: &bound.Relation{Source: of, Loc: fn.Source.Rel.Loc}},
		}})
	}
	add(fn.Message.Value, "")
	add(fn.Message.Key, "Key")
	return list
}

// lineFormat is the format of lines that reads a part of a record.
func lineFormat(name string) *spec.Format {
	switch name {
	case "json":
		return &filesource.JSON
	case "delimited":
		return &filesource.CSV
	}
	return &topic.Binary
}

// leavesNulls reports a stream whose records without a value are left out.
func leavesNulls(fn *p.Func) bool {
	return fn.Message != nil && fn.Message.Value != nil && !fn.Message.Upsert && !fn.Query.NullValues
}

func decodeRecordName(fn *p.Func) string { return "decodeRecord" + suffix(fn) }

// keyField is the field that a key is decoded into.
func keyField(fn *p.Func) string { return "recordKey" + suffix(fn) }

// ownKey reports a key that is decoded into a struct of its own.
func ownKey(fn *p.Func) bool { return fn.Message.Key != nil && fn.Message.Key.Format != "kafka" }

func (g *generator) recordFields(b *jen.Group, fn *p.Func) {
	for _, pt := range parts(fn) {
		if pt.format() != "kafka" {
			g.decoderFields(b, pt.fn)
		}
	}
	if ownKey(fn) {
		b.Id(keyField(fn)).Id(fn.Message.Key.In.Name).Comment("the key of a record")
	}
}

// takeRecord emits the decoding of the record at hand:
//
//	next = at + 1
//	if b.Null(at) {
//		nulls++
//		continue
//	}
//	if err := q.decodeRecord(b, at, &in); err != nil {
//		b.RejectError(at, next, err, "totals", "orders.sql:1:1")
//		continue
//	}
func (g *generator) takeRecord(b *jen.Group, fn *p.Func) {
	b.Id("next").Op("=").Id("at").Op("+").Lit(1)
	if fn.Query.NullValues {
		b.Id("q").Dot("noValue").Op("=").Id("b").Dot("Null").Call(jen.Id("at"))
	}
	if fn.Query.Carries {
		b.Id("q").Dot("record").Op("=").Id("b").Dot("Record").Call(jen.Id("at"))
	}
	if leavesNulls(fn) {
		b.If(jen.Id("b").Dot("Null").Call(jen.Id("at"))).Block(jen.Id("nulls").Op("++"), jen.Continue())
	}
	b.If(jen.Err().Op(":=").Id("q").Dot(decodeRecordName(fn)).Call(jen.Id("b"), jen.Id("at"), jen.Op("&").Id("in")), jen.Err().Op("!=").Nil()).Block(
		jen.Id("b").Dot("RejectError").Call(jen.Id("at"), jen.Id("next"), jen.Err(), jen.Lit(fn.Query.Name), jen.Lit(g.at(fn.Source.Rel.Loc.Start))),
		jen.Continue(),
	)
}

// recordDecoder emits the decoders of the parts of a record and what calls them.
func (g *generator) recordDecoder(f *jen.File, fn *p.Func) {
	list := parts(fn)
	doc(f, fmt.Sprintf("%s reads the record of %s at hand.", decodeRecordName(fn), fn.Source.Name))
	f.Func().Params(recv(fn.Query)).Id(decodeRecordName(fn)).Params(jen.Id("b").Op("*").Qual(rtPath, "Batch"), jen.Id("at").Int(), jen.Id("in").Op("*").Id(fn.In.Name)).Error().BlockFunc(func(b *jen.Group) {
		b.If(jen.Id("q").Dot(pushedField(fn)).Op("!=").Nil()).Block(
			jen.List(jen.Id("_"), jen.Err()).Op(":=").Id("q").Dot(loadName(fn)).Call(jen.Id("at"), jen.Id("in")),
			jen.Return(jen.Err()))
		if fn.Message.Value == nil {
			b.Op("*").Id("in").Op("=").Id(fn.In.Name).Values()
		}
		for _, pt := range list {
			if pt.isKey {
				g.takeKey(b, fn, pt)
				continue
			}
			gone := jen.Id("b").Dot("Null").Call(jen.Id("at"))
			switch {
			case fn.Message.Upsert: // the record deletes
			case fn.Query.NullValues:
				gone = jen.Id("q").Dot("noValue")
			default:
				g.takeValue(b, pt)
				continue
			}
			b.If(gone).Block(jen.Op("*").Id("in").Op("=").Id(fn.In.Name).ValuesFunc((&decodePrinter{g: g, fn: pt.fn}).allNull)).Else().BlockFunc(func(b *jen.Group) {
				g.takeValue(b, pt)
			})
		}
		b.Return(jen.Nil())
	})
	f.Line()
	for _, pt := range list {
		d := &decodePrinter{g: g, fn: pt.fn}
		switch {
		case pt.format() == "kafka":
		case pt.format() == "delimited":
			d.csvFast(f)
			d.csvAny(f)
		case pt.Bare:
			d.jsonBare(f)
		default:
			d.jsonFast(f)
			d.jsonAny(f)
		}
	}
}

func returnErr() *jen.Statement { return jen.Return(jen.Err()) }

// takeValue emits the decoding of the value.
func (g *generator) takeValue(b *jen.Group, pt *messagePart) {
	b.Comment("// the value")
	if pt.format() == "kafka" {
		b.Op("*").Id("in").Op("=").Id(pt.In.Name).Values()
		g.takeBinary(b, pt.Reads[0], pt.Reads[0].Field, pt.In, jen.Id("b").Dot("Records").Index(jen.Id("at")).Dot("Value"))
		return
	}
	b.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Id("q").Dot(decodeName(pt.fn)).Call(jen.Id("b").Dot("Data"), jen.Id("b").Dot("ValueAt").Call(jen.Id("at")), jen.Id("in")), jen.Err().Op("!=").Nil()).Block(returnErr())
}

// takeKey emits the decoding of the key, and what holds where there is none.
func (g *generator) takeKey(b *jen.Group, fn *p.Func, pt *messagePart) {
	raw := func() *jen.Statement { return jen.Id("b").Dot("Records").Index(jen.Id("at")).Dot("Key") }
	b.Comment("// the key")
	present := jen.If(raw().Op("!=").Nil()).BlockFunc(func(b *jen.Group) {
		if pt.format() == "kafka" {
			g.takeBinary(b, pt.Reads[0], pt.Rows[0], fn.In, raw())
			return
		}
		key := jen.Id("q").Dot(keyField(fn))
		used := false
		for _, fd := range pt.Rows {
			used = used || fd != nil
		}
		decode := jen.Id("q").Dot(decodeName(pt.fn)).Call(jen.Id("b").Dot("Data"), jen.Id("b").Dot("KeyAt").Call(jen.Id("at")), jen.Op("&").Add(key))
		if used {
			decode = jen.Id("q").Dot(decodeName(pt.fn)).Call(jen.Id("b").Dot("Data"), jen.Id("b").Dot("KeyAt").Call(jen.Id("at")), jen.Id("key"))
			b.Id("key").Op(":=").Op("&").Add(key)
		}
		b.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(decode), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Qual(rtPath, "KeyError").Call(jen.Err())))
		for i, r := range pt.Reads {
			to := pt.Rows[i]
			if to == nil {
				continue
			}
			b.Id("in").Dot(to.Name).Op("=").Id("key").Dot(r.Field.Name)
			if to.Null < 0 {
				continue
			}
			word, mask := goemit.NullBit(fn.In, to)
			if r.Field.Null < 0 {
				b.Id("in").Dot(word).Op("&^=").Id(mask)
				continue
			}
			keyWord, keyMask := goemit.NullBit(pt.In, r.Field)
			b.If(jen.Id("key").Dot(keyWord).Op("&").Id(keyMask).Op("!=").Lit(0)).Block(jen.Id("in").Dot(word).Op("|=").Id(mask)).Else().Block(
				jen.Id("in").Dot(word).Op("&^=").Id(mask))
		}
	})
	if !fn.Message.KeyOnly {
		// without a key the value has its columns
		for i, r := range pt.Reads {
			if to := pt.Rows[i]; to != nil && r.NotNull {
				word, mask := goemit.NullBit(fn.In, to)
				present.Else().If(jen.Id("in").Dot(word).Op("&").Id(mask).Op("!=").Lit(0)).Block(jen.Return(jen.Qual(rtPath, "NoKey").Call(jen.Lit(r.Column))))
			}
		}
		b.Add(present)
		return
	}
	b.Add(present.Else().BlockFunc(func(b *jen.Group) {
		for i, r := range pt.Reads {
			to := pt.Rows[i]
			switch {
			case r.NotNull || fn.Message.Upsert:
				b.Return(jen.Qual(rtPath, "NoKey").Call(jen.Lit(r.Column)))
				return
			case to != nil:
				word, mask := goemit.NullBit(fn.In, to)
				b.Id("in").Dot(to.Name).Op("=").Add(zeroOf(r.SQL))
				b.Id("in").Dot(word).Op("|=").Id(mask)
			}
		}
	}))
}

// zeroOf is the value of a field that is NULL.
func zeroOf(t types.Type) *jen.Statement {
	switch t.Kind {
	case types.String:
		return jen.Lit("")
	case types.Bytes:
		return jen.Nil()
	case types.Boolean:
		return jen.False()
	case types.Decimal:
		if !t.Wide() {
			return jen.Lit(0)
		}
	case types.Int, types.BigInt, types.Float, types.Double, types.Date, types.Time, types.Timestamp:
		return jen.Lit(0)
	}
	return goemit.Type(p.ValueType(t)).Values()
}

// binaryFunc is the function that reads a value in the format kafka.
func binaryFunc(t types.Type) string {
	switch t.Kind {
	case types.Int:
		return "Int32"
	case types.BigInt:
		return "Int64"
	case types.Double:
		return "Float64"
	case types.String:
		return "Text"
	}
	return "Bytes"
}

// takeBinary emits the reading of a value in the format kafka.
func (g *generator) takeBinary(b *jen.Group, r p.Read, to *p.Field, in *p.Struct, raw *jen.Statement) {
	b.Comment(columnComment(r))
	into := jen.Id("_")
	if to != nil {
		into = jen.Id("in").Dot(to.Name)
	}
	b.Var().Err().Error()
	b.If(jen.List(into, jen.Err()).Op("=").Qual(kafkaPath, binaryFunc(r.SQL)).Call(raw), jen.Err().Op("!=").Nil()).Block(
		jen.Return(jen.Qual(rtPath, "ColumnError").Call(jen.Lit(r.Column), jen.Err())))
	if to != nil && to.Null >= 0 {
		word, mask := goemit.NullBit(in, to)
		b.Id("in").Dot(word).Op("&^=").Id(mask)
	}
}

// jsonBare emits the decoder of a part that is one value:
//
//	r := &q.jsonKey
//	r.BeginValue(d, at)
//	*in = totalsRecordKey{}
//	var ok bool
//	if in.id, ok = r.Int64(); !ok {
//		r.NotNull(0)
//	}
//	return r.Done()
func (d *decodePrinter) jsonBare(f *jen.File) {
	doc(f, decodeName(d.fn)+" reads the value at d[at:], which is all there is.")
	d.signature(f, decodeName(d.fn)).BlockFunc(func(b *jen.Group) {
		b.Id("r").Op(":=").Op("&").Id("q").Dot(readerField(d.fn))
		d.resetMemory(b)
		b.Op("*").Id("in").Op("=").Id(d.fn.In.Name).Values()
		b.Id("r").Dot("BeginValue").Call(jen.Id("d"), jen.Id("at"))
		r := d.fn.Reads[0]
		b.Comment(columnComment(r))
		for _, c := range d.jsonTake(0, r, d.readCall(r)) {
			b.Add(c)
		}
		b.Return(jen.Id("r").Dot("Done").Call())
	})
	f.Line()
}
