package codegen

import (
	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
)

// earlierRow emits the look-up of the row that the one being emitted replaces:
//
//	key := row.City
//	hash := state.HashString(key)
//	e := q.earlier.Find(hash, key)
//	if e == nil {
//		e = q.newEarlier(hash, key)
//	}
//	g := &e.State
func (g *generator) earlierRow(b *jen.Group, q *p.Query) {
	if q.Changelog == nil || q.Changelog.Earlier == nil {
		return
	}
	b.Comment("// the row of the key that is out")
	fn := &p.Func{Query: q, Kind: p.Row, Steps: []p.Step{&p.Do{X: &p.Var{Name: "g"}}}}
	sp := &stepPrinter{g: g, fn: fn}
	sp.findGroup(b, &p.FindGroup{Table: q.Changelog.Earlier, Key: q.Changelog.Key})
}

// keepEarlier emits the keeping of the row for its next change.
func keepEarlier(b *jen.Group, q *p.Query) {
	if q.Changelog == nil || q.Changelog.Earlier == nil {
		return
	}
	keep := jen.Id("g").Dot("row").Op("=").Id("row").Dot("own").Call()
	if !q.Deletes {
		b.Add(keep)
		b.Id("g").Dot("there").Op("=").True()
		return
	}
	b.Id("g").Dot("there").Op("=").Id("op").Op("!=").Qual(rtPath, "Delete")
	b.If(jen.Id("g").Dot("there")).Block(keep)
}

// changeLines emits the writing of a change to a sink:
//
//	if g.there {
//		q.out.Buf = g.row.appendJSON(q.out.Buf, op.Before())
//		q.out.Rows++
//	}
//	if op != rt.Delete {
//		q.out.Buf = row.appendJSON(q.out.Buf, rt.After(g.there))
//		q.out.Rows++
//	}
func changeLines(b *jen.Group, q *p.Query, s *p.Sink) {
	out := func() *jen.Statement { return jen.Id("q").Dot(outField(q, s)) }
	line := func(b *jen.Group, row *jen.Statement, args ...jen.Code) {
		b.Add(out()).Dot("Buf").Op("=").Add(row).Dot(encoderName(q, s)).Call(append([]jen.Code{out().Dot("Buf")}, args...)...)
		b.Add(out()).Dot("Rows").Op("++")
	}
	earlier := q.Changelog.Earlier != nil
	row := func() *jen.Statement { return jen.Id("row") }
	before := func() *jen.Statement { return jen.Id("g").Dot("row") }
	there := func() *jen.Statement { return jen.Id("g").Dot("there") }
	op := func() *jen.Statement {
		if q.Deletes {
			return jen.Id("op")
		}
		return jen.Qual(rtPath, "Upsert")
	}
	unlessDelete := func(then func(*jen.Group)) {
		if q.Deletes {
			b.If(jen.Id("op").Op("!=").Qual(rtPath, "Delete")).BlockFunc(then)
		} else {
			then(b)
		}
	}
	switch {
	case q.Changelog.Form == "retract" && !earlier:
		line(b, row(), jen.Qual(rtPath, "Insert"))
	case q.Changelog.Form == "retract":
		b.If(there()).BlockFunc(func(b *jen.Group) {
			if q.Deletes {
				line(b, before(), jen.Id("op").Dot("Before").Call())
			} else {
				line(b, before(), jen.Qual(rtPath, "UpdateBefore"))
			}
		})
		unlessDelete(func(b *jen.Group) { line(b, row(), jen.Qual(rtPath, "After").Call(there())) })
	case !earlier:
		line(b, row(), jen.Qual(rtPath, "Upsert"), jen.Nil())
	default:
		st := jen.If(there()).BlockFunc(func(b *jen.Group) { line(b, row(), op(), jen.Op("&").Add(before())) })
		fresh := func(b *jen.Group) { line(b, row(), op(), jen.Nil()) }
		if q.Deletes {
			st.Else().If(jen.Id("op").Op("!=").Qual(rtPath, "Delete")).BlockFunc(fresh)
		} else {
			st.Else().BlockFunc(fresh)
		}
		b.Add(st)
	}
	b.If(out().Dot("Full").Call()).Block(out().Dot("Flush").Call())
}

// envelope emits the method that appends a change with the row before and after it,
// and the one for a row:
//
//	{"before":null,"after":{"city":"Rome","n":1},"op":"c"}
func (g *generator) envelope(f *jen.File, q *p.Query, s *p.Sink, e *encodePrinter) {
	object := encoderName(q, s) + "Object"
	doc(f, object+" appends the row as a JSON object.")
	f.Func().Params(jen.Id("r").Op("*").Id(q.Out.Name)).Id(object).Params(jen.Id("b").Index().Byte()).Index().Byte().BlockFunc(func(b *jen.Group) {
		for i, fd := range q.Out.Fields {
			e.lead(b, fd, i == 0)
			e.value(b, q.Out, fd)
		}
		b.Return(jen.Append(jen.Id("b"), jen.Id("'}'")))
	})
	f.Line()
	doc(f, encoderName(q, s)+" appends a change of the row: what was before, nil for nothing, and what is after.")
	f.Func().Params(jen.Id("r").Op("*").Id(q.Out.Name)).Id(encoderName(q, s)).Params(
		jen.Id("b").Index().Byte(), jen.Id("op").Qual(rtPath, "Op"), jen.Id("before").Op("*").Id(q.Out.Name),
	).Index().Byte().BlockFunc(func(b *jen.Group) {
		text := func(t string) *jen.Statement { return appendText("`" + t + "`") }
		last := func(t string) *jen.Statement {
			return jen.Return(jen.Append(jen.Id("b"), jen.Id("`"+t+"`+\"\\n\"").Op("...")))
		}
		whole := func(row string) *jen.Statement {
			return jen.Id("b").Op("=").Id(row).Dot(object).Call(jen.Id("b"))
		}
		b.If(jen.Id("before").Op("==").Nil()).Block(text(`{"before":null,"after":`), whole("r"), last(`,"op":"c"}`))
		b.Add(text(`{"before":`))
		b.Add(whole("before"))
		b.If(jen.Id("op").Op("==").Qual(rtPath, "Delete")).Block(last(`,"after":null,"op":"d"}`))
		b.Add(text(`,"after":`))
		b.Add(whole("r"))
		b.Add(last(`,"op":"u"}`))
	})
	f.Line()
}
