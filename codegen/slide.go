package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// slides reports a table with a window for each row.
func slides(t *p.Table) bool { return t.Slides != nil }

// ownsText reports a row that shares memory with a batch until it is copied.
func (g *generator) ownsText(s *p.Struct) bool {
	for _, fd := range s.Fields {
		if _, ok := g.cloned(fd, jen.Null()); ok {
			return true
		}
	}
	return false
}

// openSlide emits the finding of a group whose window moves from row to row:
//
//	if q.groups.Closed(in.t) {
//		q.late.Add(q.watermark() - in.t)
//		return
//	}
//	key := in.symbol
//	hash := state.HashString(key)
//	e := q.groups.Find(hash, key)
//	if e == nil {
//		e = q.newGroups(hash, key)
//	}
func (sp *stepPrinter) openSlide(b *jen.Group, s *p.FindGroup) {
	t := s.Table
	table := func() *jen.Statement { return jen.Id("q").Dot(t.Name) }
	b.If(table().Dot("Closed").Call(goemit.Expr(s.Time))).BlockFunc(func(b *jen.Group) { sp.late(b, t, s.Time, "") })
	sp.key(b, t, s.Key)
	b.Id("e").Op(":=").Add(table()).Dot("Find").Call(jen.Id("hash"), jen.Id("key"))
	b.If(jen.Id("e").Op("==").Nil()).Block(
		jen.Id("e").Op("=").Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), jen.Id("key")))
}

// slideRow emits the keeping of a row for the windows that it is in:
//
//	q.groups.Add(e, in.t, row.own())
//	q.groups.Change(e, in.t, row.own(), q.emitGroup)
func (sp *stepPrinter) slideRow(b *jen.Group, s *p.Emit) {
	t := s.Slides
	if a := t.Slides.Arrival; a != nil {
		b.Id("q").Dot("arrivals").Op("++")
		b.Id("row").Dot(a.Name).Op("=").Id("q").Dot("arrivals")
	}
	row := jen.Id("row")
	if sp.g.ownsText(s.Out) {
		row = row.Dot("own").Call()
	}
	args, name := []jen.Code{jen.Id("e"), goemit.Expr(s.Time), row}, "Add"
	if !t.Final {
		args, name = append(args, jen.Id("q").Dot(t.Emit.Name)), "Change"
	}
	b.Id("q").Dot(t.Name).Dot(name).Call(args...)
}
