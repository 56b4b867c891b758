package parser

import (
	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// queryNode is a complete query. The clauses of the whole query are read as the
// tail of its last SELECT; Tail is what follows an operand in parentheses.
type queryNode struct {
	Tokens []lexer.Token
	CTEs   []cteNode    `parser:"( 'WITH' @@ ( ',' @@ )* )?"`
	First  operandNode  `parser:"@@"`
	Rest   []setOpNode  `parser:"@@*"`
	Tail   []tailClause `parser:"@@*"`
}

// cteNode is one entry of WITH.
type cteNode struct {
	Refused *refusedWord `parser:"@@?"`
	Name    name         `parser:"@@"`
	Cols    *nameList    `parser:"@@?"`
	Query   *queryNode   `parser:"'AS' '(' @@ ')'"`
}

// operandNode is one operand of the set operations.
type operandNode struct {
	Tokens []lexer.Token
	Select *selectNode `parser:"  'SELECT' @@"`
	Values []rowNode   `parser:"| 'VALUES' @@ ( ',' @@ )*"`
	Nested *queryNode  `parser:"| '(' @@ ')'"`
}

// rowNode is one row of VALUES.
type rowNode struct {
	Exprs []ast.Expr `parser:"'(' @@ ( ',' @@ )* ')'"`
}

// setOpNode is a set operation with its right operand.
type setOpNode struct {
	Op    lexer.Token `parser:"@( 'UNION' | 'INTERSECT' | 'EXCEPT' )"`
	All   bool        `parser:"( @'ALL' | 'DISTINCT' )?"`
	Right operandNode `parser:"@@"`
}

// selectNode is what follows SELECT.
type selectNode struct {
	Distinct *distinctNode `parser:"( @@ | 'ALL' )?"`
	Items    []selectItem  `parser:"@@ ( ',' @@ )*"`
	From     *fromNode     `parser:"@@?"`
	Tail     []tailClause  `parser:"@@*"`
}

// selectItem is one item of the select list.
type selectItem struct {
	Tokens     []lexer.Token
	Target     itemTarget `parser:"@@"`
	Except     []name     `parser:"( (?= 'EXCEPT' '(') 'EXCEPT' '(' @@ ( ',' @@ )* ')' )?"`
	As         bool       `parser:"( @'AS'"`
	Alias      *name      `parser:"  @@"`
	Implicit   *aliasName `parser:"| @@ )?"`
	PrimaryKey bool       `parser:"@( 'PRIMARY' 'KEY' )?"`
}

// tailClause is a clause behind FROM; they come in any order.
type tailClause struct {
	Tokens    []lexer.Token
	Where     ast.Expr      `parser:"(?= Keyword | Clause) ( 'WHERE' @@"`
	Group     []groupItem   `parser:"| 'GROUP' 'BY' @@ ( ',' @@ )*"`
	Window    *windowClause `parser:"| 'WINDOW' @@"`
	Having    ast.Expr      `parser:"| 'HAVING' @@"`
	Qualify   ast.Expr      `parser:"| 'QUALIFY' @@"`
	Partition []ast.Expr    `parser:"| 'PARTITION' 'BY' @@ ( ',' @@ )*"`
	Order     *orderList    `parser:"| @@"`
	Limit     *numberNode   `parser:"| 'LIMIT' @@"`
	Emit      *emitNode     `parser:"| 'EMIT' @@"`
	Into      []name        `parser:"| 'INTO' @@ ( ',' @@ )*"`
	Unbounded bool          `parser:"| @( 'STATE' 'UNBOUNDED' )"`
	With      *optionList   `parser:"| 'WITH' @@"`
	Refused   *refusedWord  `parser:"| @@ )"`
}

// groupItem is one item of GROUP BY.
type groupItem struct {
	Tokens []lexer.Token
	Sets   []groupSet  `parser:"  (?= 'GROUPING' 'SETS') 'GROUPING' 'SETS' '(' @@ ( ',' @@ )* ')'"`
	Kind   lexer.Token `parser:"| (?= ( 'ROLLUP' | 'CUBE' ) '(') @( 'ROLLUP' | 'CUBE' ) '('"`
	Of     []groupSet  `parser:"  @@ ( ',' @@ )* ')'"`
	Expr   ast.Expr    `parser:"| @@"`
}

// groupSet is one set of expressions, in parentheses unless it is one expression:
// (), (a), (a, b), or a.
type groupSet struct {
	Empty lexer.Token `parser:"  (?= '(' ')' ) '(' @')'"`
	Expr  ast.Expr    `parser:"| @@"`
}

func (s *groupSet) exprs() []ast.Expr {
	switch e := s.Expr.(type) {
	case nil:
		return nil
	case *ast.Row:
		return e.Elems
	case *ast.Paren:
		return []ast.Expr{e.X}
	}
	return []ast.Expr{s.Expr}
}

// orderList is ORDER BY with its keys.
type orderList struct {
	Items []orderItem `parser:"'ORDER' 'BY' @@ ( ',' @@ )*"`
}

type orderItem struct {
	Tokens []lexer.Token
	Expr   ast.Expr    `parser:"@@"`
	Desc   bool        `parser:"( 'ASC' | @'DESC' )?"`
	Nulls  lexer.Token `parser:"( 'NULLS' @( 'FIRST' | 'LAST' ) )?"`
}

// emitNode is what follows EMIT.
type emitNode struct {
	Mode    lexer.Token   `parser:"  @( 'CHANGES' | 'FINAL' )"`
	Every   *durationNode `parser:"| 'EVERY' @@"`
	OnClose bool          `parser:"| @( 'ON' 'WINDOW' 'CLOSE' )"`
}

// distinctNode is DISTINCT, but not DISTINCT ON.
type distinctNode struct{ loc source.Span }

// Parse implements participle.Parseable.
func (d *distinctNode) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	if !isWord(&t, "DISTINCT") || t.Type != tokIdent {
		return participle.NextMatch
	}
	lex.Next()
	if on := lex.Peek(); isWord(on, "ON") {
		return notInLanguage(tokenSpan(&t).To(tokenSpan(on)), "DISTINCT ON",
			"number the rows with ROW_NUMBER() OVER (PARTITION BY .. ORDER BY ..) and keep the first with QUALIFY")
	}
	d.loc = tokenSpan(&t)
	return nil
}

