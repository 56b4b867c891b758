package lower

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
)

// aggregate groups rows in a table of states. A second function takes a group
// and continues with what stands after GROUP BY.
func (l *queryLowering) aggregate(n *plan.Aggregate, consume consumer) {
	t := &p.Table{Name: l.names.pick("groups"), Window: n.Window, Final: !n.Changes, Refires: n.Refires, Pos: n.Loc.Start}
	l.q.Tables = append(l.q.Tables, t)
	prefix := l.q.Var
	if len(l.q.Tables) > 1 {
		prefix += exported(t.Name)
	}
	t.State = &p.Struct{Name: l.pl.names.pick(prefix + "State"), Doc: prefix + "State is the state of one group of " + l.q.Name + "."}
	if n.Window != nil {
		t.State.Doc = strings.TrimSuffix(t.State.Doc, ".") + " in one window."
	}
	needed := neededBy(n)
	once := len(n.Aggs) == 0 && n.Changes && (n.Window == nil || n.Window.Kind != bound.Session)
	n, time := l.timed(n)
	t.Once = once && !slides(n)
	l.stateFields(t, n.Aggs, n.Retracts || slides(n))
	l.counted(t, n)
	l.waits(t, n)
	if sliced(t) {
		t.Gather = l.pl.names.pick("add" + exported(t.State.Name))
	}
	l.produce(n.In, func(b *body) {
		if n.Retracts {
			time.take(b)
			l.update(b, n, t, prefix)
			return
		}
		l.apart(b, needed, func(b *body) {
			time.take(b)
			l.update(b, n, t, prefix)
		})
	}, false)
	l.q.Structs = append(l.q.Structs, t.State)

	name := "emitGroup"
	if len(l.q.Tables) > 1 {
		name = "emit" + exported(t.Name)
	}
	g := l.newFunc(p.PerGroup, name, "")
	g.fn.Table = t
	t.Emit = g.fn
	l.groupEnv(g, n, t)
	time.give(g, n)
	come(g, t)
	emptied(g, n, t)
	changing(g, n, t)
	consume(g)
	l.close(g)
}

// manySlices is how many slices a window must have, so that putting it together is
// cheaper than counting each row as many times.
const manySlices = 4

// sliced decides whether windows that overlap are put together from slices: if they
// come out once, and their states are small and do not depend on the order of rows.
func sliced(t *p.Table) bool {
	w := t.Window
	if w == nil || !w.Overlaps() || w.Zone != "" || w.Size%w.Advance != 0 || w.Size/w.Advance < manySlices {
		return false
	}
	if !t.Final || t.Refires || w.Late == bound.LateNextWindow || w.Late == bound.LateUpdate || !mergeable(t) {
		return false
	}
	for _, a := range t.Aggs {
		if a.Set != nil || a.Overload != nil && !a.Overload.Flat() {
			return false
		}
	}
	return true
}

// update adds the steps that bring a row into its group. All that can fail
// comes before the group is touched. Where groups must see their rows in order,
// the row goes to the worker that owns its key first.
func (l *queryLowering) update(b *body, n *plan.Aggregate, t *p.Table, prefix string) {
	args := make([]aggArgs, len(n.Aggs))
	for i, a := range n.Aggs {
		args[i] = b.aggArgs(a)
	}
	keys := make([]value, len(n.Keys))
	for i, k := range n.Keys {
		keys[i] = b.firmly(k.Expr, unexported(k.Col.Name))
	}
	if b.pending {
		b.settle(n, args, keys)
	}
	if n.Retracts {
		l.replace(b, n, t, prefix, args, keys)
		return
	}
	var at p.Expr
	if n.Window != nil {
		at = b.env.time
		if c := n.Window.Time; c != nil && c.Type.Kind == types.Timestamp { // other types are converted
			at = b.col(n.Window.Time).x
		}
	}
	if exchanged(t) {
		b.checkFault(n.Loc.Start)
		b = l.exchange(b, n, t, prefix, args, keys, &at)
		defer l.close(b)
	}
	if n.Window != nil {
		b.checkFault(n.Loc.Start)
		b.clause("WINDOW "+n.Window.SQL, n.Window.Loc.Start)
	}
	if len(n.Keys) > 0 {
		b.clause(l.groupText(n), n.Loc.Start)
	}
	var cols []*bound.Col
	for _, k := range n.Keys {
		cols = append(cols, k.Col)
	}
	key := l.keyFields(t, cols, keys, prefix+"Key")
	t.Always = grandTotal(n, t)
	b.checkFault(n.Loc.Start)
	find := &p.FindGroup{Table: t, Key: key, Time: at}
	b.add(find)
	b.keyed = true
	if slides(n) {
		l.slide(b, n, t, prefix, args, at)
		return
	}
	change := func() {
		for i, a := range t.Aggs {
			b.addToState(t, a, args[i])
		}
		if n.Changes || n.Refires {
			b.add(&p.EmitGroup{Table: t})
		}
	}
	if n.Window != nil && n.Window.Overlaps() && !t.Sliced() {
		find.Each = b.nested(change)
	} else {
		change()
	}
}

