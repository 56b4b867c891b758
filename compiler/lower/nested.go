package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// structs lays out the Go types of STRUCT values. A relation of the same name
// keeps it.
func (pl *programLowering) structs(b *bound.Program) {
	taken := newScope(pl.names)
	for _, r := range b.Relations {
		taken.used[exported(r.Name)] = true
	}
	pl.records = map[*types.StructName]*p.Struct{}
	for _, t := range b.Structs {
		t.Named.Go = taken.pick(exported(t.Named.Name))
		pl.names.used[t.Named.Go] = true
	}
	for _, t := range b.Structs {
		s := &p.Struct{Name: t.Named.Go, Exported: true, Doc: t.Named.Go + " is a value of " + t.String() + "."}
		cols := make([]*bound.Col, len(t.Fields))
		for i, f := range t.Fields {
			cols[i] = &bound.Col{Name: f.Name, Type: f.Type, Nullable: true}
		}
		s.Fields = columnFields(s, cols, exported)
		pl.records[t.Named] = s
		pl.out.Structs = append(pl.out.Structs, s)
	}
}

// record is the Go struct of a STRUCT type.
func (b *body) record(t types.Type) *p.Struct { return b.l.pl.records[t.Named] }

// named gives an expression a name unless it may be written twice.
func (b *body) named(name string, x p.Expr) p.Expr {
	if _, ok := x.(*p.Composite); ok || !simple(x) {
		n := b.names.pick(name)
		b.add(&p.Let{Name: n, X: x})
		return v(n)
	}
	return x
}

// fieldOf lowers x.f.
func (b *body) fieldOf(e *bound.Field, name string) value {
	x := b.expr(e.X, name)
	row := b.named(name, x.x)
	s := b.record(e.X.Type())
	f := s.Fields[e.Index]
	b.markUsed(row)
	return value{field(row, f.Name), p.Or(x.null, &p.NullTest{Row: row, Struct: s, Field: f})}
}

// item lowers x[i]. A NULL array has no elements.
func (b *body) item(e *bound.Item, name string) value {
	x, i := b.firmly(e.X, name), b.expr(e.I, name+"At")
	n, ok := b.names.pick(name), b.names.pick(name+"OK")
	if e.X.Type().Kind == types.Map {
		k := *e.X.Type().Key
		b.add(&p.Let{Name: n, OK: ok, X: call(nestedPath, "Get", x.x, typed(i.x, k), &p.TypeFunc{Op: p.OpCompare, T: k})})
	} else {
		b.add(&p.Let{Name: n, OK: ok, X: method(x.x, "At", i.x)})
	}
	return value{v(n), p.Or(i.null, p.Not(v(ok)))}
}

// build lowers a literal of a nested type. One of constants is made once.
func (b *body) build(e *bound.Build, name string) value {
	if allConst(e) && len(e.Args) > 0 {
		if x := b.constantBuild(e); x != nil {
			return value{x: b.l.prepare(name, e, x)}
		}
	}
	switch e.T.Kind {
	case types.Struct:
		return value{x: b.buildStruct(e, name)}
	case types.Map:
		return value{x: b.buildMap(e, name)}
	}
	vals := make([]value, len(e.Args))
	nullable := false
	for i, a := range e.Args {
		vals[i] = b.expr(a, name+"Item")
		nullable = nullable || vals[i].null != nil
	}
	if !nullable {
		return value{x: arrayOf(e.T, vals)}
	}
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(e.T)})
	for _, val := range vals {
		b.add(&p.Do{X: method(v(n), "Add", val.x, orFalse(val.null))})
	}
	return value{x: v(n)}
}

// orFalse is a null test as an argument.
func orFalse(null p.Expr) p.Expr {
	if null == nil {
		return no
	}
	return null
}

