package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// constRows emits a table of constants:
//
//	// ratesRows are the rows of VALUES (rates.sql:1:15).
//	var ratesRows = [...]ratesValues{
//		{currency: "EUR", rate: 100},
//		{currency: "USD", nulls: ratesValuesNullRate},
//	}
func (g *generator) constRows(f *jen.File, c *p.Consts) {
	doc(f, c.Doc)
	f.Var().Id(c.Name).Op("=").Index(jen.Op("...")).Id(c.Row.Name).CustomFunc(goemit.OnePerLine, func(rows *jen.Group) {
		for _, sets := range c.Rows {
			rows.ValuesFunc(func(v *jen.Group) {
				nulls := map[string]*jen.Statement{}
				var words []string
				for _, s := range sets {
					if !s.AlwaysNull() {
						v.Id(s.Field.Name).Op(":").Add(goemit.Expr(s.X))
						continue
					}
					word, mask := goemit.NullBit(c.Row, s.Field)
					if nulls[word] == nil {
						nulls[word] = jen.Id(mask)
						words = append(words, word)
					} else {
						nulls[word].Op("|").Id(mask)
					}
				}
				for _, w := range words {
					v.Id(w).Op(":").Add(nulls[w])
				}
			})
		}
	})
	f.Line()
}

// eachMethod emits the loop over a table of constants.
func (g *generator) eachMethod(f *jen.File, fn *p.Func) {
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fmt.Sprintf("%s takes the rows of VALUES through the query.", fn.Name))
	f.Func().Params(recv(fn.Query)).Id(fn.Name).Params().BlockFunc(func(b *jen.Group) {
		faultLine(b, fn)
		if !p.Reads(fn.Steps, "in") {
			b.For(jen.Range().Id(fn.Consts.Name)).BlockFunc(func(b *jen.Group) { sp.steps(b, fn.Steps) })
			return
		}
		b.For(jen.Id("i").Op(":=").Range().Id(fn.Consts.Name)).BlockFunc(func(b *jen.Group) {
			b.Id("in").Op(":=").Op("&").Id(fn.Consts.Name).Index(jen.Id("i"))
			sp.steps(b, fn.Steps)
		})
	})
	f.Line()
}
