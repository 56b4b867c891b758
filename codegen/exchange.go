package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// ownersField is the field with the worker's end of a table's exchange.
func ownersField(t *p.Table) string {
	if t.Name == "groups" {
		return "owners"
	}
	return t.Name + "Owners"
}

func applyName(t *p.Table) string { return "apply" + goemit.Title(t.Name) }

func ownerClock(t *p.Table) string { return ownersField(t) + "Clock" }

func exchangeType(t *p.Table) *jen.Statement {
	return jen.Qual(rtPath, "Exchange").Types(jen.Id(t.Exchange.In.Name))
}

// exchanges are the tables of a query whose rows cross an exchange.
func exchanges(q *p.Query) []*p.Table {
	var out []*p.Table
	for _, t := range q.Tables {
		if t.Exchange != nil {
			out = append(out, t)
		}
	}
	return out
}

// sendOn emits the way of a row to the worker that owns its group:
//
//	if q.owners.Alone() {
//		q.update(&row)
//		continue
//	}
//	to := q.owners.To(row.hash())
//	row.bidder = to.Keep(row.bidder)
//	to.Rows = append(to.Rows, row)
func (sp *stepPrinter) sendOn(b *jen.Group, s *p.Emit) {
	t := s.To.Owner
	owners := func() *jen.Statement { return jen.Id("q").Dot(ownersField(t)) }
	b.If(owners().Dot("Alone").Call()).BlockFunc(func(b *jen.Group) {
		letters := lettersLate(t) && sp.fn.Kind == p.Process
		if letters {
			b.Id("q").Dot("w").Dot("current").Dot("Set").Call(jen.Id("b"), jen.Id("at"), jen.Id("next"))
		}
		b.Id("q").Dot(s.To.Name).Call(jen.Op("&").Id("row"))
		if letters {
			b.Id("q").Dot("w").Dot("current").Dot("Clear").Call()
		}
		sp.skip(b)
	})
	b.Id("to").Op(":=").Add(owners()).Dot("To").Call(jen.Id("row").Dot("hash").Call())
	for _, fd := range s.Out.Fields {
		if fd.Type.Name == "string" {
			b.Id("row").Dot(fd.Name).Op("=").Id("to").Dot("Keep").Call(jen.Id("row").Dot(fd.Name))
		} else if c, ok := sp.g.cloned(fd, jen.Id("row").Dot(fd.Name)); ok {
			b.Id("row").Dot(fd.Name).Op("=").Add(c)
		}
	}
	b.Id("to").Dot("Rows").Op("=").Append(jen.Id("to").Dot("Rows"), jen.Id("row"))
}

// rowHash emits the hash of the key fields of an exchanged row.
func (g *generator) rowHash(f *jen.File, t *p.Table) {
	row := t.Exchange.In
	doc(f, "hash decides which worker owns the group of the row.")
	f.Func().Params(jen.Id("k").Op("*").Id(row.Name)).Id("hash").Params().Uint64().BlockFunc(func(b *jen.Group) {
		var parts []*jen.Statement
		for _, fd := range row.Fields[:t.ExchangeKeys] {
			if fd.SQL.IsApprox() {
				parts = append(parts, jen.Qual(statePath, "HashInt").Call(jen.Qual(statePath, "FloatKey").Call(jen.Float64().Call(jen.Id("k").Dot(fd.Name)))))
				continue
			}
			if fd.SQL.IsNested() {
				parts = append(parts, jen.Qual(statePath, "HashString").Call(jen.String().Call(g.typeFunc(p.OpAppendKey, fd.SQL).Call(jen.Nil(), jen.Id("k").Dot(fd.Name)))))
				continue
			}
			if fd.Type.Slice {
				parts = append(parts, jen.Qual(statePath, "HashString").Call(jen.String().Call(jen.Id("k").Dot(fd.Name))))
				continue
			}
			parts = append(parts, hashParts(fd, func() *jen.Statement { return jen.Id("k").Dot(fd.Name) })...)
		}
		if len(parts) == 0 {
			b.Return(jen.Lit(0))
			return
		}
		h := parts[0]
		for _, pt := range parts[1:] {
			h = jen.Qual(statePath, "Mix").Call(h, pt)
		}
		b.Return(h)
	})
	f.Line()
}

