package sqltest

import (
	"fmt"
	"strings"

	"github.com/velocsql/veloc/cmd/veloc/sqltest/value"
	"github.com/velocsql/veloc/compiler/types"
	"github.com/velocsql/veloc/runtime/sqltime"
)

// matcher compares what came out of a relation with what was to come out.
type matcher struct {
	name  string
	view  *view
	fold  bool // names of fields in any case
	b     strings.Builder
	lines int
}

// most is how many lines a message shows of one relation.
const most = 60

// row compares one row. No difference is a match.
func (m *matcher) row(want *Output, got *Row) []value.Difference {
	var list []value.Difference
	rules := value.Rules{FoldNames: m.fold, Subset: want.Contains, NullMissing: m.fold}
	if !want.Value.IsNull() || got.Op != "delete" { // a null value withdraws the row of its key
		list = append(list, value.Compare(m.wanted(want.Value, got), got.Value, &m.view.typ, rules)...)
	}
	prefix := func(name string, ds []value.Difference) {
		for _, d := range ds {
			d.Path = strings.TrimSuffix(name+"."+d.Path, ".")
			list = append(list, d)
		}
	}
	if want.Key != nil {
		prefix("key", value.Compare(m.view.keyPart.wanted(want.Key), got.Key, m.keyType(), value.Rules{FoldNames: m.fold}))
	}
	if want.HasTime && (!got.HasTime || got.Time != want.Time) {
		d := value.Difference{Path: "timestamp", Want: showTime(want.Time)}
		if got.HasTime {
			d.Got = showTime(got.Time)
		}
		list = append(list, d)
	}
	if want.Headers != nil {
		prefix("headers", value.Compare(want.Headers, got.Headers, nil, value.Rules{}))
	}
	if want.Partition != nil && *want.Partition != got.Partition {
		list = append(list, value.Difference{Path: "partition", Want: fmt.Sprint(*want.Partition), Got: fmt.Sprint(got.Partition)})
	}
	if want.Window != nil {
		list = append(list, m.window(want.Window, got)...)
	}
	return list
}

// wanted is a wanted value in the shape in which rows are compared: a text stands
// for the cells of a delimited value, and a row that is new need not say so.
func (m *matcher) wanted(want *value.Value, got *Row) *value.Value {
	if want != nil && want.Kind == value.Object && got.Op != "" && !withdrawn(got.Op) && want.Get("op") == nil {
		x := *want
		x.Fields = append([]value.Field{{Name: "op", Value: value.Str(got.Op)}}, want.Fields...)
		return &x
	}
	return m.view.valuePart.wanted(want)
}

// keyType is the type of keys, nil if that is not known.
func (m *matcher) keyType() *types.Type {
	if m.view.keyPart == nil {
		return nil
	}
	return &m.view.keyPart.typ
}

// window compares the window of a row: that of its key, or the columns
// window_start and window_end.
func (m *matcher) window(want *Window, got *Row) []value.Difference {
	var list []value.Difference
	one := func(name string, want, got int64, ok bool) {
		if !ok || want != got {
			d := value.Difference{Path: "window." + name, Want: showTime(want)}
			if ok {
				d.Got = showTime(got)
			}
			list = append(list, d)
		}
	}
	if w := got.Window; w != nil {
		one("start", want.Start, w.Start, true)
		if want.HasEnd {
			one("end", want.End, w.End, true)
		}
		return list
	}
	for _, side := range []struct {
		name  string
		want  int64
		names []string
	}{
		{"start", want.Start, []string{"window_start", "_window_start", "WINDOWSTART"}},
		{"end", want.End, []string{"window_end", "_window_end", "WINDOWEND"}},
	} {
		if side.name == "end" && !want.HasEnd {
			continue
		}
		found, ok := int64(0), false
		for _, n := range side.names {
			if t, good := value.Time(got.Value.Find(n)); good && !ok {
				found, ok = t, true
			}
		}
		one(side.name, side.want, found, ok)
	}
	return list
}

func showTime(us int64) string { return string(sqltime.AppendTimestamp(nil, us)) }

