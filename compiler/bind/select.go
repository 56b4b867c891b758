package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// block is one SELECT being bound. Expressions are bound over the columns that
// the block reads, aggregates becoming references to their columns; when
// everything is bound and the block turns out to be grouped, the parts of an
// expression that are grouping keys are replaced by references to them, and any
// other column is a mistake.
type block struct {
	b    *binder
	body *ast.SelectBody // nil for a tail around a UNION
	sel  *bound.Select
	in   *scope
	ctes *ctes
	ok   bool

	aliases   []alias        // of the select list, from left to right
	groupings []grouping     // calls of GROUPING
	grouped   bool           // there are grouping sets, and the keys are known
	around    *correlation   // the query around a subquery in an expression
	params    []argument     // of the function whose body the block stands for
	keys      []int          // items marked PRIMARY KEY
	tvf       *ast.TableFunc // a window table function in FROM
	tvfKey    bool           // GROUP BY names the window of the function
	// rowWindow is the window of each row of FROM, where nothing groups the rows.
	rowWindow *bound.Window
	// tvfPartition is PARTITION BY of the window function in FROM.
	tvfPartition []ast.Expr
	badWindow    bool        // the window has mistakes
	operand      bool        // of a UNION, which gives a bare NULL its type
	global       bool        // there is one group, which exists without any row
	starAt       source.Span // the * that has been reported as not grouped
	unnamed      int         // items without a name so far
	fieldNames   []string    // names that items got from fields, where these are numbered
	partition    []partKey   // PARTITION BY
	holes        bool        // items with mistakes are left out: positions count wrong
}

// maxAliased is how many parts an expression with a name may have. Every use of
// the name repeats the expression, so that names of names could grow without end.
const maxAliased = 5000

// alias is a name that the select list gives to an expression.
type alias struct {
	name ast.Ident
	expr bound.Expr // nil if it has mistakes
}

// selectBlock binds one SELECT block with the tail of its query.
func (b *binder) selectBlock(s *ast.SelectBody, env *ctes, t tail) (bound.Query, []int) {
	k := &block{b: b, body: s, sel: &bound.Select{Loc: s.Loc, Limit: -1}, in: &scope{}, ctes: env, ok: true, operand: t.operand, around: t.around}
	k.refuseClauses(s)
	k.from(s.From)
	k.window(s)
	k.global = k.sel.Window == nil && !groupsBy(s)
	if s.Where != nil {
		k.sel.Where = k.condition(s.Where, "WHERE", nil)
		k.sel.WhereLoc = s.WhereLoc
	}
	k.partitionBy(s)
	k.decorrelate()
	k.items(s)
	k.partitionKeys(s)
	k.groupBy(s)
	k.dropNullKeys()
	if s.Having != nil {
		k.sel.Having = k.condition(s.Having, "HAVING", k.sel)
		k.sel.HavingLoc = s.HavingLoc
	}
	k.distinct(s)
	k.group(s)
	k.attemptAll()
	k.orderBy(t.order)
	k.limit(t.limit)
	k.emit(t.emit)
	k.correlated()
	if !k.ok {
		return nil, nil
	}
	return k.sel, k.keys
}

// groupsBy reports a GROUP BY with an expression; GROUP BY () has none.
func groupsBy(s *ast.SelectBody) bool {
	for i := range s.GroupBy {
		if s.GroupBy[i].Kind != "" || len(groupExprs(&s.GroupBy[i])) > 0 {
			return true
		}
	}
	return false
}

// refuseClauses refuses the clauses that are not there yet.
func (k *block) refuseClauses(s *ast.SelectBody) {
	refuse := func(code diag.Code, loc source.Span, what, hint string) {
		k.b.refuse(code, loc, what, hint)
		k.ok = false
	}
	if s.Qualify != nil {
		refuse(diag.QualifyClause, s.QualifyLoc, "QUALIFY", "leave it out; it needs OVER, which is not supported yet either")
	}
	if len(s.Windows) > 0 {
		refuse(diag.NamedWindow, s.Windows[0].Name.Loc, "WINDOW .. AS", "leave it out; it needs OVER, which is not supported yet either")
	}
}

// condition binds a clause that must be true of a row.
func (k *block) condition(e ast.Expr, clause string, aggs *bound.Select) bound.Expr {
	x := &env{block: k, clause: clause, aggs: aggs != nil, filters: filtering(e, nil)}
	c := x.boolean(e, clause)
	if c == nil {
		k.ok = false
	}
	return c
}

// items binds the select list.
func (k *block) items(s *ast.SelectBody) {
	for i := range s.Items {
		it := &s.Items[i]
		switch {
		case it.Star || len(it.Qualifier) > 0 && it.Expr == nil:
			k.star(it)
		case asField(it.Expr) != nil:
			k.structStar(it, asField(it.Expr))
		default:
			k.item(it, i+1)
		}
	}
	k.uniqueNames()
}

