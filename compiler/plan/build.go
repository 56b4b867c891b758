package plan

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// Build plans a bound program. What the planner cannot do is reported at its
// place; the program is nil if anything was.
func Build(p *bound.Program) (*Program, diag.List) {
	b := &builder{
		prog:  &Program{Bound: p},
		byRel: map[*bound.Relation]*Relation{},
		seen:  map[*bound.Relation]bool{},
	}
	b.diags.File = p.File
	for _, r := range p.Relations {
		if r.Query == nil || r.Kind == bound.View || r.Kind == bound.Inner {
			continue
		}
		b.relation(r)
	}
	b.sinks(p)
	b.subqueries()
	if b.diags.HasErrors() {
		return nil, b.diags
	}
	b.prog.Fired = applyRules(b.prog)
	markTime(b.prog)
	return b.prog, b.diags
}

// sinks checks that all relations that write to a sink have the same columns:
// its header and its readers know only one kind of row.
func (b *builder) sinks(p *bound.Program) {
	first := map[*bound.Sink]*bound.Relation{}
	for _, r := range p.Relations {
		for _, s := range r.Sinks {
			f := first[s]
			if f == nil {
				first[s] = r
				continue
			}
			if differs := columnsDiffer(f.Query.Out(), r.Query.Out()); differs != "" {
				b.diags.Add(diag.Diagnostic{
					Code: diag.SinkColumns, Span: r.NameLoc, Msg: fmt.Sprintf("the rows for the sink %q differ from those of the first statement that writes there: %s", s.Name, differs),
					Labels: []diag.Label{{Span: f.NameLoc, Msg: "first written here"}},
					Hint:   "give the columns the same names and types with AS and CAST, or declare them: CREATE SINK " + s.Name + " (column type, ..) WITH (..)",
				})
			}
		}
	}
}

// columnsDiffer says how two lists of columns differ, "" if they do not.
func columnsDiffer(a, b []*bound.Col) string {
	if len(a) != len(b) {
		return fmt.Sprintf("%d columns instead of %d", len(b), len(a))
	}
	for i := range a {
		if !strings.EqualFold(a[i].Name, b[i].Name) || !a[i].Type.Equal(b[i].Type) {
			return fmt.Sprintf("column %d is %s %s instead of %s %s", i+1, b[i].Name, b[i].Type, a[i].Name, a[i].Type)
		}
	}
	return ""
}

// relation plans a computed relation once, after what it reads. Rows that other
// statements insert into it join its own.
func (b *builder) relation(r *bound.Relation) *Relation {
	if rel, ok := b.byRel[r]; ok {
		return rel // nil while it is being planned: it reads itself
	}
	b.byRel[r] = nil
	rel := &Relation{Bound: r}
	rel.Root = b.query(r.Query)
	b.united(rel.Root, r)
	b.withdrawable(rel.Root, r)
	b.coalesce(rel)
	if len(r.Inserts) > 0 {
		rel.Root = b.inserts(rel.Root, r)
	}
	rel.Changelog = b.changelog(rel)
	b.byRel[r] = rel
	b.prog.Relations = append(b.prog.Relations, rel)
	return rel
}

// inserts unites the rows of a relation with those that are inserted into it.
func (b *builder) inserts(own Node, r *bound.Relation) Node {
	b.refuseUpdating(own, r.NameLoc, "INSERT INTO")
	u := &Union{Loc: r.Loc, Ins: []Node{own}, Outs: [][]*bound.Col{own.Props().Cols}}
	u.props.Cols = r.Query.Out()
	u.props.Bounded = own.Props().Bounded
	for _, from := range r.Inserts {
		cols := make([]*bound.Col, len(from.Cols))
		for i, c := range from.Cols {
			copied := *c
			cols[i] = &copied
		}
		n := b.read(&bound.Read{Rel: from, Cols: cols, Loc: from.Loc})
		if n == nil {
			continue
		}
		b.refuseUpdating(n, from.Loc, "INSERT INTO")
		u.Ins = append(u.Ins, n)
		u.Outs = append(u.Outs, cols)
		u.props.Bounded = u.props.Bounded && n.Props().Bounded
	}
	return u
}

