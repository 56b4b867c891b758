package parser

import (
	"strings"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// optionList is (key = value, ..) behind WITH.
type optionList struct {
	Items []optionNode `parser:"'(' ( @@ ( ',' @@ )* )? ')'"`
}

// optionNode is one entry: 'k' = 'v', "k" = 'v', KAFKA_TOPIC = 't', EMIT = CHANGES.
type optionNode struct {
	Key   optionKey   `parser:"@@"`
	Value optionValue `parser:"'=' @@"`
}

func (l *optionList) lower() []ast.Option {
	if l == nil {
		return nil
	}
	var out []ast.Option
	for _, o := range l.Items {
		out = append(out, ast.Option{
			Loc: o.Key.loc.To(o.Value.loc), Key: o.Key.text, KeyLoc: o.Key.loc, Bare: o.Key.bare,
			Value: o.Value.text, ValueLoc: o.Value.loc, Kind: o.Value.kind,
		})
	}
	return out
}

// optionKey is a string, or bare words joined by dots.
type optionKey struct {
	text string
	loc  source.Span
	bare bool
}

// Parse implements participle.Parseable.
func (k *optionKey) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	switch t.Type {
	case tokString, tokQuoted:
		v, err := stringValue(&t)
		if err != nil {
			return err
		}
		k.text = v
	case tokIdent, tokClause:
		k.text, k.bare = t.Value, true
	default:
		return unexpected(&t, "an option such as 'format' = 'json'")
	}
	k.loc = tokenSpan(lex.Next())
	for k.bare && lex.Peek().Value == "." {
		if next := ahead(lex, 1); next.Type != tokIdent && next.Type != tokClause && next.Type != tokKeyword {
			break
		}
		lex.Next()
		part := lex.Next()
		k.text += "." + part.Value
		k.loc = k.loc.To(tokenSpan(part))
	}
	return nil
}

// optionValue is a string, number, truth value, or a bare word.
type optionValue struct {
	text string
	loc  source.Span
	kind ast.OptionKind
}

// Parse implements participle.Parseable.
func (v *optionValue) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	v.loc = tokenSpan(&t)
	switch {
	case t.Type == tokString || t.Type == tokQuoted:
		text, err := stringValue(&t)
		if err != nil {
			return err
		}
		v.text, v.kind = text, ast.OptString
	case t.Type == tokNumber:
		v.text, v.kind = strings.ReplaceAll(t.Value, "_", ""), ast.OptNumber
	case (t.Value == "-" || t.Value == "+") && ahead(lex, 1).Type == tokNumber:
		lex.Next()
		num := lex.Peek()
		v.text, v.kind = strings.TrimPrefix(t.Value, "+")+strings.ReplaceAll(num.Value, "_", ""), ast.OptNumber
		v.loc = v.loc.To(tokenSpan(num))
	case isWord(&t, "TRUE") || isWord(&t, "FALSE"):
		v.text, v.kind = strings.ToLower(t.Value), ast.OptBool
	case t.Type == tokIdent || t.Type == tokClause || t.Type == tokDuration:
		v.text, v.kind = t.Value, ast.OptWord
	default:
		return unexpected(&t, "a value such as 'json', 3 or TRUE")
	}
	lex.Next()
	return nil
}
