package lower

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	p "github.com/velocsql/veloc/compiler/pipeline"
	"github.com/velocsql/veloc/compiler/types"
)

// expr lowers an expression; name is what a temporary for it would be called.
func (b *body) expr(e bound.Expr, name string) value {
	saved := b.at
	defer func() { b.at = saved }()
	if pos := e.Span().Start; pos != 0 {
		b.at = pos
	}
	switch e := e.(type) {
	case *bound.Ref:
		return b.col(e.Col)
	case *bound.Const:
		return constant(e)
	case *bound.Operate:
		return b.operate(e, name)
	case *bound.Case:
		return b.caseOf(e, name)
	case *bound.In:
		return b.logic(e, name)
	case *bound.Like:
		return b.like(e, name)
	case *bound.Extreme:
		return b.extreme(e, name)
	case *bound.Cast:
		return b.cast(e, name)
	case *bound.Attempt:
		return b.attempt(e, name)
	case *bound.Call:
		return b.call(e, name)
	case *bound.Lookup:
		return b.lookup(e, name)
	case *bound.Field:
		return b.fieldOf(e, name)
	case *bound.Item:
		return b.item(e, name)
	case *bound.Build:
		return b.build(e, name)
	case *bound.Each:
		return b.each(e, name)
	}
	panic(fmt.Sprintf("lower: unknown expression %T", e))
}

// zero is the zero value of a type as an expression.
func zero(t types.Type) p.Expr {
	switch t.Kind {
	case types.Boolean:
		return no
	case types.String, types.Null:
		return lit(`""`)
	case types.Bytes:
		return lit("nil")
	case types.Decimal:
		if t.Wide() {
			return &p.Composite{T: goType(t)}
		}
	case types.Interval, types.Array, types.Map, types.Struct:
		return &p.Composite{T: goType(t)}
	case types.JSON:
		return lit(`""`)
	}
	return number("0", t)
}

// number is a literal for a value of a type.
func number(text string, t types.Type) *p.Lit { return &p.Lit{Text: text, T: goType(t)} }

// isZero reports a literal that is the zero value of its type.
func isZero(x p.Expr) bool {
	l, ok := x.(*p.Lit)
	return ok && (l.Text == "0" || l.Text == `""` || l.Text == "false" || l.Text == "nil")
}

func constant(c *bound.Const) value {
	if c.IsNull {
		return value{zero(c.T), yes}
	}
	switch c.T.Kind {
	case types.Boolean:
		return value{x: lit(strconv.FormatBool(c.Bool))}
	case types.Int, types.BigInt, types.Date, types.Time, types.Timestamp:
		if c.Int == math.MinInt64 {
			return value{x: conv(goType(c.T), &p.Symbol{Path: "math", Name: "MinInt64"})}
		}
		return value{x: number(strconv.FormatInt(c.Int, 10), c.T)}
	case types.Float, types.Double:
		return value{x: floatLit(c.Float, c.T)}
	case types.Decimal:
		if c.T.Wide() {
			return value{x: wideLit(c.Dec.Hi, c.Dec.Lo)}
		}
		return value{x: number(strconv.FormatInt(int64(c.Dec.Lo), 10), c.T)}
	case types.String, types.JSON:
		return value{x: lit(strconv.Quote(c.Text))}
	case types.Bytes:
		return value{x: conv(p.GoType{Name: "byte", Slice: true}, lit(strconv.Quote(c.Text)))}
	case types.Interval:
		return value{x: &p.Composite{T: goType(c.T), Fields: []p.FieldValue{
			{Name: "Months", X: intLit(c.Interval.Months)}, {Name: "Days", X: intLit(c.Interval.Days)}, {Name: "Micros", X: intLit(c.Interval.Micros)},
		}}}
	}
	panic("lower: constant of type " + c.T.String())
}

