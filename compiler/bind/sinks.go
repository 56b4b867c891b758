package bind

import (
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/spec"
)

// createSink binds CREATE SINK.
func (b *binder) createSink(s *ast.CreateSink) {
	free := b.declare(s.Name)
	b.stmt.opts = newOptionSet(s.With, b.mentions(s))
	b.stmt.role = spec.Sink
	k := &sink{name: s.Name}
	ok := true
	for i := range s.Cols {
		d := &s.Cols[i]
		t, good := b.typeName(d.Type, s.Name.Name+"_"+d.Name.Name)
		ok = ok && good
		k.cols = append(k.cols, b.col(d.Name.Name, t, !d.NotNull && !d.PrimaryKey, d.Loc, d.Name.Name))
	}
	if e, good := b.ends(b.stmt.opts.own, spec.Sink, s.Name.Loc, s.Name.Name); good && ok {
		k.sink = b.newSink(s.Name.Name, e, s.Name.Loc.To(s.Loc))
	}
	if free {
		b.sinks = append(b.sinks, k)
	}
}

func (b *binder) newSink(name string, e *ends, loc source.Span) *bound.Sink {
	s := &bound.Sink{Name: name, Connector: e.conn, Format: e.format, Options: e.opts, Loc: loc}
	b.prog.Sinks = append(b.prog.Sinks, s)
	return s
}

// target is where the rows of a statement go: a sink, or a stream.
type target struct {
	id     ast.Ident
	sink   *sink
	stream *relation
}

// statementSinks finds the sink that the options of a query describe, and the
// targets of INTO.
func (b *binder) statementSinks(self ast.Ident, into []ast.Ident) ([]*bound.Sink, []target, bool) {
	var sinks []*bound.Sink
	ok := true
	own := b.stmt.opts.own
	if self.Name != "" {
		own = append(append([]*option{}, own...), b.stmt.opts.of(self)...)
	}
	if o := find(own, "connector", "type"); o != nil || kafkaKey(own) != nil {
		e, good := b.ends(exceptTime(own), spec.Sink, self.Loc, self.Name)
		ok = good
		if good {
			loc := self.Loc
			if o != nil {
				loc = o.Loc
			}
			sinks = append(sinks, b.newSink(self.Name, e, loc))
		}
	}
	targets, good := b.intoTargets(into)
	return sinks, targets, ok && good
}

// intoTargets finds the targets of INTO.
func (b *binder) intoTargets(into []ast.Ident) ([]target, bool) {
	var targets []target
	ok := true
	for _, id := range into {
		t, good := b.target(id)
		ok = ok && good
		if good {
			targets = append(targets, t)
		}
	}
	return targets, ok
}

// exceptTime leaves out the options that go to the source of a query.
func exceptTime(opts []*option) []*option {
	var list []*option
	for _, o := range opts {
		if !isTimeKey(o.key) {
			list = append(list, o)
		}
	}
	return list
}

// target finds what a name after INTO means: a sink, one that the options of the
// statement declare in place, or a stream.
func (b *binder) target(id ast.Ident) (target, bool) {
	if k := b.findSink(id); k != nil {
		k.writers++
		return target{id: id, sink: k}, k.sink != nil
	}
	if opts := b.stmt.opts.of(id); find(opts, "connector", "type") != nil {
		if b.findRelation(id) != nil {
			b.errDuplicateRelation(id, b.findRelation(id).name)
			return target{}, false
		}
		e, ok := b.ends(opts, spec.Sink, id.Loc, id.Name)
		k := &sink{name: id, writers: 1}
		if ok {
			k.sink = b.newSink(id.Name, e, id.Loc)
		}
		b.sinks = append(b.sinks, k)
		return target{id: id, sink: k}, ok
	}
	r := b.findRelation(id)
	switch {
	case r == nil:
		b.errUnknownSink(id)
	case r.rel == nil:
	case b.writesTopic(r):
		return target{id: id, sink: b.topicTarget(r)}, true
	case r.rel.Source != nil:
		b.errInsertSource(id, r)
	case r.rel.Kind == bound.View:
		b.errMisplaced(id.Loc, "writing to the view \""+r.name.Name+"\"", "INTO", "write to a sink or a stream")
	default:
		return target{id: id, stream: r}, true
	}
	return target{}, false
}

// insert binds INSERT INTO name query.
func (b *binder) insert(s *ast.Insert) {
	b.stmt.opts = newOptionSet(s.Query.With, b.mentions(s))
	b.stmt.emit = b.stmt.opts.takeEmit(b)
	meta := b.annotations(s.Annotations)
	options := b.stmt.opts.takeStatement(b)
	t, ok := b.target(s.Target)
	if len(s.Query.Into) > 0 {
		b.errMisplaced(s.Query.Into[0].Loc, "INTO", "INSERT INTO", "name one target, or write the query with INTO a, b")
		ok = false
	}
	q, _ := b.topQuery(s.Query)
	if q == nil || !ok {
		b.stmt.opts.drop()
		return
	}
	b.deliver(t, q, s.Cols, &bound.Relation{Kind: bound.Stream, Loc: s.Loc, NameLoc: s.Target.Loc, Meta: meta, Options: options})
}

