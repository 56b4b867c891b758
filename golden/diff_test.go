package golden

import (
	"strings"
	"testing"
)

// edit is a run of lines that differ.
type edit struct{ del, add []string }

// lines splits a text.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// diffLines compares two texts by their longest common subsequence of lines.
// The callback gets common lines (with a nil edit) and edits in order.
func diffLines(a, b []string, each func(same string, e *edit)) {
	common := make([][]int32, len(a)+1)
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var e edit
	flush := func() {
		if len(e.del)+len(e.add) > 0 {
			each("", &edit{e.del, e.add})
		}
		e = edit{}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			flush()
			each(a[i], nil)
			i++
			j++
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			e.del = append(e.del, a[i])
			i++
		default:
			e.add = append(e.add, b[j])
			j++
		}
	}
	flush()
}

// hunks are the edits between two texts.
func hunks(a, b string) []edit {
	var out []edit
	diffLines(lines(a), lines(b), func(_ string, e *edit) {
		if e != nil {
			out = append(out, *e)
		}
	})
	return out
}

// lineDiff shows two texts, with two common lines around each edit.
func lineDiff(a, b string) string {
	const around = 2
	type row struct {
		text   string
		edited bool
	}
	var rows []row
	diffLines(lines(a), lines(b), func(same string, e *edit) {
		if e == nil {
			rows = append(rows, row{"  " + same, false})
			return
		}
		for _, l := range e.del {
			rows = append(rows, row{"- " + l, true})
		}
		for _, l := range e.add {
			rows = append(rows, row{"+ " + l, true})
		}
	})
	var out strings.Builder
	skipped := false
	for i, r := range rows {
		near := false
		for k := max(0, i-around); k <= min(len(rows)-1, i+around); k++ {
			near = near || rows[k].edited
		}
		if !near {
			if !skipped {
				out.WriteString("  ..\n")
			}
			skipped = true
			continue
		}
		skipped = false
		out.WriteString(r.text + "\n")
	}
	return out.String()
}

func TestLineDiff(t *testing.T) {
	a, b := "1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"
	if got, want := lineDiff(a, b), "  ..\n  3\n  4\n- 5\n+ five\n  6\n  7\n+ 8\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if n := len(hunks(a, b)); n != 2 {
		t.Errorf("%d hunks", n)
	}
}
