package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

func (b *binder) errUnknownType(t *ast.TypeName) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownType, Span: t.Loc, Msg: fmt.Sprintf("unknown type %q", t.Name), Inline: meant(t.Name, types.Names()),
		Hint: "types: BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(p, s), STRING, BYTES, DATE, TIME, TIMESTAMP, INTERVAL",
	})
}

func (b *binder) errTypeParams(t *ast.TypeName, msg string) {
	b.diags.Err(diag.TypeParams, t.Loc, msg, "for example DECIMAL(18, 2)")
}

func (b *binder) warnLength(t *ast.TypeName) {
	b.diags.Warn(diag.LengthIgnored, t.Loc, fmt.Sprintf("the length of %s is not enforced", ast.FormatType(t)), "write "+t.Name)
}

// typeLabels show the types of operands.
func typeLabels(list ...bound.Expr) []diag.Label {
	var labels []diag.Label
	for _, e := range list {
		if e != nil {
			labels = append(labels, diag.Label{Span: e.Span(), Msg: "this is " + e.Type().String()})
		}
	}
	return labels
}

func (b *binder) errCompare(x, y bound.Expr, at source.Span, what string) {
	tx, ty := x.Type(), y.Type()
	hint := "compare values of one type"
	switch { // text rather becomes the other type
	case types.CanCast(ty, tx) && (ty.Kind == types.String || !types.CanCast(tx, ty)):
		hint = fmt.Sprintf("convert one side: CAST(%s AS %s)", b.written(y), tx)
	case types.CanCast(tx, ty):
		hint = fmt.Sprintf("convert one side: CAST(%s AS %s)", b.written(x), ty)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.TypeMismatch, Span: at, Msg: fmt.Sprintf("%s cannot compare %s with %s", what, tx, ty), Labels: typeLabels(x, y), Hint: hint,
	})
}

// written is the text of a short expression, for hints.
func (b *binder) written(e bound.Expr) string {
	if text := b.file.Slice(e.Span()); len(text) > 0 && len(text) <= 30 && !strings.Contains(text, "\n") {
		return text
	}
	return ".."
}

func (b *binder) errMeet(e, first bound.Expr, what string) {
	t := e.Type()
	if first != nil {
		b.diags.Add(diag.Diagnostic{
			Code: diag.TypeMismatch, Span: e.Span(), Msg: fmt.Sprintf("%s are %s and %s", what, first.Type(), t), Labels: typeLabels(first),
			Hint: "convert them to one type with CAST",
		})
		return
	}
	b.diags.Err(diag.TypeMismatch, e.Span(), what+" have no common type", "convert them to one type with CAST")
}

func (b *binder) errUnionType(op string, c, first *bound.Col, i int) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.TypeMismatch, Span: c.Loc, Msg: fmt.Sprintf("column %d of %s is %s and %s", i+1, op, first.Type, c.Type),
		Labels: []diag.Label{{Span: first.Loc, Msg: "this is " + first.Type.String()}}, Hint: "convert one of them with CAST",
	})
}

func (b *binder) errAssign(e bound.Expr, w *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.TypeMismatch, Span: e.Span(), Msg: fmt.Sprintf("%s cannot be written to column %q of type %s", e.Type(), w.Name, w.Type),
		Labels: []diag.Label{{Span: w.Loc, Msg: "declared here"}}, Hint: fmt.Sprintf("convert it: CAST(.. AS %s)", w.Type),
	})
}

func (b *binder) errNotNull(at source.Span, w *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.NotNullColumn, Span: at, Msg: fmt.Sprintf("column %q is NOT NULL and the value can be NULL", w.Name),
		Labels: []diag.Label{{Span: w.Loc, Msg: "declared here"}}, Hint: "give it a value with COALESCE(x, default)",
	})
}

func (b *binder) errOperand(op string, e bound.Expr, at source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.BadOperand, Span: at, Msg: fmt.Sprintf("%s does not take %s", op, e.Type()), Labels: typeLabels(e), Hint: "convert the value with CAST",
	})
}

