package sqltime

import (
	"math"
	"strings"
)

// String returns the interval as an ISO 8601 duration.
func (v Interval) String() string { return string(AppendInterval(nil, v)) }

// AppendInterval appends an interval as an ISO 8601 duration such as
// `P1Y2M3DT4H5M6.7S`; parts below zero have their own sign.
func AppendInterval(dst []byte, v Interval) []byte {
	dst = append(dst, 'P')
	if v == (Interval{}) {
		return append(dst, "T0S"...)
	}
	dst = appendPart(dst, int64(v.Months/12), 'Y')
	dst = appendPart(dst, int64(v.Months%12), 'M')
	dst = appendPart(dst, int64(v.Days), 'D')
	if v.Micros == 0 {
		return dst
	}
	dst = append(dst, 'T')
	dst = appendPart(dst, v.Micros/MicrosPerHour, 'H')
	dst = appendPart(dst, v.Micros/MicrosPerMinute%60, 'M')
	sec, us := v.Micros/MicrosPerSecond%60, int(v.Micros%MicrosPerSecond)
	switch {
	case us == 0:
		return appendPart(dst, sec, 'S')
	case us < 0:
		dst = append(dst, '-')
		sec, us = -sec, -us
	}
	dst = append(appendInt(dst, sec), '.')
	return append(appendFraction(dst, us), 'S')
}

// appendPart appends a number that is not zero and its unit.
func appendPart(dst []byte, v int64, unit byte) []byte {
	if v == 0 {
		return dst
	}
	return append(appendInt(dst, v), unit)
}

// ParseInterval reads an interval: an ISO 8601 duration (`P1DT2H`), numbers with
// units (`1 day 2 hours`, `1h30m`, `500ms`), `1-2` years and months, a time
// (`12:30:15`), or a bare number of seconds. Units may carry fractions, except
// months and years. A sign counts for the part that it precedes; `ago` at the
// end turns all round.
func ParseInterval(s string) (v Interval, ok bool) {
	p := intervalText{s: strings.TrimSpace(s)}
	if p.s == "" {
		return v, false
	}
	if i := strings.IndexAny(p.s, "Pp"); i == 0 || i == 1 && (p.s[0] == '-' || p.s[0] == '+') {
		negative := p.s[0] == '-'
		p.s = p.s[i+1:]
		ok = p.iso()
		if negative {
			p.v = p.v.Neg()
		}
		return p.v, ok
	}
	ok = p.parts()
	return p.v, ok
}

// intervalText is the reading of an interval.
type intervalText struct {
	s string // what is left
	v Interval
}

// number is a number of an interval's text: whole + nanos/10^9.
type number struct {
	neg   bool
	whole int64
	nanos int64
	plain bool // no sign and no fraction
}

// number takes a number.
func (p *intervalText) number() (n number, ok bool) {
	n.plain = true
	if p.s != "" && (p.s[0] == '-' || p.s[0] == '+') {
		n.neg = p.s[0] == '-'
		n.plain = false
		p.s = p.s[1:]
	}
	i := 0
	for ; i < len(p.s) && p.s[i]-'0' <= 9; i++ {
		if n.whole > (math.MaxInt64-9)/10 {
			return n, false
		}
		n.whole = n.whole*10 + int64(p.s[i]-'0')
	}
	digits := i
	if i < len(p.s) && (p.s[i] == '.' || p.s[i] == ',') {
		n.plain = false
		scale := int64(100_000_000)
		for i++; i < len(p.s) && p.s[i]-'0' <= 9; i++ {
			n.nanos += int64(p.s[i]-'0') * scale
			scale /= 10
			digits++
		}
	}
	p.s = p.s[i:]
	return n, digits > 0
}

// iso reads an ISO 8601 duration behind its P.
func (p *intervalText) iso() bool {
	if p.s == "" {
		return false
	}
	timed := false
	for p.s != "" {
		if p.s[0]|0x20 == 't' && !timed {
			timed = true
			if p.s = p.s[1:]; p.s == "" {
				return false
			}
		}
		n, ok := p.number()
		if !ok || p.s == "" {
			return false
		}
		unit := p.s[0] | 0x20
		p.s = p.s[1:]
		switch {
		case unit == 'y' && !timed:
			ok = p.months(n, 12)
		case unit == 'm' && !timed:
			ok = p.months(n, 1)
		case unit == 'w' && !timed:
			ok = p.days(n, 7)
		case unit == 'd' && !timed:
			ok = p.days(n, 1)
		case unit == 'h' && timed:
			ok = p.micros(n, MicrosPerHour)
		case unit == 'm' && timed:
			ok = p.micros(n, MicrosPerMinute)
		case unit == 's' && timed:
			ok = p.micros(n, MicrosPerSecond)
		default:
			ok = false
		}
		if !ok {
			return false
		}
	}
	return true
}