// allConst reports a literal of constants that are not NULL.
func allConst(e *bound.Build) bool {
	for _, a := range e.Args {
		switch a := a.(type) {
		case *bound.Const:
			if a.IsNull {
				return false
			}
		case *bound.Build:
			if !allConst(a) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// constantBuild is a literal of constants as one Go expression, or nil: a MAP
// needs its keys in order, which is done where it is built.
func (b *body) constantBuild(e *bound.Build) p.Expr {
	vals := make([]value, len(e.Args))
	for i, a := range e.Args {
		switch a := a.(type) {
		case *bound.Const:
			vals[i] = constant(a)
		case *bound.Build:
			if vals[i].x = b.constantBuild(a); vals[i].x == nil {
				return nil
			}
		}
	}
	switch e.T.Kind {
	case types.Array:
		return arrayOf(e.T, vals)
	case types.Struct:
		out := &p.Composite{T: goType(e.T)}
		for i, f := range b.record(e.T).Fields {
			out.Fields = append(out.Fields, p.FieldValue{Name: f.Name, X: vals[i].x})
		}
		return out
	}
	return nil
}

// arrayOf is a composite literal of an array without NULLs.
func arrayOf(t types.Type, vals []value) p.Expr {
	items := goType(*t.Elem)
	list := &p.Composite{T: sliceOf(items)}
	for _, val := range vals {
		list.Fields = append(list.Fields, p.FieldValue{X: val.x})
	}
	out := &p.Composite{T: goType(t)}
	if len(vals) > 0 {
		out.Fields = []p.FieldValue{{Name: "Items", X: list}}
	}
	return out
}

// sliceOf is []T.
func sliceOf(t p.GoType) p.GoType {
	if t.Slice { // of BYTES
		return p.GoType{Name: "[]" + t.Name, Slice: true}
	}
	t.Slice = true
	return t
}

func (b *body) buildStruct(e *bound.Build, name string) p.Expr {
	s := b.record(e.T)
	out := &p.Composite{T: goType(e.T)}
	type late struct {
		f   *p.Field
		val value
	}
	var nullable []late
	for i, a := range e.Args {
		val := b.expr(a, unexported(s.Fields[i].Column))
		if val.null == nil {
			out.Fields = append(out.Fields, p.FieldValue{Name: s.Fields[i].Name, X: val.x})
			continue
		}
		nullable = append(nullable, late{s.Fields[i], val})
	}
	if len(nullable) == 0 {
		return out
	}
	n := b.names.pick(name)
	b.add(&p.Let{Name: n, X: out})
	for _, l := range nullable {
		set := &p.Do{X: method(v(n), "Set"+l.f.Name+"Null")}
		if l.val.null == yes {
			b.add(set)
			continue
		}
		b.add(&p.If{Cond: l.val.null, Then: []p.Step{set}, Else: []p.Step{&p.Assign{LHS: field(v(n), l.f.Name), Op: "=", RHS: l.val.x}}})
	}
	return v(n)
}

func (b *body) buildMap(e *bound.Build, name string) p.Expr {
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(e.T)})
	for i := 0; i < len(e.Args); i += 2 {
		k, val := b.expr(e.Args[i], name+"Key"), b.expr(e.Args[i+1], name+"Value")
		b.addEntry(v(n), k, val)
	}
	b.sortMap(v(n), e.T)
	return v(n)
}

// addEntry adds an entry to a map; a NULL is no key.
func (b *body) addEntry(m p.Expr, k, val value) {
	add := &p.Do{X: method(m, "Add", k.x, val.x, orFalse(val.null))}
	if k.null == nil {
		b.add(add)
		return
	}
	fail := &p.Do{X: method(b.fault(), "Set", lit(`"a key of a MAP is NULL"`))}
	b.add(&p.If{Cond: k.null, Then: []p.Step{fail}, Else: []p.Step{add}})
}

func (b *body) sortMap(m p.Expr, t types.Type) {
	b.add(&p.Do{X: method(m, "Sort", &p.TypeFunc{Op: p.OpCompare, T: *t.Key})})
}

// each lowers a lambda to a loop.
func (b *body) each(e *bound.Each, name string) value {
	x := b.firmly(e.X, name+"From")
	from := b.named(name+"From", x.x)
	b.markUsed(from)
	isMap := e.X.Type().Kind == types.Map
	items := from
	if isMap {
		items = field(from, "Values")
	}
	i := b.names.pick("i")
	item := b.names.pick(unexported(e.Params[len(e.Params)-1].Name))
	loop := &p.For{Index: i, Value: item, X: field(items, "Items")}
	b.env.cols[e.Params[len(e.Params)-1]] = &binding{val: value{v(item), method(items, "IsNull", v(i))}, done: true}
	if isMap {
		b.env.cols[e.Params[0]] = &binding{val: value{x: &p.Elem{X: field(from, "Keys"), I: v(i)}}, done: true}
	}
	var out value
	switch e.Form {
	case bound.Reduce:
		out = b.reduce(e, loop, name)
	case bound.Filter:
		out = b.filterEach(e, loop, value{v(item), method(items, "IsNull", v(i))}, name)
	default:
		out = b.transform(e, loop, name)
	}
	if e.Form != bound.Reduce {
		out.null = x.null
	}
	return out
}

func (b *body) transform(e *bound.Each, loop *p.For, name string) value {
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(e.T)})
	loop.Body = b.nested(func() {
		body := b.expr(e.Body, name+"Item")
		if e.Value == nil {
			b.add(&p.Do{X: method(v(n), "Add", body.x, orFalse(body.null))})
			return
		}
		b.addEntry(v(n), body, b.expr(e.Value, name+"Value"))
	})
	b.add(loop)
	if e.T.Kind == types.Map {
		b.sortMap(v(n), e.T)
	}
	return value{x: v(n)}
}

