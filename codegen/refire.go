package codegen

import (
	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
)

// fireWindows emits the coming out of windows that end, which are kept for their
// grace period:
//
//	q.groups.Fire(watermark, q.emitGroup)
//	q.groups.Fire(watermark, func(e *visitsGroupsEntry) { q.emitGroup(rt.Upsert, e) })
func fireWindows(b *jen.Group, q *p.Query, t *p.Table, watermark jen.Code) {
	emit := jen.Id("q").Dot(t.Emit.Name)
	if session(t) {
		emit = jen.Func().Params(jen.Id("e").Op("*").Id(entry(q, t))).Block(emit.Call(jen.Qual(rtPath, "Upsert"), jen.Id("e")))
	}
	b.Id("q").Dot(t.Name).Dot("Fire").Call(watermark, emit)
}
