package parser

import (
	"github.com/alecthomas/participle/v2/lexer"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// windowClause is what follows WINDOW: definitions of named windows, or the
// window of an aggregation.
type windowClause struct {
	Named  []namedWindow `parser:"  (?= (Ident | Quoted | Clause) 'AS') @@ ( ',' @@ )*"`
	Window *windowNode   `parser:"| @@"`
}

// namedWindow is w AS (..).
type namedWindow struct {
	Name name     `parser:"@@"`
	Spec overSpec `parser:"'AS' @@"`
}

// windowNode is TUMBLING(..) and the like.
type windowNode struct {
	Tokens []lexer.Token
	Kind   windowKind  `parser:"@@"`
	Args   []windowArg `parser:"'(' @@ ( ',' @@ )* ')'"`
}

// windowArg is one argument: a part with its name, a length, or the time column.
type windowArg struct {
	Tokens    []lexer.Token
	Size      *durationNode  `parser:"  (?= ( 'SIZE' | 'GAP' ) ( Number | Duration | String | Ident )) ( 'SIZE' | 'GAP' ) @@"`
	Advance   *durationNode  `parser:"| (?= 'ADVANCE' Ident) 'ADVANCE' 'BY' @@"`
	Grace     *durationNode  `parser:"| 'GRACE' 'PERIOD' @@"`
	Retention *durationNode  `parser:"| (?= 'RETENTION' ( Number | Duration | String | Ident )) 'RETENTION' @@"`
	Offset    *durationNode  `parser:"| (?= 'OFFSET' ( Number | Duration | String | Ident )) 'OFFSET' @@"`
	Zone      *stringNode    `parser:"| (?= 'AT' 'TIME') 'AT' 'TIME' 'ZONE' @@"`
	Operand   *windowOperand `parser:"| @@"`
}

// windowKind is the name of a kind of window.
type windowKind struct {
	kind string
	loc  source.Span
}

var windowKinds = map[string]string{
	"TUMBLING": "TUMBLING", "TUMBLE": "TUMBLING", "HOPPING": "HOPPING", "HOP": "HOPPING",
	"SLIDING": "SLIDING", "SESSION": "SESSION", "CUMULATE": "CUMULATE",
}

// Parse implements participle.Parseable.
func (k *windowKind) Parse(lex *lexer.PeekingLexer) error {
	t := lex.Peek()
	kind, ok := windowKinds[upperWord(t.Value)]
	if t.Type != tokIdent || !ok {
		return unexpected(t, "TUMBLING, HOPPING, SLIDING, SESSION or CUMULATE")
	}
	k.kind, k.loc = kind, tokenSpan(t)
	lex.Next()
	return nil
}

// windowOperand is a length or the time column.
type windowOperand struct {
	length *ast.Duration
	column ast.Expr
}

// Parse implements participle.Parseable.
func (o *windowOperand) Parse(lex *lexer.PeekingLexer) (err error) {
	if startsDuration(lex) {
		o.length, err = parseDuration(lex)
		return err
	}
	o.column, err = parseExpr(lex)
	return err
}

// overSpec is the (..) of OVER and of a named window.
type overSpec struct {
	Tokens    []lexer.Token
	Buffer    *numberNode   `parser:"'(' ( (?= 'ROWS' 'WINDOW') 'ROWS' 'WINDOW' 'BUFFER' @@ 'ROWS' )?"`
	Base      *aliasName    `parser:"( (?= Ident ')') @@ )?"`
	Partition []ast.Expr    `parser:"( 'PARTITION' 'BY' @@ ( ',' @@ )* )?"`
	Order     *orderList    `parser:"@@?"`
	Frame     *frameNode    `parser:"@@?"`
	Expire    *durationNode `parser:"( 'EXPIRE' 'AFTER' @@ )? ')'"`
}

// frameNode is ROWS BETWEEN .. AND .., or ROWS with one bound.
type frameNode struct {
	Tokens []lexer.Token
	Unit   lexer.Token `parser:"@( 'ROWS' | 'RANGE' | 'GROUPS' )"`
	Start  *boundNode  `parser:"( 'BETWEEN' @@"`
	End    *boundNode  `parser:"  'AND' @@"`
	Single *boundNode  `parser:"| @@ )"`
}

// boundNode is one end of a frame.
type boundNode struct{ bound ast.Bound }

// Parse implements participle.Parseable.
func (b *boundNode) Parse(lex *lexer.PeekingLexer) (err error) {
	unbounded := false
	switch t := lex.Peek(); {
	case isWord(t, "CURRENT") && isWord(ahead(lex, 1), "ROW"):
		lex.Next()
		lex.Next()
		b.bound.Kind = "CURRENT ROW"
		return nil
	case isWord(t, "UNBOUNDED"):
		lex.Next()
		unbounded = true
	default:
		p := exprParser{lex: lex}
		if b.bound.Offset, err = p.argument(bpIs); err != nil {
			return err
		}
	}
	t := lex.Peek()
	if !isWord(t, "PRECEDING") && !isWord(t, "FOLLOWING") {
		return unexpected(t, `"PRECEDING" or "FOLLOWING"`)
	}
	b.bound.Kind = upperWord(lex.Next().Value)
	if unbounded {
		b.bound.Kind = "UNBOUNDED " + b.bound.Kind
	}
	return nil
}

func (s *overSpec) lower() ast.Over {
	o := ast.Over{Loc: tokensSpan(s.Tokens), PartitionBy: s.Partition, Buffer: s.Buffer.ptr(), ExpireAfter: s.Expire.ptr()}
	if s.Base != nil {
		o.Name = s.Base.Ident
	}
	if s.Order != nil {
		o.OrderBy = s.Order.lower()
	}
	if s.Frame != nil {
		o.Frame = s.Frame.lower()
	}
	return o
}

// lower fills in the end of the short form: CURRENT ROW.
func (f *frameNode) lower() *ast.Frame {
	frame := &ast.Frame{Loc: tokensSpan(f.Tokens), Unit: upperWord(f.Unit.Value)}
	if f.Single != nil {
		frame.Start, frame.End = f.Single.bound, ast.Bound{Kind: "CURRENT ROW"}
		return frame
	}
	frame.Start, frame.End = f.Start.bound, f.End.bound
	return frame
}

// lower sets the window, or appends the named windows, in b.
func (n *windowClause) lower(b *ast.SelectBody, loc source.Span) error {
	for i := range n.Named {
		w := &n.Named[i]
		b.Windows = append(b.Windows, ast.NamedWindow{Name: w.Name.Ident, Spec: w.Spec.lower()})
	}
	if n.Window == nil {
		return nil
	}
	if b.Window != nil {
		return repeated(loc, "WINDOW", b.Window.Loc)
	}
	w, err := n.Window.lower()
	if err != nil {
		return err
	}
	w.Loc = loc
	b.Window = w
	return nil
}

// lower sorts the arguments into the window's parts and checks them against its kind.
func (n *windowNode) lower() (*ast.Window, error) {
	w := &ast.Window{Loc: tokensSpan(n.Tokens), Kind: n.Kind.kind, KindLoc: n.Kind.loc}
	var lengths []*ast.Duration
	for i := range n.Args {
		a := &n.Args[i]
		part := func(name string, d *durationNode, to **ast.Duration) error {
			if *to != nil {
				return repeated(tokensSpan(a.Tokens), name, (*to).Loc)
			}
			*to = d.ptr()
			return nil
		}
		var err error
		switch {
		case a.Size != nil:
			err = part("SIZE", a.Size, &w.Size)
		case a.Advance != nil:
			err = part("ADVANCE BY", a.Advance, &w.Advance)
		case a.Grace != nil:
			err = part("GRACE PERIOD", a.Grace, &w.Grace)
		case a.Retention != nil:
			err = part("RETENTION", a.Retention, &w.Retention)
		case a.Offset != nil:
			err = part("OFFSET", a.Offset, &w.Offset)
		case a.Zone != nil && w.Zone != nil:
			err = repeated(tokensSpan(a.Tokens), "AT TIME ZONE", w.Zone.Loc)
		case a.Zone != nil:
			w.Zone = &a.Zone.StringLit
		case a.Operand.length != nil:
			lengths = append(lengths, a.Operand.length)
		case w.Column != nil:
			err = &syntaxError{
				code: diag.BadWindow, span: a.Operand.column.Span(), msg: "a window has one time column",
				labels: []diag.Label{{Span: w.Column.Span(), Msg: "this is the first"}},
			}
		default:
			w.Column = a.Operand.column
		}
		if err != nil {
			return nil, err
		}
	}
	if err := placeLengths(w, lengths); err != nil {
		return nil, err
	}
	return w, checkWindow(w)
}

// placeLengths gives the lengths without a name their parts: the size and the
// advance, of CUMULATE the step and the size.
func placeLengths(w *ast.Window, lengths []*ast.Duration) error {
	slots := []**ast.Duration{&w.Size}
	switch w.Kind {
	case "HOPPING", "SLIDING":
		slots = []**ast.Duration{&w.Size, &w.Advance}
	case "CUMULATE":
		slots = []**ast.Duration{&w.Advance, &w.Size}
	}
	for _, d := range lengths {
		for len(slots) > 0 && *slots[0] != nil {
			slots = slots[1:]
		}
		if len(slots) == 0 {
			return &syntaxError{code: diag.BadWindow, span: d.Loc, msg: "too many lengths for " + w.Kind, hint: windowUsage(w.Kind)}
		}
		*slots[0] = d
	}
	return nil
}

// checkWindow refuses a window that lacks a length, and one of no length.
func checkWindow(w *ast.Window) error {
	switch {
	case w.Kind == "CUMULATE" && (w.Advance == nil || w.Size == nil):
		return &syntaxError{code: diag.BadWindow, span: w.KindLoc, msg: "CUMULATE needs a step and a size", hint: windowUsage(w.Kind)}
	case w.Size == nil:
		return &syntaxError{code: diag.BadWindow, span: w.KindLoc, msg: w.Kind + " needs a size", hint: windowUsage(w.Kind)}
	case w.Advance == nil && w.Kind == "HOPPING":
		return &syntaxError{code: diag.BadWindow, span: w.KindLoc, msg: "HOPPING needs a size and an advance", hint: windowUsage(w.Kind)}
	case w.Advance != nil && (w.Kind == "TUMBLING" || w.Kind == "SESSION"):
		return &syntaxError{code: diag.BadWindow, span: w.Advance.Loc, msg: w.Kind + " takes no advance", hint: "use HOPPING for windows that overlap"}
	}
	for _, d := range []*ast.Duration{w.Size, w.Advance} {
		if d != nil && d.Months <= 0 && d.Days <= 0 && d.Micros <= 0 {
			return &syntaxError{code: diag.BadWindow, span: d.Loc, msg: "the length of a window is greater than zero"}
		}
	}
	return nil
}

func windowUsage(kind string) string {
	switch kind {
	case "HOPPING":
		return "write HOPPING(SIZE 5 MINUTES, ADVANCE BY 1 MINUTE)"
	case "SLIDING":
		return "write SLIDING(5 MINUTES) or SLIDING(5 MINUTES, 1 MINUTE)"
	case "SESSION":
		return "write SESSION(30 SECONDS)"
	case "CUMULATE":
		return "write CUMULATE(1 MINUTE, 1 HOUR): the step, then the size"
	}
	return "write TUMBLING(SIZE 1 MINUTE)"
}
