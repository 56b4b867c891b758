package window

import (
	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
)

// Calendar divides time into days, which need not be of one length.
type Calendar interface {
	// Day returns the number of the day that t lies in.
	Day(t event.Time) int64
	// Begin returns when a day begins.
	Begin(day int64) event.Time
}

// Zoned divides time into windows of whole days of a calendar, counted from 1970.
type Zoned[K comparable, S any] struct {
	days     int64
	calendar Calendar
	last     *Pane[K, S] // the window of the last row
	panes[K, S]
}

// Init sets how many days a window is long, the grace period and the calendar.
func (w *Zoned[K, S]) Init(days, grace int64, calendar Calendar) {
	w.days, w.calendar = days, calendar
	w.init(grace)
}

// At returns the window of a row, nil if it has closed already: the row is late.
func (w *Zoned[K, S]) At(t event.Time) *Pane[K, S] {
	if p := w.last; p != nil && p.Start <= t && t < p.End {
		return p
	}
	n, start, end := w.bounds(t)
	p := w.get(n, start, end)
	if p != nil {
		w.last = p
	}
	return p
}

// bounds are the number of the window that t lies in, its start and its end.
func (w *Zoned[K, S]) bounds(t event.Time) (n int64, start, end event.Time) {
	day := Floor(w.calendar.Day(t), w.days, 0)
	return day / w.days, w.calendar.Begin(day), w.calendar.Begin(day + w.days)
}

// Close closes the windows that end, with grace, at or before the watermark,
// the oldest first, and calls emit for each of their groups in order of arrival.
func (w *Zoned[K, S]) Close(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S])) {
	w.CloseEach(watermark, emit, func() {})
}

// CloseEach closes windows as Close does, and calls done after the groups of each.
func (w *Zoned[K, S]) CloseEach(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S]), done func()) {
	if w.close(watermark, func(p *Pane[K, S]) { emitBounds(p, emit); done() }) {
		w.last = nil
	}
}

// emitBounds calls emit for each group of a window.
func emitBounds[K comparable, S any](p *Pane[K, S], emit func(start, end event.Time, e *state.Entry[K, S])) {
	groups := p.Groups.All()
	for i := range groups {
		emit(p.Start, p.End, &groups[i])
	}
}

// Drop closes windows as Close does, without a result.
func (w *Zoned[K, S]) Drop(watermark event.Time) {
	if w.close(watermark, func(*Pane[K, S]) {}) {
		w.last = nil
	}
}

// Next returns the first watermark after the given one at which some window
// closes, open or not.
func (w *Zoned[K, S]) Next(watermark event.Time) event.Time { return w.after(watermark, w.grace) }

// after returns the first end of a window, with a grace period, after a watermark.
func (w *Zoned[K, S]) after(watermark event.Time, grace int64) event.Time {
	const age = 3000 * 366 * 24 * 60 * 60 * 1_000_000 // calendars know no other times
	if watermark < -age {
		return event.Earliest + 1 // before the first row: look again when there is one
	}
	if watermark > age {
		return event.Latest
	}
	_, _, end := w.bounds(watermark - grace)
	return end + grace
}

// Earliest returns the earliest window that still takes rows, for a row that is
// late for its own.
func (w *Zoned[K, S]) Earliest() *Pane[K, S] { return w.get(w.bounds(w.closed - w.grace)) }

// Window returns the window that a row belongs to.
func (w *Zoned[K, S]) Window(t event.Time) (start, end event.Time) {
	_, start, end = w.bounds(t)
	return start, end
}

// Fire emits the groups of the windows that the watermark has reached the end
// of, each once, and closes those whose grace period is over.
func (w *Zoned[K, S]) Fire(watermark event.Time, emit func(start, end event.Time, e *state.Entry[K, S])) {
	if w.fire(watermark, func(p *Pane[K, S]) { emitBounds(p, emit) }) {
		w.last = nil
	}
}

// NextFire returns the first watermark after the given one at which some window
// fires or closes.
func (w *Zoned[K, S]) NextFire(watermark event.Time) event.Time {
	return min(w.after(watermark, 0), w.after(watermark, w.grace))
}
