package oracle

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/funcs"
	"github.com/velocsql/veloc/compiler/types"
)

// peers are the functions that DuckDB has too: for a name and the kinds of the
// arguments, in letters, the text for DuckDB. The letters are those of
// parameter.
var peers = []struct {
	name, params, text string
}{
	{"upper", "S", "upper($1)"},
	{"lower", "S", "lower($1)"},
	{"length", "S", "CAST(length($1) AS INTEGER)"},
	{"octet_length", "S", "CAST(strlen($1) AS INTEGER)"},
	{"trim", "S", "trim($1)"},
	{"trim", "Sc", "trim($1, $2)"},
	{"ltrim", "S", "ltrim($1)"},
	{"ltrim", "Sc", "ltrim($1, $2)"},
	{"rtrim", "S", "rtrim($1)"},
	{"rtrim", "Sc", "rtrim($1, $2)"},
	{"substring", "Sn", "substring($1, $2)"},
	{"substring", "Snn", "substring($1, $2, $3)"},
	{"substring", "Sm", "substring($1, $2)"},
	{"left", "Sm", "left($1, $2)"},
	{"right", "Sm", "right($1, $2)"},
	{"replace", "Scs", "replace($1, $2, $3)"},
	{"translate", "Scs", "translate($1, $2, $3)"},
	{"concat", "SS", "concat($1, $2)"},
	{"concat", "SsS", "concat($1, $2, $3)"},
	{"concat_ws", "cSS", "concat_ws($1, $2, $3)"},
	{"position", "SS", "CAST(strpos($2, $1) AS INTEGER)"},
	{"strpos", "SS", "CAST(strpos($1, $2) AS INTEGER)"},
	{"starts_with", "SS", "starts_with($1, $2)"},
	{"ends_with", "SS", "ends_with($1, $2)"},
	{"contains", "SS", "contains($1, $2)"},
	{"lpad", "Snc", "lpad($1, $2, $3)"},
	{"rpad", "Snc", "rpad($1, $2, $3)"},
	{"lpad", "Sn", "lpad($1, $2, ' ')"},
	{"repeat", "Sm", "repeat($1, $2)"},
	{"reverse", "S", "reverse($1)"},
	{"split_part", "Scn", "split_part($1, $2, $3)"},
	{"ascii", "S", "ascii($1)"},
	{"regexp_like", "Sr", "regexp_matches($1, $2)"},
	{"regexp_replace", "Srs", "regexp_replace($1, $2, $3, 'g')"},
	{"regexp_replace", "Srsj", "regexp_replace($1, $2, $3, $4)"},
	{"regexp_like", "Srk", "regexp_matches($1, $2, $3)"},
	{"regexp_full_match", "Sr", "regexp_full_match($1, $2)"},
	{"md5", "S", "md5($1)"},
	{"sha1", "S", "sha1($1)"},
	{"sha256", "S", "sha256($1)"},
	{"to_base64", "S", "to_base64(encode($1))"},

	{"abs", "I", "abs($1)"},
	{"abs", "L", "abs($1)"},
	{"abs", "N", "abs($1)"},
	{"abs", "D", "abs($1)"},
	{"sign", "L", "CAST(sign($1) AS INTEGER)"},
	{"sign", "N", "CAST(sign($1) AS INTEGER)"},
	{"ceil", "N", "ceil($1)"},
	{"ceil", "D", "ceil($1)"},
	{"floor", "N", "floor($1)"},
	{"floor", "D", "floor($1)"},
	{"round", "N", "round($1)"},
	{"round", "D", "round($1)"},
	{"round", "Nn", "round($1, $2)"},
	{"trunc", "N", "trunc($1)"},
	{"trunc", "D", "trunc($1)"},
	{"mod", "II", "($1 % nullif($2, 0))"},
	{"mod", "LL", "($1 % nullif($2, 0))"},
	{"mod", "DD", remainder("CAST($1 AS DOUBLE)", "CAST($2 AS DOUBLE)")},
	{"sqrt", "D", "sqrt($1)"},
	{"cbrt", "D", "cbrt($1)"},
	{"power", "Dn", "pow($1, $2)"},
	{"exp", "z", "exp($1)"},
	{"ln", "D", "ln($1)"},
	{"log10", "D", "log10($1)"},
	{"log2", "D", "log2($1)"},
	{"sin", "z", "sin($1)"},
	{"cos", "z", "cos($1)"},
	{"atan", "D", "atan($1)"},
	{"atan2", "DD", "atan2($1, $2)"},
	{"degrees", "z", "degrees($1)"},
	{"radians", "D", "radians($1)"},
	{"sign", "D", "CAST(sign($1) AS INTEGER)"},
	{"tan", "z", "tan($1)"},
	{"sinh", "z", "sinh($1)"},
	{"cosh", "z", "cosh($1)"},
	{"tanh", "D", "tanh($1)"},
	{"asinh", "z", "asinh($1)"},
	{"isnan", "D", "isnan($1)"},
	{"isinf", "D", "isinf($1)"},
	{"isfinite", "D", "isfinite($1)"},
	{"even", "D", "even($1)"},
	{"bitand", "II", "($1 & $2)"},
	{"bitand", "LL", "($1 & $2)"},
	{"bitor", "II", "($1 | $2)"},
	{"bitor", "LL", "($1 | $2)"},
	{"bitxor", "II", "xor($1, $2)"},
	{"bitxor", "LL", "xor($1, $2)"},
	{"bitnot", "I", "(~$1)"},
	{"bitnot", "L", "(~$1)"},
	{"gcd", "LL", "CAST(gcd($1, $2) AS BIGINT)"},
	{"factorial", "n", "CAST(factorial($1) AS BIGINT)"},

	{"year", "p", "CAST(year($1) AS INTEGER)"},
	{"quarter", "p", "CAST(quarter($1) AS INTEGER)"},
	{"month", "p", "CAST(month($1) AS INTEGER)"},
	{"week", "p", "CAST(week($1) AS INTEGER)"},
	{"day", "p", "CAST(day($1) AS INTEGER)"},
	{"dayofweek", "p", "CAST(dayofweek($1) + 1 AS INTEGER)"},
	{"dayofyear", "p", "CAST(dayofyear($1) AS INTEGER)"},
	{"hour", "p", "CAST(hour($1) AS INTEGER)"},
	{"minute", "p", "CAST(minute($1) AS INTEGER)"},
	{"second", "p", "CAST(second($1) AS INTEGER)"},
	{"hour", "t", "CAST(hour($1) AS INTEGER)"},
	{"dayname", "p", "dayname($1)"},
	{"monthname", "p", "monthname($1)"},
	{"last_day", "p", "last_day($1)"},
	{"date_trunc", "up", "CAST(date_trunc($1, $2) AS TIMESTAMP)"},
	{"date_part", "qp", "CAST(floor(date_part($1, $2)) AS BIGINT)"},
	{"date_add", "em p", "($3 + to_$1s($2))"},
	{"make_date", "yon", "make_date($1, $2, $3)"},
	{"datediff", "epp", "date_sub($1, $2, $3)"},
	{"datediff", "dd", "CAST(date_diff('day', $2, $1) AS INTEGER)"},
	{"to_date", "p", "CAST($1 AS DATE)"},
	{"from_unixtime", "I", "make_timestamp(CAST($1 AS BIGINT) * 1000000)"},
	{"unix_timestamp", "p", "CAST(floor(epoch_us($1) / 1000000) AS BIGINT)"},
	{"epoch_millis", "p", "CAST(floor(epoch_us($1) / 1000) AS BIGINT)"},
	{"from_epoch_millis", "I", "make_timestamp(CAST($1 AS BIGINT) * 1000)"},
	{"epoch_micros", "p", "epoch_us($1)"},
	{"epoch", "p", "epoch($1)"},
	{"millisecond", "p", "CAST(millisecond($1) AS INTEGER)"},
	{"microsecond", "p", "CAST(microsecond($1) AS INTEGER)"},
	{"minute", "t", "CAST(minute($1) AS INTEGER)"},
	{"century", "p", "CAST(century($1) AS INTEGER)"},
	{"decade", "p", "CAST(decade($1) AS INTEGER)"},
	{"millennium", "p", "CAST(millennium($1) AS INTEGER)"},
	{"isoyear", "p", "CAST(isoyear($1) AS INTEGER)"},
	{"yearweek", "p", "CAST(yearweek($1) AS INTEGER)"},
	{"to_years", "n", "to_years($1)"},
	{"to_months", "n", "to_months($1)"},
	{"to_weeks", "n", "to_weeks($1)"},
	{"to_days", "n", "to_days($1)"},
	{"to_hours", "n", "to_hours($1)"},
	{"to_minutes", "n", "to_minutes($1)"},
	{"to_milliseconds", "n", "to_milliseconds($1)"},
}

