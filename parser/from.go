package parser

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// fromNode is FROM with its relations.
type fromNode struct {
	Tokens []lexer.Token
	Refs   []relationNode `parser:"'FROM' @@ ( ',' @@ )*"`
}

// relationNode is a relation with the joins that follow it.
type relationNode struct {
	First primaryRel `parser:"@@"`
	Joins []joinNode `parser:"@@*"`
}

// primaryRel is one relation. Which of its suffixes fit is checked when it is lowered.
type primaryRel struct {
	Tokens     []lexer.Token
	Lateral    *lexer.Token  `parser:"( (?= 'LATERAL' (Ident | '(') ) @'LATERAL' )?"`
	Path       *pathNode     `parser:"( @@"`
	Wrapped    *tableCall    `parser:"| (?= 'TABLE' '(') 'TABLE' '(' @@ ')'"`
	Func       *tableCall    `parser:"| @@"`
	Query      *subqueryNode `parser:"| @@"`
	Paren      *relationNode `parser:"| '(' @@ ')'"`
	Name       *relationName `parser:"| @@ )"`
	AsOf       ast.Expr      `parser:"( 'FOR' 'SYSTEM_TIME' 'AS' 'OF' @@ )?"`
	Ordinality bool          `parser:"( (?= 'WITH' 'ORDINALITY') @'WITH' 'ORDINALITY' )?"`
	Alias      *name         `parser:"( 'AS' @@"`
	Implicit   *aliasName    `parser:"| @@ )?"`
	Columns    *nameList     `parser:"@@?"`
	AsOfLate   ast.Expr      `parser:"( 'FOR' 'SYSTEM_TIME' 'AS' 'OF' @@ )?"`
	Refused    *refusedWord  `parser:"@@?"`
}

// pathNode is a file or address in single quotes.
type pathNode struct{ ast.StringLit }

// Parse implements participle.Parseable.
func (n *pathNode) Parse(lex *lexer.PeekingLexer) error {
	if lex.Peek().Type != tokString {
		return participle.NextMatch
	}
	var s stringNode
	err := s.Parse(lex)
	n.StringLit = s.StringLit
	return err
}

// relationName is the name of a relation; it has one part.
type relationName struct{ ast.Ident }

// Parse implements participle.Parseable.
func (n *relationName) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	if !isName(&t) {
		return unexpectedName(&t, "a stream, a table, a file in single quotes or a query in parentheses")
	}
	var id name
	if err := id.Parse(lex); err != nil {
		return err
	}
	n.Ident = id.Ident
	if dot := *lex.Peek(); dot.Value == "." {
		return dottedRelation(&t, &dot, ahead(lex, 1))
	}
	return nil
}

// tableCall is a call standing for a relation: UNNEST(x), TUMBLE(t, ts, ..).
type tableCall struct{ *ast.Call }

// Parse implements participle.Parseable.
func (n *tableCall) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	if next := ahead(lex, 1); !isName(t) || next.Value != "(" {
		return participle.NextMatch
	}
	p := exprParser{lex: lex}
	c := &ast.Call{Name: identOf(lex.Next())}
	open := *lex.Next()
	if err := p.callArgs(c); err != nil {
		return err
	}
	if c.Star || c.Distinct {
		return &syntaxError{span: c.Name.Loc, msg: "a table function takes plain arguments"}
	}
	loc, err := p.closing(&open, c.Name.Loc)
	c.Loc = loc
	n.Call = c
	return err
}

// subqueryNode is (query).
type subqueryNode struct{ query *ast.Query }

// Parse implements participle.Parseable.
func (n *subqueryNode) Parse(lex *lexer.PeekingLexer) (err error) {
	if !startsQuery(lex) {
		return participle.NextMatch
	}
	p := exprParser{lex: lex}
	open := *lex.Next()
	if n.query, err = p.query(); err != nil {
		return err
	}
	_, err = p.closing(&open, tokenSpan(&open))
	return err
}

// joinNode is one join with its right side and conditions, which come in any order.
type joinNode struct {
	Kind  *joinKind   `parser:"@@?"`
	Join  lexer.Token `parser:"@'JOIN'"`
	Right primaryRel  `parser:"@@"`
	Mods  []joinMod   `parser:"@@*"`
}

