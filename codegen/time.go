package codegen

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// clockField and timeField are the fields with the watermark of a source and
// with its event-time format.
func clockField(fn *p.Func) string { return "clock" + suffix(fn) }

func timeField(fn *p.Func) string { return "time" + suffix(fn) }

// direct reports an event-time column that holds the time as it is.
func direct(t *p.EventTime) bool {
	return t.X != nil && t.Kind == types.Timestamp && (t.Format == "" || t.Format == "iso8601")
}

// clocked reports a process function that keeps a watermark.
func clocked(fn *p.Func) bool { return fn.Time != nil && fn.Query.Clocked }

func (g *generator) timeFields(b *jen.Group, fn *p.Func) {
	if fn.Time != nil && fn.Time.X != nil && (!direct(fn.Time) || fn.Time.Null != nil) {
		b.Id(timeField(fn)).Qual(eventPath, "Format").Comment(goemit.Comment("how " + fn.Time.Column + " is written"))
	}
	if clocked(fn) {
		b.Id(clockField(fn)).Qual(eventPath, "Clock").Comment(goemit.Comment("the watermark of " + fn.Source.Name))
	}
}

func (g *generator) timeInit(b *jen.Group, fn *p.Func) {
	t := fn.Time
	if t == nil {
		return
	}
	if t.X != nil && (!direct(t) || t.Null != nil) {
		b.Id("q").Dot(timeField(fn)).Op("=").Qual(eventPath, "MustFormat").CallFunc(func(a *jen.Group) {
			a.Lit(t.Format)
			a.Lit(t.Column)
			for _, n := range t.Names {
				a.Lit(n)
			}
		})
	}
	if clocked(fn) {
		b.Id("q").Dot(clockField(fn)).Dot("Init").Call(jen.Id(fmt.Sprint(t.OutOfOrderness)), jen.Id("w").Dot("connect").Dot("Partitions").Call(jen.Lit(fn.Source.Index)))
		follow := jen.Id("w").Dot("connect").Dot("Follow").Call(jen.Lit(fn.Source.Index), jen.Op("&").Id("q").Dot(clockField(fn)))
		if t.Own {
			follow = jen.Id("w").Dot("connect").Dot("FollowColumn").Call(jen.Lit(fn.Source.Index), jen.Lit(t.Column), jen.Op("&").Id("q").Dot(clockField(fn)))
		}
		b.Add(follow)
		b.If(jen.Id("w").Dot("connect").Dot("Alone").Call()).Block(
			jen.Comment("// with several workers the owners' clocks close windows"),
			jen.Id("q").Dot(clockField(fn)).Dot("SetDeadline").Call(jen.Qual(eventPath, "Earliest").Op("+").Lit(1)))
	}
}

func (g *generator) enterPartition(b *jen.Group, fn *p.Func) {
	if clocked(fn) {
		b.Id("q").Dot(clockField(fn)).Dot("Enter").Call(jen.Id("b").Dot("Partition"))
	}
}

// rowTime emits the event time of the row and the closing of windows that it
// causes, before the row is processed:
//
//	// event time: placed
//	t := in.placed
//	if q.clock.Observe(t) {
//		q.advance(q.clock.Watermark())
//	}
func (g *generator) rowTime(b *jen.Group, fn *p.Func) {
	t := fn.Time
	if t == nil {
		return
	}
	unread := !clocked(fn) && !p.Reads(fn.Steps, "t")
	if unread && t.X == nil {
		return // the rows get another time
	}
	if t.X == nil && fn.Message != nil {
		b.Comment("// event time: that of the message")
		b.Id("t").Op(":=").Id("b").Dot("Time").Call(jen.Id("at"))
	} else if t.X == nil {
		b.Comment("// event time: arrival")
		b.Id("t").Op(":=").Id("b").Dot("Arrival")
	} else {
		b.Comment(goemit.Comment("event time: " + t.Column))
		g.extract(b, fn)
		if m := fn.Source.Rel.Source.Message; m != nil && m.Lenient {
			b.If(jen.Id("t").Op("<").Lit(0)).Block(g.rejectRow(fn, jen.Lit("the event time is before 1970"))...)
		}
		if unread {
			b.Id("_").Op("=").Id("t")
		}
	}
	if clocked(fn) {
		clock := func() *jen.Statement { return jen.Id("q").Dot(clockField(fn)) }
		observed := jen.Id("t")
		if t.MarkTime != nil {
			observed = goemit.Expr(t.MarkTime)
			b.Comment(goemit.Comment("the watermark moves as the record says"))
		}
		cond := clock().Dot("Observe").Call(observed)
		if t.Marks != nil {
			cond = goemit.Expr(t.Marks).Op("&&").Add(cond)
		}
		b.If(cond).Block(g.advanceCall(fn, clock))
	}
}

