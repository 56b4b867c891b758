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
}

// randomQuery makes up a query.
func randomQuery(r *rand.Rand) windowQuery {
	q := windowQuery{kind: []string{"TUMBLING", "HOPPING", "CUMULATE", "SESSION"}[r.IntN(4)], keyed: r.IntN(4) > 0, changes: r.IntN(3) == 0}
	q.size = 50 * int64(1+r.IntN(180))
	if r.IntN(3) == 0 {
		q.size = 1 + int64(r.IntN(9_000))
	}
	switch q.kind {
	case "HOPPING":
		q.advance = max(1, q.size/int64(1+r.IntN(6)))
	case "CUMULATE":
		q.advance = 1 + q.size/4
		q.size = q.advance * int64(1+r.IntN(5))
	}
	if r.IntN(2) == 0 {
		q.grace = 50 * int64(r.IntN(100))
	}
	if q.kind != "SESSION" && r.IntN(3) == 0 {
		q.offset = int64(r.IntN(20_000)) - 10_000
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
	case "SESSION":
		args = []string{ms(q.size)}
	}
	if q.offset > 0 {
		args = append(args, "OFFSET "+ms(q.offset))
	} else if q.offset < 0 {
		args = append(args, fmt.Sprintf("OFFSET INTERVAL '-%d.%03d' SECONDS", -q.offset/1000, -q.offset%1000))
	}
	if q.grace > 0 {
		args = append(args, "GRACE PERIOD "+ms(q.grace))
	}
	key, group, emit := "''", "", ""
	if q.keyed {
		key, group = "k", " GROUP BY k"
	}
	if q.changes {
		emit = " EMIT CHANGES"
	}
	return fmt.Sprintf("CREATE TABLE %s WITH ('connector' = 'file', 'path' = '%s.csv', 'format' = 'csv') AS SELECT %s AS k, WINDOWSTART AS ws, WINDOWEND AS we, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS m, COUNT(DISTINCT v) AS d FROM t%s WINDOW %s(%s)%s;\n",
		name, name, key, group, q.kind, strings.Join(args, ", "), emit)
}

// pane is a window that the oracle knows, with all of its rows.
type pane struct {
	k          string
	start, end int64
	rows       []windowRow
}

func (p *pane) line() string {
	n, sum, least, seen := len(p.rows), int64(0), p.rows[0].v, map[int64]bool{}
	for _, r := range p.rows {
		sum, least, seen[r.v] = sum+r.v, min(least, r.v), true
	}
	return fmt.Sprintf("%s,%d,%d,%d,%d,%d,%d", p.k, p.start, p.end, n, sum, least, len(seen))
}

// eval computes the results of a query over rows in their order: each row goes to
// every window that it is in and that the watermark of the rows so far has not
// closed. It keeps all windows for ever, and all of their rows.
func (q windowQuery) eval(rows []windowRow, slack int64) []string {
	var all []*pane
	newest := rows[0].ts
	for _, r := range rows {
		if !q.keyed {
			r.k = ""
		}
		newest = max(newest, r.ts)
		if q.kind == "SESSION" {
			all = q.session(all, r, newest-slack)
			continue
		}
		for _, w := range q.covering(r.ts) {
			if w[1]+q.grace <= newest-slack {
				continue
			}
			i := slices.IndexFunc(all, func(p *pane) bool { return p.k == r.k && p.start == w[0] && p.end == w[1] })
			if i < 0 {
				i = len(all)
				all = append(all, &pane{k: r.k, start: w[0], end: w[1]})
			}
			all[i].rows = append(all[i].rows, r)
		}
	}
	var out []string
	for _, p := range all {
		out = append(out, p.line())
	}
	slices.Sort(out)
	return out
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

// session adds a row to the sessions; end is that of the window.
func (q windowQuery) session(all []*pane, r windowRow, watermark int64) []*pane {
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
			all = slices.Delete(all, i, i+1)
			i = -1 // a longer session may touch others
		}
	}
	if !joined && mine.end+q.grace < watermark {
		return all
	}
	return append(all, mine)
}
