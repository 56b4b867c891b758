package parser

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// The kinds of token. A token's value is the text as written, quotes included.
const (
	tokKeyword  lexer.TokenType = -(iota + 2) // a reserved word
	tokClause                                 // a word that may begin a clause
	tokIdent                                  // any other word
	tokQuoted                                 // "x" or `x`
	tokNumber                                 // 1, 1_000, 1.25, .5, 1e3
	tokDuration                               // 30s, 1h30m
	tokString                                 // 'x', E'x', $$x$$
	tokBytes                                  // X'0aff'
	tokOp                                     // operators and punctuation
)

// sqlLexer is the lexer definition that the grammar is built with.
type sqlLexer struct{}

// Symbols names the token kinds for the grammar tags.
func (sqlLexer) Symbols() map[string]lexer.TokenType {
	return map[string]lexer.TokenType{
		"EOF": lexer.EOF, "Keyword": tokKeyword, "Clause": tokClause, "Ident": tokIdent,
		"Quoted": tokQuoted, "Number": tokNumber, "Duration": tokDuration, "String": tokString,
		"Bytes": tokBytes, "Op": tokOp,
	}
}

// Lex reads all of r and returns its tokens.
func (d sqlLexer) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return d.LexString(name, string(text))
}

// LexString returns the tokens of text.
func (sqlLexer) LexString(_, text string) (lexer.Lexer, error) {
	s := scan(text, 0, len(text))
	if len(s.errs) > 0 {
		return nil, s.errs[0]
	}
	return &tokenStream{toks: s.toks, end: len(text)}, nil
}

// tokenStream hands out tokens that were scanned before.
type tokenStream struct {
	toks []lexer.Token
	end  int // offset of the end of input
	at   int
}

// Next returns the next token, and EOF for ever after the last.
func (t *tokenStream) Next() (lexer.Token, error) {
	if t.at >= len(t.toks) {
		return lexer.EOFToken(lexer.Position{Offset: t.end}), nil
	}
	t.at++
	return t.toks[t.at-1], nil
}

// scanner cuts text into tokens. Comments are collected beside them.
type scanner struct {
	text     string // cut at the end of the range
	off      int
	toks     []lexer.Token
	comments []ast.Comment
	errs     []*syntaxError
}

// scan cuts text[from:to] into tokens whose positions are offsets in text.
func scan(text string, from, to int) *scanner {
	s := &scanner{text: text[:to], off: from, toks: make([]lexer.Token, 0, (to-from)/5+4)}
	if from == 0 {
		s.off += len(text[:to]) - len(strings.TrimPrefix(text[:to], "\ufeff"))
	}
	for s.off < len(s.text) {
		s.step()
	}
	markClauses(s.toks)
	return s
}

// step scans one token, comment or run of blanks.
func (s *scanner) step() {
	c := s.text[s.off]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
		s.off++
	case s.has("--"):
		end := strings.IndexByte(s.text[s.off:], '\n')
		if end < 0 {
			end = len(s.text) - s.off
		}
		s.comment(s.off + len(strings.TrimRight(s.text[s.off:s.off+end], " \t\r\f\v")))
	case s.has("/*"):
		s.blockComment()
	case c == '\'':
		s.quoted(tokString, 0, '\'', false)
	case (c == 'E' || c == 'e') && s.at(1) == '\'':
		s.quoted(tokString, 1, '\'', true)
	case (c == 'X' || c == 'x') && s.at(1) == '\'':
		s.quoted(tokBytes, 1, '\'', false)
	case c == '"' || c == '`':
		s.quoted(tokQuoted, 0, c, false)
	case s.has("$$"):
		s.dollar()
	case isDigit(c) || c == '.' && isDigit(s.at(1)) && !s.afterName():
		s.number()
	case isWordStart(c):
		s.word()
	case c < utf8.RuneSelf:
		s.operator()
	default:
		s.rune()
	}
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.text[s.off:], prefix) }

