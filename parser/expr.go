package parser

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// Binding powers, loosest first. An operator takes its right operand at its own
// power plus one, so that all of them associate to the left.
const (
	bpOr = 10 * (iota + 1)
	bpAnd
	bpNot
	bpIs
	bpCompare
	bpConcat
	bpAdd
	bpMultiply
	bpUnary
	bpPower
	bpPostfix
)

// binaryOps maps an operator's token to its canonical form and binding power.
var binaryOps = map[string]struct {
	op    string
	power int
}{
	"=": {"=", bpCompare}, "<>": {"<>", bpCompare}, "!=": {"<>", bpCompare},
	"<": {"<", bpCompare}, "<=": {"<=", bpCompare}, ">": {">", bpCompare}, ">=": {">=", bpCompare},
	"~": {"~", bpCompare}, "!~": {"!~", bpCompare}, "~*": {"~*", bpCompare}, "!~*": {"!~*", bpCompare},
	"||": {"||", bpConcat}, "&": {"&", bpConcat}, "|": {"|", bpConcat}, "#": {"#", bpConcat}, "+": {"+", bpAdd}, "-": {"-", bpAdd},
	"*": {"*", bpMultiply}, "/": {"/", bpMultiply}, "%": {"%", bpMultiply}, "//": {"DIV", bpMultiply},
	"^": {"^", bpPower}, "**": {"^", bpPower},
}

// maxDepth limits the nesting of brackets, and within one pair of brackets that
// of operators; maxLinks limits the length of a chain such as a + b + c ...
const (
	maxDepth = 500
	maxLinks = 10_000
)

// exprParser reads one expression by operator precedence.
type exprParser struct {
	lex          *lexer.PeekingLexer
	depth, links int
}

// parseExpr is the production of ast.Expr.
func parseExpr(lex *lexer.PeekingLexer) (ast.Expr, error) {
	p := exprParser{lex: lex}
	return p.expr(0)
}

// expr reads an expression of operators that bind at least as tightly as power.
func (p *exprParser) expr(power int) (ast.Expr, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, tooDeep(p.lex.Peek(), "the expression")
	}
	defer func() { p.depth-- }()
	x, err := p.prefix()
	if err != nil {
		return nil, err
	}
	for {
		y, err := p.infix(x, power)
		if err != nil {
			return nil, err
		}
		if y == nil {
			return x, nil
		}
		if p.links++; p.links > maxLinks {
			return nil, tooDeep(p.lex.Peek(), "the expression")
		}
		x = y
	}
}

// infix reads one operator that follows x, with its other operands. It returns
// nil when none follows that binds tightly enough.
func (p *exprParser) infix(x ast.Expr, power int) (ast.Expr, error) {
	t := p.lex.Peek()
	switch t.Type {
	case tokOp:
		if shift, ok := p.shift(t); ok {
			if bpConcat < power {
				return nil, nil
			}
			p.lex.Next()
			return p.binary(x, shift, bpConcat)
		}
		if op, ok := binaryOps[t.Value]; ok {
			if op.power < power {
				return nil, nil
			}
			return p.binary(x, op.op, op.power)
		}
		if t.Value == "==" && bpCompare >= power {
			return nil, doubleEquals(t)
		}
		return p.postfix(x, t)
	case tokKeyword, tokIdent:
		return p.infixWord(x, canonical(t.Value), power)
	}
	return nil, nil
}

// shift reports whether << or >> begins at t: two tokens, because > also closes
// types.
func (p *exprParser) shift(t *lexer.Token) (string, bool) {
	if t.Value != "<" && t.Value != ">" {
		return "", false
	}
	next := ahead(p.lex, 1)
	return t.Value + t.Value, next.Value == t.Value && next.Pos.Offset == t.Pos.Offset+1
}

// binary reads the operator at the next token and its right operand.
func (p *exprParser) binary(x ast.Expr, op string, power int) (ast.Expr, error) {
	t := *p.lex.Peek()
	if power == bpCompare {
		if isComparison(x) {
			return nil, chained(&t, x)
		}
		if next := ahead(p.lex, 1); ahead(p.lex, 2).Value == "(" {
			switch w := canonical(next.Value); w {
			case "ANY", "SOME", "ALL":
				p.lex.Next()
				p.lex.Next()
				return p.quantified(x, op, w == "ALL")
			}
		}
	}
	p.lex.Next()
	y, err := p.expr(power + 1)
	if err != nil {
		return nil, err
	}
	return &ast.Binary{Node: between(x, y), Op: op, OpLoc: tokenSpan(&t), X: x, Y: y}, nil
}

