package ast

import (
	"strings"
)

// statement writes the lines of a statement, without its semicolon.
func (l *layout) statement(s Stmt, verbatim string) {
	pos := s.Span().Start
	switch s := s.(type) {
	case *Create:
		l.create(s)
	case *CreateView:
		l.add(0, createHead(s.OrReplace, "VIEW", s.IfNotExists, s.Name)+" AS", pos)
		l.query(s.Query, 0)
	case *CreateSink:
		l.add(0, createHead(s.OrReplace, "SINK", s.IfNotExists, s.Name), pos)
		l.columns(s.Cols, nil)
		l.with(s.With, len(s.Cols) == 0)
	case *CreateType:
		l.add(0, createHead(false, "TYPE", s.IfNotExists, s.Name)+" AS "+FormatType(s.Type), pos)
	case *CreateFunction:
		l.function(s)
	case *Insert:
		text := "INSERT INTO " + formatIdent(s.Target)
		if s.Cols != nil {
			text += sprint(func(p *exprPrinter) { p.str(" ("); p.idents(s.Cols); p.str(")") })
		}
		l.add(0, text, pos)
		l.query(s.Query, 0)
	case *Set:
		l.add(0, "SET "+quoteString(s.Key.Value)+" = "+quoteString(s.Value.Value), pos)
	case *Select:
		l.query(s.Query, 0)
	case *Explain:
		l.add(0, "EXPLAIN", pos)
		l.query(s.Query, 0)
	case *Describe:
		l.add(0, "DESCRIBE "+formatIdent(s.Name), pos)
	case *Show:
		l.add(0, "SHOW "+s.What, pos)
	case *Refused:
		l.add(0, verbatim, pos)
	}
}

func createHead(replace bool, what string, ifNotExists bool, name Ident) string {
	text := "CREATE "
	if replace {
		text += "OR REPLACE "
	}
	text += what + " "
	if ifNotExists {
		text += "IF NOT EXISTS "
	}
	return text + formatIdent(name)
}

func (l *layout) create(s *Create) {
	kind := s.Kind.String()
	if s.SourceOnly {
		kind = "SOURCE " + kind
	}
	l.add(0, createHead(s.OrReplace, kind, s.IfNotExists, s.Name), s.Loc.Start)
	l.columns(s.Cols, s.PrimaryKey)
	switch {
	case s.FromFile != nil:
		l.more(" FROM " + quoteString(s.FromFile.Value))
	case s.FromGo != nil:
		l.more(" FROM GO " + quoteString(s.FromGo.Value))
	}
	before, after := s.With, []Option(nil)
	if s.Query != nil {
		for i, o := range s.With {
			if o.Loc.Start > s.Query.Loc.Start {
				before, after = s.With[:i], s.With[i:]
				break
			}
		}
	}
	l.with(before, len(s.Cols) == 0)
	if s.Query == nil {
		return
	}
	l.more(" AS")
	l.query(s.Query, 0)
	if len(after) > 0 {
		l.options("WITH (", after, 0)
	}
}

// columns writes a column list behind the head of a declaration.
func (l *layout) columns(cols []ColumnDef, key []Ident) {
	if len(cols) == 0 && key == nil {
		return
	}
	l.more(" (")
	var items []item
	for i := range cols {
		items = append(items, item{text: formatColumn(&cols[i]), at: cols[i].Loc})
	}
	end := items
	if key != nil {
		text := sprint(func(p *exprPrinter) { p.str("PRIMARY KEY ("); p.idents(key); p.str(")") })
		items = append(items, item{text: text, at: key[0].Loc.To(key[len(key)-1].Loc)})
		l.broken(items, 1)
		l.closing(0, ")", l.comments.closing(key[len(key)-1].Loc.End)+1)
		return
	}
	l.broken(end, 1)
	l.closing(0, ")", cols[len(cols)-1].Loc.End)
}

// with writes the options behind the head of a declaration: on its line if they
// fit, one per line otherwise.
func (l *layout) with(opts []Option, alone bool) {
	if len(opts) == 0 {
		return
	}
	items := optionItems(opts)
	pos := l.comments.opening(items[0].at.Start)
	text := inlineList(" WITH (", items, ")")
	if last := l.lines[len(l.lines)-1]; len(last.text)+len(text) <= lineWidth && !l.comments.inside(pos, items) {
		l.more(text)
		return
	}
	if alone {
		l.add(0, "WITH (", pos)
	} else {
		l.more(" WITH (")
	}
	l.broken(items, 1)
	l.closing(0, ")", opts[len(opts)-1].Loc.End)
}

func (l *layout) function(s *CreateFunction) {
	text := createHead(s.OrReplace, "FUNCTION", false, s.Name) + "("
	for i, p := range s.Params {
		if i > 0 {
			text += ", "
		}
		text += formatIdent(p.Name) + " " + FormatType(p.Type)
	}
	text += ") RETURNS " + FormatType(s.Returns)
	switch body := s.Body.(type) {
	case nil:
		if s.GoSymbol != nil {
			text += " LANGUAGE GO AS " + quoteString(s.GoSymbol.Value)
		}
	case *StringLit:
		// A string alone would be read as the text of the body.
		text += " AS " + quoteString(quoteString(body.Value))
	default:
		text += " AS " + strings.TrimSpace(FormatExpr(body))
	}
	l.add(0, text, s.Loc.Start)
}
