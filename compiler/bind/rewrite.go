package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
)

// rewrite copies an expression with parts replaced: where f reports true, its
// result stands instead of the part, else the part's own parts are rewritten. A
// part is replaced by one of the same type that is NULL in the same cases.
func rewrite(e bound.Expr, f func(bound.Expr) (bound.Expr, bool)) bound.Expr {
	if out, ok := f(e); ok {
		return out
	}
	switch e := e.(type) {
	case *bound.Ref, *bound.Const:
		return e
	case *bound.Operate:
		c := *e
		c.X = rewrite(e.X, f)
		if e.Y != nil {
			c.Y = rewrite(e.Y, f)
		}
		return &c
	case *bound.Case:
		c := *e
		c.Else = rewrite(e.Else, f)
		c.Whens = make([]bound.When, len(e.Whens))
		for i, w := range e.Whens {
			c.Whens[i] = bound.When{Cond: rewrite(w.Cond, f), Then: rewrite(w.Then, f)}
		}
		return &c
	case *bound.In:
		c := *e
		c.X, c.List = rewrite(e.X, f), rewriteAll(e.List, f)
		return &c
	case *bound.Like:
		c := *e
		c.X, c.Pattern = rewrite(e.X, f), rewrite(e.Pattern, f)
		return &c
	case *bound.Extreme:
		c := *e
		c.Args = rewriteAll(e.Args, f)
		return &c
	case *bound.Cast:
		c := *e
		c.X = rewrite(e.X, f)
		return &c
	case *bound.Attempt:
		c := *e
		c.X = rewrite(e.X, f)
		return &c
	case *bound.Call:
		c := *e
		c.Args = rewriteAll(e.Args, f)
		return &c
	case *bound.Lookup:
		c := *e
		c.Keys = rewriteAll(e.Keys, f)
		return &c
	case *bound.Field:
		c := *e
		c.X = rewrite(e.X, f)
		return &c
	case *bound.Item:
		c := *e
		c.X, c.I = rewrite(e.X, f), rewrite(e.I, f)
		return &c
	case *bound.Build:
		c := *e
		c.Args = rewriteAll(e.Args, f)
		return &c
	case *bound.Each:
		c := *e
		c.X, c.Body = rewrite(e.X, f), rewrite(e.Body, f)
		if e.Init != nil {
			c.Init = rewrite(e.Init, f)
		}
		if e.Value != nil {
			c.Value = rewrite(e.Value, f)
		}
		return &c
	}
	panic(fmt.Sprintf("bind: unknown expression %T", e))
}

func rewriteAll(list []bound.Expr, f func(bound.Expr) (bound.Expr, bool)) []bound.Expr {
	out := make([]bound.Expr, len(list))
	for i, e := range list {
		out[i] = rewrite(e, f)
	}
	return out
}

func anyNull(list []bound.Expr) bool {
	for _, e := range list {
		if e.Nullable() {
			return true
		}
	}
	return false
}

func allNull(list []bound.Expr) bool {
	for _, e := range list {
		if !e.Nullable() {
			return false
		}
	}
	return true
}

// mentions reports whether an expression reads a column.
func mentions(e bound.Expr, c *bound.Col) bool {
	found := false
	rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
		if r, ok := e.(*bound.Ref); ok && r.Col == c {
			found = true
		}
		return nil, false
	})
	return found
}

// size counts the parts of an expression.
func size(e bound.Expr) int {
	n := 0
	rewrite(e, func(bound.Expr) (bound.Expr, bool) {
		n++
		return nil, false
	})
	return n
}

// equal reports whether two expressions compute the same by the same steps.
func equal(a, b bound.Expr) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || !a.Type().Equal(b.Type()) {
		return false
	}
	switch a := a.(type) {
	case *bound.Ref:
		b, ok := b.(*bound.Ref)
		return ok && a.Col == b.Col
	case *bound.Const:
		b, ok := b.(*bound.Const)
		return ok && a.IsNull == b.IsNull && a.Bool == b.Bool && a.Int == b.Int && a.Float == b.Float && a.Dec == b.Dec && a.Text == b.Text && a.Interval == b.Interval
	case *bound.Operate:
		b, ok := b.(*bound.Operate)
		return ok && a.Op == b.Op && equal(a.X, b.X) && (a.Y == nil || equal(a.Y, b.Y))
	case *bound.Case:
		b, ok := b.(*bound.Case)
		if !ok || len(a.Whens) != len(b.Whens) || !equal(a.Else, b.Else) {
			return false
		}
		for i := range a.Whens {
			if !equal(a.Whens[i].Cond, b.Whens[i].Cond) || !equal(a.Whens[i].Then, b.Whens[i].Then) {
				return false
			}
		}
		return true
	case *bound.In:
		b, ok := b.(*bound.In)
		return ok && equal(a.X, b.X) && equalAll(a.List, b.List)
	case *bound.Like:
		b, ok := b.(*bound.Like)
		return ok && a.Escape == b.Escape && a.Fold == b.Fold && equal(a.X, b.X) && equal(a.Pattern, b.Pattern)
	case *bound.Extreme:
		b, ok := b.(*bound.Extreme)
		return ok && a.Least == b.Least && equalAll(a.Args, b.Args)
	case *bound.Cast:
		b, ok := b.(*bound.Cast)
		return ok && a.Try == b.Try && equal(a.X, b.X)
	case *bound.Attempt:
		b, ok := b.(*bound.Attempt)
		return ok && equal(a.X, b.X)
	case *bound.Call:
		b, ok := b.(*bound.Call)
		return ok && a.Overload == b.Overload && equalAll(a.Args, b.Args)
	case *bound.Lookup:
		b, ok := b.(*bound.Lookup)
		return ok && a.Rel == b.Rel && a.Once == b.Once && equalAll(a.Keys, b.Keys) && equal(a.Value, b.Value) && equal(a.Absent, b.Absent)
	case *bound.Field:
		b, ok := b.(*bound.Field)
		return ok && a.Index == b.Index && equal(a.X, b.X)
	case *bound.Item:
		b, ok := b.(*bound.Item)
		return ok && equal(a.X, b.X) && equal(a.I, b.I)
	case *bound.Build:
		b, ok := b.(*bound.Build)
		return ok && equalAll(a.Args, b.Args)
	case *bound.Each:
		b, ok := b.(*bound.Each)
		return ok && equalEach(a, b)
	}
	panic(fmt.Sprintf("bind: unknown expression %T", a))
}

func equalAll(a, b []bound.Expr) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// equalEach compares lambdas without regard to the names of their parameters.
func equalEach(a, b *bound.Each) bool {
	if a.Form != b.Form || !equal(a.X, b.X) || len(a.Params) != len(b.Params) || (a.Init == nil) != (b.Init == nil) || (a.Value == nil) != (b.Value == nil) {
		return false
	}
	renamed := func(e bound.Expr) bound.Expr {
		return rewrite(e, func(e bound.Expr) (bound.Expr, bool) {
			r, ok := e.(*bound.Ref)
			if !ok {
				return nil, false
			}
			for i, p := range b.Params {
				if r.Col == p {
					return ref(a.Params[i], r.Loc), true
				}
			}
			if b.State != nil && r.Col == b.State {
				return ref(a.State, r.Loc), true
			}
			return nil, false
		})
	}
	return equal(a.Body, renamed(b.Body)) && (a.Init == nil || equal(a.Init, b.Init)) && (a.Value == nil || equal(a.Value, renamed(b.Value)))
}
