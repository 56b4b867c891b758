package lower

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

func sprintPos(file string, line, col int) string { return fmt.Sprintf("%s:%d:%d", file, line, col) }

// queryLowering lowers one relation.
type queryLowering struct {
	pl      *programLowering
	q       *p.Query
	rel     *plan.Relation
	names   *scope // fields and methods of the query struct
	refs    map[*bound.Col]int
	aliases map[*bound.Col]string // what the select list calls a column as it is
}

// consumer adds steps for one row that is at hand in b.
type consumer func(b *body)

// produce makes the functions that bring the rows of n to consume. top says
// that consume only hands rows to the output, so that it may be repeated.
func (l *queryLowering) produce(n plan.Node, consume consumer, top bool) {
	switch n := n.(type) {
	case *plan.Scan:
		l.scan(n, consume)
	case *plan.Derived:
		l.derived(n, consume)
	case *plan.One:
		b := l.newFunc(p.Once, "start", "")
		l.arriveNow(b)
		consume(b)
		l.close(b)
	case *plan.Values:
		l.values(n, consume)
	case *plan.Filter:
		l.produce(n.In, func(b *body) {
			l.filter(b, n)
			consume(b)
		}, top)
	case *plan.Project:
		l.produce(n.In, func(b *body) {
			l.project(b, n)
			consume(b)
		}, top)
	case *plan.Aggregate:
		l.aggregate(n, consume)
	case *plan.Expand:
		l.expand(n, consume)
	case *plan.Windows:
		l.produce(n.In, func(b *body) { l.windows(b, n, consume) }, false)
	case *plan.Unnest:
		l.produce(n.In, func(b *body) { l.unnest(b, n, consume) }, top)
	case *plan.Repeat:
		l.produce(n.In, func(b *body) {
			times := b.let("times", b.expr(n.Count, "times").x)
			b.checkFault(n.Loc.Start)
			b.add(&p.Repeat{Times: times, Steps: b.nested(func() { consume(b) })})
		}, false)
	case *plan.Distinct:
		l.distinct(n, consume)
	case *plan.Content:
		l.content(n, consume)
	case *plan.Sort:
		l.sort(n, consume)
	case *plan.Limit:
		l.limit(n, consume)
	case *plan.Union:
		l.union(n, consume, top)
	default:
		panic(fmt.Sprintf("lower: unknown plan node %T", n))
	}
}

// newFunc begins a method of the query.
func (l *queryLowering) newFunc(kind p.FuncKind, name, doc string) *body {
	f := &p.Func{Query: l.q, Kind: kind, Name: l.names.pick(name), Doc: doc, Loc: l.rel.Bound.Loc}
	l.q.Funcs = append(l.q.Funcs, f)
	return &body{l: l, fn: f, names: newScope(l.pl.names), env: newEnv(), used: map[*p.Field]bool{}}
}

// close ends a function: only the decoded columns that are read stay.
func (l *queryLowering) close(b *body) {
	b.checkFault(b.fn.Loc.Start)
	b.fn.Steps = b.steps
	if b.fn.Kind != p.Process {
		return
	}
	in := b.fn.In
	var kept []*p.Field
	for i, f := range in.Fields {
		if b.used[f] {
			kept = append(kept, f)
		} else {
			b.fn.Reads[i].Field = nil
		}
	}
	in.Fields = kept
	in.NullBits = 0
	for _, f := range kept {
		if f.Null >= 0 {
			f.Null = in.NullBits
			in.NullBits++
		}
	}
	l.message(b.fn)
	in.Doc = fmt.Sprintf("%s holds the columns of %s that %s reads: %d of %d.", in.Name, b.fn.Source.Name, l.q.Name, len(kept), len(b.fn.Reads))
}