// parameter makes the argument that a letter stands for: of a type (capital
// letters; d, p and t are DATE, TIMESTAMP and TIME), or one of few literals.
func (g *gen) parameter(sc *scope, c byte, depth int) *node {
	kinds := map[byte]types.Kind{
		'B': types.Boolean, 'I': types.Int, 'L': types.BigInt, 'D': types.Double, 'F': types.Float, 'S': types.String,
		'Y': types.Bytes, 'd': types.Date, 'p': types.Timestamp, 't': types.Time, 'V': types.Interval,
	}
	if k, ok := kinds[c]; ok {
		return g.expr(sc, types.Of(k), depth)
	}
	in, text := types.Of(types.Int), types.Of(types.String)
	lit := func(t types.Type, s string) *node {
		n := leaf(t, s)
		n.fixed = true
		return n
	}
	number := func(lo, hi int) *node { return lit(in, fmt.Sprint(lo+g.r.IntN(hi-lo+1))) }
	oneOf := func(list ...string) *node { return lit(text, "'"+pick(g.r, list)+"'") }
	switch c {
	case 'N':
		return g.expr(sc, g.decimalType(), depth)
	case 'n':
		return number(1, 6)
	case 'm':
		return number(-4, 5)
	case 'y':
		return number(1890, 2110)
	case 'o':
		return number(1, 13)
	case 'z':
		return lit(types.Of(types.Double), pick(g.r, []string{"0.5e0", "-1.25e0", "2e0", "0e0"}))
	case 'c':
		return oneOf("a", ",", "l", "ab", "é", " ", "xy")
	case 's':
		return oneOf("", "-", "é", "Xx")
	case 'u':
		return oneOf("year", "quarter", "month", "week", "day", "hour", "minute", "second")
	case 'q':
		return oneOf("year", "quarter", "month", "week", "day", "hour", "minute", "second", "dow", "isodow", "doy", "epoch")
	case 'e':
		return oneOf("year", "month", "day", "hour", "minute", "second")
	case 'r':
		return oneOf("[0-9]+", "^a", "a.c", "b$", "(a|b)+", "l+o", "[^a-z]", "^$")
	case 'j':
		return oneOf("g", "gi", "i", "c")
	case 'k':
		return oneOf("i", "c")
	case 'T':
		return oneOf("999", "FM9,990.00", "S9999D99", "0000PR")
	case 'f':
		return oneOf("%Y-%m-%d", "%H:%M:%S", "yyyy/MM/dd")
	case 'P':
		return oneOf("$", "$.a", "$[0]", "$.a[1].b")
	case 'Z':
		return oneOf("Europe/Berlin", "UTC", "+02:00", "America/New_York")
	case 'E':
		return oneOf("hex", "base64", "utf8", "ascii")
	}
	return nil
}

