// Package diag describes what is wrong with a program: diagnostics with a
// code, a place, a hint, and the table of all codes.
//
// Stages of the compiler return a List and never a bare error for a mistake of
// the user.
package diag

import (
	"cmp"
	"slices"
	"sort"

	"github.com/velocsql/veloc/parser/source"
)

// Code names a kind of diagnostic, for example "VL2003". Codes are never reused.
// The constants and their table entries are in the codes_*.go files.
type Code string

// Severity says whether a diagnostic stops the compiler.
type Severity uint8

// The severities.
const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Label marks a second place that explains the first.
type Label struct {
	Span source.Span
	Msg  string
}

// Edit is a change of text that mends the mistake.
type Edit struct {
	Span source.Span
	Text string
}

// Diagnostic is one message to the user.
type Diagnostic struct {
	Code     Code
	Severity Severity
	File     *source.File // nil for a message about no file
	Span     source.Span  // the exact place
	Msg      string       // one sentence, lower case, no final period
	Inline   string       // shown after the caret, for example `did you mean "amount"?`
	Labels   []Label
	Hint     string // one action the user can take
	Fix      *Edit
}

// List collects diagnostics of one run.
type List struct {
	File  *source.File
	items []Diagnostic
}

// Add appends d, filling in the file.
func (l *List) Add(d Diagnostic) {
	if d.File == nil {
		d.File = l.File
	}
	l.items = append(l.items, d)
}

// Errorf-style constructors live beside the stage that reports; these two are the
// short forms for a message with a hint.

// Err adds an error.
func (l *List) Err(code Code, span source.Span, msg, hint string) {
	l.Add(Diagnostic{Code: code, Span: span, Msg: msg, Hint: hint})
}

// Warn adds a warning.
func (l *List) Warn(code Code, span source.Span, msg, hint string) {
	l.Add(Diagnostic{Code: code, Severity: Warning, Span: span, Msg: msg, Hint: hint})
}

// Append adds all of m.
func (l *List) Append(m List) {
	for _, d := range m.items {
		l.Add(d)
	}
}

// HasErrors reports whether any diagnostic is an error.
func (l *List) HasErrors() bool {
	for _, d := range l.items {
		if d.Severity == Error {
			return true
		}
	}
	return false
}

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.items) }

// All returns the diagnostics sorted by position, without repetitions.
func (l *List) All() []Diagnostic {
	out := append([]Diagnostic(nil), l.items...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Span.Start < out[j].Span.Start })
	n := 0
	for i, d := range out {
		if i > 0 && n > 0 && out[n-1].Code == d.Code && out[n-1].Span == d.Span && out[n-1].Msg == d.Msg {
			continue
		}
		out[n] = d
		n++
	}
	return out[:n]
}

// Info is the entry of a code in the table: what `veloc explain VLnnnn` prints.
type Info struct {
	Code     Code
	Title    string // a few words
	Text     string // what it means and what to do, a few sentences
	Bad      string // SQL that shows it
	Good     string // the same, mended
	Severity Severity
}

// Lookup returns the table entry of a code.
func Lookup(c Code) (Info, bool) {
	for _, i := range Codes() {
		if i.Code == c {
			return i, true
		}
	}
	return Info{}, false
}

// Codes returns the whole table in order of code.
func Codes() []Info {
	var all []Info
	for _, t := range [][]Info{syntaxCodes, nameCodes, nestedCodes, streamCodes, formCodes, dialectCodes, functionCodes, planCodes, tableCodes, lintCodes, optionCodes, timeCodes, messageCodes, buildCodes, internalCodes} {
		all = append(all, t...)
	}
	slices.SortFunc(all, func(a, b Info) int { return cmp.Compare(a.Code, b.Code) })
	return all
}
