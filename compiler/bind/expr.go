package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/decimal"
)

// env is where an expression stands: the block, the clause, and whether
// aggregates may be there. Methods return nil after reporting a mistake.
type env struct {
	*block
	clause  string
	aggs    bool
	inAgg   *ast.Call         // the aggregate whose argument is being bound
	filters map[ast.Expr]bool // parts of a condition for which NULL does as FALSE does
	macro   *macro            // the function whose body is being bound
	params  []*bound.Col      // of the lambdas around it, the innermost last
	naming  string            // what a STRUCT that it makes would be called
}

// expr binds an expression.
func (x *env) expr(e ast.Expr) bound.Expr {
	if x.grouped && x.inAgg == nil {
		return x.asKey(x.bare(e))
	}
	return x.bare(e)
}

func (x *env) bare(e ast.Expr) bound.Expr {
	switch e := e.(type) {
	case *ast.Paren:
		return x.expr(e.X)
	case *ast.Name:
		return x.nameOrNil(e)
	case *ast.NumberLit, *ast.StringLit, *ast.BytesLit, *ast.BoolLit, *ast.NullLit, *ast.TypedLit, *ast.IntervalLit:
		return x.b.literal(e)
	case *ast.Unary:
		return x.unary(e)
	case *ast.Binary:
		return x.binary(e)
	case *ast.Is:
		return x.is(e)
	case *ast.Between:
		return x.between(e)
	case *ast.In:
		return x.inExpr(e)
	case *ast.Like:
		return x.like(e)
	case *ast.Case:
		return x.caseExpr(e)
	case *ast.Cast:
		return x.cast(e)
	case *ast.Extract:
		return x.extract(e)
	case *ast.AtTimeZone:
		return x.atTimeZone(e)
	case *ast.Call:
		return x.call(e)
	case *ast.Field:
		return x.orMistake(x.fieldAccess(e))
	case *ast.Index:
		return x.orMistake(x.index(e))
	case *ast.ArrayLit:
		return x.orMistake(x.arrayLit(e))
	case *ast.MapLit:
		return x.orMistake(x.mapLit(e))
	case *ast.StructLit:
		return x.orMistake(x.structLit(e))
	}
	return x.refused(e)
}

// refused reports an expression that is not there yet.
func (x *env) refused(e ast.Expr) bound.Expr {
	refuse := func(code diag.Code, what, hint string) bound.Expr {
		x.b.refuse(code, e.Span(), what, hint)
		x.ok = false
		return nil
	}
	switch e := e.(type) {
	case *ast.Subquery:
		return x.orFail(x.scalarQuery(e))
	case *ast.Exists:
		return x.orFail(x.exists(e))
	case *ast.Quantified:
		if e.Query == nil {
			return x.orFail(x.anyOfArray(e))
		}
		return x.orFail(x.quantified(e))
	case *ast.Row:
		return refuse(diag.NestedValue, "a row of values", "rows can be compared: (a, b) = (1, 2), (a, b) IN ((1, 2), ..)")
	case *ast.Lambda:
		x.b.errLambdaPlace(e)
		x.ok = false
		return nil
	case *ast.TableArg, *ast.Descriptor:
		return refuse(diag.TableFunction, "TABLE and DESCRIPTOR outside of a window function", "use them in FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), ..))")
	}
	panic(fmt.Sprintf("bind: unknown expression %T", e))
}

// boolean binds a condition.
func (x *env) boolean(e ast.Expr, what string) bound.Expr {
	c := x.expr(e)
	if c == nil {
		return nil
	}
	if out := x.b.convert(c, types.Of(types.Boolean), false); out != nil {
		return out
	}
	x.b.errNotBoolean(c, what)
	x.ok = false
	return nil
}

// nameOrNil is name with a nil interface for a mistake.
func (x *env) nameOrNil(n *ast.Name) bound.Expr {
	if e := x.name(n); e != nil {
		return e
	}
	x.ok = false
	return nil
}

// name resolves a name: a column, an alias of the select list, a system column.
func (x *env) name(n *ast.Name) bound.Expr {
	if len(n.Parts) == 1 {
		return x.simpleName(n.Parts[0])
	}
	return x.qualifiedName(n)
}

