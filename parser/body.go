package parser

import (
	"sort"
	"strings"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// bodyReader parses the SQL inside the string of a CREATE FUNCTION. Its tokens
// keep their places in the file.
type bodyReader struct {
	text     string
	comments []ast.Comment
}

// body parses the text of s: an expression, or SELECT and an expression.
func (r *bodyReader) body(s *ast.StringLit) (ast.Expr, error) {
	from := s.Loc.Start.Offset() + 1
	if strings.HasPrefix(r.text[from-1:], "$$") {
		from++
	}
	end := from + len(s.Value)
	var scanned *scanner
	if strings.HasPrefix(r.text[from:], s.Value) {
		scanned = scan(r.text, from, end)
	} else {
		// Escapes make the value shorter than its text: the places are near.
		scanned = scan(s.Value, 0, len(s.Value))
		scanned.shift(from)
	}
	if len(scanned.errs) > 0 {
		return nil, scanned.errs[0]
	}
	r.comments = append(r.comments, scanned.comments...)
	run := tokenRun{text: r.text, toks: scanned.toks, end: end}
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

// shift moves the places of all that was scanned by n bytes.
func (s *scanner) shift(n int) {
	move := func(at *source.Span) {
		at.Start += source.Pos(n)
		at.End += source.Pos(n)
	}
	for i := range s.toks {
		s.toks[i].Pos.Offset += n
	}
	for i := range s.comments {
		move(&s.comments[i].Loc)
	}
	for _, e := range s.errs {
		move(&e.span)
	}
}

func sortComments(c []ast.Comment) {
	sort.SliceStable(c, func(i, j int) bool { return c[i].Loc.Start < c[j].Loc.Start })
}
