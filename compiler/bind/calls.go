package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func findFunc(name string) (*funcs.Func, bool) {
	f, ok := funcs.Find(name)
	return f, ok && f.Special == ""
}

// call binds a call: an aggregate, a form that is sugar, or a function.
func (x *env) call(c *ast.Call) bound.Expr {
	out := x.callOrNil(c)
	if out == nil {
		x.ok = false
	}
	return out
}

func (x *env) callOrNil(c *ast.Call) bound.Expr {
	if c.Over != nil {
		x.b.refuse(diag.OverClause, c.Over.Loc, "OVER", "aggregate with GROUP BY, or in a window")
		return nil
	}
	if e, ok := x.windowBound(c); ok {
		return e
	}
	if e, ok := x.macroCall(c); ok {
		return e
	}
	name := strings.ToLower(c.Name.Name)
	switch name {
	case "grouping":
		return x.grouping(c)
	case "explode", "unnest":
		return x.explode(c)
	case "cube_explode":
		if len(c.Args) == 1 && !c.Star {
			cube := *c
			cube.Args = []ast.Expr{&ast.Call{Node: c.Node, Name: ast.Ident{Name: "array_cube", Loc: c.Name.Loc}, Args: c.Args}}
			return x.explode(&cube)
		}
		return x.explode(c)
	}
	if e, ok := x.jsonForm(name, c); ok {
		return e
	}
	if special, ok := specialForm(name); ok && !x.modified(c) {
		if e, ok := x.lambdaCall(special, c); ok {
			return e
		}
		if e, ok := x.nestedForm(special, c); ok {
			return e
		}
		return x.special(special, c)
	}
	if f, ok := funcs.FindAgg(name); ok {
		return x.aggregate(f, c)
	}
	if x.modified(c) {
		return nil
	}
	f, ok := funcs.Find(name)
	if ok && name == "uuid" && len(c.Args) == 0 {
		ok = false
	}
	if !ok {
		if volatile[name] {
			x.b.diags.Err(diag.VolatileFunction, c.Name.Loc, strings.ToUpper(name)+" gives another value in every run, and veloc computes none that do",
				"take XXHASH64 or UUID_V5 of a column that tells the rows apart")
			return nil
		}
		if _, window := windowFuncs[strings.ToUpper(name)]; window {
			x.b.errWindowFuncHere(c)
			return nil
		}
		if windowOnly[name] {
			x.b.refuse(diag.OverClause, c.Name.Loc, strings.ToUpper(name)+", a window function,", "aggregate with GROUP BY")
			return nil
		}
		for _, a := range c.Args { // what is wrong inside is worth saying too
			x.expr(a)
			if _, lambda := a.(*ast.Lambda); lambda {
				return nil
			}
		}
		x.b.errUnknownFunction(c.Name)
		return nil
	}
	if c.Star {
		x.b.errStarArgument(c)
		return nil
	}
	args, ok := x.args(unitWords(f, c.Args))
	if !ok {
		return nil
	}
	return x.resolve(f, args, c.Loc, c.Name.Loc)
}

// unitWords replaces the name of a unit of time that is written as a word, as in
// TIMESTAMPADD(DAY, 1, ts), by the text that the function takes.
func unitWords(f *funcs.Func, args []ast.Expr) []ast.Expr {
	for i := range f.Overloads {
		c := f.Overloads[i].Const
		if c == nil || c.Type != "TimeUnit" && c.Type != "DatePart" || c.Arg >= len(args) {
			continue
		}
		n, ok := args[c.Arg].(*ast.Name)
		if !ok || len(n.Parts) != 1 || n.Parts[0].Quoted || c.Check(n.Parts[0].Name) != nil {
			continue
		}
		out := append([]ast.Expr(nil), args...)
		out[c.Arg] = &ast.StringLit{Node: n.Node, Value: n.Parts[0].Name}
		return out
	}
	return args
}

// volatile are functions of other systems whose result differs from call to call.
var volatile = map[string]bool{
	"random": true, "rand": true, "setseed": true, "uuid": true, "gen_random_uuid": true, "generate_uuid": true, "newid": true,
}

// windowOnly are functions that exist only with OVER.
var windowOnly = map[string]bool{
	"row_number": true, "rank": true, "dense_rank": true, "percent_rank": true, "cume_dist": true, "ntile": true,
	"lag": true, "lead": true, "nth_value": true,
}

// modified reports the parts of a call that only an aggregate has.
func (x *env) modified(c *ast.Call) bool {
	if _, agg := funcs.FindAgg(c.Name.Name); agg {
		return false
	}
	what := aggregateOnly(c)
	if what == "" {
		return false
	}
	if _, known := funcs.Find(c.Name.Name); !known {
		x.b.errUnknownFunction(c.Name)
	} else {
		x.b.errNotAggregate(c, what)
	}
	return true
}

