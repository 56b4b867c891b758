package sqltime

// Millis is a time in microseconds as milliseconds, rounded down.
func Millis(micros int64) int64 {
	ms := micros / 1000
	if micros%1000 < 0 {
		ms--
	}
	return ms
}