// settle gives names to values whose computation may fail, so that the check
// for failures comes before their use.
func (b *body) settle(n *plan.Aggregate, args []aggArgs, keys []value) {
	for i := range args {
		for j := range args[i].vals {
			if isConst(n.Aggs[i].Args[j]) {
				continue // stands where it is used, also on the other side of an exchange
			}
			args[i].vals[j].x = b.let(b.l.aggName(n.Aggs[i])+"Arg", args[i].vals[j].x)
		}
	}
	for i := range keys {
		keys[i].x = b.let(unexported(n.Keys[i].Col.Name), keys[i].x)
	}
}

// aggArgs are the lowered arguments of one aggregate for the current row.
type aggArgs struct {
	vals   []value
	filter p.Expr // FILTER; nil: every row counts
	nulls  bool   // rows with a NULL count too
	at     p.Expr // the number of the row in order of arrival, where rows can be taken back
}

// counts is the condition under which a row changes the state: FILTER, and
// arguments that are not NULL; nil is always.
func (a aggArgs) counts() p.Expr {
	cond := a.filter
	if a.nulls {
		return cond
	}
	for _, val := range a.vals {
		if val.null != nil {
			cond = p.And(cond, p.Not(val.null))
		}
	}
	return cond
}

func (b *body) aggArgs(a *bound.Agg) aggArgs {
	var out aggArgs
	if a.Filter != nil || len(a.Args) > 0 && !plainArg(a.Args[0]) {
		b.clause(oneLine(b.l.pl.plan.Bound.File.Slice(a.Loc), ""), a.Loc.Start)
	}
	if a.Filter != nil {
		out.filter = b.let(b.l.aggName(a)+"Counts", b.isTrue(a.Filter))
	}
	out.nulls = a.Overload != nil && a.Overload.Nulls
	name := b.l.aggName(a) + "Arg"
	for i, arg := range a.Args {
		val := b.expr(arg, name)
		if _, isConst := arg.(*bound.Const); isConst && i > 0 {
			val.null = nil // a parameter such as a separator
		} else if val.null != nil && !cheapTest(val.null) {
			val.null = b.let(name+"Null", val.null)
		}
		out.vals = append(out.vals, val)
	}
	return out
}

// plainArg reports an argument that needs no words: a column or a constant.
func plainArg(e bound.Expr) bool {
	switch e := e.(type) {
	case *bound.Ref, *bound.Const:
		return true
	case *bound.Cast:
		return e.Implicit && plainArg(e.X)
	}
	return false
}

// addToState adds the row's arguments to one aggregate of the group g.
func (b *body) addToState(t *p.Table, s *p.AggState, in aggArgs) {
	b.add(b.conditionally(in.counts(), func() {
		seen := func() {
			if s.Rows != nil {
				b.add(&p.Assign{LHS: field(v("g"), s.Rows.Name), Op: "++"})
			}
			if s.Seen >= 0 {
				b.add(&p.MarkSeen{Table: t, Agg: s})
			}
		}
		step := func() {
			b.add(stepOf(s, in))
			seen()
		}
		if s.Set == nil {
			step()
			return
		}
		find := b.findSeen(s, in, b.nested(step))
		if null := in.vals[0].null; in.nulls && null != nil { // a NULL is a value of its own
			add := method(field(v("g"), s.Field.Name), "AddNull")
			if s.Owned {
				add = method(field(v("g"), s.Field.Name), "AddNull", in.at)
			}
			then := append([]p.Step{&p.Do{X: add}}, b.nested(seen)...)
			b.add(&p.If{Cond: null, Then: then, Else: []p.Step{find}})
			return
		}
		b.add(find)
	})...)
}

