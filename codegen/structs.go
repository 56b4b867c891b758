package codegen

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// structType emits a struct with the origin of every field, and the bits of its
// null bitmap:
//
//	// Volume is a row of table volume (trades.sql:9:1).
//	type Volume struct {
//		Symbol string // symbol
//		Q      int64  // SUM(quantity), nullable
//		Nulls  uint8  // one bit per nullable column, 1 = NULL
//	}
//
//	// Bits of Volume.Nulls.
//	const (
//		volumeNullQ = 1 << 0
//	)
func (g *generator) structType(f *jen.File, s *p.Struct) {
	doc(f, s.Doc)
	f.Type().Id(s.Name).StructFunc(func(b *jen.Group) {
		for _, fd := range s.Fields {
			st := jen.Id(fd.Name).Add(goemit.Type(fd.Type))
			if fd.Doc != "" {
				st.Comment(goemit.Comment(fd.Doc))
			}
			b.Add(st)
		}
		words, typ := goemit.NullWords(s)
		for i := range words {
			what := "one bit per nullable column, 1 = NULL"
			if strings.HasSuffix(s.Name, "State") {
				what = "one bit per aggregate, 1 = no value yet"
			}
			b.Id(goemit.NullWord(s, i)).Id(typ).Comment(goemit.Comment(what))
		}
	})
	f.Line()
	g.nullBits(f, s)
}

func (g *generator) nullBits(f *jen.File, s *p.Struct) {
	if s.NullBits == 0 {
		return
	}
	doc(f, "Bits of "+s.Name+"."+goemit.NullWord(s, 0)+".")
	f.Const().DefsFunc(func(b *jen.Group) {
		for _, fd := range s.Fields {
			if fd.Null >= 0 {
				b.Id(goemit.NullConst(s, fd)).Op("=").Id(fmt.Sprintf("1 << %d", fd.Null%64))
			}
		}
	})
	f.Line()
	if s.Exported {
		g.nullMethods(f, s)
	}
}

// nullMethods emits for each nullable column of a public row
//
//	// QNull reports whether Q is NULL.
//	func (r *Volume) QNull() bool { return r.Nulls&volumeNullQ != 0 }
//
//	// SetQNull makes Q NULL.
//	func (r *Volume) SetQNull() { r.Q, r.Nulls = 0, r.Nulls|volumeNullQ }
func (g *generator) nullMethods(f *jen.File, s *p.Struct) {
	for _, fd := range s.Fields {
		if fd.Null < 0 {
			continue
		}
		word, mask := goemit.NullBit(s, fd)
		recv := jen.Id("r").Op("*").Id(s.Name)
		doc(f, fd.Name+"Null reports whether "+fd.Name+" is NULL.")
		f.Func().Params(recv).Id(fd.Name + "Null").Params().Bool().Block(
			jen.Return(jen.Id("r").Dot(word).Op("&").Id(mask).Op("!=").Lit(0)))
		f.Line()
		doc(f, "Set"+fd.Name+"Null makes "+fd.Name+" NULL.")
		f.Func().Params(jen.Id("r").Op("*").Id(s.Name)).Id("Set" + fd.Name + "Null").Params().Block(
			jen.Id("r").Dot(word).Op("|=").Id(mask))
		f.Line()
	}
}

// keyHash emits the hash of a compound key:
//
//	// hash is the same for equal keys, in every run.
//	func (k *volumeKey) hash() uint64 {
//		h := state.HashString(k.symbol)
//		return state.Mix(h, state.HashInt(uint64(k.day)))
//	}
func (g *generator) keyHash(f *jen.File, s *p.Struct) {
	doc(f, "hash is the same for equal keys, in every run.")
	f.Func().Params(jen.Id("k").Op("*").Id(s.Name)).Id("hash").Params().Uint64().BlockFunc(func(b *jen.Group) {
		var parts []*jen.Statement
		for _, fd := range s.Fields {
			parts = append(parts, hashParts(fd, func() *jen.Statement { return jen.Id("k").Dot(fd.Name) })...)
		}
		words, _ := goemit.NullWords(s)
		for i := range words {
			parts = append(parts, jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(jen.Id("k").Dot(goemit.NullWord(s, i)))))
		}
		if len(parts) == 1 {
			b.Return(parts[0])
			return
		}
		b.Id("h").Op(":=").Add(parts[0])
		for _, pt := range parts[1 : len(parts)-1] {
			b.Id("h").Op("=").Qual(statePath, "Mix").Call(jen.Id("h"), pt)
		}
		b.Return(jen.Qual(statePath, "Mix").Call(jen.Id("h"), parts[len(parts)-1]))
	})
	f.Line()
}

// hashParts are the hashes of one key value.
func hashParts(fd *p.Field, x func() *jen.Statement) []*jen.Statement {
	switch fd.Type.Name {
	case "string":
		return []*jen.Statement{jen.Qual(statePath, "HashString").Call(x())}
	case "bool":
		return []*jen.Statement{jen.Qual(statePath, "HashBool").Call(x())}
	case "Int128":
		return []*jen.Statement{
			jen.Qual(statePath, "HashInt").Call(x().Dot("Lo")),
			jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(x().Dot("Hi"))),
		}
	case "Interval":
		return []*jen.Statement{
			jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(x().Dot("Micros"))),
			jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(x().Dot("Days"))),
			jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(x().Dot("Months"))),
		}
	case "uint64":
		return []*jen.Statement{jen.Qual(statePath, "HashInt").Call(x())}
	}
	return []*jen.Statement{jen.Qual(statePath, "HashInt").Call(jen.Uint64().Call(x()))}
}

// doc emits a doc comment, a line of SQL or prose per line of text.
func doc(f *jen.File, text string) {
	for _, l := range strings.Split(text, "\n") {
		f.Comment(goemit.Comment(l))
	}
}

// Import paths of the runtime.
const (
	rtPath      = "github.com/velocsql/veloc/runtime"
	statePath   = rtPath + "/state"
	csvPath     = rtPath + "/format/csv"
	jsonPath    = rtPath + "/format/json"
	kafkaPath   = rtPath + "/format/kafka"
	scanPath    = rtPath + "/format/scan"
	decimalPath = rtPath + "/decimal"
	sqltimePath = rtPath + "/sqltime"
	eventPath   = rtPath + "/event"
	faultPath   = rtPath + "/fault"
	windowPath  = rtPath + "/window"
	zonePath    = rtPath + "/sqlzone"
	sqlfnPath   = rtPath + "/sqlfn"

	terminalPath = rtPath + "/sink/terminal"
)
