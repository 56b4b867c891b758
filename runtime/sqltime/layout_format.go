package sqltime

var (
	monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	dayNames   = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
)

// MonthName returns the English name of month 1 to 12.
func MonthName(month int) string { return monthNames[month-1] }

// DayName returns the English name of the day of the week of a timestamp.
func DayName(ts int64) string {
	days, _ := Split(ts)
	return dayNames[weekday(days)]
}

// Format appends a timestamp in UTC.
func (l *Layout) Format(dst []byte, ts int64) []byte {
	days, us := Split(ts)
	y, m, d := Civil(days)
	hour := int(us / MicrosPerHour)
	for i := range l.items {
		it := &l.items[i]
		switch it.field {
		case literal:
			dst = append(dst, it.text...)
		case year4:
			if y < 0 || y > 9999 {
				dst = appendLongYear(dst, y)
			} else {
				dst = appendPadded(dst, y, 4)
			}
		case year2:
			dst = appendPadded(dst, y-floorDiv(y, 100)*100, 2)
		case monthNumber:
			dst = appendPadded(dst, m, it.width)
		case monthShort:
			dst = append(dst, monthNames[m-1][:3]...)
		case monthLong:
			dst = append(dst, monthNames[m-1]...)
		case dayOfMonth:
			dst = appendPadded(dst, d, it.width)
		case dayBlank:
			if d < 10 {
				dst = append(dst, ' ')
			}
			dst = appendPadded(dst, d, 1)
		case dayOfYear:
			dst = appendPadded(dst, yearDay(days, y), it.width)
		case dayShort:
			dst = append(dst, dayNames[weekday(days)][:3]...)
		case dayLong:
			dst = append(dst, dayNames[weekday(days)]...)
		default:
			dst = it.formatTime(dst, ts, hour, us)
		}
	}
	return dst
}

// formatTime appends a field of the time of day or of the zone.
func (it *item) formatTime(dst []byte, ts int64, hour int, us int64) []byte {
	micros := int(us % MicrosPerSecond)
	switch it.field {
	case hour24:
		return appendPadded(dst, hour, it.width)
	case hour12:
		return appendPadded(dst, (hour+11)%12+1, it.width)
	case amPM:
		if hour < 12 {
			return append(dst, "AM"...)
		}
		return append(dst, "PM"...)
	case minute:
		return appendPadded(dst, int(us%MicrosPerHour/MicrosPerMinute), it.width)
	case second:
		return appendPadded(dst, int(us%MicrosPerMinute/MicrosPerSecond), it.width)
	case fraction:
		return appendDigits(dst, micros, it.width)
	case pointFraction:
		width := it.width
		if width == 0 {
			switch {
			case micros == 0:
				return dst
			case micros%1000 == 0:
				width = 3
			default:
				width = 6
			}
		}
		return appendDigits(append(dst, '.'), micros, width)
	case zoneName:
		return append(dst, "UTC"...)
	case zoneOffset:
		return append(dst, "+0000"...)
	case zoneColon:
		return append(dst, "+00:00"...)
	case epochSeconds:
		return appendInt(dst, floorDiv64(ts, MicrosPerSecond))
	}
	return dst
}

// appendDigits appends microseconds as n digits of a fraction, cut or filled.
func appendDigits(dst []byte, us, n int) []byte {
	for range n {
		us *= 10
		dst = append(dst, byte('0'+us/1_000_000))
		us %= 1_000_000
	}
	return dst
}
