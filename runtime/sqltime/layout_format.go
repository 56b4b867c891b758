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
	return l.FormatLocal(dst, ts, 0, "UTC", "UTC")
}

// FormatLocal appends a timestamp of a zone: ts is what clocks there show, offset
// how much that is ahead of UTC, abbreviation and zone how the time and the zone
// are called.
func (l *Layout) FormatLocal(dst []byte, ts, offset int64, abbreviation, zone string) []byte {
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
			dst = it.name(dst, monthNames[m-1][:3])
		case monthLong:
			dst = it.name(dst, monthNames[m-1])
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
			dst = it.name(dst, dayNames[weekday(days)][:3])
		case dayLong:
			dst = it.name(dst, dayNames[weekday(days)])
		case weekdayISO:
			dst = appendPadded(dst, (weekday(days)+6)%7+1, 1)
		case weekdayZero:
			dst = appendPadded(dst, weekday(days), 1)
		case weekISO:
			dst = appendPadded(dst, int(PartWeek.Of(ts)), it.width)
		case weekYearISO:
			dst = appendPadded(dst, int(PartISOYear.Of(ts)), it.width)
		case quarter:
			dst = appendPadded(dst, (m+2)/3, it.width)
		case zoneName:
			dst = append(dst, abbreviation...)
		case zoneID:
			dst = append(dst, zone...)
		case zoneOffset, zoneColon, zoneShort:
			dst = it.formatOffset(dst, offset)
		case epochSeconds:
			dst = appendInt(dst, floorDiv64(ts-offset, MicrosPerSecond))
		default:
			dst = it.formatTime(dst, hour, us)
		}
	}
	return dst
}

// name appends a name in the shape of the item.
func (it *item) name(dst []byte, s string) []byte {
	for i := range len(s) {
		c := s[i]
		switch it.shape {
		case capitals:
			c &^= 0x20
		case small:
			c |= 0x20
		}
		dst = append(dst, c)
	}
	for n := len(s); n < it.width; n++ {
		dst = append(dst, ' ')
	}
	return dst
}

// formatOffset appends how far a zone is ahead of UTC.
func (it *item) formatOffset(dst []byte, offset int64) []byte {
	if offset == 0 && it.zulu {
		return append(dst, 'Z')
	}
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	dst = appendPadded(append(dst, sign), int(offset/MicrosPerHour), 2)
	minutes := int(offset % MicrosPerHour / MicrosPerMinute)
	switch {
	case it.field == zoneShort && minutes == 0:
		return dst
	case it.field == zoneColon:
		dst = append(dst, ':')
	}
	return appendPadded(dst, minutes, 2)
}

// formatTime appends a field of the time of day.
func (it *item) formatTime(dst []byte, hour int, us int64) []byte {
	micros := int(us % MicrosPerSecond)
	switch it.field {
	case hour24:
		return appendPadded(dst, hour, it.width)
	case hour1to24:
		return appendPadded(dst, (hour+23)%24+1, it.width)
	case hour12:
		return appendPadded(dst, (hour+11)%12+1, it.width)
	case hour0to11:
		return appendPadded(dst, hour%12, it.width)
	case amPM:
		if hour < 12 {
			return it.name(dst, "AM")
		}
		return it.name(dst, "PM")
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
