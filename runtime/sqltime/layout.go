package sqltime

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Layout is a compiled time pattern. It is used by any number of goroutines.
type Layout struct {
	pattern string
	items   []item
}

// item is a literal or a field of a pattern.
type item struct {
	field field
	// width of a number: digits of a fraction; 1 for a number written without
	// filling; what a name is filled up to with blanks.
	width int
	text  string // literal
	shape shape
	zulu  bool // an offset of zero is written Z
}

// shape is how a name is written.
type shape uint8

const (
	asIs shape = iota
	capitals
	small
)

// field is what an item stands for, named after the letters of strftime.
type field uint8

const (
	literal       field = iota
	year4               // %Y
	year2               // %y
	monthNumber         // %m
	monthShort          // %b
	monthLong           // %B
	dayOfMonth          // %d
	dayBlank            // %e
	dayOfYear           // %j
	dayShort            // %a
	dayLong             // %A
	hour24              // %H
	hour12              // %I
	amPM                // %p
	minute              // %M
	second              // %S
	fraction            // %f, %3f: digits without a point
	pointFraction       // %.f, %.3f: a point and digits, or nothing
	zoneName            // %Z
	zoneOffset          // %z
	zoneColon           // %:z
	epochSeconds        // %s
	zoneShort           // hours of the offset, and minutes if there are any
	zoneID              // the name of the zone
	hour1to24           // 24 instead of 0
	hour0to11           // 0 instead of 12
	weekdayISO          // %u: 1 is Monday
	weekdayZero         // %w: 0 is Sunday
	weekISO             // %V
	weekYearISO         // %G
	quarter             // of the year
)

var letters = map[byte]item{
	'Y': {field: year4, width: 4}, 'y': {field: year2, width: 2}, 'm': {field: monthNumber, width: 2}, 'b': {field: monthShort}, 'h': {field: monthShort}, 'B': {field: monthLong},
	'd': {field: dayOfMonth, width: 2}, 'e': {field: dayBlank, width: 2}, 'j': {field: dayOfYear, width: 3}, 'a': {field: dayShort}, 'A': {field: dayLong},
	'H': {field: hour24, width: 2}, 'I': {field: hour12, width: 2}, 'p': {field: amPM}, 'M': {field: minute, width: 2}, 'S': {field: second, width: 2},
	'P': {field: amPM, shape: small}, 'u': {field: weekdayISO, width: 1}, 'w': {field: weekdayZero, width: 1}, 'V': {field: weekISO, width: 2}, 'G': {field: weekYearISO, width: 4},
	'n': {text: "\n"}, 't': {text: "\t"},
	'f': {field: fraction, width: 6}, 'Z': {field: zoneName}, 'z': {field: zoneOffset}, 's': {field: epochSeconds}, '%': {text: "%"},
}

// composed letters stand for other patterns.
var composed = map[byte]string{'T': "%H:%M:%S", 'F': "%Y-%m-%d", 'D': "%m/%d/%y", 'R': "%H:%M"}

// Compile compiles a pattern in the manner of strftime: %Y %m %d %H %M %S and so
// on, %f for microseconds, %3f %6f %9f for a fraction of that many digits, the
// same with a point (%.f, %.3f ..) for one that brings its point, %z and %:z for
// the zone, %s for seconds since the epoch.
func Compile(pattern string) (*Layout, error) {
	l := &Layout{pattern: strings.Clone(pattern)}
	if err := l.add(l.pattern); err != nil {
		return nil, err
	}
	return l, nil
}

// MustCompile is Compile for patterns that were checked when compiling; it
// panics on a bad one.
func MustCompile(pattern string) *Layout {
	l, err := Compile(pattern)
	if err != nil {
		panic(err)
	}
	return l
}

// Pattern returns what the layout was compiled from.
func (l *Layout) Pattern() string { return l.pattern }

func (l *Layout) add(p string) error {
	for p != "" {
		i := strings.IndexByte(p, '%')
		if i < 0 {
			i = len(p)
		}
		l.literal(p[:i])
		if p = p[i:]; p == "" {
			return nil
		}
		n, err := l.addField(p[1:])
		if err != nil {
			return err
		}
		p = p[1+n:]
	}
	return nil
}

func (l *Layout) literal(text string) {
	if text != "" {
		l.items = append(l.items, item{text: text})
	}
}

