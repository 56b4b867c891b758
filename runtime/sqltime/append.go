package sqltime

// pairs holds the numbers 00 to 99.
const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839" +
	"40414243444546474849505152535455565758596061626364656667686970717273747576777879" +
	"8081828384858687888990919293949596979899"

// AppendTimestamp appends a timestamp as `2026-01-01T00:00:00.123Z`, the
// fraction trimmed to what is needed.
func AppendTimestamp(dst []byte, ts int64) []byte {
	days, us := Split(ts)
	y, m, d := Civil(days)
	if uint(y) > 9999 {
		dst = append(appendDays(dst, days), 'T')
		return append(AppendTime(dst, us), 'Z')
	}
	sec := uint32(us / MicrosPerSecond)
	// The punctuation is in the text; the digits are written over its zeros.
	n := len(dst)
	dst = append(dst, "0000-00-00T00:00:00Z"...)
	b := dst[n : n+20]
	setPair(b, 0, y/100)
	setPair(b, 2, y%100)
	setPair(b, 5, m)
	setPair(b, 8, d)
	setPair(b, 11, int(sec/3600))
	setPair(b, 14, int(sec/60%60))
	setPair(b, 17, int(sec%60))
	if frac := us - int64(sec)*MicrosPerSecond; frac != 0 {
		dst[n+19] = '.'
		return append(appendFraction(dst, int(frac)), 'Z')
	}
	return dst
}

// setPair writes a number of two digits.
func setPair(b []byte, i, v int) { b[i], b[i+1] = pairs[2*v], pairs[2*v+1] }

// AppendTimestampSpace appends a timestamp as `2026-01-01 00:00:00.123`, for
// people.
func AppendTimestampSpace(dst []byte, ts int64) []byte {
	days, us := Split(ts)
	dst = append(appendDays(dst, days), ' ')
	return AppendTime(dst, us)
}

// AppendDate appends a date as `2026-01-01`.
func AppendDate(dst []byte, days int32) []byte { return appendDays(dst, int(days)) }

// appendDays writes years before 0 and after 9999 with a sign, as ISO 8601 has
// it.
func appendDays(dst []byte, days int) []byte {
	y, m, d := Civil(days)
	if y < 0 || y > 9999 {
		dst = appendLongYear(dst, y)
	} else {
		dst = append(dst, pairs[y/100*2], pairs[y/100*2+1], pairs[y%100*2], pairs[y%100*2+1])
	}
	return append(dst, '-', pairs[m*2], pairs[m*2+1], '-', pairs[d*2], pairs[d*2+1])
}

func appendLongYear(dst []byte, y int) []byte {
	sign := byte('+')
	if y < 0 {
		y = -y
		sign = '-'
	}
	dst = append(dst, sign)
	if y > 9999 {
		return appendInt(dst, int64(y))
	}
	return appendPadded(dst, y, 4)
}

// appendPadded appends v with at least n digits.
func appendPadded(dst []byte, v, n int) []byte {
	for limit := 10; n > 1; n-- {
		if v < limit {
			dst = append(dst, '0')
		}
		limit *= 10
	}
	// the zeros came out widest first: every limit above v adds one
	return appendInt(dst, int64(v))
}

// appendInt appends v in decimal.
func appendInt(dst []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		u = -u
		dst = append(dst, '-')
	}
	var room [20]byte
	i := len(room)
	for {
		i--
		room[i] = byte('0' + u%10)
		if u /= 10; u == 0 {
			return append(dst, room[i:]...)
		}
	}
}

// AppendTime appends a time of day as `15:04:05.123`, the fraction trimmed to
// what is needed.
func AppendTime(dst []byte, us int64) []byte {
	sec := int(us / MicrosPerSecond)
	frac := int(us - int64(sec)*MicrosPerSecond)
	h, m, s := sec/3600, sec/60%60, sec%60
	dst = append(dst, pairs[h*2], pairs[h*2+1], ':', pairs[m*2], pairs[m*2+1], ':', pairs[s*2], pairs[s*2+1])
	if frac == 0 {
		return dst
	}
	return appendFraction(append(dst, '.'), frac)
}

// appendFraction appends microseconds as the digits after the point.
func appendFraction(dst []byte, us int) []byte {
	a, b, c := us/10000, us/100%100, us%100
	if c == 0 && b%10 == 0 { // milliseconds at most
		dst = append(dst, pairs[a*2], pairs[a*2+1], pairs[b*2])
	} else {
		dst = append(dst, pairs[a*2], pairs[a*2+1], pairs[b*2], pairs[b*2+1], pairs[c*2], pairs[c*2+1])
	}
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}
