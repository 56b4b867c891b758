package parser

import (
	"errors"
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/diag"
)

// polish turns an error of the grammar into one in the user's words: what was
// found, what was expected, and a hint for the slips that happen often.
func (r *tokenRun) polish(err error) *syntaxError {
	var e *syntaxError
	var u *participle.UnexpectedTokenError
	switch {
	case errors.As(err, &e):
	case errors.As(err, &u):
		e = unexpected(&u.Unexpected, expectedWords(u.Message()))
	default:
		e = &syntaxError{span: tokenSpan(&r.toks[0]), msg: err.Error()}
	}
	if e.found == nil {
		return e
	}
	defer func() { e.found = nil }() // said once
	at := r.index(e.found)
	if e.expected == "" || at == 0 && e.expected == "a query" {
		e.expected = r.expectedAfter(at)
	}
	e.msg = "unexpected " + r.describe(e.found) + ", expected " + e.expected
	if len(r.toks) == 0 || r.bracket(e, at) {
		return e
	}
	r.hint(e, at)
	return e
}

// index returns the place of t in the run; the end of input is behind the last.
func (r *tokenRun) index(t *lexer.Token) int {
	for i := range r.toks {
		if r.toks[i].Pos.Offset >= t.Pos.Offset {
			return i
		}
	}
	return len(r.toks)
}

// describe names a token as the user sees it.
func (r *tokenRun) describe(t *lexer.Token) string {
	switch {
	case !t.EOF():
		return quote(t.Value)
	case r.end < len(r.text) && r.text[r.end] == ';':
		return quote(";")
	}
	return "end of text"
}

// bracket turns the error into one about a bracket without partner, if that is
// the reason, and reports whether it did.
func (r *tokenRun) bracket(e *syntaxError, at int) bool {
	var stack, before []int // indices of open brackets: at the end, and at the error
	for i := range r.toks {
		if i == at {
			before = append(before, stack...)
		}
		t := &r.toks[i]
		if t.Type != tokOp {
			continue
		}
		switch t.Value {
		case "(", "[", "{":
			stack = append(stack, i)
		case ")", "]", "}":
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			} else if i == at {
				e.code, e.msg, e.expected = diag.Unclosed, quote(t.Value)+" closes nothing", ""
				e.hint = "remove it, or open the bracket before"
				return true
			}
		}
	}
	if at == len(r.toks) {
		before = stack
	}
	found := e.found
	if !found.EOF() && found.Type != tokKeyword && found.Type != tokClause || r.afterComma(at) {
		return false
	}
	for i := len(before) - 1; i >= 0; i-- {
		if i >= len(stack) || stack[i] != before[i] {
			continue
		}
		open := &r.toks[before[i]]
		e.code, e.span = diag.Unclosed, tokenSpan(open)
		e.msg = quote(open.Value) + " is never closed"
		e.labels = []diag.Label{{Span: tokenSpan(found), Msg: `expected "` + closers[open.Value] + `" before ` + r.describe(found)}}
		return true
	}
	return false
}

func (r *tokenRun) afterComma(at int) bool {
	return at > 0 && r.toks[at-1].Value == "," && r.toks[at-1].Type == tokOp
}

// hint adds what the user probably meant.
func (r *tokenRun) hint(e *syntaxError, at int) {
	found := e.found
	if word := misspelt(found, e.expected); word != "" {
		e.inline = "did you mean " + quote(word) + "?"
		e.fix = &diag.Edit{Span: e.span, Text: word}
		e.code = ""
		return
	}
	closes := found.EOF() || found.Type == tokKeyword || found.Type == tokClause || found.Value == ")"
	switch {
	case r.afterComma(at) && closes && !(e.code == diag.ReservedName && e.expected == "a column"):
		comma := &r.toks[at-1]
		e.code = ""
		e.hint = "remove the comma before " + r.describe(found)
		e.fix = &diag.Edit{Span: tokenSpan(comma), Text: ""}
	case strings.HasPrefix(e.expected, `"BY"`) && at > 0:
		e.hint = "write " + strings.ToUpper(r.toks[at-1].Value) + " BY"
	case r.startsStatement(at):
		e.code = ""
		e.hint = `a ";" is missing before ` + quote(strings.ToUpper(found.Value))
	case found.Type == tokKeyword && (e.code == diag.ReservedName || e.expected == "an expression" && r.likeName(at)):
		e.code = diag.ReservedName
		e.msg = quote(found.Value) + " is a reserved word and no name, expected " + e.expected
		e.hint = `a column or relation of this name is written in quotes: "` + found.Value + `"`
	case isWord(found, "SELECT") && strings.Contains(e.expected, "expression"):
		e.hint = "a query inside an expression stands in parentheses"
	case found.Type == tokKeyword && e.expected == "an expression":
		e.hint = `a column of this name is written in quotes: "` + found.Value + `"`
	case found.Type == tokString && at > 0 && e.expected != `"="` && (isName(&r.toks[at-1]) || isWord(&r.toks[at-1], "AS")):
		e.hint = `'..' is a string; a name is quoted with ".."`
	case isName(found) && strings.Contains(e.expected, "string in single quotes"):
		e.hint = "write '" + identOf(found).Name + "'"
	case found.Value == "[" && strings.Contains(e.expected, "expression"):
		e.hint = "an array is written ARRAY[..]"
	case at > 1:
		r.hintBefore(e, at)
	}
}

