package ast

import (
	"strings"

	"github.com/velocsql/veloc/parser/source"
)

// The widths that decide between one line and several.
const (
	shortQuery = 60 // SELECT and FROM on one line
	lineWidth  = 80
)

// FormatQuery returns the query as canonical SQL, one clause per line.
func FormatQuery(q *Query) string {
	var l layout
	l.query(q, 0)
	var b strings.Builder
	for i, line := range l.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(indentation(line.indent))
		b.WriteString(line.text)
	}
	return b.String()
}

// inlineQuery returns the query on one line.
func inlineQuery(q *Query) string {
	var l layout
	l.query(q, 0)
	return joinLines(l.lines)
}

// joinLines puts lines on one line, without blanks inside of brackets.
func joinLines(lines []line) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 && !strings.HasSuffix(lines[i-1].text, "(") && !strings.HasPrefix(line.text, ")") {
			b.WriteByte(' ')
		}
		b.WriteString(line.text)
	}
	return b.String()
}

func indentation(n int) string { return strings.Repeat("    ", n) }

// line is one line of output and the place in the source that it shows, zero
// when there is none.
type line struct {
	indent int
	text   string
	pos    source.Pos
	blank  bool // an empty line comes before it
}

// layout collects the lines of a statement. The comments of the source decide
// only whether a list is broken, so that they keep their places in it.
type layout struct {
	lines    []line
	comments *comments // nil when there is no source
}

func (l *layout) add(indent int, text string, pos source.Pos) {
	l.lines = append(l.lines, line{indent: indent, text: text, pos: pos})
}

// more appends text to the last line.
func (l *layout) more(text string) { l.lines[len(l.lines)-1].text += text }

// sprint returns what f prints.
func sprint(f func(p *exprPrinter)) string {
	var p exprPrinter
	f(&p)
	return p.b.String()
}

// closing adds the line with the bracket that closes after the text at end.
func (l *layout) closing(indent int, text string, end source.Pos) {
	l.add(indent, text, l.comments.closing(end))
}

func (l *layout) query(q *Query, indent int) {
	start := len(l.lines)
	for i, c := range q.CTEs {
		text, pos := formatIdent(c.Name), c.Name.Loc.Start
		if i == 0 {
			text, pos = "WITH "+text, q.Loc.Start
		}
		if c.Cols != nil {
			text += sprint(func(p *exprPrinter) { p.str(" ("); p.idents(c.Cols); p.str(")") })
		}
		l.add(indent, text+" AS (", pos)
		l.query(c.Query, indent+1)
		l.closing(indent, ")", c.Query.Loc.End)
		if i < len(q.CTEs)-1 {
			l.more(",")
		}
	}
	l.body(q.Body, indent)
	l.queryTail(q, indent)
	l.collapse(q, start)
}

// collapse puts SELECT and FROM on one line if they are all and short.
func (l *layout) collapse(q *Query, start int) {
	body, ok := q.Body.(*SelectBody)
	if !ok || q.CTEs != nil || len(l.lines) != start+2 || len(body.From) != 1 {
		return
	}
	if select1, from := &l.lines[start], &l.lines[start+1]; strings.HasPrefix(from.text, "FROM ") {
		if len(select1.text)+1+len(from.text) <= shortQuery {
			select1.text += " " + from.text
			l.lines = l.lines[:start+1]
		}
	}
}

func (l *layout) queryTail(q *Query, indent int) {
	if q.OrderBy != nil {
		l.add(indent, sprint(func(p *exprPrinter) { p.orderBy(q.OrderBy) }), q.OrderBy[0].Loc.Start)
	}
	if q.Limit != nil {
		l.add(indent, "LIMIT "+q.Limit.Text, q.Limit.Loc.Start)
	}
	if e := q.Emit; e != nil {
		text := "EMIT " + e.Mode
		if e.Every != nil {
			text += " " + FormatDuration(e.Every)
		}
		l.add(indent, text, e.Loc.Start)
	}
	if q.Into != nil {
		l.add(indent, "INTO "+sprint(func(p *exprPrinter) { p.idents(q.Into) }), q.Into[0].Loc.Start)
	}
	if !q.StateUnbounded.IsZero() {
		l.add(indent, "STATE UNBOUNDED", q.StateUnbounded.Start)
	}
	if q.With != nil {
		l.options("WITH (", q.With, indent)
	}
}

func (l *layout) body(b QueryBody, indent int) {
	switch b := b.(type) {
	case *SelectBody:
		l.selectBody(b, indent)
	case *SetOp:
		l.body(b.Left, indent)
		op := b.Op
		if b.All {
			op += " ALL"
		}
		l.add(indent, op, b.OpLoc.Start)
		l.body(b.Right, indent)
	case *Nested:
		l.add(indent, "(", b.Loc.Start)
		l.query(b.Query, indent+1)
		l.closing(indent, ")", b.Query.Loc.End)
	case *Values:
		l.values(b, indent)
	}
}

