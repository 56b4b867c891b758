package codegen

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// Marks of the terminal's framing: see package terminal.
const (
	cellEnd = 0x1f
	rowEnd  = 0x1e
)

// sinkForm is how rows are written for a sink.
type sinkForm uint8

const (
	formJSON sinkForm = iota
	formCSV
	formCells
	formRecord // key and value, framed
)

func formOf(s *p.Sink) sinkForm {
	if s.Bound.Message != nil {
		return formRecord
	}
	if s.Bound.Connector.Name == "terminal" {
		switch f, _ := bound.Get(s.Bound.Options, "format"); f {
		case "json":
			return formJSON
		case "csv":
			return formCSV
		}
		return formCells
	}
	if s.Bound.Format != nil && s.Bound.Format.Name == "json" {
		return formJSON
	}
	return formCSV
}

// encoderName is the method that writes a row for a sink: appendJSON, or with
// several sinks appendJSONAudit.
func encoderName(q *p.Query, s *p.Sink) string {
	n := map[sinkForm]string{formJSON: "appendJSON", formCSV: "appendCSV", formCells: "appendCells", formRecord: "appendRecord"}[formOf(s)]
	if len(q.Sinks) > 1 {
		n += s.GoName
	}
	return n
}

// encodePrinter prints the encoder of one sink.
type encodePrinter struct {
	s    *p.Sink
	form sinkForm
	// sep is what stands between values of CSV and cells.
	sep byte
	// null is how CSV writes NULL.
	null string
	// quoteDecimals: decimals are JSON strings.
	quoteDecimals bool
	times         *p.TimeForm // how times are written; nil: in ISO 8601
	g             *generator
	how           p.TypeOp // nested values are written
}

func newEncodePrinter(g *generator, s *p.Sink) *encodePrinter {
	e := &encodePrinter{g: g, s: s, form: formOf(s), sep: ',', how: p.OpAppend, times: s.Times}
	switch e.form {
	case formCells:
		e.sep = cellEnd
	case formCSV:
		if d, ok := bound.Get(s.Bound.Options, "delimiter"); ok {
			e.sep = d[0]
		}
		e.null, _ = bound.Get(s.Bound.Options, "csv.null")
	case formJSON:
		how, _ := bound.Get(s.Bound.Options, "decimal.format")
		e.quoteDecimals = how == "string"
	}
	return e
}

// encoder emits the method that appends a row in a sink's format:
//
//	func (r *Volume) appendJSON(b []byte) []byte {
//		b = append(b, `{"symbol":`...)
//		b = json.AppendString(b, r.Symbol)
//		b = append(b, `,"q":`...)
//		if r.Nulls&volumeNullQ != 0 {
//			b = append(b, "null"...)
//		} else {
//			b = scan.AppendInt(b, r.Q)
//		}
//		return append(b, "}\n"...)
//	}
func (g *generator) encoder(f *jen.File, q *p.Query, s *p.Sink) {
	if s.Bound.Message != nil {
		g.recordEncoder(f, q, s)
		return
	}
	e := newEncodePrinter(g, s)
	if q.Changelog != nil && q.Changelog.Form == "debezium" {
		g.envelope(f, q, s, e)
		return
	}
	what := map[sinkForm]string{formJSON: "a JSON object", formCSV: "a CSV record", formCells: "cells of the terminal's table"}[e.form]
	doc(f, encoderName(q, s)+" appends the row as "+what+".")
	params := []jen.Code{jen.Id("b").Index().Byte()}
	if q.HasOp() {
		params = append(params, jen.Id("op").Qual(rtPath, "Op"))
	}
	f.Func().Params(jen.Id("r").Op("*").Id(q.Out.Name)).Id(encoderName(q, s)).Params(params...).Index().Byte().BlockFunc(func(b *jen.Group) {
		first := true
		if q.HasOp() {
			e.op(b)
			first = false
		}
		for i, fd := range q.Out.Fields {
			e.lead(b, fd, first)
			if q.KeyOnly && q.Changelog == nil && !slices.Contains(q.Key, i) {
				e.unlessGone(b, q.Out, fd)
			} else {
				e.value(b, q.Out, fd)
			}
			first = false
		}
		b.Return(jen.Id("append").Call(jen.Id("b"), jen.Id(e.end()).Op("...")))
	})
	f.Line()
}

func (e *encodePrinter) end() string {
	switch e.form {
	case formJSON:
		return `"}\n"`
	case formCells:
		return `"\x1e\n"`
	}
	return `"\n"`
}

func (e *encodePrinter) op(b *jen.Group) {
	if e.form == formJSON {
		b.Add(appendText("`{\"op\":\"`"))
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Id("op").Dot("String").Call().Op("..."))
		b.Add(appendText("`\"`"))
		return
	}
	b.Id("b").Op("=").Append(jen.Id("b"), jen.Id("op").Dot("String").Call().Op("..."))
}

