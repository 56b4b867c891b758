package bind

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/spec"
)

// create binds CREATE STREAM and CREATE TABLE in all their forms.
func (b *binder) create(c *ast.Create) {
	free := b.declare(c.Name)
	b.stmt.opts = newOptionSet(c.With, b.mentions(c))
	if c.OrReplace && c.SourceOnly {
		b.errMisplaced(c.Name.Loc, "OR REPLACE", "CREATE SOURCE", "leave it out: what only reads a topic is declared once")
	}
	var rel *bound.Relation
	var own *ends
	switch {
	case c.Query != nil:
		rel = b.derived(c)
	case c.FromGo != nil:
		b.refuse(diag.GoSchema, c.FromGo.Loc, "a schema FROM GO", "write the columns: CREATE STREAM "+c.Name.Name+" (column type, ..) WITH (..)")
		b.stmt.opts.drop()
	default:
		rel, own = b.declared(c)
	}
	if !free {
		return
	}
	r := b.add(c.Name, rel)
	r.own, r.fixed = own, c.SourceOnly
	if c.Query == nil {
		r.time = b.stmt.opts.takeTime()
	} else if rel != nil {
		b.deliverAll(rel, b.stmt.targets)
		r.readers += len(b.stmt.targets)
	}
}

// relKind is the kind of a relation that CREATE makes.
func relKind(k ast.RelKind) bound.RelKind {
	if k == ast.Table {
		return bound.Table
	}
	return bound.Stream
}

// declared binds a source: with columns, or with those of a sample.
func (b *binder) declared(c *ast.Create) (*bound.Relation, *ends) {
	rel := &bound.Relation{Name: c.Name.Name, Kind: relKind(c.Kind), Loc: c.Loc, NameLoc: c.Name.Loc, Meta: b.annotations(c.Annotations)}
	b.stmt.role = spec.Source
	var e *ends
	var ok bool
	if c.FromFile != nil {
		e, ok = b.fileEnds(b.stmt.opts.own, c.FromFile)
	} else {
		e, ok = b.ends(b.stmt.opts.own, spec.Source, c.Name.Loc, c.Name.Name)
	}
	rel.Options = b.stmt.opts.takeStatement(b)
	var meta map[int]string
	switch {
	case len(c.Cols) > 0:
		var good bool
		meta, good = b.columns(rel, c, e)
		ok = good && ok
	case !ok:
	case c.FromFile != nil || e.path() != "":
		ok = b.sampled(rel, e)
		ok = ok && b.primaryKey(rel, c.PrimaryKey)
	default:
		b.errNoColumns(c.Name)
		ok = false
	}
	if !ok {
		return nil, nil
	}
	if !b.checkWatch(e) || !b.keyWindows(e, c.Kind == ast.Table) {
		return nil, nil
	}
	rel.Source = &bound.Source{Connector: e.conn, Format: e.format, Options: e.opts, Loc: c.Loc, Inferred: len(c.Cols) == 0}
	if e.conn.Messages {
		usual := b.setting("ksql.streams.auto.offset.reset")
		if _, ok := bound.Get(e.opts, "auto.offset.reset"); !ok && e.conn.Messages && usual != "" {
			rel.Source.Options = append(e.opts, bound.Option{Key: "auto.offset.reset", Value: usual, Loc: c.Loc})
		} else if !ok && rel.Kind == bound.Table {
			rel.Source.Options = append(e.opts, bound.Option{Key: "auto.offset.reset", Value: "earliest", Loc: c.Loc})
		}
		if rel.Source.Message, ok = b.message(e, rel.Cols, rel.Key, meta); !ok {
			return nil, nil
		}
	}
	return rel, e
}

