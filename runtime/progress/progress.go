// Package progress tells on standard error how a program gets on: one line
// that is rewritten on a terminal, a line every few seconds elsewhere if asked
// for, and a summary at the end.
//
// It has no timer: whoever runs the program calls Tick as often as it likes.
package progress

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Snapshot is the state of a program at one moment.
type Snapshot struct {
	Rows  int64 // read
	Bytes int64 // read
	Total int64 // bytes there are to read, -1 if that is not known
}

// Options are the world of a reporter.
type Options struct {
	Out io.Writer
	// Terminal: Out is a terminal, and Width its columns (0 if unknown).
	Terminal bool
	Width    int
	// Now is the clock, in microseconds since the epoch.
	Now func() int64
	// Snapshot gives the state. It is called by Tick.
	Snapshot func() Snapshot
}

const (
	second      = 1e6 // microseconds
	lineEvery   = 5 * second
	redrawEvery = second / 10
	// memory is over which time rates are averaged, in microseconds.
	memory = 3 * second
)

// Reporter prints progress. Its methods are safe for concurrent use.
type Reporter struct {
	o Options

	mu       sync.Mutex
	started  int64
	printed  int64 // when
	shown    int   // columns of the line on the terminal
	last     Snapshot
	lastTime int64
	rows     float64 // per second, averaged
	bytes    float64
}

// New starts the clock of a reporter.
func New(o Options) *Reporter {
	now := o.Now()
	return &Reporter{o: o, started: now, printed: now, lastTime: now}
}

// Tick prints if it is time to: on a terminal ten times a second at most,
// elsewhere every five seconds.
func (r *Reporter) Tick() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.o.Now()
	every := int64(lineEvery)
	if r.o.Terminal {
		every = redrawEvery
	}
	if now-r.printed < every {
		return
	}
	r.printed = now
	s := r.o.Snapshot()
	r.measure(s, now)
	line := r.line(s, now)
	if !r.o.Terminal {
		fmt.Fprintln(r.o.Out, line)
		return
	}
	if r.o.Width > 1 && len(line) >= r.o.Width {
		line = line[:r.o.Width-1]
	}
	blanks := max(0, r.shown-len(line))
	r.shown = len(line)
	fmt.Fprint(r.o.Out, "\r", line, strings.Repeat(" ", blanks))
}

// Clear removes the line from the terminal, so that something else can be
// printed. The next Tick brings it back.
func (r *Reporter) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shown > 0 {
		fmt.Fprint(r.o.Out, "\r", strings.Repeat(" ", r.shown), "\r")
		r.shown = 0
	}
}

// measure updates the rates; young values count more.
func (r *Reporter) measure(s Snapshot, now int64) {
	dt := float64(now - r.lastTime)
	if dt <= 0 {
		return
	}
	keep := math.Exp(-dt / memory)
	if r.lastTime == r.started {
		keep = 0
	}
	r.rows = keep*r.rows + (1-keep)*float64(s.Rows-r.last.Rows)/dt*second
	r.bytes = keep*r.bytes + (1-keep)*float64(s.Bytes-r.last.Bytes)/dt*second
	r.last, r.lastTime = s, now
}

func (r *Reporter) line(s Snapshot, now int64) string {
	parts := []string{
		Short(s.Rows) + " rows",
		Short(int64(r.rows)) + " rows/s",
		Bytes(s.Bytes),
		Bytes(int64(r.bytes)) + "/s",
	}
	if s.Total > 0 {
		parts = append(parts, strconv.FormatInt(min(100, 100*s.Bytes/s.Total), 10)+" %")
		if r.bytes > 0 && s.Bytes < s.Total {
			parts = append(parts, Seconds(int64(float64(s.Total-s.Bytes)/r.bytes*second))+" left")
		}
	} else {
		parts = append(parts, Seconds(now-r.started))
	}
	return strings.Join(parts, ", ")
}

// Summary is what a program did.
type Summary struct {
	RowsIn, RowsOut int64
	Bytes           int64
	Micros          int64  // it took, in microseconds
	Rejected        int64  // records that could not be processed
	DeadLetter      string // where they are, "" if nowhere
}

// String returns one line, and one more if records were rejected.
func (s Summary) String() string {
	out := fmt.Sprintf("%s in, %s out, %s", count(s.RowsIn, "row"), count(s.RowsOut, "row"), Seconds(s.Micros))
	if s.Micros > 0 && s.RowsIn > 0 {
		sec := float64(s.Micros) / second
		out += fmt.Sprintf(" (%s rows/s, %s/s)", Short(int64(float64(s.RowsIn)/sec)), Bytes(int64(float64(s.Bytes)/sec)))
	}
	if s.Rejected > 0 {
		out += "\n" + count(s.Rejected, "record") + " rejected"
		if s.DeadLetter != "" {
			out += ": see " + s.DeadLetter
		}
	}
	return out
}

func count(n int64, what string) string {
	if n != 1 {
		what += "s"
	}
	return Exact(n) + " " + what
}

// Exact formats a number with its thousands grouped: 1,234,567.
func Exact(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Short formats a number with three digits: 999, 12.3 K, 4.56 M.
func Short(n int64) string { return scaled(n, 1000, []string{"", " K", " M", " G", " T"}) }

// Bytes formats a number of bytes with three digits: 12.3 MB. As with disks
// and networks, units are powers of 1000.
func Bytes(n int64) string { return scaled(n, 1000, []string{" B", " KB", " MB", " GB", " TB"}) }

func scaled(n, step int64, units []string) string {
	if n < step {
		return strconv.FormatInt(n, 10) + units[0]
	}
	x, i := float64(n), 0
	for x >= 999.5 && i < len(units)-1 {
		x /= float64(step)
		i++
	}
	digits := 0
	switch {
	case x < 9.995:
		digits = 2
	case x < 99.95:
		digits = 1
	}
	return strconv.FormatFloat(x, 'f', digits, 64) + units[i]
}

// Seconds formats a time in microseconds: 0.123 s, 12.3 s, 4m05s, 2h03m.
func Seconds(micros int64) string {
	sec := float64(micros) / second
	whole := (micros + second/2) / second
	switch {
	case sec < 9.9995:
		return strconv.FormatFloat(sec, 'f', 3, 64) + " s"
	case sec < 59.95:
		return strconv.FormatFloat(sec, 'f', 1, 64) + " s"
	case whole < 3600:
		return fmt.Sprintf("%dm%02ds", whole/60, whole%60)
	}
	return fmt.Sprintf("%dh%02dm", whole/3600, whole%3600/60)
}
