package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/velocsql/veloc/parser/source"
)

// place is a span as machines read it; lines and columns count from 1, columns
// in characters, the end is exclusive.
type place struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty"`
}

func placeOf(f *source.File, s source.Span) place {
	if f == nil {
		return place{}
	}
	p := place{File: f.Name}
	if s.IsZero() {
		return p
	}
	p.Line, p.Column = f.Position(s.Start)
	p.EndLine, p.EndColumn = f.Position(max(s.End, s.Start))
	return p
}

type jsonDiagnostic struct {
	Code     Code   `json:"code"`
	Severity string `json:"severity"`
	place
	Message string      `json:"message"`
	Inline  string      `json:"inline,omitempty"`
	Hint    string      `json:"hint,omitempty"`
	Labels  []jsonLabel `json:"labels,omitempty"`
	Fix     *jsonFix    `json:"fix,omitempty"`
}

type jsonLabel struct {
	place
	Message string `json:"message"`
}

type jsonFix struct {
	place
	Text string `json:"text"`
}

// JSON renders diagnostics as one JSON array.
func JSON(w io.Writer, list []Diagnostic) error {
	out := make([]jsonDiagnostic, 0, len(list))
	for _, d := range list {
		j := jsonDiagnostic{
			Code: d.Code, Severity: d.Severity.String(), place: placeOf(d.File, d.Span),
			Message: d.Msg, Inline: d.Inline, Hint: d.Hint,
		}
		for _, l := range d.Labels {
			j.Labels = append(j.Labels, jsonLabel{placeOf(d.File, l.Span), l.Msg})
		}
		if d.Fix != nil {
			j.Fix = &jsonFix{placeOf(d.File, d.Fix.Span), d.Fix.Text}
		}
		out = append(out, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// GitHub renders diagnostics as workflow commands, which GitHub shows at the
// line of a pull request that they are about.
func GitHub(w io.Writer, list []Diagnostic) error {
	var b strings.Builder
	for _, d := range list {
		p := placeOf(d.File, d.Span)
		var props []string
		prop := func(key string, value any) {
			props = append(props, key+"="+escapeProperty(fmt.Sprint(value)))
		}
		if p.File != "" {
			prop("file", p.File)
		}
		if p.Line > 0 {
			prop("line", p.Line)
			prop("col", p.Column)
			prop("endLine", p.EndLine)
			prop("endColumn", p.EndColumn)
		}
		if d.Code != "" {
			prop("title", d.Code)
		}
		msg := d.Msg
		for _, more := range []string{d.Inline, d.Hint} {
			if more != "" {
				msg += "\n" + more
			}
		}
		b.WriteString("::" + d.Severity.String())
		if len(props) > 0 {
			b.WriteString(" " + strings.Join(props, ","))
		}
		b.WriteString("::" + escapeData(msg) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
