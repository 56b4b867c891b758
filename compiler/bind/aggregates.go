package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// aggregate binds a call of an aggregate function.
func (x *env) aggregate(f *funcs.AggFunc, c *ast.Call) bound.Expr {
	e := x.aggregateOf(f, c)
	if e == nil || f.Name != "avg" || !x.b.rules.KsqlFunctions {
		return e
	}
	zero := x.b.castTo(&bound.Const{Node: node(types.Of(types.Int), false, c.Loc)}, e.Type(), true) // that of nothing
	none := operate(bound.IsNull, boolean, false, c.Loc, e, nil)
	return &bound.Case{Node: node(e.Type(), false, c.Loc), Whens: []bound.When{{Cond: none, Then: zero}}, Else: e}
}

func (x *env) aggregateOf(f *funcs.AggFunc, c *ast.Call) bound.Expr {
	switch {
	case x.inAgg != nil:
		x.b.errNestedAggregate(c.Loc, x.inAgg)
		return nil
	case !x.aggs:
		x.b.errAggregateIn(x.clause, c.Loc, ast.FormatExpr(c))
		return nil
	case f.Special != "":
		return x.composed(f.Special, c)
	}
	if f.Name == "topk" && len(c.Args) > 2 && !c.Distinct && len(c.OrderBy) == 0 {
		return x.aggregate(f, topOfSeveral(c))
	}
	f, c, ok := x.nullsOf(f, c)
	if !ok {
		return nil
	}
	a := &bound.Agg{Func: f, Distinct: c.Distinct, Star: c.Star}
	inner := &env{block: x.block, clause: "the argument of " + strings.ToUpper(f.Name), inAgg: c}
	if c.Filter != nil {
		filter := (&env{block: x.block, clause: "FILTER", inAgg: c, filters: filtering(c.Filter, nil)}).boolean(c.Filter, "FILTER")
		if filter == nil {
			return nil
		}
		a.Filter = filter
	}
	if c.Star || f.Star && len(c.Args) == 0 { // COUNT() is ksqlDB's COUNT(*)
		a.Star = true
		if !f.Star || c.Distinct {
			x.b.errStarArgument(c)
			return nil
		}
		return x.addAggregate(a, strings.ToLower(c.Name.Name), node(types.Of(types.BigInt), false, c.Loc), ast.FormatExpr(c), c.Loc)
	}
	args, ok := inner.args(c.Args)
	if !ok {
		return nil
	}
	overloads := f.In(x.b.rules.KsqlFunctions)
	if args, overloads, ok = inner.inOrder(a, args, overloads, c); !ok || !inner.pickAggregate(a, args, overloads, c) || !inner.finalArgs(a, c) {
		return nil
	}
	if a.Func.Name == "count_distinct" && a.Args[0].Type().IsNested() { // the set of count(DISTINCT x) knows nested values
		a.Func = mustAggregate("count")
		a.Overload, a.Distinct = &a.Func.Overloads[0], true
	}
	o := a.Overload
	null := o.Value.OrNull || o.NullOnEmpty && (x.global || anyNull(a.Args) && !o.Nulls || a.Filter != nil)
	t := x.b.intern(aggregateType(o, a.Args), x.structHint())
	if t.Kind == types.Map && t.Key.IsNested() {
		x.b.errMapKey(a.Args[0].Span(), *t.Key)
		return nil
	}
	return x.addAggregate(a, strings.ToLower(c.Name.Name), node(t, null, c.Loc), ast.FormatExpr(c), c.Loc)
}

// composed binds a form that is made of other aggregates.
func (x *env) composed(form string, c *ast.Call) bound.Expr {
	if form == "sum_if" || form == "avg_if" {
		return x.conditionalAggregate(strings.TrimSuffix(form, "_if"), c)
	}
	if len(c.Args) != 1 || c.Star || len(c.WithinGroup) > 0 || c.IgnoreNulls || c.RespectNulls {
		x.b.errArgumentCount(c, strings.ToUpper(c.Name.Name)+"(x)")
		return nil
	}
	other := func(name string) *ast.Call {
		out := *c
		out.Name.Name = name
		return &out
	}
	switch form {
	case "sum_list":
		return x.sumList(c, other("SUM"))
	case "attr":
		return x.attr(c, other)
	}
	if form == "collect_set" {
		set := other("ARRAY_AGG")
		set.Distinct = true
		return x.aggregate(mustAggregate("array_agg"), set)
	}
	if form == "delta" {
		minus := &ast.Binary{Node: c.Node, Op: "-", OpLoc: c.Name.Loc, X: other("LAST"), Y: other("FIRST")}
		return x.binary(minus)
	}
	count := other("COUNT")
	if c.Distinct || len(c.OrderBy) > 0 {
		x.b.errAggregateOrder(c.Loc, "COUNT_IF counts rows, which are not DISTINCT and in no order", "leave it out")
		return nil
	}
	count.Star, count.Args, count.Filter = true, nil, c.Args[0]
	if c.Filter != nil {
		count.Filter = &ast.Binary{Node: c.Node, Op: "AND", OpLoc: c.Filter.Span(), X: c.Filter, Y: c.Args[0]}
	}
	return x.aggregate(mustAggregate("count"), count)
}

