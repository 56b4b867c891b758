package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// merges reports whether workers' states of a query are brought together.
func merges(q *p.Query) bool { return q.Parallel == p.Merge }

// mergeMethod emits the taking over of another worker's state:
//
//	func (q *volumeQuery) merge(o *volumeQuery) {
//		groups := o.groups.All()
//		for i := range groups {
//			hash, key := o.groups.Hash(i), groups[i].Key
//			e := q.groups.Find(hash, key)
//			if e == nil {
//				e = q.newGroups(hash, key)
//			}
//			g, h := &e.State, &groups[i].State
//			g.q.Merge(&h.q)
//			g.nulls &= h.nulls
//		}
//	}
func (g *generator) mergeMethod(f *jen.File, q *p.Query) {
	if !merges(q) {
		return
	}
	doc(f, "merge takes over the state of another worker.")
	f.Func().Params(recv(q)).Id("merge").Params(jen.Id("o").Op("*").Id(q.Var + "Query")).BlockFunc(func(b *jen.Group) {
		for i, t := range q.Tables {
			if i == 0 {
				g.mergeTable(b, t)
				continue
			}
			b.BlockFunc(func(b *jen.Group) { g.mergeTable(b, t) })
		}
		for _, s := range q.Sorts {
			b.Id("q").Dot(s.Name).Dot("Merge").Call(jen.Op("&").Id("o").Dot(s.Name))
		}
	})
	f.Line()
}

func (g *generator) mergeTable(b *jen.Group, t *p.Table) {
	b.Id("groups").Op(":=").Id("o").Dot(t.Name).Dot("All").Call()
	b.For(jen.Id("i").Op(":=").Range().Id("groups")).BlockFunc(func(b *jen.Group) {
		if t.Texts() {
			b.Id("key").Op(":=").Id("groups").Index(jen.Id("i")).Dot("Key").Call()
			b.List(jen.Id("e"), jen.Id("hash")).Op(":=").Id("q").Dot(t.Name).Dot("Find").Call(jen.Id("key"))
		} else {
			b.List(jen.Id("hash"), jen.Id("key")).Op(":=").List(jen.Id("o").Dot(t.Name).Dot("Hash").Call(jen.Id("i")), jen.Id("groups").Index(jen.Id("i")).Dot("Key"))
			b.Id("e").Op(":=").Id("q").Dot(t.Name).Dot("Find").Call(jen.Id("hash"), jen.Id("key"))
		}
		b.If(jen.Id("e").Op("==").Nil()).Block(jen.Id("e").Op("=").Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), jen.Id("key")))
		if len(t.Aggs) == 0 {
			b.Id("_").Op("=").Id("e")
			return
		}
		b.List(jen.Id("g"), jen.Id("h")).Op(":=").List(jen.Op("&").Id("e").Dot("State"), jen.Op("&").Id("groups").Index(jen.Id("i")).Dot("State"))
		g.mergeStates(b, t)
	})
}

// gatherFunc emits how the states of a group in two slices of a window are put
// together:
//
//	func addRatesState(g, h *ratesState) {
//		g.n += h.n
//	}
func (g *generator) gatherFunc(f *jen.File, t *p.Table) {
	if !t.Sliced() {
		return
	}
	doc(f, t.Gather+" adds the group of another slice of a window.")
	f.Func().Id(t.Gather).Params(jen.List(jen.Id("g"), jen.Id("h")).Op("*").Id(t.State.Name)).BlockFunc(func(b *jen.Group) {
		g.mergeStates(b, t)
	})
	f.Line()
}

// mergeStates emits the taking over of the state h by the state g.
func (g *generator) mergeStates(b *jen.Group, t *p.Table) {
	for _, a := range t.Aggs {
		if a.Set != nil {
			g.mergeSet(b, a)
		} else {
			mergeState(b, a)
		}
	}
	words, _ := goemit.NullWords(t.State)
	for i := range words {
		w := goemit.NullWord(t.State, i)
		b.Id("g").Dot(w).Op("&=").Id("h").Dot(w)
	}
}

// mergeState emits the merge of one aggregate.
func mergeState(b *jen.Group, a *p.AggState) {
	dst := jen.Id("g").Dot(a.Field.Name)
	src := jen.Id("h").Dot(a.Field.Name)
	if a.Overload == nil {
		b.Add(dst).Op("+=").Add(src)
		return
	}
	switch k := a.Overload.Merge; k.Kind {
	case funcs.AddAssign:
		b.Add(dst).Op("+=").Add(src)
	case funcs.MinAssign:
		b.Add(dst).Op("=").Id("min").Call(jen.Id("g").Dot(a.Field.Name), src)
	case funcs.MaxAssign:
		b.Add(dst).Op("=").Id("max").Call(jen.Id("g").Dot(a.Field.Name), src)
	case funcs.OrAssign:
		b.Add(dst).Op("=").Id("g").Dot(a.Field.Name).Op("||").Add(src)
	case funcs.AndAssign:
		b.Add(dst).Op("=").Id("g").Dot(a.Field.Name).Op("&&").Add(src)
	case funcs.AndBits:
		b.Add(dst).Op("&=").Add(src)
	case funcs.OrBits:
		b.Add(dst).Op("|=").Add(src)
	case funcs.XorBits:
		b.Add(dst).Op("^=").Add(src)
	case funcs.Method:
		b.Add(dst).Dot(k.Name).Call(jen.Op("&").Add(src))
	default:
		panic(fmt.Sprintf("codegen: aggregate %s does not merge", a.Agg.Func.Name))
	}
}

