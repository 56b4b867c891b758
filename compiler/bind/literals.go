package bind

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/format/scan"
	"github.com/velocsql/veloc/runtime/jsontext"
)

// literal binds a literal as a constant of the smallest type that holds it.
func (b *binder) literal(e ast.Expr) bound.Expr {
	switch e := e.(type) {
	case *ast.NumberLit:
		if _, whole := wholeNumber(e); b.rules.BigIntLiterals && !whole && !e.Exponent && !strings.Contains(e.Text, ".") {
			b.errBigIntRange(e)
			return nil
		}
		if c := numberConst(e.Text, e.Exponent, e.Loc); c != nil {
			return c
		}
		b.errNumberRange(e)
		return nil
	case *ast.StringLit:
		return &bound.Const{Node: node(types.Of(types.String), false, e.Loc), Text: e.Value}
	case *ast.BytesLit:
		return &bound.Const{Node: node(types.Of(types.Bytes), false, e.Loc), Text: string(e.Value)}
	case *ast.BoolLit:
		return &bound.Const{Node: node(types.Of(types.Boolean), false, e.Loc), Bool: e.Value}
	case *ast.NullLit:
		return &bound.Const{Node: node(types.Of(types.Null), true, e.Loc), IsNull: true}
	case *ast.TypedLit:
		t, _ := types.Named(e.Type)
		if c, ok := textConst(e.Value.Value, t, e.Loc); ok {
			return c
		}
		b.errLiteral(&bound.Const{Node: node(types.Of(types.String), false, e.Value.Loc), Text: e.Value.Value}, t)
		return nil
	case *ast.IntervalLit:
		v := e.Value
		return &bound.Const{Node: node(types.Of(types.Interval), false, e.Loc), Interval: bound.Interval{Months: v.Months, Days: v.Days, Micros: v.Micros}}
	}
	panic(fmt.Sprintf("bind: unknown literal %T", e))
}

// wholeNumber is the value of a literal without a fraction.
func wholeNumber(n *ast.NumberLit) (int64, bool) {
	v, err := strconv.ParseInt(n.Text, 10, 64)
	return v, err == nil && !n.Exponent
}

// numberConst is a number as a constant of the smallest type, or nil if it has
// more digits than any type. The text may begin with a sign.
func numberConst(text string, exponent bool, loc source.Span) *bound.Const {
	if exponent {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil
		}
		return &bound.Const{Node: node(types.Of(types.Double), false, loc), Float: f}
	}
	if !strings.Contains(text, ".") {
		if v, err := strconv.ParseInt(text, 10, 64); err == nil {
			t := types.Of(types.BigInt)
			if v >= math.MinInt32 && v <= math.MaxInt32 {
				t = types.Of(types.Int)
			}
			return &bound.Const{Node: node(t, false, loc), Int: v}
		}
	}
	whole, frac, _ := strings.Cut(strings.TrimLeft(text, "+-"), ".")
	t := types.Dec(max(len(strings.TrimLeft(whole, "0"))+len(frac), 1), len(frac))
	if t.Precision > types.MaxPrecision {
		return nil
	}
	d, ok := decimal.Parse(text, t.Precision, t.Scale)
	if !ok {
		return nil
	}
	return &bound.Const{Node: node(t, false, loc), Dec: d}
}

// constText is a numeric constant as digits.
func constText(c *bound.Const) string {
	switch c.T.Kind {
	case types.Int, types.BigInt:
		return strconv.FormatInt(c.Int, 10)
	case types.Decimal:
		return string(decimal.Append(nil, c.Dec, c.T.Scale))
	case types.Float, types.Double:
		return strconv.FormatFloat(c.Float, 'g', -1, 64)
	}
	panic("bind: no number: " + c.T.String())
}

