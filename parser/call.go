package parser

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
)

// call reads a function call with everything that can follow its arguments.
func (p *exprParser) call() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	c := &ast.Call{Name: identOf(&t)}
	if c.Name.Name == "" {
		return nil, emptyName(&t)
	}
	if t.Type != tokQuoted {
		switch canonical(t.Value) {
		case "MAP":
			return p.mapCall(c, &open)
		case "TRIM":
			return p.trim(c, &open)
		}
		if jsonFunctions[upperWord(t.Value)] {
			return p.jsonCall(c, &open)
		}
	}
	if err := p.callArgs(c); err != nil {
		return nil, err
	}
	return p.finishCall(c, &open)
}

// finishCall reads the closing bracket and what follows it.
func (p *exprParser) finishCall(c *ast.Call, open *lexer.Token) (ast.Expr, error) {
	if err := p.argTail(c); err != nil {
		return nil, err
	}
	loc, err := p.closing(open, c.Name.Loc)
	if err != nil {
		return nil, err
	}
	c.Loc = loc
	return c, p.callTail(c)
}

// callArgs reads *, or [DISTINCT] a, b; SUBSTRING, POSITION and OVERLAY also
// take the words of the standard between their arguments.
func (p *exprParser) callArgs(c *ast.Call) error {
	t := p.lex.Peek()
	if t.Value == "*" && t.Type == tokOp {
		p.lex.Next()
		c.Star = true
		return nil
	}
	if w := canonical(t.Value); w == "DISTINCT" || w == "ALL" {
		if startsOperand(p.lex, 1) || ahead(p.lex, 1).Type == tokKeyword {
			p.lex.Next()
			c.Distinct = w == "DISTINCT"
		}
	}
	if p.lex.Peek().Value == ")" && p.lex.Peek().Type == tokOp && !c.Distinct {
		return nil
	}
	if isWord(p.lex.Peek(), "ORDER") && isWord(ahead(p.lex, 1), "BY") {
		return nil
	}
	power := 0
	fn := upperWord(c.Name.Name)
	if fn == "POSITION" {
		power = bpCompare + 1 // IN ends the first argument
	}
	for {
		x, err := p.argument(power)
		if err != nil {
			return err
		}
		c.Args = append(c.Args, x)
		next := p.lex.Peek()
		separates := next.Value == "," ||
			fn == "POSITION" && len(c.Args) == 1 && isWord(next, "IN") ||
			fn == "OVERLAY" && len(c.Args) <= 3 && isWord(next, [...]string{"", "PLACING", "FROM", "FOR"}[len(c.Args)]) ||
			fn == "SUBSTRING" && len(c.Args) == 1 && isWord(next, "FROM") ||
			fn == "SUBSTRING" && len(c.Args) == 2 && isWord(next, "FOR") ||
			(fn == "CEIL" || fn == "CEILING" || fn == "FLOOR") && len(c.Args) == 1 && isWord(next, "TO")
		if fn == "SUBSTRING" && len(c.Args) == 1 && isWord(next, "FOR") {
			c.Args = append(c.Args, &ast.NumberLit{Node: ast.Node{Loc: tokenSpan(next)}, Text: "1"})
			separates = true
		}
		if !separates {
			return nil
		}
		p.lex.Next()
	}
}

// arg reads an argument, which may be a duration without INTERVAL.
func (p *exprParser) arg() (ast.Expr, error) { return p.argument(0) }

func (p *exprParser) argument(power int) (ast.Expr, error) {
	if p.lex.Peek().Type == tokNumber {
		if u := ahead(p.lex, 1); u.Type == tokIdent {
			if _, ok := lookupUnit(u.Value); ok {
				return p.interval()
			}
		}
	}
	return p.expr(power)
}

// argTail reads ORDER BY and IGNORE NULLS inside the brackets.
func (p *exprParser) argTail(c *ast.Call) error {
	if isWord(p.lex.Peek(), "ORDER") {
		order, err := p.orderBy()
		if err != nil {
			return err
		}
		c.OrderBy = order
	}
	p.nulls(c)
	return nil
}

// nulls reads IGNORE NULLS and RESPECT NULLS.
func (p *exprParser) nulls(c *ast.Call) bool {
	w := canonical(p.lex.Peek().Value)
	if w != "IGNORE" && w != "RESPECT" || !isWord(ahead(p.lex, 1), "NULLS") {
		return false
	}
	p.lex.Next()
	c.Loc = c.Loc.To(tokenSpan(p.lex.Next()))
	c.IgnoreNulls, c.RespectNulls = w == "IGNORE", w == "RESPECT"
	return true
}

func (p *exprParser) orderBy() ([]ast.OrderItem, error) {
	list, err := production(grammar().order, p.lex)
	if err != nil {
		return nil, err
	}
	return list.lower(), nil
}

