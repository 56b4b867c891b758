package parser

import (
	"strings"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// statement is the root of the grammar.
type statement struct {
	Tokens   []lexer.Token
	Create   *createStmt `parser:"  'CREATE' @@"`
	Insert   *insertStmt `parser:"| 'INSERT' 'INTO' @@"`
	Set      *setStmt    `parser:"| 'SET' @@"`
	Explain  *queryNode  `parser:"| 'EXPLAIN' @@"`
	Describe *name       `parser:"| ( 'DESCRIBE' | 'DESC' ) @@"`
	Show     *showKind   `parser:"| ( 'SHOW' | 'LIST' ) @@"`
	Query    *bareQuery  `parser:"| @@"`
}

// bareQuery is a query as a statement. It is a production of its own so that its
// failure is told from that of a keyword before it.
type bareQuery struct {
	Query *queryNode `parser:"@@"`
}

// createStmt is what follows CREATE.
type createStmt struct {
	Replace  bool          `parser:"@( 'OR' 'REPLACE' )?"`
	Relation *relationDecl `parser:"( @@"`
	View     *viewDecl     `parser:"| 'VIEW' @@"`
	Sink     *sinkDecl     `parser:"| 'SINK' @@"`
	Type     *typeDecl     `parser:"| 'TYPE' @@"`
	Function *functionDecl `parser:"| 'FUNCTION' @@ )"`
}

// relationDecl is CREATE STREAM and CREATE TABLE in all forms.
type relationDecl struct {
	Kind        relationKind  `parser:"@@"`
	IfNotExists bool          `parser:"@( 'IF' 'NOT' 'EXISTS' )?"`
	Name        name          `parser:"@@"`
	Cols        *columnList   `parser:"@@?"`
	From        *relationFrom `parser:"( 'FROM' @@ )?"`
	With        *optionList   `parser:"( 'WITH' @@ )?"`
	As          *lexer.Token  `parser:"( @'AS'"`
	Query       *queryNode    `parser:"  @@ )?"`
}

// relationKind is [SOURCE] STREAM or [SOURCE] TABLE.
type relationKind struct {
	source bool
	kind   ast.RelKind
}

// Parse implements participle.Parseable.
func (k *relationKind) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if isWord(t, "SOURCE") {
		lex.Next()
		k.source = true
		t = lex.Peek()
	}
	switch {
	case isWord(t, "STREAM"):
	case isWord(t, "TABLE"):
		k.kind = ast.Table
	case k.source:
		return unexpected(t, `"STREAM" or "TABLE"`)
	default:
		return unexpected(t, createKinds)
	}
	lex.Next()
	return nil
}

// relationFrom is 'file' or GO 'import/path.Type'.
type relationFrom struct {
	Go   *stringNode `parser:"  'GO' @@"`
	File *stringNode `parser:"| @@"`
}

// columnList is the columns and keys of a declaration.
type columnList struct {
	Items []columnItem `parser:"'(' @@ ( ',' @@ )* ')'"`
}

type columnItem struct {
	PrimaryKey *nameList    `parser:"  (?= 'PRIMARY' 'KEY') 'PRIMARY' 'KEY' @@ ( 'NOT' 'ENFORCED' )?"`
	Refused    *refusedWord `parser:"| @@"`
	Column     *columnDef   `parser:"| @@"`
}

// columnDef is one column with its attributes, which come in any order.
type columnDef struct {
	Tokens []lexer.Token
	Name   columnName   `parser:"@@"`
	Type   typeNode     `parser:"@@"`
	Attrs  []columnAttr `parser:"@@*"`
}

// columnName is a name; the message about another thing says "a column".
type columnName struct{ ast.Ident }

// Parse implements participle.Parseable.
func (n *columnName) Parse(lex *lexer.PeekingLexer) error {
	if t := lex.Peek(); !isName(t) {
		return unexpectedName(t, "a column")
	}
	var id name
	err := id.Parse(lex)
	n.Ident = id.Ident
	return err
}