// joinKind is what stands before JOIN.
type joinKind struct {
	Tokens  []lexer.Token
	Refused *refusedWord `parser:"  @@"`
	Inner   bool         `parser:"| @'INNER'"`
	Cross   bool         `parser:"| @'CROSS'"`
	Asof    bool         `parser:"| @'ASOF' 'INNER'?"`
	AsofL   bool         `parser:"  ( @'LEFT' 'OUTER'? )?"`
	Side    lexer.Token  `parser:"| @( 'LEFT' | 'RIGHT' | 'FULL' ) 'OUTER'?"`
}

type joinMod struct {
	Tokens []lexer.Token
	On     ast.Expr      `parser:"  'ON' @@"`
	Using  *nameList     `parser:"| 'USING' @@"`
	Within *withinNode   `parser:"| 'WITHIN' @@"`
	Grace  *durationNode `parser:"| 'GRACE' 'PERIOD' @@"`
	Match  ast.Expr      `parser:"| 'MATCH_CONDITION' '(' @@ ')'"`
}

// withinNode is d or (before, after).
type withinNode struct {
	Before *durationNode `parser:"  '(' @@"`
	After  *durationNode `parser:"  ',' @@ ')'"`
	Both   *durationNode `parser:"| @@"`
}

func (n *fromNode) lower(b *ast.SelectBody) error {
	b.FromLoc = tokensSpan(n.Tokens)
	for i := range n.Refs {
		ref, err := n.Refs[i].lower()
		if err != nil {
			return err
		}
		b.From = append(b.From, ref)
	}
	return nil
}

func (n *relationNode) lower() (ast.TableRef, error) {
	left, err := n.First.lower()
	if err != nil {
		return nil, err
	}
	for i := range n.Joins {
		if left, err = n.Joins[i].lower(left); err != nil {
			return nil, err
		}
	}
	return left, nil
}

func (n *primaryRel) lower() (ast.TableRef, error) {
	loc := tokensSpan(n.Tokens)
	var alias ast.Ident
	switch {
	case n.Alias != nil:
		alias = n.Alias.Ident
	case n.Implicit != nil:
		alias = n.Implicit.Ident
	}
	asOf := n.AsOf
	if n.AsOfLate != nil {
		if asOf != nil {
			return nil, repeated(n.AsOfLate.Span(), "FOR SYSTEM_TIME AS OF", asOf.Span())
		}
		asOf = n.AsOfLate
	}
	call := n.Func
	if n.Wrapped != nil {
		call = n.Wrapped
	}
	switch {
	case asOf != nil && n.Name == nil:
		return nil, &syntaxError{span: asOf.Span(), msg: "FOR SYSTEM_TIME AS OF follows the name of a table"}
	case n.Ordinality && call == nil:
		return nil, &syntaxError{span: loc, msg: "WITH ORDINALITY follows a table function such as UNNEST(x)"}
	case n.Columns != nil && call == nil && n.Query == nil:
		return nil, &syntaxError{
			span: n.Columns.Names[0].Loc, msg: "a list of column names follows a query in parentheses or a table function",
			hint: "rename the columns in the select list",
		}
	case n.Lateral != nil && call == nil:
		return nil, notInLanguage(tokenSpan(n.Lateral), "LATERAL with a query",
			"join on a condition, or use a subquery in the select list; table functions see the relations to their left without it")
	}
	switch {
	case call != nil:
		return &ast.TableFunc{
			Loc: loc, Name: call.Name, Args: call.Args, WithOrdinality: n.Ordinality,
			Alias: alias, Columns: n.Columns.idents(),
		}, nil
	case n.Path != nil:
		return &ast.TablePath{Loc: loc, Path: n.Path.StringLit, Alias: alias}, nil
	case n.Query != nil:
		return &ast.TableQuery{Loc: loc, Query: n.Query.query, Alias: alias, Columns: n.Columns.idents()}, nil
	case n.Paren != nil:
		return n.lowerParen(loc, alias)
	}
	return &ast.TableName{Loc: loc, Name: n.Name.Ident, Alias: alias, AsOf: asOf}, nil
}

