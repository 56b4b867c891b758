package ast

import "strings"

// call prints a function call with what may stand in and behind its parentheses.
func (p *exprPrinter) call(x *Call) {
	p.ident(x.Name)
	p.str("(")
	if x.Distinct {
		p.str("DISTINCT ")
	}
	if x.Star {
		p.str("*")
	}
	if x.JSON != nil {
		p.jsonCall(x)
		p.str(")")
		return
	}
	p.exprs(x.Args)
	if x.OrderBy != nil {
		if x.Star || x.Args != nil {
			p.str(" ")
		}
		p.orderBy(x.OrderBy)
	}
	p.str(")")
	if x.WithinGroup != nil {
		p.str(" WITHIN GROUP (")
		p.orderBy(x.WithinGroup)
		p.str(")")
	}
	if x.Filter != nil {
		p.str(" FILTER (WHERE ")
		p.expr(x.Filter, 0, 0)
		p.str(")")
	}
	if x.RespectNulls {
		p.str(" RESPECT NULLS")
	}
	if x.IgnoreNulls {
		p.str(" IGNORE NULLS")
	}
	if x.Over != nil {
		p.str(" OVER ")
		p.over(x.Over)
	}
}

// jsonCall prints the arguments of a JSON function with its clauses.
func (p *exprPrinter) jsonCall(x *Call) {
	c := x.JSON
	for i, a := range x.Args {
		switch {
		case i == 0:
		case c.Pairs && i%2 == 1:
			p.str(" VALUE ")
		default:
			p.str(", ")
		}
		p.expr(a, 0, 0)
	}
	if c.Returning != nil {
		p.str(" RETURNING ")
		p.typeName(c.Returning)
	}
	if c.Nulls != "" {
		p.str(" ", c.Nulls, " ON NULL")
	}
	if c.Wrapper != "" {
		p.str(" ", c.Wrapper)
	}
	for _, b := range []struct {
		on   *JSONBehavior
		when string
	}{{c.OnEmpty, " ON EMPTY"}, {c.OnError, " ON ERROR"}} {
		if b.on == nil {
			continue
		}
		p.str(" ", b.on.What)
		if b.on.Default != nil {
			p.str(" ")
			p.expr(b.on.Default, 0, powerIs)
		}
		p.str(b.when)
	}
}

// over prints the name of a window, or its definition in parentheses.
func (p *exprPrinter) over(o *Over) {
	if o.Name.Name != "" && o.PartitionBy == nil && o.OrderBy == nil && o.Frame == nil && o.Buffer == nil && o.ExpireAfter == nil {
		p.ident(o.Name)
		return
	}
	p.overSpec(o)
}

// overSpec prints a window's definition in parentheses.
func (p *exprPrinter) overSpec(o *Over) {
	var parts []string
	part := func(f func(q *exprPrinter)) {
		var q exprPrinter
		f(&q)
		parts = append(parts, q.b.String())
	}
	if o.Buffer != nil {
		parts = append(parts, "ROWS WINDOW BUFFER "+o.Buffer.Text+" ROWS")
	}
	if o.Name.Name != "" {
		parts = append(parts, formatIdent(o.Name))
	}
	if o.PartitionBy != nil {
		part(func(q *exprPrinter) {
			q.str("PARTITION BY ")
			q.exprs(o.PartitionBy)
		})
	}
	if o.OrderBy != nil {
		part(func(q *exprPrinter) { q.orderBy(o.OrderBy) })
	}
	if o.Frame != nil {
		part(func(q *exprPrinter) { q.frame(o.Frame) })
	}
	if o.ExpireAfter != nil {
		parts = append(parts, "EXPIRE AFTER "+FormatDuration(o.ExpireAfter))
	}
	p.str("(", strings.Join(parts, " "), ")")
}

func (p *exprPrinter) frame(f *Frame) {
	bound := func(b Bound) {
		if b.Offset != nil {
			p.expr(b.Offset, powerIs, powerAnd)
			p.str(" ")
		}
		p.str(b.Kind)
	}
	p.str(f.Unit, " BETWEEN ")
	bound(f.Start)
	p.str(" AND ")
	bound(f.End)
}

func (p *exprPrinter) orderBy(items []OrderItem) {
	p.str("ORDER BY ")
	for i, o := range items {
		p.comma(i)
		p.expr(o.Expr, 0, 0)
		if o.Desc {
			p.str(" DESC")
		}
		switch {
		case o.NullsFirst == nil:
		case *o.NullsFirst:
			p.str(" NULLS FIRST")
		default:
			p.str(" NULLS LAST")
		}
	}
}
