package scan

import (
	"encoding/binary"

	"github.com/velocsql/veloc/runtime/sqltime"
)

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
	if t[10] != 'T' && t[10] != ' ' || t[13] != ':' {
		return false
	}
	us, ok := sqltime.ParseTimestamp(string(t[:]))
	if !ok {
		return false
	}
	m.lo, m.hi, m.base = lo, hi, us
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
	tens, units := t[1]-'0', t[2]-'0'
	if t[0] != ':' || tens > 5 || units > 9 {
		return 0, -1
	}
	i += 3
	us := (int64(tens)*10 + int64(units)) * 1_000_000
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