type builder struct {
	prog  *Program
	diags diag.List
	byRel map[*bound.Relation]*Relation
	seen  map[*bound.Relation]bool
	// inner is not nil while a subquery is planned: the relations around the place
	// at hand that it reads.
	inner map[*bound.Relation]bool
}

func (b *builder) query(q bound.Query) Node {
	switch q := q.(type) {
	case *bound.Select:
		return b.selectBlock(q)
	case *bound.Union:
		return b.union(q)
	case *bound.Values:
		v := &Values{Rows: q.Rows, Loc: q.Loc}
		v.props.Cols, v.props.Bounded = q.Cols, true
		return v
	}
	panic(fmt.Sprintf("plan: unknown query %T", q))
}

func (b *builder) union(q *bound.Union) Node {
	u := &Union{Loc: q.Loc}
	u.props.Cols = q.Cols
	u.props.Bounded = true
	for _, in := range q.Inputs {
		n := b.query(in)
		if n.Props().Updating && q.What != "UNION ALL" && b.inner == nil {
			// what INTERSECT and EXCEPT see of a table is its content at the end
			b.inner = map[*bound.Relation]bool{}
			n = b.query(in)
			b.inner = nil
		}
		if q.What != "UNION ALL" {
			b.refuseUpdating(n, in.Span(), q.What)
		}
		if len(u.Ins) > 0 && n.Props().Updating != u.props.Updating {
			b.diags.Err(diag.UpdatingInput, in.Span(), "UNION ALL of rows that replace each other and rows that do not is not supported",
				"read the one with CREATE STREAM, or the other with CREATE TABLE and a PRIMARY KEY")
		}
		u.props.Updating = u.props.Updating || n.Props().Updating
		u.props.Deletes = u.props.Deletes || n.Props().Deletes
		if q.What != "UNION ALL" && endless(n) {
			b.diags.Err(diag.SetUnbounded, in.Span(), q.What+" needs inputs that end", "read files; rows of a stream without an end can be looked up in a file: WHERE k IN (SELECT k FROM 'file.csv')")
		}
		u.Ins = append(u.Ins, n)
		u.Outs = append(u.Outs, in.Out())
		u.props.Bounded = u.props.Bounded && n.Props().Bounded
	}
	return u
}

// refuseUpdating reports an operator that cannot yet work over rows that
// replace earlier ones.
func (b *builder) refuseUpdating(n Node, at source.Span, what string) {
	if !n.Props().Updating {
		return
	}
	msg, hint := what+" over an updating relation is not supported yet", "let the inner query emit final results only (EMIT FINAL), or read its append-only input directly"
	if name := keyless(n); name != "" {
		msg, hint = fmt.Sprintf("%s over %q needs the key by which its rows replace each other", what, name), "select the columns of the key there too"
	}
	b.diags.Err(diag.UpdatingInput, at, msg, hint)
}

func (b *builder) selectBlock(q *bound.Select) Node {
	if q.Emit == bound.EmitEvery && !q.Grouped {
		b.diags.Err(diag.EveryGroups, q.EmitLoc, "EMIT EVERY is for groups, which change", "leave it out: each row comes out when it is there")
	}
	n := b.input(q.From)
	if q.Where != nil {
		if n.Props().Updating && !takeChanges(n) {
			b.refuseUpdating(n, q.WhereLoc, "WHERE")
		}
		f := filter(n, q.Where, "WHERE", q.WhereLoc)
		// a row that no longer passes is withdrawn
		f.props.Deletes = f.props.Updating
		n = f
	}
	if q.Explode != nil {
		n = b.unnest(n, q.Explode)
	}
	if q.Grouped {
		n = b.aggregate(n, q)
		if q.Having != nil {
			f := filter(n, q.Having, "HAVING", q.HavingLoc)
			// a group that no longer passes takes its row back
			f.props.Deletes = f.props.Updating
			n = f
		}
		if q.Repeat != nil {
			r := &Repeat{In: n, Count: q.Repeat, Loc: q.GroupLoc}
			r.props = *n.Props()
			r.props.Key = nil
			n = r
		}
	}
	items := append(append([]bound.Computed{}, q.Items...), q.Hidden...)
	n = project(n, items, q.EventTime, q.Loc)
	switch {
	case q.Distinct && n.Props().Updating:
		n = b.distinctChanges(n, q)
	case q.Distinct:
		d := &Distinct{In: n, Loc: q.DistinctLoc}
		d.props = *n.Props()
		d.props.Cols = q.Out()
		n = d
	}
	if b.atEnd(q) && len(q.OrderBy) == 0 {
		n = b.content(n, q.Loc, "EMIT FINAL")
	}
	return b.tail(n, q)
}

