package lower

import (
	"fmt"
	"strconv"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// operate lowers an operator application.
func (b *body) operate(e *bound.Operate, name string) value {
	switch e.Op {
	case bound.And, bound.Or, bound.Not, bound.IsNull, bound.IsTrue, bound.IsFalse, bound.NotDistinct,
		bound.Eq, bound.Ne, bound.Lt, bound.Le, bound.Gt, bound.Ge:
		return b.logic(e, name)
	case bound.Neg:
		x := b.firmly(e.X, name)
		return value{b.negate(e, x.x), x.null}
	}
	x, y := b.expr(e.X, name), b.expr(e.Y, name)
	if !e.T.IsApprox() && e.Op != bound.Concat { // what else is computed with can overflow
		x, y = b.firmed(e.X, x, name), b.firmed(e.Y, y, name)
	}
	null := p.Or(b.nullFlag(x, name), b.nullFlag(y, name))
	switch e.Op {
	case bound.Div, bound.IntDiv, bound.Mod:
		return b.divide(e, x, y, null, name)
	case bound.Concat:
		return value{binary("+", x.x, y.x), null}
	case bound.Pow:
		got := b.guarded(name, e.T, null, func() p.Expr { return call(sqlfnPath, "Power", b.fault(), x.x, y.x) })
		return value{got, null}
	}
	if x.null != nil && e.Op == bound.Sub {
		return value{b.guarded(name, e.T, null, func() p.Expr { return b.arith(e, x.x, y.x) }), null}
	}
	return value{b.arith(e, x.x, y.x), null}
}

// nullFlag is the null expression of a value in a form that may be repeated.
func (b *body) nullFlag(x value, name string) p.Expr {
	if x.null == nil {
		return nil
	}
	if cheapTest(x.null) {
		return x.null
	}
	return b.let(name+"Null", x.null)
}

// cheapTest reports a test of bits or of simple values.
func cheapTest(x p.Expr) bool {
	switch x := x.(type) {
	case *p.Binary:
		return cheapTest(x.X) && cheapTest(x.Y)
	case *p.Unary:
		return cheapTest(x.X)
	case *p.NullTest:
		return true
	}
	return simple(x)
}

func isConst(e bound.Expr) bool {
	_, ok := e.(*bound.Const)
	return ok
}

func (b *body) negate(e *bound.Operate, x p.Expr) p.Expr {
	switch e.T.Kind {
	case types.Int:
		return call(sqlfnPath, "NegInt32", b.fault(), x)
	case types.BigInt:
		return call(sqlfnPath, "NegInt64", b.fault(), x)
	case types.Decimal:
		if e.T.Wide() {
			return method(x, "Neg")
		}
	case types.Interval:
		return method(x, "Neg")
	}
	return &p.Unary{Op: "-", X: x}
}

var checkedName = map[bound.Op]string{bound.Add: "Add", bound.Sub: "Sub", bound.Mul: "Mul"}

var plainOp = map[bound.Op]string{bound.Add: "+", bound.Sub: "-", bound.Mul: "*", bound.Div: "/"}

// arith lowers + - * of non-null operands.
func (b *body) arith(e *bound.Operate, x, y p.Expr) p.Expr {
	switch e.T.Kind {
	case types.Int:
		return call(sqlfnPath, checkedName[e.Op]+"Int32", b.fault(), x, y)
	case types.BigInt:
		return call(sqlfnPath, checkedName[e.Op]+"Int64", b.fault(), x, y)
	case types.Float, types.Double:
		return floatArith(plainOp[e.Op], x, y, e.T)
	case types.Decimal:
		return b.decimalArith(e, x, y)
	}
	return b.timeArith(e, x, y)
}

// floatArith is arithmetic with floats. Go would compute with two literals
// exactly, and not in the precision of the type.
func floatArith(op string, x, y p.Expr, t types.Type) p.Expr {
	l, okX := x.(*p.Lit)
	r, okY := y.(*p.Lit)
	if !okX || !okY {
		return binary(op, x, y)
	}
	size := 64
	if t.Kind == types.Float {
		size = 32
	}
	a, errA := strconv.ParseFloat(l.Text, size)
	c, errC := strconv.ParseFloat(r.Text, size)
	if errA != nil || errC != nil {
		return binary(op, x, y)
	}
	var got float64
	switch op {
	case "+":
		got = a + c
	case "-":
		got = a - c
	case "*":
		got = a * c
	case "/":
		got = a / c
	}
	if size == 32 {
		got = float64(float32(got))
	}
	return floatLit(got, t)
}

// decimalArith lowers + - * of decimals: plain integer arithmetic where the
// result has at most 18 digits, 128 bits above.
func (b *body) decimalArith(e *bound.Operate, x, y p.Expr) p.Expr {
	tx, ty := e.X.Type(), e.Y.Type()
	if e.Op == bound.Mul {
		if !e.T.Wide() {
			return binary("*", x, y)
		}
		if nx, ny := narrowed(e.X, x), narrowed(e.Y, y); nx != nil && ny != nil && tx.Precision+ty.Precision <= types.MaxPrecision && tx.Scale+ty.Scale == e.T.Scale {
			return call(decimalPath, "MulInt64", nx, ny)
		}
		return call(decimalPath, "Mul", b.fault(), widen(x, tx), widen(y, ty), intLit(int64(tx.Scale+ty.Scale-e.T.Scale)))
	}
	x = b.rescale(x, tx, types.Dec(e.T.Precision, e.T.Scale))
	y = b.rescale(y, ty, types.Dec(e.T.Precision, e.T.Scale))
	if !e.T.Wide() {
		return binary(plainOp[e.Op], x, y)
	}
	return call(decimalPath, checkedName[e.Op], b.fault(), x, y)
}

// narrowed returns a decimal operand as an int64 if it surely fits one, else nil.
func narrowed(e bound.Expr, x p.Expr) p.Expr {
	if !e.Type().Wide() {
		return x
	}
	// a BIGINT seen as DECIMAL(19,0), written by the cast as FromInt64(x)
	if c, ok := x.(*p.Call); ok && c.Path == decimalPath && c.Name == "FromInt64" {
		return c.Args[0]
	}
	return nil
}

// typed gives a constant its type, for functions that take several.
func typed(x p.Expr, t types.Type) p.Expr {
	if _, ok := p.ConstType(x); ok || isZero(x) && t.Kind == types.Bytes { // nil has no type
		return conv(goType(t), x)
	}
	return x
}

func widen(x p.Expr, t types.Type) p.Expr {
	if t.Wide() {
		return x
	}
	return call(decimalPath, "FromInt64", x)
}

// rescale brings a decimal to the representation and scale of type to, which
// has at least as many digits on both sides of the point.
func (b *body) rescale(x p.Expr, from, to types.Type) p.Expr {
	d := to.Scale - from.Scale
	if d == 0 && from.Wide() == to.Wide() {
		return x
	}
	if !to.Wide() {
		if l, ok := x.(*p.Lit); ok {
			return number(l.Text+zeros(d), to)
		}
		return binary("*", x, lit("1"+zeros(d)))
	}
	x = widen(x, from)
	if d == 0 {
		return x
	}
	return call(decimalPath, "Rescale", b.fault(), x, intLit(int64(from.Scale)), intLit(int64(to.Scale)))
}

func zeros(n int) string {
	const z = "00000000000000000000000000000000000000"
	return z[:n]
}

// divide lowers / DIV and %, which are NULL when the divisor is zero.
func (b *body) divide(e *bound.Operate, x, y value, null p.Expr, name string) value {
	t := e.T
	if c, ok := e.Y.(*bound.Const); ok && (c.IsNull || c.Int == 0 && c.Float == 0 && c.Dec.IsZero()) {
		return value{zero(t), yes}
	}
	yx := b.let(name+"Divisor", y.x)
	var byZero p.Expr
	if !isConst(e.Y) {
		switch {
		case e.Y.Type().Wide():
			byZero = method(yx, "IsZero")
		default:
			byZero = binary("==", yx, lit("0"))
		}
	}
	null = p.Or(null, byZero)
	var got p.Expr
	kind := map[bound.Op]string{bound.Div: "Div", bound.IntDiv: "Div", bound.Mod: "Mod"}[e.Op]
	switch t.Kind {
	case types.Int:
		got = call(sqlfnPath, kind+"Int32", b.fault(), x.x, yx)
	case types.BigInt:
		got = call(sqlfnPath, kind+"Int64", b.fault(), x.x, yx)
		if e.Op == bound.Mod && isConst(e.Y) {
			got = binary("%", x.x, yx)
		}
	case types.Float, types.Double:
		got = call(sqlfnPath, kind+"Float64", typed(x.x, t), yx)
		if e.Op == bound.Div && isConst(e.Y) {
			got = floatArith("/", x.x, yx, t)
		}
	case types.Decimal:
		return value{b.decimalDivide(e, x.x, yx, null, name), null}
	default:
		panic(fmt.Sprintf("lower: %v of %s", e.Op, t))
	}
	return value{got, null}
}

func (b *body) decimalDivide(e *bound.Operate, x, y p.Expr, null p.Expr, name string) p.Expr {
	tx, ty, t := e.X.Type(), e.Y.Type(), e.T
	build := func() p.Expr {
		var got p.Expr
		if e.Op == bound.Div {
			// scale of the result = scale of x + shift - scale of y
			got = call(decimalPath, "Div", b.fault(), widen(x, tx), widen(y, ty), intLit(int64(t.Scale-tx.Scale+ty.Scale)))
		} else {
			s := max(tx.Scale, ty.Scale)
			wide := types.Dec(types.MaxPrecision, s)
			fn := "Rem"
			if e.Op == bound.IntDiv {
				fn = "Quo"
			}
			got = call(decimalPath, fn, b.rescale(x, tx, wide), b.rescale(y, ty, wide))
		}
		if !t.Wide() {
			got = call(decimalPath, "ToInt64", b.fault(), got)
		}
		return got
	}
	return b.guarded(name, t, null, build)
}

// timeArith lowers arithmetic with dates, timestamps and intervals.
func (b *body) timeArith(e *bound.Operate, x, y p.Expr) p.Expr {
	kx, ky := e.X.Type().Kind, e.Y.Type().Kind
	if ky == types.Interval && e.Op == bound.Sub && kx != types.Interval {
		y = method(y, "Neg")
	}
	if kx == types.Interval && ky != types.Interval && e.Op == bound.Add {
		x, y, kx = y, x, ky
	}
	switch {
	case e.T.Kind == types.Timestamp && kx == types.Timestamp:
		return call(sqltimePath, "AddTimestamp", b.fault(), x, y)
	case e.T.Kind == types.Timestamp && kx == types.Date:
		return call(sqltimePath, "AddTimestamp", b.fault(), binary("*", conv(builtin("int64"), x), &p.Symbol{Path: sqltimePath, Name: "MicrosPerDay"}), y)
	case e.T.Kind == types.Date:
		return call(sqltimePath, "AddDate", b.fault(), x, y)
	case e.T.Kind == types.Interval && kx == types.Timestamp:
		return call(sqltimePath, "Between", x, y)
	case e.T.Kind == types.Interval && kx == types.Interval && ky == types.Interval:
		return call(sqltimePath, checkedName[e.Op], b.fault(), x, y)
	case e.T.Kind == types.Interval && e.Op == bound.Mul:
		if ky == types.Interval {
			x, y = y, x
		}
		return call(sqltimePath, "Mul", b.fault(), x, conv(builtin("int64"), y))
	case e.T.Kind == types.Int:
		return binary("-", x, y)
	}
	panic(fmt.Sprintf("lower: arithmetic of %s and %s", e.X.Type(), e.Y.Type()))
}