func (g *generator) advanceCall(fn *p.Func, clock func() *jen.Statement) *jen.Statement {
	if fn.Query.Inputs > 1 {
		return jen.Id("q").Dot("advanceFrom").Call(jen.Lit(fn.Input), clock().Dot("Watermark").Call())
	}
	return jen.Id("q").Dot("advance").Call(clock().Dot("Watermark").Call())
}

// rejectRow renders the rejection of the record at hand and going on with the next.
func (g *generator) rejectRow(fn *p.Func, reason jen.Code) []jen.Code {
	return []jen.Code{
		jen.Id("b").Dot("Reject").Call(jen.Id("at"), jen.Id("next"), reason, jen.Lit(fn.Query.Name), jen.Lit(g.at(fn.Source.Rel.Loc.Start))),
		jen.Continue(),
	}
}

func (g *generator) extract(b *jen.Group, fn *p.Func) {
	t := fn.Time
	reject := func(err *jen.Statement) []jen.Code { return g.rejectRow(fn, err.Dot("Error").Call()) }
	if t.Null != nil {
		b.If(goemit.Expr(t.Null)).Block(reject(jen.Id("q").Dot(timeField(fn)).Dot("Missing").Call())...)
	}
	if direct(t) {
		b.Id("t").Op(":=").Add(goemit.Expr(t.X))
		return
	}
	from := jen.Id("q").Dot(timeField(fn))
	switch t.Kind {
	case types.BigInt:
		from = from.Dot("FromInt").Call(goemit.Expr(t.X))
	case types.Int:
		from = from.Dot("FromInt").Call(jen.Int64().Call(goemit.Expr(t.X)))
	case types.Double:
		from = from.Dot("FromFloat").Call(goemit.Expr(t.X))
	case types.Date:
		b.Id("t").Op(":=").Int64().Call(goemit.Expr(t.X)).Op("*").Qual(sqltimePath, "MicrosPerDay")
		return
	default:
		from = from.Dot("FromText").Call(goemit.Expr(t.X))
	}
	b.List(jen.Id("t"), jen.Err()).Op(":=").Add(from)
	b.If(jen.Err().Op("!=").Nil()).Block(reject(jen.Err())...)
}

// endPartition emits what the mark of a batch means for the watermark: that the
// partition ends, for one.
//
//	if b.Mark != rt.MarkNone {
//		b.Tell(&q.clock)
//		if q.w.connect.Alone() && q.clock.Reached() {
//			q.advance(q.clock.Watermark())
//		}
//	}
func (g *generator) endPartition(b *jen.Group, fn *p.Func) {
	if !clocked(fn) {
		return
	}
	clock := func() *jen.Statement { return jen.Id("q").Dot(clockField(fn)) }
	b.If(jen.Id("b").Dot("Mark").Op("!=").Qual(rtPath, "MarkNone")).Block(
		jen.Id("b").Dot("Tell").Call(jen.Op("&").Add(clock())),
		jen.If(alone().Op("&&").Add(clock()).Dot("Reached").Call()).Block(g.advanceCall(fn, clock)),
	)
	sealCalls(b, fn, fn.Query, jen.Id("q"))
}