// tail adds ORDER BY and LIMIT.
func (b *builder) tail(n Node, q *bound.Select) Node {
	switch {
	case len(q.OrderBy) > 0:
		if b.atEnd(q) {
			n = b.content(n, q.OrderLoc, "ORDER BY")
		}
		b.refuseUpdating(n, q.OrderLoc, "ORDER BY")
		each := q.Window != nil && q.Grouped && !byRows(q.Window) && !n.Props().Updating
		if !n.Props().Bounded && !each {
			b.diags.Err(diag.UnboundedSort, q.OrderLoc, "ORDER BY needs an input that ends",
				"sort in the reader of the results, or read a bounded source")
		}
		s := &Sort{In: n, EachWindow: each, Order: q.OrderBy, Limit: q.Limit, Loc: q.OrderLoc}
		s.props = *n.Props()
		s.props.Final = true
		if len(q.Hidden) == 0 {
			return s
		}
		items := make([]bound.Computed, len(q.Items))
		for i, it := range q.Items {
			items[i] = bound.Computed{Col: it.Col, Expr: &bound.Ref{Node: bound.Node{T: it.Col.Type, Null: it.Col.Nullable, Loc: it.Loc}, Col: it.Col}, Loc: it.Loc}
		}
		p := project(s, items, nil, q.Loc)
		return p
	case q.Limit >= 0:
		if n.Props().Deletes && byKey(n) {
			b.refuseUpdating(n, q.LimitLoc, "LIMIT")
		}
		l := &Limit{In: n, N: q.Limit, Loc: q.LimitLoc}
		l.props = *n.Props()
		return l
	}
	return n
}

func filter(in Node, cond bound.Expr, clause string, loc source.Span) *Filter {
	f := &Filter{In: in, Cond: cond, Clause: clause, Loc: loc}
	f.props = *in.Props()
	return f
}

func project(in Node, items []bound.Computed, t bound.Expr, loc source.Span) *Project {
	p := &Project{In: in, Items: items, EventTime: t, Loc: loc}
	p.props = *in.Props()
	p.props.Cols = nil
	p.props.Key = nil
	for _, it := range items {
		p.props.Cols = append(p.props.Cols, it.Col)
	}
	for _, k := range in.Props().Key {
		if c := passedThrough(items, k); c != nil {
			p.props.Key = append(p.props.Key, c)
		} else {
			p.props.Key = nil // part of the key is gone
			break
		}
	}
	return p
}

// passedThrough returns the item that is column k unchanged.
func passedThrough(items []bound.Computed, k *bound.Col) *bound.Col {
	for _, it := range items {
		if r, ok := it.Expr.(*bound.Ref); ok && r.Col == k {
			return it.Col
		}
	}
	return nil
}