func (l *layout) values(v *Values, indent int) {
	var rows []item
	for _, r := range v.Rows {
		text := sprint(func(p *exprPrinter) { p.str("("); p.exprs(r); p.str(")") })
		rows = append(rows, item{text: text, at: exprsSpan(r)})
	}
	l.list("VALUES", rows, indent, v.Loc.Start)
}

func exprsSpan(list []Expr) source.Span {
	if len(list) == 0 {
		return source.Span{}
	}
	return list[0].Span().To(list[len(list)-1].Span())
}

// item is one element of a list that is written on one line or on several.
type item struct {
	text  string
	at    source.Span
	lines []line // the element on several lines, when it is too long for one
}

// itemLine is the length of an element above which it is broken if it can be.
const itemLine = 100

// list writes a keyword and the elements behind it, on one line if they fit.
func (l *layout) list(head string, items []item, indent int, pos source.Pos) {
	width := 4*indent + len(head)
	for _, i := range items {
		width += len(i.text) + 2
	}
	if width <= lineWidth && !l.comments.inside(pos, items) {
		text := head
		for i, it := range items {
			text += listOpen(i, " ") + it.text
		}
		l.add(indent, text, pos)
		return
	}
	l.add(indent, head, pos)
	l.broken(items, indent+1)
}

// broken writes elements one per line.
func (l *layout) broken(items []item, indent int) {
	for i, it := range items {
		first := len(l.lines)
		if it.lines == nil {
			l.add(indent, it.text, it.at.Start)
		}
		for _, part := range it.lines {
			l.add(indent+part.indent, part.text, part.pos)
		}
		if i > 0 {
			l.lines[first].blank = l.comments.blankAfter(items[i-1].at.End)
		}
		if i < len(items)-1 {
			l.more(",")
		}
	}
}

// options writes WITH ( and entries, on one line if they fit; head is the text
// before the first entry.
func (l *layout) options(head string, opts []Option, indent int) {
	items := optionItems(opts)
	pos := l.comments.opening(opts[0].Loc.Start)
	if text := inlineList(head, items, ")"); 4*indent+len(text) <= lineWidth && !l.comments.inside(pos, items) {
		l.add(indent, text, pos)
		return
	}
	l.add(indent, head, pos)
	l.broken(items, indent+1)
	l.closing(indent, ")", opts[len(opts)-1].Loc.End)
}

func inlineList(head string, items []item, tail string) string {
	var texts []string
	for _, i := range items {
		texts = append(texts, i.text)
	}
	return head + strings.Join(texts, ", ") + tail
}

func optionItems(opts []Option) []item {
	var items []item
	for _, o := range opts {
		key, value := quoteString(o.Key), o.Value
		if o.Bare {
			key = o.Key
		}
		switch o.Kind {
		case OptString:
			value = quoteString(value)
		case OptBool:
			value = strings.ToUpper(value)
		}
		items = append(items, item{text: key + " = " + value, at: o.Loc})
	}
	return items
}

func (l *layout) selectBody(b *SelectBody, indent int) {
	head := "SELECT"
	if b.Distinct {
		head += " DISTINCT"
	}
	var items []item
	for i := range b.Items {
		items = append(items, selectItem(&b.Items[i]))
	}
	l.list(head, items, indent, b.Loc.Start)
	if b.From != nil {
		l.from(b, indent)
	}
	if b.Where != nil {
		l.condition("WHERE ", b.Where, b.WhereLoc, indent)
	}
	if b.GroupBy != nil {
		var items []item
		for i := range b.GroupBy {
			items = append(items, item{text: formatGroup(&b.GroupBy[i]), at: b.GroupBy[i].Loc})
		}
		l.list("GROUP BY", items, indent, b.GroupLoc.Start)
	}
	if b.Window != nil {
		l.add(indent, "WINDOW "+formatWindow(b.Window), b.Window.Loc.Start)
	}
	if b.Having != nil {
		l.condition("HAVING ", b.Having, b.HavingLoc, indent)
	}
	if b.Windows != nil {
		var items []item
		for i := range b.Windows {
			w := &b.Windows[i]
			text := formatIdent(w.Name) + " AS " + sprint(func(p *exprPrinter) { p.overSpec(&w.Spec) })
			items = append(items, item{text: text, at: w.Name.Loc.To(w.Spec.Loc)})
		}
		l.list("WINDOW", items, indent, items[0].at.Start)
	}
	if b.Qualify != nil {
		l.condition("QUALIFY ", b.Qualify, b.QualifyLoc, indent)
	}
	if b.PartitionBy != nil {
		l.add(indent, "PARTITION BY "+sprint(func(p *exprPrinter) { p.exprs(b.PartitionBy) }), b.PartitionLoc.Start)
	}
}