// aggregateOnly names a part of a call that only an aggregate has, "" if there
// is none.
func aggregateOnly(c *ast.Call) string {
	switch {
	case c.Distinct:
		return "DISTINCT"
	case c.Filter != nil:
		return "FILTER"
	case len(c.OrderBy) > 0:
		return "ORDER BY"
	case len(c.WithinGroup) > 0:
		return "WITHIN GROUP"
	case c.RespectNulls:
		return "RESPECT NULLS"
	case c.IgnoreNulls:
		return "IGNORE NULLS"
	}
	return ""
}

func (x *env) args(list []ast.Expr) ([]bound.Expr, bool) {
	out := make([]bound.Expr, len(list))
	ok := true
	for i, a := range list {
		out[i] = x.expr(a)
		ok = ok && out[i] != nil
	}
	return out, ok
}

// resolve picks the overload of a scalar function and casts the arguments.
func (x *env) resolve(f *funcs.Func, args []bound.Expr, loc, at source.Span) bound.Expr {
	best, bestCost := -1, 0
	overloads := f.In(x.b.rules.KsqlFunctions)
	for i := range overloads {
		o := &overloads[i]
		cost, ok := fitArgs(args, func(j int) (types.Kind, bool) { return param(o, j) }, len(o.Params)-o.Optional, o.Texts)
		if ok && (best < 0 || cost < bestCost) && (o.Generic == nil || x.b.fitsGeneric(o.Generic, args)) {
			best, bestCost = i, cost
		}
	}
	if best < 0 {
		x.b.errNoOverload(at, args, signatures(f, overloads))
		return nil
	}
	o := &overloads[best]
	if o.Generic != nil {
		return x.generic(f, o, args, loc)
	}
	if !x.castArgs(args, func(j int) types.Kind { k, _ := param(o, j); return k }) {
		return nil
	}
	t := o.Ret
	if o.RetOf != nil {
		t = o.RetOf(argTypes(args))
	}
	c := &bound.Call{Node: node(t, callNull(o, args), loc), Func: f, Overload: o, Args: args}
	if o.Const == nil || o.Const.Arg >= len(args) {
		return c
	}
	ok := x.constArg(f, args[o.Const.Arg], o.Const.Check, &c.Prepared)
	if ok && o.Const.Also > 0 {
		also := false
		ok = x.constArg(f, args[o.Const.Also], o.Const.CheckAlso, &also)
		c.Prepared = c.Prepared && also
	}
	if !ok {
		return nil
	}
	return x.b.attemptCall(c)
}

// constArg notes whether an argument is a constant, and reports false for a bad
// one.
func (x *env) constArg(f *funcs.Func, arg bound.Expr, check func(string) error, constant *bool) bool {
	k, ok := arg.(*bound.Const)
	if !ok || k.IsNull {
		return true
	}
	if check != nil && k.T.Kind == types.String {
		if err := check(k.Text); err != nil {
			x.b.errConstArg(k, f.Name, err)
			return false
		}
	}
	*constant = true
	return true
}

// callNull reports whether a call can be NULL.
func callNull(o *funcs.Overload, args []bound.Expr) bool {
	strict := o.Strict
	if o.Null == funcs.Propagate {
		strict = len(args)
	}
	return o.Go.OrNull || anyNull(args[:strict])
}

// param is the kind of a parameter, the last one repeating if it may.
func param(o *funcs.Overload, i int) (types.Kind, bool) {
	if i < len(o.Params) {
		return o.Params[i], true
	}
	if o.Variadic && len(o.Params) > 0 {
		return o.Params[len(o.Params)-1], true
	}
	return 0, false
}

// fitArgs returns how much conversion arguments need for the parameters;
// texts says that every type becomes text.
func fitArgs(args []bound.Expr, param func(int) (types.Kind, bool), least int, texts bool) (int, bool) {
	if len(args) < least {
		return 0, false
	}
	total := 0
	for i, a := range args {
		k, ok := param(i)
		if !ok {
			return 0, false
		}
		cost, ok := argCost(a, k)
		if !ok && texts && k == types.String && types.CanCast(a.Type(), kindType(k)) {
			cost, ok = 50, true
		}
		if !ok {
			return 0, false
		}
		total += cost
	}
	return total, true
}

// argCost is the conversion that one argument needs: none, widening, or a
// literal read as another type. A parameter of any type costs a little, so that
// an exact one wins.
func argCost(a bound.Expr, k types.Kind) (int, bool) {
	if k == types.Invalid {
		return 1, true
	}
	if cost, ok := types.Widening(a.Type(), k); ok {
		return cost * 4, true
	}
	if c, ok := isText(a); ok {
		if _, ok := textConst(c.Text, kindType(k), c.Loc); ok {
			return 100, true
		}
	}
	return 0, false
}

