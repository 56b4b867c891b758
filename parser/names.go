package parser

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// tokenSpan returns the place of a token; that of the end of input is empty.
func tokenSpan(t *lexer.Token) source.Span {
	return span(t.Pos.Offset, t.Pos.Offset+len(t.Value))
}

func tokenEnd(t *lexer.Token) source.Pos { return source.At(t.Pos.Offset + len(t.Value)) }

// tokensSpan returns the place of a run of tokens.
func tokensSpan(toks []lexer.Token) source.Span {
	if len(toks) == 0 {
		return source.Span{}
	}
	return tokenSpan(&toks[0]).To(tokenSpan(&toks[len(toks)-1]))
}

// ahead returns the token n places behind the next one.
func ahead(lex *lexer.PeekingLexer, n int) *lexer.Token {
	mark := lex.MakeCheckpoint()
	for range n {
		lex.Next()
	}
	t := lex.Peek()
	lex.LoadCheckpoint(mark)
	return t
}

// isName reports whether a token can be a name.
func isName(t *lexer.Token) bool {
	return t.Type == tokIdent || t.Type == tokClause || t.Type == tokQuoted
}

// isWord reports whether a token is the given word, unquoted, in any case.
func isWord(t *lexer.Token, word string) bool {
	return t.Type != tokQuoted && t.Type != tokString && len(t.Value) == len(word) && strings.EqualFold(t.Value, word)
}

// foldWords puts names without quotes into upper case. A letter whose upper case
// has another length keeps its case, since the length of a token is its place.
func foldWords(toks []lexer.Token) {
	for i := range toks {
		t := &toks[i]
		if t.Type != tokIdent && t.Type != tokClause {
			continue
		}
		if upper := strings.ToUpper(t.Value); len(upper) == len(t.Value) {
			t.Value = upper
		}
	}
}

// identOf returns the identifier of a name token.
func identOf(t *lexer.Token) ast.Ident {
	id := ast.Ident{Loc: tokenSpan(t), Name: t.Value}
	if t.Type == tokQuoted {
		id.Quoted = true
		id.Name = unquote(t.Value)
	}
	return id
}

// unquote removes the quotes around a token and undoubles those inside.
func unquote(text string) string {
	q := text[0]
	text = text[1:]
	if n := len(text); n > 0 && text[n-1] == q {
		text = text[:n-1]
	}
	if strings.IndexByte(text, q) < 0 {
		return text
	}
	return strings.ReplaceAll(text, string(q)+string(q), string(q))
}

// name is an identifier.
type name struct{ ast.Ident }

// Parse implements participle.Parseable.
func (n *name) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if !isName(t) {
		return unexpectedName(t, "a name")
	}
	n.Ident = identOf(t)
	if n.Name == "" {
		return emptyName(t)
	}
	lex.Next()
	return nil
}

// aliasName is an alias without AS: a word that begins no clause.
type aliasName struct{ ast.Ident }

// Parse implements participle.Parseable.
func (n *aliasName) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if t.Type != tokIdent && t.Type != tokQuoted {
		return participle.NextMatch
	}
	n.Ident = identOf(t)
	if n.Name == "" {
		return emptyName(t)
	}
	lex.Next()
	return nil
}

// nameList is a parenthesised list of names.
type nameList struct {
	Names []name `parser:"'(' @@ ( ',' @@ )* ')'"`
}

func (l *nameList) idents() []ast.Ident {
	if l == nil {
		return nil
	}
	return idents(l.Names)
}

func idents(names []name) []ast.Ident {
	var out []ast.Ident
	for _, n := range names {
		out = append(out, n.Ident)
	}
	return out
}

// stringNode is a string, in double quotes too since nothing else can stand there.
type stringNode struct{ ast.StringLit }

// Parse implements participle.Parseable.
func (s *stringNode) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	if t.Type != tokString && (t.Type != tokQuoted || t.Value[0] != '"') {
		return unexpected(&t, "a string in single quotes")
	}
	v, err := stringValue(&t)
	if err != nil {
		return err
	}
	lex.Next()
	s.StringLit = ast.StringLit{Node: ast.Node{Loc: tokenSpan(&t)}, Value: v}
	return nil
}

func (s *stringNode) ptr() *ast.StringLit {
	if s == nil {
		return nil
	}
	return &s.StringLit
}

// stringValue returns the characters that a string token stands for.
func stringValue(t *lexer.Token) (string, error) {
	switch text := t.Value; {
	case strings.HasPrefix(text, "$$"):
		return strings.TrimSuffix(text[2:], "$$"), nil
	case text[0] == 'E' || text[0] == 'e':
		return unescape(t)
	default:
		return unquote(text), nil
	}
}

var simpleEscapes = map[byte]byte{
	'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', 'v': '\v', '0': 0, '\\': '\\', '\'': '\'', '"': '"',
}

// unescape reads an E'..' string.
func unescape(t *lexer.Token) (string, error) {
	body := strings.TrimSuffix(t.Value[2:], "'")
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		c := body[i]
		if c == '\'' {
			i++ // doubled
		}
		if c != '\\' || i+1 >= len(body) {
			b.WriteByte(c)
			continue
		}
		i++
		if r, ok := simpleEscapes[body[i]]; ok {
			b.WriteByte(r)
			continue
		}
		n := map[byte]int{'x': 2, 'u': 4, 'U': 8}[body[i]]
		bad := func() error {
			end := min(i+1+n, len(body))
			at := t.Pos.Offset + 2
			return &syntaxError{
				code: diag.BadEscape, span: span(at+i-1, at+end), msg: quote(body[i-1:end]) + " is not an escape",
				hint: `escapes are \n \t \r \b \f \v \0 \\ \' \" \xHH \uHHHH \UHHHHHHHH`,
			}
		}
		if n == 0 || i+n >= len(body) {
			return "", bad()
		}
		v, err := strconv.ParseUint(body[i+1:i+1+n], 16, 32)
		if err != nil || !utf8.ValidRune(rune(v)) {
			return "", bad()
		}
		b.WriteRune(rune(v))
		i += n
	}
	return b.String(), nil
}

// bytesValue reads X'0aff'.
func bytesValue(t *lexer.Token) ([]byte, error) {
	body := strings.TrimSuffix(t.Value[2:], "'")
	v, err := hex.DecodeString(body)
	if err != nil {
		return nil, &syntaxError{code: diag.BadEscape, span: tokenSpan(t), msg: quote(t.Value) + " does not hold pairs of hexadecimal digits"}
	}
	return v, nil
}