// conditionalAggregate binds SUM_IF(x, condition) as SUM(x) FILTER (WHERE condition).
func (x *env) conditionalAggregate(name string, c *ast.Call) bound.Expr {
	if len(c.Args) != 2 || c.Star {
		x.b.errArgumentCount(c, strings.ToUpper(c.Name.Name)+"(x, condition)")
		return nil
	}
	out := *c
	out.Name.Name, out.Args, out.Filter = strings.ToUpper(name), c.Args[:1], c.Args[1]
	if c.Filter != nil {
		out.Filter = &ast.Binary{Node: c.Node, Op: "AND", OpLoc: c.Filter.Span(), X: c.Filter, Y: c.Args[1]}
	}
	return x.aggregate(mustAggregate(name), &out)
}

// mustAggregate finds an aggregate that there is.
func mustAggregate(name string) *funcs.AggFunc {
	f, ok := funcs.FindAgg(name)
	if !ok {
		panic("bind: no aggregate " + name)
	}
	return f
}

// nullsOf settles what is said of NULLs: aggregates pass over them, and FIRST and
// LAST that do not, because of RESPECT NULLS or a second argument FALSE, are
// functions of their own.
func (x *env) nullsOf(f *funcs.AggFunc, c *ast.Call) (*funcs.AggFunc, *ast.Call, bool) {
	ends := f.Name == "first" || f.Name == "last"
	respect := c.RespectNulls
	if ends && len(c.Args) == 2 {
		if flag, ok := c.Args[1].(*ast.BoolLit); ok {
			one := *c
			one.Args = c.Args[:1]
			c = &one
			respect = respect || !flag.Value
		}
	}
	switch {
	case respect && ends && len(c.OrderBy) == 0:
		return mustAggregate(f.Name + "_or_null"), c, true
	case respect:
		x.b.errAggregateOrder(c.Loc, "RESPECT NULLS is for FIRST and LAST in order of arrival", "leave it out: "+strings.ToUpper(f.Name)+" passes over NULL")
		return nil, nil, false
	case c.IgnoreNulls && (c.Star || strings.HasSuffix(f.Name, "_or_null")):
		x.b.errAggregateOrder(c.Loc, strings.ToUpper(f.Name)+" does not pass over NULL", "filter the rows: FILTER (WHERE x IS NOT NULL)")
		return nil, nil, false
	}
	return f, c, true
}

// inOrder binds ORDER BY and WITHIN GROUP. They say in which order the rows are,
// or what a percentile is of.
func (x *env) inOrder(a *bound.Agg, args []bound.Expr, overloads []funcs.AggOverload, c *ast.Call) ([]bound.Expr, []funcs.AggOverload, bool) {
	f, items, clause := a.Func, c.OrderBy, "ORDER BY"
	if len(c.WithinGroup) > 0 {
		items, clause = c.WithinGroup, "WITHIN GROUP"
	}
	fail := func(loc source.Span, msg, hint string) ([]bound.Expr, []funcs.AggOverload, bool) {
		x.b.errAggregateOrder(loc, msg, hint)
		return nil, nil, false
	}
	name := strings.ToUpper(c.Name.Name)
	switch {
	case len(items) == 0 || f.Within && clause == "ORDER BY":
		if len(items) > 0 {
			return fail(items[0].Loc, name+" takes WITHIN GROUP (ORDER BY x) behind its brackets", "write "+name+"(..) WITHIN GROUP (ORDER BY x)")
		}
		if f.Fractions && len(args) == 2 {
			args = append(args, boolConst(false, c.Loc))
		}
		return args, overloads, true
	case len(c.OrderBy) > 0 && len(c.WithinGroup) > 0:
		return fail(c.WithinGroup[0].Loc, "both ORDER BY and WITHIN GROUP", "leave out one of them")
	case f.Within:
		if len(items) != 1 || items[0].NullsFirst != nil {
			return fail(items[0].Loc, name+" is of one value, and passes over NULL", "write WITHIN GROUP (ORDER BY x)")
		}
		value := x.expr(items[0].Expr)
		if value == nil {
			return nil, nil, false
		}
		args = append([]bound.Expr{value}, args...)
		if f.Fractions {
			args = append(args, boolConst(items[0].Desc, items[0].Loc))
		}
		return args, overloads, true
	case f.Name == "first" || f.Name == "last":
		if len(items) != 1 || items[0].NullsFirst != nil {
			return fail(items[0].Loc, name+" goes by one key, and passes over rows where it is NULL", "write "+name+"(x ORDER BY y)")
		}
		key := x.expr(items[0].Expr)
		if key == nil {
			return nil, nil, false
		}
		a.Func = mustAggregate(byKey(f.Name, items[0].Desc))
		return append(args, key), a.Func.Overloads, true
	case len(f.Sorted) > 0:
		key, ok := x.sortKey(items)
		if !ok {
			return nil, nil, false
		}
		return append(args, key), f.Sorted, true
	case f.Ordered || clause == "WITHIN GROUP":
		return fail(items[0].Loc, name+" does not take "+clause, "leave it out")
	}
	for _, it := range items { // the order changes nothing
		if x.expr(it.Expr) == nil {
			return nil, nil, false
		}
	}
	return args, overloads, true
}