// at returns the byte n places ahead, 0 behind the end.
func (s *scanner) at(n int) byte {
	if s.off+n < len(s.text) {
		return s.text[s.off+n]
	}
	return 0
}

// emit appends the token text[off:end] and moves behind it.
func (s *scanner) emit(kind lexer.TokenType, end int) {
	s.toks = append(s.toks, lexer.Token{Type: kind, Value: s.text[s.off:end], Pos: lexer.Position{Offset: s.off}})
	s.off = end
}

func (s *scanner) comment(end int) {
	s.comments = append(s.comments, ast.Comment{Loc: span(s.off, end), Text: s.text[s.off:end]})
	s.off = end
}

// blockComment scans /* .. */, which may nest.
func (s *scanner) blockComment() {
	depth, i := 0, s.off
	for i < len(s.text) {
		switch {
		case strings.HasPrefix(s.text[i:], "/*"):
			depth, i = depth+1, i+2
		case strings.HasPrefix(s.text[i:], "*/"):
			depth, i = depth-1, i+2
			if depth == 0 {
				s.comment(i)
				return
			}
		default:
			i++
		}
	}
	s.fail(diag.UnterminatedComment, span(s.off, s.off+2), `the comment is never closed`, `close it with */`)
	s.off = len(s.text)
}

// quoted scans a token in quotes; a doubled quote stands for one.
func (s *scanner) quoted(kind lexer.TokenType, prefix int, quote byte, escapes bool) {
	for i := s.off + prefix + 1; i < len(s.text); i++ {
		switch {
		case escapes && s.text[i] == '\\':
			i++
		case s.text[i] != quote:
		case i+1 < len(s.text) && s.text[i+1] == quote:
			i++
		default:
			s.emit(kind, i+1)
			return
		}
	}
	what := "string"
	if kind == tokQuoted {
		what = "quoted name"
	}
	s.fail(diag.UnterminatedString, span(s.off, s.off+prefix+1), "the "+what+" is never closed",
		"close it with "+string(quote)+" and write a quote inside of it twice")
	s.emit(kind, len(s.text))
}

// dollar scans $$..$$.
func (s *scanner) dollar() {
	end := strings.Index(s.text[s.off+2:], "$$")
	if end < 0 {
		s.fail(diag.UnterminatedString, span(s.off, s.off+2), "the string is never closed", "close it with $$")
		s.emit(tokString, len(s.text))
		return
	}
	s.emit(tokString, s.off+2+end+2)
}

// number scans a number, a bare duration such as 1h30m, or a name that begins
// with a digit.
func (s *scanner) number() {
	i := s.digits(s.off)
	if i < len(s.text) && s.text[i] == '.' && i+1 < len(s.text) && isDigit(s.text[i+1]) {
		i = s.digits(i + 1)
	}
	if j := s.exponent(i); j > i {
		i = j
	}
	end := s.wordEnd(i)
	if end == i {
		s.emit(tokNumber, i)
		return
	}
	for end < len(s.text) && s.text[end] == '.' && end+1 < len(s.text) && isDigit(s.text[end+1]) {
		end = s.wordEnd(end + 1)
	}
	if _, ok := compactDuration(s.text[s.off:end]); !ok {
		if s.wordEnd(s.off) == end {
			s.emit(tokIdent, end) // a name such as 2nd
			return
		}
		s.fail(diag.BadNumber, span(s.off, end), quote(s.text[s.off:end])+" is neither a number nor a duration",
			"put a blank between the number and the word")
	}
	s.emit(tokDuration, end)
}

func (s *scanner) digits(i int) int {
	for i < len(s.text) && (isDigit(s.text[i]) || s.text[i] == '_' && i+1 < len(s.text) && isDigit(s.text[i+1])) {
		i++
	}
	return i
}

