package parser

import (
	"sort"
	"strings"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
)

// bodyReader parses the SQL inside the string of a CREATE FUNCTION. Its tokens
// keep their places in the file.
type bodyReader struct {
	text     string
	comments []ast.Comment
}

// body parses the text of s: an expression, or SELECT and an expression.
func (r *bodyReader) body(s *ast.StringLit) (ast.Expr, error) {
	from, to := s.Loc.Start.Offset(), s.Loc.End.Offset()
	quotes := 1
	if strings.HasPrefix(r.text[from:], "$$") {
		quotes = 2
	}
	if r.text[from+quotes:to-quotes] != s.Value {
		return nil, &syntaxError{
			code: diag.Syntax, span: s.Loc, msg: "a function body that holds quotes is written in $$..$$",
			hint: "write AS $$SELECT ..$$, or the expression without quotes around it",
		}
	}
	scanned := scan(r.text, from+quotes, to-quotes)
	if len(scanned.errs) > 0 {
		return nil, scanned.errs[0]
	}
	r.comments = append(r.comments, scanned.comments...)
	run := tokenRun{text: r.text, toks: scanned.toks, end: to - quotes}
	if n := len(run.toks); n > 0 && run.toks[n-1].Value == ";" {
		run.toks = run.toks[:n-1]
	}
	if len(run.toks) > 0 && isWord(&run.toks[0], "SELECT") {
		run.toks = run.toks[1:]
	}
	x, err := run.expr()
	if err != nil {
		return nil, run.polish(err)
	}
	return x, nil
}

func sortComments(c []ast.Comment) {
	sort.SliceStable(c, func(i, j int) bool { return c[i].Loc.Start < c[j].Loc.Start })
}
