package bound

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/velocsql/veloc/compiler/types"
)

var opText = [...]string{
	Add: "+", Sub: "-", Mul: "*", Div: "/", IntDiv: "DIV", Mod: "%", Pow: "^", Neg: "-", Concat: "||",
	Eq: "=", Ne: "<>", Lt: "<", Le: "<=", Gt: ">", Ge: ">=", And: "AND", Or: "OR", Not: "NOT",
	IsNull: "IS NULL", IsTrue: "IS TRUE", IsFalse: "IS FALSE", NotDistinct: "IS NOT DISTINCT FROM",
}

func (o Op) String() string { return opText[o] }

// Text renders an expression on one line, with every operator in parentheses.
func Text(e Expr) string {
	switch e := e.(type) {
	case *Ref:
		return column(e.Col)
	case *Const:
		return constText(e)
	case *Operate:
		switch e.Op {
		case Neg, Not:
			return "(" + e.Op.String() + " " + Text(e.X) + ")"
		case IsNull, IsTrue, IsFalse:
			return "(" + Text(e.X) + " " + e.Op.String() + ")"
		}
		return "(" + Text(e.X) + " " + e.Op.String() + " " + Text(e.Y) + ")"
	case *Case:
		var b strings.Builder
		b.WriteString("CASE")
		for _, w := range e.Whens {
			b.WriteString(" WHEN " + Text(w.Cond) + " THEN " + Text(w.Then))
		}
		return b.String() + " ELSE " + Text(e.Else) + " END"
	case *In:
		return "(" + Text(e.X) + " IN (" + texts(e.List) + "))"
	case *Like:
		op := "LIKE"
		if e.Fold {
			op = "ILIKE"
		}
		out := "(" + Text(e.X) + " " + op + " " + Text(e.Pattern)
		if e.Escape != `\` {
			out += " ESCAPE '" + e.Escape + "'"
		}
		return out + ")"
	case *Extreme:
		if e.Least {
			return "least(" + texts(e.Args) + ")"
		}
		return "greatest(" + texts(e.Args) + ")"
	case *Cast:
		if e.Implicit {
			return Text(e.X) + "::" + e.T.String()
		}
		name := "cast"
		if e.Try {
			name = "try_cast"
		}
		return name + "(" + Text(e.X) + " AS " + e.T.String() + ")"
	case *Attempt:
		return "attempt(" + Text(e.X) + ")"
	case *Call:
		mark := ""
		if e.Prepared {
			mark = "!"
		}
		return e.Func.Name + mark + "(" + texts(e.Args) + ")"
	case *Lookup:
		return e.Rel.Name + "[" + texts(e.Keys) + "](" + Text(e.Value) + " else " + Text(e.Absent) + ")"
	case *Field, *Item, *Build, *Each:
		return nestedText(e)
	}
	panic(fmt.Sprintf("bound: unknown expression %T", e))
}

func texts(list []Expr) string {
	parts := make([]string, len(list))
	for i, e := range list {
		parts[i] = Text(e)
	}
	return strings.Join(parts, ", ")
}

// constText writes a constant so that its type shows.
func constText(c *Const) string {
	if c.IsNull {
		return "NULL::" + c.T.String()
	}
	switch c.T.Kind {
	case types.Boolean:
		return strings.ToUpper(strconv.FormatBool(c.Bool))
	case types.Int:
		return strconv.FormatInt(c.Int, 10)
	case types.BigInt:
		return strconv.FormatInt(c.Int, 10) + "L"
	case types.Float, types.Double:
		return strconv.FormatFloat(c.Float, 'e', -1, 64)
	case types.Decimal:
		return decimalText(c) + "d"
	case types.JSON:
		return "JSON '" + strings.ReplaceAll(c.Text, "'", "''") + "'"
	case types.String:
		return "'" + strings.ReplaceAll(c.Text, "'", "''") + "'"
	case types.Bytes:
		return fmt.Sprintf("X'%x'", c.Text)
	case types.Date:
		return "DATE '" + time.Unix(c.Int*86400, 0).UTC().Format("2006-01-02") + "'"
	case types.Time:
		return "TIME '" + time.UnixMicro(c.Int).UTC().Format("15:04:05.999999") + "'"
	case types.Timestamp:
		return "TIMESTAMP '" + time.UnixMicro(c.Int).UTC().Format("2006-01-02 15:04:05.999999") + "'"
	case types.Interval:
		return fmt.Sprintf("INTERVAL '%d months %d days %s'", c.Interval.Months, c.Interval.Days, micros(c.Interval.Micros))
	}
	return "?" + c.T.String()
}
