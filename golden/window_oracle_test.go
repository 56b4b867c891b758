package golden

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// windowRow is a row of the input of window tests; times are milliseconds.
type windowRow struct {
	k     string
	v, ts int64
}

// windowQuery is a windowed statement: SELECT k, start, end, COUNT(*), SUM(v),
// MIN(v), COUNT(DISTINCT v). Lengths are milliseconds.
type windowQuery struct {
	kind                         string
	size, advance, grace, offset int64
	keyed, changes               bool
	small                        bool   // without COUNT(DISTINCT v): states are of a few words
	late                         string // late.data.strategy; "" is drop
	waits                        string // how changes wait: "" (not), "batch", "clock"
	column                       string // what the window names; "" is the event time of the source
}

// randomQuery makes up a query.
func randomQuery(r *rand.Rand) windowQuery {
	q := windowQuery{kind: []string{"TUMBLING", "HOPPING", "CUMULATE", "SESSION", "SLIDING"}[r.IntN(5)], keyed: r.IntN(4) > 0, changes: r.IntN(3) == 0}
	q.size = 50 * int64(1+r.IntN(180))
	if r.IntN(3) == 0 {
		q.size = 1 + int64(r.IntN(9_000))
	}
	switch q.kind {
	case "HOPPING":
		hops := int64(1 + r.IntN(9))
		if q.advance = max(1, q.size/hops); q.size%3 > 0 {
			q.size = q.advance * hops
		}
	case "CUMULATE":
		q.advance = 1 + q.size/4
		q.size = q.advance * int64(1+r.IntN(8))
	}
	q.small = q.size%4 < 2
	if r.IntN(2) == 0 {
		q.grace = 50 * int64(r.IntN(100))
	}
	if q.kind != "SESSION" && q.kind != "SLIDING" && r.IntN(3) == 0 {
		q.offset = int64(r.IntN(20_000)) - 10_000
	}
	if q.changes && q.kind != "SESSION" && q.kind != "SLIDING" {
		q.waits = []string{"", "batch", "clock"}[r.IntN(3)]
	}
	return q
}

func (q windowQuery) sql(name string) string {
	ms := func(n int64) string { return fmt.Sprintf("INTERVAL '%d.%03d' SECONDS", n/1000, n%1000) }
	args := []string{"SIZE " + ms(q.size)}
	switch q.kind {
	case "HOPPING":
		args = append(args, "ADVANCE BY "+ms(q.advance))
	case "CUMULATE":
		args = []string{ms(q.advance), ms(q.size)}
	case "SESSION", "SLIDING":
		args = []string{ms(q.size)}
	}
	if q.column != "" {
		args = append(args, q.column)
	}
	if q.offset > 0 {
		args = append(args, "OFFSET "+ms(q.offset))
	} else if q.offset < 0 {
		args = append(args, fmt.Sprintf("OFFSET INTERVAL '-%d.%03d' SECONDS", -q.offset/1000, -q.offset%1000))
	}
	if q.grace > 0 {
		args = append(args, "GRACE PERIOD "+ms(q.grace))
	}
	key, group, emit, with := "''", "", "", ""
	distinct := "COUNT(DISTINCT v)"
	if q.small {
		distinct = "0"
	}
	if q.late != "" {
		with = ", 'late.data.strategy' = '" + q.late + "'"
	}
	if q.keyed {
		key, group = "k", " GROUP BY k"
	}
	if q.changes {
		emit = " EMIT CHANGES"
	}
	switch q.waits {
	case "batch":
		with += ", 'emit.coalesce' = 'true'"
	case "clock":
		emit = " EMIT EVERY 1 MILLISECOND"
	}
	return fmt.Sprintf("CREATE TABLE %s WITH ('connector' = 'file', 'path' = '%s.csv', 'format' = 'csv'%s) AS SELECT %s AS k, WINDOWSTART AS ws, WINDOWEND AS we, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS m, %s AS d FROM t%s WINDOW %s(%s)%s;\n",
		name, name, with, key, distinct, group, q.kind, strings.Join(args, ", "), emit)
}

// pane is a window that the oracle knows, with all of its rows.
type pane struct {
	k          string
	start, end int64
	rows       []windowRow
	fired      bool
}

// verdict is what the oracle finds: the content of the result, the rows that come
// out on the way to it, and the rows that are late for all of their windows.
type verdict struct {
	content, emitted, letters []string
	late                      int
	small                     bool // of such a query
}

// line is the row of a window.
func (v *verdict) line(p *pane) string {
	n, sum, least, seen := len(p.rows), int64(0), p.rows[0].v, map[int64]bool{}
	for _, r := range p.rows {
		sum, least = sum+r.v, min(least, r.v)
		if !v.small {
			seen[r.v] = true
		}
	}
	return fmt.Sprintf("%s,%d,%d,%d,%d,%d,%d", p.k, p.start, p.end, n, sum, least, len(seen))
}

// eval computes the results of a query over rows in their order.
func (q windowQuery) eval(rows []windowRow, slack int64) []string {
	return q.judge(rows, slack).content
}

