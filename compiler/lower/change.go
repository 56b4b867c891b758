package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// change is what there is to know of a row that replaces the one with its key.
type change struct {
	key  []*bound.Col // of the input
	gone p.Expr       // the row is withdrawn; nil: rows are not
	keep p.Expr       // it passes all filters so far; nil: there are none
}

// withdraws reports rows that can be taken back.
func (c *change) withdraws() bool { return c != nil && (c.gone != nil || c.keep != nil) }

// stays is the condition under which the row is there afterwards.
func (c *change) stays() p.Expr {
	if c.keep != nil {
		return c.keep
	}
	return p.Not(c.gone)
}

// tableScan notes that the records of a table replace each other.
func tableScan(b *body, n *plan.Scan) {
	if n.Rel.Kind != bound.Table {
		return
	}
	b.change = &change{key: n.Props().Key}
	if n.Rel.Source.Message != nil {
		b.change.gone = b.let("gone", method(v("b"), "Null", v("at")))
	}
}

// tableRows notes that the rows of another relation replace each other.
func tableRows(b *body, n *plan.Derived) {
	if p := n.Props(); !p.Updating || p.Key == nil && !p.Single {
		return
	}
	b.change = &change{key: n.Props().Key}
	if b.fn.Upstream.Deletes {
		b.fn.HasOp = true
		b.names.used["op"] = true
		b.change.gone = b.let("gone", binary("==", v("op"), &p.Symbol{Path: runtimePath, Name: "Delete"}))
	}
}

// keepIf adds a condition that a row must meet to stay. Rows that do not are
// dealt with at the end, where it is known whether they had been let through. A
// row that is withdrawn has only its key: what fails of it does not count.
func (b *body) keepIf(n *plan.Filter) {
	c := b.change
	cond := b.isTrue(n.Cond)
	if b.pending {
		cond = b.let("keep", cond)
		if c.gone != nil {
			b.add(&p.If{Cond: c.gone, Then: []p.Step{&p.Do{X: method(b.fault(), "Clear")}}})
		}
		b.checkFault(n.Loc.Start)
	}
	if c.keep == nil && c.gone != nil {
		cond = p.And(p.Not(c.gone), cond)
	} else if c.keep != nil {
		cond = p.And(c.keep, cond)
	}
	c.keep = b.let("keep", cond)
}

// emitChange hands the row to the output of the query, or withdraws it there if
// it does not stay. Where a filter may never have let the row through, a table
// remembers which rows are out.
func (l *queryLowering) emitChange(b *body) {
	var find func(known bool)
	switch t := b.fn.Table; {
	case b.change.keep == nil:
	case t != nil: // the group itself knows
		sentField(t)
		find = func(bool) {}
	default:
		find = l.latest(b)
	}
	upsert, del := &p.Symbol{Path: runtimePath, Name: "Upsert"}, &p.Symbol{Path: runtimePath, Name: "Delete"}
	sent := field(v("g"), "sent")
	emit := func(op p.Expr) *p.Emit {
		e := &p.Emit{Out: l.q.Out, Op: b.names.pick("op")}
		if l.q.Time {
			e.Time = b.env.time
		}
		b.add(&p.Let{Name: e.Op, X: op})
		return e
	}
	withdrawn := l.keySets(b)
	l.q.KeyOnly = true
	leave := b.nested(func() {
		if b.pending { // what fails of a row that goes does not count
			b.add(&p.Do{X: method(b.fault(), "Clear")})
		}
		if find != nil {
			find(true)
			b.add(&p.If{Cond: p.Not(sent), Then: []p.Step{&p.Skip{}}})
			b.add(&p.Assign{LHS: sent, Op: "=", RHS: no})
		}
		e := emit(del)
		e.Sets = withdrawn
		b.add(e, &p.Skip{})
	})
	b.add(&p.If{Cond: p.Not(b.change.stays()), Then: leave})
	sets := &p.Emit{Out: l.q.Out}
	b.sets(sets, l.rel.Bound.Query.Out())
	if find != nil {
		find(false)
		b.add(&p.Assign{LHS: sent, Op: "=", RHS: yes})
	}
	e := emit(upsert)
	e.Sets = sets.Sets
	b.add(e)
}

// keySets gives a row that is withdrawn its key; its other columns are NULL.
func (l *queryLowering) keySets(b *body) []p.Set {
	keys := map[*bound.Col]bool{}
	for _, k := range l.rel.Root.Props().Key {
		keys[k] = true
	}
	var sets []p.Set
	for i, c := range l.rel.Bound.Query.Out() {
		f := l.q.Out.Fields[i]
		switch {
		case keys[c]:
			val := b.col(c)
			sets = append(sets, p.Set{Field: f, X: val.x, Null: val.null})
		case f.Null >= 0:
			sets = append(sets, p.Set{Field: f, X: zero(f.SQL), Null: yes})
		}
	}
	return sets
}

// changelog lays out the table of the rows that are out, for sinks that write the
// row before a change.
func (l *queryLowering) changelog() {
	q := l.q
	if l.rel.Changelog == "" {
		return
	}
	q.Changelog = &p.Changelog{Form: l.rel.Changelog}
	if !q.Updating {
		return
	}
	t := &p.Table{Name: l.names.pick("earlier"), Latest: true, Pos: l.rel.Bound.Loc.Start}
	name := l.pl.names.pick(q.Var + "Earlier")
	t.State = &p.Struct{Name: name, Doc: name + " is the row of a key."}
	t.State.Fields = []*p.Field{
		{Name: "row", Type: p.GoType{Name: q.Out.Name}, Null: -1, Doc: "as it went out"},
		{Name: "there", Type: builtin("bool"), Null: -1, Doc: "the row is out"},
	}
	q.Tables = append(q.Tables, t)
	q.Structs = append(q.Structs, t.State)
	out := l.rel.Bound.Query.Out()
	var cols []*bound.Col
	var vals []value
	for _, i := range q.Key {
		cols, vals = append(cols, out[i]), append(vals, fieldValue("row", q.Out, q.Out.Fields[i]))
	}
	q.Changelog.Earlier = t
	q.Changelog.Key = l.keyFields(t, cols, vals, q.Var+"EarlierKey")
}

// latest makes the table that knows which rows are out, and returns what looks
// the row at hand up: known leaves a row whose key the table does not have.
func (l *queryLowering) latest(b *body) func(known bool) {
	t := &p.Table{Name: l.names.pick("latest"), Latest: true}
	t.Pos = l.rel.Bound.Loc.Start
	name := l.pl.names.pick(l.q.Var + "Latest")
	t.State = &p.Struct{Name: name, Doc: name + " is what is known of a row by its key."}
	t.State.Fields = []*p.Field{{Name: "sent", Type: builtin("bool"), Doc: "the row is out", Null: -1}}
	l.q.Tables = append(l.q.Tables, t)
	l.q.Structs = append(l.q.Structs, t.State)
	vals := make([]value, len(b.change.key))
	for i, c := range b.change.key {
		vals[i] = b.firmly(&bound.Ref{Node: bound.Node{T: c.Type, Null: c.Nullable}, Col: c}, unexported(c.Name))
	}
	key := l.keyFields(t, b.change.key, vals, l.q.Var+"LatestKey")
	return func(known bool) { b.add(&p.FindGroup{Table: t, Key: key, Known: known}) }
}
