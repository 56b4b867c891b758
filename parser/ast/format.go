package ast

import (
	"strings"

	"github.com/velocsql/veloc/parser/source"
)

// Format returns the program in its canonical layout: keywords in upper case,
// one clause per line, one blank line between statements, all comments and
// annotations kept. Formatting the result again changes nothing.
func Format(f *File) string {
	c := newComments(f)
	w := writer{comments: c}
	end := 0 // the offset up to which the source is written
	for i, s := range f.Stmts {
		loc := s.Span()
		w.leading(c.take(end, loc.Start.Offset()), loc.Start.Offset(), i > 0 && !bothSet(f.Stmts[i-1], s))
		if f.Source == nil {
			w.annotations(s)
		}
		l := layout{comments: c}
		verbatim := ""
		if r, ok := s.(*Refused); ok && f.Source != nil {
			verbatim = f.Source.Slice(r.Loc)
			c.take(loc.Start.Offset(), loc.End.Offset())
		}
		l.statement(s, verbatim)
		var inner, trailing []comment
		semicolon := c.semicolon(loc.End.Offset())
		inner = c.take(loc.Start.Offset(), max(semicolon, loc.End.Offset()))
		end = max(semicolon+1, loc.End.Offset())
		trailing, end = c.takeTrailing(end)
		w.statement(l.lines, inner, trailing)
	}
	w.leading(c.take(end, len(c.text)+1), len(c.text), false)
	return w.b.String()
}

// bothSet reports whether two statements are SET, which stand close together.
func bothSet(a, b Stmt) bool {
	_, one := a.(*Set)
	_, two := b.(*Set)
	return one && two
}

// writer puts lines and comments together.
type writer struct {
	b        strings.Builder
	comments *comments
}

// leading writes the comments before the statement at offset next, or before the
// end of the text.
func (w *writer) leading(list []comment, next int, separate bool) {
	if len(list) == 0 {
		if separate {
			w.b.WriteByte('\n')
		}
		return
	}
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	for i, c := range list {
		w.b.WriteString(c.Text)
		w.b.WriteByte('\n')
		following := next
		if i+1 < len(list) {
			following = list[i+1].start()
		} else if next >= len(w.comments.text) {
			break
		}
		if strings.Count(w.comments.text[c.end():following], "\n") > 1 {
			w.b.WriteByte('\n')
		}
	}
}

func (w *writer) annotations(s Stmt) {
	for _, a := range s.(interface{ Base() *StmtBase }).Base().Annotations {
		w.b.WriteString("-- @" + a.Key + ": " + a.Value + "\n")
	}
}

// statement writes a statement's lines with the comments inside of it, the
// semicolon, and the comments behind that.
func (w *writer) statement(lines []line, inner, trailing []comment) {
	before := make([][]comment, len(lines)) // on lines of their own
	behind := make([][]comment, len(lines)) // at the end of the line
	var after []comment                     // on lines of their own, before the semicolon
	for _, c := range inner {
		if !c.ownLine {
			if i := lineWith(lines, c); len(behind[i]) == 0 || !behind[i][len(behind[i])-1].toLineEnd() {
				behind[i] = append(behind[i], c)
				continue
			}
		}
		if i := lineBehind(lines, c); i >= 0 {
			before[i] = append(before[i], c)
		} else if i := lineWith(lines, c); i > 0 {
			before[i] = append(before[i], c)
		} else {
			after = append(after, c)
		}
	}
	last := len(lines) - 1
	for i, l := range lines {
		if l.blank {
			w.b.WriteByte('\n')
		}
		for _, c := range before[i] {
			indent := l.indent
			if strings.HasPrefix(l.text, ")") {
				indent++
			}
			w.b.WriteString(indentation(indent) + c.Text + "\n")
		}
		w.b.WriteString(indentation(l.indent) + l.text)
		if i < last {
			w.behind(behind[i])
			w.b.WriteByte('\n')
		}
	}
	own := behind[last]
	blocked := len(own) > 0 && own[len(own)-1].toLineEnd() && len(trailing) > 0
	if len(after) > 0 || blocked {
		w.behind(own)
		w.b.WriteByte('\n')
		for _, c := range after {
			w.b.WriteString(c.Text + "\n")
		}
		w.b.WriteByte(';')
	} else {
		w.b.WriteByte(';')
		w.behind(own)
	}
	w.behind(trailing)
	w.b.WriteByte('\n')
}

func (w *writer) behind(list []comment) {
	for _, c := range list {
		w.b.WriteString(" " + c.Text)
	}
}

// lineWith returns the line that shows the text before the comment.
func lineWith(lines []line, c comment) int {
	best := 0
	for i, l := range lines {
		if l.pos != 0 && l.pos <= c.Loc.Start && l.pos >= lines[best].pos {
			best = i
		}
	}
	return best
}