// isComparison reports whether x is a comparison without parentheses around it.
func isComparison(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Binary:
		switch x.Op {
		case "=", "<>", "<", "<=", ">", ">=", "~", "!~", "~*", "!~*":
			return true
		}
	case *ast.In, *ast.Between, *ast.Like, *ast.Quantified:
		return true
	}
	return false
}

// quantified reads (query) or (array) behind x op ANY.
func (p *exprParser) quantified(x ast.Expr, op string, all bool) (ast.Expr, error) {
	q := &ast.Quantified{X: x, Op: op, All: all}
	open := *p.lex.Peek()
	var err error
	if startsQuery(p.lex) {
		p.lex.Next()
		q.Query, err = p.query()
	} else {
		p.lex.Next()
		q.Array, err = p.expr(0)
	}
	if err != nil {
		return nil, err
	}
	q.Loc, err = p.closing(&open, x.Span())
	return q, err
}

// infixWord reads the operators that are words.
func (p *exprParser) infixWord(x ast.Expr, w string, power int) (ast.Expr, error) {
	bp, not := 0, false
	switch w {
	case "OR":
		bp = bpOr
	case "AND":
		bp = bpAnd
	case "IS":
		bp = bpIs
	case "NOT":
		w = canonical(ahead(p.lex, 1).Value)
		not = true
		switch w {
		case "IN", "BETWEEN", "LIKE", "ILIKE":
		case "SIMILAR", "RLIKE", "REGEXP":
			if !p.matches(w, 1) {
				return nil, nil
			}
		default:
			return nil, nil
		}
		bp = bpCompare
	case "IN", "BETWEEN", "LIKE", "ILIKE":
		bp = bpCompare
	case "SIMILAR", "RLIKE", "REGEXP":
		if !p.matches(w, 0) {
			return nil, nil
		}
		bp = bpCompare
	case "ISNULL", "NOTNULL":
		bp = bpIs
	case "DIV":
		if !startsOperand(p.lex, 1) {
			return nil, nil
		}
		bp = bpMultiply
	case "AT":
		if !isWord(ahead(p.lex, 1), "TIME") {
			return nil, nil
		}
		bp = bpPostfix
	default:
		return nil, nil
	}
	if bp < power {
		return nil, nil
	}
	switch w {
	case "OR", "AND", "DIV":
		return p.binary(x, w, bp)
	case "IS":
		return p.is(x)
	case "ISNULL", "NOTNULL":
		t := p.lex.Next()
		return &ast.Is{Node: ast.Node{Loc: x.Span().To(tokenSpan(t))}, X: x, What: "NULL", Not: w == "NOTNULL"}, nil
	case "AT":
		return p.atTimeZone(x)
	}
	if isComparison(x) {
		return nil, chained(p.lex.Peek(), x)
	}
	p.lex.Next()
	if not {
		p.lex.Next()
	}
	switch w {
	case "IN":
		return p.in(x, not)
	case "BETWEEN":
		return p.between(x, not)
	case "RLIKE", "REGEXP":
		op := "~"
		if not {
			op = "!~"
		}
		y, err := p.expr(bpCompare + 1)
		if err != nil {
			return nil, err
		}
		return &ast.Binary{Node: between(x, y), Op: op, OpLoc: between(x, y).Loc, X: x, Y: y}, nil
	case "SIMILAR":
		p.lex.Next()
		l, err := p.like(x, not, false)
		if l, ok := l.(*ast.Like); ok {
			l.Similar = true
		}
		return l, err
	default:
		return p.like(x, not, w == "ILIKE")
	}
}

// matches reports whether the word n tokens ahead, SIMILAR, RLIKE or REGEXP, is
// an operator and not an alias.
func (p *exprParser) matches(w string, n int) bool {
	if w == "SIMILAR" {
		return isWord(ahead(p.lex, n+1), "TO") && startsOperand(p.lex, n+2)
	}
	return startsOperand(p.lex, n+1)
}

// startsOperand reports whether an operand can begin at the token n ahead, so
// that a word before it is an operator and not an alias.
func startsOperand(lex *lexer.PeekingLexer, n int) bool {
	t := ahead(lex, n)
	switch t.Type {
	case lexer.EOF:
		return false
	case tokKeyword:
		w := canonical(t.Value)
		return w == "CASE" || w == "NOT" || w == "NULL"
	case tokClause:
		w := canonical(t.Value)
		return (w == "LEFT" || w == "RIGHT") && ahead(lex, n+1).Value == "("
	case tokOp:
		return t.Value == "(" || t.Value == "-" || t.Value == "+" || t.Value == "~"
	}
	return true
}