// match returns what is wrong with the rows of the relation, "" if nothing is.
func (m *matcher) match(want []Output, got []Row, unordered bool) string {
	var pairs []pair
	if unordered {
		pairs = m.assign(want, got)
	} else {
		pairs = m.align(want, got)
	}
	wrong := false
	for _, p := range pairs {
		wrong = wrong || p.want == nil || p.got == nil
	}
	if !wrong {
		return ""
	}
	m.head(want, got)
	m.show(pairs)
	return m.b.String()
}

func (m *matcher) head(want []Output, got []Row) {
	if len(want) == len(got) {
		m.linef("%s: not the rows that were wanted", m.name)
		return
	}
	m.linef("%s: want %s, got %d", m.name, count(len(want), "row"), len(got))
}

func (m *matcher) linef(format string, args ...any) {
	if m.lines++; m.lines == most+1 {
		m.b.WriteString("    ..\n")
	}
	if m.lines > most {
		return
	}
	fmt.Fprintf(&m.b, format, args...)
	m.b.WriteByte('\n')
}

// pair is a wanted row and the one that it met, or only one of them.
type pair struct {
	want *Output
	got  *Row
}

// show prints rows as a diff: what was wanted and is not there with -, what is
// there and was not wanted with +. Under a row that stands in the place of
// another are the values in which they differ.
func (m *matcher) show(pairs []pair) {
	for i := 0; i < len(pairs); i++ {
		if p := pairs[i]; p.want != nil && p.got != nil {
			m.linef("      %s", m.showRow(p.got))
			continue
		}
		var wants []*Output
		var gots []*Row
		for ; i < len(pairs) && (pairs[i].want == nil || pairs[i].got == nil); i++ {
			if pairs[i].want != nil {
				wants = append(wants, pairs[i].want)
			} else {
				gots = append(gots, pairs[i].got)
			}
		}
		i--
		for k := range max(len(wants), len(gots)) {
			if k < len(wants) {
				m.linef("    - %s", m.showWant(wants[k]))
			}
			if k < len(gots) {
				m.linef("    + %s", m.showRow(gots[k]))
			}
			if k < len(wants) && k < len(gots) {
				if ds := m.row(wants[k], gots[k]); len(ds) <= 8 {
					for _, d := range ds {
						m.linef("        %s", d)
					}
				}
			}
		}
	}
}

func (m *matcher) showWant(w *Output) string {
	var b strings.Builder
	if w.Key != nil {
		b.WriteString(w.Key.Flow() + " => ")
	}
	if w.Contains {
		b.WriteString("contains ")
	}
	b.WriteString(w.Value.Flow())
	if w.HasTime {
		b.WriteString(" at " + showTime(w.Time))
	}
	if w.Window != nil {
		b.WriteString(" in " + showWindow(w.Window))
	}
	return b.String()
}

func (m *matcher) showRow(r *Row) string {
	var b strings.Builder
	if r.Key != nil {
		b.WriteString(r.Key.Flow() + " => ")
	}
	b.WriteString(r.Value.Flow())
	if r.HasTime {
		b.WriteString(" at " + showTime(r.Time))
	}
	if r.Window != nil {
		b.WriteString(" in " + showWindow(r.Window))
	}
	return b.String()
}

func showWindow(w *Window) string {
	if !w.HasEnd {
		return "[" + showTime(w.Start) + ", ..)"
	}
	return "[" + showTime(w.Start) + ", " + showTime(w.End) + ")"
}

// align pairs rows in order, so that as many as possible match.
func (m *matcher) align(want []Output, got []Row) []pair {
	n, k := len(want), len(got)
	same := func(i, j int) bool { return len(m.row(&want[i], &got[j])) == 0 }
	// what matches at both ends needs no search
	from := 0
	for from < n && from < k && same(from, from) {
		from++
	}
	to := 0
	for to < n-from && to < k-from && same(n-1-to, k-1-to) {
		to++
	}
	var pairs []pair
	for i := range from {
		pairs = append(pairs, pair{&want[i], &got[i]})
	}
	pairs = append(pairs, m.middle(want[from:n-to], got[from:k-to])...)
	for i := to; i > 0; i-- {
		pairs = append(pairs, pair{&want[n-i], &got[k-i]})
	}
	return pairs
}

