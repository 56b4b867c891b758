package codegen

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// recordArgs are what the encoder of records takes beside the row: its event time
// and its window.
func recordArgs(q *p.Query, s *p.Sink) []jen.Code {
	args := []jen.Code{jen.Id("t")}
	if s.Bound.Message.Windowed {
		args = append(args, jen.Id("start"), jen.Id("end"))
	}
	if q.NullValues {
		args = append(args, jen.Id("q").Dot("noValue"))
	}
	if q.Carries {
		args = append(args, jen.Id("q").Dot("record"))
	}
	return args
}

// recordEncoder emits the method that appends a row as a record of a topic:
//
//	func (r *Totals) appendRecord(b []byte, op rt.Op, t event.Time) []byte {
//		f, b := rt.NewFrame(b, t)
//		// the key
//		b = append(b, r.ID...)
//		f.EndKey(b)
//		if op == rt.Delete {
//			return b // without a value: the row is withdrawn
//		}
//		// the value
//		b = append(b, `{"n":`...)
//		b = scan.AppendInt(b, r.N)
//		b = append(b, '}')
//		f.EndValue(b)
//		return b
//	}
func (g *generator) recordEncoder(f *jen.File, q *p.Query, s *p.Sink) {
	m := s.Bound.Message
	doc(f, encoderName(q, s)+" appends the row as a record with its key.")
	params := []jen.Code{jen.Id("b").Index().Byte()}
	if q.Deletes {
		params = append(params, jen.Id("op").Qual(rtPath, "Op"))
	}
	params = append(params, jen.Id("t").Qual(eventPath, "Time"))
	if m.Windowed {
		params = append(params, jen.List(jen.Id("start"), jen.Id("end")).Qual(eventPath, "Time"))
	}
	if q.NullValues {
		params = append(params, jen.Id("noValue").Bool())
	}
	if q.Carries {
		params = append(params, jen.Id("from").Op("*").Qual(rtPath, "Record"))
	}
	var keys, values []*p.Field
	for _, i := range s.Bound.Key {
		keys = append(keys, q.Out.Fields[i])
	}
	for i, fd := range q.Out.Fields {
		if !m.KeyOnly || !slices.Contains(s.Bound.Key, i) {
			values = append(values, fd)
		}
	}
	f.Func().Params(jen.Id("r").Op("*").Id(q.Out.Name)).Id(encoderName(q, s)).Params(params...).Index().Byte().BlockFunc(func(b *jen.Group) {
		b.List(jen.Id("f"), jen.Id("b")).Op(":=").Qual(rtPath, "NewFrame").Call(jen.Id("b"), jen.Id("t"))
		if m.Windowed {
			b.Id("f").Dot("Window").Call(jen.Id("b"), jen.Id("start"), jen.Id("end"))
		}
		if q.Carries {
			b.Id("b").Op("=").Id("f").Dot("Carry").Call(jen.Id("b"), jen.Id("from"))
		}
		g.recordKey(b, q, s, keys)
		if q.Deletes {
			b.If(jen.Id("op").Op("==").Qual(rtPath, "Delete")).Block(
				jen.Return(jen.Id("b")).Comment("without a value: the row is withdrawn"))
		}
		if q.NullValues {
			b.If(jen.Id("noValue")).Block(jen.Return(jen.Id("b")))
		}
		g.recordValue(b, q, s, values)
		b.Return(jen.Id("b"))
	})
	f.Line()
}

// recordKey emits the key.
func (g *generator) recordKey(b *jen.Group, q *p.Query, s *p.Sink, fields []*p.Field) {
	m := s.Bound.Message
	window := m.Windowed && !m.WindowBeside
	if m.ValueKey && q.NullValues && len(fields) > 0 && m.Key != "none" {
		b.If(jen.Op("!").Id("noValue")).BlockFunc(func(b *jen.Group) { g.wholeKey(b, q, s, fields, window) })
		return
	}
	if len(fields) == 0 && !window || m.Key == "none" {
		return
	}
	if all := allNull(q, fields); all != nil && m.NullKey && len(fields) > 1 && !window {
		// a key of NULLs is none
		b.If(jen.Op("!").Add(all)).BlockFunc(func(b *jen.Group) { g.wholeKey(b, q, s, fields, window) })
		return
	}
	g.wholeKey(b, q, s, fields, window)
}