// smallest is the smallest DECIMAL that holds an integer or decimal constant.
func smallest(c *bound.Const) types.Type {
	if c.T.Kind == types.Decimal {
		return c.T
	}
	return types.Dec(len(strings.TrimLeft(strconv.FormatInt(c.Int, 10), "-")), 0)
}

// isText reports a character literal, which takes the type of its surroundings.
func isText(e bound.Expr) (*bound.Const, bool) {
	c, ok := e.(*bound.Const)
	return c, ok && c.T.Kind == types.String && !c.IsNull
}

// textConst reads a character literal as a constant of another type, by the
// rules by which data is read.
func textConst(s string, t types.Type, loc source.Span) (*bound.Const, bool) {
	c := &bound.Const{Node: node(t, false, loc)}
	text := strings.TrimSpace(s)
	var ok bool
	switch t.Kind {
	case types.String:
		c.Text, ok = s, true
	case types.JSON:
		c.Text, ok = text, jsontext.Valid(text)
	case types.Boolean:
		if c.Bool, ok = scan.ParseBool(text); !ok {
			c.Bool, ok = truthPrefix(text)
		}
	case types.Int:
		var v int32
		v, ok = scan.ParseInt32(text)
		c.Int = int64(v)
	case types.BigInt:
		c.Int, ok = scan.ParseInt64(text)
	case types.Float:
		var v float32
		v, ok = scan.ParseFloat32(text)
		c.Float = float64(v)
	case types.Double:
		c.Float, ok = scan.ParseFloat64(text)
	case types.Decimal:
		c.Dec, ok = decimal.Parse(text, t.Precision, t.Scale)
	case types.Date:
		var v int32
		v, ok = scan.ParseDate(text)
		c.Int = int64(v)
	case types.Time:
		c.Int, ok = scan.ParseTime(text)
	case types.Timestamp:
		c.Int, ok = scan.ParseTimestamp(text)
	}
	return c, ok
}

// truthPrefix reads the beginning of a word for a truth value, which is enough in
// a literal: 'tr', 'Y'.
func truthPrefix(text string) (v, ok bool) {
	text = strings.ToLower(text)
	is := func(word string) bool { return text != "" && strings.HasPrefix(word, text) }
	return is("true") || is("yes"), is("true") || is("yes") || is("false") || is("no")
}

// foldCast converts a constant, if that is exact; else it returns nil.
func foldCast(c *bound.Const, t types.Type) *bound.Const {
	out := &bound.Const{Node: node(t, c.Null, c.Loc)}
	from := c.T
	switch {
	case c.IsNull:
		out.IsNull, out.Null = true, true
		return out
	case from.Equal(t):
		*out = *c
		return out
	case from.Kind == types.Date && t.Kind == types.Timestamp:
		out.Int = c.Int * microsPerDay
		return out
	case from.IsInteger() && t.Kind == types.Timestamp:
		out.Int = c.Int * 1000
		return fits(out, c.Int > math.MinInt64/1000 && c.Int < math.MaxInt64/1000)
	case !from.IsNumeric() || !t.IsNumeric():
		return nil
	}
	text := constText(c)
	switch t.Kind {
	case types.Int, types.BigInt:
		v, err := strconv.ParseInt(text, 10, 64)
		out.Int = v
		return fits(out, err == nil && (t.Kind == types.BigInt || v >= math.MinInt32 && v <= math.MaxInt32))
	case types.Double:
		v, err := strconv.ParseFloat(text, 64)
		out.Float = v
		return fits(out, err == nil)
	case types.Float:
		v, err := strconv.ParseFloat(text, 32)
		out.Float = v
		return fits(out, err == nil)
	}
	if from.IsApprox() {
		return nil
	}
	d, ok := decimal.Parse(text, t.Precision, t.Scale)
	out.Dec = d
	return fits(out, ok)
}

func fits(c *bound.Const, ok bool) *bound.Const {
	if !ok {
		return nil
	}
	return c
}

const microsPerDay = 24 * 60 * 60 * 1000 * 1000
