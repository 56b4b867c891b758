package parser

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// typeNode is a type: INT, DECIMAL(12, 4), ARRAY<STRUCT<a INT>>, INT[].
type typeNode struct{ Type *ast.TypeName }

// Parse implements participle.Parseable.
func (n *typeNode) Parse(lex *lexer.PeekingLexer) error {
	t, err := parseType(lex, 0)
	n.Type = t
	return err
}

// parseType reads a type at nesting level depth.
func parseType(lex *lexer.PeekingLexer, depth int) (*ast.TypeName, error) {
	first := *lex.Peek()
	if !isName(&first) {
		return nil, unexpectedName(&first, "a type")
	}
	if depth > maxDepth {
		return nil, tooDeep(&first, "the type")
	}
	if identOf(&first).Name == "" {
		return nil, emptyName(&first)
	}
	lex.Next()
	t := &ast.TypeName{Name: strings.ToUpper(identOf(&first).Name)}
	end := tokenEnd(&first)
	finish := func(last *lexer.Token) { end = tokenEnd(last) }

	if second := *lex.Peek(); isWord(&first, "DOUBLE") && isWord(&second, "PRECISION") ||
		(isWord(&first, "CHARACTER") || isWord(&first, "CHAR")) && isWord(&second, "VARYING") {
		t.Name += " " + strings.ToUpper(second.Value)
		finish(lex.Next())
	}
	var err error
	switch lex.Peek().Value {
	case "(":
		err = parseTypeParams(lex, t, finish)
	case "<":
		if nestedTypes[t.Name] {
			err = parseTypeArgs(lex, t, depth, finish)
		}
	case "<>":
		if t.Name == "STRUCT" || t.Name == "ROW" {
			finish(lex.Next())
		}
	}
	if err != nil {
		return nil, err
	}
	if err := parseTimeZone(lex, t, finish); err != nil {
		return nil, err
	}
	if t.Name == "ROW" && t.Fields != nil {
		t.Name = "STRUCT"
	}
	t.Loc = source.Span{Start: source.At(first.Pos.Offset), End: end}
	for lex.Peek().Value == "[" && ahead(lex, 1).Value == "]" {
		if depth++; depth > maxDepth {
			return nil, tooDeep(lex.Peek(), "the type")
		}
		lex.Next()
		finish(lex.Next())
		t = &ast.TypeName{Loc: source.Span{Start: t.Loc.Start, End: end}, Name: "ARRAY", Args: []*ast.TypeName{t}}
	}
	return t, nil
}

// nestedTypes are the types with other types in <..>. Behind any other type "<"
// is a comparison.
var nestedTypes = map[string]bool{"ARRAY": true, "MAP": true, "STRUCT": true, "ROW": true}

// parseTimeZone reads WITH [LOCAL] TIME ZONE and WITHOUT TIME ZONE.
func parseTimeZone(lex *lexer.PeekingLexer, t *ast.TypeName, finish func(*lexer.Token)) error {
	if t.Name != "TIMESTAMP" && t.Name != "TIME" {
		return nil
	}
	next := lex.Peek()
	after := ahead(lex, 1)
	if !isWord(next, "WITHOUT") && (!isWord(next, "WITH") || !isWord(after, "TIME") && !isWord(after, "LOCAL")) {
		return nil
	}
	words := []string{strings.ToUpper(lex.Next().Value)}
	want := []string{"TIME", "ZONE"}
	if words[0] == "WITH" && isWord(lex.Peek(), "LOCAL") {
		want = []string{"LOCAL", "TIME", "ZONE"}
	}
	for _, w := range want {
		if !isWord(lex.Peek(), w) {
			return unexpected(lex.Peek(), quote(w))
		}
		finish(lex.Next())
	}
	t.Name += " " + strings.Join(append(words, want...), " ")
	return nil
}

// parseTypeParams reads (12, 4).
func parseTypeParams(lex *lexer.PeekingLexer, t *ast.TypeName, finish func(*lexer.Token)) error {
	open := *lex.Next()
	for {
		tok := lex.Peek()
		n, ok := intParam(tok)
		if tok.Type != tokNumber || !ok {
			return unexpected(tok, "a whole number")
		}
		lex.Next()
		t.Params = append(t.Params, n)
		if lex.Peek().Value != "," {
			break
		}
		lex.Next()
	}
	if lex.Peek().Value != ")" {
		return unclosed(&open, lex.Peek(), `"," or ")"`)
	}
	finish(lex.Next())
	return nil
}

// parseTypeArgs reads <T>, <K, V> and <a T, b U>.
func parseTypeArgs(lex *lexer.PeekingLexer, t *ast.TypeName, depth int, finish func(*lexer.Token)) error {
	open := *lex.Next()
	fields := t.Name == "STRUCT" || t.Name == "ROW"
	for {
		if fields {
			var field name
			if err := field.Parse(lex); err != nil {
				return err
			}
			if lex.Peek().Value == ":" {
				lex.Next()
			}
			typ, err := parseType(lex, depth+1)
			if err != nil {
				return err
			}
			t.Fields = append(t.Fields, ast.TypeField{Name: field.Ident, Type: typ})
		} else {
			typ, err := parseType(lex, depth+1)
			if err != nil {
				return err
			}
			t.Args = append(t.Args, typ)
		}
		if lex.Peek().Value != "," {
			break
		}
		lex.Next()
	}
	if lex.Peek().Value != ">" {
		return unclosed(&open, lex.Peek(), `"," or ">"`)
	}
	finish(lex.Next())
	return nil
}