// byKey is the aggregate that FIRST or LAST of an order is.
func byKey(name string, desc bool) string {
	switch {
	case name == "first" && !desc:
		return "arg_min"
	case name == "first":
		return "arg_max"
	case desc:
		return "arg_min_last"
	}
	return "arg_max_last"
}

// sortKey makes bytes that sort as the items say: for each, a key of the value,
// or a byte before or behind all keys for NULL.
func (x *env) sortKey(items []ast.OrderItem) (bound.Expr, bool) {
	var parts []bound.Expr
	bytes := types.Of(types.Bytes)
	for _, it := range items {
		value := x.expr(it.Expr)
		if value == nil {
			return nil, false
		}
		name := "sort_key"
		if it.Desc {
			name = "sort_key_desc"
		}
		f, _ := findFunc(name)
		key := x.resolve(f, []bound.Expr{value}, it.Loc, it.Expr.Span())
		if key == nil {
			return nil, false
		}
		if value.Nullable() {
			mark := "\x02"
			if first := it.NullsFirst; first != nil && *first || first == nil && it.Desc {
				mark = "\x00"
			}
			null := &bound.Const{Node: node(bytes, false, it.Loc), Text: mark}
			key = &bound.Case{Node: node(bytes, false, it.Loc), Whens: []bound.When{{Cond: isNull(value), Then: null}}, Else: key}
		}
		parts = append(parts, key)
	}
	if len(parts) == 1 {
		return parts[0], true
	}
	f, _ := findFunc("concat")
	key := x.resolve(f, parts, items[0].Loc, items[0].Loc)
	return key, key != nil
}

// finalArgs checks the arguments that are for the result and not for rows.
func (x *env) finalArgs(a *bound.Agg, c *ast.Call) bool {
	n := len(a.Args) - a.Overload.Final
	if o := a.Overload; a.Distinct && o.Nulls && !o.NullOnce && !a.Func.Same && a.Args[0].Nullable() {
		x.b.errAggregateOrder(c.Loc, strings.ToUpper(c.Name.Name)+" does not take DISTINCT", "select the DISTINCT rows in FROM first")
		return false
	}
	for i, e := range a.Args[n:] {
		k, ok := e.(*bound.Const)
		if !ok || k.IsNull {
			x.b.errAggregateParameter(e, "a parameter of "+strings.ToUpper(c.Name.Name)+" is a constant")
			return false
		}
		if a.Func.Fractions && i == 0 && !(k.Float >= 0 && k.Float <= 1) {
			x.b.errAggregateParameter(e, "the fraction of "+strings.ToUpper(c.Name.Name)+" is 0 to 1")
			return false
		}
	}
	return true
}

func boolConst(b bool, loc source.Span) *bound.Const {
	return &bound.Const{Node: node(boolean, false, loc), Bool: b}
}

// pickAggregate finds the overload of an aggregate and casts its arguments.
func (x *env) pickAggregate(a *bound.Agg, args []bound.Expr, overloads []funcs.AggOverload, c *ast.Call) bool {
	best, bestCost := -1, 0
	for i := range overloads {
		o := &overloads[i]
		if len(args) != len(o.Params) || !o.Fits(typesOf(args)) {
			continue
		}
		cost, ok := fitArgs(args, func(j int) (types.Kind, bool) { return o.Params[j], true }, len(o.Params), false)
		if ok && (best < 0 || cost < bestCost) {
			best, bestCost = i, cost
		}
	}
	if best < 0 {
		var sigs []string
		for i := range overloads {
			sigs = append(sigs, signature(a.Func.Name, overloads[i].Params, 0, false))
		}
		if a.Func.Star {
			sigs = append(sigs, strings.ToUpper(a.Func.Name)+"(*)")
		}
		x.b.errNoOverload(c.Name.Loc, args, sigs)
		return false
	}
	a.Overload = &overloads[best]
	if !x.castArgs(args, func(j int) types.Kind { return a.Overload.Params[j] }) {
		return false
	}
	a.Args = args
	return true
}

// typesOf are the types of arguments.
func typesOf(args []bound.Expr) []types.Type {
	out := make([]types.Type, len(args))
	for i, a := range args {
		out[i] = a.Type()
	}
	return out
}

func aggregateType(o *funcs.AggOverload, args []bound.Expr) types.Type {
	if o.RetOf != nil {
		return o.RetOf(argTypes(args))
	}
	return o.Ret
}