// itemTarget is *, t.*, or an expression.
type itemTarget struct {
	star      bool
	qualifier []ast.Ident
	expr      ast.Expr
}

// Parse implements participle.Parseable.
func (i *itemTarget) Parse(lex *lexer.PeekingLexer) (err error) {
	if t := lex.Peek(); t.Value == "*" && t.Type == tokOp {
		lex.Next()
		i.star = true
		return nil
	}
	mark := lex.MakeCheckpoint()
	for isName(lex.Peek()) {
		i.qualifier = append(i.qualifier, identOf(lex.Next()))
		if lex.Peek().Value != "." {
			break
		}
		lex.Next()
		if t := lex.Peek(); t.Value == "*" && t.Type == tokOp {
			lex.Next()
			i.star = true
			return nil
		}
	}
	lex.LoadCheckpoint(mark)
	i.qualifier = nil
	i.expr, err = parseExpr(lex)
	return err
}

// joinWords may stand between NATURAL and JOIN.
var joinWords = map[string]bool{"INNER": true, "LEFT": true, "RIGHT": true, "FULL": true}

// refusedWord matches the constructs of refusedClauses and refuses them.
type refusedWord struct{}

// Parse implements participle.Parseable.
func (*refusedWord) Parse(lex *lexer.PeekingLexer) error {
	t := *lex.Peek()
	if t.Type != tokIdent && t.Type != tokClause {
		return participle.NextMatch
	}
	r, ok := refusedClauses[upperWord(t.Value)]
	if !ok {
		return participle.NextMatch
	}
	next := ahead(lex, 1)
	follows := r.next == "" || isWord(next, r.next) ||
		r.next == "#" && next.Type == tokNumber || r.next == "@" && isName(next) ||
		r.next == "JOIN" && joinWords[upperWord(next.Value)]
	if !follows {
		return participle.NextMatch
	}
	lex.Next()
	return notInLanguage(tokenSpan(&t), r.name, r.hint)
}

