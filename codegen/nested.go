package codegen

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/velocsql/veloc/codegen/goemit"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

const nestedPath = rtPath + "/nested"

// typeFuncs are the functions for values of nested types that the program
// needs.
type typeFuncs struct {
	wanted map[string]typeFunc // by name
	done   map[string]bool
}

type typeFunc struct {
	op p.TypeOp
	t  types.Type
}

// want notes that a function of a type is called.
func (g *generator) want(op p.TypeOp, t types.Type) {
	if !t.IsNested() && op != p.OpAppend {
		return
	}
	if g.types.wanted == nil {
		g.types = typeFuncs{wanted: map[string]typeFunc{}, done: map[string]bool{}}
	}
	g.types.wanted[goemit.TypeFuncName(op, t)] = typeFunc{op, t}
}

// typeFunc renders a function for values of a type.
func (g *generator) typeFunc(op p.TypeOp, t types.Type) *jen.Statement {
	g.want(op, t)
	return goemit.TypeFunc(op, t)
}

// wantSteps notes what the steps of functions call.
func (g *generator) wantSteps() {
	for _, q := range g.prog.Queries {
		for _, fn := range q.Funcs {
			p.EachExpr(fn.Steps, func(e p.Expr) {
				switch e := e.(type) {
				case *p.TypeFunc:
					g.want(e.Op, e.T)
				case *p.TypeCall:
					g.want(e.Op, e.T)
				}
			})
		}
	}
}

// plain reports a type whose values share no memory with a batch.
func plain(t types.Type) bool {
	switch t.Kind {
	case types.String, types.Bytes, types.JSON, types.Null, types.Array, types.Map:
		return false
	case types.Struct:
		for _, f := range t.Fields {
			if !plain(f.Type) {
				return false
			}
		}
	}
	return true
}

// cloned renders a copy of a field's value that shares no memory with a batch,
// or reports false if assigning makes one.
func (g *generator) cloned(fd *p.Field, x *jen.Statement) (*jen.Statement, bool) {
	switch {
	case fd.Type.Name == "string" && !fd.Type.Slice:
		return jen.Qual("strings", "Clone").Call(x), true
	case fd.Type.Slice:
		return jen.Qual("bytes", "Clone").Call(x), true
	case fd.SQL.IsNested() && !plain(fd.SQL):
		return g.typeFunc(p.OpClone, fd.SQL).Call(x), true
	}
	return nil, false
}

// typeFunctions emits the functions for values of nested types that the program
// needs.
func (g *generator) typeFunctions(f *jen.File) {
	for more := true; more; {
		more = false
		for _, name := range g.pendingTypeFuncs() {
			g.types.done[name] = true
			g.emitTypeFunc(f, g.types.wanted[name])
			more = true
		}
	}
	g.memoryType(f)
}

