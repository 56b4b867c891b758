package sqltime

import "errors"

// Failures of Parse. They are values, so that a bad record costs no memory.
var (
	errText    = errors.New("the text does not fit the time pattern")
	errRest    = errors.New("there is text after what the time pattern describes")
	errRange   = errors.New("a part of the time is out of range")
	errHalfDay = errors.New("an hour of 1 to 12 needs AM or PM")
	errZone    = errors.New("the time zone is not UTC and no offset")
	errField   = errors.New("weeks and quarters of the time pattern can be written and not read")
	errWeekday = errors.New("the day of the week does not fit the date")
)

// parsed are the fields that a text has given; -1 is none.
type parsed struct {
	year, month, day, yearDay, weekday int
	hour, hour12, minute, second       int
	pm                                 int // 0: AM, 1: PM
	micros, offset, epoch              int64
	hasEpoch, hasOffset                bool
	zone                               string
}

// Reading is what a text has told.
type Reading struct {
	Local  int64  // the timestamp as written
	Offset int64  // how much that is ahead of UTC
	Fixed  bool   // the text has told the offset
	Zone   string // name of a zone in the text, a part of it, if the offset is not told
}

// Parse reads a timestamp. What the pattern lacks is that of 1970-01-01
// 00:00:00 UTC. Numbers may have fewer digits than the pattern writes; a
// fraction may have up to nine, cut to microseconds; names are in any case.
func (l *Layout) Parse(s string) (ts int64, err error) {
	r, err := l.Read(s)
	if err == nil && r.Zone != "" {
		err = errZone
	}
	if err != nil {
		return 0, err
	}
	return r.Local - r.Offset, nil
}

// Read is Parse for texts that may be in another zone than UTC.
func (l *Layout) Read(s string) (Reading, error) {
	p := parsed{year: 1970, month: 1, day: 1, yearDay: -1, weekday: -1, hour: -1, hour12: -1, pm: -1}
	for i := range l.items {
		n, err := p.field(&l.items[i], s)
		if err != nil {
			return Reading{}, err
		}
		s = s[n:]
	}
	if s != "" {
		return Reading{}, errRest
	}
	ts, err := p.timestamp()
	return Reading{Local: ts, Offset: p.offset, Fixed: p.hasOffset || p.hasEpoch, Zone: p.zone}, err
}

// field reads one item at the start of s and returns how many bytes it has.
func (p *parsed) field(it *item, s string) (n int, err error) {
	switch it.field {
	case literal:
		if len(s) < len(it.text) || s[:len(it.text)] != it.text {
			return 0, errText
		}
		return len(it.text), nil
	case year4:
		p.year, n = signedYear(s)
	case year2:
		if p.year, n = digits(s, 2); p.year < 69 {
			p.year += 2000
		} else {
			p.year += 1900
		}
	case monthNumber:
		p.month, n = digits(s, 2)
	case monthShort, monthLong:
		p.month, n = name(s, monthNames[:])
		p.month++
	case dayOfMonth:
		p.day, n = digits(s, 2)
	case dayBlank:
		blank := 0
		if s != "" && s[0] == ' ' {
			blank = 1
		}
		if p.day, n = digits(s[blank:], 2-blank); n > 0 {
			n += blank
		}
	case dayOfYear:
		p.yearDay, n = digits(s, 3)
	case dayShort, dayLong:
		p.weekday, n = name(s, dayNames[:])
	case hour24:
		p.hour, n = digits(s, 2)
	case hour12:
		p.hour12, n = digits(s, 2)
	case amPM:
		p.pm, n = name(s, []string{"AM", "PM"})
	case minute:
		p.minute, n = digits(s, 2)
	case second:
		p.second, n = digits(s, 2)
	default:
		return p.rareField(it, s)
	}
	if n == 0 {
		return 0, errText
	}
	return n, nil
}

