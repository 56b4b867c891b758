package sqlfn

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/velocsql/veloc/runtime/fault"
)

// InstrFrom is Instr with the character to begin at, counted from 1; a negative
// one counts from the end and searches towards the start.
func InstrFrom(s, part string, from int32) int32 { return instr(s, part, from, 1) }

// InstrNth is InstrFrom for the nth occurrence, and fails unless n is at least
// one.
func InstrNth(f *fault.Fault, s, part string, from, n int32) int32 {
	if n < 1 {
		f.Set("INSTR counts occurrences from 1")
		return 0
	}
	return instr(s, part, from, n)
}

func instr(s, part string, from, n int32) int32 {
	if from < 0 {
		at := offsetBack(s, -int(from))
		if Length(s) < -from {
			return 0
		}
		for ; at >= 0; at-- {
			if strings.HasPrefix(s[at:], part) && utf8.RuneStart(startByte(s, at)) {
				if n--; n == 0 {
					return Length(s[:at]) + 1
				}
			}
		}
		return 0
	}
	if from == 0 || from > Length(s) {
		return 0
	}
	at := offset(s, int(from)-1)
	for {
		i := strings.Index(s[at:], part)
		if i < 0 {
			return 0
		}
		at += i
		if n--; n == 0 {
			return Length(s[:at]) + 1
		}
		if at == len(s) {
			return 0
		}
		at += offset(s[at:], 1)
	}
}

// startByte is the byte at a place, or that of a character at the end.
func startByte(s string, at int) byte {
	if at < len(s) {
		return s[at]
	}
	return 0
}

// LocateFrom is InstrFrom with the texts the other way round.
func LocateFrom(part, s string, from int32) int32 { return instr(s, part, max(from, 0), 1) }

// Overlay replaces the characters from a position, counted from 1, by another
// text: as many as that has.
func Overlay(f *fault.Fault, s, by string, from int32) string {
	return OverlayFor(f, s, by, from, Length(by))
}

// OverlayFor is Overlay for n characters. It fails if the position is not at
// least 1 or n is negative.
func OverlayFor(f *fault.Fault, s, by string, from, n int32) string {
	if from < 1 || n < 0 {
		f.Set("OVERLAY counts from 1, and no length is negative")
		return ""
	}
	at := offset(s, int(from)-1)
	end := at + offset(s[at:], int(n))
	return s[:at] + by + s[end:]
}

// Space returns n blanks.
func Space(f *fault.Fault, n int32) string { return Repeat(f, " ", n) }

// TrimControls cuts blanks and control characters off both ends, as ksqlDB does.
func TrimControls(s string) string {
	for s != "" && s[0] <= ' ' {
		s = s[1:]
	}
	for s != "" && s[len(s)-1] <= ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// BitLength returns eight times the number of bytes.
func BitLength(s string) int32 { return 8 * int32(len(s)) }

// ChrOrNull is Chr of ksqlDB: NULL for a code without a character.
func ChrOrNull(code int32) (string, bool) {
	if code < 0 || !utf8.ValidRune(code) {
		return "", false
	}
	return string(code), true
}

// ChrOfText is ChrOrNull of a code written \uXXXX.
func ChrOfText(s string) (string, bool) {
	digits, ok := strings.CutPrefix(s, `\u`)
	if !ok || len(digits) == 0 || len(digits) > 6 {
		return "", false
	}
	code := int32(0)
	for i := range len(digits) {
		d := hexDigit(digits[i])
		if d < 0 {
			return "", false
		}
		code = code<<4 | int32(d)
	}
	return ChrOrNull(code)
}

// Levenshtein returns how many characters have to be put in, taken out or
// replaced to get from one text to the other.
func Levenshtein(a, b string) int32 {
	var room [128]int32
	row := room[:]
	if n := utf8.RuneCountInString(b) + 1; n <= len(room) {
		row = row[:n]
	} else {
		row = make([]int32, n)
	}
	for i := range row {
		row[i] = int32(i)
	}
	i := int32(0)
	for _, x := range a {
		i++
		corner := row[0]
		row[0] = i
		j := 0
		for _, y := range b {
			j++
			cost := corner
			if x != y {
				cost = min(corner, row[j], row[j-1]) + 1
			}
			corner, row[j] = row[j], cost
		}
	}
	return row[len(row)-1]
}

// soundexCodes are the digits of the letters a to z; 0 is a vowel, 9 a letter
// that does not separate equal digits.
const soundexCodes = "01230129022455012623019202"

// Soundex returns the first letter and three digits for how a word sounds.
func Soundex(s string) string {
	out := [4]byte{'0', '0', '0', '0'}
	n, last := 0, byte('0')
	for i := 0; i < len(s) && n < len(out); i++ {
		c := s[i] | 0x20
		if c < 'a' || c > 'z' {
			continue
		}
		code := soundexCodes[c-'a']
		switch {
		case n == 0:
			out[0] = c &^ 0x20
			n = 1
		case code == '9':
			continue
		case code != '0' && code != last:
			out[n] = code
			n++
		}
		last = code
	}
	if n == 0 {
		return ""
	}
	return string(out[:])
}

// Format replaces %s in the first text by the others, one after the other; %2$s
// is the second of them, %-10s and %10s fill up to a width, %I quotes a name if
// it has to be, %% is a percent sign. It fails for what else follows a %.
func Format(f *fault.Fault, format string, args ...string) string {
	if !strings.Contains(format, "%") {
		return format
	}
	var b strings.Builder
	next := 0
	for {
		before, rest, found := strings.Cut(format, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		d := directive{at: -1}
		n := d.parse(rest)
		format = rest[n:]
		switch {
		case n == 0:
			f.Set("FORMAT knows %s, %I and %%")
			return ""
		case d.verb == '%':
			b.WriteByte('%')
			continue
		case d.at >= 0:
			next = d.at
		}
		if next >= len(args) || d.width > mostText {
			f.Set("FORMAT has more places than values")
			return ""
		}
		d.write(&b, args[next])
		next++
	}
}

// directive is what stands behind a % in FORMAT.
type directive struct {
	at    int // index of the value; -1: the next
	left  bool
	width int
	verb  byte
}

// parse returns how many bytes the directive has; 0 if it is none.
func (d *directive) parse(s string) int {
	i := 0
	number := func() int {
		v := 0
		for i < len(s) && s[i]-'0' <= 9 && v < mostText {
			v = v*10 + int(s[i]-'0')
			i++
		}
		return v
	}
	if v := number(); v > 0 && i < len(s) && s[i] == '$' {
		d.at = v - 1
		i++
	} else {
		i = 0
	}
	if i < len(s) && s[i] == '-' {
		d.left = true
		i++
	}
	d.width = number()
	if i == len(s) || s[i] != 's' && s[i] != 'I' && s[i] != '%' {
		return 0
	}
	d.verb = s[i]
	return i + 1
}

func (d *directive) write(b *strings.Builder, s string) {
	quoted := d.verb == 'I' && !isPlainName(s)
	pad := d.width - int(Length(s))
	if !d.left {
		for ; pad > 0; pad-- {
			b.WriteByte(' ')
		}
	}
	if quoted {
		b.WriteByte('"')
		s = strings.ReplaceAll(s, `"`, `""`)
	}
	b.WriteString(s)
	if quoted {
		b.WriteByte('"')
	}
	for ; pad > 0; pad-- {
		b.WriteByte(' ')
	}
}

func isPlainName(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLower(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}
