package sqlfn

import (
	"math"
	"strconv"
	"strings"

	"github.com/velocsql/veloc/runtime/sqltime"
)

// JavaFloat64 is the text that Java makes of a double: with a point always, and in
// powers of ten below 0.001 and from ten millions: 1.0, 1.5E10.
func JavaFloat64(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	}
	var room [32]byte
	if a := math.Abs(x); a == 0 || a >= 1e-3 && a < 1e7 {
		b := strconv.AppendFloat(room[:0], x, 'f', -1, 64)
		if !strings.Contains(string(b), ".") {
			b = append(b, ".0"...)
		}
		return string(b)
	}
	digits, power, _ := strings.Cut(string(strconv.AppendFloat(room[:0], x, 'e', -1, 64)), "e")
	if !strings.Contains(digits, ".") {
		digits += ".0"
	}
	sign := ""
	if power[0] == '-' {
		sign = "-"
	}
	return digits + "E" + sign + strings.TrimLeft(power, "+-0")
}

// JavaTimestamp is a timestamp in UTC to milliseconds without a zone.
func JavaTimestamp(micros int64) string {
	s := string(sqltime.AppendTimestamp(nil, micros-((micros%1000)+1000)%1000))
	s = strings.TrimSuffix(s, "Z")
	whole, fraction, _ := strings.Cut(s, ".")
	return whole + "." + (fraction + "000")[:3]
}

// JavaTime is a time of day: seconds and milliseconds are left out where they and
// all below are zero.
func JavaTime(micros int64) string {
	s := string(sqltime.AppendTime(nil, micros))
	whole, fraction, found := strings.Cut(s, ".")
	if found {
		return whole + "." + (fraction + "000")[:3]
	}
	return strings.TrimSuffix(whole, ":00")
}

// JavaTimestampJSON is JavaTimestamp as a text of JSON.
func JavaTimestampJSON(micros int64, null bool) string {
	if null {
		return "null"
	}
	return `"` + JavaTimestamp(micros) + `"`
}
