package ast

import "strings"

// from writes FROM with its relations; joins begin lines of their own.
func (l *layout) from(b *SelectBody, indent int) {
	for i, r := range b.From {
		switch {
		case i == 0:
			l.add(indent, "FROM ", b.FromLoc.Start)
			l.relation(r, indent, false)
		case simple(b.From[i-1]) && simple(r):
			l.more(", ")
			l.relation(r, indent, false)
		default:
			l.more(",")
			l.add(indent+1, "", r.Span().Start)
			l.relation(r, indent+1, false)
		}
	}
}

// simple reports whether a relation is written on one line.
func simple(r TableRef) bool {
	switch r.(type) {
	case *TableQuery, *Join:
		return false
	}
	return true
}

// relation writes r at the end of the last line, and on further lines. A join
// that is the right side of another stands in brackets.
func (l *layout) relation(r TableRef, indent int, right bool) {
	switch r := r.(type) {
	case *TableName:
		l.more(formatIdent(r.Name))
		if r.AsOf != nil {
			l.more(" FOR SYSTEM_TIME AS OF " + sprint(func(p *exprPrinter) { p.expr(r.AsOf, 0, 0) }))
		}
		l.more(formatAlias(r.Alias, nil))
	case *TablePath:
		l.more(quoteString(r.Path.Value) + formatAlias(r.Alias, nil))
	case *TableQuery:
		l.more("(")
		l.query(r.Query, indent+1)
		l.closing(indent, ")", r.Query.Loc.End)
		l.more(formatAlias(r.Alias, r.Columns))
	case *TableFunc:
		l.more(formatTableFunc(r))
	case *Join:
		if right {
			l.more("(")
			l.add(indent+1, "", r.Left.Span().Start)
			l.join(r, indent+1)
			l.closing(indent, ")", r.Loc.End)
			return
		}
		l.join(r, indent)
	}
}

func formatAlias(alias Ident, columns []Ident) string {
	text := ""
	if alias.Name != "" {
		text = " AS " + formatIdent(alias)
	}
	if columns != nil {
		text += sprint(func(p *exprPrinter) { p.str(" ("); p.idents(columns); p.str(")") })
	}
	return text
}

// formatTableFunc writes a call; one whose arguments hold TABLE t is Flink's
// form and stands in TABLE(..).
func formatTableFunc(f *TableFunc) string {
	text := sprint(func(p *exprPrinter) {
		p.ident(f.Name)
		p.str("(")
		p.exprs(f.Args)
		p.str(")")
	})
	for _, a := range f.Args {
		if _, ok := a.(*TableArg); ok {
			text = "TABLE(" + text + ")"
			break
		}
	}
	if f.WithOrdinality {
		text += " WITH ORDINALITY"
	}
	return text + formatAlias(f.Alias, f.Columns)
}

func (l *layout) join(j *Join, indent int) {
	l.relation(j.Left, indent, false)
	head := j.Kind + " JOIN "
	if j.Kind == "INNER" {
		head = "JOIN "
	}
	l.add(indent, head, j.KindLoc.Start)
	at := len(l.lines) - 1
	l.relation(j.Right, indent, true)
	mods := joinMods(j)
	if len(l.lines) == at+1 {
		width := 4*indent + len(l.lines[at].text)
		for _, m := range mods {
			width += 1 + len(m.text)
		}
		if width <= lineWidth {
			for _, m := range mods {
				l.more(" " + m.text)
			}
			return
		}
	}
	for _, m := range mods {
		l.add(indent+1, m.text, m.at.Start)
	}
}

// joinMods returns the conditions of a join in their canonical order.
func joinMods(j *Join) []item {
	var mods []item
	if j.Within != nil {
		text := FormatDuration(j.Within)
		if j.WithinAfter != nil {
			text = "(" + text + ", " + FormatDuration(j.WithinAfter) + ")"
		}
		mods = append(mods, item{text: "WITHIN " + text, at: j.Within.Loc})
	}
	if j.Grace != nil {
		mods = append(mods, item{text: "GRACE PERIOD " + FormatDuration(j.Grace), at: j.Grace.Loc})
	}
	if j.Match != nil {
		mods = append(mods, item{text: "MATCH_CONDITION (" + FormatExpr(j.Match) + ")", at: j.Match.Span()})
	}
	if j.On != nil {
		mods = append(mods, item{text: "ON " + FormatExpr(j.On), at: j.On.Span()})
	}
	if j.Using != nil {
		text := sprint(func(p *exprPrinter) { p.str("USING ("); p.idents(j.Using); p.str(")") })
		mods = append(mods, item{text: text, at: j.Using[0].Loc})
	}
	return mods
}

// formatColumn writes one column of a declaration.
func formatColumn(c *ColumnDef) string {
	parts := []string{formatIdent(c.Name), FormatType(c.Type)}
	for _, a := range []struct {
		set  bool
		text string
	}{
		{c.PrimaryKey, "PRIMARY KEY"}, {c.Key, "KEY"}, {c.NotNull, "NOT NULL"}, {c.Headers, "HEADERS"},
	} {
		if a.set {
			parts = append(parts, a.text)
		}
	}
	if c.Header != nil {
		parts = append(parts, "HEADER("+quoteString(c.Header.Value)+")")
	}
	if c.Metadata != nil {
		parts = append(parts, "METADATA FROM "+quoteString(c.Metadata.Value))
	}
	return strings.Join(parts, " ")
}