// star binds * and t.*.
func (k *block) star(it *ast.SelectItem) {
	if it.PrimaryKey {
		k.b.errMisplaced(it.Loc, "PRIMARY KEY", "*", "write the key column out: k PRIMARY KEY")
		k.ok = false
	}
	k.holes = k.holes || k.in.broken
	inputs := k.in.inputs
	if len(it.Qualifier) > 0 {
		in := k.in.input(it.Qualifier[0])
		if in == nil || len(it.Qualifier) > 1 {
			if !k.in.broken {
				k.b.errUnknownQualifier(it.Qualifier[len(it.Qualifier)-1], k.in)
			}
			k.ok = false
			return
		}
		inputs = []*input{in}
	}
	if len(inputs) == 0 {
		if !k.in.broken {
			k.b.errStarWithoutFrom(it.Loc)
			k.ok = false
		}
		return
	}
	skip := map[*bound.Col]bool{}
	for _, id := range it.Except {
		cols := k.in.column(id)
		if len(cols) == 0 && !k.in.broken {
			k.b.errUnknownColumn(id, k.in)
			k.ok = false
		}
		for _, c := range cols {
			skip[c] = true
		}
	}
	if len(it.Qualifier) == 0 {
		k.starPartition(it.Loc)
	}
	for _, in := range inputs {
		for _, c := range k.starOrder(in) {
			if !skip[c] {
				k.addItem(ast.Ident{Loc: it.Loc, Name: c.Name, Quoted: true}, ref(c, it.Loc), it.Loc, c.Name)
			}
		}
	}
}

// item binds an expression of the select list; n is its position.
func (k *block) item(it *ast.SelectItem, n int) {
	x := &env{block: k, clause: "the select list", aggs: true, naming: it.Alias.Name}
	e := x.expr(it.Expr)
	switch {
	case e == nil:
		k.ok, k.holes = false, true
	case e.Type().Kind != types.Null || k.operand:
	case k.b.rules.TypedNull:
		k.b.errUntypedNull(e.Span(), "NULL as a column")
		k.ok = false
		e = nil
	default:
		e = k.b.castTo(e, types.Of(types.String), true)
	}
	if strings.EqualFold(it.Alias.Name, "_event_time") && !it.Alias.Quoted {
		k.setEventTime(it, e)
		return
	}
	name := k.itemName(it, n)
	if r, ok := e.(*bound.Ref); ok && it.Alias.Name == "" && strings.EqualFold(name.Name, r.Col.Name) {
		name.Name = r.Col.Name // a column keeps its spelling
	}
	if field, ok := isDereference(e); ok && it.Alias.Name == "" && k.b.rules.CallsUnnamed {
		name = k.fieldItem(it.Loc, ast.Ident{Name: field, Quoted: true})
	}
	if it.Alias.Name != "" {
		if e != nil && size(e) > maxAliased {
			k.b.errTooLarge(it)
			k.ok = false
			e = nil
		}
		k.aliases = append(k.aliases, alias{it.Alias, e})
	}
	if e == nil {
		return
	}
	if k.b.rules.IsPseudo(name.Name) {
		k.b.errPseudo(name.Loc, name.Name)
		k.ok = false
	}
	if it.PrimaryKey {
		k.keys = append(k.keys, len(k.sel.Items))
	}
	k.addItem(name, e, it.Expr.Span(), ast.FormatExpr(it.Expr))
	if isAsValue(it.Expr) {
		k.b.stmt.markValue(k.sel.Items[len(k.sel.Items)-1].Col)
	}
}

// isAsValue reports AS_VALUE(x).
func isAsValue(e ast.Expr) bool {
	c, ok := unparen(e).(*ast.Call)
	return ok && strings.EqualFold(c.Name.Name, "as_value")
}

func (k *block) addItem(name ast.Ident, e bound.Expr, loc source.Span, sql string) {
	e = k.asKey(e)
	c := k.b.col(name.Name, e.Type(), e.Nullable(), name.Loc, sql)
	k.sel.Items = append(k.sel.Items, bound.Computed{Col: c, Expr: e, Loc: loc})
}

// setEventTime binds `expr AS _event_time`.
func (k *block) setEventTime(it *ast.SelectItem, e bound.Expr) {
	switch {
	case k.sel.EventTime != nil:
		k.b.errDuplicateColumn(it.Alias.Loc, "_event_time", k.sel.EventTime.Span())
		k.ok = false
		return
	case it.PrimaryKey:
		k.b.errMisplaced(it.Loc, "PRIMARY KEY", "the event time", "mark a column of the result")
		k.ok = false
		return
	case e == nil:
		return
	}
	t := k.b.convert(e, types.Of(types.Timestamp), true)
	if t == nil {
		k.b.errEventTimeType(e)
		k.ok = false
		return
	}
	k.sel.EventTime = t
}

