package codegen

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
)

// stepPrinter prints the steps of one function.
type stepPrinter struct {
	g  *generator
	fn *p.Func
	// rows counts the loops around a step whose elements are rows.
	rows int
}

func (sp *stepPrinter) steps(b *jen.Group, steps []p.Step) {
	for _, s := range steps {
		sp.step(b, s)
	}
}

func (sp *stepPrinter) step(b *jen.Group, s p.Step) {
	switch s := s.(type) {
	case *p.Clause:
		b.Comment(goemit.Comment(fmt.Sprintf("%s (%s)", s.Text, sp.g.at(s.Pos))))
	case *p.Let:
		if s.OK != "" {
			define := ":="
			if s.Name == "_" && s.OK == "_" {
				define = "="
			}
			b.List(jen.Id(s.Name), jen.Id(s.OK)).Op(define).Add(goemit.Expr(s.X))
		} else {
			b.Id(s.Name).Op(":=").Add(goemit.Typed(s.X))
		}
	case *p.Declare:
		b.Var().Id(s.Name).Add(goemit.Type(s.Type))
	case *p.Assign:
		if s.RHS == nil {
			b.Add(goemit.Expr(s.LHS)).Op(s.Op)
		} else {
			b.Add(goemit.Expr(s.LHS)).Op(s.Op).Add(goemit.Expr(s.RHS))
		}
	case *p.Do:
		b.Add(goemit.Expr(s.X))
	case *p.If:
		sp.ifStep(b, s)
	case *p.Branch:
		if !s.Again {
			sp.current(b)
		}
		call := []jen.Code{jen.Op("&").Id("in")}
		if s.To.HasOp {
			call = append(call, goemit.Expr(s.Op))
		}
		if s.To.HasTime {
			call = append(call, goemit.Expr(s.Time))
		}
		b.Id("q").Dot(s.To.Name).Call(call...)
	case *p.Repeat:
		b.For(jen.Range().Add(goemit.Expr(s.Times))).BlockFunc(func(b *jen.Group) { sp.steps(b, s.Steps) })
	case *p.For:
		sp.forStep(b, s)
	case *p.Skip:
		sp.skip(b)
	case *p.CheckFault:
		b.If(jen.Id("f").Dot("Failed").Call()).BlockFunc(func(b *jen.Group) {
			sp.reject(b, jen.Id("f").Dot("Take").Call(), sp.g.at(s.Pos))
			sp.skip(b)
		})
	case *p.FindGroup:
		sp.findGroup(b, s)
	case *p.Wait:
		sp.wait(b, s)
	case *p.FirstTime:
		sp.firstTime(b, s)
	case *p.FindSeen:
		sp.findSeen(b, s)
	case *p.MarkSeen:
		word, mask := goemit.NullBit(s.Table.State, s.Agg.Field)
		if s.Undo {
			b.Id("g").Dot(word).Op("|=").Id(mask)
			return
		}
		b.Id("g").Dot(word).Op("&^=").Id(mask)
	case *p.Take:
		b.If(jen.Op("!").Id("q").Dot("take" + goemit.Title(s.Limit.Name)).Call()).BlockFunc(sp.skip)
	case *p.EmitGroup:
		sp.emitGroup(b, s)
	case *p.Replace:
		sp.replace(b, s)
	case *p.Emit:
		sp.emit(b, s)
	default:
		panic(fmt.Sprintf("codegen: unknown step %T", s))
	}
}

func (sp *stepPrinter) ifStep(b *jen.Group, s *p.If) {
	st := jen.If(goemit.Expr(s.Cond)).BlockFunc(func(b *jen.Group) { sp.steps(b, s.Then) })
	for len(s.Else) == 1 {
		next, ok := s.Else[0].(*p.If)
		if !ok {
			break
		}
		st.Else().If(goemit.Expr(next.Cond)).BlockFunc(func(b *jen.Group) { sp.steps(b, next.Then) })
		s = next
	}
	if len(s.Else) > 0 {
		st.Else().BlockFunc(func(b *jen.Group) { sp.steps(b, s.Else) })
	}
	b.Add(st)
}

