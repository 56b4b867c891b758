package bind

import (
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/runtime/config"
	"github.com/velocsql/veloc/runtime/spec"
)

// option is one entry of WITH and whom it is for.
type option struct {
	ast.Option
	key  string // lower case, without the relation's prefix, ksqlDB's keys translated
	used bool   // somebody has taken it, or reported it
}

// optionSet is the WITH of a statement, sorted by whom the keys are for. What
// nobody takes is reported when the statement ends.
type optionSet struct {
	own   []*option    // without a prefix
	byRel []relOptions // '<relation>.<key>', in order of appearance
}

// relOptions are the options with the prefix of one relation.
type relOptions struct {
	name string
	opts []*option
}

func lowerKey(key string) string { return strings.ToLower(strings.TrimSpace(key)) }

// newOptionSet sorts the options of a statement that mentions the relations.
func newOptionSet(with []ast.Option, mentioned []string) *optionSet {
	s := &optionSet{}
	for _, w := range with {
		o := &option{Option: w, key: lowerKey(w.Key)}
		if w.Bare {
			o.key = catalog.BareKey(w.Key)
		}
		if name := prefixOf(o.key, mentioned); name != "" {
			o.key = o.key[len(name)+1:]
			s.put(name, o)
			continue
		}
		s.own = append(s.own, o)
	}
	return s
}

// prefixOf returns the mentioned relation whose prefix a key has; of several
// the longest. A key that means something as a whole keeps its meaning unless
// the rest is a key too.
func prefixOf(key string, mentioned []string) string {
	best := ""
	for _, m := range mentioned {
		if m == "" || len(key) <= len(m)+1 || key[len(m)] != '.' || !strings.EqualFold(key[:len(m)], m) || len(m) <= len(best) {
			continue
		}
		if catalog.KnownOption(key) && !catalog.KnownOption(key[len(m)+1:]) {
			continue
		}
		best = m
	}
	return best
}

func (s *optionSet) put(name string, o *option) {
	for i := range s.byRel {
		if strings.EqualFold(s.byRel[i].name, name) {
			s.byRel[i].opts = append(s.byRel[i].opts, o)
			return
		}
	}
	s.byRel = append(s.byRel, relOptions{name, []*option{o}})
}

// of returns the options with the prefix of a relation.
func (s *optionSet) of(id ast.Ident) []*option {
	for _, r := range s.byRel {
		if strings.EqualFold(r.name, id.Name) {
			return r.opts
		}
	}
	return nil
}

// all returns every option.
func (s *optionSet) all() []*option {
	list := append([]*option(nil), s.own...)
	for _, r := range s.byRel {
		list = append(list, r.opts...)
	}
	return list
}

// drop gives up on the options of a statement that has failed already.
func (s *optionSet) drop() {
	for _, o := range s.all() {
		o.used = true
	}
}

// find returns an unused option with one of the keys.
func find(opts []*option, keys ...string) *option {
	for _, k := range keys {
		for _, o := range opts {
			if !o.used && o.key == k {
				return o
			}
		}
	}
	return nil
}

// takeEmit takes WITH (EMIT = CHANGES).
func (s *optionSet) takeEmit(b *binder) *ast.Emit {
	o := find(s.own, "emit")
	if o == nil {
		return nil
	}
	o.used = true
	switch mode := strings.ToUpper(strings.TrimSpace(o.Value)); mode {
	case "CHANGES", "FINAL":
		return &ast.Emit{Loc: o.Loc, Mode: mode}
	}
	b.errOptionValue(o, "EMIT = CHANGES or EMIT = FINAL")
	return nil
}

// takeStatement takes the options of the statement itself.
func (s *optionSet) takeStatement(b *binder) []bound.Option {
	return b.takeTable(s.own, catalog.StatementOptions, nil)
}

// takeTable takes the options that a table declares, checked.
func (b *binder) takeTable(opts []*option, table []spec.Option, seen []bound.Option) []bound.Option {
	for _, o := range opts {
		if o.used {
			continue
		}
		decl, ok := spec.Find(table, o.key)
		if !ok || b.stmt.role != 0 && decl.Role&b.stmt.role == 0 {
			continue
		}
		o.used = true
		seen = b.takeOne(o, decl, seen)
	}
	return seen
}