// itemName is the name of an item: its alias, the column's name, a function's
// name in lower case, or one that the dialect makes for the item at a position.
func (k *block) itemName(it *ast.SelectItem, at int) ast.Ident {
	if it.Alias.Name != "" {
		return it.Alias
	}
	e := it.Expr
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			break
		}
		e = p.X
	}
	if n, ok := e.(*ast.Name); ok {
		last := n.Parts[len(n.Parts)-1]
		return ast.Ident{Loc: it.Loc, Name: last.Name, Quoted: last.Quoted}
	}
	if f, ok := e.(*ast.Field); ok && f.Key == nil && !f.Star {
		return ast.Ident{Loc: it.Loc, Name: f.Name.Name, Quoted: f.Name.Quoted}
	}
	if !k.b.rules.CallsUnnamed {
		switch e := e.(type) {
		case *ast.Call:
			return ast.Ident{Loc: it.Loc, Name: strings.ToLower(e.Name.Name)}
		case *ast.Extract:
			return ast.Ident{Loc: it.Loc, Name: "extract"}
		}
	}
	return k.unnamedItem(it.Loc, at)
}

// unnamedItem makes the name of the item at a position, in a dialect that counts
// them one that no column of the input has.
func (k *block) unnamedItem(loc source.Span, at int) ast.Ident {
	for {
		k.unnamed++
		id := ast.Ident{Loc: loc, Name: k.b.rules.Unnamed(at, k.unnamed)}
		if !k.b.rules.CallsUnnamed || len(k.in.column(id)) == 0 {
			return id
		}
	}
}

// uniqueNames reports items of one name.
func (k *block) uniqueNames() {
	for i, it := range k.sel.Items {
		for _, old := range k.sel.Items[:i] {
			if k.b.sameName(it.Col.Name, old.Col.Name) {
				k.b.errDuplicateOutput(it.Col, old.Col)
				k.ok = false
				break
			}
		}
	}
}

// distinct binds SELECT DISTINCT.
func (k *block) distinct(s *ast.SelectBody) {
	k.sel.Distinct, k.sel.DistinctLoc = s.Distinct, s.DistinctLoc
}

// limit binds LIMIT.
func (k *block) limit(n *ast.NumberLit) {
	if n == nil {
		return
	}
	v, ok := wholeNumber(n)
	if !ok {
		k.b.errLimit(n)
		k.ok = false
		return
	}
	k.sel.Limit, k.sel.LimitLoc = v, n.Loc
}

// emit binds EMIT.
func (k *block) emit(e *ast.Emit) {
	if e == nil {
		if k.b.rules.EmitChanges && k.sel.Window != nil {
			k.sel.Emit = bound.EmitChanges
		}
		return
	}
	k.sel.EmitLoc = e.Loc
	switch e.Mode {
	case "CHANGES":
		k.sel.Emit = bound.EmitChanges
	case "FINAL":
		k.sel.Emit = bound.EmitFinal
	case "EVERY":
		k.sel.Emit = bound.EmitEvery
		var ok bool
		if k.sel.Every, ok = k.b.micros(e.Every); !ok {
			k.ok = false
		}
	default:
		panic("bind: unknown emit mode " + e.Mode)
	}
}

// orderBy binds ORDER BY: positions, names of the result, and expressions.
func (k *block) orderBy(items []ast.OrderItem) {
	for i := range items {
		o := &items[i]
		c := k.orderKey(o.Expr)
		if c == nil {
			k.ok = false
			continue
		}
		nullsFirst := o.Desc
		if o.NullsFirst != nil {
			nullsFirst = *o.NullsFirst
		}
		k.sel.OrderBy = append(k.sel.OrderBy, bound.Order{Col: c, Desc: o.Desc, NullsFirst: nullsFirst, Loc: o.Loc})
		k.sel.OrderLoc = items[0].Loc.To(o.Loc)
	}
}

// orderKey finds the column of a sort key, computing one if need be.
func (k *block) orderKey(e ast.Expr) *bound.Col {
	if n, ok := e.(*ast.NumberLit); ok {
		if k.holes {
			return nil
		}
		i, ok := wholeNumber(n)
		if !ok || i < 1 || int(i) > len(k.sel.Items) {
			if k.ok {
				k.b.errPosition(n, "ORDER BY", len(k.sel.Items))
			}
			return nil
		}
		return k.sel.Items[i-1].Col
	}
	if n, ok := e.(*ast.Name); ok && len(n.Parts) == 1 {
		for _, it := range k.sel.Items {
			if same(n.Parts[0], it.Col.Name) {
				return it.Col
			}
		}
	}
	x := &env{block: k, clause: "ORDER BY", aggs: k.sel.Grouped}
	be := x.expr(e)
	if be == nil {
		return nil
	}
	if k.sel.Grouped {
		if be = k.regroup(be); be == nil {
			return nil
		}
	}
	for _, it := range k.sel.Items {
		if equal(it.Expr, be) {
			return it.Col
		}
	}
	if k.sel.Distinct {
		k.b.errDistinctOrder(e.Span())
		return nil
	}
	c := k.b.col(fmt.Sprintf("order_%d", len(k.sel.Hidden)+1), be.Type(), be.Nullable(), e.Span(), ast.FormatExpr(e))
	k.sel.Hidden = append(k.sel.Hidden, bound.Computed{Col: c, Expr: be, Loc: e.Span()})
	return c
}