// deliver makes rel the relation that brings the rows of q to a target.
func (b *binder) deliver(t target, q bound.Query, cols []ast.Ident, rel *bound.Relation) {
	b.queries++
	rel.Name = b.queryName("insert_into_"+t.id.Name, 1)
	want := targetColumns(t)
	if want != nil || len(cols) > 0 {
		if want == nil {
			b.errMisplaced(cols[0].Loc, "a column list", "INSERT INTO a sink without columns", "name the columns in the select list with AS, or declare the columns of the sink")
			return
		}
		if q = b.fit(q, want, cols, t.id); q == nil {
			return
		}
	}
	rel.Query, rel.Cols = q, q.Out()
	rel.NullValues, rel.Carries = b.keepsNullValues(q), b.carries(q)
	if t.sink != nil {
		rel.Sinks = append(rel.Sinks, t.sink.sink)
	} else {
		t.stream.rel.Inserts = append(t.stream.rel.Inserts, rel)
	}
	b.prog.Relations = append(b.prog.Relations, rel)
}

// deliverAll sends the rows of a relation to the targets of INTO. A sink without
// columns is simply one more sink of the relation; another target gets a query
// that reads the relation and casts.
func (b *binder) deliverAll(rel *bound.Relation, targets []target) {
	for _, t := range targets {
		if t.sink != nil && t.sink.cols == nil {
			rel.Sinks = append(rel.Sinks, t.sink.sink)
			continue
		}
		q := b.readAll(rel, t.id.Loc)
		b.deliver(t, q, nil, &bound.Relation{Kind: bound.Stream, Loc: rel.Loc, NameLoc: t.id.Loc})
	}
}

func targetColumns(t target) []*bound.Col {
	if t.sink != nil {
		return t.sink.cols
	}
	return t.stream.rel.Cols
}

// readAll is SELECT * FROM rel.
func (b *binder) readAll(rel *bound.Relation, loc source.Span) *bound.Select {
	r := &bound.Read{Rel: rel, Alias: rel.Name, Loc: loc}
	s := &bound.Select{Loc: loc, From: r, Limit: -1}
	for _, c := range rel.Cols {
		in := b.col(c.Name, c.Type, c.Nullable, loc, c.Name)
		r.Cols = append(r.Cols, in)
		s.Items = append(s.Items, bound.Computed{Col: b.col(c.Name, c.Type, c.Nullable, loc, c.Name), Expr: ref(in, loc), Loc: loc})
	}
	return s
}

// queryName returns a free name for a relation that has none in the text.
func (b *binder) queryName(base string, n int) string {
	name := base
	if n > 1 {
		name += "_" + strconv.Itoa(n)
	}
	for _, r := range b.prog.Relations {
		if strings.EqualFold(r.Name, name) {
			return b.queryName(base, n+1)
		}
	}
	return name
}

// fit gives the columns of a query the types, and with a column list the order,
// of the columns of a target.
func (b *binder) fit(q bound.Query, want []*bound.Col, names []ast.Ident, id ast.Ident) bound.Query {
	out := q.Out()
	from := make([]int, len(want)) // index of the query's column + 1
	n := len(want)
	if len(names) > 0 {
		n = len(names)
	}
	if n != len(out) {
		b.errColumnCount(q.Span(), "the query has "+plural(len(out), "column")+", "+id.Name+" takes "+strconv.Itoa(n), want)
		return nil
	}
	for i := range out {
		j := i
		if len(names) > 0 {
			if j = columnIndex(want, names[i]); j < 0 {
				b.errUnknownColumnOf(names[i], want, "\""+id.Name+"\"")
				return nil
			}
		}
		if from[j] > 0 {
			b.errDuplicateColumn(names[i].Loc, names[i].Name, names[from[j]-1].Loc)
			return nil
		}
		from[j] = i + 1
	}
	s := &bound.Select{Loc: q.Span(), From: &bound.Derived{Alias: id.Name, Query: q, Loc: q.Span()}, Limit: -1}
	for j, w := range want {
		var e bound.Expr
		switch {
		case from[j] > 0:
			c := out[from[j]-1]
			e = b.assign(ref(c, c.Loc), w)
		case !w.Nullable:
			b.errNotNull(q.Span(), w)
		default:
			e = &bound.Const{Node: bound.Node{T: w.Type, Null: true, Loc: q.Span()}, IsNull: true}
		}
		if e == nil {
			return nil
		}
		s.Items = append(s.Items, bound.Computed{Col: b.col(w.Name, w.Type, e.Nullable(), q.Span(), w.Name), Expr: e, Loc: q.Span()})
	}
	return s
}

// assign casts a value to the type of a target's column.
func (b *binder) assign(e bound.Expr, w *bound.Col) bound.Expr {
	if w.Nullable || !e.Nullable() {
		if e.Type().Equal(w.Type) {
			return e
		}
		if t, ok := types.Common(e.Type(), w.Type); ok && t.Equal(w.Type) {
			return b.castTo(e, w.Type, true)
		}
		b.errAssign(e, w)
		return nil
	}
	b.errNotNull(e.Span(), w)
	return nil
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
