package codegen

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// resultType is what the embedding program gets per row: the row, or a change
// where rows can be withdrawn.
func resultType(q *p.Query) *jen.Statement {
	if q.Deletes {
		return jen.Qual(rtPath, "Change").Types(jen.Id(q.Out.Name))
	}
	return jen.Id(q.Out.Name)
}

// embedding emits the API for programs that run the pipeline inside themselves:
// Options, Pipeline, New, On.. and Run.
func (g *generator) embedding(f *jen.File) {
	g.optionsType(f)
	g.pipelineType(f)
	taken := g.members()
	for _, q := range g.results() {
		if taken["On"+q.GoName] {
			continue // Pipeline.Volume.On does the same
		}
		doc(f, fmt.Sprintf("On%s calls fn for every row of %s. It is registered before Run.", q.GoName, q.Name))
		f.Func().Params(jen.Id("p").Op("*").Id("Pipeline")).Id("On" + q.GoName).Params(jen.Id("fn").Func().Params(resultType(q))).Block(
			jen.Id("p").Dot(q.GoName).Dot("On").Call(jen.Id("fn")))
		f.Line()
	}
	g.runMethod(f)
}

// members are the fields of Pipeline that are named after relations.
func (g *generator) members() map[string]bool {
	names := map[string]bool{}
	for _, s := range g.inputs() {
		names[s.GoName] = true
	}
	for _, q := range g.results() {
		names[q.GoName] = true
	}
	return names
}

func (g *generator) optionsType(f *jen.File) {
	doc(f, "Options are how a Pipeline runs. The zero value runs it as the SQL says.")
	f.Type().Id("Options").StructFunc(func(b *jen.Group) {
		b.Qual(rtPath, "Options")
		for _, s := range g.inputs() {
			b.Line()
			b.Comment(goemit.Comment(fmt.Sprintf("Push%s makes rows of %s come from Pipeline.%s.Push; no source is read.", s.GoName, s.Name, s.GoName)))
			b.Id("Push" + s.GoName).Bool()
			b.Comment(goemit.Comment(fmt.Sprintf("%sSource, if set, replaces the source of %s.", s.GoName, s.Name)))
			b.Id(s.GoName+"Source").Qual(rtPath, "Source")
		}
		for _, s := range g.prog.Sinks {
			b.Line()
			b.Comment(goemit.Comment(fmt.Sprintf("%sSink, if set, replaces the sink %s; rt.Discard drops its rows.", s.GoName, s.Name)))
			b.Id(s.GoName+"Sink").Qual(rtPath, "Sink")
		}
	})
	f.Line()
}

func (g *generator) pipelineType(f *jen.File) {
	doc(f, fmt.Sprintf("Pipeline is %s as part of another program.", g.prog.Name))
	f.Type().Id("Pipeline").StructFunc(func(b *jen.Group) {
		for _, s := range g.inputs() {
			b.Comment(goemit.Comment(fmt.Sprintf("%s takes rows of %s if Options.Push%s is set.", s.GoName, s.Name, s.GoName)))
			b.Id(s.GoName).Qual(rtPath, "Input").Types(jen.Id(s.Row.Name))
		}
		for _, q := range g.results() {
			b.Comment(goemit.Comment(fmt.Sprintf("%s gives the rows of %s.", q.GoName, q.Name)))
			b.Id(q.GoName).Qual(rtPath, "Results").Types(resultType(q))
		}
		b.Line()
		b.Id("options").Id("Options")
		b.Id("once").Qual(rtPath, "Once")
	})
	f.Line()
	doc(f, "New prepares a pipeline. Callbacks are registered before Run starts it.")
	f.Func().Id("New").Params(jen.Id("o").Id("Options")).Op("*").Id("Pipeline").BlockFunc(func(b *jen.Group) {
		b.Id("p").Op(":=").Op("&").Id("Pipeline").Values(jen.Id("options").Op(":").Id("o"))
		for _, s := range g.inputs() {
			b.If(jen.Id("o").Dot("Push" + s.GoName)).BlockFunc(func(b *jen.Group) {
				b.Id("p").Dot(s.GoName).Dot("Init").Call(jen.Lit(s.Name))
				if hasBytes(s.Row) {
					b.Id("p").Dot(s.GoName).Dot("CopyWith").Call(jen.Parens(jen.Op("*").Id(s.Row.Name)).Dot("own"))
				}
			})
		}
		b.Return(jen.Id("p"))
	})
	f.Line()
	for _, s := range g.inputs() {
		if hasBytes(s.Row) {
			g.ownMethod(f, s.Row)
		}
	}
}

// hasBytes reports that assigning a row does not copy it.
func hasBytes(s *p.Struct) bool {
	return slices.ContainsFunc(s.Fields, func(fd *p.Field) bool { return fd.Type.Slice || fd.SQL.IsNested() && !plain(fd.SQL) })
}