// middle pairs rows by the longest common subsequence, or where that would be too
// much work by position.
func (m *matcher) middle(want []Output, got []Row) []pair {
	n, k := len(want), len(got)
	var pairs []pair
	if n*k > 250_000 {
		for i := range want {
			pairs = append(pairs, pair{want: &want[i]})
		}
		for j := range got {
			pairs = append(pairs, pair{got: &got[j]})
		}
		return pairs
	}
	best := make([][]int, n+1)
	same := make([][]bool, n)
	for i := range best {
		best[i] = make([]int, k+1)
	}
	for i := n - 1; i >= 0; i-- {
		same[i] = make([]bool, k)
		for j := k - 1; j >= 0; j-- {
			same[i][j] = len(m.row(&want[i], &got[j])) == 0
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if same[i][j] {
				best[i][j] = max(best[i][j], best[i+1][j+1]+1)
			}
		}
	}
	i, j := 0, 0
	for i < n || j < k {
		switch {
		case i < n && j < k && same[i][j] && best[i][j] == best[i+1][j+1]+1:
			pairs = append(pairs, pair{&want[i], &got[j]})
			i++
			j++
		case i < n && (j == k || best[i+1][j] >= best[i][j+1]):
			pairs = append(pairs, pair{want: &want[i]})
			i++
		default:
			pairs = append(pairs, pair{got: &got[j]})
			j++
		}
	}
	return pairs
}

// assign pairs rows in any order, so that as many as possible match: a wanted row
// with contains may fit several.
func (m *matcher) assign(want []Output, got []Row) []pair {
	fits := make([][]int, len(want))
	for i := range want {
		for j := range got {
			if len(m.row(&want[i], &got[j])) == 0 {
				fits[i] = append(fits[i], j)
			}
		}
	}
	owner := make([]int, len(got)) // index of the wanted row + 1
	var seen []bool
	var place func(i int) bool
	place = func(i int) bool {
		for _, j := range fits[i] {
			if seen[j] {
				continue
			}
			seen[j] = true
			if owner[j] == 0 || place(owner[j]-1) {
				owner[j] = i + 1
				return true
			}
		}
		return false
	}
	for i := range want {
		seen = make([]bool, len(got))
		place(i)
	}
	var pairs []pair
	met := make([]bool, len(want))
	for j := range got {
		if owner[j] > 0 {
			met[owner[j]-1] = true
			pairs = append(pairs, pair{&want[owner[j]-1], &got[j]})
		}
	}
	for i := range want {
		if !met[i] {
			pairs = append(pairs, pair{want: &want[i]})
		}
	}
	for j := range got {
		if owner[j] == 0 {
			pairs = append(pairs, pair{got: &got[j]})
		}
	}
	return pairs
}

// last keeps the last row of each key, in the order in which keys came; a row that
// withdraws one takes it out.
func (m *matcher) last(rows []Row) ([]Row, error) {
	if len(m.view.key) == 0 && len(rows) > 0 && rows[0].Key == nil {
		return nil, fmt.Errorf("final compares the last row of each key, and %s has no key", m.name)
	}
	var out []Row
	at := map[string]int{}
	gone := map[string]bool{}
	for _, r := range rows {
		k := m.keyOf(&r)
		if m.withdraws(&r) {
			gone[k] = true
			continue
		}
		delete(gone, k)
		if i, ok := at[k]; ok {
			out[i] = r
			continue
		}
		at[k] = len(out)
		out = append(out, r)
	}
	var kept []Row
	for _, r := range out {
		if !gone[m.keyOf(&r)] {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

func (m *matcher) keyOf(r *Row) string {
	if r.Key != nil {
		k := r.Key.JSON()
		if r.Window != nil {
			k += showWindow(r.Window)
		}
		return k
	}
	var parts []string
	for _, k := range m.view.key {
		parts = append(parts, r.Value.Get(k).JSON())
	}
	return strings.Join(parts, ",")
}

func (m *matcher) withdraws(r *Row) bool {
	if r.Value.IsNull() {
		return true
	}
	return withdrawn(r.Op)
}

// withdrawn reports an operation after which its row is not there.
func withdrawn(op string) bool { return op == "delete" || op == "-U" || op == "-D" }

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
