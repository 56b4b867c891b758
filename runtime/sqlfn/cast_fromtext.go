package sqlfn

import (
	"math"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// TextToBool reads true, false, yes, no, on, off, their first letters, 1 and 0 in any case.
func TextToBool(f *fault.Fault, x string) bool {
	v, ok := TryTextToBool(x)
	return read(f, v, ok, x, "BOOLEAN")
}

// TryTextToBool is TextToBool that returns false instead of failing.
func TryTextToBool(x string) (bool, bool) {
	switch x = trim(x); len(x) {
	case 1:
		switch x[0] {
		case 't', 'T', 'y', 'Y', '1':
			return true, true
		case 'f', 'F', 'n', 'N', '0':
			return false, true
		}
	case 2:
		if strings.EqualFold(x, "on") {
			return true, true
		}
		return false, strings.EqualFold(x, "no")
	case 3:
		if strings.EqualFold(x, "yes") {
			return true, true
		}
		return false, strings.EqualFold(x, "off")
	case 4:
		is := strings.EqualFold(x, "true")
		return is, is
	case 5:
		return false, strings.EqualFold(x, "false")
	}
	return false, false
}

// TextToInt32 reads digits with an optional sign.
func TextToInt32(f *fault.Fault, x string) int32 {
	v, ok := TryTextToInt32(x)
	return read(f, v, ok, x, "INT")
}

// TryTextToInt32 is TextToInt32 that returns false instead of failing.
func TryTextToInt32(x string) (int32, bool) {
	v, ok := parseInt(trim(x))
	if !ok || v != int64(int32(v)) {
		return 0, false
	}
	return int32(v), true
}

// TextToInt64 reads digits with an optional sign.
func TextToInt64(f *fault.Fault, x string) int64 {
	v, ok := TryTextToInt64(x)
	return read(f, v, ok, x, "BIGINT")
}

// TryTextToInt64 is TextToInt64 that returns false instead of failing.
func TryTextToInt64(x string) (int64, bool) {
	return parseInt(trim(x))
}

// TextToFloat32 reads a number, NaN, Infinity or -Infinity; a number beyond the type fails.
func TextToFloat32(f *fault.Fault, x string) float32 {
	v, ok := TryTextToFloat32(x)
	return read(f, v, ok, x, "FLOAT")
}

// TryTextToFloat32 is TextToFloat32 that returns false instead of failing.
func TryTextToFloat32(x string) (float32, bool) {
	v, ok := parseFloat(trim(x), 32)
	return float32(v), ok
}

// TextToFloat64 reads a number, NaN, Infinity or -Infinity; a number beyond the type fails.
func TextToFloat64(f *fault.Fault, x string) float64 {
	v, ok := TryTextToFloat64(x)
	return read(f, v, ok, x, "DOUBLE")
}

// TryTextToFloat64 is TextToFloat64 that returns false instead of failing.
func TryTextToFloat64(x string) (float64, bool) {
	v, ok := parseFloat(trim(x), 64)
	return v, ok
}

// TextToDecimal reads a number as a DECIMAL(p, s), rounded half away from zero.
func TextToDecimal(f *fault.Fault, x string, p int, s int) decimal.Int128 {
	v, ok := TryTextToDecimal(x, p, s)
	if !ok {
		unreadable(f, x, decimalName(p, s))
	}
	return v
}

// TryTextToDecimal is TextToDecimal that returns false instead of failing.
func TryTextToDecimal(x string, p int, s int) (decimal.Int128, bool) {
	return decimal.ParseRound(trim(x), p, s)
}

// TextToBytes returns the UTF-8 of x. It never fails.
func TextToBytes(_ *fault.Fault, x string) []byte {
	v, _ := TryTextToBytes(x)
	return v
}

// TryTextToBytes is TextToBytes; it is always true.
func TryTextToBytes(x string) ([]byte, bool) {
	return []byte(x), true
}

// TextToDate reads a date, as `2026-01-31`.
func TextToDate(f *fault.Fault, x string) int32 {
	v, ok := TryTextToDate(x)
	return read(f, v, ok, x, "DATE")
}

// TryTextToDate is TextToDate that returns false instead of failing.
func TryTextToDate(x string) (int32, bool) {
	return sqltime.ParseDate(trim(x))
}

// TextToTime reads a time of day, as `15:04:05.123`.
func TextToTime(f *fault.Fault, x string) int64 {
	v, ok := TryTextToTime(x)
	return read(f, v, ok, x, "TIME")
}

// TryTextToTime is TextToTime that returns false instead of failing.
func TryTextToTime(x string) (int64, bool) {
	return sqltime.ParseTime(trim(x))
}

// TextToTimestamp reads an ISO 8601 timestamp; without a zone it is UTC.
func TextToTimestamp(f *fault.Fault, x string) int64 {
	v, ok := TryTextToTimestamp(x)
	return read(f, v, ok, x, "TIMESTAMP")
}

// TryTextToTimestamp is TextToTimestamp that returns false instead of failing.
func TryTextToTimestamp(x string) (int64, bool) {
	return sqltime.ParseTimestamp(trim(x))
}

// TextToInterval reads an ISO 8601 duration or numbers with units, as `1 day 2 hours`.
func TextToInterval(f *fault.Fault, x string) sqltime.Interval {
	v, ok := TryTextToInterval(x)
	return read(f, v, ok, x, "INTERVAL")
}

// TryTextToInterval is TextToInterval that returns false instead of failing.
func TryTextToInterval(x string) (sqltime.Interval, bool) {
	return sqltime.ParseInterval(trim(x))
}

// parseInt reads digits with an optional sign.
func parseInt(x string) (int64, bool) {
	i, neg := 0, false
	if x != "" && (x[0] == '-' || x[0] == '+') {
		i, neg = 1, x[0] == '-'
	}
	if i == len(x) {
		return 0, false
	}
	u := uint64(0)
	for ; i < len(x); i++ {
		c := x[i] - '0'
		if c > 9 || u > math.MaxInt64/10 {
			return 0, false
		}
		u = u*10 + uint64(c)
	}
	switch {
	case u <= math.MaxInt64 && neg:
		return -int64(u), true
	case u <= math.MaxInt64:
		return int64(u), true
	}
	if neg && u == 1<<63 {
		return math.MinInt64, true
	}
	return 0, false
}

// parseFloat reads a number without the forms that only Go knows.
func parseFloat(x string, size int) (float64, bool) {
	if x == "" || x[0] > '9' && !strings.ContainsRune("iInN", rune(x[0])) {
		return 0, false
	}
	for i := range len(x) {
		if c := x[i] | 0x20; c == 'x' || c == 'p' || x[i] == '_' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(x, size)
	if err != nil {
		return 0, false
	}
	return v, true
}

func decimalName(p, s int) string { return "DECIMAL(" + strconv.Itoa(p) + "," + strconv.Itoa(s) + ")" }
