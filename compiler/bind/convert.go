package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/source"
)

// castTo makes e a value of type t: nothing if it is one, a constant if e is a
// constant that converts exactly, else a cast.
func (b *binder) castTo(e bound.Expr, t types.Type, implicit bool) bound.Expr {
	if e.Type().Equal(t) {
		return e
	}
	java := b.rules.JavaCasts
	if c, ok := e.(*bound.Const); ok && (!java || c.IsNull || t.Kind != types.String) {
		if out := foldCast(c, t); out != nil {
			return out
		}
	}
	if t.IsNested() {
		t = b.intern(t, "value") // it may be a new shape
		if e.Type().Kind == t.Kind {
			return b.nestedParts(e, t, implicit, false)
		}
	}
	if t.Kind == types.Timestamp && e.Type().Kind == types.Int {
		e = b.castTo(e, types.Of(types.BigInt), true)
	}
	return &bound.Cast{Node: node(t, e.Nullable(), e.Span()), X: e, Implicit: implicit, Java: java}
}

// convert gives e the type that its place asks for: literals are read as it,
// numbers widened. It returns nil if that is not possible; a literal that cannot
// be read is not reported here. millis allows integers of epoch milliseconds for
// a TIMESTAMP.
func (b *binder) convert(e bound.Expr, t types.Type, millis bool) bound.Expr {
	from := e.Type()
	switch {
	case from.Equal(t):
		return e
	case from.Kind == types.Null:
		return b.castTo(e, t, true)
	}
	if c, ok := isText(e); ok {
		if out, ok := textConst(c.Text, t, c.Loc); ok {
			return out
		}
		return nil
	}
	if common, ok := types.Common(from, t); ok && common.Equal(t) {
		return b.castTo(e, t, true)
	}
	if millis && t.Kind == types.Timestamp && from.IsInteger() {
		return b.castTo(e, t, true)
	}
	return nil
}

// pair brings two operands to a common type. It reports what is wrong, and
// returns nil then.
func (b *binder) pair(x, y bound.Expr, at source.Span, what string) (bound.Expr, bound.Expr) {
	if x, y = b.texts(x, y); x == nil || y == nil {
		return nil, nil
	}
	tx, ty := exactTypes(x, y)
	t, ok := types.Comparable(tx, ty)
	if !ok {
		if types.TooWide(tx, ty) {
			b.errTooWide(at, t, x, y)
		} else {
			b.errCompare(x, y, at, what)
		}
		return nil, nil
	}
	return b.castTo(x, t, true), b.castTo(y, t, true)
}

// texts reads a character literal beside an operand of another type as that
// type.
func (b *binder) texts(x, y bound.Expr) (bound.Expr, bound.Expr) {
	cx, textX := isText(x)
	cy, textY := isText(y)
	if textX != textY {
		x, y = b.isoMillis(x, y), b.isoMillis(y, x)
		x, y = b.partialTime(x, y), b.partialTime(y, x)
		cx, textX = isText(x)
		cy, textY = isText(y)
	}
	switch {
	case b.rules.TypedLiterals && textX != textY && (typed(x) || typed(y)):
		return x, y // which are not comparable
	case textX && !textY:
		return b.textAs(cx, y.Type()), y
	case textY && !textX:
		return x, b.textAs(cy, x.Type())
	}
	return x, y
}

// typed reports a number or a truth value, which a text is not read as where
// literals have types of their own.
func typed(e bound.Expr) bool {
	return e.Type().IsNumeric() || e.Type().Kind == types.Boolean
}

// isoMillis takes the cast off a system column that is a time in milliseconds
// (ROWTIME, WINDOWSTART) when it stands beside a literal that spells a time.
func (b *binder) isoMillis(e, beside bound.Expr) bound.Expr {
	c, ok := e.(*bound.Cast)
	text, isLit := isText(beside)
	if !ok || !isLit || !c.Implicit || c.X.Type().Kind != types.Timestamp || c.T.Kind != types.BigInt {
		return e
	}
	if _, ok := textConst(text.Text, c.X.Type(), text.Loc); !ok {
		if _, ok = completeTime(text.Text); !ok || !b.rules.PartialTimes {
			return e
		}
	}
	return c.X
}

