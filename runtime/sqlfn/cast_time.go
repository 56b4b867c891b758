package sqlfn

import (
	"math"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Int32ToTimestamp returns the timestamp of x milliseconds since the epoch. It never fails.
func Int32ToTimestamp(_ *fault.Fault, x int32) int64 {
	v, _ := TryInt32ToTimestamp(x)
	return v
}

// TryInt32ToTimestamp is Int32ToTimestamp; it is always true.
func TryInt32ToTimestamp(x int32) (int64, bool) {
	return int64(x) * sqltime.MicrosPerMilli, true
}

// Int64ToTimestamp returns the timestamp of x milliseconds since the epoch. It fails out of range.
func Int64ToTimestamp(f *fault.Fault, x int64) int64 {
	v, ok := TryInt64ToTimestamp(x)
	return fits(f, v, ok, tooLargeTimestamp)
}

// TryInt64ToTimestamp is Int64ToTimestamp that returns false instead of failing.
func TryInt64ToTimestamp(x int64) (int64, bool) {
	if x > math.MaxInt64/sqltime.MicrosPerMilli || x < math.MinInt64/sqltime.MicrosPerMilli {
		return 0, false
	}
	return x * sqltime.MicrosPerMilli, true
}

// TimestampToInt64 returns milliseconds since the epoch, rounded down. It never fails.
func TimestampToInt64(_ *fault.Fault, x int64) int64 {
	v, _ := TryTimestampToInt64(x)
	return v
}

// TryTimestampToInt64 is TimestampToInt64; it is always true.
func TryTimestampToInt64(x int64) (int64, bool) {
	return floorDiv(x, sqltime.MicrosPerMilli), true
}

// TimestampToDate returns the day of x. It never fails.
func TimestampToDate(_ *fault.Fault, x int64) int32 {
	v, _ := TryTimestampToDate(x)
	return v
}

// TryTimestampToDate is TimestampToDate; it is always true.
func TryTimestampToDate(x int64) (int32, bool) {
	return sqltime.DateOf(x), true
}

// TimestampToTime returns the time of day of x. It never fails.
func TimestampToTime(_ *fault.Fault, x int64) int64 {
	v, _ := TryTimestampToTime(x)
	return v
}

// TryTimestampToTime is TimestampToTime; it is always true.
func TryTimestampToTime(x int64) (int64, bool) {
	return sqltime.TimeOf(x), true
}

// DateToTimestamp returns the start of the day. It fails out of range.
func DateToTimestamp(f *fault.Fault, x int32) int64 {
	v, ok := TryDateToTimestamp(x)
	return fits(f, v, ok, tooLargeTimestamp)
}

// TryDateToTimestamp is DateToTimestamp that returns false instead of failing.
func TryDateToTimestamp(x int32) (int64, bool) {
	d := int64(x)
	if d > math.MaxInt64/sqltime.MicrosPerDay || d < math.MinInt64/sqltime.MicrosPerDay {
		return 0, false
	}
	return d * sqltime.MicrosPerDay, true
}

// TimeToInterval returns the time since midnight. It never fails.
func TimeToInterval(_ *fault.Fault, x int64) sqltime.Interval {
	v, _ := TryTimeToInterval(x)
	return v
}

// TryTimeToInterval is TimeToInterval; it is always true.
func TryTimeToInterval(x int64) (sqltime.Interval, bool) {
	return sqltime.Interval{Micros: x}, true
}

// floorDiv returns a/b rounded down, b > 0.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a < q*b {
		q--
	}
	return q
}
