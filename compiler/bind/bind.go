// Package bind turns the syntax tree into the bound tree: it resolves names
// against the catalog, finds the overloads of calls, makes implicit casts
// explicit, removes sugar, and checks options.
//
//	ast.File ──bind──▶ bound.Program
//
// A statement with a mistake does not stop the others. A relation that could
// not be bound stays known by name, so that statements that read it report
// nothing that follows from the first mistake; an expression that could not be
// bound is nil, and so is everything around it.
//
// Everything that the language has and veloc does not do yet is refused here by
// name, with a code of its own.
package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/compiler/dialect"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/spec"
)

// Options say what a program is bound against.
type Options struct {
	Name string // of the program
	// Files gives access to the data that schemas are inferred from. Nil means
	// the files of the operating system, relative to Dir.
	Files catalog.Files
	Dir   string // folder of the SQL file
	// DefaultSink is where the rows of a bare SELECT go, and those of a derived
	// relation that has no sink and that nothing reads. Nil: nowhere.
	DefaultSink *spec.Connector
	// Topics: relations may read and write topics, which are in memory.
	Topics bool
	// Observe says what can be seen of relations.
	Observe Observe
	// Settings are what SET would say, by key; the program's own win.
	Settings map[string]string
	Dialect  *dialect.Dialect // nil: that which the program sets, else veloc's own
}

// Bind binds a program. The program holds every statement without a mistake;
// it must not be compiled further if the list has errors.
func Bind(f *ast.File, o Options) (*bound.Program, diag.List) {
	if o.Files == nil {
		o.Files = catalog.Disk(o.Dir)
	}
	if o.Dialect == nil {
		if o.Dialect, _ = dialect.Of(f); o.Dialect == nil {
			o.Dialect = dialect.Veloc
		}
	}
	b := &binder{
		rules: o.Dialect,
		opts:  o,
		file:  f.Source,
		diags: diag.List{File: f.Source},
		prog:  &bound.Program{Name: o.Name, File: f.Source},
	}
	for _, s := range f.Stmts {
		b.statement(s)
	}
	b.finish()
	return b.prog, b.diags
}

// binder is one run of Bind.
type binder struct {
	opts  Options
	rules *dialect.Dialect
	file  *source.File
	diags diag.List
	prog  *bound.Program

	rels    []*relation
	sinks   []*sink
	macros  []*macro
	stmt    *statement // the statement at hand
	later   []func()   // checks that need the whole program
	nextCol int
	queries int // bare queries so far
	types   []namedType
	structs map[string]types.Type // by their text
}

// relation is a name that statements can read.
type relation struct {
	name    ast.Ident
	rel     *bound.Relation // nil if the statement has mistakes
	readers int
	own     *ends // how a source was declared
	fixed   bool  // only read: CREATE SOURCE STREAM
	topic   *sink // the topic of a declared stream as a target, once it is one
	time    []*option
	lags    []*columnLag
	path    string      // of a file in quotes
	reads   []*relation // what a view reads
}

// sink is a name that rows can be written to.
type sink struct {
	name    ast.Ident
	sink    *bound.Sink // nil if the statement has mistakes
	cols    []*bound.Col
	writers int
}

// statement is what binding one statement needs to know of the whole of it.
type statement struct {
	opts  *optionSet
	reads []*relation // the relations that it reads, each once
	emit  *ast.Emit   // from WITH (EMIT = ..)

	targets []target // of INTO

	lateness *option // allowed.lateness
	grace    int64   // its value
	windows  int     // how many windows it has

	values map[*bound.Col]bool // items and keys written as AS_VALUE(x)
	// partitioned: the query has PARTITION BY.
	partitioned bool
	keyless     bool // PARTITION BY NULL: the result has no key

	explain bool            // EXPLAIN: nothing of it becomes part of the program
	role    spec.Role       // of a statement that only declares a source or a sink
	tables  [][]spec.Option // of its connectors and formats, for suggestions
}

// col makes a new column.
func (b *binder) col(name string, t types.Type, null bool, loc source.Span, sql string) *bound.Col {
	b.nextCol++
	return &bound.Col{ID: b.nextCol, Name: name, Type: t, Nullable: null, Loc: loc, SQL: sql}
}

func (b *binder) statement(s ast.Stmt) {
	b.stmt = &statement{opts: &optionSet{}}
	switch s := s.(type) {
	case *ast.Create:
		b.create(s)
	case *ast.CreateView:
		b.createView(s)
	case *ast.CreateSink:
		b.createSink(s)
	case *ast.CreateType:
		b.createType(s)
	case *ast.CreateFunction:
		b.createFunction(s)
	case *ast.Insert:
		b.insert(s)
	case *ast.Set:
		b.set(s)
	case *ast.Select:
		b.bareSelect(s)
	case *ast.Explain:
		b.explain(s)
	case *ast.Describe:
		b.describe(s)
	case *ast.Show:
		b.prog.Info = append(b.prog.Info, bound.Info{Kind: "SHOW", Name: s.What, Loc: s.Loc})
	case *ast.Refused:
		if !b.dropNothing(s) {
			b.errRefusedStatement(s)
		}
	default:
		panic(fmt.Sprintf("bind: unknown statement %T", s))
	}
	b.stmt.opts.reportUnused(b)
}