// lineBehind returns the line that shows the text behind the comment, -1 when
// there is none.
func lineBehind(lines []line, c comment) int {
	best := -1
	for i, l := range lines {
		if l.pos > c.Loc.Start && (best < 0 || l.pos < lines[best].pos) {
			best = i
		}
	}
	return best
}

// comment is a comment and whether it begins its line.
type comment struct {
	Comment
	ownLine bool
}

func (c comment) start() int { return c.Loc.Start.Offset() }
func (c comment) end() int   { return c.Loc.End.Offset() }

// toLineEnd reports whether the comment reaches to the end of its line.
func (c comment) toLineEnd() bool { return strings.HasPrefix(c.Text, "--") }

// comments are those of a file that are not written yet, in order.
type comments struct {
	text string
	all  []comment // of the whole file
	next int       // index of the first that is not written
}

func newComments(f *File) *comments {
	c := &comments{}
	if f.Source == nil {
		return c
	}
	c.text = f.Source.Text
	for i, k := range f.Comments {
		start := k.Loc.Start.Offset()
		before := strings.TrimRight(c.text[:start], " \t\r\f\v\ufeff")
		own := before == "" || strings.HasSuffix(before, "\n")
		if i > 0 && len(before) == c.all[i-1].end() {
			own = c.all[i-1].ownLine
		}
		c.all = append(c.all, comment{k, own})
	}
	return c
}

// take returns the comments that begin in text[from:to) and are not taken yet.
func (c *comments) take(from, to int) []comment {
	start := c.next
	for c.next < len(c.all) && c.all[c.next].start() < to {
		c.next++
	}
	return c.all[start:c.next]
}

// skip moves over blanks and comments from offset off.
func (c *comments) skip(off int) int {
	for i := 0; ; {
		for off < len(c.text) && strings.IndexByte(" \t\r\n\f\v", c.text[off]) >= 0 {
			off++
		}
		for i < len(c.all) && c.all[i].start() < off {
			i++
		}
		if i >= len(c.all) || c.all[i].start() != off {
			return off
		}
		off = c.all[i].end()
	}
}

// semicolon returns the offset of the semicolon behind the statement that ends
// at off, -1 when it has none.
func (c *comments) semicolon(off int) int {
	if off < 0 {
		return -1 // a tree without source
	}
	if off = c.skip(off); off < len(c.text) && c.text[off] == ';' {
		return off
	}
	return -1
}

// takeTrailing returns the comments behind offset off on its line, and their end.
func (c *comments) takeTrailing(off int) ([]comment, int) {
	start := c.next
	for c.next < len(c.all) {
		k := &c.all[c.next]
		if k.start() < off || strings.Contains(c.text[off:k.start()], "\n") {
			break
		}
		off = k.end()
		c.next++
	}
	return c.all[start:c.next], off
}

// opening returns the place of the bracket that opens before start.
func (c *comments) opening(start source.Pos) source.Pos {
	if c == nil || start == 0 || c.text == "" {
		return start
	}
	off := start.Offset()
	for i := len(c.all) - 1; ; {
		off = len(strings.TrimRight(c.text[:off], " \t\r\n\f\v"))
		for i >= 0 && c.all[i].end() > off {
			i--
		}
		if i < 0 || c.all[i].end() != off {
			return source.At(off - 1)
		}
		off = c.all[i].start()
	}
}

// closing returns the place of the bracket that closes behind end.
func (c *comments) closing(end source.Pos) source.Pos {
	if c == nil || end == 0 || end.Offset() > len(c.text) {
		return 0
	}
	off := c.skip(end.Offset())
	for off < len(c.text) && c.text[off] == ',' {
		off = c.skip(off + 1)
	}
	return source.At(off)
}

// blankAfter reports whether an empty line follows the element of a list that
// ends at end, or the comments behind it on its line.
func (c *comments) blankAfter(end source.Pos) bool {
	if c == nil || end == 0 || c.text == "" {
		return false
	}
	off, lines := end.Offset(), 0
	for i := 0; off < len(c.text); {
		if b := c.text[off]; strings.IndexByte(" \t\r\n\f\v,)", b) >= 0 {
			if b == '\n' {
				lines++
			}
			off++
			continue
		}
		for i < len(c.all) && c.all[i].start() < off {
			i++
		}
		if i >= len(c.all) || c.all[i].start() != off || c.all[i].ownLine {
			break
		}
		off, lines = c.all[i].end(), 0
	}
	return lines > 1
}

// inside reports whether a comment stands between the elements of a list, or on
// a line of its own between the keyword at pos and the first.
func (c *comments) inside(pos source.Pos, items []item) bool {
	if c == nil || len(items) == 0 {
		return false
	}
	first, last := items[0].at.Start, items[len(items)-1].at.Start
	for _, k := range c.all {
		at := k.Loc.Start
		if at > first && at < last || pos != 0 && k.ownLine && at > pos && at < first {
			return true
		}
	}
	return false
}