// takeOne adds a checked option to a list.
func (b *binder) takeOne(o *option, decl *spec.Option, seen []bound.Option) []bound.Option {
	value, ok := b.value(o, decl)
	if !ok {
		return seen
	}
	for _, old := range seen {
		if old.Key == decl.Key {
			b.errOptionTwice(o, old.Loc)
			return seen
		}
	}
	return append(seen, bound.Option{Key: decl.Key, Value: value, Loc: o.ValueLoc})
}

// value checks the value of an option and returns its canonical form.
func (b *binder) value(o *option, decl *spec.Option) (string, bool) {
	if config.HasVars(o.Value) {
		if decl.Shape {
			b.errVariable(o, decl)
			return "", false
		}
		return o.Value, true
	}
	if catalog.PlannedValue(decl.Key, o.Value) {
		b.errPlannedOption(o, "'"+decl.Key+"' = '"+o.Value+"'")
		return "", false
	}
	if err := config.Check(decl, o.Value); err != nil {
		b.errOptionCheck(o, err)
		return "", false
	}
	if decl.Key == "timestamp.format" {
		return b.timestampFormat(o)
	}
	switch decl.Type {
	case spec.Enum:
		v, _ := config.Enum(decl, o.Value)
		return v, true
	case spec.Bool:
		v, _ := config.Bool(decl, o.Value)
		return strconv.FormatBool(v), true
	case spec.Int:
		v, _ := config.Int(decl, o.Value)
		return strconv.FormatInt(v, 10), true
	case spec.Char:
		if c, _ := config.Char(decl, o.Value); c != 0 {
			return string(rune(c)), true
		}
		return "none", true
	}
	return o.Value, true
}

// takeTime takes the time options without a prefix.
func (s *optionSet) takeTime() []*option { return takeTime(s.own) }

func takeTime(opts []*option) []*option {
	var list []*option
	for _, o := range opts {
		if isTimeKey(o.key) && !o.used {
			o.used = true
			list = append(list, o)
		}
	}
	return list
}

// routeSourceOptions gives the time options of a query to the sources that it
// reads: with a prefix to that source, without one to the only source.
func (b *binder) routeSourceOptions() {
	for _, r := range b.stmt.reads {
		if list := takeTime(b.stmt.opts.of(r.name)); len(list) > 0 {
			b.giveTime(r, list)
		}
	}
	list := b.stmt.opts.takeTime()
	switch {
	case len(list) == 0:
	case len(b.stmt.reads) == 1:
		b.giveTime(b.stmt.reads[0], list)
	default:
		b.errWhichSource(list[0], b.stmt.reads)
	}
}

func (b *binder) giveTime(r *relation, list []*option) {
	if r.rel == nil {
		return
	}
	if r.rel.Source == nil {
		b.errRetime(list[0], r.name.Name)
		return
	}
	r.time = append(r.time, list...)
}

// reportUnused reports what nobody took.
func (s *optionSet) reportUnused(b *binder) {
	for _, o := range s.own {
		if !o.used {
			o.used = true
			b.errUnused(o)
		}
	}
	for _, r := range s.byRel {
		for _, o := range r.opts {
			if !o.used {
				o.used = true
				b.errUnusedOf(o, r.name)
			}
		}
	}
}

// windowInputName is the name of the relation that a window table function is over.
func windowInputName(arg ast.Expr) string {
	switch arg := arg.(type) {
	case *ast.TableArg:
		if arg.Rel != nil {
			return windowInputName(arg.Rel)
		}
		return arg.Name.Name
	case *ast.Name:
		return arg.Parts[0].Name
	case *ast.StringLit:
		return pathName(arg.Value)
	}
	return ""
}

// mentions lists the names of relations that a statement mentions.
func (b *binder) mentions(s ast.Stmt) []string {
	var names []string
	add := func(name string) {
		if name != "" {
			names = append(names, name)
		}
	}
	switch s := s.(type) {
	case *ast.Create:
		add(s.Name.Name)
	case *ast.CreateView:
		add(s.Name.Name)
	case *ast.CreateSink:
		add(s.Name.Name)
	case *ast.Insert:
		add(s.Target.Name)
	}
	ast.Inspect(s, func(n ast.Syntax) bool {
		switch n := n.(type) {
		case *ast.TableName:
			add(n.Name.Name)
		case *ast.TablePath:
			add(pathName(n.Path.Value))
		case *ast.TableFunc:
			if len(n.Args) > 0 {
				add(windowInputName(n.Args[0]))
			}
		case *ast.Query:
			for _, id := range n.Into {
				add(id.Name)
			}
		}
		return true
	})
	return names
}
