package diag

import "strings"

// Explain returns what `veloc explain` prints for a code: title, text and an
// example, wrapped to 80 columns.
func Explain(c Code) (string, bool) {
	info, ok := Lookup(Code(strings.ToUpper(string(c))))
	if !ok {
		return "", false
	}
	var b strings.Builder
	b.WriteString(string(info.Code) + ": " + info.Title + "\n")
	if info.Severity == Warning {
		b.WriteString("(a warning)\n")
	}
	if info.Text != "" {
		b.WriteString("\n" + wrap(info.Text, 80) + "\n")
	}
	for _, ex := range []struct{ title, sql string }{{"Wrong", info.Bad}, {"Right", info.Good}} {
		if ex.sql == "" {
			continue
		}
		b.WriteString("\n" + ex.title + ":\n\n")
		for line := range strings.SplitSeq(strings.TrimRight(ex.sql, "\n"), "\n") {
			b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
		}
	}
	return b.String(), true
}

// wrap breaks text at blanks so that lines have at most width characters.
// Line breaks in text stay.
func wrap(text string, width int) string {
	var out []string
	for par := range strings.SplitSeq(text, "\n") {
		line, n := "", 0
		for word := range strings.FieldsSeq(par) {
			w := len([]rune(word))
			if n > 0 && n+1+w > width {
				out = append(out, line)
				line, n = "", 0
			}
			if n > 0 {
				line, n = line+" ", n+1
			}
			line, n = line+word, n+w
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
