// Package lower turns plans into pipelines: it fuses operators into functions,
// lays out rows, keys and states, and settles every Go name, type and null
// test.
//
// Operators are lowered by "produce and consume": each asks its input to
// produce rows and adds its own steps where a row is at hand, so that a chain
// of filters and projections becomes one loop. Aggregates and sorts end a
// function and begin another.
package lower

import (
	"path"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

// Lower returns the pipeline of a planned program.
func Lower(prog *plan.Program, o Options) *p.Program {
	b := prog.Bound
	pl := &programLowering{
		plan:    prog,
		options: o,
		names:   newScope(nil),
		sources: map[sourceAt]*p.Source{},
		inner:   map[*bound.Relation]*p.Query{},
		queries: map[*plan.Relation]*queryLowering{},
		sinks:   map[*bound.Sink]*p.Sink{},
		out:     &p.Program{Name: b.Name, Package: packageName(b.Name), File: b.File, Settings: b.Settings},
	}
	for _, n := range []string{"Options", "Pipeline", "New", "Program", "Run"} {
		pl.names.used[n] = true
	}
	pl.structs(b)
	pl.allSources()
	for _, rel := range prog.Relations {
		pl.query(rel)
	}
	pl.spreadClocks()
	pl.stages()
	for _, q := range pl.out.Queries {
		for _, f := range q.Funcs {
			dropUnused(f)
		}
		letWait(q)
	}
	return pl.out
}

type programLowering struct {
	plan    *plan.Program
	options Options
	out     *p.Program
	names   *scope // package-level Go names
	sources map[sourceAt]*p.Source
	inner   map[*bound.Relation]*p.Query // subqueries
	queries map[*plan.Relation]*queryLowering
	sinks   map[*bound.Sink]*p.Sink
	records map[*types.StructName]*p.Struct // of STRUCT values
}

// packageName makes a Go package name of a program name.
func packageName(name string) string {
	n := strings.ToLower(strings.Join(words(name), ""))
	if n == "" || n[0] >= '0' && n[0] <= '9' {
		n = "p" + n
	}
	if reserved[n] || n == "main" {
		n += "sql"
	}
	return n
}

// place is "(trades.sql:3:1)".
func (pl *programLowering) place(loc source.Span) string { return "(" + pl.at(loc.Start) + ")" }

// at is "trades.sql:3:1".
func (pl *programLowering) at(pos source.Pos) string {
	f := pl.plan.Bound.File
	line, col := f.Position(pos)
	return sprintPos(path.Base(f.Name), line, col)
}

// columnFields makes one field per column.
func columnFields(s *p.Struct, cols []*bound.Col, naming func(string) string) []*p.Field {
	names := newMembers()
	if s.Exported {
		names.used["Nulls"] = true
		for _, c := range cols {
			if c.Nullable { // the methods beside a field
				names.used[naming(c.Name)+"Null"], names.used["Set"+naming(c.Name)+"Null"] = true, true
			}
		}
	} else {
		names.used["nulls"] = true
	}
	var fields []*p.Field
	for _, c := range cols {
		f := &p.Field{Name: names.pick(naming(c.Name)), Type: goType(c.Type), Column: c.Name, SQL: c.Type, Null: -1}
		f.Doc = c.SQL
		if f.Doc == "" {
			f.Doc = c.Name
		}
		if u := unitDoc(c.Type); u != "" {
			f.Doc += ", " + u
		}
		if c.Nullable {
			f.Null = s.NullBits
			s.NullBits++
			f.Doc += ", nullable"
		}
		fields = append(fields, f)
	}
	return fields
}

// query lowers one relation.
func (pl *programLowering) query(rel *plan.Relation) {
	q := &p.Query{Rel: rel.Bound, Name: rel.Bound.Name}
	q.GoName = pl.names.pick(exported(rel.Bound.Name))
	q.Var = pl.names.pick(unexported(rel.Bound.Name))
	q.File = strings.Join(words(rel.Bound.Name), "_")
	props := rel.Root.Props()
	q.Updating, q.Deletes = props.Updating, props.Deletes
	if rel.Bound.Kind == bound.Inner {
		pl.inner[rel.Bound] = q
	}
	q.Out = &p.Struct{Name: q.GoName, Exported: true, Doc: q.GoName + " is a row of " + q.What() + " " + pl.place(rel.Bound.Loc) + "."}
	naming := exported
	if rel.Bound.Kind == bound.Inner {
		q.Out.Name, q.Out.Exported, naming = pl.names.pick(q.Var+"Found"), false, unexported
		q.Out.Doc = q.Out.Name + " is what the subquery gives for a key " + pl.place(rel.Bound.Loc) + "."
	}
	q.Out.Fields = columnFields(q.Out, rel.Bound.Query.Out(), naming)
	q.Time = rel.NeedsTime
	q.Windowed = windowedSink(rel.Bound)
	q.NullValues, q.Carries = rel.Bound.NullValues, rel.Bound.Carries
	for _, k := range props.Key {
		for i, c := range props.Cols {
			if c == k {
				q.Key = append(q.Key, i)
			}
		}
	}
	l := &queryLowering{pl: pl, q: q, rel: rel, names: newMembers(), refs: countRefs(rel), aliases: aliasesOf(rel)}
	for _, n := range []string{"w", "out", "fault", "row", "emit", "flush", "finish", "now", "init", "merge", "advance", "advanceFrom", "deadline", "marks", "pushed", "decode", "load", "tap", "header", "csv", "json", "times", "time", "clock", "record", "owners", "update", "keys", "memory", "late", "watermark", "arrivals"} {
		l.names.used[n] = true
	}
	pl.queries[rel] = l
	pl.out.Queries = append(pl.out.Queries, q)
	if rel.Bound.Kind == bound.Inner {
		l.lookupTable()
	}
	l.produce(rel.Root, l.emitOutput, true)
	l.changelog()
	for _, s := range rel.Bound.Sinks {
		k := pl.sink(s, q)
		if k.Times == nil {
			k.Times = l.timeForm(k.Var, s.Options, rel.Bound.Query.Out())
		}
		q.Sinks = append(q.Sinks, k)
	}
	l.judgeParallel()
}

// sink returns the pipeline's sink for a bound one; several queries may share it.
func (pl *programLowering) sink(s *bound.Sink, q *p.Query) *p.Sink {
	if k := pl.sinks[s]; k != nil {
		return k
	}
	k := &p.Sink{Bound: s, Name: s.Name, Index: len(pl.out.Sinks), Row: q.Out}
	k.GoName = exported(s.Name)
	k.Var = unexported(s.Name)
	if k.Var != q.Var {
		k.GoName = pl.names.pick(k.GoName)
		k.Var = pl.names.pick(k.Var)
	}
	pl.sinks[s] = k
	pl.out.Sinks = append(pl.out.Sinks, k)
	return k
}

// judgeParallel decides what several workers may do with the query.
func (l *queryLowering) judgeParallel() {
	q := l.q
	q.Parallel = p.Stateless
	single := func(why string) {
		if q.Parallel != p.Single {
			q.Parallel, q.Why = p.Single, why
		}
	}
	if q.Retimed && q.Time {
		single("its rows get a new event time")
	}
	if len(q.Limits) > 0 {
		single("LIMIT counts rows in order")
	}
	for _, t := range q.Tables {
		switch {
		case t.Latest:
			single("its rows replace earlier ones in the order of the records")
		case t.State == nil:
			single("DISTINCT emits the first of equal rows")
		case t.Exchange != nil && t.Always != nil:
			single("one of its groups exists without rows")
		case t.Exchange != nil && l.readsState():
			single("its groups are computed from other groups")
		case t.Window != nil && t.Window.Late == bound.LateDeadLetter:
			single("its late rows go to the dead-letter file as they were read")
		case t.Exchange != nil && t.Window != nil && feeds(q) > 1:
			single("its windows follow the watermarks of several sources")
		case t.Exchange != nil:
			if q.Parallel == p.Stateless {
				q.Parallel = p.Owned
			}
		case q.Parallel == p.Stateless:
			q.Parallel = p.Merge
		}
	}
	for _, f := range q.Funcs {
		if f.Kind == p.Once || f.Kind == p.Each {
			single("it has no input")
		}
	}
	if len(q.Sorts) > 0 {
		switch q.Parallel {
		case p.Stateless:
			q.Parallel = p.Merge
		case p.Owned:
			single("its groups are sorted, and each belongs to a worker of its own")
		}
	}
}

// readsState reports whether rows reach this query through the state of another
// query or of another table of its own.
func (l *queryLowering) readsState() bool {
	if len(l.q.Tables) > 1 {
		return true
	}
	for _, f := range l.q.Funcs {
		if f.Kind == p.Row && f.Owner == nil && f.Upstream != nil && l.pl.stateful(f.Upstream) {
			return true
		}
	}
	return false
}

// stateful reports whether the rows of a query come from state, directly or
// through what it reads.
func (pl *programLowering) stateful(q *p.Query) bool {
	if len(q.Tables)+len(q.Sorts) > 0 {
		return true
	}
	for _, f := range q.Funcs {
		if f.Upstream != nil && pl.stateful(f.Upstream) {
			return true
		}
	}
	return false
}

// feeds counts the functions that read sources for a query, directly or through
// what it reads.
func feeds(q *p.Query) int {
	n := 0
	for _, f := range q.Funcs {
		if f.Kind == p.Process {
			n++
		}
		if f.Upstream != nil {
			n += feeds(f.Upstream)
		}
	}
	return n
}

func mergeable(t *p.Table) bool {
	for _, a := range t.Aggs {
		switch {
		case a.Agg.Func.Ordered:
			return false
		case a.Set != nil: // sets are united
		case a.Overload != nil && !a.Overload.Mergeable():
			return false
		}
	}
	return true
}

// spreadClocks marks the queries and sources that must keep a watermark,
// because they or a reader have windows.
func (pl *programLowering) spreadClocks() {
	for i := len(pl.out.Queries) - 1; i >= 0; i-- {
		q := pl.out.Queries[i]
		for _, t := range q.Tables {
			q.Clocked = q.Clocked || t.Window != nil
		}
		for _, r := range q.Readers {
			q.Clocked = q.Clocked || r.Query.Clocked
		}
		for _, f := range q.Funcs {
			if f.Kind == p.Process && q.Clocked {
				f.Source.Clock = true
			}
		}
	}
}