func (sp *stepPrinter) forStep(b *jen.Group, s *p.For) {
	vars := jen.List(jen.Id(s.Index), jen.Id(s.Value)).Op(":=")
	switch {
	case s.Index == "_" && s.Value == "_":
		vars = jen.Null()
	case s.Value == "_":
		vars = jen.Id(s.Index).Op(":=")
	}
	if s.Rows {
		sp.rows++
		defer func() { sp.rows-- }()
	}
	b.For(vars.Range().Add(goemit.Expr(s.X))).BlockFunc(func(b *jen.Group) { sp.steps(b, s.Body) })
}

// skip leaves the row: the next turn of the decoding loop, or the end of the
// function.
func (sp *stepPrinter) skip(b *jen.Group) {
	if sp.fn.Kind == p.Process || sp.fn.Kind == p.Each || sp.rows > 0 {
		b.Continue()
	} else {
		b.Return()
	}
}

// reject hands the record at hand over as failed.
func (sp *stepPrinter) reject(b *jen.Group, reason *jen.Statement, at string) {
	if sp.fn.Kind == p.Process {
		b.Id("b").Dot("Reject").Call(jen.Id("at"), jen.Id("next"), reason, jen.Lit(sp.fn.Query.Name), jen.Lit(at))
		return
	}
	if sp.fn.Kind == p.PerGroup && len(sp.fn.Table.Key) > 0 {
		key := jen.Id("e").Dot("Key")
		if sp.fn.Table.Texts() {
			key = key.Call()
		}
		b.Id("q").Dot("w").Dot("current").Dot("RejectGroup").Call(reason, jen.Lit(sp.fn.Query.Name), jen.Lit(at), key)
		return
	}
	b.Id("q").Dot("w").Dot("current").Dot("Reject").Call(reason, jen.Lit(sp.fn.Query.Name), jen.Lit(at))
}

// key emits the key variable and its hash:
//
//	key := volumeKey{symbol: in.symbol, day: day}
//	hash := key.hash()
func (sp *stepPrinter) key(b *jen.Group, t *p.Table, key []p.Expr) {
	switch {
	case len(key) == 0:
		b.Id("key").Op(":=").Struct().Values()
		b.Id("hash").Op(":=").Uint64().Call(jen.Lit(0))
	case t.Keys == nil:
		b.Id("key").Op(":=").Add(goemit.Typed(key[0]))
		b.Id("hash").Op(":=").Add(hashOf(t.Key[0]))
	default:
		b.Id("key").Op(":=").Id(t.Keys.Name).ValuesFunc(func(v *jen.Group) {
			for i, k := range key {
				if n, ok := k.(*p.Nullable); ok {
					if n.AlwaysNull() {
						continue
					}
					k = n.X
				}
				v.Id(t.Key[i].Name).Op(":").Add(goemit.Expr(k))
			}
		})
		for i, k := range key {
			if n, ok := k.(*p.Nullable); ok {
				word, mask := goemit.NullBit(t.Keys, t.Key[i])
				if n.AlwaysNull() {
					b.Id("key").Dot(word).Op("|=").Id(mask)
					continue
				}
				b.If(goemit.Expr(n.Null)).Block(jen.Id("key").Dot(word).Op("|=").Id(mask))
			}
		}
		b.Id("hash").Op(":=").Id("key").Dot("hash").Call()
	}
}

// hashOf is the hash of a key of one value.
func hashOf(fd *p.Field) *jen.Statement {
	parts := hashParts(fd, func() *jen.Statement { return jen.Id("key") })
	h := parts[0]
	for _, pt := range parts[1:] {
		h = jen.Qual(statePath, "Mix").Call(h, pt)
	}
	return h
}