// lowerParen lowers a relation in parentheses; an alias behind them belongs to
// the one relation inside.
func (n *primaryRel) lowerParen(loc source.Span, alias ast.Ident) (ast.TableRef, error) {
	inner, err := n.Paren.lower()
	if err != nil || alias.Name == "" {
		return inner, err
	}
	var to *ast.Ident
	switch r := inner.(type) {
	case *ast.TableName:
		to = &r.Alias
	case *ast.TablePath:
		to = &r.Alias
	case *ast.TableQuery:
		to = &r.Alias
	case *ast.TableFunc:
		to = &r.Alias
	}
	if to == nil || to.Name != "" {
		return nil, &syntaxError{
			code: diag.NotInLanguage, span: alias.Loc, msg: "a join in parentheses takes no alias",
			hint: "write a query: (SELECT .. FROM a JOIN b ON ..) AS x",
		}
	}
	*to = alias
	return inner, nil
}

func (k *joinKind) name() string {
	switch {
	case k == nil || k.Inner:
		return "INNER"
	case k.Cross:
		return "CROSS"
	case k.AsofL:
		return "ASOF LEFT"
	case k.Asof:
		return "ASOF"
	}
	return upperWord(k.Side.Value)
}

func (n *joinNode) lower(left ast.TableRef) (ast.TableRef, error) {
	right, err := n.Right.lower()
	if err != nil {
		return nil, err
	}
	j := &ast.Join{
		Loc: left.Span().To(right.Span()), Kind: n.Kind.name(), KindLoc: tokenSpan(&n.Join), Left: left, Right: right,
	}
	if n.Kind != nil {
		j.KindLoc = tokensSpan(n.Kind.Tokens).To(j.KindLoc)
	}
	seen := map[string]source.Span{}
	for i := range n.Mods {
		m := &n.Mods[i]
		loc, clause := tokensSpan(m.Tokens), ""
		switch {
		case m.On != nil:
			clause, j.On = "ON", m.On
		case m.Using != nil:
			clause, j.Using = "USING", m.Using.idents()
		case m.Within != nil:
			clause = "WITHIN"
			j.Within, j.WithinAfter = m.Within.Before.ptr(), m.Within.After.ptr()
			if m.Within.Both != nil {
				j.Within = m.Within.Both.ptr()
			}
		case m.Grace != nil:
			clause, j.Grace = "GRACE PERIOD", m.Grace.ptr()
		case m.Match != nil:
			clause, j.Match = "MATCH_CONDITION", m.Match
		}
		if at, twice := seen[clause]; twice {
			return nil, repeated(loc, clause, at)
		}
		seen[clause] = loc
		if loc.End > j.Loc.End {
			j.Loc.End = loc.End
		}
	}
	return j, checkJoin(j)
}

// checkJoin refuses a join without the condition that its kind needs.
func checkJoin(j *ast.Join) error {
	hasOn := j.On != nil || j.Using != nil
	switch {
	case j.On != nil && j.Using != nil:
		return &syntaxError{code: diag.MisplacedClause, span: j.On.Span(), msg: "a join has either ON or USING"}
	case j.Kind == "CROSS" && hasOn:
		return &syntaxError{code: diag.MisplacedClause, span: j.KindLoc, msg: "CROSS JOIN takes no condition", hint: "write JOIN .. ON"}
	case j.Match != nil && j.Kind != "ASOF" && j.Kind != "ASOF LEFT":
		return &syntaxError{code: diag.MisplacedClause, span: j.Match.Span(), msg: "MATCH_CONDITION belongs to ASOF JOIN"}
	case j.Match == nil && (j.Kind == "ASOF" || j.Kind == "ASOF LEFT"):
		return missing(j.KindLoc, "ASOF JOIN needs MATCH_CONDITION (..)", "say which row is near: MATCH_CONDITION (a.ts >= b.ts)")
	case j.Kind != "CROSS" && !hasOn && j.Match == nil:
		return missing(j.KindLoc, "the join has no condition", "add ON .. or USING (..), or write CROSS JOIN")
	case j.Grace != nil && j.Within == nil:
		return missing(j.Grace.Loc, "GRACE PERIOD of a join needs WITHIN", "add WITHIN and a duration before it")
	}
	return nil
}
