package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/runtime/spec"
)

// from binds FROM. The scope is broken if a relation has mistakes.
func (k *block) from(refs []ast.TableRef) {
	switch {
	case len(refs) == 0:
		k.sel.From = &bound.NoInput{}
		return
	case k.unnestedRefs(refs):
		return
	case len(refs) > 1:
		k.b.refuse(diag.JoinClause, refs[1].Span(), "a join", "read one relation per query")
		k.breakScope()
		return
	}
	k.table(refs[0])
}

// breakScope marks that the block cannot be bound and that names which are not
// found follow from that.
func (k *block) breakScope() {
	k.in.broken, k.ok = true, false
}

// table binds one relation of FROM.
func (k *block) table(t ast.TableRef) {
	switch t := t.(type) {
	case *ast.TableName:
		if t.AsOf != nil {
			k.b.refuse(diag.TemporalJoin, t.AsOf.Span(), "FOR SYSTEM_TIME AS OF", "read the relation without it")
			k.breakScope()
			return
		}
		k.named(t.Name, t.Alias, t)
	case *ast.TablePath:
		r := k.b.pathRelation(t)
		if r == nil {
			k.breakScope()
			return
		}
		k.read(r, pick(t.Alias, r.name), t)
	case *ast.TableQuery:
		q := k.b.subquery(t.Query, k.ctes)
		if q != nil && len(t.Columns) > 0 {
			q = k.b.rename(q, t.Columns, t.Alias)
		}
		k.derived(q, t.Alias, t)
	case *ast.TableFunc:
		k.tableFunc(t)
	case *ast.Join:
		if f, ok := t.Right.(*ast.TableFunc); ok && isUnnest(f) {
			k.unnestJoin(t, f)
			return
		}
		k.b.refuse(diag.JoinClause, t.KindLoc, joinName(t), "read one relation per query; joins come with a later release")
		k.breakScope()
	default:
		panic(fmt.Sprintf("bind: unknown relation %T", t))
	}
}

func joinName(j *ast.Join) string {
	if j.Kind == "INNER" {
		return "JOIN"
	}
	return j.Kind + " JOIN"
}

func pick(alias, name ast.Ident) ast.Ident {
	if alias.Name != "" {
		return alias
	}
	return name
}

// named reads a CTE, a relation, or a source that the options of the statement
// declare in place.
func (k *block) named(name, alias ast.Ident, at ast.Syntax) {
	if c := k.ctes.find(name); c != nil {
		k.derived(k.b.use(c), pick(alias, name), at)
		return
	}
	r := k.b.findRelation(name)
	if r == nil {
		r = k.b.inPlace(name)
	}
	if r == nil {
		k.b.errUnknownRelation(name)
		k.breakScope()
		return
	}
	k.read(r, pick(alias, name), at)
}

// read reads a relation.
func (k *block) read(r *relation, alias ast.Ident, at ast.Syntax) {
	if !slices.Contains(k.b.stmt.reads, r) {
		k.b.stmt.reads = append(k.b.stmt.reads, r)
		if !k.b.stmt.explain {
			r.readers++
		}
	}
	if r.rel == nil {
		k.breakScope()
		return
	}
	read := &bound.Read{Rel: r.rel, Alias: alias.Name, Loc: at.Span()}
	for _, c := range r.rel.Cols {
		read.Cols = append(read.Cols, k.b.col(c.Name, c.Type, c.Nullable, c.Loc, c.Name))
	}
	k.sel.From = read
	k.in.inputs = append(k.in.inputs, &input{alias: alias, cols: read.Cols, read: read, what: fmt.Sprintf("%s %q", r.rel.Kind, r.rel.Name)})
}

// derived reads the result of a query.
func (k *block) derived(q bound.Query, alias ast.Ident, at ast.Syntax) {
	if q == nil {
		k.breakScope()
		return
	}
	k.sel.From = &bound.Derived{Alias: alias.Name, Query: q, Loc: at.Span()}
	what := "the query in FROM"
	if alias.Name != "" {
		what = fmt.Sprintf("query %q", alias.Name)
	}
	k.in.inputs = append(k.in.inputs, &input{alias: alias, cols: q.Out(), what: what})
}

