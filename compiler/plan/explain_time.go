package plan

import (
	"fmt"

	"github.com/velocsql/veloc/compiler/bound"
)

// TimeInfo tells how the watermark of a source follows its rows. Lengths are
// microseconds.
type TimeInfo struct {
	Field          string `json:"field,omitempty"` // "" is the time of arrival
	Format         string `json:"format,omitempty"`
	Strategy       string `json:"strategy"`
	Mark           string `json:"watermark_field,omitempty"`
	OutOfOrderness int64  `json:"max_out_of_orderness_us"`
	Idle           int64  `json:"idle_timeout_us"` // 0: never idle
}

func timeInfo(s *bound.Source, t *bound.EventTime) *TimeInfo {
	if t == nil {
		return nil
	}
	i := &TimeInfo{Field: t.Col.Name, Format: t.Format, Strategy: t.Strategy, OutOfOrderness: t.OutOfOrderness, Idle: s.Idle}
	if t.Mark != nil {
		i.Mark = t.Mark.Name
	}
	return i
}

func (i *TimeInfo) String() string {
	text := "event time " + i.Field
	switch i.Strategy {
	case "punctuated":
		text += ", watermark as " + i.Mark + " says"
	case "ascending":
		text += ", watermark: newest, rows are in order"
	default:
		text += ", watermark: newest less " + micros(i.OutOfOrderness)
	}
	if i.Idle == 0 {
		return text + ", never idle"
	}
	return text + ", idle after " + micros(i.Idle)
}

// WindowInfo tells when the results of a window come, and what happens to rows
// that come after.
type WindowInfo struct {
	Window string `json:"window"`
	Grace  int64  `json:"grace_us"`
	Emit   string `json:"emit"`
	Late   string `json:"late_rows"`
	// Time is the watermark of its own, over another column than the event time of
	// the source; nil: it has none.
	Time *TimeInfo `json:"time,omitempty"`
}

func (i *WindowInfo) String() string {
	text := fmt.Sprintf("%s, grace %s, %s, late rows: %s", i.Window, micros(i.Grace), i.Emit, i.Late)
	if i.Time != nil {
		text += ", " + i.Time.String()
	}
	return text
}

// windowsOf lists the windows of a relation, those that are read first.
func windowsOf(n Node, to []WindowInfo) []WindowInfo {
	for _, in := range n.Inputs() {
		to = windowsOf(in, to)
	}
	a, ok := n.(*Aggregate)
	if !ok || a.Window == nil {
		return to
	}
	i := WindowInfo{Window: a.Window.SQL, Grace: a.Window.Grace, Emit: "complete results only", Late: a.Window.Late.String()}
	if o := a.Window.Own; o != nil {
		i.Time = timeInfo(o.Rel.Source, &o.EventTime)
	}
	switch {
	case a.Every > 0:
		i.Emit = "changes every " + micros(a.Every)
	case a.Coalesce:
		i.Emit = "the changes of each batch"
	case a.Changes:
		i.Emit = "every change"
	case a.Refires:
		i.Emit = "results at the end and for each late row"
	}
	return append(to, i)
}