// partialTime completes a literal that spells the beginning of a time and stands
// beside a time that every row has, in a dialect that allows it.
func (b *binder) partialTime(e, beside bound.Expr) bound.Expr {
	text, ok := isText(e)
	if !ok || !b.rules.PartialTimes || beside.Type().Kind != types.Timestamp {
		return e
	}
	if r, isRef := beside.(*bound.Ref); !isRef || systemColumns[strings.ToLower(r.Col.Name)].name == "" {
		return e
	}
	if _, whole := textConst(text.Text, beside.Type(), text.Loc); whole {
		return e
	}
	if full, partial := completeTime(text.Text); partial {
		if c, ok := textConst(full, beside.Type(), text.Loc); ok {
			return c
		}
	}
	return e
}

// completeTime makes a whole time of the beginning of one: the rest is what comes
// first, as January and midnight do.
func completeTime(text string) (string, bool) {
	const first = "0000-01-01T00:00:00"
	date, zone := text, ""
	if i := strings.LastIndexAny(text, "+Zz"); i >= 0 {
		date, zone = text[:i], text[i:]
	}
	switch len(date) {
	case len("2006"), len("2006-01"), len("2006-01-02"), len("2006-01-02T15"), len("2006-01-02T15:04"), len(first):
		return date + first[len(date):] + zone, true
	}
	return "", false
}

// textAs reads a literal as a type, reporting one that cannot be read. Numbers
// get the smallest type, so that '1.5' beside an INT is 1.5.
func (b *binder) textAs(c *bound.Const, t types.Type) bound.Expr {
	if t.Kind == types.String || t.Kind == types.Null || t.Kind == types.Bytes || t.Kind == types.Interval {
		return c
	}
	if t.IsInteger() || t.Kind == types.Decimal {
		if _, ok := textConst(c.Text, types.Dec(38, 19), c.Loc); ok {
			if n := numberConst(strings.TrimSpace(c.Text), false, c.Loc); n != nil {
				return n
			}
		}
	}
	if out, ok := textConst(c.Text, t, c.Loc); ok {
		return out
	}
	b.errLiteral(c, t)
	return nil
}

// exactTypes are the types of two operands, where an integer constant beside a
// DECIMAL counts as the smallest decimal that holds it.
func exactTypes(x, y bound.Expr) (types.Type, types.Type) {
	tx, ty := x.Type(), y.Type()
	if c, ok := x.(*bound.Const); ok && ty.Kind == types.Decimal && tx.IsInteger() && !c.IsNull {
		tx = smallest(c)
	}
	if c, ok := y.(*bound.Const); ok && tx.Kind == types.Decimal && ty.IsInteger() && !c.IsNull {
		ty = smallest(c)
	}
	return tx, ty
}

// meet brings several values to one type, for CASE, IN and the like. It returns
// false after reporting why there is none.
func (b *binder) meet(list []bound.Expr, what string) (types.Type, bool) {
	t := types.Of(types.Null)
	var first bound.Expr
	for _, e := range list {
		if _, text := isText(e); text {
			continue
		}
		next, ok := types.Common(t, e.Type())
		if c, isConst := e.(*bound.Const); isConst && t.Kind == types.Decimal && e.Type().IsInteger() && !c.IsNull {
			next, ok = types.Common(t, smallest(c))
		}
		if !ok {
			b.errMeet(e, first, what)
			return t, false
		}
		if first == nil && e.Type().Kind != types.Null {
			first = e
		}
		t = next
	}
	if t.Kind == types.Null {
		for _, e := range list {
			if _, text := isText(e); text {
				t = types.Of(types.String)
			}
		}
	}
	t = b.intern(t, "value") // what structs have in common may be a new shape
	for i, e := range list {
		if c, text := isText(e); text && t.Kind != types.String {
			out, ok := textConst(c.Text, t, c.Loc)
			if n := numberConst(strings.TrimSpace(c.Text), false, c.Loc); !ok && t.IsInteger() && n != nil {
				list[i] = b.castTo(n, t, false) // 2e1
				continue
			}
			if !ok {
				b.errLiteral(c, t)
				return t, false
			}
			list[i] = out
			continue
		}
		list[i] = b.castTo(e, t, true)
	}
	return t, true
}
