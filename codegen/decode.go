package codegen

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// suffix tells the decoders of a query's several sources apart.
func suffix(fn *p.Func) string { return strings.TrimPrefix(fn.Name, "process") }

func decodeName(fn *p.Func) string { return "decode" + suffix(fn) }

func decodeAnyName(fn *p.Func) string { return "decodeAny" + suffix(fn) }

// readerField is the field with the reader of the source's format.
func readerField(fn *p.Func) string { return fn.Source.Rel.Source.Format.Name + suffix(fn) }

// memoField is the field with what the timestamp decoder remembers.
func memoField(fn *p.Func) string { return "times" + suffix(fn) }

func option(fn *p.Func, key, def string) string {
	if v, ok := bound.Get(fn.Source.Rel.Source.Options, key); ok {
		return v
	}
	return def
}

func isCSV(fn *p.Func) bool { return fn.Source.Rel.Source.Format.Name == "csv" }

// checked reports that columns which no query reads are checked all the same.
func checked(fn *p.Func) bool { return option(fn, "validate", "full") == "full" }

func delim(fn *p.Func) byte { return option(fn, "delimiter", ",")[0] }

func byteLit(c byte) *jen.Statement { return jen.Id(fmt.Sprintf("%q", rune(c))) }

// isoTime reports a TIMESTAMP that is mostly written in ISO 8601.
func isoTime(r p.Read) bool { return r.SQL.Kind == types.Timestamp && r.Times == nil }

func usesTimestamp(fn *p.Func) bool {
	for _, r := range fn.Reads {
		if isoTime(r) {
			return true
		}
	}
	return false
}

// decoderFields emits the reader and what the fast path remembers.
func (g *generator) decoderFields(b *jen.Group, fn *p.Func) {
	if fn.Message != nil {
		g.recordFields(b, fn)
		return
	}
	switch {
	case isCSV(fn) && part(fn):
		b.Id(readerField(fn)).Qual(csvPath, "Reader").Comment("reads what the fast path does not")
	case isCSV(fn):
		b.Id(readerField(fn)).Qual(csvPath, "Reader").Comment("reads what the fast path does not")
		b.Id("header" + suffix(fn)).Op("*").Byte().Comment("the header line that the reader is bound to")
	default:
		b.Id(readerField(fn)).Qual(jsonPath, "Reader").Comment("reads what the fast path does not")
	}
	if readsNested(fn) {
		b.Id(memoryField(fn)).Id("memory").Comment("the arrays and maps of a record")
	}
	if usesTimestamp(fn) {
		b.Id(memoField(fn)).Qual(scanPath, "TimeMemo")
	}
}

func (g *generator) decoderInit(b *jen.Group, fn *p.Func) {
	names := jen.Index().String().ValuesFunc(func(v *jen.Group) {
		for _, r := range fn.Reads {
			v.Lit(r.Column)
		}
	})
	if fn.Message != nil {
		for _, pt := range parts(fn) {
			if pt.format() != "kafka" {
				g.decoderInit(b, pt.fn)
			}
		}
		return
	}
	if !isCSV(fn) {
		b.Id("q").Dot(readerField(fn)).Dot("Init").Call(names)
		if m := fn.Source.Rel.Source.Message; m != nil && m.Lenient {
			b.Id("q").Dot(readerField(fn)).Dot("Lenient").Call()
		}
		return
	}
	b.Id("q").Dot(readerField(fn)).Dot("Init").Call(jen.Qual(csvPath, "Options").ValuesFunc(func(v *jen.Group) {
		v.Line().Id("Columns").Op(":").Add(names)
		v.Line().Id("Delim").Op(":").Add(byteLit(delim(fn)))
		if q := option(fn, "quote", `"`); q != "none" {
			v.Line().Id("Quote").Op(":").Add(byteLit(q[0]))
		}
		if n := option(fn, "csv.null", ""); n != "" {
			v.Line().Id("Null").Op(":").Lit(n)
		}
		v.Line().Id("Header").Op(":").Lit(option(fn, "header", "true") == "true")
		v.Line()
	}))
}

// bindHeader emits the matching of a file's header with the columns, once per
// file.
func (g *generator) bindHeader(b *jen.Group, fn *p.Func) {
	if fn.Message != nil || !isCSV(fn) || option(fn, "header", "true") != "true" {
		return
	}
	b.If(jen.Op("!").Id("b").Dot("BindHeader").Call(jen.Op("&").Id("q").Dot("header"+suffix(fn)), jen.Id("q").Dot(readerField(fn)).Dot("Bind"))).Block(
		jen.Return().Comment("the columns are not in the file: the program ends with that error"))
}

// decoder emits the two decoders of a source: one for records in their usual
// shape, one for every legal record.
func (g *generator) decoder(f *jen.File, fn *p.Func) {
	if fn.Message != nil {
		g.recordDecoder(f, fn)
		return
	}
	d := &decodePrinter{g: g, fn: fn}
	if isCSV(fn) {
		d.csvFast(f)
		d.csvAny(f)
		return
	}
	d.jsonFast(f)
	d.jsonAny(f)
}

// decodePrinter prints the decoders of one process function.
type decodePrinter struct {
	g  *generator
	fn *p.Func
}