func (x *env) simpleName(id ast.Ident) bound.Expr {
	if p := x.lambdaParam(id); p != nil {
		return ref(p, id.Loc)
	}
	if p := x.argument(id); p != nil {
		return p
	}
	cols := x.in.column(id)
	if x.clause == "HAVING" && x.inAgg == nil && !(len(cols) == 1 && x.isKey(cols[0])) {
		if a := x.alias(id); a != nil {
			return a.expr
		}
	}
	switch {
	case len(cols) == 1:
		return ref(cols[0], id.Loc)
	case len(cols) > 1:
		x.b.errAmbiguousColumn(id, x.in)
		return nil
	}
	if a := x.alias(id); a != nil {
		if x.inAgg != nil && a.expr != nil && x.holdsAggregate(a.expr) {
			x.b.errNestedAggregate(id.Loc, x.inAgg)
			return nil
		}
		if x.inAgg != nil {
			return x.notKey(a.expr)
		}
		return a.expr
	}
	if e, ok := x.system(id); ok {
		return e
	}
	if f, ok := findFunc(id.Name); ok && !id.Quoted && bareFuncs[strings.ToLower(id.Name)] {
		return x.resolve(f, nil, id.Loc, id.Loc)
	}
	if e := x.outerColumn(id); e != nil {
		return e
	}
	switch {
	case x.in.broken:
	case x.macro != nil:
		x.b.errUnknownParameter(id, x.macro)
	case x.laterAlias(id) != nil:
		x.b.errAliasEarly(id, x.laterAlias(id), x.clause)
	default:
		x.b.errUnknownColumn(id, x.in)
	}
	return nil
}

// laterAlias finds a name of the select list that is not visible here.
func (x *env) laterAlias(id ast.Ident) *ast.SelectItem {
	if x.body == nil {
		return nil
	}
	for i := range x.body.Items {
		if it := &x.body.Items[i]; it.Alias.Name != "" && same(id, it.Alias.Name) {
			return it
		}
	}
	return nil
}

// alias finds a name of the select list that is visible here: to its right, and
// in the clauses after the select list.
func (x *env) alias(id ast.Ident) *alias {
	for i := range x.aliases {
		if same(id, x.aliases[i].name.Name) {
			return &x.aliases[i]
		}
	}
	return nil
}

func (k *block) isKey(c *bound.Col) bool {
	for _, key := range k.sel.Keys {
		if r, ok := key.Expr.(*bound.Ref); ok && r.Col == c {
			return true
		}
	}
	return false
}

func (k *block) holdsAggregate(e bound.Expr) bool {
	for _, a := range k.sel.Aggs {
		if mentions(e, a.Col) {
			return true
		}
	}
	return false
}

// qualifiedName resolves t.a and a.f, and fields of fields behind them. A
// relation wins over a column of its name.
func (x *env) qualifiedName(n *ast.Name) bound.Expr {
	first, second := n.Parts[0], n.Parts[1]
	in := x.in.input(first)
	if in == nil || len(n.Parts) > 2 && columnIndex(in.cols, second) < 0 {
		if x.lambdaParam(first) != nil || len(x.in.column(first)) > 0 {
			return x.fields(x.simpleName(first), n.Parts[1:], n.Loc)
		}
	}
	if in == nil {
		if e, ok := x.outerQualified(n); ok {
			return e
		}
		if x.in.broken {
			return nil
		}
		x.b.errUnknownQualifier(first, x.in)
		return nil
	}
	i := columnIndex(in.cols, second)
	if i < 0 {
		if len(x.in.column(first)) == 1 && x.in.column(first)[0].Type.Kind == types.Struct {
			return x.fields(x.simpleName(first), n.Parts[1:], n.Loc) // a column with the name of its relation
		}
		if e, ok := x.system(second); ok {
			return e
		}
		x.b.errUnknownColumn(second, &scope{inputs: []*input{in}})
		return nil
	}
	if len(n.Parts) == 2 {
		return ref(in.cols[i], n.Loc)
	}
	return x.fields(ref(in.cols[i], first.Loc.To(second.Loc)), n.Parts[2:], n.Loc)
}

