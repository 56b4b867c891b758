package event

// Back returns the time d microseconds before t. What is before the first or
// after the last row stays there.
func Back(t Time, d int64) Time {
	if t == Latest || t < Earliest+d {
		return t
	}
	return t - d
}

// Ahead returns the time d microseconds after t, as Back does.
func Ahead(t Time, d int64) Time {
	if t == Earliest || t > Latest-d {
		return t
	}
	return t + d
}
