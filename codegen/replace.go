package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// replaces reports a query over rows that replace each other in its groups.
func replaces(q *p.Query) bool {
	for _, t := range q.Tables {
		if t.Replaces {
			return true
		}
	}
	return false
}

// replace emits the change of a row:
//
//	if g.live {
//		q.retract(g, in.live && in.city == g.city)
//	}
//	*g = in.own()
//	if g.live {
//		q.update(g)
//	}
func (sp *stepPrinter) replace(b *jen.Group, s *p.Replace) {
	if s.Update == nil {
		b.Op("*").Id("g").Op("=").Id("in").Dot("own").Call()
		return
	}
	live := func(row string) *jen.Statement { return jen.Id(row).Dot(s.Live.Name) }
	same := live("in")
	for _, fd := range s.Same {
		same = same.Op("&&").Add(sp.sameValue(fd))
		if fd.Null >= 0 {
			word, mask := goemit.NullBit(s.Row, fd)
			same = same.Op("&&").Id("in").Dot(word).Op("&").Id(mask).Op("==").Id("g").Dot(word).Op("&").Id(mask)
		}
	}
	b.If(live("g")).BlockFunc(func(b *jen.Group) {
		if s.Time != nil {
			b.Id("g").Dot(s.Time.Name).Op("=").Id("in").Dot(s.Time.Name)
		}
		if s.Retract.Quiet {
			b.Id("q").Dot(s.Retract.Name).Call(jen.Id("g"), same)
		} else {
			b.Id("q").Dot(s.Retract.Name).Call(jen.Id("g"))
		}
	})
	if s.Arrival != nil {
		b.Id("q").Dot("arrivals").Op("++")
		b.Id("in").Dot(s.Arrival.Name).Op("=").Id("q").Dot("arrivals")
	}
	b.Op("*").Id("g").Op("=").Id("in").Dot("own").Call()
	b.If(live("g")).Block(jen.Id("q").Dot(s.Update.Name).Call(jen.Id("g")))
}

// sameValue is the condition that a field is equal in both rows.
func (sp *stepPrinter) sameValue(fd *p.Field) *jen.Statement {
	in, g := jen.Id("in").Dot(fd.Name), jen.Id("g").Dot(fd.Name)
	switch {
	case fd.SQL.Kind == types.Bytes:
		return jen.Qual("bytes", "Equal").Call(in, g)
	case fd.SQL.IsNested():
		return sp.g.typeFunc(p.OpCompare, fd.SQL).Call(in, g).Op("==").Lit(0)
	}
	return in.Op("==").Add(g)
}

// arrives reports a query that numbers rows in order of arrival.
func arrives(q *p.Query) bool {
	for _, t := range q.Tables {
		if t.Arrivals {
			return true
		}
	}
	return false
}