// cast binds CAST, TRY_CAST and x::type.
func (x *env) cast(c *ast.Cast) bound.Expr {
	t, ok := x.b.typeName(c.Type, "struct")
	e := x.expr(c.X)
	if !ok {
		x.ok = false
	}
	if e == nil || !ok {
		return nil
	}
	out := x.b.explicitCast(e, t, c)
	if out == nil {
		x.ok = false
	}
	return out
}

func (b *binder) explicitCast(e bound.Expr, t types.Type, c *ast.Cast) bound.Expr {
	if !types.CanCast(e.Type(), t) || b.rules.JavaCasts && !javaCasts(e.Type(), t) || b.rules.PlainNested && e.Type().Kind == types.String && t.IsNested() {
		b.errCast(e, t, c)
		return nil
	}
	if e.Type().Equal(t) {
		return e
	}
	if e.Type().Kind == t.Kind && t.IsNested() {
		return b.nestedParts(e, t, false, c.Try)
	}
	if k, ok := e.(*bound.Const); ok {
		if k.Type().Kind == types.String && !k.IsNull && t.Kind != types.Bytes && !t.IsNested() {
			if out, ok := textConst(k.Text, t, c.Loc); ok {
				return out
			}
			if d, ok := decimal.ParseRound(strings.TrimSpace(k.Text), t.Precision, t.Scale); ok && t.Kind == types.Decimal {
				return &bound.Const{Node: node(t, false, c.Loc), Dec: d} // CAST rounds
			}
			if !c.Try {
				b.errLiteral(k, t)
				return nil
			}
		} else if out := foldCast(k, t); out != nil && (!b.rules.JavaCasts || k.IsNull || t.Kind != types.String) {
			out.Loc = c.Loc
			return out
		}
	}
	fails := types.CastFails(e.Type(), t)
	return &bound.Cast{Node: bound.Node{T: t, Null: e.Nullable() || c.Try && fails, Loc: c.Loc}, X: e, Try: c.Try && fails, Java: b.rules.JavaCasts}
}

// extract binds EXTRACT(part FROM x) as DATE_PART('part', x).
func (x *env) extract(e *ast.Extract) bound.Expr {
	arg := x.expr(e.X)
	if arg == nil {
		return nil
	}
	if !temporal(arg) && arg.Type().Kind != types.Null {
		x.b.errOperand("EXTRACT", arg, e.Loc)
		x.ok = false
		return nil
	}
	f, ok := findFunc("date_part")
	if !ok {
		x.b.errUnknownFunction(ast.Ident{Loc: e.Loc, Name: "extract"})
		x.ok = false
		return nil
	}
	part := &bound.Const{Node: node(types.Of(types.String), false, e.Loc), Text: strings.ToLower(e.Part)}
	out := x.resolve(f, []bound.Expr{part, arg}, e.Loc, e.Loc)
	if out == nil {
		x.ok = false
	}
	return out
}

// bareFuncs are functions that are called without parentheses.
var bareFuncs = map[string]bool{"current_timestamp": true, "current_date": true, "current_time": true, "localtimestamp": true, "localtime": true}

// node makes the common part of an expression.
func node(t types.Type, null bool, loc source.Span) bound.Node {
	return bound.Node{T: t, Null: null, Loc: loc}
}

// atTimeZone binds x AT TIME ZONE zone: what clocks of the zone show at x.
func (x *env) atTimeZone(e *ast.AtTimeZone) bound.Expr {
	inner := e.X
	for {
		p, ok := inner.(*ast.Paren)
		if !ok {
			break
		}
		inner = p.X
	}
	if _, twice := inner.(*ast.AtTimeZone); twice {
		x.b.errZoneTwice(e)
		x.ok = false
		return nil
	}
	f, _ := findFunc("from_utc_timestamp")
	args, ok := x.args([]ast.Expr{e.X, e.Zone})
	if ok {
		if out := x.resolve(f, args, e.Loc, e.Loc); out != nil {
			return out
		}
	}
	x.ok = false
	return nil
}
