package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
)

// macro is a function written in SQL. Its body is bound anew for every call,
// over the arguments, so that it costs what the expression costs that it
// stands for.
type macro struct {
	def    *ast.CreateFunction
	params []types.Type
	ret    types.Type
	before int  // the macros that its body can call
	ok     bool // the definition has no mistakes
}

// argument is an argument of a function by the name that its body has for it.
type argument struct {
	name ast.Ident
	expr bound.Expr
}

// createFunction binds CREATE FUNCTION: the body is checked with columns of the
// types of the parameters.
func (b *binder) createFunction(f *ast.CreateFunction) {
	if f.Language != "SQL" {
		b.refuse(diag.UserFunction, f.Name.Loc, "CREATE FUNCTION .. LANGUAGE "+f.Language, "write the function in SQL: CREATE FUNCTION "+f.Name.Name+"(..) RETURNS .. AS expression")
		return
	}
	if !b.freeFunction(f) {
		return
	}
	m := &macro{def: f, before: len(b.macros), ok: true}
	var args []argument
	for i, p := range f.Params {
		t, ok := b.typeName(p.Type, f.Name.Name+"_"+p.Name.Name)
		m.ok = m.ok && ok
		m.params = append(m.params, t)
		for _, old := range f.Params[:i] {
			if same(p.Name, old.Name.Name) {
				b.errDuplicateColumn(p.Name.Loc, p.Name.Name, old.Name.Loc)
				m.ok = false
			}
		}
		args = append(args, argument{p.Name, ref(b.col(p.Name.Name, t, true, p.Name.Loc, p.Name.Name), p.Name.Loc)})
	}
	t, ok := b.typeName(f.Returns, f.Name.Name)
	m.ret, m.ok = t, m.ok && ok
	if m.ok {
		m.ok = b.expand(m, args) != nil
	}
	b.macros = append(b.macros, m)
}

// freeFunction checks that a function may have its name.
func (b *binder) freeFunction(f *ast.CreateFunction) bool {
	d := diag.Diagnostic{Code: diag.FunctionTaken, Span: f.Name.Loc, Hint: "give the function another name"}
	if old := b.findMacro(f.Name, len(b.macros)); old != nil {
		if f.OrReplace {
			return true
		}
		d.Msg = fmt.Sprintf("there is a function %q already", f.Name.Name)
		d.Labels = []diag.Label{{Span: old.def.Name.Loc, Msg: "defined here"}}
		d.Hint = "give the function another name, or write CREATE OR REPLACE FUNCTION"
		b.diags.Add(d)
		return false
	}
	_, scalar := funcs.Find(f.Name.Name)
	_, agg := funcs.FindAgg(f.Name.Name)
	_, special := specialForm(strings.ToLower(f.Name.Name))
	_, window := windowFuncs[strings.ToUpper(f.Name.Name)]
	if scalar || agg || special || window || windowOnly[strings.ToLower(f.Name.Name)] {
		d.Msg = fmt.Sprintf("%s is a built-in function", strings.ToUpper(f.Name.Name))
		b.diags.Add(d)
		return false
	}
	return true
}

// findMacro finds the last function of a name among the first n.
func (b *binder) findMacro(name ast.Ident, n int) *macro {
	for i := n - 1; i >= 0; i-- {
		if same(name, b.macros[i].def.Name.Name) {
			return b.macros[i]
		}
	}
	return nil
}

// macroCall binds a call of a function that the program defines. It reports
// false if there is none.
func (x *env) macroCall(c *ast.Call) (bound.Expr, bool) {
	n := len(x.b.macros)
	if x.macro != nil {
		n = x.macro.before
		if same(c.Name, x.macro.def.Name.Name) && x.b.findMacro(c.Name, n) == nil {
			x.b.diags.Err(diag.FunctionItself, c.Name.Loc, fmt.Sprintf("the function %q calls itself", x.macro.def.Name.Name), "write the result out without it")
			return nil, true
		}
	}
	m := x.b.findMacro(c.Name, n)
	if m == nil {
		return nil, false
	}
	if what := aggregateOnly(c); what != "" {
		x.b.errNotAggregate(c, what)
		return nil, true
	}
	if c.Star {
		x.b.errStarArgument(c)
		return nil, true
	}
	args, ok := x.args(c.Args)
	if !ok || !m.ok {
		return nil, true
	}
	return x.applyMacro(m, args, c), true
}

// applyMacro converts the arguments to the types of the parameters and expands
// the body.
func (x *env) applyMacro(m *macro, args []bound.Expr, c *ast.Call) bound.Expr {
	mismatch := func() bound.Expr {
		var want []string
		for i, t := range m.params {
			want = append(want, m.def.Params[i].Name.Name+" "+t.String())
		}
		x.b.errNoOverload(c.Name.Loc, args, []string{m.def.Name.Name + "(" + strings.Join(want, ", ") + ")"})
		return nil
	}
	if len(args) != len(m.params) {
		return mismatch()
	}
	list := make([]argument, len(args))
	for i, a := range args {
		e := x.b.convert(a, m.params[i], true)
		if e == nil {
			return mismatch()
		}
		list[i] = argument{m.def.Params[i].Name, e}
	}
	out := x.b.expand(m, list)
	if out != nil && size(out) > maxAliased {
		x.b.diags.Err(diag.ExpressionSize, c.Loc, fmt.Sprintf("the call of %q stands for more than %d parts", m.def.Name.Name, maxAliased), "compute it in steps, in queries in FROM or WITH")
		return nil
	}
	return out
}

// expand binds the body of a function over its arguments.
func (b *binder) expand(m *macro, args []argument) bound.Expr {
	k := &block{b: b, sel: &bound.Select{Limit: -1}, in: &scope{}, ok: true, params: args}
	x := &env{block: k, clause: "a function", macro: m}
	e := x.expr(m.def.Body)
	if e == nil || !k.ok {
		return nil
	}
	if out := b.convert(e, m.ret, false); out != nil {
		return out
	}
	if e.Type().IsNumeric() && m.ret.IsNumeric() {
		return b.castTo(e, m.ret, false)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.FunctionBody, Span: m.def.Body.Span(), Msg: fmt.Sprintf("the function %q returns %s, its body is %s", m.def.Name.Name, m.ret, e.Type()),
		Labels: []diag.Label{{Span: m.def.Returns.Loc, Msg: "declared here"}},
		Hint:   fmt.Sprintf("convert the result: CAST(.. AS %s), or change RETURNS", m.ret),
	})
	return nil
}

// argument finds an argument of the function whose body is being bound.
func (k *block) argument(id ast.Ident) bound.Expr {
	for _, p := range k.params {
		if same(id, p.name.Name) {
			return p.expr
		}
	}
	return nil
}

// errUnknownParameter reports a name in the body of a function.
func (b *binder) errUnknownParameter(id ast.Ident, m *macro) {
	var names []string
	for _, p := range m.def.Params {
		names = append(names, p.Name.Name)
	}
	hint := "it has none"
	if len(names) > 0 {
		hint = "it has " + strings.Join(names, ", ")
	}
	b.diags.Err(diag.UnknownColumn, id.Loc, fmt.Sprintf("the function %q has no parameter %q", m.def.Name.Name, id.Name), hint)
}