func (n *queryNode) lower() (*ast.Query, error) {
	q := &ast.Query{Loc: tokensSpan(n.Tokens)}
	for _, c := range n.CTEs {
		sub, err := c.Query.lower()
		if err != nil {
			return nil, err
		}
		q.CTEs = append(q.CTEs, ast.CTE{Name: c.Name.Ident, Cols: c.Cols.idents(), Query: sub})
	}
	s := setOps{query: q}
	if err := s.operand(&n.First); err != nil {
		return nil, err
	}
	for i := range n.Rest {
		r := &n.Rest[i]
		if s.tail != nil {
			return nil, misplacedTail(s.tail.Tokens, &r.Op)
		}
		s.reduce(r.precedence())
		s.ops = append(s.ops, r)
		if err := s.operand(&r.Right); err != nil {
			return nil, err
		}
	}
	s.reduce(0)
	q.Body = s.bodies[0]
	for i := range n.Tail {
		c := &n.Tail[i]
		if !c.ofQuery() {
			return nil, misplacedClause(c.Tokens)
		}
		if err := c.lowerQuery(q); err != nil {
			return nil, err
		}
	}
	return q, nil
}

// setOps combines operands by precedence: INTERSECT binds tighter than UNION
// and EXCEPT, which associate to the left.
type setOps struct {
	query  *ast.Query
	bodies []ast.QueryBody
	ops    []*setOpNode
	tail   *tailClause // the first clause of the whole query that was read
}

func (o *setOpNode) precedence() int {
	if isWord(&o.Op, "INTERSECT") {
		return 2
	}
	return 1
}

// reduce combines the operators that bind at least as tightly as precedence.
func (s *setOps) reduce(precedence int) {
	for len(s.ops) > 0 {
		n := len(s.ops)
		op := s.ops[n-1]
		if op.precedence() < precedence {
			return
		}
		left, right := s.bodies[n-1], s.bodies[n]
		s.ops = s.ops[:n-1]
		s.bodies = append(s.bodies[:n-1], &ast.SetOp{
			Loc: left.Span().To(right.Span()), Op: upperWord(op.Op.Value), OpLoc: tokenSpan(&op.Op),
			All: op.All, Left: left, Right: right,
		})
	}
}

// operand lowers one operand.
func (s *setOps) operand(n *operandNode) error {
	loc := tokensSpan(n.Tokens)
	switch {
	case n.Select != nil:
		body, err := s.selectBody(n.Select)
		if err != nil {
			return err
		}
		body.Loc.Start = loc.Start
		s.bodies = append(s.bodies, body)
	case n.Nested != nil:
		q, err := n.Nested.lower()
		if err != nil {
			return err
		}
		s.bodies = append(s.bodies, &ast.Nested{Loc: loc, Query: q})
	default:
		v := &ast.Values{Loc: loc}
		for _, r := range n.Values {
			v.Rows = append(v.Rows, r.Exprs)
		}
		s.bodies = append(s.bodies, v)
	}
	return nil
}

// selectBody lowers one SELECT; the clauses of the whole query in its tail go to
// the query.
func (s *setOps) selectBody(n *selectNode) (*ast.SelectBody, error) {
	b := &ast.SelectBody{}
	if n.Distinct != nil {
		b.Distinct, b.DistinctLoc = true, n.Distinct.loc
	}
	for i := range n.Items {
		item, err := n.Items[i].lower()
		if err != nil {
			return nil, err
		}
		b.Items = append(b.Items, item)
		b.Loc = b.Loc.To(item.Loc)
	}
	if n.From != nil {
		if err := n.From.lower(b); err != nil {
			return nil, err
		}
		b.Loc = b.Loc.To(b.FromLoc)
	}
	for i := range n.Tail {
		c := &n.Tail[i]
		if c.ofQuery() {
			if s.tail == nil {
				s.tail = c
			}
			if err := c.lowerQuery(s.query); err != nil {
				return nil, err
			}
			continue
		}
		if err := c.lowerSelect(b); err != nil {
			return nil, err
		}
		if end := tokensSpan(c.Tokens).End; end > b.Loc.End {
			b.Loc.End = end
		}
	}
	return b, nil
}

func (n *selectItem) lower() (ast.SelectItem, error) {
	item := ast.SelectItem{
		Loc: tokensSpan(n.Tokens), Star: n.Target.star, Qualifier: n.Target.qualifier, Expr: n.Target.expr,
		Except: idents(n.Except), As: n.As, PrimaryKey: n.PrimaryKey,
	}
	switch {
	case n.Alias != nil:
		item.Alias = n.Alias.Ident
	case n.Implicit != nil:
		item.Alias = n.Implicit.Ident
	}
	if item.Star && item.Alias.Name != "" {
		return item, &syntaxError{span: item.Alias.Loc, msg: `"*" stands for many columns and takes no alias`}
	}
	if item.Except != nil && !item.Star {
		return item, &syntaxError{span: item.Loc, msg: "EXCEPT (..) in a select list follows * or t.*"}
	}
	return item, nil
}

