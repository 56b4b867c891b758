package codegen

import (
	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
)

// waitingRows is how many rows wait for each other: enough that lookups overlap,
// few enough to stay in the first cache.
const waitingRows = 128

func waitingField(b *jen.Group, fn *p.Func) {
	if fn.Block != nil {
		b.Id(fn.Block.Waiting).Index().Id(fn.In.Name).Comment("rows that wait to be looked up together")
	}
}

func waitingInit(b *jen.Group, fn *p.Func) {
	if fn.Block != nil {
		b.Id("q").Dot(fn.Block.Waiting).Op("=").Make(jen.Index().Id(fn.In.Name), jen.Lit(0), jen.Lit(waitingRows))
	}
}

// wait emits the choice between bringing a row to its group at once, and later:
//
//	// the groups have outgrown the caches: rows wait, so that the lookups of many overlap
//	if q.groups.Large() {
//		if q.waiting = append(q.waiting, in); q.csv.Copied() || len(q.waiting) == cap(q.waiting) {
//			q.addWaiting()
//		}
//		continue
//	}
func (sp *stepPrinter) wait(b *jen.Group, s *p.Wait) {
	rows := func() *jen.Statement { return jen.Id("q").Dot(s.To.Waiting) }
	b.Comment("the groups have outgrown the caches: rows wait, so that the lookups of many overlap")
	b.If(jen.Id("q").Dot(s.Table.Name).Dot("Large").Call()).BlockFunc(func(b *jen.Group) {
		full := jen.Id("q").Dot(readerField(sp.fn)).Dot("Copied").Call().Op("||").Len(rows()).Op("==").Cap(rows())
		b.If(rows().Op("=").Append(rows(), jen.Id("in")), full).Block(jen.Id("q").Dot(s.To.Name).Call())
		sp.skip(b)
	})
}

// blockMethod emits a function over the rows that wait.
func (g *generator) blockMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fn.Name+" brings the rows that wait to their groups, one lookup behind the other.")
	rows := jen.Id("q").Dot(fn.Waiting)
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params().Block(
		jen.For(jen.Id("i").Op(":=").Range().Add(rows)).BlockFunc(func(b *jen.Group) {
			b.Id("in").Op(":=").Op("&").Add(rows.Clone()).Index(jen.Id("i"))
			sp.steps(b, fn.Steps)
		}),
		rows.Clone().Op("=").Add(rows.Clone()).Index(jen.Empty(), jen.Lit(0)),
	)
	f.Line()
}
