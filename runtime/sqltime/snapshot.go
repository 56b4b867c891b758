package sqltime

import "github.com/velocsql/veloc/runtime/snapshot"

// Form is how an Interval is kept.
func Form() snapshot.Form[Interval] {
	return snapshot.Form[Interval]{
		Append: func(to []byte, x Interval) []byte {
			to = snapshot.AppendInt64(to, int64(x.Months))
			return snapshot.AppendInt64(snapshot.AppendInt64(to, int64(x.Days)), x.Micros)
		},
		Read: func(r *snapshot.Reader) Interval {
			months, days := r.Int32(), r.Int32()
			return Interval{months, days, r.Int64()}
		},
	}
}
