package golden

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// tableRow is a record of the table of the random programs; nil is NULL.
type tableRow struct {
	id   int64
	k, s any // string
	n    any // int64
	gone bool
	at   int // its number
}

// cells are the values of a row: nil, int64, float64 or string.
type cells []any

// tableQuery is a random chain over the table: a filter, groups, HAVING, and what
// stands over the groups.
type tableQuery struct {
	where  int
	keys   []string
	having int
	outer  int
	form   string // "" upsert, "retract", "final" or "top"
}

var tableFilters = []struct {
	sql   string
	holds func(r *tableRow) bool
}{
	{"", func(*tableRow) bool { return true }},
	{" WHERE n > 1", func(r *tableRow) bool { return r.n != nil && r.n.(int64) > 1 }},
	{" WHERE k <> 'b' AND n IS NOT NULL", func(r *tableRow) bool { return r.k != nil && r.k != "b" && r.n != nil }},
	{" WHERE s IS NULL OR id < 6", func(r *tableRow) bool { return r.s == nil || r.id < 6 }},
}

// Columns of the groups behind their keys.
const (
	colCount = iota
	colTotal
	colLow
	colHigh
	colDifferent
	colJoined
	colMid
	colOldest
	colNewest
)

const groupColumns = "COUNT(*) AS c, SUM(n) AS total, MIN(n) AS low, MAX(s) AS high, COUNT(DISTINCT n) AS different, STRING_AGG(s, ';' ORDER BY s) AS joined, MEDIAN(n) AS mid, FIRST(id) AS oldest, LAST(s) AS newest"

var tableHavings = []struct {
	sql   string
	holds func(g cells) bool
}{
	{"", func(cells) bool { return true }},
	{" HAVING COUNT(*) > 1", func(g cells) bool { return g[colCount].(int64) > 1 }},
	{" HAVING MIN(n) < 2 AND c > 1", func(g cells) bool { return g[colLow] != nil && g[colLow].(int64) < 2 && g[colCount].(int64) > 1 }},
}

func randomTableQuery(r *rand.Rand) tableQuery {
	q := tableQuery{where: r.IntN(len(tableFilters)), having: r.IntN(len(tableHavings)), outer: r.IntN(7)}
	q.keys = [][]string{nil, {"k"}, {"n"}, {"k", "n"}, {"k"}}[r.IntN(5)]
	q.form = []string{"", "retract", "retract", "final", "top"}[r.IntN(5)]
	if q.form == "top" && q.outer != 1 && (q.outer != 0 || len(q.keys) != 1 || q.keys[0] != "k") {
		q.form = "retract"
	}
	return q
}

// sql are the statements that compute the query into a file of its name.
func (q tableQuery) sql(name string) string {
	group := ""
	if len(q.keys) > 0 {
		group = " GROUP BY " + strings.Join(q.keys, ", ")
	}
	inner := "SELECT " + strings.Join(append(slices.Clone(q.keys), groupColumns), ", ") + " FROM " + q.from() + tableFilters[q.where].sql + group + tableHavings[q.having].sql
	over := "SELECT c, COUNT(*) AS groups, SUM(total) AS sums, MIN(low) AS lowest, MAX(joined) AS last, COUNT(DISTINCT high) AS highs FROM %s WHERE c < 4 GROUP BY c"
	derived := "(" + inner + ") AS g"
	before, query := "", inner
	switch q.outer {
	case 1:
		query = fmt.Sprintf(over, derived)
	case 2:
		query = "SELECT DISTINCT c, different FROM " + derived
	case 3:
		query = "SELECT COUNT(*) AS groups, SUM(c) AS rows, MAX(high) AS h FROM " + derived
	case 4:
		before = "CREATE TABLE " + name + "_groups AS " + inner + ";\n"
		query = fmt.Sprintf(over, name+"_groups")
	case 6:
		columns := "SELECT c, total, low, joined, high FROM " + derived
		query = fmt.Sprintf(over, "("+columns+" UNION ALL "+columns+") AS u")
	case 5:
		query = "SELECT groups, COUNT(*) AS n, MIN(lowest) AS lowest FROM (" + fmt.Sprintf(over, derived) + ") AS o GROUP BY groups"
	}
	with := ""
	switch q.form {
	case "retract":
		with = ", 'changelog.format' = 'retract'"
	case "final":
		query += " EMIT FINAL"
	case "top":
		query += " ORDER BY c DESC"
		if q.outer == 0 {
			query += ", k"
		}
		query += " LIMIT 3"
	}
	return before + "CREATE TABLE " + name + " WITH ('connector' = 'file', 'path' = '" + name + ".csv', 'format' = 'csv'" + with + ") AS\n  " + query + ";\n"
}

// atEnd reports a query that gives its content at the end of its input, which a
// topic does not have: it reads the file with the same records, but for those that
// delete.
func (q tableQuery) atEnd() bool { return q.form == "final" || q.form == "top" }

func (q tableQuery) from() string {
	if q.atEnd() {
		return "f"
	}
	return "t"
}

// keyColumns is how many of the first columns of the result are its key.
func (q tableQuery) keyColumns() int {
	return []int{len(q.keys), 1, 2, 0, 1, 1, 1}[q.outer]
}

