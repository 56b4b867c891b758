package lower

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
)

// lookupTable lays out the table in which the rows of a subquery are found.
func (l *queryLowering) lookupTable() {
	rel, q := l.rel.Bound, l.q
	t := &p.Table{Name: l.names.pick("found"), Pos: rel.Loc.Start}
	var cols []*bound.Col
	vals := make([]value, len(rel.Key))
	for i, k := range rel.Key {
		cols = append(cols, rel.Cols[k])
		vals[i] = fieldValue("kept", q.Out, q.Out.Fields[k])
	}
	lk := &p.Lookup{Table: t, Name: "find"}
	lk.Key = l.keyFields(t, cols, vals, q.Var+"Key")
	if len(rel.Cols) > len(rel.Key) {
		t.State = q.Out
	} else {
		lk.Name = "has"
	}
	lk.Params = newMembers().pickAll(t.Key)
	q.Lookup = lk
}

// pickAll names parameters after fields.
func (s *scope) pickAll(fields []*p.Field) []string {
	for _, n := range []string{"q", "key", "hash", "e"} {
		s.used[n] = true
	}
	var names []string
	for _, f := range fields {
		names = append(names, s.pick(f.Name))
	}
	return names
}

// lookup finds the row of a subquery for the row at hand.
func (b *body) lookup(e *bound.Lookup, name string) value {
	q := b.l.pl.inner[e.Rel]
	var null p.Expr
	var args []p.Expr
	for _, k := range e.Keys {
		val := b.firmly(k, "key")
		null = p.Or(null, val.null)
		_, x := keyForm(k.Type(), val.x)
		args = append(args, x)
	}
	find := method(field(field(v("q"), "w"), q.Var), q.Lookup.Name, args...)
	if q.Lookup.Name == "has" {
		if null != nil {
			find = p.And(p.Not(null), find)
		}
		return value{x: find}
	}
	hit := b.names.pick(name + "Row")
	if null == nil {
		b.add(&p.Let{Name: hit, X: find})
	} else {
		b.add(&p.Declare{Name: hit, Type: p.GoType{Name: q.Out.Name, Ptr: true}})
		b.add(&p.If{Cond: p.Not(null), Then: []p.Step{&p.Assign{LHS: v(hit), Op: "=", RHS: find}}})
	}
	return b.found(e, q, hit, name)
}

// found computes the value of a look-up from the row that it found, or none.
func (b *body) found(e *bound.Lookup, q *p.Query, hit, name string) value {
	outer := b.env
	inner := &env{cols: map[*bound.Col]*binding{}, time: outer.time}
	for i, c := range e.Rel.Cols {
		inner.cols[c] = &binding{val: fieldValue(hit, q.Out, q.Out.Fields[i]), done: true}
	}
	x := b.names.pick(name)
	b.add(&p.Declare{Name: x, Type: goType(e.T)})
	var isNull string
	if e.Null {
		isNull = b.names.pick(name + "Null")
		b.add(&p.Declare{Name: isNull, Type: builtin("bool")})
	}
	assign := func(val value) {
		if e.Null {
			null := val.null
			if null == nil {
				null = no
			}
			if !isNo(null) {
				b.add(&p.Assign{LHS: v(isNull), Op: "=", RHS: null})
			}
		}
		if !isZero(val.x) && !(val.null != nil && isYes(val.null)) {
			b.add(&p.Assign{LHS: v(x), Op: "=", RHS: val.x})
		}
	}
	then := b.nested(func() {
		b.env = inner
		if e.Once != nil {
			many := binary(">", b.col(e.Once).x, lit("1"))
			b.add(&p.If{Cond: many, Then: []p.Step{&p.Do{X: method(b.fault(), "Set", lit(`"the subquery has more than one row"`))}}})
		}
		assign(b.firmly(e.Value, name))
		b.env = outer
	})
	other := b.nested(func() { assign(b.firmly(e.Absent, name)) })
	b.add(&p.If{Cond: binary("!=", v(hit), lit("nil")), Then: then, Else: other})
	out := value{x: v(x)}
	if e.Null {
		out.null = v(isNull)
	}
	return out
}

func isYes(x p.Expr) bool { return isLit(x, "true") }
func isNo(x p.Expr) bool  { return isLit(x, "false") }

func isLit(x p.Expr, text string) bool {
	l, ok := x.(*p.Lit)
	return ok && l.Text == text
}

// groupText is the comment of a grouping: GROUP BY as it is written, or what asks
// for groups without it, such as EXCEPT.
func (l *queryLowering) groupText(n *plan.Aggregate) string {
	text := l.sqlOf(n.Loc, "")
	if strings.HasPrefix(strings.ToUpper(text), "GROUP BY") {
		return "GROUP BY " + l.sqlOf(n.Loc, "GROUP BY")
	}
	if l.rel.Bound.Kind == bound.Inner && n.Loc == l.rel.Bound.Loc {
		return "the key of the subquery"
	}
	return text
}

// filterText is the comment of a condition: as it is written, or as a subquery or
// a set operation adds it.
func (l *queryLowering) filterText(n *plan.Filter) string {
	text := l.sqlOf(n.Loc, n.Clause)
	switch strings.ToUpper(text) {
	case "EXCEPT", "INTERSECT":
		return text
	}
	if o, ok := n.Cond.(*bound.Operate); ok && o.Op == bound.Not && !strings.HasSuffix(strings.ToUpper(text), "NULL") {
		if in, ok := o.X.(*bound.Operate); ok && in.Op == bound.IsNull {
			if r, ok := in.X.(*bound.Ref); ok {
				text = r.Col.Name
			}
			text += " IS NOT NULL"
		}
	}
	return n.Clause + " " + text
}
