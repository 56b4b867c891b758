package lower

import (
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

// value is a lowered expression: its Go value and when it is NULL (nil: never).
// The Go value of a NULL is the zero value of its type.
type value struct {
	x    p.Expr
	null p.Expr
}

// binding is what a column stands for inside a function.
type binding struct {
	val  value
	done bool
	// lazy columns are computed at their first use, in the environment where
	// they were defined.
	expr bound.Expr
	env  *env
	name string
	// make computes the value instead of expr.
	make func() value
	// loose: the Go value of a NULL need not be the zero value.
	loose bool
}

// env maps columns to values inside one function.
type env struct {
	cols map[*bound.Col]*binding
	// time is the event time of the current row; nil if nobody needs it.
	time p.Expr
	// start and end are the bounds of the window that the current row is the
	// result of; nil if it is of none.
	start, end p.Expr
}

func newEnv() *env { return &env{cols: map[*bound.Col]*binding{}} }

// body builds the steps of one function.
type body struct {
	l     *queryLowering
	fn    *p.Func
	steps []p.Step
	names *scope
	env   *env
	// used are the decoded columns that are read.
	used map[*p.Field]bool
	// pending: an expression since the last check may have failed.
	pending bool
	// failed is the variable that says that a part of the attempt at hand has
	// failed; nil if there is none.
	failed *p.Var
	// settleRow gives names to the values of the row at hand so far; nil if there is
	// none.
	settleRow func()
	// at is the place of the expression being lowered, failing that of the first
	// one since the last check that may fail.
	at, failing source.Pos
	// change is what there is to know of a row that replaces an earlier one; nil
	// for rows that are new.
	change *change
	// empty is the condition under which the group at hand has no rows and takes
	// its row back; nil: it never does.
	empty p.Expr
	// keyed: the function looks a group or a row up already.
	keyed bool
}

func (b *body) add(s ...p.Step) { b.steps = append(b.steps, s...) }

// nested runs build with a fresh list of steps and returns that list.
func (b *body) nested(build func()) []p.Step {
	saved := b.steps
	b.steps = nil
	build()
	out := b.steps
	b.steps = saved
	return out
}

func v(name string) *p.Var { return &p.Var{Name: name} }

func lit(text string) *p.Lit { return &p.Lit{Text: text} }

func intLit(n int64) *p.Lit { return &p.Lit{Text: strconv.FormatInt(n, 10)} }

func field(x p.Expr, name string) *p.Select { return &p.Select{X: x, Name: name} }

func binary(op string, x, y p.Expr) p.Expr { return &p.Binary{Op: op, X: x, Y: y} }

func call(path, name string, args ...p.Expr) p.Expr {
	return &p.Call{Path: path, Name: name, Args: args}
}

func method(x p.Expr, name string, args ...p.Expr) p.Expr {
	return &p.Method{X: x, Name: name, Args: args}
}

func conv(t p.GoType, x p.Expr) p.Expr { return &p.Conv{T: t, X: x} }

var yes, no = lit("true"), lit("false")

// simple reports whether an expression may be written twice: it costs nothing
// and cannot fail.
func simple(x p.Expr) bool {
	switch x := x.(type) {
	case *p.Var, *p.Lit, *p.Symbol:
		return true
	case *p.Select:
		return simple(x.X)
	}
	return false
}

// let gives an expression a name unless it is simple already.
func (b *body) let(name string, x p.Expr) p.Expr {
	if simple(x) {
		return x
	}
	n := b.names.pick(name)
	b.add(&p.Let{Name: n, X: x})
	return v(n)
}

// fault returns the argument that failing functions take.
func (b *body) fault() p.Expr {
	b.fn.UsesFault = true
	if !b.pending {
		b.failing = b.at
	}
	b.pending = true
	return v("f")
}

// checkFault rejects the record if an expression since the last check failed.
func (b *body) checkFault(pos source.Pos) {
	if !b.pending {
		return
	}
	b.pending = false
	if b.failing != 0 {
		pos = b.failing
	}
	b.add(&p.CheckFault{Pos: pos, Group: b.fn.Kind == p.PerGroup || b.fn.Kind == p.PerSorted})
}

// clause starts the steps of an SQL clause.
func (b *body) clause(text string, pos source.Pos) { b.add(&p.Clause{Text: text, Pos: pos}) }

// guarded evaluates build only where null is false, because it could fail on
// the zero value that stands for NULL.
func (b *body) guarded(name string, t types.Type, null p.Expr, build func() p.Expr) p.Expr {
	if null == nil {
		return build()
	}
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(t)})
	var x p.Expr
	then := b.nested(func() { x = build() })
	then = append(then, &p.Assign{LHS: v(n), Op: "=", RHS: x})
	b.add(&p.If{Cond: p.Not(null), Then: then})
	return v(n)
}

// col returns the value of a column, computing a lazy one.
func (b *body) col(c *bound.Col) value {
	bd := b.env.cols[c]
	if bd == nil {
		panic("lower: column " + c.Name + " is not in scope")
	}
	if !bd.done && bd.make != nil {
		bd.val = bd.make()
		bd.done = true
	}
	if !bd.done {
		saved := b.env
		b.env = bd.env
		bd.val = b.expr(bd.expr, bd.name)
		b.env = saved
		bd.done = true
	}
	b.markUsed(bd.val.x)
	return bd.val
}

// markUsed notes that a decoded column is read.
func (b *body) markUsed(x p.Expr) {
	s, ok := x.(*p.Select)
	if !ok || b.fn.In == nil {
		return
	}
	if in, ok := s.X.(*p.Var); !ok || in.Name != "in" {
		return
	}
	for _, f := range b.fn.In.Fields {
		if f.Name == s.Name {
			b.used[f] = true
		}
	}
}
