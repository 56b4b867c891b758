package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// waiting are the tables of a query whose changes wait, in the order in which rows
// pass them.
func waiting(q *p.Query) []*p.Table {
	var out []*p.Table
	for _, fn := range q.Funcs {
		if fn.Kind == p.PerGroup && fn.Table.Waits != nil {
			out = append(out, fn.Table)
		}
	}
	return out
}

func waitFields(b *jen.Group, q *p.Query) {
	for _, t := range waiting(q) {
		if t.Window == nil {
			b.Id(t.Waits.List).Index().Int32().Comment("the groups whose results wait, in the order of their changes")
		}
		if t.Waits.Every > 0 {
			b.Id(t.Waits.Due).Int64().Comment("when they come out, in microseconds since the epoch")
		}
	}
}

func waitInit(b *jen.Group, q *p.Query) {
	for _, t := range waiting(q) {
		if t.Waits.Every > 0 {
			b.Id("q").Dot(t.Waits.Due).Op("=").Id("w").Dot("connect").Dot("Now").Call().Op("+").Id(fmt.Sprint(t.Waits.Every))
		}
	}
}

// noteChange emits the noting of a group that has changed:
//
//	if !g.changed {
//		g.changed = true
//		q.changed = append(q.changed, state.IndexOf(q.groups.All(), e))
//	}
func (sp *stepPrinter) noteChange(b *jen.Group, t *p.Table) {
	mark := func() *jen.Statement { return jen.Id("g").Dot(t.Waits.Mark.Name) }
	b.If(jen.Op("!").Add(mark())).BlockFunc(func(b *jen.Group) {
		b.Add(mark()).Op("=").True()
		if t.Window != nil {
			b.Id("pane").Dot("Change").Call(jen.Id("e"))
			return
		}
		list := func() *jen.Statement { return jen.Id("q").Dot(t.Waits.List) }
		b.Add(list()).Op("=").Append(list(), jen.Qual(statePath, "IndexOf").Call(jen.Id("q").Dot(t.Name).Dot("All").Call(), jen.Id("e")))
	})
}

// waitMethods emits how results that wait come out:
//
//	func (q *totalsQuery) emitChanged() {
//		groups := q.groups.All()
//		for _, i := range q.changed {
//			q.emitGroup(&groups[i])
//		}
//		q.changed = q.changed[:0]
//	}
func (g *generator) waitMethods(f *jen.File, q *p.Query) {
	for _, t := range waiting(q) {
		doc(f, t.Waits.Emit+" emits the groups that have changed, in the order of their changes.")
		f.Func().Params(recv(q)).Id(t.Waits.Emit).Params().BlockFunc(func(b *jen.Group) {
			if t.Window != nil {
				b.Add(changedIn(t, jen.Qual(eventPath, "Latest")))
				return
			}
			list := func() *jen.Statement { return jen.Id("q").Dot(t.Waits.List) }
			b.Id(t.Name).Op(":=").Id("q").Dot(t.Name).Dot("All").Call()
			emitted := []jen.Code{jen.Op("&").Id(t.Name).Index(jen.Id("i"))}
			b.For(jen.List(jen.Id("_"), jen.Id("i")).Op(":=").Range().Add(list())).Block(
				jen.Id("q").Dot(t.Emit.Name).Call(emitted...))
			b.Add(list()).Op("=").Add(list()).Index(jen.Empty(), jen.Lit(0))
		})
		f.Line()
	}
}

// changedIn emits the coming out of what has changed in the windows that end by a
// watermark.
func changedIn(t *p.Table, watermark jen.Code) *jen.Statement {
	name := "Changed"
	if !t.Window.FixedSize() {
		name = "ChangedIn"
	}
	return jen.Id("q").Dot(t.Name).Dot(name).Call(watermark, jen.Id("q").Dot(t.Emit.Name))
}

// waits reports a query whose results wait.
func waits(q *p.Query) bool { return len(waiting(q)) > 0 }

// letCome emits the coming out of the results of a query that wait, at the end of a
// batch or when its time has come.
func letCome(b *jen.Group, q *p.Query, of *jen.Statement) {
	for _, t := range waiting(q) {
		emit := of.Clone().Dot(t.Waits.Emit).Call()
		if t.Waits.Every == 0 {
			b.Add(emit)
			continue
		}
		due := func() *jen.Statement { return of.Clone().Dot(t.Waits.Due) }
		b.If(jen.Id("now").Op(">=").Add(due())).Block(
			due().Op("=").Qual(rtPath, "NextDue").Call(due(), jen.Id("now"), jen.Id(fmt.Sprint(t.Waits.Every))),
			emit,
		)
	}
}

// every is the shortest time for which results of the program wait, 0 if none do.
func (g *generator) every() int64 {
	least := int64(0)
	for _, q := range g.prog.Queries {
		for _, t := range waiting(q) {
			if e := t.Waits.Every; e > 0 && (least == 0 || e < least) {
				least = e
			}
		}
	}
	return least
}

// waitsInProgram reports a program with results that wait.
func (g *generator) waitsInProgram() bool {
	for _, q := range g.prog.Queries {
		if waits(q) {
			return true
		}
	}
	return false
}

// letAllCome emits the method that the runtime calls after a batch, and when time
// has passed without one.
func (g *generator) letAllCome(f *jen.File) {
	if !g.waitsInProgram() {
		return
	}
	doc(f, "Changed emits the results that have changed and whose time has come.")
	f.Func().Params(jen.Id("w").Op("*").Id("worker")).Id("Changed").Params(jen.Id("now").Int64()).BlockFunc(func(b *jen.Group) {
		b.Id("w").Dot("current").Dot("Clear").Call()
		for _, q := range g.prog.Queries {
			if waits(q) {
				b.Comment(goemit.Comment(q.Name))
				letCome(b, q, jen.Id("w").Dot(q.Var))
			}
		}
	})
	f.Line()
}