// ofQuery reports whether the clause belongs to the whole query.
func (c *tailClause) ofQuery() bool {
	return c.Order != nil || c.Limit != nil || c.Emit != nil || c.Into != nil || c.With != nil || c.Unbounded
}

// lowerQuery sets the clause in the query.
func (c *tailClause) lowerQuery(q *ast.Query) error {
	loc := tokensSpan(c.Tokens)
	switch {
	case c.Order != nil:
		if q.OrderBy != nil {
			return repeated(loc, "ORDER BY", q.OrderBy[0].Loc)
		}
		q.OrderBy = c.Order.lower()
	case c.Limit != nil:
		if q.Limit != nil {
			return repeated(loc, "LIMIT", q.Limit.Loc)
		}
		q.Limit = c.Limit.ptr()
	case c.Emit != nil:
		if q.Emit != nil {
			return repeated(loc, "EMIT", q.Emit.Loc)
		}
		q.Emit = c.Emit.lower(loc)
	case c.Into != nil:
		if q.Into != nil {
			return repeated(loc, "INTO", q.Into[0].Loc)
		}
		q.Into = idents(c.Into)
	case c.Unbounded:
		if !q.StateUnbounded.IsZero() {
			return repeated(loc, "STATE UNBOUNDED", q.StateUnbounded)
		}
		q.StateUnbounded = loc
	case c.With != nil:
		if q.With != nil {
			return repeated(loc, "WITH", q.With[0].Loc)
		}
		q.With = c.With.lower()
	}
	return nil
}

// lowerSelect sets the clause in the SELECT.
func (c *tailClause) lowerSelect(b *ast.SelectBody) error {
	loc := tokensSpan(c.Tokens)
	set := func(clause string, x ast.Expr, to *ast.Expr, at *source.Span) error {
		if *to != nil {
			return repeated(loc, clause, *at)
		}
		*to, *at = x, loc
		return nil
	}
	switch {
	case c.Where != nil:
		return set("WHERE", c.Where, &b.Where, &b.WhereLoc)
	case c.Having != nil:
		return set("HAVING", c.Having, &b.Having, &b.HavingLoc)
	case c.Qualify != nil:
		return set("QUALIFY", c.Qualify, &b.Qualify, &b.QualifyLoc)
	case c.Group != nil:
		if b.GroupBy != nil {
			return repeated(loc, "GROUP BY", b.GroupLoc)
		}
		b.GroupLoc = loc
		for i := range c.Group {
			b.GroupBy = append(b.GroupBy, c.Group[i].lower())
		}
	case c.Partition != nil:
		if b.PartitionBy != nil {
			return repeated(loc, "PARTITION BY", b.PartitionLoc)
		}
		b.PartitionBy, b.PartitionLoc = c.Partition, loc
	case c.Window != nil:
		return c.Window.lower(b, loc)
	}
	return nil
}

func (n *emitNode) lower(loc source.Span) *ast.Emit {
	switch {
	case n.Every != nil:
		return &ast.Emit{Loc: loc, Mode: "EVERY", Every: n.Every.ptr()}
	case n.OnClose || isWord(&n.Mode, "FINAL"):
		return &ast.Emit{Loc: loc, Mode: "FINAL"}
	}
	return &ast.Emit{Loc: loc, Mode: "CHANGES"}
}

func (n *groupItem) lower() ast.GroupItem {
	g := ast.GroupItem{Loc: tokensSpan(n.Tokens), Expr: n.Expr}
	sets := n.Sets
	switch {
	case n.Sets != nil:
		g.Kind = "GROUPING SETS"
	case n.Of != nil:
		g.Kind, sets = upperWord(n.Kind.Value), n.Of
	}
	for _, s := range sets {
		g.Sets = append(g.Sets, s.exprs())
	}
	return g
}

func (l *orderList) lower() []ast.OrderItem {
	var out []ast.OrderItem
	for _, n := range l.Items {
		item := ast.OrderItem{Loc: tokensSpan(n.Tokens), Expr: n.Expr, Desc: n.Desc}
		if n.Nulls.Value != "" {
			first := isWord(&n.Nulls, "FIRST")
			item.NullsFirst = &first
		}
		out = append(out, item)
	}
	return out
}
