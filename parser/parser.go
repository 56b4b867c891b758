// Package parser turns veloc SQL into a syntax tree.
//
//	text --scan--> tokens --grammar + expressions--> productions --lower--> ast.File
//
// The lexer is written by hand. The grammar of statements and clauses is struct
// tags (statements.go, query.go, from.go, window.go), expressions are read by
// operator precedence (expr.go, operand.go, call.go), and every production has a
// lower method that makes the tree of package ast. Nothing of the grammar's types
// leaves the package.
//
// A file is cut at its semicolons and each statement is parsed by itself, so that
// one run reports the mistakes of several statements.
package parser

import (
	"errors"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// parsers are the grammar and the parts of it that expressions need.
type parsers struct {
	statement *participle.Parser[statement]
	query     *participle.Parser[queryNode]
	order     *participle.Parser[orderList]
	over      *participle.Parser[overSpec]
}

var theGrammar struct {
	once    sync.Once
	parsers *parsers
}

// grammar returns the parsers, built at the first use.
func grammar() *parsers {
	theGrammar.once.Do(func() { theGrammar.parsers = buildGrammar() })
	return theGrammar.parsers
}

func buildGrammar() *parsers {
	root := participle.MustBuild[statement](
		participle.Lexer(sqlLexer{}),
		participle.CaseInsensitive("Ident", "Clause", "Keyword"),
		participle.UseLookahead(0),
		participle.ParseTypeWith(parseExpr),
	)
	return &parsers{
		statement: root,
		query:     part[queryNode](root),
		order:     part[orderList](root),
		over:      part[overSpec](root),
	}
}

// part returns the parser of one production of the grammar.
func part[P any](root *participle.Parser[statement]) *participle.Parser[P] {
	p, err := participle.ParserForProduction[P](root)
	if err != nil {
		panic(err)
	}
	return p
}

// Parse parses a program. The file holds every statement without a mistake, the
// list what is wrong with the others.
func Parse(f *source.File) (*ast.File, diag.List) {
	return parse(f, scan(f.Text, 0, len(f.Text)))
}

// ParseUpper parses a program of a dialect in which names without quotes are in
// upper case. Places and the text of strings, comments and quoted names are those
// of Parse.
func ParseUpper(f *source.File) (*ast.File, diag.List) {
	s := scan(f.Text, 0, len(f.Text))
	foldWords(s.toks)
	return parse(f, s)
}

func parse(f *source.File, s *scanner) (*ast.File, diag.List) {
	list := diag.List{File: f}
	file := &ast.File{Source: f}
	file.Comments = s.comments
	for _, e := range s.errs {
		list.Add(e.diagnostic())
	}
	p := program{file: f, scanned: s, bodies: bodyReader{text: f.Text}}
	for start := 0; start < len(s.toks); {
		end := start
		for end < len(s.toks) && s.toks[end].Value != ";" {
			end++
		}
		if end > start {
			start = p.statements(file, &list, start, end)
			continue
		}
		start = end + 1
	}
	file.Comments = append(file.Comments, p.bodies.comments...)
	sortComments(file.Comments)
	return file, list
}

// ParseExpr parses a text that is one expression.
func ParseExpr(f *source.File) (ast.Expr, diag.List) {
	list := diag.List{File: f}
	s := scan(f.Text, 0, len(f.Text))
	for _, e := range s.errs {
		list.Add(e.diagnostic())
	}
	if list.HasErrors() {
		return nil, list
	}
	run := tokenRun{text: f.Text, toks: s.toks, end: len(f.Text)}
	x, err := run.expr()
	if err != nil {
		list.Add(run.polish(err).diagnostic())
		return nil, list
	}
	return x, list
}

// program is one run of Parse.
type program struct {
	file    *source.File
	scanned *scanner
	bodies  bodyReader
}

// statements parses the tokens [start, end) between two semicolons, which are
// one statement unless a semicolon is missing, and returns where to go on.
func (p *program) statements(file *ast.File, list *diag.List, start, end int) int {
	run := tokenRun{text: p.file.Text, toks: p.scanned.toks[start:end], end: len(p.file.Text)}
	if end < len(p.scanned.toks) {
		run.end = p.scanned.toks[end].Pos.Offset
	}
	if p.lexFailed(&run) {
		return end + 1
	}
	stmt, err := run.statement(&p.bodies)
	if err == nil {
		base(stmt).Annotations = p.annotations(start)
		file.Stmts = append(file.Stmts, stmt)
		return end + 1
	}
	list.Add(run.polish(err).diagnostic())
	if i := run.nextCreate(err); i > 0 {
		return start + i
	}
	return end + 1
}

// base gives access to what every statement has.
func base(s ast.Stmt) *ast.StmtBase { return s.(interface{ Base() *ast.StmtBase }).Base() }

// lexFailed reports whether the scanner has reported a mistake inside the run,
// of which any other would be a consequence.
func (p *program) lexFailed(run *tokenRun) bool {
	from := source.At(run.toks[0].Pos.Offset)
	for _, e := range p.scanned.errs {
		if e.span.Start >= from && e.span.Start <= source.At(run.end) {
			return true
		}
	}
	return false
}

// annotations returns the `-- @key: value` comments between the statement whose
// first token is at index start and the one before it. A comment behind the
// semicolon of the one before, on its line, is that statement's.
func (p *program) annotations(start int) []ast.Annotation {
	from := 0
	if start > 0 {
		last := &p.scanned.toks[start-1]
		from = last.Pos.Offset + len(last.Value)
		if nl := strings.IndexByte(p.file.Text[from:], '\n'); nl >= 0 {
			from += nl
		} else {
			from = len(p.file.Text)
		}
	}
	to := p.scanned.toks[start].Pos.Offset
	var out []ast.Annotation
	for _, c := range p.scanned.comments {
		if off := c.Loc.Start.Offset(); off < from || off > to {
			continue
		}
		if a, ok := annotation(c); ok {
			out = append(out, a)
		}
	}
	return out
}

// annotation reads `-- @key: value`, or `-- @key` alone.
func annotation(c ast.Comment) (ast.Annotation, bool) {
	text, ok := strings.CutPrefix(c.Text, "--")
	if !ok {
		return ast.Annotation{}, false
	}
	if text, ok = strings.CutPrefix(strings.TrimSpace(text), "@"); !ok {
		return ast.Annotation{}, false
	}
	key, value, colon := strings.Cut(text, ":")
	key = strings.TrimSpace(key)
	if key == "" || strings.ContainsAny(key, " \t'\"(),") || !colon && strings.ContainsAny(text, " \t") {
		return ast.Annotation{}, false
	}
	return ast.Annotation{Loc: c.Loc, Key: key, Value: strings.TrimSpace(value)}, true
}

// tokenRun is the tokens of one statement, and where it ends.
type tokenRun struct {
	text string
	toks []lexer.Token
	end  int
}

// lexer returns the run's tokens as the grammar reads them.
func (r *tokenRun) lexer() *lexer.PeekingLexer {
	lex, err := lexer.Upgrade(&tokenStream{toks: r.toks, end: r.end})
	if err != nil {
		panic(err) // a tokenStream does not fail
	}
	return lex
}

// statement parses the run.
func (r *tokenRun) statement(bodies *bodyReader) (ast.Stmt, error) {
	if verb := refusedVerb(r.toks); verb != "" {
		return &ast.Refused{StmtBase: ast.StmtBase{Loc: tokensSpan(r.toks)}, Verb: verb}, nil
	}
	if err := r.checkNesting(); err != nil {
		return nil, err
	}
	node, err := grammar().statement.ParseFromLexer(r.lexer())
	if err != nil {
		return nil, err
	}
	stmt, err := node.lower(bodies)
	if err != nil {
		return nil, err
	}
	return stmt, nil
}

// expr parses the run as one expression.
func (r *tokenRun) expr() (ast.Expr, error) {
	if err := r.checkNesting(); err != nil {
		return nil, err
	}
	lex := r.lexer()
	x, err := parseExpr(lex)
	if err != nil {
		return nil, err
	}
	if t := lex.Peek(); !t.EOF() {
		return nil, unexpected(t, "an operator or the end")
	}
	return x, nil
}

// checkNesting refuses brackets that nest more deeply than the parser's
// recursion may go; within one pair of brackets exprParser counts.
func (r *tokenRun) checkNesting() error {
	depth := 0
	for i := range r.toks {
		t := &r.toks[i]
		if t.Type != tokOp {
			continue
		}
		switch t.Value {
		case "(", "[", "{":
			if depth++; depth > maxDepth {
				return tooDeep(t, "the statement")
			}
		case ")", "]", "}":
			depth = max(depth-1, 0)
		}
	}
	return nil
}

// nextCreate returns the index of the CREATE that err stands at, where a
// semicolon is probably missing, and 0 otherwise.
func (r *tokenRun) nextCreate(err error) int {
	var perr participle.Error
	if !errors.As(err, &perr) {
		return 0
	}
	for i := 1; i < len(r.toks); i++ {
		if t := &r.toks[i]; t.Pos.Offset == perr.Position().Offset && t.Type == tokKeyword && isWord(t, "CREATE") {
			return i
		}
	}
	return 0
}

// refusedVerb returns the name of a statement that veloc knows and does not do.
func refusedVerb(toks []lexer.Token) string {
	word := func(i int) string {
		if i >= len(toks) || toks[i].Type == tokQuoted || toks[i].Type == tokOp {
			return ""
		}
		return upperWord(toks[i].Value)
	}
	first, second := word(0), word(1)
	if first == "CREATE" {
		i := 1
		if second == "OR" && word(2) == "REPLACE" {
			i = 3
		}
		if (word(i) == "SOURCE" || word(i) == "SINK") && word(i+1) == "CONNECTOR" {
			i++
		}
		if w := word(i); refusedCreate[w] {
			if next := word(i + 1); w == "MATERIALIZED" && next == "VIEW" {
				w += " " + next
			}
			return "CREATE " + w
		}
		return ""
	}
	two, ok := refusedVerbs[first]
	switch {
	case !ok && (first == "SHOW" || first == "LIST") && refusedShow[second]:
		return first + " " + second
	case !ok:
		return ""
	case two && second != "":
		return first + " " + second
	}
	return first
}

// refusedShow are the lists that only a server can answer.
var refusedShow = map[string]bool{
	"TOPICS": true, "QUERIES": true, "JOBS": true, "PROPERTIES": true, "CONNECTORS": true, "TYPES": true,
	"VARIABLES": true, "VIEWS": true, "ALL": true, "CREATE": true, "DATABASES": true, "STATUS": true,
}