func (d *decodePrinter) signature(f *jen.File, name string) *jen.Statement {
	return f.Func().Params(recv(d.fn.Query)).Id(name).Params(
		jen.Id("d").Index().Byte(), jen.Id("at").Int(), jen.Id("in").Op("*").Id(d.fn.In.Name),
	).Params(jen.Int(), jen.Error())
}

// columnComment is "price DECIMAL(12,2) NOT NULL".
func columnComment(r p.Read) string {
	s := r.Column + " " + r.SQL.String()
	if r.NotNull {
		s += " NOT NULL"
	}
	if r.Field == nil {
		s += ", only checked"
	}
	return goemit.Comment(s)
}

// fallback emits the way to the slow decoder.
func (d *decodePrinter) fallback() *jen.Statement {
	return jen.Return(jen.Id("q").Dot(decodeAnyName(d.fn)).Call(jen.Id("d"), jen.Id("at"), jen.Id("in")))
}

// number returns the scanning function of a column that has one, for reading and
// for checking only, with the extra arguments.
func number(r p.Read) (read, check string, extra []jen.Code) {
	t := r.SQL
	switch t.Kind {
	case types.Timestamp:
		if r.Times != nil && r.Times.Unit != "" {
			return "Epoch" + r.Times.Unit, "", nil
		}
	case types.Int:
		return "Int32", "", nil
	case types.BigInt:
		return "Int", "SkipInt", nil
	case types.Double:
		return "Float", "SkipNumber", nil
	case types.Float:
		return "Float32", "", nil
	case types.Decimal:
		if !t.Wide() {
			return "DecP", "SkipDec", []jen.Code{jen.Lit(t.Precision), jen.Lit(t.Scale)}
		}
	}
	return "", "", nil
}

// parser returns the function that parses the text of a column without a scanning
// function, nil if there is none.
func parser(r p.Read) (fn *jen.Statement, extra []jen.Code) {
	t := r.SQL
	switch t.Kind {
	case types.Boolean:
		return jen.Qual(scanPath, "ParseBool"), nil
	case types.Date:
		return jen.Qual(scanPath, "ParseDate"), nil
	case types.Time:
		return jen.Qual(scanPath, "ParseTime"), nil
	case types.Timestamp:
		if r.Times != nil && r.Times.Pattern != "" {
			return jen.Id(r.Times.Pattern).Dot("Parse"), nil
		}
		return jen.Qual(scanPath, "ParseTimestamp"), nil
	case types.Decimal:
		return jen.Qual(scanPath, "ParseDec128"), []jen.Code{jen.Lit(t.Precision), jen.Lit(t.Scale)}
	}
	return nil, nil
}

// readMethod is the reader's method for a column.
func readMethod(r p.Read) (name string, extra []jen.Code) {
	if r.Times == nil {
		return valueMethod(r.SQL)
	}
	if r.Times.Pattern != "" {
		return "TimestampIn", []jen.Code{jen.Id(r.Times.Pattern)}
	}
	return "TimestampIn", []jen.Code{jen.Qual(scanPath, r.Times.Unit)}
}

// valueMethod is the reader's method for a type.
func valueMethod(t types.Type) (name string, extra []jen.Code) {
	switch t.Kind {
	case types.Boolean:
		return "Bool", nil
	case types.Int:
		return "Int32", nil
	case types.BigInt:
		return "Int64", nil
	case types.Float:
		return "Float32", nil
	case types.Double:
		return "Float64", nil
	case types.Decimal:
		ps := []jen.Code{jen.Lit(t.Precision), jen.Lit(t.Scale)}
		if t.Wide() {
			return "Dec128", ps
		}
		return "Dec64", ps
	case types.String:
		return "Text", nil
	case types.Bytes:
		return "Bytes", nil
	case types.Date:
		return "Date", nil
	case types.Time:
		return "Time", nil
	case types.Timestamp:
		return "Timestamp", nil
	case types.Interval:
		return "Interval", nil
	case types.JSON:
		return "JSONText", nil
	}
	panic("codegen: no reader for " + t.String())
}

// setNull emits `in.nulls |= bit` for a nullable field.
func (d *decodePrinter) setNull(r p.Read) *jen.Statement {
	word, mask := goemit.NullBit(d.fn.In, r.Field)
	return jen.Id("in").Dot(word).Op("|=").Id(mask)
}

// lastUsed is the index of the last column that must be looked at, -1 if none.
func (d *decodePrinter) lastUsed() int {
	if checked(d.fn) {
		return len(d.fn.Reads) - 1
	}
	last := -1
	for i, r := range d.fn.Reads {
		if r.Field != nil {
			last = i
		}
	}
	return last
}

func (d *decodePrinter) clearNulls(b *jen.Group) {
	words, _ := goemit.NullWords(d.fn.In)
	for i := range words {
		b.Id("in").Dot(goemit.NullWord(d.fn.In, i)).Op("=").Lit(0)
	}
}

// takePushed emits the way of rows that need no decoding.
func (d *decodePrinter) takePushed(b *jen.Group) {
	if part(d.fn) {
		return // the caller did
	}
	b.If(jen.Id("q").Dot(pushedField(d.fn)).Op("!=").Nil()).Block(
		jen.Return(jen.Id("q").Dot(loadName(d.fn)).Call(jen.Id("at"), jen.Id("in"))))
}
