package ast

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FormatExpr returns the expression as canonical SQL on one line: keywords in
// upper case, one blank around operators, names as written.
func FormatExpr(e Expr) string {
	var p exprPrinter
	p.expr(e, 0, 0)
	return p.b.String()
}

// FormatType returns the type as canonical SQL.
func FormatType(t *TypeName) string {
	var p exprPrinter
	p.typeName(t)
	return p.b.String()
}

// The binding powers of the operators, as the parser has them.
const (
	powerOr = iota + 1
	powerAnd
	powerNot
	powerIs
	powerCompare
	powerConcat
	powerAdd
	powerMultiply
	powerUnary
	powerPower
	powerPostfix
	powerAtom
)

var binaryPower = map[string]int{
	"OR": powerOr, "AND": powerAnd, "||": powerConcat, "&": powerConcat, "|": powerConcat, "#": powerConcat, "<<": powerConcat, ">>": powerConcat, "+": powerAdd, "-": powerAdd,
	"*": powerMultiply, "/": powerMultiply, "%": powerMultiply, "DIV": powerMultiply, "^": powerPower,
}

// power returns how tightly the outermost operator of x binds.
func power(x Expr) int {
	switch x := x.(type) {
	case *Binary:
		if p, ok := binaryPower[x.Op]; ok {
			return p
		}
		return powerCompare
	case *Is:
		return powerIs
	case *Between, *In, *Like, *Quantified:
		return powerCompare
	case *AtTimeZone, *Index, *Field:
		return powerPostfix
	case *Cast:
		if x.Colon {
			return powerPostfix
		}
	}
	return powerAtom
}

type exprPrinter struct{ b strings.Builder }

func (p *exprPrinter) str(s ...string) {
	for _, t := range s {
		p.b.WriteString(t)
	}
}

// expr prints x where operators that bind at least as tightly as least are read.
// follow is the power of the operator to the right of x, 0 when there is none:
// an operator before its operand, such as NOT, would take it in.
func (p *exprPrinter) expr(x Expr, least, follow int) {
	p.maybeParens(x, power(x) < least, least, follow)
}

// left prints x as the left operand of an operator of power own that stands
// where least are read. Operators that end with a bracket or a word, such as
// IS NULL, may be followed by a tighter one.
func (p *exprPrinter) left(x Expr, own, least int) {
	parens := power(x) < own
	if own == powerCompare {
		parens = power(x) <= own // comparisons do not chain
	}
	if parens && power(x) >= least {
		switch x := x.(type) {
		case *Is:
			parens = x.Y != nil
		case *In, *Quantified:
			parens = own == powerCompare
		}
	}
	p.maybeParens(x, parens, least, own)
}

func (p *exprPrinter) maybeParens(x Expr, parens bool, least, follow int) {
	switch x := x.(type) {
	case *Unary:
		own := powerUnary
		if x.Op == "NOT" {
			own = powerNot
		}
		parens = follow >= own
	case *Lambda:
		parens = follow > 0
	}
	if !parens {
		p.bare(x, least, follow)
		return
	}
	p.str("(")
	p.bare(x, 0, 0)
	p.str(")")
}

// bare prints x without parentheses around it.
func (p *exprPrinter) bare(x Expr, least, follow int) {
	switch x := x.(type) {
	case *Unary:
		p.unary(x, follow)
	case *Binary:
		p.left(x.X, power(x), least)
		p.str(" ", x.Op, " ")
		p.expr(x.Y, power(x)+1, follow)
	case *Is:
		p.left(x.X, powerIs, least)
		p.str(" IS ", not(x.Not), x.What)
		if x.Y != nil {
			p.str(" ")
			p.expr(x.Y, powerIs+1, follow)
		}
	case *Between:
		p.left(x.X, powerCompare, least)
		p.str(" ", not(x.Not), "BETWEEN ")
		if x.Symmetric {
			p.str("SYMMETRIC ")
		}
		p.expr(x.Low, powerCompare+1, powerAnd)
		p.str(" AND ")
		p.expr(x.High, powerCompare+1, follow)
	case *In:
		p.left(x.X, powerCompare, least)
		p.str(" ", not(x.Not), "IN (")
		p.listOrQuery(x.List, x.Query)
		p.str(")")
	case *Like:
		p.like(x, least, follow)
	case *Quantified:
		p.quantified(x, least)
	case *AtTimeZone:
		p.left(x.X, powerPostfix, least)
		p.str(" AT TIME ZONE ")
		p.expr(x.Zone, powerAtom, follow)
	case *Lambda:
		p.lambda(x)
	case *Index:
		p.left(x.X, powerPostfix, least)
		p.str("[")
		p.expr(x.I, 0, 0)
		p.str("]")
	case *Field:
		p.field(x, least)
	case *Cast:
		p.cast(x, least)
	default:
		p.operand(x)
	}
}

