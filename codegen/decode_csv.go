package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// csvFast emits the decoder for records without quotes, NULLs and surprises:
//
//	func (q *volumeQuery) decode(d []byte, at int, in *volumeIn) (int, error) {
//		if !q.csv.Straight() {
//			return q.decodeAny(d, at, in)
//		}
//		var i int
//		// symbol STRING NOT NULL
//		if in.symbol, i = csv.Text(d, at, ','); i < 0 || d[i] != ',' {
//			return q.decodeAny(d, at, in)
//		}
//		...
//		return i + 1, nil
//	}
func (d *decodePrinter) csvFast(f *jen.File) {
	doc(f, fmt.Sprintf("%s reads the record of %s at d[at:] and returns where the next one starts.", decodeName(d.fn), d.fn.Source.Name))
	d.signature(f, decodeName(d.fn)).BlockFunc(func(b *jen.Group) {
		d.takePushed(b)
		if !d.csvHasFast() {
			b.Add(d.fallback())
			return
		}
		b.If(jen.Op("!").Id("q").Dot(readerField(d.fn)).Dot("Straight").Call()).Block(d.fallback())
		last := d.lastUsed()
		if last < 0 {
			b.Id("i").Op(":=").Id("at")
		} else {
			b.Var().Id("i").Int()
		}
		for i, r := range d.fn.Reads[:last+1] {
			d.csvColumn(b, i, r)
		}
		d.clearNulls(b)
		if last == len(d.fn.Reads)-1 {
			b.Return(jen.Id("i").Op("+").Lit(1), jen.Nil())
			return
		}
		b.Comment("// the columns behind are not read")
		skip := "SkipLine"
		if option(d.fn, "multiline", "true") == "false" {
			skip = "SkipPlainLine"
		}
		b.If(jen.Id("i").Op("=").Qual(csvPath, skip).Call(jen.Id("d"), jen.Id("i")), jen.Id("i").Op("<").Lit(0)).Block(d.fallback())
		b.Return(jen.Id("i"), jen.Nil())
	})
	f.Line()
}

// csvHasFast reports whether every column that is looked at can be read without
// the reader for records of any shape.
func (d *decodePrinter) csvHasFast() bool {
	for _, r := range d.fn.Reads[:d.lastUsed()+1] {
		read, _, _ := number(r)
		parse, _ := parser(r)
		if read == "" && parse == nil && r.SQL.Kind != types.String && (r.Field != nil || checked(d.fn)) {
			return false
		}
	}
	return true
}

func (d *decodePrinter) csvColumn(b *jen.Group, i int, r p.Read) {
	from := jen.Id("at")
	if i > 0 {
		from = jen.Id("i").Op("+").Lit(1)
	}
	end := delim(d.fn)
	if i == len(d.fn.Reads)-1 {
		end = '\n'
	}
	bad := func() *jen.Statement {
		return jen.Id("i").Op("<").Lit(0).Op("||").Id("d").Index(jen.Id("i")).Op("!=").Add(byteLit(end))
	}
	b.Comment(columnComment(r))
	read, check, extra := number(r)
	switch {
	case isoTime(r) && r.Field != nil:
		args := []jen.Code{jen.Id("d"), from, jen.Op("&").Id("q").Dot(memoField(d.fn))}
		b.If(jen.List(jen.Id("in").Dot(r.Field.Name), jen.Id("i")).Op("=").Qual(scanPath, "Timestamp").Call(args...), bad()).Block(d.fallback())
	case r.Field == nil && check != "" && checked(d.fn):
		b.If(jen.Id("i").Op("=").Qual(scanPath, check).Call(append([]jen.Code{jen.Id("d"), from}, extra...)...), bad()).Block(d.fallback())
	case r.Field == nil && (r.SQL.Kind == types.String || !checked(d.fn)):
		b.If(jen.Id("i").Op("=").Qual(csvPath, "Skip").Call(jen.Id("d"), from, byteLit(delim(d.fn))), bad()).Block(d.fallback())
	case read != "":
		b.If(jen.List(d.into(r), jen.Id("i")).Op("=").Qual(scanPath, read).Call(append([]jen.Code{jen.Id("d"), from}, extra...)...), bad()).Block(d.fallback())
	case r.SQL.Kind == types.String:
		b.If(jen.List(d.into(r), jen.Id("i")).Op("=").Qual(csvPath, "Text").Call(jen.Id("d"), from, byteLit(delim(d.fn))), bad()).Block(d.fallback())
	default:
		d.csvParsed(b, r, from, bad())
	}
}