func floatLit(f float64, t types.Type) p.Expr {
	var x p.Expr
	switch {
	case math.IsNaN(f):
		x = call("math", "NaN")
	case math.IsInf(f, 1):
		x = call("math", "Inf", lit("1"))
	case math.IsInf(f, -1):
		x = call("math", "Inf", lit("-1"))
	default:
		return number(withPoint(strconv.FormatFloat(f, 'g', -1, 64)), t)
	}
	if t.Kind == types.Float {
		return conv(goType(t), x)
	}
	return x
}

// withPoint makes a number one of floating point.
func withPoint(s string) string {
	if strings.ContainsAny(s, ".e") {
		return s
	}
	return s + ".0"
}

func wideLit(hi int64, lo uint64) p.Expr {
	if hi == 0 && lo <= math.MaxInt64 || hi == -1 && lo > math.MaxInt64 {
		return call(decimalPath, "FromInt64", intLit(int64(lo)))
	}
	return &p.Composite{T: p.GoType{Path: decimalPath, Name: "Int128"}, Fields: []p.FieldValue{
		{Name: "Hi", X: intLit(hi)}, {Name: "Lo", X: lit(strconv.FormatUint(lo, 10))},
	}}
}

// caseOf lowers CASE to a chain of if statements over a declared variable.
func (b *body) caseOf(e *bound.Case, name string) value {
	n := b.names.pick(name)
	b.add(&p.Declare{Name: n, Type: goType(e.T)})
	out := value{x: v(n)}
	if e.Null {
		nn := b.names.pick(n + "Null")
		b.add(&p.Declare{Name: nn, Type: builtin("bool")})
		out.null = v(nn)
	}
	b.add(b.caseChain(e, e.Whens, out, name)...)
	return out
}

func (b *body) caseChain(e *bound.Case, whens []bound.When, out value, name string) []p.Step {
	if len(whens) == 0 {
		return append(b.coverCase(e, nil), b.nested(func() { b.assign(out, e.Else, name) })...)
	}
	return b.nested(func() {
		cond := b.isTrue(whens[0].Cond)
		then := append(b.coverCase(e, &whens[0]), b.nested(func() { b.assign(out, whens[0].Then, name) })...)
		b.add(&p.If{Cond: cond, Then: then, Else: b.caseChain(e, whens[1:], out, name)})
	})
}

// assign sets a declared variable pair, whose value is zero so far.
func (b *body) assign(out value, e bound.Expr, name string) {
	val := b.expr(e, name)
	if val.null == yes {
		if out.null != nil { // else the branch cannot be reached
			b.add(&p.Assign{LHS: out.null, Op: "=", RHS: yes})
		}
		return
	}
	if !isZero(val.x) {
		b.add(&p.Assign{LHS: out.x, Op: "=", RHS: val.x})
	}
	if val.null != nil && out.null != nil {
		b.add(&p.Assign{LHS: out.null, Op: "=", RHS: val.null})
	}
}

// extreme lowers GREATEST and LEAST, which ignore NULLs.
func (b *body) extreme(e *bound.Extreme, name string) value {
	first := b.expr(e.Args[0], name)
	n := b.names.pick(name)
	b.add(&p.Let{Name: n, X: conv(goType(e.T), first.x)})
	out := value{x: v(n)}
	if first.null != nil {
		nn := b.names.pick(n + "Null")
		b.add(&p.Let{Name: nn, X: first.null})
		out.null = v(nn)
	}
	op := ">"
	if e.Least {
		op = "<"
	}
	for _, a := range e.Args[1:] {
		val := b.expr(a, name)
		x := b.let(name, val.x)
		cond := b.compareOp(op, x, out.x, e.T)
		if out.null != nil {
			cond = p.Or(out.null, cond)
		}
		if val.null != nil {
			cond = p.And(p.Not(val.null), cond)
		}
		then := []p.Step{&p.Assign{LHS: out.x, Op: "=", RHS: x}}
		if out.null != nil {
			then = append(then, &p.Assign{LHS: out.null, Op: "=", RHS: no})
		}
		b.add(&p.If{Cond: cond, Then: then})
	}
	return out
}