func not(yes bool) string {
	if yes {
		return "NOT "
	}
	return ""
}

func (p *exprPrinter) unary(x *Unary, follow int) {
	if x.Op == "NOT" {
		p.str("NOT ")
		p.expr(x.X, powerNot, follow)
		return
	}
	p.str(x.Op)
	if inner, ok := x.X.(*Unary); ok && inner.Op == x.Op {
		p.str(" ") // "--" begins a comment
	}
	p.expr(x.X, powerUnary, follow)
}

func (p *exprPrinter) like(x *Like, least, follow int) {
	p.left(x.X, powerCompare, least)
	p.str(" ", not(x.Not))
	switch {
	case x.Fold:
		p.str("ILIKE ")
	case x.Similar:
		p.str("SIMILAR TO ")
	default:
		p.str("LIKE ")
	}
	p.expr(x.Pattern, powerCompare+1, follow)
	if x.Escape != nil {
		p.str(" ESCAPE ")
		p.expr(x.Escape, powerCompare+1, follow)
	}
}

func (p *exprPrinter) quantified(x *Quantified, least int) {
	p.left(x.X, powerCompare, least)
	p.str(" ", x.Op)
	if x.All {
		p.str(" ALL (")
	} else {
		p.str(" ANY (")
	}
	if x.Query == nil {
		p.expr(x.Array, 0, 0)
	}
	p.listOrQuery(nil, x.Query)
	p.str(")")
}

func (p *exprPrinter) lambda(x *Lambda) {
	if len(x.Params) == 1 {
		p.ident(x.Params[0])
	} else {
		p.str("(")
		p.idents(x.Params)
		p.str(")")
	}
	p.str(" => ")
	p.expr(x.Body, 0, 0)
}

func (p *exprPrinter) listOrQuery(list []Expr, q *Query) {
	if q != nil {
		p.str(inlineQuery(q))
		return
	}
	p.exprs(list)
}

// operand prints what no operator can tear apart.
func (p *exprPrinter) operand(x Expr) {
	switch x := x.(type) {
	case *Name:
		for i, part := range x.Parts {
			if i > 0 {
				p.str(".")
			}
			p.ident(part)
		}
	case *NumberLit:
		p.str(x.Text)
	case *StringLit:
		p.str(quoteString(x.Value))
	case *BytesLit:
		p.str("X'", hex.EncodeToString(x.Value), "'")
	case *BoolLit:
		p.str(strings.ToUpper(strconv.FormatBool(x.Value)))
	case *NullLit:
		p.str("NULL")
	case *TypedLit:
		p.str(x.Type, " ", quoteString(x.Value.Value))
	case *IntervalLit:
		p.str(formatInterval(x.Value))
	case *Case:
		p.caseExpr(x)
	case *Extract:
		p.str("EXTRACT(", formatIdent(Ident{Name: x.Part}), " FROM ")
		p.expr(x.X, 0, 0)
		p.str(")")
	case *Call:
		p.call(x)
	case *Subquery:
		p.str("(", inlineQuery(x.Query), ")")
	case *Exists:
		p.str("EXISTS (", inlineQuery(x.Query), ")")
	case *Paren:
		p.str("(")
		p.expr(x.X, 0, 0)
		p.str(")")
	default:
		p.value(x)
	}
}

// value prints constructed values.
func (p *exprPrinter) value(x Expr) {
	switch x := x.(type) {
	case *ArrayLit:
		p.str("ARRAY[")
		p.exprs(x.Elems)
		p.str("]")
	case *MapLit:
		p.mapLit(x)
	case *StructLit:
		p.str("STRUCT(")
		for i := range x.Names {
			p.comma(i)
			p.ident(x.Names[i])
			p.str(" := ")
			p.expr(x.Values[i], 0, 0)
		}
		p.str(")")
	case *Row:
		if len(x.Elems) == 1 {
			p.str("ROW")
		}
		p.str("(")
		p.exprs(x.Elems)
		p.str(")")
	case *TableArg:
		p.str("TABLE ")
		if x.Rel != nil {
			p.expr(x.Rel, 0, 0)
		} else {
			p.ident(x.Name)
		}
		switch {
		case len(x.PartitionBy) == 1:
			p.str(" PARTITION BY ")
			p.expr(x.PartitionBy[0], 0, 0)
		case x.PartitionBy != nil:
			p.str(" PARTITION BY (")
			p.exprs(x.PartitionBy)
			p.str(")")
		}
	case *Descriptor:
		p.str("DESCRIPTOR(")
		p.idents(x.Cols)
		p.str(")")
	}
}

