package scan

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"unsafe"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// ParseInt64 reads an integer; a sign and leading zeros are allowed.
func ParseInt64(s string) (int64, bool) {
	neg := s != "" && s[0] == '-'
	if neg || s != "" && s[0] == '+' {
		s = s[1:]
	}
	if s == "" {
		return 0, false
	}
	limit := uint64(math.MaxInt64)
	if neg {
		limit++
	}
	var u uint64
	for k := range len(s) {
		c := uint64(s[k] - '0')
		if c > 9 || u > (limit-c)/10 {
			return 0, false
		}
		u = u*10 + c
	}
	if neg {
		u = -u
	}
	return int64(u), true
}

// ParseInt32 is ParseInt64 for 32 bits.
func ParseInt32(s string) (int32, bool) {
	v, ok := ParseInt64(s)
	return int32(v), ok && int64(int32(v)) == v
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
	out, err := enc.AppendDecode(dst, unsafe.Slice(unsafe.StringData(s), len(s)))
	return out, err == nil
}

// ParseDate reads `YYYY-MM-DD` as days since the epoch.
func ParseDate(s string) (int32, bool) { return sqltime.ParseDate(s) }

// ParseTime reads `HH:MM[:SS[.f]]` as microseconds of the day.
func ParseTime(s string) (int64, bool) { return sqltime.ParseTime(s) }

// ParseTimestamp reads ISO 8601 as microseconds since the epoch; without a zone
// it is UTC.
func ParseTimestamp(s string) (int64, bool) { return sqltime.ParseTimestamp(s) }

// lastDay is the last day of the year 9999, in days since the epoch. A larger
// number is no date: 20240131 is one that was written without dashes.
const lastDay = 2932896

// DayNumber reads a DATE written as the number of days since the epoch.
func DayNumber(s string) (int32, bool) {
	v, ok := ParseInt32(s)
	return v, ok && v <= lastDay && v >= -719162
}

// DayMillis reads a TIME written as milliseconds of the day, in microseconds.
func DayMillis(s string) (int64, bool) {
	v, ok := ParseInt64(s)
	return v * 1000, ok && v >= 0 && v < 24*60*60*1000
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