// scan reads a source: a loop that decodes records.
func (l *queryLowering) scan(n *plan.Scan, consume consumer) {
	src := l.pl.sources[sourceAt{n.Rel, l.rel.Stage}]
	suffix := l.inputSuffix(src.GoName)
	b := l.newFunc(p.Process, "process"+suffix, "")
	f := b.fn
	f.Source = src
	f.Input = l.q.Inputs
	l.q.Inputs++
	src.Readers = append(src.Readers, f)
	in := &p.Struct{Name: l.pl.names.pick(l.q.Var + suffix + "In")}
	in.Fields = columnFields(in, n.Rel.Cols, unexported)
	f.In = in
	l.q.Structs = append(l.q.Structs, in)
	var outside map[int]string
	if m := n.Rel.Source.Message; m != nil {
		outside = m.Meta
	}
	times := l.timeForm(src.Var, n.Rel.Source.Options, n.Rel.Cols)
	for i, c := range n.Rel.Cols {
		r := p.Read{Column: c.Name, SQL: c.Type, NotNull: !c.Nullable, Field: in.Fields[i]}
		if c.Type.Kind == types.Timestamp {
			r.Times = times
		}
		f.Reads = append(f.Reads, r)
		b.env.cols[n.Read.Cols[i]] = &binding{val: fieldValue("in", in, in.Fields[i]), done: true}
		if name, ok := outside[i]; ok {
			b.env.cols[n.Read.Cols[i]] = &binding{val: l.recordValue(name, n.Read.Cols[i].Type), done: true}
		}
	}
	l.eventTime(b, n)
	tableScan(b, n)
	consume(b)
	l.close(b)
}

// inputSuffix tells apart the functions of a query that reads several sources.
func (l *queryLowering) inputSuffix(goName string) string {
	if l.q.Inputs == 0 {
		return ""
	}
	return goName
}

// fieldValue reads a field of a row variable.
func fieldValue(row string, s *p.Struct, f *p.Field) value {
	val := value{x: field(v(row), f.Name)}
	if f.Null >= 0 {
		val.null = &p.NullTest{Row: v(row), Struct: s, Field: f}
	}
	return val
}

// derived reads the rows of another query of the program.
func (l *queryLowering) derived(n *plan.Derived, consume consumer) {
	up := l.pl.queries[n.Rel].q
	b := l.newFunc(p.Row, "row"+l.inputSuffix(up.GoName), "")
	b.fn.In = up.Out
	b.fn.Upstream = up
	b.fn.HasTime = up.Time
	b.fn.Input = l.q.Inputs
	l.q.Inputs++
	up.Readers = append(up.Readers, b.fn)
	for i, c := range n.Read.Cols {
		b.env.cols[c] = &binding{val: fieldValue("in", up.Out, up.Out.Fields[i]), done: true}
	}
	if up.Time {
		b.env.time = v("t")
	}
	l.systemColumns(b, n.Read)
	tableRows(b, n)
	consume(b)
	l.close(b)
}

func (l *queryLowering) systemColumns(b *body, r *bound.Read) {
	for _, s := range r.System {
		switch s.Name {
		case "_event_time":
			b.env.cols[s.Col] = &binding{val: value{x: b.env.time}, done: true}
		default:
			b.env.cols[s.Col] = &binding{val: l.recordValue(s.Name, s.Col.Type), done: true}
		}
	}
}

// filter adds a condition that rows must meet.
func (l *queryLowering) filter(b *body, n *plan.Filter) {
	b.clause(l.filterText(n), n.Loc.Start)
	if b.change != nil {
		b.keepIf(n)
		return
	}
	cond := b.isTrue(n.Cond)
	if b.pending {
		cond = b.let("keep", cond)
	}
	b.checkFault(n.Loc.Start)
	if !n.Props().Deletes || b.fn.Table == nil || b.fn.Table.Final && !b.fn.Table.Refires {
		b.add(&p.If{Cond: p.Not(cond), Then: append(b.coverClause(n.Clause, n.Loc, "not true"), &p.Skip{})})
		b.add(b.coverClause(n.Clause, n.Loc, "true")...)
		return
	}
	if met := b.coverClause(n.Clause, n.Loc, "true"); met != nil {
		b.add(&p.If{Cond: cond, Then: met, Else: b.coverClause(n.Clause, n.Loc, "not true")})
	}
	l.withdraw(b, cond)
}