func appendText(lit string) *jen.Statement {
	return jen.Id("b").Op("=").Append(jen.Id("b"), jen.Id(lit).Op("..."))
}

// lead emits what stands before a value.
func (e *encodePrinter) lead(b *jen.Group, fd *p.Field, first bool) {
	if e.form != formJSON {
		if !first {
			b.Id("b").Op("=").Append(jen.Id("b"), e.sepLit())
		}
		return
	}
	open := ","
	if first {
		open = "{"
	}
	key := quoteJSON(fd.Column)
	if strings.Contains(key, "`") {
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(open+key+":").Op("..."))
		return
	}
	b.Add(appendText("`" + open + key + ":`"))
}

func (e *encodePrinter) sepLit() *jen.Statement {
	if e.form == formCells {
		return jen.Id(`'\x1f'`)
	}
	return byteLit(e.sep)
}

// value emits one value, NULL included.
func (e *encodePrinter) value(b *jen.Group, out *p.Struct, fd *p.Field) {
	put := e.putField(fd)
	if fd.Null < 0 {
		b.Add(put)
		return
	}
	word, mask := goemit.NullBit(out, fd)
	test := jen.Id("r").Dot(word).Op("&").Id(mask)
	switch e.form {
	case formJSON:
		b.If(test.Op("!=").Lit(0)).Block(appendText(`"null"`)).Else().Block(put)
	case formCells:
		b.If(test.Op("!=").Lit(0)).Block(jen.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(0))).Else().Block(put)
	default:
		if e.null != "" {
			b.If(test.Op("!=").Lit(0)).Block(jen.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(e.null).Op("..."))).Else().Block(put)
			return
		}
		b.If(test.Op("==").Lit(0)).Block(put)
	}
}

// unlessGone emits a value that rows which are withdrawn do not have.
func (e *encodePrinter) unlessGone(b *jen.Group, out *p.Struct, fd *p.Field) {
	gone, there := jen.Id("op").Op("==").Qual(rtPath, "Delete"), jen.Id("op").Op("!=").Qual(rtPath, "Delete")
	if fd.Null >= 0 {
		word, mask := goemit.NullBit(out, fd)
		gone.Op("||").Id("r").Dot(word).Op("&").Id(mask).Op("!=").Lit(0)
		there.Op("&&").Id("r").Dot(word).Op("&").Id(mask).Op("==").Lit(0)
	}
	if e.form == formCSV && e.null == "" {
		b.If(there).Block(e.putField(fd))
		return
	}
	b.If(gone).BlockFunc(e.nullValue).Else().Block(e.putField(fd))
}

// nullValue emits what stands for NULL.
func (e *encodePrinter) nullValue(b *jen.Group) {
	switch {
	case e.form == formJSON:
		b.Add(appendText(`"null"`))
	case e.form == formCells:
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(0))
	case e.null != "":
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(e.null).Op("..."))
	}
}

// putField emits the appending of a field that is not NULL.
func (e *encodePrinter) putField(fd *p.Field) *jen.Statement {
	put := e.put(fd.SQL, jen.Id("r").Dot(fd.Name))
	if e.form != formCSV || e.null == "" || fd.Null < 0 || fd.SQL.Kind != types.String && fd.SQL.Kind != types.Null {
		return put
	}
	// the text that stands for NULL is quoted where it is a value
	literal := jen.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(`"`+strings.ReplaceAll(e.null, `"`, `""`)+`"`).Op("..."))
	return jen.If(jen.Id("r").Dot(fd.Name).Op("==").Lit(e.null)).Block(literal).Else().Block(put)
}