func (b *binder) errOperands(e *ast.Binary, x, y bound.Expr) {
	hint := "convert the values with CAST"
	if e.Op == "+" && (x.Type().Kind == types.String || y.Type().Kind == types.String) {
		hint = "|| joins text; CAST makes numbers of text"
	} else if temporal(x) || temporal(y) {
		hint = "an INTERVAL can be added to a TIMESTAMP or DATE, and two of them subtracted"
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.BadOperand, Span: e.OpLoc, Msg: fmt.Sprintf("%s does not take %s and %s", e.Op, x.Type(), y.Type()), Labels: typeLabels(x, y), Hint: hint,
	})
}

func (b *binder) errIntDiv(e *ast.Binary, x, y bound.Expr) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.BadOperand, Span: e.OpLoc, Msg: fmt.Sprintf("DIV does not take %s and %s", x.Type(), y.Type()), Labels: typeLabels(x, y),
		Hint: "DIV is for exact numbers; write FLOOR(a / b)",
	})
}

func (b *binder) errDecimalWide(e *ast.Binary, t types.Type, x, y bound.Expr) {
	wider := x
	other := y
	if y.Type().Precision > x.Type().Precision {
		wider, other = y, x
	}
	room := types.MaxPrecision
	if d, ok := other.Type().AsDecimal(); ok {
		room -= d.Precision
	}
	scale := min(wider.Type().Scale, max(room, 1))
	hint := fmt.Sprintf("make an operand narrower: CAST(.. AS DECIMAL(%d,%d))", max(room, scale, 1), scale)
	msg := fmt.Sprintf("the result of %s has more than 38 digits", e.Op)
	if t.Precision > 0 {
		msg = fmt.Sprintf("the result of %s would be %s; a DECIMAL has at most 38 digits", e.Op, t)
	}
	b.diags.Add(diag.Diagnostic{Code: diag.DecimalTooWide, Span: e.OpLoc, Msg: msg, Labels: typeLabels(x, y), Hint: hint})
}

func (b *binder) errTooWide(at source.Span, t types.Type, x, y bound.Expr) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.DecimalTooWide, Span: at, Msg: fmt.Sprintf("the operands meet in %s; a DECIMAL has at most 38 digits", t),
		Labels: typeLabels(x, y), Hint: "make an operand narrower with CAST(.. AS DECIMAL(p,s))",
	})
}

func (b *binder) errNumberRange(n *ast.NumberLit) {
	b.diags.Err(diag.NumberRange, n.Loc, "the number has more than 38 digits or is too large for a DOUBLE", "write it with an exponent for an approximate number: 1e40")
}

func (b *binder) errBigIntRange(n *ast.NumberLit) {
	b.diags.Err(diag.NumberRange, n.Loc, "the number is too large for a BIGINT", "write it with a point for a DECIMAL, or with an exponent for a DOUBLE")
}

// forms show how values of a type are written.
var forms = map[types.Kind]string{
	types.JSON:    "JSON, such as {\"a\": [1, 2]}",
	types.Boolean: "true or false", types.Date: "DATE '2024-01-31'", types.Time: "TIME '23:59:59'",
	types.Timestamp: "'2024-01-31 23:59:59' or '2024-01-31T23:59:59Z'",
}

func (b *binder) errLiteral(c *bound.Const, t types.Type) {
	hint := "write a number"
	if f, ok := forms[t.Kind]; ok {
		hint = "write " + f
	}
	b.diags.Add(diag.Diagnostic{Code: diag.BadLiteral, Span: c.Loc, Msg: fmt.Sprintf("'%s' is not a valid %s", c.Text, t), Hint: hint})
}

func (b *binder) errCast(e bound.Expr, t types.Type, c *ast.Cast) {
	var targets []string
	for _, k := range types.CastTargets(e.Type()) {
		targets = append(targets, k.String())
	}
	hint := fmt.Sprintf("%s converts to %s", e.Type(), list(targets))
	if e.Type().IsNested() {
		hint = fmt.Sprintf("%s converts to STRING, and to another %[1]s whose parts it converts to; fields are found by their names", e.Type().Kind)
	}
	b.diags.Add(diag.Diagnostic{Code: diag.BadCast, Span: c.Loc, Msg: fmt.Sprintf("%s cannot be cast to %s", e.Type(), t), Labels: typeLabels(e), Hint: hint})
}