// like lowers LIKE with a pattern that is compiled once if it is constant.
func (b *body) like(e *bound.Like, name string) value {
	x := b.expr(e.X, name)
	if c, ok := e.Pattern.(*bound.Const); ok && !c.IsNull {
		pat := b.l.prepare(name+"Like", e, call(sqlfnPath, "MustLike", lit(strconv.Quote(c.Text)), lit(strconv.Quote(e.Escape)), lit(strconv.FormatBool(e.Fold))))
		return value{b.maskBool(method(pat, "Match", x.x), x.null), x.null}
	}
	pat := b.expr(e.Pattern, name+"Pattern")
	null := p.Or(x.null, pat.null)
	got := call(sqlfnPath, "Like", x.x, pat.x, lit(strconv.Quote(e.Escape)), lit(strconv.FormatBool(e.Fold)))
	return value{b.maskBool(got, null), null}
}

// maskBool keeps the rule that a NULL is false as a Go value.
func (b *body) maskBool(x, null p.Expr) p.Expr {
	if null == nil {
		return x
	}
	return p.And(p.Not(null), x)
}

// call lowers a scalar function.
func (b *body) call(e *bound.Call, name string) value {
	ov := e.Overload
	if e.Prepared && ov.Const != nil {
		return b.preparedCall(e, name)
	}
	if ov.Null == funcs.SkipNulls {
		return b.skippingCall(e, name)
	}
	if ov.Generic != nil {
		return b.genericCall(e, name)
	}
	strict := strictArgs(ov, len(e.Args))
	var args []p.Expr
	var null p.Expr
	for i, a := range e.Args {
		val := b.expr(a, name+"Arg")
		if val.null != nil && i < strict {
			null = p.Or(null, b.let(name+"Null", val.null))
		}
		args = append(args, b.argument(val.x, e.Args[i].Type())...)
	}
	return b.invoke(e, ov.Go, nil, args, null, name)
}

// strictArgs is how many of the n arguments make the result NULL.
func strictArgs(o *funcs.Overload, n int) int {
	if o.Null == funcs.Propagate {
		return n
	}
	return o.Strict
}

// skippingCall calls a function that leaves NULLs among its last arguments out.
// Where every argument is one of them, the zero value of a NULL adds nothing.
func (b *body) skippingCall(e *bound.Call, name string) value {
	ov := e.Overload
	fixed := len(ov.Params) - 1
	var vals []value
	var null p.Expr
	some := false
	for i, a := range e.Args {
		val := b.expr(a, name+"Arg")
		if fixed == 0 { // what is NULL counts as the zero value: nothing
			val = b.firmed(a, val, name+"Arg")
		}
		if val.null != nil && i < ov.Strict {
			null = p.Or(null, b.let(name+"Null", val.null))
		}
		vals = append(vals, val)
		some = some || i >= fixed && val.null != nil
	}
	out := &p.Call{Path: ov.Go.Path, Name: ov.Go.Name}
	if fixed == 0 || !some {
		for _, val := range vals {
			out.Args = append(out.Args, val.x)
		}
		return value{b.guarded(name, e.T, null, func() p.Expr { return out }), null}
	}
	elem := goType(e.Args[fixed].Type())
	if elem.Slice { // []byte
		elem.Name = "[]" + elem.Name
	}
	elem.Slice = true
	parts := v(b.names.pick(name + "Parts"))
	b.add(&p.Declare{Name: parts.Name, Type: elem})
	for i, val := range vals {
		if i < fixed {
			out.Args = append(out.Args, val.x)
			continue
		}
		var there p.Expr
		if val.null != nil {
			there = p.Not(val.null)
		}
		b.add(b.conditionally(there, func() {
			b.add(&p.Assign{LHS: parts, Op: "=", RHS: call("", "append", parts, val.x)})
		})...)
	}
	out.Args = append(out.Args, parts)
	out.Spread = true
	return value{b.guarded(name, e.T, null, func() p.Expr { return out }), null}
}

