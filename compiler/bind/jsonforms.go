package bind

import (
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/source"
)

// The functions of SQL/JSON with their clauses are made of plainer ones: a CASE
// around JSON_VALUE, JSON_QUERY and JSON_EXISTS, texts put together for
// JSON_OBJECT and JSON_ARRAY.

// jsonForms are the functions that are bound here; those of the first kind only
// if they have clauses.
var jsonForms = map[string]struct {
	plain bool // without clauses it is a function of the table
	usage string
	bind  func(x *env, s sugar, c *ast.Call) ast.Expr
}{
	"json_value":        {true, "JSON_VALUE(json, path [RETURNING type] [NULL | ERROR | DEFAULT x ON EMPTY] [.. ON ERROR])", (*env).jsonValue},
	"json_query":        {true, "JSON_QUERY(json, path [RETURNING type] [WITH [CONDITIONAL] WRAPPER] [NULL | ERROR | EMPTY ARRAY | EMPTY OBJECT ON EMPTY] [.. ON ERROR])", (*env).jsonQuery},
	"json_exists":       {true, "JSON_EXISTS(json, path [TRUE | FALSE | UNKNOWN | ERROR ON ERROR])", (*env).jsonExists},
	"json_object":       {false, "JSON_OBJECT(key VALUE value, .. [NULL | ABSENT ON NULL] [RETURNING type])", (*env).jsonObject},
	"json_build_object": {false, "JSON_BUILD_OBJECT(key, value, ..)", (*env).jsonObject},
	"json_array":        {false, "JSON_ARRAY(value, .. [NULL | ABSENT ON NULL] [RETURNING type])", (*env).jsonArray},
	"json_build_array":  {false, "JSON_BUILD_ARRAY(value, ..)", (*env).jsonArray},
	"json_agg":          {false, "JSON_ARRAYAGG(value [ORDER BY ..] [NULL | ABSENT ON NULL])", (*env).jsonAgg},
	"json_arrayagg":     {false, "JSON_ARRAYAGG(value [ORDER BY ..] [NULL | ABSENT ON NULL])", (*env).jsonAgg},
	"json_group_array":  {false, "JSON_GROUP_ARRAY(value)", (*env).jsonAgg},
	"json_object_agg":   {false, "JSON_OBJECTAGG(key VALUE value)", (*env).jsonObjectAgg},
	"json_objectagg":    {false, "JSON_OBJECTAGG(key VALUE value)", (*env).jsonObjectAgg},
	"json_group_object": {false, "JSON_GROUP_OBJECT(key, value)", (*env).jsonObjectAgg},
}

// jsonForm binds a call of one of them.
func (x *env) jsonForm(name string, c *ast.Call) (bound.Expr, bool) {
	form, ok := jsonForms[name]
	if !ok || form.plain && c.JSON == nil {
		return nil, false
	}
	if c.Star || c.Distinct && !strings.Contains(name, "agg") && !strings.Contains(name, "group") {
		x.b.errArgumentCount(c, form.usage)
		return nil, true
	}
	plain := *c
	if plain.JSON = c.JSON; plain.JSON == nil {
		plain.JSON = &ast.JSONClauses{}
	}
	tree := form.bind(x, sugar{c.Loc}, &plain)
	if tree == nil {
		x.b.errJSONClause(c, form.usage)
		return nil, true
	}
	return x.expr(tree), true
}

// sugar makes the trees that a form stands for.
type sugar struct{ loc source.Span }

func (s sugar) node() ast.Node { return ast.Node{Loc: s.loc} }

func (s sugar) text(t string) ast.Expr { return &ast.StringLit{Node: s.node(), Value: t} }

func (s sugar) call(name string, args ...ast.Expr) *ast.Call {
	return &ast.Call{Node: s.node(), Name: ast.Ident{Loc: s.loc, Name: name}, Args: args}
}

func (s sugar) null() ast.Expr { return &ast.NullLit{Node: s.node()} }

func (s sugar) isNull(e ast.Expr, not bool) ast.Expr {
	return &ast.Is{Node: s.node(), X: e, What: "NULL", Not: not}
}

func (s sugar) not(e ast.Expr) ast.Expr { return &ast.Unary{Node: s.node(), Op: "NOT", X: e} }

func (s sugar) concat(parts ...ast.Expr) ast.Expr {
	out := parts[0]
	for _, p := range parts[1:] {
		out = &ast.Binary{Node: s.node(), Op: "||", OpLoc: s.loc, X: out, Y: p}
	}
	return out
}

// cast is a cast to a type; nil is STRING.
func (s sugar) cast(e ast.Expr, t *ast.TypeName, try bool) ast.Expr {
	if t == nil {
		t = s.typ("STRING")
	}
	return &ast.Cast{Node: s.node(), X: e, Type: t, Try: try}
}

func (s sugar) typ(name string) *ast.TypeName { return &ast.TypeName{Loc: s.loc, Name: name} }

