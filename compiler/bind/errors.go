package bind

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/compiler/bound"
	"github.com/velocsql/veloc/compiler/catalog"
	"github.com/velocsql/veloc/parser/ast"
	"github.com/velocsql/veloc/parser/diag"
	"github.com/velocsql/veloc/parser/source"
)

// One constructor for each message: those about names here, about types in
// errors_types.go, about queries in errors_query.go and about options in
// errors_options.go.

// refuse reports a construct of the language that is not there yet.
func (b *binder) refuse(code diag.Code, at source.Span, what, hint string) {
	b.diags.Err(code, at, what+" is not supported yet", hint)
}

// meant adds the name that was probably meant.
func meant(word string, known []string) string {
	if near, ok := catalog.Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

func list(names []string) string {
	const most = 20
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

func columnNames(cols []*bound.Col) []string {
	var names []string
	for _, c := range cols {
		names = append(names, c.Name)
	}
	return names
}

func (b *binder) errUnknownRelation(id ast.Ident) {
	known := b.relationNames()
	hint := fmt.Sprintf("declare it before this statement: CREATE STREAM %s (..) WITH (..)", id.Name)
	if len(known) > 0 {
		hint = "relations declared so far: " + list(known)
	}
	b.diags.Add(diag.Diagnostic{Code: diag.UnknownRelation, Span: id.Loc, Msg: fmt.Sprintf("unknown relation %q", id.Name), Inline: meant(id.Name, known), Hint: hint})
}

func (b *binder) errUnknownSink(id ast.Ident) {
	known := b.relationNames()
	for _, k := range b.sinks {
		known = append(known, k.name.Name)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownSink, Span: id.Loc, Msg: fmt.Sprintf("unknown sink %q", id.Name), Inline: meant(id.Name, known),
		Hint: fmt.Sprintf("declare it: CREATE SINK %s WITH ('connector' = 'file', 'path' = '..', 'format' = 'csv')", id.Name),
	})
}

func (b *binder) errDuplicateRelation(id, old ast.Ident) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.DuplicateRelation, Span: id.Loc, Msg: fmt.Sprintf("%q is declared twice", id.Name),
		Labels: []diag.Label{{Span: old.Loc, Msg: "declared here"}}, Hint: "give one of them another name",
	})
}

func (b *binder) errUnknownColumn(id ast.Ident, s *scope) {
	known := s.names()
	msg := fmt.Sprintf("unknown column %q", id.Name)
	hint := ""
	switch len(s.inputs) {
	case 0:
		hint = "the query reads no relation; add FROM"
	case 1:
		msg += " in " + s.inputs[0].what
		hint = "columns: " + list(known)
	default:
		hint = "columns: " + list(known)
	}
	inline := meant(id.Name, known)
	if id.Quoted && inline == "" {
		hint += "; text stands in single quotes: '" + id.Name + "'"
	}
	b.diags.Add(diag.Diagnostic{Code: diag.UnknownColumn, Span: id.Loc, Msg: msg, Inline: inline, Hint: hint})
}

func (b *binder) errAliasEarly(id ast.Ident, it *ast.SelectItem, clause string) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownColumn, Span: id.Loc, Msg: fmt.Sprintf("the name %q is not known yet in %s", id.Name, clause),
		Labels: []diag.Label{{Span: it.Loc, Msg: "visible to its right, in GROUP BY, HAVING and ORDER BY"}},
		Hint:   "repeat the expression, or name it in a query in FROM",
	})
}

func (b *binder) errUnknownColumnOf(id ast.Ident, cols []*bound.Col, of string) {
	known := columnNames(cols)
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownColumn, Span: id.Loc, Msg: fmt.Sprintf("unknown column %q in %s", id.Name, of),
		Inline: meant(id.Name, known), Hint: "columns: " + list(known),
	})
}

func (b *binder) errUnknownQualifier(id ast.Ident, s *scope) {
	var known []string
	for _, in := range s.inputs {
		if in.alias.Name != "" {
			known = append(known, in.alias.Name)
		}
	}
	hint := "the query reads no relation with a name; leave the qualifier out"
	if len(known) > 0 {
		hint = "the query reads " + list(known)
	}
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownQualifier, Span: id.Loc, Msg: fmt.Sprintf("no relation %q in FROM", id.Name), Inline: meant(id.Name, known), Hint: hint,
	})
}

func (b *binder) errAmbiguousColumn(id ast.Ident, s *scope) {
	var ways []string
	for _, in := range s.inputs {
		if columnIndex(in.cols, id) >= 0 {
			ways = append(ways, in.alias.Name+"."+id.Name)
		}
	}
	b.diags.Err(diag.AmbiguousColumn, id.Loc, fmt.Sprintf("column %q is in several relations", id.Name), "say which: "+strings.Join(ways, " or "))
}

func (b *binder) errDuplicateColumn(at source.Span, name string, old source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.DuplicateColumn, Span: at, Msg: fmt.Sprintf("column %q is named twice", name),
		Labels: []diag.Label{{Span: old, Msg: "named here first"}}, Hint: "give one of them another name",
	})
}

func (b *binder) errDuplicateOutput(c, old *bound.Col) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.DuplicateColumn, Span: c.Loc, Msg: fmt.Sprintf("two columns of the result are named %q", c.Name),
		Labels: []diag.Label{{Span: old.Loc, Msg: "the first one"}}, Hint: "name one of them with AS",
	})
}

