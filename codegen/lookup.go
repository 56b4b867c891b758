package codegen

import (
	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// inputs are the sources by the names that the embedding program knows: those
// that are read a second time, by a subquery, count once.
func (g *generator) inputs() []*p.Source {
	var list []*p.Source
	for _, s := range g.prog.Sources {
		if s.Twin == nil {
			list = append(list, s)
		}
	}
	return list
}

// results are the queries whose rows the embedding program can take.
func (g *generator) results() []*p.Query {
	var list []*p.Query
	for _, q := range g.prog.Queries {
		if q.Lookup == nil {
			list = append(list, q)
		}
	}
	return list
}

// foundType is the type of the table of a subquery.
func foundType(q *p.Query) *jen.Statement {
	row := jen.Struct()
	if q.Lookup.Table.State != nil {
		row = jen.Id(q.Out.Name)
	}
	return jen.Qual(statePath, "Table").Types(goemit.Type(q.Lookup.Table.KeyT), row)
}

// findMethod emits the look-up of a subquery's row:
//
//	// find returns the row for a key, nil if there is none.
//	func (q *averageQuery) find(symbol string) *averageFound {
//		key := symbol
//		hash := state.HashString(key)
//		e := q.found.Find(hash, key)
//		if e == nil {
//			return nil
//		}
//		return &e.State
//	}
func (g *generator) findMethod(f *jen.File, q *p.Query) {
	lk := q.Lookup
	var params []jen.Code
	var key []p.Expr
	for i, n := range lk.Params {
		params = append(params, jen.Id(n).Add(goemit.Type(lk.Table.Key[i].Type)))
		key = append(key, &p.Var{Name: n})
	}
	sp := &stepPrinter{g: g}
	find := func() *jen.Statement {
		return jen.Id("q").Dot(lk.Table.Name).Dot("Find").Call(jen.Id("hash"), jen.Id("key"))
	}
	if lk.Table.State == nil {
		doc(f, lk.Name+" reports whether the subquery has a row for a key.")
		f.Func().Params(recv(q)).Id(lk.Name).Params(params...).Bool().BlockFunc(func(b *jen.Group) {
			sp.key(b, lk.Table, key)
			b.Return(find().Op("!=").Nil())
		})
		f.Line()
		return
	}
	doc(f, lk.Name+" returns the row for a key, nil if there is none.")
	f.Func().Params(recv(q)).Id(lk.Name).Params(params...).Op("*").Id(q.Out.Name).BlockFunc(func(b *jen.Group) {
		sp.key(b, lk.Table, key)
		b.Id("e").Op(":=").Add(find())
		b.If(jen.Id("e").Op("==").Nil()).Block(jen.Return(jen.Nil()))
		b.Return(jen.Op("&").Id("e").Dot("State"))
	})
	f.Line()
}

// keepMethod emits the keeping of a subquery's row, which happens on one worker
// while the others wait.
func (g *generator) keepMethod(f *jen.File, q *p.Query) {
	lk := q.Lookup
	doc(f, "emit keeps a row for the queries that look it up.")
	f.Func().Params(recv(q)).Id("emit").Params(jen.Id("row").Op("*").Id(q.Out.Name)).BlockFunc(func(b *jen.Group) {
		b.Id("kept").Op(":=").Id("row").Dot("own").Call()
		sp := &stepPrinter{g: g}
		sp.key(b, lk.Table, lk.Key)
		add := jen.Id("q").Dot(lk.Table.Name).Dot("New").Call(jen.Id("hash"), jen.Id("key"))
		if lk.Table.State != nil {
			add.Dot("State").Op("=").Id("kept")
		}
		b.Add(add)
	})
	f.Line()
}
