package bind

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// tuple is one side of a comparison of rows: (a, b) or, in a row, a value.
type tuple struct {
	loc   source.Span
	value bound.Expr // nil for a row
	elems []*tuple
}

func asRow(e ast.Expr) (*ast.Row, bool) {
	r, ok := unparen(e).(*ast.Row)
	return r, ok
}

// tuple binds a row, and a value as a tuple without elements.
func (x *env) tuple(e ast.Expr) *tuple {
	r, ok := asRow(e)
	if !ok {
		v := x.expr(e)
		if v == nil {
			return nil
		}
		return &tuple{loc: e.Span(), value: v}
	}
	t := &tuple{loc: r.Loc}
	good := true
	for _, el := range r.Elems {
		et := x.tuple(el)
		good = good && et != nil
		t.elems = append(t.elems, et)
	}
	if !good {
		return nil
	}
	return t
}

// pairUp checks that two sides have the same shape.
func (x *env) pairUp(l, r *tuple, what string) bool {
	switch {
	case (l.value == nil) != (r.value == nil), len(l.elems) != len(r.elems):
		x.b.diags.Add(diag.Diagnostic{
			Code: diag.RowShape, Span: r.loc, Msg: fmt.Sprintf("%s compares %s with %s", what, l.shape(), r.shape()),
			Labels: []diag.Label{{Span: l.loc, Msg: l.shape()}},
			Hint:   "give both sides the same number of values",
		})
		x.ok = false
		return false
	}
	for i := range l.elems {
		if !x.pairUp(l.elems[i], r.elems[i], what) {
			return false
		}
	}
	return true
}

func (t *tuple) shape() string {
	if t.value != nil {
		return "one value"
	}
	return "a row of " + plural(len(t.elems), "value")
}

// rowBinary compares two rows; it reports false if neither side is a row.
func (x *env) rowBinary(e *ast.Binary) (bound.Expr, bool) {
	_, left := asRow(e.X)
	_, right := asRow(e.Y)
	op, comparison := comparisons[e.Op]
	if !left && !right || !comparison {
		return nil, false
	}
	l, r := x.tuple(e.X), x.tuple(e.Y)
	if l == nil || r == nil || !x.pairUp(l, r, e.Op) {
		return nil, true
	}
	return x.compareTuples(op, l, r, e.Loc, e.Op), true
}

// compareTuples compares from left to right: the first pair that differs
// decides. A NULL leaves the result open only where it is reached, as the
// operators AND and OR have it.
func (x *env) compareTuples(op bound.Op, l, r *tuple, loc source.Span, what string) bound.Expr {
	if l.value != nil {
		out := x.b.compare(op, l.value, r.value, loc, r.loc, what)
		if out == nil {
			x.ok = false
		}
		return out
	}
	strict := op
	switch op {
	case bound.Le:
		strict = bound.Lt
	case bound.Ge:
		strict = bound.Gt
	}
	var out bound.Expr
	for i := len(l.elems) - 1; i >= 0; i-- {
		a, b := l.elems[i], r.elems[i]
		switch {
		case out == nil:
			out = x.compareTuples(op, a, b, loc, what)
		case op == bound.Eq || op == bound.Ne:
			next := x.compareTuples(op, a, b, loc, what)
			if next == nil || out == nil {
				return nil
			}
			out = logical(op == bound.Ne, next, out, loc)
		default:
			first, same := x.compareTuples(strict, a, b, loc, what), x.compareTuples(bound.Eq, a, b, loc, what)
			if first == nil || same == nil || out == nil {
				return nil
			}
			out = logical(true, first, logical(false, same, out, loc), loc)
		}
		if out == nil {
			return nil
		}
	}
	return out
}

// orFail notes that an expression has a mistake.
func (x *env) orFail(e bound.Expr) bound.Expr {
	if e == nil {
		x.ok = false
	}
	return e
}