func (b *binder) errSystemColumnDeclared(id ast.Ident) {
	b.diags.Err(diag.SystemColumn, id.Loc, fmt.Sprintf("%q is the name of a system column", id.Name), "choose another name, or quote it: \""+id.Name+"\"")
}

func (b *binder) errSystemColumn(id ast.Ident, why string) {
	b.diags.Err(diag.SystemColumn, id.Loc, fmt.Sprintf("system column %q is not available here", id.Name), why)
}

func (b *binder) errNoWindow(id ast.Ident) {
	b.diags.Err(diag.SystemColumn, id.Loc, fmt.Sprintf("%q needs a window", id.Name), "add one: WINDOW TUMBLING(1 MINUTE)")
}

func (b *binder) errWindowColumnEarly(id ast.Ident, clause string) {
	b.diags.Err(diag.SystemColumn, id.Loc, fmt.Sprintf("%q is not known in %s, which comes before the window", id.Name, clause), "filter windows with HAVING")
}

func (b *binder) errNoColumns(name ast.Ident) {
	b.diags.Err(diag.NoColumns, name.Loc, fmt.Sprintf("%q has no columns", name.Name),
		fmt.Sprintf("list them: CREATE STREAM %s (column type, ..), or name a file to look at with 'path'", name.Name))
}

func (b *binder) errInsertSource(id ast.Ident, r *relation) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.InsertSource, Span: id.Loc, Msg: fmt.Sprintf("%q is read from outside and cannot be written to", id.Name),
		Labels: []diag.Label{{Span: r.name.Loc, Msg: "declared here"}}, Hint: "declare the destination with CREATE SINK",
	})
}

func (b *binder) errUnknownFunction(id ast.Ident) {
	known := functionNames()
	b.diags.Add(diag.Diagnostic{
		Code: diag.UnknownFunction, Span: id.Loc, Msg: fmt.Sprintf("unknown function %q", id.Name),
		Inline: meantFunction(id.Name, known), Hint: "`veloc functions` lists the functions there are",
	})
}

func meantFunction(name string, known []string) string {
	near, ok := catalog.Nearest(name, known)
	if !ok {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", strings.ToUpper(near))
}

func (b *binder) errRefusedStatement(s *ast.Refused) {
	hint := "change the program and build it again: `veloc build`"
	verb := strings.Fields(s.Verb)[0]
	switch verb {
	case "START", "STOP", "DEPLOY", "PAUSE", "RESUME", "ROLLBACK", "RUN", "TERMINATE":
		hint = "`veloc build` makes a program; your deployment tool starts and stops it"
	case "UPDATE", "DELETE", "MERGE", "TRUNCATE":
		hint = "rows change by what the sources bring; derive a new relation with CREATE TABLE .. AS SELECT"
	case "DROP", "ALTER":
		hint = "a program declares everything anew each time; take the statement out, or change the declaration"
	case "SHOW", "LIST", "PRINT":
		hint = "there is no server to ask; `veloc explain` shows what a program declares"
	case "CREATE":
		hint = "veloc has CREATE STREAM, TABLE, VIEW and SINK"
	}
	b.diags.Err(diag.RefusedStatement, s.Loc, s.Verb+" is not a statement of a veloc program", hint)
}

func (b *binder) errMisplaced(at source.Span, what, where, hint string) {
	b.diags.Err(diag.MisplacedPart, at, what+" has no place in "+where, hint)
}

func (b *binder) errColumnCount(at source.Span, msg string, cols []*bound.Col) {
	b.diags.Err(diag.ColumnCount, at, msg, "columns: "+list(columnNames(cols)))
}

func (b *binder) errUnionCount(op string, at source.Span, n, want int, first source.Span) {
	b.diags.Add(diag.Diagnostic{
		Code: diag.ColumnCount, Span: at, Msg: fmt.Sprintf("the queries of %s have %d and %d columns", op, want, n),
		Labels: []diag.Label{{Span: first, Msg: "the first query"}}, Hint: "select the same number of columns in each",
	})
}

func (b *binder) errStarWithoutFrom(at source.Span) {
	b.diags.Err(diag.StarWithoutFrom, at, "* without FROM", "add FROM, or name the values")
}

func (b *binder) errAnnotation(a ast.Annotation, near string) {
	d := diag.Diagnostic{Code: diag.UnknownAnnotation, Span: a.Loc, Msg: fmt.Sprintf("unknown annotation %q", "@"+a.Key), Hint: "metrics are defined with " + list(at(metricKeys))}
	if near != "" {
		d.Inline = fmt.Sprintf("did you mean %q?", "@"+near)
	}
	b.diags.Add(d)
}

func at(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = "@" + k
	}
	return out
}

func (b *binder) warnMetric(a ast.Annotation) {
	b.diags.Warn(diag.MetricAnnotation, a.Loc, "metrics are not supported yet: @"+a.Key+" defines none", "the annotation is kept for `veloc explain`")
}

func (b *binder) warnUnusedCTE(id ast.Ident) {
	b.diags.Warn(diag.Unused, id.Loc, fmt.Sprintf("nothing reads the query %q", id.Name), "take it out of WITH")
}

func (b *binder) warnUnusedView(id ast.Ident) {
	b.diags.Warn(diag.Unused, id.Loc, fmt.Sprintf("nothing reads the view %q", id.Name), "read it, or take it out")
}

func (b *binder) warnUnusedSink(k *sink) {
	b.diags.Warn(diag.Unused, k.name.Loc, fmt.Sprintf("nothing writes to the sink %q", k.name.Name), fmt.Sprintf("INSERT INTO %s SELECT ..", k.name.Name))
}
