package parser

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
)

// prefix reads an operand with the operators before it.
func (p *exprParser) prefix() (ast.Expr, error) {
	t := *p.lex.Peek()
	loc := ast.Node{Loc: tokenSpan(&t)}
	switch t.Type {
	case tokNumber:
		p.lex.Next()
		return numberLit(&t), nil
	case tokString:
		v, err := stringValue(&t)
		p.lex.Next()
		return &ast.StringLit{Node: loc, Value: v}, err
	case tokBytes:
		v, err := bytesValue(&t)
		p.lex.Next()
		return &ast.BytesLit{Node: loc, Value: v}, err
	case tokDuration:
		return p.interval()
	case tokOp:
		return p.prefixOp(&t)
	case tokKeyword, tokIdent, tokClause:
		return p.word(&t)
	case tokQuoted:
		switch next := ahead(p.lex, 1); {
		case next.Value == "(" && next.Type == tokOp:
			return p.call()
		case next.Value == "=>":
			return p.lambda()
		}
		return p.name()
	}
	return nil, unexpected(&t, "an expression")
}

func (p *exprParser) prefixOp(t *lexer.Token) (ast.Expr, error) {
	switch t.Value {
	case "(":
		return p.paren()
	case "[":
		return p.arrayElems(t)
	case "{":
		return p.braces()
	case "-", "+", "~":
		p.lex.Next()
		x, err := p.expr(bpUnary)
		if err != nil {
			return nil, err
		}
		return &ast.Unary{Node: ast.Node{Loc: tokenSpan(t).To(x.Span())}, Op: t.Value, X: x}, nil
	}
	return nil, unexpected(t, "an expression")
}

// word reads an operand that begins with a word.
func (p *exprParser) word(t *lexer.Token) (ast.Expr, error) {
	loc := ast.Node{Loc: tokenSpan(t)}
	next := ahead(p.lex, 1)
	paren := next.Value == "(" && next.Type == tokOp
	switch w := canonical(t.Value); w {
	case "NULL":
		p.lex.Next()
		return &ast.NullLit{Node: loc}, nil
	case "NOT":
		p.lex.Next()
		x, err := p.expr(bpNot)
		if err != nil {
			return nil, err
		}
		return &ast.Unary{Node: ast.Node{Loc: loc.Loc.To(x.Span())}, Op: "NOT", X: x}, nil
	case "CASE":
		return p.caseExpr()
	case "TRUE", "FALSE":
		if !paren && next.Value != "." && next.Value != "=>" {
			p.lex.Next()
			return &ast.BoolLit{Node: loc, Value: w == "TRUE"}, nil
		}
	case "INTERVAL":
		if startsDuration(p.lex) {
			return p.interval()
		}
	case "DATE", "TIME", "TIMESTAMP", "JSON":
		if next.Type == tokString {
			return p.typedLit(w)
		}
	case "ARRAY":
		if next.Value == "[" {
			return p.arrayLit()
		}
	case "MAP":
		if next.Value == "{" {
			return p.mapLit()
		}
	case "TABLE":
		if next.Type == tokIdent || next.Type == tokQuoted || next.Type == tokString {
			return p.tableArg()
		}
	}
	if paren {
		return p.wordParen(t)
	}
	if t.Type == tokKeyword {
		return nil, unexpected(t, "an expression")
	}
	if next.Value == "=>" {
		return p.lambda()
	}
	return p.name()
}

// wordParen reads what begins with a word and "(": the special forms, or a call.
func (p *exprParser) wordParen(t *lexer.Token) (ast.Expr, error) {
	switch canonical(t.Value) {
	case "TABLE":
		mark := p.lex.MakeCheckpoint()
		p.lex.Next()
		query := startsQuery(p.lex)
		p.lex.LoadCheckpoint(mark)
		if query {
			return p.tableArg()
		}
	case "EXISTS":
		mark := p.lex.MakeCheckpoint()
		p.lex.Next()
		if startsQuery(p.lex) {
			return p.exists(t)
		}
		p.lex.LoadCheckpoint(mark)
	case "CAST", "TRY_CAST":
		return p.cast()
	case "EXTRACT":
		if isWord(ahead(p.lex, 3), "FROM") {
			return p.extract()
		}
	case "STRUCT":
		return p.structLit()
	case "ROW":
		return p.row()
	case "DESCRIPTOR":
		return p.descriptor()
	}
	if t.Type == tokKeyword {
		return nil, unexpected(t, "an expression")
	}
	return p.call()
}

