package state

// doubled returns s with twice the room. (append grows large slices by a
// quarter, so entries of a table that grows would be copied five times.)
func doubled[T any](s []T) []T {
	out := make([]T, len(s), max(16, 2*cap(s)))
	huge(out)
	copy(out, s)
	return out
}