// selectItem returns an item of the select list; a long CASE is broken at its
// branches.
func selectItem(i *SelectItem) item {
	it := item{text: formatItem(i), at: i.Loc}
	c, ok := i.Expr.(*Case)
	if !ok || len(it.text) <= itemLine {
		return it
	}
	head := "CASE"
	if c.Operand != nil {
		head += " " + FormatExpr(c.Operand)
	}
	it.lines = append(it.lines, line{text: head, pos: i.Loc.Start})
	for _, w := range c.Whens {
		text := "WHEN " + FormatExpr(w.Cond) + " THEN " + FormatExpr(w.Then)
		it.lines = append(it.lines, line{indent: 1, text: text, pos: w.Loc.Start})
	}
	if c.Else != nil {
		it.lines = append(it.lines, line{indent: 1, text: "ELSE " + FormatExpr(c.Else), pos: c.Else.Span().Start})
	}
	it.lines = append(it.lines, line{text: "END" + strings.TrimPrefix(it.text, FormatExpr(c))})
	return it
}

func formatItem(i *SelectItem) string {
	return sprint(func(p *exprPrinter) {
		switch {
		case i.Star:
			for _, q := range i.Qualifier {
				p.ident(q)
				p.str(".")
			}
			p.str("*")
		default:
			p.expr(i.Expr, 0, 0)
		}
		if i.Except != nil {
			p.str(" EXCEPT (")
			p.idents(i.Except)
			p.str(")")
		}
		if i.Alias.Name != "" {
			if i.As {
				p.str(" AS")
			}
			p.str(" ", formatIdent(i.Alias))
		}
		if i.PrimaryKey {
			p.str(" PRIMARY KEY")
		}
	})
}

func formatGroup(g *GroupItem) string {
	return sprint(func(p *exprPrinter) {
		if g.Kind == "" {
			p.expr(g.Expr, 0, 0)
			return
		}
		p.str(g.Kind)
		if g.Kind == "GROUPING SETS" {
			p.str(" ")
		}
		p.str("(")
		for i, s := range g.Sets {
			p.comma(i)
			if len(s) == 1 && !startsParen(s[0]) {
				p.expr(s[0], 0, 0)
				continue
			}
			p.str("(")
			p.exprs(s)
			p.str(")")
		}
		p.str(")")
	})
}

// startsParen reports whether the text of x begins with a bracket, which a set
// of expressions would take for its own.
func startsParen(x Expr) bool { return strings.HasPrefix(FormatExpr(x), "(") }

// condition writes a condition, broken at its ANDs if it is long.
func (l *layout) condition(head string, x Expr, at source.Span, indent int) {
	text := head + FormatExpr(x)
	conjuncts := conjuncts(x, nil)
	if len(conjuncts) == 1 || 4*indent+len(text) <= lineWidth && !l.comments.inside(0, conjuncts) {
		l.add(indent, text, at.Start)
		return
	}
	for i, c := range conjuncts {
		if i == 0 {
			l.add(indent, head+c.text, at.Start)
			continue
		}
		l.add(indent, "  AND "+c.text, c.at.Start)
	}
}

// conjuncts returns the operands of the ANDs at the top of x.
func conjuncts(x Expr, list []item) []item {
	if b, ok := x.(*Binary); ok && b.Op == "AND" {
		list = conjuncts(b.X, list)
		text := sprint(func(p *exprPrinter) { p.expr(b.Y, powerAnd+1, 0) })
		return append(list, item{text: text, at: b.Y.Span()})
	}
	text := sprint(func(p *exprPrinter) { p.expr(x, powerAnd, powerAnd) })
	return append(list, item{text: text, at: x.Span()})
}

func formatWindow(w *Window) string {
	var parts []string
	add := func(head string, d *Duration) {
		if d != nil {
			parts = append(parts, head+FormatDuration(d))
		}
	}
	switch w.Kind {
	case "TUMBLING":
		add("SIZE ", w.Size)
	case "HOPPING":
		add("SIZE ", w.Size)
		add("ADVANCE BY ", w.Advance)
	case "CUMULATE":
		add("", w.Advance)
		add("", w.Size)
	default:
		add("", w.Size)
		add("", w.Advance)
	}
	if w.Column != nil {
		parts = append(parts, FormatExpr(w.Column))
	}
	add("OFFSET ", w.Offset)
	if w.Zone != nil {
		parts = append(parts, "AT TIME ZONE "+FormatExpr(w.Zone))
	}
	add("RETENTION ", w.Retention)
	add("GRACE PERIOD ", w.Grace)
	return w.Kind + "(" + strings.Join(parts, ", ") + ")"
}