// withdraw lets a group that stops meeting HAVING take its row back.
func (l *queryLowering) withdraw(b *body, cond p.Expr) {
	t := b.fn.Table
	if b.empty != nil {
		cond, b.empty = p.And(p.Not(b.empty), cond), nil
	}
	sentField(t)
	sent := field(v("g"), "sent")
	upsert, del := &p.Symbol{Path: runtimePath, Name: "Upsert"}, &p.Symbol{Path: runtimePath, Name: "Delete"}
	if t.Window != nil && t.Window.Kind == bound.Session {
		b.add(&p.If{
			Cond: p.And(binary("==", v("op"), upsert), p.Not(cond)),
			Then: []p.Step{&p.Assign{LHS: v("op"), Op: "=", RHS: del}},
		})
		b.add(&p.If{Cond: p.And(binary("==", v("op"), del), p.Not(sent)), Then: []p.Step{&p.Skip{}}})
		b.add(&p.Assign{LHS: sent, Op: "=", RHS: binary("==", v("op"), upsert)})
		return
	}
	b.add(&p.Let{Name: "op", X: upsert})
	b.add(&p.If{
		Cond: p.Not(cond),
		Then: []p.Step{
			&p.If{Cond: p.Not(sent), Then: []p.Step{&p.Skip{}}},
			&p.Assign{LHS: v("op"), Op: "=", RHS: del},
		},
	})
	b.add(&p.Assign{LHS: sent, Op: "=", RHS: binary("==", v("op"), upsert)})
}

// sentField gives groups a field that says whether their row is out.
func sentField(t *p.Table) {
	if !t.Sent {
		t.Sent = true
		t.State.Fields = append(t.State.Fields, &p.Field{Name: "sent", Type: builtin("bool"), Doc: "the row of the group is out", Null: -1})
	}
}

// sqlOf is the text of a clause without its keyword, on one line.
func (l *queryLowering) sqlOf(loc source.Span, keyword string) string {
	return oneLine(l.pl.plan.Bound.File.Slice(loc), keyword)
}

// project binds columns to expressions. What is used once is computed where it
// is used; what is used more often gets a variable.
func (l *queryLowering) project(b *body, n *plan.Project) {
	outer := b.env
	inner := &env{cols: map[*bound.Col]*binding{}, time: outer.time, start: outer.start, end: outer.end}
	for c, bd := range outer.cols {
		inner.cols[c] = bd
	}
	for _, it := range n.Items {
		bd := &binding{expr: it.Expr, env: outer, name: unexported(it.Col.Name)}
		if l.refs[it.Col] > 1 {
			bd.val = b.expr(it.Expr, bd.name)
			bd.val.x = b.let(bd.name, bd.val.x)
			bd.val.null = b.nullFlag(bd.val, bd.name)
			bd.done = true
		}
		inner.cols[it.Col] = bd
	}
	if n.EventTime != nil {
		t := b.expr(n.EventTime, "eventTime")
		inner.time = b.let("eventTime", t.x)
		if t.null != nil {
			b.add(&p.If{Cond: t.null, Then: []p.Step{&p.Do{X: method(b.fault(), "Set", lit(`"the event time is NULL"`))}}})
		}
		b.checkFault(n.EventTime.Span().Start)
		l.q.Retimed = true
	}
	b.env = inner
}

// emitOutput hands a row to the output of the query.
func (l *queryLowering) emitOutput(b *body) {
	if b.change.withdraws() {
		l.emitChange(b)
		return
	}
	if b.empty != nil && b.fn.Table != nil && b.fn.Table.Waits != nil {
		l.withdraw(b, yes) // a group may come and go before its result comes out
	}
	if b.empty != nil {
		b.add(&p.Let{Name: "op", X: &p.Symbol{Path: runtimePath, Name: "Upsert"}})
		b.add(&p.If{Cond: b.empty, Then: []p.Step{&p.Assign{LHS: v("op"), Op: "=", RHS: &p.Symbol{Path: runtimePath, Name: "Delete"}}}})
	}
	e := &p.Emit{Out: l.q.Out}
	if l.q.Time {
		e.Time = b.env.time
	}
	if l.q.Windowed {
		e.Start, e.End = b.env.start, b.env.end
	}
	if l.q.Deletes {
		e.Op = "op"
	}
	b.fill(e, l.rel.Bound.Query.Out())
}