func (p *exprParser) is(x ast.Expr) (ast.Expr, error) {
	p.lex.Next()
	is := &ast.Is{X: x}
	if isWord(p.lex.Peek(), "NOT") {
		p.lex.Next()
		is.Not = true
	}
	t := p.lex.Next()
	is.Loc = x.Span().To(tokenSpan(t))
	switch w := canonical(t.Value); w {
	case "NULL", "TRUE", "FALSE", "UNKNOWN":
		is.What = w
		return is, nil
	case "JSON":
		is.What = w
		for _, kind := range []string{"OBJECT", "ARRAY", "SCALAR", "VALUE"} {
			if of := p.lex.Peek(); isWord(of, kind) {
				p.lex.Next()
				is.What, is.Loc = "JSON "+kind, is.Loc.To(tokenSpan(of))
				break
			}
		}
		return is, nil
	case "DISTINCT":
		if from := p.lex.Peek(); !isWord(from, "FROM") {
			return nil, unexpected(from, quote("FROM"))
		}
		p.lex.Next()
		y, err := p.expr(bpIs + 1)
		if err != nil {
			return nil, err
		}
		is.What, is.Y, is.Node = "DISTINCT FROM", y, between(x, y)
		return is, nil
	}
	return nil, unexpected(t, `"NULL", "TRUE", "FALSE", "UNKNOWN", "JSON" or "DISTINCT FROM"`)
}

func (p *exprParser) atTimeZone(x ast.Expr) (ast.Expr, error) {
	p.lex.Next()
	p.lex.Next()
	if t := p.lex.Peek(); !isWord(t, "ZONE") {
		return nil, unexpected(t, quote("ZONE"))
	}
	p.lex.Next()
	zone, err := p.expr(bpPostfix + 1)
	if err != nil {
		return nil, err
	}
	return &ast.AtTimeZone{Node: between(x, zone), X: x, Zone: zone}, nil
}

func (p *exprParser) in(x ast.Expr, not bool) (ast.Expr, error) {
	in := &ast.In{X: x, Not: not}
	open := *p.lex.Peek()
	if open.Value != "(" {
		return nil, unexpected(&open, `"(" with a list or a query`)
	}
	var err error
	if startsQuery(p.lex) {
		p.lex.Next()
		in.Query, err = p.query()
	} else {
		p.lex.Next()
		in.List, err = p.list()
	}
	if err != nil {
		return nil, err
	}
	in.Loc, err = p.closing(&open, x.Span())
	return in, err
}

func (p *exprParser) between(x ast.Expr, not bool) (ast.Expr, error) {
	b := &ast.Between{X: x, Not: not}
	if isWord(p.lex.Peek(), "SYMMETRIC") && startsOperand(p.lex, 1) {
		p.lex.Next()
		b.Symmetric = true
	}
	var err error
	if b.Low, err = p.bound(); err != nil {
		return nil, err
	}
	if t := p.lex.Peek(); !isWord(t, "AND") {
		return nil, unexpected(t, quote("AND"))
	}
	p.lex.Next()
	if b.High, err = p.bound(); err != nil {
		return nil, err
	}
	b.Node = between(x, b.High)
	return b, nil
}

// bound reads one bound of BETWEEN: AND ends it.
func (p *exprParser) bound() (ast.Expr, error) { return p.expr(bpCompare + 1) }

func (p *exprParser) like(x ast.Expr, not, fold bool) (ast.Expr, error) {
	l := &ast.Like{X: x, Not: not, Fold: fold}
	var err error
	if l.Pattern, err = p.expr(bpCompare + 1); err != nil {
		return nil, err
	}
	l.Node = between(x, l.Pattern)
	if isWord(p.lex.Peek(), "ESCAPE") {
		p.lex.Next()
		if l.Escape, err = p.expr(bpCompare + 1); err != nil {
			return nil, err
		}
		l.Node = between(x, l.Escape)
	}
	return l, nil
}

// postfix reads ::type, .field, [index], -> and ->> behind x.
func (p *exprParser) postfix(x ast.Expr, t *lexer.Token) (ast.Expr, error) {
	switch t.Value {
	case "::":
		p.lex.Next()
		var typ typeNode
		if err := typ.Parse(p.lex); err != nil {
			return nil, err
		}
		return &ast.Cast{Node: ast.Node{Loc: x.Span().To(typ.Type.Loc)}, X: x, Type: typ.Type, Colon: true}, nil
	case "[":
		return p.index(x)
	case ".", "->", "->>":
		return p.field(x)
	}
	return nil, nil
}