// clockMethods emits the moving of the watermark through the query and on to
// its readers:
//
//	func (q *volumeQuery) advance(watermark event.Time) {
//		q.groups.Close(watermark, q.emitGroup)
//		q.w.hourly.advance(watermark)
//		q.clock.SetDeadline(q.deadline(watermark))
//	}
func (g *generator) clockMethods(f *jen.File, q *p.Query) {
	if !q.Clocked {
		return
	}
	if q.Inputs > 1 {
		doc(f, "advanceFrom notes the watermark of one input; the least of all counts.")
		f.Func().Params(recv(q)).Id("advanceFrom").Params(jen.Id("input").Int(), jen.Id("watermark").Qual(eventPath, "Time")).Block(
			jen.Id("q").Dot("marks").Index(jen.Id("input")).Op("=").Id("watermark"),
			jen.For(jen.List(jen.Id("_"), jen.Id("m")).Op(":=").Range().Id("q").Dot("marks")).Block(
				jen.Id("watermark").Op("=").Id("min").Call(jen.Id("watermark"), jen.Id("m"))),
			jen.Id("q").Dot("advance").Call(jen.Id("watermark")),
		)
		f.Line()
	}
	doc(f, "advance closes what ends before the watermark, here and in the readers.")
	f.Func().Params(recv(q)).Id("advance").Params(jen.Id("watermark").Qual(eventPath, "Time")).BlockFunc(func(b *jen.Group) {
		readers := followers(q)
		name, lag := "watermark", int64(0)
		for i, fn := range q.Funcs {
			t := fn.Table
			switch {
			case !windowed(fn):
			case t.Refires:
				fireWindows(b, q, t, jen.Id(name))
			case t.Final:
				closeWindows(b, q, t, jen.Id(name))
				if lagOf(t) > 0 && (len(readers) > 0 || slices.ContainsFunc(q.Funcs[i+1:], windowed)) {
					lag += lagOf(t)
					b.Comment("// the results come a grace period after their time")
					at := jen.Id("results").Op(":=")
					if name == "results" {
						at = jen.Id("results").Op("=")
					}
					b.Add(at.Qual(eventPath, "Back").Call(jen.Id("watermark"), jen.Id(fmt.Sprint(lag))))
					name = "results"
				}
			default:
				if t.Waits != nil {
					b.Add(changedIn(t, jen.Id(name)))
				}
				b.Id("q").Dot(t.Name).Dot("Drop").Call(jen.Id(name))
			}
		}
		advanceReaders(b, readers, name)
		for _, fn := range q.Funcs {
			if fn.Kind == p.Process && clocked(fn) {
				b.If(alone()).Block(
					jen.Id("q").Dot(clockField(fn)).Dot("SetDeadline").Call(jen.Id("q").Dot("deadline").Call(jen.Id("watermark"))))
			}
		}
	})
	f.Line()
	g.deadlineMethod(f, q)
	watermarkMethod(f, q)
}

// advanceReaders emits the moving on of the watermark to the readers.
func advanceReaders(b *jen.Group, readers []*p.Func, watermark string) {
	for _, r := range readers {
		if r.Query.Inputs > 1 {
			b.Id("q").Dot("w").Dot(r.Query.Var).Dot("advanceFrom").Call(jen.Lit(r.Input), jen.Id(watermark))
		} else {
			b.Id("q").Dot("w").Dot(r.Query.Var).Dot("advance").Call(jen.Id(watermark))
		}
	}
}

// followers are the readers that follow the watermark of the query's input:
// none, if the query gives its rows event times of their own.
func followers(q *p.Query) []*p.Func {
	if q.Retimed {
		return nil
	}
	return clockedReaders(q)
}

// retimes reports a query whose readers follow the event times that it gives.
func retimes(q *p.Query) bool { return q.Retimed && q.Time && len(clockedReaders(q)) > 0 }

func retimedField(b *jen.Group, q *p.Query) {
	if retimes(q) {
		b.Id("retimed").Qual(eventPath, "Clock").Comment("the watermark of the rows' own event times")
	}
}

func retimedInit(b *jen.Group, q *p.Query) {
	if retimes(q) {
		// the rows may be as much out of order as those of the source
		b.Id("q").Dot("retimed").Dot("Init").Call(clockSource(q).slack, jen.Lit(1))
		b.Id("q").Dot("retimed").Dot("Enter").Call(jen.Lit(0))
		b.Id("q").Dot("retimed").Dot("SetDeadline").Call(jen.Qual(eventPath, "Earliest").Op("+").Lit(1))
	}
}

// retimedRow emits what the new event time of a row means for the readers,
// before they get the row:
//
//	if q.retimed.Observe(t) {
//		q.advanceReaders(q.retimed.Watermark())
//	}
func retimedRow(b *jen.Group, q *p.Query) {
	if retimes(q) {
		b.If(jen.Id("q").Dot("retimed").Dot("Observe").Call(jen.Id("t"))).Block(
			jen.Id("q").Dot("advanceReaders").Call(jen.Id("q").Dot("retimed").Dot("Watermark").Call()))
	}
}