// kindLetters are the letters of parameters by kind.
var kindLetters = map[types.Kind]string{
	types.Boolean: "B", types.Int: "I", types.BigInt: "L", types.Double: "D", types.Float: "F", types.Decimal: "N", types.String: "S",
	types.Bytes: "Y", types.Date: "d", types.Timestamp: "p", types.Time: "t", types.Interval: "V",
}

// call makes a call of a function that returns a type, or one that is cast to it.
func (g *gen) call(sc *scope, t types.Type, depth int) *node {
	if !g.duck && maybe(g.r, 2) {
		return g.anyCall(sc, t, depth)
	}
	for range 30 {
		p := pick(g.r, peers)
		params := strings.ReplaceAll(p.params, " ", "")
		f, ok := funcs.Find(p.name)
		if !ok {
			panic("oracle: there is no function " + p.name)
		}
		o := g.overload(f, params)
		if o == nil || !returns(o, t.Kind) {
			continue
		}
		n := g.callOf(sc, pick(g.r, f.Names()), params, o, depth)
		n.text[duckDB] = p.text
		if p.name == "date_add" { // the unit is part of a name
			unit := strings.Trim(n.args[0].text[duckDB], "'")
			n.text[duckDB] = strings.ReplaceAll(p.text, "$1", unit)
		}
		return g.fit(n, t)
	}
	return nil
}