// findSeen runs steps for a value that is new to the set of a DISTINCT aggregate.
func (b *body) findSeen(s *p.AggState, in aggArgs, then []p.Step) *p.FindSeen {
	key, nested := setKey(s.Agg, in), s.Agg.Args[0].Type().IsNested()
	b.l.q.Keys = b.l.q.Keys || nested
	find := &p.FindSeen{Set: field(v("g"), s.Set.Name), Key: key, KeyT: s.SetKey, Then: then}
	if s.Owned {
		if find.At = lit("0"); s.Overload != nil && s.Overload.Arrival {
			find.At = in.at
		}
		if nested { // its text is in memory that is used again
			find.Key = call("strings", "Clone", key)
		}
	}
	return find
}

// conditionally wraps steps in an if unless the condition is nil.
func (b *body) conditionally(cond p.Expr, build func()) []p.Step {
	steps := b.nested(build)
	if cond == nil {
		return steps
	}
	return []p.Step{&p.If{Cond: cond, Then: steps}}
}

// stepOf is the change that one row makes to a state.
func stepOf(s *p.AggState, in aggArgs) p.Step {
	dst := field(v("g"), s.Field.Name)
	if s.Overload == nil {
		return &p.Assign{LHS: dst, Op: "++"}
	}
	args := stateArgs(s, in)
	switch k := s.Overload.Add; k.Kind {
	case funcs.Inc:
		return &p.Assign{LHS: dst, Op: "++"}
	case funcs.AddAssign:
		return &p.Assign{LHS: dst, Op: "+=", RHS: args[0]}
	case funcs.MinAssign:
		return &p.Assign{LHS: dst, Op: "=", RHS: call("", "min", dst, args[0])}
	case funcs.MaxAssign:
		return &p.Assign{LHS: dst, Op: "=", RHS: call("", "max", dst, args[0])}
	case funcs.OrAssign:
		return &p.Assign{LHS: dst, Op: "=", RHS: p.Or(dst, args[0])}
	case funcs.AndAssign:
		return &p.Assign{LHS: dst, Op: "=", RHS: p.And(dst, args[0])}
	case funcs.AndBits:
		return &p.Assign{LHS: dst, Op: "&=", RHS: args[0]}
	case funcs.OrBits:
		return &p.Assign{LHS: dst, Op: "|=", RHS: args[0]}
	case funcs.XorBits:
		return &p.Assign{LHS: dst, Op: "^=", RHS: args[0]}
	case funcs.Method:
		return &p.Do{X: method(dst, k.Name, args...)}
	}
	panic(fmt.Sprintf("lower: aggregate %s has no step", s.Agg.Func.Name))
}

// stateArgs are the arguments with which a row changes a state.
func stateArgs(s *p.AggState, in aggArgs) []p.Expr {
	var args []p.Expr
	for i, val := range in.vals[:len(in.vals)-s.Overload.Final] {
		t := s.Agg.Args[i].Type()
		if s.Owned {
			// nothing to copy
		} else if s.Overload.Funcs == nil && (t.IsNested() || t.Kind == types.JSON) || s.Overload.Keeps && !isConst(s.Agg.Args[i]) && keepsMemory(t) { // the state keeps it
			val.x = &p.TypeCall{Op: p.OpClone, T: t, Args: []p.Expr{val.x}}
		}
		args = append(args, val.x)
		if s.Overload.Nulls {
			null := val.null
			if null == nil {
				null = no
			}
			args = append(args, null)
		}
	}
	if s.Overload.Funcs != nil {
		for _, f := range s.Overload.Funcs(argTypes(s.Agg)) {
			args = append(args, &p.TypeFunc{Op: typeOps[f.Op], T: f.T})
		}
	}
	if s.Overload.Arrival {
		args = append(args, in.at)
	}
	return args
}

// keepsMemory reports a type whose values may share memory with a batch.
func keepsMemory(t types.Type) bool {
	return t.Kind == types.String || t.Kind == types.JSON || t.Kind == types.Bytes || t.IsNested()
}

func argTypes(a *bound.Agg) []types.Type {
	out := make([]types.Type, len(a.Args))
	for i, e := range a.Args {
		out[i] = e.Type()
	}
	return out
}

