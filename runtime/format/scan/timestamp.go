package scan

import "encoding/binary"

// TimeMemo remembers the last minute that Timestamp read; neighbouring rows
// mostly share it. The zero value is ready: it remembers the epoch.
type TimeMemo struct {
	lo, hi uint64 // the 16 bytes of its text, combined with those of the epoch
	base   int64  // its first microsecond
}

// The bytes of `1970-01-01T00:00`.
const (
	epochLo = '1' | '9'<<8 | '7'<<16 | '0'<<24 | '-'<<32 | '0'<<40 | '1'<<48 | '-'<<56
	epochHi = '0' | '1'<<8 | 'T'<<16 | '0'<<24 | '0'<<32 | ':'<<40 | '0'<<48 | '0'<<56
)

// The bytes `:SS.fffZ`, digits as zero.
const (
	millis     = ':' | '0'<<8 | '0'<<16 | '.'<<24 | '0'<<32 | '0'<<40 | '0'<<48 | 'Z'<<56
	millisRest = 0xff000000ff0000ff
)

// Timestamp reads `YYYY-MM-DD HH:MM:SS`, with a T or a blank in the middle, with
// or without a fraction of one to nine digits and a Z, in microseconds since
// the epoch; a finer fraction is cut.
func Timestamp(b []byte, i int, m *TimeMemo) (us int64, next int) {
	lo, hi := Load(b, i)^epochLo, Load(b, i+8)^epochHi
	if lo != m.lo || hi != m.hi {
		if !m.minute(lo, hi) {
			return 0, -1
		}
	}
	x := Load(b, i+16) ^ millis
	if x&millisRest == 0 && nonDigits(x) == 0 && x>>8&0xff < 6 {
		x >>= 8
		return m.base + int64(x&0xff*10_000_000+x>>8&0xff*1_000_000+x>>24&0xff*100_000+x>>32&0xff*10_000+x>>40*1000), i + 24
	}
	return m.seconds(b, i+16)
}

// minute sets the memo to the minute that 16 bytes spell.
func (m *TimeMemo) minute(lo, hi uint64) bool {
	var t [16]byte
	binary.LittleEndian.PutUint64(t[:], lo^epochLo)
	binary.LittleEndian.PutUint64(t[8:], hi^epochHi)
	day, ok := date(t[:10])
	if !ok || t[10] != 'T' && t[10] != ' ' || t[13] != ':' {
		return false
	}
	h, ok1 := two(t[11:])
	mm, ok2 := two(t[14:])
	if !ok1 || !ok2 || h > 23 || mm > 59 {
		return false
	}
	m.lo, m.hi = lo, hi
	m.base = (day*1440 + h*60 + mm) * 60_000_000
	return true
}

// seconds reads what follows the minute: `:SS[.f][Z]`.
func (m *TimeMemo) seconds(b []byte, i int) (int64, int) {
	var t [3]byte
	for k := range t {
		if t[k] = At(b, i+k); t[k] == '\n' {
			return 0, -1
		}
	}
	s, ok := two(t[1:])
	if t[0] != ':' || !ok || s > 59 {
		return 0, -1
	}
	i += 3
	us := s * 1_000_000
	if At(b, i) == '.' {
		f, n := run(b, i+1)
		if n-1 > 8 {
			return 0, -1
		}
		if n <= 6 {
			us += int64(f * pow10[(6-n)&31])
		} else {
			us += int64(f / pow10[(n-6)&31])
		}
		i += 1 + int(n)
	}
	if At(b, i) == 'Z' {
		i++
	}
	return m.base + us, i
}

// two reads two digits.
func two(t []byte) (int64, bool) {
	a, c := t[0]-'0', t[1]-'0'
	return int64(a)*10 + int64(c), a <= 9 && c <= 9
}

// date reads `YYYY-MM-DD` as days since the epoch.
func date(t []byte) (day int64, ok bool) {
	c, ok1 := two(t)
	y, ok2 := two(t[2:])
	m, ok3 := two(t[5:])
	d, ok4 := two(t[8:])
	y += c * 100
	if !ok1 || !ok2 || !ok3 || !ok4 || t[4] != '-' || t[7] != '-' || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return 0, false
	}
	return civil(y, m, d), true
}

func daysIn(y, m int64) int64 {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// civil returns the days from the epoch to a day of the Gregorian calendar,
// counted in years that begin in March.
func civil(y, m, d int64) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1 - 719468
}