func (g *generator) retimedMethod(f *jen.File, q *p.Query) {
	if !retimes(q) {
		return
	}
	doc(f, "advanceReaders closes what ends before the watermark of the rows' own event times.")
	f.Func().Params(recv(q)).Id("advanceReaders").Params(jen.Id("watermark").Qual(eventPath, "Time")).BlockFunc(func(b *jen.Group) {
		advanceReaders(b, clockedReaders(q), "watermark")
		b.Id("q").Dot("retimed").Dot("SetDeadline").CallFunc(func(a *jen.Group) {
			var parts []jen.Code
			for _, r := range clockedReaders(q) {
				parts = append(parts, jen.Id("q").Dot("w").Dot(r.Query.Var).Dot("deadline").Call(jen.Id("watermark")))
			}
			if len(parts) == 1 {
				a.Add(parts[0])
				return
			}
			a.Id("min").Call(parts...)
		})
	})
	f.Line()
}

// alone is the test for a program on one worker.
func alone() *jen.Statement { return jen.Id("q").Dot("w").Dot("connect").Dot("Alone").Call() }

// windowed reports a function over the groups of windows.
func windowed(fn *p.Func) bool { return fn.Kind == p.PerGroup && fn.Table.Window != nil }

// lagOf is how long after the end of its window a result comes at the latest. A
// session is open at its end still, as is the window of a row at its time.
func lagOf(t *p.Table) int64 {
	if session(t) || slides(t) {
		return t.Window.Grace + 1
	}
	return t.Window.Grace
}

// closeWindows emits the closing of windows. What is sorted in each window goes
// on when the groups of the window are complete:
//
//	q.groups.Close(watermark, q.emitGroup)
//	q.groups.CloseEach(watermark, q.emitGroup, func() { q.sorted.Rows(q.sortedRow) })
//
// Windows of slices take the function that puts states together too.
func closeWindows(b *jen.Group, q *p.Query, t *p.Table, watermark *jen.Statement) {
	table, emit := jen.Id("q").Dot(t.Name), jen.Id("q").Dot(t.Emit.Name)
	args := []jen.Code{watermark, emit}
	if t.Sliced() {
		args = []jen.Code{watermark, jen.Id(t.Gather), emit}
	}
	for _, s := range q.Sorts {
		if s.Window == t {
			b.Add(table).Dot("CloseEach").Call(append(args, jen.Func().Params().Block(
				jen.Id("q").Dot(s.Name).Dot("Rows").Call(jen.Id("q").Dot(s.Emit.Name))))...)
			return
		}
	}
	b.Add(table).Dot("Close").Call(args...)
}

func clockedReaders(q *p.Query) []*p.Func {
	var out []*p.Func
	for _, r := range q.Readers {
		if r.Query.Clocked {
			out = append(out, r)
		}
	}
	return out
}

// deadlineMethod emits the next watermark at which something closes.
func (g *generator) deadlineMethod(f *jen.File, q *p.Query) {
	doc(f, "deadline is the next watermark at which a window closes, here or in a reader.")
	f.Func().Params(recv(q)).Id("deadline").Params(jen.Id("watermark").Qual(eventPath, "Time")).Qual(eventPath, "Time").BlockFunc(func(b *jen.Group) {
		var parts []jen.Code
		lag := int64(0)
		next := func(of *jen.Statement) {
			if lag == 0 {
				parts = append(parts, of.Call(jen.Id("watermark")))
				return
			}
			of = of.Call(jen.Qual(eventPath, "Back").Call(jen.Id("watermark"), jen.Id(fmt.Sprint(lag))))
			parts = append(parts, jen.Qual(eventPath, "Ahead").Call(of, jen.Id(fmt.Sprint(lag))))
		}
		for _, fn := range q.Funcs {
			if t := fn.Table; windowed(fn) {
				if t.Refires {
					next(jen.Id("q").Dot(t.Name).Dot("NextFire"))
					continue
				}
				next(jen.Id("q").Dot(t.Name).Dot("Next"))
				if t.Final {
					lag += lagOf(t)
				}
			}
		}
		for _, r := range followers(q) {
			next(jen.Id("q").Dot("w").Dot(r.Query.Var).Dot("deadline"))
		}
		switch len(parts) {
		case 0:
			b.Return(jen.Qual(eventPath, "Latest"))
		case 1:
			b.Return(parts[0])
		default:
			b.Return(jen.Id("min").Call(parts...))
		}
	})
	f.Line()
}