type columnAttr struct {
	Tokens     []lexer.Token
	NotNull    bool         `parser:"  @( 'NOT' 'NULL' )"`
	Null       bool         `parser:"| @'NULL'"`
	PrimaryKey bool         `parser:"| @( 'PRIMARY' 'KEY' )"`
	Key        bool         `parser:"| @'KEY'"`
	Headers    bool         `parser:"| @'HEADERS'"`
	Header     *stringNode  `parser:"| 'HEADER' '(' @@ ')'"`
	Metadata   bool         `parser:"| @'METADATA'"`
	From       *stringNode  `parser:"  ( 'FROM' @@ )?"`
	Refused    *refusedAttr `parser:"| @@"`
}

// refusedAttrs are the attributes of columns in other dialects, with the way out.
var refusedAttrs = map[string]string{
	"DEFAULT": "use COALESCE in the query", "CHECK": "filter with WHERE in the query", "COMMENT": "write a comment: -- ..",
	"REFERENCES": "", "UNIQUE": "", "GENERATED": "compute the column in a query", "COLLATE": "",
}

// refusedAttr matches the attributes of refusedAttrs and refuses them.
type refusedAttr struct{}

// Parse implements participle.Parseable.
func (*refusedAttr) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	hint, ok := refusedAttrs[upperWord(t.Value)]
	if !ok || t.Type != tokIdent {
		return participle.NextMatch
	}
	return notInLanguage(tokenSpan(lex.Next()), strings.ToUpper(t.Value)+" of a column", hint)
}

// viewDecl is CREATE VIEW.
type viewDecl struct {
	IfNotExists bool       `parser:"@( 'IF' 'NOT' 'EXISTS' )?"`
	Name        name       `parser:"@@"`
	Query       *queryNode `parser:"'AS' @@"`
}

// sinkDecl is CREATE SINK.
type sinkDecl struct {
	IfNotExists bool        `parser:"@( 'IF' 'NOT' 'EXISTS' )?"`
	Name        name        `parser:"@@"`
	Cols        *columnList `parser:"@@?"`
	With        *optionList `parser:"'WITH' @@"`
}

// typeDecl is CREATE TYPE.
type typeDecl struct {
	IfNotExists bool     `parser:"@( 'IF' 'NOT' 'EXISTS' )?"`
	Name        name     `parser:"@@"`
	Type        typeNode `parser:"'AS' @@"`
}

// functionDecl is CREATE FUNCTION; LANGUAGE and AS come in any order.
type functionDecl struct {
	Name    name           `parser:"@@"`
	Params  []fieldNode    `parser:"'(' ( @@ ( ',' @@ )* )? ')'"`
	Returns typeNode       `parser:"'RETURNS' @@"`
	Attrs   []functionAttr `parser:"@@*"`
}

type fieldNode struct {
	Name name     `parser:"@@"`
	Type typeNode `parser:"@@"`
}

type functionAttr struct {
	Tokens   []lexer.Token
	Language *name    `parser:"  'LANGUAGE' @@"`
	Body     ast.Expr `parser:"| 'AS' @@"`
}

// insertStmt is what follows INSERT INTO.
type insertStmt struct {
	Name  name        `parser:"@@"`
	Cols  *nameList   `parser:"( (?= '(' ( Ident | Quoted | Clause ) ( ',' | ')' )) @@ )?"`
	With  *optionList `parser:"( (?= 'WITH' '(') 'WITH' @@ )?"`
	Query *queryNode  `parser:"@@"`
}

// setStmt is what follows SET.
type setStmt struct {
	Key   optionKey   `parser:"@@"`
	Value optionValue `parser:"'=' @@"`
}

// showKind is what SHOW lists.
type showKind struct{ what string }

// Parse implements participle.Parseable.
func (s *showKind) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	switch w := upperWord(t.Value); w {
	case "STREAMS", "TABLES", "FUNCTIONS":
		s.what = w
		lex.Next()
		return nil
	}
	return unexpected(t, "STREAMS, TABLES or FUNCTIONS")
}

