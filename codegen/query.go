package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// query emits the file of one statement: rows, keys, states, the query struct
// and its methods, in the order in which data passes through them.
func (g *generator) query(f *jen.File, q *p.Query) {
	g.structType(f, q.Out)
	g.ownMethod(f, q.Out)
	for _, s := range q.Structs {
		g.structType(f, s)
		if q.Lookup != nil && q.Lookup.Table.Keys == s {
			g.keyHash(f, s)
		}
		for _, t := range q.Tables {
			if t.Keys == s {
				g.keyHash(f, s)
			}
			if t.Exchange != nil && t.Exchange.In == s {
				g.rowHash(f, t)
			}
		}
	}
	for _, t := range q.Tables {
		if t.Replaces {
			g.ownMethod(f, t.State)
		}
		if slides(t) && g.ownsText(t.Slides.Row) {
			g.ownMethod(f, t.Slides.Row)
		}
	}
	g.tableTypes(f, q)
	g.prepared(f, q)
	g.queryType(f, q)
	g.initMethod(f, q)
	for _, fn := range q.Funcs {
		switch fn.Kind {
		case p.Process:
			g.processMethod(f, fn)
			g.decoder(f, fn)
			g.loader(f, fn)
		case p.Row:
			g.rowMethod(f, fn)
		case p.Block:
			g.blockMethod(f, fn)
		case p.PerSorted:
			g.sortedMethod(f, fn)
		case p.Once:
			g.onceMethod(f, fn)
		case p.Each:
			g.constRows(f, fn.Consts)
			g.eachMethod(f, fn)
		}
	}
	for _, t := range q.Tables {
		g.newGroup(f, q, t)
		g.gatherFunc(f, t)
		if session(t) {
			g.extendMethod(f, q, t)
		}
		if t.Exchange != nil {
			g.applyMethod(f, q, t)
		}
		if t.Emit != nil {
			g.groupMethod(f, t)
		}
	}
	for _, l := range q.Limits {
		g.takeMethod(f, q, l)
	}
	if q.Lookup != nil {
		g.keepMethod(f, q)
		g.findMethod(f, q)
	} else {
		g.emitMethod(f, q)
	}
	g.waitMethods(f, q)
	g.clockMethods(f, q)
	g.retimedMethod(f, q)
	g.finishMethod(f, q)
	g.mergeMethod(f, q)
	for _, s := range q.Sinks {
		g.encoder(f, q, s)
	}
}

func (g *generator) prepared(f *jen.File, q *p.Query) {
	for _, pr := range q.Prepared {
		doc(f, pr.Name+" is made once for "+pr.Doc+".")
		f.Var().Id(pr.Name).Op("=").Add(goemit.Expr(pr.X))
		f.Line()
	}
}

// queryType emits the struct that holds everything the query needs.
func (g *generator) queryType(f *jen.File, q *p.Query) {
	doc(f, fmt.Sprintf("%sQuery computes %s on one worker.", q.Var, q.What()))
	f.Type().Id(q.Var + "Query").StructFunc(func(b *jen.Group) {
		b.Id("w").Op("*").Id("worker")
		if q.NullValues {
			b.Id("noValue").Bool().Comment("the record at hand has no value")
		}
		if q.Carries {
			b.Id("record").Op("*").Qual(rtPath, "Record").Comment("the record at hand, whose headers and window go on")
		}
		for _, fn := range q.Funcs {
			if fn.Kind == p.Process {
				g.decoderFields(b, fn)
				g.timeFields(b, fn)
			}
			waitingField(b, fn)
		}
		for _, t := range q.Tables {
			b.Id(t.Name).Add(g.tableType(t)).Comment(goemit.Comment(tableDoc(t)))
		}
		waitFields(b, q)
		if arrives(q) {
			b.Id("arrivals").Int64().Comment("rows that have come")
		}
		lateFields(b, q)
		g.exchangeFields(b, q)
		retimedField(b, q)
		for _, s := range q.Sorts {
			b.Id(s.Name).Qual(statePath, "Sorted").Types(jen.Id(s.Row.Name))
		}
		for _, l := range q.Limits {
			b.Id(l.Name).Int64().Comment(goemit.Comment(fmt.Sprintf("rows taken of LIMIT %d", l.N)))
		}
		if q.Keys {
			b.Id("keys").Qual(nestedPath, "Keys").Comment("the memory of keys that are looked up")
		}
		if usesFault(q) {
			b.Id("fault").Qual(faultPath, "Fault")
		}
		if q.Clocked && q.Inputs > 1 {
			b.Id("marks").Index(jen.Lit(q.Inputs)).Qual(eventPath, "Time").Comment("the watermark of each input")
		}
		for _, fn := range q.Funcs {
			if fn.Kind == p.Process {
				b.Id(pushedField(fn)).Index().Id(fn.Source.Row.Name).Comment("the rows of a batch that was pushed")
			}
		}
		if q.Lookup != nil {
			b.Id(q.Lookup.Table.Name).Op("*").Add(foundType(q)).Comment("the rows of the subquery, shared by all workers")
			b.Id("row").Id(q.Out.Name).Comment("the row being emitted")
			return
		}
		b.Id("tap").Op("*").Qual(rtPath, "Tap").Types(resultType(q)).Comment("takes rows to the embedding program; nil if it wants none")
		b.Id("row").Id(q.Out.Name).Comment("the row being emitted")
		for _, s := range q.Sinks {
			b.Id(outField(q, s)).Op("*").Qual(rtPath, "Output")
		}
	})
	f.Line()
}