func (b *builder) aggregate(in Node, q *bound.Select) Node {
	a := &Aggregate{In: in, Keys: q.Keys, Aggs: q.Aggs, Window: q.Window, NewestTime: q.NewestTime, Loc: q.GroupLoc}
	emit := q.Emit
	if emit == bound.EmitDefault {
		if q.Window == nil && len(q.OrderBy) == 0 {
			emit = bound.EmitChanges
		} else {
			emit = bound.EmitFinal
		}
	}
	if q.Sets != nil {
		expand(a, q)
	}
	if emit == bound.EmitEvery && b.inner == nil {
		emit, a.Every = bound.EmitChanges, q.Every
		b.waits(a, q.EmitLoc, "EMIT EVERY")
	}
	a.Changes = emit == bound.EmitChanges && b.inner == nil
	if in.Props().Updating {
		a.Retracts, a.KeepEmpty = b.retracts(in, a, q), q.KeepEmpty
	}
	p := &a.props
	p.Deletes = a.Retracts && a.Changes && !a.KeepEmpty && len(a.Keys) > 0
	p.Single = len(a.Keys) == 0 && a.Window == nil
	p.Bounded = in.Props().Bounded
	a.Refires = q.Window != nil && q.Window.Late == bound.LateUpdate
	p.Updating = a.Changes || a.Refires
	p.Final = !a.Changes
	for _, k := range a.Keys {
		p.Cols = append(p.Cols, k.Col)
		p.Key = append(p.Key, k.Col)
	}
	for _, g := range q.Aggs {
		p.Cols = append(p.Cols, g.Col)
	}
	if w := q.Window; w != nil {
		p.Cols = append(p.Cols, w.Start, w.End)
		p.Key = append(p.Key, w.Start)
		if w.EndsAtLast || w.Kind == bound.Cumulate { // windows that begin together
			p.Key = append(p.Key, w.End)
		}
		if w.Kind == bound.Session {
			// a session that grows to the front or joins another takes its row back
			p.Deletes = p.Updating
			b.sessionAggregates(q)
		}
		if w.Kind == bound.Sliding {
			b.slidingAggregates(a, q)
		}
		b.warnArrival(in, w)
	} else if !a.Changes && (!p.Bounded || q.EmitLoc != q.GroupLoc && b.inner == nil && endless(in)) {
		// the groups of EXCEPT and of subqueries have no EMIT of their own: these are
		// refused over topics as such
		at := q.EmitLoc
		if at.IsZero() {
			at = q.OrderLoc
		}
		b.diags.Err(diag.FinalUnbounded, at, "EMIT FINAL over unbounded input never emits",
			"add a WINDOW, or use EMIT CHANGES")
	}
	return a
}

// byRows reports windows that begin with rows and end one by one, so that results
// are sorted all together.
func byRows(w *bound.Window) bool { return w.Kind == bound.Session || w.Kind == bound.Sliding }

// sessionAggregates refuses aggregates that cannot be computed from those of two
// sessions which a row joins.
func (b *builder) sessionAggregates(q *bound.Select) {
	for _, a := range q.Aggs {
		if a.Overload != nil && !a.Overload.Mergeable() {
			b.diags.Err(diag.WindowKind, a.Loc, "SESSION windows of "+a.Col.SQL+" are not supported yet: it cannot be put together from two sessions",
				"use another aggregate, or TUMBLING or HOPPING windows")
		}
	}
}

// slidingAggregates takes the overloads of aggregates from which rows can leave
// again.
func (b *builder) slidingAggregates(a *Aggregate, q *bound.Select) {
	if q.Having != nil && a.Changes {
		b.diags.Err(diag.WindowKind, q.HavingLoc, "HAVING over SLIDING windows that emit their changes is not supported yet", "use EMIT FINAL, or filter in a query over the final results")
	}
	aggs := make([]*bound.Agg, len(a.Aggs))
	for i, g := range a.Aggs {
		if aggs[i] = b.retracting(g, "rows leave SLIDING windows again"); aggs[i] == nil {
			aggs[i] = g
		}
	}
	a.Aggs = aggs
}

// sourceless reports that some of the rows come from no source: those of VALUES
// and of SELECT without FROM.
func sourceless(n Node) bool {
	found := false
	walk(n, func(n Node) {
		switch n := n.(type) {
		case *One, *Values:
			found = true
		case *Derived:
			found = found || sourceless(n.Rel.Root)
		}
	})
	return found
}