// eval is the result over the content of the table.
func (q tableQuery) eval(rows []*tableRow) []cells {
	groups := q.groups(rows)
	out := groups
	switch q.outer {
	case 1, 4:
		out = q.over(groups)
	case 6:
		out = q.over(append(slices.Clone(groups), groups...))
	case 2:
		out = nil
		seen := map[string]bool{}
		for _, g := range groups {
			v := g[len(q.keys):]
			if row := (cells{v[colCount], v[colDifferent]}); !seen[row.line()] {
				seen[row.line()] = true
				out = append(out, row)
			}
		}
	case 3:
		row := cells{int64(len(groups)), nil, nil}
		for _, g := range groups {
			v := g[len(q.keys):]
			row[1] = plus(row[1], v[colCount])
			row[2] = extreme(row[2], v[colHigh], 1)
		}
		out = []cells{row}
	case 5:
		byGroups := map[any]cells{}
		for _, g := range q.over(groups) {
			row := byGroups[g[1]]
			if row == nil {
				row = cells{g[1], int64(0), nil}
				byGroups[g[1]] = row
			}
			row[1] = plus(row[1], int64(1))
			row[2] = extreme(row[2], g[3], -1)
		}
		out = nil
		for _, row := range byGroups {
			out = append(out, row)
		}
	}
	if q.form == "top" {
		slices.SortFunc(out, func(a, b cells) int {
			i := len(a) - 1 - colNewest
			if q.outer != 0 {
				i = 0
			}
			if c := compareCells(b[i], a[i]); c != 0 {
				return c
			}
			return compareCells(a[0], b[0])
		})
		out = out[:min(3, len(out))]
	}
	return out
}

// groups are the groups over the table, each with its keys before the aggregates.
func (q tableQuery) groups(rows []*tableRow) []cells {
	byKey := map[string][]*tableRow{}
	for _, r := range rows {
		if !r.gone && tableFilters[q.where].holds(r) {
			key := q.key(r).line()
			byKey[key] = append(byKey[key], r)
		}
	}
	if len(q.keys) == 0 && len(byKey) == 0 {
		byKey[""] = nil // there is one group, even of no rows
	}
	var out []cells
	for _, members := range byKey {
		slices.SortFunc(members, func(a, b *tableRow) int { return a.at - b.at })
		g := aggregates(members)
		if !tableHavings[q.having].holds(g) {
			continue
		}
		var key cells
		if len(members) > 0 {
			key = q.key(members[0])
		}
		out = append(out, append(key, g...))
	}
	return out
}

func (q tableQuery) key(r *tableRow) cells {
	var key cells
	for _, name := range q.keys {
		key = append(key, map[string]any{"k": r.k, "n": r.n}[name])
	}
	return key
}

// aggregates are those of groupColumns over rows in the order in which they came.
func aggregates(members []*tableRow) cells {
	g := make(cells, colNewest+1)
	g[colCount] = int64(len(members))
	different := map[any]bool{}
	var texts []string
	var numbers []int64
	for i, r := range members {
		if i == 0 {
			g[colOldest] = r.id
		}
		if r.n != nil {
			g[colTotal] = plus(g[colTotal], r.n)
			g[colLow] = extreme(g[colLow], r.n, -1)
			different[r.n] = true
			numbers = append(numbers, r.n.(int64))
		}
		if r.s != nil {
			g[colHigh] = extreme(g[colHigh], r.s, 1)
			g[colNewest] = r.s
			texts = append(texts, r.s.(string))
		}
	}
	g[colDifferent] = int64(len(different))
	if len(texts) > 0 {
		slices.Sort(texts)
		g[colJoined] = strings.Join(texts, ";")
	}
	if n := len(numbers); n > 0 {
		slices.Sort(numbers)
		g[colMid] = float64(numbers[(n-1)/2]+numbers[n/2]) / 2
	}
	return g
}

// over is the second stage of groups.
func (q tableQuery) over(groups []cells) []cells {
	byCount := map[any]cells{}
	highs := map[any]map[any]bool{}
	for _, g := range groups {
		v := g[len(q.keys):]
		c := v[colCount]
		if c.(int64) >= 4 {
			continue
		}
		row := byCount[c]
		if row == nil {
			row = cells{c, int64(0), nil, nil, nil, int64(0)}
			byCount[c], highs[c] = row, map[any]bool{}
		}
		row[1] = plus(row[1], int64(1))
		row[2] = plus(row[2], v[colTotal])
		row[3] = extreme(row[3], v[colLow], -1)
		row[4] = extreme(row[4], v[colJoined], 1)
		if h := v[colHigh]; h != nil {
			highs[c][h] = true
			row[5] = int64(len(highs[c]))
		}
	}
	var out []cells
	for _, row := range byCount {
		out = append(out, row)
	}
	return out
}

// plus adds numbers; NULL is left out.
func plus(a, b any) any {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return a.(int64) + b.(int64)
}

// extreme is the lowest (side -1) or highest (1) of two values; NULL is left out.
func extreme(a, b any, side int) any {
	if a == nil || b != nil && compareCells(b, a) == side {
		return b
	}
	return a
}

// compareCells orders values, NULL behind all.
func compareCells(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	if x, ok := a.(int64); ok {
		switch y := b.(int64); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	return strings.Compare(a.(string), b.(string))
}

// line is the row as CSV.
func (c cells) line() string {
	var out []string
	for _, x := range c {
		switch x := x.(type) {
		case nil:
			out = append(out, "")
		case float64:
			out = append(out, strconv.FormatFloat(x, 'f', -1, 64))
		default:
			out = append(out, fmt.Sprint(x))
		}
	}
	return strings.Join(out, ",")
}
