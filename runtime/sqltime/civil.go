// Package sqltime is the arithmetic, formatting and parsing of DATE (int32 days
// since 1970-01-01), TIME (int64 microseconds of the day), TIMESTAMP (int64
// microseconds since the epoch, UTC) and INTERVAL values.
//
// The calendar is the proleptic Gregorian one, with a year 0.
package sqltime

// Lengths in microseconds.
const (
	MicrosPerMilli  int64 = 1000
	MicrosPerSecond int64 = 1_000_000
	MicrosPerMinute int64 = 60 * MicrosPerSecond
	MicrosPerHour   int64 = 60 * MicrosPerMinute
	MicrosPerDay    int64 = 24 * MicrosPerHour
)

// Days returns the number of days from 1970-01-01 to a day. Months beyond 1 to
// 12 and days beyond the month count on into their neighbours.
func Days(year, month, day int) int {
	month--
	year += floorDiv(month, 12)
	month = month - floorDiv(month, 12)*12 + 1
	// years that begin in March have their odd day last
	if month <= 2 {
		year--
		month += 12
	}
	return 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400) + (153*(month-3)+2)/5 + day - 1 - 719468
}

// fromMarch is how many days 1970-01-01 is after 0000-03-01, from which days are
// counted here: a leap day is the last of its year then.
const fromMarch = 719468

// Civil returns year, month (1 to 12) and day (1 to 31) of a number of days
// since 1970-01-01.
func Civil(days int) (year, month, day int) {
	if uint(days+fromMarch) >= 1<<30 {
		return civilFar(days)
	}
	// In quarters of a day a century has 146,097 and a year 1,461.
	n := 4*uint32(days+fromMarch) + 3
	century := n / 146097
	rest := uint64(n%146097|3) * 2939745 // 2,939,745/2^32 is 1/1,461, exactly enough
	year = int(100*century + uint32(rest>>32))
	ofYear := uint32(rest) / 2939745 / 4
	m := 2141*ofYear + 197913 // 2,141/2^16 is 1/30.61, the mean length of a month from March on
	month, day = int(m>>16), int(m&0xFFFF/2141)+1
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// civilFar is Civil for any day.
func civilFar(days int) (year, month, day int) {
	days += fromMarch
	era := floorDiv(days, 146097)
	d := days - era*146097
	y := (d - d/1460 + d/36524 - d/146096) / 365
	d -= 365*y + y/4 - y/100
	m := (5*d + 2) / 153
	day = d - (153*m+2)/5 + 1
	month = m + 3
	if month > 12 {
		month -= 12
		y++
	}
	return era*400 + y, month, day
}

// IsLeap reports a leap year.
func IsLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// DaysIn returns the length of a month, 1 to 12.
func DaysIn(year, month int) int {
	switch month {
	case 2:
		if IsLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Split returns the day of a timestamp and its microseconds of the day.
func Split(ts int64) (days int, micros int64) {
	d := ts / MicrosPerDay
	r := ts - d*MicrosPerDay
	if r < 0 {
		r += MicrosPerDay
		d--
	}
	return int(d), r
}

// DateOf returns the date of a timestamp.
func DateOf(ts int64) int32 {
	d, _ := Split(ts)
	return int32(d)
}

// TimeOf returns the time of day of a timestamp.
func TimeOf(ts int64) int64 {
	_, us := Split(ts)
	return us
}

// weekday returns 0 for Sunday to 6 for Saturday.
func weekday(days int) int { return days + 4 - floorDiv(days+4, 7)*7 }

// yearDay returns 1 to 366.
func yearDay(days, year int) int { return days - Days(year, 1, 1) + 1 }

// isoWeek returns the ISO 8601 year and week of a day: the week of its
// Thursday.
func isoWeek(days int) (year, week int) {
	thursday := days - (weekday(days)+6)%7 + 3
	year, _, _ = Civil(thursday)
	return year, (yearDay(thursday, year)-1)/7 + 1
}

func floorDiv(a, b int) int {
	q := a / b
	if a < q*b {
		q--
	}
	return q
}

func floorDiv64(a, b int64) int64 {
	q := a / b
	if a < q*b {
		q--
	}
	return q
}
