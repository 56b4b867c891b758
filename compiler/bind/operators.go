package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// comparisons and the other binary operators by their spelling.
var (
	comparisons = map[string]bound.Op{"=": bound.Eq, "<>": bound.Ne, "!=": bound.Ne, "<": bound.Lt, "<=": bound.Le, ">": bound.Gt, ">=": bound.Ge}
	arithmetic  = map[string]bound.Op{"+": bound.Add, "-": bound.Sub, "*": bound.Mul, "/": bound.Div, "%": bound.Mod, "DIV": bound.IntDiv, "^": bound.Pow}
)

func operate(op bound.Op, t types.Type, null bool, loc source.Span, x, y bound.Expr) *bound.Operate {
	return &bound.Operate{Node: node(t, null, loc), Op: op, X: x, Y: y}
}

var boolean = types.Of(types.Boolean)

func not(e bound.Expr, loc source.Span) bound.Expr {
	return operate(bound.Not, boolean, e.Nullable(), loc, e, nil)
}

// unary binds -x, +x and NOT x.
func (x *env) unary(u *ast.Unary) bound.Expr {
	if u.Op == "NOT" {
		e := x.boolean(u.X, "NOT")
		if e == nil {
			return nil
		}
		return not(e, u.Loc)
	}
	if n, ok := unparen(u.X).(*ast.NumberLit); ok && u.Op == "-" {
		if c := numberConst("-"+n.Text, n.Exponent, u.Loc); c != nil {
			return c
		}
	}
	e := x.expr(u.X)
	if e == nil {
		return nil
	}
	if u.Op == "~" {
		f, _ := findFunc("bitnot")
		return x.resolve(f, []bound.Expr{e}, u.Loc, u.Loc)
	}
	t := e.Type()
	if !t.IsNumeric() && t.Kind != types.Interval && t.Kind != types.Null {
		x.b.errOperand(u.Op, e, u.Loc)
		return nil
	}
	if u.Op == "+" || t.Kind == types.Null {
		return e
	}
	if c, ok := e.(*bound.Const); ok {
		if out := negated(c, u.Loc); out != nil {
			return out
		}
	}
	return operate(bound.Neg, t, e.Nullable(), u.Loc, e, nil)
}

// negated folds the negation of a constant.
func negated(c *bound.Const, loc source.Span) bound.Expr {
	if c.IsNull {
		return c
	}
	switch c.T.Kind {
	case types.Interval:
		out := *c
		out.Loc = loc
		out.Interval = bound.Interval{Months: -c.Interval.Months, Days: -c.Interval.Days, Micros: -c.Interval.Micros}
		return &out
	case types.Double, types.Float:
		out := *c
		out.Loc, out.Float = loc, -c.Float
		return &out
	}
	text := constText(c)
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		text = rest
	} else {
		text = "-" + text
	}
	if n := numberConst(text, false, loc); n != nil {
		return n
	}
	return nil
}

// binary binds an infix operator.
func (x *env) binary(e *ast.Binary) bound.Expr {
	switch e.Op {
	case "AND", "OR":
		return x.logical(e)
	}
	if out, ok := x.rowBinary(e); ok {
		if out == nil {
			x.ok = false
			return nil
		}
		return out
	}
	l, r := x.expr(e.X), x.expr(e.Y)
	if l == nil || r == nil {
		return nil
	}
	var out bound.Expr
	if op, ok := comparisons[e.Op]; ok {
		out = x.b.decided(x.b.compare(op, l, r, e.Loc, e.OpLoc, e.Op))
	} else if op, ok := arithmetic[e.Op]; ok {
		out = x.b.arith(op, l, r, e)
	} else if e.Op == "||" {
		out = x.b.concat(l, r, e)
	} else if fn, ok := bitwise[e.Op]; ok {
		f, _ := findFunc(fn)
		out = x.resolve(f, []bound.Expr{l, r}, e.Loc, e.OpLoc)
	} else {
		out = x.match(e, l, r)
	}
	if out == nil {
		x.ok = false
		return nil
	}
	return out
}

