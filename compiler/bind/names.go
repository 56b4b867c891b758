package bind

import (
	"strings"

	"github.com/velocsql/veloc/parser/ast"
)

// same reports whether a name that is written somewhere means the name that
// something has. Quoted names are exact, others compare without regard to case.
func same(written ast.Ident, name string) bool {
	if written.Quoted {
		return written.Name == name
	}
	return strings.EqualFold(written.Name, name)
}

// sameName reports whether two columns of a result cannot have these two names.
func (b *binder) sameName(x, y string) bool {
	if b.rules.UpperNames {
		return x == y
	}
	return strings.EqualFold(x, y)
}

// taken reports whether a declared name clashes with one that something has.
func (b *binder) taken(id ast.Ident, name string) bool {
	if b.rules.UpperNames {
		return id.Name == name
	}
	return same(id, name)
}

// findRelation returns the relation that a name means. An exact spelling wins
// over one that differs in case.
func (b *binder) findRelation(id ast.Ident) *relation {
	var found *relation
	for _, r := range b.rels {
		if r.name.Name == id.Name {
			return r
		}
		if found == nil && !b.rules.UpperNames && same(id, r.name.Name) {
			found = r
		}
	}
	return found
}

func (b *binder) findSink(id ast.Ident) *sink {
	for _, k := range b.sinks {
		if same(id, k.name.Name) {
			return k
		}
	}
	return nil
}

// relationNames lists the relations for suggestions.
func (b *binder) relationNames() []string {
	var names []string
	for _, r := range b.rels {
		names = append(names, r.name.Name)
	}
	return names
}

// declare checks that a name is free. OR REPLACE and IF NOT EXISTS are about a
// program that is run again; within one program a name stands for one thing.
func (b *binder) declare(id ast.Ident) bool {
	for _, r := range b.rels {
		if b.taken(id, r.name.Name) || b.taken(r.name, id.Name) {
			b.errDuplicateRelation(id, r.name)
			return false
		}
	}
	for _, k := range b.sinks {
		if b.taken(id, k.name.Name) {
			b.errDuplicateRelation(id, k.name)
			return false
		}
	}
	return true
}