func usesFault(q *p.Query) bool {
	for _, fn := range q.Funcs {
		if fn.UsesFault {
			return true
		}
	}
	return false
}

// outField is the name of the field with the output to a sink.
func outField(q *p.Query, s *p.Sink) string {
	if len(q.Sinks) == 1 {
		return "out"
	}
	return "out" + s.GoName
}

// initMethod emits what a new worker sets up.
func (g *generator) initMethod(f *jen.File, q *p.Query) {
	doc(f, "init prepares the query for worker w.")
	f.Func().Params(recv(q)).Id("init").Params(jen.Id("w").Op("*").Id("worker")).BlockFunc(func(b *jen.Group) {
		b.Id("q").Dot("w").Op("=").Id("w")
		if q.Lookup != nil {
			b.Id("q").Dot(q.Lookup.Table.Name).Op("=").Qual(rtPath, "Share").Types(foundType(q)).Call(jen.Id("w").Dot("connect"), jen.Lit(q.Name))
		}
		for _, s := range q.Sinks {
			b.Id("q").Dot(outField(q, s)).Op("=").Id("w").Dot("out").Index(jen.Lit(s.Index))
		}
		for _, fn := range q.Funcs {
			if fn.Kind == p.Process {
				g.decoderInit(b, fn)
				g.timeInit(b, fn)
			}
			waitingInit(b, fn)
		}
		if q.Clocked && q.Inputs > 1 {
			b.For(jen.Id("i").Op(":=").Range().Id("q").Dot("marks")).Block(
				jen.Id("q").Dot("marks").Index(jen.Id("i")).Op("=").Qual(eventPath, "Earliest"))
		}
		for _, t := range q.Tables {
			if t.Window != nil {
				b.Id("q").Dot(t.Name).Dot("Init").Call(windowInit(t)...)
				if t.Refires && session(t) {
					b.Id("q").Dot(t.Name).Dot("Refire").Call()
				}
				if t.Window.FromEpoch {
					b.Id("q").Dot(t.Name).Dot("Begin").Call(jen.Lit(0))
				}
			}
		}
		waitInit(b, q)
		lateInit(b, q)
		g.exchangeInit(b, q)
		retimedInit(b, q)
		for _, s := range q.Sorts {
			b.Id("q").Dot(s.Name).Dot("Init").Call(jen.Lit(int(s.Limit)), jen.Id(lessName(q, s)))
		}
	})
	f.Line()
	for _, s := range q.Sorts {
		g.lessFunc(f, q, s)
	}
}

func recv(q *p.Query) *jen.Statement { return jen.Id("q").Op("*").Id(q.Var + "Query") }

// faultLine emits `f := &q.fault` where a function needs it.
func faultLine(b *jen.Group, fn *p.Func) {
	if fn.UsesFault {
		b.Id("f").Op(":=").Op("&").Id("q").Dot("fault")
	}
}

