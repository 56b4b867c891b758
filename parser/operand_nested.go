package parser

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
)

// arrayLit reads ARRAY[a, b].
func (p *exprParser) arrayLit() (ast.Expr, error) {
	t := *p.lex.Next()
	return p.arrayElems(&t)
}

// braces reads {'a': 1, b: 2}, a struct.
func (p *exprParser) braces() (ast.Expr, error) {
	open := *p.lex.Next()
	s := &ast.StructLit{}
	for p.lex.Peek().Value != "}" || len(s.Names) > 0 {
		field, err := p.braceName()
		if err != nil {
			return nil, err
		}
		if sep := p.lex.Peek(); sep.Value != ":" {
			return nil, unexpected(sep, `":" and a value`)
		}
		p.lex.Next()
		v, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		s.Names, s.Values = append(s.Names, field), append(s.Values, v)
		if p.lex.Peek().Value != "," {
			break
		}
		p.lex.Next()
	}
	var err error
	s.Loc, err = p.closing(&open, tokenSpan(&open))
	return s, err
}

// braceName reads the name of a field, which may stand in single quotes.
func (p *exprParser) braceName() (ast.Ident, error) {
	if t := *p.lex.Peek(); t.Type == tokString {
		v, err := stringValue(&t)
		if err == nil && v == "" {
			err = emptyName(&t)
		}
		p.lex.Next()
		return ast.Ident{Loc: tokenSpan(&t), Name: v, Quoted: true}, err
	}
	var n name
	err := n.Parse(p.lex)
	return n.Ident, err
}

// arrayElems reads [a, b] behind t, which may be its bracket.
func (p *exprParser) arrayElems(t *lexer.Token) (ast.Expr, error) {
	first := *t
	open := *p.lex.Next()
	a := &ast.ArrayLit{}
	var err error
	if p.lex.Peek().Value != "]" {
		if a.Elems, err = p.list(); err != nil {
			return nil, err
		}
	}
	a.Loc, err = p.closing(&open, tokenSpan(&first))
	return a, err
}

// mapLit reads MAP{k: v}.
func (p *exprParser) mapLit() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	m := &ast.MapLit{}
	if p.lex.Peek().Value != "}" {
		key, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		if err := p.mapEntries(m, key, ":"); err != nil {
			return nil, err
		}
	}
	var err error
	m.Loc, err = p.closing(&open, tokenSpan(&t))
	return m, err
}

// mapEntries reads the entries of a map whose first key is read.
func (p *exprParser) mapEntries(m *ast.MapLit, key ast.Expr, sep string) error {
	for {
		if s := p.lex.Peek(); s.Value != sep {
			return unexpected(s, quote(sep)+" and a value")
		}
		p.lex.Next()
		v, err := p.expr(0)
		if err != nil {
			return err
		}
		m.Keys, m.Values = append(m.Keys, key), append(m.Values, v)
		if p.lex.Peek().Value != "," {
			return nil
		}
		p.lex.Next()
		if key, err = p.expr(0); err != nil {
			return err
		}
	}
}

// structLit reads STRUCT(a := 1, b := 2).
func (p *exprParser) structLit() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	s := &ast.StructLit{}
	for p.lex.Peek().Value != ")" || len(s.Names) > 0 {
		var field name
		if err := field.Parse(p.lex); err != nil {
			return nil, err
		}
		if sep := p.lex.Peek(); sep.Value != ":=" {
			return nil, unexpected(sep, `":=" and a value`)
		}
		p.lex.Next()
		v, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		s.Names, s.Values = append(s.Names, field.Ident), append(s.Values, v)
		if p.lex.Peek().Value != "," {
			break
		}
		p.lex.Next()
	}
	var err error
	s.Loc, err = p.closing(&open, tokenSpan(&t))
	return s, err
}

// row reads ROW(a, b).
func (p *exprParser) row() (ast.Expr, error) {
	t := *p.lex.Next()
	open := *p.lex.Next()
	elems, err := p.list()
	if err != nil {
		return nil, err
	}
	loc, err := p.closing(&open, tokenSpan(&t))
	return &ast.Row{Node: ast.Node{Loc: loc}, Elems: elems}, err
}
