package codegen

import (
	"fmt"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// longestKey is how many bytes a constant compare may reach beyond a record:
// the padding of a batch.
const longestKey = 48

// jsonFast emits the decoder for objects whose keys stand in the declared
// order, without white space; fields that are of no column may stand between:
//
//	func (q *bigQuery) decode(d []byte, at int, in *bigIn) (int, error) {
//		i := at
//		// auction BIGINT NOT NULL
//		if string(d[i:i+11]) != `{"auction":` {
//			if i = q.json.Pass(d, i, `{"auction":`); i < 0 {
//				return q.decodeAny(d, at, in)
//			}
//		}
//		if in.auction, i = scan.Int(d, i+11); i < 0 {
//			return q.decodeAny(d, at, in)
//		}
//		...
//		if d[i] != '}' {
//			if i = q.json.PassRest(d, i); i < 0 {
//				return q.decodeAny(d, at, in)
//			}
//		}
//		if d[i+1] != '\n' {
//			return q.decodeAny(d, at, in)
//		}
//		return i + 2, nil
//	}
func (d *decodePrinter) jsonFast(f *jen.File) {
	doc(f, fmt.Sprintf("%s reads the record of %s at d[at:] and returns where the next one starts.", decodeName(d.fn), d.fn.Source.Name))
	d.signature(f, decodeName(d.fn)).BlockFunc(func(b *jen.Group) {
		d.takePushed(b)
		if !d.jsonHasFast() {
			b.Add(d.fallback())
			return
		}
		b.Id("i").Op(":=").Id("at")
		last := d.lastUsed()
		for i, r := range d.fn.Reads[:last+1] {
			d.jsonColumn(b, i, r)
		}
		d.jsonEnd(b, last == len(d.fn.Reads)-1)
	})
	f.Line()
}

// jsonEnd emits the step behind the last column that is looked at; it may be the
// last one that is declared.
func (d *decodePrinter) jsonEnd(b *jen.Group, lastOfAll bool) {
	at := func(n int) *jen.Statement {
		if n == 0 {
			return jen.Id("d").Index(jen.Id("i"))
		}
		return jen.Id("d").Index(jen.Id("i").Op("+").Lit(n))
	}
	if checked(d.fn) {
		b.If(at(0).Op("!=").Id("'}'")).Block(
			jen.If(jen.Id("i").Op("=").Id("q").Dot(readerField(d.fn)).Dot("PassRest").Call(jen.Id("d"), jen.Id("i")), jen.Id("i").Op("<").Lit(0)).Block(d.fallback()))
		b.If(at(1).Op("!=").Id(`'\n'`)).Block(d.fallback())
		d.clearNulls(b)
		b.Return(jen.Id("i").Op("+").Lit(2), jen.Nil())
		return
	}
	d.clearNulls(b)
	if lastOfAll {
		b.If(at(0).Op("==").Id("'}'").Op("&&").Add(at(1)).Op("==").Id(`'\n'`)).Block(
			jen.Return(jen.Id("i").Op("+").Lit(2), jen.Nil()))
	}
	b.Comment("// the fields behind are not read")
	b.Return(jen.Id("i").Op("+").Qual("bytes", "IndexByte").Call(jen.Id("d").Index(jen.Id("i").Op(":")), jen.Id(`'\n'`)).Op("+").Lit(1), jen.Nil())
}

// jsonHasFast reports whether all columns up to the last used one have a fast
// form.
func (d *decodePrinter) jsonHasFast() bool {
	last := d.lastUsed()
	if last < 0 {
		return false
	}
	for _, r := range d.fn.Reads[:last+1] {
		if len(strconv.Quote(r.Column))+3 > longestKey || strconv.Quote(r.Column) != `"`+r.Column+`"` {
			return false
		}
		read, _, _ := number(r)
		if read == "" && r.SQL.Kind != types.String && r.SQL.Kind != types.Timestamp && r.SQL.Kind != types.Date {
			return false
		}
	}
	return true
}

func (d *decodePrinter) jsonColumn(b *jen.Group, i int, r p.Read) {
	b.Comment(columnComment(r))
	open := ","
	if i == 0 {
		open = "{"
	}
	key := open + `"` + r.Column + `":`
	pattern := r.Times != nil && r.Times.Pattern != ""
	quoted := r.SQL.Kind == types.String || isoTime(r) || pattern || r.SQL.Kind == types.Date
	if quoted {
		key += `"`
	}
	d.jsonKey(b, key)
	from := jen.Id("i").Op("+").Lit(len(key))
	bad := jen.Id("i").Op("<").Lit(0)
	switch {
	case r.SQL.Kind == types.String && r.Field == nil:
		b.If(jen.Id("i").Op("=").Qual(jsonPath, "SkipText").Call(jen.Id("d"), from), bad).Block(d.fallback())
	case r.SQL.Kind == types.String:
		b.If(jen.List(d.into(r), jen.Id("i")).Op("=").Qual(jsonPath, "Text").Call(jen.Id("d"), from), bad).Block(d.fallback())
	case isoTime(r):
		args := []jen.Code{jen.Id("d"), from, jen.Op("&").Id("q").Dot(memoField(d.fn))}
		b.If(jen.List(d.into(r), jen.Id("i")).Op("=").Qual(scanPath, "Timestamp").Call(args...), bad.Op("||").Id("d").Index(jen.Id("i")).Op("!=").Id(`'"'`)).Block(d.fallback())
		b.Id("i").Op("++")
	case r.SQL.Kind == types.Date || pattern:
		d.jsonParsed(b, r, from, bad)
	default:
		read, check, extra := number(r)
		args := append([]jen.Code{jen.Id("d"), from}, extra...)
		if r.Field == nil && check != "" {
			b.If(jen.Id("i").Op("=").Qual(scanPath, check).Call(args...), bad).Block(d.fallback())
		} else {
			b.If(jen.List(d.into(r), jen.Id("i")).Op("=").Qual(scanPath, read).Call(args...), bad).Block(d.fallback())
		}
	}
}

// jsonKey emits the step to the value of a key, which follows the field before or
// fields that are of no column.
func (d *decodePrinter) jsonKey(b *jen.Group, key string) {
	b.If(jen.String().Call(jen.Id("d").Index(jen.Id("i").Op(":").Id("i").Op("+").Lit(len(key)))).Op("!=").Id("`" + key + "`")).Block(
		jen.If(jen.Id("i").Op("=").Id("q").Dot(readerField(d.fn)).Dot("Pass").Call(jen.Id("d"), jen.Id("i"), jen.Id("`"+key+"`")), jen.Id("i").Op("<").Lit(0)).Block(d.fallback()))
}

// jsonParsed emits the reading of a string whose text is parsed.
func (d *decodePrinter) jsonParsed(b *jen.Group, r p.Read, from, bad *jen.Statement) {
	parse, _ := parser(r)
	b.BlockFunc(func(b *jen.Group) {
		b.Var().Id("text").String()
		b.If(jen.List(jen.Id("text"), jen.Id("i")).Op("=").Qual(jsonPath, "Text").Call(jen.Id("d"), from), bad).Block(d.fallback())
		b.Var().Id("ok").Bool()
		b.If(jen.List(d.into(r), jen.Id("ok")).Op("=").Add(parse).Call(jen.Id("text")), jen.Op("!").Id("ok")).Block(d.fallback())
	})
}

// jsonAny emits the decoder for every legal object:
//
//	r := &q.json
//	*in = bigIn{nulls: bigInNullPrice} // an absent field is NULL
//	for r.Begin(d, at); r.More(); {
//		var ok bool
//		switch r.Column() {
//		case 0: // auction BIGINT NOT NULL
//			if in.auction, ok = r.Int64(); !ok {
//				r.NotNull(0)
//			}
//		default:
//			r.Skip()
//		}
//	}
//	return r.DoneWith(0)
func (d *decodePrinter) jsonAny(f *jen.File) {
	doc(f, decodeAnyName(d.fn)+" reads an object of any legal shape: fields in another order, NULLs, escapes.")
	d.signature(f, decodeAnyName(d.fn)).BlockFunc(func(b *jen.Group) {
		b.Id("r").Op(":=").Op("&").Id("q").Dot(readerField(d.fn))
		d.resetMemory(b)
		b.Op("*").Id("in").Op("=").Id(d.fn.In.Name).ValuesFunc(d.allNull)
		b.For(jen.Id("r").Dot("Begin").Call(jen.Id("d"), jen.Id("at")), jen.Id("r").Dot("More").Call(), jen.Empty()).BlockFunc(func(b *jen.Group) {
			b.Switch(jen.Id("r").Dot("Column").Call()).BlockFunc(func(b *jen.Group) {
				for i, r := range d.fn.Reads {
					d.jsonValue(b, i, r)
				}
				b.Default().Block(jen.Id("r").Dot("Skip").Call())
			})
		})
		b.Return(jen.Id("r").Dot("DoneWith").CallFunc(func(a *jen.Group) {
			for i, r := range d.fn.Reads {
				if r.NotNull && (r.Field != nil || checked(d.fn)) {
					a.Lit(i)
				}
			}
		}))
	})
	f.Line()
}

// resetMemory emits the giving of the memory for nested values to this record.
func (d *decodePrinter) resetMemory(b *jen.Group) {
	if readsNested(d.fn) {
		d.g.resets = true
		b.Id("q").Dot(memoryField(d.fn)).Dot("reset").Call()
	}
}

// allNull sets the bits of all nullable fields: absent fields are NULL.
func (d *decodePrinter) allNull(v *jen.Group) {
	words, _ := goemit.NullWords(d.fn.In)
	for i := range words {
		var bits *jen.Statement
		for _, fd := range d.fn.In.Fields {
			if fd.Null < 0 || fd.Null/64 != i {
				continue
			}
			if bits == nil {
				bits = jen.Id(goemit.NullConst(d.fn.In, fd))
			} else {
				bits = bits.Op("|").Id(goemit.NullConst(d.fn.In, fd))
			}
		}
		v.Id(goemit.NullWord(d.fn.In, i)).Op(":").Add(bits)
	}
}

func (d *decodePrinter) jsonValue(b *jen.Group, i int, r p.Read) {
	if r.Field == nil && !checked(d.fn) {
		return
	}
	call := d.readCall(r)
	b.Case(jen.Lit(i)).BlockFunc(func(b *jen.Group) {
		b.Comment(columnComment(r))
		for _, c := range d.jsonTake(i, r, call) {
			b.Add(c)
		}
	})
}

// readCall renders the reading of a column's value from the JSON reader r.
func (d *decodePrinter) readCall(r p.Read) *jen.Statement {
	if r.SQL.IsNested() {
		return d.g.readCall(jen.Id("q").Dot(memoryField(d.fn)), r.SQL)
	}
	name, extra := readMethod(r)
	return jen.Id("r").Dot(name).Call(extra...)
}

// jsonTake emits the taking of a value that a call reads.
func (d *decodePrinter) jsonTake(i int, r p.Read, call *jen.Statement) []jen.Code {
	body := []jen.Code{call}
	switch {
	case r.Field == nil && r.NotNull:
		body = []jen.Code{jen.If(jen.List(jen.Id("_"), jen.Id("ok")).Op(":=").Add(call), jen.Op("!").Id("ok")).Block(jen.Id("r").Dot("NotNull").Call(jen.Lit(i)))}
	case r.Field != nil && r.NotNull:
		body = []jen.Code{
			jen.Var().Id("ok").Bool(),
			jen.If(jen.List(d.into(r), jen.Id("ok")).Op("=").Add(call), jen.Op("!").Id("ok")).Block(jen.Id("r").Dot("NotNull").Call(jen.Lit(i))),
		}
	case r.Field != nil:
		word, mask := goemit.NullBit(d.fn.In, r.Field)
		body = []jen.Code{
			jen.Var().Id("ok").Bool(),
			jen.If(jen.List(d.into(r), jen.Id("ok")).Op("=").Add(call), jen.Id("ok")).Block(
				jen.Id("in").Dot(word).Op("&^=").Id(mask)).Else().Block(jen.Id("in").Dot(word).Op("|=").Id(mask)),
		}
	}
	return body
}