// bitwise are the functions that operators on bits stand for.
var bitwise = map[string]string{"&": "bitand", "|": "bitor", "#": "bitxor", "<<": "shiftleft", ">>": "shiftright"}

func (x *env) logical(e *ast.Binary) bound.Expr {
	l, r := x.boolean(e.X, e.Op), x.boolean(e.Y, e.Op)
	if l == nil || r == nil {
		return nil
	}
	op := bound.And
	if e.Op == "OR" {
		op = bound.Or
	}
	return operate(op, boolean, l.Nullable() || r.Nullable(), e.Loc, l, r)
}

// compare brings two operands to a common type and compares them.
func (b *binder) compare(op bound.Op, x, y bound.Expr, loc, at source.Span, what string) bound.Expr {
	if x, y = b.pair(x, y, at, what); x == nil || y == nil {
		return nil
	}
	if b.rules.PlainNested && x.Type().IsNested() && (op == bound.Lt || op == bound.Le || op == bound.Gt || op == bound.Ge) {
		b.errNestedOrder(x, at, what)
		return nil
	}
	return operate(op, boolean, x.Nullable() || y.Nullable(), loc, x, y)
}

// decided is a comparison that is FALSE where an operand is NULL, in a dialect that
// knows no third truth value there.
func (b *binder) decided(e bound.Expr) bound.Expr {
	if e == nil || !b.rules.ComparesNulls || !e.Nullable() {
		return e
	}
	return operate(bound.IsTrue, boolean, false, e.Span(), e, nil)
}

// concat binds ||; what is no text is cast.
func (b *binder) concat(x, y bound.Expr, e *ast.Binary) bound.Expr {
	if x.Type().Kind == types.Array && (y.Type().Kind == types.Array || y.Type().Kind == types.Null) || x.Type().Kind == types.Null && y.Type().Kind == types.Array {
		return b.concatArrays(x, y, e)
	}
	str := types.Of(types.String)
	for _, o := range []*bound.Expr{&x, &y} {
		if !types.CanCast((*o).Type(), str) || (*o).Type().Kind == types.Bytes {
			b.errOperand("||", *o, e.OpLoc)
			return nil
		}
		*o = b.castTo(*o, str, true)
	}
	return operate(bound.Concat, str, x.Nullable() || y.Nullable(), e.Loc, x, y)
}

// match binds ~ and its kin as calls of REGEXP_LIKE.
func (x *env) match(e *ast.Binary, l, r bound.Expr) bound.Expr {
	if strings.HasSuffix(e.Op, "*") {
		c, ok := isText(r)
		if !ok {
			x.b.errFoldPattern(r)
			return nil
		}
		folded := *c
		folded.Text = "(?i)" + c.Text
		r = &folded
	}
	for _, name := range []string{"regexp_like", "regexp_matches", "regexp_match"} {
		f, ok := findFunc(name)
		if !ok {
			continue
		}
		out := x.resolve(f, []bound.Expr{l, r}, e.Loc, e.OpLoc)
		if out != nil && strings.HasPrefix(e.Op, "!") {
			return not(out, e.Loc)
		}
		return out
	}
	x.b.errUnknownFunction(ast.Ident{Loc: e.OpLoc, Name: "regexp_like"})
	return nil
}

