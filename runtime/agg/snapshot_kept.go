package agg

import (
	"github.com/velocsql/veloc/runtime/decimal"
	"github.com/velocsql/veloc/runtime/nested"
	"github.com/velocsql/veloc/runtime/snapshot"
)

// Snapshot appends the value that was taken and its key.
func (s *By[T, K]) Snapshot(to []byte, value snapshot.Form[T], key snapshot.Form[K]) []byte {
	if to = appendSome(to, s.some, s.x, value); s.some {
		to = key.Append(to, s.key)
	}
	return to
}

// Restore makes s what was appended.
func (s *By[T, K]) Restore(r *snapshot.Reader, value snapshot.Form[T], key snapshot.Form[K]) {
	*s = By[T, K]{}
	if s.x, s.some = some(r, value); s.some {
		s.key = key.Read(r)
	}
}

// Snapshot appends the value that was taken and its key.
func (s *ByFloat[T]) Snapshot(to []byte, value snapshot.Form[T]) []byte {
	if to = appendSome(to, s.some, s.x, value); s.some {
		to = snapshot.AppendFloat64(to, s.key)
	}
	return to
}

// Restore makes s what was appended.
func (s *ByFloat[T]) Restore(r *snapshot.Reader, value snapshot.Form[T]) {
	*s = ByFloat[T]{}
	if s.x, s.some = some(r, value); s.some {
		s.key = r.Float64()
	}
}

// Snapshot appends the value that was taken and its key.
func (s *ByDec[T]) Snapshot(to []byte, value snapshot.Form[T]) []byte {
	if to = appendSome(to, s.some, s.x, value); s.some {
		to = decimal.Form().Append(to, s.key)
	}
	return to
}

// Restore makes s what was appended.
func (s *ByDec[T]) Restore(r *snapshot.Reader, value snapshot.Form[T]) {
	*s = ByDec[T]{}
	if s.x, s.some = some(r, value); s.some {
		s.key = decimal.Form().Read(r)
	}
}

// Snapshot appends the first value.
func (s *First[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *First[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the first text.
func (s *FirstText) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Text()) }

// Restore makes s what was appended.
func (s *FirstText) Restore(r *snapshot.Reader) { s.x, s.some = some(r, snapshot.Text()) }

// Snapshot appends the first bytes.
func (s *FirstBytes) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Bytes()) }

// Restore makes s what was appended.
func (s *FirstBytes) Restore(r *snapshot.Reader) { s.x, s.some = some(r, snapshot.Bytes()) }

// Snapshot appends the newest value.
func (s *Last[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return appendSome(to, s.some, s.x, form)
}

// Restore makes s what was appended.
func (s *Last[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.x, s.some = some(r, form) }

// Snapshot appends the newest text.
func (s *LastText) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Bytes()) }

// Restore makes s what was appended.
func (s *LastText) Restore(r *snapshot.Reader) {
	*s = LastText{}
	s.x, s.some = some(r, snapshot.Bytes())
}

// Snapshot appends the newest bytes.
func (s *LastBytes) Snapshot(to []byte) []byte { return appendSome(to, s.some, s.x, snapshot.Bytes()) }

// Restore makes s what was appended.
func (s *LastBytes) Restore(r *snapshot.Reader) { s.x, s.some = some(r, snapshot.Bytes()) }