// logical is x OR y, or x AND y.
func logical(or bool, x, y bound.Expr, loc source.Span) bound.Expr {
	op := bound.And
	if or {
		op = bound.Or
	}
	return operate(op, boolean, x.Nullable() || y.Nullable(), loc, x, y)
}

// rowIn binds (a, b) IN ((1, 2), ..) as a chain of comparisons.
func (x *env) rowIn(e *ast.In) bound.Expr {
	v := x.tuple(e.X)
	var out bound.Expr
	ok := v != nil
	for _, it := range e.List {
		t := x.tuple(it)
		if t == nil || v == nil || !x.pairUp(v, t, "IN") {
			ok = false
			continue
		}
		same := x.compareTuples(bound.Eq, v, t, it.Span(), "IN")
		switch {
		case same == nil:
			ok = false
		case out == nil:
			out = same
		default:
			out = logical(true, out, same, e.Loc)
		}
	}
	if !ok || out == nil {
		return nil
	}
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// rowIs binds the IS forms of rows: a row IS NULL if all its values are, and IS
// NOT NULL if none is.
func (x *env) rowIs(e *ast.Is) bound.Expr {
	l := x.tuple(e.X)
	if l == nil {
		return nil
	}
	switch e.What {
	case "NULL":
		return l.allNull(e.Not, e.Loc)
	case "DISTINCT FROM":
		r := x.tuple(e.Y)
		if r == nil || !x.pairUp(l, r, "IS DISTINCT FROM") {
			return nil
		}
		same := x.notDistinct(l, r, e.Loc)
		if same == nil || e.Not {
			return same
		}
		return not(same, e.Loc)
	}
	x.b.refuse(diag.NestedValue, l.loc, "IS "+e.What+" of a row", "compare the columns one by one")
	return nil
}

func (t *tuple) allNull(none bool, loc source.Span) bound.Expr {
	if t.value != nil {
		var out bound.Expr = operate(bound.IsNull, boolean, false, loc, t.value, nil)
		if none {
			out = not(out, loc)
		}
		return out
	}
	var out bound.Expr
	for _, el := range t.elems {
		next := el.allNull(none, loc)
		if out == nil {
			out = next
		} else {
			out = logical(false, out, next, loc)
		}
	}
	return out
}

func (x *env) notDistinct(l, r *tuple, loc source.Span) bound.Expr {
	if l.value != nil {
		a, b := x.b.pair(l.value, r.value, loc, "IS DISTINCT FROM")
		if a == nil || b == nil {
			return nil
		}
		return operate(bound.NotDistinct, boolean, false, loc, a, b)
	}
	var out bound.Expr
	for i := range l.elems {
		next := x.notDistinct(l.elems[i], r.elems[i], loc)
		if next == nil {
			return nil
		}
		if out == nil {
			out = next
		} else {
			out = logical(false, out, next, loc)
		}
	}
	return out
}

// rowBetween binds rows in BETWEEN.
func (x *env) rowBetween(e *ast.Between) bound.Expr {
	v, lo, hi := x.tuple(e.X), x.tuple(e.Low), x.tuple(e.High)
	if v == nil || lo == nil || hi == nil || !x.pairUp(v, lo, "BETWEEN") || !x.pairUp(v, hi, "BETWEEN") {
		return nil
	}
	within := func(lo, hi *tuple) bound.Expr {
		l := x.compareTuples(bound.Ge, v, lo, e.Loc, "BETWEEN")
		r := x.compareTuples(bound.Le, v, hi, e.Loc, "BETWEEN")
		if l == nil || r == nil {
			return nil
		}
		return logical(false, l, r, e.Loc)
	}
	out := within(lo, hi)
	if out != nil && e.Symmetric {
		other := within(hi, lo)
		if other == nil {
			return nil
		}
		out = logical(true, out, other, e.Loc)
	}
	if out != nil && e.Not {
		return not(out, e.Loc)
	}
	return out
}