// kindType is a type of a kind; a DECIMAL takes the usual parameters.
func kindType(k types.Kind) types.Type {
	if k == types.Decimal {
		return types.Dec(38, 9)
	}
	return types.Of(k)
}

// castArgs converts the arguments to the kinds of the parameters.
func (x *env) castArgs(args []bound.Expr, param func(int) types.Kind) bool {
	for i, a := range args {
		k := param(i)
		t := kindType(k)
		switch {
		case k == types.Invalid && a.Type().Kind == types.Null:
			t = types.Of(types.String)
		case k == types.Invalid, a.Type().Kind == k:
			continue
		case k == types.Decimal:
			if d, ok := a.Type().AsDecimal(); ok {
				t = d
				if c, isConst := a.(*bound.Const); isConst && !c.IsNull {
					t = smallest(c)
				}
			}
		}
		if c, ok := isText(a); ok {
			args[i], _ = textConst(c.Text, t, c.Loc)
			continue
		}
		args[i] = x.b.castTo(a, t, true)
	}
	return true
}

func argTypes(args []bound.Expr) []types.Type {
	out := make([]types.Type, len(args))
	for i, a := range args {
		out[i] = a.Type()
	}
	return out
}

// signatures lists the overloads of a function for a message.
func signatures(f *funcs.Func, overloads []funcs.Overload) []string {
	var out []string
	for i := range overloads {
		o := &overloads[i]
		out = append(out, signature(f.Name, o.Params, o.Optional, o.Variadic))
	}
	return out
}

func signature(name string, params []types.Kind, optional int, variadic bool) string {
	var b strings.Builder
	b.WriteString(strings.ToUpper(name) + "(")
	for i, p := range params {
		if i == len(params)-optional {
			b.WriteString("[")
		}
		if i > 0 {
			b.WriteString(", ")
		}
		if p == types.Invalid {
			b.WriteString("any")
		} else {
			b.WriteString(p.String())
		}
	}
	if variadic {
		b.WriteString(", ..")
	}
	if optional > 0 {
		b.WriteString("]")
	}
	return b.String() + ")"
}

// specialForm tells the name of a form that is bound here and not looked up.
func specialForm(name string) (string, bool) {
	if f, ok := funcs.Find(name); ok && f.Special != "" {
		return f.Special, true
	}
	s, ok := specialForms[name]
	return s, ok
}

// specialForms are the forms that are part of the language whatever the table
// of functions says.
var specialForms = map[string]string{
	"coalesce": "coalesce", "nullif": "nullif", "if": "if", "iif": "if", "ifnull": "coalesce", "nvl": "coalesce",
	"greatest": "greatest", "least": "least", "as_value": "as_value", "decode": "decode",
}

// special binds a form that does not follow the rules of calls.
func (x *env) special(form string, c *ast.Call) bound.Expr {
	if c.Star {
		x.b.errStarArgument(c)
		return nil
	}
	args, ok := x.args(c.Args)
	if !ok {
		return nil
	}
	name := strings.ToUpper(c.Name.Name)
	count := func(least, most int, usage string) bool {
		if len(args) >= least && (most < 0 || len(args) <= most) {
			return true
		}
		x.b.errArgumentCount(c, usage)
		return false
	}
	switch form {
	case "coalesce", "ifnull", "nvl":
		most := -1
		if name == "IFNULL" || name == "NVL" {
			most = 2
		}
		if !count(1, most, name+"(x, y, ..)") {
			return nil
		}
		return x.coalesce(args, c)
	case "as_value":
		if !count(1, 1, "AS_VALUE(x)") {
			return nil
		}
		return args[0]
	case "decode":
		if len(args) == 2 {
			f, _ := findFunc("to_bytes")
			return x.resolve(f, args, c.Loc, c.Name.Loc)
		}
		if !count(3, -1, "DECODE(x, value, result, .., otherwise)") {
			return nil
		}
		return x.decode(args, c)
	case "elt":
		if !count(2, -1, name+"(n, x, y, ..)") {
			return nil
		}
		return x.elt(args, c)
	case "field":
		if !count(2, -1, "FIELD(x, y, z, ..)") {
			return nil
		}
		return x.field(args, c)
	case "nvl2":
		if !count(3, 3, "NVL2(x, if not null, if null)") {
			return nil
		}
		return x.choose([]bound.Expr{isNull(args[0])}, []bound.Expr{args[2], args[1]}, "NVL2", c)
	case "nullif":
		if !count(2, 2, "NULLIF(x, y)") {
			return nil
		}
		return x.nullif(args[0], args[1], c)
	case "if", "iif":
		if !count(2, 3, name+"(condition, then, else)") {
			return nil
		}
		return x.ifForm(args, c)
	case "greatest", "least":
		if !count(1, -1, name+"(x, y, ..)") {
			return nil
		}
		return x.extreme(args, form == "least", c)
	}
	panic("bind: unknown form " + form)
}
