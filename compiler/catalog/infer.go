package catalog

import (
	"strings"

	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/format/scan"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// guess is what the values of a column have shown so far: a kind, and Null as
// long as there was no value.
type guess struct {
	name   string
	kind   types.Kind
	nested bool
	shapes shape           // of the values in JSON
	times  *sqltime.Layout // what times look like; nil: ISO 8601
}

// shape is a set of kinds of values that JSON tells apart.
type shape uint8

const (
	truth shape = 1 << iota
	number
	text
)

// mixed reports values that no other type than JSON holds.
func (s shape) mixed() bool { return s&(s-1) != 0 }

// add widens the guess by the kind of one value.
func (g *guess) add(k types.Kind) {
	switch {
	case k == types.Null || k == g.kind:
	case g.kind == types.Null:
		g.kind = k
	case wider(g.kind, k) != types.Invalid:
		g.kind = wider(g.kind, k)
	default:
		g.kind = types.String
	}
}

// wider is the kind of a column that holds values of both, or Invalid.
func wider(a, b types.Kind) types.Kind {
	is := func(x, y types.Kind) bool { return a == x && b == y || a == y && b == x }
	switch {
	case is(types.BigInt, types.Double):
		return types.Double
	case is(types.Date, types.Timestamp):
		return types.Timestamp
	}
	return types.Invalid
}

// column is the column that the guess has come to. One without values is text,
// one with objects, arrays or values of several kinds JSON.
func (g *guess) column() Column {
	if g.nested || g.shapes.mixed() {
		return Column{g.name, types.Of(types.JSON)}
	}
	if g.kind == types.Null {
		return Column{g.name, types.Of(types.String)}
	}
	return Column{g.name, types.Of(g.kind)}
}

// textKind is the kind of a value written as text without quotes.
func textKind(s string, times *sqltime.Layout) types.Kind {
	if times != nil && timeKind(s, times) == types.Timestamp {
		return types.Timestamp
	}
	switch {
	case strings.EqualFold(s, "true"), strings.EqualFold(s, "false"):
		return types.Boolean
	case isInteger(s):
		return types.BigInt
	case isFraction(s):
		return types.Double
	}
	return timeKind(s, times)
}

// timeKind is the kind of a text that may be a date or a time.
func timeKind(s string, times *sqltime.Layout) types.Kind {
	if times != nil {
		if _, err := times.Parse(s); err == nil {
			return types.Timestamp
		}
	}
	if len(s) < len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return types.String
	}
	if len(s) == len("2006-01-02") {
		if _, ok := scan.ParseDate(s); ok {
			return types.Date
		}
		return types.String
	}
	if _, ok := scan.ParseTimestamp(s); ok && times == nil {
		return types.Timestamp
	}
	return types.String
}

// isInteger reports a BIGINT. One with leading zeros is a code, not a number.
func isInteger(s string) bool {
	digits := strings.TrimPrefix(s, "-")
	if len(digits) > 1 && digits[0] == '0' || strings.HasPrefix(s, "+") {
		return false
	}
	_, ok := scan.ParseInt64(s)
	return ok
}

// isFraction reports a number with a point or an exponent.
func isFraction(s string) bool {
	if !strings.ContainsAny(s, ".eE") || strings.ContainsAny(s, "xXpP_nN") {
		return false
	}
	digits := strings.TrimPrefix(s, "-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' && digits[1] != 'e' && digits[1] != 'E' {
		return false
	}
	_, ok := scan.ParseFloat64(s)
	return ok
}
