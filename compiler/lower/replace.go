package lower

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// replace groups rows that replace each other by key. A table keeps what each of
// them has brought to its group, so that it is taken back before the next one
// comes:
//
//	process  computes keys and arguments and hands them to
//	change   which finds the earlier row, and calls
//	retract  with it and
//	update   with the new one
func (l *queryLowering) replace(b *body, n *plan.Aggregate, t *p.Table, prefix string, args []aggArgs, keys []value) {
	c := b.change
	live := p.Expr(yes)
	if c.withdraws() {
		live = c.stays()
		if b.pending { // what fails of a row that is not there does not count
			b.add(&p.If{Cond: p.Not(live), Then: []p.Step{&p.Do{X: method(b.fault(), "Clear")}}})
		}
	}
	b.checkFault(n.Loc.Start)
	latest := &p.Table{Name: l.names.pick("latest"), Latest: true, Replaces: true, Pos: n.Loc.Start}
	name := l.pl.names.pick(prefix + "Latest")
	latest.State = &p.Struct{Name: name, Doc: name + " is a row and what it has brought to its group."}
	x := &exchangeRow{row: latest.State, names: newMembers(), byText: map[string]*p.Field{}}
	x.names.used["nulls"], x.names.used["own"] = true, true
	emit := &p.Emit{Out: latest.State}
	pk := make([]value, len(c.key))
	for i, k := range c.key {
		pk[i] = x.put(emit, k.Name, "the key: "+k.SQL, k.Type, b.firmly(&bound.Ref{Node: bound.Node{T: k.Type, Null: k.Nullable}, Col: k}, unexported(k.Name)))
	}
	var same []*p.Field // the columns by which a row is in the same group as the earlier one
	for i, k := range n.Keys {
		keys[i] = x.put(emit, k.Col.Name, k.Col.SQL, k.Expr.Type(), keys[i])
		same = append(same, fieldOf(x.row, keys[i]))
	}
	for i, a := range n.Aggs {
		x.putArgs(emit, l.aggName(a), a, &args[i])
	}
	arrival := l.arrivals(n, latest, x, args)
	isLive := &p.Field{Name: x.names.pick("live"), Type: builtin("bool"), Doc: "the row is there", Null: -1}
	x.row.Fields = append(x.row.Fields, isLive)
	emit.Sets = append(emit.Sets, p.Set{Field: isLive, X: live})
	l.q.Structs = append(l.q.Structs, latest.State)

	suffix := "" // other groups of the query have functions of the same kind
	if len(l.q.Tables) > 1 {
		suffix = exported(t.Name)
	} else {
		delete(l.names.used, "update")
	}
	change := l.newFunc(p.Row, "change"+suffix, "")
	change.fn.In = x.row
	emit.To = change.fn
	b.add(emit)

	retract := l.side(n, t, prefix, x.row, "retract"+suffix, args, keys, true)
	update := l.side(n, t, prefix, x.row, "update"+suffix, args, keys, false)
	l.q.Tables = append(l.q.Tables, latest)
	change.clause("PRIMARY KEY", n.Loc.Start)
	change.add(&p.FindGroup{Table: latest, Key: l.keyFields(latest, c.key, pk, prefix+"LatestKey")})
	change.add(&p.Replace{Row: x.row, Live: isLive, Same: same, Arrival: arrival, Time: timeField(x.row, n, args), Retract: retract, Update: update})
	l.close(change)
}

// arrivals gives rows their number in order of arrival, if an aggregate goes by it.
func (l *queryLowering) arrivals(n *plan.Aggregate, latest *p.Table, x *exchangeRow, args []aggArgs) *p.Field {
	var number *p.Field
	for i, a := range n.Aggs {
		if a.Overload == nil || !a.Overload.Arrival {
			continue
		}
		if number == nil {
			number = &p.Field{Name: x.names.pick("arrival"), Type: builtin("int64"), Doc: "its number in order of arrival", Null: -1}
			x.row.Fields = append(x.row.Fields, number)
			latest.Arrivals = true
		}
		args[i].at = field(v("in"), number.Name)
	}
	return number
}

// fieldOf is the field that a value reads.
func fieldOf(row *p.Struct, val value) *p.Field {
	if s, ok := val.x.(*p.Select); ok {
		for _, f := range row.Fields {
			if f.Name == s.Name {
				return f
			}
		}
	}
	panic("lower: a key that no field has")
}

// timeField is the field with the event time of a row, nil if there is none.
func timeField(row *p.Struct, n *plan.Aggregate, args []aggArgs) *p.Field {
	for i, a := range n.Aggs {
		if newestTime(a) {
			return fieldOf(row, args[i].vals[0])
		}
	}
	return nil
}

// newestTime reports the aggregate that keeps the event time of a group, which
// never goes back.
func newestTime(a *bound.Agg) bool { return a.Col.ID == 0 && a.Col.Name == "newest" }

// side makes the function that brings a row to its group, or takes it back.
func (l *queryLowering) side(n *plan.Aggregate, t *p.Table, prefix string, row *p.Struct, name string, args []aggArgs, keys []value, back bool) *p.Func {
	u := l.newFunc(p.Row, name, "")
	u.fn.In = row
	if len(n.Keys) > 0 {
		u.clause(l.groupText(n), n.Loc.Start)
	}
	cols := make([]*bound.Col, len(n.Keys))
	for i, k := range n.Keys {
		cols[i] = k.Col
	}
	key := make([]p.Expr, 0, len(keys))
	if t.KeyT.Name == "" {
		key = l.keyFields(t, cols, append([]value(nil), keys...), prefix+"Key")
	} else {
		for i, k := range keys {
			_, x := keyForm(cols[i].Type, k.x)
			if k.null != nil {
				x = &p.Nullable{X: x, Null: k.null}
			}
			key = append(key, x)
		}
	}
	u.add(&p.FindGroup{Table: t, Key: key})
	op := "++"
	if back {
		op = "--"
	}
	u.add(&p.Assign{LHS: field(v("g"), t.Rows.Name), Op: op})
	for i, s := range t.Aggs {
		if back && !newestTime(s.Agg) {
			u.takeBack(t, s, args[i])
			continue
		}
		u.addToState(t, s, args[i])
	}
	if n.Changes {
		u.emitChanged(t, back)
	}
	l.close(u)
	return u.fn
}