// finish binds what depends on statements that come later, and gives the
// relations that nothing reads somewhere to go.
func (b *binder) finish() {
	for _, r := range b.rels {
		b.eventTime(r)
	}
	for _, f := range b.later {
		f()
	}
	for _, r := range b.rels {
		b.unusedLags(r)
	}
	b.appendFiles()
	b.unreadViews()
	for _, r := range b.rels {
		rel := r.rel
		if rel == nil || rel.Query == nil || rel.Kind == bound.View || r.readers > 0 || len(rel.Sinks) > 0 {
			continue
		}
		b.toDefaultSink(rel)
	}
	b.observe()
	for _, rel := range b.prog.Relations {
		b.sinkMessages(rel)
		b.timesWithinEnds(rel)
	}
	for _, k := range b.sinks {
		if k.writers == 0 && k.sink != nil {
			b.warnUnusedSink(k)
		}
	}
}

// unreadViews reports the views that nothing reads. What only they read counts as
// not read either.
func (b *binder) unreadViews() {
	for i := len(b.rels) - 1; i >= 0; i-- {
		v := b.rels[i]
		if v.rel == nil || v.rel.Kind != bound.View || v.readers > 0 {
			continue
		}
		b.warnUnusedView(v.name)
		for _, r := range v.reads {
			r.readers--
		}
	}
}

// toDefaultSink sends the rows of a relation to the terminal.
func (b *binder) toDefaultSink(rel *bound.Relation) {
	if b.opts.DefaultSink == nil {
		return
	}
	s := &bound.Sink{Name: rel.Name, Connector: b.opts.DefaultSink, Loc: rel.Loc}
	if fs := b.opts.DefaultSink.Formats; len(fs) > 0 {
		s.Format, _ = catalog.Format(fs[0])
	}
	rel.Sinks = append(rel.Sinks, s)
	b.prog.Sinks = append(b.prog.Sinks, s)
}

// add makes a relation known. A relation that failed has rel == nil.
func (b *binder) add(name ast.Ident, rel *bound.Relation) *relation {
	r := &relation{name: name, rel: rel}
	b.rels = append(b.rels, r)
	if rel != nil {
		b.prog.Relations = append(b.prog.Relations, rel)
	}
	return r
}

// annotations checks the `-- @key: value` lines of a statement and keeps them.
func (b *binder) annotations(list []ast.Annotation) []bound.Annotation {
	var out []bound.Annotation
	for _, a := range list {
		b.checkAnnotation(a)
		out = append(out, bound.Annotation{Key: a.Key, Value: a.Value, Loc: a.Loc})
	}
	return out
}

// set binds SET 'key' = 'value'.
func (b *binder) set(s *ast.Set) {
	o := &option{Option: ast.Option{Key: s.Key.Value, KeyLoc: s.Key.Loc, Value: s.Value.Value, ValueLoc: s.Value.Loc, Loc: s.Loc}, used: true}
	o.key = lowerKey(s.Key.Value)
	decl, ok := spec.Find(catalog.ProgramOptions, o.key)
	if !ok {
		b.errUnknownOption(o, "SET", catalog.OptionKeys(catalog.ProgramOptions))
		return
	}
	value, ok := b.value(o, decl)
	if !ok {
		return
	}
	for _, old := range b.prog.Settings {
		if old.Key == decl.Key {
			b.errOptionTwice(o, old.Loc)
			return
		}
	}
	b.prog.Settings = append(b.prog.Settings, bound.Setting{Key: decl.Key, Value: value, Loc: s.Loc})
}

// setting is what SET gave a key, "" if it gave none.
func (b *binder) setting(key string) string {
	for _, s := range b.prog.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return b.opts.Settings[key]
}

// dropNothing reports DROP .. IF EXISTS of a relation that the program has not
// declared: there is nothing to drop, as the statement allows.
func (b *binder) dropNothing(s *ast.Refused) bool {
	words := strings.Fields(b.file.Slice(s.Loc))
	if len(words) != 5 || !strings.EqualFold(words[0], "DROP") || !strings.EqualFold(words[2]+" "+words[3], "IF EXISTS") {
		return false
	}
	id := ast.Ident{Name: strings.Trim(words[4], "`\""), Loc: s.Loc}
	if id.Quoted = id.Name != words[4]; !id.Quoted && b.rules.UpperNames {
		id.Name = strings.ToUpper(id.Name)
	}
	return b.findRelation(id) == nil
}