func (p *exprPrinter) field(x *Field, least int) {
	p.left(x.X, powerPostfix, least)
	switch {
	case x.Key != nil:
		p.str(" ", x.Op, " ")
		p.expr(x.Key, 0, 0)
	case x.Star:
		p.str(x.Op, "*")
	default:
		p.str(x.Op)
		p.ident(x.Name)
	}
}

func (p *exprPrinter) mapLit(x *MapLit) {
	p.str("MAP{")
	for i := range x.Keys {
		p.comma(i)
		p.expr(x.Keys[i], 0, 0)
		p.str(": ")
		p.expr(x.Values[i], 0, 0)
	}
	p.str("}")
}

func (p *exprPrinter) caseExpr(x *Case) {
	p.str("CASE")
	if x.Operand != nil {
		p.str(" ")
		p.expr(x.Operand, 0, 0)
	}
	for _, w := range x.Whens {
		p.str(" WHEN ")
		p.expr(w.Cond, 0, 0)
		p.str(" THEN ")
		p.expr(w.Then, 0, 0)
	}
	if x.Else != nil {
		p.str(" ELSE ")
		p.expr(x.Else, 0, 0)
	}
	p.str(" END")
}

func (p *exprPrinter) cast(x *Cast, least int) {
	if x.Colon {
		p.left(x.X, powerPostfix, least)
		p.str("::")
		p.typeName(x.Type)
		return
	}
	if x.Try {
		p.str("TRY_")
	}
	p.str("CAST(")
	p.expr(x.X, 0, 0)
	p.str(" AS ")
	p.typeName(x.Type)
	p.str(")")
}

func (p *exprPrinter) exprs(list []Expr) {
	for i, x := range list {
		p.comma(i)
		p.expr(x, 0, 0)
	}
}

func (p *exprPrinter) comma(i int) {
	if i > 0 {
		p.str(", ")
	}
}

func (p *exprPrinter) idents(list []Ident) {
	for i, id := range list {
		p.comma(i)
		p.ident(id)
	}
}

func (p *exprPrinter) ident(id Ident) { p.str(formatIdent(id)) }

// formatIdent returns a name, in quotes if it was written so or cannot be
// written without.
func formatIdent(id Ident) string {
	if !id.Quoted && isWord(id.Name) {
		return id.Name
	}
	return `"` + strings.ReplaceAll(id.Name, `"`, `""`) + `"`
}

// isWord reports whether s is read as one word.
func isWord(s string) bool {
	letters := false
	for i, r := range s {
		letter := r == '_' || unicode.IsLetter(r)
		digit := '0' <= r && r <= '9' || i > 0 && r >= utf8.RuneSelf && (unicode.IsDigit(r) || unicode.IsMark(r))
		if !letter && !digit {
			return false
		}
		letters = letters || letter
	}
	return letters
}

func quoteString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// typeWords are the type names of several words.
var typeWords = []string{
	"DOUBLE PRECISION", "CHARACTER VARYING", "CHAR VARYING",
	"TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE",
	"TIME WITH TIME ZONE", "TIME WITHOUT TIME ZONE", "TIME WITH LOCAL TIME ZONE",
}

func (p *exprPrinter) typeName(t *TypeName) {
	name, zone := t.Name, ""
	switch {
	case slices.Contains(typeWords, name):
		if i := strings.Index(name, " WITH"); i > 0 {
			name, zone = name[:i], name[i:]
		}
	case Reserved(name) || !isWord(name):
		name = formatIdent(Ident{Name: name, Quoted: true})
	}
	p.str(name)
	for i, n := range t.Params {
		p.str(listOpen(i, "("), strconv.Itoa(n))
	}
	if t.Params != nil {
		p.str(")")
	}
	p.str(zone)
	for i, a := range t.Args {
		p.str(listOpen(i, "<"))
		p.typeName(a)
	}
	for i, f := range t.Fields {
		p.str(listOpen(i, "<"), formatIdent(f.Name), " ")
		p.typeName(f.Type)
	}
	if t.Args != nil || t.Fields != nil {
		p.str(">")
	}
}

// listOpen returns the bracket before the first element, the comma before others.
func listOpen(i int, bracket string) string {
	if i == 0 {
		return bracket
	}
	return ", "
}
