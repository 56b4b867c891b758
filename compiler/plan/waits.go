package plan

import (
	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// coalesce makes the changes of a relation wait for the end of each batch, if
// 'emit.coalesce' says so for it or for the program.
func (b *builder) coalesce(r *Relation) {
	const key = "emit.coalesce"
	value, own := "", false
	loc := r.Bound.Loc
	for _, o := range b.prog.Bound.Settings {
		if o.Key == key {
			value = o.Value
		}
	}
	for _, o := range r.Bound.Options {
		if o.Key == key {
			value, loc, own = o.Value, o.Loc, true
		}
	}
	if value != "true" {
		return
	}
	any := false
	walk(r.Root, func(n Node) {
		a, ok := n.(*Aggregate)
		switch {
		case !ok || !a.Changes:
		case a.Every > 0: // they wait longer
			any = true
		case own || a.Window == nil || !byRows(a.Window):
			any = true
			a.Coalesce = true
			b.waits(a, loc, "'emit.coalesce'")
		}
	})
	if own && !any {
		b.diags.Err(diag.EveryGroups, loc, "'emit.coalesce' is for groups that emit their changes", "leave it out, or write EMIT CHANGES")
	}
}

// waits refuses to let the changes of groups wait where a group can become another
// before its change comes out.
func (b *builder) waits(a *Aggregate, at source.Span, what string) {
	if w := a.Window; w != nil && byRows(w) {
		name := map[bool]string{true: "SESSION", false: "SLIDING"}[w.Kind == bound.Session]
		b.diags.Err(diag.WindowKind, at, what+" over "+name+" windows is not supported yet", "use EMIT CHANGES or EMIT FINAL alone")
	}
}
