package lower

import (
	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/plan"
	"github.com/velocsql/veloc/compiler/types"
)

// exchanged reports a table whose groups must each be owned by one worker,
// because rows have to reach them in order: every change is emitted, windows
// close, or an aggregate does not merge.
func exchanged(t *p.Table) bool {
	return t.State != nil && (!t.Final || t.Window != nil || !mergeable(t))
}

// exchange ends the function of b by sending keys and arguments to the worker
// that owns the key, and begins the function that takes them there. args, keys
// and time are rewritten to what that function reads.
func (l *queryLowering) exchange(b *body, n *plan.Aggregate, t *p.Table, prefix string, args []aggArgs, keys []value, at *p.Expr) *body {
	row := &p.Struct{Name: l.pl.names.pick(prefix + "Update"), Doc: prefix + "Update is what a row changes in its group."}
	x := &exchangeRow{row: row, names: newMembers(), byText: map[string]*p.Field{}}
	x.names.used["nulls"] = true
	emit := &p.Emit{Out: row}
	for i, k := range n.Keys {
		keys[i] = x.put(emit, k.Col.Name, k.Col.SQL, k.Expr.Type(), keys[i])
	}
	t.ExchangeKeys = len(row.Fields)
	for i, a := range n.Aggs {
		x.putArgs(emit, l.aggName(a), a, &args[i])
	}
	l.q.Structs = append(l.q.Structs, row)
	name := "update"
	if len(l.q.Tables) > 1 {
		name += exported(t.Name)
	} else {
		delete(l.names.used, name)
	}
	u := l.newFunc(p.Row, name, "")
	u.fn.In = row
	u.fn.Owner = t
	t.Exchange = u.fn
	if *at != nil {
		*at = x.put(emit, "t", "event time", types.Of(types.Timestamp), value{x: *at}).x
		u.env.time = *at
	}
	emit.To = u.fn
	b.add(emit)
	return u
}

// exchangeRow lays out the struct that crosses an exchange. A value that is
// sent already is not sent twice.
type exchangeRow struct {
	row    *p.Struct
	names  *scope
	byText map[string]*p.Field
}

// putArgs puts what a row brings to an aggregate into the row: its arguments but
// constants, which stand where they are used, and whether it counts.
func (x *exchangeRow) putArgs(e *p.Emit, name string, a *bound.Agg, in *aggArgs) {
	for j := range in.vals {
		if _, isConst := a.Args[j].(*bound.Const); !isConst {
			in.vals[j] = x.put(e, name, "argument of "+a.Col.SQL, a.Args[j].Type(), in.vals[j])
		}
	}
	if in.filter != nil {
		in.filter = x.put(e, name+"Counts", "FILTER of "+a.Col.SQL, types.Of(types.Boolean), value{x: in.filter}).x
	}
}

func (x *exchangeRow) put(e *p.Emit, name, doc string, t types.Type, val value) value {
	if sel, ok := val.x.(*p.Select); ok && name != "t" {
		name = sel.Name
	}
	text := p.Text(val.x)
	if val.null != nil {
		text += " unless " + p.Text(val.null)
	}
	f := x.byText[text]
	if f == nil {
		f = &p.Field{Name: x.names.pick(unexported(name)), Doc: doc, Type: goType(t), SQL: t, Null: -1}
		if val.null != nil {
			f.Null = x.row.NullBits
			x.row.NullBits++
		}
		x.byText[text] = f
		x.row.Fields = append(x.row.Fields, f)
		e.Sets = append(e.Sets, p.Set{Field: f, X: val.x, Null: val.null})
	}
	return fieldValue("in", x.row, f)
}
