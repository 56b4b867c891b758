package ast

import (
	"strconv"
	"strings"
)

// FormatDuration returns a length of time as it is written in clauses: 5 MINUTES.
func FormatDuration(d *Duration) string {
	parts := durationParts(*d)
	if len(parts) != 1 || parts[0].n < 0 {
		return formatInterval(*d)
	}
	return parts[0].String()
}

// formatInterval returns a length of time as a value: INTERVAL '5' MINUTE.
func formatInterval(d Duration) string {
	parts := durationParts(d)
	if len(parts) == 1 {
		return "INTERVAL '" + strconv.FormatInt(parts[0].n, 10) + "' " + parts[0].unit
	}
	var words []string
	for _, p := range parts {
		words = append(words, strings.ToLower(p.String()))
	}
	return "INTERVAL '" + strings.Join(words, " ") + "'"
}

type durationPart struct {
	n    int64
	unit string
}

func (p durationPart) String() string {
	s := strconv.FormatInt(p.n, 10) + " " + p.unit
	if p.n != 1 {
		s += "S"
	}
	return s
}

// durationParts returns the parts of a duration that are not zero, each in its
// largest unit that leaves a whole number; at least one.
func durationParts(d Duration) []durationPart {
	var parts []durationPart
	add := func(n int64, unit string) {
		if n != 0 {
			parts = append(parts, durationPart{n, unit})
		}
	}
	if d.Months%12 == 0 {
		add(d.Months/12, "YEAR")
	} else {
		add(d.Months, "MONTH")
	}
	add(d.Days, "DAY")
	const second = 1_000_000
	for _, u := range []durationPart{
		{3600 * second, "HOUR"}, {60 * second, "MINUTE"}, {second, "SECOND"}, {1000, "MILLISECOND"}, {1, "MICROSECOND"},
	} {
		if d.Micros%u.n == 0 {
			add(d.Micros/u.n, u.unit)
			break
		}
	}
	if parts == nil {
		parts = []durationPart{{0, "SECOND"}}
	}
	return parts
}
