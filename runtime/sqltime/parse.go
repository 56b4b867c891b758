package sqltime

// ParseTimestamp reads ISO 8601: a date, optionally followed by T or a blank, a
// time (`15:04`, `15:04:05`, a fraction of one to nine digits cut to
// microseconds) and a zone (`Z`, `+02`, `+0200`, `+02:00`, with a blank before
// it or not). Without a zone it is UTC.
func ParseTimestamp(s string) (ts int64, ok bool) {
	days, i, ok := scanDate(s)
	if !ok {
		return 0, false
	}
	ts = int64(days) * MicrosPerDay
	if i == len(s) {
		return ts, true
	}
	if s[i] != 'T' && s[i] != ' ' && s[i] != 't' {
		return 0, false
	}
	us, n, ok := scanTime(s[i+1:])
	if !ok {
		return 0, false
	}
	ts += us
	rest := s[i+1+n:]
	if rest == "" {
		return ts, true
	}
	offset, ok := parseZone(rest)
	return ts - offset, ok
}

// ParseDate reads a date as `2026-01-31`.
func ParseDate(s string) (days int32, ok bool) {
	d, i, ok := scanDate(s)
	return int32(d), ok && i == len(s)
}

// ParseTime reads a time of day as `15:04`, `15:04:05` or `15:04:05.123`, in
// microseconds.
func ParseTime(s string) (us int64, ok bool) {
	us, n, ok := scanTime(s)
	return us, ok && n == len(s) && us < MicrosPerDay
}

// maxYear bounds the years of text, so that microseconds fit 64 bits.
const maxYear = 290_000

// scanDate reads a date at the start of s: four digits of the year, or a sign
// and more.
func scanDate(s string) (days, n int, ok bool) {
	i, year := 0, 0
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		i = 1
		for i < len(s) && s[i]-'0' <= 9 && year <= maxYear {
			year = year*10 + int(s[i]-'0')
			i++
		}
		if i < 5 || year > maxYear {
			return 0, 0, false
		}
		if s[0] == '-' {
			year = -year
		}
	} else {
		if len(s) < 4 {
			return 0, 0, false
		}
		a, ok1 := two(s, 0)
		b, ok2 := two(s, 2)
		if !ok1 || !ok2 {
			return 0, 0, false
		}
		year, i = a*100+b, 4
	}
	if len(s) < i+6 || s[i] != '-' || s[i+3] != '-' {
		return 0, 0, false
	}
	m, ok1 := two(s, i+1)
	d, ok2 := two(s, i+4)
	if !ok1 || !ok2 || m < 1 || m > 12 || d < 1 || d > DaysIn(year, m) {
		return 0, 0, false
	}
	return Days(year, m, d), i + 6, true
}

// scanTime reads a time at the start of s. 24:00 is the end of the day.
func scanTime(s string) (us int64, n int, ok bool) {
	if len(s) < 5 || s[2] != ':' {
		return 0, 0, false
	}
	h, ok1 := two(s, 0)
	m, ok2 := two(s, 3)
	if !ok1 || !ok2 || h > 24 || m > 59 {
		return 0, 0, false
	}
	us = int64(h)*MicrosPerHour + int64(m)*MicrosPerMinute
	n = 5
	if len(s) >= 8 && s[5] == ':' {
		sec, ok := two(s, 6)
		if !ok || sec > 59 {
			return 0, 0, false
		}
		us += int64(sec) * MicrosPerSecond
		n = 8
		if len(s) > 8 && (s[8] == '.' || s[8] == ',') {
			f, digits := scanFraction(s[9:])
			if digits == 0 {
				return 0, 0, false
			}
			us += f
			n = 9 + digits
		}
	}
	return us, n, us <= MicrosPerDay
}

// scanFraction reads one to nine digits after the point, in microseconds, and
// returns how many there are; 0 if there are none or too many.
func scanFraction(s string) (us int64, n int) {
	scale := int64(100_000)
	for n < len(s) && s[n]-'0' <= 9 {
		us += int64(s[n]-'0') * scale
		scale /= 10
		if n++; n > 9 {
			return 0, 0
		}
	}
	return us, n
}

// parseZone reads a zone that is all of s, in microseconds east of UTC.
func parseZone(s string) (offset int64, ok bool) {
	if s[0] == ' ' && len(s) > 1 {
		s = s[1:]
	}
	offset, n, ok := scanZone(s)
	return offset, ok && n == len(s)
}

// scanZone reads `Z`, `UTC`, `+02`, `+0200` or `+02:00` at the start of s.
func scanZone(s string) (offset int64, n int, ok bool) {
	if s == "" {
		return 0, 0, false
	}
	switch s[0] {
	case 'Z', 'z':
		return 0, 1, true
	case 'U':
		return 0, 3, len(s) >= 3 && s[:3] == "UTC"
	case '+', '-':
	default:
		return 0, 0, false
	}
	if len(s) < 3 {
		return 0, 0, false
	}
	h, ok := two(s, 1)
	if !ok || h > 18 {
		return 0, 0, false
	}
	m, n := 0, 3
	at := n
	if len(s) > at && s[at] == ':' {
		at++
	}
	if len(s) >= at+2 {
		if v, ok := two(s, at); ok {
			m, n = v, at+2
		}
	}
	if m > 59 {
		return 0, 0, false
	}
	offset = int64(h)*MicrosPerHour + int64(m)*MicrosPerMinute
	if s[0] == '-' {
		offset = -offset
	}
	return offset, n, true
}

// two reads the two digits at position i.
func two(s string, i int) (int, bool) {
	a, b := s[i]-'0', s[i+1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

// ParseOffset reads `+02`, `+0200` or `+02:00` that is all of s, in microseconds
// east of UTC.
func ParseOffset(s string) (offset int64, ok bool) {
	offset, n, ok := scanZone(s)
	return offset, ok && n == len(s)
}
