package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/velocsql/veloc/runtime/event"
	"github.com/velocsql/veloc/runtime/state"
	"github.com/velocsql/veloc/runtime/window"
)

// second is one in microseconds.
const second = 1_000_000

// sensorTimes are the event times of sensors.csv in time.md, in seconds, in the
// order of the rows.
var sensorTimes = []int64{1, 9, 12, 8, 21, 4}

// pictured is what the engine did with one row.
type pictured struct {
	at, watermark int64
	late          bool
}

// observed takes the rows through the clock and the windows of the engine: ten
// seconds long, with a grace period.
func observed(slack, grace int64) (rows []pictured, closedBy map[int64]int) {
	var clock event.Clock
	clock.Init(slack*second, 1)
	clock.Enter(0)
	var w window.Tumbling[struct{}, int64]
	w.Init(10*second, 0, grace*second)
	clock.SetDeadline(event.Earliest + 1)
	closedBy = map[int64]int{}
	row := 0
	emit := func(start event.Time, _ *state.Entry[struct{}, int64]) { closedBy[start/second] = row }
	for i, s := range sensorTimes {
		row = i + 1
		t := s * second
		if clock.Observe(t) {
			mark := clock.Watermark()
			w.Close(mark, emit)
			clock.SetDeadline(w.Next(mark))
		}
		pane := w.At(t)
		if pane != nil {
			pane.Groups.New(0, struct{}{})
		}
		rows = append(rows, pictured{at: s, watermark: clock.Watermark() / second, late: pane == nil})
	}
	row++
	w.Close(event.Latest, emit)
	return rows, closedBy
}

// The size of a picture, in pixels.
const (
	pictureWidth, pictureHeight = 640, 330
	left, bottom                = 90, 280
	perRow, perSecond           = 72, 8
)

// draw makes a picture: rows from left to right as they come, time upwards.
func draw(slack, grace int64) string {
	rows, closedBy := observed(slack, grace)
	x := func(row int) int { return left + row*perRow }
	y := func(s int64) int { return bottom - int(s)*perSecond }
	var b strings.Builder
	out := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	out(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`, pictureWidth, pictureHeight, pictureWidth, pictureHeight)
	out(`<rect width="100%%" height="100%%" fill="white"/>`)
	for i, start := range []int64{0, 10, 20} {
		fill := []string{"#eef4fb", "#dfeaf6", "#eef4fb"}[i]
		end := x(len(rows)) + perRow
		if row := closedBy[start]; row > 0 {
			end = x(row)
		}
		out(`<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, left, y(start+10), end-left, 10*perSecond, fill)
		out(`<text x="%d" y="%d" text-anchor="end" fill="#333">12:00:%02d</text>`, left-8, y(start)+4, start)
		if row := closedBy[start]; row > 0 {
			why := "the end of input closes it"
			if row <= len(rows) {
				why = fmt.Sprintf("row %d closes it", row)
			}
			out(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#2a6" stroke-width="2"/>`, end, y(start+10), end, y(start))
			out(`<text x="%d" y="%d" text-anchor="end" fill="#2a6">%s</text>`, end-6, y(start+10)+14, why)
		}
	}
	path := ""
	for i, r := range rows {
		from := max(r.watermark, 0)
		if i == 0 {
			path = fmt.Sprintf("M%d %d", x(1), y(from))
		} else {
			path += fmt.Sprintf(" H%d V%d", x(i+1), y(from))
		}
	}
	out(`<path d="%s H%d" fill="none" stroke="#c60" stroke-width="2"/>`, path, x(len(rows))+perRow/2)
	out(`<text x="%d" y="%d" fill="#c60">watermark</text>`, x(len(rows))+perRow/2+4, y(rows[len(rows)-1].watermark)+4)
	for i, r := range rows {
		cx, cy := x(i+1), y(r.at)
		if r.late {
			out(`<path d="M%d %d l10 10 m0 -10 l-10 10" stroke="#c22" stroke-width="2"/>`, cx-5, cy-5)
			out(`<text x="%d" y="%d" fill="#c22">%d, late</text>`, cx+10, cy+4, i+1)
		} else {
			out(`<circle cx="%d" cy="%d" r="5" fill="#247"/>`, cx, cy)
			out(`<text x="%d" y="%d" fill="#247">%d</text>`, cx+9, cy+4, i+1)
		}
	}
	out(`<text x="%d" y="%d" fill="#333">rows as they come →</text>`, left, bottom+30)
	out(`<text x="14" y="20" fill="#333">event time ↑</text>`)
	out(`</svg>`)
	return b.String()
}

// TestPictures compares the pictures of time.md with what the engine does.
func TestPictures(t *testing.T) {
	for _, p := range []struct {
		file         string
		slack, grace int64
	}{{"no-slack.svg", 0, 0}, {"slack.svg", 5, 0}, {"grace.svg", 0, 15}} {
		path := filepath.Join("pictures", p.file)
		got := draw(p.slack, p.grace)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not what the engine does: go test ./docs -update", path)
		}
	}
}

// TestPicturedRows: the rows of the pictures are those of the page.
func TestPicturedRows(t *testing.T) {
	text, err := os.ReadFile("time.md")
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sensorTimes {
		if line := fmt.Sprintf("%d,2026-03-01T12:00:%02dZ,", i+1, s); !strings.Contains(string(text), line) {
			t.Errorf("time.md has no row %s", line)
		}
	}
}