// findGroup emits the look-up of a group:
//
//	e := q.groups.Find(hash, key)
//	if e == nil {
//		e = q.newGroups(hash, key)
//	}
//	g := &e.State
func (sp *stepPrinter) findGroup(b *jen.Group, s *p.FindGroup) {
	t := s.Table
	if t.Texts() {
		sp.findText(b, s)
		return
	}
	table := jen.Id("q").Dot(t.Name)
	maker := jen.Id("q").Dot("new" + goemit.Title(t.Name))
	if session(t) {
		sp.openSession(b, s)
		return
	}
	if slides(t) {
		sp.openSlide(b, s)
		return
	}
	if t.Window != nil {
		if t.Window.Overlaps() && !t.Sliced() {
			sp.openWindows(b, s)
			return
		}
		sp.openWindow(b, t, s.Time)
		table = jen.Id("pane").Dot("Groups")
	}
	sp.key(b, t, s.Key)
	args := func() []jen.Code {
		if t.Window != nil {
			return []jen.Code{jen.Id("pane"), jen.Id("hash"), jen.Id("key")}
		}
		return []jen.Code{jen.Id("hash"), jen.Id("key")}
	}
	if t.Once && !t.Replaces && t.Rows == nil {
		b.If(table.Dot("Find").Call(jen.Id("hash"), jen.Id("key")).Op("!=").Nil()).BlockFunc(sp.skip)
		b.Id("e").Op(":=").Add(maker).Call(args()...)
		if p.Reads(sp.fn.Steps, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		return
	}
	usesEntry := len(t.Aggs) > 0 || !t.Final || t.Rows != nil || t.Replaces
	if !usesEntry {
		b.If(table.Dot("Find").Call(jen.Id("hash"), jen.Id("key")).Op("==").Nil()).Block(maker.Call(args()...))
		return
	}
	b.Id("e").Op(":=").Add(table).Dot("Find").Call(jen.Id("hash"), jen.Id("key"))
	if s.Known {
		b.If(jen.Id("e").Op("==").Nil()).BlockFunc(sp.skip)
	} else {
		b.If(jen.Id("e").Op("==").Nil()).Block(jen.Id("e").Op("=").Add(maker).Call(args()...))
	}
	if p.Reads(sp.fn.Steps, "g") {
		b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
	}
}

// findText emits the look-up of a group by text:
//
//	e, hash := q.groups.Find(in.symbol)
//	if e == nil {
//		e = q.newGroups(hash, in.symbol)
//	}
//	g := &e.State
func (sp *stepPrinter) findText(b *jen.Group, s *p.FindGroup) {
	t := s.Table
	key := func() *jen.Statement { return goemit.Expr(s.Key[0]) }
	switch s.Key[0].(type) {
	case *p.Select, *p.Var:
	default:
		b.Id("key").Op(":=").Add(goemit.Expr(s.Key[0]))
		key = func() *jen.Statement { return jen.Id("key") }
	}
	if s.Known {
		b.List(jen.Id("e"), jen.Id("_")).Op(":=").Id("q").Dot(t.Name).Dot("Find").Call(key())
		b.If(jen.Id("e").Op("==").Nil()).BlockFunc(sp.skip)
		if p.Reads(sp.fn.Steps, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		return
	}
	b.List(jen.Id("e"), jen.Id("hash")).Op(":=").Id("q").Dot(t.Name).Dot("Find").Call(key())
	if t.Once && t.Rows == nil {
		b.If(jen.Id("e").Op("!=").Nil()).BlockFunc(sp.skip)
		b.Id("e").Op("=").Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), key())
		if p.Reads(sp.fn.Steps, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		return
	}
	assign := jen.Id("e").Op("=")
	if len(t.Aggs) == 0 && t.Final && t.Rows == nil && !t.Replaces {
		assign = jen.Null()
	}
	b.If(jen.Id("e").Op("==").Nil()).Block(assign.Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("hash"), key()))
	if p.Reads(sp.fn.Steps, "g") {
		b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
	}
}

// openWindow emits the choice of the window that the row belongs to.
func (sp *stepPrinter) openWindow(b *jen.Group, t *p.Table, at p.Expr) {
	b.Id("pane").Op(":=").Id("q").Dot(t.Name).Dot("At").Call(goemit.Expr(at))
	b.If(jen.Id("pane").Op("==").Nil()).BlockFunc(func(b *jen.Group) { sp.late(b, t, at, "pane") })
}