// put emits the appending of a value that is not NULL.
func (e *encodePrinter) put(t types.Type, x *jen.Statement) *jen.Statement {
	set := jen.Id("b").Op("=")
	quoted := e.form == formJSON
	switch t.Kind {
	case types.Boolean:
		return set.Qual("strconv", "AppendBool").Call(jen.Id("b"), x)
	case types.Int:
		return set.Qual(scanPath, "AppendInt").Call(jen.Id("b"), jen.Int64().Call(x))
	case types.BigInt:
		return set.Qual(scanPath, "AppendInt").Call(jen.Id("b"), x)
	case types.Float, types.Double:
		return set.Add(e.float(t)).Call(jen.Id("b"), x)
	case types.Decimal:
		fn := "Append64"
		if t.Wide() {
			fn = "Append"
		}
		return quote(e.quoteDecimals, jen.Qual(decimalPath, fn).Call(jen.Id("b"), x, jen.Lit(t.Scale)))
	case types.String, types.Null:
		switch e.form {
		case formJSON:
			return set.Qual(jsonPath, "AppendString").Call(jen.Id("b"), x)
		case formCSV:
			return set.Qual(csvPath, "AppendText").Call(jen.Id("b"), x, byteLit(e.sep))
		}
		return set.Qual(terminalPath, "AppendText").Call(jen.Id("b"), x)
	case types.Bytes:
		if e.form == formCSV {
			return set.Qual(csvPath, "AppendBytes").Call(jen.Id("b"), x)
		}
		return quote(quoted, jen.Qual("encoding/base64", "StdEncoding").Dot("AppendEncode").Call(jen.Id("b"), x))
	case types.Array, types.Map, types.Struct:
		return set.Add(e.nested(t, x))
	case types.JSON:
		switch {
		case e.form == formCSV:
			return set.Qual(csvPath, "AppendText").Call(jen.Id("b"), x, byteLit(e.sep))
		case e.form == formCells:
			return set.Qual(terminalPath, "AppendText").Call(jen.Id("b"), x)
		case e.how == p.OpAppendKey:
			x = jen.Qual(rtPath+"/jsontext", "Canonical").Call(x)
		}
		return set.Qual(jsonPath, "AppendRaw").Call(jen.Id("b"), x)
	case types.Date, types.Time, types.Timestamp:
		if put := e.timeIn(t, x); put != nil {
			return put
		}
	}
	fn := map[types.Kind]string{types.Date: "AppendDate", types.Time: "AppendTime", types.Timestamp: "AppendTimestamp", types.Interval: "AppendInterval"}[t.Kind]
	if t.Kind == types.Timestamp && e.form == formCells {
		fn = "AppendTimestampSpace"
	}
	return quote(quoted, jen.Qual(sqltimePath, fn).Call(jen.Id("b"), x))
}

// timeIn emits the appending of a time in the sink's form, nil if it is ISO 8601.
// Milliseconds are for all types of time, of DATE they are days; the other forms
// are for TIMESTAMP.
func (e *encodePrinter) timeIn(t types.Type, x *jen.Statement) *jen.Statement {
	set := jen.Id("b").Op("=")
	switch {
	case e.times == nil || e.times.Unit != "Millis" && t.Kind != types.Timestamp:
		return nil
	case e.times.Pattern != "" && e.form == formCSV:
		return set.Qual(csvPath, "AppendTime").Call(jen.Id("b"), x, jen.Id(e.times.Pattern), byteLit(e.sep))
	case e.times.Pattern != "":
		return set.Qual(jsonPath, "AppendTime").Call(jen.Id("b"), x, jen.Id(e.times.Pattern))
	case e.times.Unit == "Millis" && t.Kind == types.Date:
		return set.Qual(scanPath, "AppendInt").Call(jen.Id("b"), jen.Int64().Call(x))
	case e.times.Unit == "Millis":
		return set.Qual(scanPath, "AppendInt").Call(jen.Id("b"), jen.Qual(sqltimePath, "Millis").Call(x))
	case e.times.Unit == "Micros":
		return set.Qual(scanPath, "AppendInt").Call(jen.Id("b"), x)
	}
	return set.Qual(scanPath, "Append"+e.times.Unit).Call(jen.Id("b"), x)
}

// nested renders the appending of a nested value: as JSON, in CSV as a cell that
// holds JSON.
func (e *encodePrinter) nested(t types.Type, x *jen.Statement) *jen.Statement {
	op := e.how
	if e.quoteDecimals {
		op = p.OpAppendQuoted
	}
	if e.times != nil && e.times.Unit == "Millis" {
		op = p.OpAppendMillis
	}
	text := e.g.typeFunc(op, t).Call(jen.Id("b"), x)
	if e.form == formCSV {
		return jen.Qual(csvPath, "QuoteFrom").Call(text, jen.Len(jen.Id("b")), byteLit(e.sep))
	}
	return text
}

// float is the function that appends a floating point number.
func (e *encodePrinter) float(t types.Type) *jen.Statement {
	name := "AppendFloat"
	if t.Kind == types.Float {
		name += "32"
	}
	if e.how == p.OpAppendKey {
		return jen.Qual(jsonPath, name+"Key")
	}
	if m := e.s; m != nil && m.Bound.Message != nil && m.Bound.Message.Lenient && e.form == formJSON {
		return jen.Qual(jsonPath, name+"Words")
	}
	return jen.Qual(e.floatPath(), name)
}

func (e *encodePrinter) floatPath() string {
	if e.form == formJSON {
		return jsonPath
	}
	return csvPath
}

// quote puts JSON quotes around what an append call writes.
func quote(quoted bool, call *jen.Statement) *jen.Statement {
	set := jen.Id("b").Op("=").Add(call)
	if !quoted {
		return set
	}
	q := func() *jen.Statement { return jen.Id("b").Op("=").Append(jen.Id("b"), jen.Id(`'"'`)) }
	return q().Line().Add(set).Line().Add(q())
}

// quoteJSON is a JSON string literal.
func quoteJSON(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20:
			const hex = "0123456789abcdef"
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