func (b *binder) errNotBoolean(e bound.Expr, what string) {
	hint := "compare it with something"
	if e.Type().IsInteger() {
		hint = "compare it: .. <> 0"
	}
	b.diags.Err(diag.NotBoolean, e.Span(), fmt.Sprintf("%s needs a condition, and this is %s", what, e.Type()), hint)
}

func (b *binder) errEventTimeType(e bound.Expr) {
	b.diags.Err(diag.EventTimeValue, e.Span(), fmt.Sprintf("the event time is a TIMESTAMP, and this is %s", e.Type()), "convert it: CAST(.. AS TIMESTAMP) AS _event_time")
}

func (b *binder) errJSONClause(c *ast.Call, usage string) {
	b.diags.Err(diag.JSONClause, c.Loc, strings.ToUpper(c.Name.Name)+" does not take these arguments and clauses", "it is "+usage)
}

func (b *binder) errLikeOperand(e bound.Expr, l *ast.Like) {
	what := "LIKE"
	if l.Fold {
		what = "ILIKE"
	}
	b.diags.Err(diag.BadOperand, e.Span(), fmt.Sprintf("%s compares text, and this is %s", what, e.Type()), "convert it: CAST(.. AS STRING)")
}

func (b *binder) errEscape(at source.Span) {
	b.diags.Err(diag.BadPattern, at, "ESCAPE takes one character", "for example ESCAPE '!'")
}

func (b *binder) errSimilarEscape(at source.Span) {
	b.diags.Err(diag.BadPattern, at, "SIMILAR TO has no ESCAPE", "write a backslash before a character that stands for itself")
}

func (b *binder) errPattern(c *bound.Const, escape string) {
	b.diags.Err(diag.BadPattern, c.Loc, "the pattern ends in its escape character", fmt.Sprintf("write %s%s for the character itself", escape, escape))
}

func (b *binder) errFoldPattern(e bound.Expr) {
	b.diags.Err(diag.BadPattern, e.Span(), "~* needs a constant pattern", "match LOWER(x) with ~")
}

func (b *binder) errConstArg(c *bound.Const, name string, err error) {
	b.diags.Err(diag.BadPattern, c.Loc, strings.ToUpper(name)+": "+err.Error(), "change the constant")
}

func (b *binder) errNoOverload(at source.Span, args []bound.Expr, sigs []string) {
	var have []string
	for _, t := range argTypes(args) {
		have = append(have, t.String())
	}
	sigs = slices.Compact(sigs)
	b.diags.Err(diag.NoOverload, at, fmt.Sprintf("%s does not take (%s)", strings.ToUpper(b.file.Slice(at)), strings.Join(have, ", ")), "it takes "+strings.Join(sigs, " or "))
}

func (b *binder) errArgumentCount(c *ast.Call, usage string) {
	b.diags.Err(diag.NoOverload, c.Loc, fmt.Sprintf("%s has the wrong number of arguments", strings.ToUpper(c.Name.Name)), "write "+usage)
}

func (b *binder) errStarArgument(c *ast.Call) {
	what := "*"
	if c.Distinct {
		what = "DISTINCT *"
	}
	b.diags.Err(diag.NoOverload, c.Loc, fmt.Sprintf("%s does not take %s", strings.ToUpper(c.Name.Name), what), "name a column; only COUNT(*) counts rows")
}

func (b *binder) errNotAggregate(c *ast.Call, what string) {
	b.diags.Err(diag.NotAggregate, c.Name.Loc, fmt.Sprintf("%s is no aggregate and takes no %s", strings.ToUpper(c.Name.Name), what), "leave it out")
}

func (b *binder) errAggregateOrder(at source.Span, msg, hint string) {
	b.diags.Err(diag.AggregateOrder, at, msg, hint)
}

func (b *binder) errAggregateParameter(e bound.Expr, msg string) {
	b.diags.Err(diag.AggregateParameter, e.Span(), msg, "write a number")
}

func (b *binder) errZoneTwice(e *ast.AtTimeZone) {
	b.diags.Err(diag.ZoneTwice, e.Loc, "AT TIME ZONE of what clocks of another zone show", "write CONVERT_TZ(x, from, to), or TO_UTC_TIMESTAMP(x, zone)")
}