// when is a CASE of conditions and results in turn, and the last result.
func (s sugar) when(parts ...ast.Expr) ast.Expr {
	c := &ast.Case{Node: s.node(), Else: parts[len(parts)-1]}
	for i := 0; i+1 < len(parts); i += 2 {
		c.Whens = append(c.Whens, ast.When{Loc: s.loc, Cond: parts[i], Then: parts[i+1]})
	}
	return c
}

// behavior is what is given ON EMPTY or ON ERROR; nil if what is said does not
// go with the function.
func (s sugar) behavior(b *ast.JSONBehavior, t *ast.TypeName, failure string) ast.Expr {
	what := "NULL"
	if b != nil {
		what = b.What
	}
	switch what {
	case "NULL":
		return s.cast(s.null(), t, false)
	case "ERROR":
		return s.cast(s.call("error", s.text(failure)), t, false)
	case "DEFAULT":
		return s.cast(b.Default, t, false)
	case "EMPTY ARRAY":
		return s.cast(s.text("[]"), t, false)
	case "EMPTY OBJECT":
		return s.cast(s.text("{}"), t, false)
	}
	return nil
}

// silent reports what gives NULL, as functions do without clauses.
func silent(b *ast.JSONBehavior) bool { return b == nil || b.What == "NULL" }

// Reasons of ERROR ON EMPTY and ERROR ON ERROR.
const (
	nothingThere = "JSON has no value at the path"
	notAsWanted  = "the text is no JSON, or the value at the path is not what is asked for"
)

// atPath is a function of JSON and a path with what is given where there is no
// value, and where there is another one than asked for: plain gives NULL then.
// failed tells that a plain of NULL is an error where there is some value.
func (s sugar) atPath(c *ast.Call, plain ast.Expr) ast.Expr {
	j := c.JSON
	if silent(j.OnEmpty) && silent(j.OnError) {
		return plain
	}
	empty := s.behavior(j.OnEmpty, j.Returning, nothingThere)
	failed := s.behavior(j.OnError, j.Returning, notAsWanted)
	if empty == nil || failed == nil {
		return nil
	}
	doc, path := c.Args[0], c.Args[1]
	isNull := s.cast(s.null(), j.Returning, false)
	nothing := &ast.Binary{Node: s.node(), Op: "OR", OpLoc: s.loc, X: s.isNull(doc, false), Y: s.isNull(path, false)}
	parts := []ast.Expr{nothing, isNull, s.not(s.call("is_json", doc)), failed, s.not(s.call("json_exists", doc, path)), empty}
	if !silent(j.OnError) { // null in JSON is NULL, and no mistake
		wrong := &ast.Binary{Node: s.node(), Op: "AND", OpLoc: s.loc, X: s.isNull(plain, false), Y: s.isNull(s.call("extractjsonfield", doc, path), true)}
		parts = append(parts, wrong, failed)
	}
	return s.when(append(parts, plain)...)
}

func (x *env) jsonValue(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args) != 2 || j.Wrapper != "" || j.Nulls != "" || j.Pairs || isEmptyKind(j.OnEmpty) || isEmptyKind(j.OnError) {
		return nil
	}
	plain := ast.Expr(s.call("json_value", c.Args...))
	if j.Returning != nil {
		plain = s.cast(plain, j.Returning, true)
	}
	return s.atPath(c, plain)
}

// isEmptyKind reports EMPTY ARRAY and EMPTY OBJECT.
func isEmptyKind(b *ast.JSONBehavior) bool { return b != nil && strings.HasPrefix(b.What, "EMPTY") }

func (x *env) jsonQuery(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args) != 2 || j.Nulls != "" || j.Pairs || j.OnEmpty != nil && j.OnEmpty.Default != nil || j.OnError != nil && j.OnError.Default != nil {
		return nil
	}
	name := map[string]string{"": "json_query", "WITHOUT WRAPPER": "json_query", "WITH WRAPPER": "json_query_wrapped", "WITH CONDITIONAL WRAPPER": "json_query_array"}[j.Wrapper]
	plain := ast.Expr(s.call(name, c.Args...))
	if j.Returning != nil {
		plain = s.cast(plain, j.Returning, true)
	}
	return s.atPath(c, plain)
}

func (x *env) jsonExists(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args) != 2 || j.Nulls != "" || j.Pairs || j.Wrapper != "" || j.Returning != nil || j.OnEmpty != nil || j.OnError == nil {
		return nil
	}
	boolean := s.typ("BOOLEAN")
	var failed ast.Expr
	switch j.OnError.What {
	case "TRUE", "FALSE":
		failed = &ast.BoolLit{Node: s.node(), Value: j.OnError.What == "TRUE"}
	case "UNKNOWN":
		failed = s.cast(s.null(), boolean, false)
	case "ERROR":
		failed = s.cast(s.call("error", s.text("the text is no JSON")), boolean, false)
	default:
		return nil
	}
	return s.when(s.isNull(c.Args[0], false), s.cast(s.null(), boolean, false), s.call("is_json", c.Args[0]), s.call("json_exists", c.Args...), failed)
}