// columns binds a column list. It returns the columns that records of topics
// bring beside keys and values.
func (b *binder) columns(rel *bound.Relation, c *ast.Create, e *ends) (meta map[int]string, ok bool) {
	ok = b.checkKeyWords(c)
	for i := range c.Cols {
		d := &c.Cols[i]
		t, good := b.typeName(d.Type, rel.Name+"_"+d.Name.Name)
		ok = ok && good
		if d.Headers || d.Header != nil || d.Metadata != nil {
			name, good := b.metaColumn(d, t, e)
			if meta == nil {
				meta = map[int]string{}
			}
			meta[i], ok = name, ok && good
		}
		if isSystemName(d.Name.Name) && !d.Name.Quoted {
			b.errSystemColumnDeclared(d.Name)
			ok = false
		}
		if b.rules.IsPseudo(d.Name.Name) {
			b.errPseudo(d.Name.Loc, d.Name.Name)
			ok = false
		}
		for _, old := range c.Cols[:i] {
			if b.taken(d.Name, old.Name.Name) {
				b.errDuplicateColumn(d.Name.Loc, d.Name.Name, old.Name.Loc)
				ok = false
				break
			}
		}
		rel.Cols = append(rel.Cols, b.col(d.Name.Name, t, !d.NotNull && (!d.PrimaryKey || b.rules.KeysInRecordKey), d.Loc, d.Name.Name))
		if d.Key || d.PrimaryKey {
			rel.Key = append(rel.Key, i)
		}
	}
	return meta, b.primaryKey(rel, c.PrimaryKey) && ok
}

// primaryKey binds PRIMARY KEY (a, b) at the end of a column list.
func (b *binder) primaryKey(rel *bound.Relation, key []ast.Ident) bool {
	ok := true
	for _, id := range key {
		i := columnIndex(rel.Cols, id)
		if i < 0 {
			b.errUnknownColumnOf(id, rel.Cols, "relation \""+rel.Name+"\"")
			ok = false
			continue
		}
		rel.Cols[i].Nullable = rel.Cols[i].Nullable && b.rules.KeysInRecordKey // a part of a key may be null there
		rel.Key = append(rel.Key, i)
	}
	return ok
}

// columnIndex finds the column that a name means.
func columnIndex(cols []*bound.Col, id ast.Ident) int {
	found := -1
	for i, c := range cols {
		if c.Name == id.Name {
			return i
		}
		if found < 0 && same(id, c.Name) {
			found = i
		}
	}
	return found
}

// sampled gives a relation the columns of the data that it reads.
func (b *binder) sampled(rel *bound.Relation, e *ends) bool {
	s, ok := b.sample(e)
	if !ok {
		return false
	}
	for _, c := range s.Columns {
		rel.Cols = append(rel.Cols, b.col(c.Name, c.Type, true, e.pathLoc(), c.Name))
	}
	if _, given := bound.Get(e.opts, "delimiter"); s.Format == "csv" && !given && s.Delimiter != ',' {
		e.opts = append(e.opts, bound.Option{Key: "delimiter", Value: string(rune(s.Delimiter)), Loc: e.pathLoc()})
	}
	return true
}

// derived binds CREATE .. AS query.
func (b *binder) derived(c *ast.Create) *bound.Relation {
	rel := &bound.Relation{Name: c.Name.Name, Kind: relKind(c.Kind), Loc: c.Loc, NameLoc: c.Name.Loc, Meta: b.annotations(c.Annotations)}
	b.stmt.emit = b.stmt.opts.takeEmit(b)
	rel.Options = b.stmt.opts.takeStatement(b)
	ownTopic := b.ownTopic()
	var ok bool
	var times []*option
	if ownTopic {
		times = b.stmt.opts.takeTime()
		b.stmt.targets, ok = b.intoTargets(c.Query.Into)
	} else {
		rel.Sinks, b.stmt.targets, ok = b.statementSinks(c.Name, c.Query.Into)
	}
	q, keys := b.topQuery(c.Query)
	if q == nil {
		b.stmt.opts.drop()
		return nil
	}
	if ownTopic {
		ok = b.sinkTime(q, times) && ok
		s, good := b.topicSink(c.Name, q)
		ok = ok && good
		if s != nil {
			rel.Sinks = append(rel.Sinks, s)
		}
	}
	keys, good := b.keyedResult(c, q, keys)
	ok = ok && good
	rel.Query, rel.Cols, rel.Key = q, q.Out(), keys
	rel.NullValues = b.keepsNullValues(q)
	rel.Carries = b.carries(q)
	rel.Partitioned = b.stmt.partitioned
	if b.stmt.keyless {
		rel.Key = []int{}
	}
	if len(c.PrimaryKey) > 0 {
		rel.Key = nil
		ok = b.primaryKey(rel, c.PrimaryKey) && ok
	}
	if !ok {
		return nil
	}
	return rel
}

