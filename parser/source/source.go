// Package source holds SQL text and the positions in it.
//
// A position is a 4-byte offset; line and column are computed only when they
// are printed, so that syntax nodes stay small.
package source

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Pos is a byte offset in a File plus one; zero means "no position".
type Pos uint32

// At returns the position of byte offset off (0-based).
func At(off int) Pos { return Pos(off + 1) }

// Offset returns the 0-based byte offset of p, and -1 for no position.
func (p Pos) Offset() int { return int(p) - 1 }

// Span is a half-open range of text: [Start, End).
type Span struct{ Start, End Pos }

// IsZero reports whether the span names no text.
func (s Span) IsZero() bool { return s.Start == 0 }

// To returns the span from the start of s to the end of t.
func (s Span) To(t Span) Span {
	if s.IsZero() {
		return t
	}
	if t.IsZero() {
		return s
	}
	return Span{s.Start, t.End}
}

// File is one SQL text with its name as the user wrote it.
type File struct {
	Name string
	Text string

	lines []int // byte offset of each line's start
}

// NewFile returns a File for text.
func NewFile(name, text string) *File {
	f := &File{Name: name, Text: text, lines: []int{0}}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// Position returns the 1-based line and the 1-based column (in characters) of p.
func (f *File) Position(p Pos) (line, col int) {
	off := min(max(p.Offset(), 0), len(f.Text))
	i := sort.SearchInts(f.lines, off+1) - 1
	return i + 1, utf8.RuneCountInString(f.Text[f.lines[i]:off]) + 1
}

// Line returns the text of the 1-based line n without its line break.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	s := f.Text[f.lines[n-1]:end]
	if len(s) > 0 && s[len(s)-1] == '\r' {
		s = s[:len(s)-1]
	}
	return s
}

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines) }

// Slice returns the text of a span.
func (f *File) Slice(s Span) string {
	if s.IsZero() {
		return ""
	}
	return f.Text[s.Start.Offset():s.End.Offset()]
}

// Loc formats p as "file:line:col".
func (f *File) Loc(p Pos) string {
	l, c := f.Position(p)
	return fmt.Sprintf("%s:%d:%d", f.Name, l, c)
}
