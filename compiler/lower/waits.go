package lower

import (
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// waits gives a table whose changes wait what it needs to know which groups have
// changed.
func (l *queryLowering) waits(t *p.Table, n *plan.Aggregate) {
	if !n.Changes || n.Every == 0 && !n.Coalesce {
		return
	}
	names := newMembers()
	names.used["nulls"], names.used["sent"] = true, true
	for _, f := range t.State.Fields {
		names.used[f.Name] = true
	}
	w := &p.Waits{Every: n.Every}
	w.Mark = &p.Field{Name: names.pick("changed"), Type: builtin("bool"), Doc: "its result waits to be emitted", Null: -1}
	t.State.Fields = append(t.State.Fields, w.Mark)
	w.List = l.names.pick("changed")
	w.Emit = l.names.pick("emit" + exported(w.List))
	if n.Every > 0 {
		w.Due = l.names.pick("due")
	}
	t.Waits = w
}

// come lets a group whose result waits come out: it waits no longer.
func come(g *body, t *p.Table) {
	if t.Waits != nil {
		g.add(&p.Assign{LHS: field(v("g"), t.Waits.Mark.Name), Op: "=", RHS: no})
	}
}
