package parser

import (
	"strconv"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// syntaxError is a mistake in the text. It passes through the grammar as an
// error and becomes a diagnostic in the end.
type syntaxError struct {
	code   diag.Code // Syntax when empty
	span   source.Span
	msg    string
	inline string
	hint   string
	labels []diag.Label
	fix    *diag.Edit

	found    *lexer.Token // of an unexpected token
	expected string
}

var _ participle.Error = (*syntaxError)(nil)

// Error returns the message alone.
func (e *syntaxError) Error() string { return e.msg }

// Message implements participle.Error.
func (e *syntaxError) Message() string { return e.msg }

// Position implements participle.Error.
func (e *syntaxError) Position() lexer.Position {
	return lexer.Position{Offset: e.span.Start.Offset()}
}

func (e *syntaxError) diagnostic() diag.Diagnostic {
	code := e.code
	if code == "" {
		code = diag.Syntax
	}
	return diag.Diagnostic{Code: code, Span: e.span, Msg: e.msg, Inline: e.inline, Hint: e.hint, Labels: e.labels, Fix: e.fix}
}

// unexpected is the error about a token in a place where expected could stand.
func unexpected(t *lexer.Token, expected string) *syntaxError {
	found := *t
	return &syntaxError{span: tokenSpan(t), msg: "unexpected token", found: &found, expected: expected}
}

// unexpectedName is the error about a token where a name is expected: a reserved
// word has a code of its own.
func unexpectedName(t *lexer.Token, what string) *syntaxError {
	e := unexpected(t, what)
	if t.Type == tokKeyword {
		e.code = diag.ReservedName
	}
	return e
}

// unclosed is the error about a bracket or CASE whose end is missed at found.
func unclosed(open, found *lexer.Token, expected string) *syntaxError {
	e := unexpected(found, expected)
	e.labels = []diag.Label{{Span: tokenSpan(open), Msg: quote(strings.ToUpper(open.Value)) + " is opened here"}}
	return e
}

func repeated(at source.Span, clause string, first source.Span) *syntaxError {
	return &syntaxError{
		code: diag.RepeatedClause, span: at, msg: clause + " is written twice",
		labels: []diag.Label{{Span: first, Msg: "first written here"}},
	}
}

func tooDeep(t *lexer.Token, what string) *syntaxError {
	return &syntaxError{
		code: diag.TooDeep, span: tokenSpan(t), msg: what + " nests too deeply",
		hint: "split the query with WITH or a view",
	}
}

func badDuration(at source.Span) *syntaxError {
	return &syntaxError{
		code: diag.BadDuration, span: at, msg: "this is not a length of time",
		hint: "write 5 MINUTES, 30s, 1h30m, INTERVAL '5' MINUTE or INTERVAL '1 day 2 hours'",
	}
}

func missingUnit(found, number *lexer.Token) *syntaxError {
	e := badDuration(tokenSpan(number))
	e.msg = "the duration " + quote(number.Value) + " has no unit"
	if found.Type == tokIdent {
		e.msg = quote(found.Value) + " is not a unit of time"
		e.span = tokenSpan(found)
	}
	return e
}

func notInLanguage(at source.Span, what, hint string) *syntaxError {
	return &syntaxError{code: diag.NotInLanguage, span: at, msg: what + " is not supported", hint: hint}
}

func missing(at source.Span, msg, hint string) *syntaxError {
	return &syntaxError{code: diag.MissingClause, span: at, msg: msg, hint: hint}
}

func chained(t *lexer.Token, left ast.Expr) *syntaxError {
	return &syntaxError{
		code: diag.ChainedComparison, span: tokenSpan(t), msg: "comparisons do not chain",
		hint:   "write a < b AND b < c, or put one comparison in parentheses",
		labels: []diag.Label{{Span: left.Span(), Msg: "this is already a comparison"}},
	}
}

func doubleEquals(t *lexer.Token) *syntaxError {
	at := tokenSpan(t)
	return &syntaxError{
		span: at, msg: `unexpected "=="`, inline: `equality is written "="`,
		fix: &diag.Edit{Span: at, Text: "="},
	}
}

func starOutOfPlace(t *lexer.Token) *syntaxError {
	return &syntaxError{
		span: tokenSpan(t), msg: `".*" stands for many columns and is an item of the select list by itself`,
		hint: "name one column",
	}
}

func emptyName(t *lexer.Token) *syntaxError {
	return &syntaxError{span: tokenSpan(t), msg: "a name cannot be empty"}
}

func dottedRelation(first, dot, second *lexer.Token) *syntaxError {
	whole := first.Value + "." + second.Value
	return &syntaxError{
		span: tokenSpan(dot), msg: `unexpected "." in the name of a relation`,
		hint: `relations have one name; if the dot belongs to it, quote it: "` + strings.ReplaceAll(whole, `"`, "") + `"`,
	}
}

// clauseName returns the words that a clause begins with, and their place.
func clauseName(toks []lexer.Token) (string, source.Span) {
	text, at := strings.ToUpper(toks[0].Value), tokenSpan(&toks[0])
	if len(toks) > 1 && (isWord(&toks[1], "BY") || isWord(&toks[1], "UNBOUNDED")) {
		return text + " " + strings.ToUpper(toks[1].Value), at.To(tokenSpan(&toks[1]))
	}
	return text, at
}

func misplacedTail(clause []lexer.Token, op *lexer.Token) *syntaxError {
	name, at := clauseName(clause)
	return &syntaxError{
		code: diag.MisplacedClause, span: at,
		msg:    name + " belongs to the whole query and stands behind its last SELECT",
		hint:   "put the SELECT it is meant for in parentheses",
		labels: []diag.Label{{Span: tokenSpan(op), Msg: "the query goes on here"}},
	}
}

func misplacedClause(clause []lexer.Token) *syntaxError {
	name, at := clauseName(clause)
	return &syntaxError{
		code: diag.MisplacedClause, span: at,
		msg:  name + " belongs to one SELECT and cannot follow a query in parentheses",
		hint: "write it inside the parentheses, or select from the query: SELECT .. FROM (query) WHERE ..",
	}
}

// quote puts text from the program in quotes, shortened to one line.
func quote(text string) string {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i] + ".."
	}
	if r := []rune(text); len(r) > 40 {
		text = string(r[:38]) + ".."
	}
	if strings.Contains(text, `"`) && !strings.Contains(text, "`") {
		return "`" + text + "`"
	}
	if !strconv.CanBackquote(strings.ReplaceAll(text, "`", "")) {
		return strconv.Quote(text)
	}
	return `"` + text + `"`
}