// openWindows emits the steps for each of the windows that the row belongs to:
//
//	panes := q.groups.At(in.t)
//	if len(panes) == 0 {
//		q.late.Add(q.watermark() - in.t)
//		return
//	}
//	key := in.symbol
//	hash := state.HashString(key)
//	for _, pane := range panes {
//		e := pane.Groups.Find(hash, key)
//		..
//	}
func (sp *stepPrinter) openWindows(b *jen.Group, s *p.FindGroup) {
	t := s.Table
	b.Id("panes").Op(":=").Id("q").Dot(t.Name).Dot("At").Call(goemit.Expr(s.Time))
	b.If(jen.Len(jen.Id("panes")).Op("==").Lit(0)).BlockFunc(func(b *jen.Group) { sp.late(b, t, s.Time, "panes") })
	sp.key(b, t, s.Key)
	find := jen.Id("pane").Dot("Groups").Dot("Find").Call(jen.Id("hash"), jen.Id("key"))
	maker := jen.Id("q").Dot("new"+goemit.Title(t.Name)).Call(jen.Id("pane"), jen.Id("hash"), jen.Id("key"))
	b.For(jen.List(jen.Id("_"), jen.Id("pane")).Op(":=").Range().Id("panes")).BlockFunc(func(b *jen.Group) {
		if len(s.Each) == 0 {
			b.If(find.Op("==").Nil()).Block(maker)
			return
		}
		if t.Once {
			b.If(find.Clone().Op("!=").Nil()).Block(jen.Continue())
			b.Id("e").Op(":=").Add(maker)
			if p.Reads(s.Each, "g") {
				b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
			}
			sp.steps(b, s.Each)
			return
		}
		b.Id("e").Op(":=").Add(find)
		b.If(jen.Id("e").Op("==").Nil()).Block(jen.Id("e").Op("=").Add(maker))
		if p.Reads(s.Each, "g") {
			b.Id("g").Op(":=").Op("&").Id("e").Dot("State")
		}
		sp.steps(b, s.Each)
	})
}

func (sp *stepPrinter) firstTime(b *jen.Group, s *p.FirstTime) {
	sp.key(b, s.Table, s.Key)
	b.If(jen.Id("q").Dot(s.Table.Name).Dot("Find").Call(jen.Id("hash"), jen.Id("key")).Op("!=").Nil()).BlockFunc(sp.skip)
	b.Id("q").Dot("new"+goemit.Title(s.Table.Name)).Call(jen.Id("hash"), jen.Id("key"))
}

func (sp *stepPrinter) findSeen(b *jen.Group, s *p.FindSeen) {
	key := goemit.Typed(s.Key)
	switch {
	case s.Undo:
		at := "_"
		if p.Reads(s.Then, "at") {
			at = "at"
		}
		b.If(jen.List(jen.Id(at), jen.Id("gone")).Op(":=").Add(goemit.Expr(s.Set)).Dot("Remove").Call(key), jen.Id("gone")).BlockFunc(func(b *jen.Group) { sp.steps(b, s.Then) })
		return
	case s.At != nil:
		b.If(goemit.Expr(s.Set).Dot("Add").Call(key, goemit.Expr(s.At))).BlockFunc(func(b *jen.Group) { sp.steps(b, s.Then) })
		return
	}
	if _, literal := s.Key.(*p.Composite); literal {
		key = jen.Parens(key) // its brace is not that of the block
	}
	b.If(jen.Id("v").Op(":=").Add(key), jen.Op("!").Add(goemit.Expr(s.Set)).Dot("Has").Call(jen.Id("v"))).BlockFunc(func(b *jen.Group) {
		b.Add(goemit.Expr(s.Set)).Dot("Insert").Call(owned(s.KeyT, jen.Id("v")))
		sp.steps(b, s.Then)
	})
}

// owned copies a value that is a view of a batch.
func owned(t p.GoType, x *jen.Statement) *jen.Statement {
	if t.Name == "string" {
		return jen.Qual("strings", "Clone").Call(x)
	}
	return x
}

func (sp *stepPrinter) emitGroup(b *jen.Group, s *p.EmitGroup) {
	if s.Table.Waits != nil {
		sp.noteChange(b, s.Table)
		return
	}
	call := []jen.Code{jen.Id("e")}
	if s.Table.Retracts() {
		call = []jen.Code{jen.Qual(rtPath, "Upsert"), jen.Id("e")}
	} else if w := s.Table.Window; w != nil && w.FixedSize() {
		call = []jen.Code{jen.Id("pane").Dot("Start"), jen.Id("e")}
	} else if w != nil {
		call = []jen.Code{jen.Id("pane").Dot("Start"), jen.Id("pane").Dot("End"), jen.Id("e")}
	}
	emit := jen.Id("q").Dot(s.Table.Emit.Name).Call(call...)
	if s.Table.Refires && session(s.Table) {
		emit = jen.If(jen.Id("e").Dot("Fired")).Block(jen.Comment("// its result has come out: now it does again"), emit)
	} else if s.Table.Refires {
		emit = jen.If(jen.Id("pane").Dot("Fired")).Block(jen.Comment("// its result has come out: now it does again"), emit)
	}
	b.Add(emit)
}

