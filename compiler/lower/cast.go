package lower

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// cast lowers a conversion. Conversions that can fail report a fault, or give
// NULL under TRY_CAST.
func (b *body) cast(e *bound.Cast, name string) value {
	x := b.expr(e.X, name)
	from, to := e.X.Type(), e.T
	if from.Kind == types.Null {
		return value{zero(to), yes}
	}
	if from.Equal(to) {
		return x
	}
	if from.Kind == types.JSON && to.Kind != types.String && !to.IsNested() { // as the text that it holds
		n, ok := b.names.pick(name), b.names.pick(name+"OK")
		b.add(&p.Let{Name: n, OK: ok, X: call(textPath, "AsText", x.x)})
		x, from = value{v(n), p.Or(x.null, p.Not(v(ok)))}, types.Of(types.String)
	}
	if e.Java {
		if got := b.javaCast(x.x, from, to); got != nil {
			return value{got, x.null}
		}
	}
	if got := b.exactCast(x.x, from, to); got != nil {
		return value{got, x.null}
	}
	if e.Try {
		return b.tryCast(x, from, to, name)
	}
	got := b.guarded(name, to, b.nullFlag(x, name), func() p.Expr { return b.checkedCast(x.x, from, to) })
	return value{got, x.null}
}

// exactCast is a conversion that cannot fail, or nil.
func (b *body) exactCast(x p.Expr, from, to types.Type) p.Expr {
	switch {
	case from.Kind == types.Int && to.Kind == types.BigInt:
		if l, ok := x.(*p.Lit); ok {
			return number(l.Text, to)
		}
		return conv(builtin("int64"), x)
	case from.Kind == types.Int && to.IsApprox(), from.Kind == types.BigInt && to.Kind == types.Double, from.Kind == types.Float && to.Kind == types.Double:
		if l, ok := x.(*p.Lit); ok {
			return number(withPoint(l.Text), to)
		}
		return conv(goType(to), x)
	case from.Kind == types.Decimal && to.Kind == types.Double && !from.Wide():
		return call(decimalPath, "Float64From64", x, intLit(int64(from.Scale)))
	case from.Kind == types.Decimal && to.Kind == types.Double:
		return call(decimalPath, "Float64", x, intLit(int64(from.Scale)))
	case from.Kind == types.JSON && to.Kind == types.String:
		return x
	case to.Kind == types.JSON && from.Kind != types.String:
		return conv(builtin("string"), &p.TypeCall{Op: p.OpAppend, T: from, Args: []p.Expr{lit("nil"), x}})
	case from.IsNested() && to.Kind == types.String:
		return conv(builtin("string"), &p.TypeCall{Op: p.OpAppend, T: from, Args: []p.Expr{lit("nil"), x}})
	case from.Kind == types.Date && to.Kind == types.Timestamp:
		return binary("*", conv(builtin("int64"), x), &p.Symbol{Path: sqltimePath, Name: "MicrosPerDay"})
	}
	if to.Kind != types.Decimal {
		return nil
	}
	src, ok := from.AsDecimal()
	if !ok || to.Precision-to.Scale < src.Precision-src.Scale || to.Scale < src.Scale {
		return nil
	}
	if from.Kind == types.Int {
		x = b.exactCast(x, from, types.Of(types.BigInt))
	}
	if from.IsInteger() {
		src = types.Dec(18, 0) // an int64 is at hand, which the type DECIMAL(19,0) would not say
	}
	return b.rescale(x, src, to)
}

// javaCast is a conversion as Java makes it where that is another one, or nil.
func (b *body) javaCast(x p.Expr, from, to types.Type) p.Expr {
	switch {
	case from.Kind == types.BigInt && to.Kind == types.Int:
		return conv(builtin("int32"), x)
	case to.Kind != types.String:
		return nil
	case from.Kind == types.Double:
		return call(sqlfnPath, "JavaFloat64", x)
	case from.Kind == types.Time:
		return call(sqlfnPath, "JavaTime", x)
	case from.Kind == types.Timestamp:
		return call(sqlfnPath, "JavaTimestamp", x)
	case from.IsNested():
		return conv(builtin("string"), &p.TypeCall{Op: p.OpAppendText, T: from, Args: []p.Expr{lit("nil"), x}})
	}
	return nil
}

// castName is the part of a function name that stands for a scalar type. One
// function serves all decimals: it gets their precision and scale.
func castName(t types.Type) string {
	switch {
	case t.Kind == types.Decimal:
		return "Decimal"
	case t.IsNested(), t.Kind == types.JSON, t.Kind == types.Null:
		panic(fmt.Sprintf("lower: cast of %s", t))
	}
	return p.TypeName(t)
}

// checkedCast converts and reports a fault when the value does not fit.
func (b *body) checkedCast(x p.Expr, from, to types.Type) p.Expr {
	if to.Kind == types.JSON {
		return call(textPath, "Check", b.fault(), x)
	}
	if to.IsNested() {
		return call(jsonPath, "Parse", append([]p.Expr{b.fault()}, parseArgs(x, to)...)...)
	}
	args := append([]p.Expr{b.fault()}, b.castArgs(x, from, to)...)
	got := call(sqlfnPath, castName(from)+"To"+castName(to), args...)
	if to.Kind == types.Decimal && !to.Wide() {
		return call(decimalPath, "ToInt64", b.fault(), got)
	}
	return got
}

// parseArgs are a text and how it is read as JSON.
func parseArgs(x p.Expr, to types.Type) []p.Expr {
	return []p.Expr{x, call("", "new", lit("memory")), &p.TypeFunc{Op: p.OpRead, T: to}}
}

// castArgs are the value and, for decimals, scale and precision.
func (b *body) castArgs(x p.Expr, from, to types.Type) []p.Expr {
	args := []p.Expr{x}
	if from.Kind == types.Decimal {
		args = []p.Expr{widen(x, from), intLit(int64(from.Scale))}
	}
	if to.Kind == types.Decimal {
		args = append(args, intLit(int64(to.Precision)), intLit(int64(to.Scale)))
	}
	return args
}

// tryCast converts with NULL for what does not fit.
func (b *body) tryCast(x value, from, to types.Type, name string) value {
	if to.Kind == types.JSON {
		return value{x.x, p.Or(b.nullFlag(x, name), p.Not(call(textPath, "Valid", x.x)))}
	}
	if to.IsNested() {
		n, ok := b.names.pick(name), b.names.pick(name+"OK")
		b.add(&p.Let{Name: n, OK: ok, X: call(jsonPath, "TryParse", parseArgs(x.x, to)...)})
		return value{v(n), p.Or(x.null, p.Not(v(ok)))}
	}
	n, ok := b.names.pick(name), b.names.pick(name+"OK")
	b.add(&p.Let{Name: n, OK: ok, X: call(sqlfnPath, "Try"+castName(from)+"To"+castName(to), b.castArgs(x.x, from, to)...)})
	got := p.Expr(v(n))
	if to.Kind == types.Decimal && !to.Wide() {
		got = field(got, "Lo")
		got = conv(builtin("int64"), got)
	}
	return value{got, p.Or(x.null, p.Not(v(ok)))}
}