// allNull is the condition that fields are NULL, nil if one of them never is.
func allNull(q *p.Query, fields []*p.Field) *jen.Statement {
	var all *jen.Statement
	for _, fd := range fields {
		if fd.Null < 0 {
			return nil
		}
		word, mask := goemit.NullBit(q.Out, fd)
		one := jen.Id("r").Dot(word).Op("&").Id(mask).Op("!=").Lit(0)
		if all == nil {
			all = one
			continue
		}
		all = all.Op("&&").Add(one)
	}
	if all == nil {
		return nil
	}
	return jen.Parens(all)
}

// wholeKey emits a key that there is. Several columns, or one and the window, are
// a JSON object.
func (g *generator) wholeKey(b *jen.Group, q *p.Query, s *p.Sink, fields []*p.Field, window bool) {
	b.Comment("// the key")
	key := s.Bound.Message.Key
	e := g.partPrinter(s, key, "key.delimiter")
	if key != "json" || len(fields) == 1 && !window {
		g.plainPart(b, q, e, key, fields, "EndKey")
		return
	}
	for i, fd := range fields {
		e.lead(b, fd, i == 0)
		e.value(b, q.Out, fd)
	}
	if window {
		open := "{"
		if len(fields) > 0 {
			open = ","
		}
		b.Add(appendText("`" + open + `"window_start":"` + "`"))
		b.Id("b").Op("=").Qual(sqltimePath, "AppendTimestamp").Call(jen.Id("b"), jen.Id("start"))
		b.Add(appendText("`\"}`"))
	} else {
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Id("'}'"))
	}
	b.Id("f").Dot("EndKey").Call(jen.Id("b"))
}

// recordValue emits the value.
func (g *generator) recordValue(b *jen.Group, q *p.Query, s *p.Sink, fields []*p.Field) {
	m := s.Bound.Message
	if m.Value == "none" {
		return
	}
	b.Comment("// the value")
	e := g.partPrinter(s, m.Value, "delimiter")
	if m.Value != "json" || m.Bare {
		g.plainPart(b, q, e, m.Value, fields, "EndValue")
		return
	}
	for i, fd := range fields {
		e.lead(b, fd, i == 0)
		e.value(b, q.Out, fd)
	}
	if len(fields) == 0 {
		b.Add(appendText("`{}`"))
	} else {
		b.Id("b").Op("=").Append(jen.Id("b"), jen.Id("'}'"))
	}
	b.Id("f").Dot("EndValue").Call(jen.Id("b"))
}

// plainPart emits a part that is one value, which is null if the value is NULL, or
// delimited ones.
func (g *generator) plainPart(b *jen.Group, q *p.Query, e *encodePrinter, format string, fields []*p.Field, end string) {
	finish := func() *jen.Statement { return jen.Id("f").Dot(end).Call(jen.Id("b")) }
	if format == "delimited" && (len(fields) != 1 || end == "EndValue") {
		for i, fd := range fields {
			e.lead(b, fd, i == 0)
			e.value(b, q.Out, fd)
		}
		b.Add(finish())
		return
	}
	if len(fields) == 0 {
		return
	}
	fd := fields[0]
	put, x := e.put, jen.Id("r").Dot(fd.Name)
	if format == "kafka" {
		put = putBinary
	}
	if fd.Null < 0 {
		b.Add(put(fd.SQL, x))
		b.Add(finish())
		return
	}
	word, mask := goemit.NullBit(q.Out, fd)
	test := jen.Id("r").Dot(word).Op("&").Id(mask).Op("==").Lit(0)
	b.If(test).Block(put(fd.SQL, x), finish())
}

// partPrinter prints values in the format of a part.
func (g *generator) partPrinter(s *p.Sink, format, delimiter string) *encodePrinter {
	e := &encodePrinter{g: g, s: s, form: formJSON, sep: ',', how: p.OpAppend, times: s.Times}
	option := func(key string) string {
		v, _ := bound.Get(s.Bound.Options, key)
		return v
	}
	e.quoteDecimals = option("decimal.format") == "string"
	if format != "delimited" {
		return e
	}
	e.form, e.null = formCSV, option("csv.null")
	if d := option(delimiter); d != "" {
		e.sep = d[0]
	}
	return e
}

// putBinary emits the appending of a value in the format kafka.
func putBinary(t types.Type, x *jen.Statement) *jen.Statement {
	set := jen.Id("b").Op("=")
	switch t.Kind {
	case types.Int:
		return set.Qual(kafkaPath, "AppendInt32").Call(jen.Id("b"), x)
	case types.BigInt:
		return set.Qual(kafkaPath, "AppendInt64").Call(jen.Id("b"), x)
	case types.Double:
		return set.Qual(kafkaPath, "AppendFloat64").Call(jen.Id("b"), x)
	}
	return set.Append(jen.Id("b"), x.Op("..."))
}