// is binds the IS forms, which are never NULL.
func (x *env) is(e *ast.Is) bound.Expr {
	if _, row := asRow(e.X); row {
		return x.orFail(x.rowIs(e))
	}
	var out bound.Expr
	switch e.What {
	case "JSON", "JSON OBJECT", "JSON ARRAY", "JSON SCALAR", "JSON VALUE":
		return x.isJSON(e)
	case "UNKNOWN":
		l := x.boolean(e.X, "IS UNKNOWN")
		if l == nil {
			return nil
		}
		out = operate(bound.IsNull, boolean, false, e.Loc, l, nil)
	case "NULL":
		l := x.expr(e.X)
		if l == nil {
			return nil
		}
		out = operate(bound.IsNull, boolean, false, e.Loc, l, nil)
	case "TRUE", "FALSE":
		l := x.boolean(e.X, "IS "+e.What)
		if l == nil {
			return nil
		}
		op := bound.IsTrue
		if e.What == "FALSE" {
			op = bound.IsFalse
		}
		out = operate(op, boolean, false, e.Loc, l, nil)
	case "DISTINCT FROM":
		l, r := x.expr(e.X), x.expr(e.Y)
		if l == nil || r == nil {
			return nil
		}
		if l, r = x.b.pair(l, r, e.Loc, "IS DISTINCT FROM"); l == nil {
			x.ok = false
			return nil
		}
		same := operate(bound.NotDistinct, boolean, false, e.Loc, l, r)
		if e.Not {
			return same
		}
		return not(same, e.Loc)
	default:
		panic("bind: unknown IS " + e.What)
	}
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// between binds x BETWEEN a AND b as x >= a AND x <= b.
func (x *env) between(e *ast.Between) bound.Expr {
	if _, row := asRow(e.X); row {
		return x.orFail(x.rowBetween(e))
	}
	v, lo, hi := x.expr(e.X), x.expr(e.Low), x.expr(e.High)
	if v == nil || lo == nil || hi == nil {
		return nil
	}
	within := func(lo, hi bound.Expr) bound.Expr {
		l := x.b.decided(x.b.compare(bound.Ge, v, lo, e.Loc, lo.Span(), "BETWEEN"))
		r := x.b.decided(x.b.compare(bound.Le, v, hi, e.Loc, hi.Span(), "BETWEEN"))
		if l == nil || r == nil {
			x.ok = false
			return nil
		}
		return operate(bound.And, boolean, l.Nullable() || r.Nullable(), e.Loc, l, r)
	}
	out := within(lo, hi)
	if out != nil && e.Symmetric {
		if other := within(hi, lo); other != nil {
			out = operate(bound.Or, boolean, out.Nullable() || other.Nullable(), e.Loc, out, other)
		}
	}
	if out == nil {
		return nil
	}
	if e.Not {
		return not(out, e.Loc)
	}
	return out
}

// arith binds an arithmetic operator.
func (b *binder) arith(op bound.Op, x, y bound.Expr, e *ast.Binary) bound.Expr {
	if b.rules.PlusJoins && op == bound.Add && x.Type().Kind == types.String && y.Type().Kind == types.String {
		return operate(bound.Concat, types.Of(types.String), x.Nullable() || y.Nullable(), e.Loc, x, y)
	}
	if temporal(x) || temporal(y) {
		return b.timeArith(op, x, y, e)
	}
	if x, y = b.texts(x, y); x == nil || y == nil {
		return nil
	}
	tx, ty := x.Type(), y.Type()
	switch { // NULL takes the type of the other side
	case tx.Kind == types.Null && ty.Kind == types.Null:
		tx, ty = types.Of(types.Int), types.Of(types.Int)
	case tx.Kind == types.Null:
		tx = ty
	case ty.Kind == types.Null:
		ty = tx
	}
	if !tx.IsNumeric() || !ty.IsNumeric() {
		b.errOperands(e, x, y)
		return nil
	}
	if x.Type().Kind != types.Null && y.Type().Kind != types.Null {
		tx, ty = exactTypes(x, y)
	}
	var a types.Arithmetic
	ok := true
	switch op {
	case bound.Add, bound.Sub:
		a, ok = types.AddSub(tx, ty)
	case bound.Mul:
		a, ok = types.Mul(tx, ty)
	case bound.Div:
		if b.rules.IntegerDivision && tx.IsInteger() && ty.IsInteger() {
			op = bound.IntDiv
			a, _ = types.IntDiv(tx, ty)
			break
		}
		a = types.Div(tx, ty)
	case bound.IntDiv:
		if a, ok = types.IntDiv(tx, ty); !ok {
			b.errIntDiv(e, x, y)
			return nil
		}
	case bound.Mod:
		a, ok = types.Mod(tx, ty)
	case bound.Pow:
		d := types.Of(types.Double)
		a = types.Arithmetic{X: d, Y: d, Result: d}
	}
	if !ok {
		b.errDecimalWide(e, a.Result, x, y)
		return nil
	}
	x, y = b.castTo(x, a.X, true), b.castTo(y, a.Y, true)
	null := x.Nullable() || y.Nullable()
	if op == bound.Div || op == bound.IntDiv || op == bound.Mod {
		null = null || !nonZero(y)
	}
	return operate(op, a.Result, null, e.Loc, x, y)
}

// nonZero reports a constant that is not zero.
func nonZero(e bound.Expr) bool {
	c, ok := e.(*bound.Const)
	return ok && !c.IsNull && (c.Int != 0 || c.Float != 0 || !c.Dec.IsZero())
}

func temporal(e bound.Expr) bool {
	switch e.Type().Kind {
	case types.Date, types.Time, types.Timestamp, types.Interval:
		return true
	}
	return false
}

// timeArith binds arithmetic with dates, timestamps and intervals.
func (b *binder) timeArith(op bound.Op, x, y bound.Expr, e *ast.Binary) bound.Expr {
	null := x.Nullable() || y.Nullable()
	if op == bound.Add && x.Type().Kind == types.Interval && y.Type().Kind != types.Interval {
		x, y = y, x
	}
	if c, ok := isText(y); ok && op == bound.Sub && (x.Type().Kind == types.Timestamp || x.Type().Kind == types.Date) {
		if y = b.textAs(c, x.Type()); y == nil {
			return nil
		}
	}
	if days, ok := wholeDays(x, y); ok {
		y = days
	}
	tx, ty := x.Type().Kind, y.Type().Kind
	plusMinus := op == bound.Add || op == bound.Sub
	result := func(k types.Kind) bound.Expr { return operate(op, types.Of(k), null, e.Loc, x, y) }
	switch {
	case plusMinus && tx == types.Timestamp && ty == types.Interval, plusMinus && tx == types.Interval && ty == types.Interval:
		return result(tx)
	case plusMinus && tx == types.Date && ty == types.Interval:
		if c, ok := y.(*bound.Const); ok && c.Interval.Micros == 0 {
			return result(types.Date)
		}
		x = b.castTo(x, types.Of(types.Timestamp), true)
		return result(types.Timestamp)
	case op == bound.Sub && tx == types.Date && ty == types.Date:
		return result(types.Int)
	case op == bound.Sub && (tx == types.Timestamp || tx == types.Date) && (ty == types.Timestamp || ty == types.Date):
		ts := types.Of(types.Timestamp)
		x, y = b.castTo(x, ts, true), b.castTo(y, ts, true)
		return result(types.Interval)
	case op == bound.Mul && tx == types.Interval && y.Type().IsInteger():
		y = b.castTo(y, types.Of(types.BigInt), true)
		return result(types.Interval)
	case op == bound.Mul && ty == types.Interval && x.Type().IsInteger():
		x, y = y, b.castTo(x, types.Of(types.BigInt), true)
		return result(types.Interval)
	case tx == types.Null || ty == types.Null:
		if plusMinus && tx == types.Null {
			x = b.castTo(x, types.Of(types.Timestamp), true)
			return b.timeArith(op, x, y, e)
		}
		if plusMinus {
			y = b.castTo(y, types.Of(types.Interval), true)
			return b.timeArith(op, x, y, e)
		}
	}
	b.errOperands(e, x, y)
	return nil
}

// wholeDays reads an integer constant added to a DATE as days.
func wholeDays(x, y bound.Expr) (bound.Expr, bool) {
	c, ok := y.(*bound.Const)
	if !ok || x.Type().Kind != types.Date || !c.T.IsInteger() || c.IsNull {
		return nil, false
	}
	return &bound.Const{Node: node(types.Of(types.Interval), false, c.Loc), Interval: bound.Interval{Days: c.Int}}, true
}