func (b *body) filterEach(e *bound.Each, loop *p.For, item value, name string) value {
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(e.T)})
	loop.Body = b.nested(func() {
		cond := b.isTrue(e.Body)
		add := method(v(n), "Add", item.x, item.null)
		if e.T.Kind == types.Map {
			add = method(v(n), "Add", b.env.cols[e.Params[0]].val.x, item.x, item.null)
		}
		b.add(&p.If{Cond: cond, Then: []p.Step{&p.Do{X: add}}})
	})
	b.add(loop)
	return value{x: v(n)}
}

func (b *body) reduce(e *bound.Each, loop *p.For, name string) value {
	init := b.expr(e.Init, name)
	n := b.names.pick(name)
	b.add(&p.Let{Name: n, X: conv(goType(e.T), init.x)})
	out := value{x: v(n)}
	nn := ""
	if e.State.Nullable {
		nn = b.names.pick(n + "Null")
		b.add(&p.Let{Name: nn, X: orFalse(init.null)})
		out.null = v(nn)
	}
	b.env.cols[e.State] = &binding{val: out, done: true}
	loop.Body = b.nested(func() {
		body := b.expr(e.Body, name+"Next")
		if out.null != nil {
			null := b.let(name+"NextNull", orFalse(body.null))
			b.add(&p.Assign{LHS: out.x, Op: "=", RHS: body.x})
			if same, ok := null.(*p.Var); !ok || same.Name != nn { // else the state is NULL if it was
				b.add(&p.Assign{LHS: out.null, Op: "=", RHS: null})
			}
			return
		}
		b.add(&p.Assign{LHS: out.x, Op: "=", RHS: body.x})
	})
	b.add(loop)
	return out
}

// genericCall calls a function over nested types. A constant gets the type that
// Go would not choose.
func (b *body) genericCall(e *bound.Call, name string) value {
	g := e.Overload.Generic
	var args []p.Expr
	var null p.Expr
	params := make([]types.Type, len(e.Args))
	for i, a := range e.Args {
		params[i] = a.Type()
		val := b.firmly(a, name+"Arg")
		x := typed(val.x, a.Type())
		if g.Nulls>>i&1 != 0 {
			args = append(args, x, orFalse(val.null))
			continue
		}
		if val.null != nil {
			null = p.Or(null, b.let(name+"Null", val.null))
		}
		args = append(args, x)
	}
	if g.Funcs != nil {
		for _, f := range g.Funcs(params) {
			args = append(args, &p.TypeFunc{Op: typeOps[f.Op], T: f.T})
		}
	}
	return b.invoke(e, e.Overload.Go, nil, args, null, name)
}

// typeOps are the operations that the table of functions names.
var typeOps = map[funcs.TypeOp]p.TypeOp{funcs.Compare: p.OpCompare, funcs.Clone: p.OpClone, funcs.Append: p.OpAppend}
