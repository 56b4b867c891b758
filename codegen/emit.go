package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// takeMethod emits the counting of LIMIT.
func (g *generator) takeMethod(f *jen.File, q *p.Query, l *p.Limit) {
	name := "take" + goemit.Title(l.Name)
	text := name + " reports whether another row may pass"
	if g.endsAtLimit(q) {
		text += "; the last one ends the program"
	}
	doc(f, text+".")
	f.Func().Params(recv(q)).Id(name).Params().Bool().BlockFunc(func(b *jen.Group) {
		b.Id("q").Dot(l.Name).Op("++")
		if g.endsAtLimit(q) {
			b.If(jen.Id("q").Dot(l.Name).Op(">=").Id(fmt.Sprint(l.N))).Block(jen.Id("q").Dot("w").Dot("connect").Dot("Stop").Call())
		}
		b.Return(jen.Id("q").Dot(l.Name).Op("<=").Id(fmt.Sprint(l.N)))
	})
	f.Line()
}

// endsAtLimit reports whether nothing is left to do once a limit of the query
// is reached: there is no other query, and all rows pass the limit.
func (g *generator) endsAtLimit(q *p.Query) bool {
	return len(g.prog.Queries) == 1 && q.Inputs == 1
}

// emitMethod emits the way of a row to sinks and readers.
func (g *generator) emitMethod(f *jen.File, q *p.Query) {
	doc(f, fmt.Sprintf("emit hands one row of %s to its readers.", q.Name))
	params := []jen.Code{jen.Id("row").Op("*").Id(q.Out.Name)}
	if q.Deletes {
		params = append(params, jen.Id("op").Qual(rtPath, "Op"))
	}
	if q.Time {
		params = append(params, jen.Id("t").Qual(eventPath, "Time"))
	}
	if q.Windowed {
		params = append(params, jen.List(jen.Id("start"), jen.Id("end")).Qual(eventPath, "Time"))
	}
	f.Func().Params(recv(q)).Id("emit").Params(params...).BlockFunc(func(b *jen.Group) {
		g.earlierRow(b, q)
		for _, s := range q.Sinks {
			if q.Changelog != nil {
				changeLines(b, q, s)
				continue
			}
			out := func() *jen.Statement { return jen.Id("q").Dot(outField(q, s)) }
			args := []jen.Code{out().Dot("Buf")}
			if q.Deletes {
				args = append(args, jen.Id("op"))
			}
			if s.Bound.Message != nil {
				args = append(args, recordArgs(q, s)...)
			}
			b.Add(out()).Dot("Buf").Op("=").Id("row").Dot(encoderName(q, s)).Call(args...)
			b.Add(out()).Dot("Rows").Op("++")
			b.If(out().Dot("Full").Call()).Block(out().Dot("Flush").Call())
		}
		keepEarlier(b, q)
		tapRow(b, q)
		retimedRow(b, q)
		for _, r := range q.Readers {
			args := []jen.Code{jen.Id("row")}
			if r.HasOp {
				args = append(args, jen.Id("op"))
			}
			if r.HasTime {
				args = append(args, jen.Id("t"))
			}
			b.Id("q").Dot("w").Dot(r.Query.Var).Dot(r.Name).Call(args...)
		}
	})
	f.Line()
}

// finishMethod emits what happens at the end of all input.
func (g *generator) finishMethod(f *jen.File, q *p.Query) {
	if !finishes(q) {
		return
	}
	doc(f, "finish emits what waits for the end of input.")
	f.Func().Params(recv(q)).Id("finish").Params().BlockFunc(func(b *jen.Group) {
		// functions stand in the order in which rows pass them
		for _, fn := range q.Funcs {
			switch fn.Kind {
			case p.Once, p.Each:
				b.Id("q").Dot(fn.Name).Call()
			case p.PerGroup:
				if fn.Table.Waits != nil {
					b.Id("q").Dot(fn.Table.Waits.Emit).Call()
				}
				g.finishTable(b, fn.Table)
			case p.PerSorted:
				if fn.Sort.Window != nil {
					continue // went on with each window
				}
				b.Id("q").Dot(fn.Sort.Name).Dot("Rows").Call(jen.Id("q").Dot(fn.Name))
			}
		}
	})
	f.Line()
}

// finishTable emits the groups that wait for the end of input.
func (g *generator) finishTable(b *jen.Group, t *p.Table) {
	if !t.Final {
		return
	}
	if t.Refires {
		fireWindows(b, t.Emit.Query, t, jen.Qual(eventPath, "Latest"))
		return
	}
	if t.Window != nil {
		closeWindows(b, t.Emit.Query, t, jen.Qual(eventPath, "Latest"))
		return
	}
	if len(t.Key) == 0 && !t.Replaces {
		b.Comment("// without GROUP BY there is a result even of no rows")
		b.If(jen.Id("q").Dot(t.Name).Dot("Len").Call().Op("==").Lit(0).Op("&&").Id("q").Dot("w").Dot("connect").Dot("ID").Op("==").Lit(0)).Block(
			jen.Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Lit(0), jen.Struct().Values()))
	}
	if t.Always != nil {
		b.Comment("// the grand total has a result even of no rows")
		b.If(jen.Id("q").Dot(t.Name).Dot("Len").Call().Op("==").Lit(0).Op("&&").Id("q").Dot("w").Dot("connect").Dot("ID").Op("==").Lit(0)).BlockFunc(func(b *jen.Group) {
			sp := &stepPrinter{g: g, fn: t.Emit}
			sp.key(b, t, t.Always)
			b.Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), jen.Id("key"))
		})
	}
	b.Id(t.Name).Op(":=").Id("q").Dot(t.Name).Dot("All").Call()
	b.For(jen.Id("i").Op(":=").Range().Id(t.Name)).Block(
		jen.Id("q").Dot(t.Emit.Name).Call(jen.Op("&").Id(t.Name).Index(jen.Id("i"))))
}

func finishes(q *p.Query) bool {
	for _, t := range q.Tables {
		if t.Emit != nil && t.Final || t.Waits != nil {
			return true
		}
	}
	for _, fn := range q.Funcs {
		if fn.Kind == p.Once || fn.Kind == p.Each {
			return true
		}
	}
	return len(q.Sorts) > 0
}
