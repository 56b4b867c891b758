package sqlfn

import (
	"strings"

	"github.com/velocsql/veloc/runtime/fault"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// Floor is Trunc: the start of the unit that a timestamp is in.
func (u TimeUnit) Floor(_ *fault.Fault, ts int64) int64 { return u.part.Trunc(ts) }

// Ceil returns the first start of a unit that is not before a timestamp, and
// fails out of range.
func (u TimeUnit) Ceil(f *fault.Fault, ts int64) int64 {
	start := u.part.Trunc(ts)
	if start == ts {
		return ts
	}
	return u.part.Trunc(u.Add(f, 1, start))
}

// FloorDate is Floor of a date.
func (u TimeUnit) FloorDate(f *fault.Fault, days int32) int32 {
	return int32(u.Floor(f, int64(days)*sqltime.MicrosPerDay) / sqltime.MicrosPerDay)
}

// CeilDate is Ceil of a date.
func (u TimeUnit) CeilDate(f *fault.Fault, days int32) int32 {
	return int32(u.Ceil(f, int64(days)*sqltime.MicrosPerDay) / sqltime.MicrosPerDay)
}

// unitNamed is the unit of a name that is not constant; it fails for another.
func unitNamed(f *fault.Fault, name string) (TimeUnit, bool) {
	u, ok := unitOf(name)
	if !ok {
		f.Set(quote(strings.Clone(name)) + " is no unit of time")
	}
	return u, ok
}

// FloorTime is TimeUnit.Floor with a unit that is not constant.
func FloorTime(f *fault.Fault, ts int64, unit string) int64 {
	if u, ok := unitNamed(f, unit); ok {
		return u.Floor(f, ts)
	}
	return 0
}

// CeilTime is TimeUnit.Ceil with a unit that is not constant.
func CeilTime(f *fault.Fault, ts int64, unit string) int64 {
	if u, ok := unitNamed(f, unit); ok {
		return u.Ceil(f, ts)
	}
	return 0
}

// FloorDate is TimeUnit.FloorDate with a unit that is not constant.
func FloorDate(f *fault.Fault, days int32, unit string) int32 {
	if u, ok := unitNamed(f, unit); ok {
		return u.FloorDate(f, days)
	}
	return 0
}

// CeilDate is TimeUnit.CeilDate with a unit that is not constant.
func CeilDate(f *fault.Fault, days int32, unit string) int32 {
	if u, ok := unitNamed(f, unit); ok {
		return u.CeilDate(f, days)
	}
	return 0
}