// fill computes the columns of a row and adds the Emit step.
func (b *body) fill(e *p.Emit, cols []*bound.Col) {
	b.sets(e, cols)
	b.add(e)
}

// sets computes the columns of a row.
func (b *body) sets(e *p.Emit, cols []*bound.Col) {
	outer, settled := b.settleRow, 0
	b.settleRow = func() {
		for ; settled < len(e.Sets); settled++ {
			e.Sets[settled].X = b.let(unexported(e.Out.Fields[settled].Column), e.Sets[settled].X)
		}
	}
	for i, c := range cols {
		f := e.Out.Fields[i]
		val := b.col(c)
		if f.Null < 0 {
			val.null = nil
		}
		e.Sets = append(e.Sets, p.Set{Field: f, X: val.x, Null: val.null})
	}
	b.settleRow = outer
	b.settleSets(e, settled)
}

// distinct drops rows whose columns were seen before.
func (l *queryLowering) distinct(n *plan.Distinct, consume consumer) {
	l.produce(n.In, func(b *body) {
		l.apart(b, n.Props().Cols, func(b *body) {
			l.firstTime(b, n)
			consume(b)
		})
	}, false)
}

func (l *queryLowering) firstTime(b *body, n *plan.Distinct) {
	b.clause("DISTINCT", n.Loc.Start)
	t := &p.Table{Name: l.names.pick("seen"), Doc: "rows that were written", Pos: n.Loc.Start}
	l.q.Tables = append(l.q.Tables, t)
	vals := make([]value, len(n.Props().Cols))
	for i, c := range n.Props().Cols {
		vals[i] = b.firmly(&bound.Ref{Node: bound.Node{T: c.Type, Null: c.Nullable}, Col: c}, unexported(c.Name))
		if b.pending {
			vals[i].x = b.let(unexported(c.Name), vals[i].x)
			b.env.cols[c].val.x = vals[i].x
		}
	}
	keys := l.keyFields(t, n.Props().Cols, vals, l.q.Var+"Seen")
	b.checkFault(n.Loc.Start)
	b.add(&p.FirstTime{Table: t, Key: keys})
	b.keyed = true
}

// apart continues with rows of some columns: in the same function, or in one of
// its own if the function at hand looks up a group already.
func (l *queryLowering) apart(b *body, cols []*bound.Col, then consumer) {
	if !b.keyed && b.fn.Kind != p.PerGroup {
		then(b)
		return
	}
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + "Row")}
	row.Doc = row.Name + " is a row on its way from one group to another."
	row.Fields = columnFields(row, cols, unexported)
	l.q.Structs = append(l.q.Structs, row)
	next := l.newFunc(p.Row, "regroup", "")
	next.fn.In = row
	for i, c := range cols {
		next.env.cols[c] = &binding{val: fieldValue("in", row, row.Fields[i]), done: true}
	}
	e := &p.Emit{Out: row, To: next.fn}
	if l.wantsTime() && b.env.time != nil {
		next.fn.HasTime = true
		next.env.time = v("t")
		e.Time = b.env.time
	}
	b.fill(e, cols)
	then(next)
	l.close(next)
}

