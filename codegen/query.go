package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
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
	g.clockMethods(f, q)
	g.retimedMethod(f, q)
	g.finishMethod(f, q)
	g.mergeMethod(f, q)
	for _, s := range q.Sinks {
		g.encoder(f, q, s)
	}
}

// entry is the type of a table's entries: volumeGroup.
func entry(q *p.Query, t *p.Table) string { return q.Var + goemit.Title(t.Name) + "Entry" }

func stateName(t *p.Table) *jen.Statement {
	if t.State == nil {
		return jen.Struct()
	}
	return jen.Id(t.State.Name)
}

// tableTypes emits
//
//	// volumeGroupsEntry is a group with its key.
//	type volumeGroupsEntry = state.Entry[string, volumeState]
func (g *generator) tableTypes(f *jen.File, q *p.Query) {
	for _, t := range q.Tables {
		if t.State == nil {
			continue
		}
		if session(t) {
			doc(f, entry(q, t)+" is a session with its key.")
			f.Type().Id(entry(q, t)).Op("=").Qual(windowPath, "Session").Types(goemit.Type(t.KeyT), stateName(t))
			f.Line()
			continue
		}
		doc(f, entry(q, t)+" is a group with its key.")
		def := f.Type().Id(entry(q, t)).Op("=")
		if t.Texts() {
			def.Qual(statePath, "StringEntry").Types(stateName(t))
		} else {
			def.Qual(statePath, "Entry").Types(goemit.Type(t.KeyT), stateName(t))
		}
		f.Line()
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
		for _, fn := range q.Funcs {
			if fn.Kind == p.Process {
				g.decoderFields(b, fn)
				g.timeFields(b, fn)
			}
		}
		for _, t := range q.Tables {
			b.Id(t.Name).Add(g.tableType(t)).Comment(goemit.Comment(tableDoc(t)))
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

func tableDoc(t *p.Table) string {
	if t.State == nil {
		return "the rows written so far"
	}
	if t.Window != nil {
		return t.Window.SQL
	}
	return "one entry per group"
}

func (g *generator) tableType(t *p.Table) *jen.Statement {
	if t.Window != nil {
		return jen.Qual(windowPath, windowType(t.Window)).Types(goemit.Type(t.KeyT), stateName(t))
	}
	if t.Texts() {
		return jen.Qual(statePath, "Strings").Types(stateName(t))
	}
	return jen.Qual(statePath, "Table").Types(goemit.Type(t.KeyT), stateName(t))
}

// windowType is the type of the runtime that keeps the windows.
func windowType(w *bound.Window) string {
	if w.Zone != "" {
		return "Zoned"
	}
	return map[bound.WindowKind]string{bound.Tumbling: "Tumbling", bound.Hopping: "Hopping", bound.Cumulate: "Cumulate", bound.Session: "Sessions"}[w.Kind]
}

// windowInit are the lengths that the windows are made with.
func windowInit(w *bound.Window) []jen.Code {
	if w.Zone != "" {
		const day = 24 * 60 * 60 * 1_000_000
		calendar := jen.Qual(zonePath, "MustZone").Call(jen.Lit(w.Zone)).Dot("Calendar").Call(jen.Id(fmt.Sprint(w.Offset)))
		return []jen.Code{jen.Id(fmt.Sprint(w.Size / day)), jen.Id(fmt.Sprint(w.Grace)), calendar}
	}
	lengths := []int64{w.Size, w.Offset, w.Grace}
	switch w.Kind {
	case bound.Hopping:
		lengths = []int64{w.Size, w.Advance, w.Offset, w.Grace}
	case bound.Session:
		lengths = []int64{w.Size, w.Grace}
	case bound.Cumulate:
		lengths = []int64{w.Advance, w.Size, w.Offset, w.Grace}
	}
	codes := make([]jen.Code, len(lengths))
	for i, l := range lengths {
		codes[i] = jen.Id(fmt.Sprint(l))
	}
	return codes
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
		}
		if q.Clocked && q.Inputs > 1 {
			b.For(jen.Id("i").Op(":=").Range().Id("q").Dot("marks")).Block(
				jen.Id("q").Dot("marks").Index(jen.Id("i")).Op("=").Qual(eventPath, "Earliest"))
		}
		for _, t := range q.Tables {
			if t.Window != nil {
				b.Id("q").Dot(t.Name).Dot("Init").Call(windowInit(t.Window)...)
				if t.Window.FromEpoch {
					b.Id("q").Dot(t.Name).Dot("Begin").Call(jen.Lit(0))
				}
			}
		}
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
	doc(f, fmt.Sprintf("%s takes one %s through the query.", fn.Name, fn.In.Name))
	params := []jen.Code{jen.Id("in").Op("*").Id(fn.In.Name)}
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
		faultLine(b, fn)
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

// groupMethod emits what happens with a group when its result goes out.
func (g *generator) groupMethod(f *jen.File, t *p.Table) {
	fn := t.Emit
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fn.Name+" computes the result of one group.")
	params := []jen.Code{jen.Id("e").Op("*").Id(entry(fn.Query, t))}
	switch {
	case t.Retracts():
		params = []jen.Code{jen.Id("op").Qual(rtPath, "Op"), params[0]}
	case t.Window != nil && !session(t):
		bounds := []jen.Code{jen.Id("start")}
		if !t.Window.FixedSize() {
			bounds = append(bounds, jen.Id("end"))
		}
		params = []jen.Code{jen.List(bounds...).Qual(eventPath, "Time"), params[0]}
	}
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params(params...).BlockFunc(func(b *jen.Group) {
		faultLine(b, fn)
		if p.Reads(fn.Steps, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		sp.steps(b, fn.Steps)
	})
	f.Line()
}

// newGroup emits the making of a group, out of the hot path: the key is copied,
// states get their first values.
func (g *generator) newGroup(f *jen.File, q *p.Query, t *p.Table) {
	name := "new" + goemit.Title(t.Name)
	if session(t) {
		doc(f, name+" opens a session of a key.")
	} else {
		doc(f, name+" adds a group for a key that is new.")
	}
	params := []jen.Code{jen.Id("hash").Uint64(), jen.Id("key").Add(goemit.Type(t.KeyT))}
	table := jen.Id("q").Dot(t.Name)
	added := []jen.Code{jen.Id("hash"), jen.Id("key")}
	switch {
	case session(t):
		params = append(params, jen.Id("t").Qual(eventPath, "Time"))
		added = append(added, jen.Id("t"))
	case t.Window != nil:
		params = append([]jen.Code{jen.Id("pane").Op("*").Qual(windowPath, "Pane").Types(goemit.Type(t.KeyT), stateName(t))}, params...)
		table = jen.Id("pane").Dot("Groups")
	}
	fn := f.Func().Params(recv(q)).Id(name).Params(params...)
	if t.State != nil {
		fn.Op("*").Id(entry(q, t))
	}
	fn.BlockFunc(func(b *jen.Group) {
		// A table of texts copies them itself.
		if !t.Texts() && t.Keys == nil && len(t.Key) == 1 && t.KeyT.Name == "string" {
			b.Id("key").Op("=").Qual("strings", "Clone").Call(jen.Id("key"))
		}
		if t.Keys != nil {
			for _, k := range t.Key {
				if k.Type.Name == "string" {
					b.Id("key").Dot(k.Name).Op("=").Qual("strings", "Clone").Call(jen.Id("key").Dot(k.Name))
				}
			}
		}
		if t.State == nil {
			b.Add(table).Dot("New").Call(jen.Id("hash"), jen.Id("key"))
			return
		}
		b.Id("e").Op(":=").Add(table).Dot("New").Call(added...)
		g.initState(b, t)
		b.Return(jen.Id("e"))
	})
	f.Line()
}

func (g *generator) initState(b *jen.Group, t *p.Table) {
	for _, a := range t.Aggs {
		if a.Init != nil {
			b.Id("e").Dot("State").Dot(a.Field.Name).Op("=").Add(goemit.Expr(a.Init))
		}
	}
	words, typ := goemit.NullWords(t.State)
	for i := range words {
		bits := min(t.State.NullBits-i*64, 64)
		all := jen.Id(fmt.Sprintf("1<<%d", bits)).Op("-").Lit(1)
		if bits == 8 && typ == "uint8" || bits == 16 && typ == "uint16" || bits == 32 && typ == "uint32" || bits == 64 {
			all = jen.Op("^").Id(typ).Call(jen.Lit(0))
		}
		b.Id("e").Dot("State").Dot(goemit.NullWord(t.State, i)).Op("=").Add(all)
	}
}

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
		for _, s := range q.Sinks {
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
		b.Id("q").Dot(t.Name).Dot("Fire").Call(jen.Qual(eventPath, "Latest"), jen.Id("q").Dot(t.Emit.Name))
		return
	}
	if t.Window != nil {
		closeWindows(b, t.Emit.Query, t, jen.Qual(eventPath, "Latest"))
		return
	}
	if len(t.Key) == 0 {
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
		if t.Emit != nil && t.Final {
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

// lessName names the order of a sort.
func lessName(q *p.Query, s *p.Sort) string { return q.Var + goemit.Title(s.Name) + "Less" }