// emit fills a row and hands it on:
//
//	row := &q.row
//	*row = Volume{Symbol: e.Key(), N: g.n}
//	if g.nulls&volumeStateNullQ != 0 {
//		row.Nulls |= volumeNullQ
//	} else {
//		row.Q = g.q.Value(f)
//	}
//	q.emit(row)
func (sp *stepPrinter) emit(b *jen.Group, s *p.Emit) {
	name := "row"
	target, assign := jen.Id(name), ":="
	if s.To == nil && s.Sort == nil && s.Slides == nil {
		b.Id(name).Op(":=").Op("&").Id("q").Dot("row")
		target, assign = jen.Op("*").Id(name), "="
	}
	if s.Again {
		assign = "="
	}
	fields := func(v *jen.Group) {
		for _, set := range s.Sets {
			if set.Null == nil {
				v.Id(set.Field.Name).Op(":").Add(goemit.Expr(set.X))
			}
		}
	}
	if len(s.Sets) > 3 {
		b.Add(target).Op(assign).Id(s.Out.Name).CustomFunc(goemit.OnePerLine, fields)
	} else {
		b.Add(target).Op(assign).Id(s.Out.Name).ValuesFunc(fields)
	}
	for _, set := range s.Sets {
		if set.Null != nil {
			sp.setNullable(b, s.Out, set)
		}
	}
	sp.handOn(b, s)
}

func (sp *stepPrinter) setNullable(b *jen.Group, out *p.Struct, set p.Set) {
	word, mask := goemit.NullBit(out, set.Field)
	setNull := jen.Id("row").Dot(word).Op("|=").Id(mask)
	if set.AlwaysNull() {
		b.Add(setNull)
		return
	}
	b.If(goemit.Expr(set.Null)).Block(setNull).Else().Block(
		jen.Id("row").Dot(set.Field.Name).Op("=").Add(goemit.Expr(set.X)))
}

// current notes the record at hand for the functions of the query that may reject
// it, and for readers.
func (sp *stepPrinter) current(b *jen.Group) {
	if sp.fn.Kind != p.Process {
		return
	}
	q := sp.fn.Query
	needs := len(q.Readers) > 0 || replaces(q)
	for _, fn := range q.Funcs {
		needs = needs || fn.Kind == p.Row && fn.Owner == nil && fn.UsesFault
	}
	if needs {
		b.Id("q").Dot("w").Dot("current").Dot("Set").Call(jen.Id("b"), jen.Id("at"), jen.Id("next"))
	}
}

func (sp *stepPrinter) handOn(b *jen.Group, s *p.Emit) {
	switch {
	case s.Slides != nil:
		sp.slideRow(b, s)
		return
	case s.Sort != nil:
		b.If(jen.Id("q").Dot(s.Sort.Name).Dot("Wants").Call(jen.Op("&").Id("row"))).BlockFunc(func(b *jen.Group) {
			for _, fd := range s.Out.Fields {
				if c, ok := sp.g.cloned(fd, jen.Id("row").Dot(fd.Name)); ok {
					b.Id("row").Dot(fd.Name).Op("=").Add(c)
				}
			}
			b.Id("q").Dot(s.Sort.Name).Dot("Add").Call(jen.Id("row"))
		})
		return
	case s.To != nil && s.To.Owner != nil:
		sp.sendOn(b, s)
		return
	case s.To != nil:
		if !s.Again {
			sp.current(b)
		}
		call := []jen.Code{jen.Op("&").Id("row")}
		if s.To.HasTime {
			call = append(call, goemit.Expr(s.Time))
		}
		b.Id("q").Dot(s.To.Name).Call(call...)
		return
	}
	if sp.fn.Kind == p.Process && len(sp.fn.Query.Readers) > 0 {
		b.Id("q").Dot("w").Dot("current").Dot("Set").Call(jen.Id("b"), jen.Id("at"), jen.Id("next"))
	}
	call := []jen.Code{jen.Id("row")}
	if s.Op != "" {
		call = append(call, jen.Id(s.Op))
	}
	if sp.fn.Query.Time {
		call = append(call, goemit.Expr(s.Time))
	}
	if sp.fn.Query.Windowed {
		call = append(call, goemit.Expr(s.Start), goemit.Expr(s.End))
	}
	b.Id("q").Dot("emit").Call(call...)
}