// sort collects rows; a function takes them in order at the end of input.
func (l *queryLowering) sort(n *plan.Sort, consume consumer) {
	cols := n.In.Props().Cols
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + "Sorted"), Doc: "is a row that waits to be sorted."}
	row.Doc = row.Name + " " + row.Doc
	row.Fields = columnFields(row, cols, unexported)
	l.q.Structs = append(l.q.Structs, row)
	s := &p.Sort{Name: l.names.pick("sorted"), Row: row, Limit: n.Limit, Pos: n.Loc.Start}
	l.q.Sorts = append(l.q.Sorts, s)
	for _, o := range n.Order {
		for i, c := range cols {
			if c == o.Col {
				s.Keys = append(s.Keys, p.SortKey{Field: row.Fields[i], Desc: o.Desc, NullsFirst: o.NullsFirst})
			}
		}
	}
	carried := l.carried(row)
	l.produce(n.In, func(b *body) {
		b.clause("ORDER BY "+l.sqlOf(n.Loc, "ORDER BY"), n.Loc.Start)
		if n.EachWindow {
			s.Window = b.fn.Table
		}
		e := &p.Emit{Out: row, Sort: s}
		b.fill(e, cols)
		for _, c := range carried {
			e.Sets = append(e.Sets, p.Set{Field: c.field, X: *c.of(b.env)})
		}
	}, false)
	b := l.newFunc(p.PerSorted, s.Name+"Row", "")
	b.fn.Sort = s
	b.fn.In = row
	s.Emit = b.fn
	for i, c := range cols {
		b.env.cols[c] = &binding{val: fieldValue("in", row, row.Fields[i]), done: true}
	}
	for _, c := range carried {
		*c.of(b.env) = field(v("in"), c.field.Name)
	}
	consume(b)
	l.close(b)
}

// carriedTime is something that goes with a row beside its columns.
type carriedTime struct {
	field *p.Field
	of    func(*env) *p.Expr
}

// carried adds to a row that waits the event time and the window that its reader
// asks for.
func (l *queryLowering) carried(row *p.Struct) []carriedTime {
	var out []carriedTime
	add := func(name, doc string, of func(*env) *p.Expr) {
		taken := newMembers()
		for _, f := range row.Fields {
			taken.used[f.Name] = true
		}
		f := &p.Field{Name: taken.pick(name), Doc: doc, Type: builtin("int64"), SQL: types.Of(types.Timestamp), Null: -1}
		row.Fields = append(row.Fields, f)
		out = append(out, carriedTime{f, of})
	}
	if l.q.Time {
		add("t", "event time", func(e *env) *p.Expr { return &e.time })
	}
	if l.q.Windowed {
		add("start", "of the window", func(e *env) *p.Expr { return &e.start })
		add("end", "of the window", func(e *env) *p.Expr { return &e.end })
	}
	return out
}

func (l *queryLowering) limit(n *plan.Limit, consume consumer) {
	lim := &p.Limit{Name: l.names.pick("limit"), N: n.N}
	l.q.Limits = append(l.q.Limits, lim)
	l.produce(n.In, func(b *body) {
		b.clause(fmt.Sprintf("LIMIT %d", n.N), n.Loc.Start)
		b.checkFault(n.Loc.Start)
		b.add(&p.Take{Limit: lim})
		consume(b)
	}, false)
}

// union brings the rows of several inputs to one consumer: directly if that is
// the output, else through a function that takes rows of a common struct.
func (l *queryLowering) union(n *plan.Union, consume consumer, top bool) {
	cols := n.Props().Cols
	if n.Props().Updating {
		l.unionChanges(n, consume)
		return
	}
	if top {
		l.unionInputs(n, true, func(b *body, i int) {
			sameColumns(b, cols, n.Outs[i])
			consume(b)
		})
		return
	}
	row := &p.Struct{Name: l.pl.names.pick(l.q.Var + "Union")}
	row.Doc = row.Name + " is a row of any input of UNION ALL."
	row.Fields = columnFields(row, cols, unexported)
	l.q.Structs = append(l.q.Structs, row)
	b := l.newFunc(p.Row, "union", "")
	b.fn.In = row
	for i, c := range cols {
		b.env.cols[c] = &binding{val: fieldValue("in", row, row.Fields[i]), done: true}
	}
	if l.wantsTime() {
		b.fn.HasTime = true
		b.env.time = v("t")
	}
	l.unionInputs(n, false, func(ib *body, i int) {
		sameColumns(ib, cols, n.Outs[i])
		e := &p.Emit{Out: row, To: b.fn}
		if b.fn.HasTime {
			if e.Time = ib.env.time; e.Time == nil { // groups without windows have no time
				e.Time = lit("0")
			}
		}
		ib.fill(e, cols)
	})
	consume(b)
	l.close(b)
}