// likeName reports whether what follows the reserved word at index at would
// follow a name.
func (r *tokenRun) likeName(at int) bool {
	if at+1 >= len(r.toks) {
		return false
	}
	next := &r.toks[at+1]
	return next.Type == tokKeyword || next.Type == tokOp && next.Value != "("
}

// hintBefore looks at the word before the error: a misspelt keyword reads as an
// alias, and the error comes one token late.
func (r *tokenRun) hintBefore(e *syntaxError, at int) {
	prev := &r.toks[at-1]
	word := misspelt(prev, "")
	if word == "" || r.toks[at-2].Type == tokOp && r.toks[at-2].Value != ")" && r.toks[at-2].Value != "*" {
		return
	}
	e.labels = append(e.labels, diag.Label{Span: e.span, Msg: "unexpected " + r.describe(e.found)})
	e.code, e.span = "", tokenSpan(prev)
	e.msg = "unexpected " + quote(prev.Value)
	e.inline = "did you mean " + quote(word) + "?"
	e.fix = &diag.Edit{Span: e.span, Text: word}
}

// startsStatement reports whether the token at index at looks like the beginning
// of the next statement: it is one of the verbs, first on its line.
func (r *tokenRun) startsStatement(at int) bool {
	if at == 0 || at >= len(r.toks) {
		return false
	}
	t := &r.toks[at]
	switch upperWord(t.Value) {
	case "CREATE":
		return true
	case "SELECT", "INSERT", "SET", "EXPLAIN", "DESCRIBE", "SHOW":
		prev := &r.toks[at-1]
		between := r.text[prev.Pos.Offset+len(prev.Value) : t.Pos.Offset]
		return t.Type != tokQuoted && t.Type != tokString && prev.Type != tokOp && strings.Contains(between, "\n")
	}
	return false
}

// expectedAfter says what can follow a statement that was complete before index at.
func (r *tokenRun) expectedAfter(at int) string {
	if at == 0 {
		return "a statement such as CREATE STREAM, SELECT or INSERT INTO"
	}
	depth := 0
	for i := min(at, len(r.toks)) - 1; i >= 0; i-- {
		t := &r.toks[i]
		switch {
		case t.Value == ")" && t.Type == tokOp:
			depth++
		case t.Value == "(" && t.Type == tokOp:
			depth--
		case depth > 0 || t.Type != tokKeyword && t.Type != tokClause:
		case isWord(t, "SELECT"):
			return `",", "FROM" or ";"`
		case isWord(t, "FROM"), isWord(t, "JOIN"):
			return `",", a join, a clause such as WHERE or GROUP BY, or ";"`
		case isWord(t, "WHERE"), isWord(t, "HAVING"), isWord(t, "QUALIFY"), isWord(t, "ON"):
			return `an operator, another clause or ";"`
		case isWord(t, "GROUP"), isWord(t, "ORDER"):
			return `",", another clause or ";"`
		case isWord(t, "CREATE"):
			return `";"`
		case isWord(t, "EMIT"), isWord(t, "LIMIT"), isWord(t, "WINDOW"):
			return `another clause or ";"`
		}
	}
	return `";"`
}

// misspelt returns the keyword that a plain word is probably meant to be: one of
// those that were expected, or any other.
func misspelt(t *lexer.Token, expected string) string {
	if t.Type != tokIdent || len(t.Value) < 2 || len(t.Value) > maxWord {
		return ""
	}
	word := strings.ToUpper(t.Value)
	best, bestDistance := "", 3
	try := func(candidate string) {
		limit := 2
		if len(candidate) < 5 {
			limit = 1
		}
		if d := distance(word, candidate); d > 0 && d <= limit && d < bestDistance && len(word)-len(candidate) <= limit {
			best, bestDistance = candidate, d
		}
	}
	for _, w := range strings.FieldsFunc(expected, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		if len(w) > 1 {
			try(w)
		}
	}
	if best != "" || expected != "" && !strings.ContainsAny(expected, `"`) && !strings.Contains(expected, "statement") {
		return best // a value is expected, and no keyword
	}
	for _, w := range suggestions {
		if w == word {
			return ""
		}
		if len(word) > 3 || len(word) == 3 && w != "INTO" { // INT is a type
			try(w)
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour that make b of a.
func distance(a, b string) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