// warnArrival refuses a window over rows of no source, and warns of one
// that goes by the time at which rows arrive, because no source says which column
// holds the event time.
func (b *builder) warnArrival(in Node, w *bound.Window) {
	if sourceless(in) {
		b.diags.Err(diag.WindowWithoutSource, w.Loc, "rows that come from no source have no event time, and no watermark that closes a window",
			"GROUP BY date_trunc('hour', column) sorts constant rows into spans of time; windows are for the rows of a stream")
		return
	}
	if w.Time != nil || w.Own != nil {
		return
	}
	walk(in, func(n Node) {
		if s, ok := n.(*Scan); ok && s.Rel.Source.Time == nil && s.Rel.Source.Message == nil {
			b.diags.Warn(diag.ArrivalWindow, w.Loc, fmt.Sprintf("the window goes by the time at which rows of %q arrive", s.Rel.Name),
				"name the column with the event time: WITH ('event.time.field' = '..') on the source, or TUMBLING(size, column)")
		}
	})
}

func (b *builder) input(in bound.Input) Node {
	switch in := in.(type) {
	case *bound.NoInput:
		n := &One{}
		n.props.Bounded = true
		return n
	case *bound.Derived:
		return b.query(in.Query)
	case *bound.Read:
		return b.read(in)
	case *bound.Unnest:
		return b.unnest(b.input(in.In), in)
	case *bound.Windowed:
		return b.windows(b.input(in.In), in)
	}
	panic(fmt.Sprintf("plan: unknown input %T", in))
}

func (b *builder) windows(in Node, w *bound.Windowed) Node {
	b.refuseUpdating(in, w.Loc, "a window of each row")
	b.warnArrival(in, w.Window)
	n := &Windows{In: in, Window: w.Window, Loc: w.Loc}
	n.props = *in.Props()
	n.props.Key = nil
	n.props.Cols = append(in.Props().Cols[:len(in.Props().Cols):len(in.Props().Cols)], w.Window.Start, w.Window.End)
	return n
}

func (b *builder) unnest(in Node, u *bound.Unnest) Node {
	b.refuseUpdating(in, u.Loc, "UNNEST")
	n := &Unnest{In: in, Unnest: u}
	n.props = *in.Props()
	n.props.Key = nil
	n.props.Cols = append(in.Props().Cols[:len(in.Props().Cols):len(in.Props().Cols)], u.Cols...)
	if u.Ordinality != nil {
		n.props.Cols = append(n.props.Cols, u.Ordinality)
	}
	return n
}

func (b *builder) read(in *bound.Read) Node {
	rel := in.Rel
	switch {
	case rel.Source != nil:
		if !b.seen[rel] {
			b.seen[rel] = true
			b.prog.Sources = append(b.prog.Sources, rel)
		}
		s := &Scan{Rel: rel, Read: in}
		s.props.Cols = in.Cols
		s.props.Bounded = rel.Source.Bounded()
		if rel.Kind == bound.Table {
			b.changes(s, in)
		}
		return s
	case rel.Kind == bound.View:
		// The view's operators are planned again in place; only names change.
		return renamed(b.query(rel.Query), in)
	}
	if b.inner != nil {
		return b.again(in)
	}
	r := b.relation(rel)
	if r == nil {
		b.diags.Err(diag.ReadsItself, in.Loc, fmt.Sprintf("%q is computed from itself", rel.Name),
			"break the circle: write to another stream, or read from one")
		return &One{}
	}
	r.Readers++
	d := &Derived{Rel: r, Read: in}
	rp := r.Root.Props()
	d.props = *rp
	d.props.Cols = in.Cols
	d.props.Key = nil
	for _, k := range rp.Key {
		for i, c := range rp.Cols {
			if c == k && i < len(in.Cols) {
				d.props.Key = append(d.props.Key, in.Cols[i])
			}
		}
	}
	return d
}