// callTail reads FILTER, WITHIN GROUP, IGNORE NULLS and OVER.
func (p *exprParser) callTail(c *ast.Call) error {
	for {
		t := *p.lex.Peek()
		next := ahead(p.lex, 1)
		var err error
		switch w := canonical(t.Value); {
		case t.Type == tokQuoted || t.Type == tokString:
			return nil
		case w == "FILTER" && next.Value == "(":
			err = p.filter(c, &t)
		case w == "WITHIN" && isWord(next, "GROUP"):
			err = p.withinGroup(c, &t)
		case w == "OVER" && (next.Value == "(" || isName(next)):
			err = p.over(c, &t)
		default:
			if !p.nulls(c) {
				return nil
			}
		}
		if err != nil {
			return err
		}
	}
}

func (p *exprParser) filter(c *ast.Call, t *lexer.Token) error {
	if c.Filter != nil {
		return repeated(tokenSpan(t), "FILTER", c.Filter.Span())
	}
	p.lex.Next()
	open := *p.lex.Next()
	if where := p.lex.Peek(); !isWord(where, "WHERE") {
		return unexpected(where, quote("WHERE"))
	}
	p.lex.Next()
	x, err := p.expr(0)
	if err != nil {
		return err
	}
	c.Filter = x
	c.Loc, err = p.closing(&open, c.Loc)
	return err
}

func (p *exprParser) withinGroup(c *ast.Call, t *lexer.Token) error {
	if c.WithinGroup != nil {
		return repeated(tokenSpan(t), "WITHIN GROUP", c.WithinGroup[0].Loc)
	}
	p.lex.Next()
	p.lex.Next()
	open := *p.lex.Peek()
	if open.Value != "(" {
		return unexpected(&open, quote("("))
	}
	p.lex.Next()
	order, err := p.orderBy()
	if err != nil {
		return err
	}
	c.WithinGroup = order
	c.Loc, err = p.closing(&open, c.Loc)
	return err
}

// over reads OVER w and OVER (..).
func (p *exprParser) over(c *ast.Call, t *lexer.Token) error {
	if c.Over != nil {
		return repeated(tokenSpan(t), "OVER", c.Over.Loc)
	}
	p.lex.Next()
	if next := *p.lex.Peek(); next.Value != "(" {
		var w name
		if err := w.Parse(p.lex); err != nil {
			return err
		}
		c.Over = &ast.Over{Loc: tokenSpan(t).To(w.Loc), Name: w.Ident}
	} else {
		spec, err := production(grammar().over, p.lex)
		if err != nil {
			return err
		}
		o := spec.lower()
		o.Loc = tokenSpan(t).To(o.Loc)
		c.Over = &o
	}
	c.Loc = c.Loc.To(c.Over.Loc)
	return nil
}

// mapCall reads MAP(k := v, ..), or the call of a function named MAP.
func (p *exprParser) mapCall(c *ast.Call, open *lexer.Token) (ast.Expr, error) {
	m := &ast.MapLit{}
	if p.lex.Peek().Value != ")" {
		if err := p.callArgs(c); err != nil {
			return nil, err
		}
		if p.lex.Peek().Value != ":=" || len(c.Args) != 1 {
			return p.finishCall(c, open)
		}
		if err := p.mapEntries(m, c.Args[0], ":="); err != nil {
			return nil, err
		}
	}
	var err error
	m.Loc, err = p.closing(open, c.Name.Loc)
	return m, err
}

// trim reads TRIM(x, chars) and the standard's TRIM([LEADING|TRAILING|BOTH]
// [chars] FROM x), which becomes LTRIM, RTRIM or TRIM.
func (p *exprParser) trim(c *ast.Call, open *lexer.Token) (ast.Expr, error) {
	side := canonical(p.lex.Peek().Value)
	names := map[string]string{"LEADING": "LTRIM", "TRAILING": "RTRIM", "BOTH": "TRIM"}
	fn, sided := names[side]
	if next := ahead(p.lex, 1); !sided || !startsOperand(p.lex, 1) && !isWord(next, "FROM") {
		fn, sided = strings.ToUpper(c.Name.Name), false
	}
	if sided {
		p.lex.Next()
	}
	if !isWord(p.lex.Peek(), "FROM") {
		if err := p.callArgs(c); err != nil {
			return nil, err
		}
	}
	if from := p.lex.Peek(); isWord(from, "FROM") && len(c.Args) <= 1 {
		p.lex.Next()
		x, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		c.Args = append([]ast.Expr{x}, c.Args...)
		c.Name.Name = fn
	} else if sided {
		return nil, unexpected(from, quote("FROM"))
	}
	return p.finishCall(c, open)
}