// parts reads numbers with units.
func (p *intervalText) parts() bool {
	for first := true; ; first = false {
		p.s = strings.TrimLeft(p.s, " ")
		if p.s == "" {
			return !first
		}
		if !first && len(p.s) == 3 && strings.EqualFold(p.s, "ago") {
			p.v = p.v.Neg()
			return true
		}
		before := p.s
		n, ok := p.number()
		switch {
		case !ok:
			return false
		case p.s == "" && first:
			return p.micros(n, MicrosPerSecond)
		case p.s == "":
			return false
		case p.s[0] == ':':
			if ok = p.clock(before, n.neg); !ok {
				return false
			}
			continue
		case p.s[0] == '-' && n.nanos == 0:
			years := n
			p.s = p.s[1:]
			if n, ok = p.number(); !ok || !n.plain || n.whole > 11 {
				return false
			}
			n.neg = years.neg
			if !p.months(years, 12) || !p.months(n, 1) {
				return false
			}
			continue
		}
		p.s = strings.TrimLeft(p.s, " ")
		i := 0
		for i < len(p.s) && (p.s[i]|0x20)-'a' < 26 {
			i++
		}
		u, ok := UnitOf(p.s[:i])
		if !ok {
			return false
		}
		p.s = p.s[i:]
		switch {
		case u.Months > 0:
			ok = p.months(n, int64(u.Months))
		case u.Days > 0:
			ok = p.days(n, int64(u.Days))
		case u == Nanosecond:
			n.nanos = n.whole%1_000_000_000 + n.nanos/1_000_000_000
			n.whole /= 1_000_000_000
			ok = p.micros(n, MicrosPerSecond)
		default:
			ok = p.micros(n, u.Micros)
		}
		if !ok {
			return false
		}
	}
}

// clock reads hours and minutes and maybe seconds, from where they begin.
func (p *intervalText) clock(text string, neg bool) bool {
	p.s = strings.TrimLeft(text, "+-")
	h, ok1 := p.number()
	if !ok1 || !h.plain || p.s == "" {
		return false
	}
	p.s = p.s[1:]
	m, ok2 := p.number()
	if !ok2 || !m.plain || m.whole > 59 {
		return false
	}
	sec := number{plain: true}
	if p.s != "" && p.s[0] == ':' {
		p.s = p.s[1:]
		if p.s == "" || p.s[0]-'0' > 9 {
			return false
		}
		var ok bool
		if sec, ok = p.number(); !ok || sec.whole > 59 {
			return false
		}
	}
	h.neg, m.neg, sec.neg = neg, neg, neg
	return p.micros(h, MicrosPerHour) && p.micros(m, MicrosPerMinute) && p.micros(sec, MicrosPerSecond)
}

func (p *intervalText) months(n number, unit int64) bool {
	if n.nanos != 0 || n.whole > math.MaxInt32 {
		return false
	}
	return addInt32(&p.v.Months, n.signed(n.whole*unit))
}

func (p *intervalText) days(n number, unit int64) bool {
	if n.whole > math.MaxInt32 || !addInt32(&p.v.Days, n.signed(n.whole*unit)) {
		return false
	}
	n.whole = 0
	return n.nanos == 0 || p.micros(n, unit*MicrosPerDay)
}

func (p *intervalText) micros(n number, unit int64) bool {
	if n.whole >= math.MaxInt64/unit {
		return false
	}
	// nanos*unit would be too large for hours and days
	us := n.signed(n.whole*unit + n.nanos/1000*unit/MicrosPerSecond + n.nanos%1000*unit/1_000_000_000)
	sum := p.v.Micros + us
	if (sum^us)&(sum^p.v.Micros) < 0 {
		return false
	}
	p.v.Micros = sum
	return true
}

func (n number) signed(v int64) int64 {
	if n.neg {
		return -v
	}
	return v
}

func addInt32(dst *int32, v int64) bool {
	v += int64(*dst)
	if v != int64(int32(v)) {
		return false
	}
	*dst = int32(v)
	return true
}