// name reads a, t.a, t.s.f.
func (p *exprParser) name() (ast.Expr, error) {
	t := *p.lex.Next()
	if id := identOf(&t); id.Name == "" {
		return nil, emptyName(&t)
	}
	n := &ast.Name{Node: ast.Node{Loc: tokenSpan(&t)}, Parts: []ast.Ident{identOf(&t)}}
	for p.lex.Peek().Value == "." && p.lex.Peek().Type == tokOp {
		part := *ahead(p.lex, 1)
		if part.Value == "*" {
			return nil, starOutOfPlace(&part)
		}
		if !isName(&part) && part.Type != tokKeyword {
			return nil, unexpected(&part, "a column or field name")
		}
		if id := identOf(&part); id.Name == "" {
			return nil, emptyName(&part)
		}
		p.lex.Next()
		p.lex.Next()
		n.Parts = append(n.Parts, identOf(&part))
		n.Loc = n.Loc.To(tokenSpan(&part))
	}
	return n, nil
}

// interval reads a duration as a value.
func (p *exprParser) interval() (ast.Expr, error) {
	d, err := parseDuration(p.lex)
	if err != nil {
		return nil, err
	}
	return &ast.IntervalLit{Node: ast.Node{Loc: d.Loc}, Value: *d}, nil
}

// typedLit reads DATE '2024-01-31' and the like.
func (p *exprParser) typedLit(typ string) (ast.Expr, error) {
	t := *p.lex.Next()
	var s stringNode
	if err := s.Parse(p.lex); err != nil {
		return nil, err
	}
	return &ast.TypedLit{Node: ast.Node{Loc: tokenSpan(&t).To(s.Loc)}, Type: typ, Value: s.StringLit}, nil
}

// paren reads what begins with "(": a query, a lambda, a row, or an expression.
func (p *exprParser) paren() (ast.Expr, error) {
	open := *p.lex.Peek()
	start := tokenSpan(&open)
	if p.startsLambda() {
		return p.lambda()
	}
	if startsQuery(p.lex) {
		p.lex.Next()
		q, err := p.query()
		if err != nil {
			return nil, err
		}
		loc, err := p.closing(&open, start)
		return &ast.Subquery{Node: ast.Node{Loc: loc}, Query: q}, err
	}
	p.lex.Next()
	list, err := p.list()
	if err != nil {
		return nil, err
	}
	loc, err := p.closing(&open, start)
	if err != nil {
		return nil, err
	}
	if len(list) > 1 {
		return &ast.Row{Node: ast.Node{Loc: loc}, Elems: list}, nil
	}
	return &ast.Paren{Node: ast.Node{Loc: loc}, X: list[0]}, nil
}

// startsLambda reports whether (x, y) => follows.
func (p *exprParser) startsLambda() bool {
	mark := p.lex.MakeCheckpoint()
	defer p.lex.LoadCheckpoint(mark)
	p.lex.Next()
	for isName(p.lex.Peek()) {
		p.lex.Next()
		if p.lex.Peek().Value != "," {
			break
		}
		p.lex.Next()
	}
	return p.lex.Next().Value == ")" && p.lex.Peek().Value == "=>"
}

// lambda reads x => body and (x, y) => body.
func (p *exprParser) lambda() (ast.Expr, error) {
	l := &ast.Lambda{}
	first := *p.lex.Peek()
	if first.Value == "(" {
		p.lex.Next()
		for isName(p.lex.Peek()) {
			l.Params = append(l.Params, identOf(p.lex.Next()))
			if p.lex.Peek().Value == "," {
				p.lex.Next()
			}
		}
		p.lex.Next()
	} else {
		l.Params = append(l.Params, identOf(p.lex.Next()))
	}
	p.lex.Next()
	body, err := p.arg()
	if err != nil {
		return nil, err
	}
	l.Body = body
	l.Loc = tokenSpan(&first).To(body.Span())
	return l, nil
}

func (p *exprParser) exists(t *lexer.Token) (ast.Expr, error) {
	open := *p.lex.Next()
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	loc, err := p.closing(&open, tokenSpan(t))
	return &ast.Exists{Node: ast.Node{Loc: loc}, Query: q}, err
}

func (p *exprParser) cast() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	if as := p.lex.Peek(); !isWord(as, "AS") {
		return nil, unexpected(as, `"AS" and a type`)
	}
	p.lex.Next()
	var typ typeNode
	if err := typ.Parse(p.lex); err != nil {
		return nil, err
	}
	loc, err := p.closing(&open, tokenSpan(&t))
	return &ast.Cast{Node: ast.Node{Loc: loc}, X: x, Type: typ.Type, Try: strings.EqualFold(t.Value, "TRY_CAST")}, err
}

func (p *exprParser) extract() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	part := *p.lex.Next()
	if !isName(&part) {
		return nil, unexpected(&part, "a part of a date such as YEAR")
	}
	p.lex.Next()
	x, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	loc, err := p.closing(&open, tokenSpan(&t))
	return &ast.Extract{Node: ast.Node{Loc: loc}, Part: strings.ToUpper(identOf(&part).Name), X: x}, err
}