// processMethod emits the decoding loop over a batch.
func (g *generator) processMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fmt.Sprintf("%s takes one batch of %s through the query.", fn.Name, fn.Source.Name))
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params(jen.Id("b").Op("*").Qual(rtPath, "Batch")).BlockFunc(func(b *jen.Group) {
		g.bindHeader(b, fn)
		b.Id("q").Dot(pushedField(fn)).Op("=").Qual(rtPath, "PushedRows").Types(jen.Id(fn.Source.Row.Name)).Call(jen.Id("b"))
		b.Var().Id("in").Id(fn.In.Name)
		faultLine(b, fn)
		g.enterPartition(b, fn)
		b.Id("records").Op(":=").Lit(0)
		if leavesNulls(fn) {
			b.Id("nulls").Op(":=").Lit(0)
		}
		more := jen.Id("at").Op("<").Id("b").Dot("End")
		if g.endsAtLimit(fn.Query) {
			for _, l := range fn.Query.Limits {
				more = more.Op("&&").Id("q").Dot(l.Name).Op("<").Id(fmt.Sprint(l.N))
			}
		}
		b.For(jen.List(jen.Id("at"), jen.Id("next")).Op(":=").List(jen.Id("b").Dot("Start"), jen.Lit(0)), more, jen.Id("at").Op("=").Id("next")).BlockFunc(func(b *jen.Group) {
			b.Id("records").Op("++")
			if fn.Message != nil {
				g.takeRecord(b, fn)
				g.rowTime(b, fn)
				sp.steps(b, fn.Steps)
				return
			}
			b.Var().Err().Error()
			b.If(jen.List(jen.Id("next"), jen.Err()).Op("=").Id("q").Dot(decodeName(fn)).Call(jen.Id("b").Dot("Data"), jen.Id("at"), jen.Op("&").Id("in")), jen.Err().Op("!=").Nil()).BlockFunc(func(b *jen.Group) {
				b.Id("b").Dot("RejectError").Call(jen.Id("at"), jen.Id("next"), jen.Err(), jen.Lit(fn.Query.Name), jen.Lit(g.at(fn.Source.Rel.Loc.Start)))
				b.Continue()
			})
			g.rowTime(b, fn)
			sp.steps(b, fn.Steps)
		})
		if fn.Block != nil {
			b.Id("q").Dot(fn.Block.Name).Call()
		}
		b.Id("b").Dot("Count").Call(jen.Id("records"))
		if leavesNulls(fn) {
			b.Id("b").Dot("CountNulls").Call(jen.Id("nulls"))
		}
		g.endPartition(b, fn)
	})
	f.Line()
}

// rowMethod emits a function over the rows of another function.
func (g *generator) rowMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	text := fn.Doc
	if text == "" {
		text = fmt.Sprintf("%s takes one %s through the query.", fn.Name, fn.In.Name)
	}
	doc(f, text)
	params := []jen.Code{jen.Id("in").Op("*").Id(fn.In.Name)}
	if t := fn.Group; t != nil {
		params = append([]jen.Code{jen.Id("e").Op("*").Id(entry(fn.Query, t))}, params...)
	}
	if fn.Quiet {
		params = append(params, jen.Id("quiet").Bool())
	}
	if fn.HasOp {
		params = append(params, jen.Id("op").Qual(rtPath, "Op"))
	}
	if fn.HasTime {
		params = append(params, jen.Id("t").Qual(eventPath, "Time"))
	}
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params(params...).BlockFunc(func(b *jen.Group) {
		if up := fn.Upstream; up != nil && up.NullValues {
			noValue := jen.Id("q").Dot("w").Dot(up.Var).Dot("noValue")
			if fn.Query.NullValues {
				b.Id("q").Dot("noValue").Op("=").Add(noValue)
			} else {
				b.If(noValue).Block(jen.Return())
			}
		}
		if up := fn.Upstream; up != nil && fn.Query.Carries && up.Carries {
			b.Id("q").Dot("record").Op("=").Id("q").Dot("w").Dot(up.Var).Dot("record")
		}
		faultLine(b, fn)
		if fn.Group != nil && p.Reads(fn.Steps, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		sp.steps(b, fn.Steps)
	})
	f.Line()
}

func (g *generator) onceMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fn.Name+" computes the only row.")
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params().BlockFunc(func(b *jen.Group) {
		faultLine(b, fn)
		sp.steps(b, fn.Steps)
	})
	f.Line()
}

func (g *generator) sortedMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fn.Name+" takes one row in order.")
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params(jen.Id("in").Op("*").Id(fn.In.Name)).BlockFunc(func(b *jen.Group) {
		faultLine(b, fn)
		sp.steps(b, fn.Steps)
	})
	f.Line()
}

// lessName names the order of a sort.
func lessName(q *p.Query, s *p.Sort) string { return q.Var + goemit.Title(s.Name) + "Less" }
