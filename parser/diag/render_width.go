package diag

import (
	"strings"
	"unicode"
)

// tabStop is how far apart the stops of a tab are shown.
const tabStop = 4

// columns returns line as a terminal shows it from column at on: tabs become
// blanks, control characters a dot, so that text of a file cannot steer the
// terminal and carets stand below what they mark.
func columns(line []rune, at int) string {
	var b strings.Builder
	for _, r := range line {
		w := runeCells(r, at)
		switch {
		case r == '\t':
			b.WriteString(strings.Repeat(" ", w))
		case unicode.IsControl(r):
			b.WriteRune('·')
		default:
			b.WriteRune(r)
		}
		at += w
	}
	return b.String()
}

// printable is a message as a terminal may show it: control characters, which
// names of columns may hold, become dots. Lines and tabs are the message's own.
func printable(msg string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return '·'
		}
		return r
	}, msg)
}

// cells returns how many columns line takes from column at on.
func cells(line []rune, at int) int {
	start := at
	for _, r := range line {
		at += runeCells(r, at)
	}
	return at - start
}

// runeCells returns how many columns r takes in column at.
func runeCells(r rune, at int) int {
	switch {
	case r == '\t':
		return tabStop - at%tabStop
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

// wide holds the characters that terminals show in two columns: East Asian
// scripts, full-width forms and pictographs.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1},
		{Lo: 0x231a, Hi: 0x231b, Stride: 1},
		{Lo: 0x2e80, Hi: 0x303e, Stride: 1},
		{Lo: 0x3041, Hi: 0x4dbf, Stride: 1},
		{Lo: 0x4e00, Hi: 0xa4cf, Stride: 1},
		{Lo: 0xa960, Hi: 0xa97f, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1},
		{Lo: 0xf900, Hi: 0xfaff, Stride: 1},
		{Lo: 0xfe30, Hi: 0xfe6f, Stride: 1},
		{Lo: 0xff00, Hi: 0xff60, Stride: 1},
		{Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1},
		{Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1},
		{Lo: 0x1f900, Hi: 0x1f9ff, Stride: 1},
		{Lo: 0x20000, Hi: 0x3fffd, Stride: 1},
	},
}
