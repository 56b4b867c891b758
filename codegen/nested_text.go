package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// appendTextFunc emits the function that writes a nested value as Java prints it,
// like this for ARRAY<INT>:
//
//	func appendTextIntegerArray(b []byte, v nested.Array[int32]) []byte {
//		b = append(b, '[')
//		for i, item := range v.Items {
//			if i > 0 {
//				b = append(b, ", "...)
//			}
//			if v.IsNull(i) {
//				b = append(b, "null"...)
//				continue
//			}
//			b = scan.AppendInt(b, int64(item))
//		}
//		return append(b, ']')
//	}
func (g *generator) appendTextFunc(f *jen.File, t types.Type) {
	name := goemit.TypeFuncName(p.OpAppendText, t)
	doc(f, name+" appends a value of "+t.String()+" as text.")
	comma := jen.If(jen.Id("i").Op(">").Lit(0)).Block(appendText(`", "`))
	f.Func().Id(name).Params(jen.Id("b").Index().Byte(), jen.Id("v").Add(valueType(t))).Index().Byte().BlockFunc(func(b *jen.Group) {
		switch t.Kind {
		case types.Array:
			b.Add(appendByte('['))
			b.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Id("v").Dot("Items")).Block(
				comma,
				jen.If(jen.Id("v").Dot("IsNull").Call(jen.Id("i"))).Block(appendText(`"null"`), jen.Continue()),
				g.putText(*t.Elem, jen.Id("item")),
			)
			b.Return(jen.Append(jen.Id("b"), jen.LitRune(']')))
		case types.Map:
			b.Add(appendByte('{'))
			b.For(jen.List(jen.Id("i"), jen.Id("key")).Op(":=").Range().Id("v").Dot("Keys")).Block(
				comma,
				g.putText(*t.Key, jen.Id("key")),
				appendByte('='),
				jen.If(jen.Id("v").Dot("Values").Dot("IsNull").Call(jen.Id("i"))).Block(appendText(`"null"`), jen.Continue()),
				g.putText(*t.Elem, jen.Id("v").Dot("Values").Dot("Items").Index(jen.Id("i"))),
			)
			b.Return(jen.Append(jen.Id("b"), jen.LitRune('}')))
		default:
			g.structText(b, t)
		}
	})
}

// structText emits the writing of a STRUCT; fields that are NULL are left out.
func (g *generator) structText(b *jen.Group, t types.Type) {
	b.Add(appendText(`"Struct{"`))
	for i, fd := range g.record(t).Fields {
		b.If(jen.Op("!").Id("v").Dot(fd.Name + "Null").Call()).BlockFunc(func(b *jen.Group) {
			if i > 0 {
				b.If(jen.Id("b").Index(jen.Len(jen.Id("b")).Op("-").Lit(1)).Op("!=").LitRune('{')).Block(appendByte(','))
			}
			b.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(fd.Column+"=").Op("..."))
			b.Add(g.putText(fd.SQL, jen.Id("v").Dot(fd.Name)))
		})
	}
	b.Return(jen.Append(jen.Id("b"), jen.LitRune('}')))
}

// putText emits the appending of a value as text.
func (g *generator) putText(t types.Type, x *jen.Statement) *jen.Statement {
	set := jen.Id("b").Op("=")
	switch t.Kind {
	case types.String, types.JSON, types.Null:
		return set.Append(jen.Id("b"), x.Op("..."))
	case types.Double:
		return set.Append(jen.Id("b"), jen.Qual(sqlfnPath, "JavaFloat64").Call(x).Op("..."))
	case types.Time:
		return set.Append(jen.Id("b"), jen.Qual(sqlfnPath, "JavaTime").Call(x).Op("..."))
	case types.Timestamp:
		return set.Append(jen.Id("b"), jen.Qual(sqlfnPath, "JavaTimestamp").Call(x).Op("..."))
	case types.Array, types.Map, types.Struct:
		return set.Add(g.typeFunc(p.OpAppendText, t)).Call(jen.Id("b"), x)
	}
	e := &encodePrinter{g: g, form: formCSV, sep: ','}
	return e.put(t, x)
}
