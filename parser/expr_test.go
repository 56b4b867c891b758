package parser

import (
	"strings"
	"testing"

	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// shape writes an expression with parentheses around every operator.
func shape(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Binary:
		return "(" + shape(x.X) + " " + x.Op + " " + shape(x.Y) + ")"
	case *ast.Unary:
		return "(" + x.Op + " " + shape(x.X) + ")"
	case *ast.Is:
		s := "(" + shape(x.X) + " IS " + map[bool]string{true: "NOT "}[x.Not] + x.What
		if x.Y != nil {
			s += " " + shape(x.Y)
		}
		return s + ")"
	case *ast.Between:
		return "(" + shape(x.X) + map[bool]string{true: " NOT"}[x.Not] + " BETWEEN " + shape(x.Low) + " AND " + shape(x.High) + ")"
	case *ast.Like:
		return "(" + shape(x.X) + " LIKE " + shape(x.Pattern) + ")"
	case *ast.In:
		var list []string
		for _, e := range x.List {
			list = append(list, shape(e))
		}
		return "(" + shape(x.X) + map[bool]string{true: " NOT"}[x.Not] + " IN " + strings.Join(list, ",") + ")"
	case *ast.Cast:
		return "(" + shape(x.X) + "::" + x.Type.Name + ")"
	case *ast.Index:
		return "(" + shape(x.X) + "[" + shape(x.I) + "])"
	case *ast.Field:
		if x.Key != nil {
			return "(" + shape(x.X) + x.Op + shape(x.Key) + ")"
		}
		return "(" + shape(x.X) + x.Op + x.Name.Name + ")"
	case *ast.AtTimeZone:
		return "(" + shape(x.X) + " AT " + shape(x.Zone) + ")"
	case *ast.Lambda:
		return "(=> " + shape(x.Body) + ")"
	case *ast.Paren:
		return shape(x.X)
	case *ast.Call:
		var args []string
		for _, a := range x.Args {
			args = append(args, shape(a))
		}
		return x.Name.Name + "(" + strings.Join(args, ",") + ")"
	}
	return ast.FormatExpr(x)
}

func TestPrecedence(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a OR b AND c", "(a OR (b AND c))"},
		{"NOT a = b AND c", "((NOT (a = b)) AND c)"},
		{"NOT a IS NULL", "(NOT (a IS NULL))"},
		{"a = b IS NOT TRUE", "((a = b) IS NOT TRUE)"},
		{"a IS DISTINCT FROM b + 1 AND c", "((a IS DISTINCT FROM (b + 1)) AND c)"},
		{"a || b = c", "((a || b) = c)"},
		{"a || b + c * d", "(a || (b + (c * d)))"},
		{"a - b - c", "((a - b) - c)"},
		{"a / b * c % d DIV e // f", "(((((a / b) * c) % d) DIV e) DIV f)"},
		{"-a ^ b", "(- (a ^ b))"},
		{"-a * b", "((- a) * b)"},
		{"a ^ b ^ c", "((a ^ b) ^ c)"},
		{"2 ^ -3", "(2 ^ (- 3))"},
		{"- - a", "(- (- a))"},
		{"a BETWEEN 1 AND 2 AND b", "((a BETWEEN 1 AND 2) AND b)"},
		{"a NOT BETWEEN b + 1 AND c OR d", "((a NOT BETWEEN (b + 1) AND c) OR d)"},
		{"a NOT IN (1, b + 2)", "(a NOT IN 1,(b + 2))"},
		{"a LIKE b || '%' AND c", "((a LIKE (b || '%')) AND c)"},
		{"a::INT + 1", "((a::INT) + 1)"},
		{"-a::INT", "(- (a::INT))"},
		{"a::INT < 5", "((a::INT) < 5)"},
		{"a[1].b->c", "(((a[1]).b)->c)"},
		{"a->'b'->>'c' = 'd'", "(((a->'b')->>'c') = 'd')"},
		{"ts + d AT TIME ZONE 'UTC'", "(ts + (d AT 'UTC'))"},
		{"f(x => x > 1 AND x < 3, (k, v) => k)", "f((=> ((x > 1) AND (x < 3))),(=> k))"},
		{"a <> b", "(a <> b)"},
		{"a != b", "(a <> b)"},
		{"(a = b) = c", "((a = b) = c)"},
		{"a !~* b", "(a !~* b)"},
		{"t.a.b + c", "(t.a.b + c)"},
		{"TRIM(LEADING 'x' FROM y)", "LTRIM(y,'x')"},
		{"TRIM(FROM y)", "TRIM(y)"},
		{"SUBSTRING(x FROM 2 FOR 3)", "SUBSTRING(x,2,3)"},
		{"POSITION('a' IN b)", "POSITION('a',b)"},
		{"CASE WHEN a THEN end ELSE b END + 1", "(CASE WHEN a THEN end ELSE b END + 1)"},
	} {
		x, list := ParseExpr(source.NewFile("x.sql", c.in))
		if list.HasErrors() {
			t.Errorf("%s: %s", c.in, list.All()[0].Msg)
			continue
		}
		if got := shape(x); got != c.want {
			t.Errorf("%s is %s, want %s", c.in, got, c.want)
		}
	}
}