func (p *parsed) rareField(it *item, s string) (n int, err error) {
	switch it.field {
	case fraction:
		if it.width != 6 && len(s) > it.width {
			s = s[:it.width] // %3f is followed by other digits
		}
		p.micros, n = scanFraction(s)
	case pointFraction:
		if s == "" || s[0] != '.' {
			return 0, nil
		}
		if p.micros, n = scanFraction(s[1:]); n > 0 {
			n++
		}
	case hour1to24:
		if p.hour, n = digits(s, 2); p.hour == 24 {
			p.hour = 0
		}
	case hour0to11:
		if p.hour12, n = digits(s, 2); p.hour12 == 0 {
			p.hour12 = 12
		}
	case zoneName, zoneID:
		return p.zoneName(s)
	case zoneOffset, zoneColon, zoneShort:
		var ok bool
		if p.offset, n, ok = scanZone(s); !ok {
			return 0, errText
		}
		p.hasOffset = true
	case weekdayISO, weekdayZero:
		if p.weekday, n = digits(s, 1); p.weekday > 7 || p.weekday == 7 && it.field == weekdayZero {
			return 0, errRange
		}
		p.weekday %= 7
	case weekISO, weekYearISO, quarter:
		return 0, errField
	case epochSeconds:
		p.hasEpoch = true
		p.epoch, n = signedSeconds(s)
	}
	if n == 0 {
		return 0, errText
	}
	return n, nil
}

// zoneName reads UTC, an offset, or the name of a zone.
func (p *parsed) zoneName(s string) (n int, err error) {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		offset, n, ok := scanZone(s)
		if !ok {
			return 0, errText
		}
		p.offset, p.hasOffset = offset, true
		return n, nil
	}
	for n < len(s) && ((s[n]|0x20)-'a' < 26 || n > 0 && (s[n] == '/' || s[n] == '_' || s[n] == '+' || s[n] == '-' || s[n]-'0' <= 9)) {
		n++
	}
	switch s[:n] {
	case "":
		return 0, errText
	case "UTC", "GMT", "Z":
		p.hasOffset = true
	default:
		p.zone = s[:n]
	}
	return n, nil
}

// timestamp puts the fields together, as written.
func (p *parsed) timestamp() (int64, error) {
	if p.hasEpoch {
		return p.epoch*MicrosPerSecond + p.micros, nil
	}
	switch {
	case p.hour12 >= 0 && p.pm < 0:
		return 0, errHalfDay
	case p.hour12 == 0 || p.hour12 > 12:
		return 0, errRange
	case p.hour12 > 0:
		p.hour = p.hour12%12 + 12*p.pm
	}
	p.hour = max(p.hour, 0)
	if p.month < 1 || p.month > 12 || p.day < 1 || p.day > DaysIn(p.year, p.month) || p.hour > 23 || p.minute > 59 || p.second > 60 {
		return 0, errRange
	}
	days := Days(p.year, p.month, p.day)
	if p.yearDay >= 0 {
		if p.yearDay == 0 || p.yearDay > 365 && !(p.yearDay == 366 && IsLeap(p.year)) {
			return 0, errRange
		}
		days = Days(p.year, 1, p.yearDay)
	}
	if p.weekday >= 0 && weekday(days) != p.weekday {
		return 0, errWeekday
	}
	seconds := int64(p.hour*3600 + p.minute*60 + p.second)
	return int64(days)*MicrosPerDay + seconds*MicrosPerSecond + p.micros, nil
}

// digits reads up to most digits and returns the number and how many there are.
func digits(s string, most int) (v, n int) {
	for n < most && n < len(s) && s[n]-'0' <= 9 {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}

// signedYear reads four digits, or a sign and up to six.
func signedYear(s string) (year, n int) {
	if s == "" || s[0] != '-' && s[0] != '+' {
		return digits(s, 4)
	}
	year, n = digits(s[1:], 6)
	if n == 0 || year > maxYear {
		return 0, 0
	}
	if s[0] == '-' {
		year = -year
	}
	return year, n + 1
}

// signedSeconds reads seconds since the epoch whose microseconds fit 64 bits.
func signedSeconds(s string) (v int64, n int) {
	sign := 0
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign = 1
	}
	u, n := digits(s[sign:], 13)
	if n == 0 || u > 9_223_372_036_853 {
		return 0, 0
	}
	if sign == 1 && s[0] == '-' {
		u = -u
	}
	return int64(u), n + sign
}

// name finds which of the names s begins with, in full or by its first three
// letters.
func name(s string, names []string) (index, n int) {
	for i, full := range names {
		if hasFold(s, full) {
			return i, len(full)
		}
	}
	for i, full := range names {
		if len(full) > 3 && hasFold(s, full[:3]) {
			return i, 3
		}
	}
	return 0, 0
}

// hasFold reports whether s begins with the letters of prefix in any case.
func hasFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i]|0x20 != prefix[i]|0x20 {
			return false
		}
	}
	return true
}
