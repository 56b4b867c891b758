package bind

import (
	"fmt"
	"sort"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// functionNames lists every function for suggestions.
func functionNames() []string {
	var names []string
	for n := range specialForms {
		names = append(names, n)
	}
	scalars, aggs := funcs.Scalars(), funcs.Aggregates()
	for i := range scalars {
		names = append(names, scalars[i].Names()...)
	}
	for i := range aggs {
		names = append(append(names, aggs[i].Name), aggs[i].Aliases...)
	}
	sort.Strings(names)
	return names
}

func (b *binder) errTooLarge(it *ast.SelectItem) {
	b.diags.Err(diag.ExpressionSize, it.Loc, fmt.Sprintf("the expression %q has more than %d parts", it.Alias.Name, maxAliased), "compute it in steps, in queries in FROM or WITH")
}

func (b *binder) errNotGrouped(r *bound.Ref, sel *bound.Select) {
	name := r.Col.Name
	hint := fmt.Sprintf("add it to GROUP BY, or aggregate it: MAX(%s)", name)
	var labels []diag.Label
	if len(sel.Keys) > 0 {
		labels = []diag.Label{{Span: sel.GroupLoc, Msg: "the groups"}}
	} else if len(sel.Aggs) > 0 {
		labels = []diag.Label{{Span: sel.Aggs[0].Loc, Msg: "this makes one row of all"}}
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.NotGrouped, Span: r.Loc, Msg: fmt.Sprintf("column %q is neither grouped nor aggregated", name), Labels: labels, Hint: hint,
	})
}

func (b *binder) errNestedAggregate(at source.Span, outer *ast.Call) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.NestedAggregate, Span: at, Msg: "an aggregate inside an aggregate",
		Labels: []diag.Label{{Span: outer.Name.Loc, Msg: "inside this one"}}, Hint: "aggregate in a query in FROM first",
	})
}

func (b *binder) errAggregateIn(clause string, at source.Span, text string) {
	hint := "aggregate in a query in FROM first"
	switch clause {
	case "WHERE":
		hint = "conditions on groups go into HAVING"
	case "ORDER BY":
		hint = "the query has no groups to sort; add GROUP BY"
	}
	b.diags.Err(diag.AggregatePlace, at, fmt.Sprintf("the aggregate %s cannot stand in %s", text, clause), hint)
}

func (b *binder) errPosition(n *ast.NumberLit, clause string, items int) {
	b.diags.Err(diag.BadPosition, n.Loc, fmt.Sprintf("%s %s is no position in the select list", clause, n.Text), fmt.Sprintf("positions are 1 to %d", items))
}

func (b *binder) errGroupConstant(at source.Span) {
	b.diags.Err(diag.BadPosition, at, "GROUP BY a constant", "name a column, or leave GROUP BY out for one group")
}

func (b *binder) errHavingWithoutGroup(at source.Span) {
	b.diags.Err(diag.HavingWithoutGroup, at, "HAVING without GROUP BY or an aggregate", "conditions on rows go into WHERE")
}

func (b *binder) errWindowWithoutGroup(at source.Span) {
	b.diags.Err(diag.WindowWithoutGroup, at, "a window without an aggregate", "add GROUP BY or an aggregate such as COUNT(*)")
}

func (b *binder) errWindowNotGrouped(t *ast.TableFunc) {
	b.diags.Err(diag.WindowWithoutGroup, t.Loc, "the rows of a window function are not grouped by its window", "add GROUP BY window_start, window_end")
}

func (b *binder) errSessionRows(t *ast.TableFunc) {
	b.diags.Err(diag.WindowWithoutGroup, t.Loc, "the session of a row is known only when it ends", "aggregate with GROUP BY window_start, window_end")
}

func (b *binder) errSecondWindow(at, old source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.WindowTwice, Span: at, Msg: "a query has one window", Labels: []diag.Label{{Span: old, Msg: "the first one"}}, Hint: "leave one of them out",
	})
}

func (b *binder) errNoWindowFor(o *option) {
	b.diags.Err(diag.OptionPlace, o.KeyLoc, fmt.Sprintf("option '%s' is for a window, and the query has none", o.Key), "leave it out, or add WINDOW TUMBLING(1 MINUTE)")
}

func (b *binder) errGraceTwice(o *option, w source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.OptionTwice, Span: o.KeyLoc, Msg: fmt.Sprintf("GRACE PERIOD and '%s' are both given", o.Key),
		Labels: []diag.Label{{Span: w, Msg: "the window"}}, Hint: "leave one of them out",
	})
}

func (b *binder) errWindowCall(at source.Span, name string) {
	hint := "write " + name + "(ts, INTERVAL '1' MINUTE)"
	switch {
	case strings.HasPrefix(name, "HOP"):
		hint = "write " + name + "(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE): the advance, then the size"
	case strings.HasPrefix(name, "CUMULATE"):
		hint = "write " + name + "(ts, INTERVAL '1' MINUTE, INTERVAL '1' HOUR): the step, then the size"
	}
	b.diags.Err(diag.WindowArguments, at, "the arguments of "+name+" are the time column and the lengths of the window", hint)
}

func (b *binder) errWindowFuncHere(c *ast.Call) {
	b.diags.Err(diag.WindowArguments, c.Loc, strings.ToUpper(c.Name.Name)+" stands in GROUP BY or FROM", "name a side of the window with window_start or window_end")
}

func (b *binder) errWindowSize(at source.Span, msg string) {
	b.diags.Err(diag.WindowArguments, at, msg, "for example WINDOW HOPPING(SIZE 5 MINUTES, ADVANCE BY 1 MINUTE)")
}

func (b *binder) errRetention(at source.Span, w *bound.Window) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.WindowRetention, Span: at, Msg: "the retention is shorter than the size and the grace period of the window",
		Labels: []diag.Label{{Span: w.Loc, Msg: "the window"}}, Hint: "make it longer, or leave it out: a window is kept as long as rows can change it",
	})
}

func (b *binder) errMonths(at source.Span) {
	b.diags.Err(diag.MonthLength, at, "months and years have no fixed length", "use days: 30 DAYS")
}

func (b *binder) errWindowColumn(at source.Span, msg, hint string) {
	b.diags.Err(diag.WindowColumn, at, msg, hint)
}

func (b *binder) errWindowOtherColumn(r *bound.Ref, src *bound.Relation, col *bound.Col, inline bool) {
	hint := fmt.Sprintf("give it a watermark of its own: '%s.watermark.%s.max_out_of_orderness' = '5s'", src.Name, col.Name)
	if !inline {
		hint = fmt.Sprintf("make it the event time where it is selected: SELECT .., %s AS _event_time", col.Name)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.WindowColumn, Span: r.Loc, Msg: fmt.Sprintf("the event time of %q is %q, not %q", src.Name, src.Source.Time.Col.Name, r.Col.Name),
		Labels: []diag.Label{{Span: src.Source.Time.Loc, Msg: "declared here"}}, Hint: hint,
	})
}

func (b *binder) errLimit(n *ast.NumberLit) {
	b.diags.Err(diag.BadLimit, n.Loc, "LIMIT takes a whole number", "for example LIMIT 10")
}

func (b *binder) errDistinctOrder(at source.Span) {
	b.diags.Err(diag.DistinctOrder, at, "SELECT DISTINCT is ordered by what it selects", "add the expression to the select list")
}

func (b *binder) errEmitTwice(e, option *ast.Emit) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.EmitTwice, Span: e.Loc, Msg: "EMIT is given twice", Labels: []diag.Label{{Span: option.Loc, Msg: "and here"}}, Hint: "leave one of them out",
	})
}
