package scan

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/runtime/decimal"
)

// ParseInt64 reads an integer; a sign and leading zeros are allowed.
func ParseInt64(s string) (int64, bool) {
	v, err := strconv.ParseInt(s, 10, 64)
	return v, err == nil
}

// ParseInt32 is ParseInt64 for 32 bits.
func ParseInt32(s string) (int32, bool) {
	v, err := strconv.ParseInt(s, 10, 32)
	return int32(v), err == nil
}

// ParseFloat64 reads a number, NaN, or an infinity.
func ParseFloat64(s string) (float64, bool) { return parseFloat(s, 64) }

// ParseFloat32 is ParseFloat64 for 32 bits.
func ParseFloat32(s string) (float32, bool) {
	v, ok := parseFloat(s, 32)
	return float32(v), ok
}

func parseFloat(s string, size int) (float64, bool) {
	if strings.ContainsAny(s, "xX_") {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, size)
	return v, err == nil
}

// ParseBool reads true, false, t, f, 1, 0, yes, no in any case.
func ParseBool(s string) (v, ok bool) {
	switch len(s) {
	case 1:
		switch s[0] {
		case '1', 't', 'T':
			return true, true
		case '0', 'f', 'F':
			return false, true
		}
	case 2:
		return false, strings.EqualFold(s, "no")
	case 3:
		return true, strings.EqualFold(s, "yes")
	case 4:
		return true, strings.EqualFold(s, "true")
	case 5:
		return false, strings.EqualFold(s, "false")
	}
	return false, false
}

// ParseDec64 reads a value of DECIMAL(precision, scale), precision at most 18.
// Digits beyond the scale must be zero.
func ParseDec64(s string, precision, scale int) (int64, bool) {
	return decimal.Parse64(s, precision, scale)
}

// ParseDec128 is ParseDec64 for a precision up to 38.
func ParseDec128(s string, precision, scale int) (decimal.Int128, bool) {
	return decimal.Parse(s, precision, scale)
}

// ParseBytes appends the bytes that base64 spells to dst.
func ParseBytes(dst []byte, s string) ([]byte, bool) {
	enc := base64.StdEncoding
	if len(s)%4 != 0 {
		enc = base64.RawStdEncoding
	}
	if strings.ContainsAny(s, "\r\n") {
		return dst, false
	}
	out, err := enc.AppendDecode(dst, []byte(s))
	return out, err == nil
}

// ParseDate reads `YYYY-MM-DD` as days since the epoch.
func ParseDate(s string) (int32, bool) {
	if len(s) != 10 {
		return 0, false
	}
	d, ok := date([]byte(s))
	return int32(d), ok
}

// ParseTime reads `HH:MM[:SS[.f]]` as microseconds of the day.
func ParseTime(s string) (int64, bool) {
	us, rest, ok := clock(s)
	return us, ok && rest == ""
}

// ParseTimestamp reads ISO 8601 as microseconds since the epoch: a date, or a
// date and a time with T or a blank between them and an optional zone; without
// one it is UTC.
func ParseTimestamp(s string) (int64, bool) {
	if len(s) < 10 {
		return 0, false
	}
	day, ok := date([]byte(s[:10]))
	if !ok {
		return 0, false
	}
	us := day * 86_400_000_000
	if len(s) == 10 {
		return us, true
	}
	if c := s[10]; c != 'T' && c != 't' && c != ' ' {
		return 0, false
	}
	t, rest, ok := clock(s[11:])
	if !ok {
		return 0, false
	}
	offset, ok := zone(strings.TrimPrefix(rest, " "))
	return us + t - offset, ok
}

// clock reads a time of day from the start of s.
func clock(s string) (us int64, rest string, ok bool) {
	if len(s) < 5 || s[2] != ':' {
		return 0, s, false
	}
	h, ok1 := two([]byte(s[:2]))
	m, ok2 := two([]byte(s[3:5]))
	if !ok1 || !ok2 || h > 23 || m > 59 {
		return 0, s, false
	}
	us = (h*60 + m) * 60_000_000
	s = s[5:]
	if len(s) < 3 || s[0] != ':' {
		return us, s, true
	}
	sec, ok3 := two([]byte(s[1:3]))
	if !ok3 || sec > 59 {
		return 0, s, false
	}
	us += sec * 1_000_000
	s = s[3:]
	if len(s) > 0 && (s[0] == '.' || s[0] == ',') {
		unit, n := int64(100_000), 1
		for ; n < len(s) && s[n]-'0' <= 9; n++ {
			us += int64(s[n]-'0') * unit
			unit /= 10
		}
		if n == 1 {
			return 0, s, false
		}
		s = s[n:]
	}
	return us, s, true
}

// zone reads Z, ±HH, ±HHMM, ±HH:MM or nothing as microseconds east of UTC.
func zone(s string) (int64, bool) {
	switch {
	case s == "" || s == "Z" || s == "z" || s == "UTC":
		return 0, true
	case s[0] != '+' && s[0] != '-' || len(s) != 3 && len(s) != 5 && len(s) != 6 || len(s) == 6 && s[3] != ':':
		return 0, false
	}
	h, ok1 := two([]byte(s[1:3]))
	m, ok2 := int64(0), true
	if len(s) > 3 {
		m, ok2 = two([]byte(s[len(s)-2:]))
	}
	if !ok1 || !ok2 || h > 18 || m > 59 {
		return 0, false
	}
	us := (h*60 + m) * 60_000_000
	if s[0] == '-' {
		us = -us
	}
	return us, true
}

// MillisFit reports whether milliseconds are in range when counted in
// microseconds.
func MillisFit(ms int64) bool { return ms >= math.MinInt64/1000 && ms <= math.MaxInt64/1000 }

// Quote returns text for an error message: quoted, cut if it is long.
func Quote(s string) string {
	const most = 60
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(s[:most]) + " (cut, " + strconv.Itoa(len(s)) + " bytes)"
}
