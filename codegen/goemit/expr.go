// Package goemit is the vocabulary over jennifer in which the code generator
// speaks: expressions that know their precedence, files with settled imports,
// and the few Go idioms that generated code uses. Only this package and the
// generator beside it know jennifer.
package goemit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	p "github.com/velocsql/veloc/compiler/pipeline"
)

// Precedences of Go expressions, loosest first.
const (
	precOr = iota + 1
	precAnd
	precCompare
	precAdd
	precMul
	precUnary
	precPrimary
)

var binaryPrec = map[string]int{
	"||": precOr, "&&": precAnd,
	"==": precCompare, "!=": precCompare, "<": precCompare, "<=": precCompare, ">": precCompare, ">=": precCompare,
	"+": precAdd, "-": precAdd, "|": precAdd, "^": precAdd,
	"*": precMul, "/": precMul, "%": precMul, "<<": precMul, ">>": precMul, "&": precMul, "&^": precMul,
}

// Type renders a Go type.
func Type(t p.GoType) *jen.Statement {
	s := jen.Null()
	if t.Slice {
		s = s.Index()
	}
	if t.Ptr {
		s = s.Op("*")
	}
	switch {
	case t.Path != "":
		s = s.Qual(t.Path, t.Name)
	case t.Name == "struct{}":
		s = s.Struct()
	default:
		s = s.Id(t.Name)
	}
	if len(t.Args) > 0 {
		s = s.TypesFunc(func(g *jen.Group) {
			for _, a := range t.Args {
				g.Add(Type(a))
			}
		})
	}
	return s
}

// Expr renders an expression. Every call builds fresh statements: jennifer's
// are mutable and must not be shared.
func Expr(e p.Expr) *jen.Statement {
	s, _ := render(e)
	return s
}

// Typed renders an expression for a place where Go takes its type from it: a
// constant is converted unless Go chooses that type by itself.
func Typed(e p.Expr) *jen.Statement {
	t, ok := p.ConstType(e)
	if !ok || t.Name == "float64" {
		return Expr(e)
	}
	return Type(t).Call(Expr(e))
}

// within renders an operand for a place that needs at least a precedence.
func within(e p.Expr, prec int) *jen.Statement {
	s, got := render(e)
	if got < prec {
		return jen.Parens(s)
	}
	return s
}

func render(e p.Expr) (*jen.Statement, int) {
	switch e := e.(type) {
	case *p.Var:
		return jen.Id(e.Name), precPrimary
	case *p.Lit:
		if e.Text[0] == '-' {
			return jen.Id(e.Text), precUnary
		}
		return jen.Id(e.Text), precPrimary
	case *p.Symbol:
		return jen.Qual(e.Path, e.Name), precPrimary
	case *p.Select:
		return within(e.X, precPrimary).Dot(e.Name), precPrimary
	case *p.Unary:
		return jen.Op(e.Op).Add(within(e.X, precPrimary)), precUnary
	case *p.Binary:
		prec := binaryPrec[e.Op]
		if prec == 0 {
			panic("goemit: operator " + e.Op)
		}
		right := prec + 1
		if e.Op == "&&" || e.Op == "||" {
			right = prec // associative: no parentheses needed
		}
		return within(e.X, prec).Op(e.Op).Add(within(e.Y, right)), prec
	case *p.Call:
		fn := jen.Id(e.Name)
		if e.Path != "" {
			fn = jen.Qual(e.Path, e.Name)
		}
		return fn.CallFunc(func(g *jen.Group) {
			for i, a := range e.Args {
				x := Expr(a)
				if e.Spread && i == len(e.Args)-1 {
					x = x.Op("...")
				}
				g.Add(x)
			}
		}), precPrimary
	case *p.Method:
		return receiver(e.X).Dot(e.Name).CallFunc(args(e.Args)), precPrimary
	case *p.Conv:
		t := Type(e.T)
		if e.T.Slice || e.T.Ptr {
			if e.T.Ptr {
				t = jen.Parens(t)
			}
		}
		return t.Call(Expr(e.X)), precPrimary
	case *p.Composite:
		return Type(e.T).ValuesFunc(func(g *jen.Group) {
			for _, f := range e.Fields {
				if f.Name == "" {
					g.Add(Expr(f.X))
				} else {
					g.Id(f.Name).Op(":").Add(Expr(f.X))
				}
			}
		}), precPrimary
	case *p.Elem:
		return within(e.X, precPrimary).Index(Expr(e.I)), precPrimary
	case *p.TypeFunc:
		return TypeFunc(e.Op, e.T), precPrimary
	case *p.TypeCall:
		return TypeFunc(e.Op, e.T).CallFunc(args(e.Args)), precPrimary
	case *p.NullTest:
		word, mask := NullBit(e.Struct, e.Field)
		op := "!="
		if e.Not {
			op = "=="
		}
		return within(e.Row, precPrimary).Dot(word).Op("&").Id(mask).Op(op).Lit(0), precCompare
	}
	panic(fmt.Sprintf("goemit: unknown expression %T", e))
}

// receiver renders what a method is called on. A composite literal is in
// parentheses: Go reads its brace as that of a block in the head of an if.
func receiver(e p.Expr) *jen.Statement {
	if _, ok := e.(*p.Composite); ok {
		return jen.Parens(Expr(e))
	}
	return within(e, precPrimary)
}

func args(list []p.Expr) func(*jen.Group) {
	return func(g *jen.Group) {
		for _, a := range list {
			g.Add(Expr(a))
		}
	}
}
