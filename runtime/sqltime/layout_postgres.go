package sqltime

import (
	"fmt"
	"strings"
)

// postgresFields are the fields of patterns of PostgreSQL's to_char, longer ones
// before those that they begin with.
var postgresFields = []struct {
	text string
	item item
}{
	{"YYYY", item{field: year4, width: 4}},
	{"YY", item{field: year2, width: 2}},
	{"IYYY", item{field: weekYearISO, width: 4}},
	{"MONTH", item{field: monthLong, width: 9}},
	{"MON", item{field: monthShort}},
	{"MM", item{field: monthNumber, width: 2}},
	{"MI", item{field: minute, width: 2}},
	{"MS", item{field: fraction, width: 3}},
	{"DDD", item{field: dayOfYear, width: 3}},
	{"DD", item{field: dayOfMonth, width: 2}},
	{"DAY", item{field: dayLong, width: 9}},
	{"DY", item{field: dayShort}},
	{"ID", item{field: weekdayISO, width: 1}},
	{"IW", item{field: weekISO, width: 2}},
	{"HH24", item{field: hour24, width: 2}},
	{"HH12", item{field: hour12, width: 2}},
	{"HH", item{field: hour12, width: 2}},
	{"SS", item{field: second, width: 2}},
	{"US", item{field: fraction, width: 6}},
	{"FF3", item{field: fraction, width: 3}},
	{"FF6", item{field: fraction, width: 6}},
	{"AM", item{field: amPM}},
	{"PM", item{field: amPM}},
	{"Q", item{field: quarter, width: 1}},
	{"TZ", item{field: zoneName}},
	{"OF", item{field: zoneShort}},
}

// CompilePostgres compiles a pattern in the manner of PostgreSQL's to_char:
// YYYY-MM-DD HH24:MI:SS and so on, in either case; a name is written as its field
// is: MONTH, Month or month. FM before a field leaves out filling, and text in
// double quotes stands for itself.
func CompilePostgres(pattern string) (*Layout, error) {
	l := &Layout{pattern: strings.Clone(pattern)}
	for p := l.pattern; p != ""; {
		if p[0] == '"' {
			end := strings.IndexByte(p[1:], '"')
			if end < 0 {
				return nil, fmt.Errorf("a quote in the time pattern is not closed")
			}
			l.literal(p[1 : 1+end])
			p = p[end+2:]
			continue
		}
		fill := true
		if len(p) > 2 && hasFold(p, "FM") {
			fill, p = false, p[2:]
		}
		n, err := l.addPostgres(p, fill)
		if err != nil {
			return nil, err
		}
		p = p[n:]
	}
	return l, nil
}

// addPostgres adds what p begins with and returns how many bytes that is.
func (l *Layout) addPostgres(p string, fill bool) (int, error) {
	for _, f := range postgresFields {
		if !hasFold(p, f.text) {
			continue
		}
		it := f.item
		switch it.field {
		case monthLong, monthShort, dayLong, dayShort, amPM:
			it.shape = shapeOf(p[:2])
			if !fill {
				it.width = 0
			}
		case fraction:
		default:
			if !fill {
				it.width = min(it.width, 1)
			}
		}
		l.items = append(l.items, it)
		return len(f.text), nil
	}
	if (p[0]|0x20)-'a' < 26 {
		n := 1
		for n < len(p) && p[n] == p[0] {
			n++
		}
		return 0, fmt.Errorf("%s is not known in time patterns", p[:n])
	}
	l.literal(p[:1])
	return 1, nil
}

// shapeOf tells how the first two letters of a field are written.
func shapeOf(two string) shape {
	switch {
	case two[0]&0x20 != 0:
		return small
	case two[1]&0x20 == 0:
		return capitals
	}
	return asIs
}

// CompileWritten compiles a pattern of which nobody says whose it is: of strftime
// if it has a %, of PostgreSQL if it has a YYYY, HH24 or MI, else of Java.
func CompileWritten(pattern string) (*Layout, error) {
	for _, mark := range [...]string{"YYYY", "HH24", "HH12", "MI"} {
		if strings.Contains(pattern, mark) && !strings.Contains(pattern, "%") {
			return CompilePostgres(pattern)
		}
	}
	return CompileAny(pattern)
}

// CompileToChar compiles a pattern of TO_CHAR: of strftime if it has a %, else of
// PostgreSQL.
func CompileToChar(pattern string) (*Layout, error) {
	if strings.Contains(pattern, "%") {
		return Compile(pattern)
	}
	return CompilePostgres(pattern)
}