// anyCall makes a call of any function, for veloc only.
func (g *gen) anyCall(sc *scope, t types.Type, depth int) *node {
	all := funcs.Scalars()
	for range 60 {
		f := &all[g.r.IntN(len(all))]
		if f.Special != "" {
			continue
		}
		o := &f.Overloads[g.r.IntN(len(f.Overloads))]
		if o.Generic != nil {
			if n := g.genericCall(sc, pick(g.r, f.Names()), o, t, depth); n != nil {
				return n
			}
			continue
		}
		if !returns(o, t.Kind) {
			continue
		}
		params := ""
		for i, k := range o.Params {
			l := kindLetters[k]
			switch {
			case o.Const != nil && o.Const.Arg == i:
				l = constLetter(o.Const)
			case o.Const != nil && o.Const.Also == i && i > 0 && o.Const.New.Name == "MustRegexpFlags":
				l = "k"
			}
			params += l
		}
		if o.Variadic {
			params += strings.Repeat(params[len(params)-1:], g.r.IntN(3))
		}
		return g.fit(g.callOf(sc, pick(g.r, f.Names()), params, o, depth), t)
	}
	return nil
}

// genericCall makes a call of a function of arrays and maps whose result, or the
// first element of it, is of a type; nil if there is none.
func (g *gen) genericCall(sc *scope, name string, o *funcs.Overload, t types.Type, depth int) *node {
	u := t
	if maybe(g.r, 3) {
		u = g.columnType()
	}
	n := &node{typ: t}
	arg := func(e *node) string {
		n.args = append(n.args, e)
		return fmt.Sprintf("$%d", len(n.args))
	}
	var args []string
	var list []types.Type
	for _, k := range o.Params {
		typ, text := types.Of(k), ""
		switch k {
		case types.Array:
			typ, text = types.ArrayOf(u), "ARRAY["+arg(g.expr(sc, u, depth-1))+", "+arg(g.literal(u))+"]"
		case types.Map:
			typ, text = types.MapOf(types.Of(types.String), u), "MAP('k' := "+arg(g.expr(sc, u, depth-1))+", 'l' := "+arg(g.literal(u))+")"
		case types.Invalid:
			typ, text = u, arg(g.expr(sc, u, depth-1))
		case types.Int:
			text = arg(g.parameter(sc, 'n', 0))
		case types.Decimal:
			return nil
		default:
			text = arg(g.expr(sc, typ, 0))
		}
		args, list = append(args, text), append(list, typ)
	}
	_, ret, ok := o.Generic.Types(list)
	if !ok || len(n.args) > 9 {
		return nil
	}
	call := name + "(" + strings.Join(args, ", ") + ")"
	switch {
	case ret.Equal(t):
	case ret.Kind == types.Array && ret.Elem.Equal(t):
		call += "[1]"
	case ret.Kind == types.Map && ret.Key.Kind == types.String && ret.Elem.Equal(t):
		call += "['k']"
	default:
		return nil
	}
	n.text = [2]string{call, "NULL"}
	return n
}