// Snapshot appends the first value, NULL or not.
func (s *FirstOrNull[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return snapshot.AppendBool(appendSome(to, s.some, s.x, form), s.null)
}

// Restore makes s what was appended.
func (s *FirstOrNull[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	s.x, s.some = some(r, form)
	s.null = r.Bool()
}

// Snapshot appends the last value, NULL or not.
func (s *LastOrNull[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return snapshot.AppendBool(s.last.Snapshot(to, form), s.null)
}

// Restore makes s what was appended.
func (s *LastOrNull[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	s.last.Restore(r, form)
	s.null = r.Bool()
}

// Snapshot appends the last text, NULL or not.
func (s *LastOrNullText) Snapshot(to []byte) []byte {
	return snapshot.AppendBool(s.last.Snapshot(to), s.null)
}

// Restore makes s what was appended.
func (s *LastOrNullText) Restore(r *snapshot.Reader) {
	s.last.Restore(r)
	s.null = r.Bool()
}

// Snapshot appends the last bytes, NULL or not.
func (s *LastOrNullBytes) Snapshot(to []byte) []byte {
	return snapshot.AppendBool(s.last.Snapshot(to), s.null)
}

// Restore makes s what was appended.
func (s *LastOrNullBytes) Restore(r *snapshot.Reader) {
	s.last.Restore(r)
	s.null = r.Bool()
}

// Snapshot appends the texts.
func (s *StringAgg) Snapshot(to []byte) []byte {
	if to = appendSome(to, s.some, s.text, snapshot.Bytes()); s.some {
		to = snapshot.AppendUint64(to, uint64(s.skip))
	}
	return to
}

// Restore makes s what was appended.
func (s *StringAgg) Restore(r *snapshot.Reader) {
	*s = StringAgg{}
	if s.text, s.some = some(r, snapshot.Bytes()); !s.some {
		return
	}
	skip := r.Uint64()
	if skip > uint64(len(s.text)) {
		r.Fail("a separator of %d bytes in a text of %d", skip, len(s.text))
		*s = StringAgg{}
		return
	}
	s.skip = int(skip)
}

// Snapshot appends keys, separators and texts in the order in which they lie.
func (s *StringAggBy) Snapshot(to []byte) []byte {
	to = snapshot.AppendBool(begin(to), s.order)
	to = snapshot.AppendUint64(to, uint64(len(s.items)))
	for _, i := range s.items {
		key, separator := i.at+i.key, i.at+i.key+i.separator
		to = snapshot.AppendBytes(to, s.room[i.at:key])
		to = snapshot.AppendBytes(to, s.room[key:separator])
		to = snapshot.AppendBytes(to, s.room[separator:separator+i.text])
	}
	return to
}

// Restore makes s what was appended.
func (s *StringAggBy) Restore(r *snapshot.Reader) {
	*s = StringAggBy{}
	if !begun(r) {
		return
	}
	s.order = r.Bool()
	for range r.Count() {
		at := len(s.room)
		key, separator, text := r.View(), r.View(), r.View()
		s.room = append(append(append(s.room, key...), separator...), text...)
		s.items = append(s.items, sortedText{at, len(key), len(separator), len(text)})
	}
}

func (v *values[T]) snapshot(to []byte, form snapshot.Form[T]) []byte {
	return snapshot.AppendList(snapshot.AppendUint64(begin(to), uint64(v.ordered)), v.xs, form)
}

func (v *values[T]) restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*v = values[T]{}
	if !begun(r) {
		return
	}
	ordered := r.Uint64()
	v.xs = snapshot.List(r, form)
	if ordered > uint64(len(v.xs)) {
		r.Fail("%d of %d values are in order", ordered, len(v.xs))
		return
	}
	v.ordered = int(ordered)
}

// Snapshot appends the values.
func (s *Floats) Snapshot(to []byte) []byte { return s.snapshot(to, snapshot.Float64()) }

// Restore makes s what was appended.
func (s *Floats) Restore(r *snapshot.Reader) { s.restore(r, snapshot.Float64()) }

// Snapshot appends the values.
func (s *Ordered[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte { return s.snapshot(to, form) }

// Restore makes s what was appended.
func (s *Ordered[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) { s.restore(r, form) }

// Snapshot appends the values.
func (s *OrderedDec) Snapshot(to []byte) []byte { return s.snapshot(to, decimal.Form()) }

// Restore makes s what was appended.
func (s *OrderedDec) Restore(r *snapshot.Reader) { s.restore(r, decimal.Form()) }

// Snapshot appends the values.
func (s *List[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return nested.AppendArray(begin(to), s.a, form)
}

// Restore makes s what was appended.
func (s *List[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*s = List[T]{}
	if begun(r) {
		s.a = nested.ReadArray(r, form)
		s.nulls = s.a.HasNulls()
	}
}

// Snapshot appends the values and their keys.
func (s *ListBy[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	to = snapshot.AppendUint64(begin(to), uint64(len(s.items)))
	for _, it := range s.items {
		to = snapshot.AppendBool(snapshot.AppendBytes(to, it.key), it.null)
		if !it.null {
			to = form.Append(to, it.x)
		}
	}
	return to
}

// Restore makes s what was appended.
func (s *ListBy[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*s = ListBy[T]{}
	if !begun(r) {
		return
	}
	for range r.Count() {
		it := keyed[T]{key: r.Bytes(), null: r.Bool()}
		if !it.null {
			it.x = form.Read(r)
		}
		s.items = append(s.items, it)
	}
}

// Snapshot appends the values.
func (s *FirstN[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return nested.AppendArray(snapshot.AppendInt64(begin(to), int64(s.n)), s.a, form)
}

// Restore makes s what was appended.
func (s *FirstN[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*s = FirstN[T]{}
	if begun(r) {
		s.n = r.Int32()
		s.a = nested.ReadArray(r, form)
	}
}

// Snapshot appends the values.
func (s *Top[T]) Snapshot(to []byte, form snapshot.Form[T]) []byte {
	return snapshot.AppendList(begin(to), s.items, form)
}

// Restore makes s what was appended.
func (s *Top[T]) Restore(r *snapshot.Reader, form snapshot.Form[T]) {
	*s = Top[T]{}
	if begun(r) {
		s.items = snapshot.List(r, form)
	}
}

// Snapshot appends the map.
func (s *MapOf[T, K]) Snapshot(to []byte, key snapshot.Form[T], value snapshot.Form[K]) []byte {
	return nested.AppendMap(begin(to), s.m, key, value)
}

// Restore makes s what was appended.
func (s *MapOf[T, K]) Restore(r *snapshot.Reader, key snapshot.Form[T], value snapshot.Form[K]) {
	*s = MapOf[T, K]{}
	if begun(r) {
		s.m = nested.ReadMap(r, key, value)
	}
}