// createView binds CREATE VIEW.
func (b *binder) createView(v *ast.CreateView) {
	free := b.declare(v.Name)
	b.stmt.opts = newOptionSet(v.Query.With, b.mentions(v))
	q, keys := b.topQuery(v.Query)
	if len(v.Query.Into) > 0 {
		b.errMisplaced(v.Query.Into[0].Loc, "INTO", "a view", "a view is never written; use CREATE STREAM .. AS")
		q = nil
	}
	var rel *bound.Relation
	if q != nil {
		rel = &bound.Relation{
			Name: v.Name.Name, Kind: bound.View, Cols: q.Out(), Key: keys, Query: q,
			Loc: v.Loc, NameLoc: v.Name.Loc, Meta: b.annotations(v.Annotations),
		}
	} else {
		b.stmt.opts.drop()
	}
	if free {
		b.add(v.Name, rel).reads = b.stmt.reads
	}
}

// bareSelect binds a query whose result goes to the terminal, or where INTO says.
func (b *binder) bareSelect(s *ast.Select) {
	b.queries++
	b.stmt.opts = newOptionSet(s.Query.With, b.mentions(s))
	b.stmt.emit = b.stmt.opts.takeEmit(b)
	rel := &bound.Relation{Name: b.queryName("query", b.queries), Kind: bound.Result, Loc: s.Loc, NameLoc: s.Loc, Meta: b.annotations(s.Annotations)}
	rel.Options = b.stmt.opts.takeStatement(b)
	var ok bool
	var targets []target
	rel.Sinks, targets, ok = b.statementSinks(ast.Ident{Loc: s.Loc, Name: rel.Name}, s.Query.Into)
	q, keys := b.topQuery(s.Query)
	if q == nil || !ok {
		b.stmt.opts.drop()
		return
	}
	rel.Query, rel.Cols, rel.Key = q, q.Out(), keys
	b.prog.Relations = append(b.prog.Relations, rel)
	b.deliverAll(rel, targets)
	if len(rel.Sinks) == 0 && len(targets) == 0 {
		b.toDefaultSink(rel)
	}
}

// explain binds EXPLAIN query.
func (b *binder) explain(e *ast.Explain) {
	b.stmt.opts = newOptionSet(e.Query.With, b.mentions(e))
	b.stmt.explain = true
	sinks := b.prog.Sinks
	defer func() { b.prog.Sinks = sinks }()
	b.stmt.emit = b.stmt.opts.takeEmit(b)
	b.stmt.opts.takeStatement(b)
	b.statementSinks(ast.Ident{Loc: e.Loc}, e.Query.Into)
	q, keys := b.topQuery(e.Query)
	if q == nil {
		b.stmt.opts.drop()
		return
	}
	rel := &bound.Relation{Name: "explained", Kind: bound.Result, Cols: q.Out(), Key: keys, Query: q, Loc: e.Loc, NameLoc: e.Loc}
	b.prog.Info = append(b.prog.Info, bound.Info{Kind: "EXPLAIN", Rel: rel, Loc: e.Loc})
}

// describe binds DESCRIBE name.
func (b *binder) describe(d *ast.Describe) {
	r := b.findRelation(d.Name)
	if r == nil {
		b.errUnknownRelation(d.Name)
		return
	}
	b.prog.Info = append(b.prog.Info, bound.Info{Kind: "DESCRIBE", Name: r.name.Name, Rel: r.rel, Loc: d.Loc})
}

// sample reads the columns of the data behind a source.
func (b *binder) sample(e *ends) (*catalog.Schema, bool) {
	s, err := catalog.Sample(b.opts.Files, e.sampling())
	if err != nil {
		b.errSample(e.pathLoc(), err)
		return nil, false
	}
	return s, true
}