// mergeSet emits the union of two sets of DISTINCT values; what is new is added
// to the state.
func (g *generator) mergeSet(b *jen.Group, a *p.AggState) {
	b.Id("h").Dot(a.Set.Name).Dot("All").Call(jen.Func().Params(jen.Id("v").Add(goemit.Type(a.SetKey))).BlockFunc(func(b *jen.Group) {
		b.If(jen.Id("g").Dot(a.Set.Name).Dot("Has").Call(jen.Id("v"))).Block(jen.Return())
		b.Id("g").Dot(a.Set.Name).Dot("Insert").Call(jen.Id("v"))
		g.addValue(b, a)
	}))
}

// addValue adds the set's value v to the state, as the row loop would.
func (g *generator) addValue(b *jen.Group, a *p.AggState) {
	dst := jen.Id("g").Dot(a.Field.Name)
	x := jen.Id("v")
	if a.SetKey.Name == p.PairKey.Name {
		number := func(i int) jen.Code { return jen.Qual("math", "Float64frombits").Call(jen.Id("v").Index(jen.Lit(i))) }
		b.Add(dst).Dot(a.Overload.Add.Name).Call(number(0), number(1))
		return
	}
	switch a.Agg.Args[0].Type().Kind {
	case types.Double:
		x = jen.Qual("math", "Float64frombits").Call(x)
	case types.Float:
		x = jen.Float32().Call(jen.Qual("math", "Float64frombits").Call(x))
	case types.Bytes:
		x = jen.Index().Byte().Call(x)
	case types.Array, types.Map, types.Struct:
		x = jen.Qual(jsonPath, "ParseKey").Call(x, jen.Id("new").Call(jen.Id("memory")), g.typeFunc(p.OpRead, a.Agg.Args[0].Type()))
	}
	switch k := a.Overload.Add; k.Kind {
	case funcs.Inc:
		b.Add(dst).Op("++")
	case funcs.AddAssign:
		b.Add(dst).Op("+=").Add(x)
	case funcs.XorBits:
		b.Add(dst).Op("^=").Add(x)
	case funcs.Method:
		b.Add(dst).Dot(k.Name).Call(x)
	default:
		panic(fmt.Sprintf("codegen: DISTINCT of %s", a.Agg.Func.Name))
	}
}

// lessFunc emits the order of a sort:
//
//	func topSortedLess(a, b *topSorted) bool {
//		if a.n != b.n {
//			return a.n > b.n
//		}
//		return false
//	}
func (g *generator) lessFunc(f *jen.File, q *p.Query, s *p.Sort) {
	doc(f, lessName(q, s)+" orders rows by "+g.sortText(s)+".")
	f.Func().Id(lessName(q, s)).Params(jen.List(jen.Id("a"), jen.Id("b")).Op("*").Id(s.Row.Name)).Bool().BlockFunc(func(b *jen.Group) {
		for _, k := range s.Keys {
			g.lessKey(b, s.Row, k)
		}
		b.Return(jen.False())
	})
	f.Line()
}

func (g *generator) sortText(s *p.Sort) string {
	text := ""
	for i, k := range s.Keys {
		if i > 0 {
			text += ", "
		}
		text += k.Field.Column
		if k.Desc {
			text += " DESC"
		}
	}
	return text
}

func (g *generator) lessKey(b *jen.Group, row *p.Struct, k p.SortKey) {
	if k.Field.Null >= 0 {
		word, mask := goemit.NullBit(row, k.Field)
		test := func(x string) *jen.Statement { return jen.Id(x).Dot(word).Op("&").Id(mask).Op("!=").Lit(0) }
		first := "a"
		if !k.NullsFirst {
			first = "b"
		}
		b.If(jen.List(jen.Id("x"), jen.Id("y")).Op(":=").List(test("a"), test("b")), jen.Id("x").Op("!=").Id("y")).Block(
			jen.Return(map[string]*jen.Statement{"a": jen.Id("x"), "b": jen.Id("y")}[first]))
	}
	x, y := "a", "b"
	if k.Desc {
		x, y = "b", "a"
	}
	fx := func(v string) *jen.Statement { return jen.Id(v).Dot(k.Field.Name) }
	var cmp *jen.Statement
	switch {
	case k.Field.SQL.IsNested():
		cmp = g.typeFunc(p.OpCompare, k.Field.SQL).Call(fx(x), fx(y))
	case k.Field.Type.Name == "Int128":
		cmp = fx(x).Dot("Cmp").Call(fx(y))
	case k.Field.Type.Name == "bool":
		cmp = jen.Qual(statePath, "CompareBool").Call(fx(x), fx(y))
	case k.Field.Type.Name == "Interval":
		cmp = jen.Qual(sqltimePath, "Compare").Call(fx(x), fx(y))
	case k.Field.Type.Slice:
		cmp = jen.Qual("bytes", "Compare").Call(fx(x), fx(y))
	case k.Field.SQL.IsApprox():
		cmp = jen.Qual(sqlfnPath, "CompareFloat").Call(jen.Float64().Call(fx(x)), jen.Float64().Call(fx(y)))
	default:
		cmp = jen.Qual("cmp", "Compare").Call(fx(x), fx(y))
	}
	b.If(jen.Id("c").Op(":=").Add(cmp), jen.Id("c").Op("!=").Lit(0)).Block(jen.Return(jen.Id("c").Op("<").Lit(0)))
}