func (g *generator) exchangeFields(b *jen.Group, q *p.Query) {
	for _, t := range exchanges(q) {
		b.Id(ownersField(t)).Op("*").Add(exchangeType(t)).Comment("takes rows to the worker that owns their group")
		if t.Window != nil {
			b.Id(ownerClock(t)).Qual(eventPath, "Clock").Comment("the watermark of what owners have applied")
		}
	}
}

func (g *generator) exchangeInit(b *jen.Group, q *p.Query) {
	for _, t := range exchanges(q) {
		b.Id("q").Dot(ownersField(t)).Op("=").Qual(rtPath, "Join").Call(jen.Id("w").Dot("connect"), jen.Lit(q.Name+"."+t.Name), jen.Id("q").Dot(applyName(t)))
		if t.Window != nil {
			src := clockSource(q)
			b.Id("q").Dot(ownerClock(t)).Dot("Init").Call(src.slack, jen.Id("w").Dot("connect").Dot("Partitions").Call(jen.Lit(src.index)))
			b.Id("q").Dot(ownerClock(t)).Dot("SetDeadline").Call(jen.Qual(eventPath, "Earliest").Op("+").Lit(1))
		}
	}
}

// clockOrigin is the source whose rows drive the windows of an exchanged query.
type clockOrigin struct {
	slack *jen.Statement
	index int
}

func clockSource(q *p.Query) clockOrigin {
	for _, fn := range q.Funcs {
		if fn.Kind == p.Process && fn.Time != nil {
			return clockOrigin{jen.Lit(int(fn.Time.OutOfOrderness)), fn.Source.Index}
		}
		if fn.Upstream != nil {
			return clockSource(fn.Upstream)
		}
	}
	return clockOrigin{jen.Lit(0), 0}
}

// applyMethod emits the owner's side: the rows of a packet in order, then the
// watermark of the batch that they are from.
func (g *generator) applyMethod(f *jen.File, q *p.Query, t *p.Table) {
	doc(f, applyName(t)+" takes rows that belong to this worker's groups.")
	f.Func().Params(recv(q)).Id(applyName(t)).Params(jen.Id("p").Op("*").Qual(rtPath, "Packet").Types(jen.Id(t.Exchange.In.Name))).BlockFunc(func(b *jen.Group) {
		b.Id("q").Dot("w").Dot("current").Dot("Clear").Call()
		b.For(jen.Id("i").Op(":=").Range().Id("p").Dot("Rows")).Block(
			jen.Id("q").Dot(t.Exchange.Name).Call(jen.Op("&").Id("p").Dot("Rows").Index(jen.Id("i"))))
		if t.Window == nil {
			return
		}
		clock := func() *jen.Statement { return jen.Id("q").Dot(ownerClock(t)) }
		b.Add(clock()).Dot("Enter").Call(jen.Id("p").Dot("Partition"))
		b.Id("reached").Op(":=").Add(clock()).Dot("Observe").Call(jen.Id("p").Dot("Newest"))
		b.If(jen.Id("p").Dot("End")).Block(
			clock().Dot("End").Call(jen.Id("p").Dot("Partition")),
			jen.Id("reached").Op("=").Add(clock()).Dot("Reached").Call(),
		)
		b.If(jen.Id("reached")).Block(
			jen.Id("watermark").Op(":=").Add(clock()).Dot("Watermark").Call(),
			jen.Id("q").Dot("advance").Call(jen.Id("watermark")),
			clock().Dot("SetDeadline").Call(jen.Id("q").Dot("deadline").Call(jen.Id("watermark"))),
		)
	})
	f.Line()
}

// sealCalls emits the noting of a batch's newest event time in the packets of
// the query's exchange and of those behind it.
func sealCalls(b *jen.Group, fn *p.Func, q *p.Query, path *jen.Statement) {
	for _, t := range exchanges(q) {
		if t.Window != nil {
			b.Add(path.Clone()).Dot(ownersField(t)).Dot("Seal").Call(jen.Id("b"), jen.Id("q").Dot(clockField(fn)).Dot("Newest").Call())
		}
	}
	for _, r := range clockedReaders(q) {
		sealCalls(b, fn, r.Query, jen.Id("q").Dot("w").Dot(r.Query.Var))
	}
}