// constLetter is the letter of the literals that a prepared argument takes.
func constLetter(c *funcs.ConstRecipe) string {
	switch {
	case c.Type == "TimeUnit":
		return "u"
	case c.Type == "DatePart":
		return "q"
	case c.Type == "TimeFormat":
		return "f"
	case c.Type == "*NumberLayout":
		return "T"
	case c.Type == "*Regexp" || c.Check == nil:
		return "r"
	}
	for _, try := range [][2]string{{"f", "yyyy"}, {"P", "$.a"}, {"Z", "Europe/Berlin"}, {"E", "hex"}, {"u", "day"}} {
		if c.Check(try[1]) == nil {
			return try[0]
		}
	}
	return "r"
}

// returns reports whether an overload has a result of a kind.
func returns(o *funcs.Overload, k types.Kind) bool {
	if o.RetOf != nil {
		return k == types.Decimal
	}
	return o.Ret.Kind == k
}

// overload finds the signature that letters stand for.
func (g *gen) overload(f *funcs.Func, params string) *funcs.Overload {
	for i := range f.Overloads {
		o := &f.Overloads[i]
		if len(params) != len(o.Params) && (!o.Variadic || len(params) < len(o.Params)) {
			continue
		}
		ok := true
		for j := range params {
			k := o.Params[min(j, len(o.Params)-1)]
			l := params[j]
			switch {
			case strings.ContainsRune("BILNDFSYtV", rune(l)):
				ok = ok && (kindLetters[k] == string(l) || l == 'I' && k == types.BigInt)
			case l == 'd', l == 'p':
				ok = ok && k == types.Timestamp
			case strings.ContainsRune("nmyo", rune(l)):
				ok = ok && (k == types.Int || k == types.BigInt || k == types.Double)
			case l == 'z':
				ok = ok && k == types.Double
			default:
				ok = ok && k == types.String
			}
		}
		if ok {
			return o
		}
	}
	return nil
}

// callOf makes the call; its text is that for veloc.
func (g *gen) callOf(sc *scope, name, params string, o *funcs.Overload, depth int) *node {
	n := &node{typ: o.Ret}
	var args []string
	var list []types.Type
	for i := range params {
		a := g.parameter(sc, params[i], depth-1)
		n.args = append(n.args, a)
		args = append(args, fmt.Sprintf("$%d", i+1))
		list = append(list, a.typ)
	}
	if o.RetOf != nil {
		n.typ = o.RetOf(list)
	}
	n.text[veloc] = name + "(" + strings.Join(args, ", ") + ")"
	if len(args) == 0 {
		n.text[veloc] = name + "()"
	}
	return n
}

// fit casts a decimal result to the type that is wanted.
func (g *gen) fit(n *node, t types.Type) *node {
	switch {
	case n.typ.Equal(t):
		return n
	case n.typ.Kind == types.Decimal && t.Kind == types.Decimal:
		return g.castNode(n, t, false)
	}
	return nil
}

// aggregate makes an aggregate, over the rows of a group, of a type; nil if
// none has it.
func (g *gen) aggregate(sc *scope, t types.Type) *node {
	a := g.aggregateForm(sc, t)
	if a == nil {
		return nil
	}
	n := &node{typ: a.typ, text: [2]string{a.veloc, a.duck}, agg: true}
	if a.arg != nil {
		n.args = []*node{a.arg}
	}
	distinct := ""
	if strings.Contains(a.veloc, "~") && maybe(g.r, 4) {
		distinct = "DISTINCT "
	}
	filter, and := "", ""
	if maybe(g.r, 4) {
		n.args = append(n.args, g.expr(sc.rows, boolean, 2))
		filter = fmt.Sprintf(" FILTER (WHERE $%d)", len(n.args))
		and = fmt.Sprintf(" AND $%d", len(n.args))
	}
	n.text[veloc] += filter
	marks := strings.NewReplacer("~", distinct, "#", filter, "@", and)
	for d := range n.text {
		n.text[d] = marks.Replace(n.text[d])
	}
	return g.fit(n, t)
}

// aggregateForm is an aggregate before its argument has DISTINCT (~) and
// FILTER (#, or @ as part of a condition).
type aggregateForm struct {
	typ         types.Type
	veloc, duck string
	arg         *node
}

