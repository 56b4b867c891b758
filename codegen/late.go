package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// fates are the counters' names for what happens to late rows.
var fates = map[bound.LatePolicy]string{
	bound.LateDrop: "LateDropped", bound.LateUpdate: "LateDropped", bound.LateDeadLetter: "LateLetter", bound.LateNextWindow: "LateMoved",
}

// lettersLate reports a table whose late rows go to the dead-letter file.
func lettersLate(t *p.Table) bool {
	return t.Window != nil && t.Window.Late == bound.LateDeadLetter
}

// windowTable is the first table of a query whose groups are in windows.
func windowTable(q *p.Query) *p.Table {
	for _, t := range q.Tables {
		if t.Window != nil {
			return t
		}
	}
	return nil
}

func lateFields(b *jen.Group, q *p.Query) {
	if windowTable(q) != nil {
		b.Id("late").Op("*").Qual(rtPath, "LateRows").Comment("counts the rows that come after their windows")
	}
}

func lateInit(b *jen.Group, q *p.Query) {
	if t := windowTable(q); t != nil {
		b.Id("q").Dot("late").Op("=").Id("w").Dot("connect").Dot("LateRows").Call(jen.Lit(q.Name), jen.Qual(rtPath, fates[t.Window.Late]))
	}
}

// late emits what happens to a row whose windows have closed:
//
//	q.late.Add(q.watermark() - in.t)
//	return
func (sp *stepPrinter) late(b *jen.Group, t *p.Table, at p.Expr, panes string) {
	q := sp.fn.Query
	mark := jen.Id("q").Dot("watermark").Call()
	if t != windowTable(q) {
		mark = jen.Id("q").Dot(t.Name).Dot("Watermark").Call() // its input comes later than the query's
	}
	switch t.Window.Late {
	case bound.LateNextWindow:
		b.Id("q").Dot("late").Dot("Add").Call(mark.Op("-").Add(goemit.Expr(at)))
		b.Id(panes).Op("=").Id("q").Dot(t.Name).Dot("Earliest").Call()
		return
	case bound.LateDeadLetter:
		b.List(jen.Id("start"), jen.Id("end")).Op(":=").Id("q").Dot(t.Name).Dot("Window").Call(goemit.Expr(at))
		lateness := jen.Qual(rtPath, "Lateness").Values(jen.Id("Watermark").Op(":").Add(mark), jen.Id("Start").Op(":").Id("start"), jen.Id("End").Op(":").Id("end"))
		b.Id("q").Dot("w").Dot("current").Dot("Late").Call(jen.Id("q").Dot("late"), goemit.Expr(at), lateness, jen.Lit(sp.g.at(t.Window.Loc.Start)))
	default:
		b.Id("q").Dot("late").Dot("Add").Call(mark.Op("-").Add(goemit.Expr(at)))
	}
	sp.skip(b)
}

// watermarkMethod emits how far time has come, for rows that are late:
//
//	func (q *volumeQuery) watermark() event.Time {
//		if q.owners.Alone() {
//			return q.clock.Watermark()
//		}
//		return q.ownersClock.Watermark()
//	}
func watermarkMethod(f *jen.File, q *p.Query) {
	if !asksWatermark(q) {
		return
	}
	doc(f, "watermark is how far the time of the rows has come.")
	f.Func().Params(recv(q)).Id("watermark").Params().Qual(eventPath, "Time").BlockFunc(func(b *jen.Group) {
		for _, t := range exchanges(q) {
			if t.Window != nil {
				b.If(jen.Op("!").Id("q").Dot(ownersField(t)).Dot("Alone").Call()).Block(
					jen.Return(jen.Id("q").Dot(ownerClock(t)).Dot("Watermark").Call()))
				break
			}
		}
		if q.Inputs > 1 {
			b.Id("least").Op(":=").Qual(eventPath, "Latest")
			b.For(jen.List(jen.Id("_"), jen.Id("m")).Op(":=").Range().Id("q").Dot("marks")).Block(
				jen.Id("least").Op("=").Id("min").Call(jen.Id("least"), jen.Id("m")))
			b.Return(jen.Id("least"))
			return
		}
		for _, fn := range q.Funcs {
			switch {
			case fn.Kind == p.Process && clocked(fn):
				b.Return(jen.Id("q").Dot(clockField(fn)).Dot("Watermark").Call())
				return
			case fn.Upstream != nil && follows(fn):
				b.Return(jen.Id("q").Dot("w").Dot(fn.Upstream.Var).Dot("watermark").Call())
				return
			}
		}
		b.Return(jen.Id("q").Dot(windowTable(q).Name).Dot("Watermark").Call())
	})
	f.Line()
}

// follows reports a function over rows whose watermark is that of the query that
// makes them.
func follows(fn *p.Func) bool {
	up := fn.Upstream
	return up.Clocked && !up.Retimed && windowTable(up) == nil
}

// asksWatermark reports a query that says how far the time of its rows has come:
// it has windows, or a reader asks it.
func asksWatermark(q *p.Query) bool {
	if windowTable(q) != nil {
		return true
	}
	if !q.Clocked || q.Retimed {
		return false
	}
	for _, r := range q.Readers {
		if r.Query.Inputs == 1 && asksWatermark(r.Query) {
			return true
		}
	}
	return false
}
