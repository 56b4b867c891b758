package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

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
		if slides(t) {
			doc(f, entry(q, t)+" is the window of a key, which moves from row to row.")
			f.Type().Id(entry(q, t)).Op("=").Qual(windowPath, "Slide").Types(goemit.Type(t.KeyT), stateName(t), jen.Id(t.Slides.Row.Name))
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
	if slides(t) {
		return jen.Qual(windowPath, "Sliding").Types(goemit.Type(t.KeyT), stateName(t), jen.Id(t.Slides.Row.Name))
	}
	if t.Window != nil {
		return jen.Qual(windowPath, windowType(t)).Types(goemit.Type(t.KeyT), stateName(t))
	}
	if t.Texts() {
		return jen.Qual(statePath, "Strings").Types(stateName(t))
	}
	return jen.Qual(statePath, "Table").Types(goemit.Type(t.KeyT), stateName(t))
}

// windowType is the type of the runtime that keeps the windows.
func windowType(t *p.Table) string {
	w := t.Window
	switch {
	case w.Zone != "":
		return "Zoned"
	case t.Sliced() && w.Kind == bound.Cumulate:
		return "Growing"
	case t.Sliced():
		return "Sliced"
	}
	return map[bound.WindowKind]string{bound.Tumbling: "Tumbling", bound.Hopping: "Hopping", bound.Cumulate: "Cumulate", bound.Session: "Sessions"}[w.Kind]
}

// windowInit are the lengths that the windows are made with.
func windowInit(t *p.Table) []jen.Code {
	w := t.Window
	if slides(t) {
		return []jen.Code{
			jen.Id(fmt.Sprint(w.Size)), jen.Id(fmt.Sprint(w.Grace)),
			jen.Id("q").Dot(t.Slides.Enter.Name), jen.Id("q").Dot(t.Slides.Leave.Name),
		}
	}
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

// groupMethod emits what happens with a group when its result goes out.
func (g *generator) groupMethod(f *jen.File, t *p.Table) {
	fn := t.Emit
	sp := &stepPrinter{g: g, fn: fn}
	doc(f, fn.Name+" computes the result of one group.")
	params := []jen.Code{jen.Id("e").Op("*").Id(entry(fn.Query, t))}
	switch {
	case t.Retracts():
		params = []jen.Code{jen.Id("op").Qual(rtPath, "Op"), params[0]}
	case t.Window != nil && !session(t) && !slides(t):
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
	case slides(t):
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
