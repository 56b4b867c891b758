package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// session reports a table whose groups are sessions.
func session(t *p.Table) bool { return t.Window != nil && t.Window.Kind == bound.Session }

// openSession emits the choice of the session that the row belongs to:
//
//	e, later := q.groups.Find(hash, key, in.t)
//	if e == nil {
//		if q.groups.Closed(in.t) {
//			q.late.Add(q.watermark() - in.t)
//			return
//		}
//		e = q.newGroups(hash, key, in.t)
//	} else if !e.Covers(in.t) {
//		q.extendGroups(e, later, in.t)
//	}
//	g := &e.State
func (sp *stepPrinter) openSession(b *jen.Group, s *p.FindGroup) {
	t := s.Table
	table := func() *jen.Statement { return jen.Id("q").Dot(t.Name) }
	at := func() *jen.Statement { return goemit.Expr(s.Time) }
	sp.key(b, t, s.Key)
	b.List(jen.Id("e"), jen.Id("later")).Op(":=").Add(table()).Dot("Find").Call(jen.Id("hash"), jen.Id("key"), at())
	b.If(jen.Id("e").Op("==").Nil()).BlockFunc(func(b *jen.Group) {
		b.If(table().Dot("Closed").Call(at())).BlockFunc(func(b *jen.Group) { sp.late(b, t, s.Time, "") })
		opened := jen.Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), jen.Id("key"), at())
		if len(t.Aggs) == 0 && t.Final {
			b.Add(opened)
		} else {
			b.Id("e").Op("=").Add(opened)
		}
	}).Else().If(jen.Op("!").Id("e").Dot("Covers").Call(at())).Block(
		jen.Id("q").Dot(extendName(t)).Call(jen.Id("e"), jen.Id("later"), at()))
	if p.Reads(sp.fn.Steps, "g") {
		b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
	}
}

func extendName(t *p.Table) string { return "extend" + goemit.Title(t.Name) }

// extendMethod emits the growing of a session, which may join it with the next.
// What was emitted of a session that is no more is taken back:
//
//	func (q *visitsQuery) extendGroups(e, later *visitsGroupsEntry, t event.Time) {
//		if t < e.Start {
//			q.emitGroup(rt.Delete, e)
//		}
//		if later != nil {
//			q.emitGroup(rt.Delete, later)
//			g, h := &e.State, &later.State
//			g.n += h.n
//			q.groups.Join(e, later)
//		}
//		q.groups.Extend(e, t)
//	}
func (g *generator) extendMethod(f *jen.File, q *p.Query, t *p.Table) {
	doc(f, extendName(t)+" makes a session reach to a row at t, which may join it with the session after it.")
	entries := jen.List(jen.Id("e"), jen.Id("later")).Op("*").Id(entry(q, t))
	f.Func().Params(recv(q)).Id(extendName(t)).Params(entries, jen.Id("t").Qual(eventPath, "Time")).BlockFunc(func(b *jen.Group) {
		retract := func(e string) *jen.Statement {
			return jen.Id("q").Dot(t.Emit.Name).Call(jen.Qual(rtPath, "Delete"), jen.Id(e))
		}
		if t.Retracts() {
			var gone *jen.Statement // the row of e gets another key
			if !t.Window.EndsAtLast {
				gone = jen.Id("t").Op("<").Id("e").Dot("Start")
			}
			switch {
			case t.Refires && gone != nil:
				gone = jen.Id("e").Dot("Fired").Op("&&").Add(gone)
			case t.Refires:
				gone = jen.Id("e").Dot("Fired")
			}
			if gone == nil {
				b.Add(retract("e"))
			} else {
				b.If(gone).Block(retract("e"))
			}
		}
		b.If(jen.Id("later").Op("!=").Nil()).BlockFunc(func(b *jen.Group) {
			switch {
			case t.Refires:
				b.If(jen.Id("later").Dot("Fired")).Block(retract("later"))
			case t.Retracts():
				b.Add(retract("later"))
			}
			if len(t.Aggs) > 0 {
				b.List(jen.Id("g"), jen.Id("h")).Op(":=").List(jen.Op("&").Id("e").Dot("State"), jen.Op("&").Id("later").Dot("State"))
				g.mergeStates(b, t)
			}
			b.Id("q").Dot(t.Name).Dot("Join").Call(jen.Id("e"), jen.Id("later"))
		})
		b.Id("q").Dot(t.Name).Dot("Extend").Call(jen.Id("e"), jen.Id("t"))
	})
	f.Line()
}