// jsonText is a value as JSON, in a text; NULL where it is left out.
func (s sugar) jsonText(v ast.Expr, absent bool, before ast.Expr) ast.Expr {
	out := ast.Expr(s.call("to_json_string", v))
	if before != nil {
		out = s.concat(before, s.text(":"), out)
	}
	if absent {
		return s.when(s.isNull(v, false), s.cast(s.null(), nil, false), out)
	}
	return out
}

// jsonResult is a text that is JSON as the type that is asked for.
func (s sugar) jsonResult(text ast.Expr, j *ast.JSONClauses) ast.Expr {
	out := s.cast(text, s.typ("JSON"), false)
	if j.Returning != nil {
		return s.cast(out, j.Returning, false)
	}
	return out
}

// builds reports clauses that JSON_OBJECT and JSON_ARRAY have.
func builds(j *ast.JSONClauses) bool { return j.Wrapper == "" && j.OnEmpty == nil && j.OnError == nil }

func (x *env) jsonObject(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args)%2 != 0 || !builds(j) {
		return nil
	}
	parts := []ast.Expr{s.text(",")}
	for i := 0; i < len(c.Args); i += 2 {
		key := s.call("to_json_string", s.cast(c.Args[i], nil, false))
		parts = append(parts, s.jsonText(c.Args[i+1], j.Nulls == "ABSENT", key))
	}
	if len(parts) == 1 {
		return s.jsonResult(s.text("{}"), j)
	}
	return s.jsonResult(s.concat(s.text("{"), s.call("concat_ws", parts...), s.text("}")), j)
}

func (x *env) jsonArray(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if !builds(j) || j.Pairs {
		return nil
	}
	absent := j.Nulls == "ABSENT" || j.Nulls == "" && !strings.EqualFold(c.Name.Name, "json_build_array")
	parts := []ast.Expr{s.text(",")}
	for _, a := range c.Args {
		parts = append(parts, s.jsonText(a, absent, nil))
	}
	if len(parts) == 1 {
		return s.jsonResult(s.text("[]"), j)
	}
	return s.jsonResult(s.concat(s.text("["), s.call("concat_ws", parts...), s.text("]")), j)
}

// collected is a call of another aggregate over the same rows, as JSON.
func (s sugar) collected(name string, c *ast.Call, filter ast.Expr) ast.Expr {
	agg := *c
	agg.JSON, agg.Name.Name = nil, name
	if filter != nil {
		if agg.Filter != nil {
			filter = &ast.Binary{Node: s.node(), Op: "AND", OpLoc: s.loc, X: agg.Filter, Y: filter}
		}
		agg.Filter = filter
	}
	out := s.cast(s.call("to_json_string", &agg), s.typ("JSON"), false)
	return s.when(s.isNull(&agg, false), s.cast(s.null(), s.typ("JSON"), false), out)
}

func (x *env) jsonAgg(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args) != 1 || !builds(j) || j.Pairs || j.Returning != nil {
		return nil
	}
	var filter ast.Expr
	if j.Nulls == "ABSENT" || j.Nulls == "" && strings.EqualFold(c.Name.Name, "json_arrayagg") {
		filter = s.isNull(c.Args[0], true)
	}
	return s.collected("array_agg", c, filter)
}

func (x *env) jsonObjectAgg(s sugar, c *ast.Call) ast.Expr {
	j := c.JSON
	if len(c.Args) != 2 || !builds(j) || j.Returning != nil {
		return nil
	}
	var filter ast.Expr
	if j.Nulls == "ABSENT" {
		filter = s.isNull(c.Args[1], true)
	}
	plain := *c
	plain.Args = []ast.Expr{s.cast(c.Args[0], nil, false), c.Args[1]}
	return s.collected("map_agg", &plain, filter)
}

// isJSON binds x IS [NOT] JSON [OBJECT | ARRAY | SCALAR | VALUE].
func (x *env) isJSON(e *ast.Is) bound.Expr {
	s := sugar{e.Loc}
	var is ast.Expr = s.call("is_json", e.X)
	kind := s.call("json_typeof", e.X)
	equals := func(what string, op string) ast.Expr {
		return &ast.Is{Node: s.node(), What: "TRUE", X: &ast.Binary{Node: s.node(), Op: op, OpLoc: e.Loc, X: kind, Y: s.text(what)}}
	}
	switch e.What {
	case "JSON OBJECT":
		is = equals("object", "=")
	case "JSON ARRAY":
		is = equals("array", "=")
	case "JSON SCALAR":
		is = &ast.Binary{Node: s.node(), Op: "AND", OpLoc: e.Loc, X: equals("object", "<>"), Y: equals("array", "<>")}
	}
	if e.Not {
		is = s.not(is)
	}
	return x.expr(s.when(s.isNull(e.X, false), s.cast(s.null(), s.typ("BOOLEAN"), false), is))
}