// emitChanged emits a group that has changed. One without aggregates has if it is
// new, or if nothing is left of it.
func (b *body) emitChanged(t *p.Table, back bool) {
	b.fn.Quiet = back
	emit := []p.Step{&p.EmitGroup{Table: t}}
	var cond p.Expr
	if back {
		cond = p.Not(v("quiet"))
	}
	if t.Once {
		out := field(v("g"), t.Out.Name)
		if back {
			cond = p.And(cond, binary("==", field(v("g"), t.Rows.Name), lit("0")))
		} else {
			cond = p.Not(out)
		}
		set := yes
		if back {
			set = no
		}
		emit = append([]p.Step{&p.Assign{LHS: out, Op: "=", RHS: set}}, emit...)
	}
	if cond != nil {
		emit = []p.Step{&p.If{Cond: cond, Then: emit}}
	}
	b.add(emit...)
}

// takeBack adds the undoing of what a row has changed in an aggregate.
func (b *body) takeBack(t *p.Table, s *p.AggState, in aggArgs) {
	b.add(b.conditionally(in.counts(), func() {
		unseen := func() {
			if s.Seen < 0 {
				return
			}
			rows := field(v("g"), s.Rows.Name)
			b.add(&p.Assign{LHS: rows, Op: "--"})
			b.add(&p.If{Cond: binary("==", rows, lit("0")), Then: []p.Step{&p.MarkSeen{Table: t, Agg: s, Undo: true}}})
		}
		if s.Set == nil {
			b.add(undoOf(s, in))
			unseen()
			return
		}
		null, at := in.vals[0].null, in.at
		in.at = v("at")
		lost := b.findSeen(s, in, b.nested(func() {
			b.add(undoOf(s, in))
			unseen()
		}))
		lost.Undo, lost.At = true, nil
		if in.nulls && null != nil {
			then := append([]p.Step{&p.Do{X: method(field(v("g"), s.Field.Name), "RemoveNull", at)}}, b.nested(unseen)...)
			b.add(&p.If{Cond: null, Then: then, Else: []p.Step{lost}})
			return
		}
		b.add(lost)
	})...)
}

// undoOf is stepOf the other way round.
func undoOf(s *p.AggState, in aggArgs) p.Step {
	dst := field(v("g"), s.Field.Name)
	if s.Overload == nil {
		return &p.Assign{LHS: dst, Op: "--"}
	}
	args := stateArgs(s, in)
	switch k := s.Overload.Remove; k.Kind {
	case funcs.Dec:
		return &p.Assign{LHS: dst, Op: "--"}
	case funcs.SubAssign:
		return &p.Assign{LHS: dst, Op: "-=", RHS: args[0]}
	case funcs.XorBits:
		return &p.Assign{LHS: dst, Op: "^=", RHS: args[0]}
	case funcs.Method:
		return &p.Do{X: method(dst, k.Name, args...)}
	}
	panic(fmt.Sprintf("lower: aggregate %s takes nothing back", s.Agg.Func.Name))
}

// counted gives a state the counts that tell when nothing is left of a group, or
// of the values of an aggregate.
func (l *queryLowering) counted(t *p.Table, n *plan.Aggregate) {
	if !n.Retracts && !slides(n) {
		return
	}
	names := newMembers()
	for _, f := range t.State.Fields {
		names.used[f.Name] = true
	}
	if n.Retracts {
		t.Rows = &p.Field{Name: names.pick("rows"), Type: builtin("int64"), Doc: "rows of the group", Null: -1}
		t.State.Fields = append(t.State.Fields, t.Rows)
	}
	if t.Once {
		t.Out = &p.Field{Name: names.pick("out"), Type: builtin("bool"), Doc: "the row of the group is out", Null: -1}
		t.State.Fields = append(t.State.Fields, t.Out)
	}
	for _, s := range t.Aggs {
		if s.Seen >= 0 {
			s.Rows = &p.Field{Name: names.pick(s.Field.Name + "Rows"), Type: builtin("int64"), Doc: "values of " + s.Agg.Col.SQL, Null: -1}
			t.State.Fields = append(t.State.Fields, s.Rows)
		}
	}
}

// emptied makes a group without rows take its row back.
func emptied(g *body, n *plan.Aggregate, t *p.Table) {
	if !n.Retracts || n.KeepEmpty || len(n.Keys) == 0 {
		return
	}
	g.empty = binary("==", field(v("g"), t.Rows.Name), lit("0"))
	g.l.q.KeyOnly = g.l.q.Deletes
	if t.Final {
		g.add(&p.If{Cond: g.empty, Then: []p.Step{&p.Skip{}}})
		g.empty = nil
	}
}

// changing makes the rows of groups changes for what reads them in the same query.
func changing(g *body, n *plan.Aggregate, t *p.Table) {
	if !n.Feeds {
		return
	}
	c := &change{key: n.Props().Key, gone: g.empty}
	if t.Retracts() {
		c.gone = binary("==", v("op"), &p.Symbol{Path: runtimePath, Name: "Delete"})
	}
	g.change, g.empty = c, nil
}