// TestNames: every word outside of the structural core is usable as a column,
// an alias and a relation.
func TestNames(t *testing.T) {
	words := strings.Fields(`status metrics properties key version table type user name value date timestamp time
		partition count window row rows start stop end list schema topic offset limit current interval array map struct
		state left right first last stream view emit changes final order by with into values exists cast extract
		all any some distinct filter over within ignore grace primary asof cross natural set show explain qualify
		year month day hour minute second json bytes string int double true_ language returns header headers metadata`)
	for _, w := range words {
		text := "CREATE STREAM " + w + " (" + w + " INT, b INT); SELECT t." + w + ", " + w + " AS " + w + ", f(" + w + ") FROM " + w + " AS " + w +
			" WHERE " + w + " > 1 AND t." + w + " = " + w + " GROUP BY " + w + " ORDER BY " + w
		if _, list := Parse(source.NewFile("x.sql", text)); list.HasErrors() {
			t.Errorf("%s: %s", w, list.All()[0].Msg)
		}
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]string{
		"INTERVAL '5' MINUTE": "INTERVAL '5' MINUTE", "INTERVAL 5 MINUTES": "INTERVAL '5' MINUTE", "30s": "INTERVAL '30' SECOND",
		"1h30m": "INTERVAL '90' MINUTE", "1.5h": "INTERVAL '90' MINUTE", "INTERVAL '1 day 2 hours'": "INTERVAL '1 day 2 hours'",
		"INTERVAL '90s'": "INTERVAL '90' SECOND", "INTERVAL '-5' MINUTE": "INTERVAL '-5' MINUTE", "INTERVAL -5 MINUTE": "INTERVAL '-5' MINUTE",
		"INTERVAL '1:30' HOUR TO MINUTE": "INTERVAL '90' MINUTE", "INTERVAL '01:00:01'": "INTERVAL '3601' SECOND",
		"INTERVAL '1' YEAR": "INTERVAL '1' YEAR", "INTERVAL '18' MONTH": "INTERVAL '18' MONTH", "INTERVAL '2' WEEK": "INTERVAL '14' DAY",
		"INTERVAL '0' SECOND": "INTERVAL '0' SECOND", "INTERVAL '1.5' DAY": "INTERVAL '36' HOUR", "INTERVAL 1000 NANOSECONDS": "INTERVAL '1' MICROSECOND",
		"INTERVAL '1 mon'": "", "INTERVAL '0.5' MONTH": "", "INTERVAL '1' NANOSECOND": "", "INTERVAL '99999999999999999999' HOUR": "",
		"INTERVAL ''": "", "INTERVAL 'x'": "",
	} {
		x, list := ParseExpr(source.NewFile("x.sql", in))
		switch {
		case want == "" && !list.HasErrors():
			t.Errorf("%s is accepted as %s", in, ast.FormatExpr(x))
		case want == "":
		case list.HasErrors():
			t.Errorf("%s: %s", in, list.All()[0].Msg)
		case ast.FormatExpr(x) != want:
			t.Errorf("%s is %s, want %s", in, ast.FormatExpr(x), want)
		}
	}
}

func TestDeepNesting(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 1_000_000),
		strings.Repeat("(SELECT ", 100_000),
		strings.Repeat("NOT ", 100_000) + "a",
		strings.Repeat("- ", 100_000) + "a",
		strings.Repeat("CASE ", 100_000),
		strings.Repeat("x => ", 100_000) + "x",
		strings.Repeat("f(end, ", 100_000),
		"1" + strings.Repeat(" + 1", 100_000),
		"CAST(a AS " + strings.Repeat("ARRAY<", 100_000),
		"a" + strings.Repeat("[1]", 100_000),
		strings.Repeat("STRUCT(a := ", 100_000),
	} {
		_, list := ParseExpr(source.NewFile("x.sql", text))
		if !list.HasErrors() {
			t.Errorf("%.20s.. is accepted", text)
		}
	}
	deep := strings.Repeat("(", 400) + "1" + strings.Repeat(")", 400)
	if _, list := ParseExpr(source.NewFile("x.sql", deep)); list.HasErrors() {
		t.Errorf("400 brackets: %s", list.All()[0].Msg)
	}
}