func (g *gen) aggregateForm(sc *scope, t types.Type) *aggregateForm {
	sub := func(t types.Type) *node { return g.expr(sc.rows, t, g.r.IntN(3)) }
	integer := types.Of(pick(g.r, []types.Kind{types.Int, types.BigInt}))
	switch w := g.r.IntN(10); {
	case t.Kind == types.BigInt && w < 2:
		return &aggregateForm{t, "COUNT(*)", "COUNT(*)#", nil}
	case t.Kind == types.BigInt && w < 5:
		return &aggregateForm{t, "COUNT(~$1)", "COUNT(~$1)#", sub(g.comparable())}
	case t.Kind == types.BigInt && w < 8:
		return &aggregateForm{t, "SUM(~$1)", "CAST(SUM(~$1)# AS BIGINT)", sub(integer)}
	case t.Kind == types.Decimal && w < 3:
		x := sub(g.decimalType())
		r := types.Dec(types.MaxPrecision, x.typ.Scale)
		return &aggregateForm{r, "SUM(~$1)", fmt.Sprintf("CAST(SUM(~$1)# AS %s)", r), x}
	case t.Kind == types.Decimal && w < 6:
		x := sub(g.decimalType())
		r := types.Dec(types.MaxPrecision, max(x.typ.Scale, 6))
		d := fmt.Sprintf("CAST(exact_div(CAST(SUM(~$1)# AS VARCHAR), CAST(COUNT(~$1)# AS VARCHAR), %d, %d) AS %s)", r.Precision, r.Scale, r)
		return &aggregateForm{r, "AVG(~$1)", d, x}
	case t.IsInteger() && w == 6:
		name := pick(g.r, []string{"BIT_AND", "BIT_OR", "BIT_XOR"})
		return &aggregateForm{t, name + "(~$1)", name + "(~$1)#", sub(t)}
	case t.Kind == types.BigInt && w == 8:
		return &aggregateForm{t, "COUNT_IF($1)", "CAST(COALESCE(count_if($1)#, 0) AS BIGINT)", sub(boolean)}
	case t.Kind == types.Double && w == 8 && !g.wild:
		two := pick(g.r, [][2]string{{"MEDIAN(~$1)", "median(~$1)"}, {"PERCENTILE_CONT($1, 0.25)", "quantile_cont($1, 0.25)"}})
		return &aggregateForm{t, two[0], two[1] + "#", g.leaf(sc.rows, t)}
	case t.Kind == types.Double && w < 2:
		return &aggregateForm{t, "AVG(~$1)", "AVG(~$1)#", sub(integer)}
	case t.Kind == types.Double && w < 7:
		if g.wild { // sums of extremes depend on the order
			return nil
		}
		two := pick(g.r, [][2]string{{"SUM", "fsum"}, {"AVG", "favg"}, {"STDDEV", "stddev_samp"}, {"STDDEV_POP", "stddev_pop"}, {"VARIANCE", "var_samp"}, {"VAR_POP", "var_pop"}})
		return &aggregateForm{t, two[0] + "(~$1)", two[1] + "(~$1)#", g.leaf(sc.rows, t)}
	case t.Kind == types.Boolean && w < 8:
		name := pick(g.r, []string{"BOOL_AND", "BOOL_OR"})
		return &aggregateForm{t, name + "(~$1)", name + "(~$1)#", sub(t)}
	case t.Kind == types.String && w < 3 && sc.ordered:
		return &aggregateForm{t, "STRING_AGG($1, ';')", "string_agg($1, ';' ORDER BY id)#", sub(t)}
	case w == 8 && sc.ordered && t.Kind != types.Interval:
		return &aggregateForm{t, "FIRST($1)", "any_value($1 ORDER BY id)#", sub(t)}
	case w == 9 && sc.ordered && t.Kind != types.Interval:
		return &aggregateForm{t, "LAST($1)", "last($1 ORDER BY id) FILTER (WHERE $1 IS NOT NULL@)", sub(t)}
	}
	if t.Kind == types.Boolean || t.Kind == types.Bytes {
		return nil
	}
	name := pick(g.r, []string{"MIN", "MAX"})
	return &aggregateForm{t, name + "(~$1)", name + "(~$1)#", sub(t)}
}