// groupEnv binds keys, aggregates and window bounds inside the group function.
func (l *queryLowering) groupEnv(g *body, n *plan.Aggregate, t *p.Table) {
	for i, k := range n.Keys {
		f := t.Key[i]
		x := p.Expr(field(v("e"), "Key"))
		if t.Texts() {
			x = method(v("e"), "Key")
		}
		val := value{}
		if t.Keys != nil {
			if f.Null >= 0 {
				val.null = &p.NullTest{Row: x, Struct: t.Keys, Field: f}
			}
			x = field(x, f.Name)
		}
		val.x = keyValue(f.SQL, x)
		g.env.cols[k.Col] = &binding{val: val, done: true}
	}
	for i, a := range n.Aggs {
		s := t.Aggs[i]
		// read where it is used, so that what can fail is checked there
		bd := &binding{make: func() value { return g.aggValue(t, s) }, loose: s.Init != nil}
		if l.refs[a.Col] > 1 {
			bd.val = g.aggValue(t, s)
			bd.val.x = g.let(unexported(s.Field.Name), bd.val.x)
			bd.done = true
		}
		g.env.cols[a.Col] = bd
	}
	if w := n.Window; w != nil {
		g.windowEnv(w)
	}
}

// windowEnv binds the bounds of the window, and the event time of a final result:
// the last millisecond of the window, or the row that the window is of.
func (b *body) windowEnv(w *bound.Window) {
	if w.Kind == bound.Session {
		end := p.Expr(field(v("e"), "Last"))
		if !w.EndsAtLast {
			end = binary("+", end, intLit(w.Size))
		}
		b.env.cols[w.Start] = &binding{val: value{x: field(v("e"), "Start")}, done: true}
		b.env.cols[w.End] = &binding{val: value{x: end}, done: true}
		b.env.time = binary("+", field(v("e"), "Last"), intLit(w.Size-1000))
		b.names.used["op"] = true
		return
	}
	if w.Kind == bound.Sliding {
		at := field(v("e"), "At")
		b.env.cols[w.Start] = &binding{val: value{x: binary("-", at, intLit(w.Size))}, done: true}
		b.env.cols[w.End] = &binding{val: value{x: at}, done: true}
		b.env.time = at
		return
	}
	b.names.used["start"], b.names.used["end"] = true, true
	end, last := p.Expr(v("end")), p.Expr(binary("-", v("end"), intLit(1000)))
	if w.FixedSize() {
		end, last = binary("+", v("start"), intLit(w.Size)), binary("+", v("start"), intLit(w.Size-1000))
	}
	b.env.cols[w.Start] = &binding{val: value{x: v("start")}, done: true}
	b.env.cols[w.End] = &binding{val: value{x: end}, done: true}
	b.env.time = last
}

// aggValue reads the result of an aggregate.
func (b *body) aggValue(t *p.Table, s *p.AggState) value {
	x := p.Expr(field(v("g"), s.Field.Name))
	var val value
	if s.Seen >= 0 {
		val.null = &p.NullTest{Row: v("g"), Struct: t.State, Field: s.Field}
	}
	if s.Overload == nil || s.Overload.Value.Method == "" {
		val.x = x
		if s.Agg.Col.Type.Kind == types.Boolean {
			val.x = b.maskBool(x, val.null)
		}
		return val
	}
	how := s.Overload.Value
	var args []p.Expr
	if how.Fault {
		args = append(args, b.fault())
	}
	if how.Scale {
		from := 0
		if len(s.Agg.Args) > 0 {
			from = s.Agg.Args[0].Type().Scale
		}
		args = append(args, intLit(int64(from)), intLit(int64(s.Agg.Col.Type.Scale)))
	}
	for _, e := range s.Agg.Args[len(s.Agg.Args)-s.Overload.Final:] {
		args = append(args, b.expr(e, s.Field.Name+"Parameter").x)
	}
	got := method(x, how.Method, args...)
	if how.OrNull {
		n, ok := b.names.pick(s.Field.Name), b.names.pick(s.Field.Name+"OK")
		b.add(&p.Let{Name: n, OK: ok, X: got})
		return value{v(n), p.Or(val.null, p.Not(v(ok)))}
	}
	val.x = got
	return val
}