// lower turns the grammar's tree into the statement.
func (n *statement) lower(file *bodyReader) (ast.Stmt, error) {
	base := ast.StmtBase{Loc: tokensSpan(n.Tokens)}
	switch {
	case n.Create != nil:
		return n.Create.lower(base, file)
	case n.Insert != nil:
		return n.Insert.lower(base)
	case n.Set != nil:
		k, v := n.Set.Key, n.Set.Value
		return &ast.Set{
			StmtBase: base,
			Key:      ast.StringLit{Node: ast.Node{Loc: k.loc}, Value: k.text},
			Value:    ast.StringLit{Node: ast.Node{Loc: v.loc}, Value: v.text},
		}, nil
	case n.Explain != nil:
		q, err := n.Explain.lower()
		return &ast.Explain{StmtBase: base, Query: q}, err
	case n.Describe != nil:
		return &ast.Describe{StmtBase: base, Name: n.Describe.Ident}, nil
	case n.Show != nil:
		return &ast.Show{StmtBase: base, What: n.Show.what}, nil
	}
	q, err := n.Query.Query.lower()
	return &ast.Select{StmtBase: base, Query: q}, err
}

func (n *createStmt) lower(base ast.StmtBase, file *bodyReader) (ast.Stmt, error) {
	switch {
	case n.Relation != nil:
		return n.Relation.lower(base, n.Replace)
	case n.View != nil:
		q, err := n.View.Query.lower()
		return &ast.CreateView{
			StmtBase: base, OrReplace: n.Replace, IfNotExists: n.View.IfNotExists, Name: n.View.Name.Ident, Query: q,
		}, err
	case n.Sink != nil:
		cols, key, err := n.Sink.Cols.lower()
		if err == nil && key != nil {
			err = &syntaxError{span: key[0].Loc, msg: "a sink has no PRIMARY KEY", hint: "the key is that of the query it receives"}
		}
		return &ast.CreateSink{
			StmtBase: base, OrReplace: n.Replace, IfNotExists: n.Sink.IfNotExists, Name: n.Sink.Name.Ident,
			Cols: cols, With: n.Sink.With.lower(),
		}, err
	case n.Type != nil:
		if n.Replace {
			return nil, &syntaxError{span: n.Type.Name.Loc, msg: "a type cannot be replaced", hint: "remove OR REPLACE"}
		}
		return &ast.CreateType{
			StmtBase: base, IfNotExists: n.Type.IfNotExists, Name: n.Type.Name.Ident, Type: n.Type.Type.Type,
		}, nil
	}
	return n.Function.lower(base, n.Replace, file)
}

func (n *relationDecl) lower(base ast.StmtBase, replace bool) (ast.Stmt, error) {
	c := &ast.Create{
		StmtBase: base, OrReplace: replace, IfNotExists: n.IfNotExists, SourceOnly: n.Kind.source,
		Kind: n.Kind.kind, Name: n.Name.Ident, With: n.With.lower(),
	}
	if n.From != nil {
		c.FromFile, c.FromGo = n.From.File.ptr(), n.From.Go.ptr()
	}
	var err error
	if c.Cols, c.PrimaryKey, err = n.Cols.lower(); err != nil {
		return nil, err
	}
	if n.Query == nil {
		return c, nil
	}
	if n.Cols != nil || n.From != nil {
		return nil, &syntaxError{
			code: diag.MisplacedClause, span: tokenSpan(n.As),
			msg:  "a " + strings.ToLower(c.Kind.String()) + " made by a query takes its columns from the query",
			hint: "remove the column list or FROM, and name the columns with aliases in the select list",
		}
	}
	if c.Query, err = n.Query.lower(); err != nil {
		return nil, err
	}
	c.With = append(c.With, c.Query.With...)
	c.Query.With = nil
	return c, nil
}

