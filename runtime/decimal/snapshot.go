package decimal

import "github.com/velocsql/veloc/runtime/snapshot"

// Form is how an Int128 is kept.
func Form() snapshot.Form[Int128] {
	return snapshot.Form[Int128]{
		Append: func(to []byte, x Int128) []byte { return snapshot.AppendInt128(to, x.Hi, x.Lo) },
		Read: func(r *snapshot.Reader) Int128 {
			hi, lo := r.Int128()
			return Int128{hi, lo}
		},
	}
}

// Snapshot appends the sum.
func (s *Sum64) Snapshot(to []byte) []byte {
	return snapshot.AppendInt128(snapshot.AppendVersion(to, 1), s.hi, s.lo)
}

// Restore makes s the sum that was appended.
func (s *Sum64) Restore(r *snapshot.Reader) {
	*s = Sum64{}
	if r.Version(1) == 1 {
		s.hi, s.lo = r.Int128()
	}
}

// Snapshot appends the sum.
func (s *Sum) Snapshot(to []byte) []byte {
	to = snapshot.AppendInt64(snapshot.AppendVersion(to, 1), s.hi)
	return snapshot.AppendInt128(to, int64(s.mid), s.lo)
}

// Restore makes s the sum that was appended.
func (s *Sum) Restore(r *snapshot.Reader) {
	*s = Sum{}
	if r.Version(1) == 1 {
		s.hi = r.Int64()
		mid, lo := r.Int128()
		s.mid, s.lo = uint64(mid), lo
	}
}