// inPlace declares the source that '<name>.type' or '<name>.connector' of the
// statement describes. Its columns come from a sample.
func (b *binder) inPlace(name ast.Ident) *relation {
	opts := b.stmt.opts.of(name)
	if find(opts, "connector", "type") == nil {
		return nil
	}
	time := takeTime(opts)
	e, ok := b.ends(opts, spec.Source, name.Loc, name.Name)
	return b.addSource(name, e, ok, time)
}

// addSource declares a source without a column list.
func (b *binder) addSource(name ast.Ident, e *ends, ok bool, time []*option) *relation {
	var rel *bound.Relation
	if ok {
		rel = &bound.Relation{Name: name.Name, Kind: bound.Stream, Loc: name.Loc, NameLoc: name.Loc}
		if e.path() == "" {
			b.errNoColumns(name)
			rel = nil
		} else if !b.sampled(rel, e) {
			rel = nil
		} else {
			rel.Source = &bound.Source{Connector: e.conn, Format: e.format, Options: e.opts, Loc: name.Loc, Inferred: true}
		}
	}
	r := b.add(name, rel)
	r.own, r.time = e, time
	return r
}

// pathRelation is the source that a path in quotes stands for, declared at its
// first use.
func (b *binder) pathRelation(t *ast.TablePath) *relation {
	base := pathName(t.Path.Value)
	name := ast.Ident{Loc: t.Path.Loc, Name: base}
	for _, r := range b.rels {
		if r.path != "" && r.path == t.Path.Value {
			r.time = append(r.time, takeTime(b.stmt.opts.of(name))...)
			return r
		}
	}
	opts := b.stmt.opts.of(name)
	for n := 2; b.findRelation(name) != nil || b.findSink(name) != nil; n++ {
		name.Name = fmt.Sprintf("%s_%d", base, n)
	}
	time := takeTime(opts)
	e, ok := b.fileEnds(opts, &t.Path)
	r := b.addSource(name, e, ok, time)
	r.path = t.Path.Value
	return r
}

// windowInput reads what a window table function is over: a relation, a file or a
// query.
func (k *block) windowInput(t *ast.TableFunc, arg ast.Expr) {
	switch arg := arg.(type) {
	case *ast.TableArg:
		k.tvfPartition = arg.PartitionBy
		if arg.Rel != nil {
			k.windowInput(t, arg.Rel)
			return
		}
		k.named(arg.Name, pick(t.Alias, arg.Name), t)
		return
	case *ast.Name:
		if len(arg.Parts) == 1 {
			k.named(arg.Parts[0], pick(t.Alias, arg.Parts[0]), t)
			return
		}
	case *ast.StringLit:
		k.table(&ast.TablePath{Loc: arg.Loc, Path: *arg, Alias: t.Alias})
		return
	case *ast.Subquery:
		k.table(&ast.TableQuery{Loc: arg.Loc, Query: arg.Query, Alias: t.Alias})
		return
	}
	k.b.errWindowCall(arg.Span(), strings.ToUpper(t.Name.Name))
	k.breakScope()
}

// tableFunc binds a window table function; other functions are refused.
func (k *block) tableFunc(t *ast.TableFunc) {
	if isUnnest(t) {
		k.sel.From = &bound.NoInput{}
		k.unnest(t, false)
		return
	}
	kind, ok := windowFuncs[strings.ToUpper(t.Name.Name)]
	if !ok {
		k.b.refuse(diag.TableFunction, t.Name.Loc, "the table function "+strings.ToUpper(t.Name.Name), "read a relation or a file")
		k.breakScope()
		return
	}
	if len(t.Args) == 0 {
		k.b.errWindowCall(t.Loc, strings.ToUpper(t.Name.Name))
		k.breakScope()
		return
	}
	k.windowInput(t, t.Args[0])
	k.tvf = t
	if w := k.windowCall(kind, strings.ToUpper(t.Name.Name), t.Args[1:], t.Loc, ast.FormatExpr(&ast.Call{Name: t.Name, Args: t.Args})); w != nil {
		k.setWindow(w)
		if !groupsBy(k.body) && !k.body.Distinct {
			k.windowRows(t)
		}
	}
}