// argument is a value as functions of the library take it.
func (b *body) argument(x p.Expr, t types.Type) []p.Expr {
	if t.Kind != types.Decimal {
		return []p.Expr{x}
	}
	if !t.Wide() {
		x = call(decimalPath, "FromInt64", x)
	}
	return []p.Expr{x, intLit(int64(t.Scale))}
}

// invoke calls a recipe; recv is the prepared value for methods.
func (b *body) invoke(e *bound.Call, r funcs.Recipe, recv p.Expr, args []p.Expr, null p.Expr, name string) value {
	generic := e.Overload.Generic != nil
	if e.T.Kind == types.Decimal && !generic {
		args = append(args, intLit(int64(e.T.Scale)))
	}
	if r.Clock {
		args = append([]p.Expr{field(field(v("q"), "w"), "now")}, args...)
		b.l.pl.out.Clock = true
	}
	build := func() p.Expr {
		a := args
		if r.Fault {
			a = append([]p.Expr{b.fault()}, args...)
		}
		if recv != nil {
			return method(recv, r.Name, a...)
		}
		return call(r.Path, r.Name, a...)
	}
	narrow := func(x p.Expr) p.Expr {
		if e.T.Kind == types.Decimal && !e.T.Wide() && !generic {
			return call(decimalPath, "ToInt64", b.fault(), x)
		}
		return x
	}
	if r.OrNull && r.Fault && null != nil {
		return b.guardedOrNull(e, build, narrow, null, name)
	}
	if r.OrNull {
		n, ok := b.names.pick(name), b.names.pick(name+"OK")
		b.add(&p.Let{Name: n, OK: ok, X: build()})
		return value{narrow(v(n)), p.Or(null, p.Not(v(ok)))}
	}
	if r.Fault {
		return value{b.guarded(name, e.T, null, func() p.Expr { return narrow(build()) }), null}
	}
	x := narrow(build())
	if null != nil {
		// a function of zero values need not give the zero value
		x = b.guarded(name, e.T, null, func() p.Expr { return x })
	}
	return value{x, null}
}

// guardedOrNull calls a function that may fail and may give NULL, unless an
// argument is NULL, whose zero value it could fail on.
func (b *body) guardedOrNull(e *bound.Call, build func() p.Expr, narrow func(p.Expr) p.Expr, null p.Expr, name string) value {
	n, there := b.names.pick(name), b.names.pick(name+"There")
	b.add(&p.Declare{Name: n, Type: goType(e.T)}, &p.Declare{Name: there, Type: builtin("bool")})
	then := b.nested(func() {
		got, ok := b.names.pick("got"), b.names.pick("ok")
		b.add(&p.Let{Name: got, OK: ok, X: build()})
		b.add(&p.Assign{LHS: v(n), Op: "=", RHS: narrow(v(got))}, &p.Assign{LHS: v(there), Op: "=", RHS: v(ok)})
	})
	b.add(&p.If{Cond: p.Not(null), Then: then})
	return value{v(n), p.Not(v(there))}
}

// preparedCall calls a method of a value that was made once from a constant.
func (b *body) preparedCall(e *bound.Call, name string) value {
	c := e.Overload.Const
	strict := strictArgs(e.Overload, len(e.Args))
	var made, args []p.Expr
	var null p.Expr
	for i, a := range e.Args {
		val := b.expr(a, name+"Arg")
		if c.Takes(i) {
			made = append(made, val.x)
			continue
		}
		if val.null != nil && i < strict {
			null = p.Or(null, b.let(name+"Null", val.null))
		}
		args = append(args, b.argument(val.x, a.Type())...)
	}
	pre := b.l.prepare(name+"Pattern", e, call(c.New.Path, c.New.Name, made...))
	r := e.Overload.Go
	r.Name = c.Method
	return b.invoke(e, r, pre, args, null, name)
}