func (l *columnList) lower() (cols []ast.ColumnDef, key []ast.Ident, err error) {
	if l == nil {
		return nil, nil, nil
	}
	for i := range l.Items {
		item := &l.Items[i]
		if item.PrimaryKey != nil {
			if key != nil {
				return nil, nil, repeated(item.PrimaryKey.Names[0].Loc, "PRIMARY KEY", key[0].Loc)
			}
			key = item.PrimaryKey.idents()
			continue
		}
		col, err := item.Column.lower()
		if err != nil {
			return nil, nil, err
		}
		cols = append(cols, col)
	}
	return cols, key, nil
}

func (n *columnDef) lower() (ast.ColumnDef, error) {
	c := ast.ColumnDef{Loc: tokensSpan(n.Tokens), Name: n.Name.Ident, Type: n.Type.Type}
	seen := map[string]source.Span{}
	for i := range n.Attrs {
		a := &n.Attrs[i]
		loc, what := tokensSpan(a.Tokens), ""
		switch {
		case a.NotNull:
			what, c.NotNull = "NOT NULL", true
		case a.Null:
			what = "NULL"
		case a.PrimaryKey:
			what, c.PrimaryKey = "PRIMARY KEY", true
		case a.Key:
			what, c.Key = "KEY", true
		case a.Headers:
			what, c.Headers = "HEADERS", true
		case a.Header != nil:
			what, c.Header = "HEADER", a.Header.ptr()
		case a.Metadata:
			what, c.Metadata = "METADATA", a.From.ptr()
			if c.Metadata == nil {
				c.Metadata = &ast.StringLit{Node: ast.Node{Loc: loc}, Value: c.Name.Name}
			}
		}
		if at, twice := seen[what]; twice {
			return c, repeated(loc, what, at)
		}
		seen[what] = loc
	}
	return c, nil
}

func (n *insertStmt) lower(base ast.StmtBase) (ast.Stmt, error) {
	q, err := n.Query.lower()
	if err != nil {
		return nil, err
	}
	if n.With != nil {
		q.With = append(n.With.lower(), q.With...)
	}
	return &ast.Insert{StmtBase: base, Target: n.Name.Ident, Cols: n.Cols.idents(), Query: q}, nil
}

func (n *functionDecl) lower(base ast.StmtBase, replace bool, file *bodyReader) (ast.Stmt, error) {
	f := &ast.CreateFunction{StmtBase: base, OrReplace: replace, Name: n.Name.Ident, Returns: n.Returns.Type, Language: "SQL"}
	for _, p := range n.Params {
		f.Params = append(f.Params, ast.TypeField{Name: p.Name.Ident, Type: p.Type.Type})
	}
	var language *ast.Ident
	var body ast.Expr
	for i := range n.Attrs {
		a := &n.Attrs[i]
		switch {
		case a.Language != nil && language != nil:
			return nil, repeated(tokensSpan(a.Tokens), "LANGUAGE", language.Loc)
		case a.Language != nil:
			language = &a.Language.Ident
			f.Language = strings.ToUpper(language.Name)
		case body != nil:
			return nil, repeated(tokensSpan(a.Tokens), "AS", body.Span())
		default:
			body = a.Body
		}
	}
	if body == nil {
		return nil, missing(f.Name.Loc, "the function has no body", "add AS and an expression, or LANGUAGE GO AS 'import/path.Func'")
	}
	text, isText := body.(*ast.StringLit)
	switch f.Language {
	case "GO":
		if !isText {
			return nil, &syntaxError{span: body.Span(), msg: "a Go function is named by a string", hint: "write AS 'import/path.Func'"}
		}
		f.GoSymbol = text
		return f, nil
	case "SQL":
		if !isText {
			f.Body = body
			return f, nil
		}
		var err error
		f.Body, err = file.body(text)
		return f, err
	}
	return nil, notInLanguage(language.Loc, "LANGUAGE "+f.Language, "functions are written in GO or SQL")
}
