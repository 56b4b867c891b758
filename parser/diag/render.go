package diag

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/parser/source"
)

// Limit is how many diagnostics Text shows unless told otherwise.
const Limit = 20

// TextStyle says how Text renders.
type TextStyle struct {
	Color bool
	Limit int // most diagnostics shown; 0: Limit, negative: all
}

// Text renders diagnostics for people: the place, the line of source with a
// caret, further places, a hint. The first line of each begins with
// file:line:col, so that editors jump there.
//
//	orders.sql:3:7: error[VL2003]: unknown column "amout"
//	   3 | WHERE amout > 10
//	     |       ^^^^^ did you mean "amount"?
//	hint: columns of orders: user_id, amount
func Text(w io.Writer, list []Diagnostic, style TextStyle) error {
	limit := style.Limit
	if limit == 0 {
		limit = Limit
	}
	t := text{paint: painter(style.Color)}
	for i := range list {
		if limit > 0 && i == limit {
			fmt.Fprintf(&t.out, "%d more\n", len(list)-limit)
			break
		}
		if i > 0 {
			t.out.WriteByte('\n')
		}
		t.diagnostic(&list[i])
	}
	_, err := io.WriteString(w, t.out.String())
	return err
}

// The colours of terminals.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[36m"
	blue   = "\x1b[34m"
	reset  = "\x1b[0m"
)

type painter bool

func (p painter) in(colour, s string) string {
	if !p || s == "" {
		return s
	}
	return colour + s + reset
}

// text collects the rendering of several diagnostics.
type text struct {
	out   strings.Builder
	paint painter
	width int // of the gutter's numbers
}

func (t *text) diagnostic(d *Diagnostic) {
	colour := red
	if d.Severity == Warning {
		colour = yellow
	}
	if d.File != nil {
		t.out.WriteString(t.paint.in(bold, d.File.Loc(d.Span.Start)+":") + " ")
	}
	head := d.Severity.String()
	if d.Code != "" {
		head += "[" + string(d.Code) + "]"
	}
	t.out.WriteString(t.paint.in(colour, head+":") + " " + printable(d.Msg) + "\n")
	if d.File != nil && !d.Span.IsZero() {
		t.excerpts(d, colour)
	}
	if d.Hint != "" {
		t.out.WriteString(t.paint.in(cyan, "hint:") + " " + printable(d.Hint) + "\n")
	}
}

// excerpts shows the line of the diagnostic and those of its labels.
func (t *text) excerpts(d *Diagnostic, colour string) {
	last, _ := d.File.Position(d.Span.Start)
	for _, l := range d.Labels {
		n, _ := d.File.Position(l.Span.Start)
		last = max(last, n)
	}
	t.width = max(4, len(strconv.Itoa(last)))
	shown := t.excerpt(d.File, d.Span, 0, '^', colour, d.Inline)
	for _, l := range d.Labels {
		if !l.Span.IsZero() {
			shown = t.excerpt(d.File, l.Span, shown, '-', blue, l.Msg)
		}
	}
}

// excerpt shows the first line of span, unless the line above is that line
// already, and marks the span below it. It returns the number of the line.
func (t *text) excerpt(f *source.File, span source.Span, above int, mark rune, colour, note string) int {
	n, col := f.Position(span.Start)
	line := []rune(f.Line(n))
	to := len(line)
	if m, end := f.Position(span.End); m == n && span.End > span.Start {
		to = end - 1
	}
	from := min(col-1, len(line))
	to = min(max(to, from), len(line))
	line, from, to = clip(line, from, to)
	if n != above {
		t.out.WriteString(t.paint.in(blue, fmt.Sprintf("%*d |", t.width, n)))
		if s := strings.TrimRight(columns(line, 0), " "); s != "" {
			t.out.WriteString(" " + s)
		}
		t.out.WriteByte('\n')
	}
	before := cells(line[:from], 0)
	under := max(1, cells(line[from:to], before))
	marks := strings.Repeat(string(mark), under)
	if note != "" {
		marks += " " + printable(note)
	}
	t.out.WriteString(t.paint.in(blue, strings.Repeat(" ", t.width)+" |") + " " + strings.Repeat(" ", before) + t.paint.in(colour, marks) + "\n")
	return n
}

// longest is how many characters of a line are shown.
const longest = 160

// clip cuts a very long line down to the part around [from, to).
func clip(line []rune, from, to int) ([]rune, int, int) {
	if len(line) <= longest {
		return line, from, to
	}
	start := max(0, min(from-longest/3, len(line)-longest))
	end := min(len(line), start+longest)
	cut := append([]rune(nil), line[start:end]...)
	if start > 0 {
		cut[0] = '…'
	}
	if end < len(line) {
		cut[len(cut)-1] = '…'
	}
	return cut, from - start, min(to, end) - start
}