func (s *scanner) exponent(i int) int {
	if i >= len(s.text) || s.text[i] != 'e' && s.text[i] != 'E' {
		return i
	}
	j := i + 1
	if j < len(s.text) && (s.text[j] == '+' || s.text[j] == '-') {
		j++
	}
	if j < len(s.text) && isDigit(s.text[j]) {
		return s.digits(j)
	}
	return i
}

// wordEnd returns the end of the run of word characters that begins at i.
func (s *scanner) wordEnd(i int) int {
	for i < len(s.text) {
		c := s.text[i]
		if isWordStart(c) || isDigit(c) {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		i += n
	}
	return i
}

func (s *scanner) word() {
	end := s.wordEnd(s.off)
	kind := tokIdent
	if w := upperWord(s.text[s.off:end]); ast.Reserved(w) {
		kind = tokKeyword
	} else if _, ok := clauseWords[w]; ok {
		kind = tokClause
	}
	s.emit(kind, end)
}

// operators are tried in this order; single characters follow.
var operators = []string{"->>", "!~*", "->", "=>", ":=", "::", "||", "<=", ">=", "<>", "!=", "==", "!~", "~*", "//", "**"}

const punctuation = "()[]{},;.+-*/%^=<>~:&|#"

func (s *scanner) operator() {
	if s.has("&&") {
		s.badCharacter(2)
		return
	}
	for _, op := range operators {
		if s.has(op) {
			s.emit(tokOp, s.off+len(op))
			return
		}
	}
	if strings.IndexByte(punctuation, s.text[s.off]) >= 0 {
		s.emit(tokOp, s.off+1)
		return
	}
	s.badCharacter(1)
}

// rune scans what begins with a character outside of ASCII.
func (s *scanner) rune() {
	r, n := utf8.DecodeRuneInString(s.text[s.off:])
	switch {
	case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
		s.off += n
	case unicode.IsLetter(r):
		s.word()
	default:
		s.badCharacter(n)
	}
}

func (s *scanner) badCharacter(n int) {
	text, hint := s.text[s.off:s.off+n], ""
	switch text {
	case "\u2018", "\u2019", "\u201c", "\u201d":
		hint = "this is a typographic quote; write '"
	case "?":
		hint = "there are no parameters; ${VAR} in an option is resolved when the program starts"
	case "&&":
		hint = "AND is written as a word; arrays that meet are found with ARRAY_OVERLAPS"
	case "\\":
		hint = "escapes are understood in E'..' strings only"
	}
	s.fail(diag.BadCharacter, span(s.off, s.off+n), "unexpected character "+quote(text), hint)
	s.off += n
}

func (s *scanner) fail(code diag.Code, at source.Span, msg, hint string) {
	s.errs = append(s.errs, &syntaxError{code: code, span: at, msg: msg, hint: hint})
}

// afterName reports whether the token before ends directly here and can be
// followed by a field access, so that ".5" in "a.5" is not a number.
func (s *scanner) afterName() bool {
	if len(s.toks) == 0 {
		return false
	}
	t := &s.toks[len(s.toks)-1]
	return t.Pos.Offset+len(t.Value) == s.off && t.Type != tokOp
}

// markClauses turns clause words back into plain words where the word that
// their clause needs does not follow.
func markClauses(toks []lexer.Token) {
	for i := range toks {
		if toks[i].Type != tokClause {
			continue
		}
		want := clauseWords[upperWord(toks[i].Value)]
		if want == "" {
			continue
		}
		follows := false
		if i+1 < len(toks) {
			next := &toks[i+1]
			follows = want == "#" && next.Type == tokNumber || strings.EqualFold(next.Value, want)
		}
		if !follows {
			toks[i].Type = tokIdent
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

// upperWord returns the upper-case form of a word if it can be one of the words
// of the language, and the word itself if it is too long for that.
func upperWord(w string) string {
	if len(w) > maxWord {
		return w
	}
	return strings.ToUpper(w)
}

// span returns the range of text between two offsets.
func span(start, end int) source.Span {
	return source.Span{Start: source.At(start), End: source.At(end)}
}