func (g *generator) runMethod(f *jen.File) {
	doc(f, "Run runs the pipeline until its inputs end or ctx is done, which is an orderly stop. It can be called once.")
	f.Func().Params(jen.Id("p").Op("*").Id("Pipeline")).Id("Run").Params(jen.Id("ctx").Qual("context", "Context")).Error().BlockFunc(func(b *jen.Group) {
		b.If(jen.Err().Op(":=").Id("p").Dot("once").Dot("Begin").Call(), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err()))
		b.Id("def").Op(":=").Id("Program").Call()
		b.Id("def").Dot("NewWorker").Op("=").Func().Params(jen.Id("c").Op("*").Qual(rtPath, "Connect")).Qual(rtPath, "Worker").BlockFunc(func(b *jen.Group) {
			for _, s := range g.inputs() {
				b.Id("p").Dot(s.GoName).Dot("Attach").Call(jen.Id("c"))
			}
			b.Return(jen.Id("newWorker").Call(jen.Id("c"), jen.Id("p")))
		})
		for _, s := range g.inputs() {
			b.Id("def").Dot("Sources").Index(jen.Lit(s.Index)).Dot("Use").Call(jen.Id("p").Dot("options").Dot(s.GoName + "Source"))
			b.If(jen.Id("p").Dot("options").Dot("Push" + s.GoName)).Block(
				jen.Id("def").Dot("Sources").Index(jen.Lit(s.Index)).Dot("Use").Call(jen.Id("p").Dot(s.GoName).Dot("Source").Call()))
		}
		for _, s := range g.prog.Sinks {
			b.Id("def").Dot("Sinks").Index(jen.Lit(s.Index)).Dot("Use").Call(jen.Id("p").Dot("options").Dot(s.GoName + "Sink"))
		}
		b.List(jen.Id("_"), jen.Err()).Op(":=").Qual(rtPath, "Run").Call(jen.Id("ctx"), jen.Id("def"), jen.Id("p").Dot("options").Dot("Options"))
		for _, s := range g.inputs() {
			b.Id("p").Dot(s.GoName).Dot("End").Call()
		}
		for _, q := range g.results() {
			b.Id("p").Dot(q.GoName).Dot("End").Call(jen.Err())
		}
		b.Return(jen.Err())
	})
	f.Line()
}

// loadName is the method that takes pushed rows.
func loadName(fn *p.Func) string { return "load" + suffix(fn) }

func pushedField(fn *p.Func) string { return "pushed" + suffix(fn) }

// loader emits the taking of a pushed row:
//
//	func (q *volumeQuery) load(at int, in *volumeIn) (int, error) {
//		row := &q.pushed[at]
//		*in = volumeIn{symbol: row.Symbol}
//		if row.PriceNull() {
//			in.nulls |= volumeInNullPrice
//		} else {
//			in.price = row.Price
//		}
//		return at + 1, nil
//	}
func (g *generator) loader(f *jen.File, fn *p.Func) {
	doc(f, loadName(fn)+" takes a row that the embedding program pushed.")
	f.Func().Params(recv(fn.Query)).Id(loadName(fn)).Params(jen.Id("at").Int(), jen.Id("in").Op("*").Id(fn.In.Name)).Params(jen.Int(), jen.Error()).BlockFunc(func(b *jen.Group) {
		type pair struct{ in, row *p.Field }
		var plain, nullable []pair
		for i, r := range fn.Reads {
			if r.Field == nil {
				continue
			}
			pr := pair{r.Field, fn.Source.Row.Fields[i]}
			if pr.row.Null >= 0 {
				nullable = append(nullable, pr)
			} else {
				plain = append(plain, pr)
			}
		}
		if len(plain)+len(nullable) > 0 {
			b.Id("row").Op(":=").Op("&").Id("q").Dot(pushedField(fn)).Index(jen.Id("at"))
		}
		b.Op("*").Id("in").Op("=").Id(fn.In.Name).ValuesFunc(func(v *jen.Group) {
			for _, pr := range plain {
				v.Id(pr.in.Name).Op(":").Id("row").Dot(pr.row.Name)
			}
		})
		for _, pr := range nullable {
			word, mask := goemit.NullBit(fn.In, pr.in)
			b.If(jen.Id("row").Dot(pr.row.Name + "Null").Call()).Block(jen.Id("in").Dot(word).Op("|=").Id(mask)).Else().Block(
				jen.Id("in").Dot(pr.in.Name).Op("=").Id("row").Dot(pr.row.Name))
		}
		b.Return(jen.Id("at").Op("+").Lit(1), jen.Nil())
	})
	f.Line()
}

// ownMethod emits the copy of a row that may leave the pipeline.
func (g *generator) ownMethod(f *jen.File, s *p.Struct) {
	doc(f, "own is a copy of the row that shares no memory with a batch.")
	f.Func().Params(jen.Id("r").Op("*").Id(s.Name)).Id("own").Params().Id(s.Name).BlockFunc(func(b *jen.Group) {
		b.Id("c").Op(":=").Op("*").Id("r")
		for _, fd := range s.Fields {
			if c, ok := g.cloned(fd, jen.Id("c").Dot(fd.Name)); ok {
				b.Id("c").Dot(fd.Name).Op("=").Add(c)
			}
		}
		b.Return(jen.Id("c"))
	})
	f.Line()
}

// tapRow emits the handing of a row to the embedding program.
func tapRow(b *jen.Group, q *p.Query) {
	row := jen.Id("row").Dot("own").Call()
	if q.Deletes {
		row = jen.Qual(rtPath, "Change").Types(jen.Id(q.Out.Name)).Values(jen.Id("Op").Op(":").Id("op"), jen.Id("Row").Op(":").Add(row))
	}
	b.If(jen.Id("q").Dot("tap").Op("!=").Nil()).Block(jen.Id("q").Dot("tap").Dot("Add").Call(row))
}