func (g *generator) pendingTypeFuncs() []string {
	var names []string
	for name := range g.types.wanted {
		if !g.types.done[name] {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

func (g *generator) emitTypeFunc(f *jen.File, fn typeFunc) {
	switch fn.op {
	case p.OpCompare:
		g.compareFunc(f, fn.t)
	case p.OpClone:
		g.cloneFunc(f, fn.t)
	case p.OpRead:
		g.readFunc(f, fn.t)
	default:
		g.appendFunc(f, fn.op, fn.t)
	}
	f.Line()
}

// valueType renders the Go type of an SQL type.
func valueType(t types.Type) *jen.Statement { return goemit.Type(p.ValueType(t)) }

func (g *generator) record(t types.Type) *p.Struct {
	for _, s := range g.prog.Structs {
		if s.Name == t.Named.Go {
			return s
		}
	}
	panic("codegen: no struct for " + t.String())
}

// compareFunc emits the order of values:
//
//	func compareTextArray(a, b nested.Array[string]) int {
//		return nested.CompareArrays(a, b, strings.Compare)
//	}
func (g *generator) compareFunc(f *jen.File, t types.Type) {
	name := goemit.TypeFuncName(p.OpCompare, t)
	doc(f, name+" orders values of "+t.String()+".")
	f.Func().Id(name).Params(jen.List(jen.Id("a"), jen.Id("b")).Add(valueType(t))).Int().BlockFunc(func(b *jen.Group) {
		switch t.Kind {
		case types.Array:
			b.Return(jen.Qual(nestedPath, "CompareArrays").Call(jen.Id("a"), jen.Id("b"), g.typeFunc(p.OpCompare, *t.Elem)))
		case types.Map:
			b.Return(jen.Qual(nestedPath, "CompareMaps").Call(jen.Id("a"), jen.Id("b"), g.typeFunc(p.OpCompare, *t.Key), g.typeFunc(p.OpCompare, *t.Elem)))
		default:
			for _, fd := range g.record(t).Fields {
				isNull := func(x string) *jen.Statement { return jen.Id(x).Dot(fd.Name + "Null").Call() }
				differs := func(c *jen.Statement) {
					b.If(jen.Id("c").Op(":=").Add(c), jen.Id("c").Op("!=").Lit(0)).Block(jen.Return(jen.Id("c")))
				}
				differs(jen.Qual(nestedPath, "CompareNulls").Call(isNull("a"), isNull("b")))
				differs(g.typeFunc(p.OpCompare, fd.SQL).Call(jen.Id("a").Dot(fd.Name), jen.Id("b").Dot(fd.Name)))
			}
			b.Return(jen.Lit(0))
		}
	})
}

// cloneFunc emits the copying of a value.
func (g *generator) cloneFunc(f *jen.File, t types.Type) {
	name := goemit.TypeFuncName(p.OpClone, t)
	doc(f, name+" is a copy that shares no memory with a batch.")
	part := func(t types.Type) *jen.Statement {
		if plain(t) {
			return jen.Nil()
		}
		return g.typeFunc(p.OpClone, t)
	}
	f.Func().Id(name).Params(jen.Id("v").Add(valueType(t))).Add(valueType(t)).BlockFunc(func(b *jen.Group) {
		switch t.Kind {
		case types.Array:
			b.Return(jen.Qual(nestedPath, "CloneArray").Call(jen.Id("v"), part(*t.Elem)))
		case types.Map:
			b.Return(jen.Qual(nestedPath, "CloneMap").Call(jen.Id("v"), part(*t.Key), part(*t.Elem)))
		default:
			for _, fd := range g.record(t).Fields {
				if c, ok := g.cloned(fd, jen.Id("v").Dot(fd.Name)); ok {
					b.Id("v").Dot(fd.Name).Op("=").Add(c)
				}
			}
			b.Return(jen.Id("v"))
		}
	})
}

// appendFunc emits the writing of a value as JSON:
//
//	func appendTextArray(b []byte, v nested.Array[string]) []byte {
//		b = append(b, '[')
//		for i, item := range v.Items {
//			if i > 0 {
//				b = append(b, ',')
//			}
//			if v.IsNull(i) {
//				b = append(b, "null"...)
//				continue
//			}
//			b = json.AppendString(b, item)
//		}
//		return append(b, ']')
//	}
func (g *generator) appendFunc(f *jen.File, op p.TypeOp, t types.Type) {
	if op == p.OpAppendText {
		g.appendTextFunc(f, t)
		return
	}
	e := &encodePrinter{g: g, form: formJSON, how: op, quoteDecimals: op == p.OpAppendQuoted}
	name := goemit.TypeFuncName(op, t)
	if op == p.OpAppendMillis {
		e.times = &p.TimeForm{Unit: "Millis"}
	}
	what := map[p.TypeOp]string{p.OpAppend: "as JSON", p.OpAppendQuoted: "as JSON with decimals as strings", p.OpAppendKey: "so that equal values are written alike", p.OpAppendMillis: "as JSON with times as numbers"}[op]
	doc(f, name+" appends a value of "+t.String()+" "+what+".")
	f.Func().Id(name).Params(jen.Id("b").Index().Byte(), jen.Id("v").Add(valueType(t))).Index().Byte().BlockFunc(func(b *jen.Group) {
		switch {
		case t.Kind == types.Array:
			b.Add(appendByte('['))
			b.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Id("v").Dot("Items")).BlockFunc(func(b *jen.Group) {
				b.If(jen.Id("i").Op(">").Lit(0)).Block(appendByte(','))
				b.If(jen.Id("v").Dot("IsNull").Call(jen.Id("i"))).Block(appendText(`"null"`), jen.Continue())
				b.Add(e.put(*t.Elem, jen.Id("item")))
			})
			b.Return(jen.Append(jen.Id("b"), jen.LitRune(']')))
		case t.Kind == types.Map:
			e.mapBody(b, t)
		case t.Kind != types.Struct:
			b.Add(e.put(t, jen.Id("v")))
			b.Return(jen.Id("b"))
		default:
			if len(t.Fields) == 0 {
				b.Add(appendByte('{'))
			}
			for i, fd := range g.record(t).Fields {
				open := ","
				if i == 0 {
					open = "{"
				}
				b.Id("b").Op("=").Append(jen.Id("b"), keyText(open+quoteJSON(fd.Column)+":").Op("..."))
				b.If(jen.Id("v").Dot(fd.Name + "Null").Call()).Block(appendText(`"null"`)).Else().Block(e.put(fd.SQL, jen.Id("v").Dot(fd.Name)))
			}
			b.Return(jen.Append(jen.Id("b"), jen.LitRune('}')))
		}
	})
}

// keyText is a text as a Go literal, in backquotes where that is possible.
func keyText(s string) *jen.Statement {
	if strings.Contains(s, "`") {
		return jen.Lit(s)
	}
	return jen.Id("`" + s + "`")
}

func appendByte(c rune) *jen.Statement {
	return jen.Id("b").Op("=").Append(jen.Id("b"), jen.LitRune(c))
}

// mapBody emits the writing of a map: an object, or an array of pairs where keys
// are no texts.
func (e *encodePrinter) mapBody(b *jen.Group, t types.Type) {
	open, end := '{', '}'
	object := t.Key.Kind == types.String
	if !object {
		open, end = '[', ']'
	}
	b.Add(appendByte(open))
	b.For(jen.List(jen.Id("i"), jen.Id("key")).Op(":=").Range().Id("v").Dot("Keys")).BlockFunc(func(b *jen.Group) {
		b.If(jen.Id("i").Op(">").Lit(0)).Block(appendByte(','))
		if !object {
			b.Add(appendByte('['))
		}
		b.Add(e.put(*t.Key, jen.Id("key")))
		if object {
			b.Add(appendByte(':'))
		} else {
			b.Add(appendByte(','))
		}
		b.If(jen.Id("v").Dot("Values").Dot("IsNull").Call(jen.Id("i"))).Block(appendText(`"null"`)).Else().Block(
			e.put(*t.Elem, jen.Id("v").Dot("Values").Dot("Items").Index(jen.Id("i"))))
		if !object {
			b.Add(appendByte(']'))
		}
	})
	b.Return(jen.Append(jen.Id("b"), jen.LitRune(end)))
}

// readCall renders the reading of a value from the JSON reader r, inside of a
// method of memory.
func (g *generator) readCall(m *jen.Statement, t types.Type) *jen.Statement {
	if t.IsNested() {
		g.want(p.OpRead, t)
		return m.Dot(goemit.TypeFuncName(p.OpRead, t)).Call(jen.Id("r"))
	}
	name, extra := valueMethod(t)
	return jen.Id("r").Dot(name).Call(extra...)
}

// itemsField is the field of memory that elements of arrays of a type are in.
func itemsField(t types.Type, what string) string {
	n := p.TypeName(t)
	return strings.ToLower(n[:1]) + n[1:] + what
}

// readFunc emits the reading of a value from JSON:
//
//	func (m *memory) readTextArray(r *json.Reader) (v nested.Array[string], ok bool) {
//		more, ok := r.Array()
//		from := len(m.textArrayItems)
//		for ; more; more = r.Next() {
//			item, ok := r.Text()
//			if !ok {
//				v.SetNull(len(m.textArrayItems) - from)
//			}
//			m.textArrayItems = append(m.textArrayItems, item)
//		}
//		v.Items = m.textArrayItems[from:len(m.textArrayItems):len(m.textArrayItems)]
//		return v, ok
//	}
func (g *generator) readFunc(f *jen.File, t types.Type) {
	name := goemit.TypeFuncName(p.OpRead, t)
	doc(f, name+" reads a value of "+t.String()+" from JSON; ok is false for null.")
	f.Func().Params(jen.Id("m").Op("*").Id("memory")).Id(name).Params(jen.Id("r").Op("*").Qual(jsonPath, "Reader")).Params(
		jen.Id("v").Add(valueType(t)), jen.Id("ok").Bool(),
	).BlockFunc(func(b *jen.Group) {
		switch t.Kind {
		case types.Array:
			g.readArray(b, t)
		case types.Map:
			g.readMap(b, t)
		default:
			g.readStruct(b, t)
		}
	})
	if t.Kind == types.Struct {
		f.Line()
		doc(f, fieldsVar(t)+" are the keys of "+t.Named.Go+" in JSON.")
		f.Var().Id(fieldsVar(t)).Op("=").Index().String().ValuesFunc(func(v *jen.Group) {
			for _, fd := range t.Fields {
				v.Lit(fd.Name)
			}
		})
	}
}

func fieldsVar(t types.Type) string {
	return strings.ToLower(t.Named.Go[:1]) + t.Named.Go[1:] + "Fields"
}

func mem(field string) *jen.Statement { return jen.Id("m").Dot(field) }

// tail renders m.x[from:len(m.x):len(m.x)].
func tail(field string) *jen.Statement {
	return mem(field).Index(jen.Id("from"), jen.Len(mem(field)), jen.Len(mem(field)))
}

func (g *generator) readArray(b *jen.Group, t types.Type) {
	items := itemsField(t, "Items")
	b.List(jen.Id("more"), jen.Id("ok")).Op(":=").Id("r").Dot("Array").Call()
	b.Id("from").Op(":=").Len(mem(items))
	b.For(jen.Empty(), jen.Id("more"), jen.Id("more").Op("=").Id("r").Dot("Next").Call()).Block(
		jen.List(jen.Id("item"), jen.Id("ok")).Op(":=").Add(g.readCall(jen.Id("m"), *t.Elem)),
		jen.If(jen.Op("!").Id("ok")).Block(jen.Id("v").Dot("SetNull").Call(jen.Len(mem(items)).Op("-").Id("from"))),
		mem(items).Op("=").Append(mem(items), jen.Id("item")),
	)
	b.Id("v").Dot("Items").Op("=").Add(tail(items))
	b.Return(jen.Id("v"), jen.Id("ok"))
}

func (g *generator) readMap(b *jen.Group, t types.Type) {
	keys, items := itemsField(t, "Keys"), itemsField(t, "Values")
	object := t.Key.Kind == types.String
	begin, next := "Object", "NextField"
	if !object {
		begin, next = "Array", "Next"
	}
	b.List(jen.Id("more"), jen.Id("ok")).Op(":=").Id("r").Dot(begin).Call()
	b.Id("from").Op(":=").Len(mem(keys))
	b.For(jen.Empty(), jen.Id("more"), jen.Id("more").Op("=").Id("r").Dot(next).Call()).BlockFunc(func(b *jen.Group) {
		if object {
			b.Id("key").Op(":=").Id("r").Dot("Key").Call()
		} else {
			b.Id("r").Dot("Pair").Call()
			b.List(jen.Id("key"), jen.Id("ok")).Op(":=").Add(g.readCall(jen.Id("m"), *t.Key))
			b.Id("r").Dot("PairValue").Call(jen.Id("ok"))
		}
		b.List(jen.Id("item"), jen.Id("ok")).Op(":=").Add(g.readCall(jen.Id("m"), *t.Elem))
		if !object {
			b.Id("r").Dot("PairEnd").Call()
		}
		b.If(jen.Op("!").Id("ok")).Block(jen.Id("v").Dot("Values").Dot("SetNull").Call(jen.Len(mem(keys)).Op("-").Id("from")))
		b.Add(mem(keys)).Op("=").Append(mem(keys), jen.Id("key"))
		b.Add(mem(items)).Op("=").Append(mem(items), jen.Id("item"))
	})
	b.Id("v").Dot("Keys").Op("=").Add(tail(keys))
	b.Id("v").Dot("Values").Dot("Items").Op("=").Add(tail(items))
	b.Id("v").Dot("Sort").Call(g.typeFunc(p.OpCompare, *t.Key))
	b.Return(jen.Id("v"), jen.Id("ok"))
}

// readStruct emits
//
//	more, ok := r.Object()
//	if !ok {
//		return v, false
//	}
//	v.Nulls = 1<<2 - 1 // absent fields are NULL
//	for i := 0; more; more = r.NextField() {
//		var ok bool
//		switch i = r.Field(addressFields, i); i {
//		case 0: // street STRING
//			if v.Street, ok = r.Text(); ok {
//				v.Nulls &^= addressNullStreet
//			} else {
//				v.Nulls |= addressNullStreet
//			}
//		default:
//			r.Skip()
//			i = 0
//		}
//	}
//	return v, ok
func (g *generator) readStruct(b *jen.Group, t types.Type) {
	s := g.record(t)
	b.List(jen.Id("more"), jen.Id("ok")).Op(":=").Id("r").Dot("Object").Call()
	b.If(jen.Op("!").Id("ok")).Block(jen.Return(jen.Id("v"), jen.False()))
	words, typ := goemit.NullWords(s)
	for i := range words {
		bits := min(s.NullBits-i*64, 64)
		all := jen.Id(fmt.Sprintf("1<<%d", bits)).Op("-").Lit(1)
		if size, _ := strconv.Atoi(strings.TrimPrefix(typ, "uint")); bits == size {
			all = jen.Op("^").Id(typ).Call(jen.Lit(0))
		}
		b.Id("v").Dot(goemit.NullWord(s, i)).Op("=").Add(all).Comment("// absent fields are NULL")
	}
	b.For(jen.Id("i").Op(":=").Lit(0), jen.Id("more"), jen.Id("more").Op("=").Id("r").Dot("NextField").Call()).BlockFunc(func(b *jen.Group) {
		b.Var().Id("ok").Bool()
		b.Switch(jen.Id("i").Op("=").Id("r").Dot("Field").Call(jen.Id(fieldsVar(t)), jen.Id("i")), jen.Id("i")).BlockFunc(func(b *jen.Group) {
			for i, fd := range s.Fields {
				word, mask := goemit.NullBit(s, fd)
				b.Case(jen.Lit(i)).Block(
					jen.Comment(goemit.Comment(fd.Column+" "+fd.SQL.String())),
					jen.If(jen.List(jen.Id("v").Dot(fd.Name), jen.Id("ok")).Op("=").Add(g.readCall(jen.Id("m"), fd.SQL)), jen.Id("ok")).Block(
						jen.Id("v").Dot(word).Op("&^=").Id(mask)).Else().Block(jen.Id("v").Dot(word).Op("|=").Id(mask)),
				)
			}
			b.Default().Block(jen.Id("r").Dot("Skip").Call(), jen.Id("i").Op("=").Lit(0))
		})
	})
	b.Return(jen.Id("v"), jen.Id("ok"))
}

// memoryType emits the memory that arrays and maps are read into.
func (g *generator) memoryType(f *jen.File) {
	var names []string
	for name, fn := range g.types.wanted {
		if fn.op == p.OpRead {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	sort.Strings(names)
	var fields []string
	doc(f, "memory is what values of ARRAY and MAP are read into. They hold until reset.")
	f.Type().Id("memory").StructFunc(func(b *jen.Group) {
		add := func(name string, t types.Type) {
			b.Id(name).Index().Add(valueType(t))
			fields = append(fields, name)
		}
		for _, name := range names {
			switch t := g.types.wanted[name].t; t.Kind {
			case types.Array:
				add(itemsField(t, "Items"), *t.Elem)
			case types.Map:
				add(itemsField(t, "Keys"), *t.Key)
				add(itemsField(t, "Values"), *t.Elem)
			}
		}
	})
	f.Line()
	if !g.resets {
		return
	}
	doc(f, "reset gives the memory to the next record.")
	f.Func().Params(jen.Id("m").Op("*").Id("memory")).Id("reset").Params().BlockFunc(func(b *jen.Group) {
		for _, name := range fields {
			b.Add(mem(name)).Op("=").Add(mem(name)).Index(jen.Empty(), jen.Lit(0))
		}
	})
	f.Line()
}

// readsNested reports a process function whose source has nested columns that
// are looked at.
func readsNested(fn *p.Func) bool {
	for _, r := range fn.Reads {
		if r.SQL.IsNested() && (r.Field != nil || checked(fn)) {
			return true
		}
	}
	return false
}

// memoryField is the field with the memory for nested columns of a source.
func memoryField(fn *p.Func) string { return "memory" + suffix(fn) }
