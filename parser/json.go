package parser

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
)

// jsonFunctions are the functions with the clauses of SQL/JSON.
var jsonFunctions = map[string]bool{
	"JSON_VALUE": true, "JSON_QUERY": true, "JSON_EXISTS": true, "JSON_OBJECT": true, "JSON_ARRAY": true,
	"JSON_OBJECTAGG": true, "JSON_ARRAYAGG": true,
}

// jsonCall reads a call of one of them. Without clauses it is an ordinary call.
func (p *exprParser) jsonCall(c *ast.Call, open *lexer.Token) (ast.Expr, error) {
	j := &ast.JSONClauses{}
	if w := upperWord(c.Name.Name); w == "JSON_OBJECT" || w == "JSON_OBJECTAGG" {
		if err := p.jsonPairs(c, j); err != nil {
			return nil, err
		}
	} else if !p.jsonTail() {
		if err := p.callArgs(c); err != nil {
			return nil, err
		}
	}
	first := *p.lex.Peek()
	if err := p.jsonClauses(j); err != nil {
		return nil, err
	}
	if first.Pos.Offset != p.lex.Peek().Pos.Offset || j.Pairs {
		j.Loc = tokenSpan(&first)
		c.JSON = j
	}
	return p.finishCall(c, open)
}

// jsonPairs reads [KEY] k VALUE v or k: v, several of them, or plain arguments.
func (p *exprParser) jsonPairs(c *ast.Call, j *ast.JSONClauses) error {
	if t := p.lex.Peek(); t.Value == ")" || p.jsonTail() {
		return nil
	}
	for {
		if isWord(p.lex.Peek(), "KEY") && startsOperand(p.lex, 1) && ahead(p.lex, 1).Value != "(" {
			p.lex.Next()
		}
		key, err := p.expr(0)
		if err != nil {
			return err
		}
		c.Args = append(c.Args, key)
		sep := p.lex.Peek()
		if isWord(sep, "VALUE") || sep.Value == ":" {
			p.lex.Next()
			v, err := p.expr(0)
			if err != nil {
				return err
			}
			c.Args = append(c.Args, v)
			j.Pairs = true
		} else if j.Pairs {
			return unexpected(sep, `"VALUE" and a value`)
		}
		if p.lex.Peek().Value != "," {
			return nil
		}
		p.lex.Next()
	}
}

// jsonTail reports whether a clause without arguments before it follows, as in
// JSON_ARRAY(NULL ON NULL).
func (p *exprParser) jsonTail() bool {
	t := p.lex.Peek()
	return (isWord(t, "NULL") || isWord(t, "ABSENT")) && isWord(ahead(p.lex, 1), "ON")
}

// jsonClauses reads RETURNING, ON NULL, WRAPPER, ON EMPTY and ON ERROR.
func (p *exprParser) jsonClauses(j *ast.JSONClauses) error {
	for {
		t := *p.lex.Peek()
		switch {
		case isWord(&t, "RETURNING") && j.Returning == nil:
			p.lex.Next()
			var typ typeNode
			if err := typ.Parse(p.lex); err != nil {
				return err
			}
			j.Returning = typ.Type
		case (isWord(&t, "WITH") || isWord(&t, "WITHOUT")) && j.Wrapper == "":
			if err := p.wrapper(j); err != nil {
				return err
			}
		case behaves(&t):
			if err := p.behavior(j); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// wrapper reads WITHOUT [ARRAY] WRAPPER and WITH [CONDITIONAL | UNCONDITIONAL]
// [ARRAY] WRAPPER.
func (p *exprParser) wrapper(j *ast.JSONClauses) error {
	j.Wrapper = "WITHOUT WRAPPER"
	if isWord(p.lex.Next(), "WITH") {
		j.Wrapper = "WITH WRAPPER"
		switch {
		case isWord(p.lex.Peek(), "CONDITIONAL"):
			j.Wrapper = "WITH CONDITIONAL WRAPPER"
			p.lex.Next()
		case isWord(p.lex.Peek(), "UNCONDITIONAL"):
			p.lex.Next()
		}
	}
	if isWord(p.lex.Peek(), "ARRAY") {
		p.lex.Next()
	}
	if t := p.lex.Peek(); !isWord(t, "WRAPPER") {
		return unexpected(t, quote("WRAPPER"))
	}
	p.lex.Next()
	return nil
}

// behaves reports whether t begins what is given ON EMPTY, ON ERROR or ON NULL.
func behaves(t *lexer.Token) bool {
	for _, w := range []string{"NULL", "ABSENT", "ERROR", "DEFAULT", "EMPTY", "TRUE", "FALSE", "UNKNOWN"} {
		if isWord(t, w) {
			return true
		}
	}
	return false
}

// behavior reads NULL ON EMPTY, DEFAULT x ON ERROR and the like.
func (p *exprParser) behavior(j *ast.JSONClauses) error {
	t := *p.lex.Next()
	b := &ast.JSONBehavior{Loc: tokenSpan(&t), What: upperWord(t.Value)}
	switch b.What {
	case "EMPTY":
		of := p.lex.Next()
		if !isWord(of, "ARRAY") && !isWord(of, "OBJECT") {
			return unexpected(of, `"ARRAY" or "OBJECT"`)
		}
		b.What += " " + upperWord(of.Value)
	case "DEFAULT":
		x, err := p.expr(bpIs)
		if err != nil {
			return err
		}
		b.Default = x
	}
	if on := p.lex.Next(); !isWord(on, "ON") {
		return unexpected(on, `"ON EMPTY", "ON ERROR" or "ON NULL"`)
	}
	switch when := p.lex.Next(); {
	case isWord(when, "EMPTY") && j.OnEmpty == nil:
		j.OnEmpty = b
	case isWord(when, "ERROR") && j.OnError == nil:
		j.OnError = b
	case isWord(when, "NULL") && j.Nulls == "" && (b.What == "NULL" || b.What == "ABSENT"):
		j.Nulls = b.What
	default:
		return unexpected(when, `"EMPTY", "ERROR" or "NULL", once each`)
	}
	return nil
}