// addField adds what follows a %, and returns how many bytes that is.
func (l *Layout) addField(p string) (int, error) {
	for _, f := range []struct {
		text string
		item item
	}{
		{".f", item{field: pointFraction}},
		{".3f", item{field: pointFraction, width: 3}},
		{".6f", item{field: pointFraction, width: 6}},
		{".9f", item{field: pointFraction, width: 9}},
		{"3f", item{field: fraction, width: 3}},
		{"6f", item{field: fraction, width: 6}},
		{"9f", item{field: fraction, width: 9}},
		{":z", item{field: zoneColon}},
	} {
		if strings.HasPrefix(p, f.text) {
			l.items = append(l.items, f.item)
			return len(f.text), nil
		}
	}
	if p == "" {
		return 0, fmt.Errorf("the pattern ends with %%")
	}
	if rest, ok := composed[p[0]]; ok {
		return 1, l.add(rest)
	}
	it, ok := letters[p[0]]
	if !ok {
		_, n := utf8.DecodeRuneInString(p)
		return 0, fmt.Errorf("%%%s is not known in time patterns", p[:n])
	}
	l.items = append(l.items, it)
	return 1, nil
}

// CompileAny compiles a pattern of strftime if it has a %, else one of Java's
// DateTimeFormatter such as `yyyy-MM-dd HH:mm:ss.SSS`.
func CompileAny(pattern string) (*Layout, error) {
	if strings.Contains(pattern, "%") {
		return Compile(pattern)
	}
	return compileJava(pattern)
}

// compileJava compiles a pattern of letters, where runs of one letter are a
// field and text stands in single quotes.
func compileJava(pattern string) (*Layout, error) {
	l := &Layout{pattern: strings.Clone(pattern)}
	for p := l.pattern; p != ""; {
		c := p[0]
		if c == '\'' {
			text, n, err := javaQuoted(p)
			if err != nil {
				return nil, err
			}
			l.literal(text)
			p = p[n:]
			continue
		}
		n := 1
		if strings.IndexByte("[]{}#", c) >= 0 {
			return nil, fmt.Errorf("%c is not known in time patterns: quote it", c)
		}
		if (c|0x20)-'a' >= 26 {
			for n < len(p) && strings.IndexByte("[]{}#", p[n]) < 0 && p[n] != '\'' && (p[n]|0x20)-'a' >= 26 {
				n++
			}
			l.literal(p[:n])
			p = p[n:]
			continue
		}
		for n < len(p) && p[n] == c {
			n++
		}
		it, ok := javaField(c, n)
		if !ok {
			return nil, fmt.Errorf("%s is not known in time patterns", p[:n])
		}
		l.items = append(l.items, it)
		p = p[n:]
	}
	return l, nil
}

// javaQuoted reads quoted text at the start of p; two quotes are one.
func javaQuoted(p string) (text string, n int, err error) {
	if strings.HasPrefix(p, "''") {
		return "'", 2, nil
	}
	var b strings.Builder
	for i := 1; i < len(p); i++ {
		if p[i] != '\'' {
			b.WriteByte(p[i])
			continue
		}
		if i+1 == len(p) || p[i+1] != '\'' {
			return b.String(), i + 1, nil
		}
		b.WriteByte('\'')
		i++
	}
	return "", 0, fmt.Errorf("a quote in the time pattern is not closed")
}

// javaField returns the field of a letter that stands n times.
func javaField(c byte, n int) (item, bool) {
	number := func(f field) (item, bool) { return item{field: f, width: n}, n <= 2 }
	switch c {
	case 'y', 'u':
		if n == 2 {
			return letters['y'], true
		}
		return letters['Y'], n <= 4
	case 'M', 'L':
		if n > 2 {
			return item{field: monthShort + field(n-3)}, n <= 4
		}
		return number(monthNumber)
	case 'd':
		return number(dayOfMonth)
	case 'D':
		return item{field: dayOfYear, width: n}, n <= 3
	case 'E':
		if n == 4 {
			return letters['A'], true
		}
		return letters['a'], n <= 3
	case 'H':
		return number(hour24)
	case 'k':
		return number(hour1to24)
	case 'h':
		return number(hour12)
	case 'K':
		return number(hour0to11)
	case 'm':
		return number(minute)
	case 's':
		return number(second)
	case 'S':
		return item{field: fraction, width: n}, n <= 9
	case 'a':
		return letters['p'], n == 1
	case 'Q', 'q':
		return item{field: quarter, width: n}, n <= 2
	case 'z':
		return letters['Z'], n <= 4
	case 'V':
		return item{field: zoneID}, n == 2
	case 'X', 'x', 'Z':
		return javaOffset(c, n)
	}
	return item{}, false
}

// javaOffset returns the field of X, x and Z, of which X and ZZZZZ write zero as
// Z.
func javaOffset(c byte, n int) (item, bool) {
	it := item{zulu: c == 'X'}
	switch {
	case c == 'Z' && n <= 3:
		it.field = zoneOffset
	case c == 'Z' && n == 5:
		it.field, it.zulu = zoneColon, true
	case c == 'Z':
		return item{}, false
	case n == 1:
		it.field = zoneShort
	case n == 2 || n == 4:
		it.field = zoneOffset
	case n == 3 || n == 5:
		it.field = zoneColon
	}
	return it, n <= 5
}