// into is the field that a column goes to, or _ if it is only checked.
func (d *decodePrinter) into(r p.Read) *jen.Statement {
	if r.Field == nil {
		return jen.Id("_")
	}
	return jen.Id("in").Dot(r.Field.Name)
}

// csvParsed emits the reading of a column whose text is cut out first.
func (d *decodePrinter) csvParsed(b *jen.Group, r p.Read, from, bad *jen.Statement) {
	parse, extra := parser(r)
	b.BlockFunc(func(b *jen.Group) {
		b.Var().Id("text").String()
		b.If(jen.List(jen.Id("text"), jen.Id("i")).Op("=").Qual(csvPath, "Text").Call(jen.Id("d"), from, byteLit(delim(d.fn))), bad).Block(d.fallback())
		b.Var().Id("ok").Bool()
		b.If(jen.List(d.into(r), jen.Id("ok")).Op("=").Add(parse).Call(append([]jen.Code{jen.Id("text")}, extra...)...), jen.Op("!").Id("ok")).Block(d.fallback())
	})
}

// csvAny emits the decoder for every legal record:
//
//	next, err := q.csv.Record(d, at)
//	if err != nil {
//		return next, err
//	}
//	*in = volumeIn{}
//	var ok bool
//	// symbol STRING NOT NULL
//	if in.symbol, ok = q.csv.Text(0); !ok {
//		return next, q.csv.NotNull(0)
//	}
//	...
//	return next, q.csv.Err()
func (d *decodePrinter) csvAny(f *jen.File) {
	doc(f, decodeAnyName(d.fn)+" reads a record of any legal shape: quotes, NULLs, columns in another order.")
	d.signature(f, decodeAnyName(d.fn)).BlockFunc(func(b *jen.Group) {
		b.Id("r").Op(":=").Op("&").Id("q").Dot(readerField(d.fn))
		b.List(jen.Id("next"), jen.Err()).Op(":=").Id("r").Dot("Record").Call(jen.Id("d"), jen.Id("at"))
		b.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Id("next"), jen.Err()))
		d.resetMemory(b)
		b.Op("*").Id("in").Op("=").Id(d.fn.In.Name).Values()
		if d.anyRead() {
			b.Var().Id("ok").Bool()
		}
		for i, r := range d.fn.Reads {
			d.csvValue(b, i, r)
		}
		b.Return(jen.Id("next"), jen.Id("r").Dot("Err").Call())
	})
	f.Line()
}

func (d *decodePrinter) anyRead() bool {
	for _, r := range d.fn.Reads {
		if r.Field != nil || r.NotNull && checked(d.fn) {
			return true
		}
	}
	return false
}

func (d *decodePrinter) csvValue(b *jen.Group, i int, r p.Read) {
	if r.Field == nil && !checked(d.fn) {
		return
	}
	var call *jen.Statement
	if r.SQL.IsNested() {
		call = jen.Qual(csvPath, "JSON").Call(jen.Id("r"), jen.Lit(i), jen.Op("&").Id("q").Dot(memoryField(d.fn)), d.g.typeFunc(p.OpRead, r.SQL))
	} else {
		name, extra := readMethod(r)
		call = jen.Id("r").Dot(name).Call(append([]jen.Code{jen.Lit(i)}, extra...)...)
	}
	if r.Field == nil && !r.NotNull {
		b.Comment(columnComment(r))
		b.Add(call)
		return
	}
	b.Comment(columnComment(r))
	missing := jen.Return(jen.Id("next"), jen.Id("r").Dot("NotNull").Call(jen.Lit(i)))
	if !r.NotNull {
		missing = d.setNull(r)
	}
	b.If(jen.List(d.into(r), jen.Id("ok")).Op("=").Add(call), jen.Op("!").Id("ok")).Block(missing)
}