// caseExpr reads CASE in both forms. END is a name elsewhere, and here where an
// operand is expected.
func (p *exprParser) caseExpr() (ast.Expr, error) {
	t := *p.lex.Next()
	c := &ast.Case{}
	var err error
	if !isWord(p.lex.Peek(), "WHEN") {
		if c.Operand, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	for isWord(p.lex.Peek(), "WHEN") {
		when := *p.lex.Next()
		var w ast.When
		if w.Cond, err = p.expr(0); err != nil {
			return nil, err
		}
		if then := p.lex.Peek(); !isWord(then, "THEN") {
			return nil, unexpected(then, quote("THEN"))
		}
		p.lex.Next()
		if w.Then, err = p.expr(0); err != nil {
			return nil, err
		}
		w.Loc = tokenSpan(&when).To(w.Then.Span())
		c.Whens = append(c.Whens, w)
	}
	if len(c.Whens) == 0 {
		return nil, unexpected(p.lex.Peek(), quote("WHEN"))
	}
	want := `"WHEN", "ELSE" or "END"`
	if isWord(p.lex.Peek(), "ELSE") {
		p.lex.Next()
		if c.Else, err = p.expr(0); err != nil {
			return nil, err
		}
		want = quote("END")
	}
	end := p.lex.Peek()
	if !isWord(end, "END") {
		return nil, unclosed(&t, end, want)
	}
	p.lex.Next()
	c.Loc = tokenSpan(&t).To(tokenSpan(end))
	return c, nil
}

// tableArg reads TABLE t, where t can be a file or a query too, and TABLE t
// PARTITION BY k; several keys stand in brackets.
func (p *exprParser) tableArg() (ast.Expr, error) {
	t := *p.lex.Next()
	arg := &ast.TableArg{}
	if next := p.lex.Peek(); next.Type == tokString || next.Value == "(" && startsQuery(p.lex) {
		rel, err := p.prefix()
		if err != nil {
			return nil, err
		}
		arg.Rel, arg.Loc = rel, tokenSpan(&t).To(rel.Span())
	} else {
		var id name
		if err := id.Parse(p.lex); err != nil {
			return nil, err
		}
		arg.Name, arg.Loc = id.Ident, tokenSpan(&t).To(id.Loc)
	}
	if !isWord(p.lex.Peek(), "PARTITION") || !isWord(ahead(p.lex, 1), "BY") {
		return arg, nil
	}
	p.lex.Next()
	p.lex.Next()
	key, err := p.expr(0)
	if err != nil {
		return nil, err
	}
	arg.Loc = arg.Loc.To(key.Span())
	arg.PartitionBy = []ast.Expr{key}
	if row, ok := key.(*ast.Row); ok {
		arg.PartitionBy = row.Elems
	}
	return arg, nil
}

// descriptor reads DESCRIPTOR(ts).
func (p *exprParser) descriptor() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	d := &ast.Descriptor{}
	for {
		var col name
		if err := col.Parse(p.lex); err != nil {
			return nil, err
		}
		d.Cols = append(d.Cols, col.Ident)
		if p.lex.Peek().Value != "," {
			break
		}
		p.lex.Next()
	}
	var err error
	d.Loc, err = p.closing(&open, tokenSpan(&t))
	return d, err
}

// startsQuery reports whether the "(" at the next token holds a query: SELECT,
// VALUES or WITH behind any number of "(", unless what the inner brackets hold
// is an operand or a relation, as in ((SELECT 1) + 1).
func startsQuery(lex *lexer.PeekingLexer) bool {
	mark := lex.MakeCheckpoint()
	defer lex.LoadCheckpoint(mark)
	open := 0
	for lex.Peek().Value == "(" && lex.Peek().Type == tokOp {
		lex.Next()
		open++
	}
	t := lex.Peek()
	if open == 0 || t.Type == tokQuoted || t.Type == tokString {
		return false
	}
	switch canonical(t.Value) {
	case "SELECT":
	case "VALUES":
		if ahead(lex, 1).Value != "(" {
			return false
		}
	case "WITH":
		if !isName(ahead(lex, 1)) {
			return false
		}
	default:
		return false
	}
	// Behind each inner ")" a set operation or a tail clause makes it a query.
	for level := open; level > 1; {
		t := lex.Next()
		switch {
		case t.EOF():
			return true
		case t.Type != tokOp:
		case t.Value == "(":
			level++
		case t.Value == ")":
			level--
			if level < open && level >= 1 && !endsOperand(lex.Peek()) {
				return false
			}
			open = min(open, level)
		}
	}
	return true
}

// endsOperand reports whether t, behind a query in parentheses, leaves it a
// query: another one is combined with it, or its clauses follow.
func endsOperand(t *lexer.Token) bool {
	switch canonical(t.Value) {
	case "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "EMIT":
		return true
	}
	return false
}