// judge follows the rows in their order: each row goes to every window that it is
// in and that the watermark of the rows so far has not closed. It keeps all windows
// for ever, and all of their rows.
func (q windowQuery) judge(rows []windowRow, slack int64) verdict {
	var all []*pane
	v := verdict{small: q.small}
	newest := rows[0].ts
	for _, r := range rows {
		letter := fmt.Sprintf("%s,%d,%d", r.k, r.v, r.ts)
		if !q.keyed {
			r.k = ""
		}
		newest = max(newest, r.ts)
		watermark := newest - slack
		if q.kind == "SLIDING" {
			if watermark <= r.ts+q.grace {
				all = q.slide(all, r)
				continue
			}
			v.late++
			v.letters = append(v.letters, fmt.Sprintf("%s: %d, %d to %d", letter, watermark, r.ts-q.size, r.ts))
			continue
		}
		if q.kind == "SESSION" {
			v.fire(all, watermark-1) // a session is open at its end still
			var taken bool
			if all, taken = q.session(all, r, watermark, &v); !taken {
				v.late++
				v.letters = append(v.letters, fmt.Sprintf("%s: %d, %d to %d", letter, watermark, r.ts, r.ts+q.size))
			}
			continue
		}
		v.fire(all, watermark)
		windows := q.covering(r.ts)
		last := windows[len(windows)-1]
		windows = slices.DeleteFunc(windows, func(w [2]int64) bool { return w[1]+q.grace <= watermark })
		if len(windows) == 0 {
			v.late++
			v.letters = append(v.letters, fmt.Sprintf("%s: %d, %d to %d", letter, watermark, last[0], last[1]))
			if q.late == "include_in_next_window" {
				windows = q.covering(watermark - q.grace) // the first of these to end is the earliest that is open
				slices.SortFunc(windows, func(a, b [2]int64) int { return int(a[1] - b[1]) })
				windows = windows[:1]
			}
		}
		for _, w := range windows {
			i := slices.IndexFunc(all, func(p *pane) bool { return p.k == r.k && p.start == w[0] && p.end == w[1] })
			if i < 0 {
				i = len(all)
				all = append(all, &pane{k: r.k, start: w[0], end: w[1], fired: w[1] <= watermark})
			}
			all[i].rows = append(all[i].rows, r)
			if all[i].fired {
				v.emitted = append(v.emitted, v.line(all[i]))
			}
		}
	}
	v.fire(all, 1<<60)
	for _, p := range all {
		v.content = append(v.content, v.line(p))
	}
	slices.Sort(v.content)
	slices.Sort(v.emitted)
	slices.Sort(v.letters)
	return v
}

// fire lets the windows come out whose end the watermark has reached, as under
// update_previous_window.
func (v *verdict) fire(all []*pane, watermark int64) {
	for _, p := range all {
		if p.end <= watermark && !p.fired {
			p.fired = true
			v.emitted = append(v.emitted, v.line(p))
		}
	}
}

// slide adds a row to the windows that are there, each up to a row, and opens its
// own.
func (q windowQuery) slide(all []*pane, r windowRow) []*pane {
	mine, there := &pane{k: r.k, start: r.ts - q.size, end: r.ts}, false
	for _, p := range all {
		if p.k != r.k {
			continue
		}
		there = there || p.end == r.ts
		if p.start <= r.ts && r.ts <= p.end {
			p.rows = append(p.rows, r)
		}
		for _, o := range p.rows {
			if o.ts == p.end && mine.start <= o.ts && o.ts <= mine.end && o.ts < r.ts { // its own rows
				mine.rows = append(mine.rows, o)
			}
		}
	}
	if there {
		return all
	}
	mine.rows = append(mine.rows, r)
	return append(all, mine)
}

// covering lists the windows around t by trying all that could be.
func (q windowQuery) covering(t int64) [][2]int64 {
	var out [][2]int64
	add := func(start, end int64) {
		if start <= t && t < end {
			out = append(out, [2]int64{start, end})
		}
	}
	step := q.size
	if q.kind == "HOPPING" {
		step = q.advance
	}
	from := (t-q.offset)/step - q.size/step - 2
	for n := from; n <= from+q.size/step+5; n++ {
		start := n*step + q.offset
		if q.kind != "CUMULATE" {
			add(start, start+q.size)
			continue
		}
		for end := start + q.advance; end <= start+q.size; end += q.advance {
			add(start, end)
		}
	}
	return out
}

// session adds a row to the sessions, unless it is late; end is that of the window.
func (q windowQuery) session(all []*pane, r windowRow, watermark int64, v *verdict) (now []*pane, taken bool) {
	mine := &pane{k: r.k, start: r.ts, end: r.ts + q.size, rows: []windowRow{r}}
	touches := func(p *pane) bool {
		open := p.end+q.grace >= watermark
		return open && p.k == r.k && mine.start <= p.end && p.start <= mine.end
	}
	joined := false
	for i := 0; i < len(all); i++ {
		if p := all[i]; touches(p) {
			joined = true
			mine.start, mine.end = min(mine.start, p.start), max(mine.end, p.end)
			mine.rows = append(mine.rows, p.rows...)
			mine.fired = mine.fired || p.fired
			all = slices.Delete(all, i, i+1)
			i = -1 // a longer session may touch others
		}
	}
	if !joined && mine.end+q.grace < watermark {
		return all, false
	}
	if !joined {
		mine.fired = mine.end < watermark
	}
	if mine.fired {
		v.emitted = append(v.emitted, v.line(mine))
	}
	return append(all, mine), true
}