// index reads x[i]; x[from:to], a part of an array, which becomes a call of
// SLICE; and MAP[k, v, ..].
func (p *exprParser) index(x ast.Expr) (ast.Expr, error) {
	open := *p.lex.Next()
	var from ast.Expr
	var err error
	if p.lex.Peek().Value != ":" {
		if from, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	switch sep := p.lex.Peek(); {
	case sep.Value == ":":
		return p.slice(x, from, &open)
	case sep.Value == "," && isMapWord(x):
		m := &ast.MapLit{}
		if err := p.mapEntries(m, from, ","); err != nil {
			return nil, err
		}
		m.Loc, err = p.closing(&open, x.Span())
		return m, err
	}
	loc, err := p.closing(&open, x.Span())
	return &ast.Index{Node: ast.Node{Loc: loc}, X: x, I: from}, err
}

// slice reads x[from:to] from the colon on; a bound that is left out is that of
// the array.
func (p *exprParser) slice(x, from ast.Expr, open *lexer.Token) (ast.Expr, error) {
	colon := ast.Node{Loc: tokenSpan(p.lex.Next())}
	if from == nil {
		from = &ast.NumberLit{Node: colon, Text: "1"}
	}
	to := ast.Expr(&ast.NumberLit{Node: colon, Text: "2147483647"})
	var err error
	if p.lex.Peek().Value != "]" {
		if to, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	loc, err := p.closing(open, x.Span())
	return &ast.Call{Node: ast.Node{Loc: loc}, Name: ast.Ident{Loc: colon.Loc, Name: "SLICE"}, Args: []ast.Expr{x, from, to}}, err
}

func isMapWord(x ast.Expr) bool {
	n, ok := x.(*ast.Name)
	return ok && len(n.Parts) == 1 && !n.Parts[0].Quoted && upperWord(n.Parts[0].Name) == "MAP"
}

// field reads .name, ->name, ->*, -> 'key' and ->> 'key'.
func (p *exprParser) field(x ast.Expr) (ast.Expr, error) {
	f := &ast.Field{X: x, Op: p.lex.Next().Value}
	t := *p.lex.Peek()
	arrow := f.Op != "."
	switch {
	case isName(&t) || t.Type == tokKeyword:
		f.Name = identOf(&t)
	case arrow && t.Value == "*" && f.Op == "->":
		f.Star = true
	case arrow && t.Type == tokString:
		v, err := stringValue(&t)
		if err != nil {
			return nil, err
		}
		f.Key = &ast.StringLit{Node: ast.Node{Loc: tokenSpan(&t)}, Value: v}
	case arrow && t.Type == tokNumber:
		f.Key = numberLit(&t)
	case arrow && t.Value == "-" && ahead(p.lex, 1).Type == tokNumber:
		p.lex.Next()
		n := numberLit(p.lex.Peek())
		f.Key = &ast.Unary{Node: ast.Node{Loc: tokenSpan(&t).To(n.Loc)}, Op: "-", X: n}
		t = *p.lex.Peek()
	case t.Value == "*":
		return nil, starOutOfPlace(&t)
	case arrow:
		return nil, unexpected(&t, "a field name or a key in single quotes")
	default:
		return nil, unexpected(&t, "a field name")
	}
	p.lex.Next()
	f.Loc = x.Span().To(tokenSpan(&t))
	return f, nil
}

// list reads expressions separated by commas, at least one.
func (p *exprParser) list() ([]ast.Expr, error) {
	var out []ast.Expr
	for {
		x, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
		if p.lex.Peek().Value != "," {
			return out, nil
		}
		p.lex.Next()
	}
}

// closing reads the bracket that closes open and returns the place from start to it.
func (p *exprParser) closing(open *lexer.Token, start source.Span) (source.Span, error) {
	t := p.lex.Peek()
	if t.Type != tokOp || t.Value != closers[open.Value] {
		return source.Span{}, unclosed(open, t, `"," or `+quote(closers[open.Value]))
	}
	p.lex.Next()
	return start.To(tokenSpan(t)), nil
}

var closers = map[string]string{"(": ")", "[": "]", "{": "}", "<": ">"}

// query reads a query with the statement grammar.
func (p *exprParser) query() (*ast.Query, error) {
	node, err := production(grammar().query, p.lex)
	if err != nil {
		return nil, err
	}
	return node.lower()
}

// between returns the node whose place reaches from x to y.
func between(x, y ast.Expr) ast.Node { return ast.Node{Loc: x.Span().To(y.Span())} }

// production runs a part of the grammar on lex and leaves what follows.
func production[P any](parser *participle.Parser[P], lex *lexer.PeekingLexer) (*P, error) {
	return parser.ParseFromLexer(lex, participle.AllowTrailing(true))
}
